//! The catalogue's slow and plain twin: it looks at every row for every question.

use catalog::{Change, Places, Row};
use chrono::{Datelike, NaiveDate};
use domain::listing::*;
use domain::place::Level;
use domain::{Fen, Slug, UnitPrice};
use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

/// All fields in the order of the address.
const FIELDS: [&str; 27] = [
    "city",
    "district",
    "circle",
    "community",
    "rooms",
    "facing",
    "floor",
    "decoration",
    "elevator",
    "heating",
    "building",
    "structure",
    "kind",
    "ownership",
    "usage",
    "holding",
    "tag",
    "price",
    "unit",
    "area",
    "age",
    "days",
    "cut",
    "line",
    "metro",
    "school",
    "q",
];

pub struct Twin {
    pub places: Places,
    pub rows: BTreeMap<i64, Row>,
    medians: HashMap<u32, i64>,
    steps: HashMap<Option<u32>, [i64; 3]>,
}

/// What the twin answers: as [`catalog::Answer`] without the work.
pub struct Answered {
    pub total: u32,
    pub ids: Vec<i64>,
    pub facets: Facets,
    pub summary: Summary,
}

impl Twin {
    pub fn build(places: Places, rows: Vec<Row>) -> Self {
        let rows = rows.into_iter().map(|row| (row.id, row)).collect();
        let mut twin = Self { places, rows, medians: HashMap::new(), steps: HashMap::new() };
        twin.merge();
        twin
    }

    pub fn apply(&mut self, changes: Vec<Change>) {
        for change in changes {
            match change {
                Change::Upsert(row) => drop(self.rows.insert(row.id, row)),
                Change::Remove(id) => drop(self.rows.remove(&id)),
            }
        }
    }

    pub fn merge(&mut self) {
        let mut units: HashMap<u32, Vec<i64>> = HashMap::new();
        for row in self.rows.values() {
            units.entry(row.community).or_default().push(unit(row));
        }
        let some = units.into_iter().filter(|(_, units)| units.len() >= 3);
        self.medians = some.filter_map(|(community, units)| Some((community, median(units)?))).collect();
        let all = self.steps_of(None, [50, 5_000, 10]);
        self.steps = HashMap::from([(None, all)]);
        for city in 0..self.places.cities.len() as u32 {
            self.steps.insert(Some(city), self.steps_of(Some(city), all));
        }
    }

    pub fn versus(&self, row: &Row) -> Option<i64> {
        let median = *self.medians.get(&row.community)?;
        let exact = (unit(row) - median) as f64 * 1000.0 / median as f64;
        Some(exact.round() as i64)
    }

    pub fn search(&self, filter: &Filter, today: NaiveDate, limit: usize) -> Answered {
        let fits: Vec<&Row> = self.rows.values().filter(|row| self.fits(row, filter, today, None)).collect();
        Answered {
            total: fits.len() as u32,
            ids: self.sorted(&fits, filter.order()).into_iter().take(limit).collect(),
            facets: self.facets(filter, today, &fits),
            summary: Summary {
                median_price: median(fits.iter().map(|row| row.price.0).collect()).map(Fen),
                median_unit: median(fits.iter().map(|row| unit(row)).collect()).map(UnitPrice),
            },
        }
    }

    /// All ids that fit, in order.
    pub fn ordered(&self, filter: &Filter, today: NaiveDate) -> Vec<i64> {
        let fits: Vec<&Row> = self.rows.values().filter(|row| self.fits(row, filter, today, None)).collect();
        self.sorted(&fits, filter.order())
    }

    pub fn count(&self, filter: &Filter, today: NaiveDate) -> u32 {
        self.rows.values().filter(|row| self.fits(row, filter, today, None)).count() as u32
    }

    fn sorted(&self, rows: &[&Row], sort: Sort) -> Vec<i64> {
        let mut keyed: Vec<(i64, i64)> = rows.iter().map(|row| (self.key(row, sort), row.id)).collect();
        keyed.sort_unstable();
        if matches!(sort, Sort::Newest | Sort::PriceDown | Sort::UnitDown | Sort::AreaDown | Sort::Cut) {
            keyed.reverse();
        }
        keyed.into_iter().map(|(_, id)| id).collect()
    }

    fn key(&self, row: &Row, sort: Sort) -> i64 {
        match sort {
            Sort::Newest => i64::from(row.listed_on.num_days_from_ce()),
            Sort::PriceUp | Sort::PriceDown => row.price.0,
            Sort::UnitUp | Sort::UnitDown => unit(row),
            Sort::AreaUp | Sort::AreaDown => i64::from(row.area_built.0),
            Sort::Cut if row.price > row.first_price => -1,
            Sort::Cut => (row.first_price.0 - row.price.0) * 1000 / row.first_price.0,
            Sort::Value => self.versus(row).unwrap_or(i64::MAX),
        }
    }

    fn fits(&self, row: &Row, filter: &Filter, today: NaiveDate, but: Option<&str>) -> bool {
        FIELDS.iter().filter(|field| Some(**field) != but).all(|field| self.meets(row, field, filter, today))
    }

    /// Whether a row meets the condition of one field.
    fn meets(&self, row: &Row, field: &str, filter: &Filter, today: NaiveDate) -> bool {
        fn among<T: PartialEq>(chosen: &[T], value: Option<T>) -> bool {
            chosen.is_empty() || value.is_some_and(|value| chosen.contains(&value))
        }
        let community = &self.places.communities[row.community as usize];
        let (circle, district) = &self.places.circles[community.circle as usize];
        let (district, city) = &self.places.districts[*district as usize];
        let (places_city, city) = (*city, &self.places.cities[*city as usize]);
        let years = row.built_year.map(|year| i64::from(today.year() - i32::from(year)));
        match field {
            "city" => filter.city.as_ref().is_none_or(|slug| *slug == city.slug),
            "district" => among(&filter.district, Some(district.slug.clone())),
            "circle" => among(&filter.circle, Some(circle.slug.clone())),
            "community" => among(&filter.community, Some(community.place.slug.clone())),
            "line" => {
                let here =
                    |(line, at): &(catalog::Place, u32)| places_city == *at && filter.line.contains(&line.slug);
                let on = |at: &u32| here(&self.places.lines[*at as usize]);
                filter.line.is_empty() || community.lines.iter().any(on)
            }
            "rooms" => among(&filter.rooms, row.rooms.map(|rooms| rooms.min(5))),
            "facing" => filter.facing.is_empty() || filter.facing.iter().any(|f| row.facing.contains(f.needs())),
            "floor" => among(&filter.floor, row.floor),
            "decoration" => among(&filter.decoration, row.decoration),
            "elevator" => among(&filter.elevator, row.elevator.map(|yes| if yes { YesNo::Yes } else { YesNo::No })),
            "heating" => among(&filter.heating, row.heating),
            "building" => among(&filter.building, row.building),
            "structure" => among(&filter.structure, row.structure),
            "kind" => among(&filter.kind, row.kind),
            "ownership" => among(&filter.ownership, row.ownership),
            "usage" => among(&filter.usage, row.usage),
            "holding" => among(&filter.holding, holding(row, today)),
            "tag" => filter.tag.iter().all(|tag| self.bears(row, *tag, today)),
            "price" => {
                filter.price.min.is_none_or(|min| row.price >= Fen::from_wan(min))
                    && filter.price.max.is_none_or(|max| row.price <= Fen::from_wan(max))
            }
            "unit" => filter.unit.is_open() || filter.unit.holds(UnitPrice(unit(row)).yuan()),
            "area" => {
                let area = match filter.area_basis() {
                    AreaBasis::Built => Some(row.area_built),
                    AreaBasis::Inner => row.area_inner,
                };
                filter.area.is_open()
                    || area.is_some_and(|area| {
                        filter.area.min.is_none_or(|min| i64::from(area.0) >= min * 100)
                            && filter.area.max.is_none_or(|max| i64::from(area.0) <= max * 100)
                    })
            }
            "age" => filter.age.is_open() || years.is_some_and(|years| filter.age.holds(years)),
            "days" => filter.days.is_open() || filter.days.holds((today - row.market_on).num_days()),
            "cut" => {
                let less = (row.first_price.0 - row.price.0) * 100;
                filter.cut.min.is_none_or(|min| less >= min * row.first_price.0)
                    && filter.cut.max.is_none_or(|max| less <= max * row.first_price.0)
            }
            "metro" => filter.metro.is_open() || community.metro.is_some_and(|m| filter.metro.holds(m.into())),
            "school" => filter.school.is_open() || community.school.is_some_and(|m| filter.school.holds(m.into())),
            "q" => filter.q.split_whitespace().map(str::to_lowercase).all(|word| {
                let wide = [&circle.name, &district.name, &city.name];
                let own = [&community.place.name, &community.pinyin, &community.initials];
                let mut texts = wide.into_iter().chain(own).chain(&community.aliases);
                texts.any(|text| text.to_lowercase().contains(&word))
            }),
            _ => unreachable!("{field}"),
        }
    }

    fn bears(&self, row: &Row, tag: Tag, today: NaiveDate) -> bool {
        let held = holding(row, today);
        match tag {
            Tag::OverFiveOnly => held == Some(HoldingBand::OverFive) && row.only_home == Some(true),
            Tag::OverFive => held == Some(HoldingBand::OverFive),
            Tag::OverTwo => matches!(held, Some(HoldingBand::OverTwo | HoldingBand::OverFive)),
            Tag::OnlyHome => row.only_home == Some(true),
            Tag::New => (today - row.listed_on).num_days() <= 7,
            Tag::Cut => row.price < row.first_price,
            Tag::BelowMedian => self.medians.get(&row.community).is_some_and(|median| unit(row) < *median),
            Tag::Verified => row.verified,
            Tag::AnyTime => row.any_time,
            Tag::Photos => row.photos,
        }
    }

    fn facets(&self, filter: &Filter, today: NaiveDate, fits: &[&Row]) -> Facets {
        let city = filter.city.as_ref().map(|slug| self.places.cities.iter().position(|city| city.slug == *slug));
        let mut groups = Vec::new();
        for field in FIELDS.into_iter().filter(|field| *field != "q") {
            if field == "city" && filter.city.is_some() {
                continue;
            }
            let rows: Vec<&Row> = if field == "tag" {
                fits.to_vec()
            } else {
                self.rows.values().filter(|row| self.fits(row, filter, today, Some(field))).collect()
            };
            let count = |value: &str| {
                let one = only(field, value, filter.basis);
                rows.iter().filter(|row| self.meets(row, field, &one, today)).count() as u32
            };
            let mut values: Vec<FacetValue> = self
                .offered(field, filter, city)
                .into_iter()
                .map(|(value, name)| FacetValue { count: count(&value), value, name })
                .collect();
            let chosen = match field {
                "district" => &filter.district,
                "circle" => &filter.circle,
                "community" => &filter.community,
                "line" => &filter.line,
                _ => &Vec::new(),
            };
            let is_chosen = |value: &FacetValue| chosen.iter().any(|slug| slug.as_str() == value.value);
            let most = match field {
                "district" | "circle" => 60,
                "community" => 40,
                _ => usize::MAX,
            };
            if field == "community" {
                values.retain(|value| value.count > 0 || is_chosen(value));
            }
            let mut ranked: Vec<usize> = (0..values.len()).collect();
            ranked.sort_by_key(|at| (Reverse(values[*at].count), *at));
            let kept = ranked.iter().enumerate().filter(|(rank, at)| *rank < most || is_chosen(&values[**at]));
            let mut kept: Vec<usize> = kept.map(|(_, at)| *at).collect();
            if !matches!(field, "circle" | "community") {
                kept.sort_unstable();
            }
            let values = kept.into_iter().map(|at| values[at].clone()).collect();
            groups.push(FacetGroup { field: field.to_owned(), values });
        }
        let steps = self.steps[&city.flatten().map(|at| at as u32)];
        let histograms = ["price", "unit", "area"].into_iter().zip(steps).map(|(field, step)| {
            let mut bins = vec![0; 24];
            for row in self.rows.values().filter(|row| self.fits(row, filter, today, Some(field))) {
                let value = match (field, filter.area_basis()) {
                    ("price", _) => Some(row.price.0 / Fen::WAN),
                    ("unit", _) => Some(UnitPrice(unit(row)).yuan()),
                    (_, AreaBasis::Built) => Some(i64::from(row.area_built.0 / 100)),
                    (_, AreaBasis::Inner) => row.area_inner.map(|area| i64::from(area.0 / 100)),
                };
                if let Some(value) = value {
                    bins[((value / step) as usize).min(23)] += 1;
                }
            }
            Histogram { field: field.to_owned(), step, bins }
        });
        Facets { histograms: histograms.collect(), groups }
    }

    /// The values a field offers, with names for places.
    fn offered(&self, field: &str, filter: &Filter, city: Option<Option<usize>>) -> Vec<(String, Option<String>)> {
        let plain = |codes: &[&str]| codes.iter().map(|code| ((*code).to_owned(), None)).collect();
        let bands = |bands: &[Band]| {
            let end = |value: Option<i64>| value.map(|v| v.to_string()).unwrap_or_default();
            bands.iter().map(|band| (format!("{}-{}", end(band.min), end(band.max)), None)).collect()
        };
        let here = |at: u32| city.is_none_or(|city| city == Some(at as usize));
        let level = |level: Level, count: usize, inside: &dyn Fn(u32) -> bool| {
            let mut offered: Vec<(String, Option<String>)> = Vec::new();
            let mut slugs: Vec<(usize, &Slug)> = Vec::new();
            for at in (0..count as u32).filter(|at| here(self.places.city_of(level, *at)) && inside(*at)) {
                let slug = &self.places.place(level, at).slug;
                // The first of all cities gives its name.
                let first = (0..count as u32).find(|first| self.places.place(level, *first).slug == *slug);
                let first = if city.is_some() { at } else { first.unwrap_or(at) };
                if !slugs.iter().any(|(_, known)| *known == slug) {
                    slugs.push((first as usize, slug));
                }
            }
            slugs.sort();
            for (at, slug) in slugs {
                offered.push((slug.to_string(), Some(self.places.place(level, at as u32).name.clone())));
            }
            offered
        };
        let places = &self.places;
        match field {
            "city" => places.cities.iter().map(|c| (c.slug.to_string(), Some(c.name.clone()))).collect(),
            "district" => level(Level::District, places.districts.len(), &|_| true),
            "circle" => level(Level::Circle, places.circles.len(), &|at| {
                let (circle, district) = &places.circles[at as usize];
                let district = &places.districts[*district as usize].0.slug;
                filter.district.is_empty()
                    || filter.district.contains(district)
                    || filter.circle.contains(&circle.slug)
            }),
            "community" => level(Level::Community, places.communities.len(), &|_| true),
            "line" => {
                let here = |(_, at): &&(catalog::Place, u32)| city.flatten() == Some(*at as usize);
                let said = |(line, _): &(catalog::Place, u32)| (line.slug.to_string(), Some(line.name.clone()));
                places.lines.iter().filter(here).map(said).collect()
            }
            "rooms" => plain(&["0", "1", "2", "3", "4", "5"]),
            "facing" => plain(&FacingChoice::ALL.iter().map(|v| v.code()).collect::<Vec<_>>()),
            "floor" => plain(&FloorBand::ALL.iter().map(|v| v.code()).collect::<Vec<_>>()),
            "decoration" => plain(&Decoration::ALL.iter().map(|v| v.code()).collect::<Vec<_>>()),
            "elevator" => plain(&["yes", "no"]),
            "heating" => plain(&Heating::ALL.iter().map(|v| v.code()).collect::<Vec<_>>()),
            "building" => plain(&BuildingType::ALL.iter().map(|v| v.code()).collect::<Vec<_>>()),
            "structure" => plain(&Structure::ALL.iter().map(|v| v.code()).collect::<Vec<_>>()),
            "kind" => plain(&LayoutKind::ALL.iter().map(|v| v.code()).collect::<Vec<_>>()),
            "ownership" => plain(&Ownership::ALL.iter().map(|v| v.code()).collect::<Vec<_>>()),
            "usage" => plain(&Usage::ALL.iter().map(|v| v.code()).collect::<Vec<_>>()),
            "holding" => plain(&HoldingBand::ALL.iter().map(|v| v.code()).collect::<Vec<_>>()),
            "tag" => plain(&Tag::ALL.iter().map(|v| v.code()).collect::<Vec<_>>()),
            "price" => bands(&PRICE_BANDS),
            "unit" => bands(&UNIT_BANDS),
            "area" => bands(&AREA_BANDS),
            "age" => bands(&AGE_BANDS),
            "days" => bands(&DAYS_BANDS),
            "cut" => bands(&CUT_BANDS),
            "metro" | "school" => bands(&DISTANCE_BANDS),
            _ => unreachable!("{field}"),
        }
    }

    /// The smallest 1, 2 or 5 times a power of ten whose 24 steps reach above the 98th percentile.
    fn steps_of(&self, city: Option<u32>, otherwise: [i64; 3]) -> [i64; 3] {
        let here = |row: &&Row| city.is_none_or(|city| self.places.city_of(Level::Community, row.community) == city);
        let rows: Vec<&Row> = self.rows.values().filter(here).collect();
        let mut steps = otherwise;
        for (at, step) in steps.iter_mut().enumerate() {
            let mut values: Vec<i64> = rows
                .iter()
                .map(|row| {
                    [row.price.0 / Fen::WAN, UnitPrice(unit(row)).yuan(), i64::from(row.area_built.0) / 100][at]
                })
                .collect();
            values.sort_unstable();
            if let Some(value) = values.get(values.len() * 98 / 100) {
                let nice = (0..12).flat_map(|k| [1, 2, 5].map(|n| n * 10_i64.pow(k)));
                *step = nice.into_iter().find(|step| step * 24 > *value).expect("prices have an end");
            }
        }
        steps
    }
}

/// A filter with one value of one field alone.
fn only(field: &str, value: &str, basis: Option<AreaBasis>) -> Filter {
    let is_range = matches!(field, "price" | "unit" | "area" | "age" | "days" | "cut" | "metro" | "school");
    let filter = if is_range {
        let (min, max) = value.split_once('-').expect("a band");
        Filter::read([(format!("{field}_min").as_str(), min), (format!("{field}_max").as_str(), max)]).filter
    } else {
        Filter::read([(field, value)]).filter
    };
    Filter { basis, ..filter }
}

fn holding(row: &Row, today: NaiveDate) -> Option<HoldingBand> {
    Holding::on(today, row.certificate_on, row.deed_tax_on, row.holding_stated, row.last_sale).map(|h| h.band)
}

fn unit(row: &Row) -> i64 {
    UnitPrice::of(row.price, row.area_built).expect("homes have an area").0
}

fn median(mut values: Vec<i64>) -> Option<i64> {
    values.sort_unstable();
    let (low, high) = (*values.get(values.len().checked_sub(1)? / 2)?, values[values.len() / 2]);
    Some((low + high + 1) / 2)
}

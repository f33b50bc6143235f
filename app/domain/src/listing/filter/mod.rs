//! How homes are searched: the whole state of a gallery page, written to and read from its address.
//!
//! One field, one meaning, whoever asks: the gallery, its JSON twin and saved searches read the same query
//! string. Values of one field widen the result, fields narrow it.

mod band;
mod choice;
mod cursor;
mod encoded;

pub use band::{AGE_BANDS, AREA_BANDS, Band, CUT_BANDS, DAYS_BANDS, DISTANCE_BANDS, PRICE_BANDS, Range, UNIT_BANDS};
pub use choice::{FacingChoice, Sort, Tag, YesNo};
pub use cursor::Cursor;

use super::facts::{BuildingType, Decoration, FloorBand, Heating, LayoutKind, Ownership, Structure, Usage};
use super::{AreaBasis, HoldingBand};
use crate::Slug;
use crate::error::{FieldError, Problem};
use crate::loan::{Budget, Rules, Terms};
use crate::shape::Shape;
use encoded::Encoded;
use std::fmt::Write as _;

/// The most values all fields together may hold; more are refused.
pub const MAX_VALUES: usize = 24;
/// The longest text that is searched for, in characters.
pub const MAX_TEXT: usize = 64;
/// Homes with this many rooms or more share one choice.
pub const ROOMS_MAX: u8 = 5;

/// What is searched for. [`Filter::default`] is everything on sale, newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Only this city; without one, all.
    pub city: Option<Slug>,
    /// 区
    pub district: Vec<Slug>,
    /// 商圈
    pub circle: Vec<Slug>,
    /// 小区
    pub community: Vec<Slug>,
    /// Total price in 万元.
    pub price: Range,
    /// Unit price in 元/㎡ of built area.
    pub unit: Range,
    /// Rooms; [`ROOMS_MAX`] stands for that many or more.
    pub rooms: Vec<u8>,
    /// Which area the range means.
    pub basis: Option<AreaBasis>,
    /// Area in ㎡.
    pub area: Range,
    /// 朝向
    pub facing: Vec<FacingChoice>,
    /// 楼层
    pub floor: Vec<FloorBand>,
    /// Age of the building in years.
    pub age: Range,
    /// 装修
    pub decoration: Vec<Decoration>,
    /// 电梯
    pub elevator: Vec<YesNo>,
    /// 供暖
    pub heating: Vec<Heating>,
    /// 建筑类型
    pub building: Vec<BuildingType>,
    /// 建筑结构
    pub structure: Vec<Structure>,
    /// 户型结构
    pub kind: Vec<LayoutKind>,
    /// 交易权属
    pub ownership: Vec<Ownership>,
    /// 房屋用途
    pub usage: Vec<Usage>,
    /// 房屋年限
    pub holding: Vec<HoldingBand>,
    /// Marks; all of them are needed.
    pub tag: Vec<Tag>,
    /// Days since the listing went up.
    pub days: Range,
    /// Percent below the first asking price.
    pub cut: Range,
    /// Metres to the nearest metro station, where known.
    pub metro: Range,
    /// Metres to the nearest school, where known.
    pub school: Range,
    /// What the buyer can spend; it caps the price.
    pub budget: Budget,
    /// With which loan; only beside a budget.
    pub terms: Terms,
    /// Only homes in communities inside this ring.
    pub shape: Option<Shape>,
    /// Whether the page shows a map beside the list.
    pub map: bool,
    /// Free text that is not yet a condition of its own.
    pub q: String,
    /// The order.
    pub sort: Option<Sort>,
    /// Only rows after this one.
    pub after: Option<Cursor>,
    /// Only rows before this one.
    pub before: Option<Cursor>,
    /// Count to the end, instead of up to 1,000.
    pub exact: bool,
}

/// A filter read from an address, and what could not be read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parsed {
    /// What was understood.
    pub filter: Filter,
    /// What was not.
    pub problems: Vec<FieldError>,
}

impl Filter {
    /// Reads the decoded pairs of a query string. Values may be repeated or joined by commas; empty ones are
    /// skipped, as forms send them. Unknown fields and values become problems and change nothing.
    pub fn read<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Parsed {
        let mut parsed = Parsed::default();
        let mut count = 0_usize;
        'fields: for (field, value) in pairs {
            let value = value.trim();
            if value.is_empty() {
                continue;
            }
            let pieces: Vec<&str> = if field == "q" { vec![value] } else { value.split(',').collect() };
            for piece in pieces.into_iter().map(str::trim).filter(|p| !p.is_empty()) {
                count += 1;
                let outcome =
                    if count > MAX_VALUES { Err(Problem::TooMany) } else { parsed.filter.accept(field, piece) };
                if let Err(problem) = outcome {
                    parsed.problems.push(FieldError::new(field.chars().take(64).collect::<String>(), problem, piece));
                    if parsed.problems.len() >= MAX_VALUES {
                        break 'fields;
                    }
                }
            }
        }
        parsed.filter.tidy();
        parsed
    }

    /// Whether a field takes several values, joined by commas or told again.
    pub fn is_list(field: &str) -> bool {
        const LISTS: [&str; 16] = [
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
        ];
        LISTS.contains(&field)
    }

    /// The fields with their values in canonical order, as [`Self::read`] takes them.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        // Destructured whole: a new field stops the build until it is written here.
        let Self {
            city,
            district,
            circle,
            community,
            price,
            unit,
            rooms,
            basis,
            area,
            facing,
            floor,
            age,
            decoration,
            elevator,
            heating,
            building,
            structure,
            kind,
            ownership,
            usage,
            holding,
            tag,
            days,
            cut,
            metro,
            school,
            budget,
            terms,
            shape,
            map,
            q,
            sort,
            after,
            before,
            exact,
        } = self;
        let mut out = Vec::new();
        let mut put = |field, value: String| {
            if !value.is_empty() {
                out.push((field, value));
            }
        };
        put("city", city.as_ref().map(ToString::to_string).unwrap_or_default());
        put("district", joined(district));
        put("circle", joined(circle));
        put("community", joined(community));
        put("rooms", joined(rooms));
        put("basis", basis.map(|b| b.code().to_owned()).unwrap_or_default());
        put("facing", joined(facing));
        put("floor", joined(floor));
        put("decoration", joined(decoration));
        put("elevator", joined(elevator));
        put("heating", joined(heating));
        put("building", joined(building));
        put("structure", joined(structure));
        put("kind", joined(kind));
        put("ownership", joined(ownership));
        put("usage", joined(usage));
        put("holding", joined(holding));
        put("tag", joined(tag));
        for ((min, max), range) in RANGE_FIELDS.into_iter().zip([price, unit, area, age, days, cut, metro, school]) {
            put(min, range.min.map(|v| v.to_string()).unwrap_or_default());
            put(max, range.max.map(|v| v.to_string()).unwrap_or_default());
        }
        put("cash", budget.cash.map(|n| n.to_string()).unwrap_or_default());
        put("monthly", budget.monthly.map(|n| n.to_string()).unwrap_or_default());
        for (field, value) in terms.pairs() {
            put(field, value);
        }
        put("shape", shape.as_ref().map(ToString::to_string).unwrap_or_default());
        put("view", if *map { "map".to_owned() } else { String::new() });
        put("q", q.clone());
        put("sort", sort.filter(|s| *s != Sort::Newest).map(|s| s.code().to_owned()).unwrap_or_default());
        put("after", after.map(|c| c.to_string()).unwrap_or_default());
        put("before", before.map(|c| c.to_string()).unwrap_or_default());
        put("exact", if *exact { "1".to_owned() } else { String::new() });
        out
    }

    /// The canonical query string, percent-encoded, without the city (which stands in the path). Empty for
    /// everything.
    pub fn query(&self) -> String {
        let mut out = String::new();
        for (field, value) in self.pairs() {
            if field == "city" {
                continue;
            }
            let _ = write!(out, "{}{field}={}", if out.is_empty() { "" } else { "&" }, Encoded(&value));
        }
        out
    }

    /// The address of the gallery page that shows this.
    pub fn href(&self) -> String {
        let path = self.city.as_ref().map_or_else(|| "/".to_owned(), |city| format!("/{city}/listings"));
        match self.query() {
            query if query.is_empty() => path,
            query => format!("{path}?{query}"),
        }
    }

    /// The order asked for, or newest first.
    pub fn order(&self) -> Sort {
        self.sort.unwrap_or(Sort::Newest)
    }

    /// The area meant where none is named.
    pub fn area_basis(&self) -> AreaBasis {
        self.basis.unwrap_or(AreaBasis::Built)
    }

    /// The same conditions, from the first page on.
    #[must_use]
    pub fn first_page(&self) -> Self {
        Self { after: None, before: None, exact: false, ..self.clone() }
    }

    /// The same city and order without any condition.
    #[must_use]
    pub fn cleared(&self) -> Self {
        Self { city: self.city.clone(), sort: self.sort, map: self.map, ..Self::default() }
    }

    /// Whether any condition but the city narrows the result.
    pub fn is_narrow(&self) -> bool {
        Self { basis: None, ..self.first_page() } != self.cleared()
    }

    fn accept(&mut self, field: &str, value: &str) -> Result<(), Problem> {
        if let Some(range) = self.range_end(field) {
            let digits = value.bytes().all(|b| b.is_ascii_digit());
            let number = value.parse::<i64>().ok().filter(|_| digits).ok_or(Problem::Malformed)?;
            if number > 100_000_000 {
                return Err(Problem::OutOfRange);
            }
            *range = Some(number);
            return Ok(());
        }
        match field {
            "city" => self.city = Some(Slug::parse(value).ok_or(Problem::Malformed)?),
            "district" => add(&mut self.district, Slug::parse(value).ok_or(Problem::Malformed)?),
            "circle" => add(&mut self.circle, Slug::parse(value).ok_or(Problem::Malformed)?),
            "community" => add(&mut self.community, Slug::parse(value).ok_or(Problem::Malformed)?),
            "rooms" => {
                let rooms = value.parse::<u8>().map_err(|_| Problem::Malformed)?;
                add(&mut self.rooms, rooms.min(ROOMS_MAX));
            }
            "basis" => self.basis = Some(AreaBasis::from_code(value).ok_or(Problem::UnknownValue)?),
            "facing" => add(&mut self.facing, FacingChoice::from_code(value).ok_or(Problem::UnknownValue)?),
            "floor" => add(&mut self.floor, FloorBand::from_code(value).ok_or(Problem::UnknownValue)?),
            "decoration" => add(&mut self.decoration, Decoration::from_code(value).ok_or(Problem::UnknownValue)?),
            "elevator" => add(&mut self.elevator, YesNo::from_code(value).ok_or(Problem::UnknownValue)?),
            "heating" => add(&mut self.heating, Heating::from_code(value).ok_or(Problem::UnknownValue)?),
            "building" => add(&mut self.building, BuildingType::from_code(value).ok_or(Problem::UnknownValue)?),
            "structure" => add(&mut self.structure, Structure::from_code(value).ok_or(Problem::UnknownValue)?),
            "kind" => add(&mut self.kind, LayoutKind::from_code(value).ok_or(Problem::UnknownValue)?),
            "ownership" => add(&mut self.ownership, Ownership::from_code(value).ok_or(Problem::UnknownValue)?),
            "usage" => add(&mut self.usage, Usage::from_code(value).ok_or(Problem::UnknownValue)?),
            "holding" => add(&mut self.holding, HoldingBand::from_code(value).ok_or(Problem::UnknownValue)?),
            "tag" => add(&mut self.tag, Tag::from_code(value).ok_or(Problem::UnknownValue)?),
            "cash" => self.budget.cash = Some(amount(value)?),
            "monthly" => self.budget.monthly = Some(amount(value)?),
            // The same fields as on a bill; what only a bill needs is nobody's condition.
            "owned" | "loan" | "years" => self.terms.accept(field, value, Rules::newest())?,
            "shape" => self.shape = Some(Shape::parse(value).ok_or(Problem::Malformed)?),
            "view" if value == "list" => self.map = false,
            "view" if value == "map" => self.map = true,
            "view" => return Err(Problem::UnknownValue),
            "q" => {
                self.q = value.chars().take(MAX_TEXT).collect::<String>().trim_end().to_owned();
                if value.chars().nth(MAX_TEXT).is_some() {
                    return Err(Problem::TooLong);
                }
            }
            "sort" => self.sort = Some(Sort::from_code(value).ok_or(Problem::UnknownValue)?),
            "after" => self.after = Some(Cursor::parse(value).ok_or(Problem::Malformed)?),
            "before" => self.before = Some(Cursor::parse(value).ok_or(Problem::Malformed)?),
            "exact" => self.exact = value == "1",
            _ => return Err(Problem::UnknownField),
        }
        Ok(())
    }

    fn range_end(&mut self, field: &str) -> Option<&mut Option<i64>> {
        let ranges = [
            &mut self.price,
            &mut self.unit,
            &mut self.area,
            &mut self.age,
            &mut self.days,
            &mut self.cut,
            &mut self.metro,
            &mut self.school,
        ];
        RANGE_FIELDS.into_iter().zip(ranges).find_map(|((min, max), range)| match field {
            f if f == min => Some(&mut range.min),
            f if f == max => Some(&mut range.max),
            _ => None,
        })
    }

    /// Puts swapped ends of ranges right and sets into canonical order.
    fn tidy(&mut self) {
        for range in [
            &mut self.price,
            &mut self.unit,
            &mut self.area,
            &mut self.age,
            &mut self.days,
            &mut self.cut,
            &mut self.metro,
            &mut self.school,
        ] {
            if let (Some(min), Some(max)) = (range.min, range.max)
                && min > max
            {
                *range = Range { min: Some(max), max: Some(min) };
            }
            range.min = range.min.filter(|min| *min > 0);
        }
        self.district.sort();
        self.circle.sort();
        self.community.sort();
        self.rooms.sort_unstable();
        self.facing.sort_unstable();
        self.floor.sort_unstable();
        self.decoration.sort_unstable();
        self.elevator.sort_unstable();
        self.tag.sort_unstable();
        self.sort = self.sort.filter(|s| *s != Sort::Newest);
        self.basis = self.basis.filter(|b| *b != AreaBasis::Built);
        if self.budget.is_open() {
            self.terms = Terms::default();
        }
        if self.after.is_some() {
            self.before = None;
        }
    }
}

/// The names of both ends of every range, in the order of [`Filter::range_end`].
const RANGE_FIELDS: [(&str, &str); 8] = [
    ("price_min", "price_max"),
    ("unit_min", "unit_max"),
    ("area_min", "area_max"),
    ("age_min", "age_max"),
    ("days_min", "days_max"),
    ("cut_min", "cut_max"),
    ("metro_min", "metro_max"),
    ("school_min", "school_max"),
];

/// An amount of a budget.
fn amount(text: &str) -> Result<i64, Problem> {
    let digits = text.bytes().all(|b| b.is_ascii_digit());
    let number = text.parse::<i64>().ok().filter(|_| digits).ok_or(Problem::Malformed)?;
    if number > 1_000_000 { Err(Problem::OutOfRange) } else { Ok(number) }
}

fn add<T: PartialEq>(values: &mut Vec<T>, value: T) {
    if !values.contains(&value) {
        values.push(value);
    }
}

fn joined<T: ToString>(values: &[T]) -> String {
    values.iter().map(ToString::to_string).collect::<Vec<_>>().join(",")
}

#[cfg(test)]
mod tests;

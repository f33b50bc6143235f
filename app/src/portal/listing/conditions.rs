//! The conditions of a search in words, each with the filter that is left without it.

use crate::portal::words;
use crate::texts::{fact, gallery as text};
use domain::Lang;
use domain::listing::{AreaBasis, Filter, Range, SearchPage};
use domain::loan::Budget;
use domain::place::Level;

/// One condition that is in force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Condition {
    /// In few words.
    pub words: String,
    /// The search without it.
    pub without: Filter,
}

/// All conditions of a search, in the order in which the form lists them.
pub(super) fn conditions(lang: Lang, page: &SearchPage) -> Vec<Condition> {
    let filter = page.filter.first_page();
    let mut out = Vec::new();
    let mut add = |words: String, change: &dyn Fn(&mut Filter)| {
        let mut without = filter.clone();
        change(&mut without);
        out.push(Condition { words, without });
    };
    for level in Level::ALL {
        let slugs = match level {
            Level::District => &filter.district,
            Level::Circle => &filter.circle,
            Level::Community => &filter.community,
        };
        for slug in slugs {
            add(place_name(page, *level, slug), &|f: &mut Filter| {
                let slugs = match level {
                    Level::District => &mut f.district,
                    Level::Circle => &mut f.circle,
                    Level::Community => &mut f.community,
                };
                slugs.retain(|s| s != slug);
            });
        }
    }
    for slug in &filter.line {
        add(line_name(lang, page, slug), &|f: &mut Filter| f.line.retain(|s| s != slug));
    }
    for field in RangeField::ALL {
        let range = *field.of(&filter);
        if !range.is_open() {
            add(range_words(lang, field, range), &|f: &mut Filter| *field.of_mut(f) = Range::default());
        }
    }
    if filter.shape.is_some() {
        add(crate::texts::map::ring(lang).to_owned(), &|f: &mut Filter| f.shape = None);
    }
    if let Some(cap) = page.cap {
        add(budget(lang, &filter, cap), &|f: &mut Filter| f.budget = Budget::default());
    }
    if filter.area_basis() == AreaBasis::Inner && filter.area.is_open() {
        add(fact::area_inner(lang).to_owned(), &|f: &mut Filter| f.basis = None);
    }
    /// Adds one condition a value of a field.
    macro_rules! values {
        ($($field:ident => $word:expr),+ $(,)?) => {$(
            for value in &filter.$field {
                let words: String = ($word)(*value);
                add(words, &|f: &mut Filter| f.$field.retain(|v| v != value));
            }
        )+};
    }
    values! {
        rooms => |n| rooms(lang, n),
        facing => |v| words::facing_choice(lang, v).to_owned(),
        floor => |v| words::floor_band(lang, v).to_owned(),
        decoration => |v| words::decoration(lang, v).to_owned(),
        elevator => |v| elevator(lang, v).to_owned(),
        heating => |v| words::heating(lang, v).to_owned(),
        building => |v| words::building(lang, v).to_owned(),
        structure => |v| words::structure(lang, v).to_owned(),
        kind => |v| words::kind(lang, v).to_owned(),
        ownership => |v| words::ownership(lang, v).to_owned(),
        usage => |v| words::usage(lang, v).to_owned(),
        holding => |v| words::holding_band(lang, v).to_owned(),
        tag => |v| words::tag(lang, v).to_owned(),
    }
    if !filter.q.is_empty() {
        add(format!("“{}”", filter.q), &|f: &mut Filter| f.q.clear());
    }
    out
}

/// A budget and the price it leads to.
pub(super) fn budget(lang: Lang, filter: &Filter, cap: i64) -> String {
    let Budget { cash, monthly } = filter.budget;
    let cash = cash.map(|wan| text::budget_cash_is(lang, words::price(lang, domain::Fen::from_wan(wan))));
    let monthly = monthly.map(|yuan| text::budget_monthly_is(lang, words::yuan(lang, domain::Fen::from_yuan(yuan))));
    let limits = [cash, monthly].into_iter().flatten().collect::<Vec<_>>().join(text::budget_and(lang));
    let cap = range_text(lang, RangeField::Price, Range::new(None, Some(cap)));
    text::budget_is(lang, cap, limits)
}

/// The name of a place the filter mentions, or its slug where it has none.
pub(super) fn place_name(page: &SearchPage, level: Level, slug: &domain::Slug) -> String {
    let named = page.places.iter().find(|(l, place)| *l == level && place.slug == *slug);
    named.map_or_else(|| slug.to_string(), |(_, place)| place.name.clone())
}

/// The name of a metro line as the choices have it, or its slug.
fn line_name(lang: Lang, page: &SearchPage, slug: &domain::Slug) -> String {
    let offered = page.facets.values("line").iter().find(|value| value.value == slug.as_str());
    line(lang, offered.and_then(|value| value.name.as_deref()).unwrap_or(slug.as_str()))
}

/// A metro line: numbers are said in the reader's language, names stay.
pub(super) fn line(lang: Lang, name: &str) -> String {
    domain::metro::number(name).map_or_else(|| name.to_owned(), |n| text::line_n(lang, n))
}

/// Rooms as a choice.
pub(crate) fn rooms(lang: Lang, n: u8) -> String {
    match n {
        0 => fact::rooms_open(lang).to_owned(),
        domain::listing::ROOMS_MAX.. => fact::rooms_or_more(lang, n),
        _ => fact::rooms(lang, n),
    }
}

pub(super) fn elevator(lang: Lang, value: domain::listing::YesNo) -> &'static str {
    match value {
        domain::listing::YesNo::Yes => fact::elevator_yes(lang),
        domain::listing::YesNo::No => fact::elevator_no(lang),
    }
}

/// The fields that hold a range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RangeField {
    Price,
    Unit,
    Area,
    Age,
    Days,
    Cut,
    Metro,
    School,
}

impl RangeField {
    pub(super) const ALL: [Self; 8] =
        [Self::Price, Self::Unit, Self::Area, Self::Age, Self::Days, Self::Cut, Self::Metro, Self::School];

    /// The field's word in the address.
    pub(super) const fn code(self) -> &'static str {
        match self {
            Self::Price => "price",
            Self::Unit => "unit",
            Self::Area => "area",
            Self::Age => "age",
            Self::Days => "days",
            Self::Cut => "cut",
            Self::Metro => "metro",
            Self::School => "school",
        }
    }

    pub(super) const fn of(self, filter: &Filter) -> &Range {
        match self {
            Self::Price => &filter.price,
            Self::Unit => &filter.unit,
            Self::Area => &filter.area,
            Self::Age => &filter.age,
            Self::Days => &filter.days,
            Self::Cut => &filter.cut,
            Self::Metro => &filter.metro,
            Self::School => &filter.school,
        }
    }

    pub(super) const fn of_mut(self, filter: &mut Filter) -> &mut Range {
        match self {
            Self::Price => &mut filter.price,
            Self::Unit => &mut filter.unit,
            Self::Area => &mut filter.area,
            Self::Age => &mut filter.age,
            Self::Days => &mut filter.days,
            Self::Cut => &mut filter.cut,
            Self::Metro => &mut filter.metro,
            Self::School => &mut filter.school,
        }
    }

    pub(super) const fn name(self, lang: Lang) -> &'static str {
        match self {
            Self::Price => text::price(lang),
            Self::Unit => text::unit(lang),
            Self::Area => text::size(lang),
            Self::Age => text::age(lang),
            Self::Days => text::days(lang),
            Self::Cut => text::cut(lang),
            Self::Metro => text::metro(lang),
            Self::School => text::school(lang),
        }
    }

    pub(super) const fn unit(self, lang: Lang) -> &'static str {
        match self {
            Self::Price => text::price_unit(lang),
            Self::Unit => text::unit_unit(lang),
            Self::Area => text::size_unit(lang),
            Self::Age => text::age_unit(lang),
            Self::Days => text::days_unit(lang),
            Self::Cut => text::cut_unit(lang),
            Self::Metro | Self::School => text::metres_unit(lang),
        }
    }
}

/// A range with its unit: `300–500 万`, `≤ 800 m`.
pub(super) fn range_text(lang: Lang, field: RangeField, range: Range) -> String {
    if field == RangeField::Price && lang == Lang::En {
        let price = |wan: i64| words::price(lang, domain::Fen::from_wan(wan));
        return match (range.min, range.max) {
            (Some(min), Some(max)) => text::between(lang, price(min), price(max), ""),
            (Some(min), None) => text::at_least(lang, price(min), ""),
            (None, Some(max)) => text::at_most(lang, price(max), ""),
            (None, None) => String::new(),
        };
    }
    let unit = format!(" {}", field.unit(lang));
    match (range.min, range.max) {
        (Some(min), Some(max)) => text::between(lang, min, max, unit),
        (Some(min), None) => text::at_least(lang, min, unit),
        (None, Some(max)) => text::at_most(lang, max, unit),
        (None, None) => String::new(),
    }
}

/// A range with what it is of, where the unit does not say.
pub(super) fn range_words(lang: Lang, field: RangeField, range: Range) -> String {
    let range = range_text(lang, field, range);
    match field {
        RangeField::Price | RangeField::Unit | RangeField::Area => range,
        _ => format!("{} {range}", field.name(lang)),
    }
}

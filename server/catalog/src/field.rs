//! The fields of a search, and the values that pages offer for each.

use domain::listing::{
    AGE_BANDS, AREA_BANDS, Band, BuildingType, CUT_BANDS, DAYS_BANDS, DISTANCE_BANDS, Decoration, FacingChoice,
    Filter, FloorBand, Heating, HoldingBand, LayoutKind, Ownership, PRICE_BANDS, ROOMS_MAX, Range, Structure, Tag,
    UNIT_BANDS, Usage, YesNo,
};
use domain::{Fen, listing::AreaBasis};

/// A field of [`Filter`], in the order of [`Filter::pairs`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Field {
    City,
    District,
    Circle,
    Community,
    Line,
    Rooms,
    Facing,
    Floor,
    Decoration,
    Elevator,
    Heating,
    Building,
    Structure,
    Kind,
    Ownership,
    Usage,
    Holding,
    Tag,
    Price,
    Unit,
    Area,
    /// The area within the walls; it shares its place in the address with [`Field::Area`].
    Inner,
    Age,
    Days,
    Cut,
    Metro,
    School,
    Text,
}

/// How many fields there are.
pub(crate) const FIELDS: usize = Field::Text as usize + 1;

/// Fields of a home of its own with values to choose from; all others belong to its community.
pub(crate) const HOME_FIELDS: [Field; 20] = [
    Field::Rooms,
    Field::Facing,
    Field::Floor,
    Field::Decoration,
    Field::Elevator,
    Field::Heating,
    Field::Building,
    Field::Structure,
    Field::Kind,
    Field::Ownership,
    Field::Usage,
    Field::Holding,
    Field::Tag,
    Field::Price,
    Field::Unit,
    Field::Area,
    Field::Inner,
    Field::Age,
    Field::Days,
    Field::Cut,
];

impl Field {
    /// The name in the address.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::City => "city",
            Self::District => "district",
            Self::Circle => "circle",
            Self::Community => "community",
            Self::Line => "line",
            Self::Rooms => "rooms",
            Self::Facing => "facing",
            Self::Floor => "floor",
            Self::Decoration => "decoration",
            Self::Elevator => "elevator",
            Self::Heating => "heating",
            Self::Building => "building",
            Self::Structure => "structure",
            Self::Kind => "kind",
            Self::Ownership => "ownership",
            Self::Usage => "usage",
            Self::Holding => "holding",
            Self::Tag => "tag",
            Self::Price => "price",
            Self::Unit => "unit",
            Self::Area | Self::Inner => "area",
            Self::Age => "age",
            Self::Days => "days",
            Self::Cut => "cut",
            Self::Metro => "metro",
            Self::School => "school",
            Self::Text => "q",
        }
    }

    /// The bit that stands for it in sets of fields.
    pub(crate) const fn bit(self) -> u32 {
        1 << self as u32
    }

    /// Whether what it means changes from day to day.
    pub(crate) const fn is_daily(self) -> bool {
        matches!(self, Self::Holding | Self::Tag | Self::Age | Self::Days)
    }

    /// The area that a filter speaks of.
    pub(crate) fn area_of(filter: &Filter) -> Self {
        match filter.area_basis() {
            AreaBasis::Built => Self::Area,
            AreaBasis::Inner => Self::Inner,
        }
    }

    /// The ranges that pages offer.
    pub(crate) const fn bands(self) -> &'static [Band] {
        match self {
            Self::Price => &PRICE_BANDS,
            Self::Unit => &UNIT_BANDS,
            Self::Area | Self::Inner => &AREA_BANDS,
            Self::Age => &AGE_BANDS,
            Self::Days => &DAYS_BANDS,
            Self::Cut => &CUT_BANDS,
            Self::Metro | Self::School => &DISTANCE_BANDS,
            _ => &[],
        }
    }

    /// The offered ranges in the unit that homes are measured in, from end to end.
    pub(crate) const fn band_ends(self) -> &'static [(i64, i64)] {
        const fn ends<const N: usize>(field: Field, bands: [Band; N]) -> [(i64, i64); N] {
            let mut ends = [(i64::MIN, i64::MAX); N];
            let mut at = 0;
            while at < N {
                let range = field.scaled(bands[at]);
                if let Some(min) = range.min {
                    ends[at].0 = min;
                }
                if let Some(max) = range.max {
                    ends[at].1 = max;
                }
                at += 1;
            }
            ends
        }
        match self {
            Self::Price => const { &ends(Self::Price, PRICE_BANDS) },
            Self::Unit => const { &ends(Self::Unit, UNIT_BANDS) },
            Self::Area | Self::Inner => const { &ends(Self::Area, AREA_BANDS) },
            Self::Age => const { &ends(Self::Age, AGE_BANDS) },
            Self::Days => const { &ends(Self::Days, DAYS_BANDS) },
            Self::Cut => const { &ends(Self::Cut, CUT_BANDS) },
            Self::Metro | Self::School => const { &ends(Self::Metro, DISTANCE_BANDS) },
            _ => &[],
        }
    }

    /// The range that a filter asks of it; open for fields without one.
    pub(crate) fn range(self, filter: &Filter) -> Range {
        match self {
            Self::Price => filter.price,
            Self::Unit => filter.unit,
            Self::Area | Self::Inner if self == Self::area_of(filter) => filter.area,
            Self::Age => filter.age,
            Self::Days => filter.days,
            Self::Cut => filter.cut,
            Self::Metro => filter.metro,
            Self::School => filter.school,
            _ => Range::default(),
        }
    }

    /// The chosen values as bits, in the order in which they are offered; 0 for none and for ranges.
    pub(crate) fn chosen(self, filter: &Filter) -> u32 {
        fn bits(ordinals: impl Iterator<Item = usize>) -> u32 {
            ordinals.fold(0, |set, ordinal| set | 1 << ordinal)
        }
        match self {
            Self::Rooms => bits(filter.rooms.iter().map(|n| usize::from((*n).min(ROOMS_MAX)))),
            Self::Facing => bits(filter.facing.iter().map(|v| v.ordinal())),
            Self::Floor => bits(filter.floor.iter().map(|v| v.ordinal())),
            Self::Decoration => bits(filter.decoration.iter().map(|v| v.ordinal())),
            Self::Elevator => bits(filter.elevator.iter().map(|v| v.ordinal())),
            Self::Heating => bits(filter.heating.iter().map(|v| v.ordinal())),
            Self::Building => bits(filter.building.iter().map(|v| v.ordinal())),
            Self::Structure => bits(filter.structure.iter().map(|v| v.ordinal())),
            Self::Kind => bits(filter.kind.iter().map(|v| v.ordinal())),
            Self::Ownership => bits(filter.ownership.iter().map(|v| v.ordinal())),
            Self::Usage => bits(filter.usage.iter().map(|v| v.ordinal())),
            Self::Holding => bits(filter.holding.iter().map(|v| v.ordinal())),
            Self::Tag => bits(filter.tag.iter().map(|v| v.ordinal())),
            _ => 0,
        }
    }

    /// The offered values as in the address, in the order pages list them; none for places and text.
    pub(crate) fn values(self) -> Vec<String> {
        fn codes<T: ToString>(all: &[T]) -> Vec<String> {
            all.iter().map(ToString::to_string).collect()
        }
        match self {
            Self::Rooms => (0..=ROOMS_MAX).map(|n| n.to_string()).collect(),
            Self::Facing => codes(FacingChoice::ALL),
            Self::Floor => codes(FloorBand::ALL),
            Self::Decoration => codes(Decoration::ALL),
            Self::Elevator => codes(YesNo::ALL),
            Self::Heating => codes(Heating::ALL),
            Self::Building => codes(BuildingType::ALL),
            Self::Structure => codes(Structure::ALL),
            Self::Kind => codes(LayoutKind::ALL),
            Self::Ownership => codes(Ownership::ALL),
            Self::Usage => codes(Usage::ALL),
            Self::Holding => codes(HoldingBand::ALL),
            Self::Tag => codes(Tag::ALL),
            ranges => ranges.bands().iter().map(text).collect(),
        }
    }

    /// How many values are offered.
    pub(crate) const fn width(self) -> usize {
        match self {
            Self::Rooms => ROOMS_MAX as usize + 1,
            Self::Facing => FacingChoice::ALL.len(),
            Self::Floor => FloorBand::ALL.len(),
            Self::Decoration => Decoration::ALL.len(),
            Self::Elevator => YesNo::ALL.len(),
            Self::Heating => Heating::ALL.len(),
            Self::Building => BuildingType::ALL.len(),
            Self::Structure => Structure::ALL.len(),
            Self::Kind => LayoutKind::ALL.len(),
            Self::Ownership => Ownership::ALL.len(),
            Self::Usage => Usage::ALL.len(),
            Self::Holding => HoldingBand::ALL.len(),
            Self::Tag => Tag::ALL.len(),
            ranges => ranges.bands().len(),
        }
    }

    /// How many of the units that homes are measured in make one of the units of the address.
    pub(crate) const fn scale(self) -> i64 {
        match self {
            Self::Price => Fen::WAN,
            Self::Area | Self::Inner => 100,
            Self::Cut => 20,
            _ => 1,
        }
    }

    /// The range in the unit that homes are measured in.
    pub(crate) const fn scaled(self, range: Range) -> Range {
        let scale = self.scale();
        Range {
            min: match range.min {
                Some(min) => Some(min.saturating_mul(scale)),
                None => None,
            },
            max: match range.max {
                Some(max) => Some(max.saturating_mul(scale)),
                None => None,
            },
        }
    }
}

/// A range as pages write it: `min-max`, an open end left out.
fn text(range: &Range) -> String {
    let end = |value: Option<i64>| value.map(|v| v.to_string()).unwrap_or_default();
    format!("{}-{}", end(range.min), end(range.max))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_offers_as_many_values_as_it_counts() {
        for field in HOME_FIELDS.into_iter().chain([Field::Metro, Field::School]) {
            assert_eq!(field.values().len(), field.width(), "{}", field.name());
            assert!(field.width() <= 32);
        }
        assert_eq!(Field::Price.values().first().map(String::as_str), Some("-100"));
        assert_eq!(Field::Price.values().last().map(String::as_str), Some("1000-"));
        assert_eq!(Field::Area.values().get(1).map(String::as_str), Some("50-70"));
    }

    #[test]
    fn fields_stand_in_the_order_of_the_address() {
        let filter = Filter::read([
            ("city", "a"),
            ("district", "a"),
            ("circle", "a"),
            ("community", "a"),
            ("line", "a"),
            ("rooms", "1"),
            ("facing", "s"),
            ("floor", "low"),
            ("tag", "cut"),
            ("price_min", "1"),
            ("unit_min", "1"),
            ("area_min", "1"),
            ("age_min", "1"),
            ("days_min", "1"),
            ("cut_min", "1"),
            ("metro_min", "1"),
            ("school_min", "1"),
            ("q", "a"),
        ])
        .filter;
        use Field::*;
        let order = [
            City, District, Circle, Community, Line, Rooms, Facing, Floor, Tag, Price, Unit, Area, Age, Days, Cut,
            Metro, School, Text,
        ];
        let names: Vec<_> = filter.pairs().into_iter().map(|(name, _)| name.trim_end_matches("_min")).collect();
        assert_eq!(names, order.map(Field::name));
        assert!(order.windows(2).all(|pair| (pair[0] as usize) < pair[1] as usize));
    }
}

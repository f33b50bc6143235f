//! How homes are searched: the whole state of a gallery page, written to and read from its address.
//!
//! One field, one meaning, whoever asks: the gallery, its JSON twin and saved searches read the same query
//! string. Values of one field widen the result, fields narrow it.

mod band;
mod choice;
mod cursor;
mod encoded;
mod read;
mod write;

pub use band::{AGE_BANDS, AREA_BANDS, Band, CUT_BANDS, DAYS_BANDS, DISTANCE_BANDS, PRICE_BANDS, Range, UNIT_BANDS};
pub use choice::{FacingChoice, Sort, Tag, YesNo};
pub use cursor::Cursor;
pub use read::Parsed;

use super::facts::{BuildingType, Decoration, FloorBand, Heating, LayoutKind, Ownership, Structure, Usage};
use super::{AreaBasis, HoldingBand};
use crate::Slug;
use crate::loan::{Budget, Terms};
use crate::shape::Shape;

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
    /// Metro lines with a station near by, as far as stations are known.
    pub line: Vec<Slug>,
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

impl Filter {
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
}

/// The names of both ends of every range, in the order of `Filter::ranges`.
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

#[cfg(test)]
mod tests;

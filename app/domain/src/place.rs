//! Where homes are: city, district, business circle, community (城市 → 区 → 商圈 → 小区).

use crate::Slug;
use serde::{Deserialize, Serialize};

/// A place as pages name it: the word in the address and the name people use.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlaceName {
    /// Unique within its city.
    pub slug: Slug,
    /// The name in Chinese.
    pub name: String,
}

/// A city the firm works in, or has listings from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct City {
    /// The word in the address, such as `ningbo`.
    pub slug: Slug,
    /// 宁波
    pub name: String,
    /// Ningbo
    pub name_en: String,
}

coded_enum! {
    /// The three levels of place within a city.
    Level { District = "district", Circle = "circle", Community = "community" }
}

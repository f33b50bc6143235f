//! Ranges of numbers, and those that pages offer as choices.

use serde::{Deserialize, Serialize};

/// Both ends are part of the range; an open end is `None`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Range {
    /// The lowest value that still fits.
    pub min: Option<i64>,
    /// The highest value that still fits.
    pub max: Option<i64>,
}

impl Range {
    /// The range from one value to another.
    pub const fn new(min: Option<i64>, max: Option<i64>) -> Self {
        Self { min, max }
    }

    /// Whether it leaves everything in.
    pub const fn is_open(&self) -> bool {
        self.min.is_none() && self.max.is_none()
    }

    /// Whether the value lies in it.
    pub fn holds(&self, value: i64) -> bool {
        self.min.is_none_or(|min| value >= min) && self.max.is_none_or(|max| value <= max)
    }
}

/// A range that pages offer as one choice.
pub type Band = Range;

const fn band(min: i64, max: i64) -> Band {
    Range { min: if min > 0 { Some(min) } else { None }, max: if max > 0 { Some(max) } else { None } }
}

/// Choices of total price, in 万元.
pub const PRICE_BANDS: [Band; 8] = [
    band(0, 100),
    band(100, 150),
    band(150, 200),
    band(200, 300),
    band(300, 500),
    band(500, 750),
    band(750, 1000),
    band(1000, 0),
];
/// Choices of unit price, in 元/㎡ of built area.
pub const UNIT_BANDS: [Band; 6] = [
    band(0, 10_000),
    band(10_000, 20_000),
    band(20_000, 30_000),
    band(30_000, 50_000),
    band(50_000, 80_000),
    band(80_000, 0),
];
/// Choices of area, in ㎡.
pub const AREA_BANDS: [Band; 7] =
    [band(0, 50), band(50, 70), band(70, 90), band(90, 110), band(110, 140), band(140, 200), band(200, 0)];
/// Choices of the building's age, in years.
pub const AGE_BANDS: [Band; 5] = [band(0, 5), band(0, 10), band(0, 15), band(0, 20), band(20, 0)];
/// Choices of days on the market.
pub const DAYS_BANDS: [Band; 5] = [band(0, 1), band(0, 7), band(0, 30), band(0, 90), band(180, 0)];
/// Choices of the cut from the first asking price, in percent.
pub const CUT_BANDS: [Band; 4] = [band(1, 0), band(3, 0), band(5, 0), band(10, 0)];
/// Choices of the distance to a named place, in metres.
pub const DISTANCE_BANDS: [Band; 4] = [band(0, 500), band(0, 800), band(0, 1200), band(0, 2000)];

//! Floor areas in hundredths of a square metre, and the unit price that follows from them.

use crate::money::{Fen, Grouped, round_div};
use serde::{Deserialize, Serialize};
use std::fmt;

/// A floor area in 0.01 ㎡. Homes reach from 1 ㎡ to 10,000 ㎡ ([`Area::plausible`]).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Area(pub i32);

impl Area {
    /// An area of whole square metres.
    pub const fn from_sqm(sqm: i32) -> Self {
        Self(sqm.saturating_mul(100))
    }

    /// Reads a plain decimal number of square metres with at most two decimals that count; further
    /// decimals are rounded. `None` for anything else.
    pub fn parse_sqm(text: &str) -> Option<Self> {
        let text = text.trim();
        let short = match text.split_once('.') {
            Some((whole, part)) if part.len() > 4 && part.is_char_boundary(4) => format!("{whole}.{}", &part[..4]),
            _ => text.to_owned(),
        };
        let ten_thousandths = Fen::parse_decimal(&short, 10_000)?.0;
        i32::try_from(round_div(ten_thousandths, 100)).ok().map(Self)
    }

    /// Whether a home can be this large: 1 ㎡ to 10,000 ㎡.
    pub const fn plausible(self) -> bool {
        self.0 >= 100 && self.0 <= 1_000_000
    }
}

impl fmt::Display for Area {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, part) = (self.0 / 100, (self.0 % 100).abs());
        match part {
            0 => write!(f, "{whole}"),
            p if p % 10 == 0 => write!(f, "{whole}.{}", p / 10),
            p => write!(f, "{whole}.{p:02}"),
        }
    }
}

/// A price per square metre in fen, derived from price and area, never typed in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct UnitPrice(pub i64);

impl UnitPrice {
    /// Price ÷ area, rounded half up to the fen. `None` for an area that is not positive.
    pub fn of(price: Fen, area: Area) -> Option<Self> {
        (area.0 > 0).then(|| Self(round_div(price.0.saturating_mul(100), i64::from(area.0))))
    }

    /// The whole yuan per square metre, rounded half up.
    pub const fn yuan(self) -> i64 {
        round_div(self.0, 100)
    }
}

impl fmt::Display for UnitPrice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", Grouped(self.yuan().unsigned_abs()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn areas_are_read_and_shown_to_the_hundredth() {
        assert_eq!(Area::parse_sqm("113.62"), Some(Area(11_362)));
        assert_eq!(Area::parse_sqm("62.0"), Some(Area(6_200)));
        assert_eq!(Area::parse_sqm("62.005"), Some(Area(6_201)));
        assert_eq!(Area::parse_sqm("89.999999999"), Some(Area(9_000)));
        assert_eq!(Area::parse_sqm("约90"), None);
        assert_eq!(Area(10_970).to_string(), "109.7");
        assert_eq!(Area(8_805).to_string(), "88.05");
    }

    #[test]
    fn unit_price_follows_from_price_and_area() {
        let unit = UnitPrice::of(Fen::from_wan(239), Area(11_362)).expect("area is positive");
        assert_eq!(unit.yuan(), 21_035);
        assert_eq!(unit.to_string(), "21,035");
        assert_eq!(UnitPrice::of(Fen::from_wan(1), Area(0)), None);
    }
}

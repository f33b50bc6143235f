//! Codes that stand in addresses: slugs of places and codes of listings.

use serde::{Deserialize, Serialize};
use std::fmt;

/// The word for a place in an address: 1 to 64 of `a-z 0-9 -`, such as `ningbo` or `yinzhou-2`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Slug(String);

impl Slug {
    /// The slug, if the text is one.
    pub fn parse(text: &str) -> Option<Self> {
        let ok = (1..=64).contains(&text.len())
            && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        ok.then(|| Self(text.to_owned()))
    }

    /// The slug as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Slug {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        Self::parse(&text).ok_or_else(|| serde::de::Error::custom("not a slug"))
    }
}

/// The public number of a listing (房源编号), `FY-YYYYMM-n…`, counted up within the month it was entered.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct ListingCode(String);

impl ListingCode {
    /// The n-th listing of a month; at least four digits.
    pub fn new(year: i32, month: u32, n: i64) -> Self {
        Self(format!("FY-{year:04}{month:02}-{n:04}"))
    }

    /// The code, if the text is one.
    pub fn parse(text: &str) -> Option<Self> {
        let rest = text.strip_prefix("FY-")?;
        let (month, n) = rest.split_once('-')?;
        let digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
        let ok = month.len() == 6 && digits(month) && (4..=12).contains(&n.len()) && digits(n);
        ok.then(|| Self(text.to_owned()))
    }

    /// The code as one number, in the order of months and then of entry: `FY-202611-0042` is 202611 and 42 in twelve
    /// digits.
    pub fn number(&self) -> i64 {
        let part = |from: usize, to: usize| self.0.get(from..to).and_then(|digits| digits.parse::<i64>().ok());
        part(3, 9).unwrap_or_default() * Self::MONTH + part(10, self.0.len()).unwrap_or_default()
    }

    /// The code with this number.
    pub fn of_number(number: i64) -> Self {
        let (month, n) = (number.div_euclid(Self::MONTH), number.rem_euclid(Self::MONTH));
        Self(format!("FY-{month:06}-{n:04}"))
    }

    const MONTH: i64 = 1_000_000_000_000;

    /// The code as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ListingCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for ListingCode {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        Self::parse(&text).ok_or_else(|| serde::de::Error::custom("not a listing code"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_words_are_slugs() {
        assert!(Slug::parse("hangzhou-wan-2").is_some());
        for bad in ["", "宁波", "A", "a b", "a/b", &"x".repeat(65)] {
            assert!(Slug::parse(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn listing_codes_round_trip() {
        let code = ListingCode::new(2026, 11, 123_456);
        assert_eq!(ListingCode::parse(code.as_str()), Some(code.clone()));
        assert_eq!((code.number(), ListingCode::of_number(code.number())), (202_611_000_000_123_456, code));
        for text in ["FY-202611-0042", "FY-999999-999999999999", "FY-000001-0000"] {
            let code = ListingCode::parse(text).unwrap();
            assert_eq!(ListingCode::of_number(code.number()), code);
        }
        assert!(ListingCode::new(2026, 11, 10_000).number() > ListingCode::new(2026, 11, 9_999).number());
        assert!(ListingCode::new(2026, 12, 1).number() > ListingCode::new(2026, 11, 9_999).number());
        for bad in ["FY-202611-1", "FY-20261-0001", "KY-202611-0001", "FY-202611-00 1", "fy-202611-0001"] {
            assert!(ListingCode::parse(bad).is_none(), "{bad}");
        }
    }
}

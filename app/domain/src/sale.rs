//! Somebody wants to sell (我要卖房): a range from homes like theirs, and a request to be called.

use crate::error::{FieldError, Problem};
use crate::money::round_div;
use crate::{Area, Fen, UnitPrice};

/// A range of prices from what comparable homes are asked for. It is no valuation and promises nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Estimate {
    /// A quarter of the comparable homes is asked for less a square metre.
    pub low: Fen,
    /// The middle one.
    pub middle: Fen,
    /// A quarter is asked for more.
    pub high: Fen,
    /// How many homes it was taken from.
    pub n: u32,
}

/// Fewer homes say nothing.
pub const LEAST_COMPARABLE: usize = 3;

/// The quartiles of the unit prices, nearest rank, for a home of this area; rounded to 万元.
pub fn estimate(units: &[UnitPrice], area: Area) -> Option<Estimate> {
    if units.len() < LEAST_COMPARABLE || area.0 <= 0 {
        return None;
    }
    let mut sorted: Vec<i64> = units.iter().map(|unit| unit.0).collect();
    sorted.sort_unstable();
    let at = |quarter: usize| {
        let unit = sorted[(sorted.len() * quarter).div_ceil(4).clamp(1, sorted.len()) - 1];
        let price = unit.saturating_mul(i64::from(area.0)) / 100;
        Fen(round_div(price, Fen::WAN) * Fen::WAN)
    };
    Some(Estimate { low: at(1), middle: at(2), high: at(3), n: u32::try_from(sorted.len()).unwrap_or(u32::MAX) })
}

/// What a seller sends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SaleRequest {
    /// The community, in the seller's words.
    pub community: String,
    /// Built area.
    pub area: Area,
    /// Rooms, where told.
    pub rooms: Option<u8>,
    /// How to address the seller.
    pub name: String,
    /// A mobile number of mainland China, eleven digits.
    pub phone: String,
}

impl SaleRequest {
    /// Reads the fields of a form.
    ///
    /// # Errors
    /// Every field that cannot be used.
    pub fn read(
        community: &str,
        area: &str,
        rooms: &str,
        name: &str,
        phone: &str,
        agreed: bool,
    ) -> Result<Self, Vec<FieldError>> {
        let mut problems = Vec::new();
        let mut wrong = |field: &'static str, problem| problems.push(FieldError::new(field, problem, ""));
        let community = line(community, 40);
        if community.is_empty() {
            wrong("community", Problem::Malformed);
        }
        let parsed = parse_area(area);
        if parsed.is_none() {
            wrong("area", Problem::OutOfRange);
        }
        let rooms = rooms.trim();
        let count = rooms.parse::<u8>().ok().filter(|n| *n <= 20);
        if !rooms.is_empty() && count.is_none() {
            wrong("rooms", Problem::Malformed);
        }
        let name = line(name, 20);
        if name.is_empty() {
            wrong("name", Problem::Malformed);
        }
        let number = parse_phone(phone);
        if number.is_none() {
            wrong("phone", Problem::Malformed);
        }
        if !agreed {
            wrong("agree", Problem::Malformed);
        }
        match (parsed, number) {
            (Some(area), Some(phone)) if problems.is_empty() => {
                Ok(Self { community, area, rooms: count, name, phone })
            }
            _ => Err(problems),
        }
    }
}

/// An area of a home in ㎡, 8 to 2,000, with up to two decimals.
pub fn parse_area(text: &str) -> Option<Area> {
    let Fen(hundredths) = Fen::parse_decimal(text, 100)?;
    (800..=200_000).contains(&hundredths).then(|| i32::try_from(hundredths).ok().map(Area)).flatten()
}

/// The eleven digits of a mobile number, however they were set; `None` for anything else.
pub fn parse_phone(text: &str) -> Option<String> {
    let bare: String = text.chars().filter(|c| !matches!(c, ' ' | '-' | '(' | ')' | '　')).collect();
    let bare = bare.strip_prefix("+86").or_else(|| bare.strip_prefix("0086")).unwrap_or(&bare);
    let mobile = bare.len() == 11
        && bare.bytes().all(|b| b.is_ascii_digit())
        && bare.starts_with('1')
        && matches!(bare.as_bytes().get(1), Some(b'3'..=b'9'));
    mobile.then(|| bare.to_owned())
}

/// One line without control characters.
fn line(text: &str, most: usize) -> String {
    let plain: String = text.chars().filter(|c| !c.is_control()).collect();
    plain.trim().chars().take(most).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_range_is_the_middle_half_of_the_homes_alike() {
        let units: Vec<_> = [50_000, 60_000, 70_000, 80_000].iter().map(|yuan| UnitPrice(yuan * 100)).collect();
        let range = estimate(&units, Area(10_000)).expect("enough");
        let wan = [range.low, range.middle, range.high].map(|fen| fen.0 / Fen::WAN);
        assert_eq!((wan, range.n), ([500, 600, 700], 4));
        assert_eq!(estimate(&units[..2], Area(10_000)), None);
        assert_eq!(estimate(&units, Area(0)), None);
        let same = estimate(&units[..3], Area(10_000)).expect("enough");
        assert!(same.low <= same.middle && same.middle <= same.high);
    }

    #[test]
    fn numbers_are_known_in_every_dress() {
        for text in ["13812345678", "138 1234 5678", "+86 138-1234-5678", "0086(138)12345678"] {
            assert_eq!(parse_phone(text).as_deref(), Some("13812345678"), "{text}");
        }
        for bad in ["", "1381234567", "12812345678", "138123456789", "1381234567a", "02112345678"] {
            assert_eq!(parse_phone(bad), None, "{bad}");
        }
    }

    #[test]
    fn every_field_that_is_wrong_is_told() {
        let read = |area, phone, agreed| SaleRequest::read(" 晨光\u{7}花园 ", area, "3", "林", phone, agreed);
        let good = read("89.5", "13812345678", true).expect("reads");
        assert_eq!((good.community.as_str(), good.area, good.rooms), ("晨光花园", Area(8_950), Some(3)));
        let fields = |found: Result<SaleRequest, Vec<FieldError>>| {
            found.expect_err("refused").into_iter().map(|p| p.field).collect::<Vec<_>>()
        };
        assert_eq!(fields(read("3", "110", false)), ["area", "phone", "agree"]);
        assert_eq!(fields(SaleRequest::read("", "90", "x", "", "13812345678", true)), ["community", "rooms", "name"]);
    }
}

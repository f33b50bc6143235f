//! Money in fen (分), the hundredth of a yuan. Never a float.

use serde::{Deserialize, Serialize};
use std::fmt;

/// An amount of CNY in fen. Negative amounts are debts or cuts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Fen(pub i64);

impl Fen {
    /// One 万元 in fen.
    pub const WAN: i64 = 1_000_000;
    /// The highest price a home may be offered at: 100 亿元. Anything above is a typing error.
    pub const MAX_PRICE: Fen = Fen(1_000_000 * Self::WAN);

    /// An amount of whole 万元.
    pub const fn from_wan(wan: i64) -> Self {
        Self(wan.saturating_mul(Self::WAN))
    }

    /// An amount of whole yuan.
    pub const fn from_yuan(yuan: i64) -> Self {
        Self(yuan.saturating_mul(100))
    }

    /// Reads a decimal number as an amount, `unit_fen` fen to the one: `("239.5", Fen::WAN)` is 239.5 万.
    /// Thousands separators (`,` and `，`) are skipped. `None` for anything but a plain decimal number, for
    /// more decimals than the unit can hold and for amounts that do not fit.
    pub fn parse_decimal(text: &str, unit_fen: i64) -> Option<Self> {
        let text: String = text.trim().chars().filter(|c| !matches!(c, ',' | '，')).collect();
        let (sign, digits) = match text.strip_prefix('-') {
            Some(rest) => (-1, rest),
            None => (1, text.as_str()),
        };
        let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
        let plain = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
        if (whole.is_empty() && part.is_empty()) || !plain(whole) || !plain(part) {
            return None;
        }
        let whole: i64 = if whole.is_empty() { 0 } else { whole.parse().ok()? };
        let mut fen = whole.checked_mul(unit_fen)?;
        let mut place = unit_fen;
        for digit in part.trim_end_matches('0').bytes() {
            if place % 10 != 0 {
                return None;
            }
            place /= 10;
            fen = fen.checked_add(place.checked_mul(i64::from(digit - b'0'))?)?;
        }
        Some(Self(fen.checked_mul(sign)?))
    }

    /// The sum, or `None` where it does not fit.
    pub const fn checked_add(self, other: Self) -> Option<Self> {
        match self.0.checked_add(other.0) {
            Some(fen) => Some(Self(fen)),
            None => None,
        }
    }

    /// The difference, saturating at the ends of the range.
    pub const fn minus(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }

    /// The amount in 万 with up to two decimals, rounded half away from zero: `685`, `239.5`, `102.75`.
    pub fn wan(self) -> Wan {
        Wan(self)
    }

    /// The amount in whole yuan with separators, rounded half away from zero: `26,146`.
    pub fn yuan(self) -> Yuan {
        Yuan(self)
    }
}

/// Shows an amount in 万, without the unit.
#[derive(Clone, Copy, Debug)]
pub struct Wan(Fen);

impl fmt::Display for Wan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let hundredths = round_div(self.0.0, Fen::WAN / 100);
        let (whole, part) = (hundredths.unsigned_abs() / 100, hundredths.unsigned_abs() % 100);
        if hundredths < 0 {
            f.write_str("−")?;
        }
        write!(f, "{}", Grouped(whole))?;
        match part {
            0 => Ok(()),
            p if p % 10 == 0 => write!(f, ".{}", p / 10),
            p => write!(f, ".{p:02}"),
        }
    }
}

/// Shows an amount in whole yuan with thousands separators, without the unit.
#[derive(Clone, Copy, Debug)]
pub struct Yuan(Fen);

impl fmt::Display for Yuan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let yuan = round_div(self.0.0, 100);
        if yuan < 0 {
            f.write_str("−")?;
        }
        write!(f, "{}", Grouped(yuan.unsigned_abs()))
    }
}

/// Shows a whole number with thousands separators.
#[derive(Clone, Copy, Debug)]
pub struct Grouped(pub u64);

impl fmt::Display for Grouped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = self.0.to_string();
        for (i, digit) in digits.bytes().enumerate() {
            if i > 0 && (digits.len() - i).is_multiple_of(3) {
                f.write_str(",")?;
            }
            write!(f, "{}", char::from(digit))?;
        }
        Ok(())
    }
}

/// `value / by`, rounded half away from zero; `by` is positive.
pub(crate) const fn round_div(value: i64, by: i64) -> i64 {
    let half = by / 2;
    if value >= 0 { value.saturating_add(half) / by } else { value.saturating_sub(half) / by }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_beyond_what_can_be_kept_is_none_and_never_another_one() {
        let edge = i64::MAX.to_string();
        assert_eq!(Fen::parse_decimal(&edge, 1), Some(Fen(i64::MAX)));
        assert_eq!(Fen::parse_decimal(&format!("-{edge}"), 1), Some(Fen(-i64::MAX)));
        for over in ["9223372036854775808", "92233720368547758.08", "99999999999999999999999"] {
            assert_eq!(Fen::parse_decimal(over, Fen::WAN), None, "{over}");
        }
        assert_eq!(Fen::parse_decimal("9223372036854.775807", Fen::WAN), Some(Fen(i64::MAX)));
        assert_eq!(Fen::parse_decimal("9223372036854.775808", Fen::WAN), None);
        assert_eq!(Fen(i64::MAX).checked_add(Fen(1)), None);
        assert_eq!(Fen(i64::MIN).minus(Fen(1)), Fen(i64::MIN));
        assert_eq!((Fen::from_wan(i64::MAX), Fen::from_yuan(i64::MIN)), (Fen(i64::MAX), Fen(i64::MIN)));
        for end in [Fen(i64::MAX), Fen(i64::MIN)] {
            assert!(!end.wan().to_string().is_empty() && !end.yuan().to_string().is_empty());
        }
    }

    #[test]
    fn prices_are_read_to_the_fen() {
        assert_eq!(Fen::parse_decimal("239", Fen::WAN), Some(Fen::from_wan(239)));
        assert_eq!(Fen::parse_decimal(" 1,239.55 ", Fen::WAN), Some(Fen(1_239_550_000)));
        assert_eq!(Fen::parse_decimal("0.000001", Fen::WAN), Some(Fen(1)));
        assert_eq!(Fen::parse_decimal("-3.5", 100), Some(Fen(-350)));
        for bad in ["", ".", "12a", "1.2.3", "0.0000001", "99999999999999999999", "∞", "1e5"] {
            assert_eq!(Fen::parse_decimal(bad, Fen::WAN), None, "{bad}");
        }
    }

    #[test]
    fn amounts_are_shown_short() {
        assert_eq!(Fen::from_wan(685).wan().to_string(), "685");
        assert_eq!(Fen(239_500_000).wan().to_string(), "239.5");
        assert_eq!(Fen(102_754_999).wan().to_string(), "102.75");
        assert_eq!(Fen::from_wan(-13).wan().to_string(), "−13");
        assert_eq!(Fen::from_wan(12_345).wan().to_string(), "12,345");
        assert_eq!(Fen::from_yuan(26_146).yuan().to_string(), "26,146");
        assert_eq!(Fen(50).yuan().to_string(), "1");
    }
}

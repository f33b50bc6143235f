//! A yearly rate or a share, in millionths.

use crate::Fen;
use std::fmt;

/// A nominal yearly rate, or a share of an amount, in millionths (ppm): 3.5 % is 35,000.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rate(pub i64);

impl Rate {
    /// Reads a percentage with up to four decimals: `3.5`. `None` for anything else and above 100.
    pub fn parse_percent(text: &str) -> Option<Self> {
        let Fen(ppm) = Fen::parse_decimal(text, 10_000)?;
        (0..=1_000_000).contains(&ppm).then_some(Self(ppm))
    }

    /// This share of an amount, rounded half up to the fen.
    pub fn of(self, amount: Fen) -> Fen {
        Fen(ratio(amount.0, self.0, 1_000_000))
    }

    /// What a month at this yearly rate costs on a balance, rounded half up to the fen.
    pub(super) fn month_on(self, balance: Fen) -> Fen {
        Fen(ratio(balance.0, self.0, 12_000_000))
    }
}

/// Percent without the sign, with at least two decimals: `3.50`, `2.525`.
impl fmt::Display for Rate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let decimals = format!("{:04}", self.0 % 10_000);
        let (kept, rest) = decimals.split_at(2);
        write!(f, "{}.{kept}{}", self.0 / 10_000, rest.trim_end_matches('0'))
    }
}

/// `amount × by ÷ of`, rounded half up; the amount is not negative.
pub(super) fn ratio(amount: i64, by: i64, of: i64) -> i64 {
    let exact = i128::from(amount) * i128::from(by);
    let of = i128::from(of);
    i64::try_from((exact + of / 2).div_euclid(of)).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentages_are_read_and_shown_as_banks_write_them() {
        assert_eq!(Rate::parse_percent("3.5"), Some(Rate(35_000)));
        assert_eq!(Rate::parse_percent("2.525"), Some(Rate(25_250)));
        assert_eq!([35_000, 25_250, 150_000, 0].map(|ppm| Rate(ppm).to_string()), ["3.50", "2.525", "15.00", "0.00"]);
        for bad in ["", "-1", "100.1", "3.12345", "x"] {
            assert_eq!(Rate::parse_percent(bad), None, "{bad}");
        }
    }

    #[test]
    fn shares_round_half_up_to_the_fen() {
        assert_eq!(Rate(15_000).of(Fen::from_wan(685)), Fen(10_275_000));
        assert_eq!(Rate(500_000).of(Fen(1)), Fen(1));
        assert_eq!(Rate(35_000).month_on(Fen::from_wan(100)), Fen(291_667));
    }
}

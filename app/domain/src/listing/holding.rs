//! How long the seller has held the home (满二, 满五) and whether it is the family's only one (唯一): the facts
//! that decide the seller's taxes, and where each is known from.

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

coded_enum! {
    /// 房屋年限
    HoldingBand {
        /// 未满两年
        UnderTwo = "under_two",
        /// 满两年
        OverTwo = "over_two",
        /// 满五年
        OverFive = "over_five",
    }
}

coded_enum! {
    /// What the holding period is known from.
    HoldingBasis {
        /// Computed from the date on the title certificate (房本).
        Certificate = "certificate",
        /// Computed from the deed-tax receipt (契税票).
        DeedTax = "deed_tax",
        /// Computed from the last sale (上次交易); the tax office decides by certificate or receipt.
        LastSale = "last_sale",
        /// Stated by the source and not computed.
        Stated = "stated",
    }
}

/// How long the home has been held, and how that is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holding {
    /// The band.
    pub band: HoldingBand,
    /// Computed from what, or stated.
    pub basis: HoldingBasis,
    /// The date the clock started, where computed.
    pub since: Option<NaiveDate>,
}

impl Holding {
    /// The holding on a day, from the best evidence there is: the earlier of title certificate and deed-tax
    /// receipt, else what was stated, else the last sale.
    ///
    /// The clock runs from the earlier of the two dates to the filing of the contract (国税发〔2006〕108号;
    /// which date counts is the tax office's decision, so pages call it an estimate).
    pub fn on(
        day: NaiveDate,
        certificate: Option<NaiveDate>,
        deed_tax: Option<NaiveDate>,
        stated: Option<HoldingBand>,
        last_sale: Option<NaiveDate>,
    ) -> Option<Self> {
        let computed = |since: NaiveDate, basis| Self { band: band_of(since, day), basis, since: Some(since) };
        match (certificate, deed_tax, stated, last_sale) {
            (Some(c), Some(d), _, _) if d < c => Some(computed(d, HoldingBasis::DeedTax)),
            (Some(c), _, _, _) => Some(computed(c, HoldingBasis::Certificate)),
            (None, Some(d), _, _) => Some(computed(d, HoldingBasis::DeedTax)),
            (None, None, Some(band), _) => Some(Self { band, basis: HoldingBasis::Stated, since: None }),
            (None, None, None, Some(s)) => Some(computed(s, HoldingBasis::LastSale)),
            (None, None, None, None) => None,
        }
    }
}

/// The band of a period from one day to another.
fn band_of(since: NaiveDate, day: NaiveDate) -> HoldingBand {
    let mut years = day.year() - since.year();
    if (day.month(), day.day()) < (since.month(), since.day()) {
        years -= 1;
    }
    match years {
        5.. => HoldingBand::OverFive,
        2..=4 => HoldingBand::OverTwo,
        _ => HoldingBand::UnderTwo,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    #[test]
    fn two_years_are_full_on_the_anniversary() {
        let since = Some(day("2020-02-29"));
        let on = |d: &str| Holding::on(day(d), since, None, None, None).map(|h| h.band);
        assert_eq!(on("2022-02-28"), Some(HoldingBand::UnderTwo));
        assert_eq!(on("2022-03-01"), Some(HoldingBand::OverTwo));
        assert_eq!(on("2025-03-01"), Some(HoldingBand::OverFive));
    }

    #[test]
    fn the_earlier_document_starts_the_clock() {
        let holding = Holding::on(day("2026-01-01"), Some(day("2022-01-01")), Some(day("2020-06-01")), None, None);
        assert_eq!(holding.map(|h| (h.band, h.basis)), Some((HoldingBand::OverFive, HoldingBasis::DeedTax)));
    }

    #[test]
    fn a_statement_outranks_the_last_sale_and_says_so() {
        let stated = Some(HoldingBand::OverTwo);
        let holding = Holding::on(day("2026-01-01"), None, None, stated, Some(day("2010-01-01")));
        assert_eq!(holding.map(|h| (h.band, h.basis)), Some((HoldingBand::OverTwo, HoldingBasis::Stated)));
        let holding = Holding::on(day("2026-01-01"), None, None, None, Some(day("2010-01-01")));
        assert_eq!(holding.map(|h| h.basis), Some(HoldingBasis::LastSale));
    }
}

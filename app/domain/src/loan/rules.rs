//! What the state says of home loans, as dated data.

use super::{Owned, Rate};
use crate::Fen;
use chrono::NaiveDate;

/// The figures in force from a day on. A change is a new row, never an edit.
///
/// All of them are estimates for a page, to be checked against the official text before they are relied on; banks add
/// points of their own, so the commercial rate can be overridden.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rules {
    /// First day.
    pub from: NaiveDate,
    /// 5 年期以上 LPR, the rate of commercial loans. Terms of five years or less are reckoned with it as well,
    /// because the one-year LPR is not part of this table.
    pub lpr: Rate,
    /// 公积金 on the first home, five years or less and longer.
    pub fund_first: [Rate; 2],
    /// 公积金 on the second home, five years or less and longer.
    pub fund_second: [Rate; 2],
    /// 最低首付比例 in percent of the price.
    pub least_down: u8,
    /// The most a family gets from the fund.
    pub fund_cap: Fen,
    /// What buyers are usually asked for the agency: 经纪服务费, a share of the price. Each contract says its own.
    pub usual_fee: Rate,
}

const fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    match NaiveDate::from_ymd_opt(year, month, day) {
        Some(day) => day,
        None => NaiveDate::MIN,
    }
}

/// Oldest first.
const TABLE: [Rules; 1] = [
    // LPR of 2026-07-20 (全国银行间同业拆借中心); fund rates, least down payment and the fund's cap for families as a
    // Hangzhou policy table of 2026-08 gives them. The cap differs from city to city. The fee is an example.
    Rules {
        from: day(2026, 7, 20),
        lpr: Rate(35_000),
        fund_first: [Rate(21_000), Rate(26_000)],
        fund_second: [Rate(25_250), Rate(30_750)],
        least_down: 15,
        fund_cap: Fen::from_wan(180),
        usual_fee: Rate(15_000),
    },
];

impl Rules {
    /// The figures in force on a day; before the first row, those of the first row.
    pub fn on(day: NaiveDate) -> &'static Self {
        TABLE.iter().rev().find(|rules| rules.from <= day).unwrap_or(&TABLE[0])
    }

    /// The figures of the newest row.
    pub fn newest() -> &'static Self {
        &TABLE[TABLE.len() - 1]
    }

    /// The fund's rate.
    pub fn fund(&self, owned: Owned, months: u16) -> Rate {
        let [short, long] = match owned {
            Owned::First => self.fund_first,
            Owned::Second => self.fund_second,
        };
        if months <= 60 { short } else { long }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_decides_and_rows_stand_in_order() {
        assert!(TABLE.is_sorted_by(|a, b| a.from < b.from));
        for date in [day(2020, 1, 1), day(2026, 7, 20), day(2030, 1, 1)] {
            assert_eq!(Rules::on(date).lpr, Rate(35_000));
        }
    }

    #[test]
    fn the_fund_is_cheaper_for_short_terms_and_first_homes() {
        let rules = Rules::on(day(2026, 8, 1));
        let rates = [(Owned::First, 60), (Owned::First, 61), (Owned::Second, 60), (Owned::Second, 360)];
        let shown = rates.map(|(owned, months)| rules.fund(owned, months).to_string());
        assert_eq!(shown, ["2.10", "2.60", "2.525", "3.075"]);
    }
}

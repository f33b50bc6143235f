//! From a purse to a price (按预算): the dearest home somebody can buy.

use super::{Bill, Rules, Terms};
use crate::Fen;

/// What a buyer can spend. A limit that is absent does not limit; without both there is no budget.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Budget {
    /// Cash that is there, for down payment and fee, in 万元.
    pub cash: Option<i64>,
    /// The most a month may cost, in yuan.
    pub monthly: Option<i64>,
}

impl Budget {
    /// Whether nothing is limited.
    pub const fn is_open(&self) -> bool {
        self.cash.is_none() && self.monthly.is_none()
    }

    /// The bill with which a home at this price fits: the most cash for the down payment that is needed to keep the
    /// month within its limit, and no more. `None` where it does not fit.
    pub fn bill(&self, price: Fen, terms: &Terms, rules: &Rules) -> Option<Bill> {
        let least = Bill::of(price, terms, rules);
        let fits_month = |bill: &Bill| self.monthly.is_none_or(|yuan| bill.first() <= Fen::from_yuan(yuan));
        let fits_cash = |bill: &Bill| self.cash.is_none_or(|wan| bill.cash() <= Fen::from_wan(wan));
        if !fits_cash(&least) {
            return None;
        }
        if fits_month(&least) {
            return Some(least);
        }
        // Without a limit on cash the least down payment is meant: anybody could pay any price in cash.
        self.cash?;
        // The largest loan, in whole 千元, whose month fits. More is never cheaper a month.
        let step = 100_000;
        let (mut fits, mut over) = (0, least.borrowed().0 / step + 1);
        while over - fits > 1 {
            let middle = i64::midpoint(fits, over);
            if fits_month(&Bill::borrowing(price, Fen(middle * step), terms, rules)) {
                fits = middle;
            } else {
                over = middle;
            }
        }
        Some(Bill::borrowing(price, Fen(fits * step), terms, rules)).filter(fits_cash)
    }

    /// The dearest price that fits, in whole 万元; `None` where nothing is limited.
    pub fn cap(&self, terms: &Terms, rules: &Rules) -> Option<i64> {
        if self.is_open() {
            return None;
        }
        let (mut fits, mut over) = (0, Fen::MAX_PRICE.0 / Fen::WAN + 1);
        while over - fits > 1 {
            let middle = i64::midpoint(fits, over);
            if self.bill(Fen::from_wan(middle), terms, rules).is_some() { fits = middle } else { over = middle }
        }
        Some(fits)
    }
}

#[cfg(test)]
mod tests {
    use super::super::LoanKind;
    use super::*;
    use chrono::NaiveDate;
    use proptest::prelude::*;

    fn rules() -> &'static Rules {
        Rules::on(NaiveDate::from_ymd_opt(2026, 11, 24).expect("a day"))
    }

    fn cap(cash: Option<i64>, monthly: Option<i64>, kind: LoanKind) -> Option<i64> {
        Budget { cash, monthly }.cap(&Terms { kind, ..Terms::default() }, rules())
    }

    #[test]
    fn a_hundred_and_twenty_wan_and_nine_thousand_a_month() {
        // 9,000 a month carry 200.4 万 at 3.5 % over 30 years: with 120 万, 1.5 % of the price for the fee, that is
        // 315 万; the least down payment would allow more, so the month decides.
        assert_eq!(cap(Some(120), Some(9_000), LoanKind::Bank), Some(315));
        // The fund's part is cheaper, so the same month carries more.
        assert!(cap(Some(120), Some(9_000), LoanKind::Both) > Some(315));
        // Cash alone: 15 % down and 1.5 % fee.
        assert_eq!(cap(Some(120), None, LoanKind::Bank), Some(727));
        // The month alone: with the least down payment.
        assert_eq!(cap(None, Some(9_000), LoanKind::Bank), Some(235));
        assert_eq!(cap(None, None, LoanKind::Bank), None);
        assert_eq!(cap(Some(0), Some(0), LoanKind::Bank), Some(0));
    }

    #[test]
    fn the_fund_alone_is_bounded_by_its_cap_and_the_cash() {
        assert_eq!(cap(Some(100), None, LoanKind::Fund), Some(275));
    }

    #[test]
    fn no_more_cash_is_used_than_the_month_needs() {
        let terms = Terms::default();
        let budget = Budget { cash: Some(120), monthly: Some(9_000) };
        let cheap = budget.bill(Fen::from_wan(200), &terms, rules()).expect("fits");
        assert_eq!(cheap.down, Fen::from_wan(30));
        let dear = budget.bill(Fen::from_wan(300), &terms, rules()).expect("fits");
        assert!(dear.first() <= Fen::from_yuan(9_000) && dear.cash() <= Fen::from_wan(120));
        assert!(dear.first() > Fen::from_yuan(8_990));
    }

    proptest! {
        #[test]
        fn the_cap_is_the_last_price_that_fits(cash in 0_i64..3_000, monthly in 0_i64..200_000, which in 0_usize..3) {
            let terms = Terms { kind: LoanKind::ALL[which], ..Terms::default() };
            let budget = Budget { cash: Some(cash), monthly: Some(monthly) };
            let cap = budget.cap(&terms, rules()).expect("limited");
            let fits = |wan: i64| budget.bill(Fen::from_wan(wan), &terms, rules());
            prop_assert!(cap == 0 || fits(cap).is_some_and(|bill| bill.cash() <= Fen::from_wan(cash)
                && bill.first() <= Fen::from_yuan(monthly)));
            prop_assert!(fits(cap + 1).is_none());
        }
    }
}

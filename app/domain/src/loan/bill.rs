//! The whole bill of a purchase (总账单): price, fee, loans, and the cash that must be there.

use super::{Early, Loan, LoanKind, Rate, Relief, Rules, Schedule, Terms};
use crate::Fen;

/// What a purchase costs, as far as it is known. Taxes have no part in it yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bill {
    /// What is paid for the home.
    pub price: Fen,
    /// 首付
    pub down: Fen,
    /// From the fund.
    pub fund: Option<Loan>,
    /// From a bank.
    pub bank: Option<Loan>,
    /// The share the agency asks.
    pub fee_rate: Rate,
    /// 经纪服务费
    pub fee: Fen,
    /// Something the buyer should know of the figures.
    pub note: Option<Note>,
}

/// Why the figures are not quite what was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Note {
    /// The fund gives no more than this, so the down payment is higher.
    FundCap(Fen),
}

impl Bill {
    /// The bill of a home at a price. What is borrowed is in whole yuan.
    pub fn of(price: Fen, terms: &Terms, rules: &Rules) -> Self {
        let percent = i64::from(100 - terms.down.unwrap_or(rules.least_down).clamp(rules.least_down, 100));
        let wanted = Fen(super::rate::ratio(price.0, percent, 100) / 100 * 100);
        Self::borrowing(price, wanted, terms, rules)
    }

    /// The bill of a home for which so much is borrowed.
    pub fn borrowing(price: Fen, wanted: Fen, terms: &Terms, rules: &Rules) -> Self {
        let most = terms.fund.map_or(rules.fund_cap, |wan| Fen::from_wan(i64::from(wan)).min(rules.fund_cap));
        let (fund, bank) = match terms.kind {
            LoanKind::Bank => (Fen(0), wanted),
            LoanKind::Fund => (wanted.min(most), Fen(0)),
            LoanKind::Both => (wanted.min(most), wanted.minus(wanted.min(most))),
        };
        let loan = |principal: Fen, rate: Rate| {
            let loan = Loan { principal, rate, months: terms.months(), method: terms.method };
            (principal.0 > 0).then_some(loan)
        };
        let fee_rate = terms.fee.unwrap_or(rules.usual_fee);
        Self {
            price,
            down: Fen(price.0 - fund.0 - bank.0),
            fund: loan(fund, rules.fund(terms.owned, terms.months())),
            bank: loan(bank, terms.rate.unwrap_or(rules.lpr)),
            fee_rate,
            fee: fee_rate.of(price),
            note: (terms.kind == LoanKind::Fund && fund < wanted).then_some(Note::FundCap(fund)),
        }
    }

    /// All that is borrowed.
    pub fn borrowed(&self) -> Fen {
        self.price.minus(self.down)
    }

    /// What must be there before the home changes hands.
    pub fn cash(&self) -> Fen {
        Fen(self.down.0 + self.fee.0)
    }

    /// Price and fee.
    pub fn total(&self) -> Fen {
        Fen(self.price.0 + self.fee.0)
    }

    /// The down payment in tenths of a percent of the price.
    pub fn down_share(&self) -> i64 {
        super::rate::ratio(self.down.0, 1000, self.price.0.max(1))
    }

    /// What is paid in the first month.
    pub fn first(&self) -> Fen {
        let first = |loan: &Option<Loan>| loan.as_ref().map_or(0, |loan| loan.first().0);
        Fen(first(&self.fund) + first(&self.bank))
    }

    /// Both loans, month by month.
    pub fn schedule(&self) -> Schedule {
        let schedule = |loan: &Option<Loan>| loan.as_ref().map(Loan::schedule).unwrap_or_default();
        schedule(&self.fund).with(&schedule(&self.bank))
    }

    /// What if so much is paid back after so many months: the bank's loan first, which costs more, then the fund's.
    pub fn early(&self, after: u16, amount: Fen, relief: Relief) -> Option<Early> {
        let (first, second) = match (&self.bank, &self.fund) {
            (Some(bank), fund) => (bank, fund.as_ref()),
            (None, Some(fund)) => (fund, None),
            (None, None) => return None,
        };
        let mut early = first.early(after, amount, relief);
        if let Some(second) = second {
            let other = second.early(after, amount.minus(early.paid), relief);
            early.paid.0 += other.paid.0;
            early.saved.0 += other.saved.0;
            early.next.0 += other.next.0;
            early.schedule = early.schedule.with(&other.schedule);
            early.months_saved = early.months_saved.max(other.months_saved);
        }
        Some(early)
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Method, Owned};
    use super::*;
    use chrono::NaiveDate;

    fn rules() -> &'static Rules {
        Rules::on(NaiveDate::from_ymd_opt(2026, 11, 24).expect("a day"))
    }

    #[test]
    fn the_example_of_the_design_comes_out() {
        // 685 万, 35 % down: 180 万 from the fund at 2.60 %, 265.25 万 from a bank at 3.50 %.
        let terms = Terms { down: Some(35), kind: LoanKind::Both, ..Terms::default() };
        let bill = Bill::of(Fen::from_wan(685), &terms, rules());
        assert_eq!(bill.down, Fen(239_750_000));
        assert_eq!(bill.fund.map(|l| (l.principal, l.rate)), Some((Fen::from_wan(180), Rate(26_000))));
        assert_eq!(bill.bank.map(|l| l.principal), Some(Fen(265_250_000)));
        assert_eq!((bill.fee, bill.cash()), (Fen(10_275_000), Fen(250_025_000)));
        assert_eq!(bill.first().yuan().to_string(), "19,117");
        assert_eq!(bill.schedule().interest().wan().to_string(), "242.96");
        assert_eq!(bill.down_share(), 350);
    }

    #[test]
    fn cards_are_reckoned_with_the_least_down_payment() {
        let bill = Bill::of(Fen::from_wan(662), &Terms::default(), rules());
        assert_eq!((bill.down.wan().to_string(), bill.first().yuan().to_string()), ("99.3".into(), "25,268".into()));
    }

    #[test]
    fn the_fund_alone_gives_no_more_than_its_cap() {
        let terms = Terms { kind: LoanKind::Fund, ..Terms::default() };
        let bill = Bill::of(Fen::from_wan(685), &terms, rules());
        assert_eq!((bill.borrowed(), bill.note), (Fen::from_wan(180), Some(Note::FundCap(Fen::from_wan(180)))));
        let less = Bill::of(Fen::from_wan(685), &Terms { fund: Some(50), ..terms }, rules());
        assert_eq!(less.borrowed(), Fen::from_wan(50));
        assert_eq!(Bill::of(Fen::from_wan(100), &terms, rules()).note, None);
    }

    #[test]
    fn all_cash_has_no_loan() {
        let bill = Bill::of(Fen::from_wan(100), &Terms { down: Some(100), ..Terms::default() }, rules());
        assert_eq!((bill.fund, bill.bank, bill.first()), (None, None, Fen(0)));
        assert_eq!(bill.early(12, Fen::from_wan(1), Relief::Lower), None);
    }

    #[test]
    fn the_dearer_loan_is_paid_back_first() {
        let terms = Terms { kind: LoanKind::Both, method: Method::Level, owned: Owned::First, ..Terms::default() };
        let bill = Bill::of(Fen::from_wan(300), &terms, rules());
        let bank = bill.bank.expect("a bank's part");
        let small = bill.early(12, Fen::from_wan(10), Relief::Lower).expect("a loan");
        assert_eq!(small.saved, bank.early(12, Fen::from_wan(10), Relief::Lower).saved);
        let all = bill.early(12, Fen::from_wan(900), Relief::Lower).expect("a loan");
        assert_eq!((all.next, all.months_saved), (Fen(0), 348));
    }
}

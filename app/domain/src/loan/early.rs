//! Paying back early: what if (提前还款).

use super::{Loan, Schedule};
use crate::Fen;

coded_enum! {
    /// What becomes easier after an early payment.
    Relief {
        /// 缩短年限: the same payment, fewer months.
        Shorter = "shorter",
        /// 减少月供: the same months, a lower payment.
        Lower = "lower",
    }
}

/// A loan of which a part was paid back early.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Early {
    /// What was paid on top; at most what was still owed.
    pub paid: Fen,
    /// Months until then.
    pub after: u16,
    /// Every instalment, before and after. The extra payment is not among them: the balance falls by it.
    pub schedule: Schedule,
    /// Interest that need not be paid any more.
    pub saved: Fen,
    /// Instalments of the loan that need not be paid any more; of two loans, of the one that ends sooner.
    pub months_saved: u16,
    /// The next payment after it; zero where nothing is owed.
    pub next: Fen,
}

impl Loan {
    /// What becomes of the loan when an amount is paid on top of the instalment of month `after` (from 1).
    pub fn early(&self, after: u16, amount: Fen, relief: Relief) -> Early {
        let before = self.schedule();
        let after = after.clamp(1, self.months.max(1));
        let mut rows = before.0.iter().copied().take(usize::from(after)).collect::<Vec<_>>();
        let owed = rows.last().map_or(Fen(0), |row| row.balance);
        let paid = Fen(amount.0.clamp(0, owed.0));
        if let Some(row) = rows.last_mut() {
            row.balance = owed.minus(paid);
        }
        if paid.0 == 0 {
            let next = before.0.get(usize::from(after)).map_or(Fen(0), super::Instalment::payment);
            return Early { paid, after, saved: Fen(0), months_saved: 0, next, schedule: before };
        }
        let left = Loan { principal: owed.minus(paid), months: self.months - after, ..*self };
        let rest = match relief {
            Relief::Lower => left.schedule(),
            Relief::Shorter => left.at_pace(self.step()),
        };
        let next = rest.first();
        rows.extend(rest.0);
        let schedule = Schedule(rows);
        Early {
            paid,
            after,
            saved: before.interest().minus(schedule.interest()),
            months_saved: u16::try_from(before.0.len().saturating_sub(schedule.0.len())).unwrap_or(0),
            next,
            schedule,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Method, Rate};
    use super::*;
    use proptest::prelude::*;

    fn loan(method: Method) -> Loan {
        Loan { principal: Fen::from_wan(100), rate: Rate(35_000), months: 360, method }
    }

    #[test]
    fn twenty_wan_after_five_years_shorten_the_loan_or_lighten_it() {
        let level = loan(Method::Level);
        let shorter = level.early(60, Fen::from_wan(20), Relief::Shorter);
        let lower = level.early(60, Fen::from_wan(20), Relief::Lower);
        assert_eq!((lower.months_saved, lower.schedule.0.len()), (0, 360));
        assert_eq!(shorter.next, level.first());
        assert!(lower.next < level.first() && shorter.months_saved > 80 && shorter.saved > lower.saved);
        // 89.69 万 are owed after five years, 69.69 after the payment: 3,489 a month for 25 years.
        assert_eq!(lower.next, Loan { principal: shorter.schedule.0[59].balance, months: 300, ..level }.first());
    }

    #[test]
    fn paying_all_of_it_ends_the_loan() {
        for relief in Relief::ALL {
            let early = loan(Method::Principal).early(12, Fen::from_wan(500), *relief);
            assert_eq!((early.next, early.schedule.0.len(), early.months_saved), (Fen(0), 12, 348));
            let owed = Fen::from_wan(100).0 - early.schedule.0.iter().map(|row| row.principal.0).sum::<i64>();
            assert_eq!(early.paid, Fen(owed));
        }
    }

    proptest! {
        #[test]
        fn all_that_was_borrowed_is_paid_back_and_early_payments_never_cost(
            principal in 100_000_i64..=1_000_000_000, ppm in 1_000_i64..=80_000, months in 2_u16..=360,
            after in 1_u16..=360, share in 0_i64..=120, falling: bool, shorter: bool
        ) {
            let method = if falling { Method::Principal } else { Method::Level };
            let loan = Loan { principal: Fen(principal), rate: Rate(ppm), months, method };
            let relief = if shorter { Relief::Shorter } else { Relief::Lower };
            let early = loan.early(after, Fen(principal / 100 * share), relief);
            let repaid: i64 = early.schedule.0.iter().map(|row| row.principal.0).sum();
            prop_assert_eq!(repaid + early.paid.0, principal);
            prop_assert_eq!(early.schedule.0.last().map(|row| row.balance), Some(Fen(0)));
            // A fen a month is what rounding may cost.
            prop_assert!(early.saved.0 >= -i64::from(months));
        }
    }
}

//! Instalments of a loan, exact to the fen.

use super::Rate;
use super::rate::ratio;
use crate::Fen;

coded_enum! {
    /// How a loan is paid back.
    Method {
        /// 等额本息: the same amount every month.
        Level = "level",
        /// 等额本金: the same part of the principal every month, so the instalments fall.
        Principal = "principal",
    }
}

/// A loan with a fixed rate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Loan {
    /// What is borrowed.
    pub principal: Fen,
    /// Nominal yearly rate; a month is a twelfth of it.
    pub rate: Rate,
    /// Number of instalments, at least one.
    pub months: u16,
    /// How it is paid back.
    pub method: Method,
}

/// What is paid in one month.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Instalment {
    /// Part of the principal.
    pub principal: Fen,
    /// Interest on what was still owed.
    pub interest: Fen,
    /// Still owed afterwards.
    pub balance: Fen,
}

/// All instalments in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Schedule(pub Vec<Instalment>);

/// Fixed point of the growth factor: 10^17 parts, so that no product of 30 years at 24 % leaves 128 bits.
const ONE: u128 = 100_000_000_000_000_000;

impl Instalment {
    /// What leaves the purse this month.
    pub fn payment(&self) -> Fen {
        Fen(self.principal.0 + self.interest.0)
    }
}

impl Schedule {
    /// All interest.
    pub fn interest(&self) -> Fen {
        Fen(self.0.iter().map(|row| row.interest.0).sum())
    }

    /// The first payment; none where nothing is borrowed.
    pub fn first(&self) -> Fen {
        self.0.first().map_or(Fen(0), Instalment::payment)
    }

    /// The last payment.
    pub fn last(&self) -> Fen {
        self.0.last().map_or(Fen(0), Instalment::payment)
    }

    /// Two loans paid side by side, month by month.
    #[must_use]
    pub fn with(&self, other: &Self) -> Self {
        let row = |schedule: &Self, at: usize| schedule.0.get(at).copied().unwrap_or_default();
        let months = self.0.len().max(other.0.len());
        let sum = |at: usize| {
            let (a, b) = (row(self, at), row(other, at));
            Instalment {
                principal: Fen(a.principal.0 + b.principal.0),
                interest: Fen(a.interest.0 + b.interest.0),
                balance: Fen(a.balance.0 + b.balance.0),
            }
        };
        Self((0..months).map(sum).collect())
    }
}

impl Loan {
    /// The instalments. Interest is rounded half up each month; what rounding leaves over is in the last one, so the
    /// principals sum to the loan and nothing is owed at the end.
    pub fn schedule(&self) -> Schedule {
        let step = self.step();
        let months = usize::from(self.months.max(1));
        let mut balance = self.principal;
        let rows = (1..=months).map(|month| {
            let interest = self.rate.month_on(balance);
            let principal = if month == months { balance } else { self.paid(step, interest, balance) };
            balance = balance.minus(principal);
            Instalment { principal, interest, balance }
        });
        if self.principal.0 <= 0 { Schedule::default() } else { Schedule(rows.collect()) }
    }

    /// The first payment, without the whole schedule.
    pub fn first(&self) -> Fen {
        if self.principal.0 <= 0 {
            return Fen(0);
        }
        let interest = self.rate.month_on(self.principal);
        if self.months <= 1 {
            return Fen(self.principal.0 + interest.0);
        }
        Fen(self.paid(self.step(), interest, self.principal).0 + interest.0)
    }

    /// The instalments with which the balance is paid off at the same pace, however many that are.
    pub(super) fn at_pace(&self, step: Fen) -> Schedule {
        let mut balance = self.principal;
        let mut rows = Vec::new();
        // A pace that does not cover the interest would never end; the term of the loan bounds it.
        while balance.0 > 0 && rows.len() < usize::from(self.months.max(1)) {
            let interest = self.rate.month_on(balance);
            let last = rows.len() + 1 == usize::from(self.months.max(1));
            let principal = if last { balance } else { self.paid(step, interest, balance) };
            balance = balance.minus(principal);
            rows.push(Instalment { principal, interest, balance });
        }
        Schedule(rows)
    }

    /// What stays the same from month to month: the payment, or the part of the principal.
    pub(super) fn step(&self) -> Fen {
        let months = i64::from(self.months.max(1));
        match self.method {
            // Rounded down: the last instalment takes the rest.
            Method::Principal => Fen(self.principal.0 / months),
            Method::Level if self.rate.0 == 0 => Fen(ratio(self.principal.0, 1, months)),
            Method::Level => Fen(level(self.principal, self.rate, self.months.max(1))),
        }
    }

    fn paid(&self, step: Fen, interest: Fen, balance: Fen) -> Fen {
        let principal = match self.method {
            Method::Level => step.minus(interest),
            Method::Principal => step,
        };
        Fen(principal.0.clamp(0, balance.0))
    }
}

/// `P·r·q ÷ (q − 1)` with `q = (1 + r)^n`, in fixed point: the error is below a hundredth of a fen.
fn level(principal: Fen, rate: Rate, months: u16) -> i64 {
    let ppm = u128::from(rate.0.unsigned_abs());
    let month = ONE + (ONE * ppm) / 12_000_000;
    let growth = (0..months).fold(ONE, |growth, _| (growth * month + ONE / 2) / ONE);
    // q ÷ (q − 1), then × r: in an order that fits into 128 bits.
    let share = growth * ONE / (growth - ONE);
    let factor = share / 12_000_000 * ppm + share % 12_000_000 * ppm / 12_000_000;
    let principal = u128::from(principal.0.unsigned_abs());
    i64::try_from((principal * factor + ONE / 2) / ONE).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn million(method: Method) -> Loan {
        Loan { principal: Fen::from_wan(100), rate: Rate(35_000), months: 360, method }
    }

    #[test]
    fn a_million_over_thirty_years_costs_what_the_banks_say() {
        let level = million(Method::Level).schedule();
        assert_eq!((level.first(), level.0.len()), (Fen(449_045), 360));
        assert!(level.0[..359].iter().all(|row| row.payment() == Fen(449_045)));
        let falling = million(Method::Principal).schedule();
        assert_eq!(falling.first(), Fen(569_444));
        assert!(falling.0.windows(2).take(358).all(|w| w[1].payment() < w[0].payment()));
        assert!(falling.interest() < level.interest());
    }

    #[test]
    fn other_worked_cases() {
        let loan = |wan, ppm, months, method| {
            Loan { principal: Fen::from_wan(wan), rate: Rate(ppm), months, method }.schedule()
        };
        // 50 万, 20 年, 2.6 %: the formula in exact decimals gives 2,673.94.
        assert_eq!(loan(50, 26_000, 240, Method::Level).first(), Fen(267_394));
        // Without interest every month is the same but for the rest.
        let free = loan(1, 0, 3, Method::Level);
        assert_eq!(free.0.iter().map(|row| row.payment().0).collect::<Vec<_>>(), [333_333, 333_333, 333_334]);
        let one = loan(12, 35_000, 1, Method::Level);
        assert_eq!((one.0.len(), one.first()), (1, Fen(12_035_000)));
        assert_eq!(loan(0, 35_000, 360, Method::Level), Schedule::default());
    }

    #[test]
    fn two_loans_are_paid_side_by_side() {
        let (a, b) = (million(Method::Level), Loan { months: 120, ..million(Method::Principal) });
        let both = a.schedule().with(&b.schedule());
        assert_eq!((both.0.len(), both.first()), (360, Fen(a.first().0 + b.first().0)));
        assert_eq!(both.0[119].balance, a.schedule().0[119].balance);
        assert_eq!(both.interest().0, a.schedule().interest().0 + b.schedule().interest().0);
    }

    proptest! {
        #[test]
        fn principals_sum_to_the_loan_and_nothing_is_owed_at_the_end(
            principal in 1_i64..=1_000_000_000_000, ppm in 0_i64..=240_000, months in 1_u16..=360, falling: bool
        ) {
            let method = if falling { Method::Principal } else { Method::Level };
            let loan = Loan { principal: Fen(principal), rate: Rate(ppm), months, method };
            let schedule = loan.schedule();
            prop_assert_eq!(schedule.0.len(), usize::from(months));
            prop_assert_eq!(schedule.0.iter().map(|row| row.principal.0).sum::<i64>(), principal);
            prop_assert_eq!(schedule.0.last().map(|row| row.balance), Some(Fen(0)));
            prop_assert!(schedule.0.iter().all(|row| row.principal.0 >= 0 && row.interest.0 >= 0));
            prop_assert_eq!(loan.first(), schedule.first());
            // Rounding is at most half a fen a month on the interest, and on the payment.
            if method == Method::Level && ppm <= 60_000 {
                prop_assert!((schedule.last().0 - schedule.first().0).abs() <= i64::from(months) * 3);
            }
        }
    }
}

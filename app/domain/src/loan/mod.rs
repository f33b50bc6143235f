//! Loans for a home (贷款): schedules to the fen, the whole bill of a purchase, what a purse can afford.

mod bill;
mod budget;
mod early;
mod rate;
mod rules;
mod schedule;
mod terms;

pub use bill::{Bill, Note};
pub use budget::Budget;
pub use early::{Early, Relief};
pub use rate::Rate;
pub use rules::Rules;
pub use schedule::{Instalment, Loan, Method, Schedule};
pub use terms::{LoanKind, Owned, Terms};

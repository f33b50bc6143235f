//! People of the firm, their stores and teams, and who has seen whose numbers.

pub mod dial;
pub mod licence;
pub mod reveal;
pub mod store;

mod read;
pub(crate) mod spelling;
mod write;

pub use read::{Filter, Target, directory, find, holdings, licences_ending, own_numbers, profile};
pub use write::{Entry, add, change, erase, give_reports, hired_on, holder, leave, person_of};

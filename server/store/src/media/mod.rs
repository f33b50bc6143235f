//! Photos and films of homes.

mod read;
mod write;

pub use read::{Home, Served, Sought, Target, by_names, homes, kept, served, target};
pub use write::{Change, Copies, Edit, New, add, change, remove};

pub(crate) use read::{picture, shown};

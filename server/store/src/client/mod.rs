//! Accounts of buyers and sellers: who they are, what they keep, how they come in.

pub mod account;
pub mod code;
pub mod session;

/// What numbers are sealed for and found by.
pub(crate) const PHONE: &str = "client.phone";
/// What names are sealed for.
pub(crate) const NAME: &str = "client.name";
/// What lists of homes are sealed for.
pub(crate) const SAVED: &str = "client.saved";

//! The public site.

pub mod listing;
#[cfg(feature = "ssr")]
pub mod loan;

#[cfg(feature = "ssr")]
mod words;

//! The public site.

pub mod listing;

#[cfg(feature = "ssr")]
mod words;

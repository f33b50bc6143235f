//! The public site.

pub mod client;
#[cfg(feature = "ssr")]
pub mod community;
pub mod listing;
#[cfg(feature = "ssr")]
pub mod loan;
#[cfg(feature = "ssr")]
pub mod sale;
#[cfg(feature = "ssr")]
pub mod saved;

#[cfg(feature = "ssr")]
mod api_docs_page;

#[cfg(feature = "ssr")]
pub(crate) mod words;

#[cfg(feature = "ssr")]
pub use api_docs_page::{ApiDocsPage, OPERATIONS};

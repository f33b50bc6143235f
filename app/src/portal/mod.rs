//! The public site.

pub mod listing;

#[cfg(feature = "ssr")]
mod api_docs_page;

#[cfg(feature = "ssr")]
mod words;

#[cfg(feature = "ssr")]
pub use api_docs_page::{ApiDocsPage, OPERATIONS};

//! The workbench of signed-in people.

pub mod identity;
pub mod media;
pub mod message;
pub mod settings;
pub mod staff;

#[cfg(feature = "ssr")]
mod audit;
#[cfg(feature = "ssr")]
mod consents;
#[cfg(feature = "ssr")]
pub(crate) mod help;
#[cfg(feature = "ssr")]
mod home_page;
#[cfg(feature = "ssr")]
mod retention;
#[cfg(feature = "ssr")]
mod ways;
#[cfg(feature = "ssr")]
mod words;

#[cfg(feature = "ssr")]
pub use audit::{AuditPage, RevealsPage};
#[cfg(feature = "ssr")]
pub use consents::ConsentsPage;
#[cfg(feature = "ssr")]
pub use help::{HandbookPage, TaskPage};
#[cfg(feature = "ssr")]
pub use home_page::HomePage;
#[cfg(feature = "ssr")]
pub use retention::RetentionPage;

//! People of the firm and their stores.

pub mod rpc;

#[cfg(feature = "ssr")]
mod account_card;
#[cfg(feature = "ssr")]
mod chart_page;
#[cfg(feature = "ssr")]
mod directory_page;
#[cfg(feature = "ssr")]
mod leave_page;
#[cfg(feature = "ssr")]
mod number;
#[cfg(feature = "ssr")]
mod papers_card;
#[cfg(feature = "ssr")]
mod profile_page;
#[cfg(feature = "ssr")]
mod record_page;
#[cfg(feature = "ssr")]
mod stores_page;

#[cfg(feature = "ssr")]
pub use chart_page::ChartPage;
#[cfg(feature = "ssr")]
pub use directory_page::DirectoryPage;
#[cfg(feature = "ssr")]
pub use leave_page::LeavePage;
#[cfg(feature = "ssr")]
pub use profile_page::ProfilePage;
#[cfg(feature = "ssr")]
pub use record_page::{ChangeRecordPage, NewRecordPage};
#[cfg(feature = "ssr")]
pub use stores_page::StoresPage;

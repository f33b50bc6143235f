//! Settings: one's own, and those of the firm.

pub mod rpc;

#[cfg(feature = "ssr")]
mod settings_page;

#[cfg(feature = "ssr")]
pub use settings_page::SettingsPage;

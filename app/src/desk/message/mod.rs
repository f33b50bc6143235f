//! Messages that leave the house, as administrators see them.

pub mod rpc;

#[cfg(feature = "ssr")]
mod messages_page;

#[cfg(feature = "ssr")]
pub use messages_page::MessagesPage;

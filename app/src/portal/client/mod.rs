//! Buyers and sellers: coming in by telephone, and what is theirs.

pub mod rpc;

#[cfg(feature = "ssr")]
mod door_page;
#[cfg(feature = "ssr")]
mod me_page;
#[cfg(feature = "ssr")]
mod number_page;
#[cfg(feature = "ssr")]
mod parts;
#[cfg(feature = "ssr")]
mod terms_page;

#[cfg(feature = "ssr")]
pub use door_page::{ClientDoorPage, ClientProofPage};
#[cfg(feature = "ssr")]
pub use me_page::MePage;
#[cfg(feature = "ssr")]
pub use number_page::{ClientDeletePage, ClientNumberPage};
#[cfg(feature = "ssr")]
pub use terms_page::TermsPage;

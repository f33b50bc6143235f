//! Photos and films of homes.

pub mod rpc;

#[cfg(feature = "ssr")]
mod home_photos;
#[cfg(feature = "ssr")]
mod homes_page;
#[cfg(feature = "ssr")]
mod kept_item;
#[cfg(feature = "ssr")]
mod outcome;

#[cfg(feature = "ssr")]
pub use home_photos::HomePhotosPage;
#[cfg(feature = "ssr")]
pub use homes_page::HomesPage;
#[cfg(feature = "ssr")]
pub(crate) use outcome::told;
#[cfg(feature = "ssr")]
pub use outcome::{known, refusal, taken};

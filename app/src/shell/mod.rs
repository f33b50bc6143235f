//! What surrounds every page: the document, routes, errors, language and theme, the live connection.

pub mod rpc;
pub mod watch;

#[cfg(feature = "hydrate")]
pub mod live;

#[cfg(feature = "ssr")]
mod copy_page;
#[cfg(feature = "ssr")]
mod desk;
#[cfg(feature = "ssr")]
mod document;
#[cfg(feature = "ssr")]
mod failure;
#[cfg(feature = "ssr")]
mod form;
#[cfg(feature = "ssr")]
mod frame;
#[cfg(feature = "ssr")]
mod letter;
#[cfg(feature = "ssr")]
mod offline;
#[cfg(feature = "ssr")]
mod request;

#[cfg(feature = "ssr")]
pub use copy_page::copy_page;
#[cfg(feature = "ssr")]
pub(crate) use desk::{Bare, Desk, Place, guarded, hue};
#[cfg(feature = "ssr")]
pub use document::{App, document};
#[cfg(feature = "ssr")]
pub(crate) use failure::failure;
#[cfg(feature = "ssr")]
pub use failure::{FailurePage, error_text};
#[cfg(feature = "ssr")]
pub(crate) use form::FormState;
#[cfg(feature = "ssr")]
pub use form::Returned;
#[cfg(feature = "ssr")]
pub(crate) use frame::{Frame, Head, Section};
#[cfg(feature = "ssr")]
pub(crate) use letter::notice_title;
#[cfg(feature = "ssr")]
pub use letter::write_letter;
#[cfg(feature = "ssr")]
#[cfg(feature = "ssr")]
pub use request::{HOST_PREFIX, HeadSlot, Visit, kept_cookie, own_path};

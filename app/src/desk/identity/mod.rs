//! Signing in, the own account, rights.

pub mod rpc;

#[cfg(feature = "ssr")]
mod account_page;
#[cfg(feature = "ssr")]
mod door_page;
#[cfg(feature = "ssr")]
mod keys_page;
#[cfg(feature = "ssr")]
mod notice_mail;
#[cfg(feature = "ssr")]
mod notices_page;
#[cfg(feature = "ssr")]
mod passkeys;
#[cfg(feature = "ssr")]
mod permissions_page;
#[cfg(feature = "ssr")]
mod second_page;

#[cfg(feature = "ssr")]
pub use account_page::{AccountPage, ConfirmPage};
#[cfg(feature = "ssr")]
pub use door_page::{CodePage, LinkPage, SetUpPage, SignInPage};
#[cfg(feature = "ssr")]
pub use keys_page::KeysPage;
#[cfg(feature = "ssr")]
pub use notice_mail::MailPage;
#[cfg(feature = "ssr")]
pub use notices_page::NoticesPage;
#[cfg(feature = "ssr")]
pub(crate) use notices_page::notice_row;
#[cfg(feature = "ssr")]
pub use permissions_page::PermissionsPage;
#[cfg(feature = "ssr")]
pub use second_page::SecondPage;

//! What leaves the house: mail by SMTP, short messages and virtual numbers by a provider's HTTP interface. It stores
//! nothing, knows no person but the one address it is given, and says why something was not taken without repeating what
//! it was.

mod exchange;
mod http;
mod mail;
mod private;
mod signed;
mod sms;

pub use exchange::{Bound, Exchange, ExchangeConfig, HttpExchange, Nobody, Pair};
pub use http::{Answer, Client};
pub use mail::{Mail, MailConfig};
pub use signed::signature;
pub use sms::{Sms, SmsConfig};

use futures::future::BoxFuture;

/// One message, written and ready.
#[derive(Clone, PartialEq, Eq)]
pub struct Outgoing {
    /// Its number: the same for every try, so that whoever takes it can tell a second one.
    pub id: i64,
    /// A mail address, or a telephone number in E.164.
    pub to: String,
    /// The word for what it says; providers of short messages keep texts under such words.
    pub template: String,
    /// `zh-CN` or `en`.
    pub lang: &'static str,
    /// What stands in the holes of the template.
    pub params: serde_json::Value,
    /// Subject of a mail.
    pub subject: String,
    /// The whole text.
    pub text: String,
}

impl std::fmt::Debug for Outgoing {
    /// Number and template; the rest is personal.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Outgoing({} {})", self.id, self.template)
    }
}

/// Why a message was not taken. The text names a cause and never repeats what was sent or what came back.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// It may be taken another time.
    #[error("{0}")]
    Later(String),
    /// It will never be taken.
    #[error("{0}")]
    Never(String),
}

impl Failure {
    /// For another time.
    pub fn later(why: impl Into<String>) -> Self {
        Self::Later(why.into())
    }

    /// For good.
    pub fn never(why: impl Into<String>) -> Self {
        Self::Never(why.into())
    }
}

/// A way out of the house.
pub trait Gateway: std::fmt::Debug + Send + Sync {
    /// Hands a message over. Taken means that the other side answers for it now, not that somebody read it.
    fn send<'a>(&'a self, message: &'a Outgoing) -> BoxFuture<'a, Result<(), Failure>>;
}

/// Why a gateway cannot be used as it is configured.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Unusable(pub String);

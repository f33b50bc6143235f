//! Short messages by a provider's HTTP interface, or by a small program that speaks to one: JSON, signed.

use crate::signed::{Line, taken};
use crate::{Failure, Gateway, Outgoing, Unusable};
use futures::FutureExt;
use futures::future::BoxFuture;
use std::path::PathBuf;
use std::time::Duration;

/// Where short messages go.
#[derive(Clone, Debug, Default)]
pub struct SmsConfig {
    /// The address that takes them.
    pub url: String,
    /// What bodies are signed with; at least 16 signs.
    pub key: String,
    /// Whether addresses of an own network may be reached.
    pub private: bool,
    /// Certificates trusted besides the usual ones (PEM).
    pub authority: Option<PathBuf>,
}

/// The gateway of short messages.
#[derive(Debug)]
pub struct Sms(Line);

impl Sms {
    /// Makes ready.
    ///
    /// # Errors
    /// An address or a key that cannot be used.
    pub fn new(config: &SmsConfig) -> Result<Self, Unusable> {
        Line::new(&config.url, &config.key, config.private, config.authority.as_deref()).map(Self)
    }

    /// The same with less patience.
    #[must_use]
    pub fn patience(self, patience: Duration) -> Self {
        Self(self.0.patience(patience))
    }

    async fn post(&self, message: &Outgoing) -> Result<(), Failure> {
        let Outgoing { id, to, template, lang, params, subject: _, text } = message;
        let body = serde_json::json!({
            "id": id.to_string(), "to": to, "template": template, "lang": lang, "params": params, "text": text,
        });
        taken(self.0.post(&format!("menpai-{id}"), &body).await?.status)
    }
}

impl Gateway for Sms {
    fn send<'a>(&'a self, message: &'a Outgoing) -> BoxFuture<'a, Result<(), Failure>> {
        self.post(message).boxed()
    }
}

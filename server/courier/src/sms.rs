//! Short messages by a provider's HTTP interface, or by a small program that speaks to one: JSON, signed.

use crate::{Answer, Client, Failure, Gateway, Outgoing, Unusable};
use futures::FutureExt;
use futures::future::BoxFuture;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use std::path::PathBuf;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

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
pub struct Sms {
    client: Client,
    key: String,
}

impl std::fmt::Debug for Sms {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Sms({:?})", self.client)
    }
}

impl Sms {
    /// Makes ready.
    ///
    /// # Errors
    /// An address or a key that cannot be used.
    pub fn new(config: &SmsConfig) -> Result<Self, Unusable> {
        if config.key.len() < 16 {
            return Err(Unusable("the key has to have at least 16 signs".into()));
        }
        let client = Client::new(&config.url, config.private, config.authority.as_deref())?;
        Ok(Self { client, key: config.key.clone() })
    }

    /// The same with less patience.
    #[must_use]
    pub fn patience(mut self, patience: Duration) -> Self {
        self.client = self.client.patience(patience);
        self
    }

    async fn post(&self, message: &Outgoing) -> Result<(), Failure> {
        let Outgoing { id, to, template, lang, params, subject: _, text } = message;
        let body = serde_json::json!({
            "id": id.to_string(), "to": to, "template": template, "lang": lang, "params": params, "text": text,
        });
        match signed(&self.client, &self.key, &format!("menpai-{id}"), &body).await?.status {
            200..=299 => Ok(()),
            status @ (408 | 425 | 429 | 500..=599) => Err(Failure::later(format!("status {status}"))),
            // A redirect is never followed: the signature was for this address.
            status => Err(Failure::never(format!("status {status}"))),
        }
    }
}

impl Gateway for Sms {
    fn send<'a>(&'a self, message: &'a Outgoing) -> BoxFuture<'a, Result<(), Failure>> {
        self.post(message).boxed()
    }
}

/// Posts JSON, signed, with a key that is the same for every try.
pub(crate) async fn signed(
    client: &Client,
    key: &str,
    once: &str,
    body: &serde_json::Value,
) -> Result<Answer, Failure> {
    let body = body.to_string().into_bytes();
    let at = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs()).to_string();
    let headers = [
        ("idempotency-key", once.to_owned()),
        ("x-menpai-signature", format!("sha256={}", signature(key, &at, &body))),
        ("x-menpai-timestamp", at),
    ];
    client.post(&headers, body).await
}

/// What the header `x-menpai-signature` carries after `sha256=`: HMAC-SHA-256 over the seconds of the header
/// `x-menpai-timestamp`, a dot and the body, in hex.
pub fn signature(key: &str, at: &str, body: &[u8]) -> String {
    let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(key.as_bytes()).expect("HMAC takes any key length");
    mac.update(at.as_bytes());
    mac.update(b".");
    mac.update(body);
    hex::encode(mac.finalize().into_bytes())
}

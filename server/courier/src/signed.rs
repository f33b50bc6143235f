//! A line to somebody else's program: JSON by POST, signed, with a key that is the same for every try.

use crate::http::{Answer, Client};
use crate::{Failure, Unusable};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// An address and the key that bodies to it are signed with.
pub(crate) struct Line {
    client: Client,
    key: String,
}

impl std::fmt::Debug for Line {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.client.fmt(f)
    }
}

impl Line {
    /// Makes ready.
    ///
    /// # Errors
    /// An address or a key that cannot be used.
    pub(crate) fn new(url: &str, key: &str, private: bool, authority: Option<&Path>) -> Result<Self, Unusable> {
        if key.len() < 16 {
            return Err(Unusable("the key has to have at least 16 signs".into()));
        }
        Ok(Self { client: Client::new(url, private, authority)?, key: key.to_owned() })
    }

    /// The same with less patience.
    pub(crate) fn patience(mut self, patience: Duration) -> Self {
        self.client = self.client.patience(patience);
        self
    }

    /// Posts a body; `once` is the same for every try.
    pub(crate) async fn post(&self, once: &str, body: &serde_json::Value) -> Result<Answer, Failure> {
        let body = body.to_string().into_bytes();
        let at = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs()).to_string();
        let headers = [
            ("idempotency-key", once.to_owned()),
            ("x-menpai-signature", format!("sha256={}", signature(&self.key, &at, &body))),
            ("x-menpai-timestamp", at),
        ];
        self.client.post(&headers, body).await
    }
}

/// What a status means. A redirect is never followed: the signature was for this address.
pub(crate) fn taken(status: u16) -> Result<(), Failure> {
    match status {
        200..=299 => Ok(()),
        408 | 425 | 429 | 500..=599 => Err(Failure::later(format!("status {status}"))),
        _ => Err(Failure::never(format!("status {status}"))),
    }
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

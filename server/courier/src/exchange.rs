//! Virtual numbers (虚拟号, AXB): a provider joins the telephones A and B for some minutes by a number X. Whoever dials X
//! from A reaches B, and neither sees the number of the other.

use crate::signed::{Line, taken};
use crate::{Failure, Unusable};
use futures::FutureExt;
use futures::future::BoxFuture;
use serde::Deserialize;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

/// The longest name a provider may give a binding.
const NAME_BYTES: usize = 128;

/// What is asked of a provider.
#[derive(Clone, PartialEq, Eq)]
pub struct Pair {
    /// The same for every try of the same wish, so that a second one binds nothing more.
    pub key: String,
    /// The telephone that will dial, in E.164.
    pub from: String,
    /// The telephone that is to be reached, in E.164.
    pub to: String,
    /// How long it is bound, in seconds.
    pub seconds: u32,
}

impl std::fmt::Debug for Pair {
    /// The numbers are personal.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Pair({} s)", self.seconds)
    }
}

/// What a provider has bound.
#[derive(Clone, PartialEq, Eq, Deserialize)]
pub struct Bound {
    /// The provider's name of the binding.
    pub binding: String,
    /// The number X to dial: digits, with or without `+`.
    pub number: String,
}

impl std::fmt::Debug for Bound {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Bound(..)")
    }
}

/// A provider of virtual numbers.
pub trait Exchange: std::fmt::Debug + Send + Sync {
    /// Joins two telephones for a while.
    fn bind<'a>(&'a self, pair: &'a Pair) -> BoxFuture<'a, Result<Bound, Failure>>;
    /// Ends a binding before its time. One that is over already is no failure.
    fn unbind<'a>(&'a self, binding: &'a str) -> BoxFuture<'a, Result<(), Failure>>;
}

/// Where virtual numbers come from.
#[derive(Clone, Debug, Default)]
pub struct ExchangeConfig {
    /// The address that binds and unbinds.
    pub url: String,
    /// What bodies are signed with; at least 16 signs.
    pub key: String,
    /// Whether addresses of an own network may be reached.
    pub private: bool,
    /// Certificates trusted besides the usual ones (PEM).
    pub authority: Option<PathBuf>,
}

/// A provider by its HTTP interface, or a small program that speaks to one: JSON, signed as short messages are.
#[derive(Debug)]
pub struct HttpExchange(Line);

impl HttpExchange {
    /// Makes ready.
    ///
    /// # Errors
    /// An address or a key that cannot be used.
    pub fn new(config: &ExchangeConfig) -> Result<Self, Unusable> {
        Line::new(&config.url, &config.key, config.private, config.authority.as_deref()).map(Self)
    }

    /// The same with less patience.
    #[must_use]
    pub fn patience(self, patience: Duration) -> Self {
        Self(self.0.patience(patience))
    }

    async fn join(&self, pair: &Pair) -> Result<Bound, Failure> {
        let Pair { key, from, to, seconds } = pair;
        let body = serde_json::json!({ "do": "bind", "from": from, "to": to, "seconds": seconds });
        let answer = self.0.post(&format!("menpai-{key}"), &body).await?;
        taken(answer.status)?;
        let bound: Bound =
            serde_json::from_slice(&answer.body).map_err(|_| Failure::never("not the answer agreed"))?;
        fit(&bound, pair).then_some(bound).ok_or_else(|| Failure::never("not a number that may be shown"))
    }

    async fn part(&self, binding: &str) -> Result<(), Failure> {
        let body = serde_json::json!({ "do": "unbind", "binding": binding });
        match self.0.post(&format!("menpai-end-{binding}"), &body).await?.status {
            404 | 410 => Ok(()),
            status => taken(status),
        }
    }
}

/// Whether an answer may be shown: a number, and neither of the two it is there to hide.
fn fit(bound: &Bound, pair: &Pair) -> bool {
    let digits = bound.number.strip_prefix('+').unwrap_or(&bound.number);
    let number = (5..=16).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    let hidden = |full: &str| {
        let full = full.trim_start_matches('+');
        digits.ends_with(full) || full.ends_with(digits)
    };
    let named =
        (1..=NAME_BYTES).contains(&bound.binding.len()) && bound.binding.bytes().all(|b| b.is_ascii_graphic());
    named && number && !hidden(&pair.from) && !hidden(&pair.to)
}

impl Exchange for HttpExchange {
    fn bind<'a>(&'a self, pair: &'a Pair) -> BoxFuture<'a, Result<Bound, Failure>> {
        self.join(pair).boxed()
    }

    fn unbind<'a>(&'a self, binding: &'a str) -> BoxFuture<'a, Result<(), Failure>> {
        self.part(binding).boxed()
    }
}

/// For the demo and for development: gives numbers that reach nobody, of the country code 999, which the ITU keeps back
/// (E.164, list of assigned country codes of 2016-12-15). It joins nothing.
#[derive(Clone, Debug, Default)]
pub struct Nobody(Arc<AtomicU32>);

impl Exchange for Nobody {
    fn bind<'a>(&'a self, _pair: &'a Pair) -> BoxFuture<'a, Result<Bound, Failure>> {
        let n = self.0.fetch_add(1, Ordering::Relaxed) % 10_000;
        let bound = Bound { binding: format!("nobody-{n}"), number: format!("+9990000{n:04}") };
        std::future::ready(Ok(bound)).boxed()
    }

    fn unbind<'a>(&'a self, _binding: &'a str) -> BoxFuture<'a, Result<(), Failure>> {
        std::future::ready(Ok(())).boxed()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_that_is_to_be_hidden_is_never_taken_for_the_one_to_show() {
        let pair = Pair { key: "k".into(), from: "+8613800162041".into(), to: "+8613900162042".into(), seconds: 600 };
        let bound = |number: &str| Bound { binding: "b-1".into(), number: number.into() };
        for good in ["+8617000000001", "95013123456", "02160000000"] {
            assert!(fit(&bound(good), &pair), "{good}");
        }
        for bad in [
            "+8613900162042",
            "13900162042",
            "8613800162041",
            "008613900162042",
            "",
            "+",
            "1234",
            "12 34567",
            "tel:1",
        ] {
            assert!(!fit(&bound(bad), &pair), "{bad}");
        }
        assert!(!fit(&Bound { binding: String::new(), number: "95013123456".into() }, &pair));
        assert!(!format!("{pair:?} {:?}", bound("95013123456")).contains("001"));
    }
}

//! The number that ties an answer to its lines in the log.

use std::fmt;

use axum::http::{HeaderName, HeaderValue};

pub(crate) const X_REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// A request's number, 16 hex digits: in its extensions, in the log and in the answer's `x-request-id`.
///
/// It is always drawn here: one sent from outside could forge or flood the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RequestId(u64);

impl RequestId {
    pub(crate) fn draw() -> Self {
        // It only names lines of a log: without randomness requests are still answered.
        Self(getrandom::u64().unwrap_or_default())
    }

    pub(crate) fn header(self) -> HeaderValue {
        HeaderValue::try_from(self.to_string()).expect("hex digits are a header value")
    }
}

impl fmt::Display for RequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

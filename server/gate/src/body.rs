//! The limit on request bodies, whether or not the handler minds it.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use axum::body::{Body, HttpBody};
use axum::extract::Request;
use axum::http::Version;
use axum::http::header::EXPECT;
use http_body_util::{BodyExt, LengthLimitError, Limited};
use tokio::time::timeout;

use crate::refusal::Refusal;

/// Remembers that a body of unknown length went over the limit: what a handler makes of the broken
/// body is its own affair, the answer is "too large" all the same.
#[derive(Clone, Debug, Default)]
pub(crate) struct Overrun(Arc<AtomicBool>);

impl Overrun {
    pub(crate) fn happened(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// Bounds the body at `limit` bytes.
///
/// A body that states its length and is too long is refused before the handler sees it, after
/// waiting up to `patience` for the client to send it: a browser that is still sending reads no
/// answer, and would show a broken connection in its place.
pub(crate) async fn bound(request: Request, limit: usize, patience: Duration) -> Result<(Request, Overrun), Refusal> {
    let overrun = Overrun::default();
    let stated = request.body().size_hint();
    if stated.lower() > limit as u64 {
        let waits = request.headers().contains_key(EXPECT) || request.version() >= Version::HTTP_2;
        if !waits {
            let _sent_or_given_up = timeout(patience, swallow(request.into_body())).await;
        }
        return Err(Refusal::TooLarge);
    }
    if stated.exact().is_some() {
        return Ok((request, overrun));
    }
    let mark = overrun.clone();
    let request = request.map(|body| {
        Body::new(Limited::new(body, limit).map_err(move |error| {
            mark.0.fetch_or(error.is::<LengthLimitError>(), Ordering::Relaxed);
            error
        }))
    });
    Ok((request, overrun))
}

async fn swallow(mut body: Body) {
    while let Some(Ok(_)) = body.frame().await {}
}

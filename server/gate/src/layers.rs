//! What happens to every request on its way to the router and back.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Instant;

use axum::Router;
use axum::extract::{DefaultBodyLimit, MatchedPath, Request, State};
use axum::http::header::{CONNECTION, CONTENT_LENGTH, CONTENT_TYPE, TRANSFER_ENCODING};
use axum::http::{Extensions, HeaderMap, HeaderValue, StatusCode, Version};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use futures::FutureExt;
use tokio::time::timeout;
use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{Predicate, SizeAbove};
use tracing::{Instrument, error, info, info_span, warn};

use crate::refusal::Refusal;
use crate::request_id::X_REQUEST_ID;
use crate::{GateConfig, Peer, RequestId, body, headers, metering, origin};

/// Smaller answers fit one packet either way.
const WORTH_COMPRESSING: u16 = 1024;

/// Who was behind a request, as the log names them: `account 12`, never a name. The router leaves it in the extensions of
/// its answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Who(pub String);

/// Puts the gate's rules on a router: request id, access log and metrics, origin check, body and
/// time limits, compression, security headers.
///
/// [`serve`](crate::serve) does it itself. The gate's body limit replaces axum's.
pub fn layers(router: Router, cfg: &GateConfig) -> Router {
    // Level 4 of both codings: pages are made on request, and the higher levels cost more time than they save.
    let compression = CompressionLayer::new()
        .br(true)
        .gzip(true)
        .quality(CompressionLevel::Precise(4))
        .compress_when(SizeAbove::new(WORTH_COMPRESSING).and(is_text));
    router
        .layer(DefaultBodyLimit::disable())
        .layer(compression)
        .layer(from_fn_with_state(Arc::new(cfg.clone()), attend))
}

async fn attend(State(cfg): State<Arc<GateConfig>>, mut request: Request, next: Next) -> Response {
    let started = Instant::now();
    let id = RequestId::draw();
    let method = request.method().clone();
    // Only the pattern of the path is kept: the path itself and the query may name people.
    let matched = request.extensions().get::<MatchedPath>().cloned();
    let route = matched.as_ref().map_or("none", MatchedPath::as_str);
    let span = info_span!("request", request.id = %id, http.method = %method, http.route = route);
    request.extensions_mut().insert(id);
    let peer = request.extensions().get::<Peer>().map_or_else(String::new, |peer| peer.0.to_string());
    let chunked = request.headers().contains_key(TRANSFER_ENCODING);

    let answered = answer(&cfg, id, request, next).instrument(span.clone()).await;
    let mut response = answered.unwrap_or_else(Refusal::into_response);
    if chunked {
        // Where a proxy in front saw another end of this message, what follows it must not be taken for the next one
        // (RFC 9112, 6.1).
        response.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
    }
    headers::seal(&mut response, cfg.secure());
    response.headers_mut().insert(X_REQUEST_ID, id.header());

    let (status, latency) = (response.status(), started.elapsed());
    span.in_scope(|| info!(http.status = status.as_u16(), latency.us = latency.as_micros() as u64, "answered"));
    if let Some(who) = refused(&response) {
        span.in_scope(|| warn!(http.status = status.as_u16(), client.address = %peer, who, "refused"));
    }
    if cfg.metrics_addr.is_some() {
        metering::record(&method, route, status, latency);
    }
    response
}

/// For an answer that turned somebody away, or told somebody who is known that there is no such thing: who it was, empty
/// for nobody known.
fn refused(response: &Response) -> Option<&str> {
    let who = response.extensions().get::<Who>().map(|who| who.0.as_str());
    match response.status().as_u16() {
        401 | 403 | 413 | 429 => Some(who.unwrap_or_default()),
        400 | 404 | 405 => who,
        _ => None,
    }
}

async fn answer(cfg: &GateConfig, id: RequestId, request: Request, next: Next) -> Result<Response, Refusal> {
    let headers = request.headers();
    if headers.contains_key(TRANSFER_ENCODING) && headers.contains_key(CONTENT_LENGTH) {
        return Err(Refusal::TwoLengths);
    }
    if !origin::allowed(&request, cfg) {
        return Err(Refusal::OtherSite);
    }
    let (body_limit, time_limit) = cfg.limits(request.uri().path());
    let (request, overrun) = body::bound(request, body_limit, time_limit).await?;
    let handled = timeout(time_limit, AssertUnwindSafe(next.run(request)).catch_unwind()).await;
    match handled {
        _ if overrun.happened() => Err(Refusal::TooLarge),
        Ok(Ok(response)) => Ok(response),
        Err(_elapsed) => Err(Refusal::TooSlow),
        // Only builds that unwind come here; a release stops. The panic hook has printed the text.
        Ok(Err(_panic)) => {
            error!("a handler panicked");
            Err(Refusal::Broken(id))
        }
    }
}

fn is_text(_: StatusCode, _: Version, headers: &HeaderMap, _: &Extensions) -> bool {
    const KINDS: [&str; 9] = [
        "text/html",
        "text/css",
        "text/javascript",
        "text/plain",
        "application/javascript",
        "application/json",
        "application/manifest+json",
        "application/xml",
        "image/svg+xml",
    ];
    let kind = headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    KINDS.contains(&kind.split(';').next().unwrap_or_default().trim())
}

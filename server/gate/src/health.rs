//! Whether the process lives and whether it wants visitors.

use axum::Router;
use axum::http::StatusCode;
use axum::http::header::CACHE_CONTROL;
use axum::response::IntoResponse;
use axum::routing::get;

/// `/healthz` answers 200 while the process is up; `/readyz` answers 200 while `ready` says so, else 503.
///
/// Keep it out of every [`pool`](crate::pool): a busy server is not a dead one.
pub fn health(ready: impl Fn() -> bool + Clone + Send + Sync + 'static) -> Router {
    let readiness = move || async move { report(ready()) };
    Router::new().route("/healthz", get(async || report(true))).route("/readyz", get(readiness))
}

fn report(good: bool) -> impl IntoResponse {
    let (status, word) =
        if good { (StatusCode::OK, "ok\n") } else { (StatusCode::SERVICE_UNAVAILABLE, "not ready\n") };
    (status, [(CACHE_CONTROL, "no-store")], word)
}

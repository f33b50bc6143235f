//! Request and connection figures for Prometheus, on a port of their own.

use std::future::ready;
use std::net::SocketAddr;
use std::sync::OnceLock;
use std::time::Duration;

use axum::Router;
use axum::http::header::CONTENT_TYPE;
use axum::http::{Method, StatusCode};
use axum::routing::get;
use metrics::{Label, counter, describe_counter, describe_gauge, describe_histogram, gauge, histogram};
use metrics_exporter_prometheus::{BuildError, Matcher, PrometheusBuilder, PrometheusHandle};
use tokio::net::TcpListener;
use tokio::time::sleep;
use tracing::warn;

use crate::health::health;

const REQUESTS: &str = "http_requests_total";
const LATENCY: &str = "http_request_seconds";
const CONNECTIONS: &str = "http_connections";
const REFUSED: &str = "http_refused_total";

/// Upper bounds in seconds, from a cached page to the slowest thing still answered.
const LATENCY_BOUNDS: [f64; 13] = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0, 30.0];
const UPKEEP: Duration = Duration::from_secs(5);

/// Opens the metrics port; the returned work serves it until dropped. A busy port, or a program
/// that records metrics its own way, is only a warning: people are served without figures.
pub(crate) async fn open(addr: SocketAddr) -> Option<impl Future<Output = ()> + Send> {
    let listener = TcpListener::bind(addr)
        .await
        .inspect_err(|error| warn!(%addr, %error, "cannot listen on the metrics port: going on without metrics"))
        .ok()?;
    let recorder = recorder()
        .inspect_err(|error| warn!(%error, "metrics are recorded elsewhere: going on without the metrics port"))
        .ok()?;
    let render = recorder.clone();
    let page = Router::new()
        .route("/metrics", get(move || ready(([(CONTENT_TYPE, "text/plain; version=0.0.4")], render.render()))))
        .merge(health(|| true));
    Some(async move {
        let upkeep = async {
            loop {
                sleep(UPKEEP).await;
                recorder.run_upkeep();
            }
        };
        tokio::select! {
            _ = axum::serve(listener, page) => {}
            () = upkeep => {}
        }
    })
}

/// Counts one answer. Route and method come from closed sets: a label a client could choose would
/// let it fill the memory.
pub(crate) fn record(method: &Method, route: &str, status: StatusCode, latency: Duration) {
    let labels = [
        Label::from_static_parts("method", method_label(method)),
        Label::new("route", route.to_owned()),
        Label::from_static_parts("status", class(status)),
    ];
    counter!(REQUESTS, labels.iter()).increment(1);
    histogram!(LATENCY, labels.iter()).record(latency);
}

/// Counts a refusal by the limit that caused it.
pub(crate) fn refused(limit: &'static str) {
    counter!(REFUSED, "limit" => limit).increment(1);
}

pub(crate) fn connections(change: f64) {
    gauge!(CONNECTIONS).increment(change);
}

fn recorder() -> Result<PrometheusHandle, BuildError> {
    static RECORDER: OnceLock<PrometheusHandle> = OnceLock::new();
    if let Some(handle) = RECORDER.get() {
        return Ok(handle.clone());
    }
    let handle = PrometheusBuilder::new()
        .set_buckets_for_metric(Matcher::Full(LATENCY.into()), &LATENCY_BOUNDS)?
        .install_recorder()?;
    describe_counter!(REQUESTS, "Requests answered, by method, route and status class");
    describe_histogram!(LATENCY, "Seconds until an answer begins, by method, route and status class");
    describe_gauge!(CONNECTIONS, "Open connections, upgraded ones included");
    describe_counter!(REFUSED, "Connections and requests refused, by the limit that refused them");
    Ok(RECORDER.get_or_init(|| handle).clone())
}

fn method_label(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    }
}

fn class(status: StatusCode) -> &'static str {
    match status.as_u16() {
        100..200 => "1xx",
        200..300 => "2xx",
        300..400 => "3xx",
        400..500 => "4xx",
        _ => "5xx",
    }
}

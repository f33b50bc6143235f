//! The public API, version 1: the JSON twin of the gallery.

use super::Shared;
use axum::Json;
use axum::extract::{RawQuery, State};
use axum::response::{IntoResponse, Response};
use domain::Error;
use domain::listing::{Card, Facets, Summary};
use http::header::{CACHE_CONTROL, CONTENT_TYPE};
use http::{HeaderValue, StatusCode};
use serde::Serialize;
use services::search::{PAGE, read_query, search};
use services::{Moment, Scope};

/// The answer of `GET /api/v1/listings`.
#[derive(Debug, Serialize)]
struct Listings {
    /// Homes that fit.
    total: u32,
    /// Whether `total` was counted to the end.
    total_is_exact: bool,
    /// Counts of every choice.
    facets: Facets,
    /// Medians over all that fit.
    summary: Summary,
    /// The homes of this page.
    items: Vec<Card>,
    /// The query string of the next page; `null` on the last.
    next: Option<String>,
}

/// `GET /api/v1/listings`: the same query string as the gallery, and `city`; without one, all cities. Unknown
/// fields and values are refused, so that a caller notices a misspelt condition.
pub async fn listings(State(shared): State<Shared>, RawQuery(query): RawQuery) -> Response {
    let parsed = read_query(&query.unwrap_or_default());
    if !parsed.problems.is_empty() {
        return problem(&Error::Invalid { fields: parsed.problems });
    }
    match search(&shared.services, &Scope::public(), &parsed.filter, PAGE, Moment::now()).await {
        Ok(page) => {
            let next = page.next.map(|filter| {
                let city = filter.city.as_ref().map(|c| format!("city={c}&")).unwrap_or_default();
                format!("{city}{}", filter.query())
            });
            let answer = Listings {
                total: page.total,
                total_is_exact: page.total_is_exact,
                facets: page.facets,
                summary: page.summary,
                items: page.items,
                next,
            };
            ([(CACHE_CONTROL, "no-cache")], Json(answer)).into_response()
        }
        Err(error) => problem(&error),
    }
}

/// An error as `application/problem+json` (RFC 9457).
pub(super) fn problem(error: &Error) -> Response {
    let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut body = serde_json::json!({
        "type": format!("urn:menpai:error:{}", error.code()),
        "title": status.canonical_reason(),
        "status": status.as_u16(),
    });
    match error {
        Error::Invalid { fields } => body["errors"] = serde_json::json!(fields),
        Error::Internal { id } => body["instance"] = serde_json::json!(id),
        _ => {}
    }
    let mut response = (status, body.to_string()).into_response();
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    response
}

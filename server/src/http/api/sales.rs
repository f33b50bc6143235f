//! Requests of people who want to sell, handed in by a site of the firm's own.

use super::staff::{asking, named};
use super::{Problem, problem};
use crate::http::Shared;
use crate::http::session::logged;
use app::shell::rpc::Caller;
use axum::body::Bytes;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use domain::access::Actor;
use domain::sale::SaleRequest;
use domain::{Error, FieldError, Slug};
use http::{HeaderMap, StatusCode};
use serde::{Deserialize, Serialize};
use services::{Moment, once, sale};

/// The header that keeps a request from being done twice.
const KEY: &str = "Idempotency-Key";

/// What a seller said.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Sale {
    /// The city, such as `shanghai`.
    #[schema(pattern = "^[a-z][a-z0-9-]{1,40}$")]
    city: String,
    /// The community, in the seller's words.
    #[schema(min_length = 1, max_length = 40, pattern = "\\S")]
    community: String,
    /// Built area in ㎡, with up to two decimals.
    #[schema(value_type = f64, minimum = 8, maximum = 2000, multiple_of = 0.01)]
    area: serde_json::Number,
    /// Rooms, where told.
    #[schema(minimum = 0, maximum = 20)]
    rooms: Option<u8>,
    /// How to address the seller.
    #[schema(min_length = 1, max_length = 20, pattern = "\\S")]
    name: String,
    /// A mobile number of mainland China.
    #[schema(pattern = "^1[3-9][0-9]{9}$")]
    phone: String,
    /// Whether the seller agreed to be called. Without it nothing is kept.
    consent: bool,
}

/// What was kept.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub(super) struct Kept {
    /// Number of the request.
    id: i64,
}

/// Hands in a request to sell. The same key with the same body gives the same answer for a day and does nothing more.
#[utoipa::path(
    post,
    path = "/api/v1/sales",
    params(("Idempotency-Key" = String, Header, description = "16 to 128 of A-Z a-z 0-9 - _ . : drawn for this request", pattern = "^[A-Za-z0-9_.:-]{16,128}$")),
    request_body = Sale,
    responses(
        (status = 201, body = Kept),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 403, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json", description = "The city is not in the dictionary"),
        (status = 409, body = Problem, content_type = "application/problem+json", description = "The first with this key is being done"),
        (status = 422, body = Problem, content_type = "application/problem+json", description = "A field does not fit, or the key came with another body before"),
        (status = 429, description = "Too often"),
    ),
    security(("key" = []))
)]
pub async fn sales(
    State(shared): State<Shared>,
    Extension(caller): Extension<Caller>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let asking = asking(&shared, &caller, &headers).await;
    let who = asking.as_ref().ok().map(logged);
    let done = async {
        let actor = asking?;
        // Forms of people have the page; this way in is for programs.
        if !matches!(actor, Actor::Key(_)) {
            return Err(Error::Forbidden);
        }
        let key = headers.get(KEY).and_then(|key| key.to_str().ok()).unwrap_or_default();
        let text = String::from_utf8_lossy(&body);
        let ticket = once::of(&shared.services, &actor, "api/v1/sales", KEY, key, &text)?;
        let (city, request) = read(&body)?;
        sale::ask(&shared.services, &actor, &city, request, Some(&ticket), Moment::now()).await
    };
    let response = match done.await {
        Ok(id) => (StatusCode::CREATED, Json(Kept { id })).into_response(),
        Err(error) => problem(&error),
    };
    named(response, who)
}

fn read(body: &[u8]) -> Result<(Slug, SaleRequest), Error> {
    let sale: Sale = serde_json::from_slice(body).map_err(|_| Error::Invalid { fields: Vec::new() })?;
    let Sale { city, community, area, rooms, name, phone, consent } = sale;
    let unknown = || FieldError::new("city", domain::error::Problem::Malformed, &city);
    let city = Slug::parse(&city).ok_or_else(|| Error::Invalid { fields: vec![unknown()] })?;
    let rooms = rooms.map(|n| n.to_string()).unwrap_or_default();
    let request = SaleRequest::read(&community, &area.to_string(), &rooms, &name, &phone, consent);
    request.map(|request| (city, request)).map_err(|fields| Error::Invalid { fields })
}

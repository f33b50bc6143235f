//! The programming interface, version 1: for web sites, data platforms and other programs. Described by its OpenAPI
//! file, which is made from the handlers themselves.

mod listings;
mod sales;
mod staff;

use axum::Json;
use axum::response::{IntoResponse, Response};
use domain::error::Problem as Fault;
use domain::identity::Fields;
use domain::{Error, FieldError};
use http::header::{CONTENT_TYPE, WWW_AUTHENTICATE};
use http::{HeaderValue, StatusCode};
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityScheme};
use utoipa::{Modify, OpenApi};

pub use listings::listings;
pub(super) use sales::sales;
pub(super) use staff::staff;

#[derive(OpenApi)]
#[openapi(
    info(title = "Menpai", description = "Homes on sale, requests to sell, and the people of the firm. Errors are RFC 9457 problems."),
    paths(listings::listings, sales::sales, staff::staff),
    modifiers(&BearerKey)
)]
struct Api;

struct BearerKey;

impl Modify for BearerKey {
    fn modify(&self, api: &mut utoipa::openapi::OpenApi) {
        let scheme = SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer));
        api.components.get_or_insert_default().add_security_scheme("key", scheme);
    }
}

/// `GET /api/v1/openapi.json`
pub(super) async fn openapi() -> Response {
    Json(Api::openapi()).into_response()
}

/// The parameters of a query, each told once; those that `is_list` may come again.
///
/// # Errors
/// `Invalid` with the name of each parameter that came twice (`TooMany`): readers before this one may have taken the other
/// one for it.
fn parameters(query: &str, is_list: impl Fn(&str) -> bool) -> Result<Fields, Error> {
    let pairs: Vec<(String, String)> = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
    let mut twice: Vec<FieldError> = Vec::new();
    for (nth, (name, value)) in pairs.iter().enumerate() {
        let came = pairs[..nth].iter().any(|(other, _)| other == name);
        if came && !is_list(name) && !twice.iter().any(|fault| fault.field == *name) {
            twice.push(FieldError::new(short(name), Fault::TooMany, value));
        }
    }
    if twice.is_empty() { Ok(Fields::new(pairs)) } else { Err(Error::Invalid { fields: twice }) }
}

/// A name nobody knows, no longer than one of ours would be.
fn short(name: &str) -> String {
    name.chars().take(64).collect()
}

/// An error as RFC 9457 has it.
#[derive(Debug, serde::Serialize, utoipa::ToSchema)]
pub(super) struct Problem {
    /// `urn:menpai:error:` and the stable word for the kind of error.
    #[serde(rename = "type")]
    kind: String,
    /// The status in words.
    title: Option<&'static str>,
    /// The HTTP status.
    status: u16,
    /// The fields that do not fit.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Vec<Object>>)]
    errors: Option<Vec<domain::FieldError>>,
    /// What the log can be searched for.
    #[serde(skip_serializing_if = "Option::is_none")]
    instance: Option<String>,
}

/// An error as `application/problem+json`.
pub(super) fn problem(error: &Error) -> Response {
    let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let (errors, instance) = match error {
        Error::Invalid { fields } => (Some(fields.clone()), None),
        Error::Internal { id } => (None, Some(id.clone())),
        _ => (None, None),
    };
    let kind = format!("urn:menpai:error:{}", error.code());
    let body = Problem { kind, title: status.canonical_reason(), status: status.as_u16(), errors, instance };
    let mut response = (status, Json(body)).into_response();
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    if status == StatusCode::UNAUTHORIZED {
        response.headers_mut().insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_parameter_that_came_twice_is_named() {
        let twice = |query: &str| match parameters(query, |name| name == "rooms") {
            Ok(_) => Vec::new(),
            Err(Error::Invalid { fields }) => fields.into_iter().map(|f| (f.field, f.problem)).collect(),
            Err(other) => panic!("{other:?}"),
        };
        assert!(twice("rooms=2&rooms=3&sort=price&q=").is_empty());
        assert_eq!(twice("sort=price&so%72t=-price"), [("sort".to_owned(), Fault::TooMany)]);
        assert_eq!(twice("q=a&q=a&q=a&limit=1&limit=2").len(), 2);
        assert_eq!(twice("x[]=1&x[]=2").len(), 1);
    }

    #[test]
    fn the_docs_try_every_operation_of_the_file() {
        let file: Vec<String> = Api::openapi().paths.paths.keys().cloned().collect();
        let docs: Vec<&str> = app::portal::OPERATIONS.iter().map(|operation| operation.path).collect();
        assert_eq!(file, docs);
    }
}

//! Stored files going out: photos and films to everybody, papers to whoever may read the record.

use super::range::{Wanted, wanted};
use super::{Shared, session::PRIVATE};
use app::shell::rpc::Caller;
use axum::Extension;
use axum::body::Body;
use axum::extract::{OriginalUri, Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use domain::access::Actor;
use domain::attachment::Paper;
use domain::{Error, Rule};
use http::header::{
    ACCEPT_RANGES, CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_RANGE, CONTENT_SECURITY_POLICY,
    CONTENT_TYPE, ETAG,
};
use http::{HeaderMap, HeaderValue, StatusCode};
use services::media::{Served, served};
use services::staff::papers;
use services::{Moment, fault};

/// A file that is opened by itself may do nothing at all.
const SANDBOX: HeaderValue = HeaderValue::from_static("default-src 'none'; sandbox");
/// An address names its contents: what it leads to never changes.
const FOREVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");

/// `GET /files/{name}`: the SHA-256 of the contents and what they are, such as `3f...a1.jpg`.
pub(super) async fn file(
    State(shared): State<Shared>,
    Extension(caller): Extension<Caller>,
    Path(name): Path<String>,
    headers: HeaderMap,
) -> Response {
    let actor = caller.signed.map_or(Actor::Visitor, |signed| signed.actor);
    let db = &shared.services.db;
    let (digest, Served { size, kind, public }) = match served(db, &actor, &name).await {
        Ok(found) => found,
        Err(error) => return status(&error).into_response(),
    };
    let tag = format!("\"{digest}\"");
    let wanted = wanted(&headers, size, &tag);
    let mut answer = match &wanted {
        Wanted::Known => StatusCode::NOT_MODIFIED.into_response(),
        Wanted::Outside => StatusCode::RANGE_NOT_SATISFIABLE.into_response(),
        Wanted::Whole | Wanted::Part(_) => {
            let range = if let Wanted::Part(part) = &wanted { part.clone() } else { 0..size };
            match db.files().stream(&digest, range.clone()).await.map_err(fault) {
                Ok(Some(stream)) => {
                    let mut answer = Body::from_stream(stream).into_response();
                    answer.headers_mut().insert(CONTENT_LENGTH, HeaderValue::from(range.end - range.start));
                    answer
                }
                // The row is there and the bytes are not: `verify` tells which.
                Ok(None) => return StatusCode::NOT_FOUND.into_response(),
                Err(error) => return status(&error).into_response(),
            }
        }
    };
    let total = match &wanted {
        Wanted::Part(part) => Some(format!("bytes {}-{}/{size}", part.start, part.end - 1)),
        Wanted::Outside => Some(format!("bytes */{size}")),
        Wanted::Known | Wanted::Whole => None,
    };
    if matches!(wanted, Wanted::Part(_)) {
        *answer.status_mut() = StatusCode::PARTIAL_CONTENT;
    }
    let headers = answer.headers_mut();
    if let Some(total) = total.and_then(|total| HeaderValue::from_str(&total).ok()) {
        headers.insert(CONTENT_RANGE, total);
    }
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        headers.insert(ETAG, tag);
    }
    headers.insert(CACHE_CONTROL, if public { FOREVER } else { PRIVATE });
    headers.insert(ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    headers.insert(CONTENT_SECURITY_POLICY, SANDBOX);
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(kind.mime()));
    if let Ok(named) = HeaderValue::from_str(&format!("inline; filename=\"{}\"", &name[..8.min(name.len())])) {
        headers.insert(CONTENT_DISPOSITION, named);
    }
    answer
}

/// `GET /staff/{code}/papers/{id}`. Always a download: a paper is opened by what the person chose for it.
pub(super) async fn paper(
    State(shared): State<Shared>,
    Extension(caller): Extension<Caller>,
    Path((code, id)): Path<(String, String)>,
    uri: OriginalUri,
) -> Response {
    let Some(signed) = caller.signed else {
        let next: String = form_urlencoded::byte_serialize(uri.0.path().as_bytes()).collect();
        return Redirect::to(&format!("/sign-in?next={next}")).into_response();
    };
    let opened = match id.parse() {
        Ok(id) => papers::open(&shared.services, &signed, Moment::now(), &code, id).await,
        Err(_) => Err(Error::NotFound),
    };
    match opened {
        Ok((Paper { id, format, .. }, bytes)) => {
            // Its name would tell in a folder of downloads what only the record should.
            let named = HeaderValue::from_str(&format!("attachment; filename=\"{code}-{id}.{format}\""));
            let mut answer = bytes.into_response();
            let headers = answer.headers_mut();
            headers.insert(CONTENT_TYPE, HeaderValue::from_static(format.mime()));
            headers.insert(CACHE_CONTROL, PRIVATE);
            headers.insert(CONTENT_SECURITY_POLICY, SANDBOX);
            if let Ok(named) = named {
                headers.insert(CONTENT_DISPOSITION, named);
            }
            answer
        }
        Err(Error::Rule { rule: Rule::PersonErased }) => StatusCode::NOT_FOUND.into_response(),
        Err(error) => status(&error).into_response(),
    }
}

fn status(error: &Error) -> StatusCode {
    StatusCode::from_u16(error.status()).unwrap_or(StatusCode::NOT_FOUND)
}

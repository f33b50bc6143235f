//! Files that are made for one person: the copy of what is kept of them, and tables.

use super::{Shared, api::problem};
use app::shell::Visit;
use app::shell::rpc::Caller;
use axum::Extension;
use axum::extract::{OriginalUri, RawQuery, State};
use axum::response::{IntoResponse, Redirect, Response};
use domain::identity::Fields;
use domain::{Error, Rule};
use http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use http::{HeaderMap, HeaderValue};
use services::staff::personal;
use services::{Moment, client, trail};

/// `GET /account/copy.zip`
pub(super) async fn copy(
    State(shared): State<Shared>,
    Extension(caller): Extension<Caller>,
    uri: OriginalUri,
    headers: HeaderMap,
) -> Response {
    let Some(signed) = caller.signed else { return door(&uri) };
    let lang = Visit::read(&headers, "/", "").lang;
    let made = personal::copy(&shared.services, &signed, Moment::now()).await;
    let zipped = made.and_then(|copy| super::copy::zipped(lang, &copy));
    handed(zipped, &uri, "/confirm", "application/zip", "menpai-my-data.zip")
}

/// `GET /me/copy.zip`
pub(super) async fn client_copy(
    State(shared): State<Shared>,
    Extension(caller): Extension<Caller>,
    uri: OriginalUri,
    headers: HeaderMap,
) -> Response {
    let Some(client) = caller.client else {
        return Redirect::to(&format!("/me/sign-in?next={}", encoded(&uri))).into_response();
    };
    let lang = Visit::read(&headers, "/", "").lang;
    let made = client::account::copy(&shared.services, &client, Moment::now()).await;
    let zipped = made.and_then(|copy| super::copy::zipped(lang, &copy));
    handed(zipped, &uri, "/me/confirm", "application/zip", "menpai-my-data.zip")
}

/// `GET /audit/export.csv`
pub(super) async fn export(
    State(shared): State<Shared>,
    Extension(caller): Extension<Caller>,
    uri: OriginalUri,
    RawQuery(query): RawQuery,
) -> Response {
    let Some(signed) = caller.signed else { return door(&uri) };
    let query = query.unwrap_or_default();
    let fields = Fields::new(form_urlencoded::parse(query.as_bytes()).into_owned().collect());
    let made = trail::export(&shared.services, &signed, Moment::now(), &fields).await;
    handed(made.map(String::into_bytes), &uri, "/confirm", "text/csv; charset=utf-8", "menpai-audit.csv")
}

fn handed(
    made: Result<Vec<u8>, Error>,
    uri: &OriginalUri,
    confirm: &str,
    kind: &'static str,
    name: &'static str,
) -> Response {
    match made {
        Ok(bytes) => {
            let disposition = HeaderValue::from_str(&format!("attachment; filename=\"{name}\""));
            let mut response = bytes.into_response();
            let headers = response.headers_mut();
            headers.insert(CONTENT_TYPE, HeaderValue::from_static(kind));
            headers.insert(CACHE_CONTROL, super::session::PRIVATE);
            if let Ok(disposition) = disposition {
                headers.insert(CONTENT_DISPOSITION, disposition);
            }
            response
        }
        Err(Error::Rule { rule: Rule::ConfirmFirst }) => {
            Redirect::to(&format!("{confirm}?next={}", encoded(uri))).into_response()
        }
        Err(error) => problem(&error),
    }
}

fn door(uri: &OriginalUri) -> Response {
    Redirect::to(&format!("/sign-in?next={}", encoded(uri))).into_response()
}

fn encoded(uri: &OriginalUri) -> String {
    let path = uri.0.path_and_query().map_or("/", |path| path.as_str());
    form_urlencoded::byte_serialize(path.as_bytes()).collect()
}

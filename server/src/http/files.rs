//! Files that are made for one person: the copy of what is kept of them, and tables.

use super::{Shared, api::problem};
use app::shell::rpc::Caller;
use axum::Extension;
use axum::extract::{OriginalUri, RawQuery, State};
use axum::response::{IntoResponse, Redirect, Response};
use domain::identity::Fields;
use domain::{Error, Rule};
use http::HeaderValue;
use http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use services::staff::personal;
use services::{Moment, trail};

/// `GET /account/copy.json`
pub(super) async fn copy(
    State(shared): State<Shared>,
    Extension(caller): Extension<Caller>,
    uri: OriginalUri,
) -> Response {
    let Some(signed) = caller.signed else { return door(&uri) };
    let made = personal::copy(&shared.services, &signed, Moment::now()).await;
    handed(made, &uri, "application/json", "menpai-my-data.json")
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
    handed(made, &uri, "text/csv; charset=utf-8", "menpai-audit.csv")
}

fn handed(made: Result<String, Error>, uri: &OriginalUri, kind: &'static str, name: &'static str) -> Response {
    match made {
        Ok(text) => {
            let disposition = HeaderValue::from_str(&format!("attachment; filename=\"{name}\""));
            let mut response = text.into_response();
            let headers = response.headers_mut();
            headers.insert(CONTENT_TYPE, HeaderValue::from_static(kind));
            headers.insert(CACHE_CONTROL, super::session::PRIVATE);
            if let Ok(disposition) = disposition {
                headers.insert(CONTENT_DISPOSITION, disposition);
            }
            response
        }
        Err(Error::Rule { rule: Rule::ConfirmFirst }) => {
            Redirect::to(&format!("/confirm?next={}", encoded(uri))).into_response()
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

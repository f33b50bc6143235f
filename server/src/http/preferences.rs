//! Language and theme: cookies, set by forms that work without scripts.

use super::Shared;
use app::shell::{kept_cookie, own_path};
use axum::Form;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use domain::{Lang, Theme};
use http::header::SET_COOKIE;
use http::{HeaderValue, StatusCode};
use serde::Deserialize;

/// How long a preference is kept.
const YEAR_S: u32 = 31_536_000;

/// What the form sends.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Choice {
    lang: Option<String>,
    theme: Option<String>,
    /// The page to return to.
    back: Option<String>,
}

/// `POST /preferences`
pub(super) async fn save(State(shared): State<Shared>, Form(choice): Form<Choice>) -> Response {
    let kept = |name: &str, value: &str| kept_cookie(shared.secure, name, value, YEAR_S);
    let cookie = match (choice.lang.as_deref(), choice.theme.as_deref()) {
        (Some(lang), None) => Lang::from_code(lang).map(|lang| kept("lang", lang.code())),
        (None, Some("auto")) => Some(kept_cookie(shared.secure, "theme", "", 0)),
        (None, Some(theme)) => Theme::from_code(theme).map(|theme| kept("theme", theme.code())),
        _ => None,
    };
    let Some(cookie) = cookie.and_then(|c| HeaderValue::from_str(&c).ok()) else {
        return StatusCode::UNPROCESSABLE_ENTITY.into_response();
    };
    let mut response = Redirect::to(choice.back.as_deref().and_then(own_path).unwrap_or("/")).into_response();
    response.headers_mut().insert(SET_COOKIE, cookie);
    response
}

//! Language and theme: two cookies, set by a form that works without scripts.

use axum::Form;
use axum::response::{IntoResponse, Redirect, Response};
use domain::{Lang, Theme};
use http::header::SET_COOKIE;
use http::{HeaderValue, StatusCode};
use serde::Deserialize;

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
pub(super) async fn save(Form(choice): Form<Choice>) -> Response {
    let cookie = match (choice.lang.as_deref(), choice.theme.as_deref()) {
        (Some(lang), None) => Lang::from_code(lang).map(|lang| kept("lang", lang.code())),
        (None, Some("auto")) => Some("theme=; Path=/; Max-Age=0; SameSite=Lax; HttpOnly".to_owned()),
        (None, Some(theme)) => Theme::from_code(theme).map(|theme| kept("theme", theme.code())),
        _ => None,
    };
    let Some(cookie) = cookie.and_then(|c| HeaderValue::from_str(&c).ok()) else {
        return StatusCode::UNPROCESSABLE_ENTITY.into_response();
    };
    let mut response = Redirect::to(&back(choice.back.as_deref())).into_response();
    response.headers_mut().insert(SET_COOKIE, cookie);
    response
}

fn kept(name: &str, value: &str) -> String {
    format!("{name}={value}; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly")
}

/// Only a path of our own: `//elsewhere` and `/\elsewhere` would leave the site.
pub(super) fn back(path: Option<&str>) -> String {
    match path {
        Some(path)
            if path.starts_with('/')
                && !path[1..].starts_with(['/', '\\'])
                && path.is_ascii()
                && !path.bytes().any(|b| b.is_ascii_control()) =>
        {
            path.to_owned()
        }
        _ => "/".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::back;

    #[test]
    fn the_way_back_never_leaves_the_site() {
        assert_eq!(back(Some("/ningbo/listings?rooms=2")), "/ningbo/listings?rooms=2");
        for evil in ["//evil.example", "/\\evil.example", "https://evil.example", "", "/a\r\nb", "/宁波"] {
            assert_eq!(back(Some(evil)), "/", "{evil}");
        }
    }
}

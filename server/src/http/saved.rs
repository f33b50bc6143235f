//! Favourites, homes seen and comparisons of guests: a signed cookie, written by a form that works without scripts.

use super::Shared;
use app::shell::rpc::Caller;
use app::shell::{HOST_PREFIX, kept_cookie, own_path};
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use axum::{Extension, Form};
use domain::ListingCode;
use domain::saved::{Saved, Shelf};
use http::header::{COOKIE, HOST, REFERER, SET_COOKIE};
use http::{HeaderMap, HeaderValue, StatusCode};
use serde::Deserialize;
use services::{client, saved};

const COOKIE_NAME: &str = "saved";
const HALF_A_YEAR_S: u32 = 15_552_000;

/// What the form sends: a home, and on or off for one list.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Change {
    code: String,
    favourite: Option<String>,
    compare: Option<String>,
}

/// `POST /saved`. Back to the page it came from, at the home.
pub(super) async fn save(
    State(shared): State<Shared>,
    Extension(caller): Extension<Caller>,
    headers: HeaderMap,
    Form(change): Form<Change>,
) -> Response {
    let Some(code) = ListingCode::parse(&change.code) else {
        return StatusCode::UNPROCESSABLE_ENTITY.into_response();
    };
    let (shelf, on) = match (change.favourite.as_deref(), change.compare.as_deref()) {
        (Some(on @ ("on" | "off")), None) => (Shelf::Favourites, on == "on"),
        (None, Some(on @ ("on" | "off"))) => (Shelf::Compare, on == "on"),
        _ => return StatusCode::UNPROCESSABLE_ENTITY.into_response(),
    };
    if let Some(client) = caller.client {
        return match client::saved::put(&shared.services, &client, shelf, &code, on).await {
            Ok((_, true)) => Redirect::to(&format!("{}#{code}", back(&headers))).into_response(),
            Ok((_, false)) => Redirect::to("/compare?full=1").into_response(),
            Err(error) => super::api::problem(&error),
        };
    }
    let mut kept = read(&shared, &headers);
    if !kept.put(shelf, &code, on) {
        return Redirect::to("/compare?full=1").into_response();
    }
    let mut response = Redirect::to(&format!("{}#{code}", back(&headers))).into_response();
    if let Some(cookie) = cookie(&shared, &kept) {
        response.headers_mut().insert(SET_COOKIE, cookie);
    }
    response
}

/// The lists of whoever asks.
pub(super) fn read(shared: &Shared, headers: &HeaderMap) -> Saved {
    let named = |wanted: &str| {
        let pairs = headers.get_all(COOKIE).iter().filter_map(|v| v.to_str().ok()).flat_map(|v| v.split(';'));
        let mut pairs = pairs.filter_map(|pair| pair.trim().split_once('='));
        pairs.find(|(name, _)| *name == wanted).map(|(_, value)| saved::read(shared.services.db.keys(), value))
    };
    named(&format!("{HOST_PREFIX}{COOKIE_NAME}")).or_else(|| named(COOKIE_NAME)).unwrap_or_default()
}

/// The cookie with these lists; half a year.
pub(super) fn cookie(shared: &Shared, kept: &Saved) -> Option<HeaderValue> {
    let value = saved::write(shared.services.db.keys(), kept);
    HeaderValue::from_str(&kept_cookie(shared.secure, COOKIE_NAME, &value, HALF_A_YEAR_S)).ok()
}

/// The path of the page the form stood on, if it was one of ours.
fn back(headers: &HeaderMap) -> String {
    let text = |name| headers.get(name).and_then(|v: &HeaderValue| v.to_str().ok());
    let path = text(REFERER).zip(text(HOST)).and_then(|(referer, host)| {
        let (_, rest) = referer.split_once("://")?;
        let path = rest.strip_prefix(host)?;
        path.starts_with('/').then(|| path.split('#').next().unwrap_or("/"))
    });
    path.and_then(own_path).unwrap_or("/").to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_back_is_the_page_of_ours_that_asked() {
        let back_from = |referer: Option<&'static str>| {
            let mut headers = HeaderMap::new();
            headers.insert(HOST, HeaderValue::from_static("menpai.cn"));
            if let Some(referer) = referer {
                headers.insert(REFERER, HeaderValue::from_static(referer));
            }
            back(&headers)
        };
        assert_eq!(back_from(Some("https://menpai.cn/ningbo/listings?rooms=2#x")), "/ningbo/listings?rooms=2");
        for other in
            [None, Some("https://menpai.cn.evil/"), Some("https://evil.cn/a"), Some("x"), Some("https://menpai.cn")]
        {
            assert_eq!(back_from(other), "/", "{other:?}");
        }
    }
}

//! Pages for guests who all see the same: kept as bytes, with a tag.

use super::kept_page::Page;
use super::{Shared, kept_pages, pages};
use app::shell::{HOST_PREFIX, Visit};
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::response::{IntoResponse, Response};
use domain::saved::{Saved, Shelf};
use http::header::{
    CACHE_CONTROL, CONTENT_ENCODING, CONTENT_SECURITY_POLICY, CONTENT_TYPE, COOKIE, ETAG, IF_NONE_MATCH, SET_COOKIE,
    VARY,
};
use http::{HeaderMap, HeaderValue, Method, StatusCode};
use leptos::nonce::Nonce;
use services::Moment;
use std::sync::Arc;

/// A page that is the same for all guests.
struct Common {
    /// All that it depends on besides what the firm has told.
    key: String,
    /// The city it is about.
    city: Option<String>,
    /// The cookie that remembers the home it shows.
    seen: Option<HeaderValue>,
}

/// Answers with a page; also where there is no such page.
pub(super) async fn page(State(shared): State<Shared>, request: Request<Body>) -> Response {
    let day = Moment::now().day();
    let Some(Common { key, city, seen }) = common(&shared, &request) else {
        return pages::render(shared, request, None).await;
    };
    // What was written here a moment ago is shown: until it is taken in, nothing kept is.
    let Some(seq) = shared.services.stamp(city.as_deref()) else {
        return pages::render(shared, request, None).await;
    };
    let (stamp, tag) = ((seq, day), kept_pages::tag((seq, day), &key));
    let headers = request.headers();
    let known = headers.get(IF_NONE_MATCH).and_then(|tags| tags.to_str().ok());
    if known.is_some_and(|tags| tags.split(',').any(|known| known.trim() == tag)) {
        return tagged(StatusCode::NOT_MODIFIED.into_response(), &tag, seen);
    }
    if let Some(page) = shared.pages.get(stamp, &key) {
        let nonce = Nonce::new().to_string();
        let Ok(mut response) = packed(&page, &nonce, headers) else {
            return StatusCode::INTERNAL_SERVER_ERROR.into_response();
        };
        if let Ok(policy) = HeaderValue::from_str(&pages::policy(&nonce, shared.tiles.template.as_deref())) {
            response.headers_mut().insert(CONTENT_SECURITY_POLICY, policy);
        }
        return tagged(response, &tag, seen);
    }
    let (pages, headers) = (shared.pages.clone(), headers.clone());
    let (mut parts, body) = pages::render(shared, request, None).await.into_parts();
    if parts.status != StatusCode::OK {
        return Response::from_parts(parts, body);
    }
    let Ok(bytes) = to_bytes(body, pages::PAGE_BYTES).await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let policy = parts.headers.get(CONTENT_SECURITY_POLICY).and_then(|policy| policy.to_str().ok());
    let nonce = policy.and_then(|policy| policy.split("'nonce-").nth(1)).and_then(|rest| rest.split('\'').next());
    let (Some(nonce), Ok(html)) = (nonce.filter(|nonce| nonce.len() >= 16), std::str::from_utf8(&bytes)) else {
        return Response::from_parts(parts, Body::from(bytes));
    };
    let Some(page) = Page::new(html, nonce).map(Arc::new) else {
        return Response::from_parts(parts, Body::from(bytes));
    };
    // Whoever takes no coding gets what was just rendered.
    let packed = packed(&page, nonce, &headers).ok().filter(|kept| kept.headers().contains_key(CONTENT_ENCODING));
    pages.keep(stamp, key, page);
    parts.headers.remove(SET_COOKIE);
    let Some(mut response) = packed else {
        return tagged(Response::from_parts(parts, Body::from(bytes)), &tag, seen);
    };
    for (name, value) in response.headers() {
        parts.headers.insert(name.clone(), value.clone());
    }
    *response.headers_mut() = parts.headers;
    tagged(response, &tag, seen)
}

/// What a page depends on besides what the firm has told, for a guest who has nothing of their own on it: everything
/// that is asked for. `None` where the page is made for one person, or where nobody would ask for it again.
fn common(shared: &Shared, request: &Request<Body>) -> Option<Common> {
    let headers = request.headers();
    if request.method() != Method::GET || !anonymous(headers) {
        return None;
    }
    let (path, query) = (request.uri().path(), request.uri().query());
    let parts: Vec<&str> = path.trim_start_matches('/').split('/').collect();
    let city = match (&parts[..], query) {
        ([""], _) => None,
        ([city, "listings" | "sold"], _)
        | ([city, "communities", _] | [city, "listings", _] | [city, "listings", _, "bill" | "tour"], None) => {
            Some((*city).to_owned())
        }
        _ => return None,
    };
    let saved = super::saved::read(shared, headers);
    if !own(&saved).is_empty() {
        return None;
    }
    let href = request.uri().path_and_query().map_or(path, |href| href.as_str());
    let origin = super::origin(shared, headers);
    let visit = Visit::read(headers, href, &origin);
    let key = format!("{origin}{href} {} {}", visit.lang.code(), visit.theme.map_or("", |theme| theme.code()));
    Some(Common { key, city, seen: pages::seen(shared, &saved, href) })
}

/// Whether all cookies are known not to make a page another one; the lists of a guest are looked at.
fn anonymous(headers: &HeaderMap) -> bool {
    let mut cookies = headers.get_all(COOKIE).iter();
    cookies.all(|line| {
        line.to_str().is_ok_and(|line| {
            let names = line.split(';').map(|pair| pair.split('=').next().unwrap_or_default().trim());
            let names = names.map(|name| name.strip_prefix(HOST_PREFIX).unwrap_or(name));
            names.filter(|name| !name.is_empty()).all(|name| matches!(name, "lang" | "theme" | "saved"))
        })
    })
}

/// The homes that cards and the head of a page mark as the guest's own; those seen are on no such page.
fn own(saved: &Saved) -> Vec<&domain::ListingCode> {
    Shelf::ALL.iter().flat_map(|shelf| saved.on(*shelf)).collect()
}

fn packed(page: &Page, nonce: &str, headers: &HeaderMap) -> std::io::Result<Response> {
    let (bytes, coding) = page.with(nonce, headers)?;
    let mut response = Body::from(bytes).into_response();
    let out = response.headers_mut();
    out.insert(CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    if let Some(coding) = coding {
        out.insert(CONTENT_ENCODING, HeaderValue::from_static(coding));
    }
    Ok(response)
}

fn tagged(mut response: Response, tag: &str, seen: Option<HeaderValue>) -> Response {
    let headers = response.headers_mut();
    headers.insert(VARY, HeaderValue::from_static("cookie, accept-language, accept-encoding"));
    // A cookie is one person's: nobody between keeps it.
    let keep = if seen.is_some() { "private, no-cache" } else { "no-cache" };
    headers.insert(CACHE_CONTROL, HeaderValue::from_static(keep));
    if let Some(seen) = seen {
        headers.insert(SET_COOKIE, seen);
    }
    if let Ok(tag) = HeaderValue::from_str(tag) {
        headers.insert(ETAG, tag);
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_cookies_that_change_nothing_let_a_page_be_shared() {
        let asks =
            |cookies: &'static str| anonymous(&HeaderMap::from_iter([(COOKIE, HeaderValue::from_static(cookies))]));
        assert!(anonymous(&HeaderMap::new()) && asks("lang=en; theme=dark") && asks("saved=x;lang=zh-CN;"));
        assert!(asks("__Host-lang=en; __Host-theme=dark; __Host-saved=x"));
        for other in ["session=x", "__Host-session=x; lang=en", "lang=en; client=1", "client", "LANG=en"] {
            assert!(!asks(other), "{other}");
        }
    }
}

//! Pages: rendered by leptos with the firm and the visit in its context, sent with a policy for their nonce.

use super::session::PRIVATE;
use super::{Shared, kept_pages};
use app::shell::rpc::Caller;
use app::shell::watch::AsOf;
use app::shell::{HeadSlot, Returned, Visit};
use app::{App, document};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use domain::ListingCode;
use domain::saved::Saved;
use http::header::{CACHE_CONTROL, CONTENT_LENGTH, CONTENT_SECURITY_POLICY, ETAG, IF_NONE_MATCH, SET_COOKIE, VARY};
use http::{HeaderValue, Method, StatusCode};
use leptos::nonce::{Nonce, use_nonce};
use leptos::prelude::provide_context;
use leptos_axum::{ResponseOptions, generate_route_list, render_app_async_with_context};
use services::Moment;

/// No page is larger.
const PAGE_BYTES: usize = 8 << 20;

/// Adds every page of the application.
pub(super) fn add(router: Router<Shared>, _shared: &Shared) -> Router<Shared> {
    generate_route_list(App)
        .into_iter()
        .fold(router, |router, listing| router.route(&axum_path(listing.path()), get(page)))
}

/// Renders the page asked for; also what is answered where there is no such page.
pub(super) async fn page(State(shared): State<Shared>, request: Request<Body>) -> Response {
    let (stamp, day) = (shared.services.gallery.seq(), Moment::now().day());
    let Some(key) = same_for_all(&shared, &request) else { return render(shared, request, None).await };
    let (stamp, tag) = ((stamp, day), kept_pages::tag((stamp, day), &key));
    let known = request.headers().get(IF_NONE_MATCH).and_then(|tags| tags.to_str().ok());
    if known.is_some_and(|tags| tags.split(',').any(|known| known.trim() == tag)) {
        return tagged(StatusCode::NOT_MODIFIED.into_response(), &tag);
    }
    if let Some(page) = shared.pages.get(stamp, &key) {
        let nonce = Nonce::new().to_string();
        let mut response = Html(page.with(&nonce)).into_response();
        if let Ok(policy) = HeaderValue::from_str(&policy(&nonce, shared.tiles.template.as_deref())) {
            response.headers_mut().insert(CONTENT_SECURITY_POLICY, policy);
        }
        return tagged(response, &tag);
    }
    let pages = shared.pages.clone();
    let (parts, body) = render(shared, request, None).await.into_parts();
    if parts.status != StatusCode::OK || parts.headers.contains_key(SET_COOKIE) {
        return Response::from_parts(parts, body);
    }
    let Ok(bytes) = to_bytes(body, PAGE_BYTES).await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let html = String::from_utf8_lossy(&bytes);
    let policy = parts.headers.get(CONTENT_SECURITY_POLICY).and_then(|policy| policy.to_str().ok());
    let nonce = policy.and_then(|policy| policy.split("'nonce-").nth(1)).and_then(|rest| rest.split('\'').next());
    if let Some(nonce) = nonce.filter(|nonce| nonce.len() >= 16) {
        pages.keep(stamp, key, kept_pages::Page::new(&html, nonce));
    }
    tagged(Response::from_parts(parts, Body::from(bytes)), &tag)
}

/// What a gallery page depends on besides the catalogue, for a guest who has nothing of their own yet: everything that
/// is asked for. `None` where the page is made for one person.
fn same_for_all(shared: &Shared, request: &Request<Body>) -> Option<String> {
    let path = request.uri().path();
    let gallery = path == "/" || path.split('/').count() == 3 && path.ends_with("/listings");
    let caller = request.extensions().get::<Caller>()?;
    if request.method() != Method::GET
        || !gallery
        || caller.token.is_some()
        || caller.client_token.is_some()
        || super::saved::is_there(request.headers())
    {
        return None;
    }
    let href = request.uri().path_and_query().map_or(path, |href| href.as_str());
    let origin = super::origin(shared, request.headers());
    let visit = Visit::read(request.headers(), href, &origin);
    Some(format!("{origin}{href} {} {}", visit.lang.code(), visit.theme.map_or("", |theme| theme.code())))
}

fn tagged(mut response: Response, tag: &str) -> Response {
    let headers = response.headers_mut();
    headers.insert(VARY, HeaderValue::from_static("cookie, accept-language"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    if let Ok(tag) = HeaderValue::from_str(tag) {
        headers.insert(ETAG, tag);
    }
    response
}

/// Renders a page, for a form that has come back with what came of it.
pub(super) async fn render(shared: Shared, request: Request<Body>, returned: Option<Returned>) -> Response {
    let caller = request.extensions().get::<Caller>().cloned().unwrap_or_default();
    let keep = if caller.signed.is_some() || caller.client.is_some() || returned.is_some() {
        PRIVATE
    } else {
        HeaderValue::from_static("no-cache")
    };
    let href = request.uri().path_and_query().map_or_else(|| "/".to_owned(), ToString::to_string);
    let origin = super::origin(&shared, request.headers());
    let visit = Visit::read(request.headers(), &href, &origin);
    let client = caller.client.clone();
    let saved = match &client {
        Some(client) => client.saved.clone(),
        None => super::saved::read(&shared, request.headers()),
    };
    let home = home(&href);
    let seen = home.as_ref().filter(|_| client.is_none()).and_then(|code| seen(&shared, &saved, code));
    let kept_by = client.zip(home).map(|(client, code)| (shared.services.clone(), client, code));
    let tiles = shared.tiles.clone();
    let (services, options, head) = (shared.services, shared.options, HeadSlot::default());
    let as_of = AsOf(services.gallery.seq());
    let slot = head.clone();
    let context = move || {
        provide_context(slot.clone());
        provide_context(services.clone());
        provide_context(visit.clone());
        provide_context(as_of);
        provide_context(saved.clone());
        provide_context(tiles.clone());
        provide_context(caller.clone());
        if let Some(returned) = &returned {
            provide_context(returned.clone());
        }
        let response = leptos::prelude::expect_context::<ResponseOptions>();
        if let Some(policy) =
            use_nonce().and_then(|n| HeaderValue::from_str(&policy(&n, tiles.template.as_deref())).ok())
        {
            response.insert_header(CONTENT_SECURITY_POLICY, policy);
        }
        response.insert_header(VARY, HeaderValue::from_static("cookie, accept-language"));
        response.insert_header(CACHE_CONTROL, keep.clone());
    };
    let draw = render_app_async_with_context(context, move || document(options.clone()));
    let (mut parts, body) = draw(request).await.into_response().into_parts();
    match to_bytes(body, PAGE_BYTES).await.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()) {
        Ok(page) => {
            parts.headers.remove(CONTENT_LENGTH);
            if let Some((services, client, code)) = kept_by.filter(|_| parts.status.is_success())
                && let Err(error) = services::client::saved::see(&services, &client, &code).await
            {
                tracing::warn!(%error, "a home that was seen was not remembered");
            }
            if let Some(cookie) = seen.filter(|_| parts.status.is_success()) {
                parts.headers.append(SET_COOKIE, cookie);
            }
            Response::from_parts(parts, Body::from(page.replacen(HeadSlot::MARK, &head.take(), 1)))
        }
        Err(error) => {
            tracing::error!(%error, "a page could not be rendered");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

/// The policy of a page. Where a provider of map pictures is configured, they may be loaded from its host.
fn policy(nonce: &str, tiles: Option<&str>) -> String {
    let policy = gate::page_csp(nonce);
    let host = tiles.and_then(|template| {
        let (scheme, rest) = template.split_once("://")?;
        let host = rest.split('/').next()?;
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':');
        (matches!(scheme, "https" | "http") && !host.is_empty() && host.chars().all(plain))
            .then(|| format!("{scheme}://{host}"))
    });
    match host {
        Some(host) => policy.replace("img-src 'self'", &format!("img-src 'self' {host}")),
        None => policy,
    }
}

/// The home whose page has this address.
fn home(href: &str) -> Option<ListingCode> {
    let mut parts = href.split('?').next()?.trim_start_matches('/').split('/');
    match (parts.next(), parts.next(), parts.next(), parts.next()) {
        (Some(_), Some("listings"), Some(code), None) => ListingCode::parse(code),
        _ => None,
    }
}

/// The cookie that remembers a home as seen, for a guest.
fn seen(shared: &Shared, saved: &Saved, code: &ListingCode) -> Option<HeaderValue> {
    let mut saved = saved.clone();
    saved.see(code).then(|| super::saved::cookie(shared, &saved)).flatten()
}

/// `:city` of the application is `{city}` of the server.
pub(super) fn axum_path(path: &str) -> String {
    let parts = path.split('/').map(|part| match part.strip_prefix(':') {
        Some(name) => format!("{{{name}}}"),
        None => part.to_owned(),
    });
    match parts.collect::<Vec<_>>().join("/") {
        path if path.is_empty() => "/".to_owned(),
        path => path,
    }
}

#[cfg(test)]
mod tests {
    use super::axum_path;

    #[test]
    fn only_the_host_of_the_map_is_let_in() {
        let policy = |tiles| super::policy("n", Some(tiles));
        assert!(
            policy("https://tiles.example/{z}/{x}/{y}.png").contains("img-src 'self' https://tiles.example data:")
        );
        for bad in ["javascript:alert(1)", "https://a b;script-src */", "//x/{z}", ""] {
            assert_eq!(policy(bad), super::policy("n", None), "{bad}");
        }
    }

    #[test]
    fn parameters_of_both_routers_match() {
        assert_eq!(axum_path("/:city/listings/:code"), "/{city}/listings/{code}");
        assert_eq!(axum_path(""), "/");
    }
}

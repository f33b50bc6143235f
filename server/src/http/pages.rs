//! Pages: rendered by leptos with the firm and the visit in its context, sent with a policy for their nonce.

use super::session::PRIVATE;
use super::{Shared, authz, guests};
use app::shell::rpc::Caller;
use app::shell::watch::AsOf;
use app::shell::{HeadSlot, Returned, Visit};
use app::{App, document};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use domain::ListingCode;
use domain::saved::Saved;
use http::header::{CACHE_CONTROL, CONTENT_LENGTH, CONTENT_SECURITY_POLICY, SET_COOKIE, VARY};
use http::{HeaderValue, StatusCode};
use leptos::nonce::use_nonce;
use leptos::prelude::provide_context;
use leptos_axum::{ResponseOptions, generate_route_list, render_app_async_with_context};

/// No page is larger.
pub(super) const PAGE_BYTES: usize = 8 << 20;

/// Adds the pages of the application that are for everybody, or those that are not.
pub(super) fn add(router: Router<Shared>, public: bool) -> Router<Shared> {
    generate_route_list(App)
        .into_iter()
        .map(|listing| axum_path(listing.path()))
        .filter(|path| authz::is_public("GET", path) == public)
        .fold(router, |router, path| router.route(&path, get(guests::page)))
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
    let seen = home.as_ref().filter(|_| client.is_none()).and_then(|_| seen(&shared, &saved, &href));
    let kept_by = client.zip(home).map(|(client, code)| (shared.services.clone(), client, code));
    let (tiles, drawn) = (shared.tiles.clone(), shared.drawn.clone());
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
        provide_context(drawn.clone());
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
    match to_bytes(body, PAGE_BYTES).await {
        Ok(bytes) => {
            parts.headers.remove(CONTENT_LENGTH);
            if let Some((services, client, code)) = kept_by.filter(|_| parts.status.is_success())
                && let Err(error) = services::client::saved::see(&services, &client, &code).await
            {
                tracing::warn!(%error, "a home that was seen was not remembered");
            }
            if let Some(cookie) = seen.filter(|_| parts.status.is_success()) {
                parts.headers.append(SET_COOKIE, cookie);
            }
            Response::from_parts(parts, Body::from(headed(&bytes, &head.take())))
        }
        Err(error) => {
            tracing::error!(%error, "a page could not be rendered");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

/// The document with its head in the place that was left for it, near the beginning.
fn headed(document: &[u8], head: &str) -> Vec<u8> {
    let mark = HeadSlot::MARK.as_bytes();
    let at = document.windows(mark.len()).position(|piece| piece == mark);
    let (before, after) = at.map_or((document, &[][..]), |at| (&document[..at], &document[at + mark.len()..]));
    let mut whole = Vec::with_capacity(document.len() + head.len());
    whole.extend(before);
    if at.is_some() {
        whole.extend(head.as_bytes());
    }
    whole.extend(after);
    whole
}

/// The policy of a page. Where a provider of map pictures is configured, they may be loaded from its host.
pub(super) fn policy(nonce: &str, tiles: Option<&str>) -> String {
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
pub(super) fn seen(shared: &Shared, saved: &Saved, href: &str) -> Option<HeaderValue> {
    let (code, mut saved) = (home(href)?, saved.clone());
    saved.see(&code).then(|| super::saved::cookie(shared, &saved)).flatten()
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

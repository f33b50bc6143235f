//! The security headers on every answer.

use axum::http::header::{
    CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY, STRICT_TRANSPORT_SECURITY, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::Response;

/// Content policy of a worker script: a worker obeys the policy of its own file, and the default
/// for files would keep it from fetching anything.
pub const WORKER_CSP: &str = "default-src 'none'; script-src 'self'; connect-src 'self'";

/// What a file may do when it is opened by itself: nothing.
const FILE_CSP: &str = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/// A page that brought no policy is a plain one: it may look like ours and post to us, but run nothing.
const PLAIN_PAGE_CSP: &str = "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; \
                              form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

/// One year, the least that counts as permanent (OWASP ASVS 5.0, 3.4.1).
const HSTS: &str = "max-age=31536000; includeSubDomains";

const PERMISSIONS: &str = "accelerometer=(self), autoplay=(self), camera=(), display-capture=(), fullscreen=(self), \
                           geolocation=(self), gyroscope=(self), microphone=(), midi=(), payment=(), usb=()";

static ALWAYS: [(HeaderName, HeaderValue); 5] = [
    (X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    (REFERRER_POLICY, HeaderValue::from_static("strict-origin-when-cross-origin")),
    (HeaderName::from_static("permissions-policy"), HeaderValue::from_static(PERMISSIONS)),
    (HeaderName::from_static("cross-origin-opener-policy"), HeaderValue::from_static("same-origin")),
    (HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("same-origin")),
];

/// Content policy of a page whose own scripts carry `nonce`, drawn anew for every answer.
pub fn page_csp(nonce: &str) -> String {
    format!(
        "default-src 'none'; script-src 'nonce-{nonce}' 'strict-dynamic' 'wasm-unsafe-eval'; style-src 'self'; \
         img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; media-src 'self'; manifest-src 'self'; \
         worker-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    )
}

/// Puts the headers on an answer; what the handler set itself stays.
pub(crate) fn seal(response: &mut Response, secure: bool) {
    let status = response.status();
    let headers = response.headers_mut();
    for (name, value) in &ALWAYS {
        headers.entry(name).or_insert_with(|| value.clone());
    }
    if secure {
        headers.entry(STRICT_TRANSPORT_SECURITY).or_insert(HeaderValue::from_static(HSTS));
    }
    if status == StatusCode::NOT_MODIFIED {
        // A browser would put this header over the cached page, whose nonce is another one.
        headers.remove(CONTENT_SECURITY_POLICY);
    } else if !headers.contains_key(CONTENT_SECURITY_POLICY) {
        let policy = if is_html(headers) { PLAIN_PAGE_CSP } else { FILE_CSP };
        headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
    }
    unframed(headers);
    named_charset(headers);
}

/// No answer is shown inside a page of somebody else, whatever policy its handler wrote.
fn unframed(headers: &mut HeaderMap) {
    let Some(policy) = headers.get(CONTENT_SECURITY_POLICY).and_then(|policy| policy.to_str().ok()) else { return };
    if !policy.contains("frame-ancestors")
        && let Ok(whole) = HeaderValue::from_str(&format!("{policy}; frame-ancestors 'none'"))
    {
        headers.insert(CONTENT_SECURITY_POLICY, whole);
    }
}

/// Every text of ours is UTF-8, and says so: what guesses may read markup where there is none. JSON has no charset
/// (RFC 8259).
fn named_charset(headers: &mut HeaderMap) {
    let Some(kind) = headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()) else { return };
    let text = kind.starts_with("text/") || kind.starts_with("image/svg+xml") || kind.ends_with("/xml");
    if text
        && !kind.contains("charset=")
        && let Ok(whole) = HeaderValue::from_str(&format!("{kind}; charset=utf-8"))
    {
        headers.insert(CONTENT_TYPE, whole);
    }
}

fn is_html(headers: &HeaderMap) -> bool {
    headers.get(CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Body;

    fn sealed(response: Response<Body>, secure: bool) -> HeaderMap {
        let mut response = response;
        seal(&mut response, secure);
        response.headers().clone()
    }

    fn answer() -> axum::http::response::Builder {
        Response::builder()
    }

    #[test]
    fn hsts_is_said_only_over_https() {
        let plain = sealed(answer().body(Body::empty()).unwrap(), false);
        let secure = sealed(answer().body(Body::empty()).unwrap(), true);
        assert!(!plain.contains_key(STRICT_TRANSPORT_SECURITY));
        assert_eq!(secure[STRICT_TRANSPORT_SECURITY], HSTS);
        assert_eq!(plain[X_CONTENT_TYPE_OPTIONS], "nosniff");
    }

    #[test]
    fn a_page_keeps_its_own_policy_and_others_get_a_strict_one() {
        let own =
            sealed(answer().header(CONTENT_SECURITY_POLICY, page_csp("abc")).body(Body::empty()).unwrap(), false);
        let bare_page = sealed(answer().header(CONTENT_TYPE, "text/html").body(Body::empty()).unwrap(), false);
        let json = sealed(answer().header(CONTENT_TYPE, "application/json").body(Body::empty()).unwrap(), false);
        assert!(own[CONTENT_SECURITY_POLICY].to_str().unwrap().contains("'nonce-abc'"));
        assert!(!bare_page[CONTENT_SECURITY_POLICY].to_str().unwrap().contains("script-src"));
        assert_eq!(json[CONTENT_SECURITY_POLICY], FILE_CSP);
    }

    #[test]
    fn no_answer_may_be_framed_and_every_text_names_its_charset() {
        let drawn = sealed(
            answer()
                .header(CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox")
                .header(CONTENT_TYPE, "image/svg+xml")
                .body(Body::empty())
                .unwrap(),
            false,
        );
        assert_eq!(drawn[CONTENT_SECURITY_POLICY], "default-src 'none'; sandbox; frame-ancestors 'none'");
        assert_eq!(drawn[CONTENT_TYPE], "image/svg+xml; charset=utf-8");
        for (kind, said) in [
            ("text/plain", "text/plain; charset=utf-8"),
            ("application/xml", "application/xml; charset=utf-8"),
            ("text/csv; charset=utf-8", "text/csv; charset=utf-8"),
            ("application/json", "application/json"),
            ("image/png", "image/png"),
        ] {
            let headers = sealed(answer().header(CONTENT_TYPE, kind).body(Body::empty()).unwrap(), false);
            assert_eq!(headers[CONTENT_TYPE], said);
            assert!(headers[CONTENT_SECURITY_POLICY].to_str().unwrap().contains("frame-ancestors 'none'"), "{kind}");
        }
    }

    #[test]
    fn not_modified_carries_no_policy() {
        let unchanged = answer().status(304).header(CONTENT_SECURITY_POLICY, page_csp("abc")).body(Body::empty());
        assert!(!sealed(unchanged.unwrap(), true).contains_key(CONTENT_SECURITY_POLICY));
    }

    #[test]
    fn a_handler_may_tighten_a_header() {
        let own = answer().header(REFERRER_POLICY, "no-referrer").body(Body::empty()).unwrap();
        assert_eq!(sealed(own, false)[REFERRER_POLICY], "no-referrer");
    }
}

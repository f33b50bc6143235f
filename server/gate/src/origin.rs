//! Nobody else's page may act in a visitor's name: the check on everything that writes.

use axum::extract::Request;
use axum::http::header::{COOKIE, HOST, ORIGIN, UPGRADE};
use axum::http::{HeaderMap, HeaderValue, Method};

use crate::GateConfig;

/// Whether the request may go on: it only reads, or it comes from our own page, or from a program
/// that carries nobody's cookie.
///
/// Browsers write `Sec-Fetch-Site` and `Origin` themselves and no page can change them.
pub(crate) fn allowed(request: &Request, cfg: &GateConfig) -> bool {
    let headers = request.headers();
    if !writes(request.method()) && !headers.contains_key(UPGRADE) {
        return true;
    }
    match (headers.get("sec-fetch-site"), headers.get(ORIGIN)) {
        (None, None) => !headers.contains_key(COOKIE),
        (site, origin) => {
            site.is_some_and(|site| site == "same-origin" || site == "none")
                || origin.is_some_and(|origin| own(origin, request, cfg))
        }
    }
}

/// Whether a browser says that a page of our own, or the person at the address bar, asks: for what only reads but is
/// written down, such as a download of personal data. Programs say nothing of it and are let through, having no cookie
/// of anybody's.
pub fn asked_here(headers: &HeaderMap) -> bool {
    headers.get("sec-fetch-site").is_none_or(|site| site == "same-origin" || site == "none")
}

/// Whether a method may change something: all but those the standard calls safe.
pub(crate) fn writes(method: &Method) -> bool {
    !method.is_safe()
}

fn own(origin: &HeaderValue, request: &Request, cfg: &GateConfig) -> bool {
    let Ok(origin) = origin.to_str() else { return false };
    if cfg.public_origin.as_ref().is_some_and(|own| own.trim_end_matches('/').eq_ignore_ascii_case(origin)) {
        return true;
    }
    // Over HTTPS, a page of the same name got by plain HTTP may be anyone's.
    let place = origin.strip_prefix("https://").or_else(|| origin.strip_prefix("http://").filter(|_| !cfg.secure()));
    let host = match request.uri().authority() {
        Some(authority) => Some(authority.as_str()),
        None => request.headers().get(HOST).and_then(|host| host.to_str().ok()),
    };
    place.zip(host).is_some_and(|(place, host)| place.eq_ignore_ascii_case(host))
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Body;

    fn passes(method: &str, headers: &[(&str, &str)], public_origin: Option<&str>) -> bool {
        let mut cfg = GateConfig::at(([127, 0, 0, 1], 0).into());
        cfg.public_origin = public_origin.map(String::from);
        let mut request = Request::builder().method(method).uri("/x").header("host", "menpai.cn");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        allowed(&request.body(Body::empty()).unwrap(), &cfg)
    }

    #[test]
    fn another_sites_page_may_read_but_not_write() {
        let foreign = [("sec-fetch-site", "cross-site"), ("origin", "https://evil.cn")];
        assert!(passes("GET", &foreign, None));
        for method in ["POST", "PUT", "PATCH", "DELETE", "PURGE"] {
            assert!(!passes(method, &foreign, None), "{method}");
        }
        assert!(!passes("POST", &[("sec-fetch-site", "same-site")], None));
        assert!(!passes("POST", &[("origin", "null")], None));
        assert!(!passes("POST", &[("origin", "https://menpai.cn.evil.cn")], None));
    }

    #[test]
    fn another_sites_page_may_not_open_a_web_socket() {
        assert!(!passes("GET", &[("upgrade", "websocket"), ("origin", "https://evil.cn")], None));
        assert!(passes("GET", &[("upgrade", "websocket"), ("origin", "https://menpai.cn")], None));
    }

    #[test]
    fn our_own_page_may_write() {
        assert!(passes("POST", &[("sec-fetch-site", "same-origin"), ("cookie", "s=1")], None));
        assert!(passes("POST", &[("sec-fetch-site", "none")], None));
        assert!(passes("POST", &[("origin", "http://Menpai.cn")], None));
    }

    #[test]
    fn the_public_origin_counts_when_a_proxy_rewrites_the_host() {
        let origin = [("origin", "https://www.menpai.cn")];
        assert!(!passes("POST", &origin, None));
        assert!(passes("POST", &origin, Some("https://www.menpai.cn/")));
    }

    #[test]
    fn over_https_the_same_name_by_plain_http_is_another_site() {
        assert!(!passes("POST", &[("origin", "http://menpai.cn")], Some("https://www.menpai.cn")));
        assert!(passes("POST", &[("origin", "https://menpai.cn")], Some("https://www.menpai.cn")));
    }

    #[test]
    fn a_program_may_write_only_without_a_cookie() {
        assert!(passes("POST", &[], None));
        assert!(!passes("POST", &[("cookie", "s=1")], None));
    }
}

//! What a page knows of the request that asked for it.

use domain::{Lang, Theme};
use http::HeaderMap;
use http::header::{ACCEPT_LANGUAGE, COOKIE};
use leptos::prelude::*;
use std::sync::{Arc, Mutex, PoisonError};

/// How this visitor reads: language and theme, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Visit {
    /// Cookie `lang`, then `Accept-Language`, then Chinese.
    pub lang: Lang,
    /// Cookie `theme`; without one the system decides.
    pub theme: Option<Theme>,
    /// Path and query asked for.
    pub href: String,
    /// Scheme and host the page is served under, for addresses that leave the page.
    pub origin: String,
}

impl Visit {
    /// Reads the headers of a request.
    pub fn read(headers: &HeaderMap, href: &str, origin: &str) -> Self {
        let accept = headers.get(ACCEPT_LANGUAGE).and_then(|v| v.to_str().ok()).unwrap_or("");
        let lang = preference(headers, "lang").and_then(Lang::from_code).or_else(|| Lang::from_accept(accept));
        Self {
            lang: lang.unwrap_or(Lang::Zh),
            theme: preference(headers, "theme").and_then(Theme::from_code),
            href: href.to_owned(),
            origin: origin.to_owned(),
        }
    }

    /// The visit of the request being answered.
    pub fn current() -> Self {
        expect_context::<Self>()
    }
}

impl Visit {
    /// A field of the query, as it was sent.
    pub(crate) fn query(&self, name: &str) -> String {
        let query = self.href.split_once('?').map_or("", |(_, query)| query);
        let found = form_urlencoded::parse(query.as_bytes()).find(|(n, _)| n == name);
        found.map(|(_, value)| value.into_owned()).unwrap_or_default()
    }

    /// The path without the query.
    pub(crate) fn path(&self) -> &str {
        self.href.split('?').next().unwrap_or_default()
    }
}

/// Begins the name of a cookie that a browser takes over HTTPS alone, for this host alone and for every path.
pub const HOST_PREFIX: &str = "__Host-";

/// What follows name and value of a cookie that is kept in this browser for so many seconds, 0 to take it away; with the
/// name it has to have.
pub fn kept_cookie(secure: bool, name: &str, value: &str, seconds: u32) -> String {
    let (prefix, rule) = if secure { (HOST_PREFIX, "; Secure") } else { ("", "") };
    format!("{prefix}{name}={value}; Path=/; Max-Age={seconds}; SameSite=Lax; HttpOnly{rule}")
}

/// A path of our own, or nothing: `//elsewhere` and `/\elsewhere` would leave the site.
pub fn own_path(path: &str) -> Option<&str> {
    let own = path.starts_with('/')
        && !path[1..].starts_with(['/', '\\'])
        && path.is_ascii()
        && !path.bytes().any(|b| b.is_ascii_control());
    own.then_some(path)
}

/// Where a page leaves what belongs into the head of its document. A page is known only after its data was read,
/// when the head is written already; the server puts this in its place before anything is sent.
#[derive(Clone, Debug, Default)]
pub struct HeadSlot(Arc<Mutex<String>>);

impl HeadSlot {
    /// Stands in the head until the page is known.
    pub const MARK: &str = "<meta name=\"head-of-the-page\">";

    /// Leaves the head of the page.
    pub fn put(&self, html: String) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = html;
    }

    /// What the page left.
    pub fn take(&self) -> String {
        std::mem::take(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// The cookie of a preference. Over HTTPS it is written with the prefix that keeps other hosts of the domain from setting
/// it; what was kept without one goes on until then.
fn preference<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    cookie(headers, &format!("{HOST_PREFIX}{name}")).or_else(|| cookie(headers, name))
}

fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let pairs = headers.get_all(COOKIE).iter().filter_map(|v| v.to_str().ok()).flat_map(|v| v.split(';'));
    pairs.filter_map(|pair| pair.trim().split_once('=')).find(|(n, _)| *n == name).map(|(_, value)| value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_back_never_leaves_the_site() {
        assert_eq!(own_path("/ningbo/listings?rooms=2"), Some("/ningbo/listings?rooms=2"));
        for evil in ["//evil.example", "/\\evil.example", "https://evil.example", "", "/a\r\nb", "/宁波"] {
            assert_eq!(own_path(evil), None, "{evil}");
        }
    }

    #[test]
    fn a_query_is_read_field_by_field() {
        let visit = Visit { href: "/staff?q=%E6%9E%97+%26&after=".into(), ..visit(&[]) };
        assert_eq!((visit.query("q").as_str(), visit.query("after").as_str(), visit.path()), ("林 &", "", "/staff"));
        assert_eq!(visit.query("x"), "");
    }

    fn visit(headers: &[(&'static str, &'static str)]) -> Visit {
        let headers = headers.iter().map(|(n, v)| (n.parse().unwrap(), v.parse().unwrap())).collect();
        Visit::read(&headers, "/", "http://localhost")
    }

    #[test]
    fn the_cookie_outranks_the_browser_and_chinese_is_the_default() {
        assert_eq!(visit(&[]).lang, Lang::Zh);
        assert_eq!(visit(&[("accept-language", "en")]).lang, Lang::En);
        assert_eq!(visit(&[("accept-language", "en"), ("cookie", "a=b; lang=zh-CN")]).lang, Lang::Zh);
        assert_eq!(visit(&[("cookie", "lang=klingon; theme=dark")]).theme, Some(Theme::Dark));
        let both = visit(&[("cookie", "lang=zh-CN; __Host-lang=en; theme=light; __Host-theme=dark")]);
        assert_eq!((both.lang, both.theme), (Lang::En, Some(Theme::Dark)), "what no other host can set counts");
    }

    #[test]
    fn a_kept_cookie_is_bound_to_this_host_and_to_https() {
        assert_eq!(
            kept_cookie(true, "lang", "en", 60),
            "__Host-lang=en; Path=/; Max-Age=60; SameSite=Lax; HttpOnly; Secure"
        );
        assert_eq!(kept_cookie(false, "lang", "", 0), "lang=; Path=/; Max-Age=0; SameSite=Lax; HttpOnly");
    }
}

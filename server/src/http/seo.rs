//! What is not for readers: robots, sitemaps, feeds, share pictures.

use super::{Shared, origin};
use app::portal::listing::{feed, share_words};
use app::shell::Visit;
use axum::extract::{Path, RawQuery, State};
use axum::response::{IntoResponse, Response};
use domain::{Error, ListingCode, Slug};
use http::header::{CACHE_CONTROL, CONTENT_TYPE, VARY};
use http::{HeaderMap, HeaderName, StatusCode};
use services::search::{read_query, search};
use services::sitemap::{Part, part, parts};
use services::{Moment, Scope, share};
use std::fmt::Write as _;

/// Entries of a feed.
const ENTRIES: usize = 50;
const XML: &str = "application/xml; charset=utf-8";
const HOUR: &str = "public, max-age=3600";

/// `GET /robots.txt`
pub(super) async fn robots(State(shared): State<Shared>, headers: HeaderMap) -> Response {
    let origin = origin(&shared, &headers);
    let text = format!(
        "User-agent: *\nDisallow: /api/\nDisallow: /preferences\nDisallow: /saved\nDisallow: /compare\n\
         Disallow: /live\nSitemap: {origin}/sitemap.xml\n"
    );
    ([(CONTENT_TYPE, "text/plain; charset=utf-8"), (CACHE_CONTROL, HOUR)], text).into_response()
}

/// `GET /sitemap.xml`: the index, one file a district.
pub(super) async fn index(State(shared): State<Shared>, headers: HeaderMap) -> Response {
    let origin = origin(&shared, &headers);
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    for Part { place: (city, district), number } in parts(&shared.services, Moment::now()) {
        let _ = writeln!(xml, "<sitemap><loc>{origin}/sitemaps/{city}/{district}-{number}.xml</loc></sitemap>");
    }
    xml.push_str("</sitemapindex>\n");
    ([(CONTENT_TYPE, XML), (CACHE_CONTROL, HOUR)], xml).into_response()
}

/// `GET /sitemaps/{city}/{district}-{n}.xml`: the district's gallery and its homes.
pub(super) async fn map(
    State(shared): State<Shared>,
    Path((city, file)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response {
    let origin = origin(&shared, &headers);
    let named = file.strip_suffix(".xml").and_then(|name| name.rsplit_once('-')).and_then(|(district, number)| {
        Some(Part { place: (Slug::parse(&city)?, Slug::parse(district)?), number: number.parse().ok()? })
    });
    let Some(asked) = named else { return StatusCode::NOT_FOUND.into_response() };
    match part(&shared.services, &asked).await {
        Ok(homes) => {
            let (city, district) = &asked.place;
            let mut xml = String::from(
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
            );
            let _ = writeln!(xml, "<url><loc>{origin}/{city}/listings?district={district}</loc></url>");
            for (code, day) in homes {
                let _ =
                    writeln!(xml, "<url><loc>{origin}/{city}/listings/{code}</loc><lastmod>{day}</lastmod></url>");
            }
            xml.push_str("</urlset>\n");
            ([(CONTENT_TYPE, XML), (CACHE_CONTROL, HOUR)], xml).into_response()
        }
        Err(error) => refused(&error),
    }
}

/// `GET /{city}/listings/feed.xml`: the newest homes of any search, as Atom.
pub(super) async fn atom(
    State(shared): State<Shared>,
    Path(city): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    let origin = origin(&shared, &headers);
    let lang = Visit::read(&headers, "", "").lang;
    let (Some(city), mut filter) = (Slug::parse(&city), read_query(&query.unwrap_or_default()).filter.first_page())
    else {
        return StatusCode::NOT_FOUND.into_response();
    };
    (filter.city, filter.sort) = (Some(city), None);
    let now = Moment::now();
    match search(&shared.services, &Scope::public(), &filter, ENTRIES, now).await {
        Ok(page) => (
            [
                (CONTENT_TYPE, "application/atom+xml; charset=utf-8"),
                (CACHE_CONTROL, "public, max-age=300"),
                (VARY, "cookie, accept-language"),
            ],
            feed(lang, &page, &origin, now.day()),
        )
            .into_response(),
        Err(error) => refused(&error),
    }
}

/// `GET /share/{code}.png`: for whoever shows links; other sites may embed it.
pub(super) async fn picture(State(shared): State<Shared>, Path(file): Path<String>, headers: HeaderMap) -> Response {
    let lang = Visit::read(&headers, "", "").lang;
    let Some(code) = file.strip_suffix(".png").and_then(ListingCode::parse) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    match share::png(&shared.services, &code, lang, Moment::now(), |card| share_words(lang, card)).await {
        Ok(png) => (
            [
                (CONTENT_TYPE, "image/png"),
                (CACHE_CONTROL, "public, max-age=86400"),
                (VARY, "cookie, accept-language"),
                (HeaderName::from_static("cross-origin-resource-policy"), "cross-origin"),
            ],
            png.to_vec(),
        )
            .into_response(),
        Err(error) => refused(&error),
    }
}

fn refused(error: &Error) -> Response {
    StatusCode::from_u16(error.status()).unwrap_or(StatusCode::NOT_FOUND).into_response()
}

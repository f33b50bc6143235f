//! The bill of a home as a table.

use super::Shared;
use app::portal::loan::bill_csv;
use app::shell::Visit;
use axum::extract::{Path, RawQuery, State};
use axum::response::{IntoResponse, Response};
use domain::loan::Rules;
use domain::{Error, ListingCode};
use http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE, VARY};
use http::{HeaderMap, StatusCode};
use services::{Moment, Scope, listing, loan};

/// `GET /{city}/listings/{code}/bill.csv`: the same query string as the page.
pub(super) async fn table(
    State(shared): State<Shared>,
    Path((city, code)): Path<(String, String)>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    let (lang, now) = (Visit::read(&headers, "", "").lang, Moment::now());
    let found = match ListingCode::parse(&code) {
        Some(code) => listing::page(&shared.services, &Scope::public(), &code, now).await,
        None => Err(Error::NotFound),
    };
    match found {
        Ok(page) if page.detail.card.city.slug.as_str() == city => {
            let rules = Rules::on(now.day());
            let (terms, _) = loan::read_terms(&query.unwrap_or_default(), rules);
            (
                [
                    (CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
                    (CONTENT_DISPOSITION, format!("attachment; filename=\"bill-{code}.csv\"")),
                    (CACHE_CONTROL, "no-cache".to_owned()),
                    (VARY, "cookie, accept-language".to_owned()),
                ],
                bill_csv(lang, &page.detail.card, &terms, rules),
            )
                .into_response()
        }
        Ok(_) => StatusCode::NOT_FOUND.into_response(),
        Err(error) => StatusCode::from_u16(error.status()).unwrap_or(StatusCode::NOT_FOUND).into_response(),
    }
}

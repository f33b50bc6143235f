//! Listings: the JSON twin of the gallery.

use super::{Problem, parameters, problem};
use crate::http::Shared;
use axum::Json;
use axum::extract::{RawQuery, State};
use axum::response::{IntoResponse, Response};
use domain::listing::{Card, Facets, Filter, Summary};
use domain::{Error, ListingCode};
use http::header::CACHE_CONTROL;
use serde::Serialize;
use services::search::{PAGE, by_code, read_query, search};
use services::{Moment, Scope};

/// The answer of `GET /api/v1/listings`.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub(super) struct Listings {
    /// Homes that fit.
    total: u32,
    /// Whether `total` was counted to the end.
    total_is_exact: bool,
    /// Counts of every choice.
    #[schema(value_type = Object)]
    facets: Facets,
    /// Medians over all that fit.
    #[schema(value_type = Object)]
    summary: Summary,
    /// The homes of this page.
    #[schema(value_type = Vec<Object>)]
    items: Vec<Card>,
    /// The query string of the next page; `null` on the last.
    next: Option<String>,
    /// Words of `q` that name nothing and were passed over.
    unknown_words: Vec<String>,
}

/// `GET /api/v1/listings`: the same query string as the gallery, and `city`; without one, all cities. Unknown
/// fields and values are refused, so that a caller notices a misspelt condition; so is one that comes twice, unless it
/// takes several values. An empty one counts as not told.
#[utoipa::path(
    get,
    path = "/api/v1/listings",
    params(
        ("city" = Option<String>, Query, description = "A city's pinyin, such as shanghai; without one, all cities", pattern = "^[a-z0-9-]{0,64}$"),
        ("rooms" = Option<String>, Query, description = "Rooms, several joined by commas: 2,3", pattern = "^([1-4](,[1-4]){0,3})?$"),
        ("price_min" = Option<String>, Query, description = "Lowest price in 万元", pattern = "^([1-9][0-9]{0,3})?$"),
        ("price_max" = Option<String>, Query, description = "Highest price in 万元", pattern = "^([1-9][0-9]{0,3})?$"),
        ("q" = Option<String>, Query, description = "Words, names or pinyin initials; or the code of one home"),
        ("sort" = Option<String>, Query, description = "Order; a hyphen in front turns it round", pattern = "^(newest|-?price|-?unit|-?area|cut|value)?$"),
        ("exact" = Option<String>, Query, description = "1 counts beyond 1,000", pattern = "^1?$"),
        ("after" = Option<String>, Query, description = "From `next` of the page before", pattern = "^(-?[0-9]{1,9}_[0-9]{1,9}_[0-9]{1,6})?$"),
    ),
    responses(
        (status = 200, body = Listings),
        (status = 404, description = "A city that nothing is known of", body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn listings(State(shared): State<Shared>, RawQuery(query): RawQuery) -> Response {
    let query = query.unwrap_or_default();
    if let Err(error) = parameters(&query, Filter::is_list) {
        return problem(&error);
    }
    let parsed = read_query(&query);
    if !parsed.problems.is_empty() {
        return problem(&Error::Invalid { fields: parsed.problems });
    }
    let (scope, at) = (Scope::public(), Moment::now());
    let found = async {
        let mut page = search(&shared.services, &scope, &parsed.filter, PAGE, at).await?;
        if let Some(code) = ListingCode::parse(&parsed.filter.q.trim().to_ascii_uppercase()) {
            page.items = by_code(&shared.services, &scope, &code, at).await?.into_iter().collect();
            (page.total, page.next) = (u32::from(!page.items.is_empty()), None);
            page.unknown_words.retain(|_| page.items.is_empty());
        }
        Ok(page)
    };
    match found.await {
        Ok(page) => {
            let next = page.next.map(|filter| {
                let city = filter.city.as_ref().map(|c| format!("city={c}&")).unwrap_or_default();
                format!("{city}{}", filter.query())
            });
            let answer = Listings {
                total: page.total,
                total_is_exact: page.total_is_exact,
                facets: page.facets,
                summary: page.summary,
                items: page.items,
                next,
                unknown_words: page.unknown_words,
            };
            ([(CACHE_CONTROL, "no-cache")], Json(answer)).into_response()
        }
        Err(error) => problem(&error),
    }
}

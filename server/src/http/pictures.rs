//! Pictures of homes.

use super::Shared;
use app::shell::Visit;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use domain::listing::Media;
use domain::{Error, ListingCode};
use http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, VARY};
use http::{HeaderMap, StatusCode};
use services::{Moment, picture, tour};

/// `GET /pictures/{code}/{picture}.svg`. A drawing is opened without any right: no script, no style sheet.
pub(super) async fn picture(
    State(shared): State<Shared>,
    Path((code, file)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response {
    if let Some(key) = file.strip_suffix("-360.png") {
        return around(&shared, &code, key).await;
    }
    let lang = Visit::read(&headers, "", "").lang;
    match draw(&shared, &code, &file, lang).await {
        Ok(svg) => (
            [
                (CONTENT_TYPE, "image/svg+xml; charset=utf-8"),
                (CACHE_CONTROL, "public, max-age=86400"),
                (VARY, "cookie, accept-language"),
                (CONTENT_SECURITY_POLICY, "default-src 'none'; style-src 'none'; frame-ancestors 'none'; sandbox"),
            ],
            svg.to_string(),
        )
            .into_response(),
        Err(error) => StatusCode::from_u16(error.status()).unwrap_or(StatusCode::NOT_FOUND).into_response(),
    }
}

/// `GET /pictures/{code}/{picture}-360.png`
async fn around(shared: &Shared, code: &str, key: &str) -> Response {
    let drawn = match (ListingCode::parse(code), Media::parse_key(key)) {
        (Some(code), Some((kind, nth))) => tour::panorama(&shared.services, &code, kind, nth, Moment::now()).await,
        _ => Err(Error::NotFound),
    };
    match drawn {
        Ok(png) => {
            ([(CONTENT_TYPE, "image/png"), (CACHE_CONTROL, "public, max-age=86400")], png.to_vec()).into_response()
        }
        Err(error) => StatusCode::from_u16(error.status()).unwrap_or(StatusCode::NOT_FOUND).into_response(),
    }
}

async fn draw(shared: &Shared, code: &str, file: &str, lang: domain::Lang) -> Result<std::sync::Arc<str>, Error> {
    let code = ListingCode::parse(code).ok_or(Error::NotFound)?;
    let key = file.strip_suffix(".svg").ok_or(Error::NotFound)?;
    if key == "cover" {
        return picture::cover(&shared.services, &code, lang, Moment::now()).await;
    }
    let (kind, nth) = Media::parse_key(key).ok_or(Error::NotFound)?;
    picture::svg(&shared.services, &code, kind, nth, lang, Moment::now()).await
}

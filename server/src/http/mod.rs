//! What is served: pages, the public API, pictures, assets, the live channel.

pub mod api;
pub mod live;

mod assets;
mod bill;
mod pages;
mod pictures;
mod preferences;
mod sale;
mod saved;
mod seo;

use app::portal::listing::Tiles;
use axum::Router;
use axum::extract::FromRef;
use axum::routing::{get, post};
use leptos::config::LeptosOptions;
use services::Services;
use std::time::Duration;

pub use assets::leptos_options;

/// What the handlers share.
#[derive(Clone, Debug)]
pub struct Shared {
    /// The open firm.
    pub services: Services,
    /// Where leptos finds its bundle.
    pub options: LeptosOptions,
    /// The address the site is known under, for links that leave it; without one the `Host` header.
    pub public_origin: Option<String>,
    /// Where the pictures of the map come from.
    pub tiles: Tiles,
}

impl FromRef<Shared> for LeptosOptions {
    fn from_ref(shared: &Shared) -> Self {
        shared.options.clone()
    }
}

/// Scheme and host the site is served under, for addresses that leave it.
pub(crate) fn origin(shared: &Shared, headers: &http::HeaderMap) -> String {
    shared.public_origin.clone().unwrap_or_else(|| {
        let host = headers.get(http::header::HOST).and_then(|h| h.to_str().ok()).unwrap_or("localhost");
        format!("http://{host}")
    })
}

/// Every route but the live channel, the health checks and the metrics, which the command adds.
pub fn router(shared: Shared) -> Router {
    // Pages and pictures of the public wait for each other, never for the rest of the house.
    let public = gate::pool("public", 64, Duration::from_secs(2));
    let open = Router::new()
        .route("/api/v1/listings", get(api::listings))
        .route("/{city}/listings/{code}/bill.csv", get(bill::table))
        .route("/{city}/listings/feed.xml", get(seo::atom))
        .route("/robots.txt", get(seo::robots))
        .route("/saved", post(saved::save))
        .route("/share/{file}", get(seo::picture))
        .route("/sitemap.xml", get(seo::index))
        .route("/sitemaps/{city}/{file}", get(seo::map))
        .route("/pictures/{code}/{file}", get(pictures::picture))
        .route("/preferences", post(preferences::save));
    pages::add(open, &shared).layer(public).fallback(assets::serve).with_state(shared)
}

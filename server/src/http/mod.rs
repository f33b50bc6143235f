//! What is served: pages, the public API, pictures, assets, the live channel.

pub mod api;
pub mod live;

mod assets;
mod authz;
mod bill;
mod copy;
mod files;
mod functions;
mod guests;
mod kept_page;
mod kept_pages;
mod pages;
mod pictures;
mod preferences;
mod range;
mod sale;
mod saved;
mod seo;
mod session;
mod stored;
mod upload;

use app::portal::listing::{Drawn, Tiles};
use axum::Router;
use axum::extract::FromRef;
use axum::middleware::from_fn_with_state;
use axum::routing::{MethodRouter, get, post};
use leptos::config::LeptosOptions;
use services::Services;
use std::time::Duration;

pub use assets::leptos_options;
pub(crate) use upload::allowances;

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
    /// Cards of homes that were drawn lately.
    pub drawn: Drawn,
    /// Public pages of guests.
    pub pages: std::sync::Arc<kept_pages::Pages>,
    /// Whether people reach the server over HTTPS, here or at the proxy in front.
    pub secure: bool,
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
        format!("{}://{host}", if shared.secure { "https" } else { "http" })
    })
}

/// Routes that are neither pages nor functions.
fn others() -> [(&'static str, &'static str, MethodRouter<Shared>); 19] {
    [
        ("GET", "/api/v1/listings", get(api::listings)),
        ("GET", "/api/v1/openapi.json", get(api::openapi)),
        ("POST", "/api/v1/sales", post(api::sales)),
        ("GET", "/api/v1/staff", get(api::staff)),
        ("GET", "/{city}/listings/{code}/bill.csv", get(bill::table)),
        ("GET", "/{city}/listings/feed.xml", get(seo::atom)),
        ("GET", "/robots.txt", get(seo::robots)),
        ("GET", "/share/{file}", get(seo::picture)),
        ("GET", "/sitemap.xml", get(seo::index)),
        ("GET", "/sitemaps/{city}/{file}", get(seo::map)),
        ("POST", "/saved", post(saved::save)),
        ("POST", "/sell", post(sale::ask)),
        ("GET", "/pictures/{code}/{file}", get(pictures::picture)),
        ("GET", "/account/copy.zip", get(files::copy)),
        ("GET", "/me/copy.zip", get(files::client_copy)),
        ("GET", "/audit/export.csv", get(files::export)),
        ("GET", "/files/{name}", get(stored::file)),
        ("GET", "/staff/{code}/papers/{id}", get(stored::paper)),
        ("POST", "/preferences", post(preferences::save)),
    ]
}

/// Routes that take files in.
fn uploads() -> [(&'static str, &'static str, MethodRouter<Shared>); 2] {
    [("POST", "/photos/{code}", post(upload::photos)), ("POST", "/staff/{code}/papers", post(upload::paper))]
}

/// What one address may read at once, and again within a minute, of the public site and of the desk each.
const READS: u32 = 6_000;

/// Functions that hash a password.
const DOOR: [&str; 6] = [
    "/api/identity/sign_in",
    "/api/identity/accept_link",
    "/api/identity/set_up",
    "/api/identity/confirm",
    "/api/identity/change_password",
    "/api/identity/second_factor_off",
];

/// Every route but the health checks and the metrics, which the command adds.
pub fn router(shared: Shared, live: Router<Shared>) -> Router {
    // Pages and pictures of the public wait for each other, never for the rest of the house; those who work there have
    // places of their own, so that a crowd at the gallery does not keep them out.
    let part = |public: bool| {
        let others = others().into_iter().filter(|(method, path, _)| authz::is_public(method, path) == public);
        pages::add(others.fold(Router::new(), |router, (_, path, method)| router.route(path, method)), public)
    };
    let public = part(true).layer(gate::pool("public", 64, Duration::from_secs(2))).layer(gate::write_rate(60, 120));
    // Reading: a hundred people behind one address who turn a page with its pictures every half minute have enough, a
    // program that copies the site has not.
    let public = public.layer(gate::read_rate(READS, READS));
    let desk = part(false).layer(gate::pool("desk", 64, Duration::from_secs(5))).layer(gate::write_rate(60, 120));
    let desk = desk.layer(gate::read_rate(READS, READS));
    // Sixty at once, then two a second: a person who works fast, not a script that guesses.
    let functions = Router::new()
        .route("/api/{slice}/{function}", post(functions::call))
        .layer(gate::pool("staff", 64, Duration::from_secs(5)))
        .layer(gate::write_rate(60, 120));
    // Passwords are hashed here, two at a time: whoever waits for that must not hold up those who are in.
    let door = DOOR.iter().fold(Router::new(), |router, path| router.route(path, post(functions::call)));
    let door = door.layer(gate::pool("door", 32, Duration::from_secs(5))).layer(gate::write_rate(60, 120));
    // Whoever sends photos from a telephone takes a while: four at once hold up nobody else.
    let uploads = uploads().into_iter().fold(Router::new(), |router, (_, path, method)| router.route(path, method));
    let uploads = uploads.layer(gate::pool("uploads", 4, Duration::from_secs(60))).layer(gate::write_rate(120, 240));
    public
        .merge(desk)
        .merge(uploads)
        .merge(functions)
        .merge(door)
        .merge(live)
        .fallback(assets::serve)
        .layer(from_fn_with_state(shared.clone(), session::attend))
        .with_state(shared)
}

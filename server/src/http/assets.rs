//! The site's own files: bundle, style sheet, icons. In a release they are inside the program; while developing
//! they are read from the folder that cargo-leptos fills.

use super::{Shared, guests};
use axum::body::Body;
use axum::extract::{Request, State};
use axum::response::{IntoResponse, Response};
use http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, IF_NONE_MATCH,
    VARY,
};
use http::{HeaderMap, HeaderValue, Method, StatusCode};
use leptos::config::LeptosOptions;
use rust_embed::{EmbeddedFile, RustEmbed};
use std::path::Path;
use tempfile::TempDir;

/// The files of the site.
#[derive(Debug, RustEmbed)]
#[cfg_attr(feature = "embed", folder = "$MENPAI_SITE_DIR")]
#[cfg_attr(not(feature = "embed"), folder = "../target/site", allow_missing = true)]
struct Assets;

/// The options of leptos. It reads the hashes and the split manifest from disk, so they are laid out in a folder
/// that lives as long as the server does.
///
/// # Errors
/// When the folder cannot be written.
pub fn leptos_options() -> std::io::Result<(LeptosOptions, TempDir)> {
    let folder = tempfile::Builder::new().prefix("menpai-").tempdir()?;
    let site = folder.path();
    std::fs::create_dir_all(site.join("pkg"))?;
    for name in Assets::iter().filter(|n| n.ends_with(".json") || n.as_ref() == "hash.txt") {
        if let Some(file) = Assets::get(&name) {
            std::fs::write(site.join(name.as_ref()), &file.data)?;
        }
    }
    let hashed = site.join("hash.txt").exists();
    let options = LeptosOptions::builder()
        .output_name("menpai")
        .site_root(path(site))
        .site_pkg_dir("pkg")
        .hash_files(hashed)
        .hash_file(std::sync::Arc::from(path(&site.join("hash.txt"))))
        .build();
    Ok((options, folder))
}

fn path(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

/// Any file of the site; where there is none, the page that says so.
pub(super) async fn serve(state: State<Shared>, request: Request<Body>) -> Response {
    let name = request.uri().path().trim_start_matches('/').to_owned();
    let readable = matches!(*request.method(), Method::GET | Method::HEAD);
    if !readable || name.is_empty() || name == "hash.txt" || name.ends_with(".br") || name.ends_with(".gz") {
        return guests::page(state, request).await;
    }
    let coded = encoding(request.headers(), &name);
    let Some((file, coding)) = coded.or_else(|| Assets::get(&name).map(|file| (file, None))) else {
        return guests::page(state, request).await;
    };
    answer(&name, file, coding, request.headers())
}

/// The precompressed twin a browser accepts.
fn encoding(headers: &HeaderMap, name: &str) -> Option<(EmbeddedFile, Option<&'static str>)> {
    [("br", "br"), ("gzip", "gz")]
        .into_iter()
        .filter(|(coding, _)| accepts(headers, coding))
        .find_map(|(coding, ending)| Assets::get(&format!("{name}.{ending}")).map(|file| (file, Some(coding))))
}

/// Whether a browser takes a coding.
pub(super) fn accepts(headers: &HeaderMap, coding: &str) -> bool {
    let accepted = headers.get(ACCEPT_ENCODING).and_then(|accepted| accepted.to_str().ok()).unwrap_or_default();
    accepted.split(',').any(|part| {
        let mut part = part.split(';').map(str::trim);
        part.next() == Some(coding) && part.next() != Some("q=0")
    })
}

fn answer(name: &str, file: EmbeddedFile, coding: Option<&'static str>, headers: &HeaderMap) -> Response {
    let etag = format!("\"{}\"", hex::encode(&file.metadata.sha256_hash()[..12]));
    // A hash in the name: the file under it never changes.
    let cache = if name.starts_with("pkg/") { "public, max-age=31536000, immutable" } else { "public, max-age=3600" };
    let known = headers.get(IF_NONE_MATCH).is_some_and(|v| v.as_bytes() == etag.as_bytes());
    let mut response = if known {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        Body::from(file.data.into_owned()).into_response()
    };
    let out = response.headers_mut();
    out.insert(CONTENT_TYPE, HeaderValue::from_static(content_type(name)));
    out.insert(CACHE_CONTROL, HeaderValue::from_static(cache));
    out.insert(VARY, HeaderValue::from_static("accept-encoding"));
    if name == "sw.js" {
        // A worker obeys the policy of its own file, and is asked for anew by every page.
        out.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(gate::WORKER_CSP));
        out.insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    }
    if let Ok(etag) = HeaderValue::from_str(&etag) {
        out.insert(ETAG, etag);
    }
    if let Some(coding) = coding {
        out.insert(CONTENT_ENCODING, HeaderValue::from_static(coding));
    }
    response
}

fn content_type(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("svg") => "image/svg+xml; charset=utf-8",
        Some("png") => "image/png",
        Some("webp") => "image/webp",
        Some("webmanifest") => "application/manifest+json",
        Some("json") => "application/json",
        Some("txt") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

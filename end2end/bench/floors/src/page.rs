//! A bare page: one query of raw SQLite, 24 cards drawn by Leptos. No counts, no shell, no languages, no policy.

use crate::Outcome;
use axum::Router;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use leptos::prelude::*;
use rusqlite::{Connection, OpenFlags, named_params};
use serde::Deserialize;
use std::sync::{Arc, Mutex, PoisonError};

/// Size of the static file, in bytes.
const FILE: usize = 14_000;
/// Connections that read.
const READERS: usize = 4;

/// The three conditions of the benchmark.
#[derive(Debug, Deserialize)]
struct Conditions {
    rooms: Option<i64>,
    decoration: Option<String>,
    /// In 万.
    price_min: i64,
    price_max: i64,
}

struct Home {
    code: String,
    place: String,
    layout: String,
    area: i64,
    built_year: Option<i64>,
    price: i64,
}

type Readers = Arc<Vec<Mutex<Connection>>>;

/// Answers `/static`, `/page` and `/facets` on a port of the loopback address.
pub fn serve(from: &str, port: u16) -> Outcome {
    let open = |_| {
        let db = Connection::open_with_flags(from, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        db.execute_batch("PRAGMA cache_size = -16000; PRAGMA mmap_size = 268435456")?;
        Ok(Mutex::new(db))
    };
    let readers: Readers = Arc::new((0..READERS).map(open).collect::<rusqlite::Result<_>>()?);
    let router = Router::new()
        .route("/static", get(|| async { ([(CONTENT_TYPE, "text/html; charset=utf-8")], &[b'x'; FILE][..]) }))
        .route("/page", get(page))
        .route("/facets", get(facets))
        .route("/scan", get(scan))
        .with_state(readers);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::bind(("127.0.0.1", port)).await?;
        println!("http://{}", listener.local_addr()?);
        axum::serve(listener, router).await
    })?;
    Ok(())
}

async fn page(State(readers): State<Readers>, Query(wanted): Query<Conditions>) -> Response {
    answer(read(&readers, |db| {
        let mut select = db.prepare_cached(
            "SELECT code, district || ' ' || circle || ' ' || community, layout, area, built_year, price FROM home
             WHERE rooms = :rooms AND decoration = :decoration AND price BETWEEN :min AND :max
             ORDER BY listed_on DESC, id DESC LIMIT 24",
        )?;
        let (min, max) = (wanted.price_min * 1_000_000, wanted.price_max * 1_000_000);
        let values =
            named_params! { ":rooms": wanted.rooms, ":decoration": wanted.decoration, ":min": min, ":max": max };
        let homes = select.query_map(values, |row| {
            Ok(Home {
                code: row.get(0)?,
                place: row.get(1)?,
                layout: row.get::<_, Option<String>>(2)?.unwrap_or_default(),
                area: row.get(3)?,
                built_year: row.get(4)?,
                price: row.get(5)?,
            })
        })?;
        Ok(drawn(homes.collect::<rusqlite::Result<_>>()?))
    }))
}

fn drawn(homes: Vec<Home>) -> String {
    Owner::new().with(|| {
        let cards = homes.into_iter().map(|home| {
            let href = format!("/shanghai/listings/{}", home.code);
            let picture = format!("/pictures/{}/plan.svg", home.code);
            view! {
                <article class="home" data-code=home.code>
                    <a href=href.clone()><img src=picture alt="" width="640" height="480" loading="lazy"/></a>
                    <h3><a href=href>{home.place}</a></h3>
                    <p>{home.layout} " · " {home.area / 100} "㎡ · " {home.built_year}</p>
                    <p><b>{home.price / 1_000_000} "万"</b> <span>{home.price / home.area} "元/㎡"</span></p>
                </article>
            }
        });
        let page = view! {
            <html lang="zh-CN">
                <head><meta charset="utf-8"/><title>"Homes"</title></head>
                <body><main>{cards.collect_view()}</main></body>
            </html>
        };
        page.to_html()
    })
}

/// Three live counts under the same conditions.
async fn facets(State(readers): State<Readers>, Query(wanted): Query<Conditions>) -> Response {
    answer(read(&readers, |db| {
        let mut all = 0;
        for field in ["district", "floor_band", "built_year"] {
            let (min, max) = (wanted.price_min * 1_000_000, wanted.price_max * 1_000_000);
            let of = |condition: &str| {
                format!(
                    "SELECT {field}, COUNT(*) FROM home WHERE {condition} price BETWEEN :min AND :max GROUP BY {field}"
                )
            };
            let count = |row: &rusqlite::Row<'_>| row.get::<_, i64>(1);
            all += match (wanted.rooms, &wanted.decoration) {
                (Some(rooms), Some(decoration)) => {
                    let mut counts = db.prepare_cached(&of("rooms = :rooms AND decoration = :decoration AND"))?;
                    let values =
                        named_params! { ":rooms": rooms, ":decoration": decoration, ":min": min, ":max": max };
                    counts.query_map(values, count)?.sum::<rusqlite::Result<i64>>()?
                }
                _ => {
                    let mut counts = db.prepare_cached(&of(""))?;
                    counts
                        .query_map(named_params! { ":min": min, ":max": max }, count)?
                        .sum::<rusqlite::Result<i64>>()?
                }
            };
        }
        Ok(all.to_string())
    }))
}

#[derive(Debug, Deserialize)]
struct Word {
    q: String,
}

/// The codes of up to 101 homes whose community has a word in its name: a plain scan.
async fn scan(State(readers): State<Readers>, Query(word): Query<Word>) -> Response {
    answer(read(&readers, |db| {
        let mut scan = db.prepare_cached("SELECT code FROM home WHERE instr(community, ?1) > 0 LIMIT 101")?;
        let codes: Vec<String> = scan.query_map([&word.q], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
        Ok(codes.join("\n"))
    }))
}

/// Uses a reader that is free, or waits for the first.
fn read<T>(readers: &Readers, work: impl FnOnce(&Connection) -> rusqlite::Result<T>) -> rusqlite::Result<T> {
    let free = readers.iter().find_map(|reader| reader.try_lock().ok());
    match free {
        Some(db) => work(&db),
        None => work(&readers[0].lock().unwrap_or_else(PoisonError::into_inner)),
    }
}

fn answer(result: rusqlite::Result<String>) -> Response {
    match result {
        Ok(text) => Html(text).into_response(),
        Err(error) => (StatusCode::INTERNAL_SERVER_ERROR, error.to_string()).into_response(),
    }
}

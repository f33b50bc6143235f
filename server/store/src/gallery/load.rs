//! The catalogue's rows and places, from the tables.

use super::{Loaded, lines};
use crate::outbox::{Kind, Message};
use crate::{Db, Scope, StoreError, StoreResult, outbox};
use catalog::{Catalog, Change, CommunityPlace, Place, Places, Row};
use chrono::{Duration, NaiveDate};
use domain::listing::{
    BuildingType, Decoration, Facing, FloorBand, Heating, HoldingBand, LayoutKind, Ownership, Structure, Usage,
};
use domain::{Area, Fen, ListingCode};
use sea_orm::{QueryResult, Value};
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

/// Rows read at once.
const PAGE: usize = 20_000;
/// Codes asked for at once.
const CODES: usize = 500;

const ROW: &str = "SELECT l.id, l.code, r.community_id, l.price, l.first_price, r.area_built, r.area_inner, r.rooms, r.facing, \
    r.floor_band, b.built_year, m.built_year AS community_year, l.decoration, b.elevator, b.heating, b.building_type, \
    b.structure, r.layout_kind, r.ownership, r.usage, r.certificate_on, r.deed_tax_on, l.holding_stated, r.last_sale, \
    l.only_home, l.any_time, l.verify_code IS NOT NULL AS verified, r.scene IS NOT NULL AS pictured, l.listed_on, \
    l.days_before FROM listing l JOIN room r ON r.id = l.room_id JOIN building b ON b.id = r.building_id \
    JOIN community m ON m.id = r.community_id";

/// Reads everything anew.
pub(super) async fn load(db: &Db, today: NaiveDate) -> StoreResult<Loaded> {
    // What is committed from here on is told by later messages.
    let seq = outbox::newest(db, &Scope::public()).await?;
    let newest = newest(db).await?;
    let (places, communities) = places(db).await?;
    let mut rows = Vec::new();
    between(db, 0, newest, &communities, &mut rows).await?;
    let rows = rows.into_iter().flatten().collect();
    let catalog = blocking(move || Catalog::build(places, rows, today)).await?;
    Ok(Loaded { catalog, communities: Arc::new(communities), seq, newest })
}

/// What the catalogue becomes by the messages after its own; `None` where only reading everything anew can tell.
pub(super) async fn follow(
    db: &Db,
    now: &Loaded,
    messages: &[Message],
    today: NaiveDate,
) -> StoreResult<Option<Loaded>> {
    let Some(last) = messages.last() else { return Ok(None) };
    let imports: Vec<&str> = messages.iter().filter(|m| m.kind == Kind::Import).map(|m| m.code.as_str()).collect();
    if dictionary(db, &imports).await? {
        // Facts of communities are facts of their homes.
        return Ok(None);
    }
    let codes: BTreeSet<&str> =
        messages.iter().filter(|m| m.kind == Kind::Listing).map(|m| m.code.as_str()).collect();
    // In this order: the places of every row up to the newest are there by then.
    let newest = newest(db).await?;
    let (mut moved, mut communities) = (None, now.communities.clone());
    if known(db).await? != (communities.len() as i64, communities.last().copied()) {
        let (places, more) = places(db).await?;
        if !more.starts_with(&communities) {
            return Ok(None);
        }
        (moved, communities) = (Some(places), Arc::new(more));
    }
    let mut rows = Vec::new();
    let seen = if imports.is_empty() { now.newest } else { newest };
    between(db, now.newest, seen, &communities, &mut rows).await?;
    named(db, &codes, &communities, &mut rows).await?;
    let Some(rows) = rows.into_iter().collect::<Option<Vec<Row>>>() else { return Ok(None) };
    // Whatever was named and is not public is gone.
    let gone = codes.iter().filter_map(|code| ListingCode::parse(code)).map(|code| Change::Remove(code.number()));
    let changes = gone.chain(rows.into_iter().map(Change::Upsert)).collect();
    let before = now.catalog.clone();
    let catalog = blocking(move || match moved {
        Some(places) => before.moved(places, changes, today),
        None => {
            let after = before.apply(changes);
            if after.needs_merge() { after.merged(today) } else { after }
        }
    });
    Ok(Some(Loaded { catalog: catalog.await?, communities, seq: last.seq, newest: seen }))
}

/// Whether one of these imports was of communities, or of what lies near them.
async fn dictionary(db: &Db, imports: &[&str]) -> StoreResult<bool> {
    if imports.contains(&crate::community::PLACES) {
        return Ok(true);
    }
    let runs: BTreeSet<i64> = imports.iter().filter_map(|code| code.parse().ok()).collect();
    for run in runs {
        let sql = "SELECT 1 AS n FROM import_batch WHERE id = $1 AND kind <> 'listings'";
        if !db.rows(sql, [run.into()]).await?.is_empty() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The newest listing of all. Ids are taken and committed in one order, so that what is new later has a higher one.
async fn newest(db: &Db) -> StoreResult<i64> {
    let rows = db.rows("SELECT COALESCE(MAX(id), 0) AS id FROM listing", []).await?;
    rows.first().map_or(Ok(0), |row| row.try_get("", "id").map_err(Into::into))
}

/// How many communities there are, and the newest.
async fn known(db: &Db) -> StoreResult<(i64, Option<i64>)> {
    let rows = db.rows("SELECT COUNT(*) AS n, MAX(id) AS id FROM community", []).await?;
    let Some(row) = rows.first() else { return Ok((0, None)) };
    Ok((row.try_get("", "n")?, row.try_get("", "id")?))
}

/// The public listings after one id and up to another; `None` stands for one whose community is not known.
async fn between(db: &Db, after: i64, to: i64, communities: &[i64], rows: &mut Vec<Option<Row>>) -> StoreResult<()> {
    let public = Scope::public().listings();
    let sql = format!("{ROW} WHERE l.id > $1 AND l.id <= $2 AND {public} ORDER BY l.id LIMIT {PAGE}");
    let mut last = after;
    loop {
        if last >= to {
            return Ok(());
        }
        let page = db.rows(sql.as_str(), [last.into(), to.into()]).await?;
        for row in &page {
            last = row.try_get("", "id")?;
            rows.push(read(row, communities)?);
        }
        if page.len() < PAGE {
            return Ok(());
        }
    }
}

/// The public listings with these codes.
async fn named(db: &Db, codes: &BTreeSet<&str>, communities: &[i64], rows: &mut Vec<Option<Row>>) -> StoreResult<()> {
    let codes: Vec<&str> = codes.iter().copied().collect();
    for codes in codes.chunks(CODES) {
        let places: Vec<String> = (1..=codes.len()).map(|n| format!("${n}")).collect();
        let (places, public) = (places.join(","), Scope::public().listings());
        let values = codes.iter().map(|code| Value::from(*code));
        for row in db.rows(format!("{ROW} WHERE l.code IN ({places}) AND {public}"), values).await? {
            rows.push(read(&row, communities)?);
        }
    }
    Ok(())
}

pub(super) async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> StoreResult<T> {
    tokio::task::spawn_blocking(work).await.map_err(StoreError::corrupt)
}

/// All places, and the ids of the communities in the order of their positions.
async fn places(db: &Db) -> StoreResult<(Places, Vec<i64>)> {
    let (mut cities, mut districts, mut circles) = (Vec::new(), Vec::new(), Vec::new());
    let mut numbers: [HashMap<i64, u32>; 3] = Default::default();
    for row in db.rows("SELECT id, slug, name FROM city ORDER BY id", []).await? {
        cities.push(place(&row, &mut numbers[0])?);
    }
    for row in db.rows("SELECT id, slug, name, city_id AS above FROM district ORDER BY id", []).await? {
        districts.push((place(&row, &mut numbers[1])?, above(&row, &numbers[0])?));
    }
    for row in db.rows("SELECT id, slug, name, district_id AS above FROM circle ORDER BY id", []).await? {
        circles.push((place(&row, &mut numbers[2])?, above(&row, &numbers[1])?));
    }
    let mut stations = lines::Stations::read(db, &numbers[0]).await?;
    let (mut communities, mut ids) = (Vec::new(), Vec::new());
    let sql = "SELECT id, slug, name, circle_id AS above, aliases, pinyin, initials, lat_e6, lon_e6, metro_name, metro_m, \
               school_m FROM community ORDER BY id";
    for row in db.rows(sql, []).await? {
        let aliases: String = row.try_get("", "aliases")?;
        ids.push(row.try_get("", "id")?);
        let circle = above(&row, &numbers[2])?;
        let city = city_of(&districts, &circles, circle);
        communities.push(CommunityPlace {
            place: Place { slug: crate::place::slug(row.try_get("", "slug")?)?, name: row.try_get("", "name")? },
            aliases: serde_json::from_str(&aliases).map_err(StoreError::corrupt)?,
            pinyin: row.try_get("", "pinyin")?,
            initials: row.try_get("", "initials")?,
            circle,
            lines: stations.lines_of(city, &row)?,
            metro: row.try_get("", "metro_m")?,
            school: row.try_get("", "school_m")?,
        });
    }
    let lines = stations.listed(&mut communities)?;
    Ok((Places { cities, districts, circles, lines, communities }, ids))
}

fn city_of(districts: &[(Place, u32)], circles: &[(Place, u32)], circle: u32) -> u32 {
    districts[circles[circle as usize].1 as usize].1
}

fn place(row: &QueryResult, numbers: &mut HashMap<i64, u32>) -> StoreResult<Place> {
    let position = u32::try_from(numbers.len()).map_err(StoreError::corrupt)?;
    numbers.insert(row.try_get("", "id")?, position);
    Ok(Place { slug: crate::place::slug(row.try_get("", "slug")?)?, name: row.try_get("", "name")? })
}

fn above(row: &QueryResult, numbers: &HashMap<i64, u32>) -> StoreResult<u32> {
    let id: i64 = row.try_get("", "above")?;
    numbers.get(&id).copied().ok_or_else(|| StoreError::corrupt("a place without the place above it"))
}

/// A row of the catalogue; `None` where its community is not known yet.
fn read(row: &QueryResult, communities: &[i64]) -> StoreResult<Option<Row>> {
    use crate::listing::coded_option as coded;
    let community: i64 = row.try_get("", "community_id")?;
    let Ok(community) = communities.binary_search(&community) else { return Ok(None) };
    let listed_on: NaiveDate = row.try_get("", "listed_on")?;
    let days_before: i32 = row.try_get("", "days_before")?;
    let (rooms, facing): (Option<i16>, i16) = (row.try_get("", "rooms")?, row.try_get("", "facing")?);
    let inner: Option<i32> = row.try_get("", "area_inner")?;
    let year: Option<i16> = row.try_get("", "built_year")?;
    let code: String = row.try_get("", "code")?;
    let code = ListingCode::parse(&code).ok_or_else(|| StoreError::corrupt(format!("listing code {code}")))?;
    Ok(Some(Row {
        id: code.number(),
        community: u32::try_from(community).map_err(StoreError::corrupt)?,
        price: Fen(row.try_get("", "price")?),
        first_price: Fen(row.try_get("", "first_price")?),
        area_built: Area(row.try_get("", "area_built")?),
        area_inner: inner.map(Area),
        rooms: rooms.and_then(|r| u8::try_from(r).ok()),
        facing: Facing::from_bits(u8::try_from(facing).unwrap_or(0)),
        floor: coded(row, "floor_band", FloorBand::from_code)?,
        built_year: year.or(row.try_get("", "community_year")?),
        decoration: coded(row, "decoration", Decoration::from_code)?,
        elevator: row.try_get("", "elevator")?,
        heating: coded(row, "heating", Heating::from_code)?,
        building: coded(row, "building_type", BuildingType::from_code)?,
        structure: coded(row, "structure", Structure::from_code)?,
        kind: coded(row, "layout_kind", LayoutKind::from_code)?,
        ownership: coded(row, "ownership", Ownership::from_code)?,
        usage: coded(row, "usage", Usage::from_code)?,
        certificate_on: row.try_get("", "certificate_on")?,
        deed_tax_on: row.try_get("", "deed_tax_on")?,
        holding_stated: coded(row, "holding_stated", HoldingBand::from_code)?,
        last_sale: row.try_get("", "last_sale")?,
        only_home: row.try_get("", "only_home")?,
        any_time: row.try_get("", "any_time")?,
        verified: row.try_get("", "verified")?,
        photos: row.try_get("", "pictured")?,
        listed_on,
        market_on: listed_on - Duration::days(i64::from(days_before)),
    }))
}

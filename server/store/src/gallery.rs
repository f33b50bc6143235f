//! The public gallery's read model: the catalogue in memory, loaded from the tables and kept up with the outbox.
//!
//! The tables are the truth; the catalogue can be dropped and loaded again at any time, and every node of a firm
//! has its own.

use crate::outbox::{Kind, Message};
use crate::{Db, Scope, StoreError, StoreResult, outbox};
use arc_swap::ArcSwap;
use catalog::{Catalog, Change, CommunityPlace, Place, Places, Row};
use chrono::{Duration, NaiveDate};
use domain::listing::{
    BuildingType, Decoration, Facing, FloorBand, Heating, HoldingBand, LayoutKind, Ownership, Structure, Usage,
};
use domain::{Area, Fen};
use sea_orm::{QueryResult, Value};
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

const ROW: &str = "SELECT l.id, r.community_id, l.price, l.first_price, r.area_built, r.area_inner, r.rooms, r.facing, \
    r.floor_band, b.built_year, m.built_year AS community_year, l.decoration, b.elevator, b.heating, b.building_type, \
    b.structure, r.layout_kind, r.ownership, r.usage, r.certificate_on, r.deed_tax_on, l.holding_stated, r.last_sale, \
    l.only_home, l.any_time, l.verify_code IS NOT NULL AS verified, r.scene IS NOT NULL AS pictured, l.listed_on, \
    l.days_before FROM listing l JOIN room r ON r.id = l.room_id JOIN building b ON b.id = r.building_id \
    JOIN community m ON m.id = r.community_id";

/// The catalogue of everything the public sees.
pub struct Gallery {
    now: ArcSwap<Loaded>,
    seq: AtomicI64,
}

struct Loaded {
    catalog: Catalog,
    // Row number of a community to its place in the catalogue.
    communities: HashMap<i64, u32>,
}

impl std::fmt::Debug for Gallery {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Gallery").field("seq", &self.seq()).finish_non_exhaustive()
    }
}

impl Gallery {
    /// Loads the catalogue.
    pub async fn load(db: &Db, today: NaiveDate) -> StoreResult<Arc<Self>> {
        let seq = outbox::newest(db, &Scope::public()).await?;
        let loaded = load(db, today).await?;
        Ok(Arc::new(Self { now: ArcSwap::from_pointee(loaded), seq: AtomicI64::new(seq) }))
    }

    /// Runs a question against the catalogue as it is now.
    pub fn ask<T>(&self, question: impl FnOnce(&Catalog) -> T) -> T {
        question(&self.now.load().catalog)
    }

    /// The newest message it contains.
    pub fn seq(&self) -> i64 {
        self.seq.load(Ordering::Acquire)
    }

    /// Takes in what the messages speak of. Called by one task, in the order of the outbox.
    pub async fn follow(&self, db: &Db, messages: &[Message], today: NaiveDate) -> StoreResult<()> {
        let Some(last) = messages.last().filter(|m| m.seq > self.seq()) else { return Ok(()) };
        let now = self.now.load_full();
        let many = messages.iter().any(|m| m.kind == Kind::Import);
        let changes = if many { None } else { changes(db, &now.communities, messages).await? };
        match changes {
            // A new community, or a whole batch: the places have changed as well.
            None => self.now.store(Arc::new(load(db, today).await?)),
            Some(changes) => {
                let mut catalog = now.catalog.apply(changes);
                if catalog.needs_merge() {
                    catalog = blocking(move || catalog.merged(today)).await?;
                }
                self.now.store(Arc::new(Loaded { catalog, communities: now.communities.clone() }));
            }
        }
        self.seq.store(last.seq, Ordering::Release);
        Ok(())
    }
}

/// The changes of single listings, or `None` where a community is not in the catalogue yet.
async fn changes(db: &Db, communities: &HashMap<i64, u32>, messages: &[Message]) -> StoreResult<Option<Vec<Change>>> {
    let mut changes = Vec::new();
    for message in messages.iter().filter(|message| message.kind == Kind::Listing) {
        let code = Value::from(message.code.as_str());
        let sql = format!("{ROW} WHERE l.code = $1 AND {}", Scope::public().listings());
        if let Some(row) = db.rows(sql, [code.clone()]).await?.first() {
            match read(row, communities)? {
                Some(row) => changes.push(Change::Upsert(row)),
                None => return Ok(None),
            }
        } else if let Some(row) = db.rows("SELECT id FROM listing WHERE code = $1", [code]).await?.first() {
            changes.push(Change::Remove(row.try_get("", "id")?));
        }
    }
    Ok(Some(changes))
}

async fn load(db: &Db, today: NaiveDate) -> StoreResult<Loaded> {
    let (places, communities) = places(db).await?;
    let mut rows = Vec::new();
    let mut last = 0_i64;
    loop {
        const PAGE: usize = 20_000;
        let sql = format!("{ROW} WHERE l.id > $1 AND {} ORDER BY l.id LIMIT {PAGE}", Scope::public().listings());
        let page = db.rows(sql, [last.into()]).await?;
        for row in &page {
            let row = read(row, &communities)?.ok_or_else(|| StoreError::corrupt("a room without a community"))?;
            last = row.id;
            rows.push(row);
        }
        if page.len() < PAGE {
            break;
        }
    }
    let catalog = blocking(move || Catalog::build(places, rows, today)).await?;
    Ok(Loaded { catalog, communities })
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> StoreResult<T> {
    tokio::task::spawn_blocking(work).await.map_err(StoreError::corrupt)
}

async fn places(db: &Db) -> StoreResult<(Places, HashMap<i64, u32>)> {
    let (mut cities, mut districts, mut circles) = (Vec::new(), Vec::new(), Vec::new());
    let mut numbers: [HashMap<i64, u32>; 4] = Default::default();
    for row in db.rows("SELECT id, slug, name FROM city ORDER BY id", []).await? {
        cities.push(place(&row, &mut numbers[0])?);
    }
    for row in db.rows("SELECT id, slug, name, city_id AS above FROM district ORDER BY id", []).await? {
        districts.push((place(&row, &mut numbers[1])?, above(&row, &numbers[0])?));
    }
    for row in db.rows("SELECT id, slug, name, district_id AS above FROM circle ORDER BY id", []).await? {
        circles.push((place(&row, &mut numbers[2])?, above(&row, &numbers[1])?));
    }
    let mut communities = Vec::new();
    let sql = "SELECT id, slug, name, circle_id AS above, aliases, pinyin, initials, metro_m, school_m \
               FROM community ORDER BY id";
    for row in db.rows(sql, []).await? {
        let aliases: String = row.try_get("", "aliases")?;
        communities.push(CommunityPlace {
            place: place(&row, &mut numbers[3])?,
            aliases: serde_json::from_str(&aliases).map_err(StoreError::corrupt)?,
            pinyin: row.try_get("", "pinyin")?,
            initials: row.try_get("", "initials")?,
            circle: above(&row, &numbers[2])?,
            metro: row.try_get("", "metro_m")?,
            school: row.try_get("", "school_m")?,
        });
    }
    let [.., communities_by_number] = numbers;
    Ok((Places { cities, districts, circles, communities }, communities_by_number))
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
fn read(row: &QueryResult, communities: &HashMap<i64, u32>) -> StoreResult<Option<Row>> {
    use crate::listing::coded_option as coded;
    let community: i64 = row.try_get("", "community_id")?;
    let Some(community) = communities.get(&community).copied() else { return Ok(None) };
    let listed_on: NaiveDate = row.try_get("", "listed_on")?;
    let days_before: i32 = row.try_get("", "days_before")?;
    let (rooms, facing): (Option<i16>, i16) = (row.try_get("", "rooms")?, row.try_get("", "facing")?);
    let inner: Option<i32> = row.try_get("", "area_inner")?;
    let year: Option<i16> = row.try_get("", "built_year")?;
    Ok(Some(Row {
        id: row.try_get("", "id")?,
        community,
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

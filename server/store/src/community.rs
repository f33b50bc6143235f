//! What a community's page is made of: its market over time, homes sold, places near.

use crate::listing::{CARD, CardRow, FROM, card, coded};
use crate::{Db, Scope, Sequence, StoreError, StoreResult, Tx};
use chrono::NaiveDate;
use domain::community::{Nearby, Offer, PlaceKind};
use domain::geo::Position;
use domain::place::{City, PlaceName};
use domain::{Area, Fen, Slug};
use sea_orm::Value;
use std::collections::HashMap;

/// A community as the dictionary knows it.
#[derive(Clone, Debug)]
pub struct CommunityRow {
    /// Row number.
    pub id: i64,
    /// Row number of its city.
    pub city_id: i64,
    /// Its city.
    pub city: City,
    /// District, circle, community.
    pub place: [PlaceName; 3],
    /// Other names.
    pub aliases: Vec<String>,
    /// Street and number.
    pub address: Option<String>,
    /// Year of the first building.
    pub built_year: Option<i16>,
    /// Where it is.
    pub position: Option<Position>,
    /// Nearest station and school as the dictionary says.
    pub told: Vec<Nearby>,
}

/// A place near homes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Poi {
    /// What it is.
    pub kind: PlaceKind,
    /// Its name.
    pub name: String,
    /// Where.
    pub at: Position,
}

/// The community with this slug.
pub async fn find(db: &Db, _scope: &Scope, city: &Slug, slug: &Slug) -> StoreResult<Option<CommunityRow>> {
    let sql = "SELECT m.id, m.city_id, c.slug AS c_slug, c.name AS c_name, c.name_en AS c_en, d.slug AS d_slug, \
               d.name AS d_name, k.slug AS k_slug, k.name AS k_name, m.slug AS m_slug, m.name AS m_name, m.aliases, \
               m.address, m.built_year, m.lat_e6, m.lon_e6, m.metro_name, m.metro_m, m.school_name, m.school_m \
               FROM community m JOIN circle k ON k.id = m.circle_id JOIN district d ON d.id = k.district_id \
               JOIN city c ON c.id = m.city_id WHERE c.slug = $1 AND m.slug = $2";
    let rows = db.rows(sql, [city.as_str().into(), slug.as_str().into()]).await?;
    let Some(row) = rows.first() else { return Ok(None) };
    let place = |slug: &str, name: &str| -> StoreResult<PlaceName> {
        Ok(PlaceName { slug: crate::place::slug(row.try_get("", slug)?)?, name: row.try_get("", name)? })
    };
    let aliases: String = row.try_get("", "aliases")?;
    let (lat, lon): (Option<i32>, Option<i32>) = (row.try_get("", "lat_e6")?, row.try_get("", "lon_e6")?);
    let near = |kind, name: &str, metres: &str| -> StoreResult<Option<Nearby>> {
        let (name, metres): (Option<String>, Option<i32>) = (row.try_get("", name)?, row.try_get("", metres)?);
        Ok(name.zip(metres).map(|(name, metres)| Nearby { kind, name, metres }))
    };
    let told =
        [near(PlaceKind::Metro, "metro_name", "metro_m")?, near(PlaceKind::School, "school_name", "school_m")?];
    Ok(Some(CommunityRow {
        id: row.try_get("", "id")?,
        city_id: row.try_get("", "city_id")?,
        city: City {
            slug: crate::place::slug(row.try_get("", "c_slug")?)?,
            name: row.try_get("", "c_name")?,
            name_en: row.try_get("", "c_en")?,
        },
        place: [place("d_slug", "d_name")?, place("k_slug", "k_name")?, place("m_slug", "m_name")?],
        aliases: serde_json::from_str(&aliases).map_err(StoreError::corrupt)?,
        address: row.try_get("", "address")?,
        built_year: row.try_get("", "built_year")?,
        position: lat.zip(lon).map(|(lat_e6, lon_e6)| Position { lat_e6, lon_e6 }),
        told: told.into_iter().flatten().collect(),
    }))
}

/// Every offer in a community that the public saw, with its prices. Two statements.
pub async fn offers(db: &Db, _scope: &Scope, community: i64) -> StoreResult<Vec<Offer>> {
    let sql = "SELECT l.id, l.listed_on, l.ended_on, r.area_built FROM listing l JOIN room r ON r.id = l.room_id \
               WHERE r.community_id = $1 AND l.state NOT IN ('draft', 'pending_verify', 'invalid') ORDER BY l.id";
    let mut offers = Vec::new();
    let mut at = HashMap::new();
    for row in db.rows(sql, [community.into()]).await? {
        at.insert(row.try_get::<i64>("", "id")?, offers.len());
        offers.push(Offer {
            from: row.try_get("", "listed_on")?,
            until: row.try_get("", "ended_on")?,
            area: Area(row.try_get("", "area_built")?),
            prices: Vec::new(),
        });
    }
    let sql = "SELECT p.listing_id, p.effective_on, p.new_price FROM price_event p JOIN room r ON r.id = p.room_id \
               WHERE r.community_id = $1 ORDER BY p.id";
    for row in db.rows(sql, [community.into()]).await? {
        let listing: i64 = row.try_get("", "listing_id")?;
        if let Some(offer) = at.get(&listing).and_then(|at| offers.get_mut(*at)) {
            offer.prices.push((row.try_get("", "effective_on")?, Fen(row.try_get("", "new_price")?)));
        }
    }
    Ok(offers)
}

/// Which homes sold are meant.
#[derive(Clone, Debug, Default)]
pub struct Sold {
    /// Of this city.
    pub city: Option<Slug>,
    /// Of this district.
    pub district: Option<Slug>,
    /// Of the community with this row number.
    pub community: Option<i64>,
}

impl Sold {
    fn condition(&self) -> (String, Vec<Value>) {
        let mut values = Vec::new();
        let mut condition = "l.state = 'sold'".to_owned();
        let texts = [("c.slug", &self.city), ("d.slug", &self.district)];
        for (column, slug) in texts.into_iter().filter_map(|(column, slug)| Some((column, slug.as_ref()?))) {
            values.push(slug.as_str().into());
            condition.push_str(&format!(" AND {column} = ${}", values.len()));
        }
        if let Some(community) = self.community {
            values.push(community.into());
            condition.push_str(&format!(" AND m.id = ${}", values.len()));
        }
        (condition, values)
    }
}

/// Homes sold, the last first.
pub async fn sold(
    db: &Db,
    _scope: &Scope,
    which: &Sold,
    today: NaiveDate,
    limit: u32,
    skip: u32,
) -> StoreResult<Vec<(CardRow, NaiveDate)>> {
    let (condition, values) = which.condition();
    let sql = format!(
        "SELECT {CARD} {FROM} WHERE {condition} AND l.ended_on IS NOT NULL ORDER BY l.ended_on DESC, l.id DESC \
         LIMIT {limit} OFFSET {skip}"
    );
    let rows = db.rows(sql, values).await?;
    rows.iter().map(|row| Ok((card(row, today)?, row.try_get("", "ended_on")?))).collect()
}

/// How many homes were sold: all, and since a day with all their prices and areas, for an average.
pub async fn sold_figures(
    db: &Db,
    _scope: &Scope,
    which: &Sold,
    since: NaiveDate,
) -> StoreResult<(u32, Vec<(Fen, Area)>)> {
    let (condition, mut values) = which.condition();
    let sql = format!("SELECT COUNT(*) AS n {FROM} WHERE {condition}");
    let rows = db.rows(sql, values.clone()).await?;
    let n: i64 = rows.first().map_or(Ok(0), |row| row.try_get("", "n"))?;
    values.push(since.into());
    let sql = format!(
        "SELECT l.price, r.area_built {FROM} WHERE {condition} AND l.ended_on >= ${} LIMIT 100000",
        values.len()
    );
    let rows = db.rows(sql, values).await?;
    let figures = rows
        .iter()
        .map(|row| Ok((Fen(row.try_get("", "price")?), Area(row.try_get("", "area_built")?))))
        .collect::<StoreResult<_>>()?;
    Ok((u32::try_from(n).unwrap_or(u32::MAX), figures))
}

/// Places of a city within a distance, with their metres; nearest first.
pub async fn nearby(db: &Db, _scope: &Scope, city: i64, from: Position, within: i32) -> StoreResult<Vec<Nearby>> {
    // A degree of latitude is 111 km; of longitude at most that, so the box is wide enough below 60°.
    let (north, east) = (within * 9 + 100, within * 18 + 100);
    let sql = "SELECT kind, name, lat_e6, lon_e6 FROM poi WHERE city_id = $1 AND lat_e6 BETWEEN $2 AND $3 \
               AND lon_e6 BETWEEN $4 AND $5 LIMIT 5000";
    let values = [
        city.into(),
        (from.lat_e6 - north).into(),
        (from.lat_e6 + north).into(),
        (from.lon_e6 - east).into(),
        (from.lon_e6 + east).into(),
    ];
    let mut found = Vec::new();
    for row in db.rows(sql, values).await? {
        let at = Position { lat_e6: row.try_get("", "lat_e6")?, lon_e6: row.try_get("", "lon_e6")? };
        let metres = from.metres_to(at);
        if metres <= within {
            let kind = coded(&row, "kind", PlaceKind::from_code)?;
            found.push(Nearby { kind, name: row.try_get("", "name")?, metres });
        }
    }
    found.sort_by(|a, b| (a.metres, &a.name).cmp(&(b.metres, &b.name)));
    Ok(found)
}

/// Stations and parks of a city: what a map is drawn from where it has no tiles.
pub async fn ground(db: &Db, _scope: &Scope, city: &Slug) -> StoreResult<Vec<Poi>> {
    let sql = "SELECT p.kind, p.name, p.lat_e6, p.lon_e6 FROM poi p JOIN city c ON c.id = p.city_id \
               WHERE c.slug = $1 AND p.kind IN ('metro', 'park') ORDER BY p.name, p.id LIMIT 2000";
    let rows = db.rows(sql, [city.as_str().into()]).await?;
    rows.iter()
        .map(|row| {
            Ok(Poi {
                kind: coded(row, "kind", PlaceKind::from_code)?,
                name: row.try_get("", "name")?,
                at: Position { lat_e6: row.try_get("", "lat_e6")?, lon_e6: row.try_get("", "lon_e6")? },
            })
        })
        .collect()
}

/// What stands for an import of such places in the outbox, where others have their number.
pub const PLACES: &str = "places";

/// Puts places into the table; those already there are left alone. Answers how many were new.
pub async fn put(tx: &Tx, city: i64, places: &[Poi]) -> StoreResult<u64> {
    let mut new = 0;
    for place in places {
        let id = tx.numbers(&Sequence::Row, 1).await?;
        let sql = "INSERT INTO poi (id, city_id, kind, name, lat_e6, lon_e6) VALUES ($1, $2, $3, $4, $5, $6) \
                   ON CONFLICT (city_id, kind, name, lat_e6, lon_e6) DO NOTHING";
        let values: [Value; 6] = [
            id.into(),
            city.into(),
            place.kind.code().into(),
            place.name.as_str().into(),
            place.at.lat_e6.into(),
            place.at.lon_e6.into(),
        ];
        new += tx.run(sql, values).await?.rows_affected();
    }
    Ok(new)
}

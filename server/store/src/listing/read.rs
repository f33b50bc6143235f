//! Listings as the public reads them.

use crate::{Db, Scope, StoreError, StoreResult};
use chrono::NaiveDate;
use domain::listing::{
    Card, Detail, Facing, Holding, Layout, LiftRatio, ListingState, Media, Near, PricePoint, Spell, SpellEnd,
};
use domain::place::{City, PlaceName};
use domain::{Area, Fen, ListingCode, UnitPrice};
use sea_orm::{QueryResult, Value};
use std::collections::HashMap;

pub(crate) const CARD: &str = "l.id, l.code, l.version, l.state, l.price, l.first_price, l.decoration, l.holding_stated, \
    l.only_home, l.any_time, l.unverified, l.verify_code, l.listed_on, l.ended_on, l.days_before, \
    r.rooms, r.halls, r.kitchens, r.baths, r.area_built, r.area_inner, r.facing, r.floor, r.floor_band, r.last_sale, \
    r.certificate_on, r.deed_tax_on, r.scene, \
    b.storeys, b.built_year, b.elevator, b.building_type, \
    c.slug AS city_slug, c.name AS city_name, d.slug AS district_slug, d.name AS district_name, \
    k.slug AS circle_slug, k.name AS circle_name, m.slug AS community_slug, m.name AS community_name, \
    m.built_year AS community_year, m.metro_name, m.metro_m, \
    cv.room, cv.nth, cv.file, cv.medium, cv.small, cv.width, cv.height, cv.caption, cv.miniature";

pub(crate) const FROM: &str = "FROM listing l JOIN room r ON r.id = l.room_id JOIN building b ON b.id = r.building_id \
    JOIN community m ON m.id = r.community_id JOIN circle k ON k.id = m.circle_id \
    JOIN district d ON d.id = k.district_id JOIN city c ON c.id = l.city_id \
    LEFT JOIN media cv ON cv.listing_id = l.id AND cv.kind = 'photo' AND cv.position = 0";

impl Scope {
    /// Whether it sees no more listings than anybody does.
    pub fn is_public(&self) -> bool {
        self.listings() == Self::public().listings()
    }
}

/// A card with what only the server needs of it.
#[derive(Clone, Debug)]
pub struct CardRow {
    /// The card; without pictures and without its place against the median, which the caller adds.
    pub card: Card,
    /// The number of its code, by which the catalogue knows it.
    pub id: i64,
    /// What demo pictures are drawn from.
    pub scene: Option<i64>,
    /// 建筑类型, which the pictures need.
    pub building: Option<domain::listing::BuildingType>,
    /// Its photos: the cover alone, or all of them on its own page, cover first.
    pub photos: Vec<Media>,
}

/// What stands at the address of a listing.
#[derive(Clone, Debug)]
#[expect(clippy::large_enum_variant, reason = "made once a page")]
pub enum Found {
    /// On sale, or sold by us: the page, with what only the server needs.
    Shown(Detail, CardRow),
    /// Withdrawn, invalid or sold by others: gone for good.
    Gone,
}

/// The cards of the listings with these numbers ([`ListingCode::number`]), in the order asked for; those out of scope are left out. One statement.
pub async fn cards(db: &Db, scope: &Scope, ids: &[i64], today: NaiveDate) -> StoreResult<Vec<CardRow>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let places: Vec<String> = (1..=ids.len()).map(|n| format!("${n}")).collect();
    let sql = format!("SELECT {CARD} {FROM} WHERE l.code IN ({}) AND {}", places.join(","), scope.listings());
    let rows = db.rows(sql, ids.iter().map(|id| Value::from(ListingCode::of_number(*id).as_str()))).await?;
    let mut by_id = HashMap::with_capacity(rows.len());
    for row in &rows {
        let card = card(row, today)?;
        by_id.insert(card.id, card);
    }
    Ok(ids.iter().filter_map(|id| by_id.remove(id)).collect())
}

/// The cards of these codes, in the order asked for: those in scope and those sold. One statement.
pub async fn by_codes(db: &Db, scope: &Scope, codes: &[ListingCode], today: NaiveDate) -> StoreResult<Vec<CardRow>> {
    if codes.is_empty() {
        return Ok(Vec::new());
    }
    let places: Vec<String> = (1..=codes.len()).map(|n| format!("${n}")).collect();
    let sql = format!(
        "SELECT {CARD} {FROM} WHERE l.code IN ({}) AND ({} OR l.state = 'sold')",
        places.join(","),
        scope.listings()
    );
    let rows = db.rows(sql, codes.iter().map(|code| Value::from(code.as_str()))).await?;
    let mut by_code = HashMap::with_capacity(rows.len());
    for row in &rows {
        let card = card(row, today)?;
        by_code.insert(card.card.code.clone(), card);
    }
    Ok(codes.iter().filter_map(|code| by_code.remove(code)).collect())
}

/// What stands at a listing's address. Four statements.
///
/// # Errors
/// `NotFound` for a code that was never public.
pub async fn find(db: &Db, code: &ListingCode, today: NaiveDate) -> StoreResult<Option<Found>> {
    let sql = format!(
        "SELECT {CARD}, l.room_id, l.co_ownership, l.mortgage, l.title_copy, l.source, l.headline, \
         r.layout_kind, r.ownership, r.usage, b.structure, b.lifts, b.homes_per_floor, b.heating, \
         c.name_en AS city_name_en, m.school_name, m.school_m {FROM} WHERE l.code = $1"
    );
    let rows = db.rows(sql, [code.as_str().into()]).await?;
    let Some(row) = rows.first() else { return Ok(None) };
    let state: ListingState = coded(row, "state", ListingState::from_code)?;
    match state {
        ListingState::Active | ListingState::UnderOffer | ListingState::Sold => {}
        ListingState::Withdrawn | ListingState::SoldByOther | ListingState::Invalid => return Ok(Some(Found::Gone)),
        _ => return Ok(None),
    }
    let room: i64 = row.try_get("", "room_id")?;
    let prices = prices(db, room).await?;
    let spells = spells(db, room).await?;
    let (photos, around, films) = crate::media::shown(db, code).await?;
    let card_row = CardRow { photos, ..card(row, today)? };
    let lifts: Option<i16> = row.try_get("", "lifts")?;
    let homes: Option<i16> = row.try_get("", "homes_per_floor")?;
    let detail = Detail {
        city: City {
            slug: card_row.card.city.slug.clone(),
            name: card_row.card.city.name.clone(),
            name_en: row.try_get("", "city_name_en")?,
        },
        building_type: card_row.building,
        structure: coded_option(row, "structure", domain::listing::Structure::from_code)?,
        layout_kind: coded_option(row, "layout_kind", domain::listing::LayoutKind::from_code)?,
        lift_ratio: lifts.zip(homes).map(|(lifts, homes)| LiftRatio {
            lifts: u16::try_from(lifts).unwrap_or(0),
            homes: u16::try_from(homes).unwrap_or(0),
        }),
        heating: coded_option(row, "heating", domain::listing::Heating::from_code)?,
        ownership: coded_option(row, "ownership", domain::listing::Ownership::from_code)?,
        usage: coded_option(row, "usage", domain::listing::Usage::from_code)?,
        last_sale: row.try_get("", "last_sale")?,
        co_ownership: coded_option(row, "co_ownership", domain::listing::CoOwnership::from_code)?,
        mortgage: coded_option(row, "mortgage", domain::listing::Mortgage::from_code)?,
        title_copy: row.try_get("", "title_copy")?,
        verify_code: row.try_get("", "verify_code")?,
        source: row.try_get("", "source")?,
        headline: row.try_get("", "headline")?,
        prices,
        spells,
        community_on_sale: 0,
        community_median: None,
        school: near(row, "school_name", "school_m")?,
        around,
        films,
        card: card_row.card.clone(),
    };
    Ok(Some(Found::Shown(detail, card_row)))
}

/// The public homes of a district and the day each last changed, in the order of their numbers.
pub async fn addresses(
    db: &Db,
    scope: &Scope,
    city: &domain::Slug,
    district: &domain::Slug,
    limit: u32,
    skip: u32,
) -> StoreResult<Vec<(ListingCode, NaiveDate)>> {
    let sql = format!(
        "SELECT l.code, l.updated_ms {FROM} WHERE c.slug = $1 AND d.slug = $2 AND {} ORDER BY l.id LIMIT $3 OFFSET $4",
        scope.listings()
    );
    let values = [city.as_str().into(), district.as_str().into(), i64::from(limit).into(), i64::from(skip).into()];
    let rows = db.rows(sql, values).await?;
    rows.iter().map(|row| Ok((code(row)?, crate::Moment(row.try_get("", "updated_ms")?).day()))).collect()
}

async fn prices(db: &Db, room: i64) -> StoreResult<Vec<PricePoint>> {
    let sql = "SELECT effective_on, new_price, old_price FROM price_event WHERE room_id = $1 ORDER BY id";
    let rows = db.rows(sql, [room.into()]).await?;
    rows.iter()
        .map(|row| {
            let old: Option<i64> = row.try_get("", "old_price")?;
            let price = Fen(row.try_get("", "new_price")?);
            Ok(PricePoint { on: row.try_get("", "effective_on")?, price, first: old.is_none() })
        })
        .collect()
}

/// The spells of a room that the public saw.
async fn spells(db: &Db, room: i64) -> StoreResult<Vec<Spell>> {
    let sql = "SELECT code, state, listed_on, ended_on FROM listing WHERE room_id = $1 AND state <> 'draft' \
               AND state <> 'pending_verify' ORDER BY listed_on, id";
    let rows = db.rows(sql, [room.into()]).await?;
    rows.iter()
        .map(|row| {
            let state = coded(row, "state", ListingState::from_code)?;
            let ended: Option<NaiveDate> = row.try_get("", "ended_on")?;
            Ok(Spell {
                code: code(row)?,
                from: row.try_get("", "listed_on")?,
                end: ended.map(|on| SpellEnd { on, state }),
            })
        })
        .collect()
}

pub(crate) fn card(row: &QueryResult, today: NaiveDate) -> StoreResult<CardRow> {
    let rooms: Option<i16> = row.try_get("", "rooms")?;
    let small = |name: &str| -> StoreResult<Option<u8>> {
        let value: Option<i16> = row.try_get("", name)?;
        Ok(value.and_then(|v| u8::try_from(v).ok()))
    };
    let layout = match rooms.and_then(|r| u8::try_from(r).ok()) {
        Some(rooms) => {
            Some(Layout { rooms, halls: small("halls")?, kitchens: small("kitchens")?, baths: small("baths")? })
        }
        None => None,
    };
    let (price, area) = (Fen(row.try_get("", "price")?), Area(row.try_get("", "area_built")?));
    let listed_on: NaiveDate = row.try_get("", "listed_on")?;
    let ended_on: Option<NaiveDate> = row.try_get("", "ended_on")?;
    let days_before: i32 = row.try_get("", "days_before")?;
    let spell = (ended_on.unwrap_or(today) - listed_on).num_days().max(0);
    let inner: Option<i32> = row.try_get("", "area_inner")?;
    let verify_code: Option<String> = row.try_get("", "verify_code")?;
    let facing: i16 = row.try_get("", "facing")?;
    let building_year: Option<i16> = row.try_get("", "built_year")?;
    let holding = Holding::on(
        today,
        row.try_get("", "certificate_on")?,
        row.try_get("", "deed_tax_on")?,
        coded_option(row, "holding_stated", domain::listing::HoldingBand::from_code)?,
        row.try_get("", "last_sale")?,
    );
    let card = Card {
        code: code(row)?,
        version: row.try_get("", "version")?,
        city: place(row, "city_slug", "city_name")?,
        district: place(row, "district_slug", "district_name")?,
        circle: place(row, "circle_slug", "circle_name")?,
        community: place(row, "community_slug", "community_name")?,
        state: coded(row, "state", ListingState::from_code)?,
        price,
        first_price: Fen(row.try_get("", "first_price")?),
        unit_price: UnitPrice::of(price, area).ok_or_else(|| StoreError::corrupt("a home without an area"))?,
        layout,
        area_built: area,
        area_inner: inner.map(Area),
        facing: Facing::from_bits(u8::try_from(facing).unwrap_or(0)),
        floor_band: coded_option(row, "floor_band", domain::listing::FloorBand::from_code)?,
        floor: row.try_get("", "floor")?,
        storeys: row.try_get("", "storeys")?,
        built_year: building_year.or(row.try_get("", "community_year")?),
        decoration: coded_option(row, "decoration", domain::listing::Decoration::from_code)?,
        elevator: row.try_get("", "elevator")?,
        holding,
        only_home: row.try_get("", "only_home")?,
        any_time: row.try_get("", "any_time")?,
        metro: near(row, "metro_name", "metro_m")?,
        listed_on,
        days: days_before.saturating_add(i32::try_from(spell).unwrap_or(i32::MAX)),
        unverified: row.try_get("", "unverified")?,
        has_verify_code: verify_code.is_some(),
        versus_median: None,
        media: Vec::new(),
    };
    Ok(CardRow {
        id: card.code.number(),
        card,
        scene: row.try_get("", "scene")?,
        building: coded_option(row, "building_type", domain::listing::BuildingType::from_code)?,
        photos: crate::media::picture(row)?.into_iter().collect(),
    })
}

pub(crate) fn code(row: &QueryResult) -> StoreResult<ListingCode> {
    let text: String = row.try_get("", "code")?;
    ListingCode::parse(&text).ok_or_else(|| StoreError::corrupt(format!("listing code `{text}`")))
}

fn place(row: &QueryResult, slug: &str, name: &str) -> StoreResult<PlaceName> {
    Ok(PlaceName { slug: crate::place::slug(row.try_get("", slug)?)?, name: row.try_get("", name)? })
}

fn near(row: &QueryResult, name: &str, metres: &str) -> StoreResult<Option<Near>> {
    let name: Option<String> = row.try_get("", name)?;
    let metres: Option<i32> = row.try_get("", metres)?;
    Ok(name.zip(metres).map(|(name, metres)| Near { name, metres }))
}

/// Reads a coded column.
pub(crate) fn coded<T>(row: &QueryResult, column: &str, read: fn(&str) -> Option<T>) -> StoreResult<T> {
    coded_option(row, column, read)?.ok_or_else(|| StoreError::corrupt(format!("{column} is empty")))
}

/// Reads a coded column that may be empty.
pub(crate) fn coded_option<T>(
    row: &QueryResult,
    column: &str,
    read: fn(&str) -> Option<T>,
) -> StoreResult<Option<T>> {
    let text: Option<String> = row.try_get("", column)?;
    text.map(|text| read(&text).ok_or_else(|| StoreError::corrupt(format!("{column} `{text}`")))).transpose()
}

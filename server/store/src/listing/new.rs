//! New homes on the market: building, room, listing and the first lines of their history, many at a time.

use crate::row::{building, listing, listing_event, price_event, room};
use crate::{Moment, Sequence, StoreError, StoreResult, Tx};
use chrono::{Datelike, NaiveDate};
use domain::access::Actor;
use domain::listing::{
    BuildingType, CoOwnership, Decoration, Facing, FloorBand, Heating, HoldingBand, Layout, LayoutKind, LiftRatio,
    ListingState, Mortgage, Ownership, Structure, Usage,
};
use domain::{Area, Fen, ListingCode, Rule};
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};
use std::collections::HashMap;

/// A home to be put on the market.
#[derive(Clone, Debug)]
pub struct NewHome {
    /// Row number of its community.
    pub community: i64,
    /// What is known of its building.
    pub building: BuildingFacts,
    /// The room.
    pub room: NewRoom,
    /// The offer.
    pub listing: NewListing,
}

/// Facts of a building. Without a name, homes of one community with equal facts share one building.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct BuildingFacts {
    /// Which one, such as `3 号楼`, where known.
    pub name: Option<String>,
    /// 建筑类型
    pub kind: Option<BuildingType>,
    /// 建筑结构
    pub structure: Option<Structure>,
    /// 总楼层
    pub storeys: Option<i16>,
    /// 梯户比例
    pub lift_ratio: Option<LiftRatio>,
    /// 电梯
    pub elevator: Option<bool>,
    /// 供暖
    pub heating: Option<Heating>,
    /// 建成年代
    pub built_year: Option<i16>,
}

/// The identity of a room within its building: personal data.
#[derive(Clone, Debug)]
pub struct RoomNumber {
    /// 单元
    pub unit: String,
    /// 室
    pub room: String,
}

/// A room.
#[derive(Clone, Debug)]
pub struct NewRoom {
    /// Its number; a room without one is provisional.
    pub number: Option<RoomNumber>,
    /// Exact floor, where known.
    pub floor: Option<i16>,
    /// 所在楼层 as a band.
    pub floor_band: Option<FloorBand>,
    /// 户型
    pub layout: Option<Layout>,
    /// 户型结构
    pub layout_kind: Option<LayoutKind>,
    /// 建筑面积
    pub area_built: Area,
    /// 套内面积, at most the built area.
    pub area_inner: Option<Area>,
    /// 朝向
    pub facing: Facing,
    /// 交易权属
    pub ownership: Option<Ownership>,
    /// 房屋用途
    pub usage: Option<Usage>,
    /// 上次交易
    pub last_sale: Option<NaiveDate>,
    /// Date on the title certificate.
    pub certificate_on: Option<NaiveDate>,
    /// Date of the deed-tax receipt.
    pub deed_tax_on: Option<NaiveDate>,
    /// What demo pictures are drawn from.
    pub scene: Option<i64>,
}

/// An offer.
#[derive(Clone, Debug)]
pub struct NewListing {
    /// The state it starts in.
    pub state: ListingState,
    /// Prices with the days they were set, oldest first; the last is the price now. At least one.
    pub prices: Vec<(NaiveDate, Fen)>,
    /// 装修
    pub decoration: Option<Decoration>,
    /// 房屋年限, as stated.
    pub holding: Option<HoldingBand>,
    /// 唯一, as stated.
    pub only_home: Option<bool>,
    /// 产权所属
    pub co_ownership: Option<CoOwnership>,
    /// 抵押
    pub mortgage: Option<Mortgage>,
    /// What was said of bank and balance: private, stored encrypted.
    pub mortgage_note: Option<String>,
    /// 房本备件 uploaded
    pub title_copy: Option<bool>,
    /// 房源核验码
    pub verify_code: Option<String>,
    /// 随时可看
    pub any_time: bool,
    /// 核心卖点
    pub headline: Option<String>,
    /// Taken in from a file and not verified by the firm.
    pub unverified: bool,
    /// Where it was taken in from.
    pub source: Option<String>,
    /// Its number there; unique within the city.
    pub source_id: Option<String>,
    /// Hash of the row it was taken in from; unique within the city.
    pub fingerprint: Option<Vec<u8>>,
    /// Equal for homes that look like the same one.
    pub look_alike: Option<Vec<u8>>,
    /// The import that brought it.
    pub import_id: Option<i64>,
    /// What the source said and no field holds.
    pub extra: Vec<(String, String)>,
    /// Day it went on the market.
    pub listed_on: NaiveDate,
}

/// Puts homes on the market. Returns their codes in the same order. Call inside a write transaction.
///
/// # Errors
/// `Rule(RoomListed)` when a room has an open sale listing already; nothing is written then.
pub async fn insert(
    tx: &Tx,
    at: Moment,
    actor: &Actor,
    city: i64,
    homes: Vec<NewHome>,
) -> StoreResult<Vec<ListingCode>> {
    if homes.is_empty() {
        return Ok(Vec::new());
    }
    let count = i64::try_from(homes.len()).map_err(StoreError::corrupt)?;
    let events: i64 = homes.iter().map(|h| 3 + i64::try_from(h.listing.prices.len()).unwrap_or(0)).sum();
    let mut number = tx.numbers(&Sequence::Row, events + 2 * count).await?..;
    let mut next = || number.next().unwrap_or_default();
    let today = at.day();
    let month = Sequence::ListingCode { year: today.year(), month: today.month() };
    let first_code = tx.numbers(&month, count).await?;
    let by = actor.audit_name();

    let mut batch = Batch::default();
    let mut known: HashMap<(i64, BuildingFacts), i64> = HashMap::new();
    let mut codes = Vec::with_capacity(homes.len());
    for (home, n) in homes.into_iter().zip(first_code..) {
        let NewHome { community, building, room, listing } = home;
        let named = building.name.is_some();
        // A name says which building it is, whatever else the rows tell of it: the first one counts.
        let key = match &building.name {
            Some(_) => (community, BuildingFacts { name: building.name.clone(), ..BuildingFacts::default() }),
            None => (community, building.clone()),
        };
        let building_id = match known.get(&key) {
            Some(id) => *id,
            None => {
                let found = if named { named_building(tx, community, &building).await? } else { None };
                let id = found.unwrap_or_else(&mut next);
                if found.is_none() {
                    batch.buildings.push(building_row(id, community, &building));
                }
                known.insert(key, id);
                id
            }
        };
        let code = ListingCode::new(today.year(), today.month(), n);
        let earlier = earlier_room(tx, community, &building, &room).await?;
        let room_id = earlier.as_ref().map_or_else(&mut next, |e| e.id);
        if earlier.is_none() {
            let unit_id = unit(tx, &batch.buildings, building_id, &room, &mut next).await?;
            // A unit refers to its building: write what it needs first.
            if unit_id.is_some() {
                batch.write_buildings(tx).await?;
                let unit_id = put_unit(tx, building_id, &room, unit_id).await?;
                batch.rooms.push(room_row(tx, room_id, community, building_id, unit_id, &building, room)?);
            } else {
                batch.rooms.push(room_row(tx, room_id, community, building_id, None, &building, room)?);
            }
        }
        let listing_id = next();
        let days_before = earlier.map_or(0, |e| e.days_on_market);
        batch.add_listing(
            tx,
            &mut next,
            Ids { room: room_id, listing: listing_id, city },
            code.clone(),
            days_before,
            &by,
            at,
            listing,
        )?;
        codes.push(code);
    }
    batch.write(tx).await?;
    Ok(codes)
}

struct Ids {
    room: i64,
    listing: i64,
    city: i64,
}

#[derive(Default)]
struct Batch {
    buildings: Vec<building::Model>,
    rooms: Vec<room::Model>,
    listings: Vec<listing::Model>,
    prices: Vec<price_event::Model>,
    states: Vec<listing_event::Model>,
}

impl Batch {
    #[expect(clippy::too_many_arguments, reason = "one private call that fills three rows")]
    fn add_listing(
        &mut self,
        tx: &Tx,
        next: &mut impl FnMut() -> i64,
        ids: Ids,
        code: ListingCode,
        days_before: i32,
        by: &str,
        at: Moment,
        new: NewListing,
    ) -> StoreResult<()> {
        let NewListing {
            state,
            prices,
            decoration,
            holding,
            only_home,
            co_ownership,
            mortgage,
            mortgage_note,
            title_copy,
            verify_code,
            any_time,
            headline,
            unverified,
            source,
            source_id,
            fingerprint,
            look_alike,
            import_id,
            extra,
            listed_on,
        } = new;
        let (Some((_, first_price)), Some((_, price))) = (prices.first(), prices.last()) else {
            return Err(StoreError::corrupt("a listing without a price"));
        };
        let note = mortgage_note.map(|note| tx.keys().seal("listing.mortgage_note", &note)).transpose()?;
        let extra = match extra.as_slice() {
            [] => None,
            pairs => Some(serde_json::to_string(pairs).map_err(StoreError::corrupt)?),
        };
        self.listings.push(listing::Model {
            id: ids.listing,
            code: code.to_string(),
            city_id: ids.city,
            room_id: ids.room,
            kind: "sale".to_owned(),
            state: state.code().to_owned(),
            price: price.0,
            first_price: first_price.0,
            decoration: word(decoration.map(Decoration::code)),
            holding_stated: word(holding.map(HoldingBand::code)),
            only_home,
            co_ownership: word(co_ownership.map(CoOwnership::code)),
            mortgage: word(mortgage.map(Mortgage::code)),
            mortgage_note_cipher: note,
            floor_price_cipher: None,
            title_copy,
            verify_code,
            any_time,
            headline,
            unverified,
            source,
            source_id,
            fingerprint,
            look_alike,
            import_id,
            extra,
            listed_on,
            ended_on: None,
            days_before,
            mandate_ms: at.0,
            maintained_ms: at.0,
            version: 1,
            created_ms: at.0,
            created_by: by.to_owned(),
            updated_ms: at.0,
        });
        let mut old = None;
        for (on, price) in prices {
            self.prices.push(price_event::Model {
                id: next(),
                room_id: ids.room,
                listing_id: ids.listing,
                old_price: old,
                new_price: price.0,
                effective_on: on,
                at_ms: at.0,
                by_actor: by.to_owned(),
                evidence: None,
            });
            old = Some(price.0);
        }
        self.states.push(listing_event::Model {
            id: next(),
            room_id: ids.room,
            listing_id: ids.listing,
            old_state: None,
            new_state: state.code().to_owned(),
            effective_on: listed_on,
            at_ms: at.0,
            by_actor: by.to_owned(),
            reason: None,
        });
        Ok(())
    }

    async fn write_buildings(&mut self, tx: &Tx) -> StoreResult<()> {
        put_all::<building::Entity>(tx, std::mem::take(&mut self.buildings)).await
    }

    async fn write(mut self, tx: &Tx) -> StoreResult<()> {
        self.write_buildings(tx).await?;
        put_all::<room::Entity>(tx, self.rooms).await?;
        put_all::<listing::Entity>(tx, self.listings).await.map_err(room_taken)?;
        put_all::<price_event::Entity>(tx, self.prices).await?;
        put_all::<listing_event::Entity>(tx, self.states).await
    }
}

/// Only the index on open listings speaks of the room; other unique indexes keep their own words.
fn room_taken(error: StoreError) -> StoreError {
    match &error {
        StoreError::Taken(what) if what.contains("room") => error.on_unique(Rule::RoomListed),
        _ => error,
    }
}

/// Inserts rows in statements that stay below the engines' limits on parameters.
async fn put_all<E>(tx: &Tx, rows: Vec<E::Model>) -> StoreResult<()>
where
    E: EntityTrait,
    E::Model: IntoActiveModel<E::ActiveModel>,
    E::ActiveModel: ActiveModelTrait<Entity = E> + Send,
{
    const PARAMETERS: usize = 16_000;
    let columns = <E::Column as sea_orm::Iterable>::iter().count().max(1);
    let mut rows = rows.into_iter().map(|row| {
        let mut row = row.into_active_model();
        // Every column is written, or rows of one statement would differ in shape.
        for column in <E::Column as sea_orm::Iterable>::iter() {
            row.reset(column);
        }
        row
    });
    loop {
        let chunk: Vec<_> = rows.by_ref().take(PARAMETERS / columns).collect();
        if chunk.is_empty() {
            return Ok(());
        }
        E::insert_many(chunk).exec_without_returning(&**tx).await?;
    }
}

struct EarlierRoom {
    id: i64,
    days_on_market: i32,
}

/// The room with this number, if it was ever on the market, and for how many days.
async fn earlier_room(
    tx: &Tx,
    community: i64,
    building: &BuildingFacts,
    room: &NewRoom,
) -> StoreResult<Option<EarlierRoom>> {
    let Some(number) = &room.number else { return Ok(None) };
    let key = room_key(tx, community, building, number);
    let rows = tx.rows("SELECT id FROM room WHERE room_key = $1", [key.into()]).await?;
    let Some(row) = rows.first() else { return Ok(None) };
    let id: i64 = row.try_get("", "id")?;
    let sql = "SELECT listed_on, ended_on FROM listing WHERE room_id = $1 AND ended_on IS NOT NULL";
    let mut days = 0;
    for row in tx.rows(sql, [id.into()]).await? {
        let (from, to): (NaiveDate, NaiveDate) = (row.try_get("", "listed_on")?, row.try_get("", "ended_on")?);
        days += i32::try_from((to - from).num_days().max(0)).unwrap_or(0);
    }
    Ok(Some(EarlierRoom { id, days_on_market: days }))
}

async fn named_building(tx: &Tx, community: i64, facts: &BuildingFacts) -> StoreResult<Option<i64>> {
    let sql = "SELECT id FROM building WHERE community_id = $1 AND name = $2";
    let rows = tx.rows(sql, [community.into(), facts.name.clone().into()]).await?;
    rows.first().map(|row| row.try_get("", "id").map_err(Into::into)).transpose()
}

/// A number for the unit of a room that has one, unless the unit is there already.
async fn unit(
    tx: &Tx,
    fresh: &[building::Model],
    building: i64,
    room: &NewRoom,
    next: &mut impl FnMut() -> i64,
) -> StoreResult<Option<i64>> {
    let Some(number) = &room.number else { return Ok(None) };
    if !fresh.iter().any(|b| b.id == building) {
        let index = tx.keys().blind_index("unit", &number.unit);
        let sql = "SELECT id FROM unit WHERE building_id = $1 AND name_index = $2";
        if let Some(row) = tx.rows(sql, [building.into(), index.into()]).await?.first() {
            return Ok(Some(row.try_get("", "id")?));
        }
    }
    Ok(Some(next()))
}

async fn put_unit(tx: &Tx, building: i64, room: &NewRoom, unit: Option<i64>) -> StoreResult<Option<i64>> {
    let (Some(number), Some(id)) = (&room.number, unit) else { return Ok(None) };
    let cipher = tx.keys().seal("unit.name", &number.unit)?;
    let index = tx.keys().blind_index("unit", &number.unit);
    tx.run(
        "INSERT INTO unit (id, building_id, name_cipher, name_index) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
        [id.into(), building.into(), cipher.into(), index.into()],
    )
    .await?;
    Ok(Some(id))
}

fn room_key(tx: &Tx, community: i64, building: &BuildingFacts, number: &RoomNumber) -> Vec<u8> {
    let building = building.name.as_deref().unwrap_or("");
    tx.keys().blind_index("room", &format!("{community}\n{building}\n{}\n{}", number.unit, number.room))
}

fn building_row(id: i64, community: i64, facts: &BuildingFacts) -> building::Model {
    let BuildingFacts { name, kind, structure, storeys, lift_ratio, elevator, heating, built_year } = facts;
    let ratio = |part: fn(&LiftRatio) -> u16| lift_ratio.as_ref().and_then(|r| i16::try_from(part(r)).ok());
    building::Model {
        id,
        community_id: community,
        name: name.clone(),
        building_type: word(kind.map(BuildingType::code)),
        structure: word(structure.map(Structure::code)),
        storeys: *storeys,
        lifts: ratio(|r| r.lifts),
        homes_per_floor: ratio(|r| r.homes),
        elevator: *elevator,
        heating: word(heating.map(Heating::code)),
        built_year: *built_year,
    }
}

fn room_row(
    tx: &Tx,
    id: i64,
    community: i64,
    building_id: i64,
    unit_id: Option<i64>,
    building: &BuildingFacts,
    new: NewRoom,
) -> StoreResult<room::Model> {
    let NewRoom {
        number,
        floor,
        floor_band,
        layout,
        layout_kind,
        area_built,
        area_inner,
        facing,
        ownership,
        usage,
        last_sale,
        certificate_on,
        deed_tax_on,
        scene,
    } = new;
    Ok(room::Model {
        id,
        community_id: community,
        building_id,
        unit_id,
        number_cipher: number.as_ref().map(|n| tx.keys().seal("room.number", &n.room)).transpose()?,
        room_key: number.as_ref().map(|n| room_key(tx, community, building, n)),
        provisional: number.is_none(),
        floor,
        floor_band: word(floor_band.map(FloorBand::code)),
        rooms: layout.map(|l| i16::from(l.rooms)),
        halls: layout.and_then(|l| l.halls).map(i16::from),
        kitchens: layout.and_then(|l| l.kitchens).map(i16::from),
        baths: layout.and_then(|l| l.baths).map(i16::from),
        layout_kind: word(layout_kind.map(LayoutKind::code)),
        area_built: area_built.0,
        area_inner: area_inner.map(|a| a.0),
        facing: i16::from(facing.bits()),
        ownership: word(ownership.map(Ownership::code)),
        usage: word(usage.map(Usage::code)),
        last_sale,
        certificate_on,
        deed_tax_on,
        scene,
    })
}

fn word(code: Option<&'static str>) -> Option<String> {
    code.map(str::to_owned)
}

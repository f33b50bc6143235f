//! New homes on the market: building, room, listing and the first lines of their history, many at a time.

mod batch;
mod identity;

pub use identity::room_key;

use crate::{Moment, Sequence, StoreError, StoreResult, Tx};
use batch::{Batch, Ids};
use chrono::{Datelike, NaiveDate};
use domain::access::Actor;
use domain::listing::{
    BuildingType, CoOwnership, Decoration, Facing, FloorBand, Heating, HoldingBand, Layout, LayoutKind, LiftRatio,
    ListingState, Mortgage, Ownership, Structure, Usage,
};
use domain::{Area, Fen, ListingCode};
use identity::Identity;

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
    // A building, a unit, a room, a listing and a state for each, and its prices.
    let prices: i64 = homes.iter().map(|h| i64::try_from(h.listing.prices.len()).unwrap_or(0)).sum();
    let mut number = tx.numbers(&Sequence::Row, 5 * count + prices).await?..;
    let mut next = || number.next().unwrap_or_default();
    let today = at.day();
    let month = Sequence::ListingCode { year: today.year(), month: today.month() };
    let first_code = tx.numbers(&month, count).await?;
    let by = actor.audit_name();

    let mut identity = Identity::load(tx, &homes).await?;
    let mut batch = Batch::default();
    let mut codes = Vec::with_capacity(homes.len());
    for (home, n) in homes.into_iter().zip(first_code..) {
        let NewHome { community, building, room, listing } = home;
        let code = ListingCode::new(today.year(), today.month(), n);
        let (room_id, days_before) = match identity.room(tx, community, &building, &room) {
            Some(earlier) => earlier,
            None => {
                let id = next();
                let building_id = identity.building(&mut batch, &mut next, community, &building);
                let unit_id = identity.unit(tx, &mut batch, &mut next, building_id, &room).await?;
                identity.remember(tx, id, community, &building, &room);
                batch.add_room(tx, id, community, building_id, unit_id, &building, room)?;
                (id, 0)
            }
        };
        let ids = Ids { room: room_id, listing: next(), city };
        batch.add_listing(tx, &mut next, ids, code.clone(), days_before, &by, at, listing)?;
        codes.push(code);
    }
    batch.write(tx).await?;
    Ok(codes)
}

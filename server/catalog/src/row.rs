//! A listing as the catalogue knows it: the row it is given, and the packed form it keeps.

use crate::facts::Facts;
use chrono::{Datelike, NaiveDate};
use domain::listing::{
    BuildingType, Decoration, Facing, FloorBand, Heating, HoldingBand, LayoutKind, Ownership, ROOMS_MAX, Structure,
    Usage, YesNo,
};
use domain::{Area, Fen};

/// A published listing. Unknown facts are `None` and match no condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The number of its public code: unique, and fit to stand in the address of the next page.
    pub id: i64,
    /// Its community: a position in [`crate::Places::communities`].
    pub community: u32,
    /// Asking price.
    pub price: Fen,
    /// First price of the present spell on the market.
    pub first_price: Fen,
    /// 建筑面积; a listing without a positive one counts as 0 元/㎡.
    pub area_built: Area,
    /// 套内面积
    pub area_inner: Option<Area>,
    /// 室
    pub rooms: Option<u8>,
    /// 朝向
    pub facing: Facing,
    /// 楼层
    pub floor: Option<FloorBand>,
    /// 建成年代
    pub built_year: Option<i16>,
    /// 装修
    pub decoration: Option<Decoration>,
    /// 电梯
    pub elevator: Option<bool>,
    /// 供暖
    pub heating: Option<Heating>,
    /// 建筑类型
    pub building: Option<BuildingType>,
    /// 建筑结构
    pub structure: Option<Structure>,
    /// 户型结构
    pub kind: Option<LayoutKind>,
    /// 交易权属
    pub ownership: Option<Ownership>,
    /// 房屋用途
    pub usage: Option<Usage>,
    /// Date on the title certificate (房本).
    pub certificate_on: Option<NaiveDate>,
    /// Date of the deed-tax receipt (契税票).
    pub deed_tax_on: Option<NaiveDate>,
    /// 房屋年限, as stated.
    pub holding_stated: Option<HoldingBand>,
    /// 上次交易
    pub last_sale: Option<NaiveDate>,
    /// 唯一
    pub only_home: Option<bool>,
    /// 随时可看
    pub any_time: bool,
    /// 有核验码
    pub verified: bool,
    /// With photographs.
    pub photos: bool,
    /// The day the newest spell on the market began.
    pub listed_on: NaiveDate,
    /// `listed_on` less the days of earlier spells: days on the market count from here.
    pub market_on: NaiveDate,
}

const UNKNOWN: u8 = u8::MAX;
pub(crate) const NO_DAY: i32 = i32::MIN;
pub(crate) const NO_AREA: i32 = i32::MIN;
pub(crate) const NO_METRES: i32 = i32::MIN;
pub(crate) const NO_YEAR: i16 = i16::MIN;
/// Small facts a byte each, in the order of fields from the rooms on, and a byte of marks.
pub(crate) const CODES: usize = 12;
pub(crate) const MARKS: usize = CODES - 1;
pub(crate) const STATED: u8 = 0b11;
pub(crate) const ONLY: u8 = 1 << 2;
pub(crate) const ANY_TIME: u8 = 1 << 3;
pub(crate) const VERIFIED: u8 = 1 << 4;
pub(crate) const PHOTOS: u8 = 1 << 5;

/// A listing in the form that is kept: no more than what searches need.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Packed {
    pub(crate) id: i64,
    /// Its community in the order of places.
    pub(crate) slot: u32,
    pub(crate) price: i64,
    pub(crate) area: i32,
    pub(crate) inner: i32,
    /// Twice the whole per mille below the first price, one more if there is a rest: exact against whole
    /// percents from both sides. −1 for a raised price.
    pub(crate) cut: i16,
    pub(crate) year: i16,
    pub(crate) listed: i32,
    pub(crate) market: i32,
    /// The day from which the holding is computed.
    pub(crate) since: i32,
    pub(crate) codes: [u8; CODES],
}

impl Packed {
    pub(crate) fn new(row: &Row, slot: u32) -> Self {
        fn code(ordinal: Option<usize>) -> u8 {
            ordinal.and_then(|n| u8::try_from(n).ok()).unwrap_or(UNKNOWN)
        }
        // The evidence that `Holding::on` goes by; the rest of it can make no difference on any day.
        let document = [row.certificate_on, row.deed_tax_on].into_iter().flatten().min();
        let stated = row.holding_stated.filter(|_| document.is_none());
        let since = document.or(row.last_sale.filter(|_| stated.is_none()));
        let mark = |set: bool, bit: u8| if set { bit } else { 0 };
        let marks = stated.map_or(0, |band| band.ordinal() as u8 + 1)
            | mark(row.only_home == Some(true), ONLY)
            | mark(row.any_time, ANY_TIME)
            | mark(row.verified, VERIFIED)
            | mark(row.photos, PHOTOS);
        let elevator = row.elevator.map(|yes| if yes { YesNo::Yes } else { YesNo::No });
        Self {
            id: row.id,
            slot,
            price: row.price.0,
            area: row.area_built.0,
            inner: row.area_inner.map_or(NO_AREA, |area| area.0),
            cut: cut(row.first_price.0, row.price.0),
            year: row.built_year.unwrap_or(NO_YEAR),
            listed: row.listed_on.num_days_from_ce(),
            market: row.market_on.num_days_from_ce(),
            since: since.map_or(NO_DAY, |day| day.num_days_from_ce()),
            codes: [
                code(row.rooms.map(|n| usize::from(n.min(ROOMS_MAX)))),
                row.facing.bits(),
                code(row.floor.map(FloorBand::ordinal)),
                code(row.decoration.map(Decoration::ordinal)),
                code(elevator.map(YesNo::ordinal)),
                code(row.heating.map(Heating::ordinal)),
                code(row.building.map(BuildingType::ordinal)),
                code(row.structure.map(Structure::ordinal)),
                code(row.kind.map(LayoutKind::ordinal)),
                code(row.ownership.map(Ownership::ordinal)),
                code(row.usage.map(Usage::ordinal)),
                marks,
            ],
        }
    }
}

impl Facts for Packed {
    fn price(&self) -> i64 {
        self.price
    }
    fn area(&self) -> i32 {
        self.area
    }
    fn inner(&self) -> i32 {
        self.inner
    }
    fn cut(&self) -> i16 {
        self.cut
    }
    fn year(&self) -> i16 {
        self.year
    }
    fn listed(&self) -> i32 {
        self.listed
    }
    fn market(&self) -> i32 {
        self.market
    }
    fn since(&self) -> i32 {
        self.since
    }
    fn codes(&self) -> &[u8; CODES] {
        &self.codes
    }
}

/// See [`Packed::cut`].
fn cut(first: i64, price: i64) -> i16 {
    if first <= 0 || price == first {
        return 0;
    }
    if price > first {
        return -1;
    }
    let less = (first - price).saturating_mul(1000);
    i16::try_from(less / first * 2 + i64::from(less % first > 0)).unwrap_or(i16::MAX)
}

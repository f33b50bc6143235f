//! A home as a row tells it.

use crate::mark::Mark;
use chrono::NaiveDate;
use domain::listing::{
    BuildingType, CoOwnership, Decoration, Facing, FloorBand, Heating, HoldingBand, Layout, LayoutKind, LiftRatio,
    Mortgage, Ownership, Structure, Usage,
};
use domain::{Area, Fen, UnitPrice};
use std::fmt;

/// A text that is never shown to the public, printed or logged. It has no JSON form.
#[derive(Clone, PartialEq, Eq)]
pub struct Private(String);

impl Private {
    /// Keeps a text private.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text, for the place where it is stored sealed.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Private {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Private(…)")
    }
}

/// A place on the map, in millionths of a degree, in whatever coordinates the source uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// North of the equator.
    pub lat: i32,
    /// East of Greenwich.
    pub lon: i32,
}

/// A home for sale as a row tells it. What the row does not tell is `None`.
#[derive(Clone, Debug, PartialEq)]
pub struct Home {
    /// City, from the row or else from the defaults.
    pub city: Option<String>,
    /// 区
    pub district: Option<String>,
    /// 商圈
    pub circle: Option<String>,
    /// 小区; never empty in a home that was taken in.
    pub community: String,
    /// Address of the community or building.
    pub address: Option<String>,
    /// 楼栋
    pub building: Option<String>,
    /// 单元; private.
    pub unit: Option<Private>,
    /// 室号; private.
    pub room: Option<Private>,
    /// Where it is, if told.
    pub position: Option<Position>,
    /// Asking price; plausible in a home that was taken in.
    pub price: Fen,
    /// The unit price the source states; price ÷ area counts.
    pub stated_unit_price: Option<UnitPrice>,
    /// 建筑面积; plausible in a home that was taken in.
    pub area_built: Area,
    /// 套内面积, never more than the built area.
    pub area_inner: Option<Area>,
    /// 户型
    pub layout: Option<Layout>,
    /// The exact floor, never above `storeys`.
    pub floor: Option<i16>,
    /// 楼层 as a band, stated or from the exact floor.
    pub floor_band: Option<FloorBand>,
    /// 总楼层
    pub storeys: Option<i16>,
    /// 朝向; empty where unknown.
    pub facing: Facing,
    /// 户型结构
    pub layout_kind: Option<LayoutKind>,
    /// 建筑类型; a villa's own type where told.
    pub building_type: Option<BuildingType>,
    /// 建筑结构
    pub structure: Option<Structure>,
    /// 装修
    pub decoration: Option<Decoration>,
    /// 梯户比例
    pub lift_ratio: Option<LiftRatio>,
    /// 电梯
    pub elevator: Option<bool>,
    /// 供暖
    pub heating: Option<Heating>,
    /// 建成年代
    pub built_year: Option<i16>,
    /// 挂牌时间
    pub listed_on: Option<NaiveDate>,
    /// 上次交易
    pub last_sale: Option<NaiveDate>,
    /// 交易权属
    pub ownership: Option<Ownership>,
    /// 房屋用途
    pub usage: Option<Usage>,
    /// 房屋年限, as stated.
    pub holding: Option<HoldingBand>,
    /// 唯一, as stated.
    pub only_home: Option<bool>,
    /// 产权所属
    pub co_ownership: Option<CoOwnership>,
    /// 抵押: yes or no.
    pub mortgage: Option<Mortgage>,
    /// What else is said of the mortgage: bank, balance, who repays. Private.
    pub mortgage_note: Option<Private>,
    /// 房本备件 uploaded.
    pub title_copy: Option<bool>,
    /// 房源核验码
    pub verify_code: Option<String>,
    /// The number of the listing at its source.
    pub source_id: Option<String>,
    /// 核心卖点
    pub headline: Option<String>,
    /// Columns without a field, and cells that were not understood: name of the column and text.
    pub extra: Vec<(String, String)>,
    /// The mark of all cells: identical rows share it, whatever order the import takes.
    pub fingerprint: Mark,
    /// Rows that share it may be the same home, offered twice or at another price: same community, area, rooms,
    /// floor and storeys.
    pub look_alike: Mark,
}

impl Home {
    /// A home of which nothing is known yet.
    pub(super) fn blank(city: Option<String>) -> Self {
        Self {
            city,
            district: None,
            circle: None,
            community: String::new(),
            address: None,
            building: None,
            unit: None,
            room: None,
            position: None,
            price: Fen(0),
            stated_unit_price: None,
            area_built: Area(0),
            area_inner: None,
            layout: None,
            floor: None,
            floor_band: None,
            storeys: None,
            facing: Facing::default(),
            layout_kind: None,
            building_type: None,
            structure: None,
            decoration: None,
            lift_ratio: None,
            elevator: None,
            heating: None,
            built_year: None,
            listed_on: None,
            last_sale: None,
            ownership: None,
            usage: None,
            holding: None,
            only_home: None,
            co_ownership: None,
            mortgage: None,
            mortgage_note: None,
            title_copy: None,
            verify_code: None,
            source_id: None,
            headline: None,
            extra: Vec::new(),
            fingerprint: Mark::EMPTY,
            look_alike: Mark::EMPTY,
        }
    }

    /// The mark that homes share which may be the same one.
    pub(super) fn likeness(&self) -> Mark {
        let number = |n: Option<i16>| n.map(|n| n.to_string()).unwrap_or_default();
        Mark::EMPTY
            .with(&crate::text::clean(&self.community))
            .with(&self.area_built.0.to_string())
            .with(&number(self.layout.map(|l| i16::from(l.rooms))))
            .with(&number(self.storeys))
            .with(&number(self.floor))
            .with(self.floor_band.map_or("", FloorBand::code))
    }
}

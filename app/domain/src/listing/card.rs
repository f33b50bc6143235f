//! What the public sees of a listing: a card in a list, and the whole page. No unit or room number, no owner,
//! no floor price, no bank: those have no field here.

use super::facts::{
    BuildingType, CoOwnership, Decoration, Facing, FloorBand, Heating, Layout, LayoutKind, LiftRatio, Mortgage,
    Ownership, Structure, Usage,
};
use super::{Holding, ListingState};
use crate::media::{Film, Photo};
use crate::place::{City, PlaceName};
use crate::{Area, Fen, ListingCode, UnitPrice};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// One home in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Card {
    /// 房源编号
    pub code: ListingCode,
    /// Rises with every change.
    pub version: i64,
    /// City of the home.
    pub city: PlaceName,
    /// 区
    pub district: PlaceName,
    /// 商圈
    pub circle: PlaceName,
    /// 小区
    pub community: PlaceName,
    /// State of the offer; public ones only.
    pub state: ListingState,
    /// Asking price.
    pub price: Fen,
    /// The first price of this room's present spell on the market; equal to `price` where it never changed.
    pub first_price: Fen,
    /// Price ÷ built area.
    pub unit_price: UnitPrice,
    /// 户型
    pub layout: Option<Layout>,
    /// 建筑面积
    pub area_built: Area,
    /// 套内面积, where told.
    pub area_inner: Option<Area>,
    /// 朝向
    pub facing: Facing,
    /// 楼层 as a band, where told.
    pub floor_band: Option<FloorBand>,
    /// Exact floor, where told.
    pub floor: Option<i16>,
    /// 总楼层
    pub storeys: Option<i16>,
    /// 建成年代
    pub built_year: Option<i16>,
    /// 装修
    pub decoration: Option<Decoration>,
    /// 电梯
    pub elevator: Option<bool>,
    /// 满二, 满五
    pub holding: Option<Holding>,
    /// 唯一, as the seller states.
    pub only_home: Option<bool>,
    /// Whether it may be viewed at any time (随时可看).
    pub any_time: bool,
    /// Nearest metro station: line and metres.
    pub metro: Option<Near>,
    /// Day it went on the market.
    pub listed_on: NaiveDate,
    /// Days on the market over all spells of the room, today included.
    pub days: i32,
    /// Taken in from a file and not yet verified by the firm.
    pub unverified: bool,
    /// 核验码 present.
    pub has_verify_code: bool,
    /// Percent, times ten, by which the unit price differs from the community's median; negative is below.
    /// Absent under three homes on sale there.
    pub versus_median: Option<i32>,
    /// Pictures, cover first.
    pub media: Vec<Media>,
}

/// A named place nearby.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Near {
    /// Its name, such as `6 号线 浦东大道站`.
    pub name: String,
    /// Metres as the crow flies.
    pub metres: i32,
}

/// One picture of a home.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Media {
    /// What it shows.
    pub picture: RoomPicture,
    /// The n-th of its kind, from 0.
    pub nth: u8,
    /// Main colour, 0 to 11: the placeholder until the picture is there.
    pub tone: u8,
    /// The photo; without one the picture is drawn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub photo: Option<Photo>,
}

coded_enum! {
    /// What a picture of a home shows.
    RoomPicture {
        Facade = "facade",
        Living = "living",
        Bedroom = "bedroom",
        Kitchen = "kitchen",
        Bath = "bath",
        Balcony = "balcony",
        /// The floor plan: a photo of one, or drawn from the layout fields, a sketch and marked as one.
        Plan = "plan",
        /// Anything else; only photos do.
        Other = "other",
    }
}

impl Media {
    /// A picture that is drawn.
    pub const fn drawn(picture: RoomPicture, nth: u8, tone: u8) -> Self {
        Self { picture, nth, tone, photo: None }
    }

    /// Whether it is the sketch of the plan.
    pub fn is_sketch(&self) -> bool {
        self.picture == RoomPicture::Plan && self.photo.is_none()
    }

    /// The word for the picture in its address, such as `bedroom-1`.
    pub fn key(&self) -> String {
        if self.nth == 0 { self.picture.code().to_owned() } else { format!("{}-{}", self.picture, self.nth) }
    }

    /// The picture with this word.
    pub fn parse_key(key: &str) -> Option<(RoomPicture, u8)> {
        match key.split_once('-') {
            None => RoomPicture::from_code(key).map(|p| (p, 0)),
            Some((kind, nth)) => Some((RoomPicture::from_code(kind)?, nth.parse().ok().filter(|n| *n > 0)?)),
        }
    }
}

/// Everything the public may know of a listing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Detail {
    /// What its card shows.
    pub card: Card,
    /// City, in both languages.
    pub city: City,
    /// 建筑类型
    pub building_type: Option<BuildingType>,
    /// 建筑结构
    pub structure: Option<Structure>,
    /// 户型结构
    pub layout_kind: Option<LayoutKind>,
    /// 梯户比例
    pub lift_ratio: Option<LiftRatio>,
    /// 供暖
    pub heating: Option<Heating>,
    /// 交易权属
    pub ownership: Option<Ownership>,
    /// 房屋用途
    pub usage: Option<Usage>,
    /// 上次交易
    pub last_sale: Option<NaiveDate>,
    /// 产权所属
    pub co_ownership: Option<CoOwnership>,
    /// 抵押: yes or no, never with whom.
    pub mortgage: Option<Mortgage>,
    /// 房本备件 uploaded
    pub title_copy: Option<bool>,
    /// 房源核验码
    pub verify_code: Option<String>,
    /// Where the listing was taken in from, where it was.
    pub source: Option<String>,
    /// 核心卖点, in the seller's or agent's words.
    pub headline: Option<String>,
    /// Every price the room was ever offered at, oldest first.
    pub prices: Vec<PricePoint>,
    /// Every time the room was on the market, oldest first.
    pub spells: Vec<Spell>,
    /// Homes on sale in the community.
    pub community_on_sale: u32,
    /// Their median unit price.
    pub community_median: Option<UnitPrice>,
    /// Nearest school.
    pub school: Option<Near>,
    /// Photos of everything around, room by room.
    pub around: Vec<Media>,
    /// Films of the home.
    pub films: Vec<Film>,
}

/// A price and the day it was set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PricePoint {
    /// The day, in the firm's zone.
    pub on: NaiveDate,
    /// The price from then on.
    pub price: Fen,
    /// Whether this price began a spell on the market.
    pub first: bool,
}

/// One time a room was on the market.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spell {
    /// The listing.
    pub code: ListingCode,
    /// First day.
    pub from: NaiveDate,
    /// How it ended, if it did.
    pub end: Option<SpellEnd>,
}

/// The end of a spell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SpellEnd {
    /// Last day.
    pub on: NaiveDate,
    /// The state it went to.
    pub state: ListingState,
}

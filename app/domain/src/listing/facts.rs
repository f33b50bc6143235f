//! The facts of a home as a Chinese listing page states them. Unknown is `None`, never a guess.

use serde::{Deserialize, Serialize};
use std::fmt;

coded_enum! {
    /// Which floor area is meant. Every area on a page says which (建面 or 套内).
    AreaBasis {
        /// 建筑面积, with a share of the common parts.
        Built = "built",
        /// 套内面积, within the walls.
        Inner = "inner",
    }
}

coded_enum! {
    /// Where in the building a home lies (所在楼层), when the exact floor is not told.
    FloorBand {
        /// 地下室
        Basement = "basement",
        /// 底层
        Ground = "ground",
        /// 低楼层
        Low = "low",
        /// 中楼层
        Middle = "middle",
        /// 高楼层
        High = "high",
        /// 顶层
        Top = "top",
    }
}

impl FloorBand {
    /// The band of an exact floor: the first and last are named as such, the rest by thirds.
    pub const fn of(floor: i16, storeys: i16) -> Self {
        if floor < 0 {
            Self::Basement
        } else if storeys > 1 && floor <= 1 {
            Self::Ground
        } else if storeys > 2 && floor >= storeys {
            Self::Top
        } else if floor * 3 <= storeys {
            Self::Low
        } else if floor * 3 <= storeys * 2 {
            Self::Middle
        } else {
            Self::High
        }
    }
}

coded_enum! {
    /// 装修情况
    Decoration {
        /// 毛坯
        Rough = "rough",
        /// 简装
        Simple = "simple",
        /// 精装
        Fine = "fine",
        /// 豪装
        Luxury = "luxury",
        /// 其他
        Other = "other",
    }
}

coded_enum! {
    /// 建筑类型
    BuildingType {
        /// 板楼
        Slab = "slab",
        /// 塔楼
        Tower = "tower",
        /// 板塔结合
        SlabTower = "slab_tower",
        /// 平房
        Bungalow = "bungalow",
        /// 独栋别墅
        DetachedVilla = "detached_villa",
        /// 双拼别墅
        SemiDetachedVilla = "semi_detached_villa",
        /// 联排别墅
        TerracedVilla = "terraced_villa",
        /// 叠拼别墅
        StackedVilla = "stacked_villa",
    }
}

coded_enum! {
    /// 建筑结构
    Structure {
        /// 钢混结构
        ReinforcedConcrete = "reinforced_concrete",
        /// 砖混结构
        BrickConcrete = "brick_concrete",
        /// 框架结构
        Frame = "frame",
        /// 钢结构
        Steel = "steel",
        /// 混合结构
        Mixed = "mixed",
        /// 砖木结构
        BrickTimber = "brick_timber",
    }
}

coded_enum! {
    /// 户型结构
    LayoutKind {
        /// 平层
        Flat = "flat",
        /// 复式
        Duplex = "duplex",
        /// 跃层
        Maisonette = "maisonette",
        /// 错层
        SplitLevel = "split_level",
        /// 开间
        Studio = "studio",
    }
}

coded_enum! {
    /// 供暖
    Heating {
        /// 集中供暖
        Central = "central",
        /// 自供暖
        Own = "own",
        /// 地暖
        Floor = "floor",
        /// 无供暖
        None = "none",
    }
}

coded_enum! {
    /// 交易权属
    Ownership {
        /// 商品房
        Commodity = "commodity",
        /// 已购公房 (房改房)
        PurchasedPublic = "purchased_public",
        /// 经济适用房
        Affordable = "affordable",
        /// 拆迁安置房 (回迁房, 动迁房)
        Resettlement = "resettlement",
        /// 限价商品房 (两限房)
        PriceCapped = "price_capped",
        /// 共有产权房
        Shared = "shared",
        /// 集资房
        CoopBuilt = "coop_built",
        /// 私产
        Private = "private",
        /// 央产房
        CentralPublic = "central_public",
        /// 军产房
        Military = "military",
        /// 使用权房
        UseRight = "use_right",
    }
}

coded_enum! {
    /// 房屋用途
    Usage {
        /// 普通住宅
        Residence = "residence",
        /// 别墅
        Villa = "villa",
        /// 商住两用
        LiveWork = "live_work",
        /// 酒店式公寓
        ServicedFlat = "serviced_flat",
        /// 四合院
        Courtyard = "courtyard",
        /// 商业 (含底商)
        Commercial = "commercial",
        /// 写字楼
        Office = "office",
        /// 车位 (车库)
        Parking = "parking",
    }
}

coded_enum! {
    /// 产权所属
    CoOwnership {
        /// 非共有
        Sole = "sole",
        /// 共有
        Joint = "joint",
    }
}

coded_enum! {
    /// Whether the home is mortgaged (抵押). Bank and balance are private and never public.
    Mortgage {
        /// 无抵押
        Clear = "clear",
        /// 有抵押
        Mortgaged = "mortgaged",
    }
}

/// 户型: rooms (室), halls (厅), kitchens (厨), baths (卫). What a source does not tell stays unknown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Layout {
    /// 室, 0 to 99; 0 is an open plan.
    pub rooms: u8,
    /// 厅
    pub halls: Option<u8>,
    /// 厨
    pub kitchens: Option<u8>,
    /// 卫
    pub baths: Option<u8>,
}

/// 梯户比例: lifts to homes on a floor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct LiftRatio {
    /// 梯
    pub lifts: u16,
    /// 户
    pub homes: u16,
}

/// 朝向: a set of compass directions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Facing(u8);

impl Facing {
    /// Codes and bits, in the order pages list them.
    pub const DIRECTIONS: [(&'static str, Facing); 8] = [
        ("s", Facing(1)),
        ("n", Facing(2)),
        ("e", Facing(4)),
        ("w", Facing(8)),
        ("se", Facing(16)),
        ("sw", Facing(32)),
        ("ne", Facing(64)),
        ("nw", Facing(128)),
    ];
    /// 南
    pub const SOUTH: Facing = Facing(1);
    /// 北
    pub const NORTH: Facing = Facing(2);
    /// 南北通透: windows to both.
    pub const SOUTH_NORTH: Facing = Facing(3);

    /// The set with these bits, as [`Self::bits`] gives them.
    pub const fn from_bits(bits: u8) -> Self {
        Self(bits)
    }

    /// One bit a direction, in the order of [`Self::DIRECTIONS`].
    pub const fn bits(self) -> u8 {
        self.0
    }

    /// Whether no direction is known.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The directions of either.
    #[must_use]
    pub const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether every direction of the other is in this one.
    pub const fn contains(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// The codes of its directions.
    pub fn codes(self) -> impl Iterator<Item = &'static str> {
        Self::DIRECTIONS.into_iter().filter(move |(_, d)| self.contains(*d)).map(|(code, _)| code)
    }

    /// Reads codes joined by `,`, as [`fmt::Display`] writes them. Empty text is the empty set.
    pub fn parse(text: &str) -> Option<Self> {
        text.split(',').filter(|code| !code.is_empty()).try_fold(Self(0), |set, code| {
            Self::DIRECTIONS.iter().find(|(c, _)| *c == code).map(|(_, d)| set.with(*d))
        })
    }
}

impl fmt::Display for Facing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, code) in self.codes().enumerate() {
            write!(f, "{}{code}", if i > 0 { "," } else { "" })?;
        }
        Ok(())
    }
}

impl Serialize for Facing {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Facing {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(from)?;
        Self::parse(&text).ok_or_else(|| serde::de::Error::custom("unknown direction"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facing_round_trips_through_its_codes() {
        for bits in 0..=u8::MAX {
            let facing = Facing::from_bits(bits);
            assert_eq!(Facing::parse(&facing.to_string()), Some(facing));
        }
        assert_eq!(Facing::parse("up"), None);
    }

    #[test]
    fn floors_fall_into_bands() {
        assert_eq!(FloorBand::of(1, 6), FloorBand::Ground);
        assert_eq!(FloorBand::of(2, 6), FloorBand::Low);
        assert_eq!(FloorBand::of(4, 6), FloorBand::Middle);
        assert_eq!(FloorBand::of(5, 6), FloorBand::High);
        assert_eq!(FloorBand::of(6, 6), FloorBand::Top);
        assert_eq!(FloorBand::of(-1, 6), FloorBand::Basement);
        assert_eq!(FloorBand::of(1, 1), FloorBand::High);
    }

    #[test]
    fn unknown_codes_refuse_to_parse() {
        assert!(serde_json::from_str::<Decoration>("\"gold\"").is_err());
        assert_eq!(serde_json::from_str::<Decoration>("\"fine\"").ok(), Some(Decoration::Fine));
    }
}

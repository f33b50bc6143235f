//! Words from the lists that listing pages choose from.

use super::{Reading, read};
use domain::listing::{
    BuildingType, CoOwnership, Decoration, Heating, HoldingBand, LayoutKind, Mortgage, Ownership, Structure, Usage,
};

/// Declares a parser that knows a list of words, and the word a value is shown with: the first of its list. A
/// value's own code is one of them.
macro_rules! word_list {
    ($(#[$doc:meta])* $name:ident, $word_of:ident -> $type:ty {
        $($value:ident: $first:literal $(| $word:literal)*),+ $(,)?
    }) => {
        $(#[$doc])*
        pub fn $name(text: &str) -> Reading<$type> {
            read(text, |text| match text {
                $($first $(| $word)* => Some(<$type>::$value),)+
                word => <$type>::from_code(word),
            })
        }

        /// The Chinese word for a value.
        pub const fn $word_of(value: $type) -> &'static str {
            match value { $(<$type>::$value => $first),+ }
        }
    };
}

word_list! {
    /// 装修情况
    decoration, decoration_word -> Decoration {
        Rough: "毛坯" | "毛坯房" | "Rough",
        Simple: "简装" | "简单装修" | "简装修" | "普通装修" | "Simple",
        Fine: "精装" | "精装修" | "中装" | "中等装修" | "Fine",
        Luxury: "豪装" | "豪华装修" | "豪华装",
        Other: "其他" | "其它" | "Other",
    }
}

word_list! {
    /// 建筑类型
    building_type, building_type_word -> BuildingType {
        Slab: "板楼" | "板式" | "板式楼",
        Tower: "塔楼" | "塔式" | "塔式楼",
        SlabTower: "板塔结合" | "塔板结合" | "板塔",
        Bungalow: "平房",
        DetachedVilla: "独栋别墅" | "独栋",
        SemiDetachedVilla: "双拼别墅" | "双拼",
        TerracedVilla: "联排别墅" | "联排",
        StackedVilla: "叠拼别墅" | "叠拼" | "叠加" | "叠加别墅",
    }
}

word_list! {
    /// 建筑结构
    structure, structure_word -> Structure {
        ReinforcedConcrete: "钢混结构" | "钢混" | "钢筋混凝土" | "钢筋混凝土结构",
        BrickConcrete: "砖混结构" | "砖混",
        Frame: "框架结构" | "框架" | "框剪结构" | "框剪",
        Steel: "钢结构" | "钢",
        Mixed: "混合结构" | "混合",
        BrickTimber: "砖木结构" | "砖木",
    }
}

word_list! {
    /// 户型结构
    layout_kind, layout_kind_word -> LayoutKind {
        Flat: "平层",
        Duplex: "复式",
        Maisonette: "跃层" | "跃式",
        SplitLevel: "错层",
        Studio: "开间",
    }
}

word_list! {
    /// 供暖
    heating, heating_word -> Heating {
        Central: "集中供暖" | "集中供暖/计量供暖" | "集中" | "市政供暖",
        Own: "自供暖" | "自采暖",
        Floor: "地暖" | "地热",
        None: "无供暖" | "无" | "无暖气",
    }
}

word_list! {
    /// 交易权属
    ownership, ownership_word -> Ownership {
        Commodity: "商品房" | "普通商品房",
        PurchasedPublic: "已购公房" | "房改房" | "公房" | "售后公房",
        Affordable: "经济适用房" | "一类经济适用房" | "二类经济适用房" | "经适房",
        Resettlement: "拆迁安置房" | "拆迁还建房" | "回迁房" | "动迁房" | "动迁安置房" | "安置房" | "定向安置房",
        PriceCapped: "限价商品房" | "两限房" | "限价房" | "自住型商品房",
        Shared: "共有产权房" | "共有产权",
        CoopBuilt: "集资房",
        Private: "私产" | "私房",
        CentralPublic: "央产房",
        Military: "军产房",
        UseRight: "使用权" | "使用权房",
    }
}

word_list! {
    /// 房屋用途
    usage, usage_word -> Usage {
        Residence: "普通住宅" | "住宅" | "公寓",
        Villa: "别墅",
        LiveWork: "商住两用" | "商住" | "商住楼",
        ServicedFlat: "酒店式公寓" | "公寓式酒店",
        Courtyard: "四合院",
        Commercial: "商业" | "底商" | "商铺" | "商业用房",
        Office: "写字楼" | "办公",
        Parking: "车位" | "车库",
    }
}

word_list! {
    /// 产权所属
    co_ownership, co_ownership_word -> CoOwnership {
        Sole: "非共有" | "单独所有",
        Joint: "共有" | "共同共有" | "按份共有",
    }
}

/// How long the seller holds the home, and whether it is the family's only one where the word says so
/// (`满五唯一`).
pub fn holding(text: &str) -> Reading<(HoldingBand, Option<bool>)> {
    read(text, |text| {
        let (word, only) = match text.strip_suffix("唯一") {
            Some(word) => (word.trim_end_matches("且"), Some(true)),
            None => (text, None),
        };
        let band = match word.strip_suffix('年').unwrap_or(word) {
            "未满两" | "未满二" | "未满2" | "不满两" | "不满二" | "不满2" | "未满" | "两年内" => {
                HoldingBand::UnderTwo
            }
            "满两" | "满二" | "满2" => HoldingBand::OverTwo,
            "满五" | "满5" => HoldingBand::OverFive,
            other => HoldingBand::from_code(other)?,
        };
        Some((band, only))
    })
}

/// 抵押: whether there is a mortgage, and what is said of it beyond that, which is private.
pub fn mortgage(text: &str) -> Reading<(Mortgage, Option<&str>)> {
    if crate::text::is_unknown(text) {
        return Reading::Unknown;
    }
    let (state, rest) = match text {
        "无" | "否" | "clear" => (Mortgage::Clear, ""),
        "有" | "是" | "mortgaged" => (Mortgage::Mortgaged, ""),
        _ => match ["无抵押", "没有抵押", "未抵押"].iter().find_map(|w| text.strip_prefix(w)) {
            Some(rest) => (Mortgage::Clear, rest),
            None => match ["有抵押", "已抵押"].iter().find_map(|w| text.strip_prefix(w)) {
                Some(rest) => (Mortgage::Mortgaged, rest),
                None => return Reading::Unreadable,
            },
        },
    };
    Reading::Known((state, Some(rest.trim()).filter(|r| !r.is_empty())))
}

/// 房本备件: whether a copy of the title is there.
pub fn title_copy(text: &str) -> Reading<bool> {
    read(text, |text| {
        Some(match text {
            "已上传房本照片" | "已上传" | "有" | "是" | "true" | "TRUE" => true,
            "未上传房本照片" | "未上传" | "无" | "否" | "false" | "FALSE" => false,
            _ => return None,
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use Reading::{Known, Unknown, Unreadable};

    #[test]
    fn words_of_the_pages_are_known() {
        assert_eq!(decoration("精装"), Known(Decoration::Fine));
        assert_eq!(decoration("其他"), Known(Decoration::Other));
        assert_eq!(building_type("板塔结合"), Known(BuildingType::SlabTower));
        assert_eq!(building_type("联排"), Known(BuildingType::TerracedVilla));
        assert_eq!(structure("砖木结构"), Known(Structure::BrickTimber));
        assert_eq!(structure("未知结构"), Unknown);
        assert_eq!(layout_kind("跃层"), Known(LayoutKind::Maisonette));
        assert_eq!(heating("集中供暖"), Known(Heating::Central));
        assert_eq!(ownership("拆迁安置房"), Known(Ownership::Resettlement));
        assert_eq!(ownership("已购公房"), Known(Ownership::PurchasedPublic));
        assert_eq!(usage("底商"), Known(Usage::Commercial));
        assert_eq!(co_ownership("非共有"), Known(CoOwnership::Sole));
        assert_eq!(title_copy("已上传房本照片"), Known(true));
        assert_eq!(title_copy("未上传房本照片"), Known(false));
        assert_eq!(decoration("板楼"), Unreadable);
        assert_eq!(building_type("slab"), Known(BuildingType::Slab));
    }

    #[test]
    fn the_holding_may_say_only_home() {
        assert_eq!(holding("满五年"), Known((HoldingBand::OverFive, None)));
        assert_eq!(holding("满五唯一"), Known((HoldingBand::OverFive, Some(true))));
        assert_eq!(holding("满两年"), Known((HoldingBand::OverTwo, None)));
        assert_eq!(holding("未满两年"), Known((HoldingBand::UnderTwo, None)));
        assert_eq!(holding("暂无数据"), Unknown);
        assert_eq!(holding("五年"), Unreadable);
    }

    #[test]
    fn the_mortgage_is_parted_from_its_private_side() {
        assert_eq!(mortgage("无抵押"), Known((Mortgage::Clear, None)));
        assert_eq!(mortgage("有抵押"), Known((Mortgage::Mortgaged, None)));
        assert_eq!(mortgage("有抵押 100万元 业主自还"), Known((Mortgage::Mortgaged, Some("100万元 业主自还"))));
        assert_eq!(mortgage("暂无数据"), Unknown);
        assert_eq!(mortgage("某银行"), Unreadable);
    }
}

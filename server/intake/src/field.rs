//! What a column can hold.

use domain::Lang;

worded_enum! {
    /// What a table is about.
    Kind {
        /// Homes for sale.
        Listings = "listings", "房源", "homes for sale";
        /// Communities, for the building dictionary.
        Communities = "communities", "小区", "communities";
    }
}

worded_enum! {
    /// What a column holds.
    Field {
        Price = "price", "总价", "price";
        UnitPrice = "unit_price", "单价", "unit price";
        AreaBuilt = "area_built", "建筑面积", "built area";
        AreaInner = "area_inner", "套内面积", "inner area";
        City = "city", "城市", "city";
        /// District and business circle in one cell.
        Region = "region", "区域商圈（合写）", "district and circle, joined";
        District = "district", "区", "district";
        Circle = "circle", "商圈", "business circle";
        Community = "community", "小区", "community";
        Address = "address", "地址", "address";
        Building = "building", "楼栋", "building";
        Unit = "unit", "单元", "unit";
        Room = "room", "室号", "room number";
        Layout = "layout", "户型", "layout";
        Rooms = "rooms", "室（数）", "rooms, a number";
        Halls = "halls", "厅（数）", "halls, a number";
        Kitchens = "kitchens", "厨（数）", "kitchens, a number";
        Baths = "baths", "卫（数）", "baths, a number";
        Floor = "floor", "所在楼层", "floor";
        Storeys = "storeys", "总楼层", "storeys of the building";
        Facing = "facing", "朝向", "facing";
        LayoutKind = "layout_kind", "户型结构", "kind of layout";
        BuildingType = "building_type", "建筑类型", "building type";
        VillaType = "villa_type", "别墅类型", "villa type";
        Structure = "structure", "建筑结构", "structure";
        Decoration = "decoration", "装修", "decoration";
        LiftRatio = "lift_ratio", "梯户比例", "lifts to homes on a floor";
        Elevator = "elevator", "电梯", "elevator";
        Heating = "heating", "供暖", "heating";
        BuiltYear = "built_year", "建成年代", "year built";
        ListedOn = "listed_on", "挂牌时间", "listed on";
        LastSale = "last_sale", "上次交易", "last sale";
        Ownership = "ownership", "交易权属", "ownership";
        Usage = "usage", "房屋用途", "usage";
        Holding = "holding", "房屋年限", "held for";
        OnlyHome = "only_home", "唯一住房", "only home";
        CoOwnership = "co_ownership", "产权所属", "co-ownership";
        Mortgage = "mortgage", "抵押信息", "mortgage";
        TitleCopy = "title_copy", "房本备件", "copy of the title";
        VerifyCode = "verify_code", "房源核验码", "verification code";
        SourceId = "source_id", "来源编号", "number at the source";
        Headline = "headline", "标题卖点", "headline";
        /// Several facts in one cell.
        Facts = "facts", "多项合写", "several facts, joined";
        Lat = "lat", "纬度", "latitude";
        Lon = "lon", "经度", "longitude";
        /// Average unit price of a community.
        AveragePrice = "average_price", "小区均价", "average unit price";
        /// Homes on sale in a community.
        OnSale = "on_sale", "在售套数", "homes on sale";
        Aliases = "aliases", "别名", "other names";
        /// The day the row was true.
        Date = "date", "数据日期", "date of the row";
        /// Names and numbers of people: never taken in from a table.
        Personal = "personal", "个人信息（不收入）", "personal data, not taken in";
        /// No target; kept as it is.
        Extra = "extra", "原样保留", "kept as it is";
        /// Left out because a person said so.
        Ignored = "ignored", "忽略", "ignored";
    }
}

impl Field {
    /// Whether tables of this kind have such a column.
    pub const fn fits(self, kind: Kind) -> bool {
        match kind {
            Kind::Listings => !matches!(self, Self::AveragePrice | Self::OnSale | Self::Aliases | Self::Date),
            Kind::Communities => matches!(
                self,
                Self::City
                    | Self::Region
                    | Self::District
                    | Self::Circle
                    | Self::Community
                    | Self::Address
                    | Self::BuiltYear
                    | Self::SourceId
                    | Self::Lat
                    | Self::Lon
                    | Self::AveragePrice
                    | Self::OnSale
                    | Self::Aliases
                    | Self::Date
                    | Self::Personal
                    | Self::Extra
                    | Self::Ignored
            ),
        }
    }

    /// Whether several columns may hold it.
    pub const fn repeats(self) -> bool {
        matches!(self, Self::Facts | Self::Personal | Self::Extra | Self::Ignored)
    }

    /// Whether what stands there is not for reports, logs or the public.
    pub const fn is_private(self) -> bool {
        matches!(self, Self::Unit | Self::Room | Self::Mortgage | Self::Personal)
    }

    /// What a table of this kind cannot do without.
    pub const fn required(kind: Kind) -> &'static [Self] {
        match kind {
            Kind::Listings => &[Self::Price, Self::AreaBuilt, Self::Community],
            Kind::Communities => &[Self::Community],
        }
    }

    /// Every field of a kind with its code, for messages: `price 总价, unit_price 单价, …`.
    pub fn listing(kind: Kind, lang: Lang) -> String {
        let words: Vec<String> =
            Self::ALL.iter().filter(|f| f.fits(kind)).map(|f| format!("{} {}", f.code(), f.label(lang))).collect();
        words.join(if lang == Lang::Zh { "、" } else { ", " })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_belongs_somewhere_and_has_its_words() {
        for field in Field::ALL {
            assert!(Kind::ALL.iter().any(|k| field.fits(*k)), "{field}");
            assert_eq!(Field::from_code(field.code()), Some(*field));
            for lang in Lang::ALL {
                assert!(!field.label(*lang).is_empty());
            }
        }
        assert!(Field::listing(Kind::Communities, Lang::En).contains("on_sale homes on sale"));
    }
}

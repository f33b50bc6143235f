//! The names columns go by, in Chinese, English and pinyin.

use crate::field::Field;
use crate::field::Field::*;
use crate::values::money::Unit;

/// Names without spaces, signs and brackets, in lower case; where a name can mean several fields, the likeliest
/// stands first. What the cells hold decides.
const NAMES: &[(&str, &[Field])] = &[
    ("总价", &[Price]),
    ("售价", &[Price]),
    ("挂牌价", &[Price]),
    ("挂牌总价", &[Price]),
    ("报价", &[Price]),
    ("房价", &[Price, UnitPrice]),
    ("价格", &[Price, AveragePrice, UnitPrice]),
    ("price", &[Price, AveragePrice, UnitPrice]),
    ("totalprice", &[Price]),
    ("askingprice", &[Price]),
    ("zongjia", &[Price]),
    ("单价", &[UnitPrice, AveragePrice]),
    ("unitprice", &[UnitPrice, AveragePrice]),
    ("danjia", &[UnitPrice, AveragePrice]),
    ("均价", &[AveragePrice, UnitPrice]),
    ("小区均价", &[AveragePrice]),
    ("挂牌均价", &[AveragePrice]),
    ("averageprice", &[AveragePrice, UnitPrice]),
    ("avgprice", &[AveragePrice, UnitPrice]),
    ("junjia", &[AveragePrice, UnitPrice]),
    ("面积", &[AreaBuilt, AreaInner]),
    ("建筑面积", &[AreaBuilt]),
    ("建面", &[AreaBuilt]),
    ("产证面积", &[AreaBuilt]),
    ("size", &[AreaBuilt]),
    ("square", &[AreaBuilt]),
    ("area", &[AreaBuilt, Circle, District, Region]),
    ("builtarea", &[AreaBuilt]),
    ("floorarea", &[AreaBuilt]),
    ("mianji", &[AreaBuilt]),
    ("jianzhumianji", &[AreaBuilt]),
    ("套内面积", &[AreaInner]),
    ("套内建筑面积", &[AreaInner]),
    ("使用面积", &[AreaInner]),
    ("innerarea", &[AreaInner]),
    ("usablearea", &[AreaInner]),
    ("taoneimianji", &[AreaInner]),
    ("城市", &[City]),
    ("city", &[City]),
    ("cityname", &[City]),
    ("citych", &[City]),
    ("chengshi", &[City]),
    ("区域", &[District, Region, Circle]),
    ("所在区域", &[Region, District]),
    ("所属区域", &[Region, District]),
    ("位置", &[Region, Address, Community]),
    ("行政区", &[District]),
    ("城区", &[District]),
    ("区县", &[District]),
    ("区", &[District]),
    ("region", &[District, Region, Circle]),
    ("district", &[District, Circle, Region]),
    ("location", &[Region, District, Address]),
    ("quyu", &[District, Region, Circle]),
    ("xingzhengqu", &[District]),
    ("商圈", &[Circle, Region]),
    ("板块", &[Circle, Region]),
    ("片区", &[Circle, District]),
    ("街道", &[Circle, Address]),
    ("bizcircle", &[Circle]),
    ("businesscircle", &[Circle]),
    ("circle", &[Circle]),
    ("neighbourhood", &[Circle, Community]),
    ("neighborhood", &[Circle, Community]),
    ("subdistrict", &[Circle]),
    ("shangquan", &[Circle]),
    ("bankuai", &[Circle]),
    ("小区", &[Community]),
    ("小区名称", &[Community]),
    ("小区名", &[Community]),
    ("楼盘", &[Community]),
    ("楼盘名称", &[Community]),
    ("社区", &[Community]),
    ("名称", &[Community, Headline]),
    ("community", &[Community]),
    ("communityname", &[Community]),
    ("garden", &[Community]),
    ("estate", &[Community]),
    ("compound", &[Community]),
    ("name", &[Community, Headline]),
    ("xiaoqu", &[Community]),
    ("xiaoqumingcheng", &[Community]),
    ("loupan", &[Community]),
    ("别名", &[Aliases]),
    ("曾用名", &[Aliases]),
    ("aliases", &[Aliases]),
    ("alias", &[Aliases]),
    ("地址", &[Address]),
    ("小区地址", &[Address]),
    ("address", &[Address]),
    ("dizhi", &[Address]),
    ("楼栋", &[Building]),
    ("楼栋号", &[Building]),
    ("栋号", &[Building]),
    ("楼号", &[Building]),
    ("幢号", &[Building]),
    ("building", &[Building]),
    ("单元", &[Unit]),
    ("单元号", &[Unit]),
    ("unit", &[Unit]),
    ("室号", &[Room]),
    ("房号", &[Room]),
    ("房间号", &[Room]),
    ("门牌号", &[Room, Address]),
    ("room", &[Room, Rooms]),
    ("roomnumber", &[Room]),
    ("户型", &[Layout]),
    ("房屋户型", &[Layout]),
    ("房型", &[Layout]),
    ("layout", &[Layout, LayoutKind]),
    ("huxing", &[Layout]),
    ("fangxing", &[Layout]),
    ("室", &[Rooms, Room]),
    ("卧室", &[Rooms]),
    ("bedrooms", &[Rooms]),
    ("bedroom", &[Rooms]),
    ("rooms", &[Rooms]),
    ("厅", &[Halls]),
    ("客厅", &[Halls]),
    ("halls", &[Halls]),
    ("livingrooms", &[Halls]),
    ("厨", &[Kitchens]),
    ("厨房", &[Kitchens]),
    ("kitchens", &[Kitchens]),
    ("kitchen", &[Kitchens]),
    ("卫", &[Baths]),
    ("卫生间", &[Baths]),
    ("baths", &[Baths]),
    ("bathrooms", &[Baths]),
    ("bathroom", &[Baths]),
    ("楼层", &[Floor, Storeys]),
    ("所在楼层", &[Floor]),
    ("floor", &[Floor, Storeys]),
    ("louceng", &[Floor, Storeys]),
    ("总楼层", &[Storeys]),
    ("总层数", &[Storeys]),
    ("楼层数", &[Storeys]),
    ("层数", &[Storeys, Floor]),
    ("storeys", &[Storeys]),
    ("stories", &[Storeys]),
    ("floors", &[Storeys, Floor]),
    ("totalfloor", &[Storeys]),
    ("totalfloors", &[Storeys]),
    ("zonglouceng", &[Storeys]),
    ("zongcengshu", &[Storeys]),
    ("朝向", &[Facing]),
    ("房屋朝向", &[Facing]),
    ("facing", &[Facing]),
    ("direction", &[Facing]),
    ("orientation", &[Facing]),
    ("toward", &[Facing]),
    ("chaoxiang", &[Facing]),
    ("户型结构", &[LayoutKind]),
    ("layoutkind", &[LayoutKind]),
    ("建筑类型", &[BuildingType]),
    ("楼型", &[BuildingType]),
    ("buildingtype", &[BuildingType]),
    ("type", &[BuildingType, Usage]),
    ("jianzhuleixing", &[BuildingType]),
    ("louxing", &[BuildingType]),
    ("别墅类型", &[VillaType]),
    ("villatype", &[VillaType]),
    ("建筑结构", &[Structure]),
    ("structure", &[Structure, LayoutKind]),
    ("buildingstructure", &[Structure]),
    ("jianzhujiegou", &[Structure]),
    ("装修", &[Decoration]),
    ("装修情况", &[Decoration]),
    ("装修程度", &[Decoration]),
    ("decoration", &[Decoration]),
    ("renovation", &[Decoration]),
    ("renovationcondition", &[Decoration]),
    ("fitment", &[Decoration]),
    ("zhuangxiu", &[Decoration]),
    ("梯户比例", &[LiftRatio]),
    ("梯户比", &[LiftRatio]),
    ("liftratio", &[LiftRatio]),
    ("ladderratio", &[LiftRatio]),
    ("tihubili", &[LiftRatio]),
    ("电梯", &[Elevator, LiftRatio]),
    ("配备电梯", &[Elevator]),
    ("elevator", &[Elevator, LiftRatio]),
    ("lift", &[Elevator, LiftRatio]),
    ("dianti", &[Elevator]),
    ("供暖", &[Heating]),
    ("供暖方式", &[Heating]),
    ("heating", &[Heating]),
    ("gongnuan", &[Heating]),
    ("建成年代", &[BuiltYear]),
    ("建筑年代", &[BuiltYear]),
    ("建造年代", &[BuiltYear]),
    ("建成时间", &[BuiltYear]),
    ("年代", &[BuiltYear]),
    ("竣工年份", &[BuiltYear]),
    ("year", &[BuiltYear]),
    ("builtyear", &[BuiltYear]),
    ("yearbuilt", &[BuiltYear]),
    ("buildyear", &[BuiltYear]),
    ("constructiontime", &[BuiltYear]),
    ("niandai", &[BuiltYear]),
    ("jianchengniandai", &[BuiltYear]),
    ("挂牌时间", &[ListedOn]),
    ("挂牌日期", &[ListedOn]),
    ("上架时间", &[ListedOn]),
    ("发布时间", &[ListedOn]),
    ("listedon", &[ListedOn]),
    ("listingdate", &[ListedOn]),
    ("listdate", &[ListedOn]),
    ("guapaishijian", &[ListedOn]),
    ("上次交易", &[LastSale]),
    ("上次交易时间", &[LastSale]),
    ("lastsale", &[LastSale]),
    ("lasttrade", &[LastSale]),
    ("shangcijiaoyi", &[LastSale]),
    ("交易权属", &[Ownership]),
    ("产权性质", &[Ownership]),
    ("权属", &[Ownership]),
    ("ownership", &[Ownership, CoOwnership]),
    ("jiaoyiquanshu", &[Ownership]),
    ("房屋用途", &[Usage]),
    ("用途", &[Usage]),
    ("物业类型", &[Usage, BuildingType]),
    ("usage", &[Usage]),
    ("propertytype", &[Usage, BuildingType]),
    ("房屋年限", &[Holding]),
    ("购房年限", &[Holding]),
    ("年限", &[Holding]),
    ("holding", &[Holding]),
    ("唯一住房", &[OnlyHome]),
    ("是否唯一", &[OnlyHome]),
    ("唯一", &[OnlyHome]),
    ("onlyhome", &[OnlyHome]),
    ("产权所属", &[CoOwnership]),
    ("共有情况", &[CoOwnership]),
    ("coownership", &[CoOwnership]),
    ("抵押", &[Mortgage]),
    ("抵押信息", &[Mortgage]),
    ("mortgage", &[Mortgage]),
    ("diya", &[Mortgage]),
    ("房本备件", &[TitleCopy]),
    ("titlecopy", &[TitleCopy]),
    ("核验码", &[VerifyCode]),
    ("房源核验码", &[VerifyCode]),
    ("房源核验编码", &[VerifyCode]),
    ("房协编码", &[VerifyCode]),
    ("verifycode", &[VerifyCode]),
    ("verificationcode", &[VerifyCode]),
    ("heyanma", &[VerifyCode]),
    ("编号", &[SourceId]),
    ("房源编号", &[SourceId]),
    ("链家编号", &[SourceId]),
    ("房源id", &[SourceId]),
    ("id", &[SourceId]),
    ("houseid", &[SourceId]),
    ("houseno", &[SourceId]),
    ("sourceid", &[SourceId]),
    ("bianhao", &[SourceId]),
    ("标题", &[Headline]),
    ("核心卖点", &[Headline]),
    ("卖点", &[Headline]),
    ("title", &[Headline]),
    ("headline", &[Headline]),
    ("biaoti", &[Headline]),
    ("房屋信息", &[Facts]),
    ("基本信息", &[Facts]),
    ("houseinfo", &[Facts]),
    ("facts", &[Facts]),
    ("纬度", &[Lat]),
    ("lat", &[Lat]),
    ("latitude", &[Lat]),
    ("weidu", &[Lat]),
    ("经度", &[Lon]),
    ("lon", &[Lon]),
    ("lng", &[Lon]),
    ("longitude", &[Lon]),
    ("jingdu", &[Lon]),
    ("在售", &[OnSale]),
    ("在售套数", &[OnSale]),
    ("在售房源", &[OnSale]),
    ("挂牌套数", &[OnSale]),
    ("sale", &[OnSale, Price]),
    ("onsale", &[OnSale]),
    ("onsalenum", &[OnSale]),
    ("zaishou", &[OnSale]),
    ("日期", &[Date, ListedOn]),
    ("date", &[Date, ListedOn]),
    ("时间", &[Date, ListedOn]),
    ("riqi", &[Date, ListedOn]),
    ("业主", &[Personal]),
    ("业主姓名", &[Personal]),
    ("业主电话", &[Personal]),
    ("房东", &[Personal]),
    ("联系人", &[Personal]),
    ("联系电话", &[Personal]),
    ("联系方式", &[Personal]),
    ("电话", &[Personal]),
    ("手机", &[Personal]),
    ("手机号", &[Personal]),
    ("身份证", &[Personal]),
    ("身份证号", &[Personal]),
    ("经纪人", &[Personal]),
    ("底价", &[Personal]),
    ("owner", &[Personal]),
    ("ownername", &[Personal]),
    ("phone", &[Personal]),
    ("mobile", &[Personal]),
    ("tel", &[Personal]),
    ("contact", &[Personal]),
    ("agent", &[Personal]),
    ("floorprice", &[Personal]),
];

/// What a column's name says.
pub(super) struct NameSays {
    /// The fields it can mean, likeliest first.
    pub(super) fields: &'static [Field],
    /// Whether the whole name is known, not only a part of it.
    pub(super) whole: bool,
    /// The unit in brackets behind it.
    pub(super) unit: Option<Unit>,
}

/// Reads a header.
pub(super) fn read_name(header: &str) -> NameSays {
    let name = normal(header);
    let unit = if header.contains('万') || name.ends_with("wan") {
        Some(Unit::Wan)
    } else if header.contains(['元', '¥']) || name.ends_with("yuan") {
        Some(Unit::Yuan)
    } else {
        None
    };
    let name = name.trim_end_matches("wan").trim_end_matches("yuan");
    let exact = NAMES.iter().find(|(known, _)| *known == name).map(|(_, fields)| *fields);
    let exact = exact.or_else(|| by_code(header.trim()));
    let part = || {
        NAMES
            .iter()
            .filter(|(known, _)| known.len() >= 5 && name.contains(known))
            .max_by_key(|(known, _)| known.len())
            .map(|(_, fields)| *fields)
    };
    NameSays { whole: exact.is_some(), fields: exact.or_else(part).unwrap_or_default(), unit }
}

fn by_code(code: &str) -> Option<&'static [Field]> {
    let at = Field::ALL.iter().position(|f| f.code() == code)?;
    Some(&Field::ALL[at..=at])
}

/// A header without what stands in brackets, spaces and signs, in lower case.
pub(super) fn normal(header: &str) -> String {
    let mut depth = 0_u32;
    let mut out = String::with_capacity(header.len());
    for c in header.chars() {
        match c {
            '(' | '[' | '【' => depth += 1,
            ')' | ']' | '】' => depth = depth.saturating_sub(1),
            c if depth == 0 && c.is_alphanumeric() => out.extend(c.to_lowercase()),
            _ => {}
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_known_once_and_in_normal_form() {
        let mut seen = std::collections::HashSet::new();
        for (name, fields) in NAMES {
            assert_eq!(normal(name), *name);
            assert!(seen.insert(name) && !fields.is_empty(), "{name}");
        }
    }

    #[test]
    fn names_are_read_with_their_units_and_signs() {
        assert_eq!(read_name("总价(万元)").fields, [Price]);
        assert_eq!(read_name("总价(万元)").unit, Some(Unit::Wan));
        assert_eq!(read_name("unit_price").fields[0], UnitPrice);
        assert_eq!(read_name("Total Price").fields, [Price]);
        assert_eq!(read_name("price_wan").unit, Some(Unit::Wan));
        assert_eq!(read_name("房屋的建筑面积").fields, [AreaBuilt]);
        assert!(!read_name("房屋的建筑面积").whole);
        assert!(read_name("用水类型").fields.is_empty());
    }
}

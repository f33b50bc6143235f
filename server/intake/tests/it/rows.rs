//! Rows and what is made of them.

use crate::{defaults, homes, open};
use domain::listing::{BuildingType, Facing, FloorBand, HoldingBand, Mortgage};
use domain::{Area, Fen, Lang};
use intake::{Field, Kind, Mapping, NoteCode, Outcome, Reader, Verdict};

fn codes<T>(outcome: &Outcome<T>) -> Vec<NoteCode> {
    outcome.notes().map(|n| n.code).collect()
}

/// The notes on a single row of a small table.
fn said(headers: &str, row: &str) -> Vec<NoteCode> {
    let text = format!("{headers}\n{row}\n");
    codes(homes(&text).last().expect("a row"))
}

const FEW: &str = "小区名称,总价,单价,建筑面积";

#[test]
fn a_full_row_is_understood_and_nothing_is_lost() {
    let text = "总价,单价,小区名称,所在区域,房屋户型,所在楼层,建筑面积,套内面积,建筑类型,房屋朝向,梯户比例,配备电梯,\
                挂牌时间,上次交易,房屋年限,抵押信息,房源核验码,别墅类型,用水类型,室号\n\
                239万,21036元/平米,香悦花苑,鄞州区\u{a0}姜山\u{a0},3室1厅1厨2卫,低楼层 (共16层),113.62㎡,90㎡,板塔结合,\
                南 北,一梯两户,有,2023-10-16,2018-06-18,满五年,有抵押 100万元 业主自还,201811133302120035,None,民水,302\n";
    let outcomes = homes(text);
    let home = outcomes[0].taken().expect("is taken in");
    assert!(codes(&outcomes[0]).is_empty(), "{:?}", codes(&outcomes[0]));
    assert_eq!((home.price, home.area_built, home.area_inner), (Fen::from_wan(239), Area(11_362), Some(Area(9_000))));
    assert_eq!((home.district.as_deref(), home.circle.as_deref()), (Some("鄞州区"), Some("姜山")));
    assert_eq!((home.floor, home.floor_band, home.storeys), (None, Some(FloorBand::Low), Some(16)));
    assert_eq!((home.facing, home.elevator), (Facing::SOUTH_NORTH, Some(true)));
    assert_eq!((home.building_type, home.holding), (Some(BuildingType::SlabTower), Some(HoldingBand::OverFive)));
    assert_eq!(home.mortgage, Some(Mortgage::Mortgaged));
    assert_eq!(home.mortgage_note.as_ref().map(|n| n.expose()), Some("100万元 业主自还"));
    assert!(!format!("{home:?}").contains("业主自还") && !format!("{home:?}").contains("302\""));
    assert_eq!(home.extra, [("用水类型".to_owned(), "民水".to_owned())]);
    assert_eq!(home.summary(), "香悦花苑 · 3室1厅1厨2卫 · 113.62㎡ · 239万");
    let told = home.understood(Lang::Zh);
    let says = |field| told.iter().find(|(f, _)| *f == field).map(|(_, text)| text.as_str());
    assert_eq!(says(Field::Floor), Some("低楼层"));
    assert_eq!(says(Field::BuildingType), Some("板塔结合"));
    assert_eq!(says(Field::Room), Some("（不公开）"));
    assert_eq!(says(Field::Extra), Some("用水类型: 民水"));
    assert!(told.iter().all(|(_, text)| !text.contains("业主自还")));
    assert_eq!(home.understood(Lang::En).len(), told.len());
}

#[test]
fn rows_without_the_necessary_are_refused_with_every_reason() {
    assert_eq!(said(FEW, "甲苑,239万,,98㎡"), []);
    assert_eq!(said(FEW, "甲苑,面议,,98㎡"), [NoteCode::PriceMissing]);
    assert_eq!(said(FEW, "甲苑,0万,,98㎡"), [NoteCode::PriceMissing]);
    assert_eq!(said(FEW, "甲苑,很贵,,98㎡"), [NoteCode::PriceUnreadable]);
    assert_eq!(said(FEW, "甲苑,239万,,暂无数据"), [NoteCode::AreaMissing]);
    assert_eq!(said(FEW, "甲苑,239万,,很大"), [NoteCode::AreaUnreadable]);
    assert_eq!(said(FEW, "甲苑,239万,,98000㎡"), [NoteCode::AreaImplausible]);
    assert_eq!(said(FEW, "甲苑,239元,,98㎡"), [NoteCode::PriceImplausible]);
    assert_eq!(said(FEW, "甲苑,20亿,,98㎡"), [NoteCode::PriceAreaMismatch]);
    assert_eq!(said(FEW, "None,239万,,98㎡"), [NoteCode::CommunityMissing]);
    assert_eq!(said(FEW, "失效,239万,,98㎡"), [NoteCode::CommunityVoid]);
    assert_eq!(said(FEW, ",,1,"), [NoteCode::PriceMissing, NoteCode::AreaMissing, NoteCode::CommunityMissing]);
    assert_eq!(said(FEW, "甲苑,239万,,98㎡,多"), [NoteCode::RowLong]);
    assert_eq!(said(FEW, "小区名称,总价,单价,建筑面积"), [NoteCode::HeaderLine]);
}

#[test]
fn the_unit_price_proves_or_doubts() {
    assert_eq!(said(FEW, "甲苑,239万,24387元/平米,98㎡"), []);
    assert_eq!(said(FEW, "甲苑,239万,30000元/平米,98㎡"), [NoteCode::UnitPriceDisagrees]);
    let proven = |row: &str, code| {
        let outcomes = homes(&format!("{FEW}\n乙苑,145万,18831元/平米,77㎡\n丙苑,150万,18750元/平米,80㎡\n{row}\n"));
        let last = outcomes.last().expect("rows");
        let home = last.taken().expect("is taken in");
        assert_eq!((home.price, home.area_built), (Fen::from_wan(239), Area(9_800)), "{row}");
        assert_eq!(codes(last), [code], "{row}");
    };
    proven("甲苑,239元,24387元/平米,98㎡", NoteCode::PriceSlip);
    proven("甲苑,2390000,24387元/平米,98㎡", NoteCode::PriceSlip);
    proven("甲苑,98,24387元/平米,239", NoteCode::SwappedPriceArea);
    proven("甲苑,98㎡,,239万", NoteCode::SwappedPriceArea);
    proven("甲苑,239万,2.4387,98㎡", NoteCode::UnitPriceInWan);
}

#[test]
fn price_and_area_in_each_others_column_are_refused_without_proof() {
    let outcomes = homes("小区,总价(元),面积\n甲苑,113.62,2390000\n乙苑,1450000,77\n丙苑,1500000,80\n");
    assert_eq!(codes(&outcomes[0]), [NoteCode::PriceAreaSwapped]);
    assert!(outcomes[1].taken().is_some());
}

#[test]
fn doubtful_facts_are_told_and_impossible_ones_left_out() {
    let with = |header: &str, cell: &str| {
        let text = format!("小区名称,总价,建筑面积,{header}\n甲苑,239万,98㎡,{cell}\n");
        let outcome = homes(&text).pop().expect("a row");
        (
            codes(&outcome),
            *match outcome.verdict {
                Verdict::Taken(home) => home,
                Verdict::Refused(why) => panic!("{why:?}"),
            },
        )
    };
    let (said, home) = with("套内面积", "113㎡");
    assert_eq!((said, home.area_inner), (vec![NoteCode::InnerAreaExceeds], None));
    assert_eq!(with("套内面积", "6.31㎡").0, [NoteCode::InnerAreaSmall]);
    let (said, home) = with("建成年代", "2105");
    assert_eq!((said, home.built_year), (vec![NoteCode::BuiltYearDropped], None));
    assert_eq!(with("建成年代", "1900").1.built_year, Some(1900));
    assert_eq!(with("建成年代", "2029年建").1.built_year, Some(2029));
    let (said, home) = with("所在楼层", "19/18");
    assert_eq!((said, home.floor, home.storeys), (vec![NoteCode::FloorAboveStoreys], None, Some(18)));
    assert_eq!(with("所在楼层", "5/18").1.floor_band, Some(FloorBand::Low));
    assert_eq!(with("所在楼层", "2023-05-18").0, [NoteCode::FloorFromDate]);
    assert_eq!(with("房屋户型", "21室2厅").0, [NoteCode::RoomsMany]);
    assert_eq!(with("房屋朝向", "东南北").0, [NoteCode::FacingAmbiguous]);
    assert_eq!(with("挂牌时间", "2027-01-01").0, [NoteCode::DateImplausible]);
    assert_eq!(with("梯户比例", "二十梯两户").0, [NoteCode::LiftRatioOdd]);
    assert_eq!(with("核心卖点", "急售13800000000").0, [NoteCode::NumberWithheld]);
    let (said, home) = with("装修情况", "土豪装");
    assert_eq!((said, home.extra), (vec![NoteCode::NotUnderstood], vec![("装修情况".into(), "土豪装".into())]));
}

#[test]
fn verification_codes_are_freed_or_left_out_with_a_note() {
    let with = |cell: &str| {
        let text = format!("小区名称,总价,建筑面积,房源核验码\n甲苑,239万,98㎡,{cell}\n");
        let outcome = homes(&text).pop().expect("a row");
        (codes(&outcome), outcome.taken().and_then(|h| h.verify_code.clone()))
    };
    assert_eq!(with("202304163302110018"), (vec![], Some("202304163302110018".to_owned())));
    assert_eq!(
        with("\"房源核验码：\n202304163302110018\""),
        (vec![NoteCode::VerifyCodeLabelRemoved], Some("202304163302110018".to_owned()))
    );
    assert_eq!(with("房源核验码："), (vec![NoteCode::VerifyCodeLabelOnly], None));
    assert_eq!(with("None"), (vec![NoteCode::VerifyCodeMissing], None));
    assert_eq!(with("2.02304E+17"), (vec![NoteCode::CodeDigitsLost], None));
    assert_eq!(with("0989"), (vec![NoteCode::VerifyCodeOdd], Some("0989".to_owned())));
}

#[test]
fn a_stated_holding_contradicts_only_what_it_cannot_be() {
    let said = |stated: &str, listed: &str, sale: &str| {
        said(
            "小区名称,总价,建筑面积,房屋年限,挂牌时间,上次交易",
            &format!("甲苑,239万,98㎡,{stated},{listed},{sale}"),
        )
    };
    assert_eq!(said("未满两年", "2023-10-16", "2022-10-16"), []);
    assert_eq!(said("满两年", "2023-10-16", "2022-10-16"), []);
    assert_eq!(said("满五年", "2023-10-16", "2022-10-16"), [NoteCode::HoldingContradicts]);
    assert_eq!(said("未满两年", "2023-10-16", "2012-10-16"), [NoteCode::HoldingContradicts]);
    assert_eq!(said("满五唯一", "2023-10-16", "2012-10-16"), []);
}

#[test]
fn joined_facts_fill_what_no_column_of_its_own_tells() {
    let text = "小区名称,总价,房屋信息,装修\n甲苑,239万,3室2厅 | 98.5平米 | 南 北 | 精装 | 高楼层(共18层) | 2010年建 | 板楼 | 学区,毛坯\n";
    let outcome = homes(text).pop().expect("a row");
    let home = outcome.taken().expect("is taken in");
    assert_eq!((home.area_built, home.storeys, home.built_year), (Area(9_850), Some(18), Some(2010)));
    assert_eq!((home.facing, home.building_type), (Facing::SOUTH_NORTH, Some(BuildingType::Slab)));
    assert_eq!(home.decoration.map(|d| d.code()), Some("rough"));
    let extra: Vec<&str> = home.extra.iter().map(|(_, text)| text.as_str()).collect();
    assert_eq!(extra, ["精装", "学区"]);
}

#[test]
fn identical_rows_share_a_mark_and_like_homes_share_another() {
    let text = "小区名称,总价,建筑面积,房屋户型,装修\n甲苑,239万,98㎡,3室2厅,None\n 甲苑 ,２３９万,98㎡,3室2厅,暂无数据\n\
                甲苑,229万,98.0,3室2厅,精装\n甲苑,239万,99㎡,3室2厅,\n";
    let homes = homes(text);
    let marks: Vec<_> = homes.iter().map(|o| o.taken().expect("is taken in")).collect();
    assert_eq!(marks[0].fingerprint, marks[1].fingerprint);
    assert_ne!(marks[0].fingerprint, marks[2].fingerprint);
    assert_eq!(marks[0].look_alike, marks[2].look_alike);
    assert_ne!(marks[0].look_alike, marks[3].look_alike);
}

#[test]
fn communities_are_read_with_their_names_tidied() {
    let text = "城市;日期;区;商圈;小区;均价;在售;别名\n上海;20181007;闵行;梅陇;虹梅佳苑,;52472;2;虹梅苑、虹梅新村\n\
                上海;20181007;松江;泗泾;无效;0;0;\n上海;20181007;松江;车墩;车峰路452号(失效);28902;0;\n";
    let (_file, mut table) = open(text.as_bytes()).expect("opens");
    let sample = table.sample(100).expect("reads");
    let mapping = Mapping::guess(None, table.headers(), &sample);
    assert_eq!(mapping.kind, Kind::Communities);
    let reader = Reader::new(&mapping, defaults());
    let outcomes: Vec<_> = table.rows().expect("opens").map(|row| reader.community(&row.expect("reads"))).collect();
    let first = outcomes[0].taken().expect("is taken in");
    assert_eq!((first.name.as_str(), first.on_sale, first.aliases.len()), ("虹梅佳苑", 2, 2));
    assert_eq!(first.average_unit_price.map(|u| u.yuan()), Some(52_472));
    assert_eq!(first.date.map(|d| d.to_string()).as_deref(), Some("2018-10-07"));
    assert_eq!(codes(&outcomes[0]), [NoteCode::NameTidied]);
    assert_eq!(codes(&outcomes[1]), [NoteCode::CommunityVoid]);
    assert_eq!(codes(&outcomes[2]), [NoteCode::CommunityMarked]);
}

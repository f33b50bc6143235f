//! Facts by their own looks: what a cell holds when nobody says so, and cells that hold several.

use super::{area, date, facing, floor, layout, lift, money, number, place, words};
use crate::field::Field;
use crate::text::{holds_mobile, is_han, is_unknown};
use domain::listing::AreaBasis;

/// The field a single text belongs to beyond doubt; `None` for plain numbers, names and whatever could be
/// several things.
pub fn recognise(text: &str) -> Option<Field> {
    if is_unknown(text) || text.len() > 120 {
        return None;
    }
    let yuan = money::Unit::Yuan;
    if text.starts_with(|c: char| c.is_ascii_digit() || c == '¥' || c == '约') {
        if money::price(text, yuan).known().is_some_and(|a| a.stated) {
            return Some(Field::Price);
        }
        if money::unit_price(text, yuan).known().is_some_and(|(_, stated)| stated) {
            return Some(Field::UnitPrice);
        }
        if text.contains('年') && date::year(text).is_known() {
            return Some(Field::BuiltYear);
        }
    }
    if let Some(read) = area::area(text).known()
        && read.stated
    {
        return Some(if read.basis == Some(AreaBasis::Inner) { Field::AreaInner } else { Field::AreaBuilt });
    }
    let by_words = [
        (words::layout_kind(text).is_known(), Field::LayoutKind),
        (layout::layout(text).is_known(), Field::Layout),
        (facing::facing(text).is_known(), Field::Facing),
        (words::decoration(text).is_known(), Field::Decoration),
        (words::building_type(text).is_known(), Field::BuildingType),
        (words::structure(text).is_known(), Field::Structure),
        (lift::lift_ratio(text).is_known(), Field::LiftRatio),
        (words::holding(text).is_known(), Field::Holding),
        (words::ownership(text).is_known(), Field::Ownership),
        (words::usage(text).is_known(), Field::Usage),
        (words::co_ownership(text).is_known(), Field::CoOwnership),
        (text.contains("抵押") && words::mortgage(text).is_known(), Field::Mortgage),
        (text.contains("上传") && words::title_copy(text).is_known(), Field::TitleCopy),
        (text.contains('暖') && words::heating(text).is_known(), Field::Heating),
        (matches!(text, "有电梯" | "无电梯" | "带电梯"), Field::Elevator),
        (text.contains(['层', '地', '楼']) && floor::floor(text).is_known(), Field::Floor),
    ];
    let found = by_words.iter().find(|(is, _)| *is).map(|(_, field)| *field);
    found.or_else(|| (holds_mobile(text) && text.len() <= 20).then_some(Field::Personal))
}

/// Whether a text can stand in a column of this field.
pub fn fits(field: Field, text: &str) -> bool {
    let bare = money::Unit::Yuan;
    let has_name = || text.chars().any(|c| c.is_alphabetic());
    match field {
        Field::Price => money::price(text, bare).is_known(),
        Field::UnitPrice | Field::AveragePrice => money::unit_price(text, bare).is_known(),
        Field::AreaBuilt | Field::AreaInner => area::area(text).is_known(),
        Field::Layout => layout::layout(text).is_known(),
        Field::Rooms | Field::Halls | Field::Kitchens | Field::Baths => number::count(text, 99).is_known(),
        Field::Floor => floor::floor(text).is_known(),
        Field::Storeys => floor::storeys(text).is_known(),
        Field::Facing => facing::facing(text).is_known(),
        Field::LayoutKind => words::layout_kind(text).is_known(),
        Field::BuildingType | Field::VillaType => words::building_type(text).is_known(),
        Field::Structure => words::structure(text).is_known(),
        Field::Decoration => words::decoration(text).is_known(),
        Field::LiftRatio => lift::lift_ratio(text).is_known(),
        Field::Elevator | Field::OnlyHome => lift::yes_no(text).is_known(),
        Field::Heating => words::heating(text).is_known(),
        Field::BuiltYear => date::year(text).known().is_some_and(|y| (1800..=2200).contains(&y)),
        Field::ListedOn | Field::LastSale | Field::Date => date::date(text).is_known(),
        Field::Ownership => words::ownership(text).is_known(),
        Field::Usage => words::usage(text).is_known(),
        Field::Holding => words::holding(text).is_known(),
        Field::CoOwnership => words::co_ownership(text).is_known(),
        Field::Mortgage => words::mortgage(text).is_known(),
        Field::TitleCopy => words::title_copy(text).is_known(),
        Field::Lat => number::degrees(text).known().is_some_and(|d| (3_000_000..=54_000_000).contains(&d)),
        Field::Lon => number::degrees(text).known().is_some_and(|d| (73_000_000..=136_000_000).contains(&d)),
        Field::OnSale => number::count(text, 100_000).is_known(),
        Field::VerifyCode | Field::SourceId => {
            text.len() <= 64 && !text.contains(' ') && text.contains(|c: char| c.is_ascii_digit())
        }
        Field::Region => is_joined_region(text),
        Field::City | Field::District | Field::Circle => {
            place::is_name(text) && !is_joined_region(text) && recognise(text).is_none()
        }
        Field::Community => has_name() && text.chars().nth(60).is_none() && recognise(text).is_none(),
        Field::Address | Field::Aliases | Field::Headline => has_name(),
        Field::Facts => pieces(text).filter(|piece| recognise(piece).is_some()).nth(1).is_some(),
        Field::Building | Field::Unit | Field::Room | Field::Personal | Field::Extra | Field::Ignored => true,
    }
}

/// Whether a text names two or three places of Chinese characters, one behind the other.
fn is_joined_region(text: &str) -> bool {
    place::region(text, None).known().is_some_and(|r| {
        r.circle.is_some_and(|c| c.chars().all(is_han)) && r.district.chars().all(is_han) && recognise(text).is_none()
    })
}

/// The single facts of a cell that holds several: `3室2厅 | 98.5平米 | 南 | 精装`.
pub fn pieces(text: &str) -> impl Iterator<Item = &str> {
    // A slash parts facts only with spaces around it: 高楼层/共33层 is one.
    text.split(['|', '｜', '·', ';', '；', ',', '，', '\n'])
        .flat_map(|piece| piece.split(" / "))
        .map(str::trim)
        .filter(|piece| !piece.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facts_are_recognised_by_their_looks() {
        for (text, field) in [
            ("239万", Field::Price),
            ("21036元/平米", Field::UnitPrice),
            ("98.5平米", Field::AreaBuilt),
            ("套内88㎡", Field::AreaInner),
            ("3室2厅", Field::Layout),
            ("南 北", Field::Facing),
            ("精装", Field::Decoration),
            ("高楼层(共18层)", Field::Floor),
            ("5/18层", Field::Floor),
            ("2010年建", Field::BuiltYear),
            ("板楼", Field::BuildingType),
            ("一梯两户", Field::LiftRatio),
            ("满五年", Field::Holding),
            ("有抵押 50万元", Field::Mortgage),
            ("平层", Field::LayoutKind),
            ("13800000000", Field::Personal),
        ] {
            assert_eq!(recognise(text), Some(field), "{text}");
        }
        for text in ["239", "62.0", "有", "东方财富", "香悦花苑", "2010", "None", "101113515819", "5/18", ""]
        {
            assert_eq!(recognise(text), None, "{text}");
        }
    }

    #[test]
    fn joined_facts_are_parted() {
        let text = "3室2厅 | 98.5平米 | 南 北 | 精装 | 高楼层/共18层 | 2010年建 | 板楼";
        let fields: Vec<_> = pieces(text).map(recognise).collect();
        assert_eq!(
            fields,
            [
                Some(Field::Layout),
                Some(Field::AreaBuilt),
                Some(Field::Facing),
                Some(Field::Decoration),
                Some(Field::Floor),
                Some(Field::BuiltYear),
                Some(Field::BuildingType)
            ]
        );
        assert!(fits(Field::Facts, text) && !fits(Field::Facts, "香悦花苑"));
    }
}

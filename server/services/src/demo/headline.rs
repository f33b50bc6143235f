//! 核心卖点: a sentence of facts, as an agent writes it who may not promise anything.

use super::dice::Dice;
use super::world::Place;
use domain::listing::{
    BuildingType, Decoration, Facing, Holding, HoldingBand, HoldingBasis, Layout, LayoutKind, Mortgage,
};
use store::listing::{NewListing, NewRoom};

/// Words that advertisements for homes may not hold.
#[cfg(test)]
pub(super) const FORBIDDEN: [&str; 9] = ["升值", "稳赚", "回报", "分钟", "投资", "最", "第一", "学区", "名校"];

/// Writes the sentence from what is known of the home.
pub(super) fn write(dice: &mut Dice, place: &Place<'_>, room: &NewRoom, listing: &NewListing) -> String {
    let layout = room.layout.map_or_else(|| "住宅".to_owned(), spoken);
    let facing = view(room.facing);
    let mut facts = facts(dice, place, room, listing);
    let mut fact = |dice: &mut Dice| (!facts.is_empty()).then(|| facts.swap_remove(dice.below(facts.len())));
    let area = format!("建面 {}㎡", room.area_built);
    let circle = place.community.circle.name;
    let (head, more) = match dice.weighted(&[(0, 28), (1, 22), (2, 20), (3, 15), (4, 15)]) {
        0 => (format!("{facing}{layout}，{area}"), 2),
        1 => (format!("{circle}{layout}，{area}"), 2),
        2 => (format!("{area}的{facing}{layout}"), 2),
        3 => match fact(dice) {
            Some(first) => (format!("{first}，{layout}，{area}"), 1),
            None => (format!("{layout}，{area}"), 2),
        },
        _ => (format!("{} 年建成{}，{layout}", place.community.built_year, house(place)), 2),
    };
    let mut sentence = head;
    for _ in 0..more + usize::from(dice.chance(250)) {
        if let Some(fact) = fact(dice) {
            sentence.push('，');
            sentence.push_str(&fact);
        }
    }
    sentence
}

/// Everything worth saying.
fn facts(dice: &mut Dice, place: &Place<'_>, room: &NewRoom, listing: &NewListing) -> Vec<String> {
    let (community, building) = (place.community, &place.building.facts);
    let mut facts = Vec::new();
    if let Some((station, metres)) = &community.facts.metro {
        let station = station.replace("线 ", "线");
        facts.push(format!("{} {station} {metres} 米", dice.pick(&["距", "到", "离"])));
    }
    if let Some((school, metres)) = community.facts.school.as_ref().filter(|(_, metres)| *metres <= 900) {
        facts.push(format!("距{school} {metres} 米"));
    }
    if let (Some(floor), Some(storeys)) = (room.floor, building.storeys) {
        let lift = if building.elevator == Some(true) { "有电梯" } else { "步梯" };
        facts.push(format!("{storeys} 层的 {floor} 楼，{lift}"));
    } else if building.elevator == Some(true) && building.storeys.is_some_and(|storeys| storeys <= 6) {
        facts.push("低层带电梯".to_owned());
    }
    if let Some(inner) = room.area_inner {
        facts.push(format!("套内 {inner}㎡"));
    }
    facts.extend(
        match listing.decoration {
            Some(Decoration::Rough) => Some(dice.pick(&["毛坯，装修可自定", "毛坯交付"])),
            Some(Decoration::Simple) => Some(dice.pick(&["简装，家具可留", "简装在住"])),
            Some(Decoration::Fine) => Some(dice.pick(&["精装", "精装，家电随房", "精装自住"])),
            Some(Decoration::Luxury) => Some(dice.pick(&["豪装", "豪装，中央空调"])),
            Some(Decoration::Other) | None => None,
        }
        .map(str::to_owned),
    );
    if let Some(ratio) = building.lift_ratio.filter(|r| building.elevator == Some(true) && r.homes <= 4) {
        facts.push(format!("{}梯{}户", numeral(ratio.lifts), numeral(ratio.homes)));
    }
    facts.extend(tenure(listing, room).map(str::to_owned));
    if listing.mortgage == Some(Mortgage::Clear) {
        facts.push("无抵押".to_owned());
    }
    if listing.any_time {
        facts.push(dice.pick(&["随时可看", "空置，随时可看", "钥匙在店"]).to_owned());
    }
    facts.extend(match room.layout_kind {
        Some(LayoutKind::Duplex) => Some("复式上下两层".to_owned()),
        Some(LayoutKind::Maisonette) => Some("跃层".to_owned()),
        Some(LayoutKind::Flat | LayoutKind::SplitLevel | LayoutKind::Studio) | None => None,
    });
    facts
}

/// What only grows truer with time: a period once full stays full.
fn tenure(listing: &NewListing, room: &NewRoom) -> Option<&'static str> {
    let holding = Holding::on(listing.listed_on, room.certificate_on, room.deed_tax_on, None, None)?;
    if !matches!(holding.basis, HoldingBasis::Certificate | HoldingBasis::DeedTax) {
        return None;
    }
    match (holding.band, listing.only_home) {
        (HoldingBand::OverFive, Some(true)) => Some("满五唯一"),
        (HoldingBand::OverFive, _) => Some("产证满五年"),
        (HoldingBand::OverTwo, _) => Some("产证满两年"),
        (HoldingBand::UnderTwo, _) => None,
    }
}

fn spoken(layout: Layout) -> String {
    let rooms = numeral(u16::from(layout.rooms));
    match layout.halls {
        None => format!("{rooms}房"),
        Some(0) if layout.rooms == 1 => "一室户".to_owned(),
        Some(0) => format!("{rooms}室户"),
        Some(halls) => format!("{rooms}室{}厅", numeral(u16::from(halls))),
    }
}

fn view(facing: Facing) -> &'static str {
    match facing {
        f if f.contains(Facing::SOUTH_NORTH) => "南北通",
        f if f.contains(Facing::SOUTH) => "朝南",
        f => match f.codes().next() {
            Some("se") => "东南向",
            Some("sw") => "西南向",
            Some("e") => "朝东",
            Some("w") => "朝西",
            Some("n") => "朝北",
            _ => "",
        },
    }
}

fn house(place: &Place<'_>) -> &'static str {
    match place.building.facts.kind {
        Some(BuildingType::Slab) => "板楼",
        Some(BuildingType::Tower) => "塔楼",
        Some(BuildingType::SlabTower) => "板塔结合楼",
        Some(BuildingType::DetachedVilla) => "独栋",
        Some(BuildingType::SemiDetachedVilla) => "双拼",
        Some(BuildingType::TerracedVilla) => "联排",
        Some(BuildingType::StackedVilla) => "叠拼",
        Some(BuildingType::Bungalow) | None => "老房",
    }
}

fn numeral(n: u16) -> String {
    match n {
        2 => "两".to_owned(),
        0..=10 => ["零", "一", "两", "三", "四", "五", "六", "七", "八", "九", "十"][usize::from(n)].to_owned(),
        _ => n.to_string(),
    }
}

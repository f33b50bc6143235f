//! Facts and figures in the words of a language.

use crate::texts::fact as text;
use chrono::NaiveDate;
use domain::listing::{
    BuildingType, Card, CoOwnership, Decoration, Facing, FacingChoice, FloorBand, Heating, Holding, HoldingBand,
    HoldingBasis, Layout, LayoutKind, ListingState, Media, Mortgage, Ownership, RoomPicture, Structure, Tag, Usage,
};
use domain::{Area, Fen, Lang, UnitPrice};

/// An amount as people say it: `239.5 万`, `¥2.395M`.
pub(crate) fn price(lang: Lang, fen: Fen) -> String {
    match lang {
        Lang::Zh => format!("{} 万", fen.wan()),
        Lang::En => {
            let sign = if fen.0 < 0 { "−" } else { "" };
            let thousands = (fen.0.unsigned_abs() + 50_000) / 100_000;
            if thousands < 1000 {
                return format!("{sign}¥{thousands}k");
            }
            let millions = format!("{}.{:03}", thousands / 1000, thousands % 1000);
            format!("{sign}¥{}M", millions.trim_end_matches('0').trim_end_matches('.'))
        }
    }
}

/// An amount in a table, in the unit its head names: `685.00` 万元, `6,850,000` yuan.
pub(crate) fn amount(lang: Lang, fen: Fen) -> String {
    match lang {
        Lang::Zh => {
            let hundredths = (fen.0.abs() + 5_000) / 10_000;
            let sign = if fen.0 < 0 { "−" } else { "" };
            format!("{sign}{}.{:02}", domain::money::Grouped((hundredths / 100).unsigned_abs()), hundredths % 100)
        }
        Lang::En => fen.yuan().to_string(),
    }
}

/// An amount in whole yuan with its unit: `19,117 元`, `¥19,117`.
pub(crate) fn yuan(lang: Lang, fen: Fen) -> String {
    match lang {
        Lang::Zh => format!("{} 元", fen.yuan()),
        Lang::En => format!("¥{}", fen.yuan()),
    }
}

/// The same where a small unit follows in Chinese.
pub(crate) fn yuan_number(lang: Lang, fen: Fen) -> String {
    match lang {
        Lang::Zh => fen.yuan().to_string(),
        Lang::En => yuan(lang, fen),
    }
}

/// An amount to the fen, without a unit: `4,490.45`.
pub(crate) fn yuan_cents(fen: Fen) -> String {
    let sign = if fen.0 < 0 { "−" } else { "" };
    let fen = fen.0.unsigned_abs();
    format!("{sign}{}.{:02}", domain::money::Grouped(fen / 100), fen % 100)
}

/// The name of a city.
pub(crate) fn city(lang: Lang, city: &domain::place::City) -> String {
    if lang == Lang::Zh { city.name.clone() } else { city.name_en.clone() }
}

/// A price per square metre.
pub(crate) fn unit_price(lang: Lang, unit: UnitPrice) -> String {
    text::unit_price(lang, unit)
}

/// An area with its unit.
pub(crate) fn sqm(lang: Lang, area: Area) -> String {
    text::sqm(lang, area)
}

/// A day, the same in both languages.
pub(crate) fn day(day: NaiveDate) -> String {
    day.format("%Y-%m-%d").to_string()
}

/// `3室2厅1卫`
pub(crate) fn layout(lang: Lang, layout: Layout) -> String {
    let Layout { rooms, halls, kitchens: _, baths } = layout;
    let mut parts = vec![text::layout_rooms(lang, rooms)];
    parts.extend(halls.map(|n| text::layout_halls(lang, n)));
    parts.extend(baths.map(|n| text::layout_baths(lang, n)));
    parts.join(if lang == Lang::Zh { "" } else { " " })
}

/// Every number of a layout.
pub(crate) fn layout_full(lang: Lang, layout: Layout) -> String {
    let mut parts = vec![text::layout_rooms(lang, layout.rooms)];
    parts.extend(layout.halls.map(|n| text::layout_halls(lang, n)));
    parts.extend(layout.kitchens.map(|n| text::layout_kitchens(lang, n)));
    parts.extend(layout.baths.map(|n| text::layout_baths(lang, n)));
    parts.join(if lang == Lang::Zh { "" } else { " " })
}

/// `中楼层/32 层`, or the exact floor where it is told.
pub(crate) fn floor(lang: Lang, card: &Card) -> Option<String> {
    match (card.floor, card.floor_band, card.storeys) {
        (Some(floor), _, Some(storeys)) => Some(text::floor_of(lang, floor, storeys)),
        (None, Some(band), Some(storeys)) => Some(text::band_of(lang, floor_band(lang, band), storeys)),
        (None, Some(band), None) => Some(floor_band(lang, band).to_owned()),
        (None, None, Some(storeys)) => Some(text::storeys(lang, storeys)),
        (Some(_), _, None) | (None, None, None) => None,
    }
}

/// The directions a home faces.
pub(crate) fn facing(lang: Lang, facing: Facing) -> Option<String> {
    if facing.is_empty() {
        return None;
    }
    if facing == Facing::SOUTH_NORTH {
        return Some(text::south_north(lang).to_owned());
    }
    let names: Vec<&str> = facing.codes().filter_map(|code| direction(lang, code)).collect();
    Some(text::facing(lang, names.join(if lang == Lang::Zh { "" } else { ", " })))
}

fn direction(lang: Lang, code: &str) -> Option<&'static str> {
    Some(match code {
        "s" => text::dir_s(lang),
        "n" => text::dir_n(lang),
        "e" => text::dir_e(lang),
        "w" => text::dir_w(lang),
        "se" => text::dir_se(lang),
        "sw" => text::dir_sw(lang),
        "ne" => text::dir_ne(lang),
        "nw" => text::dir_nw(lang),
        _ => return None,
    })
}

pub(crate) fn facing_choice(lang: Lang, choice: FacingChoice) -> &'static str {
    direction(lang, choice.code()).unwrap_or(text::south_north(lang))
}

pub(crate) fn floor_band(lang: Lang, band: FloorBand) -> &'static str {
    match band {
        FloorBand::Basement => text::floor_basement(lang),
        FloorBand::Ground => text::floor_ground(lang),
        FloorBand::Low => text::floor_low(lang),
        FloorBand::Middle => text::floor_middle(lang),
        FloorBand::High => text::floor_high(lang),
        FloorBand::Top => text::floor_top(lang),
    }
}

pub(crate) fn decoration(lang: Lang, value: Decoration) -> &'static str {
    match value {
        Decoration::Rough => text::decoration_rough(lang),
        Decoration::Simple => text::decoration_simple(lang),
        Decoration::Fine => text::decoration_fine(lang),
        Decoration::Luxury => text::decoration_luxury(lang),
        Decoration::Other => text::decoration_other(lang),
    }
}

pub(crate) fn building(lang: Lang, value: BuildingType) -> &'static str {
    match value {
        BuildingType::Slab => text::building_slab(lang),
        BuildingType::Tower => text::building_tower(lang),
        BuildingType::SlabTower => text::building_slab_tower(lang),
        BuildingType::Bungalow => text::building_bungalow(lang),
        BuildingType::DetachedVilla => text::building_detached_villa(lang),
        BuildingType::SemiDetachedVilla => text::building_semi_detached_villa(lang),
        BuildingType::TerracedVilla => text::building_terraced_villa(lang),
        BuildingType::StackedVilla => text::building_stacked_villa(lang),
    }
}

pub(crate) fn structure(lang: Lang, value: Structure) -> &'static str {
    match value {
        Structure::ReinforcedConcrete => text::structure_reinforced_concrete(lang),
        Structure::BrickConcrete => text::structure_brick_concrete(lang),
        Structure::Frame => text::structure_frame(lang),
        Structure::Steel => text::structure_steel(lang),
        Structure::Mixed => text::structure_mixed(lang),
        Structure::BrickTimber => text::structure_brick_timber(lang),
    }
}

pub(crate) fn kind(lang: Lang, value: LayoutKind) -> &'static str {
    match value {
        LayoutKind::Flat => text::kind_flat(lang),
        LayoutKind::Duplex => text::kind_duplex(lang),
        LayoutKind::Maisonette => text::kind_maisonette(lang),
        LayoutKind::SplitLevel => text::kind_split_level(lang),
        LayoutKind::Studio => text::kind_studio(lang),
    }
}

pub(crate) fn heating(lang: Lang, value: Heating) -> &'static str {
    match value {
        Heating::Central => text::heating_central(lang),
        Heating::Own => text::heating_own(lang),
        Heating::Floor => text::heating_floor(lang),
        Heating::None => text::heating_none(lang),
    }
}

pub(crate) fn ownership(lang: Lang, value: Ownership) -> &'static str {
    match value {
        Ownership::Commodity => text::ownership_commodity(lang),
        Ownership::PurchasedPublic => text::ownership_purchased_public(lang),
        Ownership::Affordable => text::ownership_affordable(lang),
        Ownership::Resettlement => text::ownership_resettlement(lang),
        Ownership::PriceCapped => text::ownership_price_capped(lang),
        Ownership::Shared => text::ownership_shared(lang),
        Ownership::CoopBuilt => text::ownership_coop_built(lang),
        Ownership::Private => text::ownership_private(lang),
        Ownership::CentralPublic => text::ownership_central_public(lang),
        Ownership::Military => text::ownership_military(lang),
        Ownership::UseRight => text::ownership_use_right(lang),
    }
}

pub(crate) fn usage(lang: Lang, value: Usage) -> &'static str {
    match value {
        Usage::Residence => text::usage_residence(lang),
        Usage::Villa => text::usage_villa(lang),
        Usage::LiveWork => text::usage_live_work(lang),
        Usage::ServicedFlat => text::usage_serviced_flat(lang),
        Usage::Courtyard => text::usage_courtyard(lang),
        Usage::Commercial => text::usage_commercial(lang),
        Usage::Office => text::usage_office(lang),
        Usage::Parking => text::usage_parking(lang),
    }
}

pub(crate) fn coownership(lang: Lang, value: CoOwnership) -> &'static str {
    match value {
        CoOwnership::Sole => text::coownership_sole(lang),
        CoOwnership::Joint => text::coownership_joint(lang),
    }
}

pub(crate) fn mortgage(lang: Lang, value: Mortgage) -> &'static str {
    match value {
        Mortgage::Clear => text::mortgage_clear(lang),
        Mortgage::Mortgaged => text::mortgage_mortgaged(lang),
    }
}

pub(crate) fn holding_band(lang: Lang, value: HoldingBand) -> &'static str {
    match value {
        HoldingBand::UnderTwo => text::holding_under_two(lang),
        HoldingBand::OverTwo => text::holding_over_two(lang),
        HoldingBand::OverFive => text::holding_over_five(lang),
    }
}

/// How the holding period is known, in words.
pub(crate) fn holding_basis(lang: Lang, holding: &Holding) -> String {
    let basis = match holding.basis {
        HoldingBasis::Certificate => text::basis_certificate(lang),
        HoldingBasis::DeedTax => text::basis_deed_tax(lang),
        HoldingBasis::LastSale => text::basis_last_sale(lang),
        HoldingBasis::Stated => text::basis_stated(lang),
    };
    match holding.since {
        Some(since) => format!("{basis} {}", day(since)),
        None => basis.to_owned(),
    }
}

pub(crate) fn tag(lang: Lang, value: Tag) -> &'static str {
    match value {
        Tag::OverFiveOnly => text::tag_over_five_only(lang),
        Tag::OverFive => text::tag_over_five(lang),
        Tag::OverTwo => text::tag_over_two(lang),
        Tag::OnlyHome => text::tag_only_home(lang),
        Tag::New => text::tag_new(lang),
        Tag::Cut => text::tag_cut(lang),
        Tag::BelowMedian => text::tag_below_median(lang),
        Tag::Verified => text::tag_verified(lang),
        Tag::AnyTime => text::tag_any_time(lang),
        Tag::Photos => text::tag_photos(lang),
    }
}

pub(crate) fn state(lang: Lang, value: ListingState) -> &'static str {
    match value {
        ListingState::Active => text::state_active(lang),
        ListingState::UnderOffer => text::state_under_offer(lang),
        ListingState::Sold => text::state_sold(lang),
        _ => text::state_other(lang),
    }
}

pub(crate) fn picture(lang: Lang, value: RoomPicture) -> &'static str {
    match value {
        RoomPicture::Facade => text::picture_facade(lang),
        RoomPicture::Living => text::picture_living(lang),
        RoomPicture::Bedroom => text::picture_bedroom(lang),
        RoomPicture::Kitchen => text::picture_kitchen(lang),
        RoomPicture::Bath => text::picture_bath(lang),
        RoomPicture::Balcony => text::picture_balcony(lang),
        RoomPicture::Plan => text::picture_plan(lang),
        RoomPicture::Other => text::picture_other(lang),
    }
}

/// What a picture shows: a photo of a plan is no sketch, and a second bedroom has its number.
pub(crate) fn shown(lang: Lang, media: &Media) -> String {
    match (media.picture, &media.photo) {
        (RoomPicture::Plan, Some(_)) => text::picture_floor_plan(lang).to_owned(),
        (room, Some(_)) if media.nth > 0 => format!("{} {}", picture(lang, room), media.nth + 1),
        (room, _) => picture(lang, room).to_owned(),
    }
}

/// The name of a home: community and layout.
pub(crate) fn home(lang: Lang, card: &Card) -> String {
    match card.layout {
        Some(rooms) => format!("{} {}", card.community.name, layout(lang, rooms)),
        None => card.community.name.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_in_tables_keep_their_decimals() {
        let fen = Fen(239_750_000);
        assert_eq!((amount(Lang::Zh, fen), amount(Lang::En, fen)), ("239.75".into(), "2,397,500".into()));
        assert_eq!(amount(Lang::Zh, Fen::from_wan(1_685)), "1,685.00");
        assert_eq!(
            (yuan_cents(Fen(449_045)), yuan(Lang::Zh, Fen(1_911_702))),
            ("4,490.45".into(), "19,117 元".into())
        );
    }

    #[test]
    fn prices_read_well_in_both_languages() {
        let both = |fen: Fen| (price(Lang::Zh, fen), price(Lang::En, fen));
        assert_eq!(both(Fen::from_wan(685)), ("685 万".into(), "¥6.85M".into()));
        assert_eq!(both(Fen(239_500_000)), ("239.5 万".into(), "¥2.395M".into()));
        assert_eq!(both(Fen::from_wan(-13)), ("−13 万".into(), "−¥130k".into()));
        assert_eq!(both(Fen::from_wan(100)), ("100 万".into(), "¥1M".into()));
    }
}

//! What a home is asked for, and how the price came down to it.

use super::dice::Dice;
use super::world::Place;
use chrono::{Days, NaiveDate};
use domain::listing::{BuildingType, Decoration, Facing, FloorBand, Ownership};
use domain::{Area, Fen};

/// What sets the price of a home apart from its neighbours'.
pub(super) struct Traits {
    pub area: Area,
    /// Years since it was built.
    pub age: i64,
    pub band: Option<FloorBand>,
    pub facing: Facing,
    pub decoration: Option<Decoration>,
    pub ownership: Option<Ownership>,
}

/// The asking price of a home: its circle's level, and what makes it dearer or cheaper, in whole 万.
pub(super) fn asking(dice: &mut Dice, place: &Place<'_>, traits: &Traits) -> Fen {
    let community = place.community;
    let metro = community.facts.metro.as_ref().map_or(i32::MAX, |(_, metres)| *metres);
    let unit_price = [
        community.standing,
        by_kind(place, traits.age),
        by_area(traits.area),
        by_floor(traits.band, place.building.facts.elevator == Some(true)),
        match traits.decoration {
            Some(Decoration::Rough) => 955,
            Some(Decoration::Fine) => 1020,
            Some(Decoration::Luxury) => 1075,
            Some(Decoration::Simple | Decoration::Other) | None => 985,
        },
        match metro {
            ..=400 => 1040,
            401..=800 => 1015,
            801..=1500 => 1000,
            _ => 955,
        },
        match traits.facing {
            facing if facing.contains(Facing::SOUTH_NORTH) => 1025,
            facing if facing.contains(Facing::SOUTH) => 1010,
            _ => 960,
        },
        match traits.ownership {
            Some(Ownership::UseRight) => 800,
            Some(Ownership::Shared) => 860,
            Some(Ownership::Resettlement | Ownership::PriceCapped) => 950,
            _ => 1000,
        },
        dice.around(80),
    ]
    .into_iter()
    .fold(community.circle.level, |price, permille| price * permille / 1000);
    rounded(Fen::from_yuan(unit_price * i64::from(traits.area.0) / 100))
}

/// The prices of an offer with their days, oldest first, ending at the price now. The longer on the market,
/// the more changes; most of them are cuts.
pub(super) fn history(dice: &mut Dice, listed: NaiveDate, until: NaiveDate, now: Fen) -> Vec<(NaiveDate, Fen)> {
    let days = (until - listed).num_days();
    let changes: i64 = match days {
        ..=20 => 0,
        21..=60 => dice.weighted(&[(0, 68), (1, 32)]),
        61..=150 => dice.weighted(&[(0, 50), (1, 33), (2, 17)]),
        _ => dice.weighted(&[(0, 34), (1, 30), (2, 21), (3, 10), (4, 5)]),
    };
    let mut prices = Vec::new();
    let mut price = now;
    for change in (1..=changes).rev() {
        // One change in each part of the time, never two in one week.
        let part = (days - 7) / changes;
        let day = 7 + part * (change - 1) + dice.within(0..=(part - 7).max(0));
        prices.push((listed + Days::new(day as u64), price));
        price = before(dice, price);
    }
    prices.push((listed, price));
    prices.reverse();
    prices
}

/// The price that a change led from.
pub(super) fn before(dice: &mut Dice, price: Fen) -> Fen {
    let permille = if dice.chance(820) { 1000 - dice.within(8..=55) } else { 1000 + dice.within(6..=30) };
    let earlier = rounded(Fen(price.0 * 1000 / permille));
    if earlier == price { Fen(price.0 + step(price)) } else { earlier }
}

fn rounded(price: Fen) -> Fen {
    let step = step(price);
    Fen(((price.0 + step / 2) / step * step).max(step))
}

/// People ask for whole 万, and above a thousand of them for whole five.
fn step(price: Fen) -> i64 {
    if price < Fen::from_wan(1_000) { Fen::WAN } else { 5 * Fen::WAN }
}

fn by_kind(place: &Place<'_>, age: i64) -> i64 {
    use super::building::Kind;
    let by_age = match age {
        ..=5 => 1130,
        6..=10 => 1070,
        11..=16 => 1020,
        17..=22 => 975,
        23..=30 => 900,
        _ => 850,
    };
    match place.community.kind {
        Kind::Loft => 600,
        Kind::Lane => 960,
        Kind::Villa(BuildingType::DetachedVilla) => 1250,
        Kind::Villa(_) => 1080,
        Kind::Village | Kind::Estate | Kind::Modern => by_age,
    }
}

fn by_area(area: Area) -> i64 {
    match area.0 / 100 {
        ..=45 => 1060,
        46..=70 => 1025,
        71..=110 => 1000,
        111..=144 => 1010,
        145..=200 => 1030,
        _ => 1060,
    }
}

fn by_floor(band: Option<FloorBand>, elevator: bool) -> i64 {
    match (band, elevator) {
        (Some(FloorBand::Basement), _) => 700,
        (Some(FloorBand::Ground), _) => 955,
        (Some(FloorBand::Low), true) => 980,
        (Some(FloorBand::Low), false) => 1010,
        (Some(FloorBand::Middle), _) => 1015,
        (Some(FloorBand::High), true) => 1030,
        (Some(FloorBand::High), false) => 985,
        (Some(FloorBand::Top), true) => 1000,
        (Some(FloorBand::Top), false) => 930,
        (None, _) => 1000,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_history_ends_at_the_price_now_and_never_stands_still() {
        let listed: NaiveDate = "2026-01-05".parse().expect("a date");
        let mut changes = 0;
        for n in 0..3_000 {
            let mut dice = Dice::new(9, n, "history");
            let until = listed + Days::new(n as u64 % 400);
            let prices = history(&mut dice, listed, until, Fen::from_wan(520));
            assert_eq!(prices.first().map(|p| p.0), Some(listed));
            assert_eq!(prices.last().map(|p| p.1), Some(Fen::from_wan(520)));
            assert!(prices.windows(2).all(|w| w[0].0 < w[1].0 && w[0].1 != w[1].1), "{prices:?}");
            assert!(prices.iter().all(|p| p.0 <= until) && prices.len() <= 5);
            changes += prices.len() - 1;
        }
        assert!((2_000..6_000).contains(&changes), "{changes}");
    }
}

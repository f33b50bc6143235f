//! Invented places near the communities of the demo.

use super::dice::Dice;
use super::map::DISTRICTS;
use super::names;
use super::world::Around;
use domain::community::PlaceKind;
use domain::geo::Position;
use store::community::Poi;

/// The places of the first `districts` districts: the stations and schools that communities name, and a few more.
pub(super) fn places(seed: u64, districts: usize) -> Vec<Poi> {
    let circles = DISTRICTS[..districts].iter().flat_map(|d| d.circles);
    let mut places = Vec::new();
    for (number, circle) in circles.enumerate() {
        let around = Around::new(seed, number, circle);
        let mut dice = Dice::new(seed, number, "near");
        let mut put = |kind, name: String, (lat_e6, lon_e6): (i32, i32)| {
            places.push(Poi { kind, name, at: Position { lat_e6, lon_e6 } });
        };
        for (name, at) in &around.stations {
            put(PlaceKind::Metro, name.clone(), *at);
        }
        for (name, at) in &around.schools {
            put(PlaceKind::School, name.clone(), *at);
        }
        for (kind, ending, chance) in [
            (PlaceKind::Hospital, "医院", 700),
            (PlaceKind::Market, "菜场", 1000),
            (PlaceKind::Market, "超市", 1000),
            (PlaceKind::Park, "公园", 900),
            (PlaceKind::Noise, "高架", 450),
        ] {
            let (there, stem) = (dice.chance(chance), names::stem(&mut dice));
            let at = super::world::scatter(&mut dice, around.centre, 9_000);
            if there {
                put(kind, format!("{stem}{ending}"), at);
            }
        }
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_places_and_every_kind_is_there() {
        let found = places(7, 4);
        assert_eq!(found, places(7, 4));
        assert!(PlaceKind::ALL.iter().all(|kind| found.iter().any(|place| place.kind == *kind)));
    }
}

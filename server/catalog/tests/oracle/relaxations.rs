//! When nothing fits, every proposed change brings what it says.

use crate::twin::Twin;
use crate::world::{self, Dice};
use catalog::{Catalog, Change};
use domain::listing::Filter;
use proptest::prelude::*;

fn read(query: &str) -> Filter {
    Filter::read(query.split('&').filter_map(|pair| pair.split_once('='))).filter
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn every_proposal_brings_as_many_homes_as_it_says(seed in any::<u64>(), len in 1_usize..150) {
        let dice = &mut Dice(seed);
        let places = world::places(dice, 2, 3, 2, 12);
        let rows = world::rows(dice, len, 12);
        let changes: Vec<_> = (0..10).map(|n| Change::Upsert(world::row(dice, n, 12))).collect();
        let catalog = Catalog::build(places.clone(), rows.clone(), world::today()).apply(changes.clone());
        let mut twin = Twin::build(places, rows);
        twin.apply(changes);
        for conditions in [4, 6, 8] {
            let filter = world::filter(dice, conditions);
            if twin.count(&filter, world::today()) > 0 {
                continue;
            }
            let proposals = catalog.relaxations(&filter, world::today());
            prop_assert!(proposals.len() <= 6);
            for proposal in &proposals {
                prop_assert!(proposal.gain > 0);
                prop_assert_ne!(&proposal.filter, &filter);
                let gain = twin.count(&proposal.filter, world::today());
                prop_assert_eq!(gain, proposal.gain, "{} for {}", proposal.filter.href(), filter.href());
            }
            // Two conditions dropped always bring something where at most two were set.
            let set = filter.pairs().iter().filter(|(field, _)| !matches!(*field, "city" | "sort" | "basis")).count();
            let any = twin.count(&filter.cleared(), world::today()) > 0;
            prop_assert!(!proposals.is_empty() || set > 2 || !any, "{}", filter.href());
        }
    }
}

#[test]
fn the_nearest_price_and_area_are_proposed_before_dropping_a_condition() {
    let dice = &mut Dice(5);
    let places = world::places(dice, 1, 1, 2, 1);
    let mut row = world::row(dice, 1, 1);
    row.price = domain::Fen(305_500_000);
    row.area_built = domain::Area(8_850);
    row.rooms = Some(2);
    let catalog = Catalog::build(places, vec![row], world::today());
    let fields = |query: &str| -> Vec<(String, String)> {
        let filter = read(query);
        let proposals = catalog.relaxations(&filter, world::today());
        proposals.into_iter().map(|p| (p.field, p.filter.query())).collect()
    };
    let one = |field: &str, query: &str| (field.to_owned(), query.to_owned());
    assert_eq!(fields("price_max=300&rooms=2"), [one("price", "rooms=2&price_max=306")]);
    assert_eq!(fields("price_min=310&price_max=400"), [one("price", "price_min=305&price_max=400")]);
    assert_eq!(fields("area_max=80"), [one("area", "area_max=89")]);
    assert_eq!(fields("rooms=3&area_max=80"), [one("rooms,area", "")]);
    assert_eq!(fields("rooms=3"), [one("rooms", "")]);
}

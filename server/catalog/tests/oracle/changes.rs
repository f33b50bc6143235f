//! Changes are seen at once, and a merge changes nothing but medians and steps.

use crate::agreement::{agree, walk};
use crate::twin::Twin;
use crate::world::{self, Dice};
use catalog::{Catalog, Change};
use proptest::prelude::*;

fn change(dice: &mut Dice, ids: i64, communities: usize) -> Change {
    let id = dice.below(ids as u64 + 20) as i64;
    if dice.chance(40) { Change::Remove(id) } else { Change::Upsert(world::row(dice, id, communities)) }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn after_any_changes_and_after_a_merge_the_answers_still_agree(
        seed in any::<u64>(), len in 0_usize..200, rounds in 1_usize..4, conditions in 0_usize..5
    ) {
        let dice = &mut Dice(seed);
        let places = world::places(dice, 2, 3, 2, 12);
        let rows = world::rows(dice, len, 12);
        let mut catalog = Catalog::build(places.clone(), rows.clone(), world::today());
        let mut twin = Twin::build(places, rows);
        for _ in 0..rounds {
            let changes: Vec<_> = (0..dice.below(60)).map(|_| change(dice, len as i64 * 3, 12)).collect();
            catalog = catalog.apply(changes.clone());
            twin.apply(changes);
            prop_assert_eq!(catalog.len(), twin.rows.len());
            agree(&catalog, &twin, &world::filter(dice, conditions), world::today())?;
            walk(&catalog, &twin, &world::filter(dice, conditions / 2), world::today(), 9)?;
        }
        for (id, row) in &twin.rows {
            prop_assert_eq!(catalog.versus_median(*id).map(i64::from), twin.versus(row));
        }
        catalog = catalog.merged(world::today());
        twin.merge();
        prop_assert_eq!(catalog.len(), twin.rows.len());
        agree(&catalog, &twin, &world::filter(dice, conditions), world::today())?;
        for community in 0..12 {
            let on_sale = twin.rows.values().filter(|row| row.community == community).count();
            prop_assert_eq!(catalog.community_on_sale(community) as usize, on_sale);
            let median = catalog.community_median(community);
            prop_assert_eq!(median.map(|(_, n)| n as usize), Some(on_sale).filter(|n| *n >= 3));
        }
        for (id, row) in &twin.rows {
            prop_assert_eq!(catalog.versus_median(*id).map(i64::from), twin.versus(row));
        }
    }
}

#[test]
fn the_older_catalogue_stays_as_it_was() {
    let dice = &mut Dice(11);
    let places = world::places(dice, 1, 2, 2, 5);
    let rows = world::rows(dice, 50, 5);
    let before = Catalog::build(places, rows.clone(), world::today());
    let after = before.apply(rows.iter().map(|row| Change::Remove(row.id)).collect());
    assert_eq!((before.len(), after.len()), (50, 0));
    assert!(after.is_empty() && after.versus_median(rows[0].id).is_none());
    assert_eq!(after.community_on_sale(rows[0].community), 0);
    assert_eq!(before.count(&domain::listing::Filter::default(), world::today()), 50);
}

#[test]
fn a_merge_is_asked_for_when_enough_has_changed() {
    let dice = &mut Dice(12);
    let places = world::places(dice, 1, 2, 2, 5);
    let catalog = Catalog::build(places, world::rows(dice, 10, 5), world::today());
    let many =
        |len: i64, dice: &mut Dice| (0..len).map(|id| Change::Upsert(world::row(dice, 1_000 + id, 5))).collect();
    assert!(!catalog.apply(many(1_000, dice)).needs_merge());
    let full = catalog.apply(many(3_000, dice));
    assert!(full.needs_merge() && !full.merged(world::today()).needs_merge());
}

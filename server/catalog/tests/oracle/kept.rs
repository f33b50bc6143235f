//! What was written down and taken up again is the catalogue that was built, and nothing else is taken for one.

use crate::world::{self, Dice};
use catalog::{Catalog, Change};
use domain::listing::Filter;
use proptest::prelude::*;

fn bytes(catalog: &Catalog) -> Vec<u8> {
    let mut bytes = Vec::new();
    catalog.write(&mut bytes).expect("writes");
    bytes
}

fn read(bytes: &[u8]) -> std::io::Result<Catalog> {
    Catalog::read(&mut &bytes[..], bytes.len() as u64)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn a_catalogue_that_was_kept_is_the_same_to_the_byte_and_in_its_answers(
        seed in any::<u64>(), len in 0_usize..300, conditions in 0_usize..5
    ) {
        let dice = &mut Dice(seed);
        let places = world::places(dice, 2, 3, 2, 12);
        let built = Catalog::build(places.clone(), world::rows(dice, len, 12), world::today());
        let changes: Vec<_> = (0..dice.below(40)).map(|n| match n % 3 {
            0 => Change::Remove(dice.below(len as u64 + 1) as i64),
            _ => Change::Upsert(world::row(dice, 500 + n as i64, 12)),
        }).collect();
        let built = built.apply(changes);
        let kept = read(&bytes(&built)).expect("reads");
        prop_assert_eq!(bytes(&kept), bytes(&built));
        prop_assert_eq!(kept.len(), built.len());
        prop_assert_eq!(kept.places(), &places);
        let tomorrow = world::today() + chrono::Days::new(1);
        for filter in [Filter::default(), world::filter(dice, conditions)] {
            for day in [world::today(), tomorrow] {
                prop_assert_eq!(kept.search(&filter, day, 24), built.search(&filter, day, 24));
            }
        }
    }

    #[test]
    fn more_places_and_changes_at_once_make_what_a_new_catalogue_would_be(seed in any::<u64>(), len in 0_usize..200) {
        let dice = &mut Dice(seed);
        let all = world::places(dice, 2, 3, 2, 20);
        let mut fewer = all.clone();
        fewer.communities.truncate(12);
        let mut rows = world::rows(dice, len, 12);
        let before = Catalog::build(fewer, rows.clone(), world::today());
        let new: Vec<_> = (0..dice.below(40) as i64).map(|n| world::row(dice, 10_000 + n, 20)).collect();
        let gone = dice.below(len as u64 + 1) as i64;
        let mut changes: Vec<_> = new.iter().cloned().map(Change::Upsert).collect();
        changes.push(Change::Remove(gone));
        rows.retain(|row| row.id != gone);
        rows.extend(new);
        let after = before.moved(all.clone(), changes, world::today());
        prop_assert_eq!(bytes(&after), bytes(&Catalog::build(all, rows, world::today())));
    }
}

#[test]
fn what_is_damaged_or_cut_off_is_never_taken_for_a_catalogue() {
    let dice = &mut Dice(7);
    let places = world::places(dice, 2, 3, 2, 12);
    let whole = bytes(&Catalog::build(places, world::rows(dice, 100, 12), world::today()));
    assert!(read(&whole).is_ok());
    for at in (0..whole.len()).step_by(whole.len() / 400) {
        let mut damaged = whole.clone();
        damaged[at] ^= 0x10;
        assert!(read(&damaged).is_err(), "byte {at}");
        assert!(read(&whole[..at]).is_err(), "cut off at {at}");
    }
    assert!(Catalog::read(&mut &[][..], 0).is_err());
}

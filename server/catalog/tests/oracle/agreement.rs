//! Whatever is asked of whatever homes, the catalogue and its twin say the same.

use crate::twin::Twin;
use crate::world::{self, Dice};
use catalog::Catalog;
use chrono::{Days, NaiveDate};
use domain::Slug;
use domain::listing::{Cursor, Filter};
use domain::place::Level;
use proptest::prelude::*;

/// Asks both and compares everything.
pub fn agree(catalog: &Catalog, twin: &Twin, filter: &Filter, today: NaiveDate) -> Result<(), TestCaseError> {
    let (answer, expected) = (catalog.search(filter, today, 7), twin.search(filter, today, 7));
    let asked = filter.href();
    prop_assert_eq!(answer.total, expected.total, "total of {}", asked);
    prop_assert_eq!(catalog.count(filter, today), expected.total);
    prop_assert_eq!(&answer.ids, &expected.ids, "ids of {}", asked);
    prop_assert_eq!(&catalog.ids(filter, today, 7), &expected.ids);
    prop_assert_eq!(answer.summary, expected.summary, "medians of {}", asked);
    prop_assert_eq!(answer.facets.histograms, expected.facets.histograms, "histograms of {}", asked);
    let fields = |groups: &[domain::listing::FacetGroup]| groups.iter().map(|g| g.field.clone()).collect::<Vec<_>>();
    prop_assert_eq!(fields(&answer.facets.groups), fields(&expected.facets.groups));
    for (group, expected) in answer.facets.groups.iter().zip(&expected.facets.groups) {
        prop_assert_eq!(group, expected, "{} of {}", group.field, asked);
    }
    prop_assert_eq!((answer.offset, answer.previous), (0, None));
    areas_agree(catalog, twin, filter, today)
}

/// Every place of a level has as many homes, and their median, as a search of that place alone finds. Without a city
/// places of one name are one, which a map never asks for.
fn areas_agree(catalog: &Catalog, twin: &Twin, filter: &Filter, today: NaiveDate) -> Result<(), TestCaseError> {
    if filter.city.is_none() {
        return Ok(());
    }
    for level in [Level::District, Level::Circle, Level::Community] {
        let mut sum = 0;
        let mut own = filter.first_page();
        for (place, count, median) in catalog.areas(filter, level, today) {
            *chosen(&mut own, level) = vec![place.slug];
            let one = twin.search(&own, today, 1);
            prop_assert_eq!(
                (count, median),
                (one.total, one.summary.median_unit),
                "{} {}",
                level.code(),
                own.query()
            );
            sum += count;
        }
        chosen(&mut own, level).clear();
        prop_assert_eq!(sum, twin.count(&own, today));
    }
    Ok(())
}

fn chosen(filter: &mut Filter, level: Level) -> &mut Vec<Slug> {
    match level {
        Level::District => &mut filter.district,
        Level::Circle => &mut filter.circle,
        Level::Community => &mut filter.community,
    }
}

/// Walks all pages to the end and back, and compares every one.
pub fn walk(
    catalog: &Catalog,
    twin: &Twin,
    filter: &Filter,
    today: NaiveDate,
    limit: usize,
) -> Result<(), TestCaseError> {
    let all = twin.ordered(filter, today);
    let page = |after: Option<Cursor>, before: Option<Cursor>| {
        catalog.search(&Filter { after, before, ..filter.clone() }, today, limit)
    };
    let mut answer = page(None, None);
    let mut seen = Vec::new();
    let last = loop {
        prop_assert_eq!(answer.offset as usize, seen.len());
        prop_assert_eq!(answer.previous.is_some(), !seen.is_empty());
        seen.extend(answer.ids.clone());
        match answer.next {
            Some(next) => answer = page(Some(next), None),
            None => break answer,
        }
        prop_assert!(seen.len() <= all.len());
    };
    prop_assert_eq!(&seen, &all);
    let mut back = last.ids;
    let mut previous = last.previous;
    while let Some(cursor) = previous {
        let answer = page(None, Some(cursor));
        prop_assert_eq!(answer.ids.len(), limit);
        prop_assert!(answer.next.is_some());
        prop_assert_eq!(answer.offset as usize + answer.ids.len() + back.len(), all.len());
        back.splice(0..0, answer.ids);
        previous = answer.previous;
    }
    prop_assert_eq!(&back, &all);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn every_answer_is_what_a_plain_reading_of_all_rows_gives(
        seed in any::<u64>(), len in 0_usize..400, communities in 1_usize..25, conditions in 0_usize..7
    ) {
        let dice = &mut Dice(seed);
        let places = world::places(dice, 3, 3, 3, communities);
        let rows = world::rows(dice, len, communities);
        let catalog = Catalog::build(places.clone(), rows.clone(), world::today());
        let twin = Twin::build(places, rows);
        for _ in 0..4 {
            let filter = world::filter(dice, conditions);
            agree(&catalog, &twin, &filter, world::today())?;
        }
        // Another day than the one it was built on.
        let later = world::today() + Days::new(dice.below(900));
        agree(&catalog, &twin, &world::filter(dice, conditions), later)?;
    }

    #[test]
    fn pages_lose_and_repeat_nothing_in_either_direction(
        seed in any::<u64>(), len in 0_usize..300, limit in 1_usize..40, conditions in 0_usize..3
    ) {
        let dice = &mut Dice(seed);
        let places = world::places(dice, 2, 2, 2, 10);
        let rows = world::rows(dice, len, 10);
        let catalog = Catalog::build(places.clone(), rows.clone(), world::today());
        let twin = Twin::build(places, rows);
        walk(&catalog, &twin, &world::filter(dice, conditions), world::today(), limit)?;
    }
}

#[test]
fn a_larger_world_agrees_as_well() {
    let dice = &mut Dice(8);
    let places = world::places(dice, 3, 6, 3, 200);
    let rows = world::rows(dice, 12_000, 200);
    let catalog = Catalog::build(places.clone(), rows.clone(), world::today());
    let twin = Twin::build(places, rows);
    let queries = ["", "city=city1&rooms=2", "price_min=120&price_max=310&sort=-price", "basis=inner&area_min=61"];
    for query in queries {
        let filter = Filter::read(query.split('&').filter_map(|pair| pair.split_once('='))).filter;
        agree(&catalog, &twin, &filter, world::today()).expect(query);
    }
    for conditions in [1, 2, 2, 3] {
        agree(&catalog, &twin, &world::filter(dice, conditions), world::today()).expect("agreement");
    }
}

#[test]
fn few_homes_are_counted_by_their_records_and_many_by_sets_and_both_agree() {
    let dice = &mut Dice(21);
    let places = world::places(dice, 2, 3, 2, 24);
    let rows = world::rows(dice, 12_000, 24);
    let catalog = Catalog::build(places.clone(), rows.clone(), world::today());
    let twin = Twin::build(places, rows);
    // The words of so many sets: with all sets it is more, and what is read beside the records is less.
    let sets = 150 * 12_000 / 64;
    let mut ways = [0, 0];
    for price in [80, 90, 100, 101, 150, 200, 300, 750] {
        for other in ["", "&decoration=fine", "&basis=inner&tag=photos", "&city=city1&rooms=2,3"] {
            let query = format!("price_max={price}{other}");
            let filter = Filter::read(query.split('&').filter_map(|pair| pair.split_once('='))).filter;
            agree(&catalog, &twin, &filter, world::today()).expect(&query);
            let answer = catalog.search(&filter, world::today(), 7);
            if filter.city.is_none() {
                ways[usize::from(answer.work > sets)] += 1;
                // One home in twelve is few for certain, and one in six is many.
                assert!(answer.total > 1_000 || answer.work < sets, "{query}: {}", answer.work);
                assert!(answer.total < 2_000 || answer.work > sets, "{query}: {}", answer.work);
            }
        }
    }
    assert!(ways[0] > 3 && ways[1] > 3, "{ways:?}");
}

#[test]
fn many_places_are_offered_by_count_and_the_chosen_ones_always() {
    let dice = &mut Dice(7);
    let places = world::places(dice, 2, 70, 2, 600);
    let rows = world::rows(dice, 3_000, 600);
    let catalog = Catalog::build(places.clone(), rows.clone(), world::today());
    let twin = Twin::build(places, rows);
    for query in ["", "city=city1", "district=d3&community=x3,x250", "city=city0&circle=c5-1&district=d61", "rooms=2"]
    {
        let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
        agree(&catalog, &twin, &Filter::read(pairs).filter, world::today()).expect(query);
    }
}

#[test]
fn an_unknown_city_or_place_matches_nothing_and_a_strange_cursor_breaks_nothing() {
    let dice = &mut Dice(3);
    let places = world::places(dice, 1, 2, 2, 8);
    let rows = world::rows(dice, 100, 8);
    let catalog = Catalog::build(places, rows, world::today());
    for pairs in [("city", "nowhere"), ("district", "nowhere"), ("community", "nowhere")] {
        let answer = catalog.search(&Filter::read([pairs]).filter, world::today(), 10);
        assert_eq!((answer.total, answer.ids, answer.next), (0, vec![], None));
    }
    for key in [i64::MIN, -1, 0, i64::MAX] {
        for row in [i64::MIN, 0, i64::MAX] {
            for sort in world::SORTS {
                let cursor = Some(Cursor { key, row, at: u32::MAX });
                let base = Filter::read([("sort", sort)]).filter;
                for filter in [Filter { after: cursor, ..base.clone() }, Filter { before: cursor, ..base }] {
                    let answer = catalog.search(&filter, world::today(), 10);
                    assert!(answer.ids.len() <= 10 && answer.offset as usize + answer.ids.len() <= 100);
                }
            }
        }
    }
}

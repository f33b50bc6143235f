//! No search looks at more than its bound, whatever it asks.

use crate::world::{self, Dice};
use catalog::Catalog;
use domain::listing::Filter;
use std::sync::LazyLock;

/// Homes of the test.
const HOMES: usize = 100_000;
/// Words and rows a search may look at, for every home: all choices are counted over words of 64 homes, of which
/// there are some two hundred, and a few single rows.
const STEPS: u64 = 8;

static CATALOG: LazyLock<Catalog> = LazyLock::new(|| {
    let dice = &mut Dice(1);
    let places = world::places(dice, 2, 12, 6, 3_000);
    let rows = world::rows(dice, HOMES, 3_000);
    Catalog::build(places, rows, world::today())
});

/// One condition of every field.
const CONDITIONS: [&str; 31] = [
    "city=city0",
    "district=d1",
    "circle=c1-1",
    "community=x1",
    "rooms=2",
    "basis=inner",
    "facing=sn",
    "floor=low",
    "decoration=fine",
    "elevator=yes",
    "heating=own",
    "building=slab",
    "structure=frame",
    "kind=flat",
    "ownership=commodity",
    "usage=residence",
    "holding=over_two",
    "tag=below_median",
    "tag=new",
    "price_min=240",
    "price_max=300",
    "unit_min=25000",
    "area_max=91",
    "age_max=12",
    "days_max=45",
    "cut_min=4",
    "line=1haoxian",
    "metro_max=900",
    "school_max=800",
    "q=万科",
    "q=a",
];

fn bounded(query: &str) {
    let filter = Filter::read(query.split('&').filter_map(|pair| pair.split_once('='))).filter;
    bounded_filter(&filter);
}

fn bounded_filter(filter: &Filter) {
    let work = CATALOG.search(filter, world::today(), 24).work;
    assert!(work <= STEPS * HOMES as u64, "{work} steps for {}", filter.href());
}

#[test]
fn every_single_condition_stays_within_the_bound() {
    CONDITIONS.iter().for_each(|condition| bounded(condition));
}

#[test]
fn every_pair_in_every_order_stays_within_the_bound() {
    for (at, one) in CONDITIONS.iter().enumerate() {
        for other in &CONDITIONS[at + 1..] {
            for sort in world::SORTS {
                bounded(&format!("{one}&{other}&sort={sort}"));
            }
        }
    }
}

#[test]
fn a_thousand_random_filters_stay_within_the_bound() {
    let dice = &mut Dice(2);
    for _ in 0..1_000 {
        let conditions = dice.below(7) as usize;
        bounded_filter(&world::filter(dice, conditions));
    }
}

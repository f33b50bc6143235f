//! How long full searches take: the 50th and 95th percentile and the worst of 200 random filters, of 100,000
//! homes and of a million, with the memory that the catalogue keeps for a home.
//!
//! Run with `cargo run --release -p catalog --example speed`, and with other numbers of homes, and further
//! queries, behind `--`. Every
//! time is the best of seven, so that other work on the machine counts less.

#[path = "../tests/oracle/world.rs"]
mod world;

use catalog::Catalog;
use domain::listing::Filter;
use std::time::{Duration, Instant};
use world::Dice;

const FILTERS: usize = 200;
const COMMUNITIES: usize = 20_000;

/// As many homes as a reader with three wishes finds.
const THREE: &str = "rooms=2&decoration=fine&price_min=150&price_max=300";

fn main() {
    let asked: Vec<usize> = std::env::args().skip(1).filter_map(|arg| arg.parse().ok()).collect();
    for homes in if asked.is_empty() { vec![100_000, 1_000_000] } else { asked } {
        let dice = &mut Dice(9);
        let places = world::places(dice, 4, 12, 8, COMMUNITIES);
        let rows = world::rows(dice, homes, COMMUNITIES);
        let given = rows.len() * size_of::<catalog::Row>();
        let (before, start) = (resident(), Instant::now());
        let catalog = Catalog::build(places, rows, world::today());
        let kept = (resident() + given).saturating_sub(before);
        println!("{homes} homes: built in {:?}, about {} bytes a home", start.elapsed(), kept / homes);
        let dice = &mut Dice(4);
        let filters: Vec<Filter> = (0..FILTERS).map(|n| world::filter(dice, n % 7)).collect();
        report("random", &catalog, &filters);
        let queries: Vec<String> = std::env::args().skip(1).filter(|arg| arg.contains('=')).collect();
        let usual = [
            "",
            "city=city1",
            "price_min=120&price_max=310",
            "rooms=2,3",
            "tag=photos&tag=verified",
            "q=万科",
            THREE,
        ];
        for query in usual.into_iter().chain(queries.iter().map(String::as_str)) {
            report(query, &catalog, &vec![read(query); 9]);
        }
        let tomorrow = world::today() + chrono::Days::new(1);
        for (name, query) in [("day", ""), ("day by records", "community=x1")] {
            let start = Instant::now();
            catalog.search(&read(query), tomorrow, 24);
            println!("  first search of a {name} {:?}", start.elapsed());
        }
        let empty: Vec<_> = filters.iter().filter(|filter| catalog.count(filter, world::today()) == 0).collect();
        let slowest = empty.iter().map(|filter| timed(|| catalog.relaxations(filter, world::today())).0);
        println!("  {} filters without a result, slowest relaxation {:?}", empty.len(), slowest.max());
    }
}

fn read(query: &str) -> Filter {
    Filter::read(query.split('&').filter_map(|pair| pair.split_once('='))).filter
}

fn report(name: &str, catalog: &Catalog, filters: &[Filter]) {
    let mut times: Vec<(Duration, String)> = Vec::new();
    let mut counts = Vec::new();
    for filter in filters {
        let (time, answer) = timed(|| catalog.search(filter, world::today(), 24));
        times.push((time, format!("{} ({}, {} steps)", filter.href(), answer.total, answer.work)));
        counts.push(timed(|| catalog.count(filter, world::today())).0);
    }
    times.sort();
    counts.sort();
    let at = |percent: usize| times[times.len() * percent / 100].0;
    let Some((worst, what)) = times.last() else { return };
    println!(
        "  {name}: p50 {:?}, p95 {:?}, worst {worst:?}: {what}; count p50 {:?}",
        at(50),
        at(95),
        counts[counts.len() / 2]
    );
}

/// The shortest of seven runs, and what came of it.
fn timed<T>(run: impl Fn() -> T) -> (Duration, T) {
    let once = || {
        let start = Instant::now();
        let result = run();
        (start.elapsed(), result)
    };
    let (first, result) = once();
    ((0..6).fold(first, |best, _| best.min(once().0)), result)
}

/// Bytes of memory in use, where the system tells.
fn resident() -> usize {
    let text = std::fs::read_to_string("/proc/self/statm").unwrap_or_default();
    text.split_whitespace().nth(1).and_then(|pages| pages.parse::<usize>().ok()).unwrap_or(0) * 4096
}

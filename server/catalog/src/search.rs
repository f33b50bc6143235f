//! One search: which rows fit, and everything that is told about them.

use crate::base::{BINS, Base, SPREADS, mean, median_of};
use crate::bits;
use crate::facets::facets;
use crate::facts::{Axis, Facts};
use crate::page::{Page, page};
use crate::plan::Plan;
use domain::listing::{Cursor, Facets, Filter, Summary};
use domain::place::Level;
use domain::{Fen, UnitPrice};
use std::ops::Range;

/// Looking at a row costs about as much as counting this many words.
const ROW_COST: usize = 48;
/// The rows of a set are listed below one in this many.
const LISTED: usize = 256;

/// The answer to a filter.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// Listings that fit, exactly.
    pub total: u32,
    /// The listings of this page, in order.
    pub ids: Vec<i64>,
    /// How many stand before the first of them, as the cursor told.
    pub offset: u32,
    /// Where the next page begins, where there is one.
    pub next: Option<Cursor>,
    /// Where the page before ends, where there is one.
    pub previous: Option<Cursor>,
    /// Counts of every choice, in the order of the address.
    pub facets: Facets,
    /// Medians over all that fit.
    pub summary: Summary,
    /// What it took: words of 64 rows and single rows looked at.
    pub work: u64,
}

/// A set of rows of the plan's window, counted.
pub(crate) struct Hits {
    pub(crate) words: Vec<u64>,
    pub(crate) count: usize,
    /// The rows themselves, where they are few.
    list: Option<Vec<usize>>,
}

impl Hits {
    pub(crate) fn new(plan: &Plan, words: Vec<u64>) -> Self {
        let count = bits::count(&words) as usize;
        let shift = plan.window.start * bits::WORD;
        let few = count < words.len() * bits::WORD / LISTED;
        let list = few.then(|| bits::members(&words).map(|at| at + shift).collect());
        plan.worked(words.len() * 2);
        Self { words, count, list }
    }

    /// Whether looking at every row is less work than counting so many sets.
    pub(crate) fn is_few(&self, sets: usize) -> bool {
        self.count * ROW_COST < self.words.len() * sets
    }

    /// Looks at every row of the set.
    pub(crate) fn each(&self, plan: &Plan, look: impl FnMut(usize)) {
        let shift = plan.window.start * bits::WORD;
        plan.worked(self.count);
        match &self.list {
            Some(list) => list.iter().copied().for_each(look),
            None => bits::members(&self.words).map(|at| at + shift).for_each(look),
        }
    }
}

/// How many listings fit.
pub(crate) fn count(plan: &Plan) -> u32 {
    let homes = plan.homes_only();
    bits::count(&fitting(plan, &homes)) + plan.fresh.iter().filter(|(fails, _)| *fails == 0).count() as u32
}

pub(crate) fn search(plan: &Plan, filter: &Filter, limit: usize) -> Answer {
    let homes = plan.homes_only();
    let hits = Hits::new(plan, fitting(plan, &homes));
    let total = hits.count as u32 + plan.fresh.iter().filter(|(fails, _)| *fails == 0).count() as u32;
    let Page { ids, offset, next, previous } = page(plan, &hits, filter, total, limit);
    let summary =
        Summary { median_price: median(plan, &hits, 0).map(Fen), median_unit: median(plan, &hits, 1).map(UnitPrice) };
    let facets = facets(plan, filter, homes, hits);
    Answer { total, ids, offset, next, previous, facets, summary, work: plan.work() }
}

/// The homes that fit and their median unit price, for every place of a level that has any. The rows of a place lie
/// side by side, so that every part of the sets is read for one place only.
pub(crate) fn areas(plan: &Plan, level: Level) -> Vec<(u32, u32, Option<UnitPrice>)> {
    let (base, atlas) = (plan.base(), &*plan.base().atlas);
    let rows = fitting(plan, &plan.homes_only());
    let fresh: Vec<_> = plan.fresh.iter().filter(|(fails, _)| *fails == 0).map(|(_, row)| *row).collect();
    let area = |(at, slots): (u32, Range<usize>)| {
        // A city's places lie inside its rows, and those inside the window.
        let ours = plan.slots.start <= slots.start && slots.end <= plan.slots.end;
        let run = Some(base.run(slots.clone())).filter(|_| ours)?;
        let first = run.start / bits::WORD;
        // Where nothing is in the base, there may be fresh ones.
        let window = first..if run.is_empty() { first } else { run.end.div_ceil(bits::WORD) };
        let start = window.start * bits::WORD;
        let mut set = vec![0; window.len()];
        bits::fill(&mut set, run.start - start..run.end - start);
        bits::and(&mut set, &rows[window.start - plan.window.start..]);
        let fresh = fresh.iter().filter(|row| slots.contains(&(row.slot as usize)));
        let mut units: Vec<i64> = fresh.map(|row| row.key(Axis::Unit, None)).collect();
        let found = bits::count(&set) as usize;
        let count = (found + units.len()) as u32;
        let median = if found * ROW_COST <= set.len() * BINS {
            units.extend(bits::members(&set).map(|row| base.key(Axis::Unit, row + start)));
            median_of(&mut units)
        } else {
            units.sort_unstable();
            middle(base, 1, found, &set, &window, &units)
        };
        Some((at, count, median.map(UnitPrice))).filter(|_| count > 0)
    };
    let run = |slot: &usize| *slot..*slot + 1;
    match level {
        Level::District => (0..).zip(atlas.districts.iter().cloned()).filter_map(area).collect(),
        Level::Circle => (0..).zip(atlas.circles.iter().cloned()).filter_map(area).collect(),
        Level::Community => plan.slots.clone().filter_map(|slot| area((atlas.order[slot], run(&slot)))).collect(),
    }
}

/// The rows that meet the conditions on homes, and those on places.
fn fitting(plan: &Plan, homes: &[u64]) -> Vec<u64> {
    if plan.places.is_empty() {
        return homes.to_vec();
    }
    let mut rows = plan.rows_of(&plan.slots_without(None));
    bits::and(&mut rows, homes);
    rows
}

/// The median key of all that fits.
fn median(plan: &Plan, hits: &Hits, spread: usize) -> Option<i64> {
    let (base, axis) = (plan.base(), SPREADS[spread].1);
    let fresh = plan.fresh.iter().filter(|(fails, _)| *fails == 0);
    let mut keys: Vec<i64> = fresh.map(|(_, row)| row.key(axis, None)).collect();
    if hits.is_few(BINS) {
        hits.each(plan, |row| keys.push(base.key(axis, row)));
        return median_of(&mut keys);
    }
    keys.sort_unstable();
    plan.worked(hits.words.len() * 16);
    middle(base, spread, hits.count, &hits.words, &plan.window, &keys)
}

/// The median key of a set of so many rows in a window, together with other keys, which are sorted.
fn middle(base: &Base, spread: usize, count: usize, set: &[u64], window: &Range<usize>, keys: &[i64]) -> Option<i64> {
    let total = count + keys.len();
    let middle = total.checked_sub(1)? / 2;
    let (low, next) = base.nth(spread, middle, set, window, keys);
    if !total.is_multiple_of(2) {
        return Some(low);
    }
    let high = next.unwrap_or_else(|| base.nth(spread, middle + 1, set, window, keys).0);
    Some(mean(low, high))
}

//! One search: which rows fit, and everything that is told about them.

use crate::base::{BINS, BUCKETS, Base, SPREADS, mean, median_of};
use crate::bits;
use crate::facets::facets;
use crate::facts::{Axis, Facts};
use crate::page::{Page, page};
use crate::plan::Plan;
use crate::records::Census;
use domain::listing::{Cursor, Facets, Filter, Summary};
use domain::place::Level;
use domain::{Fen, UnitPrice};
use std::ops::Range;

/// Counting the record of a row, or looking at its facts, costs about as much as counting this many words.
const ROW_COST: usize = 28;
/// The sets, and the planes of bins and buckets in words of sets, that are read for all that is counted over hits.
const ALL_SETS: usize = 210;

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

/// A set of rows, counted.
pub(crate) struct Hits {
    pub(crate) words: Vec<u64>,
    /// The words of row sets from its first row to its last.
    pub(crate) window: Range<usize>,
    pub(crate) count: usize,
    /// What their records say, where they are few.
    pub(crate) census: Option<Box<Census>>,
}

impl Hits {
    /// A set of rows of the plan's window, of which so many sets are to be counted.
    pub(crate) fn new(plan: &Plan, mut words: Vec<u64>, sets: usize) -> Self {
        plan.worked(words.len() * 2);
        let count = bits::count(&words) as usize;
        let end = words.iter().rposition(|word| *word != 0).map_or(0, |last| last + 1);
        words.truncate(end);
        let start = words.iter().position(|word| *word != 0).unwrap_or(0);
        words.drain(..start);
        let window = plan.window.start + start..plan.window.start + end;
        let mut hits = Self { words, window, count, census: None };
        if is_few(count, &hits.words, sets) {
            plan.worked(count);
            let records = plan.base().records(&plan.daily);
            hits.census = Some(Box::new(records.census(&hits.words, &hits.window, plan.bins())));
        }
        hits
    }

    /// Looks at every row of the set.
    pub(crate) fn each(&self, plan: &Plan, look: impl FnMut(usize)) {
        let shift = self.window.start * bits::WORD;
        plan.worked(self.count);
        bits::members(&self.words).map(|at| at + shift).for_each(look);
    }
}

/// Whether looking at so many rows is less work than counting so many sets.
pub(crate) const fn is_few(rows: usize, words: &[u64], sets: usize) -> bool {
    rows * ROW_COST < words.len() * sets
}

/// How many listings fit.
pub(crate) fn count(plan: &Plan) -> u32 {
    let homes = plan.homes_only();
    bits::count(&fitting(plan, &homes)) + fresh(plan)
}

/// A page alone.
pub(crate) fn ids(plan: &Plan, filter: &Filter, limit: usize) -> Vec<i64> {
    let hits = Hits::new(plan, fitting(plan, &plan.homes_only()), 0);
    page(plan, &hits, filter, hits.count as u32 + fresh(plan), limit).ids
}

pub(crate) fn search(plan: &Plan, filter: &Filter, limit: usize) -> Answer {
    let homes = plan.homes_only();
    let hits = Hits::new(plan, fitting(plan, &homes), ALL_SETS);
    let total = hits.count as u32 + fresh(plan);
    let Page { ids, offset, next, previous } = page(plan, &hits, filter, total, limit);
    let summary =
        Summary { median_price: median(plan, &hits, 0).map(Fen), median_unit: median(plan, &hits, 1).map(UnitPrice) };
    let facets = facets(plan, filter, &homes, &hits);
    Answer { total, ids, offset, next, previous, facets, summary, work: plan.work() }
}

/// How many fresh listings fit.
fn fresh(plan: &Plan) -> u32 {
    plan.fresh.iter().filter(|(fails, _)| *fails == 0).count() as u32
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
            middle(base, 1, found, (&set, &window), None, &units)
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
    keys.sort_unstable();
    plan.worked(hits.words.len() * 16);
    let counts = hits.census.as_ref().map(|census| census.buckets(spread));
    middle(base, spread, hits.count, (&hits.words, &hits.window), counts, &keys)
}

/// The median key of a set of so many rows in a window, together with other keys, which are sorted; `counts` as in
/// [`Base::nth`].
fn middle(
    base: &Base,
    spread: usize,
    count: usize,
    set: (&[u64], &Range<usize>),
    counts: Option<&[u32; BUCKETS]>,
    keys: &[i64],
) -> Option<i64> {
    let total = count + keys.len();
    let middle = total.checked_sub(1)? / 2;
    let (low, next) = base.nth(spread, middle, set, counts, keys);
    if !total.is_multiple_of(2) {
        return Some(low);
    }
    let high = next.unwrap_or_else(|| base.nth(spread, middle + 1, set, counts, keys).0);
    Some(mean(low, high))
}

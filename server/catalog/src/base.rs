//! The bulk of the catalogue, which never changes: columns in order of place, the set of every value's rows, and
//! every order.

use crate::bits::{self, Set};
use crate::columns::Rows;
use crate::facts::{Axis, Day, Facts};
use crate::field::{FIELDS, Field, HOME_FIELDS};
use crate::places::Atlas;
use crate::planes::Planes;
use crate::records::Records;
use crate::row::Packed;
use chrono::NaiveDate;
use domain::Fen;
use domain::listing::{Range, Tag};
use std::ops;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

mod kept;
mod keys;

/// Bins of a histogram.
pub(crate) const BINS: usize = 24;
/// Buckets of equal size that an order is cut into.
pub(crate) const BUCKETS: usize = 256;
/// A community has a median from this many homes on.
const MEDIAN_FROM: usize = 3;

/// The sets of the values of fields; empty for fields that are not kept there.
type Index = Vec<Vec<Arc<Set>>>;

/// What depends on the day.
pub(crate) struct Daily {
    pub(crate) day: Day,
    index: Index,
    /// Made when first asked for.
    records: OnceLock<Records>,
}

impl Daily {
    const fn new(day: Day, index: Index) -> Self {
        Self { day, index, records: OnceLock::new() }
    }
}

/// Histogram steps of price, unit price and area, in the unit of the address.
pub(crate) type Steps = [i64; 3];

/// The fields with a histogram, the order of each, and the step where there is nothing to learn it from.
pub(crate) const SPREADS: [(Field, Axis, i64); 3] =
    [(Field::Price, Axis::Price, 50), (Field::Unit, Axis::Unit, 5_000), (Field::Area, Axis::Area, 10)];

/// The marks that come and go with the day.
const DAILY_TAGS: [Tag; 4] = [Tag::OverFiveOnly, Tag::OverFive, Tag::OverTwo, Tag::New];
/// The histogram bin of rows whose value is not known.
const NO_BIN: u8 = 31;

pub(crate) struct Base {
    pub(crate) atlas: Arc<Atlas>,
    pub(crate) rows: Rows,
    /// The first row of every slot, and the number of rows.
    offsets: Vec<u32>,
    /// Homes on sale and their median unit price by slot.
    medians: Vec<(u32, i64)>,
    index: Index,
    /// Rows by axis, ascending by key and id.
    orders: Vec<Vec<u32>>,
    /// For each of [`SPREADS`] the bucket of every row.
    buckets: Vec<Planes>,
    /// For each of [`SPREADS`], and then for the inner area, the histogram bin of every row by the steps of all
    /// cities, and of its own.
    bins: Vec<[Planes; 2]>,
    steps: Steps,
    city_steps: Vec<Steps>,
    /// Rows by id.
    by_id: Vec<u32>,
    daily: Mutex<Arc<Daily>>,
}

impl Base {
    /// Builds everything from listings in any order; ids are unique.
    pub(crate) fn new(atlas: Arc<Atlas>, mut packed: Vec<Packed>, today: NaiveDate) -> Self {
        packed.sort_unstable_by_key(|row| (row.slot, row.id));
        let mut offsets = vec![0_u32; atlas.order.len() + 1];
        for row in &packed {
            offsets[row.slot as usize + 1] += 1;
        }
        for slot in 0..atlas.order.len() {
            offsets[slot + 1] += offsets[slot];
        }
        let rows = Rows::new(&packed);
        drop(packed);
        let homes = |slot: usize| offsets[slot] as usize..offsets[slot + 1] as usize;
        let medians = (0..atlas.order.len())
            .map(|slot| {
                let mut units: Vec<i64> = homes(slot).map(|at| rows.at(at).unit()).collect();
                (homes(slot).len() as u32, median_of(&mut units).unwrap_or(0))
            })
            .collect();
        let day = Day::new(today);
        let mut base = Self {
            atlas,
            rows,
            offsets,
            medians,
            index: Vec::new(),
            orders: Vec::new(),
            buckets: Vec::new(),
            bins: Vec::new(),
            steps: SPREADS.map(|(.., step)| step),
            city_steps: Vec::new(),
            by_id: Vec::new(),
            daily: Mutex::new(Arc::new(Daily::new(day, Vec::new()))),
        };
        let always = |field: Field| !field.is_daily() || field == Field::Tag;
        base.index = index(|field| if always(field) { base.sets_of(field, &day, u32::MAX) } else { Vec::new() });
        base.daily = Mutex::new(Arc::new(base.daily_of(day)));
        base.by_id = base.sorted(|at| base.rows.id(at));
        base.orders = Axis::ALL.map(|axis| base.sorted(|at| base.key(axis, at))).into();
        base.steps = base.steps_of(0..base.rows.len(), SPREADS.map(|(.., step)| step));
        base.city_steps =
            base.atlas.cities.iter().map(|slots| base.steps_of(base.run(slots.clone()), base.steps)).collect();
        base.buckets = SPREADS.map(|(_, axis, _)| base.buckets_of(axis)).into();
        let binned = [Field::Price, Field::Unit, Field::Area, Field::Inner].into_iter().zip([0, 1, 2, 2]);
        base.bins = binned.map(|(field, steps)| base.bins_of(field, steps)).collect();
        base
    }

    /// The rows of a run of slots.
    pub(crate) fn run(&self, slots: ops::Range<usize>) -> ops::Range<usize> {
        self.offsets[slots.start] as usize..self.offsets[slots.end] as usize
    }

    /// How many rows of a set of the window each of some slots has.
    pub(crate) fn count_slots(&self, slots: ops::Range<usize>, set: &[u64], window: &ops::Range<usize>) -> Vec<u32> {
        let mut counts = vec![0; slots.len()];
        bits::count_runs(set, &self.offsets[slots.start..=slots.end], window.start * bits::WORD, &mut counts);
        counts
    }

    /// The median unit price of a slot, where enough is on sale.
    pub(crate) fn median(&self, slot: u32) -> Option<i64> {
        let (homes, median) = self.medians[slot as usize];
        (homes as usize >= MEDIAN_FROM && median > 0).then_some(median)
    }

    /// How many homes the median was taken from.
    pub(crate) fn homes(&self, slot: u32) -> u32 {
        self.medians[slot as usize].0
    }

    /// The row of a listing.
    pub(crate) fn find(&self, id: i64) -> Option<usize> {
        let at = self.by_id.binary_search_by_key(&id, |at| self.rows.id(*at as usize)).ok()?;
        Some(self.by_id[at] as usize)
    }

    /// Rows in ascending order.
    pub(crate) fn order(&self, axis: Axis) -> &[u32] {
        &self.orders[axis as usize]
    }

    /// The key of a row in an order.
    pub(crate) fn key(&self, axis: Axis, at: usize) -> i64 {
        let row = self.rows.at(at);
        row.key(axis, if axis == Axis::Value { self.median(row.slot()) } else { None })
    }

    /// Everything that depends on the day; kept for one day at a time.
    pub(crate) fn daily(&self, today: NaiveDate) -> Arc<Daily> {
        let mut kept = self.daily.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.day.date != today {
            *kept = Arc::new(self.daily_of(Day::new(today)));
        }
        kept.clone()
    }

    /// The set of every offered value of a field.
    pub(crate) fn sets<'a>(&'a self, daily: &'a Daily, field: Field) -> &'a [Arc<Set>] {
        if field.is_daily() { &daily.index[field as usize] } else { &self.index[field as usize] }
    }

    /// The histogram of a set over the steps of a city, or of all; `at` as in [`SPREADS`], and 3 for the inner
    /// area.
    pub(crate) fn histogram(&self, at: usize, own: bool, set: &[u64], window: &ops::Range<usize>) -> [u32; BINS] {
        let counts = self.bins[at][usize::from(own)].tally(set, window);
        std::array::from_fn(|bin| counts[bin])
    }

    /// The record of every row: all sets, bins and buckets once more.
    pub(crate) fn records<'a>(&'a self, daily: &'a Daily) -> &'a Records {
        daily.records.get_or_init(|| {
            let len = self.rows.len().div_ceil(bits::WORD);
            let words = |field: Field| self.sets(daily, field).iter().map(|set| set.words(len)).collect();
            let values: Vec<_> = HOME_FIELDS.into_iter().map(|field| (field, words(field))).collect();
            let buckets = self.buckets.iter().take(2);
            let numbers: Vec<_> = self.bins.iter().flatten().chain(buckets).flat_map(Planes::planes).collect();
            Records::new(len, &values, &numbers)
        })
    }

    /// The steps of histograms.
    pub(crate) fn steps(&self, city: Option<u32>) -> Steps {
        city.map_or(self.steps, |city| self.city_steps[city as usize])
    }

    fn daily_of(&self, day: Day) -> Daily {
        let sets = |field: Field| match field {
            // Marks that stay as they were are shared.
            Field::Tag => {
                let daily = DAILY_TAGS.iter().fold(0, |set, tag| set | 1 << tag.ordinal());
                let fresh = self.sets_of(field, &day, daily).into_iter();
                let kept = Tag::ALL.iter().zip(&self.index[field as usize]).zip(fresh);
                kept.map(|((tag, old), new)| if DAILY_TAGS.contains(tag) { new } else { old.clone() }).collect()
            }
            field if field.is_daily() => self.sets_of(field, &day, u32::MAX),
            _ => Vec::new(),
        };
        Daily::new(day, index(sets))
    }

    /// The sets of the values of a field; of those that are not `wanted`, empty ones.
    fn sets_of(&self, field: Field, day: &Day, wanted: u32) -> Vec<Arc<Set>> {
        let all = 0..self.rows.len().div_ceil(bits::WORD);
        if matches!(field, Field::Age | Field::Days | Field::Cut | Field::Inner) {
            let scan = |band: &Range| self.rows.scan(field, field.scaled(*band), day, &all);
            return field.bands().iter().map(scan).map(Set::new).map(Arc::new).collect();
        }
        let mut sets = vec![vec![0; all.len()]; field.width()];
        for word in all {
            let rows = word * bits::WORD..self.rows.len().min((word + 1) * bits::WORD);
            let mut words = [0_u64; 32];
            for (bit, at) in rows.enumerate() {
                let row = self.rows.at(at);
                let median = if wanted == u32::MAX { self.median(row.slot()) } else { None };
                let mut values = row.values(field, day, median) & wanted;
                while values != 0 {
                    words[values.trailing_zeros() as usize] |= 1 << bit;
                    values &= values - 1;
                }
            }
            sets.iter_mut().zip(words).for_each(|(set, of)| set[word] = of);
        }
        sets.into_iter().map(Set::new).map(Arc::new).collect()
    }

    fn sorted(&self, key: impl Fn(usize) -> i64) -> Vec<u32> {
        let mut order: Vec<_> = (0..self.rows.len()).map(|at| (key(at), self.rows.id(at), at as u32)).collect();
        order.sort_unstable();
        order.into_iter().map(|(.., at)| at).collect()
    }

    /// Steps that put the 98th percentile of the rows into the last bins.
    fn steps_of(&self, rows: ops::Range<usize>, otherwise: Steps) -> Steps {
        std::array::from_fn(|at| {
            let field = SPREADS[at].0;
            let mut values: Vec<i64> = rows.clone().filter_map(|row| self.rows.at(row).measure(field)).collect();
            if values.is_empty() {
                return otherwise[at];
            }
            let most = values.len() * 98 / 100;
            round_step(*values.select_nth_unstable(most).1 / field.scale() / BINS as i64)
        })
    }

    fn buckets_of(&self, axis: Axis) -> Planes {
        let order = self.order(axis);
        let mut numbers = vec![0_u8; order.len()];
        for (rank, row) in order.iter().enumerate() {
            numbers[*row as usize] = (rank * BUCKETS / order.len()) as u8;
        }
        Planes::new(8, &numbers)
    }

    fn bins_of(&self, field: Field, steps: usize) -> [Planes; 2] {
        let mut numbers = vec![0; self.rows.len()];
        let fill = |numbers: &mut [u8], rows: ops::Range<usize>, step: i64| {
            for row in rows {
                let value = self.rows.at(row).measure(field);
                numbers[row] = value.map_or(NO_BIN, |value| bin(value, field, step) as u8);
            }
        };
        fill(&mut numbers, 0..self.rows.len(), self.steps[steps]);
        let all = Planes::new(5, &numbers);
        for (slots, own) in self.atlas.cities.iter().zip(&self.city_steps) {
            fill(&mut numbers, self.run(slots.clone()), own[steps]);
        }
        [all, Planes::new(5, &numbers)]
    }
}

fn index(sets: impl Fn(Field) -> Vec<Arc<Set>>) -> Index {
    let mut index: Index = (0..FIELDS).map(|_| Vec::new()).collect();
    for field in HOME_FIELDS {
        index[field as usize] = sets(field);
    }
    index
}

/// The histogram bin of a value.
pub(crate) fn bin(value: i64, field: Field, step: i64) -> usize {
    (value / (field.scale() * step)).clamp(0, BINS as i64 - 1) as usize
}

/// The middle value, or the mean of the two in the middle, rounded half away from zero.
pub(crate) fn median_of(values: &mut [i64]) -> Option<i64> {
    let middle = values.len().checked_sub(1)? / 2;
    let even = values.len().is_multiple_of(2);
    let (_, low, above) = values.select_nth_unstable(middle);
    let high = if even { above.iter().min().copied() } else { None };
    Some(mean(*low, high.unwrap_or(*low)))
}

/// The mean of two amounts, rounded half up.
pub(crate) const fn mean(low: i64, high: i64) -> i64 {
    low + (high - low + 1) / 2
}

/// The next of 1, 2, 5, 10, 20, … above.
fn round_step(least: i64) -> i64 {
    let mut ten = 1_i64;
    loop {
        for step in [ten, 2 * ten, 5 * ten] {
            if step > least {
                return step;
            }
        }
        ten = ten.saturating_mul(10);
        if ten > Fen::MAX_PRICE.0 {
            return ten;
        }
    }
}

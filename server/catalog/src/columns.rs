//! Listings in columns: a question about one fact of many listings reads that fact alone.

use crate::bits;
use crate::facts::{Day, Facts};
use crate::field::Field;
use crate::image::{Layer, Lifter, unfit};
use crate::row::{CODES, Packed};
use domain::listing::Range;
use fearless_simd::{Level, dispatch};
use std::io::{self, Read, Write};
use std::ops;

/// Columns of packed listings.
pub(crate) struct Rows {
    id: Vec<i64>,
    slot: Vec<u32>,
    price: Vec<i64>,
    area: Vec<i32>,
    inner: Vec<i32>,
    cut: Vec<i16>,
    year: Vec<i16>,
    listed: Vec<i32>,
    market: Vec<i32>,
    since: Vec<i32>,
    codes: Vec<[u8; CODES]>,
}

impl Rows {
    pub(crate) fn new(rows: &[Packed]) -> Self {
        Self {
            id: rows.iter().map(|row| row.id).collect(),
            slot: rows.iter().map(|row| row.slot).collect(),
            price: rows.iter().map(|row| row.price).collect(),
            area: rows.iter().map(|row| row.area).collect(),
            inner: rows.iter().map(|row| row.inner).collect(),
            cut: rows.iter().map(|row| row.cut).collect(),
            year: rows.iter().map(|row| row.year).collect(),
            listed: rows.iter().map(|row| row.listed).collect(),
            market: rows.iter().map(|row| row.market).collect(),
            since: rows.iter().map(|row| row.since).collect(),
            codes: rows.iter().map(|row| row.codes).collect(),
        }
    }

    pub(crate) fn lay(&self, to: &mut Layer<'_, impl Write>) -> io::Result<()> {
        let Self { id, slot, price, area, inner, cut, year, listed, market, since, codes } = self;
        to.numbers(id)?;
        to.numbers(slot)?;
        to.numbers(price)?;
        [area, inner, listed, market, since].into_iter().try_for_each(|column| to.numbers(column))?;
        [cut, year].into_iter().try_for_each(|column| to.numbers(column))?;
        to.numbers(codes)
    }

    pub(crate) fn lift(from: &mut Lifter<'_, impl Read>) -> io::Result<Self> {
        let (id, slot, price) = (from.numbers()?, from.numbers()?, from.numbers()?);
        let (area, inner, listed) = (from.numbers()?, from.numbers()?, from.numbers()?);
        let (market, since) = (from.numbers()?, from.numbers()?);
        let (cut, year, codes) = (from.numbers()?, from.numbers()?, from.numbers()?);
        let rows = Self { id, slot, price, area, inner, cut, year, listed, market, since, codes };
        let longs = [rows.slot.len(), rows.price.len(), rows.area.len(), rows.inner.len(), rows.cut.len()];
        let others = [rows.year.len(), rows.listed.len(), rows.market.len(), rows.since.len(), rows.codes.len()];
        let whole = longs.into_iter().chain(others).all(|len| len == rows.id.len());
        if whole { Ok(rows) } else { Err(unfit("columns")) }
    }

    pub(crate) fn len(&self) -> usize {
        self.id.len()
    }

    pub(crate) fn id(&self, at: usize) -> i64 {
        self.id[at]
    }

    /// A listing in its place, of which only what is used is read.
    pub(crate) const fn at(&self, at: usize) -> At<'_> {
        At { rows: self, at }
    }

    /// The rows of a window of words whose value of the field lies in the range; of fields with a column of
    /// their own, and of no others.
    pub(crate) fn scan(&self, field: Field, range: Range, day: &Day, window: &ops::Range<usize>) -> Vec<u64> {
        // Ages and days count back from the day.
        let back = |from: i64| (range.max.map(|max| from - max), range.min.map(|min| from - min));
        let mut rows = vec![0; window.len()];
        let first = (window.start * bits::WORD).min(self.len());
        match field {
            Field::Inner => between(&self.inner[first..], (range.min, range.max), &mut rows),
            Field::Cut => between(&self.cut[first..], (range.min, range.max), &mut rows),
            Field::Age => between(&self.year[first..], back(day.year), &mut rows),
            Field::Days => between(&self.market[first..], back(day.number.into()), &mut rows),
            _ => {}
        }
        rows
    }

    /// The whole listing.
    pub(crate) fn get(&self, at: usize) -> Packed {
        Packed {
            id: self.id[at],
            slot: self.slot[at],
            price: self.price[at],
            area: self.area[at],
            inner: self.inner[at],
            cut: self.cut[at],
            year: self.year[at],
            listed: self.listed[at],
            market: self.market[at],
            since: self.since[at],
            codes: self.codes[at],
        }
    }
}

/// A listing in the columns.
#[derive(Clone, Copy)]
pub(crate) struct At<'a> {
    rows: &'a Rows,
    at: usize,
}

impl At<'_> {
    pub(crate) fn slot(&self) -> u32 {
        self.rows.slot[self.at]
    }
}

impl Facts for At<'_> {
    fn price(&self) -> i64 {
        self.rows.price[self.at]
    }
    fn area(&self) -> i32 {
        self.rows.area[self.at]
    }
    fn inner(&self) -> i32 {
        self.rows.inner[self.at]
    }
    fn cut(&self) -> i16 {
        self.rows.cut[self.at]
    }
    fn year(&self) -> i16 {
        self.rows.year[self.at]
    }
    fn listed(&self) -> i32 {
        self.rows.listed[self.at]
    }
    fn market(&self) -> i32 {
        self.rows.market[self.at]
    }
    fn since(&self) -> i32 {
        self.rows.since[self.at]
    }
    fn codes(&self) -> &[u8; CODES] {
        &self.rows.codes[self.at]
    }
}

/// A number that a column holds; the lowest stands for what is unknown.
pub(crate) trait Cell: Copy + Ord + TryFrom<i64> + Into<i64> {
    const LEAST: i64;
    const MOST: i64;
}

impl Cell for i16 {
    const LEAST: i64 = i16::MIN as i64 + 1;
    const MOST: i64 = i16::MAX as i64;
}

impl Cell for i32 {
    const LEAST: i64 = i32::MIN as i64 + 1;
    const MOST: i64 = i32::MAX as i64;
}

/// The ends of a range among known cells; `None` where no cell can lie in it.
fn ends<T: Cell>((low, high): (Option<i64>, Option<i64>)) -> Option<(T, T)> {
    let low = T::try_from(low.map_or(T::LEAST, |low| low.max(T::LEAST))).ok()?;
    let high = T::try_from(high.map_or(T::MOST, |high| high.min(T::MOST))).ok()?;
    Some((low, high))
}

/// Marks the known cells from one value to another.
pub(crate) fn between<T: Cell>(cells: &[T], range: (Option<i64>, Option<i64>), rows: &mut [u64]) {
    let Some((low, high)) = ends(range) else { return };
    let (words, rest) = cells.as_chunks();
    let whole = words.len().min(rows.len());
    dispatch!(Level::new(), _ => rows.iter_mut().zip(words).for_each(|(row, cells)| *row |= marks(cells, low, high)));
    if let Some(last) = rows.get_mut(whole) {
        for (bit, cell) in rest.iter().enumerate() {
            *last |= u64::from(low <= *cell && *cell <= high) << bit;
        }
    }
}

/// A byte for each of a word of cells, and of eight bytes the eight bits.
#[inline(always)]
fn marks<T: Cell>(cells: &[T; bits::WORD], low: T, high: T) -> u64 {
    let bytes = cells.map(|cell| u8::from(low <= cell) & u8::from(cell <= high));
    // Byte `i` is moved by `56 - 7 i`, so that its bit comes to stand at `56 + i`.
    let eight = |bytes: &[u8; 8]| u64::from_le_bytes(*bytes).wrapping_mul(0x0102_0408_1020_4080) >> 56;
    bytes.as_chunks().0.iter().rev().fold(0, |word, bytes| word << 8 | eight(bytes))
}

/// Adds up the weights of the known cells from one value to another.
pub(crate) fn weigh<T: Cell>(cells: &[T], range: (Option<i64>, Option<i64>), weights: &[u32]) -> u32 {
    let Some((low, high)) = ends(range) else { return 0 };
    let one = |(cell, weight): (&T, &u32)| if low <= *cell && *cell <= high { *weight } else { 0 };
    dispatch!(Level::new(), _ => cells.iter().zip(weights).map(one).sum())
}

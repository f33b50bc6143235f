//! The sets of a base turned by a quarter: a record for every row, with a bit for each value that is counted, its
//! bins in the histograms and the buckets of its keys. Where few rows fit, reading their records is less work than
//! reading every set.

use crate::base::{BINS, BUCKETS};
use crate::bits::WORD;
use crate::field::{FIELDS, Field, HOME_FIELDS};
use fearless_simd::{Level, dispatch};
use std::borrow::Cow;
use std::ops::Range;

/// The first bit of every field of homes, and the number of bits.
const FIRST: [usize; FIELDS + 1] = {
    let (mut first, mut sum, mut at) = ([0; FIELDS + 1], 0, 0);
    while at < HOME_FIELDS.len() {
        first[HOME_FIELDS[at] as usize] = sum;
        sum += HOME_FIELDS[at].width();
        at += 1;
    }
    first[FIELDS] = sum;
    first
};
/// The words of a record that hold values; one more holds numbers.
const VALUES: usize = FIRST[FIELDS].div_ceil(WORD);
/// Records that are added up together.
const ABREAST: usize = 4;
/// Records that are brought near before they are counted: the memory answers many questions at once.
const NEAR: usize = 64;
/// Bits of a bin and of a bucket.
const BIN: usize = 5;
const BUCKET: usize = BUCKETS.ilog2() as usize;

/// The numbers fit into their word.
const _: () = assert!(bin_at(4, false) + 2 * BUCKET <= WORD);

type Record = [u64; VALUES + 1];
type Lane = [u64; VALUES * ABREAST];

/// Where the number of a histogram stands in a record: its position among the bins, and whether by the steps of all
/// cities or of its own.
pub(crate) const fn bin_at(at: usize, own: bool) -> usize {
    (2 * at + own as usize) * BIN
}

/// A record for every row, and for those that fill up the last word.
pub(crate) struct Records(Vec<Record>);

impl Records {
    /// From the sets of all values by field, and the planes of numbers: first those of the bins, in the order of
    /// [`bin_at`], then those of the buckets of the first two spreads.
    pub(crate) fn new(words: usize, values: &[(Field, Vec<Cow<[u64]>>)], numbers: &[&[u64]]) -> Self {
        let mut columns: Vec<&[u64]> = vec![&[]; VALUES * WORD];
        for (field, sets) in values {
            let first = FIRST[*field as usize];
            columns[first..first + field.width()].iter_mut().zip(sets).for_each(|(column, set)| *column = set);
        }
        columns.extend(numbers);
        columns.resize((VALUES + 1) * WORD, &[]);
        let mut records = vec![[0; VALUES + 1]; words * WORD];
        dispatch!(Level::new(), _ => turn_all(&columns, &mut records));
        Self(records)
    }

    /// Counts the records of a set of the window; the histograms from where `bins` tells.
    pub(crate) fn census(&self, set: &[u64], window: &Range<usize>, bins: [usize; 3]) -> Census {
        let mut census = Census { values: [0; VALUES * WORD], bins: [[0; 1 << BIN]; 3], buckets: [[0; BUCKETS]; 2] };
        let records = &self.0[window.start * WORD..window.end * WORD];
        dispatch!(Level::new(), _ => plain_census(records, set, bins, &mut census));
        census
    }
}

/// How many records have each value and each number.
pub(crate) struct Census {
    values: [u32; VALUES * WORD],
    bins: [[u32; 1 << BIN]; 3],
    buckets: [[u32; BUCKETS]; 2],
}

impl Census {
    /// By value of the field.
    pub(crate) fn values(&self, field: Field) -> &[u32] {
        let first = FIRST[field as usize];
        &self.values[first..first + field.width()]
    }

    /// By bin of one of the three histograms.
    pub(crate) fn bins(&self, at: usize) -> [u32; BINS] {
        std::array::from_fn(|bin| self.bins[at][bin])
    }

    /// By bucket of the key of one of the first two spreads.
    pub(crate) const fn buckets(&self, spread: usize) -> &[u32; BUCKETS] {
        &self.buckets[spread]
    }

    #[inline(always)]
    fn add(&mut self, sums: &mut Sums, records: &[Record], bins: [usize; 3]) {
        for records in records.chunks(ABREAST) {
            let mut lane: Lane = [0; VALUES * ABREAST];
            for (place, record) in lane.chunks_exact_mut(VALUES).zip(records) {
                place.copy_from_slice(&record[..VALUES]);
            }
            sums.add(lane);
        }
        for record in records {
            let numbers = record[VALUES];
            for (counts, shift) in self.bins.iter_mut().zip(bins) {
                counts[(numbers >> shift) as usize % (1 << BIN)] += 1;
            }
            for (counts, at) in self.buckets.iter_mut().zip(0..) {
                counts[(numbers >> (bin_at(4, false) + at * BUCKET)) as usize % BUCKETS] += 1;
            }
        }
    }
}

#[inline(always)]
fn plain_census(records: &[Record], set: &[u64], bins: [usize; 3], census: &mut Census) {
    let mut sums = Sums { added: 0, sums: [[0; _]; 32], waiting: [[0; _]; 32] };
    let (mut near, mut rows, mut len) = ([[0; VALUES + 1]; NEAR], [0; NEAR], 0);
    for (at, word) in set.iter().enumerate() {
        let mut left = *word;
        while left != 0 {
            rows[len] = at * WORD + left.trailing_zeros() as usize;
            left &= left - 1;
            len += 1;
            if len == NEAR {
                near.iter_mut().zip(rows).for_each(|(near, row)| *near = records[row]);
                census.add(&mut sums, &near, bins);
                len = 0;
            }
        }
    }
    let last: Vec<Record> = rows[..len].iter().map(|row| records[*row]).collect();
    census.add(&mut sums, &last, bins);
    sums.put(&mut census.values);
}

/// How often each bit of lanes was set, as planes: bit `i` of every count is in the lanes of level `i`. Lanes wait at
/// their level until a second one comes; the carry of both goes a level up, as in a binary counter.
struct Sums {
    added: u32,
    sums: [Lane; 32],
    waiting: [Lane; 32],
}

impl Sums {
    #[inline(always)]
    fn add(&mut self, mut lane: Lane) {
        let level = self.added.trailing_ones() as usize;
        for (sum, waiting) in self.sums[..level].iter_mut().zip(&self.waiting) {
            for ((sum, waiting), lane) in sum.iter_mut().zip(waiting).zip(&mut lane) {
                let odd = *sum ^ waiting;
                let carry = (*sum & waiting) | (odd & *lane);
                *sum = odd ^ *lane;
                *lane = carry;
            }
        }
        self.waiting[level] = lane;
        self.added += 1;
    }

    #[inline(always)]
    fn put(&self, counts: &mut [u32; VALUES * WORD]) {
        for level in 0..(u32::BITS - self.added.leading_zeros()) as usize {
            let waiting = (self.added >> level & 1 == 1).then_some(&self.waiting[level]);
            for lane in [&self.sums[level]].into_iter().chain(waiting) {
                for (word, at) in lane.iter().zip((0..VALUES).cycle()) {
                    for (bit, count) in counts[at * WORD..(at + 1) * WORD].iter_mut().enumerate() {
                        *count += ((word >> bit) as u32 & 1) << level;
                    }
                }
            }
        }
    }
}

#[inline(always)]
fn turn_all(columns: &[&[u64]], records: &mut [Record]) {
    for (at, records) in records.chunks_exact_mut(WORD).enumerate() {
        for (part, columns) in columns.chunks_exact(WORD).enumerate() {
            let mut square: [u64; WORD] = std::array::from_fn(|n| columns[n].get(at).copied().unwrap_or(0));
            turn(&mut square);
            records.iter_mut().zip(square).for_each(|(record, word)| record[part] = word);
        }
    }
}

/// Bit `i` of word `j` becomes bit `j` of word `i`: halves change places, then quarters, down to single bits.
#[inline(always)]
fn turn(square: &mut [u64; WORD]) {
    let (mut half, mut mask) = (WORD / 2, u64::MAX >> (WORD / 2));
    while half > 0 {
        for start in (0..WORD).step_by(2 * half) {
            for at in start..start + half {
                let moved = ((square[at] >> half) ^ square[at + half]) & mask;
                square[at] ^= moved << half;
                square[at + half] ^= moved;
            }
        }
        half /= 2;
        mask ^= mask << half;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bits::{has, members, none, put};
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]

        #[test]
        fn records_count_as_the_sets_they_are_made_of(seed in any::<u64>(), len in 1_usize..9_000, share in 1_u64..9) {
            let words = len.div_ceil(WORD);
            let drawn = |column: usize, row: usize| (seed ^ (column * len + row) as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 40;
            let column = |column: usize, one_in: u64| {
                let mut set = none(len);
                (0..len).filter(|row| drawn(column, *row) % one_in == 0).for_each(|row| put(&mut set, row));
                set
            };
            let sets = |field: &Field| (0..field.width()).map(|at| column(FIRST[*field as usize] + at, 3).into()).collect();
            let values: Vec<(Field, Vec<Cow<[u64]>>)> = HOME_FIELDS.iter().map(|field| (*field, sets(field))).collect();
            let planes: Vec<Vec<u64>> = (0..bin_at(4, false) + 2 * BUCKET).map(|at| column(200 + at, 2)).collect();
            let records = Records::new(words, &values, &planes.iter().map(Vec::as_slice).collect::<Vec<_>>());
            let window = words / 3..words;
            let set = column(500, share)[window.clone()].to_vec();
            let at = [bin_at(0, true), bin_at(1, false), bin_at(3, true)];
            let census = records.census(&set, &window, at);
            for (field, sets) in &values {
                let counts: Vec<u32> = sets.iter().map(|of| {
                    members(&set).filter(|row| has(of, row + window.start * WORD)).count() as u32
                }).collect();
                prop_assert_eq!(census.values(*field), counts);
            }
            let number = |first: usize, bits: usize, row: usize| (0..bits).fold(0, |number, bit| {
                number | usize::from(has(&planes[first + bit], row + window.start * WORD)) << bit
            });
            let counted = |first: usize, bits: usize| {
                let mut counts = vec![0; 1 << bits];
                members(&set).for_each(|row| counts[number(first, bits, row)] += 1);
                counts
            };
            for (histogram, first) in at.into_iter().enumerate() {
                prop_assert_eq!(&census.bins(histogram)[..], &counted(first, BIN)[..BINS]);
            }
            for spread in 0..2 {
                prop_assert_eq!(&census.buckets(spread)[..], counted(bin_at(4, false) + spread * BUCKET, BUCKET));
            }
        }
    }
}

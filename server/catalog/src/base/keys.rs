//! Orders of rows with the bucket of each: ranges and medians without sorting.

use super::{BUCKETS, Base, SPREADS};
use crate::bits;
use crate::facts::Facts;
use domain::listing::Range;
use std::ops;

impl Base {
    /// Narrows a set of the window to rows in a range of price, unit price or built area.
    pub(crate) fn narrow(&self, at: usize, range: Range, set: &mut [u64], window: &ops::Range<usize>) -> usize {
        let (field, axis, _) = SPREADS[at];
        let order = self.order(axis);
        let value = |row: &u32| self.rows.at(*row as usize).measure(field).unwrap_or(0);
        let end = range.max.map_or(order.len(), |max| order.partition_point(|row| value(row) <= max));
        let start = range.min.map_or(0, |min| order[..end].partition_point(|row| value(row) < min));
        // Whole buckets first, then what the outer ones have too little or too much.
        let bucket = |rank: usize| if rank < order.len() { rank * BUCKETS / order.len() } else { BUCKETS };
        let edge = |rank: usize| {
            let rows = &order[first_of(bucket(rank), order.len())..rank];
            rows.iter().copied().filter(|row| is_in(set, window, *row)).collect::<Vec<_>>()
        };
        let (less, more) = (edge(start), edge(end));
        self.buckets[at].narrow(bucket(start)..bucket(end), set, window);
        let shift = window.start * bits::WORD;
        more.iter().for_each(|row| bits::put(set, *row as usize - shift));
        less.iter().for_each(|row| bits::drop(set, *row as usize - shift));
        2 * order.len() / BUCKETS + window.len() * 16
    }

    /// The `nth` and the following key of the members of a set together with other keys, counted from 0.
    /// `others` is sorted; `counts` tells how many members each bucket has, where that is known.
    pub(crate) fn nth(
        &self,
        at: usize,
        nth: usize,
        (set, window): (&[u64], &ops::Range<usize>),
        counts: Option<&[u32; BUCKETS]>,
        others: &[i64],
    ) -> (i64, Option<i64>) {
        let (_, axis, _) = SPREADS[at];
        let order = self.order(axis);
        let key = |row: &u32| self.key(axis, *row as usize);
        // Every bucket reaches from its first row to the first of the next; the outer ones are open.
        let border = |bucket: usize| match bucket {
            0 => 0,
            BUCKETS.. => others.len(),
            _ if others.is_empty() => 0,
            _ => order.get(first_of(bucket, order.len())).map_or(others.len(), |row| {
                let key = key(row);
                others.partition_point(|other| *other < key)
            }),
        };
        let between = |buckets: ops::Range<usize>| border(buckets.end) - border(buckets.start);
        let (bucket, before) = match counts {
            Some(counts) => bucket_of(nth, counts, between),
            None => self.buckets[at].nth(nth, set, window, between),
        };
        let rows = &order[first_of(bucket, order.len())..first_of(bucket + 1, order.len())];
        // Rows lie in order, and only the keys in the middle are looked at.
        let rows: Vec<u32> = rows.iter().copied().filter(|row| is_in(set, window, *row)).collect();
        let others = &others[border(bucket)..border(bucket + 1)];
        let below = |other: &i64| rows.partition_point(|row| key(row) < *other);
        let ranks: Vec<usize> = others.iter().zip(0..).map(|(other, at)| at + below(other)).collect();
        let pick = |nth: usize| {
            let earlier = ranks.partition_point(|rank| *rank < nth);
            if ranks.get(earlier) == Some(&nth) {
                others.get(earlier).copied()
            } else {
                rows.get(nth - earlier).map(key)
            }
        };
        let nth = nth - before;
        (pick(nth).unwrap_or_default(), pick(nth + 1))
    }
}

/// The bucket of the `nth` of so many members of buckets and `others`, and how many stand before it.
fn bucket_of(nth: usize, counts: &[u32; BUCKETS], others: impl Fn(ops::Range<usize>) -> usize) -> (usize, usize) {
    let (mut bucket, mut before, mut half) = (0, 0, BUCKETS / 2);
    while half > 0 {
        let lower = bucket..bucket + half;
        let lower = counts[lower.clone()].iter().sum::<u32>() as usize + others(lower);
        if nth >= before + lower {
            before += lower;
            bucket += half;
        }
        half /= 2;
    }
    (bucket, before)
}

fn is_in(set: &[u64], window: &ops::Range<usize>, row: u32) -> bool {
    (row as usize).checked_sub(window.start * bits::WORD).is_some_and(|at| bits::has(set, at))
}

/// The first rank of a bucket.
const fn first_of(bucket: usize, rows: usize) -> usize {
    (bucket * rows).div_ceil(BUCKETS)
}

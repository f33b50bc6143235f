//! Small numbers of every row as planes: counted, found and narrowed without looking at single rows.

use crate::bits::{self, PIECE, WORD, and, and_not, count, count_both};
use crate::image::{Layer, Lifter};
use fearless_simd::{Level, dispatch};
use std::io::{self, Read, Write};
use std::ops::Range;

/// A number of a few bits for every member, cut into planes: bit `i` of all numbers is one set.
pub(crate) struct Planes(Vec<Vec<u64>>);

impl Planes {
    /// Planes of numbers below `1 << bits`.
    pub(crate) fn new(bits: usize, numbers: &[u8]) -> Self {
        let plane = |bit: usize| {
            let mut words = bits::none(numbers.len());
            for (at, number) in numbers.iter().enumerate() {
                words[at / WORD] |= u64::from(number >> bit & 1) << (at % WORD);
            }
            words
        };
        Self((0..bits).map(plane).collect())
    }

    pub(crate) fn lay(&self, to: &mut Layer<'_, impl Write>) -> io::Result<()> {
        to.number(self.0.len() as i64)?;
        self.0.iter().try_for_each(|plane| to.numbers(plane))
    }

    pub(crate) fn lift(from: &mut Lifter<'_, impl Read>) -> io::Result<Self> {
        (0..from.count()?).map(|_| from.numbers()).collect::<io::Result<_>>().map(Self)
    }

    /// The planes, the lowest bit first.
    pub(crate) fn planes(&self) -> impl Iterator<Item = &[u64]> {
        self.0.iter().map(Vec::as_slice)
    }

    /// Narrows the set to members whose number lies in a range.
    pub(crate) fn narrow(&self, range: Range<usize>, set: &mut [u64], window: &Range<usize>) {
        if range.start >> self.0.len() > 0 {
            return set.fill(0);
        }
        dispatch!(Level::new(), _ => self.plain_narrow(range, set, window.start));
    }

    #[inline(always)]
    fn plain_narrow(&self, range: Range<usize>, set: &mut [u64], start: usize) {
        for (at, piece) in set.chunks_mut(PIECE).enumerate() {
            let start = start + at * PIECE;
            if range.start > 0 {
                let below = self.below(range.start, piece, start);
                piece.iter_mut().zip(below).for_each(|(member, below)| *member &= !below);
            }
            if range.end >> self.0.len() == 0 {
                let below = self.below(range.end, piece, start);
                piece.copy_from_slice(&below[..piece.len()]);
            }
        }
    }

    /// The members of a piece whose number is below the limit.
    #[inline(always)]
    fn below(&self, limit: usize, piece: &[u64], start: usize) -> [u64; PIECE] {
        let (mut equal, mut below) = ([0; PIECE], [0; PIECE]);
        equal[..piece.len()].copy_from_slice(piece);
        for (bit, plane) in self.0.iter().enumerate().rev() {
            let each = equal.iter_mut().zip(&mut below).zip(&plane[start..start + piece.len()]);
            if limit >> bit & 1 == 1 {
                each.for_each(|((equal, below), plane)| {
                    *below |= *equal & !plane;
                    *equal &= plane;
                });
            } else {
                each.for_each(|((equal, _), plane)| *equal &= !plane);
            }
        }
        below
    }

    /// How many members of the set have each number.
    pub(crate) fn tally(&self, set: &[u64], window: &Range<usize>) -> Vec<u32> {
        let mut counts = vec![0; 1 << self.0.len()];
        let Some((last, planes)) = self.0.split_last() else { return counts };
        // A part for every number of the lower planes, of a piece that stays near the processor.
        let mut parts = vec![[0; PIECE]; 1 << planes.len()];
        for (at, piece) in set.chunks(PIECE).enumerate() {
            let here = window.start + at * PIECE..window.start + at * PIECE + piece.len();
            parts[0][..piece.len()].copy_from_slice(piece);
            for (bit, plane) in planes.iter().enumerate() {
                let (without, with) = parts.split_at_mut(1 << bit);
                without.iter_mut().zip(with).for_each(|(a, b)| split(a, b, &plane[here.clone()]));
            }
            let (without, with) = counts.split_at_mut(parts.len());
            for ((without, with), part) in without.iter_mut().zip(with).zip(&parts) {
                let (all, of) = (count(&part[..piece.len()]), count_both(part, &last[here.clone()]));
                *without += all - of;
                *with += of;
            }
        }
        counts
    }

    /// Finds the number of the `nth` member of the set, counting from 0 by number, where `others` tells how
    /// many more there are with numbers of a range. Gives the number and how many stand before it.
    pub(crate) fn nth(
        &self,
        nth: usize,
        set: &[u64],
        window: &Range<usize>,
        others: impl Fn(Range<usize>) -> usize,
    ) -> (usize, usize) {
        let mut left = set.to_vec();
        let (mut number, mut before, mut size) = (0, 0, count(&left));
        for (bit, plane) in self.0.iter().enumerate().rev() {
            let plane = &plane[window.clone()];
            let upper = count_both(&left, plane);
            let lower = (size - upper) as usize + others(number..number + (1 << bit));
            if nth < before + lower {
                size -= upper;
                and_not(&mut left, plane);
            } else {
                size = upper;
                before += lower;
                number |= 1 << bit;
                and(&mut left, plane);
            }
        }
        (number, before)
    }
}

/// Moves the members that are in the plane over to the second set.
fn split(without: &mut [u64], with: &mut [u64], plane: &[u64]) {
    let each = without.iter_mut().zip(with).zip(plane);
    dispatch!(Level::new(), _ => each.for_each(|((without, with), plane)| {
        *with = *without & plane;
        *without &= !plane;
    }));
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::bits::{members, put};
    use proptest::prelude::*;

    /// Numbers below 32, and a set of their positions in a window.
    pub(crate) fn numbered() -> impl Strategy<Value = (Vec<u8>, Vec<u64>, Range<usize>)> {
        (proptest::collection::vec(0_u8..32, 1..40_000), any::<u64>(), 0.0..1.0).prop_map(|(numbers, seed, from)| {
            let words = numbers.len().div_ceil(WORD);
            let window = (from * words as f64) as usize..words;
            let mut set = vec![0; window.len()];
            for at in window.start * WORD..numbers.len() {
                if (at as u64).wrapping_mul(seed | 1) >> 7 & 3 != 0 {
                    put(&mut set, at - window.start * WORD);
                }
            }
            (numbers, set, window)
        })
    }

    pub(crate) fn numbers_of(numbers: &[u8], set: &[u64], window: &Range<usize>) -> Vec<u8> {
        members(set).map(|at| numbers[at + window.start * WORD]).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]

        #[test]
        fn planes_count_find_and_narrow_as_a_plain_reading_does((numbers, set, window) in numbered(), (from, limit) in (0_usize..34, 0_usize..34)) {
            let planes = Planes::new(5, &numbers);
            let mut plain = numbers_of(&numbers, &set, &window);
            let counts: Vec<u32> = (0..32).map(|n| plain.iter().filter(|m| **m == n).count() as u32).collect();
            prop_assert_eq!(planes.tally(&set, &window), counts);
            let mut inside = set.clone();
            planes.narrow(from..limit, &mut inside, &window);
            let kept = plain.iter().filter(|n| (from..limit).contains(&usize::from(**n))).copied().collect::<Vec<_>>();
            prop_assert_eq!(numbers_of(&numbers, &inside, &window), kept);
            // One more member of every number.
            plain.extend(0..32);
            plain.sort_unstable();
            let nth = plain.len() * limit / 40;
            let (number, before) = planes.nth(nth, &set, &window, |numbers| numbers.len());
            prop_assert_eq!(number, usize::from(plain[nth]));
            prop_assert_eq!(before, plain.partition_point(|n| usize::from(*n) < number));
        }
    }
}

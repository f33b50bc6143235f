//! Sets of numbers as bits, and how they are joined and counted.

use crate::image::{Layer, Lifter, unfit};
use fearless_simd::{Level, dispatch};
use roaring::RoaringBitmap;
use std::io::{self, Read, Write};
use std::ops::Range;

/// Bits a word.
pub(crate) const WORD: usize = 64;
/// Words that are split together.
const PIECE: usize = 256;
/// A set is kept as a list below one member in this many.
const FEW: usize = 64;

/// Words for this many numbers, none of them in the set.
pub(crate) fn none(len: usize) -> Vec<u64> {
    vec![0; len.div_ceil(WORD)]
}

pub(crate) fn put(words: &mut [u64], at: usize) {
    words[at / WORD] |= 1 << (at % WORD);
}

pub(crate) fn has(words: &[u64], at: usize) -> bool {
    words.get(at / WORD).is_some_and(|word| word >> (at % WORD) & 1 == 1)
}

/// Puts a whole run of numbers in.
pub(crate) fn fill(words: &mut [u64], run: Range<usize>) {
    let Some((first, last, head, tail)) = ends(&run) else { return };
    if first == last {
        words[first] |= head & tail;
    } else {
        words[first] |= head;
        words[first + 1..last].fill(u64::MAX);
        words[last] |= tail;
    }
}

/// The outer words of a run, and which of their bits belong to it.
#[inline(always)]
fn ends(run: &Range<usize>) -> Option<(usize, usize, u64, u64)> {
    let last = run.end.checked_sub(1).filter(|last| *last >= run.start)?;
    let (head, tail) = (u64::MAX << (run.start % WORD), u64::MAX >> (WORD - 1 - last % WORD));
    Some((run.start / WORD, last / WORD, head, tail))
}

pub(crate) fn and(into: &mut [u64], other: &[u64]) {
    let both = into.iter_mut().zip(other);
    dispatch!(Level::new(), _ => both.for_each(|(a, b)| *a &= b));
}

pub(crate) fn and_not(into: &mut [u64], other: &[u64]) {
    let both = into.iter_mut().zip(other);
    dispatch!(Level::new(), _ => both.for_each(|(a, b)| *a &= !b));
}

pub(crate) fn or(into: &mut [u64], other: &[u64]) {
    let both = into.iter_mut().zip(other);
    dispatch!(Level::new(), _ => both.for_each(|(a, b)| *a |= b));
}

/// The numbers in the set, ascending.
pub(crate) fn members(words: &[u64]) -> impl Iterator<Item = usize> + '_ {
    words.iter().enumerate().flat_map(|(at, word)| {
        let mut left = *word;
        std::iter::from_fn(move || {
            let bit = (left != 0).then(|| left.trailing_zeros() as usize)?;
            left &= left - 1;
            Some(at * WORD + bit)
        })
    })
}

/// How many numbers are in the set.
pub(crate) fn count(words: &[u64]) -> u32 {
    dispatch!(Level::new(), _ => plain_count(words))
}

#[inline(always)]
fn plain_count(words: &[u64]) -> u32 {
    words.iter().map(|word| u64::from(word.count_ones())).sum::<u64>() as u32
}

/// How many numbers are in both sets.
pub(crate) fn count_both(a: &[u64], b: &[u64]) -> u32 {
    let both = a.iter().zip(b).map(|(a, b)| u64::from((a & b).count_ones()));
    dispatch!(Level::new(), _ => both.sum::<u64>() as u32)
}

/// How many numbers of every run are in the set; each run reaches from one of the `starts` to the next.
pub(crate) fn count_runs(words: &[u64], starts: &[u32], shift: usize, counts: &mut [u32]) {
    let runs = starts.windows(2).map(|run| run[0] as usize - shift..run[1] as usize - shift);
    let each = counts.iter_mut().zip(runs);
    dispatch!(Level::new(), _ => each.for_each(|(count, run)| *count = plain_count_run(words, &run)));
}

#[inline(always)]
fn plain_count_run(words: &[u64], run: &Range<usize>) -> u32 {
    let Some((first, last, head, tail)) = ends(run) else { return 0 };
    if first == last {
        return (words[first] & head & tail).count_ones();
    }
    let edges = (words[first] & head).count_ones() + (words[last] & tail).count_ones();
    edges + plain_count(&words[first + 1..last])
}

/// A set that never changes: a list where it has few members, words where it has many.
pub(crate) enum Set {
    Few(RoaringBitmap),
    Many(Vec<u64>),
}

impl Set {
    pub(crate) fn new(words: Vec<u64>) -> Self {
        if (count(&words) as usize) < words.len() * WORD / FEW {
            Self::Few(members(&words).map(|at| at as u32).collect())
        } else {
            Self::Many(words)
        }
    }

    pub(crate) fn lay(&self, to: &mut Layer<'_, impl Write>) -> io::Result<()> {
        match self {
            Self::Few(list) => {
                to.number(0)?;
                to.numbers(&list.iter().collect::<Vec<u32>>())
            }
            Self::Many(words) => {
                to.number(1)?;
                to.numbers(words)
            }
        }
    }

    pub(crate) fn lift(from: &mut Lifter<'_, impl Read>) -> io::Result<Self> {
        match from.number()? {
            0 => {
                let list = RoaringBitmap::from_sorted_iter(from.numbers::<u32>()?);
                list.map(Self::Few).map_err(|_| unfit("a list"))
            }
            1 => from.numbers().map(Self::Many),
            _ => Err(unfit("a set")),
        }
    }

    /// Adds its members in the window of words.
    pub(crate) fn add_to(&self, into: &mut [u64], window: &Range<usize>) {
        match self {
            Self::Few(list) => {
                list.range(numbers(window)).for_each(|at| put(into, at as usize - window.start * WORD))
            }
            Self::Many(words) => or(into, &words[window.clone()]),
        }
    }

    /// How many members it shares with a set of the window.
    pub(crate) fn count_in(&self, set: &[u64], window: &Range<usize>) -> u32 {
        match self {
            Self::Few(list) => {
                list.range(numbers(window)).filter(|at| has(set, *at as usize - window.start * WORD)).count() as u32
            }
            Self::Many(words) => count_both(set, &words[window.clone()]),
        }
    }
}

fn numbers(window: &Range<usize>) -> Range<u32> {
    (window.start * WORD) as u32..(window.end * WORD) as u32
}

/// A number of a few bits for every member, cut into planes: bit `i` of all numbers is one set.
pub(crate) struct Planes(Vec<Vec<u64>>);

impl Planes {
    /// Planes of numbers below `1 << bits`.
    pub(crate) fn new(bits: usize, numbers: &[u8]) -> Self {
        let plane = |bit: usize| {
            let mut words = none(numbers.len());
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

    /// Narrows the set to members whose number is below the limit.
    pub(crate) fn below(&self, limit: usize, set: &mut [u64], window: &Range<usize>) {
        if limit >> self.0.len() > 0 {
            return;
        }
        let mut below = vec![0; set.len()];
        for (bit, plane) in self.0.iter().enumerate().rev() {
            let plane = &plane[window.clone()];
            if limit >> bit & 1 == 1 {
                for ((equal, below), plane) in set.iter_mut().zip(&mut below).zip(plane) {
                    *below |= *equal & !plane;
                    *equal &= plane;
                }
            } else {
                and_not(set, plane);
            }
        }
        set.copy_from_slice(&below);
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
        let (mut number, mut before) = (0, 0);
        for (bit, plane) in self.0.iter().enumerate().rev() {
            let plane = &plane[window.clone()];
            let lower = (count(&left) - count_both(&left, plane)) as usize + others(number..number + (1 << bit));
            if nth < before + lower {
                and_not(&mut left, plane);
            } else {
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
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Numbers below 32, and a set of their positions in a window.
    fn numbered() -> impl Strategy<Value = (Vec<u8>, Vec<u64>, Range<usize>)> {
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

    fn numbers_of(numbers: &[u8], set: &[u64], window: &Range<usize>) -> Vec<u8> {
        members(set).map(|at| numbers[at + window.start * WORD]).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]

        #[test]
        fn planes_count_find_and_narrow_as_a_plain_reading_does((numbers, set, window) in numbered(), limit in 0_usize..34) {
            let planes = Planes::new(5, &numbers);
            let mut plain = numbers_of(&numbers, &set, &window);
            let counts: Vec<u32> = (0..32).map(|n| plain.iter().filter(|m| **m == n).count() as u32).collect();
            prop_assert_eq!(planes.tally(&set, &window), counts);
            let mut below = set.clone();
            planes.below(limit, &mut below, &window);
            let kept = plain.iter().filter(|n| usize::from(**n) < limit).copied().collect::<Vec<_>>();
            prop_assert_eq!(numbers_of(&numbers, &below, &window), kept);
            // One more member of every number.
            plain.extend(0..32);
            plain.sort_unstable();
            let nth = plain.len() * limit / 40;
            let (number, before) = planes.nth(nth, &set, &window, |numbers| numbers.len());
            prop_assert_eq!(number, usize::from(plain[nth]));
            prop_assert_eq!(before, plain.partition_point(|n| usize::from(*n) < number));
        }

        #[test]
        fn sets_few_and_many_share_the_same_members((numbers, set, window) in numbered(), wanted in 0_u8..32) {
            let mut words = none(numbers.len());
            (0..numbers.len()).filter(|at| numbers[*at] == wanted).for_each(|at| put(&mut words, at));
            let shared = numbers_of(&numbers, &set, &window).iter().filter(|n| **n == wanted).count() as u32;
            let few = Set::Few(members(&words).map(|at| at as u32).collect());
            for kept in [Set::new(words.clone()), few, Set::Many(words.clone())] {
                prop_assert_eq!(kept.count_in(&set, &window), shared);
                let mut into = vec![0; window.len()];
                kept.add_to(&mut into, &window);
                prop_assert_eq!(&into[..], &words[window.clone()]);
            }
        }

        #[test]
        fn runs_are_filled_and_counted_to_the_bit(starts in proptest::collection::vec(0_u32..5_000, 2..40)) {
            let mut starts = starts;
            starts.sort_unstable();
            let mut words = none(5_000);
            for run in starts.windows(2).step_by(2) {
                fill(&mut words, run[0] as usize..run[1] as usize);
            }
            let mut counts = vec![0; starts.len() - 1];
            count_runs(&words, &starts, 0, &mut counts);
            for (at, run) in starts.windows(2).enumerate() {
                prop_assert_eq!(counts[at], if at % 2 == 0 { run[1] - run[0] } else { 0 });
            }
            prop_assert_eq!(count(&words), counts.iter().sum::<u32>());
        }
    }
}

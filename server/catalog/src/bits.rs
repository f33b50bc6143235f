//! Sets of numbers as bits, and how they are joined and counted.

use crate::image::{Layer, Lifter, unfit};
use fearless_simd::{Level, dispatch};
use roaring::RoaringBitmap;
use std::borrow::Cow;
use std::io::{self, Read, Write};
use std::ops::Range;

/// Bits a word.
pub(crate) const WORD: usize = 64;
/// Words that are worked on together.
pub(crate) const PIECE: usize = 256;
/// A set is kept as a list below one member in this many.
const FEW: usize = 64;

/// Words for this many numbers, none of them in the set.
pub(crate) fn none(len: usize) -> Vec<u64> {
    vec![0; len.div_ceil(WORD)]
}

pub(crate) fn put(words: &mut [u64], at: usize) {
    words[at / WORD] |= 1 << (at % WORD);
}

pub(crate) fn drop(words: &mut [u64], at: usize) {
    words[at / WORD] &= !(1 << (at % WORD));
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

/// For each of some sets what a whole shares with all others of them.
pub(crate) fn without_each(whole: &[u64], sets: &[&[u64]]) -> Vec<Vec<u64>> {
    let mut others = vec![vec![0; whole.len()]; sets.len()];
    dispatch!(Level::new(), _ => plain_without_each(whole, sets, &mut others));
    others
}

/// In pieces that stay near the processor.
#[inline(always)]
fn plain_without_each(whole: &[u64], sets: &[&[u64]], others: &mut [Vec<u64>]) {
    let mut afters = vec![[0; PIECE]; sets.len()];
    for (at, whole) in whole.chunks(PIECE).enumerate() {
        let here = at * PIECE..at * PIECE + whole.len();
        // From the end what all after a set share, from the front what all before it do.
        let mut shared = [u64::MAX; PIECE];
        for (after, set) in afters.iter_mut().zip(sets).rev() {
            *after = shared;
            shared.iter_mut().zip(&set[here.clone()]).for_each(|(a, b)| *a &= b);
        }
        shared[..whole.len()].copy_from_slice(whole);
        for ((other, after), set) in others.iter_mut().zip(&afters).zip(sets) {
            other[here.clone()].iter_mut().zip(&shared).zip(after).for_each(|((a, b), c)| *a = b & c);
            shared.iter_mut().zip(&set[here.clone()]).for_each(|(a, b)| *a &= b);
        }
    }
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

/// Adds up the weights of the numbers in the set.
pub(crate) fn weigh(words: &[u64], weights: &[u32]) -> u32 {
    let part = |(word, weights): (&u64, &[u32])| {
        weights.iter().enumerate().map(|(bit, weight)| weight * (word >> bit & 1) as u32).sum::<u32>()
    };
    let parts = words.iter().zip(weights.chunks(WORD)).filter(|(word, _)| **word != 0);
    dispatch!(Level::new(), _ => parts.map(part).sum())
}

/// Leaves their weights to the numbers in the set only.
pub(crate) fn keep(words: &[u64], weights: &mut [u32]) {
    let parts = words.iter().zip(weights.chunks_mut(WORD));
    dispatch!(Level::new(), _ => parts.for_each(|(word, weights)| {
        weights.iter_mut().enumerate().for_each(|(bit, weight)| *weight *= (word >> bit & 1) as u32);
    }));
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

    /// All members as so many words.
    pub(crate) fn words(&self, len: usize) -> Cow<'_, [u64]> {
        match self {
            Self::Few(_) => {
                let mut words = vec![0; len];
                self.add_to(&mut words, &(0..len));
                Cow::Owned(words)
            }
            Self::Many(words) => Cow::Borrowed(words),
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::planes::tests::{numbered, numbers_of};
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]

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

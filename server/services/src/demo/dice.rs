//! Choices drawn from a seed: the same seed, index and purpose always give the same choices, on every machine.

use std::ops::RangeInclusive;

/// 2⁶⁴ divided by the golden ratio, the step of splitmix64.
const GOLDEN: u64 = 0x9E37_79B9_7F4A_7C15;

/// A row of choices for one purpose. Two purposes of one home tell nothing of each other.
#[derive(Debug)]
pub(super) struct Dice {
    state: u64,
}

impl Dice {
    pub(super) fn new(seed: u64, index: usize, purpose: &str) -> Self {
        let named = purpose
            .bytes()
            .fold(0xCBF2_9CE4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3));
        Self { state: scramble(scramble(seed ^ named).wrapping_add((index as u64).wrapping_mul(GOLDEN))) }
    }

    pub(super) fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(GOLDEN);
        scramble(self.state)
    }

    /// A number from 0 to `n - 1`.
    pub(super) fn below(&mut self, n: usize) -> usize {
        ((u128::from(self.next()) * n as u128) >> 64) as usize
    }

    /// A number of the range, each as often.
    pub(super) fn within(&mut self, range: RangeInclusive<i64>) -> i64 {
        range.start() + self.below((range.end() - range.start() + 1) as usize) as i64
    }

    /// 1000 ± `spread`, mostly near 1000.
    pub(super) fn around(&mut self, spread: i64) -> i64 {
        1000 + (0..3).map(|_| self.within(-spread..=spread)).sum::<i64>() / 3
    }

    /// True this many times in a thousand.
    pub(super) fn chance(&mut self, permille: usize) -> bool {
        self.below(1000) < permille
    }

    /// The value, this many times in a thousand: the rest is not known.
    pub(super) fn known<T>(&mut self, permille: usize, value: T) -> Option<T> {
        self.chance(permille).then_some(value)
    }

    pub(super) fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())]
    }

    /// One of `from`, as often as its weight says.
    pub(super) fn weighted<T: Copy>(&mut self, from: &[(T, usize)]) -> T {
        let mut left = self.below(from.iter().map(|(_, weight)| weight).sum());
        for &(value, weight) in from {
            if left < weight {
                return value;
            }
            left -= weight;
        }
        from[0].0
    }

    /// A number of the distribution that has these values at these thousandths, straight in between.
    pub(super) fn quantile(&mut self, knots: &[(i64, i64)]) -> i64 {
        let at = self.within(0..=999_999);
        on_line(knots, at)
    }
}

/// The value of a distribution at a millionth of it.
pub(super) fn on_line(knots: &[(i64, i64)], millionth: i64) -> i64 {
    let upper = knots.partition_point(|(at, _)| at * 1000 <= millionth).clamp(1, knots.len() - 1);
    let ((from, low), (to, high)) = (knots[upper - 1], knots[upper]);
    low + (high - low) * (millionth - from * 1000) / ((to - from) * 1000)
}

fn scramble(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn purposes_and_neighbours_tell_nothing_of_each_other() {
        let draws = |purpose: &str, shift: usize| -> Vec<f64> {
            (0..20_000).map(|i| Dice::new(7, i + shift, purpose).below(1000) as f64).collect()
        };
        let here = draws("area", 0);
        for other in [draws("floor", 0), draws("area", 1), draws("area", 12)] {
            let r = super::super::tests::correlation(&here, &other);
            assert!(r.abs() < 0.03, "{r}");
        }
    }

    #[test]
    fn a_distribution_has_its_quantiles() {
        let mut dice = Dice::new(1, 2, "x");
        let mut drawn: Vec<i64> = (0..10_000).map(|_| dice.quantile(&[(0, 0), (40, 7), (1000, 400)])).collect();
        drawn.sort_unstable();
        assert!((5..=9).contains(&drawn[400]) && drawn[9_999] <= 400 && drawn[0] >= 0);
        assert_eq!(on_line(&[(0, 10), (1000, 20)], 500_000), 15);
    }
}

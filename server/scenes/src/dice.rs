//! Choices drawn from a home's seed: the same seed always gives the same picture.

/// 2⁶⁴ divided by the golden ratio: steps of it spread evenly around a circle.
const GOLDEN: u64 = 0x9E37_79B9_7F4A_7C15;

/// A row of choices for one purpose of one home (splitmix64).
pub(crate) struct Dice {
    state: u64,
}

impl Dice {
    pub(crate) fn new(seed: u64, purpose: &str) -> Self {
        let named = purpose
            .bytes()
            .fold(0xCBF2_9CE4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3));
        Self { state: scramble(seed ^ named) }
    }

    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(GOLDEN);
        scramble(self.state)
    }

    /// A number from 0 to `n - 1`.
    pub(crate) fn below(&mut self, n: usize) -> usize {
        bucket(self.next(), n)
    }

    pub(crate) fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    pub(crate) fn chance(&mut self, probability: f64) -> bool {
        self.between(0.0, 1.0) < probability
    }

    pub(crate) fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())]
    }

    /// One of `from`, as often as its weight says.
    pub(crate) fn weighted<T: Copy>(&mut self, from: &[(T, usize)]) -> T {
        let mut left = self.below(from.iter().map(|(_, weight)| weight).sum());
        for &(value, weight) in from {
            if left < weight {
                return value;
            }
            left -= weight;
        }
        from[0].0
    }

    pub(crate) fn shuffle<T>(&mut self, row: &mut [T]) {
        for last in (1..row.len()).rev() {
            row.swap(last, self.below(last + 1));
        }
    }
}

/// A bucket from 0 to `n - 1`; seeds that follow each other never share one when `n` ≥ 3, because
/// golden-ratio steps land more than a third of the circle apart.
pub(crate) fn spread(seed: u64, n: usize) -> usize {
    bucket(seed.wrapping_mul(GOLDEN), n)
}

fn bucket(random: u64, n: usize) -> usize {
    ((u128::from(random) * n as u128) >> 64) as usize
}

fn scramble(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

//! Choices drawn from a home's seed: the same seed always gives the same picture.

/// The step of splitmix64: 2⁶⁴ divided by the golden ratio.
const GOLDEN: u64 = 0x9E37_79B9_7F4A_7C15;

/// What homes with numbers in sequence must not share, or a list of them would look alike.
///
/// Each wheel turns by its own irrational part of a circle from one number to the next: far enough
/// that neighbours never meet on a wheel of three places or more.
#[derive(Clone, Copy)]
pub(crate) enum Wheel {
    Palette,
    Hour,
    Arrangement,
}

impl Wheel {
    fn at(self, seed: u64) -> u64 {
        seed.wrapping_mul(match self {
            // 0.618: the golden ratio.
            Self::Palette => GOLDEN,
            // 0.570: the square of the inverse plastic number.
            Self::Hour => 0x91E1_0DA5_C79E_7B1D,
            // 0.414: the root of two.
            Self::Arrangement => 0x6A09_E667_F3BC_C909,
        })
    }
}

/// A row of choices for one purpose of one home (splitmix64).
pub(crate) struct Dice {
    seed: u64,
    state: u64,
}

impl Dice {
    pub(crate) fn new(seed: u64, purpose: &str) -> Self {
        let named = purpose
            .bytes()
            .fold(0xCBF2_9CE4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3));
        Self { seed, state: scramble(seed ^ named) }
    }

    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(GOLDEN);
        scramble(self.state)
    }

    /// A number from 0 to `n - 1` that the home keeps for all purposes and its neighbours do not share.
    pub(crate) fn spread(&self, wheel: Wheel, n: usize) -> usize {
        bucket(wheel.at(self.seed), n)
    }

    /// One of `from`, as often as its weight says, by a wheel.
    pub(crate) fn spread_weighted<T: Copy>(&self, wheel: Wheel, from: &[(T, usize)]) -> T {
        slot(from, self.spread(wheel, from.iter().map(|(_, weight)| weight).sum()))
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
        let place = self.below(from.iter().map(|(_, weight)| weight).sum());
        slot(from, place)
    }
}

fn slot<T: Copy>(from: &[(T, usize)], mut place: usize) -> T {
    for &(value, weight) in from {
        if place < weight {
            return value;
        }
        place -= weight;
    }
    from[0].0
}

fn bucket(random: u64, n: usize) -> usize {
    ((u128::from(random) * n as u128) >> 64) as usize
}

fn scramble(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

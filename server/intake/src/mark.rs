//! Short marks of rows and headers, the same on every machine and in every version.

use serde::{Deserialize, Serialize};
use std::fmt;

/// A 128-bit mark of a text (FNV-1a): equal texts have equal marks. It finds likenesses; it proves nothing
/// against somebody who forges rows.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Mark(pub u128);

impl Mark {
    /// The mark of nothing.
    pub const EMPTY: Self = Self(0x6c62_272e_07bb_0142_62b8_2175_6295_c58d);
    const PRIME: u128 = 0x0000_0000_0100_0000_0000_0000_0000_013b;

    /// The mark with one more part; parts do not run into each other.
    #[must_use]
    pub fn with(self, part: &str) -> Self {
        let step = |mark: u128, byte: u8| (mark ^ u128::from(byte)).wrapping_mul(Self::PRIME);
        Self(step(part.bytes().fold(self.0, step), 0x1f))
    }

    /// The mark as a column of bytes, most significant first.
    pub const fn bytes(self) -> [u8; 16] {
        self.0.to_be_bytes()
    }
}

impl fmt::Display for Mark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", self.0)
    }
}

impl fmt::Debug for Mark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for Mark {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Mark {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(from)?;
        u128::from_str_radix(&text, 16).map(Self).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::Mark;

    #[test]
    fn marks_tell_parts_apart_and_never_change() {
        assert_ne!(Mark::EMPTY.with("ab").with("c"), Mark::EMPTY.with("a").with("bc"));
        assert_eq!(Mark::EMPTY.with("门牌").to_string(), Mark::EMPTY.with("门牌").to_string());
        let json = serde_json::to_string(&Mark::EMPTY).expect("serializes");
        assert_eq!(json, "\"6c62272e07bb014262b821756295c58d\"");
        assert_eq!(serde_json::from_str::<Mark>(&json).ok(), Some(Mark::EMPTY));
    }
}

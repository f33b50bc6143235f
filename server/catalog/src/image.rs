//! The catalogue as bytes, to be kept and taken up again: numbers as they lie in memory, so that taking a million
//! homes up costs little more than copying them. Every part has its length and a checksum in front; what is not whole
//! is noticed before anything is made of it. Good for the same program on the same kind of machine only.

use bytemuck::Pod;
use std::io::{self, Read, Write};

/// Bytes that are read and summed at once: they stay near the processor in between.
const PIECE: usize = 1 << 18;

/// Lays parts down one after the other.
pub(crate) struct Layer<'a, W>(pub(crate) &'a mut W);

impl<W: Write> Layer<'_, W> {
    pub(crate) fn numbers<T: Pod>(&mut self, numbers: &[T]) -> io::Result<()> {
        let bytes: &[u8] = bytemuck::cast_slice(numbers);
        self.0.write_all(&(bytes.len() as u64).to_ne_bytes())?;
        self.0.write_all(&crc32fast::hash(bytes).to_ne_bytes())?;
        self.0.write_all(bytes)
    }

    pub(crate) fn number(&mut self, number: i64) -> io::Result<()> {
        self.numbers(&[number])
    }
}

/// Takes the parts up again in the same order.
pub(crate) struct Lifter<'a, R> {
    from: &'a mut R,
    left: u64,
}

impl<'a, R: Read> Lifter<'a, R> {
    /// Of at most `len` bytes: no part is believed to be longer.
    pub(crate) fn new(from: &'a mut R, len: u64) -> Self {
        Self { from, left: len }
    }

    pub(crate) fn numbers<T: Pod>(&mut self) -> io::Result<Vec<T>> {
        let (mut len, mut sum) = ([0; 8], [0; 4]);
        self.from.read_exact(&mut len)?;
        self.from.read_exact(&mut sum)?;
        let len = u64::from_ne_bytes(len);
        let bytes =
            usize::try_from(len).ok().filter(|bytes| len <= self.left && bytes.is_multiple_of(size_of::<T>()));
        let mut numbers = vec![T::zeroed(); bytes.ok_or_else(|| unfit("a length"))? / size_of::<T>()];
        self.left -= len;
        let mut hasher = crc32fast::Hasher::new();
        for piece in bytemuck::cast_slice_mut::<T, u8>(&mut numbers).chunks_mut(PIECE) {
            self.from.read_exact(piece)?;
            hasher.update(piece);
        }
        if hasher.finalize() != u32::from_ne_bytes(sum) { Err(unfit("a checksum")) } else { Ok(numbers) }
    }

    pub(crate) fn number(&mut self) -> io::Result<i64> {
        match self.numbers()?[..] {
            [number] => Ok(number),
            _ => Err(unfit("a number")),
        }
    }

    pub(crate) fn count(&mut self) -> io::Result<usize> {
        usize::try_from(self.number()?).ok().filter(|count| *count < 1 << 16).ok_or_else(|| unfit("a count"))
    }
}

/// What is there cannot be what was laid down.
pub(crate) fn unfit(what: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, format!("the kept catalogue is unfit: {what}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_come_back_and_nothing_else_is_taken_for_them() {
        let numbers: Vec<u32> = (0..200_000).map(|n: u32| n.wrapping_mul(2_654_435_761)).collect();
        let mut bytes = Vec::new();
        Layer(&mut bytes).numbers(&numbers).unwrap();
        let lift = |bytes: &[u8]| Lifter::new(&mut &bytes[..], bytes.len() as u64).numbers::<u32>();
        assert_eq!(lift(&bytes).unwrap(), numbers);
        for at in [0, 7, 9, 12, 500_000, bytes.len() - 1] {
            let mut other = bytes.clone();
            other[at] ^= 1;
            assert!(lift(&other).is_err(), "{at}");
        }
        for len in [0, 11, 13, 700_000] {
            assert!(lift(&bytes[..len]).is_err(), "{len}");
        }
    }
}

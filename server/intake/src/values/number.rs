//! Decimal numbers with a unit after them.

use super::{Reading, read};

/// A decimal number at the beginning of a text as digits, and what follows it. Thousands separators are part of
/// it where three digits follow them.
pub(super) fn decimal(text: &str) -> Option<(&str, &str)> {
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let (mut at, mut point) = (0, false);
    loop {
        match bytes.get(at) {
            Some(b'0'..=b'9') => at += 1,
            Some(b'.') if !point && digit(at + 1) => {
                point = true;
                at += 1;
            }
            Some(b',') if !point && at > 0 && (1..=3).all(|n| digit(at + n)) && !digit(at + 4) => at += 4,
            _ => break,
        }
    }
    (at > 0).then(|| text.split_at(at))
}

/// Digits as a whole number of the smallest unit, `unit` to the one, rounded half up. `None` where it does not
/// fit.
pub(super) fn scaled(digits: &str, unit: i64) -> Option<i64> {
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let mut value = 0_i64;
    for byte in whole.bytes().filter(|b| *b != b',') {
        value = value.checked_mul(10)?.checked_add(i64::from(byte - b'0'))?;
    }
    let mut value = value.checked_mul(unit)?;
    let mut place = unit;
    for byte in part.bytes() {
        let digit = i64::from(byte - b'0');
        if place % 10 != 0 {
            // The first digit that no longer counts rounds.
            return if digit >= 5 && place == 1 { value.checked_add(1) } else { Some(value) };
        }
        place /= 10;
        value = value.checked_add(place * digit)?;
    }
    Some(value)
}

/// The number a text begins with, rounded to a whole one.
pub(crate) fn leading(text: &str) -> Option<i64> {
    scaled(decimal(text)?.0, 1)
}

/// A whole number from 0 to `most`: `12`, `12套`, `3.0`.
pub fn count(text: &str, most: u32) -> Reading<u32> {
    read(text, |text| {
        let (digits, rest) = decimal(text)?;
        let n = scaled(digits, 1).filter(|_| scaled(digits, 100).is_some_and(|n| n % 100 == 0))?;
        let unit_ok = rest.is_empty() || matches!(rest.trim(), "套" | "个" | "间" | "室" | "厅" | "厨" | "卫" | "户");
        u32::try_from(n).ok().filter(|n| unit_ok && *n <= most)
    })
}

/// Degrees in millionths: `31.230416`.
pub fn degrees(text: &str) -> Reading<i32> {
    read(text, |text| {
        let (sign, rest) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
        let (digits, rest) = decimal(rest)?;
        let value = i32::try_from(scaled(digits, 1_000_000)?).ok()?;
        matches!(rest, "" | "°").then_some(value * sign).filter(|v| v.abs() <= 180_000_000)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_end_where_the_number_ends() {
        assert_eq!(decimal("104,569元/平"), Some(("104,569", "元/平")));
        assert_eq!(decimal("239.5万"), Some(("239.5", "万")));
        assert_eq!(decimal("3,室"), Some(("3", ",室")));
        assert_eq!(decimal("1,2345"), Some(("1", ",2345")));
        assert_eq!(decimal("1.2.3"), Some(("1.2", ".3")));
        assert_eq!(decimal(".5"), Some((".5", "")));
        assert_eq!(decimal("万"), None);
    }

    #[test]
    fn numbers_are_scaled_and_rounded_once() {
        assert_eq!(scaled("239.5", 1_000_000), Some(239_500_000));
        assert_eq!(scaled("62.005", 100), Some(6_201));
        assert_eq!(scaled("62.0049", 100), Some(6_200));
        assert_eq!(scaled("104838.70967741935", 100), Some(10_483_871));
        assert_eq!(scaled("99999999999999999999", 1), None);
    }

    #[test]
    fn counts_and_degrees() {
        assert_eq!(count("12套", 99), Reading::Known(12));
        assert_eq!(count("3.0", 99), Reading::Known(3));
        assert_eq!(count("3.5", 99), Reading::Unreadable);
        assert_eq!(count("100", 99), Reading::Unreadable);
        assert_eq!(count("", 99), Reading::Unknown);
        assert_eq!(degrees("121.4737"), Reading::Known(121_473_700));
        assert_eq!(degrees("-31.5"), Reading::Known(-31_500_000));
        assert_eq!(degrees("200"), Reading::Unreadable);
    }
}

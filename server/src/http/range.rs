//! Which bytes of a file are asked for (RFC 9110, section 14): one range, or all of it.

use http::HeaderMap;
use http::header::{IF_NONE_MATCH, IF_RANGE, RANGE};
use std::ops::Range;

/// What is to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    /// Nothing: the browser has it (304).
    Known,
    /// All of it (200).
    Whole,
    /// A part (206).
    Part(Range<u64>),
    /// A part that is not there (416).
    Outside,
}

/// What the headers ask for of a file of this size that is tagged so. Several ranges at once, other units and what
/// cannot be read are answered with the whole file, as the standard allows.
pub(super) fn wanted(headers: &HeaderMap, size: u64, tag: &str) -> Wanted {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok()).map(str::trim);
    let matches = |tags: &str| {
        let mut tags = tags.split(',').map(|one| one.trim().trim_start_matches("W/"));
        tags.any(|one| one == "*" || one == tag)
    };
    if text(IF_NONE_MATCH).is_some_and(matches) {
        return Wanted::Known;
    }
    // A part is only good beside the rest of the same contents.
    if text(IF_RANGE).is_some_and(|told| told != tag) {
        return Wanted::Whole;
    }
    match text(RANGE).and_then(|range| read(range, size)) {
        None => Wanted::Whole,
        Some(range) if range.is_empty() => Wanted::Outside,
        Some(range) => Wanted::Part(range),
    }
}

/// `None` for what is no single range of bytes; an empty range for one that lies outside.
fn read(range: &str, size: u64) -> Option<Range<u64>> {
    let digits = |text: &str| text.parse::<u64>().ok().filter(|_| text.bytes().all(|b| b.is_ascii_digit()));
    let (first, last) = range.strip_prefix("bytes=")?.split_once('-')?;
    match (first, last) {
        ("", last) => {
            let last = digits(last)?.min(size);
            Some(size - last..size)
        }
        (first, "") => Some(digits(first)?.min(size)..size),
        (first, last) => {
            let (first, last) = (digits(first)?, digits(last)?);
            (first <= last).then(|| first.min(size)..last.saturating_add(1).min(size))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(pairs: &[(&'static str, &'static str)]) -> Wanted {
        let headers = pairs.iter().map(|(n, v)| (n.parse().unwrap(), v.parse().unwrap())).collect();
        wanted(&headers, 1000, "\"abc\"")
    }

    #[test]
    fn one_range_is_a_part_and_anything_odd_the_whole() {
        for (range, part) in [
            ("bytes=0-0", 0..1),
            ("bytes=0-", 0..1000),
            ("bytes=500-599", 500..600),
            ("bytes=900-5000", 900..1000),
            ("bytes=-100", 900..1000),
            ("bytes=-5000", 0..1000),
            ("bytes=999-18446744073709551615", 999..1000),
        ] {
            assert_eq!(asked(&[("range", range)]), Wanted::Part(part), "{range}");
        }
        for range in ["bytes=1000-", "bytes=1000-2000", "bytes=-0"] {
            assert_eq!(asked(&[("range", range)]), Wanted::Outside, "{range}");
        }
        for range in [
            "bytes=0-1,5-6",
            "lines=0-1",
            "bytes=5-1",
            "bytes=a-b",
            "bytes=-",
            "bytes=+1-2",
            "bytes=99999999999999999999-",
            "",
        ] {
            assert_eq!(asked(&[("range", range)]), Wanted::Whole, "{range}");
        }
        assert_eq!(asked(&[]), Wanted::Whole);
    }

    #[test]
    fn what_the_browser_has_is_not_sent_and_a_part_of_something_else_is_the_whole() {
        assert_eq!(asked(&[("if-none-match", "\"x\", \"abc\""), ("range", "bytes=0-1")]), Wanted::Known);
        assert_eq!(asked(&[("if-none-match", "W/\"abc\"")]), Wanted::Known);
        assert_eq!(asked(&[("if-none-match", "*")]), Wanted::Known);
        assert_eq!(asked(&[("if-none-match", "\"x\"")]), Wanted::Whole);
        assert_eq!(asked(&[("if-range", "\"abc\""), ("range", "bytes=0-1")]), Wanted::Part(0..2));
        for other in ["\"x\"", "W/\"abc\"", "Tue, 24 Nov 2026 08:00:00 GMT"] {
            assert_eq!(asked(&[("if-range", other), ("range", "bytes=0-1")]), Wanted::Whole, "{other}");
        }
    }
}

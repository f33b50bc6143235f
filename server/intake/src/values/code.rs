//! Codes: verification codes (房源核验码) and numbers at the source.

use crate::text::is_unknown;

/// What a cell for a code holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CodeRead {
    /// A code.
    Code(String),
    /// A code after words that are not part of it.
    Labelled(String),
    /// Words that announce a code, and no code.
    LabelOnly,
    /// A number that a spreadsheet has rounded: `2.02308E+17`.
    DigitsLost,
    /// Nothing.
    Missing,
    /// Something that is no code.
    Unreadable,
}

/// A code of letters and digits, at most 64 characters, without the words before it (`核验码：202302083302120042`).
pub fn code(text: &str) -> CodeRead {
    if is_unknown(text) || text == "无" {
        return CodeRead::Missing;
    }
    let start = text.char_indices().rev().find(|(_, c)| !is_code_char(*c)).map_or(0, |(at, c)| at + c.len_utf8());
    let (label, code) = text.split_at(start);
    if is_rounded(text) {
        return CodeRead::DigitsLost;
    }
    match (label.trim_end_matches([' ', ':']), code) {
        ("", code) if code.len() <= 64 && !code.is_empty() => CodeRead::Code(code.to_owned()),
        (label, "") if label.chars().count() <= 12 && label.contains(['码', '号']) => CodeRead::LabelOnly,
        (label, code)
            if label.chars().count() <= 12
                && label.chars().any(char::is_alphabetic)
                && (6..=64).contains(&code.len()) =>
        {
            CodeRead::Labelled(code.to_owned())
        }
        _ => CodeRead::Unreadable,
    }
}

/// Whether a verification code looks like one: 12 to 30 characters beginning with a digit, not all alike.
pub fn looks_verified(code: &str) -> bool {
    (12..=30).contains(&code.len())
        && code.starts_with(|c: char| c.is_ascii_digit())
        && code.bytes().any(|b| b != code.as_bytes()[0])
}

fn is_code_char(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | '_')
}

fn is_rounded(text: &str) -> bool {
    let Some((digits, power)) = text.split_once(['E', 'e']) else { return false };
    let power = power.strip_prefix('+').unwrap_or(power);
    digits.contains('.')
        && digits.bytes().all(|b| b.is_ascii_digit() || b == b'.')
        && !power.is_empty()
        && power.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_freed_from_their_labels() {
        let plain = "20200819330212002805001A";
        assert_eq!(code(plain), CodeRead::Code(plain.to_owned()));
        assert_eq!(code("房源核验码: 202304163302110018"), CodeRead::Labelled("202304163302110018".to_owned()));
        assert_eq!(code("核验码:202302083302120042"), CodeRead::Labelled("202302083302120042".to_owned()));
        assert_eq!(code("房源核验码:"), CodeRead::LabelOnly);
        assert_eq!(code("核验码"), CodeRead::LabelOnly);
        assert_eq!(code("2.02308E+17"), CodeRead::DigitsLost);
        assert_eq!(code("None"), CodeRead::Missing);
        assert_eq!(code("已核验"), CodeRead::Unreadable);
        assert_eq!(code("202300.00215411554872222"), CodeRead::Unreadable);
        assert_eq!(code("https://example.com/"), CodeRead::Unreadable);
    }

    #[test]
    fn short_codes_do_not_look_verified() {
        assert!(looks_verified("202308313302060038") && looks_verified("330212000354001A"));
        assert!(!looks_verified("0989") && !looks_verified("1111111111111111"));
    }
}

//! Cells as text: tidied, folded to plain ASCII forms, told apart into known and unknown.

use std::borrow::Cow;

/// The text with white space trimmed and run together, control and invisible characters gone. What was typed
/// stays otherwise as it is, so that names keep their brackets.
pub(crate) fn tidy(raw: &str) -> Cow<'_, str> {
    rewrite(raw, |c| c)
}

/// The text tidied, with full-width forms as ASCII: what parsers read.
pub(crate) fn clean(raw: &str) -> Cow<'_, str> {
    rewrite(raw, |c| match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '、' => ',',
        '￥' => '¥',
        '–' | '—' | '−' => '-',
        _ => c,
    })
}

fn rewrite(raw: &str, fold: impl Fn(char) -> char) -> Cow<'_, str> {
    let trimmed = raw.trim();
    let mut space = false;
    let plain = trimmed.chars().all(|c| {
        let twice = space && c == ' ';
        space = c == ' ';
        !twice && !is_invisible(c) && (c == ' ' || !c.is_whitespace()) && fold(c) == c
    });
    if plain {
        return Cow::Borrowed(trimmed);
    }
    let mut out = String::with_capacity(trimmed.len());
    for c in trimmed.chars().map(fold) {
        if c.is_whitespace() {
            if !out.ends_with(' ') && !out.is_empty() {
                out.push(' ');
            }
        } else if !is_invisible(c) {
            out.push(c);
        }
    }
    out.truncate(out.trim_end().len());
    Cow::Owned(out)
}

/// Control characters, zero-width characters and marks of byte order: nothing a person meant to write.
pub(crate) fn is_invisible(c: char) -> bool {
    (c.is_control() && !c.is_whitespace())
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}')
}

/// Whether a cleaned text says that nothing is known.
pub(crate) fn is_unknown(text: &str) -> bool {
    const WORDS: [&str; 23] = [
        "",
        "-",
        "--",
        "---",
        "/",
        "\\",
        "?",
        ".",
        "*",
        "暂无",
        "不详",
        "待定",
        "无数据",
        "无信息",
        "未填",
        "未填写",
        "面议",
        "none",
        "null",
        "nan",
        "n/a",
        "na",
        "undefined",
    ];
    if text.len() > 64 {
        return false;
    }
    WORDS.iter().any(|w| w.eq_ignore_ascii_case(text))
        || ["暂无", "未知", "#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!"]
            .iter()
            .any(|w| text.starts_with(w))
}

/// The first characters of a text, at most this many.
pub(crate) fn cut(text: &str, chars: usize) -> &str {
    text.char_indices().nth(chars).map_or(text, |(at, _)| &text[..at])
}

/// Whether the character is a Chinese one.
pub(crate) fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}' | '〇')
}

/// Whether a text holds what can only be a mobile number: a run of exactly eleven digits from 13 to 19.
pub(crate) fn holds_mobile(text: &str) -> bool {
    text.split(|c: char| !c.is_ascii_digit())
        .any(|run| run.len() == 11 && run.starts_with('1') && !matches!(run.as_bytes()[1], b'0'..=b'2'))
}

/// A whole number at the beginning of a text, in digits or in Chinese, and what follows it: `十二户` is 12 and
/// `户`, `两` is 2. At most six digits.
pub(crate) fn numeral(text: &str) -> Option<(u32, &str)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if digits > 0 {
        return (digits <= 6).then(|| text[..digits].parse().ok().map(|n| (n, &text[digits..])))?;
    }
    let (mut total, mut last, mut used) = (0_u32, None, 0);
    for (at, c) in text.char_indices() {
        match (chinese_digit(c), last) {
            (Some(Digit::Ones(n)), None | Some(0)) => last = Some(n),
            (Some(Digit::Times(by)), _) if total == 0 || total.is_multiple_of(by * 10) => {
                total += last.filter(|n| *n > 0).unwrap_or(1) * by;
                last = Some(0);
            }
            _ => break,
        }
        used = at + c.len_utf8();
    }
    (used > 0).then(|| (total + last.unwrap_or(0), &text[used..]))
}

enum Digit {
    Ones(u32),
    Times(u32),
}

fn chinese_digit(c: char) -> Option<Digit> {
    Some(match c {
        '零' | '〇' => Digit::Ones(0),
        '一' => Digit::Ones(1),
        '二' | '两' => Digit::Ones(2),
        '三' => Digit::Ones(3),
        '四' => Digit::Ones(4),
        '五' => Digit::Ones(5),
        '六' => Digit::Ones(6),
        '七' => Digit::Ones(7),
        '八' => Digit::Ones(8),
        '九' => Digit::Ones(9),
        '十' => Digit::Times(10),
        '百' => Digit::Times(100),
        '千' => Digit::Times(1000),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_and_width_are_folded() {
        assert_eq!(clean("\u{a0}鄞州区\u{a0}\u{3000}姜山\r\n"), "鄞州区 姜山");
        assert_eq!(clean("高楼层（共６层）"), "高楼层(共6层)");
        assert_eq!(tidy("建业苑（７号院）\0"), "建业苑（７号院）");
        assert!(matches!(clean("3室2厅"), Cow::Borrowed(_)));
        assert!(matches!(clean(" 650万 "), Cow::Borrowed("650万")));
    }

    #[test]
    fn chinese_numbers_are_read_to_their_end() {
        for (text, n, rest) in [
            ("两梯", 2, "梯"),
            ("十二户", 12, "户"),
            ("二十户", 20, "户"),
            ("二十七", 27, ""),
            ("一百四十五户", 145, "户"),
            ("一百零五", 105, ""),
            ("一百户", 100, "户"),
            ("0室", 0, "室"),
            ("18层", 18, "层"),
        ] {
            assert_eq!(numeral(text), Some((n, rest)), "{text}");
        }
        assert_eq!(numeral("室"), None);
        assert_eq!(numeral("1234567"), None);
        assert_eq!(numeral("一二"), Some((1, "二")));
    }

    #[test]
    fn words_for_unknown_are_known() {
        for text in ["", "暂无数据", "None", "未知结构", "NaN", "#N/A"] {
            assert!(is_unknown(text), "{text}");
        }
        assert!(!is_unknown("无") && !is_unknown("0"));
    }

    #[test]
    fn mobile_numbers_are_recognised_among_other_digits() {
        assert!(holds_mobile("联系13800000000看房"));
        assert!(!holds_mobile("101113515819") && !holds_mobile("202308313302060038"));
    }
}

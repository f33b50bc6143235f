//! Numbers of buildings, units and rooms, which people write in many ways.

/// Words around a number that say what it is of.
const WORDS: [&str; 11] = ["号楼", "单元", "号", "栋", "幢", "座", "楼", "室", "房", "门", "#"];

/// A number of a building, unit or room in one form: `3号楼`, `第3栋`, `三幢` and `3#` are `3`, `0301室` is `301`, `a座` is
/// `A`. What is more than a number keeps its words, without spaces: `东区3栋` is `东区3`.
pub fn plain_number(text: &str) -> String {
    let mut text: String = text.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_uppercase).collect();
    while let Some(shorter) = WORDS.iter().find_map(|word| text.strip_suffix(word)).filter(|rest| !rest.is_empty()) {
        text = shorter.to_owned();
    }
    let bare = text.strip_prefix('第').filter(|rest| !rest.is_empty()).unwrap_or(&text);
    if let Some(number) = chinese(bare) {
        return number.to_string();
    }
    let digits = bare.bytes().all(|byte| byte.is_ascii_digit());
    let short = if digits { bare.trim_start_matches('0') } else { bare };
    if short.is_empty() { bare.to_owned() } else { short.to_owned() }
}

/// 一 to 九十九.
fn chinese(text: &str) -> Option<u32> {
    let one = |text: &str| "一二三四五六七八九".chars().zip(1..).find(|(c, _)| text.chars().eq([*c])).map(|(_, n)| n);
    match text.split_once('十') {
        None => one(text),
        Some((tens, ones)) => {
            let tens = if tens.is_empty() { 1 } else { one(tens)? };
            Some(tens * 10 + if ones.is_empty() { 0 } else { one(ones)? })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::plain_number;

    #[test]
    fn one_number_has_one_form() {
        for (texts, form) in [
            (&["3", "3号楼", " 3 栋", "03幢", "第3栋", "三号楼", "3#", "3号"][..], "3"),
            (&["12单元", "十二单元", "12"], "12"),
            (&["二十", "20栋"], "20"),
            (&["301", "0301室", "301房", "301号"], "301"),
            (&["a座", "A 栋", "A"], "A"),
            (&["东区3栋", "东区 3号楼"], "东区3"),
            (&["0"], "0"),
            (&["栋"], "栋"),
            (&[""], ""),
            (&["1-302", "1-302室"], "1-302"),
        ] {
            for text in texts {
                assert_eq!(plain_number(text), form, "{text}");
            }
        }
        assert_ne!(plain_number("3栋A"), plain_number("3栋B"));
        assert_ne!(plain_number("31"), plain_number("301"));
    }
}

//! Metro lines (地铁线路), as names of stations tell them: `4号线 10号线 海淀黄庄站`, `31 号线 云岚路站`.

/// A station this near, in metres as the crow flies, puts a home on its lines: a quarter of an hour on foot.
pub const REACH: i32 = 1_000;

/// The lines in the name of a station, each as `12 号线` or `机场线`; none where it names none.
pub fn lines(station: &str) -> Vec<String> {
    let apart = |c: char| c.is_whitespace() || "/／、,，;；·|()（）".contains(c);
    let mut lines: Vec<String> = Vec::new();
    let mut number = "";
    for word in station.split(apart).filter(|word| !word.is_empty()) {
        let digits = word.bytes().take_while(u8::is_ascii_digit).count();
        let (own, rest) = word.split_at(digits);
        // `12 号线` in two words.
        let digits = if own.is_empty() { number } else { own };
        number = if rest.is_empty() { own } else { "" };
        let line = match rest.find("线").map(|at| rest.split_at(at + "线".len()).0) {
            Some("号线" | "线") if (1..=4).contains(&digits.len()) => format!("{digits} 号线"),
            Some(name) if own.is_empty() && (3..=10).contains(&name.chars().count()) => name.to_owned(),
            _ => continue,
        };
        if !lines.contains(&line) {
            lines.push(line);
        }
    }
    lines
}

/// The number of a line; none for those with a name.
pub fn number(line: &str) -> Option<u32> {
    line.strip_suffix(" 号线")?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_read_from_names_of_stations() {
        for (station, found) in [
            ("31 号线 云岚路站", &["31 号线"][..]),
            ("4号线/10号线 海淀黄庄站", &["4 号线", "10 号线"]),
            ("2号线、机场线 东直门", &["2 号线", "机场线"]),
            ("东直门（2号线）", &["2 号线"]),
            ("9号线9号线 徐家汇", &["9 号线"]),
            ("云岚路站", &[]),
            ("31 云岚路站", &[]),
            ("号线", &[]),
            ("", &[]),
            ("99999 号线 x", &[]),
            ("一条名字长得谁也记不住的线 x", &[]),
        ] {
            assert_eq!(lines(station), found, "{station}");
        }
        assert_eq!((number("12 号线"), number("机场线"), number("支 号线")), (Some(12), None, None));
    }
}

//! Short phrases of house hunters, taken apart into conditions: `浦东 两居 100-150万 满五`.
//!
//! Only what is certain becomes a condition; everything else stays text, for the places to look at.

/// What was found in a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Phrase {
    /// Conditions as field and value, as [`super::Filter::read`] takes them.
    pub conditions: Vec<(&'static str, String)>,
    /// What is left, word by word.
    pub words: Vec<String>,
}

/// Takes a text apart.
pub fn read_phrase(text: &str) -> Phrase {
    let mut phrase = Phrase::default();
    for chunk in text.split(|c: char| c.is_whitespace() || "，,、；;。|".contains(c)).filter(|c| !c.is_empty()) {
        let chars: Vec<char> = chunk.chars().map(narrow).collect();
        let (mut at, mut word) = (0, String::new());
        while at < chars.len() {
            let rest = &chars[at..];
            let fresh = word.is_empty() || !rest[0].is_ascii_alphanumeric();
            match fresh.then(|| number(rest).or_else(|| known_word(rest))).flatten() {
                Some((conditions, used)) => {
                    keep(&mut phrase.words, &mut word);
                    phrase.conditions.extend(conditions);
                    at += used;
                }
                None => {
                    word.push(chars[at]);
                    at += 1;
                }
            }
        }
        keep(&mut phrase.words, &mut word);
    }
    phrase
}

type Found = (Vec<(&'static str, String)>, usize);

/// Words with one meaning, longest first where one begins another.
const WORDS: &[(&str, &str, &str)] = &[
    ("满五唯一", "tag", "over_five_only"),
    ("满5唯一", "tag", "over_five_only"),
    ("满五年", "tag", "over_five"),
    ("满五", "tag", "over_five"),
    ("满5", "tag", "over_five"),
    ("满两年", "tag", "over_two"),
    ("满二", "tag", "over_two"),
    ("满两", "tag", "over_two"),
    ("满2", "tag", "over_two"),
    ("家庭唯一", "tag", "only_home"),
    ("唯一", "tag", "only_home"),
    ("新上架", "tag", "new"),
    ("新上", "tag", "new"),
    ("降价", "tag", "cut"),
    ("有核验码", "tag", "verified"),
    ("随时可看", "tag", "any_time"),
    ("低于小区中位价", "tag", "below_median"),
    ("毛坯", "decoration", "rough"),
    ("简装", "decoration", "simple"),
    ("精装修", "decoration", "fine"),
    ("精装", "decoration", "fine"),
    ("豪装", "decoration", "luxury"),
    ("电梯房", "elevator", "yes"),
    ("有电梯", "elevator", "yes"),
    ("带电梯", "elevator", "yes"),
    ("无电梯", "elevator", "no"),
    ("南北通透", "facing", "sn"),
    ("朝南", "facing", "s"),
    ("南向", "facing", "s"),
    ("朝北", "facing", "n"),
    ("朝东南", "facing", "se"),
    ("朝东", "facing", "e"),
    ("朝西", "facing", "w"),
    ("低楼层", "floor", "low"),
    ("中楼层", "floor", "middle"),
    ("高楼层", "floor", "high"),
    ("顶楼", "floor", "top"),
    ("顶层", "floor", "top"),
    ("近地铁", "metro_max", "800"),
    ("地铁房", "metro_max", "800"),
    ("近学校", "school_max", "800"),
    ("商品房", "ownership", "commodity"),
    ("别墅", "usage", "villa"),
    ("开间", "kind", "studio"),
    ("复式", "kind", "duplex"),
    ("跃层", "kind", "maisonette"),
];

fn known_word(rest: &[char]) -> Option<Found> {
    WORDS
        .iter()
        .filter(|(word, ..)| starts_with(rest, word))
        .max_by_key(|(word, ..)| word.chars().count())
        .map(|(word, field, value)| (vec![(*field, (*value).to_owned())], word.chars().count()))
}

/// A number with its unit: rooms, a price in 万, an area in ㎡, a unit price; alone or as a range.
fn number(rest: &[char]) -> Option<Found> {
    if let Some((rooms, used)) = numeral(rest)
        && rooms <= 99
    {
        for unit in ["居室", "居", "室", "房"] {
            if starts_with(&rest[used..], unit) {
                let mut end = used + unit.chars().count();
                // 两室一厅: halls and baths are told in passing and do not narrow.
                while let Some((_, n)) = numeral(&rest[end..]) {
                    match rest.get(end + n) {
                        Some('厅' | '厨' | '卫') => end += n + 1,
                        _ => break,
                    }
                }
                return Some((vec![("rooms", rooms.to_string())], end));
            }
        }
    }
    let (low, mut at) = digits(rest)?;
    let first_unit = unit(&rest[at..]);
    let mut high = None;
    let dash = at + first_unit.map_or(0, |(_, n)| n);
    if matches!(rest.get(dash), Some('-' | '~' | '—' | '–' | '到' | '至'))
        && let Some((value, used)) = digits(&rest[dash + 1..])
    {
        high = Some(value);
        at = dash + 1 + used;
    }
    let ((min, max), used) = unit(&rest[at..]).or(first_unit.filter(|_| high.is_some()).map(|(u, _)| (u, 0)))?;
    at += used;
    let bound = |field: &'static str, value: i64| (field, value.to_string());
    if let Some(high) = high {
        return Some((vec![bound(min, low.min(high)), bound(max, low.max(high))], at));
    }
    for (words, most) in [(["以下", "以内", "内", "封顶"], true), (["以上", "起", "往上", "+"], false)] {
        for word in words {
            if starts_with(&rest[at..], word) {
                let field = if most { max } else { min };
                return Some((vec![bound(field, low)], at + word.chars().count()));
            }
        }
    }
    if starts_with(&rest[at..], "左右") {
        at += 2;
    }
    // A single figure means about that much: a tenth to either side.
    Some((vec![bound(min, low - low / 10), bound(max, low + low / 10)], at))
}

/// The fields a unit speaks of, and its length.
fn unit(rest: &[char]) -> Option<((&'static str, &'static str), usize)> {
    const UNITS: &[(&str, (&str, &str))] = &[
        ("元/平米", ("unit_min", "unit_max")),
        ("元/㎡", ("unit_min", "unit_max")),
        ("元/平", ("unit_min", "unit_max")),
        ("万元", ("price_min", "price_max")),
        ("万", ("price_min", "price_max")),
        ("w", ("price_min", "price_max")),
        ("平方米", ("area_min", "area_max")),
        ("平方", ("area_min", "area_max")),
        ("平米", ("area_min", "area_max")),
        ("平", ("area_min", "area_max")),
        ("㎡", ("area_min", "area_max")),
        ("m2", ("area_min", "area_max")),
    ];
    UNITS.iter().find(|(word, _)| starts_with(rest, word)).map(|(word, fields)| (*fields, word.chars().count()))
}

fn digits(rest: &[char]) -> Option<(i64, usize)> {
    let used = rest.iter().take_while(|c| c.is_ascii_digit()).count();
    let value = rest[..used].iter().collect::<String>().parse().ok().filter(|v| *v <= 100_000_000)?;
    Some((value, used))
}

/// A small number in digits or in Chinese.
fn numeral(rest: &[char]) -> Option<(i64, usize)> {
    let value = match rest.first()? {
        '一' => 1,
        '二' | '两' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        _ => return digits(rest),
    };
    Some((value, 1))
}

fn starts_with(rest: &[char], word: &str) -> bool {
    let mut rest = rest.iter();
    word.chars().all(|c| rest.next() == Some(&c))
}

/// Full-width letters and digits as people's input methods leave them.
fn narrow(c: char) -> char {
    match c {
        '！'..='～' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        _ => c,
    }
    .to_ascii_lowercase()
}

fn keep(words: &mut Vec<String>, word: &mut String) {
    if !word.is_empty() {
        words.push(std::mem::take(word));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn found(text: &str) -> (String, String) {
        let phrase = read_phrase(text);
        let conditions: Vec<String> = phrase.conditions.iter().map(|(f, v)| format!("{f}={v}")).collect();
        (conditions.join(" "), phrase.words.join(" "))
    }

    #[test]
    fn a_phrase_becomes_conditions_and_places() {
        let both = ("rooms=2 price_min=100 price_max=150 tag=over_five".to_owned(), "浦东".to_owned());
        assert_eq!(found("浦东 两居 100-150万 满五"), both);
        assert_eq!(found("浦东两居100-150万满五"), both);
        assert_eq!(found("浦东，２居，１００－１５０万，满五"), both);
    }

    #[test]
    fn numbers_are_read_with_their_units() {
        assert_eq!(found("300万以内").0, "price_max=300");
        assert_eq!(found("300万以上").0, "price_min=300");
        assert_eq!(found("300万左右").0, "price_min=270 price_max=330");
        assert_eq!(found("80-100平").0, "area_min=80 area_max=100");
        assert_eq!(found("200万-300万").0, "price_min=200 price_max=300");
        assert_eq!(found("30000元/平以下").0, "unit_max=30000");
        assert_eq!(found("三室两厅一卫 近地铁").0, "rooms=3 metro_max=800");
    }

    #[test]
    fn names_with_numbers_stay_names() {
        assert_eq!(found("金地88号").1, "金地88号");
        assert_eq!(found("龙湖长城源著2号院"), (String::new(), "龙湖长城源著2号院".to_owned()));
        assert_eq!(found("hmyt").1, "hmyt");
        assert_eq!(found("一品苑"), (String::new(), "一品苑".to_owned()));
        assert_eq!(found("满五唯一").0, "tag=over_five_only");
    }

    proptest! {
        #[test]
        fn any_text_is_taken_apart_without_panic(text in "\\PC{0,64}|[0-9两室厅万平满五-]{0,30}") {
            let phrase = read_phrase(&text);
            prop_assert!(phrase.words.iter().all(|w| !w.is_empty()));
        }
    }
}

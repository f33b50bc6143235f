//! Directions (朝向), apart (`东南 北`) or run together (`东南北`).
//!
//! Run together, a text can often be cut in several ways: `东南北` is 东南 + 北 or 东 + 南 + 北. No direction is
//! named twice, which settles many (`东南南` is 东南 + 南). Where several cuts remain, the single sides are taken
//! and the reading is marked as ambiguous: in a file that keeps directions apart, of nineteen homes whose
//! directions would run together so, fifteen named single sides, and a home that a search for 南 finds wrongly is
//! found out sooner than one it misses. Two characters that are a direction of their own (`东南`) are that one.

use super::{Reading, read};
use domain::listing::Facing;

/// Directions, and whether they can be read otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FacingRead {
    /// The directions.
    pub facing: Facing,
    /// Whether the text can be cut in other ways.
    pub ambiguous: bool,
}

/// The longest run of directions that is cut.
const RUN: usize = 16;

/// Directions: `南 北`, `南北通透`, `朝南`, `东南北`, `South North`, `s,n`.
pub fn facing(text: &str) -> Reading<FacingRead> {
    read(text, |text| {
        let mut whole = FacingRead { facing: Facing::default(), ambiguous: false };
        for word in text.split([' ', ',', '/', '|', '+', ';']).filter(|w| !w.is_empty()) {
            let one = match latin(word) {
                Some(facing) => FacingRead { facing, ambiguous: false },
                None => run(word)?,
            };
            whole.facing = whole.facing.with(one.facing);
            whole.ambiguous |= one.ambiguous;
        }
        (!whole.facing.is_empty()).then_some(whole)
    })
}

/// Directions as a person reads them: `南 北 东 (S,N,E)`.
pub fn shown(facing: Facing) -> String {
    const WORDS: [&str; 8] = ["南", "北", "东", "西", "东南", "西南", "东北", "西北"];
    let words: Vec<&str> = Facing::DIRECTIONS
        .iter()
        .zip(WORDS)
        .filter(|((_, one), _)| facing.contains(*one))
        .map(|(_, word)| word)
        .collect();
    format!("{} ({})", words.join(" "), facing.to_string().to_uppercase())
}

fn latin(word: &str) -> Option<Facing> {
    if !word.is_ascii() || word.len() > 10 {
        return None;
    }
    let code = match word.to_ascii_lowercase().replace('-', "").as_str() {
        "south" | "s" => "s",
        "north" | "n" => "n",
        "east" | "e" => "e",
        "west" | "w" => "w",
        "southeast" | "se" => "se",
        "southwest" | "sw" => "sw",
        "northeast" | "ne" => "ne",
        "northwest" | "nw" => "nw",
        _ => return None,
    };
    Facing::parse(code)
}

fn run(word: &str) -> Option<FacingRead> {
    let word = ["坐北朝", "坐南朝", "坐东朝", "坐西朝", "朝"]
        .iter()
        .find_map(|p| word.strip_prefix(p))
        .unwrap_or(word)
        .trim_end_matches("通透")
        .trim_end_matches(['向', '朝', '面', '通']);
    let mut sides = [' '; RUN];
    let mut n = 0;
    for c in word.chars() {
        if n == RUN || !"东南西北".contains(c) {
            return None;
        }
        sides[n] = c;
        n += 1;
    }
    let sides = &sides[..n];
    if let [a, b] = *sides
        && let Some(pair) = pair(a, b)
    {
        return Some(FacingRead { facing: pair, ambiguous: false });
    }
    let mut cuts = Cuts { first: None, singles: None, several: false };
    cuts.walk(sides, Facing::default(), true);
    let first = cuts.first.unwrap_or_else(|| longest(sides));
    let facing = if cuts.several { cuts.singles.unwrap_or(first) } else { first };
    (n > 0).then_some(FacingRead { facing, ambiguous: cuts.several || cuts.first.is_none() })
}

/// The ways to cut a run without naming a direction twice.
struct Cuts {
    first: Option<Facing>,
    singles: Option<Facing>,
    several: bool,
}

impl Cuts {
    fn walk(&mut self, sides: &[char], taken: Facing, only_singles: bool) {
        let [a, rest @ ..] = sides else {
            self.several |= self.first.is_some_and(|f| f != taken);
            self.first.get_or_insert(taken);
            if only_singles {
                self.singles = Some(taken);
            }
            return;
        };
        let free = |one: Facing| !one.is_empty() && !taken.contains(one);
        if let [b, rest @ ..] = rest
            && let Some(one) = pair(*a, *b).filter(|p| free(*p))
        {
            self.walk(rest, taken.with(one), false);
        }
        let one = single(*a);
        if free(one) {
            self.walk(rest, taken.with(one), only_singles);
        }
    }
}

/// The cut that takes a two-sided direction wherever it can, for runs that name something twice anyway.
fn longest(sides: &[char]) -> Facing {
    match sides {
        [a, b, rest @ ..] if pair(*a, *b).is_some() => pair(*a, *b).unwrap_or_default().with(longest(rest)),
        [a, rest @ ..] => single(*a).with(longest(rest)),
        [] => Facing::default(),
    }
}

fn single(c: char) -> Facing {
    let code = match c {
        '南' => "s",
        '北' => "n",
        '东' => "e",
        _ => "w",
    };
    Facing::parse(code).unwrap_or_default()
}

/// The direction two characters name; the compass words begin with 东 or 西.
fn pair(a: char, b: char) -> Option<Facing> {
    let code = match (a, b) {
        ('东', '南') => "se",
        ('西', '南') => "sw",
        ('东', '北') => "ne",
        ('西', '北') => "nw",
        _ => return None,
    };
    Facing::parse(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn directions_are_read_and_doubt_is_told() {
        for (text, codes, ambiguous) in [
            ("南", "s", false),
            ("南 北", "s,n", false),
            ("南北", "s,n", false),
            ("北南", "s,n", false),
            ("南北通透", "s,n", false),
            ("坐北朝南", "s", false),
            ("朝东南", "se", false),
            ("东南", "se", false),
            ("南东", "s,e", false),
            ("东西", "e,w", false),
            ("东南 南", "s,se", false),
            ("东南南", "s,se", false),
            ("南西南", "s,sw", false),
            ("东 南 西 北", "s,n,e,w", false),
            ("东 东南 南 西南 西", "s,e,w,se,sw", false),
            ("东东南南西南西", "s,e,w,se,sw", false),
            ("东南北", "s,n,e", true),
            ("南西北", "s,n,w", true),
            ("东南西北", "s,n,e,w", true),
            ("东北东北", "n,e,ne", false),
            ("东南西南", "se,sw", true),
            ("南,北", "s,n", false),
            ("South North", "s,n", false),
            ("SE", "se", false),
        ] {
            let expected = FacingRead { facing: Facing::parse(codes).expect("codes"), ambiguous };
            assert_eq!(facing(text), Reading::Known(expected), "{text}");
        }
        for text in ["上", "南楼", "东方财富", "3室", "up", &"东".repeat(17)] {
            assert_eq!(facing(text), Reading::Unreadable, "{text}");
        }
        assert_eq!(facing("暂无数据"), Reading::Unknown);
    }

    #[test]
    fn directions_are_shown_in_both_languages() {
        assert_eq!(facing("东南北").known().map(|f| shown(f.facing)).as_deref(), Some("南 北 东 (S,N,E)"));
    }

    #[test]
    fn runs_that_repeat_a_direction_are_still_read() {
        assert_eq!(facing("南南").known().map(|f| f.ambiguous), Some(true));
    }
}

//! Invented names: communities by the fashion of their time, roads, stations and schools.

use super::building::Kind;
use super::dice::Dice;
use std::collections::HashSet;

const FIRST: [&str; 32] = [
    "云", "晴", "翠", "兰", "枫", "桂", "梧", "竹", "松", "澜", "汀", "沁", "静", "和", "瑞", "嘉", "明", "景", "雅",
    "泰", "安", "永", "锦", "秀", "碧", "紫", "怡", "逸", "清", "望", "听", "映",
];
const SECOND: [&str; 24] = [
    "庭", "舟", "川", "岚", "溪", "屿", "桥", "林", "亭", "台", "泽", "朗", "宁", "悦", "华", "馨", "韵", "晖", "月",
    "波", "岸", "枝", "舍", "原",
];
const FRONT: [&str; 10] = ["滨江", "东方", "新北", "南苑", "江南", "春江", "临水", "香樟", "晨光", "金色"];

fn endings(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Lane => &["里", "坊", "邨", "弄"],
        Kind::Village => &["新村", "小区", "一村", "二村", "三村", "里", "公寓"],
        Kind::Estate => &["苑", "花园", "公寓", "家园", "雅苑", "名苑", "新苑", "城"],
        Kind::Modern => &["府", "庭", "邸", "雅庭", "华庭", "名邸", "湾", "公馆", "园"],
        Kind::Loft => &["大厦", "中心", "公寓", "广场"],
        Kind::Villa(_) => &["别墅", "墅", "庄园", "苑"],
    }
}

/// Two characters that go together.
pub(super) fn stem(dice: &mut Dice) -> String {
    format!("{}{}", dice.pick(&FIRST), dice.pick(&SECOND))
}

/// A community's name that none of `taken` has; put among them.
pub(super) fn community(dice: &mut Dice, circle: &str, kind: Kind, taken: &mut HashSet<String>) -> String {
    loop {
        let (stem, ending) = (stem(dice), dice.pick(endings(kind)));
        // Two to five characters.
        let name = match (dice.below(100), circle.chars().count(), ending.chars().count()) {
            (0..12, 2, 2) => format!("{circle}{ending}"),
            (0..25, 2, 1) => format!("{circle}{stem}{ending}"),
            (25..55, _, 1) => format!("{}{stem}{ending}", dice.pick(&FRONT)),
            _ => format!("{stem}{ending}"),
        };
        let doubled = name.chars().zip(name.chars().skip(1)).any(|(a, b)| a == b);
        if !doubled && taken.insert(name.clone()) {
            return name;
        }
    }
}

/// A road, such as `晴川路`.
pub(super) fn road(dice: &mut Dice) -> String {
    let side = dice.weighted(&[("", 80), ("东", 5), ("西", 5), ("南", 5), ("北", 5)]);
    format!("{}{side}路", stem(dice))
}

/// A school, such as `云岚实验小学`.
pub(super) fn school(dice: &mut Dice) -> String {
    format!("{}{}", stem(dice), dice.pick(&["小学", "实验小学", "路小学", "中学", "实验学校"]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_never_repeat_and_stay_short() {
        let (mut dice, mut taken) = (Dice::new(3, 0, "names"), HashSet::new());
        for _ in 0..4_000 {
            let name = community(&mut dice, "花木", Kind::Estate, &mut taken);
            assert!((3..=5).contains(&name.chars().count()), "{name}");
        }
        assert_eq!(taken.len(), 4_000);
    }
}

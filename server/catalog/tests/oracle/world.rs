//! Cities full of made-up homes, the same for the same seed.

use catalog::{CommunityPlace, Place, Places, Row};
use chrono::{Days, NaiveDate};
use domain::listing::{
    BuildingType, Decoration, Facing, FloorBand, Heating, HoldingBand, LayoutKind, Ownership, Structure, Usage,
};
use domain::{Area, Fen, Slug};

/// Numbers that look random.
pub struct Dice(pub u64);

impl Dice {
    pub fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (z ^ (z >> 31)) % limit.max(1)
    }

    pub fn one<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len() as u64) as usize]
    }

    pub fn chance(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    fn maybe<T: Copy>(&mut self, percent: u64, of: &[T]) -> Option<T> {
        self.chance(percent).then(|| *self.one(of))
    }
}

pub fn slug(text: &str) -> Slug {
    Slug::parse(text).expect("a slug")
}

pub fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

/// The day of the tests.
pub fn today() -> NaiveDate {
    day("2026-11-24")
}

fn place(slug_text: String, name: String) -> Place {
    Place { slug: slug(&slug_text), name }
}

const FIRST: [&str; 24] = [
    "万科", "海明", "滨江", "金色", "绿地", "龙湖", "阳光", "东方", "世纪", "江南", "翠湖", "紫金", "中海", "华润",
    "保利", "星河", "银泰", "南都", "香榭", "梧桐", "A", "City", "88号", "一品",
];
const LAST: [&str; 16] = [
    "苑", "花园", "城", "府", "2期", "雅苑", "新村", "里", "公馆", "名邸", "一期", "Park", "家园", "天地", "湾",
    "大厦",
];

/// Metro lines a city has.
const LINES: u32 = 5;

/// Cities with their districts, circles and communities; slugs of districts and circles repeat between cities.
pub fn places(dice: &mut Dice, cities: usize, districts: usize, circles: usize, communities: usize) -> Places {
    let mut places = Places::default();
    for city in 0..cities {
        places.cities.push(place(format!("city{city}"), format!("城{city}")));
        for district in 0..districts {
            let at = places.districts.len() as u32;
            let end = *dice.one(&["区", "新区", "县"]);
            places.districts.push((place(format!("d{district}"), format!("东{district}{end}")), city as u32));
            for circle in 0..circles {
                let slug = format!("c{district}-{circle}");
                places.circles.push((place(slug, format!("商圈{circle}")), at));
            }
        }
    }
    for city in 0..cities as u32 {
        // The same numbers in every city.
        let lines = (1..=LINES).map(|n| (place(format!("{n}haoxian"), format!("{n} 号线")), city));
        places.lines.extend(lines);
    }
    for n in 0..communities {
        let name = format!("{}{}", dice.one(&FIRST), dice.one(&LAST));
        let number = dice.below(1_000);
        let distance = |dice: &mut Dice| {
            let round = *dice.one(&[500, 800, 1200, 2000]);
            let any = dice.below(3_000) as i32;
            dice.maybe(80, &[round, any, any])
        };
        let (metro, school) = (distance(dice), distance(dice));
        let first = (n % cities.max(1)) as u32 * LINES;
        let lines = (first..first + LINES).filter(|_| dice.chance(20)).collect();
        places.communities.push(CommunityPlace {
            place: place(format!("x{}", n / cities.max(1)), name),
            aliases: if dice.chance(20) { vec![format!("老{}", dice.one(&FIRST))] } else { Vec::new() },
            pinyin: format!("{}{number}", dice.one(&["wanke", "haiming", "binjiang", "jinse"])),
            initials: format!("{}{number}", dice.one(&["wk", "hm", "bj", "js"])),
            // Communities with the same slug lie in different cities.
            circle: ((n % cities.max(1)) * districts * circles) as u32
                + dice.below((districts * circles) as u64) as u32,
            lines,
            metro,
            school,
        });
    }
    places
}

/// A home with facts that often lie on the borders of ranges.
pub fn row(dice: &mut Dice, id: i64, communities: usize) -> Row {
    let wan = *dice.one(&[80, 100, 101, 150, 200, 239, 300, 499, 500, 501, 750, 1000, 2500]);
    let price = Fen(wan * Fen::WAN + if dice.chance(40) { dice.below(90_000_000) as i64 } else { 0 });
    let area = Area(
        (*dice.one(&[45, 50, 70, 89, 90, 110, 140, 200, 380]) * 100)
            + if dice.chance(50) { dice.below(2_000) as i32 } else { 0 },
    );
    let cut = *dice.one(&[0, 0, 0, 1, 3, 5, 10, 12, 4]);
    let first_price = match dice.below(10) {
        0 => Fen(price.0 - price.0 / 50),
        1 => Fen(price.0 + dice.below(50_000_000) as i64),
        _ => Fen(price.0 / (100 - cut) * 100),
    };
    let back = |dice: &mut Dice, most: u64| today() - Days::new(dice.below(most));
    let date = |dice: &mut Dice, percent: u64| dice.chance(percent).then(|| back(dice, 365 * 8));
    let listed_on = if dice.chance(30) { back(dice, 10) } else { back(dice, 400) };
    let market_on = if dice.chance(70) { listed_on } else { listed_on - Days::new(dice.below(200)) };
    let sides = [1, 2, 3, 1 | 4, 16, 1 | 2 | 4 | 8, 128, 0];
    Row {
        id,
        community: dice.below(communities as u64) as u32,
        price,
        first_price,
        area_built: area,
        area_inner: dice.chance(40).then_some(Area(area.0 * 8 / 10)),
        rooms: dice.maybe(90, &[0, 1, 2, 2, 2, 3, 3, 3, 4, 5, 6]),
        facing: Facing::from_bits(*dice.one(&sides)),
        floor: dice.maybe(85, FloorBand::ALL),
        built_year: dice.maybe(80, &[1985, 1998, 2006, 2010, 2011, 2015, 2016, 2021, 2024, 2026]),
        decoration: dice.maybe(85, Decoration::ALL),
        elevator: dice.maybe(80, &[true, true, false]),
        heating: dice.maybe(30, Heating::ALL),
        building: dice.maybe(80, BuildingType::ALL),
        structure: dice.maybe(70, Structure::ALL),
        kind: dice.maybe(70, LayoutKind::ALL),
        ownership: dice.maybe(90, Ownership::ALL),
        usage: dice.maybe(90, Usage::ALL),
        certificate_on: date(dice, 40),
        deed_tax_on: date(dice, 20),
        holding_stated: dice.maybe(40, HoldingBand::ALL),
        last_sale: date(dice, 50),
        only_home: dice.maybe(60, &[true, false]),
        any_time: dice.chance(30),
        verified: dice.chance(60),
        photos: dice.chance(80),
        listed_on,
        market_on,
    }
}

pub fn rows(dice: &mut Dice, len: usize, communities: usize) -> Vec<Row> {
    if communities == 0 {
        return Vec::new();
    }
    (0..len as i64).map(|id| row(dice, id * 3 + 1, communities)).collect()
}

/// Fields and values as addresses hold them, and some that match nothing.
pub fn condition(dice: &mut Dice) -> Vec<(String, String)> {
    let pair = |field: &str, value: String| vec![(field.to_owned(), value)];
    let code = |field: &str, codes: &[&str], dice: &mut Dice| pair(field, (*dice.one(codes)).to_owned());
    let range = |field: &str, ends: &[i64], dice: &mut Dice| {
        let (a, b) = (*dice.one(ends), *dice.one(ends));
        let (min, max) = (a.min(b).to_string(), a.max(b).to_string());
        let mut pairs = pair(&format!("{field}_min"), min);
        pairs.extend(pair(&format!("{field}_max"), max));
        match dice.below(3) {
            0 => pairs.truncate(1),
            1 => drop(pairs.remove(0)),
            _ => {}
        }
        pairs
    };
    match dice.below(28) {
        0 | 1 => pair("city", format!("city{}", dice.below(4))),
        2 => pair("district", format!("d{}", dice.below(4))),
        3 => pair("circle", format!("c{}-{}", dice.below(3), dice.below(3))),
        4 => pair("community", format!("x{}", dice.below(12))),
        5 => code("rooms", &["0", "1", "2", "3", "4", "5"], dice),
        6 => code("basis", &["inner", "built"], dice),
        7 => code("facing", &["sn", "s", "n", "e", "se", "nw"], dice),
        8 => code("floor", &["basement", "ground", "low", "middle", "high", "top"], dice),
        9 => code("decoration", &["rough", "simple", "fine", "luxury"], dice),
        10 => code("elevator", &["yes", "no"], dice),
        11 => code("heating", &["central", "own", "none"], dice),
        12 => code("building", &["slab", "tower", "bungalow", "terraced_villa"], dice),
        13 => code("structure", &["reinforced_concrete", "frame", "steel"], dice),
        14 => code("kind", &["flat", "duplex", "studio"], dice),
        15 => code("ownership", &["commodity", "affordable", "military", "use_right"], dice),
        16 => code("usage", &["residence", "villa", "office"], dice),
        17 => code("holding", &["under_two", "over_two", "over_five"], dice),
        18 => {
            let tags = domain::listing::Tag::ALL;
            pair("tag", dice.one(tags).to_string())
        }
        19 => range("price", &[80, 100, 101, 150, 239, 300, 500, 750, 1000, 2600], dice),
        20 => range("unit", &[5_000, 10_000, 20_000, 25_000, 30_000, 50_000, 80_000], dice),
        21 => range("area", &[45, 50, 70, 90, 91, 110, 140, 200, 400], dice),
        22 => range("age", &[0, 1, 5, 10, 11, 15, 20, 28], dice),
        23 => range("days", &[0, 1, 2, 7, 30, 90, 180, 300], dice),
        24 => range("cut", &[0, 1, 3, 4, 5, 10, 12], dice),
        25 => range(["metro", "school"][dice.below(2) as usize], &[400, 500, 800, 1200, 1500, 2000], dice),
        26 => pair("line", format!("{}haoxian", 1 + dice.below(6))),
        _ => code("q", &["万科", "苑", "2期", "wan", "hm", "城1", "东", "商圈1 花", "city", "88", "无此", "A"], dice),
    }
}

pub const SORTS: [&str; 9] = ["newest", "price", "-price", "unit", "-unit", "-area", "area", "cut", "value"];

/// A filter of a few conditions and an order, as a reader of addresses would make it.
pub fn filter(dice: &mut Dice, conditions: usize) -> domain::listing::Filter {
    let mut pairs: Vec<_> = (0..conditions).flat_map(|_| condition(dice)).collect();
    pairs.push(("sort".to_owned(), (*dice.one(&SORTS)).to_owned()));
    domain::listing::Filter::read(pairs.iter().map(|(field, value)| (field.as_str(), value.as_str()))).filter
}

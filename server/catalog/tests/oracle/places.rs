//! Places are found by every part of what people call them.

use crate::world::{self, Dice, slug};
use catalog::{Catalog, CommunityPlace, Place, Places};
use domain::listing::Filter;
use domain::place::Level;

fn place(slug_text: &str, name: &str) -> Place {
    Place { slug: slug(slug_text), name: name.to_owned() }
}

fn community(slug_text: &str, name: &str, pinyin: &str, initials: &str, circle: u32) -> CommunityPlace {
    let place = place(slug_text, name);
    CommunityPlace {
        place,
        aliases: Vec::new(),
        pinyin: pinyin.to_owned(),
        initials: initials.to_owned(),
        circle,
        lines: Vec::new(),
        metro: None,
        school: None,
    }
}

/// Two cities that share names.
fn small() -> Catalog {
    let mut haiming = community("haiming", "海明苑", "haimingyuan", "hmy", 0);
    haiming.aliases.push("老海明".to_owned());
    let places = Places {
        cities: vec![place("shanghai", "上海"), place("ningbo", "宁波")],
        districts: vec![
            (place("pudong", "浦东新区"), 0),
            (place("yinzhou", "鄞州区"), 1),
            (place("jiangbei", "江北区"), 1),
            (place("xinqu", "新区"), 0),
        ],
        circles: vec![(place("lujiazui", "陆家嘴"), 0), (place("wanda", "万达"), 1), (place("wanda", "万达"), 0)],
        lines: vec![
            (place("2haoxian", "2 号线"), 0),
            (place("2haoxian", "2 号线"), 1),
            (place("jichangxian", "机场线"), 1),
        ],
        communities: vec![
            haiming,
            community("huamao", "华茂园", "huamaoyuan", "hmy", 1),
            community("huamei", "华美园", "huameiyuan", "hmy", 1),
            community("yinzhou-yuan", "鄞州", "yinzhou", "yz", 1),
            community("wanke-2", "万科2期", "wanke2qi", "wk2q", 2),
        ],
    };
    Catalog::build(places, Vec::new(), world::today())
}

#[test]
fn a_word_names_a_metro_line_with_or_without_a_space() {
    let catalog = small();
    let found = |city: Option<&str>, word: &str| {
        let (line, city) = catalog.exact_line(city.map(slug).as_ref(), word)?;
        Some(format!("{line} {city}"))
    };
    assert_eq!(found(Some("ningbo"), "2号线").as_deref(), Some("2haoxian ningbo"));
    assert_eq!(found(Some("shanghai"), "2 号线").as_deref(), Some("2haoxian shanghai"));
    assert_eq!(found(None, "机场线").as_deref(), Some("jichangxian ningbo"));
    for (city, word) in [(None, "2号线"), (Some("ningbo"), "号线"), (Some("beijing"), "2号线"), (None, "")] {
        assert_eq!(found(city, word), None, "{word}");
    }
}

#[test]
fn a_word_names_a_place_only_where_it_is_certain() {
    let catalog = small();
    let found = |city: Option<&str>, word: &str| {
        let (level, place, city) = catalog.exact_place(city.map(slug).as_ref(), word)?;
        Some(format!("{level} {place} {city}"))
    };
    let is = |text: &str| Some(text.to_owned());
    assert_eq!(found(None, "浦东新区"), is("district pudong shanghai"));
    assert_eq!(found(None, "浦东"), is("district pudong shanghai"));
    assert_eq!(found(Some("ningbo"), "浦东"), None);
    // The district goes before the community of the same name.
    assert_eq!(found(None, "鄞州"), is("district yinzhou ningbo"));
    assert_eq!(found(Some("ningbo"), "江北"), is("district jiangbei ningbo"));
    assert_eq!(found(None, "新区"), is("district xinqu shanghai"));
    assert_eq!(found(None, "万达"), None);
    assert_eq!(found(Some("ningbo"), "万达"), is("circle wanda ningbo"));
    assert_eq!(found(None, "老海明"), is("community haiming shanghai"));
    assert_eq!(found(None, "HaiMingYuan"), is("community haiming shanghai"));
    assert_eq!(found(Some("shanghai"), "hmy"), is("community haiming shanghai"));
    assert_eq!(found(Some("ningbo"), "hmy"), None);
    assert_eq!(found(None, "hmy"), None);
    assert_eq!(found(None, "万科2期"), is("community wanke-2 shanghai"));
    for nothing in ["", " ", "万科", "东新", "无"] {
        assert_eq!(found(None, nothing), None, "{nothing}");
    }
    assert_eq!(found(Some("beijing"), "浦东"), None);
}

#[test]
fn suggestions_begin_with_the_likeliest() {
    let catalog = small();
    let found = |text: &str, limit: usize| -> Vec<String> {
        let name = |(level, at): (Level, u32)| catalog.places().place(level, at).name.clone();
        catalog.find_places(text, limit).into_iter().map(name).collect()
    };
    assert_eq!(found("万", 9), ["万达", "万达", "万科2期"]);
    assert_eq!(found("鄞州", 9), ["鄞州", "鄞州区"]);
    assert_eq!(found("hmy", 2), ["海明苑", "华茂园"]);
    assert_eq!(found("2期", 9), ["万科2期"]);
    assert!(found(" ", 9).is_empty() && found("zzz", 9).is_empty());
}

#[test]
fn names_and_positions_are_found_by_slug_within_the_city() {
    let catalog = small();
    let (shanghai, ningbo) = (slug("shanghai"), slug("ningbo"));
    let name = |city, level, text| catalog.name_of(city, level, &slug(text)).map(|place| place.name);
    assert_eq!(name(Some(&ningbo), Level::Circle, "wanda").as_deref(), Some("万达"));
    assert_eq!(name(Some(&shanghai), Level::District, "yinzhou"), None);
    assert_eq!(name(None, Level::District, "yinzhou").as_deref(), Some("鄞州区"));
    assert_eq!(catalog.community_index(&ningbo, &slug("huamao")), Some(1));
    assert_eq!(catalog.community_index(&shanghai, &slug("huamao")), None);
}

#[test]
fn every_part_of_a_name_finds_its_homes_among_twenty_thousand_communities() {
    let dice = &mut Dice(21);
    let mut places = world::places(dice, 2, 10, 5, 20_000);
    for n in 0..200 {
        places.communities[n * 7].place.name =
            format!("{}{}", dice.one(&["龙", "凤", "云", "山"]), dice.one(&["园", "庭", "居"]));
        places.communities[n * 7 + 1].place.name = format!("万科{n}期");
    }
    let rows: Vec<_> = (0..20_000).map(|n| catalog::Row { community: n as u32, ..world::row(dice, n, 1) }).collect();
    let catalog = Catalog::build(places.clone(), rows, world::today());
    for _ in 0..200 {
        let community = dice.one(&places.communities);
        let text = dice.one(&[&community.place.name, &community.pinyin, &community.initials]).to_string();
        let chars: Vec<char> = text.chars().collect();
        let start = dice.below(chars.len() as u64) as usize;
        let len = 1 + dice.below((chars.len() - start) as u64) as usize;
        let term: String = chars[start..start + len].iter().collect();
        let q = term.to_lowercase();
        let expected = places.communities.iter().filter(|community| {
            let (circle, district) = &places.circles[community.circle as usize];
            let (district, city) = &places.districts[*district as usize];
            let wide = [&circle.name, &district.name, &places.cities[*city as usize].name];
            let own = [&community.place.name, &community.pinyin, &community.initials];
            wide.into_iter().chain(own).chain(&community.aliases).any(|text| text.to_lowercase().contains(&q))
        });
        let filter = Filter { q: term.clone(), ..Filter::default() };
        assert_eq!(catalog.count(&filter, world::today()) as usize, expected.count(), "{term}");
    }
}

//! Places by what people type: every part of a name, an alias, the pinyin or its initials.
//!
//! Single characters and pairs of neighbours lead to candidates, which are then read: a name of two characters,
//! Latin and mixed ones such as `万科2期` are all found by any of their parts.

use crate::bits;
use crate::places::{Atlas, Places, count};
use domain::Slug;
use domain::place::Level;
use roaring::RoaringBitmap;
use std::collections::HashMap;

/// Ends of district names that people leave out, longest first.
const DISTRICT_ENDS: [&str; 4] = ["新区", "区", "县", "市"];
/// Stands between the texts of a community; no word can hold it.
const BETWEEN: char = '\n';

pub(crate) struct Lexicon {
    /// All texts of a community in small letters, by community.
    texts: Vec<String>,
    /// The slots of the communities with a pair of characters, or with one.
    grams: HashMap<[char; 2], RoaringBitmap>,
    /// Whole names and aliases.
    names: HashMap<String, Vec<(Level, u32)>>,
    /// Whole spellings in Latin letters.
    spellings: HashMap<String, Vec<(Level, u32)>>,
}

impl Lexicon {
    pub(crate) fn new(places: &Places, slots: &[u32]) -> Self {
        let mut texts = Vec::with_capacity(places.communities.len());
        let mut grams: HashMap<[char; 2], RoaringBitmap> = HashMap::new();
        let mut names: HashMap<String, Vec<(Level, u32)>> = HashMap::new();
        let mut spellings: HashMap<String, Vec<(Level, u32)>> = HashMap::new();
        for (community, slot) in places.communities.iter().zip(slots) {
            let text = parts(community).map(str::to_lowercase).collect::<Vec<_>>().join(&BETWEEN.to_string());
            for gram in grams_of(&text) {
                grams.entry(gram).or_default().insert(*slot);
            }
            texts.push(text);
        }
        for level in Level::ALL.iter().copied() {
            for at in 0..count(places, level) {
                let put = |map: &mut HashMap<String, Vec<_>>, word: &str| {
                    let found = map.entry(word.to_lowercase()).or_default();
                    if !found.contains(&(level, at)) {
                        found.push((level, at));
                    }
                };
                let place = places.place(level, at);
                put(&mut names, &place.name);
                match level {
                    Level::District => put(&mut names, short(&place.name)),
                    Level::Circle => {}
                    Level::Community => {
                        let community = &places.communities[at as usize];
                        community.aliases.iter().for_each(|alias| put(&mut names, alias));
                        put(&mut spellings, &community.pinyin);
                        put(&mut spellings, &community.initials);
                    }
                }
            }
        }
        Self { texts, grams, names, spellings }
    }

    /// The slots of the communities that bear every word: in one of their own texts, or in the name of their
    /// circle, district or city.
    pub(crate) fn search(&self, atlas: &Atlas, text: &str) -> Vec<u64> {
        let mut all = bits::none(atlas.order.len());
        bits::fill(&mut all, 0..atlas.order.len());
        for word in text.split_whitespace().map(str::to_lowercase) {
            let mut found = bits::none(atlas.order.len());
            self.communities(atlas, &word).for_each(|slot| bits::put(&mut found, slot as usize));
            atlas.named(&word).for_each(|run| bits::fill(&mut found, run));
            bits::and(&mut all, &found);
        }
        all
    }

    /// The slots of the communities with the word in one of their own texts.
    fn communities<'a>(&'a self, atlas: &'a Atlas, word: &'a str) -> impl Iterator<Item = u32> + 'a {
        let chars: Vec<char> = word.chars().collect();
        let wanted: Vec<[char; 2]> = match chars[..] {
            [one] => vec![[one, BETWEEN]],
            _ => chars.windows(2).map(|pair| [pair[0], pair[1]]).collect(),
        };
        let mut lists: Vec<_> = wanted.iter().filter_map(|gram| self.grams.get(gram)).collect();
        lists.sort_by_key(|list| list.len());
        let candidates = match lists[..] {
            [first, ref rest @ ..] if lists.len() == wanted.len() => {
                rest.iter().fold(first.clone(), |found, list| found & *list)
            }
            _ => RoaringBitmap::new(),
        };
        // One or two characters are found for certain.
        candidates
            .into_iter()
            .filter(move |slot| chars.len() <= 2 || self.texts[atlas.order[*slot as usize] as usize].contains(word))
    }

    /// The one place that a word names for certain: whole, by its short name or an alias, the widest level
    /// first; or spelt in Latin letters where nothing else in the city is.
    pub(crate) fn exact(&self, atlas: &Atlas, city: Option<u32>, word: &str) -> Option<(Level, Slug, Slug)> {
        let word = word.trim().to_lowercase();
        let here = |map: &HashMap<String, Vec<(Level, u32)>>| -> Vec<(Level, u32)> {
            let found = map.get(&word).map_or(&[][..], Vec::as_slice);
            let inside = |(level, at): &(Level, u32)| city.is_none_or(|c| atlas.places.city_of(*level, *at) == c);
            found.iter().copied().filter(inside).collect()
        };
        let named = here(&self.names);
        let widest = named.iter().map(|(level, _)| *level).min();
        let mut found: Vec<_> = named.into_iter().filter(|(level, _)| Some(*level) == widest).collect();
        if found.is_empty() {
            found = here(&self.spellings);
        }
        let [(level, at)] = found[..] else { return None };
        let city = &atlas.places.cities[atlas.places.city_of(level, at) as usize];
        Some((level, atlas.places.place(level, at).slug.clone(), city.slug.clone()))
    }

    /// Places to suggest for a text: whole names first, then beginnings, then parts; wider places and those with
    /// more on sale (`weight`) first within each.
    pub(crate) fn suggest(
        &self,
        atlas: &Atlas,
        text: &str,
        limit: usize,
        weight: impl Fn(u32) -> u32,
    ) -> Vec<(Level, u32)> {
        let word = text.trim().to_lowercase();
        if word.is_empty() {
            return Vec::new();
        }
        let mut found = Vec::new();
        for level in [Level::District, Level::Circle] {
            for at in 0..count(&atlas.places, level) {
                let name = atlas.places.place(level, at).name.to_lowercase();
                if let Some(closeness) = closeness([name.as_str()], &word) {
                    found.push((closeness, level, std::cmp::Reverse(0), at));
                }
            }
        }
        for slot in self.communities(atlas, &word) {
            let at = atlas.order[slot as usize];
            if let Some(closeness) = closeness(self.texts[at as usize].split(BETWEEN), &word) {
                found.push((closeness, Level::Community, std::cmp::Reverse(weight(at)), at));
            }
        }
        found.sort_unstable();
        found.into_iter().take(limit).map(|(_, level, _, at)| (level, at)).collect()
    }
}

/// The texts a community is found by.
fn parts(community: &crate::places::CommunityPlace) -> impl Iterator<Item = &str> {
    let own = [&community.place.name, &community.pinyin, &community.initials];
    own.into_iter().chain(&community.aliases).map(String::as_str)
}

/// Every pair of neighbours in one text, and every character alone.
fn grams_of(text: &str) -> impl Iterator<Item = [char; 2]> + '_ {
    let letters = |c: &char| *c != BETWEEN;
    let pairs = text.chars().zip(text.chars().skip(1)).filter(move |(a, b)| letters(a) && letters(b));
    pairs.map(|(a, b)| [a, b]).chain(text.chars().filter(letters).map(|c| [c, BETWEEN]))
}

/// 浦东 for 浦东新区; the whole name where too little would be left.
fn short(name: &str) -> &str {
    let end = DISTRICT_ENDS.iter().find_map(|end| name.strip_suffix(end));
    end.filter(|rest| rest.chars().count() >= 2).unwrap_or(name)
}

/// 0 for a whole text, 1 for a beginning, 2 for a part.
fn closeness<'a>(texts: impl IntoIterator<Item = &'a str>, word: &str) -> Option<u8> {
    let one = |text: &str| match text {
        whole if whole == word => Some(0),
        longer if longer.starts_with(word) => Some(1),
        longer if longer.contains(word) => Some(2),
        _ => None,
    };
    texts.into_iter().filter_map(one).min()
}

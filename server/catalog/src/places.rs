//! Cities, districts, circles and communities: found by slug and by name, and put in the order in which the
//! catalogue keeps its listings, so that every place is one run of communities.

use crate::bits;
use crate::image::{Layer, Lifter, unfit};
use crate::row::NO_METRES;
use crate::text::Lexicon;
use domain::Slug;
use domain::place::{Level, PlaceName};
use std::collections::HashMap;
use std::io::{self, Read, Write};
use std::ops::Range;

/// A place as it is written and named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Unique within its city.
    pub slug: Slug,
    /// The name in Chinese.
    pub name: String,
}

/// 小区
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommunityPlace {
    /// Slug and name.
    pub place: Place,
    /// Other names people use.
    pub aliases: Vec<String>,
    /// The name in pinyin, such as `haimingyuanting`.
    pub pinyin: String,
    /// The initials of its pinyin, such as `hmyt`.
    pub initials: String,
    /// Position of its circle in [`Places::circles`].
    pub circle: u32,
    /// Positions of the metro lines it lies on in [`Places::lines`], ascending.
    pub lines: Vec<u32>,
    /// Metres to the nearest metro station, where known.
    pub metro: Option<i32>,
    /// Metres to the nearest school, where known.
    pub school: Option<i32>,
}

/// All places; their positions are their numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Places {
    /// 城市
    pub cities: Vec<Place>,
    /// 区, each with the position of its city.
    pub districts: Vec<(Place, u32)>,
    /// 商圈, each with the position of its district.
    pub circles: Vec<(Place, u32)>,
    /// 地铁线路, each with the position of its city, in the order pages list them.
    pub lines: Vec<(Place, u32)>,
    /// 小区
    pub communities: Vec<CommunityPlace>,
}

impl Places {
    /// Slug and name of a place.
    pub fn place(&self, level: Level, at: u32) -> &Place {
        match level {
            Level::District => &self.districts[at as usize].0,
            Level::Circle => &self.circles[at as usize].0,
            Level::Community => &self.communities[at as usize].place,
        }
    }

    /// All texts in one part, ends and numbers in others.
    pub(crate) fn lay(&self, to: &mut Layer<'_, impl Write>) -> io::Result<()> {
        let mut texts = Texts::default();
        let mut numbers: Vec<i32> = Vec::new();
        let mut wide = |places: &mut dyn Iterator<Item = (&Place, u32)>| {
            places.for_each(|(place, above)| {
                texts.place(place);
                numbers.push(above as i32);
            });
        };
        wide(&mut self.cities.iter().map(|place| (place, 0)));
        wide(&mut self.districts.iter().map(|(place, city)| (place, *city)));
        wide(&mut self.circles.iter().map(|(place, district)| (place, *district)));
        wide(&mut self.lines.iter().map(|(place, city)| (place, *city)));
        for CommunityPlace { place, aliases, pinyin, initials, circle, lines, metro, school } in &self.communities {
            texts.place(place);
            [pinyin, initials].into_iter().chain(aliases).for_each(|text| texts.put(text));
            let near = [metro, school].map(|metres| metres.unwrap_or(NO_METRES));
            numbers.extend([*circle as i32, near[0], near[1], aliases.len() as i32, lines.len() as i32]);
            numbers.extend(lines.iter().map(|line| *line as i32));
        }
        let wide = [self.cities.len(), self.districts.len(), self.circles.len(), self.lines.len()];
        to.numbers(&wide.map(|count| count as u64))?;
        to.number(self.communities.len() as i64)?;
        to.numbers(texts.all.as_bytes())?;
        to.numbers(&texts.ends)?;
        to.numbers(&numbers)
    }

    pub(crate) fn lift(from: &mut Lifter<'_, impl Read>) -> io::Result<Self> {
        let (counts, communities): (Vec<u64>, i64) = (from.numbers()?, from.number()?);
        let all = String::from_utf8(from.numbers()?).map_err(|_| unfit("texts"))?;
        let (ends, numbers): (Vec<u32>, Vec<i32>) = (from.numbers()?, from.numbers()?);
        let (mut start, mut ends, mut numbers) = (0, ends.into_iter(), numbers.into_iter());
        let mut text = || {
            let end = ends.next()? as usize;
            let text = all.get(start..end)?.to_owned();
            start = end;
            Some(text)
        };
        let mut places = Self::default();
        let mut read = || -> Option<()> {
            let [cities, districts, circles, lines] = counts[..] else { return None };
            let mut wide = |count: u64| -> Option<Vec<(Place, u32)>> {
                let mut one = || {
                    let place = Place { slug: Slug::parse(&text()?)?, name: text()? };
                    Some((place, numbers.next()? as u32))
                };
                (0..count).map(|_| one()).collect()
            };
            places.cities = wide(cities)?.into_iter().map(|(place, _)| place).collect();
            places.districts = wide(districts)?;
            places.circles = wide(circles)?;
            places.lines = wide(lines)?;
            for _ in 0..communities {
                let place = Place { slug: Slug::parse(&text()?)?, name: text()? };
                let (pinyin, initials) = (text()?, text()?);
                let circle = numbers.next()? as u32;
                let mut metres = || Some(Some(numbers.next()?).filter(|metres| *metres != NO_METRES));
                let (metro, school) = (metres()?, metres()?);
                let (aliases, lines) = (numbers.next()?, numbers.next()?);
                let lines = (0..lines).map(|_| Some(numbers.next()? as u32)).collect::<Option<_>>()?;
                let aliases = (0..aliases).map(|_| text()).collect::<Option<_>>()?;
                let community = CommunityPlace { place, aliases, pinyin, initials, circle, lines, metro, school };
                places.communities.push(community);
            }
            let above = |of: &[(Place, u32)], len: usize| of.iter().all(|(_, above)| (*above as usize) < len);
            let within = above(&places.districts, places.cities.len())
                && above(&places.circles, places.districts.len())
                && above(&places.lines, places.cities.len())
                && places.communities.iter().all(|c| {
                    (c.circle as usize) < places.circles.len()
                        && c.lines.iter().all(|line| (*line as usize) < places.lines.len())
                });
            within.then_some(())
        };
        read().ok_or_else(|| unfit("places")).map(|()| places)
    }

    /// The city a place lies in.
    pub fn city_of(&self, level: Level, at: u32) -> u32 {
        match level {
            Level::District => self.districts[at as usize].1,
            Level::Circle => self.city_of(Level::District, self.circles[at as usize].1),
            Level::Community => self.city_of(Level::Circle, self.communities[at as usize].circle),
        }
    }
}

/// Texts in one, with the end of each.
#[derive(Default)]
struct Texts {
    all: String,
    ends: Vec<u32>,
}

impl Texts {
    fn place(&mut self, place: &Place) {
        self.put(place.slug.as_str());
        self.put(&place.name);
    }

    fn put(&mut self, text: &str) {
        self.all.push_str(text);
        self.ends.push(self.all.len() as u32);
    }
}

/// The places with everything that finds them.
pub(crate) struct Atlas {
    pub(crate) places: Places,
    /// Communities in order of city, district, circle; a position here is a slot.
    pub(crate) order: Vec<u32>,
    /// The slot of every community.
    pub(crate) slots: Vec<u32>,
    /// The slots of cities, districts and circles.
    pub(crate) cities: Vec<Range<usize>>,
    pub(crate) districts: Vec<Range<usize>>,
    pub(crate) circles: Vec<Range<usize>>,
    /// The slots on every metro line.
    pub(crate) lines: Vec<Vec<u64>>,
    /// Metres to the nearest metro station and to the nearest school by slot, or [`NO_METRES`].
    pub(crate) metro: Vec<i32>,
    pub(crate) school: Vec<i32>,
    city_slugs: HashMap<Slug, u32>,
    slugs: [HashMap<Slug, Vec<u32>>; 3],
    namesakes: [Vec<u32>; 3],
    /// Names of circles, districts and cities in small letters, with their slots.
    names: Vec<(String, Range<usize>)>,
    pub(crate) lexicon: Lexicon,
}

impl Atlas {
    pub(crate) fn new(places: Places) -> Self {
        let district = |circle: u32| places.circles[circle as usize].1;
        let city = |district: u32| places.districts[district as usize].1;
        let circle = |community: u32| places.communities[community as usize].circle;
        let mut order: Vec<u32> = (0..places.communities.len() as u32).collect();
        order.sort_unstable_by_key(|c| (city(district(circle(*c))), district(circle(*c)), circle(*c), *c));
        let mut slots = vec![0; order.len()];
        for (slot, community) in order.iter().enumerate() {
            slots[*community as usize] = slot as u32;
        }
        let runs = |len: usize, of: &dyn Fn(u32) -> u32| {
            let mut runs = vec![0..0; len];
            for (slot, community) in order.iter().enumerate() {
                let run: &mut Range<usize> = &mut runs[of(*community) as usize];
                *run = if run.end == 0 { slot..slot + 1 } else { run.start..slot + 1 };
            }
            runs
        };
        let mut slugs: [HashMap<Slug, Vec<u32>>; 3] = Default::default();
        let mut namesakes: [Vec<u32>; 3] = Default::default();
        for ((level, by_slug), namesakes) in Level::ALL.iter().zip(&mut slugs).zip(&mut namesakes) {
            for at in 0..count(&places, *level) {
                let same = by_slug.entry(places.place(*level, at).slug.clone()).or_default();
                same.push(at);
                namesakes.push(same[0]);
            }
        }
        let mut lines = vec![bits::none(order.len()); places.lines.len()];
        for (slot, community) in order.iter().enumerate() {
            for line in &places.communities[*community as usize].lines {
                bits::put(&mut lines[*line as usize], slot);
            }
        }
        let metres = |of: &dyn Fn(&CommunityPlace) -> Option<i32>| -> Vec<i32> {
            order.iter().map(|at| of(&places.communities[*at as usize]).unwrap_or(NO_METRES)).collect()
        };
        let cities = runs(places.cities.len(), &|c| city(district(circle(c))));
        let districts = runs(places.districts.len(), &|c| district(circle(c)));
        let circles = runs(places.circles.len(), &circle);
        let wide = places.circles.iter().map(|(place, _)| place).zip(&circles);
        let wide = wide.chain(places.districts.iter().map(|(place, _)| place).zip(&districts));
        let wide = wide.chain(places.cities.iter().zip(&cities));
        let names = wide.map(|(place, run)| (place.name.to_lowercase(), run.clone())).collect();
        Self {
            lines,
            metro: metres(&|community| community.metro),
            school: metres(&|community| community.school),
            names,
            cities,
            districts,
            circles,
            city_slugs: places.cities.iter().zip(0..).map(|(place, at)| (place.slug.clone(), at)).collect(),
            slugs,
            namesakes,
            lexicon: Lexicon::new(&places, &slots),
            order,
            slots,
            places,
        }
    }

    pub(crate) fn city(&self, slug: &Slug) -> Option<u32> {
        self.city_slugs.get(slug).copied()
    }

    /// The places of a level with this slug: at most one in a city, in all cities where none is given.
    pub(crate) fn find(&self, city: Option<u32>, level: Level, slug: &Slug) -> impl Iterator<Item = u32> + '_ {
        let found = self.slugs[level.ordinal()].get(slug).map_or(&[][..], Vec::as_slice);
        found.iter().copied().filter(move |at| city.is_none_or(|city| self.places.city_of(level, *at) == city))
    }

    /// The first place of all cities with the same slug; without a city they are one choice.
    pub(crate) fn namesake(&self, level: Level, at: u32) -> u32 {
        self.namesakes[level.ordinal()][at as usize]
    }

    /// The slots of a place.
    pub(crate) fn run(&self, level: Level, at: u32) -> Range<usize> {
        match level {
            Level::District => self.districts[at as usize].clone(),
            Level::Circle => self.circles[at as usize].clone(),
            Level::Community => {
                let slot = self.slots[at as usize] as usize;
                slot..slot + 1
            }
        }
    }

    /// The slots of all places of a level with one of these slugs.
    pub(crate) fn chosen(&self, city: Option<u32>, level: Level, slugs: &[Slug]) -> Vec<u64> {
        let mut set = bits::none(self.order.len());
        for at in slugs.iter().flat_map(|slug| self.find(city, level, slug)) {
            bits::fill(&mut set, self.run(level, at));
        }
        set
    }

    /// The metro lines of a city, or of all, with their places.
    pub(crate) fn lines_of(&self, city: Option<u32>) -> impl Iterator<Item = (usize, &Place)> {
        let here = move |(_, (_, at)): &(usize, &(Place, u32))| city.is_none_or(|city| *at == city);
        self.places.lines.iter().enumerate().filter(here).map(|(line, (place, _))| (line, place))
    }

    /// The slots on one of these metro lines.
    pub(crate) fn on_lines(&self, city: Option<u32>, slugs: &[Slug]) -> Vec<u64> {
        let mut set = bits::none(self.order.len());
        for (line, _) in self.lines_of(city).filter(|(_, place)| slugs.contains(&place.slug)) {
            bits::or(&mut set, &self.lines[line]);
        }
        set
    }

    /// The slots of a name or a part of it: wider places that hold the word in their name.
    pub(crate) fn named(&self, word: &str) -> impl Iterator<Item = Range<usize>> {
        self.names.iter().filter(move |(name, _)| name.contains(word)).map(|(_, run)| run.clone())
    }

    pub(crate) fn name_of(&self, city: Option<&Slug>, level: Level, slug: &Slug) -> Option<PlaceName> {
        let city = city.map(|slug| self.city(slug).ok_or(())).transpose().ok()?;
        let place = self.places.place(level, self.find(city, level, slug).next()?);
        Some(PlaceName { slug: place.slug.clone(), name: place.name.clone() })
    }
}

/// How many places a level has.
pub(crate) fn count(places: &Places, level: Level) -> u32 {
    let len = match level {
        Level::District => places.districts.len(),
        Level::Circle => places.circles.len(),
        Level::Community => places.communities.len(),
    };
    len as u32
}

//! The demo city: its communities, and which home of the stock lies in which of them.

use super::building::{Building, Kind, building};
use super::dice::Dice;
use super::map::{Circle, DISTRICTS, District};
use super::{Size, names};
use chrono::{Datelike, NaiveDate};
use domain::listing::ListingState;
use std::collections::HashSet;
use store::place::CommunityFacts;

/// What became of the homes that are not on sale, one home each.
const OFF_MARKET: [ListingState; 12] = [
    ListingState::Paused,
    ListingState::Sold,
    ListingState::Withdrawn,
    ListingState::PendingVerify,
    ListingState::SoldByOther,
    ListingState::Paused,
    ListingState::StorePool,
    ListingState::Sold,
    ListingState::Draft,
    ListingState::PlatformPool,
    ListingState::Withdrawn,
    ListingState::Paused,
];

/// A stock of homes to come. The same seed, day and size always give the same homes.
#[derive(Debug)]
pub(super) struct World {
    pub seed: u64,
    /// What ages are counted from.
    pub today: NaiveDate,
    /// Homes on sale; they come first.
    pub public: usize,
    /// Whether rooms have numbers. Sealed and looked up one by one, they would take most of the time that a large
    /// stock is written in.
    pub numbered: bool,
    pub communities: Vec<Community>,
    /// How many of the map's districts it has.
    pub districts: usize,
    off_market: &'static [ListingState],
    slots: Vec<Slot>,
}

/// 小区
#[derive(Debug)]
pub(super) struct Community {
    pub district: &'static District,
    pub circle: &'static Circle,
    pub name: String,
    pub kind: Kind,
    pub built_year: i16,
    pub facts: CommunityFacts,
    /// How its prices stand against others alike, in thousandths.
    pub standing: i64,
    buildings: usize,
}

/// The `nth` home of a community, from 0.
#[derive(Clone, Copy, Debug)]
struct Slot {
    community: u32,
    nth: u32,
}

/// Where a home lies.
#[derive(Debug)]
pub(super) struct Place<'a> {
    /// Position among the communities.
    pub number: usize,
    pub community: &'a Community,
    pub building: Building,
    /// From 1.
    pub unit: usize,
    pub floor: usize,
    pub door: usize,
}

impl World {
    pub(super) fn new(seed: u64, today: NaiveDate, size: Size) -> Self {
        let (public, communities, districts) = size.numbers();
        let off_market: &[ListingState] = if size == Size::Small { &OFF_MARKET } else { &[] };
        let mut communities = found(seed, today, communities, &DISTRICTS[..districts]);
        let slots = deal(seed, &communities, public + off_market.len());
        let mut homes = vec![0; communities.len()];
        for slot in &slots {
            homes[slot.community as usize] += 1;
        }
        for (number, (community, homes)) in communities.iter_mut().zip(homes).enumerate() {
            community.buildings = community.kind.buildings(&mut Dice::new(seed, number, "buildings"), homes);
        }
        let numbered = matches!(size, Size::Small | Size::TenThousand);
        Self { seed, today, public, numbered, communities, districts, off_market, slots }
    }

    /// All homes, on sale and not.
    pub(super) fn homes(&self) -> usize {
        self.slots.len()
    }

    /// What became of a home that is not on sale.
    pub(super) fn off_market(&self, index: usize) -> Option<ListingState> {
        index.checked_sub(self.public).map(|n| self.off_market[n])
    }

    pub(super) fn kind(&self, index: usize) -> Kind {
        self.communities[self.slots[index].community as usize].kind
    }

    pub(super) fn dice(&self, index: usize, purpose: &str) -> Dice {
        Dice::new(self.seed, index, purpose)
    }

    /// The building, floor and door of a home: no two homes share them.
    pub(super) fn place(&self, index: usize) -> Place<'_> {
        let slot = self.slots[index];
        let (number, nth) = (slot.community as usize, slot.nth as usize);
        let community = &self.communities[number];
        let no = scattered(nth % community.buildings, community.buildings, self.seed ^ number as u64);
        let building = building(self.seed, number, community.kind, community.built_year, no);
        let doors = building.units * building.floors * building.doors;
        let spot = scattered(nth / community.buildings, doors, self.seed ^ (number << 12 | no) as u64);
        Place {
            number,
            community,
            unit: spot / (building.floors * building.doors) + 1,
            floor: spot / building.doors % building.floors + 1,
            door: spot % building.doors + 1,
            building,
        }
    }
}

/// Invents the communities of a city.
fn found(seed: u64, today: NaiveDate, count: usize, districts: &'static [District]) -> Vec<Community> {
    let circles: Vec<(&District, &Circle)> =
        districts.iter().flat_map(|d| d.circles.iter().map(move |c| (d, c))).collect();
    let around: Vec<Around> = circles.iter().enumerate().map(|(n, (_, c))| Around::new(seed, n, c)).collect();
    let shares: Vec<(&District, usize)> = districts.iter().map(|d| (d, d.share)).collect();
    let mut taken = HashSet::new();
    let mut communities = Vec::with_capacity(count);
    while communities.len() < count {
        let mut dice = Dice::new(seed, communities.len(), "community");
        let district = dice.weighted(&shares);
        let of_district = |d: &District| d.code == district.code;
        let at = dice.pick(&(0..circles.len()).filter(|n| of_district(circles[*n].0)).collect::<Vec<_>>());
        let circle = circles[at].1;
        let kind = Kind::draw(&mut dice, circle.level);
        let year = kind.year(&mut dice, i64::from(today.year()));
        let name = names::community(&mut dice, circle.name, kind, &mut taken);
        let standing = dice.around(160);
        let two_phases = matches!(kind, Kind::Estate | Kind::Modern) && dice.chance(120);
        let phases: &[&str] = if two_phases { &["一期", "二期"] } else { &[""] };
        for (phase, later) in phases.iter().zip(0..) {
            let built_year = (year + 2 * later).min(i64::from(today.year()) - 1) as i16;
            communities.push(Community {
                district,
                circle,
                name: format!("{name}{phase}"),
                kind,
                built_year,
                facts: around[at].facts(&mut dice, &name, built_year),
                standing,
                buildings: 0,
            });
        }
    }
    communities.truncate(count);
    communities
}

/// Deals the homes out to the communities, so that no home follows one of its own community.
fn deal(seed: u64, communities: &[Community], homes: usize) -> Vec<Slot> {
    let mut dice = Dice::new(seed, 0, "deal");
    let mut ends = Vec::with_capacity(communities.len());
    let mut end = 0;
    for community in communities {
        end += community.kind.share() * dice.within(3..=9);
        ends.push(end);
    }
    let mut dealt = vec![0; communities.len()];
    let mut slots: Vec<Slot> = (0..homes)
        .map(|n| {
            // Every community has a home before any has two.
            let drawn = dice.within(0..=end - 1);
            let community = if n < communities.len() { n } else { ends.partition_point(|end| *end <= drawn) };
            dealt[community] += 1;
            Slot { community: community as u32, nth: dealt[community] - 1 }
        })
        .collect();
    for last in (1..homes).rev() {
        slots.swap(last, dice.below(last + 1));
    }
    let alike = |slots: &[Slot], a: usize| {
        let same = |b: Option<&Slot>| b.is_some_and(|b| b.community == slots[a].community);
        same(slots.get(a + 1)) || (a > 0 && same(slots.get(a - 1)))
    };
    for here in 1..homes {
        while slots[here].community == slots[here - 1].community {
            let there = dice.below(homes);
            slots.swap(here, there);
            if alike(&slots, there) || alike(&slots, here) {
                slots.swap(here, there);
            }
        }
    }
    slots
}

/// Position `n` of `count` in a mixed order: every position once.
fn scattered(n: usize, count: usize, seed: u64) -> usize {
    let mut dice = Dice::new(seed, count, "scatter");
    let start = dice.below(count);
    let mut step = dice.below(count) + 1;
    while gcd(step, count) > 1 {
        step += 1;
    }
    (start + n * step) % count
}

fn gcd(a: usize, b: usize) -> usize {
    if b == 0 { a } else { gcd(b, a % b) }
}

/// What the communities of a circle have in common: roads, stations, schools.
pub(super) struct Around {
    pub centre: (i32, i32),
    roads: Vec<String>,
    pub stations: Vec<(String, (i32, i32))>,
    pub schools: Vec<(String, (i32, i32))>,
}

impl Around {
    pub(super) fn new(seed: u64, number: usize, circle: &Circle) -> Self {
        let mut dice = Dice::new(seed, number, "circle");
        let centre = (circle.lat * 1000, circle.lon * 1000);
        let roads: Vec<String> = (0..6).map(|_| names::road(&mut dice)).collect();
        // Fewer lines reach the outskirts. The numbers are above those of the real ones.
        let stations = if circle.level < 50_000 { 1 } else { dice.within(2..=3) as usize };
        let stations = (0..stations)
            .map(|n| (format!("{} 号线 {}站", dice.within(31..=38), roads[n]), scatter(&mut dice, centre, 11_000)))
            .collect();
        let schools = (0..4).map(|_| (names::school(&mut dice), scatter(&mut dice, centre, 9_000))).collect();
        Self { centre, roads, stations, schools }
    }

    fn facts(&self, dice: &mut Dice, name: &str, built_year: i16) -> CommunityFacts {
        let position = scatter(dice, self.centre, 8_500);
        let address = format!("{} {} 弄", self.roads[dice.below(self.roads.len())], dice.within(12..=1980));
        let mut aliases = Vec::new();
        if dice.chance(300) {
            aliases.push(address.replace(' ', ""));
        }
        if dice.chance(120) {
            aliases.push(name.chars().take(2).chain(['小', '区']).collect());
        }
        aliases.retain(|alias| alias != name);
        CommunityFacts {
            aliases,
            address: Some(address),
            built_year: Some(built_year),
            position: Some(position),
            metro: nearest(&self.stations, position).filter(|(_, metres)| *metres <= 2_000),
            school: nearest(&self.schools, position),
            ..CommunityFacts::default()
        }
    }
}

/// A point near another, at most `reach` millionths of a degree away in either direction.
pub(super) fn scatter(dice: &mut Dice, (lat, lon): (i32, i32), reach: i64) -> (i32, i32) {
    let mut off = || (dice.within(-reach..=reach) + dice.within(-reach..=reach)) as i32 / 2;
    (lat + off(), lon + off())
}

/// The nearest of these and its distance in metres, to the ten.
fn nearest(places: &[(String, (i32, i32))], from: (i32, i32)) -> Option<(String, i32)> {
    let metres = |to: (i32, i32)| {
        // Metres to 1e-6 degrees at the latitude of Shanghai: 0.111 north, 0.095 east.
        let (north, east) = (i64::from(to.0 - from.0) * 111 / 1000, i64::from(to.1 - from.1) * 95 / 1000);
        ((north * north + east * east).isqrt() as i32 / 10 * 10).max(60)
    };
    places.iter().map(|(name, at)| (name.clone(), metres(*at))).min_by_key(|(_, metres)| *metres)
}

//! What is built where: the kinds of community a Chinese city has, and their buildings.

use super::dice::Dice;
use domain::listing::{BuildingType, Heating, LiftRatio, Structure};
use store::listing::BuildingFacts;

/// The kind of a community: decides when it was built, how high, and what its homes are like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Houses in lanes from before 1949 (里弄).
    Lane,
    /// Walk-ups and towers of the eighties and nineties (老公房).
    Village,
    /// Commodity housing up to 2010.
    Estate,
    /// Commodity housing since.
    Modern,
    /// Flats in commercial buildings (商住).
    Loft,
    /// 别墅
    Villa(BuildingType),
}

/// A building and the homes in it.
#[derive(Debug)]
pub(super) struct Building {
    pub facts: BuildingFacts,
    pub units: usize,
    /// Floors that have doors of their own: one in a house of one family.
    pub floors: usize,
    /// Doors on a floor of a unit.
    pub doors: usize,
}

impl Kind {
    /// Draws the kind of a community in a circle of this price level.
    pub(super) fn draw(dice: &mut Dice, level: i64) -> Self {
        let villa = dice.weighted(&[
            (BuildingType::TerracedVilla, 50),
            (BuildingType::StackedVilla, 20),
            (BuildingType::SemiDetachedVilla, 15),
            (BuildingType::DetachedVilla, 15),
        ]);
        let weights = match level {
            90_000.. => [9, 30, 35, 20, 5, 1],
            60_000.. => [0, 33, 40, 21, 4, 2],
            _ => [0, 22, 38, 29, 4, 7],
        };
        let kinds = [Self::Lane, Self::Village, Self::Estate, Self::Modern, Self::Loft, Self::Villa(villa)];
        let choices: Vec<(Self, usize)> = kinds.into_iter().zip(weights).collect();
        dice.weighted(&choices)
    }

    /// Draws the year its first building was finished.
    pub(super) fn year(self, dice: &mut Dice, this_year: i64) -> i64 {
        let years = match self {
            Self::Lane => 1912..=1948,
            Self::Village => 1980..=1997,
            Self::Estate => 1997..=2010,
            Self::Modern => 2010..=this_year - 1,
            Self::Loft => 2004..=2020,
            Self::Villa(_) => 1998..=2018,
        };
        dice.within(years)
    }

    /// How many homes such a community has on the market, against others.
    pub(super) fn share(self) -> i64 {
        match self {
            Self::Lane => 3,
            Self::Villa(_) => 2,
            Self::Loft => 6,
            Self::Village | Self::Estate | Self::Modern => 10,
        }
    }

    /// Draws how many buildings it has: enough for this many homes.
    pub(super) fn buildings(self, dice: &mut Dice, homes: usize) -> usize {
        let (usual, fewest_homes) = match self {
            Self::Lane => (8..=30, 4),
            Self::Village => (8..=40, 30),
            Self::Estate => (5..=24, 20),
            Self::Modern => (4..=16, 12),
            Self::Loft => (1..=3, 120),
            Self::Villa(BuildingType::StackedVilla) => (10..=24, 2),
            Self::Villa(_) => (20..=60, 1),
        };
        (dice.within(usual) as usize).max(homes.div_ceil(fewest_homes))
    }
}

struct Form {
    kind: Option<BuildingType>,
    structure: Structure,
    storeys: i64,
    lifts: i64,
    doors: i64,
    units: i64,
    elevator: bool,
}

/// Building `no` (from 0) of a community. Buildings of one community resemble each other.
pub(super) fn building(seed: u64, community: usize, kind: Kind, year: i16, no: usize) -> Building {
    let mut style = Dice::new(seed, community, "style");
    let mut own = Dice::new(seed, community << 12 | no, "building");
    let heating = match kind {
        Kind::Modern | Kind::Villa(_) => style.weighted(&[
            (Some(Heating::None), 34),
            (Some(Heating::Own), 26),
            (Some(Heating::Floor), 28),
            (None, 12),
        ]),
        _ => style.weighted(&[
            (Some(Heating::None), 70),
            (Some(Heating::Own), 13),
            (Some(Heating::Floor), 2),
            (None, 15),
        ]),
    };
    let form = form(kind, &mut style, &mut own);
    let floors = if matches!(kind, Kind::Villa(_)) { 1 } else { form.storeys as usize };
    let ratio = LiftRatio { lifts: form.lifts as u16, homes: form.doors as u16 };
    Building {
        facts: BuildingFacts {
            name: Some(format!("{} 号楼", no + 1)),
            kind: form.kind,
            structure: style.known(900, form.structure),
            storeys: Some(form.storeys as i16),
            lift_ratio: (form.lifts > 0).then_some(ratio),
            elevator: Some(form.elevator),
            heating,
            built_year: Some(year),
        },
        units: form.units as usize,
        floors,
        doors: form.doors as usize,
    }
}

fn form(kind: Kind, style: &mut Dice, own: &mut Dice) -> Form {
    use BuildingType::{Slab, SlabTower, Tower};
    use Structure::{BrickConcrete, BrickTimber, Frame, Mixed, ReinforcedConcrete};
    // Pages count the stairs of a walk-up as its 梯.
    let low = |style: &mut Dice, own: &mut Dice, structure, lift_permille| Form {
        kind: Some(Slab),
        structure,
        storeys: own.weighted(&[(6, 80), (5, 20)]),
        lifts: 1,
        doors: style.within(2..=3),
        units: own.within(3..=5),
        elevator: style.chance(lift_permille),
    };
    let high = |style: &mut Dice, own: &mut Dice, kind, storeys, doors| Form {
        kind: Some(kind),
        structure: style.weighted(&[(ReinforcedConcrete, 88), (Frame, 12)]),
        storeys: own.within(storeys),
        lifts: 2,
        doors: style.within(doors),
        units: 1,
        elevator: true,
    };
    match kind {
        Kind::Lane => Form {
            kind: style.known(450, Slab),
            structure: style.weighted(&[(BrickTimber, 70), (Mixed, 30)]),
            storeys: own.within(2..=3),
            lifts: 0,
            doors: 2,
            units: 1,
            elevator: false,
        },
        Kind::Village if style.chance(840) => low(style, own, BrickConcrete, 60),
        Kind::Village => high(style, own, Tower, 14..=24, 5..=8),
        Kind::Estate => match style.weighted(&[(0, 36), (1, 40), (2, 24)]) {
            0 => low(style, own, BrickConcrete, 110),
            1 => Form { units: own.within(1..=2), ..high(style, own, Slab, 11..=18, 2..=4) },
            _ => {
                let kind = style.weighted(&[(Tower, 60), (SlabTower, 40)]);
                high(style, own, kind, 20..=33, 4..=6)
            }
        },
        Kind::Modern => match style.weighted(&[(0, 22), (1, 44), (2, 34)]) {
            0 => Form { lifts: 1, units: own.within(1..=2), ..high(style, own, Slab, 6..=9, 2..=2) },
            1 => Form { units: own.within(1..=2), ..high(style, own, Slab, 11..=18, 2..=3) },
            _ => {
                let kind = style.weighted(&[(SlabTower, 55), (Slab, 45)]);
                high(style, own, kind, 24..=34, 3..=4)
            }
        },
        Kind::Loft => Form { lifts: 3, ..high(style, own, Tower, 12..=26, 10..=14) },
        Kind::Villa(villa) => Form {
            kind: Some(villa),
            structure: style.weighted(&[(ReinforcedConcrete, 60), (BrickConcrete, 40)]),
            storeys: if villa == BuildingType::StackedVilla { own.within(4..=5) } else { own.within(2..=3) },
            lifts: 0,
            doors: if villa == BuildingType::StackedVilla { 2 } else { 1 },
            units: 1,
            elevator: style.chance(160),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_community_has_room_for_all_its_homes() {
        let mut dice = Dice::new(5, 0, "kinds");
        for community in 0..2_000 {
            let kind = Kind::draw(&mut dice, 50_000 + 1_000 * (community as i64 / 40));
            let homes = dice.below(300) + 1;
            let count = kind.buildings(&mut dice, homes);
            for no in 0..count.min(8) {
                let b = building(5, community, kind, 2000, no);
                assert!(b.units * b.floors * b.doors > (homes - 1) / count, "{kind:?} {b:?}");
            }
        }
    }

    #[test]
    fn high_houses_have_lifts_and_equal_buildings_are_equal() {
        for community in 0..300 {
            for kind in [Kind::Village, Kind::Estate, Kind::Modern, Kind::Loft] {
                let b = building(5, community, kind, 2000, 3);
                let storeys = b.facts.storeys.unwrap_or(0);
                assert!(storeys < 7 || b.facts.elevator == Some(true), "{b:?}");
                assert_eq!(b.facts, building(5, community, kind, 2000, 3).facts);
            }
        }
    }
}

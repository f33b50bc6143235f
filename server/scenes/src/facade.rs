//! Buildings from outside: towers, slabs, garden houses, lanes, courts and villas.

mod court;
mod garden;
mod lane;
mod scenery;
mod slab;
mod solid;
mod tower;
mod villa;

use crate::dice::Dice;
use crate::palette::Mood;
use crate::pen::{Color, Pen, hex};
use crate::{Building, HomeLook};
use scenery::Site;

/// Plaster, tiles and stone of ordinary buildings.
pub(crate) const WALLS: [Color; 10] = [
    hex(0xEF_E3D3),
    hex(0xE9_E6E0),
    hex(0xDD_CBB4),
    hex(0xC9_8D72),
    hex(0xCF_D6DA),
    hex(0xE8_D9A8),
    hex(0xD9_C2B6),
    hex(0xB9_C4BC),
    hex(0xF3_F1EC),
    hex(0xB4_735C),
];

pub(crate) fn draw(pen: &mut Pen, look: &HomeLook, mood: &Mood, dice: &mut Dice) {
    let storeys = usize::from(look.storeys.max(1));
    let mut site = Site { pen, look, mood, dice };
    match look.building {
        Building::Villa => villa::draw(&mut site),
        Building::Bungalow => court::draw(&mut site),
        Building::Slab if storeys <= 4 && look.built_year < 1950 => lane::draw(&mut site),
        Building::Slab if storeys <= 8 && look.built_year >= 2003 => garden::draw(&mut site, storeys),
        Building::Slab | Building::Mixed if storeys <= 8 => match site.scene(4) {
            0 if storeys > 4 => solid::draw(&mut site, storeys, true),
            yard => slab::draw(&mut site, storeys, yard),
        },
        Building::Slab | Building::Mixed | Building::Tower => {
            let long = look.building == Building::Slab || look.building == Building::Mixed && site.dice.chance(0.4);
            match site.scene(6) {
                0 | 3 => solid::draw(&mut site, storeys, long),
                ground => tower::draw(&mut site, storeys, long, ground),
            }
        }
    }
}

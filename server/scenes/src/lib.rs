//! Pictures for homes without photographs: scenes and floor plans drawn as SVG from a home's own fields.
//!
//! A picture depends on nothing but its [`HomeLook`]: the same look gives the same bytes, on every machine.

mod balcony;
mod bath;
mod bedroom;
mod camera;
mod dice;
mod facade;
mod furniture;
mod kitchen;
#[cfg(test)]
mod likeness;
mod living;
mod outlook;
mod palette;
mod panorama;
mod pen;
mod plan;
mod raster;
mod room;
mod rough;
mod share;
#[cfg(test)]
mod tests;

use dice::Dice;
use palette::Mood;
use pen::Pen;

pub use panorama::{PANORAMA_SIZE, png_panorama};
pub use plan::{Rect, Words, room_hotspots, svg_plan};
pub use raster::{Error, MAX_WIDTH, Pixels, raster};
pub use share::{Cover, SHARE_SIZE, ShareWords, png_share, svg_share};

/// What a picture is drawn from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HomeLook {
    /// Tells homes with equal fields apart; any number, ids in sequence are fine.
    pub seed: u64,
    /// Storeys of the building above ground.
    pub storeys: u8,
    /// The home's own floor, 1 is the ground floor.
    pub floor: u8,
    pub built_year: u16,
    /// Where the main rooms and the balcony look.
    pub facing: Facing,
    pub decoration: Decoration,
    pub layout: Layout,
    /// Floor area in hundredths of a square metre.
    pub area_centi_sqm: i32,
    pub building: Building,
}

/// A compass direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Facing {
    North,
    NorthEast,
    East,
    SouthEast,
    South,
    SouthWest,
    West,
    NorthWest,
}

impl Facing {
    /// Degrees clockwise from north.
    pub(crate) fn degrees(self) -> f64 {
        f64::from(self as u8) * 45.0
    }
}

/// How far the home is fitted out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decoration {
    /// 毛坯
    Rough,
    /// 简装
    Simple,
    /// 精装
    Fine,
    /// 豪装
    Luxury,
}

/// Numbers of rooms: 室, 厅, 厨, 卫.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Layout {
    pub rooms: u8,
    pub halls: u8,
    pub kitchens: u8,
    pub baths: u8,
}

/// The form of the building.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Building {
    /// 板楼
    Slab,
    /// 塔楼
    Tower,
    /// 板塔结合
    Mixed,
    /// 平房
    Bungalow,
    /// 别墅
    Villa,
}

/// One picture of a home.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum View {
    Facade,
    Living,
    /// Bedrooms are counted from 0, the main bedroom first.
    Bedroom(u8),
    Kitchen,
    Bath,
    Balcony,
    Plan,
}

/// The pictures a home of this layout has, in the order a gallery shows them; at most three bedrooms.
pub fn views(look: &HomeLook) -> Vec<View> {
    let Layout { rooms, halls, kitchens, baths } = look.layout;
    let mut views = vec![View::Facade];
    if halls > 0 {
        views.push(View::Living);
    }
    // A studio without a hall still has the one room people live in.
    let bedrooms = if rooms == 0 && halls == 0 { 1 } else { rooms.min(3) };
    views.extend((0..bedrooms).map(View::Bedroom));
    if kitchens > 0 {
        views.push(View::Kitchen);
    }
    if baths > 0 {
        views.push(View::Bath);
    }
    if plan::has_balcony(look) {
        views.push(View::Balcony);
    }
    views.push(View::Plan);
    views
}

/// The picture that stands for the home in a list, by the seed: mostly outside or living room, and
/// seldom bare concrete.
pub fn cover(look: &HomeLook) -> View {
    let choices: Vec<(View, usize)> = views(look)
        .into_iter()
        .filter_map(|view| match view {
            View::Facade => Some((view, 9)),
            View::Living if look.decoration == Decoration::Rough => Some((view, 2)),
            View::Living => Some((view, 8)),
            _ if look.decoration == Decoration::Rough => None,
            View::Bedroom(0) | View::Balcony => Some((view, 2)),
            View::Kitchen => Some((view, 1)),
            View::Bedroom(_) | View::Bath | View::Plan => None,
        })
        .collect();
    Dice::new(look.seed, "cover").weighted(&choices)
}

/// One picture as a complete SVG document of 640 × 480: no scripts, styles or references to other files.
///
/// Rooms and plans stay below 25 kB, facades below 40 kB. The plan has Chinese words; see [`svg_plan`].
pub fn svg(look: &HomeLook, view: View) -> String {
    if view == View::Plan {
        return svg_plan(look, Words::Zh);
    }
    let (name, title) = match view {
        View::Bedroom(index) => (format!("bedroom {index}"), "卧室 · Bedroom"),
        View::Facade => ("facade".to_owned(), "外景 · Outside"),
        View::Living => ("living".to_owned(), "客厅 · Living room"),
        View::Kitchen => ("kitchen".to_owned(), "厨房 · Kitchen"),
        View::Bath => ("bath".to_owned(), "卫生间 · Bathroom"),
        View::Balcony | View::Plan => ("balcony".to_owned(), "阳台 · Balcony"),
    };
    let mood = Mood::of(look);
    let mut dice = Dice::new(look.seed, &name);
    let mut pen = Pen::new(dice.below(0x10_0000));
    match view {
        View::Facade => facade::draw(&mut pen, look, &mood, &mut dice),
        View::Living => living::draw(&mut pen, look, &mood, &mut dice),
        View::Bedroom(index) => bedroom::draw(&mut pen, look, &mood, &mut dice, index),
        View::Kitchen => kitchen::draw(&mut pen, look, &mood, &mut dice),
        View::Bath => bath::draw(&mut pen, look, &mood, &mut dice),
        View::Balcony | View::Plan => balcony::draw(&mut pen, look, &mood, &mut dice),
    }
    pen.finish(title)
}

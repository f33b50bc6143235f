//! Floor plans: a plausible partition of the home's area, drawn with names, areas, doors, windows and north.

mod drawing;
mod fitments;
mod partition;

use crate::pen::Pen;
use crate::{Building, HomeLook, View};
use partition::{Plan, Room};

/// A rectangle, in units of the 640 × 480 frame.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rect {
    pub x: f64,
    pub y: f64,
    pub width: f64,
    pub height: f64,
}

/// The language of the words in a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Words {
    Zh,
    En,
}

/// The floor plan of a home as a complete SVG document of 640 × 480, below 25 kB.
///
/// The lower edge is the side the home faces; the areas of the rooms add up to the home's area.
pub fn svg_plan(look: &HomeLook, words: Words) -> String {
    let mut pen = Pen::new(usize::from(look.seed as u16));
    drawing::draw(&mut pen, look, &Plan::of(look), words);
    pen.finish(match words {
        Words::Zh => "户型示意图",
        Words::En => "Floor plan sketch",
    })
}

/// Where the rooms that have a picture of their own lie in the plan of [`svg_plan`].
pub fn room_hotspots(look: &HomeLook) -> Vec<(View, Rect)> {
    let plan = Plan::of(look);
    let views = crate::views(look);
    let spots = plan.cells.iter().filter_map(|cell| {
        let view = match cell.room {
            Room::Living | Room::LivingDining => View::Living,
            Room::Studio => View::Bedroom(0),
            Room::Bedroom(index) => View::Bedroom(index),
            Room::Kitchen(0) => View::Kitchen,
            Room::Bath(0) => View::Bath,
            Room::Balcony => View::Balcony,
            _ => return None,
        };
        views.contains(&view).then(|| (view, drawing::placed(&plan, cell.at)))
    });
    spots.collect()
}

/// Homes with a living room that are neither tiny nor on the ground of a court have a balcony.
pub(crate) fn has_balcony(look: &HomeLook) -> bool {
    look.layout.halls > 0 && look.area_centi_sqm >= 3_800 && look.building != Building::Bungalow
}

impl Rect {
    pub(crate) fn right(&self) -> f64 {
        self.x + self.width
    }

    pub(crate) fn bottom(&self) -> f64 {
        self.y + self.height
    }

    pub(crate) fn area(&self) -> f64 {
        self.width * self.height
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::tests::any_look;

    const ROUNDING: f64 = 1e-6;

    proptest! {
        #[test]
        fn rooms_fill_the_outline_without_overlap(look in any_look()) {
            let plan = Plan::of(&look);
            let mut sum = 0.0;
            for (index, cell) in plan.cells.iter().enumerate() {
                let a = cell.at;
                prop_assert!(a.width > 0.0 && a.height > 0.0, "{:?} is empty", cell.room);
                prop_assert!(a.x > -ROUNDING && a.right() < plan.width + ROUNDING);
                prop_assert!(a.y > -ROUNDING && a.bottom() < plan.depth + ROUNDING);
                sum += a.area();
                for other in &plan.cells[index + 1..] {
                    let b = other.at;
                    let across = a.right().min(b.right()) - a.x.max(b.x);
                    let along = a.bottom().min(b.bottom()) - a.y.max(b.y);
                    prop_assert!(across < ROUNDING || along < ROUNDING, "{:?} over {:?}", cell.room, other.room);
                }
            }
            let area = f64::from(look.area_centi_sqm) / 100.0;
            prop_assert!((sum - area).abs() < area * 0.01, "{sum} of {area}");
        }

        #[test]
        fn every_counted_room_is_in_the_plan(look in any_look()) {
            let plan = Plan::of(&look);
            let count = |is: fn(Room) -> bool| plan.cells.iter().filter(|cell| is(cell.room)).count();
            prop_assert_eq!(count(|room| matches!(room, Room::Kitchen(_))), usize::from(look.layout.kitchens));
            prop_assert_eq!(count(|room| matches!(room, Room::Bath(_) | Room::Ensuite)), usize::from(look.layout.baths));
            let halls = count(|room| matches!(room, Room::Living | Room::LivingDining | Room::Dining | Room::Hall(_)));
            prop_assert_eq!(halls, usize::from(look.layout.halls));
            let rooms = count(|room| matches!(room, Room::Bedroom(_) | Room::Study | Room::Studio));
            let studio = usize::from(look.layout.rooms == 0 && look.layout.halls == 0);
            prop_assert_eq!(rooms, usize::from(look.layout.rooms) + studio);
        }

        #[test]
        fn every_pictured_room_can_be_pointed_at(look in any_look()) {
            let spots = room_hotspots(&look);
            for view in crate::views(&look) {
                let found = spots.iter().filter(|(spot, _)| *spot == view).count();
                prop_assert_eq!(found, usize::from(!matches!(view, View::Facade | View::Plan)), "{:?}", view);
            }
        }

        #[test]
        fn every_room_can_be_entered(look in any_look()) {
            let plan = Plan::of(&look);
            for cell in &plan.cells {
                let edge = plan.doorway(cell);
                prop_assert!(edge.is_some_and(|edge| edge.to - edge.from > 0.0), "{:?}", cell.room);
            }
        }
    }
}

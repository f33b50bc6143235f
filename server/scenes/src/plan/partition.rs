//! The partition: a core with entrance, living room and balcony, and wings of rooms beside it.
//!
//! Metres; x runs right, y down towards the side the home faces.

use super::{Rect, has_balcony};
use crate::HomeLook;
use crate::dice::Dice;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Room {
    Studio,
    Living,
    LivingDining,
    Dining,
    /// Further halls: family, tea and media room.
    Hall(u8),
    /// Counted from 0, the main bedroom first.
    Bedroom(u8),
    Study,
    Kitchen(u8),
    Bath(u8),
    /// The bath of the main bedroom.
    Ensuite,
    Balcony,
    Corridor,
    Foyer,
}

impl Room {
    /// Square metres in a home of usual size, against which all rooms are weighed.
    fn usual_area(self) -> f64 {
        match self {
            Self::Studio => 26.0,
            Self::Living => 22.0,
            Self::LivingDining => 27.0,
            Self::Dining => 10.0,
            Self::Hall(_) => 13.0,
            Self::Bedroom(0) => 15.5,
            Self::Bedroom(_) => 11.5,
            Self::Study => 9.0,
            Self::Kitchen(_) => 6.8,
            Self::Bath(_) => 4.6,
            Self::Ensuite => 5.0,
            Self::Balcony => 6.0,
            Self::Corridor => 5.0,
            Self::Foyer => 7.0,
        }
    }

    /// Kitchens and baths grow less than the rest in a large home.
    fn is_service(self) -> bool {
        matches!(self, Self::Kitchen(_) | Self::Bath(_) | Self::Ensuite)
    }
}

/// How a room is entered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// From the stairs.
    Entrance,
    /// Through a door from the cell with this index.
    Door(usize),
    /// Without a wall between.
    Open(usize),
    /// Through sliding glass.
    Glass(usize),
}

#[derive(Clone, Copy)]
pub(super) struct Cell {
    pub(super) room: Room,
    pub(super) at: Rect,
    pub(super) way: Way,
}

pub(super) struct Plan {
    pub(super) width: f64,
    pub(super) depth: f64,
    pub(super) cells: Vec<Cell>,
    /// Rooms of the core come first; doors lead into these.
    core: usize,
}

/// A piece of wall, straight along one axis.
#[derive(Clone, Copy)]
pub(super) struct Edge {
    pub(super) upright: bool,
    /// x of an upright edge, y of a level one.
    pub(super) at: f64,
    pub(super) from: f64,
    pub(super) to: f64,
}

impl Plan {
    pub(super) fn of(look: &HomeLook) -> Self {
        let mut dice = Dice::new(look.seed, "plan");
        let area = (f64::from(look.area_centi_sqm) / 100.0).clamp(1.0, 10_000.0);
        let (core, rest) = rooms(look);
        let usual: f64 = core.iter().chain(&rest).map(|room| room.usual_area()).sum();
        let scale = Scale((area / usual).powf(-0.4).clamp(0.45, 1.3));
        let (left, right) = wings(rest, &mut dice);
        let corridors = [&left, &right].iter().filter(|wing| wing.len() > STACK).count() as f64;
        let both = f64::from(u8::from(!right.is_empty()));
        let ratio = 0.98 + 0.2 * both + 0.3 * corridors + dice.between(-0.08, 0.1);
        let (width, depth) = ((area * ratio).sqrt(), (area / ratio).sqrt());
        let share = |wing: &[Room], whole: f64| {
            if wing.is_empty() { 0.0 } else { (scale.sum(wing) / whole).clamp(0.25, 0.62) }
        };
        let whole = scale.sum(&core) + scale.sum(&left) + scale.sum(&right);
        let (a, b) = (share(&left, whole), share(&right, whole));
        // The core keeps its place between two greedy wings.
        let squeeze = (1.0 - (scale.sum(&core) / whole).clamp(0.17, 0.3)).min(a + b) / (a + b).max(f64::EPSILON);
        let (a, b) = (a * squeeze * width, b * squeeze * width);
        let mut plan = Self { width, depth, cells: Vec::new(), core: 0 };
        plan.add_core(&core, has_balcony(look), Rect { x: a, y: 0.0, width: width - a - b, height: depth });
        plan.add_wing(scale, left, Rect { x: 0.0, y: 0.0, width: a, height: depth });
        plan.add_wing(scale, right, Rect { x: width - b, y: 0.0, width: b, height: depth });
        if dice.chance(0.5) {
            for cell in &mut plan.cells {
                cell.at.x = width - cell.at.right();
            }
        }
        plan
    }

    /// The wall a room is entered through.
    pub(super) fn doorway(&self, cell: &Cell) -> Option<Edge> {
        match cell.way {
            Way::Entrance => Some(Edge { upright: false, at: cell.at.y, from: cell.at.x, to: cell.at.right() }),
            Way::Door(other) | Way::Open(other) | Way::Glass(other) => {
                self.cells.get(other).and_then(|other| shared(&cell.at, &other.at))
            }
        }
    }

    fn add(&mut self, room: Room, at: Rect, way: Way) -> usize {
        self.cells.push(Cell { room, at, way });
        self.cells.len() - 1
    }

    fn add_core(&mut self, rooms: &[Room], balcony: bool, at: Rect) {
        let sun = if balcony { (at.height * 0.17).min(1.6) } else { 0.0 };
        let weights: Vec<f64> = rooms.iter().map(|room| room.usual_area()).collect();
        let inside = Rect { height: at.height - sun, ..at };
        for (index, (room, part)) in rooms.iter().zip(cut(inside, &weights, true)).enumerate() {
            self.add(*room, part, if index == 0 { Way::Entrance } else { Way::Open(index - 1) });
        }
        self.core = self.cells.len();
        if balcony {
            self.add(Room::Balcony, Rect { y: inside.bottom(), height: sun, ..at }, Way::Glass(self.core - 1));
        }
    }

    fn add_wing(&mut self, scale: Scale, rooms: Vec<Room>, at: Rect) {
        if rooms.len() <= STACK {
            self.add_stack(scale, rooms, at);
        } else {
            self.add_corridor(scale, rooms, at);
        }
    }

    /// Rooms above each other that all open to the core.
    fn add_stack(&mut self, scale: Scale, mut rooms: Vec<Room>, at: Rect) {
        // From north: kitchen, bedroom, baths, and the best room in the sun; the own bath beside it.
        rooms.sort_by_key(|room| match room {
            Room::Kitchen(_) => 0,
            Room::Bath(_) => 2,
            Room::Ensuite => 3,
            _ => 1,
        });
        let lived = rooms.iter().position(|room| !room.is_service());
        if let Some(best) = lived {
            let best = rooms.remove(best);
            rooms.push(best);
        }
        let weights: Vec<f64> = rooms.iter().map(|room| scale.of(*room)).collect();
        let first = self.cells.len();
        for (index, (room, part)) in rooms.iter().zip(cut(at, &weights, true)).enumerate() {
            let way = match (room, rooms.get(index + 1)) {
                (Room::Ensuite, Some(Room::Bedroom(0))) => Way::Door(first + index + 1),
                _ => Way::Door(self.nearest_core(&part)),
            };
            self.add(*room, part, way);
        }
    }

    /// Two rows of rooms with a corridor between, which ends at the main bedroom and its bath.
    fn add_corridor(&mut self, scale: Scale, mut rooms: Vec<Room>, at: Rect) {
        let towards_right = at.x > 0.0;
        let suite = rooms.contains(&Room::Ensuite) && rooms.contains(&Room::Bedroom(0));
        let (mut at, whole) = (at, scale.sum(&rooms));
        if suite {
            rooms.retain(|room| !matches!(room, Room::Ensuite | Room::Bedroom(0)));
        }
        let (north, south) = rows(scale, rooms);
        let share = 1.0 - (scale.sum(&north) + scale.sum(&south)) / whole;
        // The main bedroom is as deep as the home: it needs some width to go with it.
        let end = if suite { (at.width * share).max(at.height * 0.3).min(at.width * 0.45) } else { 0.0 };
        let column = Rect { x: if towards_right { at.right() - end } else { at.x }, width: end, ..at };
        at = Rect { x: if towards_right { at.x } else { at.x + end }, width: at.width - end, ..at };
        let passage = (at.height * 0.14).min(1.15);
        let share = scale.sum(&north) / (scale.sum(&north) + scale.sum(&south));
        let upper = (at.height - passage) * share.clamp(0.36, 0.56);
        let corridor = Rect { y: upper, height: passage, ..at };
        let way = Way::Open(self.nearest_core(&corridor));
        let corridor_at = self.add(Room::Corridor, corridor, way);
        let lower = Rect { y: corridor.bottom(), height: at.height - corridor.bottom(), ..at };
        for (mut row, strip) in [(north, Rect { height: upper, ..at }), (south, lower)] {
            if !towards_right {
                row.reverse();
            }
            let weights: Vec<f64> = row.iter().map(|room| scale.of(*room)).collect();
            for (room, part) in row.into_iter().zip(cut(strip, &weights, false)) {
                self.add(room, part, Way::Door(corridor_at));
            }
        }
        if suite {
            let split =
                (scale.of(Room::Ensuite) / scale.sum(&[Room::Ensuite, Room::Bedroom(0)]) * at.height).min(upper);
            let main = Rect { y: split, height: at.height - split, ..column };
            let main_at = self.add(Room::Bedroom(0), main, Way::Door(corridor_at));
            self.add(Room::Ensuite, Rect { height: split, ..column }, Way::Door(main_at));
        }
    }

    /// The room of the core with the longest common wall.
    fn nearest_core(&self, at: &Rect) -> usize {
        let length = |index: &usize| shared(at, &self.cells[*index].at).map_or(0.0, |edge| edge.to - edge.from);
        (0..self.core).max_by(|a, b| length(a).total_cmp(&length(b))).unwrap_or(0)
    }
}

/// How many rooms a wing stacks before it needs a corridor.
const STACK: usize = 3;

/// The weight of kitchens and baths against other rooms.
#[derive(Clone, Copy)]
struct Scale(f64);

impl Scale {
    fn of(self, room: Room) -> f64 {
        room.usual_area() * if room.is_service() { self.0 } else { 1.0 }
    }

    fn sum(self, rooms: &[Room]) -> f64 {
        rooms.iter().map(|room| self.of(*room)).sum()
    }
}

/// The rooms of the core from north to south, and all others.
fn rooms(look: &HomeLook) -> (Vec<Room>, Vec<Room>) {
    let layout = look.layout;
    let mut first = 0;
    let core = match (layout.halls, layout.rooms) {
        (0, 0) => vec![Room::Studio],
        (0, 1) => {
            first = 1;
            vec![Room::Studio]
        }
        (0, _) => vec![Room::Foyer],
        (1, _) => vec![Room::LivingDining],
        _ => vec![Room::Dining, Room::Living],
    };
    let mut rest = Vec::new();
    for index in first..layout.rooms {
        let study = index > 2 && index + 1 == layout.rooms;
        rest.push(if study { Room::Study } else { Room::Bedroom(index) });
    }
    rest.extend((2..layout.halls).map(|index| Room::Hall(index - 2)));
    rest.extend((0..layout.kitchens).map(Room::Kitchen));
    let suite = rest.contains(&Room::Bedroom(0));
    rest.extend((0..layout.baths).map(|index| if index == 1 && suite { Room::Ensuite } else { Room::Bath(index) }));
    (core, rest)
}

/// Deals the rooms to the two sides of the core; the second may stay empty.
fn wings(rest: Vec<Room>, dice: &mut Dice) -> (Vec<Room>, Vec<Room>) {
    let few = rest.len() <= STACK;
    let one_side = few || (rest.len() <= 5 && dice.chance(0.3));
    if one_side {
        return (rest, Vec::new());
    }
    // Many rooms lie along a corridor on one side, a very large home has one on both.
    let limit = if rest.len() > 14 { rest.len().div_ceil(2) } else { STACK };
    let (mut left, mut right) = (Vec::new(), Vec::new());
    for room in rest {
        let to_left = match room {
            Room::Bedroom(0) | Room::Ensuite => false,
            Room::Bedroom(1) | Room::Kitchen(0) | Room::Bath(0) => true,
            _ => left.len() < right.len(),
        };
        if to_left && left.len() < limit { left.push(room) } else { right.push(room) }
    }
    // Rooms dealt first may have filled the left side before kitchen and bath came.
    for wanted in [Room::Kitchen(0), Room::Bath(0)] {
        let other =
            left.iter().rposition(|room| !matches!(room, Room::Bedroom(1) | Room::Kitchen(0) | Room::Bath(0)));
        if let (Some(from), Some(to)) = (right.iter().position(|room| *room == wanted), other) {
            std::mem::swap(&mut right[from], &mut left[to]);
        }
    }
    // A single room would be as long as the home is deep.
    if right.len() == 1
        && left.len() == STACK
        && let Some(bath) = left.iter().position(|room| *room == Room::Bath(0))
    {
        right.push(left.remove(bath));
    }
    (left, right)
}

/// The two rows along a corridor, what is nearest the core first: service rooms north, rooms to live in south.
fn rows(scale: Scale, rooms: Vec<Room>) -> (Vec<Room>, Vec<Room>) {
    let (mut north, mut south): (Vec<Room>, Vec<Room>) = rooms.into_iter().partition(|room| room.is_service());
    south.reverse();
    while scale.sum(&south) > 1.3 * scale.sum(&north) && south.len() > 1 {
        // The smallest room in the south is the first: the main bedroom keeps the far end.
        north.push(south.remove(0));
    }
    while south.is_empty() || scale.sum(&north) > 2.0 * scale.sum(&south) && north.len() > 1 {
        let Some(room) = north.pop() else { break };
        south.push(room);
    }
    (north, south)
}

/// Cuts a rectangle by weights, from the top if `upright`, else from the left; nothing gets much thinner than an equal part.
fn cut(whole: Rect, weights: &[f64], upright: bool) -> Vec<Rect> {
    let sum: f64 = weights.iter().sum();
    let fair: Vec<f64> = weights.iter().map(|weight| (weight / sum).max(0.62 / weights.len() as f64)).collect();
    let sum: f64 = fair.iter().sum();
    let mut at = 0.0;
    let parts = fair.iter().map(|share| {
        let (from, size) = (at, share / sum);
        at += size;
        if upright {
            Rect { y: whole.y + whole.height * from, height: whole.height * size, ..whole }
        } else {
            Rect { x: whole.x + whole.width * from, width: whole.width * size, ..whole }
        }
    });
    parts.collect()
}

/// The wall two rectangles have in common.
pub(super) fn shared(a: &Rect, b: &Rect) -> Option<Edge> {
    const TOUCH: f64 = 1e-6;
    let (top, bottom) = (a.y.max(b.y), a.bottom().min(b.bottom()));
    let (left, right) = (a.x.max(b.x), a.right().min(b.right()));
    for (one, other) in [(a.x, b.right()), (a.right(), b.x)] {
        if (one - other).abs() < TOUCH && bottom - top > TOUCH {
            return Some(Edge { upright: true, at: one, from: top, to: bottom });
        }
    }
    for (one, other) in [(a.y, b.bottom()), (a.bottom(), b.y)] {
        if (one - other).abs() < TOUCH && right - left > TOUCH {
            return Some(Edge { upright: false, at: one, from: left, to: right });
        }
    }
    None
}

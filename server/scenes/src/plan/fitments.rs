//! What stands in the rooms of a plan, as faint outlines: beds, counters, basins, tables.

use super::Rect;
use super::partition::{Edge, Room};
use crate::pen::{Color, Ink, Pen, WHITE, hex, stroke};

const LINE: Color = hex(0xBC_C6D1);

/// A wall to put things against, in frame units, with the length of a metre.
#[derive(Clone, Copy)]
pub(super) struct Against {
    pub(super) edge: Edge,
    /// 1 if the room lies right of or below the wall, else −1.
    pub(super) inward: f64,
    pub(super) metre: f64,
    /// How far the room reaches from the wall, metres.
    pub(super) deep: f64,
    /// Things keep to the far end of the wall, away from the doors.
    pub(super) from_end: bool,
}

impl Against {
    fn long(&self) -> f64 {
        (self.edge.to - self.edge.from) / self.metre
    }

    /// A rectangle given in metres along the wall and away from it.
    fn rect(&self, along: (f64, f64), away: (f64, f64)) -> Rect {
        let along = if self.from_end { (self.long() - along.1, self.long() - along.0) } else { along };
        let (start, size) = (self.edge.from + along.0 * self.metre, (along.1 - along.0) * self.metre);
        let (near, far) =
            (self.edge.at + away.0 * self.inward * self.metre, self.edge.at + away.1 * self.inward * self.metre);
        let (low, thick) = (near.min(far), (far - near).abs());
        if self.edge.upright {
            Rect { x: low, y: start, width: thick, height: size }
        } else {
            Rect { x: start, y: low, width: size, height: thick }
        }
    }

    fn piece(&self, pen: &mut Pen, along: (f64, f64), away: (f64, f64), round: f64) {
        let Rect { x, y, width, height } = self.rect(along, away);
        pen.round(x, y, width, height, round * self.metre, Ink::from(WHITE.mix(LINE, 0.1)).edge(LINE, 1.0));
    }

    fn ring(&self, pen: &mut Pen, along: f64, away: f64, r: f64) {
        let Rect { x, y, width, height } = self.rect((along - r, along + r), (away - r, away + r));
        pen.oval((x + width / 2.0, y + height / 2.0), width / 2.0, height / 2.0, Ink::from(WHITE).edge(LINE, 1.0));
    }
}

/// Draws what a room of this kind has, if the room is large enough to show it; what of the room stays free for words.
pub(super) fn draw(pen: &mut Pen, room: Room, wall: Against) -> Rect {
    let (long, deep) = (wall.long(), wall.deep);
    let taken = match room {
        Room::Bedroom(index) if long > 2.5 && deep > 2.5 => bed(pen, wall, if index == 0 { 1.8 } else { 1.5 }),
        Room::Studio if long > 3.4 && deep > 4.0 => bed(pen, wall, 1.5),
        Room::Study if long > 1.7 && deep > 1.8 => desk(pen, wall),
        Room::Kitchen(_) if long > 1.5 && deep > 1.5 => counter(pen, wall),
        Room::Bath(_) | Room::Ensuite if long > 1.3 && deep > 1.7 => basin(pen, wall),
        Room::Living | Room::LivingDining if long > 2.9 && deep > 4.2 => lounge(pen, wall),
        Room::Dining if long > 2.4 && deep > 1.9 => table(pen, wall),
        Room::Balcony if long > 2.0 => plants(pen, wall),
        _ => 0.0,
    };
    wall.rect((0.0, long), (taken, deep))
}

/// A bed along the window's wall, its head at the far side.
fn bed(pen: &mut Pen, wall: Against, wide: f64) -> f64 {
    let near = ((wall.deep - wide - 1.0) * 0.4).clamp(0.4, 0.9);
    let span = (near, near + wide);
    wall.piece(pen, (0.1, 2.15), span, 0.06);
    let half = (wide - 0.3) / 2.0;
    for side in [near + 0.1, near + wide - 0.1 - half] {
        wall.piece(pen, (0.18, 0.55), (side, side + half), 0.1);
    }
    let Rect { x, y, width, height } = wall.rect((0.72, 0.74), span);
    pen.rect(x, y, width.max(1.0), height.max(1.0), LINE);
    for side in [near - 0.5, near + wide + 0.06] {
        if side > 0.12 && side + 0.44 < wall.deep {
            wall.piece(pen, (0.1, 0.52), (side, side + 0.44), 0.04);
        }
    }
    near + wide
}

fn desk(pen: &mut Pen, wall: Against) -> f64 {
    wall.piece(pen, (0.25, 1.6), (0.2, 0.8), 0.04);
    wall.ring(pen, 0.92, 1.05, 0.2);
    1.25
}

/// Shower and seat.
fn basin(pen: &mut Pen, wall: Against) -> f64 {
    wall.piece(pen, (0.12, 0.95), (0.12, 0.95), 0.06);
    wall.ring(pen, 0.53, 0.53, 0.06);
    let seat = (wall.long() - 0.35).min(1.5);
    wall.piece(pen, (seat - 0.19, seat + 0.19), (0.12, 0.32), 0.05);
    wall.ring(pen, seat, 0.55, 0.2);
    0.9
}

fn plants(pen: &mut Pen, wall: Against) -> f64 {
    for along in [0.35, 0.75] {
        wall.ring(pen, along, wall.deep * 0.36, (wall.deep * 0.2).min(0.17));
    }
    0.0
}

/// A worktop along the wall with sink and cooking field.
fn counter(pen: &mut Pen, wall: Against) -> f64 {
    let long = wall.long();
    wall.piece(pen, (0.08, long - 0.08), (0.08, 0.66), 0.02);
    wall.piece(pen, (0.3, 0.82), (0.18, 0.56), 0.08);
    if long > 2.0 {
        for along in [long - 0.75, long - 0.42] {
            wall.ring(pen, along, 0.37, 0.13);
        }
    }
    0.6
}

/// Sofa, table and television, before the window.
fn lounge(pen: &mut Pen, wall: Against) -> f64 {
    let middle = wall.long() / 2.0;
    let rug = wall.rect((middle - 1.15, middle + 1.15), (0.7, 2.5));
    pen.round(rug.x, rug.y, rug.width, rug.height, 4.0, stroke(LINE, 1.0).alpha(0.8));
    wall.piece(pen, (middle - 0.5, middle + 0.5), (1.05, 1.6), 0.1);
    wall.piece(pen, (middle - 1.0, middle + 1.0), (2.05, 2.9), 0.14);
    wall.piece(pen, (middle - 0.78, middle + 0.78), (2.05, 2.62), 0.08);
    let Rect { x, y, width, height } = wall.rect((middle - 0.01, middle + 0.01), (2.05, 2.62));
    pen.rect(x, y, width.max(1.0), height.max(1.0), LINE);
    2.9
}

/// A table with six chairs, which may bear the words.
fn table(pen: &mut Pen, wall: Against) -> f64 {
    let (middle, away) = (wall.long() / 2.0, wall.deep / 2.0);
    for dx in [-0.45, 0.0, 0.45] {
        for dy in [-0.55, 0.55] {
            wall.piece(pen, (middle + dx - 0.17, middle + dx + 0.17), (away + dy - 0.15, away + dy + 0.15), 0.05);
        }
    }
    wall.piece(pen, (middle - 0.75, middle + 0.75), (away - 0.42, away + 0.42), 0.06);
    0.0
}

//! Homes sold unfinished (毛坯): bare concrete, a bulb on a wire, what the builders left.

use crate::furniture::Set;
use crate::pen::{Ink, Trace, hex, stroke};
use crate::room::{Finish, Opening, Wall};

/// An empty room with a window hole of any kind; complete with light.
pub(crate) fn room(set: &mut Set<'_>, finish: &Finish) {
    let room = set.room;
    let hole = match set.dice.below(3) {
        0 => Opening { wall: Wall::Back, from: -1.2, to: 1.2, sill: 0.05, head: room.height - 0.3, panes: 3 },
        1 => Opening {
            wall: Wall::Back,
            from: room.left + 0.5,
            to: room.left + 2.2,
            sill: 0.9,
            head: room.height - 0.35,
            panes: 2,
        },
        _ => Opening {
            wall: Wall::Left,
            from: room.back - 1.8,
            to: room.back - 0.5,
            sill: 0.85,
            head: room.height - 0.4,
            panes: 2,
        },
    };
    shell(set, finish, &hole);
    doorway(set, hole.wall);
    leftovers(set);
    set.bulb(0.15, room.back - 1.4);
    set.light_up();
}

/// Concrete with its traces, a hole with a frame in it, and sockets waiting for their cables.
pub(crate) fn shell(set: &mut Set<'_>, finish: &Finish, hole: &Opening) {
    let room = set.room;
    room.shell(set.pen, finish, set.mood);
    marks(set, finish);
    room.window(set.pen, set.look, set.mood, hole, hex(0x7B_838A));
    room.daylight(set.pen, set.look, set.mood, hole);
}

/// Plaster patches, formwork seams and an open chase with its conduit.
fn marks(set: &mut Set<'_>, finish: &Finish) {
    let room = set.room;
    let (x, y, w, h) = room.camera.upright((room.left, room.right), (0.0, room.height), room.back);
    let mut patches = Trace::default();
    for _ in 0..5 {
        let (cx, cy) = (x + w * set.dice.between(0.08, 0.92), y + h * set.dice.between(0.1, 0.85));
        patches = patches.oval(cx, cy, set.dice.between(14.0, 46.0), set.dice.between(7.0, 18.0));
    }
    set.pen.clipped(&Trace::default().rect(x, y, w, h), |pen| {
        pen.path(&patches, Ink::from(finish.wall.lighter(0.5)).alpha(0.35))
    });
    let mut seams = Trace::default();
    for height in [0.9, 1.8] {
        seams = seams.line(room.on(Wall::Left, 1.2, height, 0.0), room.on(Wall::Left, room.back, height, 0.0));
        seams = seams.line(room.on(Wall::Right, 1.2, height, 0.0), room.on(Wall::Right, room.back, height, 0.0));
        seams = seams.line(room.on(Wall::Back, room.left, height, 0.0), room.on(Wall::Back, room.right, height, 0.0));
    }
    set.pen.path(&seams, stroke(finish.wall.darker(0.25), 1.0).alpha(0.35));
    let at = room.right - set.dice.between(0.35, 0.8);
    let chase = Trace::default().line(room.on(Wall::Back, at, 0.35, 0.0), room.on(Wall::Back, at, room.height, 0.0));
    set.pen.path(&chase, stroke(hex(0x8E_8A84), 5.0));
    set.pen.path(&chase, stroke(hex(0xC7_5B45), 1.8));
    set.plate((at - 0.06, at + 0.06), (0.27, 0.39), room.back, 0.0, hex(0x4C_4E50));
}

/// A doorway without a door, in a wall that has no window.
fn doorway(set: &mut Set<'_>, taken: Wall) {
    let room = set.room;
    let (wall, along) = match taken {
        Wall::Left => (Wall::Back, (room.right - 1.75, room.right - 0.95)),
        _ => (Wall::Right, (room.back - 1.5, room.back - 0.65)),
    };
    let hole = room.panel(wall, along, (0.0, 2.1), 0.0);
    let beyond = hex(0x8D_8B87);
    set.pen.clipped(&Trace::default().poly(&hole), |pen| {
        pen.poly(&hole, beyond);
        pen.poly(&room.panel(wall, along, (0.0, 2.1), -0.2), beyond.darker(0.3));
    });
}

/// Two of ladder, bags, bucket, boards and pipes, apart from each other.
pub(crate) fn leftovers(set: &mut Set<'_>) {
    let (kind, place) = (set.dice.below(5), set.dice.below(3));
    let (other_kind, other_place) = ((kind + 1 + set.dice.below(4)) % 5, (place + 1 + set.dice.below(2)) % 3);
    for (kind, place) in [(kind, place), (other_kind, other_place)] {
        let x = [set.room.left + 0.75, -0.2, set.room.right - 0.9][place];
        leftover(set, kind, x);
    }
}

fn leftover(set: &mut Set<'_>, kind: usize, x: f64) {
    let room = set.room;
    let z = room.back - set.dice.between(0.5, 1.1);
    match kind {
        0 => {
            let wood = hex(0xC2_9A66);
            set.shadow((x - 0.3, x + 0.3), (z - 0.3, z + 0.3));
            let camera = set.camera();
            let mut rungs = Trace::default();
            for step in 1..6 {
                let t = f64::from(step) / 6.0;
                let half = 0.3 - 0.13 * t;
                rungs = rungs.run(
                    &camera,
                    (x - half, 1.6 * t, z - 0.3 * (1.0 - t)),
                    (x + half, 1.6 * t, z - 0.3 * (1.0 - t)),
                );
            }
            let rails = Trace::default()
                .run(&camera, (x - 0.3, 0.0, z - 0.3), (x - 0.16, 1.65, z))
                .run(&camera, (x + 0.3, 0.0, z - 0.3), (x + 0.16, 1.65, z))
                .run(&camera, (x - 0.3, 0.0, z + 0.4), (x - 0.16, 1.65, z))
                .run(&camera, (x + 0.3, 0.0, z + 0.4), (x + 0.16, 1.65, z));
            set.pen.path(&rungs, stroke(wood.darker(0.12), 3.2));
            set.pen.path(&rails, stroke(wood, 4.0));
        }
        1 => {
            for (dx, y) in [(-0.32, 0.0), (0.3, 0.0), (0.0, 0.17)] {
                let bag = hex(0xD5_CFC2);
                if y == 0.0 {
                    set.shadow((x + dx - 0.28, x + dx + 0.28), (z - 0.2, z + 0.2));
                }
                set.pad((x + dx - 0.28, x + dx + 0.28), (y, y + 0.16), (z - 0.2, z + 0.2), bag);
                set.plate((x + dx - 0.1, x + dx + 0.1), (y + 0.04, y + 0.12), z - 0.2, 0.0, hex(0x5F_86B5));
            }
        }
        2 => {
            set.shade_disc(x, z, 0.2);
            let (fx, fy, w, h) = set.camera().upright((x - 0.16, x + 0.16), (0.0, 0.32), z);
            set.pen.poly(&[(fx, fy), (fx + w, fy), (fx + w * 0.86, fy + h), (fx + w * 0.14, fy + h)], hex(0x3F_72B0));
            set.pen.oval((fx + w / 2.0, fy), w / 2.0, w * 0.13, hex(0xC9_C7C2));
            set.pen
                .path(&Trace::from(fx, fy).bend(fx + w / 2.0, fy - w * 0.8, fx + w, fy), stroke(hex(0x55_5B61), 1.4));
        }
        3 => {
            let board = hex(0xCD_AA78);
            set.shadow((x - 0.6, x + 0.6), (z - 0.15, z + 0.2));
            for layer in 0..4 {
                let shift = f64::from(layer % 2) * 0.07;
                let y = f64::from(layer) * 0.06;
                set.block(
                    (x - 0.62 + shift, x + 0.55 + shift),
                    (y, y + 0.05),
                    (z - 0.15, z + 0.15),
                    board.darker(0.06 * f64::from(layer % 3)),
                );
            }
        }
        _ => {
            let camera = set.camera();
            let mut pipes = Trace::default();
            for index in 0..4 {
                let foot = x - 0.12 + 0.09 * f64::from(index);
                pipes = pipes.run(&camera, (foot, 0.0, room.back - 0.35), (foot + 0.12, 1.7, room.back - 0.03));
            }
            set.pen.path(&pipes, stroke(hex(0xE8_E6E1), 4.4));
            set.pen.path(&pipes, stroke(hex(0xC9_C9C6), 1.2));
        }
    }
}

//! Kitchens: along one wall, in an L, a galley, or open with an island.

mod fitting;

use crate::dice::{Dice, Wheel};
use crate::furniture::Set;
use crate::palette::Mood;
use crate::pen::{Ink, Pen, Trace, hex, stroke};
use crate::room::{Finish, Floor, Opening, Room, Wall};
use crate::{Decoration, HomeLook, rough};
use fitting::{
    CUPBOARD, DEEP, Fitting, WORKTOP, base_run, fitting, fridge, hob, rail, sink, splash, things, wall_run,
};

pub(crate) use fitting::tiles;

pub(crate) fn draw(pen: &mut Pen, look: &HomeLook, mood: &Mood, dice: &mut Dice) {
    let roomy = matches!(look.decoration, Decoration::Fine | Decoration::Luxury);
    let arrangement = dice.spread(Wheel::Arrangement, if roomy { 5 } else { 3 });
    let island = arrangement >= 3;
    let wide = if island { 4.6 } else { 3.5 };
    let room = Room::new(wide, 2.55, if island { 4.9 } else { 4.0 }, dice.between(-0.2, 0.2));
    let flip = dice.chance(0.5);
    pen.flipped(flip, |pen| {
        let mut finish = Finish::of(look, mood, dice);
        let mut set = Set::new(pen, look, mood, dice, room);
        if look.decoration == Decoration::Rough {
            unfinished(&mut set, &finish);
            return;
        }
        finish.wall = finish.wall.mix(hex(0xF4_F4F0), 0.5);
        finish.feature = finish.wall;
        if !island {
            finish.floor = Floor::Tiles;
            finish.ground = hex(0xCF_D0CE).mix(mood.family.floor, 0.25);
        }
        let fitting = fitting(&mut set);
        match arrangement {
            0 => one_wall(&mut set, &finish, fitting),
            1 => corner(&mut set, &finish, fitting),
            2 => galley(&mut set, &finish, fitting),
            _ => open(&mut set, &finish, fitting),
        }
        set.light_up();
    });
}

fn shell(set: &mut Set<'_>, finish: &Finish) {
    set.room.shell(set.pen, finish, set.mood);
}

fn pane(set: &mut Set<'_>, hole: &Opening) {
    set.room.window(set.pen, set.look, set.mood, hole, hex(0xF7_F5F0));
}

fn one_wall(set: &mut Set<'_>, finish: &Finish, fit: Fitting) {
    let room = set.room;
    shell(set, finish);
    splash(set, (room.left, room.right), CUPBOARD.0 + 0.02);
    let window = set.dice.chance(0.55);
    let (cold, right) = (room.left + 0.75, room.right);
    let (hot, wet) = (room.right - 0.75, cold + 0.75);
    if window {
        pane(set, &Opening { wall: Wall::Back, from: wet - 0.55, to: wet + 0.55, sill: 1.1, head: 2.2, panes: 2 });
    } else {
        wall_run(set, (cold + 0.05, hot - 0.45), fit);
    }
    wall_run(set, (hot + 0.45, right), fit);
    if window && set.dice.chance(0.6) {
        rail(set, (wet + 0.65, hot - 0.48));
    }
    base_run(set, (cold + 0.02, right), fit, true);
    fridge(set, (room.left + 0.03, cold));
    sink(set, wet);
    hob(set, hot);
    things(set, (wet + hot) / 2.0 + 0.05);
    things(set, right - 0.2);
    set.ceiling_lamp(0.0, room.back - 1.3);
}

/// A run along the left wall, from the back wall towards the viewer.
fn side_run(set: &mut Set<'_>, fit: Fitting, near: f64, cupboards: bool) {
    let room = set.room;
    let (left, x, far) = (room.left, room.left + DEEP, room.back);
    let camera = set.camera();
    set.shadow((left, x), (near, far));
    set.block((left, x), (0.1, WORKTOP - 0.04), (near, far), fit.front);
    let mut seams = Trace::default();
    let mut at = near + 0.5;
    while at < far - DEEP {
        seams = seams.run(&camera, (x, 0.12, at), (x, WORKTOP - 0.05, at));
        at += 0.5;
    }
    set.pen.path(&seams, stroke(fit.front.darker(0.35), 1.4));
    set.block_toned(
        (left, x + 0.03),
        (WORKTOP - 0.04, WORKTOP),
        (near, far),
        fit.stone.darker(0.12),
        fit.stone.lighter(0.06),
    );
    if cupboards {
        let front = left + 0.34;
        set.block((left, front), CUPBOARD, (near + 0.3, far), fit.upper);
        let mut seams = Trace::default();
        let mut at = near + 0.8;
        while at < far {
            seams = seams.run(&camera, (front, CUPBOARD.0, at), (front, CUPBOARD.1, at));
            at += 0.5;
        }
        set.pen.path(&seams, stroke(fit.upper.darker(0.3), 1.4));
    }
}

fn corner(set: &mut Set<'_>, finish: &Finish, fit: Fitting) {
    let room = set.room;
    shell(set, finish);
    splash(set, (room.left, room.right), CUPBOARD.0 + 0.02);
    let wet = set.dice.between(-0.15, 0.15);
    pane(set, &Opening { wall: Wall::Back, from: wet - 0.7, to: wet + 0.7, sill: 1.08, head: 2.2, panes: 2 });
    let hot = room.right - 0.55;
    base_run(set, (room.left + 0.3, room.right), fit, false);
    sink(set, wet);
    hob(set, hot);
    things(set, wet + 0.62);
    side_run(set, fit, room.back - 2.1, true);
    let camera = set.camera();
    for (z, kind) in [(room.back - 0.9, 0), (room.back - 1.5, 1)] {
        let (px, py) = camera.at(room.left + 0.3, WORKTOP, z);
        let k = camera.scale(z);
        let tone = if kind == 0 { hex(0xE9_ECEC) } else { set.mood.family.accent };
        set.pen.round(px - 0.13 * k, py - 0.22 * k, 0.26 * k, 0.22 * k, 0.06 * k, tone);
        set.pen.rect(px - 0.13 * k, py - 0.15 * k, 0.26 * k, 2.0, tone.darker(0.25));
    }
    set.ceiling_lamp(0.1, room.back - 1.4);
}

fn galley(set: &mut Set<'_>, finish: &Finish, fit: Fitting) {
    let room = set.room;
    shell(set, finish);
    let hole = Opening { wall: Wall::Back, from: -0.62, to: 0.62, sill: 0.9, head: 2.2, panes: 2 };
    pane(set, &hole);
    set.room.daylight(set.pen, set.look, set.mood, &hole);
    // Tiles and a hob on the left, foreshortened.
    let (camera, tile) = (set.camera(), set.mood.family.textile.lighter(0.6));
    set.pen.poly(&camera.side(room.left, (WORKTOP, CUPBOARD.0), (1.0, room.back)), tile);
    let mut joints = Trace::default();
    for step in 1..9 {
        let z = room.back - 0.32 * f64::from(step);
        joints = joints.run(&camera, (room.left, WORKTOP, z), (room.left, CUPBOARD.0, z));
    }
    for step in 1..4 {
        let y = WORKTOP + (CUPBOARD.0 - WORKTOP) * f64::from(step) / 4.0;
        joints = joints.run(&camera, (room.left, y, 1.0), (room.left, y, room.back));
    }
    set.pen.path(&joints, stroke(tile.darker(0.16), 1.0));
    side_run(set, fit, room.back - 2.6, true);
    set.pen.poly(
        &camera.level((room.left + 0.1, room.left + 0.52), WORKTOP + 0.005, (room.back - 1.45, room.back - 0.75)),
        hex(0x2B_3036),
    );
    // The other side: a tall cupboard with an oven at the far end, then the fridge.
    let x = (room.right - DEEP, room.right);
    let tall = (room.back - 0.75, room.back - 0.02);
    set.shadow(x, (room.back - 1.6, room.back));
    set.block(x, (0.08, 2.2), tall, fit.front);
    set.pen.poly(&camera.side(x.0, (0.95, 1.45), (tall.0 + 0.06, tall.1 - 0.06)), hex(0x2F_353C));
    set.pen.path(
        &Trace::default().run(&camera, (x.0, 1.4, tall.0 + 0.1), (x.0, 1.4, tall.1 - 0.1)),
        stroke(hex(0xB9_C2C8), 2.4),
    );
    let cold = set.dice.pick(&[hex(0xC9_CFD3), hex(0xE4_E7E7), hex(0x5D_666E)]);
    set.block(x, (0.05, 1.8), (room.back - 1.5, room.back - 0.8), cold);
    set.pen.path(
        &Trace::default().run(&camera, (x.0, 0.72, room.back - 1.5), (x.0, 0.72, room.back - 0.8)),
        stroke(cold.darker(0.3), 1.6),
    );
    set.pen.path(
        &Trace::default().run(&camera, (x.0, 0.8, room.back - 1.44), (x.0, 1.2, room.back - 1.44)),
        stroke(cold.darker(0.4), 2.6),
    );
    for (z, tone) in [
        (room.back - 0.45, hex(0xE9_E4DA)),
        (room.back - 0.95, hex(0xB9_4F3D)),
        (room.back - 1.7, set.mood.family.accent),
    ] {
        let (px, py) = camera.at(room.left + 0.3, WORKTOP, z);
        let k = camera.scale(z);
        set.pen.round(px - 0.09 * k, py - 0.2 * k, 0.18 * k, 0.2 * k, 0.05 * k, tone);
    }
    let (px, py) = camera.at(0.3, hole.sill, room.back - 0.05);
    let leaf = set.mood.houseplant();
    for (dx, dy) in [(-9.0, -20.0), (0.0, -27.0), (9.0, -19.0)] {
        set.pen.oval((px + dx, py + dy), 6.5, 8.0, leaf.lighter(0.1));
    }
    set.pen.poly(&[(px - 9.0, py - 15.0), (px + 9.0, py - 15.0), (px + 7.0, py), (px - 7.0, py)], hex(0xE9_E6E0));
    let runner = set.mood.family.textile.lighter(0.45);
    set.rug((-0.4, 0.4), (room.back - 2.3, room.back - 0.8), runner);
    set.ceiling_lamp(0.0, room.back - 1.2);
}

fn open(set: &mut Set<'_>, finish: &Finish, fit: Fitting) {
    let room = set.room;
    shell(set, finish);
    splash(set, (room.left + 0.7, room.right - 0.9), CUPBOARD.0 + 0.02);
    let hot = set.dice.between(-0.2, 0.2);
    // Tall cupboards with an oven at one end, the fridge at the other.
    let z = (room.back - DEEP, room.back);
    set.block((room.left, room.left + 0.7), (0.08, 2.2), z, fit.upper);
    set.plate((room.left + 0.08, room.left + 0.62), (0.95, 1.45), z.0, 0.01, hex(0x2F_353C));
    set.plate((room.left + 0.12, room.left + 0.58), (1.38, 1.4), z.0, 0.0, hex(0xB9_C2C8));
    wall_run(set, (room.left + 0.7, hot - 0.46), fit);
    wall_run(set, (hot + 0.46, room.right - 0.9), fit);
    base_run(set, (room.left + 0.7, room.right - 0.9), fit, true);
    fridge(set, (room.right - 0.88, room.right - 0.04));
    hob(set, hot);
    things(set, hot - 0.75);
    things(set, hot + 0.75);
    let (front, back) = (room.back - 2.1, room.back - 1.35);
    let half = 1.15;
    set.shadow((-half, half), (front, back));
    let body = if set.dice.chance(0.5) { fit.front } else { fit.upper };
    set.block((-half + 0.05, half - 0.05), (0.0, WORKTOP), (front + 0.05, back), body);
    set.block_toned(
        (-half, half),
        (WORKTOP, WORKTOP + 0.06),
        (front, back),
        fit.stone.darker(0.1),
        fit.stone.lighter(0.1),
    );
    set.tabletop((0.45, front + 0.35), WORKTOP + 0.06);
    let seat = set.mood.family.accent.mix(set.mood.family.wood, 0.3);
    let form = set.dice.below(4);
    for x in [-0.7, 0.0, 0.7] {
        set.pendant(x, 1.75, front + 0.35, form);
    }
    for x in [-0.7, 0.0, 0.7] {
        set.stool(x, front - 0.2, seat);
    }
}

fn unfinished(set: &mut Set<'_>, finish: &Finish) {
    let room = set.room;
    let wide = set.dice.between(0.5, 0.8);
    rough::shell(set, finish, &Opening { wall: Wall::Back, from: -wide, to: wide, sill: 1.0, head: 2.15, panes: 2 });
    let camera = set.camera();
    let stub = room.right - set.dice.between(0.5, 0.9);
    let mut pipes = Trace::default();
    for dx in [0.0, 0.14] {
        pipes = pipes.run(&camera, (stub + dx, 0.0, room.back - 0.05), (stub + dx, 0.6, room.back - 0.05));
    }
    set.pen.path(&pipes, stroke(hex(0xE4_E2DD), 6.0));
    // The flue hole and the gas pipe.
    let (at, r) = (camera.at(room.left + 0.55, 2.15, room.back), 0.09 * camera.scale(room.back));
    set.pen.circle(at.0, at.1, r, Ink::from(hex(0x5B_5B5B)).edge(hex(0x9A_9894), 2.0));
    let gas = Trace::default().run(
        &camera,
        (room.left + 0.2, 0.0, room.back - 0.03),
        (room.left + 0.2, room.height, room.back - 0.03),
    );
    set.pen.path(&gas, stroke(hex(0xD9_A93F), 4.0));
    set.plate((room.left + 0.08, room.left + 0.34), (1.2, 1.5), room.back - 0.05, 0.03, hex(0xD9_DCDD));
    set.bulb(0.1, room.back - 1.2);
    set.light_up();
}

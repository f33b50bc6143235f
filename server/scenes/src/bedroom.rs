//! Bedrooms: double rooms, a child's room, a study, a tatami room.

use crate::dice::{Dice, Wheel};
use crate::furniture::Set;
use crate::palette::Mood;
use crate::pen::{Color, Ink, Pen, Trace, WHITE, hex, stroke};
use crate::room::{Finish, Opening, Room, Wall};
use crate::{Decoration, HomeLook, rough};

pub(crate) fn draw(pen: &mut Pen, look: &HomeLook, mood: &Mood, dice: &mut Dice, index: u8) {
    let wide = if index == 0 { 4.1 } else { 3.5 };
    let height = if look.decoration == Decoration::Luxury { 2.95 } else { 2.7 };
    let room = Room::new(wide, height, dice.between(4.5, 4.9), dice.between(-0.3, 0.3));
    // The third room is as often a study or a child's.
    let use_of = match index {
        0 => 0,
        1 => dice.weighted(&[(0, 5), (1, 2), (3, 2)]),
        _ => dice.weighted(&[(0, 1), (1, 3), (2, 3), (3, 1)]),
    };
    let flip = dice.chance(0.5);
    pen.flipped(flip, |pen| {
        let mut finish = Finish::of(look, mood, dice);
        let mut set = Set::new(pen, look, mood, dice, room);
        if look.decoration == Decoration::Rough {
            rough::room(&mut set, &finish);
            return;
        }
        if use_of == 1 {
            finish.feature = mood.family.accent.lighter(0.55);
        }
        match use_of {
            0 => double(&mut set, &finish),
            1 => child(&mut set, &finish),
            2 => study(&mut set, &finish),
            _ => tatami(&mut set, &finish),
        }
        if look.decoration == Decoration::Simple {
            set.ceiling_lamp(0.0, room.back - 1.4);
        }
        set.light_up();
    });
}

fn shell(set: &mut Set<'_>, finish: &Finish, hole: Opening) {
    let family = set.mood.family;
    set.room.shell(set.pen, finish, set.mood);
    set.room.window(set.pen, set.look, set.mood, &hole, hex(0xF7_F5F0));
    set.room.daylight(set.pen, set.look, set.mood, &hole);
    let cloth = set.dice.pick(&[
        family.textile.lighter(0.3),
        family.wall.darker(0.08),
        family.accent.lighter(0.45),
        hex(0xF0_EBE2),
    ]);
    let long = set.dice.chance(0.6);
    set.room.curtains(set.pen, &hole, cloth, long);
}

fn double(set: &mut Set<'_>, finish: &Finish) {
    let room = set.room;
    let family = set.mood.family;
    // The bed stands left of the window, or under it, or the window is in the side wall.
    let (bed, hole) = match set.dice.spread(Wheel::Arrangement, 3) {
        0 => (
            room.left + 1.55,
            Opening {
                wall: Wall::Back,
                from: room.right - 1.4,
                to: room.right - 0.3,
                sill: 0.7,
                head: room.height - 0.4,
                panes: 2,
            },
        ),
        1 => (
            0.1,
            Opening {
                wall: Wall::Left,
                from: room.back - 2.0,
                to: room.back - 0.6,
                sill: 0.6,
                head: room.height - 0.4,
                panes: 2,
            },
        ),
        _ => (0.0, Opening { wall: Wall::Back, from: -1.0, to: 1.0, sill: 1.12, head: room.height - 0.35, panes: 3 }),
    };
    let under_window = hole.wall == Wall::Back && hole.to > bed;
    shell(set, finish, hole);
    if hole.wall != Wall::Left && set.dice.chance(0.65) {
        let front =
            set.dice.pick(&[family.wood.lighter(0.25), family.wall.lighter(0.4), family.textile.lighter(0.4)]);
        set.wardrobe_along((room.back - 2.2, room.back - 0.55), room.height - 0.35, front);
    }
    if !under_window || bed + 0.95 < hole.from {
        set.art((bed - 0.6, bed + 0.6), (1.45, 2.0));
    }
    let wide = if set.look.decoration == Decoration::Simple { 0.75 } else { 0.9 };
    rug(set, bed);
    nightstand(set, bed - wide - 0.34);
    nightstand(set, bed + wide + 0.34);
    bedstead(set, bed, wide);
    if set.dice.chance(0.6) {
        let tall = set.dice.between(0.9, 1.3);
        set.plant(room.right - 0.3, room.back - 0.7, tall);
    }
}

fn rug(set: &mut Set<'_>, x: f64) {
    let color =
        set.dice.pick(&[hex(0xEF_E9DF), set.mood.family.textile.lighter(0.6), set.mood.family.wall.darker(0.07)]);
    let back = set.room.back;
    set.rug((x - 1.45, x + 1.45), (back - 2.45, back - 1.0), color);
}

/// A bed with its head at the back wall; four headboards, three ways to make it.
fn bedstead(set: &mut Set<'_>, x: f64, half: f64) {
    let back = set.room.back;
    let family = set.mood.family;
    let (head, foot) = (back - 0.1, back - 2.0);
    let wood = family.wood;
    let cover = set.dice.pick(&[
        family.textile,
        family.accent.lighter(0.2),
        family.textile.lighter(0.25),
        family.wall.darker(0.2),
    ]);
    let sheet = hex(0xF6_F3ED);
    set.shadow((x - half, x + half), (foot, back));
    match set.dice.below(4) {
        0 => {
            let cloth = family.textile.mix(wood, 0.35);
            set.plate((x - half - 0.06, x + half + 0.06), (0.0, 1.18), head, 0.09, cloth);
            let mut seams = Trace::default();
            for index in 1..5 {
                let at = x - half + 2.0 * half * f64::from(index) / 5.0;
                seams = seams.run(&set.camera(), (at, 0.4, head), (at, 1.13, head));
            }
            set.pen.path(&seams, stroke(cloth.darker(0.2), 1.4));
        }
        1 => {
            set.plate((x - half - 0.08, x + half + 0.08), (0.0, 0.95), head, 0.03, wood);
            set.plate((x - half, x + half), (0.55, 0.87), head, 0.03, wood.lighter(0.14));
        }
        2 => {
            let (fx, fy, w, h) = set.camera().upright((x - half, x + half), (0.4, 1.05), head);
            set.pen.path(
                &Trace::from(fx, fy + h)
                    .to(fx, fy + 14.0)
                    .bend(fx + w / 2.0, fy - 26.0, fx + w, fy + 14.0)
                    .to(fx + w, fy + h)
                    .close(),
                family.accent.mix(wood, 0.4),
            );
        }
        _ => {
            // Slats from wall to wall with a shelf.
            set.plate((x - half - 0.75, x + half + 0.75), (0.25, 1.1), back - 0.03, 0.02, wood.lighter(0.1));
            let mut slats = Trace::default();
            let mut at = x - half - 0.7;
            while at < x + half + 0.75 {
                slats = slats.run(&set.camera(), (at, 0.25, back - 0.03), (at, 1.1, back - 0.03));
                at += 0.13;
            }
            set.pen.path(&slats, stroke(wood.darker(0.12), 1.2));
        }
    }
    set.block((x - half, x + half), (0.08, 0.3), (foot, head), wood.darker(0.1));
    set.pad((x - half + 0.02, x + half - 0.02), (0.28, 0.5), (foot, head), sheet);
    let camera = set.camera();
    for (px, tone) in [(x - half * 0.5, WHITE), (x + half * 0.5, WHITE)] {
        let (fx, fy, w, h) = camera.upright((px - half * 0.4, px + half * 0.4), (0.5, 0.82), head - 0.18);
        set.pen.round(fx, fy, w, h, h * 0.34, tone.darker(0.07));
        let (fx, fy, w, h) = camera.upright((px - half * 0.38, px + half * 0.38), (0.48, 0.74), head - 0.34);
        set.pen.round(fx, fy, w, h, h * 0.36, tone);
    }
    // The cover lies over the lower part and falls over the foot.
    let fold = head - set.dice.between(0.7, 0.95);
    let over = (x - half - 0.02, x + half + 0.02);
    set.pad(over, (0.16, 0.55), (foot - 0.03, fold), cover);
    set.pen.poly(&camera.level(over, 0.555, (fold - 0.22, fold)), Ink::from(sheet).edge(sheet, 2.0));
    match set.dice.below(3) {
        0 => {
            let throw = family.accent.mix(cover, 0.15);
            set.pen.poly(&camera.level(over, 0.56, (foot + 0.15, foot + 0.6)), Ink::from(throw).alpha(0.9));
        }
        1 => {
            let mut quilt = Trace::default();
            for step in 1..5 {
                let z = foot + (fold - foot) * f64::from(step) / 5.0;
                quilt = quilt.run(&camera, (over.0, 0.555, z), (over.1, 0.555, z));
            }
            for step in 1..6 {
                let at = over.0 + (over.1 - over.0) * f64::from(step) / 6.0;
                quilt = quilt.run(&camera, (at, 0.555, foot), (at, 0.555, fold)).run(
                    &camera,
                    (at, 0.2, foot - 0.03),
                    (at, 0.53, foot - 0.03),
                );
            }
            set.pen.path(&quilt, stroke(cover.darker(0.14), 1.1).alpha(0.6));
        }
        _ => {}
    }
    let (fx, fy, w, h) = camera.upright((x - 0.24, x + 0.24), (0.5, 0.78), head - 0.5);
    set.pen.round(fx, fy, w, h, h * 0.3, family.accent);
}

fn nightstand(set: &mut Set<'_>, x: f64) {
    let z = (set.room.back - 0.42, set.room.back);
    let wood = set.mood.family.wood;
    if x - 0.24 < set.room.left || x + 0.24 > set.room.right {
        return;
    }
    set.shadow((x - 0.23, x + 0.23), z);
    set.block((x - 0.23, x + 0.23), (0.1, 0.5), z, wood);
    set.plate((x - 0.19, x + 0.19), (0.3, 0.315), z.0, 0.0, wood.darker(0.3));
    set.plate((x - 0.04, x + 0.04), (0.38, 0.4), z.0, 0.0, hex(0xC9_A96A));
    match set.dice.below(3) {
        0 => set.pendant(x, 1.15, set.room.back - 0.22, 0),
        1 => set.table_lamp(x, 0.5, set.room.back - 0.22),
        _ => set.tabletop((x, set.room.back - 0.2), 0.5),
    }
}

fn child(set: &mut Set<'_>, finish: &Finish) {
    let room = set.room;
    let family = set.mood.family;
    shell(
        set,
        finish,
        Opening { wall: Wall::Back, from: 0.0, to: 1.15, sill: 0.95, head: room.height - 0.45, panes: 2 },
    );
    let wood = family.wood.lighter(0.35);
    set.rug((-0.9, 1.3), (room.back - 2.2, room.back - 0.9), family.accent.lighter(0.5));
    // A bunk along the left wall.
    let (x, z) = ((room.left + 0.02, room.left + 1.0), (room.back - 2.05, room.back - 0.03));
    set.shadow(x, z);
    let deck = |set: &mut Set<'_>, y: f64, cover: Color| {
        set.block(x, (y, y + 0.16), z, wood);
        set.pad((x.0 + 0.04, x.1 - 0.03), (y + 0.16, y + 0.3), (z.0 + 0.05, z.1), hex(0xF6_F3ED));
        set.pad((x.0 + 0.03, x.1 - 0.02), (y + 0.17, y + 0.34), (z.0 + 0.05, z.1 - 0.65), cover);
        set.pad((x.0 + 0.2, x.1 - 0.2), (y + 0.3, y + 0.46), (z.1 - 0.5, z.1 - 0.15), WHITE);
    };
    let upper = set.dice.chance(0.5);
    for depth in [z.1 - 0.07, z.0] {
        let top = if upper { 1.9 } else { 0.8 };
        set.block((x.1 - 0.07, x.1), (0.0, top), (depth, depth + 0.07), wood.darker(0.06));
        if depth > z.0 {
            deck(set, 0.2, family.textile);
            if upper {
                deck(set, 1.22, family.accent);
            }
        }
    }
    let camera = set.camera();
    if upper {
        let mut rails = Trace::default();
        for y in [1.62, 1.75] {
            rails = rails.run(&camera, (x.1, y, z.0 + 0.5), (x.1, y, z.1));
        }
        set.pen.path(&rails, stroke(wood.darker(0.05), 4.0));
        let mut rungs = Trace::default();
        for step in 1..6 {
            let y = f64::from(step) * 0.28;
            rungs = rungs.run(&camera, (x.1, y, z.0 + 0.08), (x.1, y, z.0 + 0.45));
        }
        rungs = rungs.run(&camera, (x.1, 0.0, z.0 + 0.45), (x.1, 1.8, z.0 + 0.45));
        set.pen.path(&rungs, stroke(wood.darker(0.12), 3.5));
    } else {
        set.art((room.left + 1.15, -0.15), (1.4, 2.0));
    }
    desk(set, (0.0, 1.2), wood);
    let (px, py) = camera.at(room.right - 0.2, room.height - 0.22, room.back);
    let bunting =
        [family.accent, family.textile, hex(0xE9_C46F), family.accent.lighter(0.3), family.textile.lighter(0.3)];
    for (index, tone) in bunting.into_iter().enumerate() {
        let at = px - 50.0 - 34.0 * index as f64;
        let sag = 20.0 - 5.0 * (index as f64 - 2.0).powi(2);
        set.pen.poly(&[(at, py + 14.0 + sag), (at + 22.0, py + 14.0 + sag), (at + 11.0, py + 38.0 + sag)], tone);
    }
    set.block(
        (room.right - 0.62, room.right - 0.1),
        (0.0, 0.36),
        (room.back - 1.75, room.back - 1.3),
        family.accent.lighter(0.25),
    );
    ball(set, 0.2, room.back - 1.6);
}

fn ball(set: &mut Set<'_>, x: f64, z: f64) {
    set.shade_disc(x, z, 0.14);
    let at = set.camera().at(x, 0.14, z);
    let r = 0.14 * set.camera().scale(z);
    set.pen.circle(at.0, at.1, r, set.mood.family.textile);
    set.pen.path(&Trace::from(at.0 - r, at.1).bend(at.0, at.1 + r * 0.7, at.0 + r, at.1), stroke(WHITE, 2.0));
}

/// A desk at the back wall with a chair before it and a lamp, a screen or books on it.
fn desk(set: &mut Set<'_>, x: (f64, f64), wood: Color) {
    let z = (set.room.back - 0.62, set.room.back - 0.02);
    set.shadow(x, z);
    for leg in [x.0 + 0.03, x.1 - 0.09] {
        set.block((leg, leg + 0.06), (0.0, 0.72), z, wood.darker(0.15));
    }
    set.block(x, (0.71, 0.76), z, wood);
    let middle = (x.0 + x.1) / 2.0;
    set.plate((middle - 0.3, middle + 0.3), (0.88, 1.24), z.1 - 0.15, 0.02, hex(0x2F_363E));
    set.plate((middle - 0.27, middle + 0.27), (0.91, 1.21), z.1 - 0.15, 0.0, set.mood.family.textile.lighter(0.5));
    set.plate((middle - 0.03, middle + 0.03), (0.76, 0.88), z.1 - 0.15, 0.0, hex(0x59_616A));
    set.table_lamp(x.0 + 0.2, 0.76, z.1 - 0.2);
    set.tabletop((x.1 - 0.22, z.0 + 0.25), 0.76);
    set.chair(middle, z.0 - 0.2, true, set.mood.family.textile);
}

fn study(set: &mut Set<'_>, finish: &Finish) {
    let room = set.room;
    let wood = set.mood.family.wood;
    shell(
        set,
        finish,
        Opening {
            wall: Wall::Left,
            from: room.back - 1.7,
            to: room.back - 0.4,
            sill: 0.8,
            head: room.height - 0.4,
            panes: 2,
        },
    );
    set.bookcase((room.right - 1.15, room.right - 0.05), room.height - 0.35, wood);
    let left = (room.left + 0.35, room.right - 1.3);
    set.art((left.0 + 0.1, left.1 - 0.1), (1.45, 2.05));
    set.rug((-1.2, 1.2), (room.back - 2.3, room.back - 0.95), set.mood.family.textile.lighter(0.55));
    desk(set, left, wood.lighter(0.08));
    set.armchair(room.right - 0.55, room.back - 1.0, set.mood.family.accent.mix(wood, 0.2));
    set.plant(room.left + 0.3, room.back - 0.25, 1.4);
}

/// A raised floor with a mattress or a low table (榻榻米), cupboards above.
fn tatami(set: &mut Set<'_>, finish: &Finish) {
    let room = set.room;
    let family = set.mood.family;
    shell(
        set,
        finish,
        Opening { wall: Wall::Back, from: -0.75, to: 0.95, sill: 0.75, head: room.height - 0.45, panes: 3 },
    );
    let wood = family.wood.lighter(0.22);
    let (deck, front) = (0.42, room.back - 1.75);
    let straw = hex(0xDD_CF9F).mix(family.wall, 0.25);
    set.block_toned((room.left, room.right), (0.0, deck), (front, room.back), wood, straw);
    let camera = set.camera();
    let mut seams = Trace::default();
    for step in 1..4 {
        let at = room.left + (room.right - room.left) * f64::from(step) / 4.0;
        seams = seams.run(&camera, (at, deck, front), (at, deck, room.back)).run(
            &camera,
            (at, 0.05, front),
            (at, deck - 0.05, front),
        );
    }
    set.pen.path(&seams, stroke(wood.darker(0.25), 1.6));
    let tall = room.height - 0.3;
    set.block((room.left, room.left + 0.55), (deck, tall), (room.back - 0.9, room.back), wood.lighter(0.25));
    if set.dice.chance(0.5) {
        set.pad((-0.6, 0.95), (deck, deck + 0.15), (front + 0.15, room.back - 0.15), hex(0xF4_F0E8));
        set.pad((-0.62, 0.97), (deck + 0.02, deck + 0.2), (front + 0.1, room.back - 0.75), family.textile);
        set.plate((-0.3, 0.6), (deck + 0.14, deck + 0.34), room.back - 0.35, 0.08, WHITE);
    } else {
        for x in [-0.55, 0.75] {
            set.pad((x - 0.26, x + 0.26), (deck, deck + 0.09), (front + 0.45, front + 0.95), family.accent);
        }
        for leg in [-0.25, 0.4] {
            set.plate((leg, leg + 0.05), (deck, deck + 0.28), front + 0.5, 0.0, wood.darker(0.3));
        }
        set.block((-0.32, 0.52), (deck + 0.27, deck + 0.32), (front + 0.45, front + 0.95), wood.darker(0.12));
        set.tabletop((0.1, front + 0.65), deck + 0.32);
    }
    set.pendant(0.1, 1.85, room.back - 0.9, 3);
    set.plant(room.right - 0.35, front - 0.2, 0.95);
}

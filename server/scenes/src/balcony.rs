//! Balconies: out into the open, or behind glass, with what people keep there.

use crate::dice::{Dice, Wheel};
use crate::furniture::Set;
use crate::outlook::{self, Extent};
use crate::palette::Mood;
use crate::pen::{Color, HEIGHT, Ink, Pen, Trace, WHITE, WIDTH, hex, stroke};
use crate::room::{Room, Wall};
use crate::{Decoration, HomeLook, rough};

pub(crate) fn draw(pen: &mut Pen, look: &HomeLook, mood: &Mood, dice: &mut Dice) {
    let wide = dice.between(4.1, 4.8);
    let room = Room::new(wide, 2.65, 4.6, dice.between(-0.4, 0.4));
    let flip = dice.chance(0.5);
    let glazed = look.decoration != Decoration::Rough && dice.chance(0.4);
    pen.flipped(flip, |pen| {
        let horizon = room.camera.ahead.1 + 20.0;
        outlook::beyond(pen, look, mood, Extent { x: (0.0, WIDTH), y: (0.0, HEIGHT - 60.0), horizon, zoom: 1.0 });
        let mut set = Set::new(pen, look, mood, dice, room);
        parapet(&mut set, glazed);
        shell(&mut set);
        if glazed {
            glazing(&mut set);
        }
        if look.decoration == Decoration::Rough {
            rough::leftovers(&mut set);
            set.bulb(0.2, room.back - 0.9);
        } else {
            match set.dice.spread(Wheel::Arrangement, 5) {
                0 => loungers(&mut set),
                1 => tea(&mut set),
                2 => laundry(&mut set),
                3 => green(&mut set),
                _ => swing(&mut set),
            }
            lamp(&mut set);
        }
        set.light_up();
    });
}

/// Floor, ceiling and the two side walls around the opening.
fn shell(set: &mut Set<'_>) {
    let room = set.room;
    let camera = room.camera;
    let family = set.mood.family;
    let rough = set.look.decoration == Decoration::Rough;
    let wall = if rough { hex(0xC5_C3BE) } else { family.wall.darker(0.04) };
    let deck = if rough {
        hex(0xA9_A6A1)
    } else {
        set.dice.pick(&[family.floor, hex(0xC9_CBC9), family.floor.darker(0.12), hex(0xD8_CDBD)])
    };
    let floor_y = camera.at(0.0, 0.0, room.back).1;
    let ground = set.pen.fade_down(&[(0.0, deck.lighter(0.08), 1.0), (1.0, deck.darker(0.1), 1.0)]);
    set.pen.rect(0.0, floor_y, WIDTH, HEIGHT - floor_y, ground);
    let mut seams = Trace::default();
    if set.dice.chance(0.5) {
        let mut z = room.back - 0.2;
        while z > 1.4 {
            seams = seams.run(&camera, (room.left, 0.0, z), (room.right, 0.0, z));
            z -= 0.22;
        }
    } else {
        for step in -8..9 {
            let x = f64::from(step) * 0.6;
            seams = seams.run(&camera, (x, 0.0, room.back), (x, 0.0, 1.2));
        }
        let mut z = room.back - 0.5;
        while z > 1.4 {
            seams = seams.run(&camera, (room.left, 0.0, z), (room.right, 0.0, z));
            z -= 0.6;
        }
    }
    if !rough {
        set.pen.path(&seams, stroke(deck.darker(0.25), 1.1).alpha(0.45));
    }
    let ceiling = wall.lighter(0.25);
    set.pen.poly(&camera.level((room.left, room.right), room.height, (1.0, room.back)), ceiling);
    for (side, shade) in [(Wall::Left, 0.06), (Wall::Right, 0.1)] {
        set.pen.poly(&room.panel(side, (1.0, room.back), (0.0, room.height), 0.0), wall.darker(shade));
    }
    // The beam over the opening.
    let beam = camera.upright((room.left, room.right), (room.height - 0.22, room.height), room.back);
    set.pen.rect(beam.0, beam.1, beam.2, beam.3, wall.darker(0.12));
    set.pen.rect(beam.0, beam.1 + beam.3 - 2.0, beam.2, 2.0, wall.darker(0.3));
    if set.mood.sun_strength() > 0.5 && set.mood.sun_from(set.look.facing.degrees()).abs() < 100.0 {
        let patch = camera.level((room.left + 0.5, room.right - 0.8), 0.0, (room.back - 1.5, room.back - 0.1));
        set.pen.poly(&patch, Ink::from(set.mood.sky.light).alpha(0.24));
    }
}

/// What keeps people from falling: bars, glass, a wall, or a wall with a rail.
fn parapet(set: &mut Set<'_>, glazed: bool) {
    let room = set.room;
    let camera = room.camera;
    let (x, y, w, h) = camera.upright((room.left, room.right), (0.0, 1.05), room.back);
    let metal = set.dice.pick(&[hex(0x4B_535B), hex(0x7B_838A), hex(0xE4_E4E0), hex(0x5B_4A3E)]);
    let kind = if set.look.decoration == Decoration::Rough || (set.look.built_year < 1990 && set.dice.chance(0.6)) {
        2
    } else {
        set.dice.below(4)
    };
    match kind {
        0 => {
            let mut bars = Trace::default();
            let mut at = x + 8.0;
            while at < x + w {
                bars = bars.line((at, y), (at, y + h));
                at += 17.0;
            }
            set.pen.path(&bars, stroke(metal.lighter(0.08), 2.4));
            set.pen.rect(x, y + h - 14.0, w, 4.0, metal);
        }
        1 => {
            set.pen.rect(x, y, w, h, Ink::from(hex(0xCF_E2EA)).alpha(0.34));
            for share in [0.0, 0.25, 0.5, 0.75] {
                let left = x + w * share;
                set.pen.poly(
                    &[(left + w * 0.05, y), (left + w * 0.1, y), (left + w * 0.04, y + h), (left - w * 0.01, y + h)],
                    Ink::from(WHITE).alpha(0.16),
                );
                set.pen.rect(left - 1.5, y, 3.0, h, metal);
            }
        }
        2 => {
            let wall = if set.look.decoration == Decoration::Rough {
                hex(0xBB_B9B4)
            } else {
                set.mood.family.wall.darker(0.1)
            };
            set.pen.rect(x, y + 6.0, w, h, wall);
            let shade = set.pen.fade_down(&[(0.0, wall.darker(0.5), 0.0), (1.0, wall.darker(0.5), 0.22)]);
            set.pen.rect(x, y + 6.0, w, h, shade);
        }
        _ => {
            let wall = set.mood.family.wall.darker(0.1);
            set.pen.rect(x, y + h * 0.5, w, h * 0.5, wall);
            let mut rails = Trace::default();
            for share in [0.12, 0.25, 0.38] {
                rails = rails.line((x, y + h * share), (x + w, y + h * share));
            }
            let mut at = x + 30.0;
            while at < x + w {
                rails = rails.line((at, y), (at, y + h * 0.5));
                at += 92.0;
            }
            set.pen.path(&rails, stroke(metal, 2.6));
        }
    }
    if !glazed || kind != 2 {
        set.pen.round(x, y - 3.0, w, 8.0, 3.0, metal);
    }
}

/// Sliding windows from the parapet to the beam.
fn glazing(set: &mut Set<'_>) {
    let room = set.room;
    let (x, y, w, h) = room.camera.upright((room.left, room.right), (1.05, room.height - 0.22), room.back);
    let frame = set.dice.pick(&[hex(0xF4_F3F0), hex(0x4A_5057), hex(0x9A_A2A8)]);
    let panes = 4 + set.dice.below(3);
    let wide = w / panes as f64;
    for index in 0..panes {
        let left = x + wide * index as f64;
        set.pen.poly(
            &[
                (left + wide * 0.35, y),
                (left + wide * 0.65, y),
                (left + wide * 0.35, y + h),
                (left + wide * 0.05, y + h),
            ],
            Ink::from(WHITE).alpha(0.1),
        );
        set.pen.rect(left, y, wide, h, stroke(frame, 6.0));
    }
    set.pen.rect(x, y + h - 4.0, w, 9.0, frame);
}

fn lamp(set: &mut Set<'_>) {
    let z = set.room.back - 1.0;
    if set.dice.chance(0.5) {
        let form = set.dice.pick(&[0, 1, 3]);
        set.pendant(0.1, 2.15, z, form);
    } else {
        set.ceiling_lamp(0.0, z);
    }
}

fn loungers(set: &mut Set<'_>) {
    let room = set.room;
    let cloth =
        set.dice.pick(&[hex(0xE6_DCCB), set.mood.family.textile.lighter(0.2), set.mood.family.accent.lighter(0.25)]);
    let wood = set.mood.family.wood;
    set.plant(room.left + 0.4, room.back - 0.45, 1.2);
    set.plant(room.right - 0.4, room.back - 0.4, 1.0);
    for x in [-0.85, 0.85] {
        let z = room.back - 0.85;
        set.shadow((x - 0.36, x + 0.36), (z - 0.55, z + 0.25));
        for leg in [x - 0.36, x + 0.32] {
            set.plate((leg, leg + 0.04), (0.0, 0.42), z - 0.5, 0.0, wood.darker(0.2));
        }
        // Seen from behind: a high slung back.
        set.pad((x - 0.34, x + 0.34), (0.3, 0.42), (z - 0.5, z + 0.2), cloth.darker(0.06));
        set.plate((x - 0.34, x + 0.34), (0.34, 0.92), z - 0.5, 0.1, cloth);
        set.plate((x - 0.22, x + 0.22), (0.74, 0.9), z - 0.5, 0.06, cloth.lighter(0.3));
    }
    let z = room.back - 0.9;
    set.shade_disc(0.0, z, 0.22);
    set.plate((-0.025, 0.025), (0.0, 0.46), z, 0.0, hex(0x54_483D));
    set.drum((0.0, z), (0.46, 0.5), 0.27, wood);
    set.tabletop((0.0, z), 0.5);
}

fn tea(set: &mut Set<'_>) {
    let room = set.room;
    let z = room.back - 1.0;
    let wood = set.mood.family.wood;
    set.plant(room.right - 0.4, room.back - 0.4, 1.3);
    planter(set, (room.left + 0.1, room.left + 1.2));
    set.chair(-0.75, z + 0.1, false, set.mood.family.accent);
    set.chair(0.75, z + 0.1, false, set.mood.family.accent);
    set.shade_disc(0.0, z, 0.4);
    set.plate((-0.03, 0.03), (0.0, 0.68), z, 0.0, wood.darker(0.3));
    set.drum((0.0, z), (0.68, 0.72), 0.42, wood);
    let (px, py) = set.camera().at(0.0, 0.72, z);
    set.pen.path(
        &Trace::from(px - 14.0, py)
            .bend(px - 18.0, py - 20.0, px, py - 20.0)
            .bend(px + 18.0, py - 20.0, px + 14.0, py)
            .close(),
        hex(0x3F_6FA8),
    );
    set.pen.path(&Trace::from(px + 14.0, py - 12.0).to(px + 25.0, py - 18.0), stroke(hex(0x3F_6FA8), 4.0));
    set.pen.circle(px, py - 22.0, 3.0, hex(0x3F_6FA8));
    for dx in [-32.0, 34.0] {
        set.pen.round(px + dx - 6.0, py - 9.0, 12.0, 10.0, 3.0, hex(0xF4_F5F5));
    }
}

/// Boxes with herbs and flowers under the parapet.
fn planter(set: &mut Set<'_>, x: (f64, f64)) {
    let z = (set.room.back - 0.35, set.room.back - 0.05);
    set.shadow(x, z);
    let camera = set.camera();
    let leaf = set.mood.houseplant();
    let bloom = set.dice.pick(&[hex(0xD9_7F86), hex(0xE3_B25A), hex(0xC9_8FB4), hex(0xF0_EDE4)]);
    let mut at = x.0 + 0.08;
    while at < x.1 {
        let (px, py) = camera.at(at, 0.42, z.0 + 0.1);
        let lift = set.dice.between(4.0, 20.0);
        set.pen.oval((px, py - lift), 13.0, 15.0, if lift > 12.0 { leaf.lighter(0.12) } else { leaf });
        if set.dice.chance(0.6) {
            set.pen.circle(px + 3.0, py - lift - 9.0, 4.2, bloom);
        }
        at += 0.16;
    }
    set.block(x, (0.0, 0.38), z, set.mood.family.wood.lighter(0.1));
}

fn laundry(set: &mut Set<'_>) {
    let room = set.room;
    let camera = set.camera();
    let family = set.mood.family;
    let z = room.back - 0.7;
    let (a, b) = (camera.at(room.left + 0.5, 2.15, z), camera.at(room.right - 0.9, 2.15, z));
    for at in [a, b] {
        let x = at.0 + if at.0 < 320.0 { 30.0 } else { -30.0 };
        set.pen.line((x, at.1), (x, camera.at(0.0, room.height, z).1), hex(0x8A_949C), 1.6);
    }
    set.pen.line(a, b, hex(0x9A_A4AC), 4.0);
    let tones =
        [family.accent, hex(0xF4_F3EF), family.textile, hex(0xD9_C9B0), family.textile.lighter(0.45), hex(0xC2_5B48)];
    let mut at = a.0 + 26.0;
    while at < b.0 - 50.0 {
        let tone = set.dice.pick(&tones);
        let wide = set.dice.between(44.0, 60.0);
        garment(set, (at, a.1), wide, tone);
        at += wide + set.dice.between(12.0, 34.0);
    }
    washer(set, room.right - 0.45);
    set.plant(room.left + 0.45, room.back - 0.5, 0.9);
    set.shade_disc(-0.4, room.back - 0.9, 0.24);
    set.drum((-0.4, room.back - 0.9), (0.0, 0.28), 0.24, hex(0x8F_B2CC));
}

fn garment(set: &mut Set<'_>, (x, y): (f64, f64), w: f64, tone: Color) {
    let h = w * set.dice.between(1.2, 1.7);
    set.pen.line((x + w / 2.0, y), (x + w / 2.0, y + 9.0), hex(0x6B_6258), 1.4);
    match set.dice.below(3) {
        0 => {
            let shirt = [
                (0.3, 0.1),
                (0.42, 0.16),
                (0.58, 0.16),
                (0.7, 0.1),
                (1.0, 0.3),
                (0.9, 0.46),
                (0.76, 0.38),
                (0.76, 1.0),
                (0.24, 1.0),
                (0.24, 0.38),
                (0.1, 0.46),
                (0.0, 0.3),
            ];
            let outline = shirt.map(|(sx, sy)| (x + w * sx, y + h * sy));
            set.pen.poly(&outline, Ink::from(tone).edge(tone, 2.0));
            set.pen.line((x + w * 0.5, y + h * 0.2), (x + w * 0.5, y + h * 0.96), tone.darker(0.14), 1.2);
        }
        1 => {
            let trousers = [(0.24, 0.1), (0.76, 0.1), (0.86, 1.1), (0.6, 1.1), (0.5, 0.45), (0.4, 1.1), (0.14, 1.1)];
            set.pen.poly(&trousers.map(|(sx, sy)| (x + w * sx, y + h * sy)), Ink::from(tone).edge(tone, 2.0));
        }
        _ => {
            set.pen.rect(x + w * 0.08, y + 3.0, w * 0.84, h * 0.9, tone);
            set.pen.rect(x + w * 0.08, y + h * 0.74, w * 0.84, 4.0, tone.lighter(0.35));
        }
    }
}

fn washer(set: &mut Set<'_>, x: f64) {
    let z = (set.room.back - 0.75, set.room.back - 0.15);
    set.shadow((x - 0.32, x + 0.32), z);
    set.block((x - 0.32, x + 0.32), (0.03, 0.86), z, hex(0xEC_EEEE));
    let (cx, cy) = set.camera().at(x, 0.42, z.0);
    let k = set.camera().scale(z.0);
    set.pen.circle(cx, cy, 0.2 * k, Ink::from(hex(0x5F_7387)).edge(hex(0xC5_CBCE), 4.0));
    set.pen.circle(cx - 0.05 * k, cy - 0.06 * k, 0.06 * k, Ink::from(WHITE).alpha(0.25));
    set.plate((x - 0.26, x + 0.1), (0.73, 0.8), z.0, 0.01, hex(0xD5_DADC));
    set.plate((x + 0.16, x + 0.24), (0.73, 0.8), z.0, 0.04, hex(0x9A_A4AC));
}

fn green(set: &mut Set<'_>) {
    let room = set.room;
    planter(set, (room.left + 0.15, room.left + 1.5));
    planter(set, (room.right - 1.6, room.right - 0.15));
    set.plant(room.left + 0.45, room.back - 0.8, 1.5);
    set.plant(room.right - 0.45, room.back - 0.8, 1.25);
    let camera = set.camera();
    for x in [-0.9, 0.9] {
        let z = room.back - 0.4;
        let (px, py) = camera.at(x, 2.05, z);
        set.pen.line((px, camera.at(x, room.height, z).1), (px, py - 8.0), hex(0x6B_6258), 1.2);
        set.trailing((px, py), camera.scale(z));
    }
    set.armchair(0.0, room.back - 0.55, set.mood.family.accent.lighter(0.15));
    cat(set, 0.75, room.back - 0.75);
}

/// A cat that looks out.
fn cat(set: &mut Set<'_>, x: f64, z: f64) {
    set.shade_disc(x, z, 0.16);
    let (px, py) = set.camera().at(x, 0.0, z);
    let fur = set.dice.pick(&[hex(0xD9_9A5C), hex(0x4A_4C50), hex(0xE9_E4DA)]);
    set.pen.path(&Trace::from(px + 12.0, py - 4.0).bend(px + 34.0, py - 2.0, px + 28.0, py - 22.0), stroke(fur, 5.0));
    set.pen.path(
        &Trace::from(px - 15.0, py)
            .bend(px - 17.0, py - 34.0, px, py - 36.0)
            .bend(px + 17.0, py - 34.0, px + 15.0, py)
            .close(),
        fur,
    );
    set.pen.circle(px, py - 42.0, 11.0, fur);
    set.pen.poly(&[(px - 10.0, py - 45.0), (px - 8.0, py - 57.0), (px - 2.0, py - 51.0)], fur);
    set.pen.poly(&[(px + 10.0, py - 45.0), (px + 8.0, py - 57.0), (px + 2.0, py - 51.0)], fur);
}

fn swing(set: &mut Set<'_>) {
    let room = set.room;
    let camera = set.camera();
    let z = room.back - 0.75;
    let k = camera.scale(z);
    let (px, py) = camera.at(-0.55, 0.95, z);
    let rope = hex(0x6B_6258);
    let cane = set.mood.family.wood.lighter(0.1);
    set.rug((-1.3, 1.2), (room.back - 1.55, room.back - 0.35), hex(0xE9_E2D4));
    set.pen.line((px, camera.at(0.0, room.height, z).1), (px, py - 0.72 * k), rope, 2.4);
    set.shade_disc(-0.55, z, 0.42);
    set.pen.oval((px, py), 0.48 * k, 0.72 * k, cane);
    set.pen.oval((px + 0.03 * k, py + 0.04 * k), 0.38 * k, 0.6 * k, cane.darker(0.3));
    let mut weave = Trace::default();
    for step in -3..4 {
        let x = px + f64::from(step) * 0.1 * k;
        weave = weave.move_to(px, py - 0.55 * k).bend(x * 2.0 - px, py, px + (x - px) * 0.6, py + 0.55 * k);
    }
    set.pen.path(&weave, stroke(cane, 1.4));
    set.pen.oval((px + 0.02 * k, py + 0.36 * k), 0.36 * k, 0.24 * k, set.mood.family.textile.lighter(0.2));
    set.pen.turned(-10.0, (px, py + 0.2 * k), |pen| {
        pen.round(px - 0.19 * k, py, 0.36 * k, 0.34 * k, 8.0, set.mood.family.accent)
    });
    set.plant(room.right - 0.45, room.back - 0.45, 1.35);
    set.shade_disc(0.45, z, 0.24);
    set.plate((0.43, 0.47), (0.0, 0.42), z, 0.0, hex(0x54_483D));
    set.drum((0.45, z), (0.42, 0.46), 0.28, set.mood.family.wood);
    set.tabletop((0.45, z), 0.46);
}

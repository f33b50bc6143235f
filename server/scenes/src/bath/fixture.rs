//! What bathrooms are fitted with: washstand and mirror, toilet, shower, tub.

use crate::Decoration;
use crate::furniture::Set;
use crate::pen::{Ink, Trace, WHITE, hex, stroke};

/// A washstand with its basin, tap, mirror and lamps.
pub(super) fn vanity(set: &mut Set<'_>, x: (f64, f64)) {
    let back = set.room.back;
    let family = set.mood.family;
    let z = (back - 0.5, back);
    let middle = (x.0 + x.1) / 2.0;
    mirror(set, x);
    match set.dice.below(3) {
        0 => {
            let wood = family.wood.lighter(0.1);
            set.block(x, (0.4, 0.78), z, wood);
            set.plate((x.0 + 0.02, x.1 - 0.02), (0.585, 0.6), z.0, 0.0, wood.darker(0.3));
        }
        1 => {
            set.shadow(x, z);
            let front = family.textile.lighter(0.1);
            set.block(x, (0.08, 0.78), z, front);
            let (fx, fy, w, h) = set.camera().upright((x.0 + 0.04, middle - 0.02), (0.12, 0.74), z.0);
            set.pen.rect(fx, fy, w, h, stroke(front.darker(0.2), 1.3));
            let (fx, fy, w, h) = set.camera().upright((middle + 0.02, x.1 - 0.04), (0.12, 0.74), z.0);
            set.pen.rect(fx, fy, w, h, stroke(front.darker(0.2), 1.3));
        }
        _ => {
            set.shadow((middle - 0.12, middle + 0.12), z);
            for leg in [x.0 + 0.04, x.1 - 0.07] {
                set.plate((leg, leg + 0.03), (0.0, 0.78), z.0, 0.0, hex(0xB8_9458));
            }
            set.block((x.0 + 0.04, x.1 - 0.04), (0.2, 0.23), z, family.wood);
            set.plate((x.0 + 0.14, x.0 + 0.44), (0.23, 0.36), z.0 + 0.1, 0.03, hex(0xE9_E4DA));
        }
    }
    set.block((x.0 - 0.02, x.1 + 0.02), (0.78, 0.83), (z.0 - 0.02, z.1), hex(0xF4_F3F0));
    let camera = set.camera();
    if set.dice.chance(0.5) {
        let (at, rx, ry) = camera.disc(middle, 0.83, back - 0.27, 0.2);
        set.pen.path(
            &Trace::from(at.0 - rx * 1.05, at.1 - 0.1 * camera.scale(z.0))
                .bend(at.0, at.1 + ry * 3.6, at.0 + rx * 1.05, at.1 - 0.1 * camera.scale(z.0))
                .close(),
            hex(0xE7_E9EA),
        );
        set.pen.oval(
            (at.0, at.1 - 0.1 * camera.scale(z.0)),
            rx * 1.05,
            ry,
            Ink::from(hex(0xD5_DADC)).edge(WHITE, 2.4),
        );
    } else {
        let (at, rx, ry) = camera.disc(middle, 0.835, back - 0.26, 0.2);
        set.pen.oval(at, rx, ry, Ink::from(hex(0xD9_DDDF)).edge(hex(0xC5_CACD), 1.4));
    }
    let (px, py) = camera.at(middle, 0.83, back - 0.06);
    let metal = set.dice.pick(&[hex(0x9A_A4AC), hex(0x9A_A4AC), hex(0xB8_9458), hex(0x34_3A40)]);
    set.pen.path(
        &Trace::from(px, py).to(px, py - 34.0).bend(px, py - 42.0, px + 2.0, py - 42.0).to(px + 4.0, py - 34.0),
        stroke(metal, 4.0),
    );
    bottles(set, x.1 - 0.2);
}

fn mirror(set: &mut Set<'_>, x: (f64, f64)) {
    let back = set.room.back;
    let middle = (x.0 + x.1) / 2.0;
    let glass = hex(0xD4_E1E7);
    let frame = set.dice.pick(&[hex(0xB8_9458), set.mood.family.wood, hex(0x3F_454B), WHITE]);
    let (fx, fy, w, h) = set.camera().upright((x.0 + 0.05, x.1 - 0.05), (1.1, 1.85), back);
    match set.dice.below(3) {
        0 => {
            let r = h / 2.0;
            let (cx, cy) = (fx + w / 2.0, fy + r);
            set.pen.circle(cx, cy, r, Ink::from(glass).edge(frame, 4.0));
            set.pen.poly(
                &[
                    (cx - r * 0.5, cy + r * 0.5),
                    (cx + r * 0.35, cy - r * 0.65),
                    (cx + r * 0.6, cy - r * 0.45),
                    (cx - r * 0.22, cy + r * 0.68),
                ],
                Ink::from(WHITE).alpha(0.45),
            );
        }
        1 => {
            set.pen.round(fx, fy, w, h, 6.0, Ink::from(glass).edge(frame, 4.0));
            set.pen.poly(
                &[(fx + w * 0.1, fy + h), (fx + w * 0.45, fy), (fx + w * 0.6, fy), (fx + w * 0.25, fy + h)],
                Ink::from(WHITE).alpha(0.4),
            );
        }
        _ => {
            // A cabinet with two mirror doors.
            set.block((x.0 + 0.05, x.1 - 0.05), (1.1, 1.85), (back - 0.14, back), frame);
            for side in [(x.0 + 0.08, middle - 0.015), (middle + 0.015, x.1 - 0.08)] {
                set.plate(side, (1.13, 1.82), back - 0.14, 0.0, glass);
                let (fx, fy, w, h) = set.camera().upright(side, (1.13, 1.82), back - 0.14);
                set.pen.poly(
                    &[(fx + w * 0.1, fy + h), (fx + w * 0.6, fy), (fx + w * 0.85, fy), (fx + w * 0.35, fy + h)],
                    Ink::from(WHITE).alpha(0.4),
                );
            }
        }
    }
    set.pendant(x.0 - 0.02, 1.75, back - 0.1, 1);
}

fn bottles(set: &mut Set<'_>, x: f64) {
    let family = set.mood.family;
    for (dx, tall, tone) in [(-0.07, 0.16, family.accent), (0.03, 0.12, hex(0xE9_E4DA)), (0.11, 0.19, family.textile)]
    {
        set.plate((x + dx - 0.032, x + dx + 0.032), (0.83, 0.83 + tall), set.room.back - 0.2, 0.014, tone);
        set.plate(
            (x + dx - 0.012, x + dx + 0.012),
            (0.83 + tall, 0.86 + tall),
            set.room.back - 0.2,
            0.0,
            hex(0x59_616A),
        );
    }
}

pub(super) fn toilet(set: &mut Set<'_>, x: f64) {
    let back = set.room.back;
    let china = hex(0xF6_F7F7);
    let camera = set.camera();
    set.shade_disc(x, back - 0.42, 0.26);
    set.pad((x - 0.2, x + 0.2), (0.4, 0.78), (back - 0.2, back), china);
    set.block((x - 0.22, x + 0.22), (0.77, 0.81), (back - 0.22, back), WHITE);
    let k = camera.scale(back - 0.45);
    let (cx, floor) = camera.at(x, 0.0, back - 0.45);
    let top = camera.at(x, 0.41, back - 0.45).1;
    set.pen.path(
        &Trace::from(cx - 0.19 * k, top)
            .bend(cx - 0.2 * k, floor - 0.12 * k, cx - 0.11 * k, floor)
            .to(cx + 0.11 * k, floor)
            .bend(cx + 0.2 * k, floor - 0.12 * k, cx + 0.19 * k, top)
            .close(),
        china.darker(0.05),
    );
    let (at, rx, ry) = camera.disc(x, 0.41, back - 0.42, 0.2);
    set.pen.oval(at, rx, ry * 1.25, Ink::from(WHITE).edge(hex(0xD5_DADC), 1.6));
    // The paper roll beside it.
    set.plate((x + 0.32, x + 0.43), (0.66, 0.77), back, 0.03, Ink::from(WHITE).edge(hex(0xC9_CED2), 1.2));
}

pub(super) fn shower_head(set: &mut Set<'_>, x: f64) {
    let camera = set.camera();
    let z = set.room.back - 0.03;
    let metal = set.dice.pick(&[hex(0x9A_A4AC), hex(0xB8_9458), hex(0x34_3A40)]);
    let k = camera.scale(z);
    let (px, py) = camera.at(x, 1.0, z);
    let rod = Trace::from(px, py)
        .to(px, py - 1.05 * k)
        .bend(px, py - 1.16 * k, px - 0.1 * k, py - 1.16 * k)
        .to(px - 0.22 * k, py - 1.16 * k);
    set.pen.path(&rod, stroke(metal, 3.2));
    set.pen.round(px - 0.36 * k, py - 1.16 * k, 0.28 * k, 6.0, 3.0, metal);
    set.pen.round(px - 0.14 * k, py - 4.0, 0.28 * k, 8.0, 4.0, metal);
    set.pen.path(
        &Trace::from(px + 0.1 * k, py).bend(px + 0.24 * k, py + 0.34 * k, px + 0.14 * k, py - 0.38 * k),
        stroke(metal.lighter(0.25), 1.8),
    );
    set.pen.circle(px + 0.14 * k, py - 0.42 * k, 6.0, metal);
    set.plate((x + 0.22, x + 0.38), (1.32, 1.35), z, 0.0, metal);
    set.plate((x + 0.24, x + 0.3), (1.35, 1.52), z, 0.02, set.mood.family.accent);
}

/// A pane of glass before the shower, or a curtain.
pub(super) fn screen(set: &mut Set<'_>, x: (f64, f64)) {
    let room = set.room;
    let near = room.back - 0.95;
    let camera = set.camera();
    if set.look.decoration == Decoration::Simple && set.dice.chance(0.6) {
        let cloth = set.dice.pick(&[
            set.mood.family.textile.lighter(0.5),
            set.mood.family.accent.lighter(0.55),
            hex(0xF2_F0EA),
        ]);
        let strip = camera.side(x.0, (0.18, 2.0), (room.back - 0.5, room.back));
        set.pen.poly(&strip, Ink::from(cloth).alpha(0.95));
        let mut folds = Trace::default();
        for step in 1..5 {
            let z = room.back - 0.1 * f64::from(step);
            folds = folds.run(&camera, (x.0, 0.18, z), (x.0, 2.0, z));
        }
        set.pen.path(&folds, stroke(cloth.darker(0.14), 2.0));
        set.pen.path(
            &Trace::default().run(&camera, (x.0, 2.03, room.back), (x.0, 2.03, near)),
            stroke(hex(0x8A_949C), 3.0),
        );
        return;
    }
    let pane = camera.side(x.0, (0.06, 2.05), (near, room.back));
    let tint = hex(0xB9_D5DC);
    set.pen.poly(&pane, Ink::from(tint).alpha(0.28));
    let front = camera.upright((x.0 + 0.42, x.1), (0.06, 2.05), near);
    set.pen.rect(front.0, front.1, front.2, front.3, Ink::from(tint).alpha(0.26));
    set.pen.poly(
        &[
            (front.0 + front.2 * 0.2, front.1),
            (front.0 + front.2 * 0.5, front.1),
            (front.0 + front.2 * 0.2, front.1 + front.3),
            (front.0 - 4.0, front.1 + front.3),
        ],
        Ink::from(WHITE).alpha(0.16),
    );
    let metal = set.dice.pick(&[hex(0xA9_B3BA), hex(0x3A_4047), hex(0xB8_9458)]);
    set.pen.poly(&pane, stroke(metal, 2.6));
    set.pen.rect(front.0, front.1, front.2, front.3, stroke(metal, 3.0));
    set.pen.poly(&camera.level((x.0, x.1), 0.05, (near - 0.04, near + 0.02)), hex(0xD5_D7D6));
}

pub(super) fn bathtub(set: &mut Set<'_>, x: (f64, f64)) {
    let back = set.room.back;
    let china = hex(0xF7_F8F8);
    let camera = set.camera();
    let free = set.dice.chance(0.5);
    let z = (back - 0.85, back - if free { 0.12 } else { 0.0 });
    set.shadow(x, z);
    let (fx, fy, w, h) = camera.upright(x, (0.0, 0.55), z.0);
    let rim = camera.level(x, 0.55, z);
    if free {
        set.pen.path(
            &Trace::from(fx, fy)
                .bend(fx + 8.0, fy + h, fx + w * 0.16, fy + h)
                .to(fx + w * 0.84, fy + h)
                .bend(fx + w - 8.0, fy + h, fx + w, fy)
                .close(),
            china.darker(0.05),
        );
    } else {
        set.pen.rect(fx, fy, w, h, china.darker(0.06));
        set.pen.rect(fx, fy + h * 0.12, w, 1.4, china.darker(0.16));
    }
    set.pen.poly(&rim, Ink::from(china).edge(china, 4.0));
    let water = camera.level((x.0 + 0.1, x.1 - 0.1), 0.55, (z.0 + 0.1, z.1 - 0.1));
    set.pen.poly(&water, Ink::from(hex(0xC3_DDE4)).edge(hex(0xC3_DDE4), 5.0));
    let bubbles = [(0.25, 0.5, 0.1), (0.36, 0.62, 0.07), (0.2, 0.7, 0.06)];
    for (share, depth, r) in bubbles {
        let at = camera.at(x.0 + (x.1 - x.0) * share, 0.58, z.0 + (z.1 - z.0) * depth);
        set.pen.oval(at, r * camera.scale(back), r * 0.6 * camera.scale(back), Ink::from(WHITE).alpha(0.9));
    }
    let (px, py) = camera.at(x.1 - 0.25, 0.55, back - 0.08);
    set.pen.path(
        &Trace::from(px, py).to(px, py - 26.0).bend(px, py - 34.0, px - 12.0, py - 34.0).to(px - 16.0, py - 26.0),
        stroke(hex(0xB8_9458), 3.8),
    );
    let towel = set.mood.family.accent;
    let (fx, fy, w, h) = camera.upright((x.0 + 0.25, x.0 + 0.55), (0.18, 0.56), z.0 - 0.01);
    set.pen.round(fx, fy, w, h, 3.0, towel);
    set.pen.rect(fx, fy + h * 0.78, w, 3.0, towel.lighter(0.35));
}

pub(super) fn mat(set: &mut Set<'_>, x: f64) {
    let back = set.room.back;
    let tone =
        set.dice.pick(&[set.mood.family.textile.lighter(0.35), set.mood.family.accent.lighter(0.35), hex(0xEF_E9DF)]);
    let patch = set.camera().level((x - 0.38, x + 0.38), 0.0, (back - 1.5, back - 1.0));
    set.pen.poly(&patch, Ink::from(tone).edge(tone, 4.0));
    set.pen.poly(
        &set.room.camera.level((x - 0.32, x + 0.32), 0.0, (back - 1.44, back - 1.06)),
        stroke(tone.darker(0.14), 1.4),
    );
}

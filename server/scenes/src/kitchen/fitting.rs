//! What kitchens are fitted with: cupboards, worktops, hob and hood, sink, fridge, small things.

use crate::Decoration;
use crate::furniture::Set;
use crate::pen::{Color, Id, Ink, Pen, Trace, WHITE, hex, stroke};

/// Height of the worktop and of the wall cupboards' lower and upper edge, metres.
pub(super) const WORKTOP: f64 = 0.86;
pub(super) const CUPBOARD: (f64, f64) = (1.5, 2.2);
pub(super) const DEEP: f64 = 0.6;

/// What all runs of one kitchen are made of.
#[derive(Clone, Copy)]
pub(super) struct Fitting {
    pub(super) front: Color,
    pub(super) upper: Color,
    pub(super) stone: Color,
    handle: usize,
}

pub(super) fn fitting(set: &mut Set<'_>) -> Fitting {
    let family = set.mood.family;
    let white = hex(0xF3_F2EE);
    let (front, upper) = match set.look.decoration {
        Decoration::Simple => (white.mix(family.textile, 0.16), white),
        Decoration::Luxury => set.dice.pick(&[
            (hex(0x4A_5560), hex(0x4A_5560)),
            (family.wood.darker(0.15), white),
            (family.textile.darker(0.25), family.textile.darker(0.25)),
            (hex(0xE9_E4DA), family.wood),
        ]),
        _ => set.dice.pick(&[
            (family.textile, family.textile),
            (family.textile, white),
            (family.wood.lighter(0.15), white),
            (white, family.wood.lighter(0.2)),
            (family.textile.darker(0.12), family.wood.lighter(0.25)),
        ]),
    };
    let stone = set.dice.pick(&[hex(0xE9_E6DF), hex(0x5A_5D60), hex(0xC9_B191), hex(0xF4_F3F0), hex(0xB9_BDBE)]);
    Fitting { front, upper, stone, handle: set.dice.below(4) }
}

/// Wall tiles behind the worktop, from it up to the cupboards.
pub(super) fn splash(set: &mut Set<'_>, x: (f64, f64), top: f64) {
    let (fx, fy, w, h) = set.camera().upright(x, (WORKTOP, top), set.room.back);
    let family = set.mood.family;
    let base = set.dice.pick(&[hex(0xF4_F5F3), hex(0xF4_F5F3), family.textile.lighter(0.62), family.wall]);
    let accent = set.dice.pick(&[base.darker(0.06), family.textile.lighter(0.5), family.accent.lighter(0.55)]);
    let id = tiles(set.pen, (fx, fy), set.dice.below(4), base, accent);
    set.pen.rect(fx, fy, w, h, base);
    set.pen.rect(fx, fy, w, h, id);
    let shade = set.pen.fade_down(&[(0.0, base.darker(0.6), 0.16), (0.5, base.darker(0.6), 0.0)]);
    set.pen.rect(fx, fy, w, h, shade);
}

/// A repeating tile: brick bond, squares, fish scales or upright strips.
pub(crate) fn tiles(pen: &mut Pen, origin: (f64, f64), kind: usize, base: Color, accent: Color) -> Id {
    let joint = base.darker(0.16);
    match kind {
        0 => pen.pattern(origin, 64.0, 34.0, |pen| {
            pen.rect(0.0, 0.0, 31.0, 16.0, accent);
            pen.path(
                &Trace::default()
                    .line((0.0, 0.0), (64.0, 0.0))
                    .line((0.0, 17.0), (64.0, 17.0))
                    .line((0.0, 0.0), (0.0, 17.0))
                    .line((32.0, 0.0), (32.0, 17.0))
                    .line((16.0, 17.0), (16.0, 34.0))
                    .line((48.0, 17.0), (48.0, 34.0)),
                stroke(joint, 1.2),
            );
        }),
        1 => pen.pattern(origin, 52.0, 52.0, |pen| {
            pen.rect(26.0, 0.0, 26.0, 26.0, accent);
            pen.path(
                &Trace::default()
                    .line((0.0, 0.0), (52.0, 0.0))
                    .line((0.0, 26.0), (52.0, 26.0))
                    .line((0.0, 0.0), (0.0, 52.0))
                    .line((26.0, 0.0), (26.0, 52.0)),
                stroke(joint, 1.2),
            );
        }),
        2 => pen.pattern(origin, 24.0, 24.0, |pen| {
            pen.path(&Trace::from(0.0, 0.0).arc(12.0, false, 24.0, 0.0).close(), accent);
            pen.path(
                &Trace::from(0.0, 0.0)
                    .arc(12.0, false, 24.0, 0.0)
                    .move_to(-12.0, 12.0)
                    .arc(12.0, false, 12.0, 12.0)
                    .arc(12.0, false, 36.0, 12.0),
                stroke(joint, 1.1),
            );
        }),
        _ => pen.pattern(origin, 13.0, 62.0, |pen| {
            pen.rect(0.0, 0.0, 6.0, 62.0, Ink::from(accent).alpha(0.5));
            pen.path(
                &Trace::default().line((0.0, 0.0), (0.0, 62.0)).line((0.0, 0.0), (13.0, 0.0)),
                stroke(joint, 1.0),
            );
        }),
    }
}

/// Base cupboards along the back wall with worktop.
pub(super) fn base_run(set: &mut Set<'_>, x: (f64, f64), fit: Fitting, drawers: bool) {
    let z = (set.room.back - DEEP, set.room.back);
    set.shadow(x, z);
    set.plate(x, (0.0, 0.11), z.0 + 0.05, 0.0, fit.front.darker(0.45));
    set.block(x, (0.1, WORKTOP - 0.04), z, fit.front);
    fronts(set, x, (0.12, WORKTOP - 0.06), z.0, fit.front, fit.handle, drawers);
    set.block_toned(
        (x.0, x.1),
        (WORKTOP - 0.04, WORKTOP),
        (z.0 - 0.03, z.1),
        fit.stone.darker(0.1),
        fit.stone.lighter(0.08),
    );
}

/// Doors (the first two modules as drawers if asked) with one of four handles.
fn fronts(set: &mut Set<'_>, x: (f64, f64), y: (f64, f64), z: f64, color: Color, handle: usize, drawers: bool) {
    let camera = set.camera();
    let count = ((x.1 - x.0) / 0.5).round().max(1.0) as u32;
    let step = (x.1 - x.0) / f64::from(count);
    let (mut seams, mut grips) = (Trace::default(), Trace::default());
    for index in 0..count {
        let left = x.0 + step * f64::from(index);
        if index > 0 {
            seams = seams.run(&camera, (left, y.0, z), (left, y.1, z));
        }
        let rows: &[f64] = if drawers && index == 1 { &[0.33, 0.66, 1.0] } else { &[1.0] };
        for &share in rows {
            let top = y.0 + (y.1 - y.0) * share;
            if share < 1.0 {
                seams = seams.run(&camera, (left, top, z), (left + step, top, z));
            }
            let grip = if y.0 > 1.0 { y.0 + 0.05 } else { top - 0.05 };
            let middle = left + step / 2.0;
            grips = match handle {
                0 => grips.run(&camera, (middle - 0.1, grip, z), (middle + 0.1, grip, z)),
                1 => grips.run(&camera, (middle - 0.012, grip, z), (middle + 0.012, grip, z)),
                2 if y.0 > 1.0 => {
                    grips.run(&camera, (left + step - 0.05, y.0 + 0.05, z), (left + step - 0.05, y.0 + 0.25, z))
                }
                2 => grips.run(&camera, (left + step - 0.05, top - 0.28, z), (left + step - 0.05, top - 0.06, z)),
                _ => grips,
            };
        }
        if handle == 1 {
            let (fx, fy, w, h) = camera.upright((left + 0.05, left + step - 0.05), (y.0 + 0.05, y.1 - 0.05), z);
            set.pen.rect(fx, fy, w, h, stroke(color.darker(0.1), 1.2));
        }
    }
    set.pen.path(&seams, stroke(color.darker(0.26), 1.4));
    let metal = if handle == 1 { hex(0xC9_A96A) } else { color.darker(0.5).mix(hex(0xD8_D4CC), 0.55) };
    set.pen.path(&grips, stroke(metal, if handle == 1 { 4.0 } else { 2.6 }));
}

pub(super) fn wall_run(set: &mut Set<'_>, x: (f64, f64), fit: Fitting) {
    if x.1 - x.0 < 0.3 {
        return;
    }
    let z = (set.room.back - 0.34, set.room.back);
    set.block(x, CUPBOARD, z, fit.upper);
    fronts(set, x, CUPBOARD, z.0, fit.upper, fit.handle, false);
}

pub(super) fn hob(set: &mut Set<'_>, x: f64) {
    let back = set.room.back;
    let camera = set.camera();
    let glass = camera.level((x - 0.36, x + 0.36), WORKTOP + 0.005, (back - 0.5, back - 0.12));
    set.pen.poly(&glass, hex(0x2B_3036));
    for (dx, z) in [(-0.17, back - 0.3), (0.17, back - 0.3)] {
        let (at, rx, ry) = camera.disc(x + dx, WORKTOP + 0.01, z, 0.1);
        set.pen.oval(at, rx, ry, stroke(hex(0x7B_838A), 1.8));
    }
    match set.dice.below(3) {
        0 => {
            let red = set.dice.pick(&[hex(0xB9_4F3D), hex(0x3F_72B0), hex(0xD9_A14C)]);
            set.drum((x + 0.17, back - 0.3), (WORKTOP + 0.02, WORKTOP + 0.17), 0.12, red);
            set.plate((x + 0.15, x + 0.19), (WORKTOP + 0.18, WORKTOP + 0.21), back - 0.3, 0.01, hex(0x3A_3F45));
        }
        1 => {
            let (fx, fy, w, h) = camera.upright((x - 0.36, x + 0.0), (WORKTOP + 0.02, WORKTOP + 0.15), back - 0.3);
            set.pen.path(&Trace::from(fx, fy).bend(fx + w / 2.0, fy + h * 2.2, fx + w, fy).close(), hex(0x3A_3F45));
            set.pen.line((fx + w, fy + 1.0), (fx + w * 1.35, fy - 4.0), hex(0x8A_6A4E), 3.2);
        }
        _ => set.drum((x - 0.17, back - 0.3), (WORKTOP + 0.02, WORKTOP + 0.14), 0.1, hex(0xC9_CED2)),
    }
    hood(set, x);
}

/// The extractor over the hob: a chimney, a slanted plate, or built into a cupboard.
fn hood(set: &mut Set<'_>, x: f64) {
    let back = set.room.back;
    let steel = hex(0xC5_CCD1);
    match set.dice.below(3) {
        0 => {
            set.block((x - 0.13, x + 0.13), (1.75, set.room.height), (back - 0.28, back), steel);
            let camera = set.camera();
            let z = back - 0.45;
            let (a, b) = (camera.at(x - 0.4, 1.52, z), camera.at(x + 0.4, 1.52, z));
            let (c, d) = (camera.at(x + 0.15, 1.78, back - 0.28), camera.at(x - 0.15, 1.78, back - 0.28));
            set.pen.poly(&[a, b, c, d], steel.lighter(0.2));
            set.pen.rect(a.0, a.1 - 1.0, b.0 - a.0, 7.0, steel.darker(0.16));
        }
        1 => {
            let camera = set.camera();
            let face = [
                camera.at(x - 0.42, 1.25, back - 0.1),
                camera.at(x + 0.42, 1.25, back - 0.1),
                camera.at(x + 0.42, 1.85, back - 0.42),
                camera.at(x - 0.42, 1.85, back - 0.42),
            ];
            set.block((x - 0.14, x + 0.14), (1.85, set.room.height), (back - 0.28, back), hex(0x3B_4249));
            set.pen.poly(&face, hex(0x2F_353C));
            set.pen.poly(
                &[face[3], face[2], (face[2].0 - 4.0, face[2].1 + 9.0), (face[3].0 + 4.0, face[3].1 + 9.0)],
                hex(0x4E_575F),
            );
            let shine = [
                face[0],
                (face[0].0 + 26.0, face[0].1),
                (face[3].0 + 64.0, face[3].1),
                (face[3].0 + 30.0, face[3].1),
            ];
            set.pen.poly(&shine, Ink::from(WHITE).alpha(0.1));
        }
        _ => {
            set.block((x - 0.38, x + 0.38), (1.62, 2.2), (back - 0.34, back), steel.lighter(0.25));
            set.block((x - 0.4, x + 0.4), (1.52, 1.62), (back - 0.46, back), steel.darker(0.05));
        }
    }
}

pub(super) fn sink(set: &mut Set<'_>, x: f64) {
    let back = set.room.back;
    let camera = set.camera();
    let steel = hex(0xB9_C2C8);
    set.pen.poly(
        &camera.level((x - 0.34, x + 0.34), WORKTOP + 0.004, (back - 0.48, back - 0.14)),
        Ink::from(steel.darker(0.22)).edge(steel, 2.6),
    );
    let (px, py) = camera.at(x + 0.05, WORKTOP, back - 0.1);
    let k = camera.scale(back - 0.1);
    let neck = Trace::from(px, py)
        .to(px, py - 0.26 * k)
        .arc(0.09 * k, false, px - 0.18 * k, py - 0.26 * k)
        .to(px - 0.18 * k, py - 0.18 * k);
    let metal = set.dice.pick(&[hex(0x9A_A4AC), hex(0x9A_A4AC), hex(0xB8_9458), hex(0x3A_3F45)]);
    set.pen.path(&neck, stroke(metal, 3.6));
    set.pen.line((px, py - 0.06 * k), (px + 0.08 * k, py - 0.1 * k), metal, 3.0);
}

/// Small things on the worktop around `x`.
pub(super) fn things(set: &mut Set<'_>, x: f64) {
    let z = set.room.back - 0.3;
    let family = set.mood.family;
    match set.dice.below(6) {
        0 => {
            for (dx, tall, tone) in
                [(-0.12, 0.2, family.accent), (0.0, 0.16, family.textile), (0.11, 0.13, hex(0xE9_E4DA))]
            {
                set.plate((x + dx - 0.045, x + dx + 0.045), (WORKTOP, WORKTOP + tall), z, 0.02, tone);
                set.plate(
                    (x + dx - 0.048, x + dx + 0.048),
                    (WORKTOP + tall - 0.03, WORKTOP + tall),
                    z,
                    0.01,
                    family.wood.darker(0.1),
                );
            }
        }
        1 => {
            let (fx, fy, w, h) = set.camera().upright((x - 0.13, x + 0.13), (WORKTOP, WORKTOP + 0.22), z);
            set.pen.round(fx, fy, w, h, w * 0.3, hex(0xF1_F1EE));
            set.pen.rect(fx, fy + h * 0.36, w, 2.0, hex(0xC4_C8CA));
            set.pen.circle(fx + w / 2.0, fy + h * 0.68, w * 0.13, hex(0x5F_86B5));
        }
        2 => {
            set.plate(
                (x - 0.14, x + 0.12),
                (WORKTOP, WORKTOP + 0.34),
                set.room.back - 0.04,
                0.04,
                family.wood.lighter(0.12),
            );
            set.plate(
                (x - 0.02, x + 0.16),
                (WORKTOP, WORKTOP + 0.26),
                set.room.back - 0.06,
                0.03,
                family.wood.darker(0.12),
            );
        }
        3 => {
            let (px, py) = set.camera().at(x, WORKTOP, z);
            let leaf = set.mood.houseplant();
            for (dx, dy) in [(-13.0, -26.0), (-5.0, -34.0), (4.0, -36.0), (12.0, -27.0), (0.0, -24.0)] {
                set.pen.oval((px + dx, py + dy), 7.5, 9.0, if dx > 0.0 { leaf.lighter(0.14) } else { leaf });
            }
            set.pen.poly(
                &[(px - 12.0, py - 20.0), (px + 12.0, py - 20.0), (px + 9.0, py), (px - 9.0, py)],
                hex(0xC9_B49A),
            );
        }
        4 => set.tabletop((x, z), WORKTOP),
        _ => {
            // A kettle.
            let (px, py) = set.camera().at(x, WORKTOP, z);
            let tone = set.dice.pick(&[hex(0xB9_C2C8), hex(0x47_525C), family.accent]);
            set.pen.path(
                &Trace::from(px - 14.0, py)
                    .to(px - 10.0, py - 24.0)
                    .bend(px, py - 32.0, px + 10.0, py - 24.0)
                    .to(px + 14.0, py)
                    .close(),
                tone,
            );
            set.pen.path(
                &Trace::from(px + 10.0, py - 23.0).bend(px + 24.0, py - 22.0, px + 17.0, py - 5.0),
                stroke(hex(0x3A_3F45), 3.0),
            );
            set.pen.poly(&[(px - 11.0, py - 17.0), (px - 20.0, py - 23.0), (px - 10.0, py - 10.0)], tone);
        }
    }
}

pub(super) fn fridge(set: &mut Set<'_>, x: (f64, f64)) {
    let tone =
        set.dice.pick(&[hex(0xC9_CFD3), hex(0xE9_ECEC), hex(0x58_626B), set.mood.family.textile.lighter(0.35)]);
    let z = (set.room.back - 0.66, set.room.back);
    set.shadow(x, z);
    set.block(x, (0.04, 1.82), z, tone);
    set.plate((x.0, x.1), (0.68, 0.69), z.0, 0.0, tone.darker(0.3));
    for y in [(0.4, 0.62), (0.76, 1.15)] {
        set.plate((x.0 + 0.05, x.0 + 0.075), y, z.0, 0.01, tone.darker(0.35));
    }
    let gleam = set.camera().upright((x.1 - 0.2, x.1 - 0.12), (0.75, 1.75), z.0);
    set.pen.rect(gleam.0, gleam.1, gleam.2, gleam.3, Ink::from(WHITE).alpha(0.22));
}

/// Utensils on a rail.
pub(super) fn rail(set: &mut Set<'_>, x: (f64, f64)) {
    let camera = set.camera();
    let z = set.room.back - 0.02;
    let metal = hex(0x8A_949C);
    set.pen.path(&Trace::default().run(&camera, (x.0, 1.36, z), (x.1, 1.36, z)), stroke(metal, 2.2));
    let mut at = x.0 + 0.1;
    while at < x.1 {
        let long = set.dice.between(0.16, 0.26);
        let tone = set.dice.pick(&[metal, set.mood.family.wood, hex(0x3F_454B)]);
        set.pen.path(&Trace::default().run(&camera, (at, 1.35, z), (at, 1.35 - long, z)), stroke(tone, 2.0));
        let foot = camera.at(at, 1.35 - long, z);
        set.pen.oval(foot, 4.2, 5.6, tone);
        at += 0.14;
    }
}

//! Bungalows: a gate in a hutong, a court behind it, white walls by a pond.

use super::scenery::Site;
use crate::pen::{Color, HEIGHT, Ink, SHADOW, Trace, WHITE, WIDTH, hex, stroke};

pub(super) fn draw(site: &mut Site<'_>) {
    match site.scene(3) {
        0 => gate(site),
        1 => court(site),
        _ => by_the_pond(site),
    }
}

/// A tiled roof with lifted corners: `x` from eave to eave, ridge and eaves heights.
pub(super) fn tiled(site: &mut Site<'_>, x: (f64, f64), ridge: f64, eaves: f64, tile: Color) {
    let (w, h) = (x.1 - x.0, eaves - ridge);
    let inset = (h * 1.1).min(w * 0.2);
    let slope = Trace::from(x.0 - 8.0, eaves - 6.0)
        .bend(x.0 + inset * 0.7, eaves - h * 0.3, x.0 + inset, ridge)
        .to(x.1 - inset, ridge)
        .bend(x.1 - inset * 0.7, eaves - h * 0.3, x.1 + 8.0, eaves - 6.0)
        .to(x.1 + 2.0, eaves + 3.0)
        .to(x.0 - 2.0, eaves + 3.0)
        .close();
    site.pen.path(&slope, tile);
    let mut courses = Trace::default();
    let mut at = x.0 + 4.0;
    while at < x.1 {
        let share = (at - x.0) / w;
        courses = courses.line((at, eaves), (x.0 + inset + (w - 2.0 * inset) * share, ridge + 2.0));
        at += 9.0;
    }
    site.pen.path(&courses, stroke(tile.darker(0.18), 1.4).alpha(0.7));
    site.pen.rect(x.0 - 2.0, eaves, w + 4.0, 4.0, tile.darker(0.3));
    site.pen.round(x.0 + inset - 8.0, ridge - 6.0, w - 2.0 * inset + 16.0, 8.0, 3.0, tile.darker(0.22));
    for end in [x.0 + inset - 8.0, x.1 - inset + 8.0] {
        let lean = if end < (x.0 + x.1) / 2.0 { -7.0 } else { 7.0 };
        site.pen.poly(&[(end - 5.0, ridge), (end + 5.0, ridge), (end + lean, ridge - 16.0)], tile.darker(0.22));
    }
}

fn grey_bricks(site: &mut Site<'_>, x: f64, y: f64, w: f64, h: f64, wall: Color) {
    site.pen.rect(x, y, w, h, wall);
    let joint = wall.darker(0.16);
    let bricks = site.pen.pattern((x, y), 26.0, 12.0, |pen| {
        pen.path(
            &Trace::default()
                .line((0.0, 0.0), (26.0, 0.0))
                .line((0.0, 6.0), (26.0, 6.0))
                .line((6.0, 0.0), (6.0, 6.0))
                .line((19.0, 6.0), (19.0, 12.0)),
            stroke(joint, 0.8).alpha(0.5),
        );
    });
    site.pen.rect(x, y, w, h, bricks);
}

fn gate(site: &mut Site<'_>) {
    site.backdrop(230.0);
    let foot = 426.0;
    let tree = site.tree();
    for x in [70.0, 330.0, 560.0] {
        let (shift, tall) = (site.dice.between(-50.0, 50.0), site.dice.between(210.0, 290.0));
        site.plant(tree, x + shift, foot - 40.0, tall);
    }
    let wall = site.main_tone(&[0x8F_9295, 0x9C_8A80, 0x84_8B90, 0xB4_AC9E, 0x8C_6F62]);
    let tile = site.pick_tone(&[0x5C_6065, 0x4F_5357]);
    let house = site.dice.between(110.0, 330.0);
    let top = foot - 150.0;
    grey_bricks(site, 0.0, top, WIDTH, foot - top, wall);
    site.pen.rect(0.0, foot - 30.0, WIDTH, 30.0, wall.darker(0.12));
    tiled(site, (-60.0, house - 6.0), top - 22.0, top, tile);
    tiled(site, (house + 196.0, 720.0), top - 22.0, top, tile);
    // The gate house stands a step before the wall.
    let (x, w) = (house, 190.0);
    grey_bricks(site, x, foot - 190.0, w, 190.0, wall.darker(0.06));
    site.pen.rect(x + 26.0, foot - 178.0, w - 52.0, 178.0, wall.darker(0.55));
    let red = site.pick_tone(&[0xA8_3A2E, 0x8C_2F28, 0x2F_3A38]);
    let beam = site.pick_tone(&[0x3F_6F86, 0x4F_7A66, 0x3F_5F9E]);
    site.pen.rect(x + 26.0, foot - 178.0, w - 52.0, 15.0, beam);
    let mut dots = Trace::default();
    for step in 0..7 {
        dots = dots.oval(x + 40.0 + f64::from(step) * 18.4, foot - 170.5, 3.2, 3.2);
    }
    site.pen.path(&dots, site.tone(0xD9_B45C));
    let (dx, dw) = (x + 46.0, w - 92.0);
    site.pen.rect(dx - 8.0, foot - 154.0, dw + 16.0, 154.0, red.darker(0.25));
    for leaf in [dx, dx + dw / 2.0 + 1.0] {
        site.pen.rect(leaf, foot - 128.0, dw / 2.0 - 1.0, 128.0, red);
        site.pen.rect(leaf + 6.0, foot - 60.0, dw / 2.0 - 13.0, 46.0, stroke(red.darker(0.2), 2.0));
    }
    let brass = hex(0xD9_B45C);
    for side in [-10.0, 10.0] {
        site.pen.circle(dx + dw / 2.0 + side, foot - 76.0, 4.6, stroke(brass, 2.0));
    }
    for pin in [0.28, 0.72] {
        site.pen.circle(dx + dw * pin, foot - 142.0, 5.0, brass);
    }
    site.plate(x + 13.0, foot - 96.0, 1 + site.look.seed as usize % 88);
    tiled(site, (x - 16.0, x + w + 16.0), foot - 246.0, foot - 190.0, tile);
    for share in [0.17, 0.83] {
        let at = x + w * share;
        site.pen.rect(at - 12.0, foot - 10.0, 24.0, 12.0, site.tone(0xC3_BEB4));
        site.pen.circle(at, foot - 21.0, 13.0, site.tone(0xB9_B4AA));
        site.pen.circle(at, foot - 21.0, 7.0, stroke(site.tone(0x8F_8B83), 1.6));
    }
    let stone = site.tone(0xA9_A59D);
    site.pen.rect(0.0, foot, WIDTH, HEIGHT - foot, stone);
    site.pen.rect(x + 16.0, foot, w - 32.0, 8.0, stone.lighter(0.3));
    site.pen.rect(x + 4.0, foot + 8.0, w - 8.0, 8.0, stone.lighter(0.18));
    site.pen.rect(0.0, foot + 24.0, WIDTH, 30.0, stone.darker(0.12));
    lantern_pair(site, x + w / 2.0, foot - 132.0, w * 0.34);
    match site.dice.below(3) {
        0 => site.bicycle((x + w + 60.0, foot + 16.0), 1.7),
        1 => site.walker((x - 70.0, x - 20.0), foot + 26.0, 86.0),
        _ => {
            site.bicycle((x - 80.0, foot + 16.0), 1.7);
            site.walker((x + w + 20.0, x + w + 90.0), foot + 26.0, 86.0);
        }
    }
    let near = site.tree();
    let side = site.dice.pick(&[-6.0, 646.0]);
    site.plant(near, side, foot + 30.0, 310.0);
}

fn lantern_pair(site: &mut Site<'_>, x: f64, y: f64, reach: f64) {
    let red = site.tone(0xC2_402F);
    let glow = site.pen.glow(site.light(), if site.mood.after_dark() { 0.7 } else { 0.0 });
    for side in [-reach, reach] {
        site.pen.line((x + side, y - 24.0), (x + side, y + 28.0), site.tone(0x6B_4F38), 1.4);
        site.pen.oval((x + side, y), 13.0, 12.0, red);
        site.pen.path(&Trace::default().oval(x + side, y, 6.0, 12.0), stroke(red.darker(0.2), 1.0));
        site.pen.rect(x + side - 6.0, y - 14.0, 12.0, 3.0, hex(0xD9_B45C));
        site.pen.rect(x + side - 6.0, y + 11.0, 12.0, 3.0, hex(0xD9_B45C));
        site.pen.circle(x + side, y, 46.0, glow);
    }
}

/// Inside: the main house across the court, wings at both sides.
fn court(site: &mut Site<'_>) {
    site.backdrop(200.0);
    let behind = site.tree();
    site.avenue(behind, 250.0, (130.0, 190.0), 140.0);
    let foot = 352.0;
    let (red, tile) = (site.pick_tone(&[0x9C_3A2E, 0x7A_4A38, 0x8C_5A40]), site.pick_tone(&[0x5C_6065, 0x6B_6560]));
    let wall = site.main_tone(&[0x9C_9A96, 0xD9_D2C6, 0x8F_9295, 0xB4_8C78, 0xC9_B89C]);
    let (x, w) = (120.0, 400.0);
    site.pen.rect(x, foot - 112.0, w, 112.0, wall);
    let bays = 5;
    let bay = w / f64::from(bays);
    let pane = if site.mood.after_dark() { site.light() } else { site.tone(0xF0_EADA) };
    let mut lattice = Trace::default();
    for index in 0..bays {
        let bx = x + bay * f64::from(index);
        let door = index == bays / 2;
        let (top, bottom) = (foot - 100.0, if door { foot } else { foot - 34.0 });
        site.pen.rect(bx + 8.0, top, bay - 16.0, bottom - top, pane);
        for step in 0..=4 {
            let at = bx + 8.0 + (bay - 16.0) * f64::from(step) / 4.0;
            lattice = lattice.line((at, top), (at, bottom));
        }
        for step in 0..5 {
            let y = top + 14.0 * f64::from(step);
            lattice = lattice.line((bx + 8.0, y), (bx + bay - 8.0, y));
        }
        if door {
            site.pen.rect(bx + 8.0, foot - 34.0, bay - 16.0, 34.0, red);
        }
    }
    site.pen.path(&lattice, stroke(red, 2.0));
    let mut columns = Trace::default();
    for index in 0..=bays {
        columns = columns.rect(x + bay * f64::from(index) - 5.0, foot - 114.0, 10.0, 114.0);
    }
    site.pen.path(&columns, red);
    let beam = site.pick_tone(&[0x3F_6F86, 0x4F_7A66, 0x3F_5F9E]);
    site.pen.rect(x - 4.0, foot - 116.0, w + 8.0, 11.0, beam);
    site.pen.rect(x - 4.0, foot - 105.0, w + 8.0, 12.0, Ink::from(SHADOW).alpha(0.25));
    tiled(site, (x - 26.0, x + w + 26.0), foot - 196.0, foot - 114.0, tile);
    let stone = site.tone(0xC3_BCB0);
    site.pen.rect(x - 16.0, foot, w + 32.0, 13.0, stone);
    site.pen.rect(x + w / 2.0 - 58.0, foot + 13.0, 116.0, 9.0, stone.darker(0.08));
    wings(site, foot, wall, tile, red);
    let paving = site.tone(0xB4_AEA4);
    site.pen.poly(
        &[(0.0, HEIGHT), (0.0, 424.0), (104.0, foot + 13.0), (536.0, foot + 13.0), (WIDTH, 424.0), (WIDTH, HEIGHT)],
        paving,
    );
    let mut joints = Trace::default();
    for step in -7..8 {
        let at = 320.0 + f64::from(step) * 60.0;
        joints = joints.line((at, foot + 22.0), (320.0 + f64::from(step) * 110.0, HEIGHT));
    }
    for y in [foot + 38.0, foot + 62.0, foot + 96.0] {
        joints = joints.line((0.0, y), (WIDTH, y));
    }
    site.pen.path(&joints, stroke(paving.darker(0.14), 1.0));
    let tree = site.tree();
    let side = site.dice.pick(&[200.0, 440.0]);
    site.pen.oval((side, 424.0), 62.0, 12.0, site.mood.grass().darker(0.08));
    site.plant(tree, side, 424.0, 260.0);
    jar(site, 640.0 - side, 436.0);
    lantern_pair(site, 320.0, foot - 82.0, 92.0);
    site.walker((300.0, 340.0), 438.0, 66.0);
}

/// The wings left and right, foreshortened.
fn wings(site: &mut Site<'_>, foot: f64, wall: Color, tile: Color, red: Color) {
    let pane = if site.mood.after_dark() { site.light() } else { site.tone(0xF0_EADA) };
    for mirror in [false, true] {
        let m = |x: f64| if mirror { WIDTH - x } else { x };
        let dark = if mirror == site.lit_from_left() { 0.04 } else { 0.2 };
        let face = site.mood.shaded(wall, dark);
        site.pen.poly(&[(m(0.0), 200.0), (m(104.0), foot - 96.0), (m(104.0), foot + 13.0), (m(0.0), 424.0)], face);
        for (near, far) in [(12.0, 46.0), (58.0, 86.0)] {
            let y = |x: f64, share: f64| {
                let (top, bottom) = (200.0 + (foot - 296.0) * x / 104.0, 424.0 + (foot - 411.0) * x / 104.0);
                top + (bottom - top) * share
            };
            site.pen.poly(
                &[(m(near), y(near, 0.26)), (m(far), y(far, 0.26)), (m(far), y(far, 0.74)), (m(near), y(near, 0.74))],
                Ink::from(pane).edge(red, 2.4),
            );
            let middle = (near + far) / 2.0;
            site.pen.path(
                &Trace::default()
                    .line((m(middle), y(middle, 0.26)), (m(middle), y(middle, 0.74)))
                    .line((m(near), y(near, 0.5)), (m(far), y(far, 0.5))),
                stroke(red, 1.8),
            );
        }
        site.pen.poly(
            &[
                (m(-10.0), 128.0),
                (m(78.0), foot - 158.0),
                (m(122.0), foot - 98.0),
                (m(16.0), 214.0),
                (m(-10.0), 214.0),
            ],
            tile.darker(0.06),
        );
        site.pen
            .path(&Trace::default().line((m(16.0), 212.0), (m(122.0), foot - 98.0)), stroke(tile.darker(0.3), 4.0));
    }
}

/// A fish jar with water lilies.
fn jar(site: &mut Site<'_>, x: f64, foot: f64) {
    let glaze = site.pick_tone(&[0x4F_6F8C, 0x6B_4F3B, 0x7A_8B80]);
    site.pen.oval((x, foot), 44.0, 7.0, Ink::from(SHADOW).alpha(0.18));
    site.pen.path(
        &Trace::from(x - 36.0, foot - 46.0)
            .bend(x - 50.0, foot - 14.0, x - 24.0, foot)
            .to(x + 24.0, foot)
            .bend(x + 50.0, foot - 14.0, x + 36.0, foot - 46.0)
            .close(),
        glaze,
    );
    site.pen.oval((x, foot - 46.0), 38.0, 8.0, glaze.darker(0.2));
    site.pen.oval((x, foot - 45.0), 33.0, 6.0, site.mood.sky.middle.mix(site.mood.sky.near, 0.4));
    let leaf = site.mood.leaves(site.dice).0;
    for (dx, dy) in [(-14.0, -62.0), (10.0, -70.0), (20.0, -54.0)] {
        site.pen.line((x + dx * 0.4, foot - 46.0), (x + dx, foot + dy), leaf.darker(0.12), 1.6);
        site.pen.oval((x + dx, foot + dy), 13.0, 5.5, leaf);
    }
    site.pen.oval((x - 2.0, foot - 78.0), 6.0, 7.0, site.tone(0xE0_9AA6));
}

/// White walls and black tiles with stepped gables, mirrored in a pond.
fn by_the_pond(site: &mut Site<'_>) {
    site.backdrop(250.0);
    let foot = 340.0;
    let trees = [site.tree(), site.tree()];
    site.avenue(trees[0], 300.0, (120.0, 180.0), 90.0);
    let (white, tile) =
        (site.main_tone(&[0xF1_EFE9, 0xE4_D8C4, 0xDF_E3E4, 0xE9_CFA8, 0xD9_B8A4]), site.tone(0x46_4B50));
    let pane = if site.mood.after_dark() { site.light() } else { site.tone(0x5F_666C) };
    let mut x = -site.dice.between(20.0, 60.0);
    let mut number = 0;
    while x < WIDTH {
        let w = site.dice.between(140.0, 210.0);
        let top = foot - site.dice.between(130.0, 176.0);
        let shade = if number % 2 == 0 { white } else { white.darker(0.05) };
        gabled(site, (x, w), top, foot, shade, tile);
        for share in [0.22, 0.78] {
            if site.dice.chance(0.8) {
                site.pen.rect(x + w * share - 9.0, top + 44.0, 18.0, 22.0, pane);
                site.pen.rect(x + w * share - 12.0, top + 38.0, 24.0, 4.0, tile);
            }
        }
        if number % 2 == 0 {
            let door = x + w / 2.0;
            site.pen.rect(door - 20.0, foot - 74.0, 40.0, 74.0, site.tone(0xC9_C4BA));
            site.pen.rect(door - 14.0, foot - 66.0, 28.0, 66.0, site.tone(0x3A_2F2A));
            site.pen.poly(
                &[
                    (door - 34.0, foot - 80.0),
                    (door - 24.0, foot - 96.0),
                    (door + 24.0, foot - 96.0),
                    (door + 34.0, foot - 80.0),
                ],
                tile,
            );
            lantern_pair(site, door, foot - 62.0, 28.0);
        }
        x += w - 4.0;
        number += 1;
    }
    let bank = site.tone(0xA9_A59D);
    site.pen.rect(0.0, foot, WIDTH, 12.0, bank.lighter(0.2));
    site.pen.rect(0.0, foot + 12.0, WIDTH, 9.0, bank.darker(0.1));
    let deep = site.mood.sky.near.mix(site.mood.sky.middle, 0.5);
    let water =
        site.pen.fade_down(&[(0.0, white.mix(deep, 0.35), 1.0), (0.5, deep, 1.0), (1.0, deep.darker(0.1), 1.0)]);
    site.pen.rect(0.0, foot + 21.0, WIDTH, HEIGHT - foot - 21.0, water);
    let (mut ripples, mut pads) = (Trace::default(), Trace::default());
    for _ in 0..10 {
        ripples = ripples.rect(
            site.dice.between(0.0, 600.0),
            site.dice.between(foot + 30.0, HEIGHT - 10.0),
            site.dice.between(20.0, 70.0),
            1.6,
        );
    }
    for _ in 0..12 {
        let cx = site.dice.between(20.0, 620.0);
        pads = pads.oval(cx, site.dice.between(foot + 54.0, HEIGHT - 12.0), site.dice.between(11.0, 22.0), 4.4);
    }
    site.pen.path(&ripples, Ink::from(WHITE).alpha(0.4));
    site.pen.path(&pads, site.mood.grass().darker(0.1));
    site.flowers((40.0, 600.0), (foot + 60.0, HEIGHT - 20.0), 7);
    site.walker((120.0, 520.0), foot + 10.0, 44.0);
    let side = site.dice.pick(&[40.0, 600.0]);
    site.plant(trees[1], side, foot + 14.0, 230.0);
}

/// A house with a stepped gable (马头墙).
fn gabled(site: &mut Site<'_>, (x, w): (f64, f64), top: f64, foot: f64, wall: Color, tile: Color) {
    let steps = [(0.0, 0.2, 22.0), (0.2, 0.36, 4.0), (0.36, 0.64, -14.0), (0.64, 0.8, 4.0), (0.8, 1.0, 22.0)];
    for (from, to, drop) in steps {
        site.pen.rect(x + w * from, top + drop, w * (to - from) + 1.0, foot - top - drop, wall);
        site.pen.rect(x + w * from - 5.0, top + drop - 7.0, w * (to - from) + 10.0, 8.0, tile);
        for end in [x + w * from - 5.0, x + w * to + 5.0] {
            site.pen.rect(end - 3.0, top + drop - 12.0, 6.0, 7.0, tile);
        }
    }
    let damp = site.pen.fade_down(&[(0.5, tile, 0.0), (1.0, tile, 0.12)]);
    site.pen.rect(x, top + 22.0, w, foot - top - 22.0, damp);
}

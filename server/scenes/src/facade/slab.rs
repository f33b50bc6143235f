//! Walk-up slabs of the older estates: balconies, stairwells, air conditioners, washing.

use super::scenery::Site;
use crate::pen::{Color, HEIGHT, Ink, Trace, WHITE, WIDTH, hex, stroke};

/// The body as it stands in the frame.
#[derive(Clone, Copy)]
struct Body {
    x: f64,
    width: f64,
    foot: f64,
    rows: usize,
    floor: f64,
    bay: f64,
    wall: Color,
    trim: Color,
}

impl Body {
    fn top(&self) -> f64 {
        self.foot - self.rows as f64 * self.floor
    }

    fn bays(&self) -> usize {
        (self.width / self.bay).round() as usize
    }

    /// The corner of a bay on a row counted from the top.
    fn cell(&self, bay: usize, row: usize) -> (f64, f64) {
        (self.x + bay as f64 * self.bay, self.top() + row as f64 * self.floor)
    }
}

/// `ground`: 1 a street, 2 the yard, else shops.
pub(super) fn draw(site: &mut Site<'_>, storeys: usize, ground: usize) {
    let foot = site.dice.between(382.0, 394.0);
    site.backdrop(foot - 80.0);
    let rows = storeys.max(1);
    let bays = site.dice.pick(&[5, 6, 6, 7]);
    let bay = site.dice.between(80.0, 92.0) * 6.0 / bays as f64;
    let width = bay * bays as f64;
    let trim = site.pick_tone(&[0xC9_8D72, 0xB3_705A, 0x7D_93A8, 0xE9_E6E0, 0x8F_A08C, 0xC9_A96A, 0x5F_86B5]);
    let body = Body {
        x: (WIDTH - width) / 2.0 + site.dice.between(-24.0, 24.0),
        width,
        foot,
        rows,
        floor: (292.0 / rows as f64).min(47.0),
        bay,
        wall: site.plaster(),
        trim,
    };
    let behind = Body {
        x: body.x - 250.0,
        foot: foot - 14.0,
        wall: body.wall.mix(site.mood.sky.far, 0.35),
        floor: body.floor * 0.85,
        ..body
    };
    if site.dice.chance(0.4) {
        shell(site, behind);
    }
    roof(site, body);
    shell(site, body);
    stairs(site, body);
    lived_in(site, body);
    match ground {
        1 => street(site, body),
        2 => yard(site, body),
        _ => shops(site, body),
    }
}

/// The wall with its windows and balconies.
fn shell(site: &mut Site<'_>, body: Body) {
    let Body { bay, floor, wall, trim, .. } = body;
    let glass = site.glass().mix(wall, 0.08);
    let railing = site.dice.below(3);
    let tile = site.pen.pattern((body.x, body.top()), bay, floor, |pen| {
        let (x, w) = (bay * 0.15, bay * 0.4);
        pen.rect(x, floor * 0.2, w, floor * 0.5, glass);
        pen.rect(x + w / 2.0 - 0.9, floor * 0.2, 1.8, floor * 0.5, wall.lighter(0.5));
        pen.rect(x, floor * 0.33, w, 1.4, wall.lighter(0.5));
        pen.rect(x - 2.0, floor * 0.7, w + 4.0, 3.2, wall.darker(0.16));
        let (x, w) = (bay * 0.65, bay * 0.3);
        pen.rect(x + 2.0, floor * 0.12, w - 4.0, floor * 0.66, glass.darker(0.18));
        pen.rect(x + w * 0.5, floor * 0.12, 1.6, floor * 0.5, wall.lighter(0.35));
        match railing {
            0 => {
                pen.rect(x, floor * 0.47, w, floor * 0.33, trim);
                pen.rect(x, floor * 0.47, w, 2.4, trim.lighter(0.3));
            }
            1 => {
                let mut bars = Trace::default();
                for step in 0..8 {
                    let at = x + w * (f64::from(step) + 0.5) / 8.0;
                    bars = bars.line((at, floor * 0.46), (at, floor * 0.78));
                }
                pen.path(&bars, stroke(trim.darker(0.25), 1.2));
                pen.rect(x - 1.0, floor * 0.45, w + 2.0, 2.2, trim.darker(0.25));
            }
            _ => {
                pen.rect(x, floor * 0.47, w, floor * 0.33, wall.lighter(0.45));
                pen.rect(x + 3.0, floor * 0.53, w - 6.0, floor * 0.2, trim);
            }
        }
        pen.rect(x - 2.0, floor * 0.79, w + 4.0, 3.0, wall.darker(0.24));
    });
    site.pen.rect(body.x - 6.0, body.top(), body.width + 12.0, body.foot - body.top(), wall);
    match site.dice.below(4) {
        0 => {
            let mut bands = Trace::default();
            for row in 1..body.rows {
                bands = bands.rect(body.x - 6.0, body.cell(0, row).1 - 3.0, body.width + 12.0, 4.0);
            }
            site.pen.path(&bands, trim.mix(wall, 0.35));
        }
        1 => {
            let mut strips = Trace::default();
            for bay in 0..body.bays() {
                strips = strips.rect(
                    body.cell(bay, 0).0 + body.bay * 0.1,
                    body.top(),
                    body.bay * 0.5,
                    body.foot - body.top(),
                );
            }
            site.pen.path(&strips, wall.lighter(0.4));
        }
        2 => site.pen.rect(body.x - 6.0, body.foot - body.floor, body.width + 12.0, body.floor, wall.mix(trim, 0.5)),
        _ => {}
    }
    site.pen.rect(body.x, body.top(), body.width, body.foot - body.top(), tile);
    let left = site.lit_from_left();
    let shade = site.mood.shaded(wall, 0.65);
    let run = if left {
        [(0.0, WHITE, 0.14), (0.5, WHITE, 0.0), (1.0, shade, 0.16)]
    } else {
        [(0.0, shade, 0.16), (0.5, WHITE, 0.0), (1.0, WHITE, 0.14)]
    };
    let light = site.pen.fade_across(&run);
    site.pen.rect(body.x - 6.0, body.top(), body.width + 12.0, body.foot - body.top(), light);
    let eaves = site.pen.fade_down(&[(0.0, shade, 0.3), (1.0, shade, 0.0)]);
    site.pen.rect(body.x - 6.0, body.top(), body.width + 12.0, 22.0, eaves);
}

fn roof(site: &mut Site<'_>, body: Body) {
    let (x, y, w) = (body.x - 6.0, body.top(), body.width + 12.0);
    let tile = site.pick_tone(&[0xB3_705A, 0x8C_5F50, 0x6F_767C, 0x7B_8B9A]);
    match site.dice.below(4) {
        0 => {
            site.pen.poly(&[(x - 10.0, y), (x + 18.0, y - 30.0), (x + w - 18.0, y - 30.0), (x + w + 10.0, y)], tile);
            let mut rows = Trace::default();
            for step in 1..4 {
                let (dy, dx) = (f64::from(step) * 7.5, f64::from(step) * 7.0);
                rows = rows.line((x - 10.0 + dx, y - dy), (x + w + 10.0 - dx, y - dy));
            }
            site.pen.path(&rows, stroke(tile.darker(0.16), 1.2));
            site.pen.rect(x - 12.0, y - 3.0, w + 24.0, 8.0, tile.darker(0.22));
        }
        1 => {
            // Water tanks and solar heaters on a flat roof.
            let steel = site.tone(0xC9_CFD3);
            let mut panels = Trace::default();
            let mut tanks = Trace::default();
            let mut at = x + 18.0;
            while at < x + w - 40.0 {
                if site.dice.chance(0.65) {
                    panels = panels.poly(&[
                        (at, y - 4.0),
                        (at + 24.0, y - 4.0),
                        (at + 19.0, y - 18.0),
                        (at - 5.0, y - 18.0),
                    ]);
                    tanks = tanks.rect(at - 7.0, y - 22.0, 28.0, 6.0);
                }
                at += 40.0;
            }
            site.pen.path(&panels, site.tone(0x3F_5472));
            site.pen.path(&tanks, steel);
            site.pen.rect(x + w * 0.46, y - 26.0, 42.0, 26.0, body.wall.darker(0.12));
            site.pen.rect(x - 5.0, y - 6.0, w + 10.0, 9.0, body.wall.darker(0.18));
        }
        2 => {
            site.pen.poly(&[(x - 3.0, y), (x + 6.0, y - 26.0), (x + w - 6.0, y - 26.0), (x + w + 3.0, y)], tile);
            let pane = if site.mood.after_dark() { site.light() } else { site.glass() };
            for bay in 0..body.bays() {
                let at = body.cell(bay, 0).0 + body.bay * 0.22;
                site.pen.rect(at, y - 20.0, 22.0, 17.0, tile.lighter(0.35));
                site.pen.rect(at + 3.0, y - 17.0, 16.0, 13.0, pane);
            }
            site.pen.rect(x - 6.0, y - 3.0, w + 12.0, 6.0, body.wall.lighter(0.4));
        }
        _ => {
            for share in [0.18, 0.5, 0.82] {
                site.pen.rect(x + w * share - 20.0, y - 22.0, 40.0, 22.0, body.wall.darker(0.14));
                site.pen.rect(x + w * share - 24.0, y - 25.0, 48.0, 4.0, body.wall.darker(0.3));
            }
            site.pen.path(
                &Trace::default()
                    .line((x + w * 0.3, y), (x + w * 0.3, y - 34.0))
                    .line((x + w * 0.3 - 8.0, y - 28.0), (x + w * 0.3 + 8.0, y - 28.0)),
                stroke(site.tone(0x6B_6F74), 1.4),
            );
            site.pen.rect(x - 8.0, y - 5.0, w + 16.0, 8.0, body.wall.lighter(0.4));
        }
    }
}

/// Stairwells between the flats, with their doors.
fn stairs(site: &mut Site<'_>, body: Body) {
    let strip = body.wall.mix(body.trim, 0.25).darker(0.05);
    let pane = if site.mood.after_dark() { site.light().mix(strip, 0.2) } else { site.glass() };
    let mut panes = Trace::default();
    for bay in (1..body.bays()).step_by(2) {
        let x = body.cell(bay, 0).0 - body.bay * 0.06;
        let w = body.bay * 0.19;
        site.pen.rect(x, body.top(), w, body.foot - body.top(), strip);
        for row in 0..body.rows.saturating_sub(1) {
            panes = panes.rect(x + w * 0.22, body.cell(bay, row).1 + body.floor * 0.72, w * 0.56, body.floor * 0.36);
        }
        let y = body.foot - body.floor * 0.8;
        site.pen.rect(x, y, w, body.floor * 0.8, site.mood.shaded(site.tone(0x5F_6B70), 0.1));
        site.pen.rect(x - 6.0, y - 5.0, w + 12.0, 5.0, body.trim.darker(0.15));
    }
    site.pen.path(&panes, pane);
    site.plate(body.cell(1, 0).0 - body.bay * 0.2, body.foot - body.floor * 0.62, 1 + site.look.seed as usize % 68);
}

/// Air conditioners, washing, glazed balconies, lamps: no two flats alike.
fn lived_in(site: &mut Site<'_>, body: Body) {
    let (mut boxes, mut fans, mut glazed, mut lit) =
        (Trace::default(), Trace::default(), Trace::default(), Trace::default());
    let mut washing = [Trace::default(), Trace::default(), Trace::default()];
    for row in 0..body.rows {
        for bay in 0..body.bays() {
            let (x, y) = body.cell(bay, row);
            if site.dice.chance(0.45) {
                boxes = boxes.rect(x + body.bay * 0.4, y + body.floor * 0.78, 12.0, 8.0);
                fans = fans.oval(x + body.bay * 0.4 + 4.5, y + body.floor * 0.78 + 4.0, 2.6, 2.6);
            }
            let (bx, by, bw) = (x + body.bay * 0.65, y + body.floor * 0.12, body.bay * 0.3);
            if site.dice.chance(0.25) {
                for pane in 0..3 {
                    glazed =
                        glazed.rect(bx + 1.0 + bw / 3.0 * f64::from(pane), by, bw / 3.0 - 2.0, body.floor * 0.34);
                }
            } else if site.dice.chance(0.3) {
                for (index, cloth) in washing.iter_mut().enumerate() {
                    *cloth = std::mem::take(cloth).rect(
                        bx + 3.0 + index as f64 * bw * 0.3,
                        by + 3.0,
                        bw * 0.22,
                        body.floor * 0.22,
                    );
                }
            }
            if site.dice.chance(site.lit_share()) {
                lit = lit.rect(x + body.bay * 0.15, y + body.floor * 0.2, body.bay * 0.19, body.floor * 0.5).rect(
                    x + body.bay * 0.36,
                    y + body.floor * 0.2,
                    body.bay * 0.19,
                    body.floor * 0.5,
                );
            }
        }
    }
    site.pen.path(&lit, Ink::from(site.light()).alpha(0.9));
    site.pen.path(&glazed, site.glass().lighter(0.35));
    for (cloth, rgb) in washing.iter().zip([0xC2_5B48, 0xF1_EFEA, 0x5F_86B5]) {
        site.pen.path(cloth, site.tone(rgb));
    }
    site.pen.path(&boxes, site.tone(0xF3_F3F0));
    site.pen.path(&fans, site.tone(0x9A_A2A8));
}

fn street(site: &mut Site<'_>, body: Body) {
    site.pen.rect(0.0, body.foot - 4.0, WIDTH, 40.0, site.mood.grass());
    site.hedge((0.0, WIDTH), body.foot + 6.0, 16.0);
    let (one, other) = (site.tree(), site.tree());
    site.avenue(one, body.foot + 18.0, (66.0, 104.0), 128.0);
    site.road(body.foot + 22.0);
    let x = site.dice.between(40.0, 460.0);
    site.car(x, HEIGHT - 12.0, 1.05);
    let x = site.dice.between(10.0, 60.0);
    site.plant(other, x, body.foot + 36.0, 128.0);
}

/// The yard between two rows: paving, bicycles, a bench under a tree.
fn yard(site: &mut Site<'_>, body: Body) {
    let paving = site.tone(0xD5_CFC4);
    site.pen.rect(0.0, body.foot - 2.0, WIDTH, HEIGHT - body.foot + 2.0, paving);
    let mut joints = Trace::default();
    for step in 0..14 {
        let x = f64::from(step) * 50.0 - 5.0;
        joints = joints.line((x, body.foot), ((x - 320.0) * 1.5 + 320.0, HEIGHT));
    }
    for y in [body.foot + 18.0, body.foot + 44.0] {
        joints = joints.line((0.0, y), (WIDTH, y));
    }
    site.pen.path(&joints, stroke(paving.darker(0.1), 1.0));
    site.hedge((0.0, body.x + body.width * 0.3), body.foot + 4.0, 18.0);
    site.hedge((body.x + body.width * 0.6, WIDTH), body.foot + 4.0, 18.0);
    let (one, other) = (site.tree(), site.tree());
    for x in [60.0, 214.0, 452.0] {
        let (shift, tall) = (site.dice.between(-30.0, 30.0), site.dice.between(70.0, 120.0));
        site.plant(one, x + shift, body.foot + 12.0, tall);
    }
    let side = site.dice.pick(&[54.0, 586.0]);
    site.plant(other, side, HEIGHT - 22.0, 200.0);
    let wood = site.tone(0x9C_7A58);
    let bench = if side < 320.0 { 110.0 } else { 440.0 };
    site.pen.path(
        &Trace::default()
            .rect(bench, HEIGHT - 44.0, 84.0, 5.0)
            .rect(bench, HEIGHT - 56.0, 84.0, 5.0)
            .rect(bench + 8.0, HEIGHT - 40.0, 4.0, 16.0)
            .rect(bench + 72.0, HEIGHT - 40.0, 4.0, 16.0),
        wood,
    );
    for step in 0..3 {
        site.bicycle((WIDTH - bench - 60.0 + f64::from(step) * 30.0, body.foot + 34.0), 0.9);
    }
    site.walker((260.0, 380.0), HEIGHT - 26.0, 42.0);
}

/// Little shops on the ground floor.
fn shops(site: &mut Site<'_>, body: Body) {
    let y = body.foot - body.floor * 0.92;
    site.pen.rect(body.x - 10.0, y, body.width + 20.0, body.foot - y, body.wall.darker(0.24));
    let pane = if site.mood.after_dark() { site.light() } else { site.glass().lighter(0.15) };
    let cloths = [0x3F_5F86, 0xB9_4F3D, 0x4F_7A66, 0xD9_A14C, 0x6F_5F86];
    for bay in 0..body.bays() {
        let x = body.cell(bay, 0).0 + 5.0;
        let w = body.bay - 10.0;
        let cloth = site.pick_tone(&cloths);
        site.pen.rect(x, y + 12.0, w, body.foot - y - 12.0, pane);
        site.pen.rect(x + w * 0.62, y + 12.0, 2.0, body.foot - y - 12.0, body.wall.darker(0.4));
        site.pen.rect(x - 2.0, y - 3.0, w + 4.0, 11.0, cloth);
        site.pen.rect(x + w * 0.3, y, w * 0.4, 4.0, Ink::from(WHITE).alpha(0.8));
        let mut stripes = Trace::default();
        for step in 0..4 {
            let at = x + w / 4.0 * f64::from(step);
            stripes = stripes.poly(&[
                (at, y + 8.0),
                (at + w / 8.0, y + 8.0),
                (at + w / 8.0 - 2.0, y + 18.0),
                (at - 3.0, y + 18.0),
            ]);
        }
        site.pen.poly(
            &[(x - 2.0, y + 8.0), (x + w + 2.0, y + 8.0), (x + w + 5.0, y + 18.0), (x - 5.0, y + 18.0)],
            cloth.lighter(0.75),
        );
        site.pen.path(&stripes, cloth);
    }
    site.road(body.foot);
    let tree = site.tree();
    site.avenue(tree, body.foot + 14.0, (76.0, 104.0), 150.0);
    for _ in 0..2 {
        site.walker((60.0, 580.0), body.foot + 22.0, 36.0);
    }
    let x = site.dice.between(60.0, 540.0);
    site.bicycle((x, body.foot + 24.0), 0.9);
    let x = site.dice.between(10.0, 480.0);
    site.car(x, HEIGHT - 10.0, 1.1);
    if site.mood.after_dark() {
        let glow = site.pen.glow(hex(0xFF_D890), 0.35);
        site.pen.oval((320.0, body.foot + 4.0), 330.0, 60.0, glow);
    }
}

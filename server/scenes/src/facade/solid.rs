//! High buildings at a street corner, both fronts running to their vanishing points.

use super::scenery::Site;
use crate::camera::Camera;
use crate::pen::{Color, HEIGHT, Ink, P, Trace, WHITE, WIDTH, stroke};

/// Metres from floor to floor.
const FLOOR: f64 = 3.1;

/// One front: from the near corner to the far one, metres on the ground.
#[derive(Clone, Copy)]
struct Front {
    near: P,
    far: P,
    bays: u32,
}

impl Front {
    /// The place a share of the way along, `out` metres before the wall.
    fn at(&self, share: f64, out: f64) -> P {
        let (dx, dz) = (self.far.0 - self.near.0, self.far.1 - self.near.1);
        let long = dx.hypot(dz);
        // Away from the body: to the viewer's side.
        let side = if dx < 0.0 { 1.0 } else { -1.0 };
        let normal = (-dz / long * side, dx / long * side);
        (self.near.0 + dx * share + normal.0 * out, self.near.1 + dz * share + normal.1 * out)
    }
}

/// `wide`: a long slab rather than a tower.
pub(super) fn draw(site: &mut Site<'_>, storeys: usize, wide: bool) {
    let rows = storeys.clamp(4, 50);
    let high = rows as f64 * FLOOR;
    let horizon = 398.0;
    site.backdrop(horizon - 26.0);
    let focal = 430.0;
    let away = (high * focal / 340.0).max(26.0);
    let camera = Camera { ahead: (320.0, horizon), focal, eye: 1.7, yaw: 0.0 };
    // Long sides are measured against the distance, so that every height fills the frame alike.
    let (long, short) = if wide { (away * 0.66, away * 0.2) } else { (away * 0.27, away * 0.25) };
    let turn = site.dice.between(0.5, 0.85);
    let (long, short, aside) = if site.dice.chance(0.5) { (long, short, 0.09) } else { (short, long, -0.09) };
    let corner = ((aside + site.dice.between(-0.1, 0.1)) * away, away * 0.9);
    let left = Front {
        near: corner,
        far: (corner.0 - long * turn.cos(), corner.1 + long * turn.sin()),
        bays: (long / 4.0).clamp(4.0, 12.0) as u32,
    };
    let right = Front {
        near: corner,
        far: (corner.0 + short * turn.sin(), corner.1 + short * turn.cos()),
        bays: (short / 4.0).clamp(2.0, 6.0) as u32,
    };
    ground(site, horizon);
    let wall = site.plaster();
    let shaded = site.mood.shaded(wall, 0.3);
    let left_lit = site.lit_from_left() || site.mood.sun_strength() < 0.3;
    let (left_wall, right_wall) = if left_lit { (wall, shaded) } else { (shaded, wall) };
    let balconies = rows <= 20 && site.dice.chance(0.6);
    let bands = site.dice.chance(0.5);
    face(site, &camera, left, rows, left_wall, bands);
    face(site, &camera, right, rows, right_wall, bands);
    if balconies {
        decks(site, &camera, left, rows, left_wall);
    }
    roof(site, &camera, [left, right], high, [left_wall, right_wall]);
    foot(site, &camera, [left, right], [left_wall, right_wall]);
    foreground(site, horizon);
}

/// The wall with its windows: bands floor by floor, or single panes.
fn face(site: &mut Site<'_>, camera: &Camera, front: Front, rows: usize, wall: Color, bands: bool) {
    let high = rows as f64 * FLOOR;
    site.pen.poly(&camera.wall(front.near, front.far, (0.0, high)), Ink::from(wall).edge(wall, 1.0));
    let glass = site.glass().mix(wall, 0.1);
    let bays = f64::from(front.bays);
    let single = !bands && rows * front.bays as usize <= 200;
    let (mut panes, mut lit, mut slabs) = (Trace::default(), Trace::default(), Trace::default());
    for row in 1..rows {
        let y = row as f64 * FLOOR;
        let pane = (y + 0.85, y + 2.45);
        if !single {
            panes = panes.poly(&camera.wall(front.at(0.03, 0.0), front.at(0.97, 0.0), pane));
        }
        for bay in 0..front.bays {
            let (from, to) = ((f64::from(bay) + 0.2) / bays, (f64::from(bay) + 0.8) / bays);
            let quad = camera.wall(front.at(from, 0.0), front.at(to, 0.0), pane);
            if site.dice.chance(site.lit_share() * 0.8) {
                lit = lit.poly(&quad);
            } else if single {
                panes = panes.poly(&quad);
            }
        }
        slabs = slabs.line(projected(camera, front.near, y), projected(camera, front.far, y));
    }
    site.pen.path(&panes, glass);
    site.pen.path(&lit, site.light());
    if single {
        site.pen.path(&slabs, stroke(wall.darker(0.14), 1.0));
    } else {
        let mut mullions = Trace::default();
        for bay in 0..=front.bays * 2 {
            let at = front.at(0.03 + 0.94 * f64::from(bay) / (bays * 2.0), 0.0);
            mullions = mullions.line(projected(camera, at, FLOOR), projected(camera, at, high));
        }
        site.pen.path(&mullions, stroke(wall.lighter(0.1), 1.5));
    }
}

/// Balconies that stand out before every second bay.
fn decks(site: &mut Site<'_>, camera: &Camera, front: Front, rows: usize, wall: Color) {
    let rail = if site.dice.chance(0.5) {
        wall.lighter(0.5)
    } else {
        site.pick_tone(&[0xC9_8D72, 0x8F_A7B5, 0xB9_A58D, 0x6F_8FAE])
    };
    let (mut sides, mut fronts, mut voids) = (Trace::default(), Trace::default(), Trace::default());
    let bays = f64::from(front.bays);
    for row in (1..rows).rev() {
        let y = row as f64 * FLOOR;
        for bay in (0..front.bays).rev().filter(|bay| bay % 2 == 1) {
            let (from, to) = ((f64::from(bay) + 0.05) / bays, (f64::from(bay) + 0.95) / bays);
            voids = voids.poly(&camera.wall(front.at(from, 0.0), front.at(to, 0.0), (y + 0.2, y + 2.6)));
            fronts = fronts.poly(&camera.wall(front.at(from, 1.3), front.at(to, 1.3), (y - 0.15, y + 1.05)));
            sides = sides.poly(&camera.wall(front.at(from, 1.3), front.at(from, 0.0), (y - 0.15, y + 1.05)));
        }
    }
    site.pen.path(&voids, site.glass().darker(0.3));
    site.pen.path(&sides, rail.darker(0.25));
    site.pen.path(&fronts, rail);
}

fn roof(site: &mut Site<'_>, camera: &Camera, fronts: [Front; 2], high: f64, walls: [Color; 2]) {
    let crown = site.dice.below(3);
    for (front, wall) in fronts.into_iter().zip(walls) {
        let edge = camera.wall(front.at(0.0, 0.4), front.at(1.0, 0.4), (high, high + 1.1));
        site.pen.poly(&edge, Ink::from(wall.darker(0.2)).edge(wall.darker(0.2), 1.0));
        match crown {
            0 => {
                let mut posts = Trace::default();
                for step in 0..=front.bays {
                    let at = front.at(f64::from(step) / f64::from(front.bays), 0.0);
                    posts = posts.line(projected(camera, at, high + 1.0), projected(camera, at, high + 4.4));
                }
                posts =
                    posts.line(projected(camera, front.near, high + 4.4), projected(camera, front.far, high + 4.4));
                site.pen.path(&posts, stroke(wall.darker(0.12), 2.4));
            }
            1 => site.pen.poly(
                &camera.wall(front.at(0.2, -2.0), front.at(0.7, -2.0), (high + 1.0, high + 4.5)),
                wall.darker(0.1),
            ),
            _ => {}
        }
    }
}

/// Stone and shops at the foot of both fronts.
fn foot(site: &mut Site<'_>, camera: &Camera, fronts: [Front; 2], walls: [Color; 2]) {
    let pane = if site.mood.after_dark() { site.light() } else { site.glass().lighter(0.2) };
    let awning = site.pick_tone(&[0x3F_5F86, 0x9C_4A3C, 0x4F_7A66, 0xC9_8F48]);
    let shops = site.dice.chance(0.6);
    for (front, wall) in fronts.into_iter().zip(walls) {
        let stone = wall.darker(0.3);
        site.pen.poly(&camera.wall(front.at(0.0, 0.3), front.at(1.0, 0.3), (0.0, FLOOR + 0.9)), stone);
        let (mut panes, mut cloth) = (Trace::default(), Trace::default());
        let bays = f64::from(front.bays);
        for bay in 0..front.bays {
            let (from, to) = ((f64::from(bay) + 0.14) / bays, (f64::from(bay) + 0.86) / bays);
            panes = panes.poly(&camera.wall(front.at(from, 0.35), front.at(to, 0.35), (0.3, 2.9)));
            let (low, high) = (2.75, 3.5);
            let (a, b) = (front.at(from, 0.35), front.at(to, 0.35));
            let (c, d) = (front.at(to, 1.9), front.at(from, 1.9));
            cloth = cloth.poly(&[
                projected(camera, a, high),
                projected(camera, b, high),
                projected(camera, c, low),
                projected(camera, d, low),
            ]);
        }
        site.pen.path(&panes, pane);
        if shops {
            site.pen.path(&cloth, Ink::from(awning).edge(awning, 1.0));
        }
    }
}

fn ground(site: &mut Site<'_>, horizon: f64) {
    let paving = site.tone(0xCF_CBC4);
    let run = site.pen.fade_down(&[(0.0, paving, 1.0), (1.0, paving.darker(0.16), 1.0)]);
    site.pen.rect(0.0, horizon - 28.0, WIDTH, HEIGHT - horizon + 28.0, site.mood.grass());
    site.pen.rect(0.0, horizon + 4.0, WIDTH, HEIGHT - horizon - 4.0, run);
}

/// Street trees, a crossing, cars and people.
fn foreground(site: &mut Site<'_>, horizon: f64) {
    let (far, near) = (site.tree(), site.tree());
    for x in [18.0, 74.0, 566.0, 622.0] {
        let (shift, tall) = (site.dice.between(-12.0, 12.0), site.dice.between(52.0, 84.0));
        site.plant(far, x + shift, horizon + 12.0, tall);
    }
    let road = site.tone(0x9F_A2A6);
    site.pen.poly(&[(0.0, horizon + 26.0), (WIDTH, horizon + 18.0), (WIDTH, HEIGHT), (0.0, HEIGHT)], road);
    site.pen.poly(
        &[(0.0, horizon + 22.0), (WIDTH, horizon + 14.0), (WIDTH, horizon + 18.0), (0.0, horizon + 26.0)],
        site.tone(0xE4_E0D8),
    );
    match site.dice.below(3) {
        0 => {
            let mut stripes = Trace::default();
            for step in 0..7 {
                let x = 210.0 + f64::from(step) * 36.0;
                stripes = stripes.poly(&[
                    (x, horizon + 30.0),
                    (x + 17.0, horizon + 30.0),
                    (x - 12.0, HEIGHT),
                    (x - 38.0, HEIGHT),
                ]);
            }
            site.pen.path(&stripes, Ink::from(WHITE).alpha(0.7));
            for _ in 0..2 {
                site.walker((220.0, 430.0), horizon + 46.0, 34.0);
            }
        }
        1 => {
            let x = site.dice.between(30.0, 300.0);
            site.car(x, horizon + 60.0, 1.2);
            site.car(x + 260.0, horizon + 40.0, 0.8);
        }
        _ => {
            let x = site.dice.between(60.0, 480.0);
            site.bicycle((x, horizon + 56.0), 1.2);
            site.walker((x + 70.0, x + 110.0), horizon + 52.0, 36.0);
        }
    }
    let edge = site.dice.pick(&[36.0, 606.0]);
    site.lamp_post(edge, horizon + 20.0, 92.0);
    let tall = site.dice.between(170.0, 230.0);
    site.plant(near, WIDTH - edge, horizon + 40.0, tall);
}

fn projected(camera: &Camera, place: P, y: f64) -> P {
    camera.at(place.0, y, place.1)
}

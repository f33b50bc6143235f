//! Lane houses (里弄): a row seen from across, or the lane itself running away between them.

use super::scenery::Site;
use crate::camera::Camera;
use crate::dice::Wheel;
use crate::pen::{Color, HEIGHT, Id, Ink, SHADOW, Trace, WIDTH, hex, stroke};

/// Brick or plaster, roof, stone of the gates.
const SUITS: [(u32, u32, u32); 6] = [
    (0x95_574A, 0x4A_4643, 0xE2_D5C0),
    (0x8C_8F92, 0x4F_5459, 0xD9_D4CA),
    (0xB4_735C, 0x5A_4A44, 0xEF_E6D6),
    (0xDD_C79E, 0x6B_5148, 0xF1_EADB),
    (0x7A_5248, 0x3F_4044, 0xC9_BCA6),
    (0xC9_B8A4, 0x54_5A5F, 0xE9_E2D6),
];

pub(super) fn draw(site: &mut Site<'_>) {
    let (wall, roof, stone) = SUITS[site.dice.spread(Wheel::Palette, SUITS.len())];
    let suit = (site.tone(wall), site.tone(roof), site.tone(stone));
    if site.scene(3) == 0 {
        down_the_lane(site, suit);
    } else {
        row(site, suit);
    }
}

fn brickwork(site: &mut Site<'_>, wall: Color) -> Id {
    let joint = wall.darker(0.16);
    site.pen.pattern((0.0, 0.0), 28.0, 14.0, |pen| {
        let joints = Trace::default()
            .line((0.0, 0.0), (28.0, 0.0))
            .line((0.0, 7.0), (28.0, 7.0))
            .line((4.0, 0.0), (4.0, 7.0))
            .line((18.0, 7.0), (18.0, 14.0));
        pen.path(&joints, stroke(joint, 0.8).alpha(0.5));
    })
}

type Suit = (Color, Color, Color);

fn row(site: &mut Site<'_>, (wall, roof, stone): Suit) {
    site.backdrop(250.0);
    let storeys = f64::from(site.look.storeys.clamp(1, 4));
    let foot = 452.0;
    let eaves = foot - 76.0 - storeys * 74.0;
    let count = if site.scene(3) == 1 { 3 } else { site.dice.pick(&[4, 5]) };
    let wide = 700.0 / count as f64;
    let start = -site.dice.between(10.0, 50.0);
    let bricks = brickwork(site, wall);
    let (gate, dormers) = (site.dice.below(3), site.dice.chance(0.6));
    let door = site.pick_tone(&[0x23_2326, 0x6B_2F28, 0x2F_4A48, 0x5A_4030]);
    let first = 2 * site.dice.below(40) + 2;
    for index in 0..count {
        let x = start + wide * index as f64;
        let tone = if index % 2 == 0 { wall } else { wall.darker(0.05) };
        site.pen.poly(
            &[
                (x, eaves + 3.0),
                (x + wide * 0.1, eaves - 38.0),
                (x + wide * 0.9, eaves - 38.0),
                (x + wide, eaves + 3.0),
            ],
            roof,
        );
        if dormers {
            dormer(site, x + wide / 2.0, eaves, wall, roof);
        }
        site.pen.rect(x + wide * 0.84, eaves - 62.0, 15.0, 40.0, wall.darker(0.1));
        site.pen.rect(x + wide * 0.84 - 2.0, eaves - 65.0, 19.0, 5.0, stone);
        site.pen.rect(x, eaves, wide, foot - eaves, tone);
        site.pen.rect(x, eaves, wide, foot - eaves, bricks);
        site.pen.rect(x - 1.0, eaves - 2.0, wide + 2.0, 7.0, roof.darker(0.25));
        site.pen.rect(x - 2.0, eaves, 4.0, foot - eaves, stone.mix(wall, 0.35));
        for floor in 1..storeys as u32 {
            let y = eaves + 26.0 + f64::from(floor - 1) * 74.0;
            for share in [0.24, 0.76] {
                window(site, x + wide * share, y, stone);
            }
            site.pen.rect(x, y + 62.0, wide, 4.0, stone.mix(wall, 0.3));
        }
        gateway(site, x + wide / 2.0, foot, gate, stone, door);
        site.plate(x + wide / 2.0 + 50.0, foot - 88.0, first + 2 * index);
    }
    let shade = site.pen.fade_down(&[(0.0, SHADOW, 0.16), (0.12, SHADOW, 0.0), (1.0, SHADOW, 0.1)]);
    site.pen.rect(0.0, eaves, WIDTH, foot - eaves, shade);
    pavement(site, foot);
    for _ in 0..3 {
        let x = site.dice.between(20.0, 610.0);
        pot(site, x, foot + 6.0);
    }
    let x = site.dice.between(60.0, 520.0);
    match site.dice.below(3) {
        0 => site.bicycle((x, foot + 14.0), 1.5),
        1 => site.walker((x, x + 40.0), foot + 18.0, 74.0),
        _ => washing(site, eaves + 60.0),
    }
    if site.dice.chance(0.5) {
        let tree = site.tree();
        let side = site.dice.pick(&[8.0, 632.0]);
        site.plant(tree, side, foot + 16.0, 300.0);
    }
}

fn window(site: &mut Site<'_>, x: f64, y: f64, stone: Color) {
    let lit = site.dice.chance(site.lit_share() + 0.1);
    let pane = if lit { site.light() } else { site.glass() };
    site.pen.rect(x - 19.0, y - 4.0, 38.0, 60.0, stone);
    site.pen.rect(x - 15.0, y, 30.0, 52.0, pane);
    site.pen.path(
        &Trace::default().rect(x - 1.0, y, 2.0, 52.0).rect(x - 15.0, y + 17.0, 30.0, 2.0).rect(
            x - 15.0,
            y + 34.0,
            30.0,
            2.0,
        ),
        stone.lighter(0.4),
    );
    site.pen.rect(x - 23.0, y + 54.0, 46.0, 5.0, stone.darker(0.12));
}

fn dormer(site: &mut Site<'_>, x: f64, eaves: f64, wall: Color, roof: Color) {
    let pane = if site.dice.chance(site.lit_share() + 0.2) { site.light() } else { site.glass() };
    site.pen.rect(x - 19.0, eaves - 34.0, 38.0, 30.0, wall);
    site.pen.rect(x - 12.0, eaves - 27.0, 24.0, 22.0, pane);
    site.pen.rect(x - 1.0, eaves - 27.0, 2.0, 22.0, wall.lighter(0.5));
    site.pen.poly(&[(x - 27.0, eaves - 32.0), (x, eaves - 54.0), (x + 27.0, eaves - 32.0)], roof.lighter(0.08));
}

/// A stone gate with its black door; the pediment round, pointed or straight.
fn gateway(site: &mut Site<'_>, x: f64, foot: f64, kind: usize, stone: Color, door: Color) {
    let top = foot - 132.0;
    site.pen.rect(x - 37.0, top, 74.0, foot - top, stone);
    site.pen.rect(x + 27.0, top, 10.0, foot - top, stone.darker(0.1));
    match kind {
        0 => {
            site.pen.path(&Trace::from(x - 40.0, top + 2.0).arc(44.0, true, x + 40.0, top + 2.0).close(), stone);
            site.pen
                .path(&Trace::from(x - 28.0, top).arc(31.0, true, x + 28.0, top), stroke(stone.darker(0.18), 2.0));
        }
        1 => {
            site.pen.poly(&[(x - 44.0, top + 2.0), (x, top - 30.0), (x + 44.0, top + 2.0)], stone);
            site.pen.circle(x, top - 9.0, 6.0, stone.darker(0.18));
        }
        _ => {
            site.pen.rect(x - 44.0, top - 8.0, 88.0, 10.0, stone.lighter(0.2));
            site.pen.rect(x - 32.0, top + 4.0, 64.0, 12.0, stone.darker(0.14));
        }
    }
    let lintel = top + 22.0;
    site.pen.rect(x - 26.0, lintel, 52.0, foot - lintel, door);
    site.pen.path(
        &Trace::default().rect(x - 0.8, lintel, 1.6, foot - lintel).rect(x - 26.0, lintel + 16.0, 52.0, 1.4),
        door.darker(0.5),
    );
    for side in [-7.0, 7.0] {
        site.pen.circle(x + side, foot - 52.0, 3.6, stroke(hex(0xC9_A24C), 1.7));
    }
    site.pen.rect(x - 32.0, foot - 5.0, 64.0, 6.0, stone.darker(0.2));
    if site.mood.after_dark() {
        let glow = site.pen.glow(site.light(), 0.55);
        site.pen.circle(x, lintel - 2.0, 3.5, site.light());
        site.pen.circle(x, lintel, 52.0, glow);
    }
}

fn pavement(site: &mut Site<'_>, foot: f64) {
    let stone = site.tone(0x9A_9791);
    site.pen.rect(0.0, foot, WIDTH, HEIGHT - foot, stone);
    let mut joints = Trace::default().line((0.0, foot + 13.0), (WIDTH, foot + 13.0));
    for step in 0..15 {
        let x = f64::from(step) * 46.0;
        joints = joints
            .line((x, foot), ((x - 320.0) * 1.05 + 320.0, foot + 13.0))
            .line((x + 22.0, foot + 13.0), ((x - 298.0) * 1.12 + 320.0, HEIGHT));
    }
    site.pen.path(&joints, stroke(stone.darker(0.2), 1.0));
}

fn pot(site: &mut Site<'_>, x: f64, foot: f64) {
    let (body, lit) = site.mood.leaves(site.dice);
    let clay = site.pick_tone(&[0xB9_7E60, 0x8A_8F92, 0x5F_7FA6]);
    site.pen.oval((x, foot - 26.0), 13.0, 14.0, body);
    site.pen.oval((x - 4.0, foot - 31.0), 7.0, 7.0, lit);
    site.pen.poly(&[(x - 11.0, foot - 16.0), (x + 11.0, foot - 16.0), (x + 8.0, foot), (x - 8.0, foot)], clay);
}

/// A pole of washing across the picture.
fn washing(site: &mut Site<'_>, y: f64) {
    site.pen.line((-4.0, y), (WIDTH + 4.0, y + 8.0), site.tone(0xA3_8A72), 3.4);
    let mut x = site.dice.between(40.0, 100.0);
    while x < 590.0 {
        let cloth = site.pick_tone(&[0xF1_EFEA, 0x5F_86B5, 0xC2_5B48, 0xD9_B57C, 0x7F_9B86]);
        let (w, h) = (site.dice.between(30.0, 52.0), site.dice.between(38.0, 64.0));
        let top = y + 8.0 * x / WIDTH;
        site.pen.path(
            &Trace::from(x, top)
                .to(x + w, top)
                .bend(x + w - 3.0, top + h * 0.6, x + w + 2.0, top + h)
                .bend(x + w / 2.0, top + h + 4.0, x - 2.0, top + h)
                .bend(x + 3.0, top + h * 0.5, x, top)
                .close(),
            cloth,
        );
        x += w + site.dice.between(8.0, 60.0);
    }
}

/// One-point perspective between two rows of houses.
fn down_the_lane(site: &mut Site<'_>, (wall, roof, stone): Suit) {
    let horizon = 296.0;
    site.backdrop(horizon - 20.0);
    let camera = Camera { ahead: (site.dice.between(270.0, 370.0), horizon), focal: 400.0, eye: 1.65, yaw: 0.0 };
    let high = 3.1 * f64::from(site.look.storeys.clamp(2, 4)) + 0.4;
    let (half, end) = (2.7, 34.0);
    let paving = site.tone(0xA9_A59D);
    site.pen.rect(0.0, horizon, WIDTH, HEIGHT - horizon, paving);
    let mut joints = Trace::default();
    for step in -4..5 {
        let x = f64::from(step) * 0.62;
        joints = joints.run(&camera, (x, 0.0, end), (x, 0.0, 1.6));
    }
    let mut z = 2.2;
    while z < 22.0 {
        joints = joints.run(&camera, (-half, 0.0, z), (half, 0.0, z));
        z *= 1.17;
    }
    site.pen.path(&joints, stroke(paving.darker(0.2), 1.0).alpha(0.7));
    // What closes the view: a tree and the wall of the next lane.
    let back = camera.upright((-half, half), (0.0, 3.4), end);
    site.pen.rect(back.0, back.1, back.2, back.3, wall.mix(site.mood.sky.far, 0.5));
    let tree = site.tree();
    site.plant(tree, camera.ahead.0 + 6.0, horizon + 18.0, 86.0);
    let lit_left = site.lit_from_left();
    let long = 5.2;
    for index in (0..6_u32).rev() {
        let z = (1.2 + long * f64::from(index), 1.2 + long * f64::from(index + 1));
        let haze = f64::from(index) * 0.07;
        for side in [-1.0, 1.0] {
            let dark = if (side < 0.0) == lit_left { 0.24 } else { 0.04 };
            let tone = site.mood.shaded(wall, dark).mix(site.mood.sky.low, haze);
            house(
                site,
                &camera,
                side * half,
                z,
                high,
                tone,
                (roof, stone.mix(site.mood.sky.low, haze).darker(dark * 0.4)),
            );
        }
        if index == 2 || (index == 4 && site.dice.chance(0.5)) {
            line_of_washing(site, &camera, half, z.0, high * 0.62);
        }
    }
    if site.dice.chance(0.6) {
        let at = camera.at(half - 0.9, 0.0, 4.6);
        site.bicycle(at, 1.5);
    }
    let at = camera.at(-0.5, 0.0, 9.0);
    site.walker((at.0 - 10.0, at.0 + 24.0), at.1, 68.0);
    for (x, z) in [(-half + 0.35, 3.9), (-half + 0.35, 5.0), (half - 0.35, 7.4)] {
        let at = camera.at(x, 0.0, z);
        pot(site, at.0, at.1);
    }
}

/// One house of the lane, on the wall plane at `x`.
fn house(
    site: &mut Site<'_>,
    camera: &Camera,
    x: f64,
    z: (f64, f64),
    high: f64,
    wall: Color,
    (roof, stone): (Color, Color),
) {
    let quad = |y: (f64, f64), z: (f64, f64)| camera.side(x, y, z);
    site.pen.poly(&quad((0.0, high), z), Ink::from(wall).edge(wall, 1.0));
    let mut courses = Trace::default();
    for step in 1..10 {
        let y = high * f64::from(step) / 10.0;
        courses = courses.run(camera, (x, y, z.0), (x, y, z.1));
    }
    site.pen.path(&courses, stroke(wall.darker(0.12), 1.0).alpha(0.45));
    let inward = x - x.signum() * 0.55;
    site.pen.poly(
        &[
            camera.at(x, high, z.0),
            camera.at(x, high, z.1),
            camera.at(inward, high - 0.1, z.1),
            camera.at(inward, high - 0.1, z.0),
        ],
        roof.darker(0.2),
    );
    site.pen.poly(
        &[
            camera.at(inward, high - 0.1, z.0),
            camera.at(inward, high - 0.1, z.1),
            camera.at(inward, high + 0.14, z.1),
            camera.at(inward, high + 0.14, z.0),
        ],
        roof,
    );
    let middle = (z.0 + z.1) / 2.0;
    site.pen.poly(&quad((0.0, 3.0), (middle - 0.95, middle + 0.95)), stone);
    site.pen.poly(&quad((0.0, 2.5), (middle - 0.62, middle + 0.62)), site.mood.shaded(site.tone(0x2A_2626), 0.1));
    let pane = if site.dice.chance(site.lit_share() + 0.12) { site.light() } else { site.glass() };
    let mut y = 3.7;
    while y + 1.6 < high {
        for at in [z.0 + 1.3, z.1 - 1.3] {
            site.pen.poly(&quad((y - 0.15, y + 1.75), (at - 0.6, at + 0.6)), stone);
            site.pen.poly(&quad((y, y + 1.6), (at - 0.45, at + 0.45)), pane);
        }
        y += 3.0;
    }
}

fn line_of_washing(site: &mut Site<'_>, camera: &Camera, half: f64, z: f64, y: f64) {
    let (a, b) = (camera.at(-half, y, z), camera.at(half, y, z));
    site.pen.line(a, b, site.tone(0xA3_8A72), 2.4);
    let k = camera.scale(z);
    let mut x = a.0 + 0.5 * k;
    while x < b.0 - 0.6 * k {
        let cloth = site.pick_tone(&[0xF1_EFEA, 0x5F_86B5, 0xC2_5B48, 0xD9_B57C, 0x7F_9B86]);
        let (w, h) = (site.dice.between(0.35, 0.6) * k, site.dice.between(0.5, 0.9) * k);
        site.pen.rect(x, a.1, w, h, cloth);
        site.pen.rect(x, a.1, w, h * 0.12, cloth.darker(0.12));
        x += w + site.dice.between(0.06, 0.5) * k;
    }
}

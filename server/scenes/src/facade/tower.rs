//! High buildings seen from the front: by a river, in a park, at a street, in a court.

use super::scenery::Site;
use crate::pen::{Color, HEIGHT, Ink, SHADOW, Trace, WHITE, WIDTH, stroke};

/// How the front of a high building is divided.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Skin {
    /// Windows in a wall beside balconies.
    Punched,
    /// Bands of glass.
    Ribbon,
    /// Piers from bottom to top.
    Piers,
    /// Windows that change sides every floor.
    Woven,
    /// White balcony slabs all along.
    Decks,
}

impl Skin {
    /// Where in a bay the glass that may be lit lies: x, y, width, height as shares.
    fn pane(self) -> (f64, f64, f64, f64) {
        match self {
            Self::Punched => (0.12, 0.2, 0.42, 0.5),
            Self::Ribbon => (0.06, 0.22, 0.88, 0.48),
            Self::Piers => (0.24, 0.12, 0.56, 0.56),
            Self::Woven => (0.14, 0.18, 0.5, 0.56),
            Self::Decks => (0.06, 0.16, 0.88, 0.36),
        }
    }
}

/// One high building as it stands in the frame.
#[derive(Clone, Copy)]
struct Tower {
    x: f64,
    width: f64,
    foot: f64,
    rows: usize,
    floor: f64,
    skin: Skin,
    wall: Color,
    /// How far the air veils it, 0 to 1.
    veil: f64,
}

impl Tower {
    fn top(&self) -> f64 {
        self.foot - self.rows as f64 * self.floor
    }
}

/// `wide`: a slab of high storeys instead of a point tower; `ground`: 1 river, 2 park, 4 street, else a court.
pub(super) fn draw(site: &mut Site<'_>, storeys: usize, wide: bool, ground: usize) {
    let foot = site.dice.between(366.0, 384.0);
    site.backdrop(foot - 30.0);
    let rows = storeys.clamp(5, 60);
    let floor = (318.0 / rows as f64).min(if wide { 20.0 } else { 17.0 });
    let skin = site.dice.pick(if site.look.built_year < 2006 {
        &[Skin::Punched, Skin::Punched, Skin::Woven, Skin::Piers]
    } else {
        &[Skin::Ribbon, Skin::Piers, Skin::Decks, Skin::Woven, Skin::Punched]
    });
    let wall = site.plaster();
    let width = if wide { site.dice.between(230.0, 330.0) } else { site.dice.between(96.0, 138.0) };
    let main =
        Tower { x: site.dice.between(150.0, WIDTH - 170.0 - width), width, foot, rows, floor, skin, wall, veil: 0.0 };
    companions(site, main, wide);
    tower(site, main);
    match ground {
        1 => by_the_river(site, main),
        2 => in_a_park(site, main),
        4 => at_a_street(site, main),
        _ => in_a_court(site, main),
    }
}

/// Sister towers beside and behind, paler with distance.
fn companions(site: &mut Site<'_>, main: Tower, wide: bool) {
    let count = 1 + site.dice.below(if wide { 2 } else { 3 });
    for index in 0..count {
        let share = site.dice.between(0.62, 0.9);
        let rows = (main.rows as f64 * share) as usize;
        let width = main.width.min(130.0) * site.dice.between(0.75, 0.95);
        let x = match index {
            0 => main.x - width - site.dice.between(26.0, 60.0),
            1 => main.x + main.width + site.dice.between(46.0, 80.0),
            _ => main.x - 2.0 * width - site.dice.between(80.0, 110.0),
        };
        tower(
            site,
            Tower { x, width, rows: rows.max(5), foot: main.foot - 4.0, veil: 0.2 + 0.1 * index as f64, ..main },
        );
    }
}

fn tower(site: &mut Site<'_>, tower: Tower) {
    let Tower { x, width, foot, rows, floor, skin, .. } = tower;
    let top = tower.top();
    let height = foot - top;
    let veil = site.mood.sky.far.mix(site.mood.sky.low, 0.4);
    let (wall, glass) = (tower.wall.mix(veil, tower.veil), site.glass().mix(veil, tower.veil));
    let left = site.lit_from_left();
    // The narrow flank on the side away from the light gives the body.
    let flank = (width * 0.24).min(34.0);
    let (flank_x, flank_wall) = (if left { x + width } else { x - flank }, site.mood.shaded(wall, 0.26));
    let bays = (width / site.dice.between(15.0, 22.0)).round().max(3.0);
    let bay = width / bays;
    let front = bay_pattern(site, (x, top), bay, floor, skin, wall, glass);
    let side = site.pen.pattern((flank_x, top), flank / 2.0, floor, |pen| {
        pen.rect(flank * 0.12, floor * 0.24, flank * 0.26, floor * 0.46, glass.darker(0.14));
    });
    site.pen.rect(flank_x, top + 3.0, flank, height - 3.0, flank_wall);
    site.pen.rect(flank_x, top + 3.0, flank, height - 3.0, side);
    crown(site, tower, wall);
    site.pen.rect(x, top, width, height, wall);
    site.pen.rect(x, top, width, height, front);
    lights(site, tower, bay, bays as usize);
    cores(site, tower, wall, bay, bays as usize);
    let shade = site.mood.shaded(wall, 0.6);
    let run = if left {
        [(0.0, WHITE, 0.16), (0.4, WHITE, 0.0), (0.6, shade, 0.0), (1.0, shade, 0.2)]
    } else {
        [(0.0, shade, 0.2), (0.4, shade, 0.0), (0.6, WHITE, 0.0), (1.0, WHITE, 0.16)]
    };
    let light = site.pen.fade_across(&run);
    site.pen.rect(x, top, width, height, light);
    let mist = site.pen.fade_down(&[(0.6, veil, 0.0), (1.0, veil, 0.35)]);
    site.pen.rect(x.min(flank_x), top, width + flank, height, mist);
    if rows > 20 && site.dice.chance(0.4) {
        // A refuge floor breaks the pattern.
        let y = top + (rows / 2) as f64 * floor;
        site.pen.rect(x, y, width, floor, wall.darker(0.16));
    }
}

/// One bay of one floor, repeated over the front.
fn bay_pattern(
    site: &mut Site<'_>,
    origin: (f64, f64),
    bay: f64,
    floor: f64,
    skin: Skin,
    wall: Color,
    glass: Color,
) -> crate::pen::Id {
    let pale = wall.lighter(0.55);
    let (w, h) = (bay, floor);
    match skin {
        Skin::Punched => site.pen.pattern(origin, w, h, |pen| {
            pen.rect(w * 0.12, h * 0.2, w * 0.42, h * 0.5, glass);
            pen.rect(w * 0.08, h * 0.71, w * 0.5, h * 0.08, pale);
            pen.rect(w * 0.64, h * 0.12, w * 0.3, h * 0.5, glass.darker(0.16));
            pen.rect(w * 0.6, h * 0.5, w * 0.38, h * 0.36, wall.darker(0.14));
        }),
        Skin::Ribbon => site.pen.pattern(origin, w, h, |pen| {
            pen.rect(0.0, h * 0.22, w, h * 0.48, glass);
            pen.rect(w * 0.46, h * 0.22, w * 0.08, h * 0.48, pale);
            pen.rect(0.0, h * 0.86, w, h * 0.1, pale);
        }),
        Skin::Piers => site.pen.pattern(origin, w, h, |pen| {
            pen.rect(w * 0.24, 0.0, w * 0.56, h, wall.darker(0.26));
            pen.rect(w * 0.24, h * 0.12, w * 0.56, h * 0.56, glass);
            pen.rect(0.0, 0.0, w * 0.12, h, pale);
        }),
        Skin::Woven => site.pen.pattern(origin, w, h * 2.0, |pen| {
            pen.rect(w * 0.14, h * 0.18, w * 0.5, h * 0.56, glass);
            pen.rect(w * 0.38, h * 1.18, w * 0.5, h * 0.56, glass.darker(0.06));
            pen.rect(0.0, h * 0.9, w, h * 0.1, pale);
            pen.rect(0.0, h * 1.9, w, h * 0.1, pale);
        }),
        Skin::Decks => site.pen.pattern(origin, w, h, |pen| {
            pen.rect(0.0, h * 0.12, w, h * 0.62, glass.darker(0.1));
            pen.rect(w * 0.46, h * 0.12, w * 0.08, h * 0.62, wall.darker(0.3));
            pen.rect(0.0, h * 0.5, w, h * 0.24, Ink::from(WHITE).alpha(0.4));
            pen.rect(0.0, h * 0.74, w, h * 0.18, pale);
        }),
    }
}

/// Windows where someone is at home.
fn lights(site: &mut Site<'_>, tower: Tower, bay: f64, bays: usize) {
    let (px, py, pw, ph) = tower.skin.pane();
    let mut lit = Trace::default();
    for row in 0..tower.rows {
        for column in 0..bays {
            if site.dice.chance(site.lit_share()) {
                let shift = if tower.skin == Skin::Woven && row % 2 == 1 { 0.24 } else { 0.0 };
                let (x, y) =
                    (tower.x + (column as f64 + px + shift) * bay, tower.top() + (row as f64 + py) * tower.floor);
                lit = lit.rect(x, y, pw * bay, ph * tower.floor);
            }
        }
    }
    site.pen.path(&lit, Ink::from(site.light()).alpha(0.9 - tower.veil));
}

/// Upright strips: stairwells, or the joint between two houses.
fn cores(site: &mut Site<'_>, tower: Tower, wall: Color, bay: f64, bays: usize) {
    let strips: &[usize] = if bays > 9 {
        &[bays / 4, bays / 2, bays * 3 / 4]
    } else if tower.skin == Skin::Ribbon {
        &[]
    } else {
        &[bays / 2]
    };
    let tone = wall.darker(if site.dice.chance(0.5) { 0.1 } else { 0.3 });
    for &column in strips {
        site.pen.rect(tower.x + column as f64 * bay, tower.top(), bay * 0.7, tower.foot - tower.top(), tone);
    }
}

/// What ends the tower at the sky.
fn crown(site: &mut Site<'_>, tower: Tower, wall: Color) {
    let (x, top, w) = (tower.x, tower.top(), tower.width);
    let dark = wall.darker(0.18);
    match site.dice.below(6) {
        0 => {
            site.pen.rect(x + w * 0.3, top - 15.0, w * 0.4, 16.0, dark);
            site.pen.rect(x + w * 0.42, top - 24.0, w * 0.16, 10.0, dark.darker(0.1));
        }
        1 => {
            site.pen.rect(x + w * 0.12, top - 11.0, w * 0.76, 12.0, wall.darker(0.06));
            site.pen.rect(x + w * 0.26, top - 21.0, w * 0.48, 11.0, dark);
        }
        2 => site.pen.poly(&[(x, top + 1.0), (x, top - 26.0), (x + w, top - 8.0), (x + w, top + 1.0)], dark),
        3 => {
            let mut frame = Trace::default();
            for share in [0.02, 0.26, 0.5, 0.74, 0.98] {
                frame = frame.line((x + w * share, top), (x + w * share, top - 17.0));
            }
            site.pen.path(&frame.line((x - 3.0, top - 17.0), (x + w + 3.0, top - 17.0)), stroke(dark, 3.2));
        }
        4 => {
            site.pen.poly(
                &[
                    (x - 3.0, top + 1.0),
                    (x + w * 0.14, top - 22.0),
                    (x + w * 0.86, top - 22.0),
                    (x + w + 3.0, top + 1.0),
                ],
                site.mood.shaded(site.tone(0x9C_5F4A), 0.05),
            );
            site.pen.rect(x + w * 0.44, top - 31.0, w * 0.12, 10.0, dark);
        }
        _ => {
            site.pen.rect(x + w * 0.2, top - 12.0, w * 0.6, 13.0, dark);
            site.pen.rect(x + w * 0.49, top - 42.0, w * 0.02 + 1.0, 31.0, dark.darker(0.2));
        }
    }
    site.pen.rect(x - 2.0, top - 3.0, w + 4.0, 4.5, wall.lighter(0.3));
}

/// Shops or a lobby at the foot.
fn base(site: &mut Site<'_>, tower: Tower, reach: f64) {
    let (x, w) = (tower.x - reach, tower.width + 2.0 * reach);
    let stone = tower.wall.darker(0.2).mix(site.tone(0x8C_7B6A), 0.4);
    let pane = if site.mood.after_dark() { site.light() } else { site.glass().lighter(0.12) };
    let y = tower.foot - 24.0;
    site.pen.rect(x, y, w, 24.0, stone);
    let mut panes = Trace::default();
    let mut at = x + 7.0;
    while at + 18.0 < x + w {
        panes = panes.rect(at, y + 8.0, 18.0, 16.0);
        at += 23.0;
    }
    site.pen.path(&panes, pane);
    site.pen.rect(x - 3.0, y - 3.0, w + 6.0, 5.0, stone.lighter(0.4));
}

fn by_the_river(site: &mut Site<'_>, main: Tower) {
    let trees = [site.tree(), site.tree()];
    let bank = site.mood.grass();
    site.pen.rect(0.0, main.foot - 8.0, WIDTH, 30.0, bank);
    for tree in trees {
        site.avenue(tree, main.foot + 6.0, (38.0, 58.0), 58.0);
    }
    site.river(main.foot + 10.0);
    // The tower stands on its head in the water.
    let y = main.foot + 26.0;
    let mirror = site.pen.fade_down(&[(0.0, main.wall, 0.4), (1.0, main.wall, 0.0)]);
    site.pen.rect(main.x, y, main.width, HEIGHT - y, mirror);
    if site.dice.chance(0.5) {
        boat(site, y + 34.0);
    }
}

fn boat(site: &mut Site<'_>, y: f64) {
    let x = site.dice.between(60.0, 480.0);
    let hull = site.pick_tone(&[0xF3_F1EC, 0x3F_5F86, 0x8C_4A3C]);
    site.pen.poly(&[(x, y), (x + 96.0, y), (x + 84.0, y + 13.0), (x + 10.0, y + 13.0)], hull);
    site.pen.rect(x + 22.0, y - 13.0, 46.0, 13.0, site.tone(0xF6_F4EE));
    let pane = if site.mood.after_dark() { site.light() } else { site.glass() };
    site.pen.path(
        &Trace::default().rect(x + 27.0, y - 9.0, 8.0, 5.0).rect(x + 40.0, y - 9.0, 8.0, 5.0).rect(
            x + 53.0,
            y - 9.0,
            8.0,
            5.0,
        ),
        pane,
    );
    site.pen.rect(x - 14.0, y + 13.0, 124.0, 1.6, Ink::from(WHITE).alpha(0.5));
}

fn in_a_park(site: &mut Site<'_>, main: Tower) {
    base(site, main, 14.0);
    site.lawn(main.foot, main.x + main.width / 2.0);
    let (one, other) = (site.tree(), site.tree());
    site.avenue(one, main.foot + 8.0, (42.0, 66.0), 74.0);
    if site.dice.chance(0.5) {
        let (cx, cy) = (site.dice.pick(&[130.0, 500.0]), main.foot + 62.0);
        let pond = site.mood.sky.middle.mix(site.mood.sky.near, 0.35);
        site.pen.oval((cx, cy), 112.0, 19.0, Ink::from(pond).edge(site.tone(0xD9_D3C4), 4.0));
        site.pen.path(
            &Trace::default().rect(cx - 60.0, cy - 3.0, 44.0, 1.6).rect(cx + 8.0, cy + 5.0, 56.0, 1.6),
            Ink::from(WHITE).alpha(0.6),
        );
    }
    for x in [site.dice.between(20.0, 90.0), site.dice.between(550.0, 620.0)] {
        let tall = site.dice.between(110.0, 170.0);
        site.plant(other, x, main.foot + 74.0, tall);
    }
    site.flowers((30.0, 610.0), (main.foot + 40.0, HEIGHT - 10.0), 22);
    site.walker((main.x - 40.0, main.x + 90.0), main.foot + 40.0, 24.0);
}

fn at_a_street(site: &mut Site<'_>, main: Tower) {
    base(site, main, 60.0);
    site.road(main.foot);
    let tree = site.tree();
    site.avenue(tree, main.foot + 12.0, (44.0, 60.0), 92.0);
    for x in [96.0, 330.0, 560.0] {
        site.lamp_post(x, main.foot + 20.0, 70.0);
    }
    let x = site.dice.between(40.0, 460.0);
    site.car(x, main.foot + 56.0, 0.9);
    if site.dice.chance(0.6) {
        let x = site.dice.between(20.0, 520.0);
        site.car(x, HEIGHT - 8.0, 1.15);
    }
    site.walker((60.0, 580.0), main.foot + 20.0, 24.0);
}

/// The gate and the planted court of a housing estate.
fn in_a_court(site: &mut Site<'_>, main: Tower) {
    base(site, main, 6.0);
    let grass = site.mood.grass();
    site.pen.rect(0.0, main.foot, WIDTH, HEIGHT - main.foot, grass);
    let (back, front) = (site.tree(), site.tree());
    site.avenue(back, main.foot + 6.0, (48.0, 76.0), 64.0);
    let paving = site.tone(0xD9_D2C5);
    site.pen.poly(&[(250.0, main.foot + 14.0), (390.0, main.foot + 14.0), (520.0, HEIGHT), (120.0, HEIGHT)], paving);
    let stone = site.pick_tone(&[0xE4_DCCD, 0xB9_8F76, 0xCF_D2D3, 0x8C_7B6A]);
    let y = main.foot + 28.0;
    for x in [196.0, 404.0] {
        site.pen.rect(x + 4.0, y - 4.0, 40.0, 36.0, Ink::from(SHADOW).alpha(0.12));
        site.pen.rect(x, y - 52.0, 40.0, 84.0, stone);
        site.pen.rect(x + 30.0, y - 52.0, 10.0, 84.0, stone.darker(0.1));
        site.pen.rect(x - 5.0, y - 58.0, 50.0, 8.0, stone.darker(0.2));
    }
    site.pen.rect(188.0, y - 74.0, 264.0, 18.0, stone.darker(0.12));
    site.pen.rect(180.0, y - 80.0, 280.0, 8.0, stone.lighter(0.25));
    site.plate(320.0, y - 64.0, 1 + site.look.storeys as usize % 89);
    site.hedge((0.0, 190.0), y + 32.0, 22.0);
    site.hedge((450.0, WIDTH), y + 32.0, 22.0);
    for x in [site.dice.between(10.0, 80.0), site.dice.between(560.0, 630.0)] {
        let tall = site.dice.between(120.0, 180.0);
        site.plant(front, x, y + 44.0, tall);
    }
    site.walker((290.0, 350.0), y + 44.0, 34.0);
    if site.mood.after_dark() {
        let glow = site.pen.glow(site.light(), 0.5);
        site.pen.circle(320.0, y - 50.0, 90.0, glow);
    }
}

//! Villas: modern with a pool, classic with a porch, Chinese with a moon gate.

use super::court::tiled;
use super::scenery::Site;
use crate::pen::{Color, HEIGHT, Ink, SHADOW, Trace, WHITE, WIDTH, stroke};

pub(super) fn draw(site: &mut Site<'_>) {
    let rows = usize::from(site.look.storeys.clamp(1, 4));
    match site.scene(3) {
        0 => modern(site, rows),
        1 => classic(site, rows),
        _ => chinese(site, rows),
    }
}

fn grounds(site: &mut Site<'_>, foot: f64) {
    site.backdrop(foot - 90.0);
    let (one, other) = (site.tree(), site.tree());
    site.pen.rect(0.0, foot - 30.0, WIDTH, HEIGHT, site.mood.grass().darker(0.08));
    site.avenue(one, foot - 18.0, (120.0, 190.0), 88.0);
    site.avenue(other, foot - 6.0, (60.0, 110.0), 120.0);
}

/// Panes with bars between; some lit.
fn glazing(site: &mut Site<'_>, (x, y, w, h): (f64, f64, f64, f64), panes: u32, metal: Color) {
    let pane = if site.dice.chance(site.lit_share() + 0.15) { site.light() } else { site.glass() };
    site.pen.rect(x, y, w, h, pane);
    site.pen.poly(
        &[(x + w * 0.1, y), (x + w * 0.32, y), (x + w * 0.16, y + h), (x, y + h), (x, y + h * 0.7)],
        Ink::from(WHITE).alpha(0.16),
    );
    let mut bars = Trace::default();
    for step in 0..=panes {
        let at = x + w * f64::from(step) / f64::from(panes);
        bars = bars.line((at, y), (at, y + h));
    }
    site.pen.path(&bars.line((x, y), (x + w, y)).line((x, y + h), (x + w, y + h)), stroke(metal, 2.2));
}

fn modern(site: &mut Site<'_>, rows: usize) {
    let foot = 378.0;
    grounds(site, foot);
    let flip = site.dice.chance(0.5);
    let white = site.main_tone(&[0xF3_F1EC, 0xD9_DDE0, 0xDD_C9AE, 0xC9_C2B8, 0xB9_A58D]);
    let stone = site.pick_tone(&[0x8F_8A82, 0x6B_6762, 0xB9_A58D, 0x7D_6A58]);
    let wood = site.pick_tone(&[0xA8_7B52, 0x8C_6545, 0xC0_9A6E]);
    let metal = site.tone(0x3A_4047);
    let floor = (250.0 / rows as f64).clamp(62.0, 92.0);
    let m = |x: f64, w: f64| if flip { WIDTH - x - w } else { x };
    for row in 0..rows {
        let y = foot - floor * (row as f64 + 1.0);
        // Each floor is pushed out over the one below, or drawn back.
        let (x, w) = match row {
            0 => (130.0, 390.0),
            1 => (70.0, 360.0),
            2 => (190.0, 290.0),
            _ => (250.0, 190.0),
        };
        let tone = if row % 2 == 0 { stone } else { white };
        site.pen.rect(m(x, w), y, w, floor, tone);
        let run = site.pen.fade_across(&[
            (0.0, SHADOW, if site.lit_from_left() { 0.0 } else { 0.16 }),
            (1.0, SHADOW, if site.lit_from_left() { 0.16 } else { 0.0 }),
        ]);
        site.pen.rect(m(x, w), y, w, floor, run);
        let glass = (m(x + w * 0.1, w * 0.5), y + 14.0, w * 0.5, floor - if row == 0 { 14.0 } else { 24.0 });
        glazing(site, glass, 4, metal);
        let slats = (m(x + w * 0.66, w * 0.2), y + 10.0, w * 0.2, floor - 10.0);
        site.pen.rect(slats.0, slats.1, slats.2, slats.3, wood);
        let mut lines = Trace::default();
        let mut at = slats.0 + 6.0;
        while at < slats.0 + slats.2 {
            lines = lines.line((at, slats.1), (at, slats.1 + slats.3));
            at += 7.0;
        }
        site.pen.path(&lines, stroke(wood.darker(0.22), 1.3));
        if row > 0 {
            site.pen.rect(glass.0 - 10.0, y + floor - 30.0, glass.2 + 20.0, 24.0, Ink::from(WHITE).alpha(0.42));
            site.pen.rect(m(x, w), y + floor - 6.0, w, 7.0, white.darker(0.1));
            site.pen.rect(m(x + 14.0, w - 28.0), y + floor + 1.0, w - 28.0, 12.0, Ink::from(SHADOW).alpha(0.22));
        }
        site.pen.rect(m(x - 12.0, w + 24.0), y - 6.0, w + 24.0, 9.0, metal.lighter(0.25));
    }
    // Deck and pool.
    let deck = site.tone(0xC9_AE8C);
    site.lawn(foot, m(450.0, 0.0));
    site.pen.poly(&[(60.0, foot), (WIDTH - 60.0, foot), (WIDTH - 20.0, foot + 26.0), (20.0, foot + 26.0)], deck);
    let mut boards = Trace::default();
    for step in 1..4 {
        let y = foot + 6.5 * f64::from(step);
        boards = boards.line((60.0 - 10.0 * f64::from(step), y), (WIDTH - 60.0 + 10.0 * f64::from(step), y));
    }
    site.pen.path(&boards, stroke(deck.darker(0.16), 1.0));
    let water = site.tone(0x86_C0D4).mix(site.mood.sky.middle, 0.3);
    site.pen.poly(
        &[(120.0, foot + 36.0), (520.0, foot + 36.0), (590.0, HEIGHT - 16.0), (50.0, HEIGHT - 16.0)],
        Ink::from(water).edge(site.tone(0xE9_E4DA), 7.0),
    );
    let mut ripples = Trace::default();
    for _ in 0..7 {
        ripples = ripples.rect(
            site.dice.between(110.0, 480.0),
            site.dice.between(foot + 44.0, HEIGHT - 24.0),
            site.dice.between(24.0, 60.0),
            2.0,
        );
    }
    site.pen.path(&ripples, Ink::from(WHITE).alpha(0.6));
    for x in [250.0, 330.0] {
        let at = m(x, 54.0);
        site.pen.poly(
            &[
                (at, foot + 20.0),
                (at + 40.0, foot + 20.0),
                (at + 56.0, foot + 6.0),
                (at + 60.0, foot + 9.0),
                (at + 44.0, foot + 25.0),
                (at, foot + 25.0),
            ],
            site.tone(0xF3_F1EC),
        );
    }
    let tree = site.tree();
    site.plant(tree, m(602.0, 0.0), foot + 40.0, 240.0);
    site.plant(tree, m(30.0, 0.0), foot + 26.0, 150.0);
    site.hedge((0.0, 60.0), foot + 8.0, 22.0);
    site.hedge((580.0, WIDTH), foot + 8.0, 22.0);
}

fn classic(site: &mut Site<'_>, rows: usize) {
    let foot = 384.0;
    grounds(site, foot);
    let wall = site.main_tone(&[0xF0_E4CE, 0xE4_DCCF, 0xC9_8D72, 0xDD_C9A8, 0xF1_EEE6, 0xB9_C4BC]);
    let stone = site.tone(0xE9_E2D4);
    let tile = site.pick_tone(&[0x8C_4F40, 0x5C_626B, 0x6B_5148, 0x4F_5A66]);
    let floor = (216.0 / rows as f64).clamp(58.0, 84.0);
    let (x, w) = (110.0, 420.0);
    let y = foot - floor * rows as f64;
    let peak = y - 74.0;
    site.pen.rect(x + 58.0, peak + 4.0, 24.0, 56.0, wall.darker(0.12));
    site.pen.rect(x + 54.0, peak, 32.0, 7.0, stone);
    site.pen.poly(
        &[(x - 18.0, y + 4.0), (x + 74.0, peak + 10.0), (x + w - 74.0, peak + 10.0), (x + w + 18.0, y + 4.0)],
        tile,
    );
    let mut courses = Trace::default();
    for step in 1..6 {
        let t = f64::from(step) / 6.0;
        courses =
            courses.line((x - 18.0 + 92.0 * t, y + 4.0 - 68.0 * t), (x + w + 18.0 - 92.0 * t, y + 4.0 - 68.0 * t));
    }
    site.pen.path(&courses, stroke(tile.darker(0.16), 1.3));
    site.pen.rect(x, y, w, foot - y, wall);
    let run = if site.lit_from_left() {
        [(0.0, SHADOW, 0.0), (1.0, SHADOW, 0.14)]
    } else {
        [(0.0, SHADOW, 0.14), (1.0, SHADOW, 0.0)]
    };
    let shade = site.pen.fade_across(&run);
    site.pen.rect(x, y, w, foot - y, shade);
    site.pen.rect(x - 14.0, y, w + 28.0, 8.0, stone);
    let mut quoins = Trace::default();
    let mut at = y + 12.0;
    while at < foot - 8.0 {
        quoins = quoins.rect(x, at, 17.0, 10.0).rect(x + w - 17.0, at, 17.0, 10.0);
        at += 18.0;
    }
    site.pen.path(&quoins, stone);
    let arched = site.dice.chance(0.5);
    let shutters = site.dice.chance(0.5).then(|| site.pick_tone(&[0x4F_6F8C, 0x5F_7A66, 0x6B_5148]));
    for row in 0..rows {
        let wy = foot - floor * (row as f64 + 1.0) + floor * 0.2;
        for share in [0.12, 0.29, 0.5, 0.71, 0.88] {
            if row == 0 && share == 0.5 {
                continue;
            }
            opening(site, x + w * share, wy, floor * 0.62, arched && row == 0, stone, shutters);
        }
        if row > 0 {
            site.pen.rect(x, foot - floor * row as f64 - 3.0, w, 6.0, stone);
        }
    }
    for share in [0.28, 0.72] {
        let at = x + w * share;
        site.pen.rect(at - 19.0, y - 40.0, 38.0, 34.0, wall);
        site.pen.poly(&[(at - 27.0, y - 38.0), (at, y - 60.0), (at + 27.0, y - 38.0)], tile.lighter(0.1));
        glazing(site, (at - 11.0, y - 34.0, 22.0, 26.0), 2, stone);
    }
    porch(site, x + w / 2.0, foot, floor, stone, tile);
    front_garden(site, foot, x + w / 2.0);
}

fn opening(site: &mut Site<'_>, x: f64, y: f64, h: f64, arched: bool, stone: Color, shutters: Option<Color>) {
    let half = 16.0;
    site.pen.rect(x - half - 4.0, y - 4.0, half * 2.0 + 8.0, h + 8.0, stone);
    if arched {
        site.pen.path(&Trace::from(x - half - 4.0, y).arc(half + 4.0, true, x + half + 4.0, y).close(), stone);
        let pane = site.glass();
        site.pen.path(&Trace::from(x - half, y + 1.0).arc(half, true, x + half, y + 1.0).close(), pane);
    }
    glazing(site, (x - half, y, half * 2.0, h), 2, stone.lighter(0.3));
    if let Some(color) = shutters {
        for left in [x - half - 15.0, x + half + 4.0] {
            site.pen.rect(left, y - 1.0, 11.0, h + 2.0, color);
        }
    }
}

fn porch(site: &mut Site<'_>, x: f64, foot: f64, floor: f64, stone: Color, tile: Color) {
    let high = floor.min(76.0);
    let door = tile.darker(0.2);
    site.pen.rect(x - 20.0, foot - high * 0.8, 40.0, high * 0.8, door);
    site.pen.rect(x - 1.0, foot - high * 0.8, 2.0, high * 0.8, door.darker(0.4));
    site.pen.circle(x + 5.0, foot - high * 0.36, 2.0, site.tone(0xD9_B45C));
    for side in [-46.0, -32.0, 26.0, 40.0] {
        site.pen.rect(x + side, foot - high, 7.0, high, stone.lighter(0.3));
    }
    site.pen.rect(x - 54.0, foot - high - 9.0, 108.0, 11.0, stone);
    site.pen.poly(
        &[(x - 58.0, foot - high - 8.0), (x, foot - high - 42.0), (x + 58.0, foot - high - 8.0)],
        stone.darker(0.05),
    );
    site.pen.circle(x, foot - high - 19.0, 7.0, stone.darker(0.2));
    for step in 0..3 {
        let grow = f64::from(step) * 9.0;
        site.pen.rect(
            x - 56.0 - grow,
            foot - 4.0 + f64::from(step) * 5.0,
            112.0 + 2.0 * grow,
            5.0,
            stone.darker(0.06 * f64::from(step)),
        );
    }
    if site.mood.after_dark() {
        let glow = site.pen.glow(site.light(), 0.6);
        site.pen.circle(x, foot - high * 0.6, 80.0, glow);
    }
}

fn front_garden(site: &mut Site<'_>, foot: f64, door: f64) {
    site.hedge((0.0, door - 84.0), foot + 6.0, 24.0);
    site.hedge((door + 84.0, WIDTH), foot + 6.0, 24.0);
    site.lawn(foot + 12.0, door);
    if site.dice.chance(0.5) {
        let cy = foot + 64.0;
        let stone = site.tone(0xD9_D2C4);
        site.pen.oval((door, cy), 76.0, 15.0, stone);
        site.pen.oval((door, cy - 2.0), 66.0, 11.0, site.tone(0x9A_C4D4));
        site.pen.rect(door - 4.0, cy - 34.0, 8.0, 34.0, stone);
        site.pen.oval((door, cy - 34.0), 24.0, 5.0, stone);
        site.pen.path(
            &Trace::from(door, cy - 60.0)
                .bend(door - 20.0, cy - 56.0, door - 24.0, cy - 34.0)
                .move_to(door, cy - 60.0)
                .bend(door + 20.0, cy - 56.0, door + 24.0, cy - 34.0),
            stroke(WHITE, 2.0).alpha(0.8),
        );
    } else {
        let x = site.dice.pick(&[60.0, 430.0]);
        site.car(x, HEIGHT - 22.0, 1.5);
    }
    let tree = site.tree();
    for x in [26.0, 614.0] {
        let tall = site.dice.between(150.0, 230.0);
        site.plant(tree, x, foot + 44.0, tall);
    }
    site.flowers((20.0, 220.0), (foot + 26.0, HEIGHT - 10.0), 18);
    site.flowers((430.0, 620.0), (foot + 26.0, HEIGHT - 10.0), 18);
}

fn chinese(site: &mut Site<'_>, rows: usize) {
    let foot = 372.0;
    grounds(site, foot);
    let (white, tile, wood) = (
        site.main_tone(&[0xF1_EFE9, 0xE4_D8C4, 0xDF_E3E4, 0xE9_D2AE, 0xD9_C0AE]),
        site.tone(0x4A_5055),
        site.pick_tone(&[0x6B_4F38, 0x8C_6545, 0x4A_3A30]),
    );
    let floor = (190.0 / rows as f64).clamp(56.0, 82.0);
    let flip = site.dice.chance(0.5);
    let m = |x: f64, w: f64| if flip { WIDTH - x - w } else { x };
    // The house, each storey under its own roof.
    let pane = if site.mood.after_dark() { site.light() } else { site.glass().mix(white, 0.25) };
    for row in 0..rows {
        let inset = 26.0 * row as f64;
        let (x, w) = (m(190.0 + inset, 410.0 - 2.0 * inset), 410.0 - 2.0 * inset);
        let y = foot - (floor + 12.0) * (row as f64 + 1.0) + 12.0;
        site.pen.rect(x, y, w, floor, white);
        let mut lattice = Trace::default();
        let bays = 5;
        for bay in 0..bays {
            let bx = x + w * (f64::from(bay) + 0.12) / f64::from(bays);
            let bw = w * 0.76 / f64::from(bays);
            site.pen.rect(bx, y + 12.0, bw, floor - if row == 0 { 12.0 } else { 22.0 }, pane);
            for step in 0..=3 {
                let at = bx + bw * f64::from(step) / 3.0;
                lattice = lattice.line((at, y + 12.0), (at, y + floor - if row == 0 { 0.0 } else { 10.0 }));
            }
            lattice = lattice.line((bx, y + 12.0), (bx + bw, y + 12.0)).line((bx, y + 24.0), (bx + bw, y + 24.0));
        }
        site.pen.path(&lattice, stroke(wood, 2.2));
        site.pen.rect(x, y, w, 9.0, Ink::from(SHADOW).alpha(0.18));
        tiled(site, (x - 20.0, x + w + 20.0), y - if row + 1 == rows { 58.0 } else { 26.0 }, y, tile);
    }
    // The garden wall with its moon gate.
    let (wx, ww) = (m(-10.0, 330.0), 330.0);
    let top = foot - 64.0;
    let gate = m(150.0, 0.0);
    site.pen.rect(wx, top, ww, 96.0, white.darker(0.03));
    tiled(site, (wx - 4.0, wx + ww + 4.0), top - 15.0, top, tile);
    site.pen.circle(gate, top + 50.0, 41.0, tile.lighter(0.25));
    let beyond = site.mood.grass();
    site.pen.circle(gate, top + 50.0, 36.0, beyond);
    let tree = site.tree();
    site.pen.clipped(&Trace::default().oval(gate, top + 50.0, 36.0, 36.0), |pen| {
        pen.stamp(tree, (gate + 8.0, top + 80.0), 0.62);
        pen.oval((gate, top + 96.0), 26.0, 26.0, white.darker(0.14));
    });
    site.lawn(foot + 30.0, gate);
    let cx = m(470.0, 0.0);
    let water = site.mood.sky.middle.mix(site.mood.sky.near, 0.35);
    site.pen.oval((cx, foot + 66.0), 136.0, 28.0, Ink::from(water).edge(site.tone(0xA9_A59D), 7.0));
    site.pen.path(
        &Trace::default().rect(cx - 80.0, foot + 60.0, 60.0, 1.8).rect(cx + 6.0, foot + 74.0, 70.0, 1.8),
        Ink::from(WHITE).alpha(0.55),
    );
    let rock = site.tone(0x8F_9295);
    site.pen.path(
        &Trace::from(cx + 90.0, foot + 56.0)
            .bend(cx + 84.0, foot + 20.0, cx + 104.0, foot + 8.0)
            .bend(cx + 118.0, foot - 6.0, cx + 124.0, foot + 20.0)
            .bend(cx + 142.0, foot + 30.0, cx + 138.0, foot + 58.0)
            .close(),
        rock,
    );
    site.pen.path(
        &Trace::from(cx + 104.0, foot + 18.0).bend(cx + 98.0, foot + 36.0, cx + 104.0, foot + 54.0),
        stroke(rock.darker(0.2), 2.0),
    );
    bamboo(site, m(20.0, 0.0), foot + 34.0);
    site.plant(tree, m(606.0, 0.0), foot + 40.0, 250.0);
    site.flowers((40.0, 600.0), (foot + 46.0, HEIGHT - 8.0), 14);
}

fn bamboo(site: &mut Site<'_>, x: f64, foot: f64) {
    let stem = site.tone(0x86_A068);
    let leaf = site.tone(0x6F_9A5E);
    for (dx, tall) in [(-18.0, 190.0), (-4.0, 230.0), (9.0, 176.0), (24.0, 210.0)] {
        let top = (x + dx * 1.5, foot - tall);
        site.pen.path(&Trace::from(x + dx, foot).bend(x + dx, foot - tall * 0.6, top.0, top.1), stroke(stem, 4.0));
        let mut leaves = Trace::default();
        for step in 3..9 {
            let t = f64::from(step) / 9.0;
            let (lx, ly) = (x + dx * (1.0 + 0.5 * t * t), foot - tall * t);
            for side in [-1.0, 1.0] {
                leaves = leaves
                    .move_to(lx, ly)
                    .bend(lx + side * 12.0, ly - 5.0, lx + side * 26.0, ly + 9.0)
                    .bend(lx + side * 10.0, ly + 6.0, lx, ly)
                    .close();
            }
        }
        site.pen.path(&leaves, leaf);
    }
}

//! Garden houses of the newer estates (洋房): low blocks with deep balconies among lawns.

use super::scenery::Site;
use crate::dice::Wheel;
use crate::pen::{Color, HEIGHT, Ink, Trace, WHITE, WIDTH, stroke};

/// Wall, stairwell and metal of one estate.
const SUITS: [(u32, u32, u32); 8] = [
    (0xEF_E7DB, 0x9C_7A62, 0x4A_4F55),
    (0xF3_F2EE, 0x8A_9298, 0x3F_464D),
    (0xE9_DFD2, 0xB4_6F55, 0x5B_4A3E),
    (0xD9_C4A6, 0x7D_6A58, 0x4A_4F55),
    (0xE6_EAEA, 0x6F_8FAE, 0x44_5361),
    (0xC9_8D72, 0xEF_E3D3, 0x4A_4F55),
    (0xEC_E6D8, 0x8F_A08C, 0x4F_5A52),
    (0xCF_C8BD, 0x5F_5A55, 0x3A_3A3A),
];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Top {
    /// A thin slab that overhangs.
    Slab,
    Pitched,
    /// The last floor set back behind a terrace.
    Terrace,
}

#[derive(Clone, Copy)]
struct Block {
    x: f64,
    width: f64,
    foot: f64,
    rows: usize,
    floor: f64,
    wall: Color,
    core: Color,
    metal: Color,
    top: Top,
    /// Balconies of bars instead of glass.
    bars: bool,
}

pub(super) fn draw(site: &mut Site<'_>, storeys: usize) {
    let foot = site.dice.between(376.0, 390.0);
    site.backdrop(foot - 70.0);
    let (wall, core, metal) = SUITS[site.dice.spread(Wheel::Palette, SUITS.len())];
    let floor = (272.0 / (storeys.max(2) as f64 + 0.6)).min(62.0);
    let top = site.dice.pick(&[Top::Slab, Top::Slab, Top::Pitched, Top::Terrace]);
    let block = Block {
        x: 0.0,
        width: 0.0,
        foot,
        rows: storeys.max(1),
        floor,
        wall: site.tone(wall),
        core: site.tone(core),
        metal: site.tone(metal),
        top,
        bars: site.dice.chance(0.35),
    };
    let ground = foot - 12.0;
    site.pen.rect(0.0, ground, WIDTH, HEIGHT - ground, site.mood.grass().darker(0.06));
    let behind = site.tree();
    site.avenue(behind, ground + 4.0, (70.0, 110.0), 70.0);
    match site.scene(3) {
        0 => {
            for (x, width, lift, rows) in [
                (34.0, 190.0, 8.0, block.rows),
                (444.0, 210.0, 6.0, block.rows.saturating_sub(1).max(1)),
                (232.0, 206.0, 0.0, block.rows),
            ] {
                house(site, Block { x, width, foot: foot - lift, rows, ..block });
            }
        }
        1 => {
            let x = site.dice.between(90.0, 150.0);
            house(site, Block { x: x - 190.0, width: 180.0, foot: foot - 10.0, floor: floor * 0.86, ..block });
            house(site, Block { x: x + 60.0, width: 330.0, ..block });
        }
        _ => {
            house(site, Block { x: 390.0, width: 240.0, foot: foot - 6.0, floor: floor * 0.92, ..block });
            house(site, Block { x: 60.0, width: 280.0, ..block });
        }
    }
    front(site, foot);
}

fn house(site: &mut Site<'_>, block: Block) {
    let Block { x, width, foot, rows, floor, wall, core, metal, top, .. } = block;
    let core_wide = (width * 0.26).min(74.0);
    let y = foot - rows as f64 * floor;
    let left_core = site.dice.chance(0.5);
    let (core_x, wing_x, wing) =
        if left_core { (x, x + core_wide, width - core_wide) } else { (x + width - core_wide, x, width - core_wide) };
    let full = if top == Top::Terrace && rows > 1 { y + floor } else { y };
    site.pen.rect(wing_x, full, wing, foot - full, wall);
    roof(site, block, (wing_x, wing), y);
    let glass = site.glass();
    let bays = (wing / 110.0).round().max(1.0);
    let bay = wing / bays;
    let mut lit = Trace::default();
    let (mut panes, mut bars, mut slabs, mut rails) =
        (Trace::default(), Trace::default(), Trace::default(), Trace::default());
    for row in 0..rows {
        let setback = top == Top::Terrace && rows > 1 && row == 0;
        for index in 0..bays as u32 {
            let (bx, by) = (wing_x + bay * f64::from(index) + bay * 0.08, y + row as f64 * floor + floor * 0.2);
            let (w, h) = (bay * 0.84, floor * 0.66);
            let (bx, w) = if setback { (bx + bay * 0.1, w - bay * 0.2) } else { (bx, w) };
            if site.dice.chance(site.lit_share()) {
                lit = lit.rect(bx, by, w, h);
            } else {
                panes = panes.rect(bx, by, w, h);
            }
            for step in 1..4 {
                bars = bars.line((bx + w * f64::from(step) / 4.0, by), (bx + w * f64::from(step) / 4.0, by + h));
            }
            if !setback {
                let rail = by + h - floor * 0.24;
                if block.bars {
                    let mut at = bx - 4.0;
                    while at < bx + w + 4.0 {
                        rails = rails.line((at, rail), (at, by + h));
                        at += 6.0;
                    }
                    rails = rails.line((bx - 5.0, rail), (bx + w + 5.0, rail));
                } else {
                    rails = rails.rect(bx - 5.0, rail, w + 10.0, floor * 0.24);
                }
                slabs = slabs.rect(bx - 7.0, by + h, w + 14.0, 4.4);
            }
        }
    }
    site.pen.path(&panes, glass);
    site.pen.path(&lit, site.light());
    site.pen.path(&bars, stroke(metal, 1.6));
    if block.bars {
        site.pen.path(&rails, stroke(metal, 1.2));
    } else {
        site.pen.path(&rails, Ink::from(WHITE).alpha(0.5));
    }
    site.pen.path(&slabs, metal.lighter(0.12));
    stairwell(site, block, core, (core_x, core_wide), y);
    let shade = site.mood.shaded(wall, 0.7);
    let run = if site.lit_from_left() {
        [(0.0, shade, 0.0), (1.0, shade, 0.2)]
    } else {
        [(0.0, shade, 0.2), (1.0, shade, 0.0)]
    };
    let light = site.pen.fade_across(&run);
    site.pen.rect(x, y - floor * 0.4, width, foot - y + floor * 0.4, light);
}

fn stairwell(site: &mut Site<'_>, block: Block, core: Color, (x, w): (f64, f64), y: f64) {
    let high = y - block.floor * 0.42;
    let run = site.pen.fade_across(&[(0.0, core.lighter(0.05), 1.0), (1.0, core.darker(0.12), 1.0)]);
    site.pen.rect(x, high, w, block.foot - high, run);
    site.pen.rect(x - 6.0, high - 7.0, w + 12.0, 8.0, block.metal);
    let (mut panes, mut lit) = (Trace::default(), Trace::default());
    let tall = site.dice.chance(0.4);
    for row in 0..block.rows {
        let by = y + row as f64 * block.floor + block.floor * 0.24;
        let (wide, h) = if tall { (w * 0.28, block.floor * 0.76) } else { (w * 0.5, block.floor * 0.5) };
        let quad = (x + (w - wide) / 2.0, by, wide, h);
        if site.dice.chance(site.lit_share() + 0.06) {
            lit = lit.rect(quad.0, quad.1, quad.2, quad.3);
        } else {
            panes = panes.rect(quad.0, quad.1, quad.2, quad.3);
        }
    }
    site.pen.path(&panes, site.glass().lighter(0.08));
    site.pen.path(&lit, site.light());
    let door = block.floor.min(46.0) * 0.8;
    site.pen.rect(x + w * 0.22, block.foot - door, w * 0.56, door, block.metal.lighter(0.1));
    site.pen.rect(x + w * 0.5 - 1.0, block.foot - door, 2.0, door, block.metal.darker(0.3));
    site.pen.rect(x + w * 0.1, block.foot - door - 6.0, w * 0.8, 5.0, block.metal);
}

fn roof(site: &mut Site<'_>, block: Block, (x, w): (f64, f64), y: f64) {
    match block.top {
        Top::Slab => site.pen.rect(x - 8.0, y - 4.0, w + 16.0, 9.0, block.metal),
        Top::Pitched => {
            let tile = site.pick_tone(&[0x9C_5F4A, 0x6B_5A50, 0x5C_626B]);
            site.pen.poly(
                &[(x - 12.0, y + 4.0), (x + w * 0.18, y - 34.0), (x + w * 0.82, y - 34.0), (x + w + 12.0, y + 4.0)],
                tile,
            );
            site.pen.rect(x - 14.0, y + 1.0, w + 28.0, 5.0, tile.darker(0.25));
            let pane = if site.mood.after_dark() { site.light() } else { site.glass() };
            for share in [0.36, 0.64] {
                site.pen.poly(
                    &[
                        (x + w * share - 13.0, y - 8.0),
                        (x + w * share + 13.0, y - 8.0),
                        (x + w * share + 10.0, y - 24.0),
                        (x + w * share - 10.0, y - 24.0),
                    ],
                    pane,
                );
            }
        }
        Top::Terrace => {
            let inset = w * 0.12;
            let low = if block.rows > 1 { y + block.floor } else { y };
            site.pen.rect(x + inset, y + 4.0, w - inset * 2.0, low - y, block.wall.lighter(0.15));
            site.pen.rect(x + inset - 10.0, y - 3.0, w - inset * 2.0 + 20.0, 8.0, block.metal);
            site.pen.rect(x - 4.0, low - block.floor * 0.2, w + 8.0, block.floor * 0.2, Ink::from(WHITE).alpha(0.5));
            site.pen.rect(x - 4.0, low - 3.0, w + 8.0, 6.0, block.metal.lighter(0.12));
            site.hedge((x + 4.0, x + inset), low - 3.0, 13.0);
        }
    }
}

/// Lawn, path, and a pond, beds of flowers or a play-ground before the houses.
fn front(site: &mut Site<'_>, foot: f64) {
    site.hedge((0.0, WIDTH), foot + 4.0, 17.0);
    let door = site.dice.between(240.0, 400.0);
    site.lawn(foot + 2.0, door);
    let (one, other) = (site.tree(), site.tree());
    for x in [24.0, 236.0, 470.0, 604.0] {
        let (shift, nearer, tall) =
            (site.dice.between(-22.0, 22.0), site.dice.between(12.0, 24.0), site.dice.between(72.0, 118.0));
        site.plant(one, x + shift, foot + nearer, tall);
    }
    match site.dice.below(3) {
        0 => {
            let cx = site.dice.pick(&[140.0, 510.0]);
            let water = site.mood.sky.middle.mix(site.mood.sky.near, 0.3);
            site.pen.oval((cx, foot + 62.0), 118.0, 22.0, Ink::from(water).edge(site.tone(0xCF_C8B8), 5.0));
            site.pen.path(
                &Trace::default().rect(cx - 70.0, foot + 58.0, 60.0, 1.8).rect(cx + 10.0, foot + 68.0, 48.0, 1.8),
                Ink::from(WHITE).alpha(0.6),
            );
        }
        1 => {
            for x in [90.0, 480.0] {
                site.hedge((x, x + 110.0), foot + 74.0, 24.0);
                site.flowers((x, x + 110.0), (foot + 56.0, foot + 70.0), 12);
            }
        }
        _ => {
            site.flowers((10.0, 250.0), (foot + 40.0, HEIGHT - 12.0), 22);
            site.flowers((400.0, 630.0), (foot + 40.0, HEIGHT - 12.0), 22);
        }
    }
    let side = site.dice.pick(&[34.0, 610.0]);
    site.plant(other, side, HEIGHT - 14.0, 190.0);
    site.walker((door - 20.0, door + 20.0), foot + 46.0, 34.0);
}

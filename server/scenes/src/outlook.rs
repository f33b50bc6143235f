//! The world beyond the walls: sky, sun, clouds, skylines, water and trees, for windows and backdrops.

use crate::HomeLook;
use crate::dice::Dice;
use crate::facade::WALLS;
use crate::palette::{Hour, Mood};
use crate::pen::{Color, Ink, Pen, Trace, WHITE, hex};

/// The part of the frame a view fills, and how large things in it are (1 fills the frame).
#[derive(Clone, Copy)]
pub(crate) struct Extent {
    pub(crate) x: (f64, f64),
    pub(crate) y: (f64, f64),
    pub(crate) horizon: f64,
    pub(crate) zoom: f64,
}

impl Extent {
    fn width(&self) -> f64 {
        self.x.1 - self.x.0
    }
}

/// What someone sees who looks out of the home: by floor, facing, hour and season.
pub(crate) fn beyond(pen: &mut Pen, look: &HomeLook, mood: &Mood, extent: Extent) {
    // One home has one view, through whichever window it is seen.
    let mut dice = Dice::new(look.seed, "outlook");
    sky(pen, mood, extent);
    sun(pen, mood, extent, mood.sun_from(look.facing.degrees()));
    clouds(pen, mood, &mut dice, extent);
    match look.floor {
        0..=2 if look.built_year < 1985 => roofs(pen, mood, &mut dice, extent),
        0..=3 => garden(pen, mood, &mut dice, extent),
        4..=9 => match dice.below(3) {
            0 => neighbours(pen, mood, &mut dice, extent),
            1 => park(pen, mood, &mut dice, extent),
            _ => city(pen, mood, &mut dice, extent, 0.55),
        },
        _ => match dice.below(4) {
            0 => park(pen, mood, &mut dice, extent),
            1 => city(pen, mood, &mut dice, extent, 1.0),
            _ => river(pen, mood, &mut dice, extent),
        },
    }
}

/// The sky down to a little below the horizon.
pub(crate) fn sky(pen: &mut Pen, mood: &Mood, extent: Extent) {
    let tones = mood.sky;
    let fill = pen.fade_down(&[(0.0, tones.top, 1.0), (0.6, tones.middle, 1.0), (1.0, tones.low, 1.0)]);
    pen.rect(extent.x.0, extent.y.0, extent.width(), extent.y.1 - extent.y.0, tones.low);
    pen.rect(extent.x.0, extent.y.0, extent.width(), extent.horizon + 20.0 * extent.zoom - extent.y.0, fill);
}

/// The sun low over the horizon, or the moon, when it stands in front of the viewer.
pub(crate) fn sun(pen: &mut Pen, mood: &Mood, extent: Extent, degrees_right: f64) {
    let zoom = extent.zoom;
    if degrees_right.abs() > 45.0 || matches!(mood.hour, Hour::Noon | Hour::Hazy) {
        return;
    }
    let x = (extent.x.0 + extent.x.1) / 2.0 + degrees_right / 45.0 * extent.width() * 0.42;
    let (height, r) = if mood.hour == Hour::Night { (150.0, 17.0) } else { (74.0, 32.0) };
    let y = extent.horizon - height * zoom;
    let halo = pen.glow(mood.sky.light, 0.75);
    pen.circle(x, y, r * 3.4 * zoom, halo);
    pen.circle(x, y, r * zoom, mood.sky.light.lighter(0.25));
}

pub(crate) fn clouds(pen: &mut Pen, mood: &Mood, dice: &mut Dice, extent: Extent) {
    let count = match mood.hour {
        Hour::Hazy => dice.below(2),
        Hour::Night => dice.below(2),
        _ => 1 + dice.below(3),
    };
    let color = mood.sky.low.mix(WHITE, if mood.after_dark() { 0.12 } else { 0.7 });
    let room = extent.horizon - extent.y.0;
    let mut trace = Trace::default();
    for index in 0..count {
        let x = extent.x.0 + extent.width() * (dice.between(0.0, 0.9) + index as f64) / count as f64;
        let y = extent.y.0 + room * dice.between(0.16, 0.55);
        let w = dice.between(70.0, 130.0) * extent.zoom;
        let h = w * 0.17;
        trace = trace
            .move_to(x, y)
            .arc(h * 0.5, true, x + h * 0.4, y - h * 0.95)
            .arc(w * 0.2, true, x + w * 0.42, y - h * 1.25)
            .arc(w * 0.17, true, x + w * 0.72, y - h * 0.9)
            .arc(h * 0.55, true, x + w, y)
            .close();
    }
    pen.path(&trace, Ink::from(color).alpha(0.85));
}

/// A row of buildings and the lit windows in it.
pub(crate) struct Skyline {
    pub(crate) outline: Trace,
    pub(crate) lights: Trace,
}

/// Buildings from `x.0` to `x.1` that stand on `base`, `height` frame units tall.
pub(crate) fn skyline(dice: &mut Dice, x: (f64, f64), base: f64, height: (f64, f64), zoom: f64) -> Skyline {
    let (mut outline, mut lights) = (Trace::default(), Trace::default());
    let mut at = x.0 - dice.between(0.0, 30.0) * zoom;
    while at < x.1 {
        let w = dice.between(20.0, 56.0) * zoom;
        // Squaring makes tall ones rare, which gives a city its outline.
        let tall = dice.between(0.0, 1.0).powi(2);
        let top = base - height.0 - (height.1 - height.0) * tall;
        outline = match dice.below(if tall > 0.35 { 6 } else { 3 }) {
            0 | 1 => outline.rect(at, top, w, base - top),
            2 => {
                let step = 10.0 * zoom;
                outline.rect(at, top + step, w, base - top - step).rect(at + w * 0.2, top, w * 0.45, step + 1.0)
            }
            3 => outline.rect(at, top, w, base - top).rect(at + w * 0.46, top - 22.0 * zoom, w * 0.08, 22.0 * zoom),
            4 => outline.poly(&[(at, base), (at, top + 16.0 * zoom), (at + w, top - 6.0 * zoom), (at + w, base)]),
            _ => outline.poly(&[
                (at, base),
                (at + w * 0.08, top + 12.0 * zoom),
                (at + w * 0.32, top - 14.0 * zoom),
                (at + w * 0.68, top - 14.0 * zoom),
                (at + w * 0.92, top + 12.0 * zoom),
                (at + w, base),
            ]),
        };
        for _ in 0..3 {
            let (lx, ly) = (at + w * dice.between(0.2, 0.7), top + (base - top) * dice.between(0.2, 0.8));
            lights = lights.rect(lx, ly, 3.4 * zoom, 2.2 * zoom);
        }
        at += w + dice.between(-6.0, 9.0) * zoom;
    }
    Skyline { outline, lights }
}

/// Draws a skyline in one tone, with lights after dark.
pub(crate) fn silhouette(pen: &mut Pen, mood: &Mood, row: &Skyline, color: Color) {
    pen.path(&row.outline, color);
    if mood.after_dark() {
        pen.path(&row.lights, Ink::from(mood.sky.light).alpha(0.8));
    }
}

/// Rows of round treetops from `top` down.
pub(crate) fn canopy(pen: &mut Pen, mood: &Mood, dice: &mut Dice, extent: Extent, top: f64) {
    let (body, lit) = mood.leaves(dice);
    let rows = 3;
    for row in 0..rows {
        let y = top + f64::from(row) * 17.0 * extent.zoom;
        let color = body.mix(mood.sky.far, 0.34 - 0.16 * f64::from(row)).mix(lit, if row == 1 { 0.35 } else { 0.0 });
        let mut x = extent.x.0 - dice.between(0.0, 20.0) * extent.zoom;
        let mut trace = Trace::from(x, extent.y.1.max(y + 1.0)).to(x, y);
        while x < extent.x.1 {
            let wide = dice.between(28.0, 48.0) * extent.zoom;
            x += wide;
            trace = trace.arc(wide * 0.54, true, x, y + dice.between(-4.0, 4.0) * extent.zoom);
        }
        pen.path(&trace.to(x, extent.y.1.max(y + 1.0)).close(), color);
    }
}

fn far_city(pen: &mut Pen, mood: &Mood, dice: &mut Dice, extent: Extent, rise: f64) {
    let zoom = extent.zoom;
    let far = skyline(dice, extent.x, extent.horizon + 12.0 * zoom, (14.0 * zoom, 74.0 * zoom * rise), zoom * 0.8);
    silhouette(pen, mood, &far, mood.sky.far);
}

/// Over the roofs of a city; `rise` is how far towers reach above the horizon.
fn city(pen: &mut Pen, mood: &Mood, dice: &mut Dice, extent: Extent, rise: f64) {
    let zoom = extent.zoom;
    far_city(pen, mood, dice, extent, 0.7 + rise * 0.6);
    let near = skyline(
        dice,
        extent.x,
        extent.y.1,
        (extent.y.1 - extent.horizon - 14.0 * zoom, extent.y.1 - extent.horizon + 60.0 * zoom),
        zoom * 1.25,
    );
    silhouette(pen, mood, &near, mood.sky.near);
    canopy(pen, mood, dice, extent, extent.horizon + (56.0 + 40.0 * rise) * zoom);
}

/// Across a river to the other bank.
fn river(pen: &mut Pen, mood: &Mood, dice: &mut Dice, extent: Extent) {
    let zoom = extent.zoom;
    far_city(pen, mood, dice, extent, 1.2);
    let near = skyline(dice, extent.x, extent.horizon + 16.0 * zoom, (6.0 * zoom, 52.0 * zoom), zoom);
    silhouette(pen, mood, &near, mood.sky.near);
    water(pen, mood, dice, extent, extent.horizon + 16.0 * zoom, extent.y.1);
    canopy(pen, mood, dice, extent, extent.horizon + 66.0 * zoom);
}

/// A sheet of water with ripples that catch the sky.
pub(crate) fn water(pen: &mut Pen, mood: &Mood, dice: &mut Dice, extent: Extent, top: f64, bottom: f64) {
    let deep = mood.sky.near.mix(mood.sky.top, 0.35);
    let fill = pen.fade_down(&[(0.0, mood.sky.low.mix(deep, 0.55), 1.0), (1.0, deep, 1.0)]);
    pen.rect(extent.x.0, top, extent.width(), bottom - top, fill);
    let mut ripples = Trace::default();
    for _ in 0..9 {
        let (x, y) =
            (extent.x.0 + extent.width() * dice.between(0.0, 0.95), top + (bottom - top) * dice.between(0.08, 0.9));
        ripples = ripples.rect(x, y, dice.between(16.0, 54.0) * extent.zoom, 1.4 * extent.zoom);
    }
    pen.path(&ripples, Ink::from(mood.sky.low.lighter(0.3)).alpha(0.55));
}

fn park(pen: &mut Pen, mood: &Mood, dice: &mut Dice, extent: Extent) {
    let zoom = extent.zoom;
    far_city(pen, mood, dice, extent, 1.0);
    canopy(pen, mood, dice, extent, extent.horizon + 4.0 * zoom);
    let lake = extent.horizon + 70.0 * zoom;
    if lake < extent.y.1 {
        water(pen, mood, dice, extent, lake, lake + 26.0 * zoom);
        canopy(pen, mood, dice, extent, lake + 22.0 * zoom);
    }
}

/// The house across the court.
fn neighbours(pen: &mut Pen, mood: &Mood, dice: &mut Dice, extent: Extent) {
    let zoom = extent.zoom;
    far_city(pen, mood, dice, extent, 0.7);
    let wall = mood.tint(dice.pick(&WALLS)).mix(mood.sky.far, 0.25);
    let pane = mood.sky.glass;
    let tile = pen.pattern((extent.x.0, extent.horizon - 84.0 * zoom), 44.0 * zoom, 34.0 * zoom, |pen| {
        pen.rect(8.0 * zoom, 8.0 * zoom, 17.0 * zoom, 17.0 * zoom, pane);
        pen.rect(30.0 * zoom, 5.0 * zoom, 11.0 * zoom, 20.0 * zoom, pane.darker(0.08));
        pen.rect(28.0 * zoom, 16.0 * zoom, 15.0 * zoom, 9.0 * zoom, wall.darker(0.12));
    });
    let share = dice.between(0.45, 0.7);
    let (left, w) = (extent.x.0 + extent.width() * dice.between(0.0, 1.0 - share), extent.width() * share);
    let top = extent.horizon - 92.0 * zoom;
    pen.rect(left, top, w, extent.y.1 - top, wall);
    pen.rect(left, top + 8.0 * zoom, w, extent.y.1 - top, tile);
    pen.rect(left - 4.0 * zoom, top - 3.0 * zoom, w + 8.0 * zoom, 7.0 * zoom, wall.darker(0.25));
    if mood.after_dark() {
        let mut lit = Trace::default();
        for _ in 0..7 {
            let (column, row) = (dice.below((w / (44.0 * zoom)).max(1.0) as usize), dice.below(4));
            let origin = extent.x.0 + ((left - extent.x.0) / (44.0 * zoom)).ceil() * 44.0 * zoom;
            lit = lit.rect(
                origin + (column as f64 * 44.0 + 8.0) * zoom,
                extent.horizon + (row as f64 * 34.0 - 76.0) * zoom,
                17.0 * zoom,
                17.0 * zoom,
            );
        }
        pen.clipped(&Trace::default().rect(left, top, w, extent.y.1 - top), |pen| pen.path(&lit, mood.sky.light));
    }
    canopy(pen, mood, dice, extent, extent.horizon + 30.0 * zoom);
}

/// Treetops before the window of a low floor.
fn garden(pen: &mut Pen, mood: &Mood, dice: &mut Dice, extent: Extent) {
    let zoom = extent.zoom;
    far_city(pen, mood, dice, extent, 0.8);
    canopy(pen, mood, dice, extent, extent.horizon - 34.0 * zoom);
    pen.rect(extent.x.0, extent.horizon + 44.0 * zoom, extent.width(), extent.y.1 - extent.horizon, mood.grass());
    let mut trees = Trace::default();
    let (body, lit) = mood.leaves(dice);
    let mut crowns = Vec::new();
    for slot in 0..3 {
        let x = extent.x.0 + extent.width() * (f64::from(slot) + dice.between(0.1, 0.9)) / 3.0;
        let r = dice.between(26.0, 40.0) * zoom;
        let y = extent.horizon - dice.between(10.0, 34.0) * zoom;
        trees = trees.rect(x - 2.5 * zoom, y, 5.0 * zoom, extent.horizon + 56.0 * zoom - y);
        crowns.push((x, y, r));
    }
    pen.path(&trees, mood.tint(hex(0x7A_6553)));
    for (x, y, r) in crowns {
        pen.oval((x, y), r * 0.9, r, body);
        pen.oval((x - r * 0.25, y - r * 0.3), r * 0.5, r * 0.55, lit);
    }
    canopy(pen, mood, dice, Extent { zoom: zoom * 0.6, ..extent }, extent.horizon + 50.0 * zoom);
}

/// Tiled roofs of an old quarter.
fn roofs(pen: &mut Pen, mood: &Mood, dice: &mut Dice, extent: Extent) {
    let zoom = extent.zoom;
    far_city(pen, mood, dice, extent, 1.0);
    canopy(pen, mood, dice, extent, extent.horizon - 20.0 * zoom);
    let tile = mood.tint(hex(dice.pick(&[0x6B_6B70, 0x8C_5F50, 0x5C_626B])));
    let wall = mood.tint(hex(dice.pick(&[0xD9_D2C6, 0xB0_8373, 0xC9_C6C0])));
    let mut x = extent.x.0 - dice.between(0.0, 40.0) * zoom;
    while x < extent.x.1 {
        let w = dice.between(90.0, 150.0) * zoom;
        let y = extent.horizon + dice.between(4.0, 26.0) * zoom;
        pen.rect(x, y + 26.0 * zoom, w, extent.y.1 - y, wall);
        pen.rect(x + w * 0.3, y + 42.0 * zoom, 18.0 * zoom, 22.0 * zoom, mood.sky.glass);
        pen.rect(
            x + w * 0.6,
            y + 42.0 * zoom,
            18.0 * zoom,
            22.0 * zoom,
            if mood.after_dark() { mood.sky.light } else { mood.sky.glass },
        );
        pen.poly(
            &[
                (x - 6.0 * zoom, y + 28.0 * zoom),
                (x + 14.0 * zoom, y),
                (x + w - 14.0 * zoom, y),
                (x + w + 6.0 * zoom, y + 28.0 * zoom),
            ],
            tile,
        );
        x += w + dice.between(4.0, 20.0) * zoom;
    }
}

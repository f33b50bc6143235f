//! The shell of a room in one-point perspective: walls, floor, ceiling, windows, curtains, daylight.

use crate::camera::Camera;
use crate::dice::Dice;
use crate::outlook::{self, Extent};
use crate::palette::Mood;
use crate::pen::{Color, HEIGHT, Ink, P, Pen, SHADOW, Trace, WHITE, WIDTH, hex, stroke};
use crate::{Decoration, HomeLook};

/// A box of air: metres from the viewer's axis, the viewer stands at depth 0.
#[derive(Clone, Copy)]
pub(crate) struct Room {
    pub(crate) camera: Camera,
    pub(crate) left: f64,
    pub(crate) right: f64,
    pub(crate) height: f64,
    pub(crate) back: f64,
}

/// Where the room stops mattering: everything nearer is outside the frame.
const NEAR: f64 = 1.0;

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wall {
    Back,
    Left,
    Right,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Floor {
    Planks,
    Tiles,
    Herringbone,
    Cement,
}

/// The colours and materials of a shell.
#[derive(Clone, Copy)]
pub(crate) struct Finish {
    pub(crate) wall: Color,
    /// The back wall, where it is painted differently.
    pub(crate) feature: Color,
    pub(crate) floor: Floor,
    pub(crate) ground: Color,
    /// A lowered ceiling edge with hidden light.
    pub(crate) cove: bool,
    pub(crate) skirting: bool,
}

impl Finish {
    /// What a household of this family would have at this level of decoration.
    pub(crate) fn of(look: &HomeLook, mood: &Mood, dice: &mut Dice) -> Self {
        let family = mood.family;
        match look.decoration {
            Decoration::Rough => {
                let concrete = hex(dice.pick(&[0xC9_C7C2, 0xC3_C6C7, 0xCE_C9C0]));
                Self {
                    wall: concrete,
                    feature: concrete.darker(0.03),
                    floor: Floor::Cement,
                    ground: hex(0xA9_A6A1),
                    cove: false,
                    skirting: false,
                }
            }
            Decoration::Simple => Self {
                wall: family.wall.lighter(0.35),
                feature: family.wall.lighter(0.3),
                floor: dice.pick(&[Floor::Tiles, Floor::Tiles, Floor::Planks]),
                ground: family.floor.lighter(0.45).mix(hex(0xE4_E2DC), 0.3),
                cove: false,
                skirting: true,
            },
            Decoration::Fine => Self {
                wall: family.wall,
                feature: if dice.chance(0.3) { family.wall.mix(family.textile, 0.28) } else { family.wall },
                floor: dice.pick(&[Floor::Planks, Floor::Planks, Floor::Herringbone, Floor::Tiles]),
                ground: family.floor,
                cove: dice.chance(0.4),
                skirting: true,
            },
            Decoration::Luxury => Self {
                wall: family.wall.mix(hex(0xEF_EAE2), 0.4),
                feature: if dice.chance(0.5) {
                    family.wood.mix(family.wall, 0.35)
                } else {
                    family.wall.mix(family.textile, 0.2)
                },
                floor: dice.pick(&[Floor::Herringbone, Floor::Tiles, Floor::Planks]),
                ground: family.floor.mix(hex(0x8A_6B50), 0.3),
                cove: true,
                skirting: true,
            },
        }
    }
}

/// A hole in a wall: along the wall `from`..`to` (x, or depth on a side wall), `sill`..`head` high, metres.
#[derive(Clone, Copy)]
pub(crate) struct Opening {
    pub(crate) wall: Wall,
    pub(crate) from: f64,
    pub(crate) to: f64,
    pub(crate) sill: f64,
    pub(crate) head: f64,
    pub(crate) panes: u32,
}

impl Room {
    /// A room `wide`, `height` and `back` metres large, seen from `aside` of its middle.
    pub(crate) fn new(wide: f64, height: f64, back: f64, aside: f64) -> Self {
        let camera = Camera { ahead: (WIDTH / 2.0 + aside * 60.0, 206.0), focal: 530.0, eye: 1.25, yaw: 0.0 };
        Self { camera, left: -wide / 2.0 - aside, right: wide / 2.0 - aside, height, back }
    }

    /// A point on a wall: `along` it, `y` high, `off` metres into the room (negative: into the wall).
    pub(crate) fn on(&self, wall: Wall, along: f64, y: f64, off: f64) -> P {
        match wall {
            Wall::Back => self.camera.at(along, y, self.back - off),
            Wall::Left => self.camera.at(self.left + off, y, along),
            Wall::Right => self.camera.at(self.right - off, y, along),
        }
    }

    /// A rectangle on a wall as it appears.
    pub(crate) fn panel(&self, wall: Wall, along: (f64, f64), y: (f64, f64), off: f64) -> [P; 4] {
        [
            self.on(wall, along.0, y.0, off),
            self.on(wall, along.1, y.0, off),
            self.on(wall, along.1, y.1, off),
            self.on(wall, along.0, y.1, off),
        ]
    }

    /// Walls, ceiling and floor.
    pub(crate) fn shell(&self, pen: &mut Pen, finish: &Finish, mood: &Mood) {
        let camera = &self.camera;
        let (left, top, w, h) = camera.upright((self.left, self.right), (0.0, self.height), self.back);
        let ceiling = hex(0xFB_FAF7).mix(finish.wall, 0.25);
        pen.rect(0.0, 0.0, WIDTH, HEIGHT, ceiling);
        let ceiling_fade = pen.fade_down(&[(0.0, SHADOW, 0.0), (1.0, SHADOW, 0.07)]);
        pen.poly(&camera.level((self.left, self.right), self.height, (NEAR, self.back)), ceiling_fade);
        let ground = pen.fade_down(&[(0.0, finish.ground.lighter(0.1), 1.0), (1.0, finish.ground.darker(0.07), 1.0)]);
        pen.rect(0.0, top + h - 1.0, WIDTH, HEIGHT - top - h + 1.0, ground);
        self.floor_lines(pen, finish);
        for (wall, shade) in [(Wall::Left, 0.05), (Wall::Right, 0.075)] {
            let toned = finish.wall.mix(mood.sky.low, 0.08).darker(shade);
            let fade = match wall {
                Wall::Left => pen.fade_across(&[(0.0, toned, 1.0), (1.0, toned.darker(0.05), 1.0)]),
                Wall::Right | Wall::Back => pen.fade_across(&[(0.0, toned.darker(0.05), 1.0), (1.0, toned, 1.0)]),
            };
            pen.poly(&self.panel(wall, (NEAR, self.back), (0.0, self.height), 0.0), fade);
        }
        let back = pen.fade_down(&[
            (0.0, finish.feature.lighter(0.06), 1.0),
            (0.75, finish.feature, 1.0),
            (1.0, finish.feature.darker(0.05), 1.0),
        ]);
        pen.rect(left, top, w, h, back);
        if finish.cove {
            self.cove(pen, mood, ceiling);
        }
        if finish.skirting {
            let board = hex(0xFB_FA_F8).mix(finish.wall, 0.3);
            for (wall, along) in [
                (Wall::Left, (NEAR, self.back)),
                (Wall::Right, (NEAR, self.back)),
                (Wall::Back, (self.left, self.right)),
            ] {
                pen.poly(
                    &self.panel(wall, along, (0.0, 0.09), 0.01),
                    Ink::from(board).alpha(if wall == Wall::Back { 1.0 } else { 0.8 }),
                );
            }
        }
    }

    /// A lowered border of the ceiling with light hidden in it.
    fn cove(&self, pen: &mut Pen, mood: &Mood, ceiling: Color) {
        let (low, inset) = (self.height - 0.16, 0.5);
        let inner = (self.left + inset, self.right - inset);
        let camera = &self.camera;
        pen.poly(&camera.level((self.left, self.right), low, (NEAR, self.back)), ceiling.darker(0.035));
        let tray = camera.level(inner, low, (NEAR, self.back - inset));
        pen.clipped(&Trace::default().poly(&tray), |pen| {
            pen.poly(&tray, mood.sky.light.mix(WHITE, 0.35));
            pen.poly(&camera.level(inner, self.height, (NEAR, self.back - inset)), ceiling.lighter(0.5));
        });
        let strip = self.panel(Wall::Back, (self.left, self.right), (low, self.height), 0.0);
        pen.poly(&strip, ceiling.darker(0.05));
        let lights = [self.left + inset / 2.0, self.left / 2.0, 0.0, self.right / 2.0, self.right - inset / 2.0];
        for x in lights {
            let (at, rx, ry) = camera.disc(x, low, self.back - inset / 2.0, 0.055);
            pen.oval(at, rx, ry, mood.sky.light.lighter(0.4));
        }
    }

    fn floor_lines(&self, pen: &mut Pen, finish: &Finish) {
        let camera = &self.camera;
        let seam = finish.ground.darker(0.22);
        let mut trace = Trace::default();
        let (near, far) = (NEAR, self.back);
        let seen = |x: f64, z: f64| (-60.0..WIDTH + 60.0).contains(&camera.at(x, 0.0, z).0);
        match finish.floor {
            Floor::Planks => {
                let mut x = (self.left / 0.36).floor() * 0.36;
                let mut row = 0;
                while x < self.right {
                    trace = trace.run(camera, (x, 0.0, far), (x, 0.0, near));
                    // Every board is cut somewhere else than its neighbour.
                    let mut cut = 2.0 + f64::from(row * 5 % 8) * 0.3;
                    while cut < far {
                        if seen(x, cut) {
                            trace = trace.run(camera, (x, 0.0, cut), (x + 0.36, 0.0, cut));
                        }
                        cut += 2.4;
                    }
                    x += 0.36;
                    row += 1;
                }
            }
            Floor::Tiles => {
                let size = 0.8;
                let mut x = (self.left / size).floor() * size + 0.2;
                while x < self.right {
                    trace = trace.run(camera, (x, 0.0, far), (x, 0.0, near));
                    x += size;
                }
                let mut z = far - 0.35;
                while z > 1.6 {
                    trace = trace.run(camera, (self.left, 0.0, z), (self.right, 0.0, z));
                    z -= size;
                }
            }
            Floor::Herringbone => {
                let step = 0.5;
                let mut x = (self.left / step).floor() * step;
                while x < self.right {
                    let mut z = far;
                    trace = trace.run(camera, (x, 0.0, far), (x, 0.0, near));
                    while z > 2.0 && seen(x, z) {
                        trace = trace.run(camera, (x, 0.0, z), (x + step, 0.0, z - step * 0.8));
                        z -= step * 0.9;
                    }
                    x += step;
                }
            }
            Floor::Cement => {
                for (x, z, r) in [(-1.0, 3.4, 0.5), (0.9, 2.7, 0.6), (0.2, 4.1, 0.35)] {
                    let (at, rx, ry) = camera.disc(x, 0.0, z, r);
                    pen.oval(at, rx, ry, Ink::from(seam).alpha(0.12));
                }
            }
        }
        pen.clipped(&Trace::default().poly(&camera.level((self.left, self.right), 0.0, (near, far))), |pen| {
            pen.path(&trace, stroke(seam, 1.0).alpha(0.4));
        });
    }

    /// A window with its reveal, the view through it, frame and panes.
    pub(crate) fn window(&self, pen: &mut Pen, look: &HomeLook, mood: &Mood, hole: &Opening, frame: Color) {
        let (along, y) = ((hole.from, hole.to), (hole.sill, hole.head));
        let inner = self.panel(hole.wall, along, y, 0.0);
        let outer = self.panel(hole.wall, along, y, -0.22);
        let reveal = hex(0xFA_F8F4).mix(mood.sky.light, 0.25);
        pen.clipped(&Trace::default().poly(&inner), |pen| {
            pen.poly(&inner, reveal.darker(0.05));
            pen.clipped(&Trace::default().poly(&outer), |pen| {
                let xs = inner.map(|p| p.0);
                let ys = inner.map(|p| p.1);
                let extent = Extent {
                    x: (xs.iter().copied().fold(f64::MAX, f64::min), xs.iter().copied().fold(f64::MIN, f64::max)),
                    y: (ys.iter().copied().fold(f64::MAX, f64::min), ys.iter().copied().fold(f64::MIN, f64::max)),
                    horizon: self.camera.ahead.1,
                    zoom: 0.62,
                };
                outlook::beyond(pen, look, mood, extent);
                let shine = [
                    outer[0],
                    between(outer[0], outer[1], 0.3),
                    between(outer[3], outer[2], 0.62),
                    between(outer[3], outer[2], 0.3),
                ];
                pen.poly(&shine, Ink::from(WHITE).alpha(0.09));
            });
            let px = if hole.wall == Wall::Back { 6.0 } else { 4.5 };
            pen.poly(&outer, stroke(frame, px));
            let mut bars = Trace::default();
            for pane in 1..hole.panes {
                let s = hole.from + (hole.to - hole.from) * f64::from(pane) / f64::from(hole.panes);
                bars = bars.line(self.on(hole.wall, s, hole.sill, -0.22), self.on(hole.wall, s, hole.head, -0.22));
            }
            pen.path(&bars, stroke(frame, px * 0.75));
        });
        if hole.sill > 0.2 {
            let sill = self.panel(hole.wall, (hole.from - 0.05, hole.to + 0.05), (hole.sill - 0.05, hole.sill), 0.03);
            pen.poly(&sill, reveal);
        }
    }

    /// Two drawn curtains, their rail above, beside an opening.
    pub(crate) fn curtains(&self, pen: &mut Pen, hole: &Opening, cloth: Color, floor_length: bool) {
        let wide = ((hole.to - hole.from) * 0.17).clamp(0.24, 0.5);
        let top = (hole.head + 0.14).min(self.height - 0.05);
        let bottom = if floor_length { 0.03 } else { hole.sill - 0.12 };
        for start in [hole.from - wide * 0.62, hole.to - wide * 0.38] {
            let folds = 5;
            let fold = wide / f64::from(folds);
            pen.poly(&self.panel(hole.wall, (start, start + wide), (bottom, top), 0.07), soft_cloth(cloth));
            let mut shade = Trace::default();
            for index in 0..folds {
                let s = start + fold * (f64::from(index) + 0.62);
                shade = shade.poly(&self.panel(hole.wall, (s, s + fold * 0.34), (bottom, top), 0.07));
            }
            pen.path(&shade, Ink::from(SHADOW).alpha(0.09));
        }
        let rail = self.panel(hole.wall, (hole.from - wide * 0.75, hole.to + wide * 0.75), (top, top + 0.05), 0.08);
        pen.poly(&rail, cloth.darker(0.38));
    }

    /// The patch of daylight an opening throws on the floor.
    pub(crate) fn daylight(&self, pen: &mut Pen, look: &HomeLook, mood: &Mood, hole: &Opening) {
        let strength = mood.sun_strength();
        let from = mood.sun_from(look.facing.degrees());
        if strength < 0.2 || from.abs() > 100.0 {
            return;
        }
        let slant = -(from / 60.0).clamp(-1.2, 1.2);
        let (reach, gap) = (1.9, 0.04);
        let mut trace = Trace::default();
        let pane = (hole.to - hole.from) / f64::from(hole.panes.max(1));
        for index in 0..hole.panes.max(1) {
            let (a, b) = (hole.from + pane * f64::from(index) + gap, hole.from + pane * f64::from(index + 1) - gap);
            let start = 0.12 + hole.sill * 0.5;
            trace = trace.poly(&match hole.wall {
                Wall::Back => {
                    let (near, far) = (self.back - start - reach, self.back - start);
                    [
                        self.camera.at(a + slant * start, 0.0, far),
                        self.camera.at(b + slant * start, 0.0, far),
                        self.camera.at(b + slant * (start + reach), 0.0, near),
                        self.camera.at(a + slant * (start + reach), 0.0, near),
                    ]
                }
                Wall::Left | Wall::Right => {
                    let inward = if hole.wall == Wall::Left { 1.0 } else { -1.0 };
                    let x = if hole.wall == Wall::Left { self.left } else { self.right };
                    let skew = slant * 0.6;
                    [
                        self.camera.at(x + inward * start, 0.0, a),
                        self.camera.at(x + inward * start, 0.0, b),
                        self.camera.at(x + inward * (start + reach), 0.0, b + skew),
                        self.camera.at(x + inward * (start + reach), 0.0, a + skew),
                    ]
                }
            });
        }
        let floor = Trace::default().poly(&self.camera.level((self.left, self.right), 0.0, (NEAR, self.back)));
        pen.clipped(&floor, |pen| pen.path(&trace, Ink::from(mood.sky.light).alpha(0.34 * strength)));
    }

    /// Evening falls over the finished room; lamps are lit after it.
    pub(crate) fn evening(&self, pen: &mut Pen, mood: &Mood) {
        if mood.sky.indoor_shade > 0.0 {
            let tone = if mood.after_dark() { hex(0x3A_2F44) } else { mood.sky.near.darker(0.3) };
            pen.rect(0.0, 0.0, WIDTH, HEIGHT, Ink::from(tone).alpha(mood.sky.indoor_shade));
        }
    }
}

fn soft_cloth(color: Color) -> Ink {
    Ink::from(color).edge(color, 1.0)
}

fn between(a: P, b: P, share: f64) -> P {
    (a.0 + (b.0 - a.0) * share, a.1 + (b.1 - a.1) * share)
}

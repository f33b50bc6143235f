//! Lamps. Each is remembered, so its light can be drawn last.

use super::Set;
use crate::pen::{Ink, P, Trace, hex, stroke};

impl Set<'_> {
    fn shines(&mut self, at: P, z: f64, metres: f64) {
        let reach = metres * self.camera().scale(z);
        self.lamps.push((at, reach));
    }

    /// A standing lamp; three forms.
    pub(crate) fn floor_lamp(&mut self, x: f64, z: f64) {
        let camera = self.camera();
        let (metal, shade) = (hex(0x5A_5248), hex(0xF4_DFB4));
        let k = camera.scale(z);
        let (base, top) = (camera.at(x, 0.0, z), camera.at(x, 1.5, z));
        self.shade_disc(x, z, 0.2);
        match self.dice.below(3) {
            0 => {
                let (at, rx, ry) = camera.disc(x, 0.02, z, 0.16);
                self.pen.oval(at, rx, ry, metal);
                self.pen.line(base, top, metal, 2.6);
                self.pen.poly(
                    &[
                        (top.0 - 0.22 * k, top.1),
                        (top.0 + 0.22 * k, top.1),
                        (top.0 + 0.14 * k, top.1 - 0.34 * k),
                        (top.0 - 0.14 * k, top.1 - 0.34 * k),
                    ],
                    shade,
                );
                self.shines((top.0, top.1 - 0.1 * k), z, 0.95);
            }
            1 => {
                for dx in [-0.24, 0.02, 0.24] {
                    self.pen.line(
                        (top.0, top.1 - 4.0),
                        (base.0 + dx * k, base.1),
                        self.mood.family.wood.darker(0.15),
                        2.6,
                    );
                }
                self.pen.round(top.0 - 0.2 * k, top.1 - 0.34 * k, 0.4 * k, 0.36 * k, 3.0, shade);
                self.shines((top.0, top.1 - 0.15 * k), z, 0.95);
            }
            _ => {
                let (at, rx, ry) = camera.disc(x, 0.02, z, 0.18);
                self.pen.oval(at, rx, ry, metal);
                // The arc reaches towards the middle of the room.
                let inward = if x < 0.0 { 1.0 } else { -1.0 };
                let end = (base.0 + inward * 0.62 * k, base.1 - 1.5 * k);
                let bow =
                    Trace::from(base.0, base.1).bend(base.0 - inward * 0.06 * k, base.1 - 1.95 * k, end.0, end.1);
                self.pen.path(&bow, stroke(metal, 2.4));
                self.pen.path(
                    &Trace::from(end.0 - 0.17 * k, end.1 + 0.08 * k)
                        .arc(0.17 * k, true, end.0 + 0.17 * k, end.1 + 0.08 * k)
                        .close(),
                    shade,
                );
                self.shines((end.0, end.1 + 0.1 * k), z, 0.9);
            }
        }
    }

    /// A lamp that hangs from the ceiling to height `y`; seven forms.
    pub(crate) fn pendant(&mut self, x: f64, y: f64, z: f64, form: usize) {
        let camera = self.camera();
        let k = camera.scale(z);
        let ((px, py), top) = (camera.at(x, y, z), camera.at(x, self.room.height, z));
        let (metal, shade) = (hex(0x6B_6258), hex(0xF4_DFB4));
        self.pen.line(top, (px, py - 0.1 * k), metal, 1.5);
        match form % 7 {
            0 => self.pen.path(
                &Trace::from(px - 0.24 * k, py + 0.1 * k).arc(0.245 * k, true, px + 0.24 * k, py + 0.1 * k).close(),
                shade,
            ),
            1 => self.pen.circle(px, py, 0.16 * k, shade.lighter(0.3)),
            2 => self.pen.poly(
                &[
                    (px - 0.05 * k, py - 0.14 * k),
                    (px + 0.05 * k, py - 0.14 * k),
                    (px + 0.22 * k, py + 0.1 * k),
                    (px - 0.22 * k, py + 0.1 * k),
                ],
                self.mood.family.textile.darker(0.15),
            ),
            3 => {
                self.pen.oval((px, py), 0.27 * k, 0.2 * k, shade.lighter(0.25));
                let mut ribs = Trace::default();
                for dy in [-0.1, 0.0, 0.1] {
                    let half = 0.27 * (1.0 - (dy / 0.2_f64).powi(2)).sqrt();
                    ribs = ribs.line((px - half * k, py + dy * k), (px + half * k, py + dy * k));
                }
                self.pen.path(&ribs, stroke(shade.darker(0.18), 1.0));
            }
            4 => {
                self.pen.oval((px, py), 0.4 * k, 0.075 * k, stroke(hex(0xB8_9458), 3.0));
                self.pen.oval((px, py + 0.012 * k), 0.4 * k, 0.075 * k, stroke(shade.lighter(0.4), 1.4));
            }
            5 => {
                for (dx, dy) in [(-0.22, 0.04), (0.0, 0.16), (0.22, 0.0)] {
                    self.pen.line((px + dx * k, top.1), (px + dx * k, py + dy * k), metal, 1.1);
                    self.pen.circle(px + dx * k, py + dy * k, 0.085 * k, shade.lighter(0.35));
                }
            }
            _ => {
                let brass = hex(0xB8_9458);
                for side in [-1.0, 1.0] {
                    for reach in [0.16, 0.34] {
                        let tip = (px + side * reach * k, py - 0.02 * k);
                        self.pen.path(
                            &Trace::from(px, py - 0.08 * k).bend(
                                px + side * reach * 0.7 * k,
                                py + 0.14 * k,
                                tip.0,
                                tip.1,
                            ),
                            stroke(brass, 1.8),
                        );
                        self.pen.round(
                            tip.0 - 0.03 * k,
                            tip.1 - 0.12 * k,
                            0.06 * k,
                            0.12 * k,
                            1.5,
                            shade.lighter(0.4),
                        );
                    }
                }
            }
        }
        self.shines((px, py + 0.05 * k), z, 0.9);
    }

    /// A bare bulb on a wire.
    pub(crate) fn bulb(&mut self, x: f64, z: f64) {
        let camera = self.camera();
        let (top, at) = (camera.at(x, self.room.height, z), camera.at(x, self.room.height - 0.55, z));
        self.pen.path(
            &Trace::from(top.0, top.1).bend(top.0 + 3.0, (top.1 + at.1) / 2.0, at.0, at.1),
            stroke(hex(0x4A_4A4A), 1.3),
        );
        self.pen.rect(at.0 - 3.0, at.1 - 5.0, 6.0, 7.0, hex(0x55_5555));
        self.pen.circle(at.0, at.1 + 7.0, 6.0, hex(0xFF_EFC4));
        self.shines((at.0, at.1 + 6.0), z, 0.8);
    }

    /// A small lamp on a surface `y` high.
    pub(crate) fn table_lamp(&mut self, x: f64, y: f64, z: f64) {
        let k = self.camera().scale(z);
        let (px, py) = self.camera().at(x, y, z);
        self.pen.round(px - 0.05 * k, py - 0.2 * k, 0.1 * k, 0.2 * k, 0.045 * k, self.mood.family.accent);
        self.pen.poly(
            &[
                (px - 0.15 * k, py - 0.19 * k),
                (px + 0.15 * k, py - 0.19 * k),
                (px + 0.1 * k, py - 0.42 * k),
                (px - 0.1 * k, py - 0.42 * k),
            ],
            hex(0xF4_DFB4),
        );
        self.shines((px, py - 0.28 * k), z, 0.7);
    }

    /// A flat lamp under the ceiling.
    pub(crate) fn ceiling_lamp(&mut self, x: f64, z: f64) {
        let (at, rx, ry) = self.camera().disc(x, self.room.height - 0.06, z, 0.3);
        self.pen.oval((at.0, at.1 - 2.0), rx, ry, hex(0xD9_D6CF));
        self.pen.oval(at, rx * 0.94, ry * 0.9, Ink::from(hex(0xFF_F6E0)));
        self.shines(at, z, 1.0);
    }
}

//! Tables, rugs, cabinets and shelves.

use super::Set;
use crate::pen::{Color, Ink, P, Trace, WHITE, hex, soft, stroke};
use crate::room::Wall;

impl Set<'_> {
    /// A rug that lies across the room; four patterns.
    pub(crate) fn rug(&mut self, x: (f64, f64), z: (f64, f64), color: Color) {
        let camera = self.camera();
        let edge = color.darker(0.14);
        match self.dice.below(4) {
            0 => {
                let (at, rx, ry) = camera.disc((x.0 + x.1) / 2.0, 0.0, (z.0 + z.1) / 2.0, (z.1 - z.0) / 2.0);
                let rx = rx.max((x.1 - x.0) / 2.0 * camera.scale((z.0 + z.1) / 2.0));
                self.pen.oval(at, rx, ry, color);
                self.pen.oval(at, rx * 0.88, ry * 0.85, stroke(edge, 2.0));
            }
            1 => {
                self.pen.poly(&camera.level(x, 0.0, z), soft(color));
                self.pen
                    .poly(&camera.level((x.0 + 0.14, x.1 - 0.14), 0.0, (z.0 + 0.12, z.1 - 0.12)), stroke(edge, 2.0));
            }
            2 => {
                self.pen.poly(&camera.level(x, 0.0, z), soft(color));
                let mut bands = Trace::default();
                let mut at = z.0 + 0.15;
                while at + 0.1 < z.1 {
                    bands = bands.poly(&camera.level(x, 0.0, (at, at + 0.07)));
                    at += 0.27;
                }
                self.pen.path(&bands, Ink::from(edge).alpha(0.6));
            }
            _ => {
                self.pen.poly(&camera.level(x, 0.0, z), soft(color));
                let mut nets = Trace::default();
                let middle = (z.0 + z.1) / 2.0;
                let mut at = x.0 + 0.35;
                while at < x.1 {
                    nets = nets.poly(&[
                        camera.at(at, 0.0, middle - 0.22),
                        camera.at(at + 0.2, 0.0, middle),
                        camera.at(at, 0.0, middle + 0.22),
                        camera.at(at - 0.2, 0.0, middle),
                    ]);
                    at += 0.5;
                }
                self.pen.path(&nets, stroke(edge, 1.6));
                self.pen
                    .poly(&camera.level((x.0 + 0.08, x.1 - 0.08), 0.0, (z.0 + 0.07, z.1 - 0.07)), stroke(edge, 1.4));
            }
        }
    }

    /// A low table before a sofa; three forms, with something on it.
    pub(crate) fn coffee_table(&mut self, x: f64, z: f64, wood: Color) {
        let leg = wood.darker(0.35);
        match self.dice.below(3) {
            0 => {
                self.shade_disc(x, z, 0.46);
                for dx in [-0.28, 0.24] {
                    self.plate((x + dx, x + dx + 0.04), (0.0, 0.36), z, 0.0, leg);
                }
                self.drum((x, z), (0.35, 0.4), 0.48, wood);
            }
            1 => {
                self.shadow((x - 0.55, x + 0.55), (z - 0.3, z + 0.3));
                for dx in [-0.52, 0.47] {
                    self.block((x + dx, x + dx + 0.05), (0.0, 0.36), (z - 0.27, z + 0.27), leg);
                }
                self.block((x - 0.57, x + 0.57), (0.34, 0.4), (z - 0.32, z + 0.32), wood);
            }
            _ => {
                self.shade_disc(x - 0.12, z + 0.05, 0.4);
                self.drum((x + 0.34, z + 0.18), (0.0, 0.46), 0.22, leg.lighter(0.18));
                self.drum((x - 0.12, z - 0.02), (0.0, 0.34), 0.38, wood);
            }
        }
        self.tabletop((x - 0.1, z), 0.4);
    }

    /// Books, a cup or a vase on a surface `y` high.
    pub(crate) fn tabletop(&mut self, (x, z): P, y: f64) {
        let family = self.mood.family;
        match self.dice.below(3) {
            0 => {
                self.block((x - 0.16, x + 0.08), (y, y + 0.03), (z - 0.08, z + 0.08), family.accent);
                self.block((x - 0.13, x + 0.07), (y + 0.03, y + 0.06), (z - 0.07, z + 0.07), WHITE.darker(0.05));
                self.plate((x + 0.16, x + 0.24), (y, y + 0.09), z, 0.015, hex(0x6D_92B8));
            }
            1 => {
                let (fx, fy, w, h) = self.camera().upright((x - 0.06, x + 0.06), (y, y + 0.2), z);
                let stem = (fx + w / 2.0, fy + 2.0);
                let leaf = self.mood.houseplant();
                for (dx, dy) in [(-9.0, -15.0), (1.0, -21.0), (10.0, -13.0)] {
                    self.pen.line(stem, (stem.0 + dx, stem.1 + dy), leaf.darker(0.1), 1.2);
                    self.pen.oval((stem.0 + dx, stem.1 + dy), 4.6, 4.2, if dx > 0.0 { family.accent } else { leaf });
                }
                self.pen.round(fx, fy, w, h, w * 0.35, hex(0xE9_EEF2));
            }
            _ => {
                self.drum((x, z), (y, y + 0.02), 0.16, hex(0xE9_E4DA));
                for (dx, color) in [(-0.05, family.accent), (0.04, hex(0xC9_5F4A))] {
                    let at = self.camera().at(x + dx, y + 0.06, z);
                    self.pen.circle(at.0, at.1, 0.045 * self.camera().scale(z), color);
                }
            }
        }
    }

    /// A dining table with chairs around it, its middle at depth `z`.
    pub(crate) fn dining(&mut self, x: f64, z: f64, seat: Color) {
        let wood = self.mood.family.wood;
        let round = self.dice.chance(0.4);
        let half = if round { 0.62 } else { 0.85 };
        let offsets: &[f64] = if round { &[0.0] } else { &[-0.42, 0.42] };
        for &dx in offsets {
            self.chair(x + dx, z + 0.62, false, seat);
        }
        if round {
            self.shade_disc(x, z, 0.6);
            self.plate((x - 0.06, x + 0.06), (0.0, 0.72), z, 0.0, wood.darker(0.3));
            self.drum((x, z), (0.71, 0.76), 0.68, wood);
        } else {
            self.shadow((x - half, x + half), (z - 0.4, z + 0.4));
            for dx in [-half + 0.04, half - 0.1] {
                self.block((x + dx, x + dx + 0.06), (0.0, 0.72), (z - 0.36, z + 0.36), wood.darker(0.24));
            }
            self.block((x - half, x + half), (0.71, 0.76), (z - 0.42, z + 0.42), wood);
        }
        self.tabletop((x, z), 0.76);
        for &dx in offsets {
            self.chair(x + dx, z - 0.62, true, seat);
        }
    }

    /// A chest of drawers against the back wall.
    pub(crate) fn sideboard(&mut self, x: (f64, f64), high: f64, wood: Color) {
        let z = (self.room.back - 0.42, self.room.back);
        self.shadow(x, z);
        for leg in [x.0 + 0.05, x.1 - 0.1] {
            self.plate((leg, leg + 0.05), (0.0, 0.14), z.0, 0.0, wood.darker(0.4));
        }
        self.block(x, (0.13, high), z, wood);
        let doors = ((x.1 - x.0) / 0.45).round().max(1.0);
        let mut seams = Trace::default();
        for index in 1..doors as u32 {
            let at = x.0 + (x.1 - x.0) / doors * f64::from(index);
            seams = seams.run(&self.camera(), (at, 0.16, z.0), (at, high - 0.04, z.0));
        }
        self.pen.path(&seams, stroke(wood.darker(0.25), 1.3));
    }

    /// Open shelves with books against the back wall.
    pub(crate) fn bookcase(&mut self, x: (f64, f64), high: f64, wood: Color) {
        let z = (self.room.back - 0.3, self.room.back);
        self.shadow(x, z);
        self.block(x, (0.0, high), z, wood.darker(0.06));
        let rows: u32 = 5;
        let step = (high - 0.1) / f64::from(rows);
        let family = self.mood.family;
        let spines = [
            family.textile,
            family.accent,
            hex(0xE9_E4DA),
            hex(0x5F_7FA6),
            family.textile.darker(0.25),
            hex(0xB9_6A55),
        ];
        let camera = self.camera();
        let mut books: [Trace; 6] = Default::default();
        for row in 0..rows {
            let y = 0.06 + step * f64::from(row);
            self.plate((x.0 + 0.04, x.1 - 0.04), (y, y + step - 0.05), z.0, 0.0, wood.darker(0.3));
            let mut at = x.0 + 0.06 + self.dice.between(0.0, 0.08);
            while at < x.1 - 0.1 {
                let wide = self.dice.between(0.045, 0.09);
                let tall = self.dice.between(0.45, 0.85) * (step - 0.06);
                let spine = self.dice.below(spines.len());
                if self.dice.chance(0.82) {
                    let (left, top, w, h) = camera.upright((at, (at + wide).min(x.1 - 0.06)), (y, y + tall), z.0);
                    books[spine] = std::mem::take(&mut books[spine]).rect(left, top, w, h);
                    at += wide + 0.006;
                } else {
                    at += 0.16;
                }
            }
        }
        for (shape, spine) in books.iter().zip(spines) {
            self.pen.path(shape, spine);
        }
    }

    /// A television over a low board along the right wall.
    pub(crate) fn television(&mut self, z: (f64, f64), board: Color) {
        let right = self.room.right;
        let panel = match self.dice.below(3) {
            0 => Some(self.mood.family.wood),
            1 => Some(hex(0xDD_DAD5)),
            _ => None,
        };
        if let Some(tone) = panel {
            let span = (z.0 - 0.15, z.1 + 0.15);
            self.pen.poly(&self.room.panel(Wall::Right, span, (0.0, self.room.height - 0.17), 0.02), tone);
            let mut slats = Trace::default();
            let mut at = span.0 + 0.2;
            while at < span.1 {
                slats = slats.line(
                    self.room.on(Wall::Right, at, 0.0, 0.02),
                    self.room.on(Wall::Right, at, self.room.height - 0.17, 0.02),
                );
                at += 0.2;
            }
            self.pen.path(&slats, stroke(tone.darker(0.2), 1.1));
        }
        let middle = (z.0 + z.1) / 2.0;
        self.pen.poly(
            &self.room.panel(Wall::Right, (middle - 0.72, middle + 0.72), (0.72, 1.56), 0.07),
            soft(hex(0x28_2E36)),
        );
        self.pen.poly(
            &self.room.panel(Wall::Right, (middle - 0.1, middle + 0.62), (0.76, 1.52), 0.075),
            Ink::from(WHITE).alpha(0.06),
        );
        self.shadow((right - 0.42, right), z);
        self.block((right - 0.42, right), (0.12, 0.46), z, board);
        let mut seams = Trace::default();
        for share in [0.33, 0.66] {
            let at = z.0 + (z.1 - z.0) * share;
            seams = seams.run(&self.camera(), (right - 0.42, 0.14, at), (right - 0.42, 0.44, at));
        }
        self.pen.path(&seams, stroke(board.darker(0.3), 1.2));
    }

    /// A wardrobe along the left wall.
    pub(crate) fn wardrobe_along(&mut self, z: (f64, f64), high: f64, front: Color) {
        let x = self.room.left + 0.58;
        self.shadow((self.room.left, x), z);
        self.block((self.room.left, x), (0.0, high), z, front);
        let camera = self.camera();
        let doors = 4;
        let (mut seams, mut knobs) = (Trace::default(), Trace::default());
        for index in 1..doors {
            let at = z.0 + (z.1 - z.0) * f64::from(index) / f64::from(doors);
            seams = seams.run(&camera, (x, 0.05, at), (x, high - 0.04, at));
            if index % 2 == 1 {
                knobs = knobs.run(&camera, (x, 0.95, at + 0.06), (x, 1.25, at + 0.06)).run(
                    &camera,
                    (x, 0.95, at - 0.06),
                    (x, 1.25, at - 0.06),
                );
            }
        }
        self.pen.path(&seams, stroke(front.darker(0.28), 1.3));
        self.pen.path(&knobs, stroke(hex(0xB0_9468), 2.0));
    }
}

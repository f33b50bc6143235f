//! House plants in their pots.

use super::Set;
use crate::pen::{Color, Ink, P, Trace, hex, stroke};

impl Set<'_> {
    /// A plant about `tall` metres high that stands on the floor; five kinds.
    pub(crate) fn plant(&mut self, x: f64, z: f64, tall: f64) {
        let camera = self.camera();
        let k = camera.scale(z);
        let leaf = self.mood.houseplant();
        let foot = camera.at(x, 0.0, z);
        let pot_height = 0.3 * k;
        self.shade_disc(x, z, 0.22);
        let crown = (foot.0, foot.1 - pot_height * 0.92);
        let reach = tall * k - pot_height;
        match self.dice.below(5) {
            0 => self.blades(crown, reach, leaf),
            1 => self.fig(crown, reach, leaf),
            2 => self.palm(crown, reach, leaf),
            3 => self.swords(crown, reach, leaf),
            _ => self.split_leaves(crown, reach, leaf),
        }
        self.pot(foot, 0.17 * k, pot_height);
    }

    fn pot(&mut self, (x, y): P, half: f64, high: f64) {
        let clay = self.dice.pick(&[0xC9_B49A, 0xE9_E6E0, 0xB9_7E60, 0x7D_8C96, 0x4F_565C]);
        let clay = hex(clay);
        match self.dice.below(3) {
            0 => self
                .pen
                .poly(&[(x - half, y - high), (x + half, y - high), (x + half * 0.7, y), (x - half * 0.7, y)], clay),
            1 => {
                self.pen.round(x - half, y - high, half * 2.0, high, half * 0.3, clay);
                self.pen.rect(x - half, y - high * 0.75, half * 2.0, high * 0.13, clay.darker(0.12));
            }
            _ => {
                self.pen.line((x - half * 0.7, y - 3.0), (x - half * 0.8, y + 1.0), hex(0x6D_5A49), 2.4);
                self.pen.line((x + half * 0.7, y - 3.0), (x + half * 0.8, y + 1.0), hex(0x6D_5A49), 2.4);
                self.pen.round(x - half, y - high, half * 2.0, high * 0.82, half * 0.55, clay);
            }
        }
    }

    /// A leaf as a pointed sickle from its base to its tip.
    fn sickle(&mut self, base: P, tip: P, sag: f64, color: Color) {
        let (mx, my) = ((base.0 + tip.0) / 2.0, (base.1 + tip.1) / 2.0);
        let (dx, dy) = (tip.0 - base.0, tip.1 - base.1);
        let bow = |f: f64| (mx - dy * f * 0.5, my + dx * f * 0.5 - sag);
        let (a, b) = (bow(0.17), bow(-0.17));
        self.pen.path(
            &Trace::from(base.0, base.1).bend(a.0, a.1, tip.0, tip.1).bend(b.0, b.1, base.0, base.1).close(),
            color,
        );
    }

    fn blades(&mut self, crown: P, reach: f64, leaf: Color) {
        for (index, (dx, dy)) in
            [(-0.62, -0.36), (-0.5, -0.8), (-0.2, -1.0), (0.24, -0.98), (0.52, -0.74), (0.64, -0.32)]
                .into_iter()
                .enumerate()
        {
            let tone = if index % 2 == 0 { leaf } else { leaf.lighter(0.14) };
            self.sickle(crown, (crown.0 + dx * reach, crown.1 + dy * reach), 0.0, tone);
        }
    }

    /// A slim trunk with broad leaves.
    fn fig(&mut self, crown: P, reach: f64, leaf: Color) {
        let head = (crown.0 + reach * 0.04, crown.1 - reach * 0.5);
        self.pen.path(
            &Trace::from(crown.0, crown.1).bend(crown.0 - reach * 0.05, crown.1 - reach * 0.3, head.0, head.1),
            stroke(hex(0x7A_6553), 2.4),
        );
        for (index, (dx, dy, r)) in [
            (-0.26, 0.02, 0.16),
            (0.24, 0.06, 0.15),
            (-0.2, -0.2, 0.17),
            (0.22, -0.18, 0.17),
            (0.0, -0.06, 0.17),
            (-0.08, -0.36, 0.15),
            (0.12, -0.38, 0.14),
        ]
        .into_iter()
        .enumerate()
        {
            let tone = if index % 2 == 0 { leaf } else { leaf.lighter(0.12) };
            let at = (head.0 + dx * reach, head.1 + dy * reach);
            self.pen.turned(dx * 120.0, at, |pen| pen.oval(at, r * 0.66 * reach, r * reach, tone));
        }
    }

    fn palm(&mut self, crown: P, reach: f64, leaf: Color) {
        for (dx, dy) in [(-0.58, -0.44), (-0.46, -0.78), (-0.14, -0.98), (0.2, -0.96), (0.48, -0.74), (0.6, -0.4)] {
            let tip = (crown.0 + dx * reach, crown.1 + dy * reach);
            let knee = (crown.0 + dx * 0.3 * reach, crown.1 + dy * 1.05 * reach);
            self.pen.path(
                &Trace::from(crown.0, crown.1).bend(knee.0, knee.1, tip.0, tip.1),
                stroke(leaf.darker(0.12), 1.5),
            );
            let mut fronds = Trace::default();
            for step in 1..6 {
                let t = 0.1 + f64::from(step) * 0.18;
                let at = |a: f64, b: f64, c: f64| (1.0 - t).powi(2) * a + 2.0 * t * (1.0 - t) * b + t * t * c;
                let spot = (at(crown.0, knee.0, tip.0), at(crown.1, knee.1, tip.1));
                let hang = reach * 0.16 * (1.15 - t);
                fronds = fronds
                    .line(spot, (spot.0 + dx.signum() * hang * 0.7, spot.1 + hang))
                    .line(spot, (spot.0 + dx.signum() * hang, spot.1 - hang * 0.1));
            }
            self.pen.path(&fronds, stroke(leaf, 2.6));
        }
    }

    fn swords(&mut self, crown: P, reach: f64, leaf: Color) {
        let reach = reach * 0.85;
        for (index, (dx, h)) in
            [(-0.2, 0.66), (0.19, 0.74), (-0.1, 0.92), (0.1, 1.0), (0.0, 0.82)].into_iter().enumerate()
        {
            let tone = if index % 2 == 0 { leaf.darker(0.06) } else { leaf.lighter(0.1) };
            self.sickle(
                (crown.0 + dx * reach * 0.3, crown.1 + 2.0),
                (crown.0 + dx * reach * 1.2, crown.1 - h * reach),
                0.0,
                tone,
            );
        }
    }

    fn split_leaves(&mut self, crown: P, reach: f64, leaf: Color) {
        for (index, (dx, dy, r)) in
            [(-0.5, -0.44, 0.22), (0.5, -0.5, 0.22), (-0.3, -0.8, 0.2), (0.28, -0.86, 0.21), (0.02, -0.62, 0.2)]
                .into_iter()
                .enumerate()
        {
            let at = (crown.0 + dx * reach, crown.1 + dy * reach);
            let r = r * reach;
            self.pen.path(
                &Trace::from(crown.0, crown.1).bend(crown.0 + dx * reach * 0.2, at.1 + r, at.0, at.1 + r * 0.4),
                stroke(leaf.darker(0.15), 1.5),
            );
            let tone = if index % 2 == 0 { leaf } else { leaf.lighter(0.12) };
            let heart = Trace::from(at.0, at.1 + r)
                .bend(at.0 - r * 1.5, at.1 + r * 0.1, at.0 - r * 0.5, at.1 - r * 0.7)
                .bend(at.0, at.1 - r, at.0, at.1 - r * 0.4)
                .bend(at.0, at.1 - r, at.0 + r * 0.5, at.1 - r * 0.7)
                .bend(at.0 + r * 1.5, at.1 + r * 0.1, at.0, at.1 + r)
                .close();
            self.pen.path(&heart, tone);
            self.pen.line((at.0, at.1 + r), (at.0, at.1 - r * 0.3), leaf.darker(0.16), 1.0);
        }
    }

    /// Trailing shoots from a shelf or the ceiling at a point of the frame.
    pub(crate) fn trailing(&mut self, (x, y): P, k: f64) {
        let leaf = self.mood.houseplant();
        for (dx, long) in [(-0.12, 0.34), (-0.02, 0.46), (0.1, 0.3)] {
            let end = (x + dx * 1.5 * k, y + long * k);
            self.pen.path(
                &Trace::from(x + dx * 0.5 * k, y).bend(x + dx * 1.6 * k, y + 2.0, end.0, end.1),
                stroke(leaf.darker(0.1), 1.2),
            );
            for step in 1..5 {
                let t = f64::from(step) / 4.0;
                let side = if step % 2 == 0 { 1.0 } else { -1.0 };
                self.pen.oval(
                    (x + dx * (0.5 + t) * k + side * 0.03 * k, y + long * t * k),
                    0.04 * k,
                    0.03 * k,
                    Ink::from(leaf.lighter(0.1 * t)),
                );
            }
        }
        self.pen.round(x - 0.12 * k, y - 0.14 * k, 0.24 * k, 0.17 * k, 0.05 * k, hex(0xE9_E6E0));
    }
}

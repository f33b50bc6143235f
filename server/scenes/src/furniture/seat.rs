//! Sofas, armchairs and chairs.

use super::Set;
use crate::pen::{Color, P, hex};

/// How a sofa is built.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sofa {
    Rounded,
    /// Low and square, with loose cushions.
    Lounge,
    /// A wooden frame with flat cushions.
    Wooden,
    /// Deep, buttoned, with high arms.
    Tufted,
}

impl Sofa {
    pub(crate) const ALL: [Self; 4] = [Self::Rounded, Self::Lounge, Self::Wooden, Self::Tufted];

    /// Height of the back, height and width of the arms, metres.
    fn measures(self) -> (f64, f64, f64) {
        match self {
            Self::Rounded => (0.84, 0.62, 0.2),
            Self::Lounge => (0.72, 0.5, 0.26),
            Self::Wooden => (0.8, 0.6, 0.07),
            Self::Tufted => (0.86, 0.72, 0.22),
        }
    }
}

impl Set<'_> {
    /// A sofa that faces the viewer, its back at depth `back`.
    pub(crate) fn sofa(&mut self, kind: Sofa, x: (f64, f64), back: f64, cloth: Color, accent: Color) {
        let (high, arm, thick) = kind.measures();
        let front = back - 0.92;
        let frame = if kind == Sofa::Wooden { self.mood.family.wood.darker(0.12) } else { cloth.darker(0.1) };
        self.shadow(x, (front, back));
        for leg in [x.0 + 0.06, x.1 - 0.12] {
            self.block((leg, leg + 0.06), (0.0, 0.14), (front + 0.04, front + 0.1), hex(0x54_483D));
        }
        let inner = (x.0 + thick, x.1 - thick);
        self.pad((x.0 + 0.04, x.1 - 0.04), (0.2, high), (back - 0.2, back), frame);
        self.pad(x, (0.13, 0.3), (front, back - 0.15), frame);
        let seats: u32 = if x.1 - x.0 > 2.1 { 3 } else { 2 };
        let wide = (inner.1 - inner.0) / f64::from(seats);
        for index in 0..seats {
            let seat = (inner.0 + wide * f64::from(index) + 0.012, inner.0 + wide * f64::from(index + 1) - 0.012);
            self.pad(seat, (0.42, high + 0.03), (back - 0.32, back - 0.2), cloth);
            if kind == Sofa::Tufted {
                self.buttons(seat, high, back - 0.32, cloth);
            }
            self.pad(seat, (0.29, 0.44), (front - 0.01, back - 0.3), cloth.darker(0.03));
        }
        for side in [(x.0, x.0 + thick), (x.1 - thick, x.1)] {
            self.pad(side, (0.13, arm), (front - 0.02, back - 0.05), frame);
        }
        self.pillow((inner.0 + 0.3, front + 0.5), accent, -9.0);
        let other = self.mood.family.wall.mix(accent, 0.12);
        self.pillow((inner.1 - 0.32, front + 0.5), other, 8.0);
    }

    fn buttons(&mut self, x: (f64, f64), high: f64, z: f64, cloth: Color) {
        for column in [0.25, 0.5, 0.75] {
            for y in [0.58, high - 0.1] {
                let at = self.camera().at(x.0 + (x.1 - x.0) * column, y, z);
                self.pen.circle(at.0, at.1, 1.6, cloth.darker(0.3));
            }
        }
    }

    /// A square cushion leaning on a seat, turned a little.
    pub(crate) fn pillow(&mut self, (x, z): P, color: Color, degrees: f64) {
        let (fx, fy, w, h) = self.camera().upright((x - 0.2, x + 0.2), (0.42, 0.8), z);
        let middle = (fx + w / 2.0, fy + h / 2.0);
        self.pen.turned(degrees, middle, |pen| pen.round(fx, fy, w, h, w * 0.17, color));
    }

    /// A sofa along the left wall, from depth `z.0` to `z.1`.
    pub(crate) fn sofa_along(&mut self, kind: Sofa, z: (f64, f64), cloth: Color, accent: Color) {
        let (high, arm, thick) = kind.measures();
        let wall = self.room.left + 0.04;
        let frame = if kind == Sofa::Wooden { self.mood.family.wood.darker(0.12) } else { cloth.darker(0.1) };
        self.shadow((wall, wall + 0.95), z);
        self.pad((wall, wall + 0.22), (0.13, high), (z.0 + 0.05, z.1 - 0.05), frame);
        self.pad((wall, wall + 0.92), (0.13, arm), (z.1 - thick, z.1), frame);
        self.pad((wall + 0.1, wall + 0.92), (0.12, 0.3), (z.0 + 0.02, z.1 - thick), frame);
        let seats: u32 = 3;
        let (start, long) = (z.0 + thick, (z.1 - z.0 - 2.0 * thick) / f64::from(seats));
        for index in (0..seats).rev() {
            let seat = (start + long * f64::from(index) + 0.012, start + long * f64::from(index + 1) - 0.012);
            self.pad((wall + 0.2, wall + 0.36), (0.42, high + 0.02), seat, cloth);
            self.pad((wall + 0.3, wall + 0.94), (0.29, 0.44), seat, cloth.darker(0.02));
        }
        self.pillow((wall + 0.52, z.1 - thick - 0.12), accent, 7.0);
        let other = self.mood.family.wall.mix(accent, 0.15);
        self.pillow((wall + 0.5, start + long * 0.9), other, -6.0);
        self.pad((wall, wall + 0.92), (0.1, arm), (z.0, z.0 + thick), frame);
    }

    /// An armchair that faces the viewer.
    pub(crate) fn armchair(&mut self, x: f64, back: f64, cloth: Color) {
        let wide = (x - 0.4, x + 0.4);
        let front = back - 0.75;
        let wood = self.mood.family.wood.darker(0.2);
        self.shadow(wide, (front, back));
        for leg in [wide.0 + 0.05, wide.1 - 0.1] {
            self.block((leg, leg + 0.05), (0.0, 0.2), (front + 0.05, front + 0.1), wood);
        }
        self.pad((wide.0 + 0.03, wide.1 - 0.03), (0.3, 0.88), (back - 0.2, back), cloth.darker(0.08));
        self.pad((wide.0 + 0.06, wide.1 - 0.06), (0.24, 0.44), (front, back - 0.18), cloth);
        for side in [(wide.0, wide.0 + 0.1), (wide.1 - 0.1, wide.1)] {
            self.pad(side, (0.2, 0.6), (front, back - 0.05), cloth.darker(0.08));
        }
    }

    /// A dining chair seen from behind (`away`) or from the front.
    pub(crate) fn chair(&mut self, x: f64, z: f64, away: bool, seat: Color) {
        let wood = self.mood.family.wood.darker(0.1);
        let wide = (x - 0.22, x + 0.22);
        self.shadow(wide, (z - 0.22, z + 0.22));
        let rest = if away { z - 0.22 } else { z + 0.18 };
        let legs = |set: &mut Self, depth: f64| {
            for leg in [wide.0, wide.1 - 0.04] {
                set.block((leg, leg + 0.04), (0.0, 0.45), (depth, depth + 0.04), wood);
            }
        };
        legs(self, z + 0.18);
        if !away {
            self.backrest(wide, rest, wood, seat);
        }
        self.pad(wide, (0.42, 0.48), (z - 0.22, z + 0.22), seat);
        legs(self, z - 0.22);
        if away {
            self.backrest(wide, rest, wood, seat);
        }
    }

    fn backrest(&mut self, x: (f64, f64), z: f64, wood: Color, seat: Color) {
        for post in [x.0, x.1 - 0.035] {
            self.plate((post, post + 0.035), (0.44, 0.86), z, 0.01, wood);
        }
        self.plate(x, (0.58, 0.9), z, 0.06, seat.darker(0.08));
    }

    /// A stool at a kitchen island.
    pub(crate) fn stool(&mut self, x: f64, z: f64, seat: Color) {
        let metal = hex(0x5A_5248);
        self.shade_disc(x, z, 0.2);
        for leg in [-0.15, 0.13] {
            self.plate((x + leg, x + leg + 0.025), (0.0, 0.66), z, 0.0, metal);
        }
        self.plate((x - 0.15, x + 0.15), (0.24, 0.265), z, 0.0, metal);
        self.drum((x, z), (0.64, 0.7), 0.18, seat);
    }
}

//! Pictures, mirrors and scrolls on the back wall.

use super::Set;
use crate::pen::{Color, Ink, SHADOW, Trace, WHITE, hex, stroke};
use crate::room::Wall;

impl Set<'_> {
    /// Something on the back wall within `x` and `y`; nine kinds.
    pub(crate) fn art(&mut self, x: (f64, f64), y: (f64, f64)) {
        match self.dice.below(9) {
            0 => {
                let third = (x.1 - x.0) / 3.0;
                for index in 0..3 {
                    let left = x.0 + third * f64::from(index);
                    self.picture((left + 0.04, left + third - 0.04), y);
                }
            }
            1 => {
                let half = (x.0 + x.1) / 2.0;
                self.picture((x.0, half - 0.05), y);
                self.picture((half + 0.05, x.1), (y.0 + 0.14, y.1 - 0.06));
            }
            2 => self.mirror(x, y),
            3 => self.scroll(x, y),
            4 => self.fans(x, y),
            _ => self.picture(x, y),
        }
    }

    /// One framed picture: mountains, circles, ink, leaf, bands or sea.
    fn picture(&mut self, x: (f64, f64), y: (f64, f64)) {
        let (fx, fy, w, h) = self.camera().upright(x, y, self.room.back);
        let family = self.mood.family;
        let frame = self.dice.pick(&[family.wood.darker(0.1), hex(0x3F_4247), hex(0xD8_C7A4)]);
        self.pen.rect(fx + 3.0, fy + 4.0, w, h, Ink::from(SHADOW).alpha(0.12));
        self.pen.rect(fx, fy, w, h, Ink::from(WHITE).edge(frame, 3.0));
        let margin = w.min(h) * 0.13;
        let (ix, iy, iw, ih) = (fx + margin, fy + margin, w - 2.0 * margin, h - 2.0 * margin);
        let (main, second) = (family.textile.mix(hex(0x7F_9DB8), 0.3), family.accent);
        match self.dice.below(6) {
            0 => {
                let hills = Trace::from(ix, iy + ih)
                    .to(ix + iw * 0.36, iy + ih * 0.36)
                    .to(ix + iw * 0.56, iy + ih * 0.72)
                    .to(ix + iw * 0.7, iy + ih * 0.54)
                    .to(ix + iw, iy + ih)
                    .close();
                self.pen.path(&hills, main);
                self.pen.circle(ix + iw * 0.74, iy + ih * 0.24, w.min(h) * 0.09, second);
            }
            1 => {
                let r = iw.min(ih) * 0.34;
                self.pen.circle(ix + iw * 0.42, iy + ih * 0.5, r, main);
                self.pen.circle(ix + iw * 0.62, iy + ih * 0.52, r * 0.72, Ink::from(second).alpha(0.85));
            }
            2 => self.ink_hills(ix, iy, iw, ih),
            3 => {
                let leaf = self.mood.houseplant();
                let stems = (iw / ih).round().clamp(1.0, 3.0);
                let unit = ih.min(iw / stems);
                for index in 0..stems as u32 {
                    let stem = ix + iw * (f64::from(index) + 0.5) / stems;
                    self.pen.line((stem, iy + ih), (stem, iy + ih * 0.08), leaf.darker(0.1), 1.5);
                    for (step, side) in
                        [(0.86, -1.0), (0.72, 1.0), (0.57, -1.0), (0.43, 1.0), (0.29, -1.0), (0.15, 1.0)]
                    {
                        let at = (stem + side * unit * 0.14, iy + ih * step);
                        self.pen.turned(side * 52.0, at, |pen| pen.oval(at, unit * 0.06, unit * 0.16, leaf));
                    }
                }
            }
            4 => {
                for (index, tone) in [main, main.lighter(0.4), second, second.lighter(0.45)].into_iter().enumerate() {
                    self.pen.rect(ix, iy + ih * 0.25 * index as f64, iw, ih * 0.25, tone);
                }
            }
            _ => {
                self.pen.rect(ix, iy, iw, ih, main.lighter(0.6));
                self.pen.rect(ix, iy + ih * 0.6, iw, ih * 0.4, main);
                self.pen.poly(
                    &[
                        (ix + iw * 0.5, iy + ih * 0.62),
                        (ix + iw * 0.5, iy + ih * 0.22),
                        (ix + iw * 0.72, iy + ih * 0.62),
                    ],
                    WHITE,
                );
                self.pen.poly(
                    &[
                        (ix + iw * 0.38, iy + ih * 0.66),
                        (ix + iw * 0.76, iy + ih * 0.66),
                        (ix + iw * 0.68, iy + ih * 0.74),
                        (ix + iw * 0.44, iy + ih * 0.74),
                    ],
                    second,
                );
            }
        }
    }

    fn ink_hills(&mut self, x: f64, y: f64, w: f64, h: f64) {
        let ink = hex(0x4E_5A66);
        for (index, (peak, alpha)) in [(0.3, 0.25), (0.62, 0.4), (0.46, 0.65)].into_iter().enumerate() {
            let base = y + h * (0.7 + 0.1 * index as f64);
            let top = base - h * (0.42 - 0.09 * index as f64);
            let hill = Trace::from(x, base)
                .bend(x + w * (peak - 0.12), base, x + w * peak, top)
                .bend(x + w * (peak + 0.14), base - h * 0.06, x + w, base)
                .close();
            self.pen.path(&hill, Ink::from(ink).alpha(alpha));
        }
        self.pen.circle(x + w * 0.74, y + h * 0.2, w.min(h) * 0.09, hex(0xC2_5B48));
    }

    fn mirror(&mut self, x: (f64, f64), y: (f64, f64)) {
        let (fx, fy, w, h) = self.camera().upright(x, y, self.room.back);
        let (cx, cy, r) = (fx + w / 2.0, fy + h / 2.0, w.min(h) / 2.0);
        self.pen.circle(cx + 3.0, cy + 4.0, r, Ink::from(SHADOW).alpha(0.12));
        self.pen.circle(cx, cy, r, Ink::from(hex(0xDD_E7EC)).edge(hex(0xB8_9458), 3.5));
        self.pen.poly(
            &[
                (cx - r * 0.5, cy + r * 0.55),
                (cx + r * 0.45, cy - r * 0.6),
                (cx + r * 0.68, cy - r * 0.36),
                (cx - r * 0.2, cy + r * 0.72),
            ],
            Ink::from(WHITE).alpha(0.45),
        );
    }

    /// A hanging scroll.
    fn scroll(&mut self, x: (f64, f64), y: (f64, f64)) {
        let middle = (x.0 + x.1) / 2.0;
        let half = ((y.1 - y.0) * 0.28).min((x.1 - x.0) / 2.0);
        let (fx, fy, w, h) =
            self.camera().upright((middle - half, middle + half), (y.0 - 0.1, y.1 + 0.1), self.room.back);
        let rod = hex(0x6D_4F3B);
        self.pen.path(&Trace::from(fx, fy).to(fx + w / 2.0, fy - 8.0).to(fx + w, fy), stroke(rod, 1.2));
        self.pen.rect(fx, fy, w, h, self.mood.family.textile.mix(hex(0xD9_D2C4), 0.62));
        self.pen.rect(fx + w * 0.12, fy + h * 0.13, w * 0.76, h * 0.74, hex(0xF7_F3E8));
        self.ink_hills(fx + w * 0.14, fy + h * 0.2, w * 0.72, h * 0.6);
        for bar in [fy - 2.0, fy + h - 2.0] {
            self.pen.round(fx - 5.0, bar, w + 10.0, 4.5, 2.0, rod);
        }
    }

    /// Woven discs in a group.
    fn fans(&mut self, x: (f64, f64), y: (f64, f64)) {
        let (fx, fy, w, h) = self.camera().upright(x, y, self.room.back);
        let straw = hex(0xC9_A777);
        for (sx, sy, r) in [(0.28, 0.4, 0.3), (0.62, 0.62, 0.24), (0.7, 0.22, 0.17)] {
            let (cx, cy, r) = (fx + w * sx, fy + h * sy, r * h);
            self.pen.circle(cx, cy, r, straw);
            for ring in [0.75, 0.5, 0.25] {
                self.pen.circle(cx, cy, r * ring, stroke(straw.darker(0.18), 1.2));
            }
        }
    }

    /// A picture on a side wall: in that foreshortening only its frame and fields show.
    pub(crate) fn art_aside(&mut self, wall: Wall, along: (f64, f64), y: (f64, f64), color: Color) {
        self.pen.poly(
            &self.room.panel(wall, along, y, 0.02),
            Ink::from(WHITE).edge(self.mood.family.wood.darker(0.1), 2.5),
        );
        let middle = (along.0 + along.1) / 2.0;
        let inset = (along.1 - along.0) * 0.16;
        self.pen.poly(
            &self.room.panel(wall, (along.0 + inset, along.1 - inset), (y.0 + 0.1, (y.0 + y.1) / 2.0), 0.025),
            color,
        );
        self.pen.poly(
            &self.room.panel(wall, (along.0 + inset, middle), ((y.0 + y.1) / 2.0, y.1 - 0.1), 0.025),
            self.mood.family.accent,
        );
    }
}

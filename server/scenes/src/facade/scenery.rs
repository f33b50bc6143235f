//! What surrounds a building: backdrop, trees, street furniture, cars and people.

use super::WALLS;
use crate::HomeLook;
use crate::dice::{Dice, Wheel};
use crate::outlook::{self, Extent};
use crate::palette::{Mood, Season};
use crate::pen::{Color, HEIGHT, Id, Ink, P, Pen, SHADOW, Trace, WHITE, WIDTH, hex, stroke};

/// A building site being drawn.
pub(super) struct Site<'a> {
    pub(super) pen: &'a mut Pen,
    pub(super) look: &'a HomeLook,
    pub(super) mood: &'a Mood,
    pub(super) dice: &'a mut Dice,
}

impl Site<'_> {
    /// A daylight colour in the air of this hour.
    pub(super) fn tone(&self, rgb: u32) -> Color {
        self.mood.tint(hex(rgb))
    }

    pub(super) fn pick_tone(&mut self, choices: &[u32]) -> Color {
        let rgb = self.dice.pick(choices);
        self.tone(rgb)
    }

    /// Which of `n` compositions this home has.
    pub(super) fn scene(&self, n: usize) -> usize {
        self.dice.spread(Wheel::Arrangement, n)
    }

    /// The building's own colour, which neighbours in a list do not share.
    pub(super) fn main_tone(&self, choices: &[u32]) -> Color {
        self.tone(choices[self.dice.spread(Wheel::Palette, choices.len())])
    }

    pub(super) fn plaster(&self) -> Color {
        self.mood.tint(WALLS[self.dice.spread(Wheel::Palette, WALLS.len())])
    }

    pub(super) fn glass(&self) -> Color {
        self.mood.sky.glass
    }

    pub(super) fn light(&self) -> Color {
        self.mood.sky.light
    }

    /// How many of a hundred windows are lit.
    pub(super) fn lit_share(&self) -> f64 {
        if self.mood.after_dark() { 0.34 } else { 0.06 }
    }

    /// Degrees from straight ahead to the sun for someone who looks at the sunny front.
    pub(super) fn sun(&self) -> f64 {
        self.mood.sun_from(self.look.facing.degrees() + 180.0)
    }

    /// Whether the light comes from the left.
    pub(super) fn lit_from_left(&self) -> bool {
        self.sun() < 0.0
    }

    /// Sky, sun, clouds and a far city or hills that end at `horizon`.
    pub(super) fn backdrop(&mut self, horizon: f64) {
        let extent = Extent { x: (0.0, WIDTH), y: (0.0, HEIGHT), horizon, zoom: 1.0 };
        outlook::sky(self.pen, self.mood, extent);
        outlook::sun(self.pen, self.mood, Extent { horizon: horizon - 60.0, ..extent }, self.sun());
        outlook::clouds(self.pen, self.mood, self.dice, Extent { horizon: horizon * 0.75, ..extent });
        match self.dice.below(4) {
            0 => self.hills(horizon),
            1 => {
                let far = outlook::skyline(self.dice, (0.0, WIDTH), horizon, (20.0, 130.0), 1.0);
                outlook::silhouette(self.pen, self.mood, &far, self.mood.sky.far);
            }
            _ => {
                let far = outlook::skyline(self.dice, (0.0, WIDTH), horizon, (40.0, 170.0), 1.1);
                outlook::silhouette(self.pen, self.mood, &far, self.mood.sky.far.mix(self.mood.sky.low, 0.3));
                let near = outlook::skyline(self.dice, (0.0, WIDTH), horizon, (14.0, 90.0), 1.2);
                outlook::silhouette(self.pen, self.mood, &near, self.mood.sky.far.mix(self.mood.sky.near, 0.3));
            }
        }
    }

    fn hills(&mut self, horizon: f64) {
        for (height, share) in [(120.0, 0.35), (70.0, 0.0)] {
            let mut ridge = Trace::from(0.0, horizon);
            let mut x = 0.0;
            ridge = ridge.to(0.0, horizon - height * self.dice.between(0.3, 0.8));
            while x < WIDTH {
                let wide = self.dice.between(110.0, 190.0);
                let top = horizon - height * self.dice.between(0.6, 1.0);
                ridge = ridge.bend(
                    x + wide * 0.5,
                    top - height * 0.35,
                    x + wide,
                    horizon - height * self.dice.between(0.3, 0.6),
                );
                x += wide;
            }
            ridge = ridge.to(x, horizon).close();
            let color = self.mood.sky.far.mix(self.mood.grass(), 0.25).mix(self.mood.sky.low, share);
            self.pen.path(&ridge, color);
        }
    }

    /// Defines one kind of tree, 100 units tall around its foot.
    pub(super) fn tree(&mut self) -> Id {
        let (body, lit) = self.mood.leaves(self.dice);
        let trunk = self.tone(0x7A_6553);
        let bare = self.mood.season == Season::Winter && self.dice.chance(0.6);
        let kind = self.dice.below(6);
        // Firs keep their needles whatever the season.
        let (body, lit) = if kind == 4 { (self.tone(0x5F_8A72), self.tone(0x7F_A58A)) } else { (body, lit) };
        self.pen.define(|pen| {
            if bare {
                let twigs = Trace::from(0.0, 0.0)
                    .to(0.0, -52.0)
                    .bend(-4.0, -76.0, -16.0, -92.0)
                    .move_to(0.0, -48.0)
                    .bend(4.0, -74.0, 14.0, -96.0)
                    .move_to(0.0, -38.0)
                    .bend(-16.0, -52.0, -30.0, -70.0)
                    .move_to(0.0, -42.0)
                    .bend(14.0, -56.0, 29.0, -66.0)
                    .move_to(-13.0, -52.0)
                    .to(-15.0, -72.0)
                    .move_to(12.0, -56.0)
                    .to(13.0, -76.0);
                pen.oval((0.0, -66.0), 31.0, 33.0, Ink::from(body).alpha(0.22));
                pen.path(&twigs, stroke(trunk, 2.8));
                return;
            }
            match kind {
                0 | 1 => {
                    pen.rect(-2.6, -32.0, 5.2, 32.0, trunk);
                    pen.oval((0.0, -62.0), 31.0, 38.0, body);
                    pen.oval((-9.0, -73.0), 16.0, 20.0, lit);
                }
                2 => {
                    pen.path(
                        &Trace::from(0.0, 0.0)
                            .to(0.0, -46.0)
                            .move_to(0.0, -26.0)
                            .to(-14.0, -44.0)
                            .move_to(0.0, -30.0)
                            .to(14.0, -46.0),
                        stroke(trunk, 3.4),
                    );
                    pen.path(
                        &Trace::default()
                            .oval(-17.0, -54.0, 22.0, 22.0)
                            .oval(17.0, -55.0, 23.0, 22.0)
                            .oval(0.0, -74.0, 25.0, 25.0),
                        body,
                    );
                    pen.path(
                        &Trace::default()
                            .oval(-21.0, -60.0, 11.0, 10.0)
                            .oval(-4.0, -82.0, 13.0, 11.0)
                            .oval(13.0, -61.0, 10.0, 9.0),
                        lit,
                    );
                }
                3 => {
                    pen.rect(-2.2, -18.0, 4.4, 18.0, trunk);
                    pen.oval((0.0, -57.0), 15.0, 44.0, body);
                    pen.oval((-4.0, -64.0), 7.0, 30.0, lit);
                }
                4 => {
                    pen.rect(-2.4, -16.0, 4.8, 16.0, trunk);
                    let fir = |w: f64, low: f64, top: f64| [(-w, low), (0.0, top), (w, low)];
                    pen.poly(&fir(26.0, -14.0, -56.0), body);
                    pen.poly(&fir(21.0, -38.0, -78.0), body.mix(lit, 0.35));
                    pen.poly(&fir(15.0, -62.0, -100.0), lit);
                }
                _ => {
                    pen.path(
                        &Trace::from(-2.0, 0.0).to(-3.0, -44.0).to(-20.0, -60.0).move_to(0.0, -40.0).to(18.0, -60.0),
                        stroke(trunk, 4.0),
                    );
                    pen.oval((0.0, -68.0), 44.0, 26.0, body);
                    pen.oval((-8.0, -78.0), 27.0, 14.0, lit);
                }
            }
        })
    }

    pub(super) fn plant(&mut self, tree: Id, x: f64, foot: f64, height: f64) {
        self.pen.oval((x + 4.0, foot), height * 0.24, height * 0.035, Ink::from(SHADOW).alpha(0.16));
        self.pen.stamp(tree, (x, foot), height / 100.0);
    }

    /// A row of trees from edge to edge.
    pub(super) fn avenue(&mut self, tree: Id, foot: f64, height: (f64, f64), step: f64) {
        let mut x = self.dice.between(-10.0, step * 0.6);
        while x < WIDTH + 20.0 {
            let tall = self.dice.between(height.0, height.1);
            self.plant(tree, x, foot, tall);
            x += step * self.dice.between(0.75, 1.25);
        }
    }

    /// Clipped bushes on a line.
    pub(super) fn hedge(&mut self, x: (f64, f64), foot: f64, height: f64) {
        let (body, lit) = self.mood.leaves(self.dice);
        let body = body.mix(self.mood.grass(), 0.4).darker(0.06);
        let (mut low, mut high) = (Trace::default(), Trace::default());
        let mut at = x.0 + height * 0.5;
        while at < x.1 {
            let r = height * self.dice.between(0.7, 1.05);
            low = low.oval(at, foot - r * 0.5, r * 0.9, r * 0.6);
            if self.dice.chance(0.5) {
                high = high.oval(at - r * 0.2, foot - r * 0.7, r * 0.45, r * 0.25);
            }
            at += r * 1.3;
        }
        self.pen.path(&low, body);
        self.pen.path(&high, Ink::from(lit).alpha(0.7));
    }

    /// Spots of flowers in grass.
    pub(super) fn flowers(&mut self, x: (f64, f64), y: (f64, f64), count: usize) {
        let color = self.pick_tone(&[0xE0_9AA6, 0xE9_C46F, 0xF1_EEE6, 0xC9_8FB4, 0xD9_7F66]);
        let mut spots = Trace::default();
        for _ in 0..count {
            let r = self.dice.between(1.6, 3.2);
            spots = spots.oval(self.dice.between(x.0, x.1), self.dice.between(y.0, y.1), r, r);
        }
        self.pen.path(&spots, color);
    }

    pub(super) fn car(&mut self, x: f64, y: f64, scale: f64) {
        let paint = self.pick_tone(&[0x3F_5F86, 0xE9_E9E6, 0x8A_9298, 0x9C_4A3C, 0x2F_353C, 0x6F_8A78]);
        let pane = self.glass().lighter(0.25);
        let s = |v: f64| v * scale;
        self.pen.oval((x + s(44.0), y), s(48.0), s(4.0), Ink::from(SHADOW).alpha(0.22));
        let cabin = Trace::from(x + s(18.0), y - s(17.0))
            .bend(x + s(24.0), y - s(31.0), x + s(36.0), y - s(31.0))
            .to(x + s(54.0), y - s(31.0))
            .bend(x + s(66.0), y - s(29.0), x + s(73.0), y - s(17.0))
            .close();
        self.pen.path(&cabin, paint.darker(0.12));
        self.pen.poly(
            &[
                (x + s(24.0), y - s(18.0)),
                (x + s(31.0), y - s(28.0)),
                (x + s(43.0), y - s(28.0)),
                (x + s(43.0), y - s(18.0)),
            ],
            pane,
        );
        self.pen.poly(
            &[
                (x + s(46.0), y - s(18.0)),
                (x + s(46.0), y - s(28.0)),
                (x + s(56.0), y - s(28.0)),
                (x + s(66.0), y - s(18.0)),
            ],
            pane,
        );
        self.pen.round(x, y - s(18.0), s(88.0), s(14.0), s(5.0), paint);
        if self.mood.after_dark() {
            self.pen.round(x + s(84.0), y - s(15.0), s(5.0), s(4.0), 1.0, self.light());
        }
        for wheel in [18.0, 69.0] {
            self.pen.circle(x + s(wheel), y - s(5.0), s(7.5), hex(0x2A_2F35));
            self.pen.circle(x + s(wheel), y - s(5.0), s(3.4), hex(0x9A_A2A8));
        }
    }

    pub(super) fn lamp_post(&mut self, x: f64, foot: f64, height: f64) {
        let metal = self.tone(0x4B_535B);
        let arm =
            Trace::from(x, foot).to(x, foot - height).bend(x, foot - height - 8.0, x + 16.0, foot - height - 8.0);
        self.pen.path(&arm, stroke(metal, 2.2));
        self.pen.round(
            x + 12.0,
            foot - height - 9.0,
            13.0,
            4.0,
            2.0,
            if self.mood.after_dark() { self.light() } else { metal },
        );
        if self.mood.after_dark() {
            let glow = self.pen.glow(self.light(), 0.6);
            self.pen.circle(x + 18.0, foot - height - 5.0, 40.0, glow);
        }
    }

    pub(super) fn bicycle(&mut self, (x, y): P, scale: f64) {
        let frame = self.pick_tone(&[0x3F_72B0, 0xB9_4F3D, 0x4F_7A66, 0x3A_3F45]);
        let r = 11.0 * scale;
        let (rear, front) = ((x, y - r), (x + 34.0 * scale, y - r));
        let (seat, bars, pedals) =
            ((x + 9.0 * scale, y - 26.0 * scale), (x + 28.0 * scale, y - 28.0 * scale), (x + 14.0 * scale, y - r));
        for hub in [rear, front] {
            self.pen.circle(hub.0, hub.1, r, stroke(hex(0x3A_3F45), 1.5));
        }
        let tubes = Trace::default()
            .poly(&[rear, seat, pedals])
            .line(seat, bars)
            .line(pedals, bars)
            .line(bars, front)
            .line(bars, (bars.0 + 5.0 * scale, bars.1 - 4.0 * scale));
        self.pen.path(&tubes, stroke(frame, 1.8));
        self.pen.round(seat.0 - 5.0 * scale, seat.1 - 3.0, 10.0 * scale, 3.0, 1.5, hex(0x3A_3F45));
    }

    /// Someone on the way somewhere within `span`, `height` tall.
    pub(super) fn walker(&mut self, span: (f64, f64), foot: f64, height: f64) {
        let x = self.dice.between(span.0, span.1);
        let coat = self.pick_tone(&[0x3F_5F86, 0xC2_5B48, 0xD9_A14C, 0x6F_8A78, 0x85_748C, 0xE9_E4DA]);
        let h = |share: f64| height * share;
        self.pen.oval((x + 2.0, foot), h(0.22), h(0.04), Ink::from(SHADOW).alpha(0.2));
        self.pen.path(
            &Trace::default()
                .line((x - h(0.05), foot - h(0.4)), (x - h(0.09), foot))
                .line((x + h(0.05), foot - h(0.4)), (x + h(0.1), foot)),
            stroke(self.tone(0x3A_4552), h(0.09)),
        );
        self.pen.round(x - h(0.13), foot - h(0.82), h(0.26), h(0.48), h(0.1), coat);
        self.pen.circle(x, foot - h(0.9), h(0.1), self.tone(0xE3_BE9C));
        self.pen.path(
            &Trace::from(x - h(0.1), foot - h(0.9)).arc(h(0.1), true, x + h(0.1), foot - h(0.9)).close(),
            self.tone(0x4A_3F3A),
        );
    }

    /// An enamel house number.
    pub(super) fn plate(&mut self, x: f64, y: f64, number: usize) {
        let letters = crate::pen::Letters { size: 9.0, color: WHITE, bold: true, anchor: "middle" };
        self.pen.round(x - 11.0, y - 7.0, 22.0, 13.0, 1.5, hex(0x17_499B));
        self.pen.text(x, y + 3.2, &letters, &number.to_string());
    }

    /// Pavement and road from `top` down, with a kerb and lane marks.
    pub(super) fn road(&mut self, top: f64) {
        let paving = self.tone(0xD6_D1C8);
        let asphalt = self.tone(0xA9_ABAE);
        self.pen.rect(0.0, top, WIDTH, 24.0, paving);
        let mut joints = Trace::default();
        for step in 0..22 {
            let x = f64::from(step) * 32.0;
            joints = joints.line((x, top), ((x - 320.0) * 1.08 + 320.0, top + 24.0));
        }
        self.pen.path(&joints, stroke(paving.darker(0.1), 1.0));
        self.pen.rect(0.0, top + 22.0, WIDTH, 5.0, paving.darker(0.18));
        let run = self.pen.fade_down(&[(0.0, asphalt, 1.0), (1.0, asphalt.darker(0.14), 1.0)]);
        self.pen.rect(0.0, top + 27.0, WIDTH, HEIGHT - top - 27.0, run);
        let middle = (top + 27.0 + HEIGHT) / 2.0 + 4.0;
        let mut marks = Trace::default();
        for step in 0..7 {
            marks = marks.rect(f64::from(step) * 104.0 - 20.0, middle, 58.0, 3.6);
        }
        self.pen.path(&marks, Ink::from(WHITE).alpha(0.7));
    }

    /// A lawn with a path that winds to a door at `door`.
    pub(super) fn lawn(&mut self, top: f64, door: f64) {
        let grass = self.mood.grass();
        let fill = self.pen.fade_down(&[(0.0, grass, 1.0), (1.0, grass.darker(0.12), 1.0)]);
        self.pen.rect(0.0, top, WIDTH, HEIGHT - top, fill);
        self.pen.path(
            &Trace::from(0.0, top + 28.0)
                .bend(180.0, top + 6.0, 400.0, top + 34.0)
                .bend(520.0, top + 50.0, WIDTH, top + 26.0)
                .to(WIDTH, HEIGHT)
                .to(0.0, HEIGHT)
                .close(),
            Ink::from(grass.lighter(0.12)).alpha(0.5),
        );
        let start = 320.0 + (door - 320.0) * 0.2 + self.dice.between(-140.0, 140.0);
        let path = Trace::from(door - 9.0, top)
            .bend(door - 30.0, top + 40.0, start - 70.0, HEIGHT)
            .to(start + 70.0, HEIGHT)
            .bend(door + 26.0, top + 34.0, door + 9.0, top)
            .close();
        self.pen.path(&path, self.tone(0xE2_DACB));
    }

    /// Water below a quay, mirroring the sky.
    pub(super) fn river(&mut self, top: f64) {
        let quay = self.tone(0xD9_D3C8);
        self.pen.rect(0.0, top, WIDTH, 9.0, quay);
        self.pen.rect(0.0, top + 9.0, WIDTH, 7.0, quay.darker(0.2));
        let mut posts = Trace::default();
        for step in 0..33 {
            posts = posts.rect(f64::from(step) * 20.0 + 4.0, top - 9.0, 1.6, 9.0);
        }
        self.pen.path(&posts.rect(0.0, top - 10.0, WIDTH, 2.0), self.tone(0xF0_EEE8));
        let extent = Extent { x: (0.0, WIDTH), y: (0.0, HEIGHT), horizon: top, zoom: 1.4 };
        outlook::water(self.pen, self.mood, self.dice, extent, top + 16.0, HEIGHT);
    }
}

//! What stands in rooms: blocks in perspective, their shadows, and the pieces made of them.

mod art;
mod lamp;
mod plant;
mod seat;
mod table;

pub(crate) use seat::Sofa;

use crate::HomeLook;
use crate::camera::Camera;
use crate::dice::Dice;
use crate::palette::Mood;
use crate::pen::{Color, Ink, P, Pen, SHADOW, WHITE, soft};
use crate::room::Room;

/// A room being furnished.
pub(crate) struct Set<'a> {
    pub(crate) pen: &'a mut Pen,
    pub(crate) look: &'a HomeLook,
    pub(crate) mood: &'a Mood,
    pub(crate) dice: &'a mut Dice,
    pub(crate) room: Room,
    /// Where lamps hang, with the reach of their light in frame units.
    lamps: Vec<(P, f64)>,
}

impl<'a> Set<'a> {
    pub(crate) fn new(pen: &'a mut Pen, look: &'a HomeLook, mood: &'a Mood, dice: &'a mut Dice, room: Room) -> Self {
        Self { pen, look, mood, dice, room, lamps: Vec::new() }
    }

    pub(crate) fn camera(&self) -> Camera {
        self.room.camera
    }

    /// A box: its front, and of top, underside and flanks what the eye sees.
    pub(crate) fn block(&mut self, x: (f64, f64), y: (f64, f64), z: (f64, f64), color: Color) {
        self.block_toned(x, y, z, color, color.lighter(0.14));
    }

    /// A box whose top has a colour of its own.
    pub(crate) fn block_toned(&mut self, x: (f64, f64), y: (f64, f64), z: (f64, f64), color: Color, top: Color) {
        let camera = self.room.camera;
        if x.0 > 0.0 {
            self.pen.poly(&camera.side(x.0, y, z), color.darker(0.16));
        } else if x.1 < 0.0 {
            self.pen.poly(&camera.side(x.1, y, z), color.darker(0.12));
        }
        if y.1 < camera.eye {
            self.pen.poly(&camera.level(x, y.1, z), top);
        } else if y.0 > camera.eye {
            self.pen.poly(&camera.level(x, y.0, z), color.darker(0.22));
        }
        let (fx, fy, w, h) = camera.upright(x, y, z.0);
        self.pen.rect(fx, fy, w, h, color);
    }

    /// A padded box: rounded front, soft edges.
    pub(crate) fn pad(&mut self, x: (f64, f64), y: (f64, f64), z: (f64, f64), color: Color) {
        let camera = self.room.camera;
        if x.0 > 0.0 {
            self.pen.poly(&camera.side(x.0, y, z), soft(color.darker(0.14)));
        } else if x.1 < 0.0 {
            self.pen.poly(&camera.side(x.1, y, z), soft(color.darker(0.1)));
        }
        if y.1 < camera.eye {
            self.pen.poly(&camera.level(x, y.1, z), soft(color.lighter(0.12)));
        }
        let (fx, fy, w, h) = camera.upright(x, y, z.0);
        self.pen.round(fx, fy, w, h, (h * 0.28).min(w * 0.28).min(9.0), color);
    }

    /// An upright panel at depth `z`, rounded by `r` metres.
    pub(crate) fn plate(&mut self, x: (f64, f64), y: (f64, f64), z: f64, r: f64, ink: impl Into<Ink>) {
        let (fx, fy, w, h) = self.room.camera.upright(x, y, z);
        self.pen.round(fx, fy, w, h, r * self.room.camera.scale(z), ink);
    }

    /// The soft dark patch under a piece.
    pub(crate) fn shadow(&mut self, x: (f64, f64), z: (f64, f64)) {
        let camera = self.room.camera;
        let patch = camera.level((x.0 - 0.05, x.1 + 0.05), 0.0, (z.0 - 0.07, z.1));
        self.pen.poly(&patch, Ink::from(SHADOW).edge(SHADOW, 5.0).alpha(0.13));
    }

    /// A round shadow.
    pub(crate) fn shade_disc(&mut self, x: f64, z: f64, r: f64) {
        let (at, rx, ry) = self.room.camera.disc(x, 0.0, z, r);
        self.pen.oval(at, rx, ry, Ink::from(SHADOW).alpha(0.14));
    }

    /// A round slab, `y.0` to `y.1` high.
    pub(crate) fn drum(&mut self, (x, z): P, y: (f64, f64), r: f64, color: Color) {
        let camera = self.room.camera;
        let (low, rx, ry) = camera.disc(x, y.0, z, r);
        let (high, top_rx, top_ry) = camera.disc(x, y.1, z, r);
        self.pen.oval(low, rx, ry, color.darker(0.14));
        self.pen.rect(low.0 - rx, high.1, 2.0 * rx, low.1 - high.1, color.darker(0.14));
        self.pen.oval(high, top_rx, top_ry, color.lighter(0.1));
    }

    /// Ends the picture: evening falls, then lamps shine.
    pub(crate) fn light_up(&mut self) {
        self.room.evening(self.pen, self.mood);
        let (strength, wide) = if self.mood.after_dark() { (0.55, 1.5) } else { (0.2, 1.0) };
        // Many lamps share the brightness, or the room would drown in it.
        let strength = strength / (self.lamps.len() as f64).sqrt().max(1.0);
        let glow = self.pen.glow(self.mood.sky.light.mix(WHITE, 0.1), strength);
        for &((x, y), reach) in &self.lamps {
            self.pen.circle(x, y, reach * wide, glow);
        }
    }
}

//! One eye for all scenes: metres in, points of the frame out.
//!
//! x runs right, y up, z away from the viewer; vertical lines stay vertical, as architects photograph.

use crate::pen::{P, Trace};

/// Where the viewer stands and how much is seen.
#[derive(Clone, Copy)]
pub(crate) struct Camera {
    /// The point straight ahead; its height is the horizon.
    pub(crate) ahead: P,
    /// Frame units a metre at one metre's distance.
    pub(crate) focal: f64,
    /// Height of the eye above the floor, metres.
    pub(crate) eye: f64,
    /// How far the view is turned to the right, radians.
    pub(crate) yaw: f64,
}

impl Camera {
    pub(crate) fn at(&self, x: f64, y: f64, z: f64) -> P {
        let (sin, cos) = self.yaw.sin_cos();
        let away = (x * sin + z * cos).max(0.4);
        let scale = self.focal / away;
        (self.ahead.0 + (x * cos - z * sin) * scale, self.ahead.1 - (y - self.eye) * scale)
    }

    /// Frame units a metre at depth `z`, for a view that is not turned.
    pub(crate) fn scale(&self, z: f64) -> f64 {
        self.focal / z
    }

    /// A flat disc of radius `r`: its middle and half axes on the frame.
    pub(crate) fn disc(&self, x: f64, y: f64, z: f64, r: f64) -> (P, f64, f64) {
        let (far, near) = (self.at(x, y, z + r).1, self.at(x, y, z - r).1);
        let (cx, _) = self.at(x, y, z);
        ((cx, (far + near) / 2.0), r * self.scale(z), (near - far).abs() / 2.0)
    }

    /// The rectangle that stands upright at depth `z`: x, y, width, height.
    pub(crate) fn upright(&self, x: (f64, f64), y: (f64, f64), z: f64) -> (f64, f64, f64, f64) {
        let (left, top) = self.at(x.0, y.1, z);
        let (right, bottom) = self.at(x.1, y.0, z);
        (left, top, right - left, bottom - top)
    }

    /// The rectangle that lies at height `y`, nearest edge first.
    pub(crate) fn level(&self, x: (f64, f64), y: f64, z: (f64, f64)) -> [P; 4] {
        [self.at(x.0, y, z.0), self.at(x.1, y, z.0), self.at(x.1, y, z.1), self.at(x.0, y, z.1)]
    }

    /// The rectangle that stands along the line of sight at `x`.
    pub(crate) fn side(&self, x: f64, y: (f64, f64), z: (f64, f64)) -> [P; 4] {
        [self.at(x, y.0, z.0), self.at(x, y.1, z.0), self.at(x, y.1, z.1), self.at(x, y.0, z.1)]
    }

    /// The wall piece between two places on the ground, from height `y.0` to `y.1`.
    pub(crate) fn wall(&self, from: P, to: P, y: (f64, f64)) -> [P; 4] {
        [
            self.at(from.0, y.0, from.1),
            self.at(to.0, y.0, to.1),
            self.at(to.0, y.1, to.1),
            self.at(from.0, y.1, from.1),
        ]
    }
}

impl Trace {
    /// A straight line between two places of the scene.
    pub(crate) fn run(self, camera: &Camera, a: (f64, f64, f64), b: (f64, f64, f64)) -> Self {
        self.line(camera.at(a.0, a.1, a.2), camera.at(b.0, b.1, b.2))
    }
}

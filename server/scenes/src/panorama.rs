//! A room all around, drawn from its one picture: what the demo shows where a home would have a real panorama.
//!
//! The viewer stands in the middle of a box. Before and behind him is the scene, behind mirrored; what the scene does
//! not show of the walls, the floor and the ceiling goes on from the edge of the picture.

use crate::raster::{Error, Pixels, raster};

/// Width and height, in the proportions of an equirectangular picture.
pub const PANORAMA_SIZE: (u32, u32) = (2560, 1280);

/// The camera of the rooms, in the 640 × 480 frame: straight ahead, focal length, height of the eye.
const AHEAD: (f64, f64) = (320.0, 206.0);
const FOCAL: f64 = 530.0;
const EYE: f64 = 1.25;
const FRAME: (f64, f64) = (640.0, 480.0);
/// The box, in metres from the viewer.
const SIDE: f64 = 2.3;
const HEIGHT: f64 = 2.75;
/// Half a metre, over which the floor loses what stands on it.
const FADE: f64 = 0.5;

/// The panorama of a room's picture, as PNG.
///
/// # Errors
/// As [`raster`].
pub fn png_panorama(svg: &str) -> Result<Vec<u8>, Error> {
    let scene = Scene::new(raster(svg, 1600)?);
    let (width, height) = PANORAMA_SIZE;
    let mut rgb = Vec::with_capacity((width * height * 3) as usize);
    for row in 0..height {
        let pitch = (0.5 - (f64::from(row) + 0.5) / f64::from(height)) * std::f64::consts::PI;
        for column in 0..width {
            let yaw = ((f64::from(column) + 0.5) / f64::from(width) - 0.5) * std::f64::consts::TAU;
            rgb.extend(scene.towards(yaw.sin() * pitch.cos(), pitch.sin(), yaw.cos() * pitch.cos()));
        }
    }
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    encoder
        .write_header()
        .and_then(|mut writer| writer.write_image_data(&rgb))
        .map_err(|error| Error::Svg(error.to_string()))?;
    Ok(bytes)
}

struct Scene {
    pixels: Pixels,
    /// The floor without what stands on it.
    floor: [f64; 3],
    ceiling: [f64; 3],
}

impl Scene {
    fn new(pixels: Pixels) -> Self {
        let mut scene = Self { pixels, floor: [0.0; 3], ceiling: [0.0; 3] };
        let row = |scene: &Self, y: f64| {
            let mut colors: Vec<[f64; 3]> = (0..64).map(|n| scene.pixel(f64::from(n) * 10.0, y)).collect();
            colors.sort_by(|a, b| a[0].total_cmp(&b[0]));
            colors[32]
        };
        (scene.floor, scene.ceiling) = (row(&scene, FRAME.1 - 2.0), row(&scene, 1.0));
        scene
    }

    /// The color in a direction: x to the right, y up, z ahead.
    fn towards(&self, x: f64, y: f64, z: f64) -> [u8; 3] {
        let z = z.abs().max(1e-6);
        let (left, top) = (AHEAD.0 + FOCAL * x / z, AHEAD.1 - FOCAL * y / z);
        let inside = (0.0..FRAME.0).contains(&left) && (0.0..FRAME.1).contains(&top);
        let color = if inside { self.pixel(left, top) } else { self.beyond(x, y, z) };
        color.map(|channel| {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "bounded by the clamp")]
            let byte = channel.round().clamp(0.0, 255.0) as u8;
            byte
        })
    }

    /// What a ray meets outside of the picture.
    fn beyond(&self, x: f64, y: f64, z: f64) -> [f64; 3] {
        let to_side = SIDE / x.abs().max(1e-9);
        let to_level = if y < 0.0 { EYE / -y } else { (HEIGHT - EYE) / y.max(1e-9) };
        if to_side < to_level {
            // A wall goes on along itself, at the same height.
            let depth = FOCAL * SIDE / AHEAD.0;
            let high = y * to_side;
            return self.pixel(AHEAD.0 + AHEAD.0 * x.signum() * 0.999, AHEAD.1 - FOCAL * high / depth);
        }
        let (from, base, edge) =
            if y < 0.0 { (-EYE, self.floor, FRAME.1 - 1.0) } else { (HEIGHT - EYE, self.ceiling, 0.0) };
        // Where the level leaves the picture, and how far nearer the ray meets it.
        let depth = (FOCAL * from.abs() / (edge - AHEAD.1).abs()).max(0.3);
        let across = x * to_level;
        let seen = self.pixel(AHEAD.0 + FOCAL * across / depth, edge);
        let nearer = (depth - z * to_level).max(0.0);
        let share = (nearer / FADE).min(1.0);
        std::array::from_fn(|n| seen[n] * (1.0 - share) + base[n] * share)
    }

    /// The picture at a place of the frame, between its pixels; the edge beyond it.
    fn pixel(&self, x: f64, y: f64) -> [f64; 3] {
        let scale = f64::from(self.pixels.width) / FRAME.0;
        let (width, height) = (f64::from(self.pixels.width) - 1.0, f64::from(self.pixels.height) - 1.0);
        let (x, y) = ((x * scale - 0.5).clamp(0.0, width), (y * scale - 0.5).clamp(0.0, height));
        let (left, top) = (x.floor(), y.floor());
        let at = |x: f64, y: f64, channel: usize| {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to the picture")]
            let place = (y.min(height) as usize * self.pixels.width as usize + x.min(width) as usize) * 4 + channel;
            f64::from(self.pixels.rgba[place])
        };
        let (right, below) = (x - left, y - top);
        std::array::from_fn(|channel| {
            let upper = at(left, top, channel) * (1.0 - right) + at(left + 1.0, top, channel) * right;
            let lower = at(left, top + 1.0, channel) * (1.0 - right) + at(left + 1.0, top + 1.0, channel) * right;
            upper * (1.0 - below) + lower * below
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FLAT: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 640 480\"><rect width=\"640\" height=\"206\" fill=\"#204060\"/><rect y=\"206\" width=\"640\" height=\"274\" fill=\"#806040\"/></svg>";

    #[test]
    fn ahead_is_the_picture_and_all_around_goes_on_from_it() {
        let scene = Scene::new(raster(FLAT, 640).expect("draws"));
        // Half above the horizon, half below, in every direction.
        for turn in 0..16 {
            let yaw = f64::from(turn) / 16.0 * std::f64::consts::TAU;
            let look = |pitch: f64| scene.towards(yaw.sin() * pitch.cos(), pitch.sin(), yaw.cos() * pitch.cos());
            assert_eq!(look(0.2), [0x20, 0x40, 0x60], "{yaw}");
            assert_eq!(look(-0.2), [0x80, 0x60, 0x40], "{yaw}");
        }
        assert_eq!(scene.towards(0.0, -1.0, 0.0), [0x80, 0x60, 0x40]);
        assert_eq!(scene.towards(0.0, 1.0, 0.0), [0x20, 0x40, 0x60]);
    }

    #[test]
    fn a_panorama_is_a_png_twice_as_wide_as_high() {
        let bytes = png_panorama(FLAT).expect("draws");
        let size = |at: usize| u32::from_be_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]]);
        assert_eq!((size(16), size(20)), PANORAMA_SIZE);
        assert_eq!(size(16), 2 * size(20));
    }
}

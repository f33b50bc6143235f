//! From the globe to a drawing: Web Mercator, and where markers find room.

use domain::geo::{Datum, Position};
use std::f64::consts::PI;

/// A part of the map as a drawing of so many pixels.
#[derive(Clone, Copy, Debug)]
pub(super) struct Frame {
    /// Pixels of the whole world.
    world: f64,
    /// World pixels of the left and the upper edge.
    left: f64,
    top: f64,
    size: (f64, f64),
    datum: Datum,
    /// How far the datum lies from WGS-84 here, in degrees.
    shift: (f64, f64),
}

/// How a marker is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Spot {
    /// With its words.
    Label { x: f64, y: f64, width: f64 },
    /// As a dot with a number, where there is no room for words.
    Dot { x: f64, y: f64 },
}

/// A picture of a provider, and where it goes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Tile {
    pub z: u32,
    pub x: i64,
    pub y: i64,
    pub left: f64,
    pub top: f64,
    pub size: f64,
}

/// The closest and the widest view, as powers of two.
const ZOOM: (f64, f64) = (8.0, 16.0);
const TILE: f64 = 256.0;
/// Room around the outermost points, of each side.
const MARGIN: f64 = 0.16;

impl Frame {
    /// The closest view of all points; `None` without any.
    pub(super) fn around(points: &[Position], size: (f64, f64), datum: Datum) -> Option<Self> {
        let first = *points.first()?;
        let unit: Vec<(f64, f64)> = points.iter().map(|p| mercator(*p, datum)).collect();
        let ends = |part: fn(&(f64, f64)) -> f64| {
            unit.iter().map(part).fold((f64::MAX, f64::MIN), |(low, high), v| (low.min(v), high.max(v)))
        };
        let ((west, east), (north, south)) = (ends(|p| p.0), ends(|p| p.1));
        let fit = |span: f64, pixels: f64| (pixels * (1.0 - 2.0 * MARGIN) / span.max(1e-9) / TILE).log2();
        let zoom = fit(east - west, size.0).min(fit(south - north, size.1)).clamp(ZOOM.0, ZOOM.1);
        let world = TILE * zoom.exp2();
        let (gps, own) = (first.degrees(Datum::Wgs84), first.degrees(datum));
        Some(Self {
            world,
            left: f64::midpoint(west, east) * world - size.0 / 2.0,
            top: f64::midpoint(north, south) * world - size.1 / 2.0,
            size,
            datum,
            shift: (own.0 - gps.0, own.1 - gps.1),
        })
    }

    /// Where a point is drawn.
    pub(super) fn at(&self, position: Position) -> (f64, f64) {
        let (x, y) = mercator(position, self.datum);
        (x * self.world - self.left, y * self.world - self.top)
    }

    pub(super) fn width(&self) -> f64 {
        self.size.0
    }

    pub(super) fn height(&self) -> f64 {
        self.size.1
    }

    /// Whether a drawn point is in sight.
    pub(super) fn sees(&self, (x, y): (f64, f64)) -> bool {
        (0.0..=self.size.0).contains(&x) && (0.0..=self.size.1).contains(&y)
    }

    /// What a script needs to find the degrees of a pixel: world size, upper and left edge.
    pub(super) fn for_scripts(&self) -> (String, String, String) {
        (format!("{:.3}", self.world), format!("{:.3}", self.top), format!("{:.3}", self.left))
    }

    /// What to take from degrees of the drawing for WGS-84; good to a metre or two within a city.
    pub(super) fn shift(&self) -> String {
        format!("{:.6},{:.6}", self.shift.0, self.shift.1)
    }

    /// Lines about 90 pixels apart, to feel the scale by.
    pub(super) fn grid(&self) -> Vec<(Option<f64>, Option<f64>)> {
        let lines = |length: f64| {
            let n = (length / 90.0).floor();
            let step = length / n.max(1.0);
            (1..).map(move |k| f64::from(k) * step).take_while(move |at| *at < length - 1.0)
        };
        let vertical = lines(self.size.0).map(|x| (Some(x), None));
        vertical.chain(lines(self.size.1).map(|y| (None, Some(y)))).collect()
    }

    /// The pictures that cover the frame.
    pub(super) fn tiles(&self) -> Vec<Tile> {
        let zoom = (self.world / TILE).log2().ceil().clamp(0.0, 18.0);
        let size = self.world / zoom.exp2();
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "tile numbers are small")]
        let (z, numbers) = (zoom as u32, |from: f64, length: f64| {
            let first = (from / size).floor() as i64;
            first..=((from + length) / size).floor() as i64
        });
        let mut tiles = Vec::new();
        for x in numbers(self.left, self.size.0) {
            for y in numbers(self.top, self.size.1) {
                #[expect(clippy::cast_precision_loss, reason = "tile numbers are small")]
                let (left, top) = (x as f64 * size - self.left, y as f64 * size - self.top);
                tiles.push(Tile { z, x, y, left, top, size });
            }
        }
        tiles
    }

    /// A place for every marker that is located, the first ones with their words.
    pub(super) fn spots<'a>(
        &self,
        markers: impl Iterator<Item = (Option<Position>, &'a str, &'a str)>,
    ) -> Vec<Option<Spot>> {
        let mut taken: Vec<[f64; 4]> = Vec::new();
        let mut place = |at: Option<Position>, name: &str, line: &str| {
            let (x, y) = self.at(at?);
            let width = wide(name, 14.0).max(wide(line, 12.0)) + 20.0;
            // Words stay within the frame.
            let inside = x.clamp(width / 2.0 + 4.0, self.size.0 - width / 2.0 - 4.0);
            let y = y.clamp(26.0, self.size.1 - 26.0);
            let own = [inside - width / 2.0, y - 22.0, inside + width / 2.0, y + 22.0];
            let free = taken.iter().all(|t| own[0] > t[2] || own[2] < t[0] || own[1] > t[3] || own[3] < t[1]);
            Some(if free {
                taken.push(own);
                Spot::Label { x: inside, y, width }
            } else {
                Spot::Dot { x: x.clamp(16.0, self.size.0 - 16.0), y: beside(&taken, x, y) }
            })
        };
        markers.map(|(at, name, line)| place(at, name, line)).collect()
    }
}

/// The height at which a dot covers no words: over or under the label it would lie on.
fn beside(taken: &[[f64; 4]], x: f64, y: f64) -> f64 {
    const ROOM: f64 = 17.0;
    let over = taken.iter().find(|t| x > t[0] - ROOM && x < t[2] + ROOM && y > t[1] - ROOM && y < t[3] + ROOM);
    match over {
        Some(t) if y - t[1] < t[3] - y => t[1] - ROOM,
        Some(t) => t[3] + ROOM,
        None => y,
    }
}

/// Width of words at a size, roughly.
fn wide(words: &str, size: f64) -> f64 {
    words.chars().map(|c| if c > '\u{2e7f}' { size } else { size * 0.58 }).sum()
}

/// Web Mercator, the world from 0 to 1.
fn mercator(position: Position, datum: Datum) -> (f64, f64) {
    let (lat, lon) = position.degrees(datum);
    let sine = (lat.clamp(-85.0, 85.0) * PI / 180.0).sin();
    (lon / 360.0 + 0.5, 0.5 - ((1.0 + sine) / (1.0 - sine)).ln() / (4.0 * PI))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(lat_e6: i32, lon_e6: i32) -> Position {
        Position { lat_e6, lon_e6 }
    }

    #[test]
    fn all_points_are_in_sight_with_room_around() {
        let points = [at(31_100_000, 121_300_000), at(31_300_000, 121_600_000), at(31_200_000, 121_700_000)];
        for size in [(900.0, 600.0), (380.0, 440.0)] {
            for datum in [Datum::Wgs84, Datum::Gcj02] {
                let frame = Frame::around(&points, size, datum).expect("a frame");
                for point in points {
                    let (x, y) = frame.at(point);
                    assert!(x > size.0 * 0.1 && x < size.0 * 0.9 && y > size.1 * 0.1 && y < size.1 * 0.9);
                }
                let tiles = frame.tiles();
                // A picture is drawn at 128 to 256 pixels: nine by six of them at most.
                assert!(tiles.len() <= 54 && tiles.iter().any(|t| t.left <= 0.0 && t.top <= 0.0));
                assert!(tiles.iter().any(|t| t.left + t.size >= size.0 && t.top + t.size >= size.1));
            }
        }
        assert!(Frame::around(&[], (900.0, 600.0), Datum::Wgs84).is_none());
        assert!(Frame::around(&points[..1], (900.0, 600.0), Datum::Wgs84).is_some());
    }

    #[test]
    fn words_do_not_lie_over_words() {
        let points: Vec<_> =
            (0..300).map(|n| at(31_200_000 + n * 13 % 40_000, 121_400_000 + n * 7919 % 60_000)).collect();
        let frame = Frame::around(&points, (900.0, 600.0), Datum::Wgs84).expect("a frame");
        let spots = frame.spots(points.iter().map(|p| (Some(*p), "世纪公园", "44 套 · 7.5 万")));
        let labels: Vec<_> = spots
            .iter()
            .filter_map(|s| match s {
                Some(Spot::Label { x, y, width }) => Some((*x, *y, *width)),
                _ => None,
            })
            .collect();
        assert!(labels.len() > 5);
        for (n, a) in labels.iter().enumerate() {
            for b in &labels[n + 1..] {
                assert!((a.0 - b.0).abs() >= f64::midpoint(a.2, b.2) - 0.1 || (a.1 - b.1).abs() >= 44.0);
            }
        }
        assert_eq!(frame.spots(std::iter::once((None, "", ""))), [None]);
    }
}

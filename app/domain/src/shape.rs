//! A ring drawn on the map by hand (画圈找房).

use crate::geo::Position;
use std::fmt;

/// A closed ring of 3 to 24 points; the last is joined to the first.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Shape(Vec<Position>);

impl Shape {
    /// So many points are enough for a hand; more are thinned out by whoever draws.
    pub const MOST: usize = 24;

    /// A ring of these points; `None` for too few or too many.
    pub fn new(points: Vec<Position>) -> Option<Self> {
        (3..=Self::MOST).contains(&points.len()).then_some(Self(points))
    }

    /// Reads `31.2301_121.4702~31.24_121.48~…`, WGS-84.
    pub fn parse(text: &str) -> Option<Self> {
        let point = |text: &str| {
            let (lat, lon) = text.split_once('_')?;
            let degrees = |text: &str| {
                let plain = text.bytes().all(|b| b.is_ascii_digit() || b == b'.' || b == b'-') && text.len() <= 12;
                text.parse::<f64>().ok().filter(|_| plain)
            };
            Position::from_degrees(crate::geo::Datum::Wgs84, degrees(lat)?, degrees(lon)?)
        };
        if text.len() > 600 {
            return None;
        }
        Self::new(text.split('~').map(point).collect::<Option<Vec<_>>>()?)
    }

    /// The points in order.
    pub fn points(&self) -> &[Position] {
        &self.0
    }

    /// Whether a point lies inside, by the number of sides that a line to the east crosses.
    pub fn holds(&self, at: Position) -> bool {
        let (x, y) = (i128::from(at.lon_e6), i128::from(at.lat_e6));
        let sides = self.0.iter().zip(self.0.iter().cycle().skip(1));
        let crossed = sides.filter(|(a, b)| {
            let (ax, ay) = (i128::from(a.lon_e6), i128::from(a.lat_e6));
            let (bx, by) = (i128::from(b.lon_e6), i128::from(b.lat_e6));
            // The side spans the height of the point, and meets it to the east of it: without a division.
            let (left, right) = ((x - ax) * (by - ay), (bx - ax) * (y - ay));
            (ay > y) != (by > y) && if by > ay { left < right } else { left > right }
        });
        crossed.count() % 2 == 1
    }
}

/// With four decimals, which is eleven metres.
impl fmt::Display for Shape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (nth, point) in self.0.iter().enumerate() {
            let (lat, lon) = point.degrees(crate::geo::Datum::Wgs84);
            write!(f, "{}{lat:.4}_{lon:.4}", if nth == 0 { "" } else { "~" })?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(lat_e6: i32, lon_e6: i32) -> Position {
        Position { lat_e6, lon_e6 }
    }

    #[test]
    fn a_point_is_inside_or_not_also_in_a_ring_with_a_bay() {
        // A U, open to the north.
        let ring = "31.0_121.0~31.0_121.3~31.3_121.3~31.3_121.2~31.1_121.2~31.1_121.1~31.3_121.1~31.3_121.0";
        let shape = Shape::parse(ring).expect("a ring");
        assert!(shape.holds(at(31_050_000, 121_150_000)) && shape.holds(at(31_200_000, 121_050_000)));
        assert!(!shape.holds(at(31_200_000, 121_150_000)) && !shape.holds(at(31_400_000, 121_050_000)));
        assert!(!shape.holds(at(31_050_000, 121_350_000)) && !shape.holds(at(31_050_000, 120_950_000)));
        assert_eq!(Shape::parse(&shape.to_string()), Some(shape));
    }

    #[test]
    fn other_texts_are_no_ring() {
        let many = vec!["31_121"; 25].join("~");
        for bad in ["", "31_121~31_122", "31_121~x_122~31_123", "31_121~31_1e2~32_121", "131_121~1_1~2_2", &many] {
            assert_eq!(Shape::parse(bad), None, "{bad}");
        }
    }

    proptest! {
        #[test]
        fn a_box_holds_what_lies_between_its_sides(x in 0_i32..100, y in 0_i32..100) {
            let shape = Shape::new(vec![at(20, 20), at(20, 70), at(70, 70), at(70, 20)]).expect("a ring");
            let inside = (20..70).contains(&x) && (20..70).contains(&y);
            prop_assert_eq!(shape.holds(at(y, x)), inside);
        }
    }
}

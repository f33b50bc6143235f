//! Where things are: positions, distances, and the three ways in which Chinese maps write coordinates.
//!
//! Everything is kept in WGS-84. Maps published in China are in GCJ-02, those of Baidu in BD-09, which lies on top of
//! it. The official shift is not published; the approximation used everywhere is good to a few metres, and its
//! inverse is found by iteration to far below that.

use std::f64::consts::PI;

/// A point in WGS-84, in 1e-6 degrees: a tenth of a metre.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Position {
    /// North.
    pub lat_e6: i32,
    /// East.
    pub lon_e6: i32,
}

coded_enum! {
    /// How a coordinate is written.
    Datum {
        /// GPS, and everything stored here.
        Wgs84 = "wgs84",
        /// 国测局: Amap, Tencent.
        Gcj02 = "gcj02",
        /// 百度
        Bd09 = "bd09",
    }
}

/// Axis and squared eccentricity of the Krasovsky ellipsoid, on which the shift is reckoned.
const AXIS: f64 = 6_378_245.0;
const ECCENTRICITY: f64 = 0.006_693_421_622_965_943;
/// Baidu's turn.
const TURN: f64 = PI * 3000.0 / 180.0;
const EARTH_METRES: f64 = 6_371_008.8;

impl Position {
    /// A point from degrees in a datum; `None` outside the globe.
    pub fn from_degrees(datum: Datum, lat: f64, lon: f64) -> Option<Self> {
        if !(lat.is_finite() && lon.is_finite() && lat.abs() <= 90.0 && lon.abs() <= 180.0) {
            return None;
        }
        let (lat, lon) = match datum {
            Datum::Wgs84 => (lat, lon),
            Datum::Gcj02 => unshifted(lat, lon),
            Datum::Bd09 => {
                let (lat, lon) = from_baidu(lat, lon);
                unshifted(lat, lon)
            }
        };
        Some(Self { lat_e6: e6(lat), lon_e6: e6(lon) })
    }

    /// Degrees in a datum.
    pub fn degrees(self, datum: Datum) -> (f64, f64) {
        let (lat, lon) = (f64::from(self.lat_e6) / 1e6, f64::from(self.lon_e6) / 1e6);
        match datum {
            Datum::Wgs84 => (lat, lon),
            Datum::Gcj02 => shifted(lat, lon),
            Datum::Bd09 => {
                let (lat, lon) = shifted(lat, lon);
                to_baidu(lat, lon)
            }
        }
    }

    /// Metres to another point as the crow flies, rounded.
    pub fn metres_to(self, other: Self) -> i32 {
        let radians = |e6: i32| f64::from(e6) / 1e6 * PI / 180.0;
        let (a, b) = (radians(self.lat_e6), radians(other.lat_e6));
        let (north, east) = (b - a, radians(other.lon_e6) - radians(self.lon_e6));
        let h = (north / 2.0).sin().powi(2) + a.cos() * b.cos() * (east / 2.0).sin().powi(2);
        whole(2.0 * EARTH_METRES * h.sqrt().min(1.0).asin())
    }
}

#[expect(clippy::cast_possible_truncation, reason = "bounded by the globe")]
fn e6(degrees: f64) -> i32 {
    (degrees * 1e6).round() as i32
}

#[expect(clippy::cast_possible_truncation, reason = "half the earth is 20,000,000 metres")]
fn whole(metres: f64) -> i32 {
    metres.round() as i32
}

/// Outside this box the maps do not shift.
fn in_china(lat: f64, lon: f64) -> bool {
    (0.8293..=55.8271).contains(&lat) && (72.004..=137.8347).contains(&lon)
}

/// WGS-84 to GCJ-02.
fn shifted(lat: f64, lon: f64) -> (f64, f64) {
    if !in_china(lat, lon) {
        return (lat, lon);
    }
    let (x, y) = (lon - 105.0, lat - 35.0);
    let wave = |at: f64, a: f64, b: f64, c: f64| {
        (a * (at * PI).sin() + b * (at / 3.0 * PI).sin() + c * (at / 12.0 * PI).sin()) * 2.0 / 3.0
    };
    let common = (20.0 * (6.0 * x * PI).sin() + 20.0 * (2.0 * x * PI).sin()) * 2.0 / 3.0;
    let north = -100.0
        + 2.0 * x
        + 3.0 * y
        + 0.2 * y * y
        + 0.1 * x * y
        + 0.2 * x.abs().sqrt()
        + common
        + (20.0 * (y * PI).sin() + 40.0 * (y / 3.0 * PI).sin()) * 2.0 / 3.0
        + (160.0 * (y / 12.0 * PI).sin() + 320.0 * (y * PI / 30.0).sin()) * 2.0 / 3.0;
    let east = 300.0
        + x
        + 2.0 * y
        + 0.1 * x * x
        + 0.1 * x * y
        + 0.1 * x.abs().sqrt()
        + common
        + wave(x, 20.0, 40.0, 150.0)
        + 300.0 * (x / 30.0 * PI).sin() * 2.0 / 3.0;
    let radians = lat / 180.0 * PI;
    let magic = 1.0 - ECCENTRICITY * radians.sin().powi(2);
    let lat = lat + north * 180.0 / (AXIS * (1.0 - ECCENTRICITY) / (magic * magic.sqrt()) * PI);
    (lat, lon + east * 180.0 / (AXIS / magic.sqrt() * radians.cos() * PI))
}

/// GCJ-02 to WGS-84, by looking for the point that is shifted there.
fn unshifted(lat: f64, lon: f64) -> (f64, f64) {
    let mut guess = (lat, lon);
    for _ in 0..8 {
        let there = shifted(guess.0, guess.1);
        guess = (guess.0 + lat - there.0, guess.1 + lon - there.1);
    }
    guess
}

/// GCJ-02 to BD-09.
fn to_baidu(lat: f64, lon: f64) -> (f64, f64) {
    let radius = lon.hypot(lat) + 0.000_02 * (lat * TURN).sin();
    let angle = lat.atan2(lon) + 0.000_003 * (lon * TURN).cos();
    (radius * angle.sin() + 0.006, radius * angle.cos() + 0.0065)
}

/// BD-09 to GCJ-02, by looking for the point that is turned there.
fn from_baidu(lat: f64, lon: f64) -> (f64, f64) {
    let mut guess = (lat - 0.006, lon - 0.0065);
    for _ in 0..8 {
        let there = to_baidu(guess.0, guess.1);
        guess = (guess.0 + lat - there.0, guess.1 + lon - there.1);
    }
    guess
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_shift_is_a_few_hundred_metres_to_the_known_side() {
        // 人民广场, Shanghai: the maps of Amap lie about 0.0045° east and 0.0019° south of GPS.
        let square = Position { lat_e6: 31_231_000, lon_e6: 121_475_000 };
        let (lat, lon) = square.degrees(Datum::Gcj02);
        assert!((-0.0025..-0.0015).contains(&(lat - 31.231)), "{lat}");
        assert!((0.0040..0.0050).contains(&(lon - 121.475)), "{lon}");
        // Baidu adds its own 0.006° and 0.0065°, give or take its turn.
        let (north, east) = square.degrees(Datum::Bd09);
        assert!((0.005..0.007).contains(&(north - lat)) && (0.0055..0.0075).contains(&(east - lon)));
        // Abroad nothing is shifted.
        let paris = Position { lat_e6: 48_858_000, lon_e6: 2_294_000 };
        assert_eq!(paris.degrees(Datum::Gcj02), paris.degrees(Datum::Wgs84));
    }

    #[test]
    fn distances_are_in_metres() {
        let at = |lat_e6, lon_e6| Position { lat_e6, lon_e6 };
        assert_eq!(at(31_000_000, 121_000_000).metres_to(at(32_000_000, 121_000_000)), 111_195);
        assert_eq!(at(31_000_000, 121_000_000).metres_to(at(31_000_000, 121_000_000)), 0);
        let east = at(31_230_000, 121_470_000).metres_to(at(31_230_000, 121_480_000));
        assert!((949..=952).contains(&east), "{east}");
    }

    #[test]
    fn nonsense_is_nowhere() {
        for (lat, lon) in [(91.0, 0.0), (0.0, 181.0), (f64::NAN, 0.0), (0.0, f64::INFINITY)] {
            assert_eq!(Position::from_degrees(Datum::Wgs84, lat, lon), None);
        }
    }

    proptest! {
        #[test]
        fn every_datum_comes_back_to_the_tenth_of_a_metre(
            lat_e6 in 4_000_000_i32..53_000_000, lon_e6 in 74_000_000_i32..134_000_000, which in 0_usize..3
        ) {
            let position = Position { lat_e6, lon_e6 };
            let datum = Datum::ALL[which];
            let (lat, lon) = position.degrees(datum);
            let back = Position::from_degrees(datum, lat, lon).expect("on the globe");
            prop_assert!((back.lat_e6 - lat_e6).abs() <= 1 && (back.lon_e6 - lon_e6).abs() <= 1, "{:?}", back);
        }
    }
}

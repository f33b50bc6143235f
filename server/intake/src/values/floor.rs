//! Floors: the exact one, the band it lies in and the storeys of the building, in one cell or apart.

use super::{Reading, date, read};
use crate::text::{is_unknown, numeral};
use chrono::Datelike;
use domain::listing::FloorBand;

/// What a cell tells of a floor.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FloorRead {
    /// The exact floor; below ground is negative.
    pub floor: Option<i16>,
    /// The band.
    pub band: Option<FloorBand>,
    /// Storeys of the building.
    pub storeys: Option<i16>,
    /// A spreadsheet took `5/18` for a date.
    pub was_date: bool,
}

/// A floor: `低楼层 (共16层)`, `高楼层/共33层`, `5/18`, `第3层(共6层)`, `地下室`, `-1/6`.
pub fn floor(text: &str) -> Reading<FloorRead> {
    match parse(text) {
        Some(floor) => Reading::Known(floor),
        None if is_unknown(text) => Reading::Unknown,
        None => Reading::Unreadable,
    }
}

fn parse(text: &str) -> Option<FloorRead> {
    if let Reading::Known(day) = date::date(text)
        && text.contains('-')
    {
        let (floor, storeys) = (i16::try_from(day.month()).ok()?, i16::try_from(day.day()).ok()?);
        return Some(FloorRead { floor: Some(floor), band: None, storeys: Some(storeys), was_date: true });
    }
    let split = text.find(['(', '/', '共', '总', ' ', ',']).unwrap_or(text.len());
    let (head, tail) = text.split_at(split);
    let mut read = FloorRead { storeys: total(tail)?, ..FloorRead::default() };
    if let Some(band) = band(head) {
        read.band = Some(band);
    } else if !is_unknown(head) {
        let floor = exact(head)?;
        read.floor = Some(floor);
        read.band = (floor < 0).then_some(FloorBand::Basement);
    }
    (read != FloorRead::default()).then_some(read)
}

/// The storeys in what follows the floor; `Some(None)` where nothing follows.
fn total(tail: &str) -> Option<Option<i16>> {
    let inner = tail.trim_matches(['(', ')', ' ', ',', '/']);
    if inner.is_empty() {
        return Some(None);
    }
    let number = inner.trim_start_matches(['共', '总', '高', '楼', '层', '约', ':', ' ']);
    let (n, rest) = numeral(number)?;
    matches!(rest.trim(), "" | "层" | "楼" | "F" | "层楼").then_some(Some(storeys_of(n)?))
}

fn storeys_of(n: u32) -> Option<i16> {
    i16::try_from(n).ok().filter(|n| (1..=200).contains(n))
}

fn band(head: &str) -> Option<FloorBand> {
    Some(match head {
        "低楼层" | "低层" | "低区" | "低楼" | "低" | "low" | "Low" => FloorBand::Low,
        "中楼层" | "中层" | "中区" | "中楼" | "中" | "middle" | "Middle" => FloorBand::Middle,
        "高楼层" | "高层" | "高区" | "高楼" | "高" | "high" | "High" => FloorBand::High,
        "底层" | "底楼" | "首层" | "ground" | "Ground" => FloorBand::Ground,
        "顶层" | "顶楼" | "top" | "Top" => FloorBand::Top,
        "地下室" | "地下" | "半地下" | "半地下室" | "basement" | "Basement" => FloorBand::Basement,
        _ => return None,
    })
}

/// The Chinese word for a band.
pub const fn band_word(band: FloorBand) -> &'static str {
    match band {
        FloorBand::Basement => "地下室",
        FloorBand::Ground => "底层",
        FloorBand::Low => "低楼层",
        FloorBand::Middle => "中楼层",
        FloorBand::High => "高楼层",
        FloorBand::Top => "顶层",
    }
}

fn exact(head: &str) -> Option<i16> {
    let below = ["-", "负", "B", "b", "地下"].iter().find_map(|p| head.strip_prefix(p));
    let (n, rest) = numeral(below.unwrap_or(head.trim_start_matches('第')))?;
    if !matches!(rest, "" | "层" | "楼" | "F" | "f" | "层楼") {
        return None;
    }
    let n = i16::try_from(n).ok()?;
    match below {
        Some(_) => (1..=9).contains(&n).then_some(-n),
        None => (0..=200).contains(&n).then_some(n),
    }
}

/// The storeys of a building alone: `18`, `共18层`, `18层`.
pub fn storeys(text: &str) -> Reading<i16> {
    read(text, |text| {
        let text = text.strip_suffix(".0").unwrap_or(text);
        total(text).flatten()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn floors_are_read_in_all_their_spellings() {
        let banded = |band, storeys| FloorRead { band: Some(band), storeys, ..FloorRead::default() };
        let exact = |floor, storeys| FloorRead { floor: Some(floor), storeys, ..FloorRead::default() };
        for (text, expected) in [
            ("低楼层 (共16层)", banded(FloorBand::Low, Some(16))),
            ("高楼层/共33层", banded(FloorBand::High, Some(33))),
            ("中楼层(共7层)", banded(FloorBand::Middle, Some(7))),
            ("顶层/6层", banded(FloorBand::Top, Some(6))),
            ("地下室", banded(FloorBand::Basement, None)),
            ("地下室 (共6层)", banded(FloorBand::Basement, Some(6))),
            ("5/18", exact(5, Some(18))),
            ("5/18层", exact(5, Some(18))),
            ("第3层(共6层)", exact(3, Some(6))),
            ("3层/共6层", exact(3, Some(6))),
            ("六层", exact(6, None)),
            ("12F", exact(12, None)),
            ("6", exact(6, None)),
            ("未知 (共6层)", FloorRead { storeys: Some(6), ..FloorRead::default() }),
            ("共6层", FloorRead { storeys: Some(6), ..FloorRead::default() }),
            ("-1/6", FloorRead { band: Some(FloorBand::Basement), ..exact(-1, Some(6)) }),
            ("负一楼", FloorRead { band: Some(FloorBand::Basement), ..exact(-1, None) }),
            ("B1/20", FloorRead { band: Some(FloorBand::Basement), ..exact(-1, Some(20)) }),
            ("2023-05-18", FloorRead { was_date: true, ..exact(5, Some(18)) }),
        ] {
            assert_eq!(floor(text), Reading::Known(expected), "{text}");
        }
        for text in ["南", "239万", "999", "B20", "3室2厅", "共层", "低楼层(共999层)", "中间", "("] {
            assert_eq!(floor(text), Reading::Unreadable, "{text}");
        }
        assert_eq!(floor("暂无数据"), Reading::Unknown);
    }

    #[test]
    fn storeys_alone_are_read() {
        for text in ["18", "18层", "共18层", "总高18层", "18.0"] {
            assert_eq!(storeys(text), Reading::Known(18), "{text}");
        }
        assert_eq!(storeys("板楼"), Reading::Unreadable);
        assert_eq!(storeys("0"), Reading::Unreadable);
    }
}

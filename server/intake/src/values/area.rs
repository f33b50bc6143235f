//! Floor areas.

use super::number::{decimal, scaled};
use super::{Reading, read};
use domain::Area;
use domain::listing::AreaBasis;

/// An area, and what the cell itself says of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AreaRead {
    /// The area.
    pub area: Area,
    /// Whether the unit stands in the cell.
    pub stated: bool,
    /// Which area it is, where the cell says so (建面, 套内).
    pub basis: Option<AreaBasis>,
}

/// An area: `113.62㎡`, `62.0`, `建面约 113平方米`.
pub fn area(text: &str) -> Reading<AreaRead> {
    read(text, |text| {
        let mut text = text;
        let mut basis = None;
        while let Some((word, rest)) = ["建筑面积", "套内面积", "建面", "套内", "面积", "约", ":", " "]
            .iter()
            .find_map(|p| text.strip_prefix(p).map(|rest| (*p, rest)))
        {
            match word {
                "建筑面积" | "建面" => basis = Some(AreaBasis::Built),
                "套内面积" | "套内" => basis = Some(AreaBasis::Inner),
                _ => {}
            }
            text = rest;
        }
        let (digits, rest) = decimal(text)?;
        let unit = rest.trim().trim_end_matches("左右").trim_end();
        let stated = match unit {
            "" => false,
            "㎡" | "平米" | "平方米" | "平方" | "平" | "m²" | "m2" | "m^2" | "M2" | "M²" | "sqm" | "sq m"
            | "平方公尺" => true,
            _ => return None,
        };
        let area = i32::try_from(scaled(digits, 100)?).ok().map(Area)?;
        Some(AreaRead { area, stated: stated || basis.is_some(), basis })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn areas_are_read_with_and_without_unit() {
        for (text, hundredths, stated, basis) in [
            ("113.62㎡", 11_362, true, None),
            ("62.0", 6_200, false, None),
            ("98.5平米", 9_850, true, None),
            ("98 平方米", 9_800, true, None),
            ("90m²左右", 9_000, true, None),
            ("1,168㎡", 116_800, true, None),
            ("建面约113", 11_300, true, Some(AreaBasis::Built)),
            ("套内:88.2㎡", 8_820, true, Some(AreaBasis::Inner)),
        ] {
            let expected = AreaRead { area: Area(hundredths), stated, basis };
            assert_eq!(area(text), Reading::Known(expected), "{text}");
        }
        for text in ["89-120㎡", "239万", "㎡", "-62", "62.0.1", "99999999999㎡"] {
            assert_eq!(area(text), Reading::Unreadable, "{text}");
        }
        assert_eq!(area("暂无数据"), Reading::Unknown);
    }
}

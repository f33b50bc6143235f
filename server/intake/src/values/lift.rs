//! Lifts: how many to how many homes, and whether there is one.

use super::{Reading, read};
use crate::text::numeral;
use domain::listing::LiftRatio;

/// Lifts to homes on a floor: `一梯两户`, `两梯十二户`, `2T4H`, `2梯4`.
pub fn lift_ratio(text: &str) -> Reading<LiftRatio> {
    if text == "无" {
        return Reading::Unknown;
    }
    read(text, |text| {
        let (lifts, rest) = numeral(text)?;
        let (homes, rest) = numeral(rest.strip_prefix(['梯', 'T', 't'])?)?;
        let (lifts, homes) = (u16::try_from(lifts).ok()?, u16::try_from(homes).ok()?);
        let ok = matches!(rest, "" | "户" | "H" | "h") && lifts <= 100 && (1..=1000).contains(&homes);
        ok.then_some(LiftRatio { lifts, homes })
    })
}

/// Yes or no: `有`, `无`, `是`, `否`, `有电梯`, `true`.
pub fn yes_no(text: &str) -> Reading<bool> {
    read(text, |text| {
        Some(match text {
            "有" | "是" | "有电梯" | "带电梯" | "Y" | "y" | "1" | "唯一" | "家庭唯一" => true,
            "无" | "否" | "无电梯" | "没有" | "N" | "n" | "0" | "不唯一" | "非唯一" => false,
            word if ["yes", "true"].iter().any(|w| w.eq_ignore_ascii_case(word)) => true,
            word if ["no", "false"].iter().any(|w| w.eq_ignore_ascii_case(word)) => false,
            _ => return None,
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ratios_are_read_in_digits_and_words() {
        for (text, lifts, homes) in [
            ("一梯两户", 1, 2),
            ("两梯十二户", 2, 12),
            ("四梯二十五户", 4, 25),
            ("两梯一百四十五户", 2, 145),
            ("2T4H", 2, 4),
            ("2梯4户", 2, 4),
        ] {
            assert_eq!(lift_ratio(text), Reading::Known(LiftRatio { lifts, homes }), "{text}");
        }
        for text in ["梯户", "两梯", "板楼", "2:4", "一梯零户"] {
            assert_eq!(lift_ratio(text), Reading::Unreadable, "{text}");
        }
        assert_eq!(lift_ratio("None"), Reading::Unknown);
    }

    #[test]
    fn yes_and_no_are_told_from_unknown() {
        assert_eq!(yes_no("有"), Reading::Known(true));
        assert_eq!(yes_no("无"), Reading::Known(false));
        assert_eq!(yes_no("FALSE"), Reading::Known(false));
        assert_eq!(yes_no("暂无数据"), Reading::Unknown);
        assert_eq!(yes_no("板楼"), Reading::Unreadable);
    }
}

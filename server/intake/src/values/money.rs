//! Prices and unit prices.

use super::number::{decimal, scaled};
use super::{Reading, read};
use domain::{Fen, UnitPrice};

worded_enum! {
    /// What a number without a unit is counted in.
    Unit {
        Yuan = "yuan", "元", "yuan";
        Wan = "wan", "万元", "10,000 yuan";
    }
}

impl Unit {
    /// Fen in one of it.
    pub const fn fen(self) -> i64 {
        match self {
            Self::Yuan => 100,
            Self::Wan => Fen::WAN,
        }
    }
}

/// An amount, and whether the cell itself names the unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Amount {
    /// The amount.
    pub fen: Fen,
    /// Whether the unit stands in the cell.
    pub stated: bool,
}

/// A price: `239万`, `1.2亿`, `1亿2000万`, `2,390,000元`, or a number in the unit given.
pub fn price(text: &str, bare: Unit) -> Reading<Amount> {
    read(text, |text| {
        let (mut text, stated_before) = amount_text(text);
        let (mut fen, mut stated) = (0_i64, stated_before);
        loop {
            let (digits, rest) = decimal(text)?;
            let (unit, rest) = price_unit(rest.trim_start());
            stated |= unit.is_some();
            fen = fen.checked_add(scaled(digits, unit.unwrap_or(bare.fen()))?)?;
            match rest.trim() {
                "" | "元" | "rmb" | "/套" | "左右" | "起" | "整" | "元/套" => break,
                // 1亿2000万: smaller units follow larger ones.
                rest if unit == Some(YI) && rest.starts_with(|c: char| c.is_ascii_digit()) => text = rest,
                _ => return None,
            }
        }
        Some(Amount { fen: Fen(fen), stated })
    })
}

const YI: i64 = Fen::WAN * 10_000;

/// Takes off what stands before an amount, and says whether that names the unit.
fn amount_text(text: &str) -> (&str, bool) {
    let mut text = text;
    let mut stated = false;
    while let Some(rest) = ["约", "总价", "售价", "报价", "挂牌价", "单价", "均价", ":", "¥", "RMB", "CNY", " "]
        .iter()
        .find_map(|p| text.strip_prefix(p).map(|rest| (*p, rest)))
    {
        stated |= matches!(rest.0, "¥" | "RMB" | "CNY");
        text = rest.1;
    }
    (text, stated)
}

/// The unit at the beginning of a text, in fen.
fn price_unit(text: &str) -> (Option<i64>, &str) {
    for (word, fen) in [
        ("亿元", YI),
        ("亿", YI),
        ("千万", Fen::WAN * 1000),
        ("百万", Fen::WAN * 100),
        ("万元", Fen::WAN),
        ("万", Fen::WAN),
        ("w", Fen::WAN),
        ("W", Fen::WAN),
        ("元", 100),
    ] {
        if let Some(rest) = text.strip_prefix(word) {
            return (Some(fen), rest);
        }
    }
    (None, text)
}

/// A unit price and whether the cell itself names the unit: `21036元/平米`, `104,569元/平`, `2.1万/㎡`, or a
/// number in the unit given.
pub fn unit_price(text: &str, bare: Unit) -> Reading<(UnitPrice, bool)> {
    read(text, |text| {
        let (text, mut stated) = amount_text(text);
        let (digits, rest) = decimal(text)?;
        let (unit, rest) = price_unit(rest.trim_start());
        stated |= unit.is_some();
        let rest = rest.trim();
        let per_area = rest.strip_prefix(['/', '每']).map(str::trim_start);
        let ok = match per_area {
            Some(area) => {
                let area = area.trim_end_matches("左右").trim_end();
                matches!(
                    area,
                    "平" | "平米" | "平方" | "平方米" | "㎡" | "m²" | "m2" | "m^2" | "sqm" | "M2" | "M²" | "平方公尺"
                )
            }
            None => rest.is_empty() || rest == "左右",
        };
        let fen = scaled(digits, unit.unwrap_or(if per_area.is_some() { 100 } else { bare.fen() }))?;
        ok.then_some((UnitPrice(fen), stated || per_area.is_some()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prices_are_read_in_every_unit() {
        for (text, fen, stated) in [
            ("239万", 239_000_000, true),
            ("650 万", 650_000_000, true),
            ("232.5万元", 232_500_000, true),
            ("1.2亿", 12_000_000_000, true),
            ("1亿2000万", 12_000_000_000, true),
            ("2390000", 239_000_000, false),
            ("2,390,000元", 239_000_000, true),
            ("¥2390000", 239_000_000, true),
            ("总价:239万/套", 239_000_000, true),
            ("约239w", 239_000_000, true),
            ("3百万", 300_000_000, true),
            ("0", 0, false),
        ] {
            assert_eq!(price(text, Unit::Yuan), Reading::Known(Amount { fen: Fen(fen), stated }), "{text}");
        }
        assert_eq!(price("239", Unit::Wan).known().map(|a| a.fen), Some(Fen::from_wan(239)));
        for text in ["239-250万", "89㎡", "239万元/平", "-5万", "十万", "1e6", "9999999999999999999亿", "1.2.3万"]
        {
            assert_eq!(price(text, Unit::Yuan), Reading::Unreadable, "{text}");
        }
        assert_eq!(price("面议", Unit::Yuan), Reading::Unknown);
    }

    #[test]
    fn unit_prices_are_read_in_every_unit() {
        for (text, fen, stated) in [
            ("21036元/平米", 2_103_600, true),
            ("104,569元/平", 10_456_900, true),
            ("2.1万/㎡", 2_100_000, true),
            ("2.1万元/平方米", 2_100_000, true),
            ("单价 21036元/平米", 2_103_600, true),
            ("21036/㎡", 2_103_600, true),
            ("21036", 2_103_600, false),
            ("104838.70967741935", 10_483_871, false),
        ] {
            assert_eq!(unit_price(text, Unit::Yuan), Reading::Known((UnitPrice(fen), stated)), "{text}");
        }
        for text in ["2.95元/m3", "89㎡", "2.1万/月", "元/平"] {
            assert_eq!(unit_price(text, Unit::Yuan), Reading::Unreadable, "{text}");
        }
        assert_eq!(unit_price("暂无数据", Unit::Yuan), Reading::Unknown);
    }
}

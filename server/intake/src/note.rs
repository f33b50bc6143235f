//! What is said about a row: repaired, doubted or refused, and why.

use crate::field::Field;
use crate::text::{cut, holds_mobile};
use domain::Lang;
use serde::{Deserialize, Serialize};

worded_enum! {
    /// How much a note weighs.
    Severity {
        /// The row is not taken in.
        Refused = "refused", "拒收", "refused";
        /// Taken in, changed in a way that leaves no doubt.
        Repaired = "repaired", "已修正", "repaired";
        /// Taken in; somebody should look.
        Doubtful = "doubtful", "存疑", "doubtful";
    }
}

macro_rules! note_codes {
    ($($severity:ident { $($variant:ident = $code:literal, $zh:literal, $en:literal;)+ })+) => {
        worded_enum! {
            /// What is said about a row. The label is a sentence with `{c}` for the column, `{t}` for the original
            /// text and `{m}` for what was made of it.
            NoteCode { $($($variant = $code, $zh, $en;)+)+ }
        }

        impl NoteCode {
            /// How much it weighs.
            pub const fn severity(self) -> Severity {
                match self { $($(Self::$variant)|+ => Severity::$severity),+ }
            }
        }
    };
}

note_codes! {
    Refused {
        HeaderLine = "header_line", "这一行是表头，不是数据", "this line repeats the header; it is no row";
        RowLong = "row_long", "比表头多出单元格（{m}），内容可能错位", "more cells than the header ({m}); they may have shifted";
        TooManyColumns = "too_many_columns", "列数超过上限", "more columns than allowed";
        CellTooLong = "cell_too_long", "单元格超过长度上限", "a cell is longer than allowed";
        RowTooLong = "row_too_long", "这一行超过长度上限", "the row is longer than allowed";
        QuoteOpen = "quote_open", "引号没有成对", "a quotation mark is opened and never closed";
        PriceMissing = "price_missing", "没有总价（{c}「{t}」）", "no price ({c} “{t}”)";
        PriceUnreadable = "price_unreadable", "{c}「{t}」不是总价", "{c} “{t}” is not a price";
        PriceImplausible = "price_implausible", "总价不合理：{c}「{t}」（{m}）", "no home costs this: {c} “{t}” ({m})";
        AreaMissing = "area_missing", "没有建筑面积（{c}「{t}」）", "no built area ({c} “{t}”)";
        AreaUnreadable = "area_unreadable", "{c}「{t}」不是面积", "{c} “{t}” is not an area";
        AreaImplausible = "area_implausible", "建筑面积不合理：{c}「{t}」", "no home is of this size: {c} “{t}”";
        PriceAreaMismatch = "price_area_mismatch", "总价与面积不相称，合每平米 {m}", "price and area do not go together: {m} per ㎡";
        PriceAreaSwapped = "price_area_swapped", "总价与面积像是填反了：{c}「{t}」", "price and area look swapped: {c} “{t}”";
        CommunityMissing = "community_missing", "没有小区名称（{c}「{t}」）", "no community ({c} “{t}”)";
        OtherCity = "other_city", "这一行写的城市是 {m}，不是要导入的城市", "this row names another city: {m}";
        CommunityVoid = "community_void", "「{t}」不是小区名称", "“{t}” is not the name of a community";
    }
    Repaired {
        StrayQuote = "stray_quote", "多余的引号已去掉", "a stray quotation mark was taken off";
        ControlCharacters = "control_characters", "{c} 里的控制字符已去掉", "control characters in {c} were taken out";
        PriceSlip = "price_slip", "{c}「{t}」按单价核对，应为 {m}", "{c} “{t}” is {m}, as the unit price proves";
        SwappedPriceArea = "swapped_price_area", "总价与面积填反，已对调：{m}", "price and area were swapped and are put right: {m}";
        UnitPriceInWan = "unit_price_in_wan", "{c}「{t}」的单位是万元", "{c} “{t}” is in 10,000 yuan";
        VerifyCodeLabelRemoved = "verify_code_label_removed", "{c}「{t}」去掉说明文字，核验码是 {m}", "{c} “{t}” holds a label too; the code is {m}";
        VerifyCodeLabelOnly = "verify_code_label_only", "{c}「{t}」只有说明文字，没有核验码", "{c} “{t}” holds only a label and no code";
        BuiltYearDropped = "built_year_dropped", "{c}「{t}」不可能是建成年代，不采用", "{c} “{t}” cannot be a year built; left out";
        NameTidied = "name_tidied", "{c}「{t}」去掉多余符号，为「{m}」", "{c} “{t}” is tidied to “{m}”";
        CoordinatesSwapped = "coordinates_swapped", "经纬度填反，已对调", "latitude and longitude were swapped and are put right";
    }
    Doubtful {
        RowShort = "row_short", "比表头少单元格（{m}），缺的按空处理", "fewer cells than the header ({m}); the missing ones count as empty";
        UnreadableCharacters = "unreadable_characters", "{c}「{t}」有无法识别的字符", "{c} “{t}” has characters that could not be read";
        NotUnderstood = "not_understood", "{c}「{t}」看不懂，原样保留", "{c} “{t}” was not understood; kept as it is";
        UnitPriceDisagrees = "unit_price_disagrees", "{c}「{t}」与总价÷面积不符（{m}），以总价和面积为准", "{c} “{t}” disagrees with price ÷ area ({m}), which count";
        InnerAreaExceeds = "inner_area_exceeds", "{c}「{t}」大于建筑面积 {m}，不采用", "{c} “{t}” is more than the built area {m}; left out";
        InnerAreaSmall = "inner_area_small", "{c}「{t}」不到建筑面积 {m} 的三成，不采用", "{c} “{t}” is under 30 % of the built area {m}; left out";
        InnerAreaImplausible = "inner_area_implausible", "{c}「{t}」不合理，不采用", "{c} “{t}” is not plausible; left out";
        FloorAboveStoreys = "floor_above_storeys", "{c}「{t}」高于总楼层 {m}，不采用", "{c} “{t}” lies above the {m} storeys; left out";
        StoreysImplausible = "storeys_implausible", "{c}「{t}」不可能是楼层，不采用", "{c} “{t}” cannot be a floor; left out";
        FloorFromDate = "floor_from_date", "{c}「{t}」被表格软件当成日期，按 {m} 读", "{c} “{t}” was made a date by a spreadsheet; read as {m}";
        RoomsMany = "rooms_many", "{c}「{t}」房间过多", "{c} “{t}” has very many rooms";
        FacingAmbiguous = "facing_ambiguous", "{c}「{t}」可有几种读法，按 {m} 读", "{c} “{t}” can be read in several ways; taken as {m}";
        HoldingContradicts = "holding_contradicts", "{c}「{t}」与上次交易 {m} 矛盾", "{c} “{t}” contradicts the last sale on {m}";
        DateImplausible = "date_implausible", "{c}「{t}」不可能，不采用", "{c} “{t}” cannot be; left out";
        LiftRatioOdd = "lift_ratio_odd", "{c}「{t}」梯多户少，请核对", "{c} “{t}” has more lifts than homes";
        VerifyCodeMissing = "verify_code_missing", "没有房源核验码", "no verification code";
        VerifyCodeOdd = "verify_code_odd", "{c}「{t}」不像核验码", "{c} “{t}” does not look like a verification code";
        CodeDigitsLost = "code_digits_lost", "{c}「{t}」被表格软件改成科学计数，位数已丢，不采用", "{c} “{t}” lost its digits in a spreadsheet; left out";
        CoordinatesOutside = "coordinates_outside", "{c}「{t}」不在国内，不采用", "{c} “{t}” lies outside the country; left out";
        DistrictMissing = "district_missing", "没有写明在哪个区", "no district";
        CircleMissing = "circle_missing", "没有写明商圈", "no business circle";
        NumberWithheld = "number_withheld", "{c} 里有手机号，整格不收入", "{c} holds a mobile number and was not taken in";
        CommunityMarked = "community_marked", "小区名「{t}」标着失效", "the community “{t}” is marked as void";
        LookAlike = "look_alike", "很像另一套房（{m}），请核对是否同一套", "looks like another home ({m}); check whether it is the same";
        AverageImplausible = "average_implausible", "{c}「{t}」不可能是均价，不采用", "{c} “{t}” cannot be an average unit price; left out";
    }
}

/// The longest piece of a cell that is quoted, in characters.
pub const QUOTED: usize = 64;

/// One thing said about a row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// What is said.
    pub code: NoteCode,
    /// The header of the column; empty where the whole row is meant.
    pub column: String,
    /// The original text, cut to [`QUOTED`] characters; `…` where it is private or holds a mobile number.
    pub text: String,
    /// What was made of it; empty where nothing was.
    pub made: String,
}

impl Note {
    /// A note on the whole row.
    pub fn row(code: NoteCode, made: impl Into<String>) -> Self {
        Self { code, column: String::new(), text: String::new(), made: made.into() }
    }

    /// A note on one cell. Private cells are not quoted.
    pub fn cell(code: NoteCode, field: Field, column: &str, text: &str, made: impl Into<String>) -> Self {
        let hidden = field.is_private() || holds_mobile(text);
        let text = if hidden { "…" } else { cut(text.trim(), QUOTED) };
        Self { code, column: cut(column, QUOTED).to_owned(), text: text.to_owned(), made: made.into() }
    }

    /// The sentence a person reads.
    pub fn text(&self, lang: Lang) -> String {
        // One pass, so that braces within a cell stay what they are.
        let mut out = String::new();
        let mut rest = self.code.label(lang);
        while let Some(at) = rest.find('{') {
            out.push_str(&rest[..at]);
            let (put, used) = match rest.get(at..at + 3) {
                Some("{c}") => (self.column.as_str(), 3),
                Some("{t}") => (self.text.as_str(), 3),
                Some("{m}") => (self.made.as_str(), 3),
                _ => ("{", 1),
            };
            out.push_str(put);
            rest = &rest[at + used..];
        }
        out.push_str(rest);
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_note_has_a_sentence_in_both_languages() {
        for code in NoteCode::ALL {
            let note = Note::cell(*code, Field::Price, "总价(万)", "{t}甲乙", "239 万");
            for lang in Lang::ALL {
                let text = note.text(*lang);
                assert!(text.chars().count() > 4 && !text.contains("{c}") && !text.contains("{m}"), "{code}: {text}");
                assert_eq!(text.contains("甲乙"), code.label(*lang).contains("{t}"), "{code}: {text}");
            }
            assert_ne!(note.text(Lang::Zh), note.text(Lang::En), "{code}");
            assert_eq!(NoteCode::from_code(code.code()), Some(*code));
        }
    }

    #[test]
    fn private_cells_are_not_quoted_and_long_ones_are_cut() {
        let note = Note::cell(NoteCode::NotUnderstood, Field::Mortgage, "抵押", "某银行", "");
        assert!(!note.text(Lang::Zh).contains("某银行"));
        let note = Note::cell(NoteCode::NotUnderstood, Field::Floor, "楼层", &"层".repeat(99), "");
        assert_eq!(note.text.chars().count(), QUOTED);
    }
}

//! A community as a row tells it.

use super::draft::Draft;
use super::home::Position;
use crate::field::Field;
use crate::mark::Mark;
use crate::note::{Note, NoteCode};
use crate::text::clean;
use chrono::NaiveDate;
use domain::UnitPrice;

/// A community (小区) as a row tells it: an entry for the building dictionary.
#[derive(Clone, Debug, PartialEq)]
pub struct Community {
    /// City, from the row or else from the defaults.
    pub city: Option<String>,
    /// 区
    pub district: Option<String>,
    /// 商圈
    pub circle: Option<String>,
    /// Its name; never empty in one that was taken in.
    pub name: String,
    /// Other names it goes by.
    pub aliases: Vec<String>,
    /// Address.
    pub address: Option<String>,
    /// Where it is, if told.
    pub position: Option<Position>,
    /// Average asking price per ㎡; unknown where the source says 0.
    pub average_unit_price: Option<UnitPrice>,
    /// Homes on sale; 0 is none or unknown.
    pub on_sale: u32,
    /// 建成年代
    pub built_year: Option<i16>,
    /// The day the row was true.
    pub date: Option<NaiveDate>,
    /// Its number at the source.
    pub source_id: Option<String>,
    /// Columns without a field, and cells that were not understood.
    pub extra: Vec<(String, String)>,
    /// The mark of all cells: identical rows share it.
    pub fingerprint: Mark,
    /// Rows of the same community share it: city, district, circle and name.
    pub look_alike: Mark,
}

impl Community {
    /// One line for a person: `黄浦 · 五里桥 · 永业公寓`.
    pub fn summary(&self) -> String {
        let parts = [self.district.as_deref(), self.circle.as_deref(), Some(self.name.as_str())];
        let parts: Vec<&str> = parts.into_iter().flatten().filter(|p| !p.is_empty()).collect();
        parts.join(" · ")
    }
}

/// Words that stand where a name should, for entries the source has given up.
const VOID: [&str; 5] = ["失效", "无效", "作废", "已删除", "测试"];
/// No home in the country costs more a square metre, in yuan.
const DEAREST: i64 = 1_000_000;

/// The community that a filled draft tells of.
pub(super) fn from_draft(draft: &mut Draft<'_>) -> Community {
    let home = std::mem::replace(&mut draft.home, super::home::Home::blank(None));
    let average = draft.average.take().filter(|(_, price)| price.0 > 0).and_then(|(cell, price)| {
        if (100..=DEAREST).contains(&price.yuan()) {
            return Some(price);
        }
        draft.notes.push(cell.note(NoteCode::AverageImplausible, ""));
        None
    });
    if !draft.is_refused() {
        check_name(&home.community, draft);
    }
    let part = |text: &Option<String>| clean(text.as_deref().unwrap_or_default()).into_owned();
    let look_alike =
        [part(&home.city), part(&home.district), part(&home.circle), clean(&home.community).into_owned()]
            .iter()
            .fold(Mark::EMPTY, |mark, part| mark.with(part));
    Community {
        city: home.city,
        district: home.district,
        circle: home.circle,
        name: home.community,
        aliases: std::mem::take(&mut draft.aliases),
        address: home.address,
        position: draft.position(),
        average_unit_price: average,
        on_sale: draft.on_sale,
        built_year: home.built_year,
        date: draft.date,
        source_id: home.source_id,
        extra: home.extra,
        fingerprint: Mark::EMPTY,
        look_alike,
    }
}

/// Refuses names that are none, and marks those of entries that the source has given up.
pub(super) fn check_name(name: &str, draft: &mut Draft<'_>) {
    let bare = name.trim_matches(['(', ')', '（', '）', ' ']);
    if name.is_empty() {
        let cell = draft.cell_of(Field::Community);
        draft.notes.push(cell.note(NoteCode::CommunityMissing, ""));
    } else if VOID.contains(&bare) || !name.chars().any(char::is_alphanumeric) {
        draft.notes.push(Note::cell(NoteCode::CommunityVoid, Field::Community, "", name, ""));
    } else if VOID.iter().any(|word| name.contains(word)) && name.contains(['(', '（']) {
        draft.notes.push(Note::cell(NoteCode::CommunityMarked, Field::Community, "", name, ""));
    }
}

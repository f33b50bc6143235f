//! Which column holds what: guessed from names and cells, shown, corrected, remembered.

mod guess;
mod names;
mod overrides;
mod profile;

pub use overrides::{ColumnRef, OverrideError, Overrides};

use crate::field::{Field, Kind};
use crate::mark::Mark;
use crate::reading::RawRow;
use crate::values::money::Unit;
use domain::Lang;
use serde::{Deserialize, Serialize};

worded_enum! {
    /// Why a column is thought to hold what it does. `{o}` is another name, `{p}` a share in percent.
    ReasonCode {
        NameAndValues = "name_and_values", "列名如此，{p}% 的内容相符", "the name says so and {p} % of the cells agree";
        NameOnly = "name_only", "只凭列名：没有内容可核对", "by its name alone: there are no cells to check";
        NameAgainstValues = "name_against_values", "只凭列名：只有 {p}% 的内容相符", "by its name alone: only {p} % of the cells agree";
        ValuesOnly = "values_only", "凭内容：{p}% 的单元格如此", "by its cells: {p} % look like it";
        ValuesOverName = "values_over_name", "列名像「{o}」，但 {p}% 的内容是这一项", "the name says “{o}”, but {p} % of the cells are this";
        Parent = "parent", "「{o}」的每个值只属于这里的一个值，这里是上一级", "each value of “{o}” belongs to one value here: this is the level above";
        Child = "child", "这里的每个值只属于「{o}」的一个值，这里是下一级", "each value here belongs to one value of “{o}”: this is the level below";
        StoreysNotFloor = "storeys_not_floor", "都是整数，只有 {p}% 不超过 3，不是所在楼层", "whole numbers, and only {p} % up to 3: no floors homes lie on";
        CommunityNames = "community_names", "{p}% 的内容像小区名", "{p} % of the cells look like names of communities";
        Corrected = "corrected", "人工指定", "set by a person";
        Displaced = "displaced", "另一列已指定为这一项", "another column was set to what this one was";
        NoTarget = "no_target", "没有对应的字段", "no field for it";
        Empty = "empty", "整列为空", "the column is empty";
    }
}

/// Why a column is thought to hold what it does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    /// The kind of reason.
    pub code: ReasonCode,
    /// Another column's or field's name, where the reason speaks of one.
    pub other: String,
    /// A share of the cells in percent.
    pub percent: u8,
}

impl Reason {
    fn new(code: ReasonCode, other: impl Into<String>, percent: u8) -> Self {
        Self { code, other: other.into(), percent }
    }

    /// The sentence a person reads.
    pub fn text(&self, lang: Lang) -> String {
        let other = match Field::from_code(&self.other) {
            Some(field) if self.code == ReasonCode::ValuesOverName => field.label(lang),
            _ => &self.other,
        };
        self.code.label(lang).replace("{p}", &self.percent.to_string()).replace("{o}", other)
    }
}

/// One column of a table and what it holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// Its name in the file.
    pub header: String,
    /// What it holds.
    pub field: Field,
    /// What a number without a unit is counted in, of prices.
    pub unit: Option<Unit>,
    /// How sure this is, 0 to 100.
    pub confidence: u8,
    /// Why.
    pub reason: Reason,
    /// Up to three cells, cut short; none of private columns.
    pub examples: Vec<String>,
}

/// A row of the table that shows a mapping.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Described {
    /// The column's place, from 1.
    pub number: usize,
    /// Its name in the file.
    pub header: String,
    /// The code of the field, as overrides name it.
    pub field: Field,
    /// The field in words.
    pub label: &'static str,
    /// How sure this is, 0 to 100.
    pub confidence: u8,
    /// Why, in words.
    pub reason: String,
    /// Up to three cells.
    pub examples: Vec<String>,
}

/// What each column of a table holds, in the order of the file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mapping {
    /// What the table is about.
    pub kind: Kind,
    /// Its columns.
    pub columns: Vec<Column>,
}

impl Mapping {
    /// Guesses from the names and from some rows. Without a kind, that is guessed too.
    pub fn guess(kind: Option<Kind>, headers: &[String], rows: &[RawRow]) -> Self {
        match kind {
            Some(kind) => guess::guess(kind, headers, rows),
            None => {
                let listings = guess::guess(Kind::Listings, headers, rows);
                let has = |fields: &[Field]| fields.iter().any(|f| listings.position(*f).is_some());
                let priced = has(&[Field::Price, Field::UnitPrice]);
                if priced && has(&[Field::AreaBuilt, Field::AreaInner, Field::Layout, Field::Facts]) {
                    return listings;
                }
                let communities = guess::guess(Kind::Communities, headers, rows);
                if communities.missing().is_empty() { communities } else { listings }
            }
        }
    }

    /// The place of the column that holds a field.
    pub fn position(&self, field: Field) -> Option<usize> {
        self.columns.iter().position(|c| c.field == field)
    }

    /// What the table cannot do without and has no column for. Cells with several facts may hold it all the same.
    pub fn missing(&self) -> Vec<Field> {
        let joined = self.position(Field::Facts).is_some();
        Field::required(self.kind)
            .iter()
            .filter(|f| self.position(**f).is_none() && !(joined && **f != Field::Community))
            .copied()
            .collect()
    }

    /// Reads corrections as a person types them: `Region=district,Elevator=building_type,foo=ignored`, a column by
    /// its name or by its place (`#3=price`).
    ///
    /// # Errors
    /// [`OverrideError`] names the part that cannot be read and lists the fields there are.
    pub fn parse_overrides(text: &str) -> Result<Overrides, OverrideError> {
        overrides::parse(text)
    }

    /// Applies corrections. A column that held a corrected field before is kept as it is from then on.
    ///
    /// # Errors
    /// [`OverrideError`] for a column that is not there, a field this kind of table has not, or a field given to
    /// two columns; the mapping is unchanged then.
    pub fn apply(&mut self, overrides: &Overrides) -> Result<(), OverrideError> {
        overrides::apply(self, overrides)
    }

    /// What a mapping is remembered under: tables with the same names in the same order share it.
    pub fn fingerprint(headers: &[String]) -> Mark {
        headers.iter().fold(Mark::EMPTY, |mark, header| mark.with(&names::normal(header)))
    }

    /// The mapping as rows to show.
    pub fn describe(&self, lang: Lang) -> Vec<Described> {
        let describe = |(at, column): (usize, &Column)| Described {
            number: at + 1,
            header: column.header.clone(),
            field: column.field,
            label: column.field.label(lang),
            confidence: column.confidence,
            reason: column.reason.text(lang),
            examples: column.examples.clone(),
        };
        self.columns.iter().enumerate().map(describe).collect()
    }

    /// The mapping as a table for a terminal, with the columns that are missing.
    pub fn text(&self, lang: Lang) -> String {
        crate::report::columns(self, lang)
    }
}

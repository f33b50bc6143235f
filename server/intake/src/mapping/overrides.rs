//! Corrections of a mapping, as a person types them.

use super::profile::median;
use super::{Mapping, Reason, ReasonCode, guess, names};
use crate::field::{Field, Kind};
use crate::text::clean;
use domain::Lang;

/// Which column is meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ColumnRef {
    /// By its name in the file.
    Name(String),
    /// By its place, from 1.
    Number(usize),
}

/// Corrections, in the order given.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Overrides(pub Vec<(ColumnRef, Field)>);

/// Why corrections cannot be read or applied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OverrideError {
    /// A part that is not `column=field`.
    Malformed {
        /// The part.
        part: String,
    },
    /// A field that does not exist.
    UnknownField {
        /// What was written.
        field: String,
    },
    /// A column that is not in the table.
    UnknownColumn {
        /// What was written.
        column: String,
        /// The columns there are.
        columns: String,
    },
    /// A field that this kind of table has not.
    WrongKind {
        /// The field.
        field: Field,
        /// What the table is about.
        kind: Kind,
    },
    /// A field given to two columns.
    Twice {
        /// The field.
        field: Field,
    },
}

impl OverrideError {
    /// The sentence a person reads.
    pub fn text(&self, lang: Lang) -> String {
        let zh = lang == Lang::Zh;
        match self {
            Self::Malformed { part } if zh => format!("「{part}」不是 列名=字段"),
            Self::Malformed { part } => format!("“{part}” is not column=field"),
            Self::UnknownField { field } if zh => format!("没有字段「{field}」。可用的字段：{}", known(lang)),
            Self::UnknownField { field } => format!("there is no field “{field}”. The fields are: {}", known(lang)),
            Self::UnknownColumn { column, columns } if zh => format!("没有「{column}」这一列。表里的列：{columns}"),
            Self::UnknownColumn { column, columns } => {
                format!("there is no column “{column}”. The columns are: {columns}")
            }
            Self::WrongKind { field, kind } => {
                let (kind, fields) = (kind.label(lang), Field::listing(*kind, lang));
                if zh {
                    format!("{kind}表没有字段 {field}。可用的字段：{fields}")
                } else {
                    format!("tables of {kind} have no field {field}. They have: {fields}")
                }
            }
            Self::Twice { field } if zh => format!("字段 {field} 指定给了两列"),
            Self::Twice { field } => format!("the field {field} is given to two columns"),
        }
    }
}

impl std::fmt::Display for OverrideError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.text(Lang::En))
    }
}

impl std::error::Error for OverrideError {}

fn known(lang: Lang) -> String {
    let words: Vec<String> = Field::ALL.iter().map(|f| format!("{} {}", f.code(), f.label(lang))).collect();
    words.join(if lang == Lang::Zh { "、" } else { ", " })
}

/// Reads `column=field,column=field`.
pub(super) fn parse(text: &str) -> Result<Overrides, OverrideError> {
    let mut overrides = Vec::new();
    for part in text.split([',', '，']).map(str::trim).filter(|p| !p.is_empty()) {
        let malformed = || OverrideError::Malformed { part: part.chars().take(64).collect() };
        // A name may hold the sign, a field never does.
        let (column, field) = part.rsplit_once('=').ok_or_else(malformed)?;
        let column = clean(column).into_owned();
        let column = match column.strip_prefix('#').map(str::parse) {
            Some(Ok(number)) => ColumnRef::Number(number),
            _ if column.is_empty() => return Err(malformed()),
            _ => ColumnRef::Name(column),
        };
        let field = field.trim();
        let field = Field::from_code(&field.to_ascii_lowercase())
            .ok_or_else(|| OverrideError::UnknownField { field: field.chars().take(64).collect() })?;
        overrides.push((column, field));
    }
    Ok(Overrides(overrides))
}

/// Applies corrections to a mapping, all or none.
pub(super) fn apply(mapping: &mut Mapping, overrides: &Overrides) -> Result<(), OverrideError> {
    let mut corrected = mapping.clone();
    let mut set = Vec::new();
    for (column, field) in &overrides.0 {
        if !field.fits(mapping.kind) {
            return Err(OverrideError::WrongKind { field: *field, kind: mapping.kind });
        }
        let at = match column {
            ColumnRef::Number(number) => number.checked_sub(1).filter(|at| *at < mapping.columns.len()),
            ColumnRef::Name(name) => mapping
                .columns
                .iter()
                .position(|c| c.header == *name)
                .or_else(|| mapping.columns.iter().position(|c| c.header.to_lowercase() == name.to_lowercase())),
        };
        let at = at.ok_or_else(|| OverrideError::UnknownColumn {
            column: match column {
                ColumnRef::Name(name) => name.clone(),
                ColumnRef::Number(number) => format!("#{number}"),
            },
            columns: mapping.columns.iter().map(|c| c.header.as_str()).collect::<Vec<_>>().join(", "),
        })?;
        if !field.repeats() {
            if set.iter().any(|(other, f)| f == field && *other != at) {
                return Err(OverrideError::Twice { field: *field });
            }
            for (other, column) in corrected.columns.iter_mut().enumerate() {
                if other != at && column.field == *field {
                    column.field = Field::Extra;
                    column.unit = None;
                    column.reason = Reason::new(ReasonCode::Displaced, "", 0);
                }
            }
        }
        let column = &mut corrected.columns[at];
        let examples = column.examples.iter().map(String::as_str);
        column.unit = guess::unit(*field, names::read_name(&column.header).unit, median(examples));
        column.field = *field;
        column.confidence = 100;
        column.reason = Reason::new(ReasonCode::Corrected, "", 0);
        if field.is_private() {
            column.examples.clear();
        }
        set.push((at, *field));
    }
    *mapping = corrected;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mapping() -> Mapping {
        let headers: Vec<String> = ["Region", "Elevator", "foo", "a=b"].iter().map(|h| (*h).to_owned()).collect();
        Mapping::guess(Some(Kind::Listings), &headers, &[])
    }

    #[test]
    fn corrections_are_applied_all_or_none() {
        let mut mapping = mapping();
        let overrides = Mapping::parse_overrides("region=circle, Elevator=building_type,foo=ignored,a=b=district");
        mapping.apply(&overrides.expect("reads")).expect("applies");
        let fields: Vec<Field> = mapping.columns.iter().map(|c| c.field).collect();
        assert_eq!(fields, [Field::Circle, Field::BuildingType, Field::Ignored, Field::District]);
        let before = mapping.clone();
        let overrides = Mapping::parse_overrides("#1=price,#9=district").expect("reads");
        assert!(matches!(mapping.apply(&overrides), Err(OverrideError::UnknownColumn { .. })));
        assert_eq!(mapping, before);
        let overrides = Mapping::parse_overrides("#2=circle").expect("reads");
        mapping.apply(&overrides).expect("applies");
        assert_eq!(mapping.columns[0].field, Field::Extra);
    }

    #[test]
    fn what_cannot_be_read_is_named_in_both_languages() {
        let errors = [
            Mapping::parse_overrides("foo"),
            Mapping::parse_overrides("=price"),
            Mapping::parse_overrides("foo=gold"),
        ];
        for error in errors {
            let error = error.expect_err("is wrong");
            assert_ne!(error.text(Lang::Zh), error.text(Lang::En));
        }
        let text = Mapping::parse_overrides("foo=gold").expect_err("is wrong").text(Lang::En);
        assert!(text.contains("gold") && text.contains("building_type building type"), "{text}");
        let mut mapping = mapping();
        let twice = Mapping::parse_overrides("#1=price,#2=price").expect("reads");
        assert_eq!(mapping.apply(&twice), Err(OverrideError::Twice { field: Field::Price }));
        let kind = Mapping::parse_overrides("#1=on_sale").expect("reads");
        assert!(matches!(mapping.apply(&kind), Err(OverrideError::WrongKind { .. })));
    }
}

//! What the cells of a column look like.

use crate::field::Field;
use crate::reading::RawRow;
use crate::text::{clean, cut, holds_mobile, is_unknown};
use crate::values::{facts, number};
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

/// Rows that are looked at, at most.
pub(super) const ROWS: usize = 1000;
/// Characters of a cell that are shown.
const SHOWN: usize = 24;

/// A column's cells that say something, and what they look like.
pub(super) struct Profile<'a> {
    /// Cell by row; `None` where nothing is known.
    pub(super) cells: Vec<Option<Cow<'a, str>>>,
    /// How many cells say something.
    pub(super) filled: usize,
    /// How many of them differ.
    pub(super) distinct: usize,
    /// Fields that cells belong to by their looks, with how many.
    recognised: HashMap<Field, usize>,
}

impl<'a> Profile<'a> {
    /// Looks at one column of the rows.
    pub(super) fn of(column: usize, rows: &'a [RawRow]) -> Self {
        let stride = rows.len().div_ceil(ROWS).max(1);
        let cell = |row: &'a RawRow| row.cells.get(column).map(|c| clean(c)).filter(|c| !is_unknown(c));
        let cells: Vec<_> = rows.iter().step_by(stride).map(cell).collect();
        let mut recognised = HashMap::new();
        for field in cells.iter().flatten().filter_map(|c| facts::recognise(c)) {
            *recognised.entry(field).or_insert(0) += 1;
        }
        let distinct = cells.iter().flatten().collect::<HashSet<_>>().len();
        Self { filled: cells.iter().flatten().count(), distinct, recognised, cells }
    }

    /// The share of filled cells for which something holds, in percent.
    pub(super) fn share(&self, holds: impl Fn(&str) -> bool) -> u8 {
        self.percent(self.cells.iter().flatten().filter(|c| holds(c)).count())
    }

    /// The share of filled cells that belong to a field by their looks, in percent.
    pub(super) fn recognised(&self, field: Field) -> u8 {
        self.percent(self.recognised.get(&field).copied().unwrap_or(0))
    }

    /// The fields any cell belongs to by its looks.
    pub(super) fn looks(&self) -> impl Iterator<Item = Field> + '_ {
        self.recognised.keys().copied()
    }

    fn percent(&self, count: usize) -> u8 {
        u8::try_from((count * 100).checked_div(self.filled).unwrap_or(0)).unwrap_or(100)
    }

    /// The middle one of the numbers that cells begin with.
    pub(super) fn median(&self) -> Option<i64> {
        median(self.cells.iter().flatten().map(|c| &**c))
    }

    /// The share of this column's cells that stand beside the commonest cell of another for their value: 100 where
    /// each value here belongs to one value there.
    pub(super) fn depends_on(&self, other: &Profile<'_>) -> u8 {
        let mut beside: HashMap<&str, HashMap<&str, usize>> = HashMap::new();
        for (here, there) in self.cells.iter().zip(&other.cells) {
            if let (Some(here), Some(there)) = (here, there) {
                *beside.entry(here).or_default().entry(there).or_insert(0) += 1;
            }
        }
        let commonest = beside.values().filter_map(|values| values.values().max()).sum();
        self.percent(commonest)
    }

    /// Some cells that differ, cut short.
    pub(super) fn examples(&self) -> Vec<String> {
        let mut examples: Vec<String> = Vec::new();
        for cell in self.cells.iter().flatten().filter(|c| !holds_mobile(c)) {
            let cell = cut(cell, SHOWN);
            if examples.iter().all(|e| e != cell) {
                examples.push(cell.to_owned());
            }
            if examples.len() == 3 {
                break;
            }
        }
        examples
    }
}

/// The middle one of the numbers that cells begin with, rounded to whole ones.
pub(super) fn median<'c>(cells: impl Iterator<Item = &'c str>) -> Option<i64> {
    let first = |cell: &str| number::leading(cell.trim_start_matches(|c: char| !c.is_ascii_digit()));
    let mut numbers: Vec<i64> = cells.filter_map(first).collect();
    numbers.sort_unstable();
    numbers.get(numbers.len() / 2).copied()
}

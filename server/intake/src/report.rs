//! What came of an import, for a person and for a machine.

mod sheet;
mod terminal;

pub(crate) use terminal::columns;

use crate::field::Kind;
use crate::mapping::Mapping;
use crate::note::{Note, NoteCode, Severity};
use crate::reading::{Format, Table};
use crate::understand::{Community, Home, Outcome, Verdict};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

worded_enum! {
    /// Why a row that was understood is not taken in a second time.
    Duplicate {
        IdenticalRow = "identical_row", "与另一行完全相同", "the same as another row";
        SameSourceId = "same_source_id", "来源编号相同", "same number at the source";
        SameVerifyCode = "same_verify_code", "房源核验码相同", "same verification code";
        SameRoom = "same_room", "这间房已经在售", "this room is on sale already";
        NothingNew = "nothing_new", "已经收录，没有新内容", "known already, nothing new in it";
    }
}

worded_enum! {
    /// What became of a row.
    RowVerdict {
        Taken = "taken", "收下", "taken in";
        Duplicate = "duplicate", "重复", "duplicate";
        Refused = "refused", "拒收", "refused";
    }
}

/// What became of one row, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowReport {
    /// The line it begins on.
    pub line: u64,
    /// What became of it.
    pub verdict: RowVerdict,
    /// Why it is a duplicate, if it is one.
    pub duplicate: Option<Duplicate>,
    /// What it duplicates, in words for a person: a line or the code of a listing.
    pub of: Option<String>,
    /// What was understood, in one line.
    pub summary: String,
    /// Everything said about it.
    pub notes: Vec<Note>,
}

impl RowReport {
    fn new<T>(outcome: &Outcome<T>, summary: impl FnOnce(&T) -> String) -> Self {
        let (verdict, summary) = match &outcome.verdict {
            Verdict::Taken(taken) => (RowVerdict::Taken, summary(taken)),
            Verdict::Refused(_) => (RowVerdict::Refused, String::new()),
        };
        let notes = outcome.notes().cloned().collect();
        Self { line: outcome.line, verdict, duplicate: None, of: None, summary, notes }
    }

    /// The same row, found to be a duplicate by the caller. A refused row stays refused.
    #[must_use]
    pub fn duplicate(mut self, why: Duplicate, of: impl Into<String>) -> Self {
        if self.verdict == RowVerdict::Taken {
            self.verdict = RowVerdict::Duplicate;
            self.duplicate = Some(why);
            self.of = Some(of.into());
        }
        self
    }

    fn has(&self, severity: Severity) -> bool {
        self.notes.iter().any(|n| n.code.severity() == severity)
    }
}

impl From<&Outcome<Home>> for RowReport {
    fn from(outcome: &Outcome<Home>) -> Self {
        Self::new(outcome, Home::summary)
    }
}

impl From<&Outcome<Community>> for RowReport {
    fn from(outcome: &Outcome<Community>) -> Self {
        Self::new(outcome, Community::summary)
    }
}

/// What came of an import.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// The name of the file.
    pub file: String,
    /// How it is written.
    pub format: Format,
    /// Titles and remarks above the header.
    pub preamble: Vec<String>,
    /// What each column was taken for, and what the table is about.
    pub mapping: Mapping,
    /// Whether nothing was stored.
    pub dry_run: bool,
    /// The line after which an interrupted import went on. Rows before it are not counted here.
    pub resumed_from: Option<u64>,
    /// When it began.
    pub started: DateTime<Utc>,
    /// When it ended; `None` while it runs.
    pub finished: Option<DateTime<Utc>>,
    /// Why it ended before the end of the file, if it did.
    pub stopped: Option<String>,
    /// Rows read: taken in, duplicates and refused together.
    pub read: u64,
    /// Rows taken in.
    pub taken: u64,
    /// Rows that are there already.
    pub duplicate: u64,
    /// Rows not taken in.
    pub refused: u64,
    /// Rows taken in of which something was set right.
    pub repaired: u64,
    /// Rows taken in at which somebody should look.
    pub doubtful: u64,
    /// Rows by what is said about them, each counted once for each code; without duplicates.
    pub codes: BTreeMap<NoteCode, u64>,
    /// Duplicates by kind.
    pub duplicates: BTreeMap<Duplicate, u64>,
    /// Rows with something to say, in the order of the file; at most [`Report::ROWS`] of each verdict.
    pub rows: Vec<RowReport>,
    /// Rows with something to say beyond those; they are counted above all the same.
    pub rows_left_out: u64,
}

/// The parts of a report do not add up, which is a fault of the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{read} rows read, but {taken} taken in, {duplicate} duplicates and {refused} refused")]
pub struct Unbalanced {
    /// Rows read.
    pub read: u64,
    /// Rows taken in.
    pub taken: u64,
    /// Duplicates.
    pub duplicate: u64,
    /// Rows refused.
    pub refused: u64,
}

impl Report {
    /// Rows kept of each verdict.
    pub const ROWS: usize = 10_000;

    /// Begins the report on a table.
    pub fn start(file: impl Into<String>, table: &Table, mapping: &Mapping, started: DateTime<Utc>) -> Self {
        Self {
            file: file.into(),
            format: table.format().clone(),
            preamble: table.preamble().to_vec(),
            mapping: mapping.clone(),
            dry_run: false,
            resumed_from: None,
            started,
            finished: None,
            stopped: None,
            read: 0,
            taken: 0,
            duplicate: 0,
            refused: 0,
            repaired: 0,
            doubtful: 0,
            codes: BTreeMap::new(),
            duplicates: BTreeMap::new(),
            rows: Vec::new(),
            rows_left_out: 0,
        }
    }

    /// What the table is about.
    pub const fn kind(&self) -> Kind {
        self.mapping.kind
    }

    /// Adds what became of one row.
    pub fn add(&mut self, row: RowReport) {
        match row.verdict {
            RowVerdict::Taken => {
                self.taken += 1;
                self.repaired += u64::from(row.has(Severity::Repaired));
                self.doubtful += u64::from(row.has(Severity::Doubtful));
            }
            RowVerdict::Duplicate => self.duplicate += 1,
            RowVerdict::Refused => self.refused += 1,
        }
        if let Some(why) = row.duplicate {
            *self.duplicates.entry(why).or_insert(0) += 1;
        }
        if row.verdict != RowVerdict::Duplicate {
            for (at, note) in row.notes.iter().enumerate() {
                if row.notes[..at].iter().all(|n| n.code != note.code) {
                    *self.codes.entry(note.code).or_insert(0) += 1;
                }
            }
        }
        if row.verdict == RowVerdict::Taken && row.notes.is_empty() {
            return;
        }
        let kept = |counted: u64| counted.min(Self::ROWS as u64);
        let before = match row.verdict {
            RowVerdict::Refused => self.refused - 1,
            RowVerdict::Duplicate => self.duplicate - 1,
            RowVerdict::Taken => self.rows.len() as u64 - kept(self.refused) - kept(self.duplicate),
        };
        if before < Self::ROWS as u64 {
            self.rows.push(row);
        } else {
            self.rows_left_out += 1;
        }
    }

    /// Ends the report. `read` is what the reader counted, apart from what was added here.
    ///
    /// # Errors
    /// [`Unbalanced`] where a row read was neither taken in nor a duplicate nor refused.
    pub fn finish(&mut self, read: u64, finished: DateTime<Utc>) -> Result<(), Unbalanced> {
        self.read = read;
        self.finished = Some(finished);
        let Self { taken, duplicate, refused, .. } = *self;
        if read == taken + duplicate + refused { Ok(()) } else { Err(Unbalanced { read, taken, duplicate, refused }) }
    }

    /// The whole report for a machine.
    ///
    /// # Errors
    /// None that can happen with what a report holds.
    pub fn json(&self) -> serde_json::Result<String> {
        serde_json::to_string_pretty(self)
    }
}

//! Understands a row: every cell by its column, then the facts against each other.

mod checks;
mod community;
mod draft;
mod home;
mod told;

pub use community::Community;
pub use home::{Home, Position, Private};

use crate::field::Field;
use crate::mapping::Mapping;
use crate::mark::Mark;
use crate::note::{Note, NoteCode, Severity};
use crate::reading::{Flaw, RawRow};
use crate::text::{clean, is_invisible, is_unknown};
use crate::values::money::Unit;
use chrono::NaiveDate;
use draft::{Cell, Draft};

/// What holds where the table does not say it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Defaults {
    /// The city the rows are of; taken off in front of districts, too.
    pub city: Option<String>,
    /// The day of the import: no home is listed or sold after it.
    pub today: NaiveDate,
}

/// What came of a row.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome<T> {
    /// The line the row begins on.
    pub line: u64,
    /// Taken in or refused.
    pub verdict: Verdict<T>,
    /// What was set right without doubt.
    pub repairs: Vec<Note>,
    /// What somebody should look at.
    pub doubts: Vec<Note>,
}

/// Taken in or refused.
#[derive(Clone, Debug, PartialEq)]
pub enum Verdict<T> {
    /// What the row says.
    Taken(Box<T>),
    /// Why it is not taken in: at least one reason.
    Refused(Vec<Note>),
}

impl<T> Outcome<T> {
    fn new(line: u64, taken: T, notes: Vec<Note>) -> Self {
        let mut outcome =
            Self { line, verdict: Verdict::Refused(Vec::new()), repairs: Vec::new(), doubts: Vec::new() };
        let mut reasons = Vec::new();
        for note in notes {
            match note.code.severity() {
                Severity::Refused => reasons.push(note),
                Severity::Repaired => outcome.repairs.push(note),
                Severity::Doubtful => outcome.doubts.push(note),
            }
        }
        outcome.verdict =
            if reasons.is_empty() { Verdict::Taken(Box::new(taken)) } else { Verdict::Refused(reasons) };
        outcome
    }

    /// What the row says, if it was taken in.
    pub fn taken(&self) -> Option<&T> {
        match &self.verdict {
            Verdict::Taken(taken) => Some(taken),
            Verdict::Refused(_) => None,
        }
    }

    /// Everything said about the row, the weightiest first.
    pub fn notes(&self) -> impl Iterator<Item = &Note> {
        let reasons: &[Note] = match &self.verdict {
            Verdict::Taken(_) => &[],
            Verdict::Refused(reasons) => reasons,
        };
        reasons.iter().chain(&self.doubts).chain(&self.repairs)
    }
}

/// Understands the rows of one table.
#[derive(Debug)]
pub struct Reader {
    columns: Vec<Plan>,
    defaults: Defaults,
}

/// What is done with a column.
#[derive(Debug)]
struct Plan {
    header: String,
    field: Field,
    unit: Unit,
}

impl Reader {
    /// A reader for tables with this mapping.
    pub fn new(mapping: &Mapping, defaults: Defaults) -> Self {
        let plan = |column: &crate::mapping::Column| Plan {
            header: column.header.clone(),
            field: column.field,
            unit: column.unit.unwrap_or(if column.field == Field::Price { Unit::Wan } else { Unit::Yuan }),
        };
        Self { columns: mapping.columns.iter().map(plan).collect(), defaults }
    }

    /// Understands a row as a home for sale.
    pub fn home(&self, row: &RawRow) -> Outcome<Home> {
        let mut draft = Draft::new(&self.defaults);
        self.fill(row, &mut draft);
        if !draft.is_refused() {
            checks::check(&mut draft, &self.defaults);
        }
        draft.home.fingerprint = self.fingerprint(row);
        draft.home.look_alike = draft.home.likeness();
        Outcome::new(row.line, draft.home, draft.notes)
    }

    /// Understands a row as a community.
    pub fn community(&self, row: &RawRow) -> Outcome<Community> {
        let mut draft = Draft::new(&self.defaults);
        self.fill(row, &mut draft);
        let mut community = community::from_draft(&mut draft);
        community.fingerprint = self.fingerprint(row);
        Outcome::new(row.line, community, draft.notes)
    }

    /// Puts every cell where it belongs, unless the row is none.
    fn fill<'a>(&'a self, row: &'a RawRow, draft: &mut Draft<'a>) {
        if let Some(flaw) = row.flaw {
            draft.notes.push(Note::row(flaw.code(), ""));
            if flaw != Flaw::StrayQuote {
                return;
            }
        }
        let width = self.columns.len();
        let surplus = row.cells.iter().skip(width).any(|c| !c.trim().is_empty());
        if surplus {
            draft.notes.push(Note::row(NoteCode::RowLong, format!("{} > {width}", row.cells.len())));
            return;
        }
        if self.repeats_header(row) {
            draft.notes.push(Note::row(NoteCode::HeaderLine, ""));
            return;
        }
        for (plan, cell) in self.columns.iter().zip(&row.cells) {
            if plan.field == Field::Ignored {
                continue;
            }
            let cell = Cell { field: plan.field, column: &plan.header, text: cell, unit: plan.unit };
            if cell.text.contains('\u{fffd}') {
                draft.notes.push(cell.note(NoteCode::UnreadableCharacters, ""));
            }
            if cell.text.bytes().any(|b| b < b' ' || b == 0x7f) && cell.text.chars().any(is_invisible) {
                draft.notes.push(cell.note(NoteCode::ControlCharacters, ""));
            }
            draft.take(cell);
        }
        if row.cells.len() < width {
            draft.notes.push(Note::row(NoteCode::RowShort, format!("{} < {width}", row.cells.len())));
        }
        draft.take_joined();
    }

    /// Whether the row says what the header says, in most of its cells.
    fn repeats_header(&self, row: &RawRow) -> bool {
        let same = |plan: &Plan, cell: &str| clean(cell) == plan.header;
        let (mut filled, mut alike) = (0_usize, 0_usize);
        for (plan, cell) in self.columns.iter().zip(&row.cells).filter(|(_, c)| !c.trim().is_empty()) {
            filled += 1;
            alike += usize::from(same(plan, cell));
            // Real rows differ from the header in their first cells already.
            if filled == 3 && alike == 0 {
                return false;
            }
        }
        alike * 10 >= filled * 8 && alike > 0
    }

    /// The mark of all cells, whatever their columns mean: identical rows share it.
    fn fingerprint(&self, row: &RawRow) -> Mark {
        let known = |cell: &&String| !is_unknown(&clean(cell));
        let last = row.cells.iter().rposition(|c| known(&c)).map_or(0, |at| at + 1);
        row.cells[..last].iter().fold(Mark::EMPTY, |mark, cell| {
            let cell = clean(cell);
            mark.with(if is_unknown(&cell) { "" } else { &cell })
        })
    }
}

//! Taking in a file of homes or communities: read, understood, compared with what is there, written in chunks.
//!
//! An import that was stopped goes on where it was: what is done is read again but not written again, so that its
//! report is the one it would have had.

mod communities;
mod error;
mod homes;
mod places;
mod rooms;
mod source;
mod told;

pub use error::ImportError;
pub use intake::{Field, Kind, Mapping, Report};
pub use places::{PlacesReport, places};

use crate::{Moment, city};
use chrono::DateTime;
use domain::access::{Action, Actor, allow};
use domain::place::City;
use domain::{Error, Lang};
use intake::mapping::ReasonCode;
use intake::{Defaults, Note, NoteCode, Outcome, Reader, RowReport, RowVerdict, Verdict};
use source::Source;
use std::path::PathBuf;
use store::import::{recall_mapping, remember_mapping};
use store::{Db, Scope, StoreError};

/// What to take in, and how.
#[derive(Clone, Debug)]
pub struct Request {
    /// What the file holds.
    pub kind: Kind,
    /// The file.
    pub file: PathBuf,
    /// The city its rows are of.
    pub city: City,
    /// Corrections of the mapping, `column=field,..`; remembered for files with the same columns.
    pub map: String,
    /// Whether everything is judged and nothing is written.
    pub dry_run: bool,
}

/// How far an import is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// The last line that is done.
    pub line: u64,
    /// About how many lines there are, where that can be known.
    pub lines: Option<u64>,
    /// Rows taken in.
    pub taken: u64,
    /// Rows that are there already.
    pub duplicate: u64,
    /// Rows not taken in.
    pub refused: u64,
}

impl Progress {
    fn of(line: u64, lines: Option<u64>, report: &Report) -> Self {
        Self { line, lines, taken: report.taken, duplicate: report.duplicate, refused: report.refused }
    }
}

/// Takes a file in and tells how it goes. May be dropped at any time: what was told as done is done.
///
/// # Errors
/// [`ImportError`]; what was taken in until then stays, and the same call goes on from there.
pub async fn run(
    db: &Db,
    actor: &Actor,
    request: &Request,
    mut progress: impl FnMut(Progress) + Send,
) -> Result<Report, ImportError> {
    if !allow(actor, Action::Import) {
        return Err(StoreError::from(Error::Forbidden).into());
    }
    let at = Moment::now();
    let scope = Scope::of(actor);
    let mut source = Source::open(request.kind, request.file.clone()).await?;
    let corrected = map(db, &scope, request, &mut source).await?;
    let missing = source.mapping.missing();
    if !missing.is_empty() {
        return Err(ImportError::Missing { fields: missing, mapping: Box::new(source.mapping) });
    }
    let started = DateTime::from_timestamp_millis(at.0).unwrap_or_default();
    let mut report = Report::start(source.name.clone(), &source.table, &source.mapping, started);
    report.dry_run = request.dry_run;
    if let Some(corrected) = corrected.filter(|_| !request.dry_run) {
        let key = source.columns();
        db.write(async |tx| remember_mapping(&tx, at, &key, &corrected).await).await?;
    }
    let defaults = Defaults { city: Some(request.city.name.clone()), today: at.day() };
    let reader = Reader::new(&source.mapping, defaults);
    let mut job = Job { db, actor, scope, at, request, report };
    let read = match request.kind {
        Kind::Listings => homes::take_in(&mut job, source, reader, &mut progress).await?,
        Kind::Communities => communities::take_in(&mut job, source, reader, &mut progress).await?,
    };
    let finished = DateTime::from_timestamp_millis(Moment::now().0).unwrap_or_default();
    job.report.finish(read, finished)?;
    Ok(job.report)
}

/// One import under way.
struct Job<'a> {
    db: &'a Db,
    actor: &'a Actor,
    scope: Scope,
    at: Moment,
    request: &'a Request,
    report: Report,
}

/// Corrects the guessed mapping by what is remembered and by what is asked for. Answers what to remember, if
/// something was asked for.
async fn map(db: &Db, scope: &Scope, request: &Request, source: &mut Source) -> Result<Option<String>, ImportError> {
    if let Some(text) = recall_mapping(db, scope, &source.columns()).await? {
        // What an older version remembered may name a field that is gone: the guess stands then.
        let remembered = Mapping::parse_overrides(&text).and_then(|overrides| source.mapping.apply(&overrides));
        if let Err(error) = remembered {
            tracing::warn!(%error, "a remembered mapping does not fit any more");
        }
    }
    if request.map.trim().is_empty() {
        return Ok(None);
    }
    source.mapping.apply(&Mapping::parse_overrides(&request.map)?)?;
    let corrected =
        source.mapping.columns.iter().enumerate().filter(|(_, column)| column.reason.code == ReasonCode::Corrected);
    let words: Vec<String> = corrected.map(|(at, column)| format!("#{}={}", at + 1, column.field)).collect();
    Ok(Some(words.join(",")))
}

/// A row, understood: what the report says of it, and what is to be taken in, if anything.
struct Row<T> {
    line: u64,
    report: RowReport,
    taken: Option<Box<T>>,
}

impl<T> Row<T> {
    /// Refuses rows that name another city than the one of the import.
    fn of(outcome: Outcome<T>, city: &City, told: impl Fn(&T) -> Option<&str>) -> Self
    where
        for<'a> RowReport: From<&'a Outcome<T>>,
    {
        let mut row = Self { line: outcome.line, report: RowReport::from(&outcome), taken: None };
        if let Verdict::Taken(taken) = outcome.verdict {
            let other = told(&taken).filter(|name| *name != city.name).and_then(city::by_name);
            match other.filter(|other| other.slug != city.slug) {
                None => row.taken = Some(taken),
                Some(other) => {
                    row.report.verdict = RowVerdict::Refused;
                    row.report.notes.insert(0, Note::row(NoteCode::OtherCity, other.name));
                }
            }
        }
        row
    }
}

/// Why a file was not read to its end, for the report.
fn stopped(error: &intake::ReadError) -> String {
    format!("{} / {}", error.text(Lang::Zh), error.text(Lang::En))
}

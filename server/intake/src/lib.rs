//! Understands tables that people made elsewhere: homes for sale and communities, with any columns and all the
//! dirt that comes with them.
//!
//! Pure: it reads one file and answers what it says; what is stored, and what is a duplicate of what is stored
//! already, is for the caller. The steps are
//!
//! 1. [`Table::open`] finds encoding, delimiter and header, and hands out rows one by one;
//! 2. [`Mapping::guess`] says which column holds what, to be shown and corrected;
//! 3. [`Reader`] turns a row into a [`Home`] or a [`Community`], with a [`Note`] on everything that was
//!    repaired, doubted or refused;
//! 4. [`Report`] gathers the verdicts for a person to read.

#[macro_use]
mod word;

pub mod field;
pub mod mapping;
pub mod note;
pub mod reading;
pub mod report;
pub mod understand;
pub mod values;

mod mark;
mod text;

pub use field::{Field, Kind};
pub use mapping::{Column, Mapping, OverrideError, Overrides, Reason};
pub use mark::Mark;
pub use note::{Note, NoteCode, Severity};
pub use reading::{Flaw, Format, Limits, RawRow, ReadError, Rows, Table};
pub use report::{Duplicate, Report, RowReport, RowVerdict};
pub use understand::{Community, Defaults, Home, Outcome, Position, Private, Reader, Verdict};

//! Reads tables row by row: text in any usual encoding, with any usual delimiter and line end, and workbooks.
//!
//! Memory stays within a few megabytes for text and within [`Limits::unpacked_bytes`] for a workbook's strings,
//! whatever the file holds. A row that breaks a limit is handed out with its [`Flaw`]; only what makes the whole
//! file unreadable is an error.

mod error;
mod lines;
mod parcel;
mod sheet;
mod sniff;

pub use error::ReadError;

use crate::note::NoteCode;
use crate::text::clean;
use crate::values;
use lines::TextRows;
use serde::{Deserialize, Serialize};
use sheet::{SheetRows, Workbook};
use sniff::TextForm;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

/// What a file may at most be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Size of the file.
    pub file_bytes: u64,
    /// Size of a workbook when unpacked.
    pub unpacked_bytes: u64,
    /// Rows below the header.
    pub rows: u64,
    /// Cells in a row.
    pub columns: usize,
    /// Characters in a cell.
    pub cell_chars: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { file_bytes: 1 << 30, unpacked_bytes: 512 << 20, rows: 2_000_000, columns: 512, cell_chars: 32_768 }
    }
}

/// One row as it stands in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawRow {
    /// The line it begins on, from 1: the line of a text editor or the row number of a spreadsheet.
    pub line: u64,
    /// Its cells, without quotation marks. Of a flawed row only a part.
    pub cells: Vec<String>,
    /// What is wrong with the row as such.
    pub flaw: Option<Flaw>,
}

/// What can be wrong with a row before it is understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// More cells than [`Limits::columns`].
    TooManyColumns,
    /// A cell longer than [`Limits::cell_chars`].
    CellTooLong,
    /// Longer than a row can be.
    RowTooLong,
    /// A quotation mark is opened and never closed; reading went on at the next line.
    QuoteOpen,
    /// The same, but the line has all its cells once the mark is taken off. The row is good.
    StrayQuote,
}

impl Flaw {
    /// How the flaw is told.
    pub const fn code(self) -> NoteCode {
        match self {
            Self::TooManyColumns => NoteCode::TooManyColumns,
            Self::CellTooLong => NoteCode::CellTooLong,
            Self::RowTooLong => NoteCode::RowTooLong,
            Self::QuoteOpen => NoteCode::QuoteOpen,
            Self::StrayQuote => NoteCode::StrayQuote,
        }
    }
}

/// How a file turned out to be written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Format {
    /// `UTF-8`, `gb18030`, `UTF-16LE`, `UTF-16BE` or `XLSX`.
    pub encoding: String,
    /// What stands between cells, of text.
    pub delimiter: Option<char>,
    /// The sheet that is read, of a workbook.
    pub sheet: Option<String>,
    /// Other sheets that hold something and are not read.
    pub other_sheets: Vec<String>,
}

/// A file opened as a table.
pub struct Table {
    path: PathBuf,
    limits: Limits,
    source: Source,
    format: Format,
    headers: Vec<String>,
    has_header: bool,
    /// Rows up to this line are no data.
    header_line: u64,
    preamble: Vec<String>,
}

enum Source {
    Text(TextForm),
    Book(Box<Workbook>),
}

/// Rows above the header that are looked at to find it.
const HEADER_WITHIN: usize = 10;

impl Table {
    /// Opens a file, finds out how it is written and where its header is.
    ///
    /// # Errors
    /// [`ReadError`] for a file that is absent, too large, empty or no table.
    pub fn open(path: impl AsRef<Path>, limits: Limits) -> Result<Self, ReadError> {
        let path = path.as_ref().to_owned();
        let mut file = File::open(&path)?;
        let size = file.metadata()?.len();
        if size > limits.file_bytes {
            return Err(ReadError::FileTooLarge { bytes: size, limit: limits.file_bytes });
        }
        let mut magic = [0_u8; 8];
        let got = file.read(&mut magic)?;
        let (source, format) = if magic[..got].starts_with(b"PK\x03\x04") {
            let (book, format) = Workbook::open(&path, &limits)?;
            (Source::Book(Box::new(book)), format)
        } else if magic == [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1] {
            return Err(ReadError::OldWorkbook);
        } else {
            let (form, format) = sniff::sniff(&path, &limits)?;
            (Source::Text(form), format)
        };
        let mut table = Self {
            path,
            limits,
            source,
            format,
            headers: Vec::new(),
            has_header: true,
            header_line: 0,
            preamble: Vec::new(),
        };
        table.find_header()?;
        Ok(table)
    }

    /// How the file is written.
    pub const fn format(&self) -> &Format {
        &self.format
    }

    /// The names of the columns; `column 1`, `column 2`, … where they have none.
    pub fn headers(&self) -> &[String] {
        &self.headers
    }

    /// Whether the file has a line of names. Without one its first row is data.
    pub const fn has_header(&self) -> bool {
        self.has_header
    }

    /// Titles and remarks above the header, which are no rows.
    pub fn preamble(&self) -> &[String] {
        &self.preamble
    }

    /// The rows below the header, from the top. Blank ones are skipped.
    ///
    /// # Errors
    /// [`ReadError`] where the file cannot be opened again.
    pub fn rows(&mut self) -> Result<Rows<'_>, ReadError> {
        let width = Some(self.headers.len()).filter(|n| *n > 0);
        let inner = match &mut self.source {
            Source::Text(form) => Inner::Text(Box::new(TextRows::open(&self.path, form, width, &self.limits)?)),
            Source::Book(book) => Inner::Sheet(Box::new(book.rows(width, &self.limits)?)),
        };
        Ok(Rows { inner, after: self.header_line, read: 0, limit: self.limits.rows, ended: false })
    }

    /// About this many rows, spread evenly over the first twenty times as many: what a mapping is guessed from.
    ///
    /// # Errors
    /// [`ReadError`] as for reading.
    pub fn sample(&mut self, rows: usize) -> Result<Vec<RawRow>, ReadError> {
        let rows = rows.max(1);
        let (mut kept, mut stride) = (Vec::new(), 1);
        for (n, row) in self.rows()?.take(rows.saturating_mul(20)).enumerate() {
            let row = row?;
            if n % stride == 0 {
                kept.push(row);
            }
            if kept.len() >= rows * 2 {
                stride *= 2;
                let mut n = 0;
                kept.retain(|_| {
                    n += 1;
                    n % 2 == 1
                });
            }
        }
        Ok(kept)
    }

    fn find_header(&mut self) -> Result<(), ReadError> {
        let mut rows = self.rows()?;
        rows.limit = u64::MAX;
        let top: Vec<RawRow> = rows.take(HEADER_WITHIN).collect::<Result<_, _>>()?;
        let filled = |row: &RawRow| row.cells.iter().filter(|c| !c.trim().is_empty()).count();
        let widest = top.iter().map(filled).max().ok_or(ReadError::Empty)?;
        // A title stands alone in its row above a table of several columns.
        let at = if widest >= 3 { top.iter().position(|r| filled(r) > 1).unwrap_or(0) } else { 0 };
        let row = top.get(at).ok_or(ReadError::Empty)?;
        if row.flaw == Some(Flaw::TooManyColumns) {
            return Err(ReadError::TooManyColumns { limit: self.limits.columns });
        }
        self.preamble = top[..at].iter().map(|r| r.cells.join(" ").trim().to_owned()).collect();
        let measures = row.cells.iter().filter(|c| values::is_measure(&clean(c))).count();
        self.has_header = measures < 2 || measures * 4 < filled(row);
        if self.has_header {
            let last = row.cells.iter().rposition(|c| !c.trim().is_empty()).map_or(0, |at| at + 1);
            let named = |(at, cell): (usize, &String)| match clean(cell) {
                name if name.is_empty() => unnamed(at + 1),
                name => name.into_owned(),
            };
            self.headers = row.cells[..last].iter().enumerate().map(named).collect();
            self.header_line = row.line;
        } else {
            let width = top[at..].iter().map(|r| r.cells.len()).max().unwrap_or(0);
            self.headers = (1..=width).map(unnamed).collect();
            self.header_line = at.checked_sub(1).map_or(0, |above| top[above].line);
        }
        Ok(())
    }
}

/// The rows of a table, in order.
pub struct Rows<'a> {
    inner: Inner<'a>,
    after: u64,
    read: u64,
    limit: u64,
    ended: bool,
}

enum Inner<'a> {
    Text(Box<TextRows>),
    Sheet(Box<SheetRows<'a>>),
}

impl Iterator for Rows<'_> {
    type Item = Result<RawRow, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.ended {
            let next = match &mut self.inner {
                Inner::Text(rows) => rows.next_row(),
                Inner::Sheet(rows) => rows.next_row(),
            };
            let row = match next {
                Ok(Some(row)) if row.line <= self.after || is_blank(&row) => continue,
                Ok(Some(row)) => {
                    self.read += 1;
                    if self.read > self.limit { Err(ReadError::TooManyRows { limit: self.limit }) } else { Ok(row) }
                }
                Ok(None) => break,
                Err(error) => Err(error),
            };
            self.ended = row.is_err();
            return Some(row);
        }
        self.ended = true;
        None
    }
}

/// What a column without a name is called.
fn unnamed(n: usize) -> String {
    format!("column {n}")
}

fn is_blank(row: &RawRow) -> bool {
    row.flaw.is_none() && row.cells.iter().all(|c| c.trim().is_empty())
}

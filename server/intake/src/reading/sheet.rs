//! Rows of a workbook's first sheet that holds something, cell by cell.

use super::{Flaw, Format, Limits, RawRow, ReadError, parcel};
use crate::text::cut;
use calamine::{DataRef, Reader as _, SheetType, SheetVisible, Xlsx, XlsxCellReader, XlsxError};
use std::fs::File;
use std::io::BufReader;
use std::path::Path;

/// An opened workbook.
pub(super) struct Workbook {
    xlsx: Xlsx<BufReader<File>>,
    sheet: String,
}

fn damaged(error: XlsxError) -> ReadError {
    match error {
        XlsxError::Password => ReadError::OldWorkbook,
        other => ReadError::Workbook(other.to_string()),
    }
}

impl Workbook {
    /// Opens a workbook after its sizes were checked.
    pub(super) fn open(path: &Path, limits: &Limits) -> Result<(Self, Format), ReadError> {
        parcel::check(path, limits)?;
        let mut xlsx = Xlsx::new(BufReader::new(File::open(path)?)).map_err(damaged)?;
        let names: Vec<String> = xlsx
            .sheets_metadata()
            .iter()
            .filter(|s| s.visible == SheetVisible::Visible && s.typ == SheetType::WorkSheet)
            .map(|s| s.name.clone())
            .collect();
        let mut filled = Vec::new();
        for name in names {
            let mut cells = xlsx.worksheet_cells_reader(&name).map_err(damaged)?;
            while let Some(cell) = cells.next_cell().map_err(damaged)? {
                if *cell.get_value() != DataRef::Empty {
                    filled.push(name);
                    break;
                }
            }
        }
        if filled.is_empty() {
            return Err(ReadError::Empty);
        }
        let sheet = filled.remove(0);
        let format =
            Format { encoding: "XLSX".to_owned(), delimiter: None, sheet: Some(sheet.clone()), other_sheets: filled };
        Ok((Self { xlsx, sheet }, format))
    }

    /// Its rows from the top.
    ///
    /// A sheet does not store empty cells, so rows are filled up to `width`.
    pub(super) fn rows(&mut self, width: Option<usize>, limits: &Limits) -> Result<SheetRows<'_>, ReadError> {
        let cells = self.xlsx.worksheet_cells_reader(&self.sheet).map_err(damaged)?;
        Ok(SheetRows { cells, width: width.unwrap_or(0), limits: *limits, pending: None, ended: false })
    }
}

/// The rows of a sheet.
pub(super) struct SheetRows<'a> {
    cells: XlsxCellReader<'a, BufReader<File>>,
    width: usize,
    limits: Limits,
    /// The first cell of the row that comes next.
    pending: Option<(u32, u32, String)>,
    ended: bool,
}

impl SheetRows<'_> {
    /// The next row that has a cell.
    pub(super) fn next_row(&mut self) -> Result<Option<RawRow>, ReadError> {
        let first = match self.pending.take() {
            Some(cell) => Some(cell),
            None => self.next_cell()?,
        };
        let Some((number, mut column, mut text)) = first else { return Ok(None) };
        let cells = vec![String::new(); self.width];
        let mut row = RawRow { line: u64::from(number) + 1, cells, flaw: None };
        loop {
            self.put(&mut row, column as usize, text);
            match self.next_cell()? {
                Some(cell) if cell.0 == number => (_, column, text) = cell,
                other => {
                    self.pending = other;
                    return Ok(Some(row));
                }
            }
        }
    }

    fn put(&self, row: &mut RawRow, column: usize, text: String) {
        if column >= self.limits.columns {
            row.flaw = row.flaw.or(Some(Flaw::TooManyColumns));
            return;
        }
        if row.cells.len() <= column {
            row.cells.resize(column + 1, String::new());
        }
        let long = text.len() > self.limits.cell_chars && text.chars().count() > self.limits.cell_chars;
        row.cells[column] = if long { cut(&text, 64).to_owned() } else { text };
        if long {
            row.flaw = row.flaw.or(Some(Flaw::CellTooLong));
        }
    }

    /// The next cell that holds something: row, column and text.
    fn next_cell(&mut self) -> Result<Option<(u32, u32, String)>, ReadError> {
        while !self.ended {
            let Some(cell) = self.cells.next_cell().map_err(damaged)? else {
                self.ended = true;
                break;
            };
            let (row, column) = cell.get_position();
            let text = match cell.get_value() {
                DataRef::Empty => continue,
                DataRef::Int(n) => n.to_string(),
                DataRef::Float(n) => number(*n),
                DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
                DataRef::SharedString(text) => (*text).to_owned(),
                DataRef::Bool(yes) => if *yes { "TRUE" } else { "FALSE" }.to_owned(),
                DataRef::DateTime(date) if date.is_datetime() => match date.as_datetime() {
                    Some(at) if at.time() == chrono::NaiveTime::MIN => at.date().to_string(),
                    Some(at) => at.to_string(),
                    None => number(date.as_f64()),
                },
                DataRef::DateTime(date) => number(date.as_f64()),
                DataRef::Error(error) => error.to_string(),
            };
            return Ok(Some((row, column, text)));
        }
        Ok(None)
    }
}

/// A number as a person would type it. Whole ones beyond fifteen digits have lost some, and are written so that
/// this shows.
fn number(n: f64) -> String {
    if n.abs() >= 1e15 { format!("{n:e}").replace('e', "E+") } else { n.to_string() }
}

#[cfg(test)]
mod tests {
    use super::number;

    #[test]
    fn numbers_are_written_as_typed() {
        assert_eq!(number(239.0), "239");
        assert_eq!(number(113.62), "113.62");
        assert_eq!(number(202_308_313_302_060_030.0), "2.0230831330206003E+17");
    }
}

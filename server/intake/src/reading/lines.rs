//! Rows of delimited text (RFC 4180 and what people make of it).
//!
//! Own, because two things are needed that the csv crate has not: a bound on the memory of one row, and going
//! on after a quotation mark that is never closed, which would otherwise swallow the rest of the file as one
//! cell. Where neither happens it reads the same as the csv crate (a property test compares them).

use super::sniff::TextForm;
use super::{Flaw, Limits, RawRow, ReadError};
use crate::text::cut;
use encoding_rs::Decoder;
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// The longest row in bytes; nothing near it is a row of a table.
const ROW_BYTES: usize = 4 << 20;
/// The most lines one quoted cell goes over; more means that its mark is never closed.
const LINES_IN_CELL: u64 = 50;
const CHUNK: usize = 64 << 10;

/// The rows of a text file.
pub(super) struct TextRows {
    file: File,
    decoder: Decoder,
    chunk: Vec<u8>,
    /// Decoded text; rows before `at` are done.
    window: String,
    at: usize,
    ended: bool,
    line: u64,
    splitter: Splitter,
}

impl TextRows {
    /// Begins at the top of a file. `width` is the number of cells a row should have, where known.
    pub(super) fn open(
        path: &Path,
        form: &TextForm,
        width: Option<usize>,
        limits: &Limits,
    ) -> Result<Self, ReadError> {
        let mut rows = Self {
            file: File::open(path)?,
            decoder: form.encoding.new_decoder_with_bom_removal(),
            chunk: vec![0; CHUNK],
            window: String::new(),
            at: 0,
            ended: false,
            line: 1,
            splitter: Splitter {
                delimiter: form.delimiter,
                width,
                columns: limits.columns,
                cell_chars: limits.cell_chars,
            },
        };
        if form.names_delimiter {
            rows.next_row()?;
        }
        Ok(rows)
    }

    /// The next row, blank ones included.
    pub(super) fn next_row(&mut self) -> Result<Option<RawRow>, ReadError> {
        loop {
            let rest = &self.window[self.at..];
            if rest.is_empty() && self.ended {
                return Ok(None);
            }
            match self.splitter.split(rest, self.ended) {
                Split::Row { cells, flaw, used, lines } => {
                    let row = RawRow { line: self.line, cells, flaw };
                    self.at += used;
                    self.line += lines;
                    return Ok(Some(row));
                }
                Split::Short if rest.len() > ROW_BYTES => {
                    let row = RawRow {
                        line: self.line,
                        cells: vec![cut(rest, 64).to_owned()],
                        flaw: Some(Flaw::RowTooLong),
                    };
                    self.skip_line()?;
                    return Ok(Some(row));
                }
                Split::Short => self.fill()?,
            }
        }
    }

    /// Goes on to the next line end, however far it is.
    fn skip_line(&mut self) -> Result<(), ReadError> {
        loop {
            let rest = &self.window.as_bytes()[self.at..];
            let found = rest.iter().position(|b| matches!(b, b'\r' | b'\n'));
            let broken = found.map(|n| (n, line_break(rest, n, self.ended)));
            match broken {
                Some((n, Some((used, lines)))) => {
                    self.at += n + used;
                    self.line += lines;
                    return Ok(());
                }
                // Keep the line end itself until what follows it is known.
                Some((n, None)) if n > 0 => self.at += n,
                Some((_, None)) if rest.len() > ROW_BYTES => self.at = self.window.len(),
                Some(_) => self.fill()?,
                None if self.ended => {
                    self.at = self.window.len();
                    return Ok(());
                }
                None => {
                    self.at = self.window.len();
                    self.fill()?;
                }
            }
        }
    }

    /// Reads on; the more is pending, the more at once, so that a long row is not looked at too often.
    fn fill(&mut self) -> Result<(), ReadError> {
        self.window.drain(..self.at);
        self.at = 0;
        let wanted = self.window.len() + CHUNK;
        while self.window.len() < wanted && !self.ended {
            let got = self.file.read(&mut self.chunk)?;
            self.ended = got == 0;
            let most = self.decoder.max_utf8_buffer_length(got).unwrap_or(4 * CHUNK);
            self.window.reserve(most);
            let _ = self.decoder.decode_to_string(&self.chunk[..got], &mut self.window, self.ended);
        }
        Ok(())
    }
}

/// Takes rows off the front of a text.
pub(super) struct Splitter {
    pub(super) delimiter: u8,
    pub(super) width: Option<usize>,
    pub(super) columns: usize,
    pub(super) cell_chars: usize,
}

/// What stands at the front of a text.
pub(super) enum Split {
    /// A row, the bytes and lines it takes.
    Row { cells: Vec<String>, flaw: Option<Flaw>, used: usize, lines: u64 },
    /// A row that goes on beyond the text.
    Short,
}

/// How a scan of one row ended.
enum Scan {
    Row {
        cells: Vec<String>,
        flaw: Option<Flaw>,
        used: usize,
        lines: u64,
    },
    Short,
    /// A quotation mark is not closed where it should be.
    Open,
}

impl Splitter {
    /// The row at the front of the text. `last`: nothing follows the text.
    pub(super) fn split(&self, text: &str, last: bool) -> Split {
        match self.scan(text, last, true) {
            (Some(line_end), Scan::Row { cells, .. }) if self.width.is_some_and(|w| w != cells.len()) => {
                self.without_quotes(&text[..line_end])
            }
            (_, Scan::Row { cells, flaw, used, lines }) => Split::Row { cells, flaw, used, lines },
            (_, Scan::Short) => Split::Short,
            (line_end, Scan::Open) => self.without_quotes(&text[..line_end.unwrap_or(text.len())]),
        }
    }

    /// One line, its quotation marks being no marks.
    fn without_quotes(&self, line: &str) -> Split {
        match self.scan(line, true, false).1 {
            Scan::Row { mut cells, used, lines, .. } => {
                let whole = self.width == Some(cells.len());
                for cell in cells.iter_mut().filter(|c| c.starts_with('"')) {
                    cell.remove(0);
                }
                Split::Row { cells, flaw: Some(if whole { Flaw::StrayQuote } else { Flaw::QuoteOpen }), used, lines }
            }
            Scan::Short | Scan::Open => Split::Short,
        }
    }

    /// Scans one row. Also says where its first line ends, if that lies within quotes.
    fn scan(&self, text: &str, last: bool, quotes: bool) -> (Option<usize>, Scan) {
        let bytes = text.as_bytes();
        let mut cells = Vec::with_capacity(self.width.unwrap_or(8));
        let (mut at, mut lines, mut flaw, mut first_line) = (0, 0, None, None);
        loop {
            let mut quoted = None;
            if quotes && bytes.get(at) == Some(&b'"') {
                let mut cell = String::new();
                at += 1;
                loop {
                    let Some(n) = bytes[at..].iter().position(|b| matches!(b, b'"' | b'\r' | b'\n')) else {
                        return (first_line, if last { Scan::Open } else { Scan::Short });
                    };
                    cell.push_str(&text[at..at + n]);
                    at += n;
                    if bytes[at] == b'"' {
                        match bytes.get(at + 1) {
                            Some(b'"') => {
                                cell.push('"');
                                at += 2;
                            }
                            None if !last => return (first_line, Scan::Short),
                            _ => {
                                at += 1;
                                break;
                            }
                        }
                    } else {
                        let Some((used, broken)) = line_break(bytes, at, last) else {
                            return (first_line, Scan::Short);
                        };
                        cell.push('\n');
                        at += used;
                        lines += broken;
                        first_line.get_or_insert(at);
                        if lines > LINES_IN_CELL || cell.len() > self.cell_chars * 4 {
                            return (first_line, Scan::Open);
                        }
                    }
                }
                quoted = Some(cell);
            }
            let end = bytes[at..].iter().position(|b| *b == self.delimiter || matches!(b, b'\r' | b'\n'));
            let end = match end {
                Some(n) => at + n,
                None if last => bytes.len(),
                None => return (first_line, Scan::Short),
            };
            let rest = &text[at..end];
            // Text right behind a mark that closes a cell of several lines: more likely the mark opens the next cell.
            if first_line.is_some() && quoted.is_some() && !rest.is_empty() {
                return (first_line, Scan::Open);
            }
            let cell = match quoted {
                None => rest.to_owned(),
                Some(mut cell) => {
                    cell.push_str(rest);
                    cell
                }
            };
            flaw = flaw.or(self.keep(&mut cells, cell));
            at = end;
            if at == bytes.len() {
                return (first_line, Scan::Row { cells, flaw, used: at, lines: lines + 1 });
            }
            if bytes[at] == self.delimiter {
                at += 1;
                continue;
            }
            return match line_break(bytes, at, last) {
                Some((used, broken)) => {
                    (first_line, Scan::Row { cells, flaw, used: at + used, lines: lines + broken })
                }
                None => (first_line, Scan::Short),
            };
        }
    }

    fn keep(&self, cells: &mut Vec<String>, cell: String) -> Option<Flaw> {
        if cells.len() == self.columns {
            return Some(Flaw::TooManyColumns);
        }
        if cell.len() > self.cell_chars && cell.chars().count() > self.cell_chars {
            cells.push(cut(&cell, 64).to_owned());
            return Some(Flaw::CellTooLong);
        }
        cells.push(cell);
        None
    }
}

/// The bytes and lines of the line end at this place. Carriage returns before a line feed belong to it, however
/// many. `None` where it may go on beyond the text.
fn line_break(bytes: &[u8], at: usize, last: bool) -> Option<(usize, u64)> {
    let returns = bytes[at..].iter().take_while(|b| **b == b'\r').count();
    match bytes.get(at + returns) {
        Some(b'\n') => Some((returns + 1, 1)),
        None if !last => None,
        _ => Some((returns, returns as u64)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str, width: Option<usize>) -> Vec<(u64, Vec<String>, Option<Flaw>)> {
        let splitter = Splitter { delimiter: b',', width, columns: 8, cell_chars: 20 };
        let (mut at, mut line, mut out) = (0, 1, Vec::new());
        while at < text.len() {
            match splitter.split(&text[at..], true) {
                Split::Row { cells, flaw, used, lines } => {
                    out.push((line, cells, flaw));
                    at += used;
                    line += lines;
                }
                Split::Short => panic!("nothing follows"),
            }
        }
        out
    }

    fn cells(text: &str) -> Vec<Vec<String>> {
        rows(text, None).into_iter().map(|(_, cells, _)| cells).collect()
    }

    #[test]
    fn all_line_ends_end_a_line() {
        for end in ["\n", "\r\n", "\r\r\n", "\r"] {
            let text = format!("a,b{end}c,\"d{end}e\"{end}f,{end}");
            let lines: Vec<u64> = rows(&text, None).iter().map(|(line, ..)| *line).collect();
            assert_eq!(cells(&text), [vec!["a", "b"], vec!["c", "d\ne"], vec!["f", ""]], "{end:?}");
            assert_eq!(lines, [1, 2, 4], "{end:?}");
        }
    }

    #[test]
    fn marks_within_cells_stay() {
        assert_eq!(cells("\"a\"\"b\",c\"d\",\"e\"f\n"), [vec!["a\"b", "c\"d\"", "ef"]]);
    }

    #[test]
    fn a_mark_that_is_never_closed_costs_one_line() {
        let text = "a,b,c\n1,\"2,3\n4,5,6\n7,8,9\n";
        let read = rows(text, Some(3));
        assert_eq!(read[1], (2, vec!["1".into(), "2".into(), "3".into()], Some(Flaw::StrayQuote)));
        assert_eq!(read[2..].iter().map(|r| r.2).collect::<Vec<_>>(), [None, None]);
        let read = rows("a,b,c\n1,\"2\n4,5,6\n7,\"8\",9\n", Some(3));
        assert_eq!(
            read.iter().map(|r| (r.0, r.2)).collect::<Vec<_>>(),
            [(1, None), (2, Some(Flaw::QuoteOpen)), (3, None), (4, None)]
        );
    }

    #[test]
    fn long_cells_and_wide_rows_are_marked() {
        let read = rows(&format!("{}\nx\n", "字".repeat(21)), None);
        assert_eq!((read[0].2, read[1].2), (Some(Flaw::CellTooLong), None));
        let read = rows("1,2,3,4,5,6,7,8,9\nx\n", None);
        assert_eq!((read[0].1.len(), read[0].2, read[1].2), (8, Some(Flaw::TooManyColumns), None));
    }
}

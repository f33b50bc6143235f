//! The rows of a report as a table that a spreadsheet opens.

use super::{Report, RowReport};
use domain::Lang;
use std::borrow::Cow;
use std::io::Write;

impl Report {
    /// Writes one line for each thing said about a row, as CSV in UTF-8 with the mark that spreadsheets want. Cells
    /// that a spreadsheet would compute begin with `'`.
    ///
    /// # Errors
    /// What the writer answers.
    pub fn write_csv(&self, mut out: impl Write, lang: Lang) -> Result<(), csv::Error> {
        out.write_all("\u{feff}".as_bytes())?;
        let mut csv = csv::Writer::from_writer(out);
        csv.write_record(match lang {
            Lang::Zh => ["行", "结果", "代码", "列", "原文", "读作", "说明", "内容"],
            Lang::En => ["line", "verdict", "code", "column", "original", "read as", "explanation", "content"],
        })?;
        for row in &self.rows {
            let line = row.line.to_string();
            let mut put = |code: &str, column: &str, text: &str, made: &str, said: &str| {
                let cells = [&line, row.verdict.label(lang), code, column, text, made, said, &row.summary];
                csv.write_record(cells.iter().map(|c| harmless(c).into_owned()))
            };
            if let Some(why) = row.duplicate {
                put(why.code(), "", "", "", &duplicate_text(row, lang))?;
            }
            for note in &row.notes {
                put(note.code.code(), &note.column, &note.text, &note.made, &note.text(lang))?;
            }
        }
        csv.flush()?;
        Ok(())
    }
}

/// Why a row is a duplicate, and of what.
pub(super) fn duplicate_text(row: &RowReport, lang: Lang) -> String {
    let why = row.duplicate.map_or("", |why| why.label(lang));
    match (&row.of, lang) {
        (Some(of), Lang::Zh) => format!("{why}（{of}）"),
        (Some(of), Lang::En) => format!("{why} ({of})"),
        (None, _) => why.to_owned(),
    }
}

/// A cell that no spreadsheet takes for a formula.
fn harmless(cell: &str) -> Cow<'_, str> {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        Cow::Owned(format!("'{cell}"))
    } else {
        Cow::Borrowed(cell)
    }
}

#[cfg(test)]
mod tests {
    use super::harmless;

    #[test]
    fn formulas_lose_their_power() {
        for cell in ["=1+1", "+1", "-1", "@x", "\t=1"] {
            assert!(harmless(cell).starts_with('\''), "{cell}");
        }
        assert_eq!(harmless("239万"), "239万");
    }
}

//! A report as a short text for a terminal.

use super::Report;
use super::sheet::duplicate_text;
use crate::field::Field;
use crate::mapping::Mapping;
use crate::note::{NoteCode, Severity};
use domain::Lang;
use domain::money::Grouped;
use std::fmt::Write as _;

impl Report {
    /// The report as a person wants to read it: the counts, the columns, and each thing that was said with how
    /// many rows it concerns and the first of them.
    pub fn text(&self, lang: Lang) -> String {
        let zh = lang == Lang::Zh;
        let mut out = String::new();
        let _ = writeln!(out, "{}", self.head(lang));
        let n = Grouped;
        let _ = if zh {
            writeln!(
                out,
                "读到 {} 行：收下 {}，重复 {}，拒收 {}。收下的行里已修正 {}，存疑 {}。",
                n(self.read),
                n(self.taken),
                n(self.duplicate),
                n(self.refused),
                n(self.repaired),
                n(self.doubtful)
            )
        } else {
            writeln!(
                out,
                "{} rows read: {} taken in, {} duplicates, {} refused. Of those taken in, {} repaired, {} doubtful.",
                n(self.read),
                n(self.taken),
                n(self.duplicate),
                n(self.refused),
                n(self.repaired),
                n(self.doubtful)
            )
        };
        if let Some(why) = &self.stopped {
            let _ = writeln!(out, "{}{why}", if zh { "没有读完：" } else { "Stopped early: " });
        }
        out.push('\n');
        out.push_str(&columns(&self.mapping, lang));
        let findings = self.findings(lang);
        if !findings.is_empty() {
            let _ = write!(out, "\n{}", table(&findings));
        }
        if self.rows_left_out > 0 {
            let left = Grouped(self.rows_left_out);
            let _ = if zh {
                writeln!(out, "另有 {left} 行只计数，未逐行列出。")
            } else {
                writeln!(out, "{left} more rows are counted but not listed.")
            };
        }
        out
    }

    fn head(&self, lang: Lang) -> String {
        let zh = lang == Lang::Zh;
        let mut parts = vec![self.file.clone(), self.kind().label(lang).to_owned(), self.format.encoding.clone()];
        if let Some(delimiter) = self.format.delimiter {
            let shown = if delimiter == '\t' { "Tab".to_owned() } else { delimiter.to_string() };
            parts.push(if zh { format!("分隔符 {shown}") } else { format!("delimiter {shown}") });
        }
        if let Some(sheet) = &self.format.sheet {
            parts.push(if zh { format!("工作表 {sheet}") } else { format!("sheet {sheet}") });
        }
        if !self.format.other_sheets.is_empty() {
            let others = self.format.other_sheets.join(", ");
            parts.push(if zh {
                format!("未读的工作表 {others}")
            } else {
                format!("sheets not read: {others}")
            });
        }
        if let Some(line) = self.resumed_from {
            parts.push(if zh {
                format!("自第 {line} 行之后续读")
            } else {
                format!("resumed after line {line}")
            });
        }
        if self.dry_run {
            parts.push(if zh { "试读，未写入" } else { "dry run, nothing stored" }.to_owned());
        }
        if let Some(finished) = self.finished {
            let tenths = (finished - self.started).num_milliseconds().max(0) / 100;
            let seconds = format!("{}.{}", tenths / 10, tenths % 10);
            parts.push(if zh { format!("{seconds} 秒") } else { format!("{seconds} s") });
        }
        parts.join(" · ")
    }

    /// What was said, how often, and where first.
    fn findings(&self, lang: Lang) -> Vec<Vec<String>> {
        let at = |line: u64| if lang == Lang::Zh { format!("第 {line} 行") } else { format!("line {line}") };
        let mut rows = Vec::new();
        for (why, count) in &self.duplicates {
            let first = self.rows.iter().find(|r| r.duplicate == Some(*why));
            let (line, text) = first.map(|r| (at(r.line), duplicate_text(r, lang))).unwrap_or_default();
            let word = super::RowVerdict::Duplicate.label(lang).to_owned();
            rows.push(vec![word, Grouped(*count).to_string(), line, text]);
        }
        for severity in [Severity::Refused, Severity::Doubtful, Severity::Repaired] {
            let mut codes: Vec<(&NoteCode, &u64)> =
                self.codes.iter().filter(|(code, _)| code.severity() == severity).collect();
            codes.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
            for (code, count) in codes {
                let notes = self.rows.iter().flat_map(|r| r.notes.iter().map(move |n| (r.line, n)));
                let first = notes.into_iter().find(|(_, note)| note.code == *code);
                let (line, text) = first.map(|(line, note)| (at(line), note.text(lang))).unwrap_or_default();
                rows.push(vec![severity.label(lang).to_owned(), Grouped(*count).to_string(), line, text]);
            }
        }
        rows
    }
}

/// The mapping as a table for a terminal.
pub(crate) fn columns(mapping: &Mapping, lang: Lang) -> String {
    let missing: Vec<&str> = mapping.missing().iter().map(|f| f.label(lang)).collect();
    let rows: Vec<Vec<String>> = mapping
        .describe(lang)
        .into_iter()
        .map(|d| {
            let number = format!("#{}", d.number);
            match d.field {
                Field::Extra => vec![number, d.header, format!("→ {}", d.label), String::new(), d.reason],
                field => {
                    vec![number, d.header, format!("→ {} {field}", d.label), format!("{}%", d.confidence), d.reason]
                }
            }
        })
        .collect();
    let mut out = table(&rows);
    if !missing.is_empty() {
        let word = if lang == Lang::Zh { "缺少的列：" } else { "Columns missing: " };
        let _ = writeln!(out, "{word}{}", missing.join(", "));
    }
    out
}

/// Lines whose cells stand below each other; Chinese characters are two columns wide.
fn table(rows: &[Vec<String>]) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width = |at: usize| rows.iter().filter_map(|r| r.get(at)).map(|c| wide(c)).max().unwrap_or(0).min(40);
    let widths: Vec<usize> = (0..columns).map(width).collect();
    let mut out = String::new();
    for row in rows {
        let mut line = String::new();
        for (cell, width) in row.iter().zip(&widths) {
            let _ = write!(line, "{}{}  ", cell.replace('\n', " "), " ".repeat(width.saturating_sub(wide(cell))));
        }
        let _ = writeln!(out, "{}", line.trim_end());
    }
    out
}

fn wide(text: &str) -> usize {
    let is_wide = |c: char| {
        matches!(c, '\u{1100}'..='\u{115f}' | '\u{2e80}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7a3}'
            | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe6f}' | '\u{ff00}'..='\u{ff60}' | '\u{ffe0}'..='\u{ffe6}'
            | '\u{20000}'..='\u{3fffd}')
    };
    text.chars().map(|c| 1 + usize::from(is_wide(c))).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_stand_below_each_other() {
        let rows = [["总价", "a"], ["x", "b"]].map(|row| row.map(str::to_owned).to_vec());
        assert_eq!(table(&rows), "总价  a\nx     b\n");
    }
}

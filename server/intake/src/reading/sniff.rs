//! Finds out how a text file is written: encoding and delimiter.

use super::lines::{Split, Splitter};
use super::{Format, Limits, ReadError};
use encoding_rs::{Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// How a text file is written.
pub(super) struct TextForm {
    pub(super) encoding: &'static Encoding,
    pub(super) delimiter: u8,
    /// Whether the first line only names the delimiter (`sep=;`), as spreadsheets write it.
    pub(super) names_delimiter: bool,
}

const CHUNK: usize = 1 << 20;
/// The delimiter is found from this much of the file.
const TOP: usize = 64 << 10;

/// Looks through a file.
pub(super) fn sniff(path: &Path, limits: &Limits) -> Result<(TextForm, Format), ReadError> {
    let mut file = File::open(path)?;
    let (mut top, mut bytes, mut kept) = (Vec::new(), vec![0; CHUNK], 0);
    // Bytes beyond ASCII in characters that are UTF-8, and sequences that are not.
    let (mut good, mut bad) = (0_u64, 0_u64);
    loop {
        let got = file.read(&mut bytes[kept..])?;
        let text = &bytes[..kept + got];
        if top.len() < TOP {
            top.extend_from_slice(&text[kept..]);
        }
        let mut open = 0;
        for chunk in text.utf8_chunks() {
            good += chunk.valid().bytes().filter(|b| !b.is_ascii()).count() as u64;
            match chunk.invalid() {
                [] => {}
                // A character cut in two by the end of the buffer is judged with the next one.
                rest if got > 0 && rest.as_ptr_range().end == text.as_ptr_range().end => {
                    open = rest.len();
                }
                _ => bad += 1,
            }
        }
        if got == 0 {
            break;
        }
        let end = kept + got;
        bytes.copy_within(end - open..end, 0);
        kept = open;
    }
    let top = &top[..top.len().min(TOP)];
    let encoding = match Encoding::for_bom(top) {
        Some((encoding, _)) => encoding,
        None => wide(top)?.unwrap_or(if bad == 0 || good / 3 > bad * 4 { UTF_8 } else { GB18030 }),
    };
    let (text, _, _) = encoding.decode(top);
    let (delimiter, names_delimiter) = match named_delimiter(&text) {
        Some(delimiter) => (delimiter, true),
        None => (best_delimiter(&text, limits), false),
    };
    let format = Format {
        encoding: encoding.name().to_owned(),
        delimiter: Some(char::from(delimiter)),
        sheet: None,
        other_sheets: Vec::new(),
    };
    Ok((TextForm { encoding, delimiter, names_delimiter }, format))
}

/// Two-byte text without a mark of byte order shows as zeros at every other place; any other file full of zeros
/// is no text.
fn wide(top: &[u8]) -> Result<Option<&'static Encoding>, ReadError> {
    let zeros = |odd: usize| top.iter().skip(odd).step_by(2).filter(|b| **b == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let many = top.len() / 10;
    match (even > many, odd > many) {
        (true, true) => Err(ReadError::NotATable),
        (true, false) if odd == 0 => Ok(Some(UTF_16BE)),
        (false, true) if even == 0 => Ok(Some(UTF_16LE)),
        (false, false) => Ok(None),
        _ => Err(ReadError::NotATable),
    }
}

fn named_delimiter(text: &str) -> Option<u8> {
    let rest = text.trim_start_matches('\u{feff}').strip_prefix("sep=")?;
    let mut bytes = rest.bytes();
    let delimiter = bytes.next().filter(|b| matches!(b, b',' | b';' | b'\t' | b'|'))?;
    matches!(bytes.next(), Some(b'\r' | b'\n')).then_some(delimiter)
}

/// The delimiter that cuts most of the first rows into as many cells as the first, and more than one.
fn best_delimiter(text: &str, limits: &Limits) -> u8 {
    let score = |delimiter: u8| {
        let splitter = Splitter { delimiter, width: None, columns: limits.columns, cell_chars: limits.cell_chars };
        let (mut at, mut widths) = (0, Vec::new());
        while at < text.len() && widths.len() < 20 {
            let Split::Row { cells, used, .. } = splitter.split(&text[at..], true) else { break };
            at += used;
            if cells.iter().any(|c| !c.trim().is_empty()) {
                widths.push(cells.len());
            }
        }
        let most = widths.iter().copied().max().unwrap_or(0);
        if most < 2 {
            return (0, 0);
        }
        let alike = widths.iter().filter(|w| **w == most).count();
        (alike * 100 / widths.len(), most)
    };
    // The first of equals: the comma.
    [b'\t', b';', b','].into_iter().max_by_key(|d| score(*d)).unwrap_or(b',')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_delimiter_is_the_one_that_makes_a_table() {
        let best = |text: &str| char::from(best_delimiter(text, &Limits::default()));
        assert_eq!(best("a,b,c\n1;2,3,4\n"), ',');
        assert_eq!(best("a;b;c\n1,2;3;4,5\n"), ';');
        assert_eq!(best("a\tb\n1\t2,3\n"), '\t');
        assert_eq!(best("标题\n小区,总价,面积\n甲,1,2\n乙,1,2\n"), ',');
        assert_eq!(best("one\ntwo\n"), ',');
        assert_eq!(named_delimiter("sep=;\r\na;b"), Some(b';'));
    }
}

//! Looks into a workbook before it is read: what it unpacks to, and the few things that would make a reader take
//! memory that the file does not pay for.

use super::{Limits, ReadError};
use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;
use zip::ZipArchive;

/// Parts in a workbook; a real one has some dozens.
const PARTS: usize = 4096;
/// The longest piece between two tags; a cell has at most 32,767 characters.
const LONGEST_TEXT: usize = 2 << 20;
/// Bytes of the attribute that is looked for, with room for spaces around `=`.
const OVERLAP: usize = 64;

/// Unpacks every part once and counts, whatever the sizes it declares.
pub(super) fn check(path: &Path, limits: &Limits) -> Result<(), ReadError> {
    let damaged = |error: zip::result::ZipError| ReadError::Workbook(error.to_string());
    let mut archive = ZipArchive::new(BufReader::new(File::open(path)?)).map_err(damaged)?;
    if archive.len() > PARTS {
        return Err(ReadError::Workbook(format!("{} parts", archive.len())));
    }
    let too_large = || ReadError::UnpackedTooLarge { limit: limits.unpacked_bytes };
    let mut declared = 0_u64;
    for n in 0..archive.len() {
        declared = declared.saturating_add(archive.by_index_raw(n).map_err(damaged)?.size());
    }
    if declared > limits.unpacked_bytes {
        return Err(too_large());
    }
    let (mut left, mut buffer) = (limits.unpacked_bytes, vec![0; OVERLAP + (64 << 10)]);
    for n in 0..archive.len() {
        let mut part = archive.by_index(n).map_err(damaged)?;
        let name = part.name().map_err(damaged)?.to_ascii_lowercase();
        let is_xml = name.ends_with(".xml") || name.ends_with(".rels");
        let is_strings = name.ends_with("sharedstrings.xml");
        let (mut size, mut since_tag, mut promised) = (0_u64, 0, 0_u64);
        loop {
            let got = part.read(&mut buffer[OVERLAP..]).map_err(|e| ReadError::Workbook(e.to_string()))?;
            if got == 0 {
                break;
            }
            size += got as u64;
            left = left.checked_sub(got as u64).ok_or_else(too_large)?;
            let fresh = &buffer[OVERLAP..OVERLAP + got];
            if is_xml {
                // Text in two-byte characters would hide what is looked for; nobody writes workbooks so.
                if size == got as u64 && (fresh.starts_with(b"\xff\xfe") || fresh.starts_with(b"\xfe\xff")) {
                    return Err(ReadError::Workbook(format!("encoding of {name}")));
                }
                since_tag = longest_text(fresh, since_tag)
                    .ok_or_else(|| ReadError::Workbook(format!("a text without end in {name}")))?;
            }
            if is_strings {
                promised = promised.max(promised_strings(&buffer[..OVERLAP + got]));
            }
            buffer.copy_within(got..got + OVERLAP, 0);
        }
        buffer[..OVERLAP].fill(0);
        // The reader makes room for as many strings as are promised; the shortest takes more than 4 bytes.
        if promised > size / 4 {
            return Err(ReadError::Workbook(format!("{promised} strings promised in {size} bytes")));
        }
    }
    Ok(())
}

/// The bytes since the last tag, going on from those before; `None` where a text is too long.
fn longest_text(bytes: &[u8], before: usize) -> Option<usize> {
    let mut run = before;
    for piece in bytes.split_inclusive(|b| *b == b'<') {
        run += piece.len();
        if run > LONGEST_TEXT {
            return None;
        }
        if piece.ends_with(b"<") {
            run = 0;
        }
    }
    Some(run)
}

/// The largest number any `uniqueCount` attribute in these bytes gives.
fn promised_strings(bytes: &[u8]) -> u64 {
    const NAME: &[u8] = b"uniqueCount";
    let mut most = 0;
    let mut rest = bytes;
    while let Some(at) = rest.windows(NAME.len()).position(|w| w == NAME) {
        rest = &rest[at + NAME.len()..];
        let value = rest.iter().skip_while(|b| matches!(b, b' ' | b'\t' | b'\r' | b'\n' | b'=' | b'"' | b'\''));
        let number = value
            .take_while(|b| b.is_ascii_digit())
            .fold(0_u64, |n, b| n.saturating_mul(10).saturating_add(u64::from(b - b'0')));
        most = most.max(number);
    }
    most
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn promises_and_endless_texts_are_seen() {
        assert_eq!(promised_strings(b"<sst count='1' uniqueCount = \"9999\"><si/>"), 9999);
        assert_eq!(promised_strings(b"uniqueCount='99999999999999999999999'"), u64::MAX);
        assert_eq!(longest_text(b"<a>text</a>", 0), Some(3));
        assert_eq!(longest_text(&vec![b'x'; LONGEST_TEXT], 1), None);
    }
}

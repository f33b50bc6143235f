//! Whole files through the whole crate.

mod files;
mod properties;
mod reports;
mod rows;
mod samples;
mod workbooks;

use chrono::NaiveDate;
use intake::{Defaults, Home, Limits, Mapping, Outcome, RawRow, ReadError, Reader, Table};
use std::io::Write;
use tempfile::NamedTempFile;

/// A file with these bytes, gone when dropped.
pub fn file(bytes: &[u8]) -> NamedTempFile {
    let mut file = NamedTempFile::new().expect("a temporary file");
    file.write_all(bytes).expect("writes");
    file.flush().expect("flushes");
    file
}

/// A file with these bytes, opened as a table.
pub fn open(bytes: &[u8]) -> Result<(NamedTempFile, Table), ReadError> {
    let file = file(bytes);
    let table = Table::open(file.path(), Limits::default())?;
    Ok((file, table))
}

/// Headers and rows of a table with these bytes.
pub fn read(bytes: &[u8]) -> (Vec<String>, Vec<RawRow>) {
    let (_file, mut table) = open(bytes).expect("opens");
    let rows = table.rows().expect("opens").collect::<Result<_, _>>().expect("reads");
    (table.headers().to_vec(), rows)
}

/// What holds for the rows of all tests: Ningbo, 20 November 2026.
pub fn defaults() -> Defaults {
    Defaults { city: Some("宁波".to_owned()), today: NaiveDate::from_ymd_opt(2026, 11, 20).expect("a day") }
}

/// The outcomes of a table of homes with these lines, its mapping guessed.
pub fn homes(text: &str) -> Vec<Outcome<Home>> {
    let (_file, mut table) = open(text.as_bytes()).expect("opens");
    let sample = table.sample(1000).expect("reads");
    let mapping = Mapping::guess(Some(intake::Kind::Listings), table.headers(), &sample);
    let reader = Reader::new(&mapping, defaults());
    table.rows().expect("opens").map(|row| reader.home(&row.expect("reads"))).collect()
}

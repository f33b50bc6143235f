//! Files that people made, in the folder `MENPAI_SAMPLES`. Without it these tests are skipped.

use crate::defaults;
use chrono::{DateTime, TimeDelta, Utc};
use intake::{Defaults, Field, Home, Kind, Limits, Mapping, NoteCode, Outcome, Reader, Report, RowReport, Table};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Instant;

fn sample(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("MENPAI_SAMPLES").map(|folder| PathBuf::from(folder).join(name));
    if path.is_none() {
        println!("skipped: MENPAI_SAMPLES does not name the folder with {name}");
    }
    path
}

/// Reads a whole file as an import would, without storing; prints the report.
fn run<T>(
    path: PathBuf,
    city: &str,
    understand: impl Fn(&Reader, &intake::RawRow) -> Outcome<T>,
) -> (Report, Vec<Outcome<T>>)
where
    for<'a> RowReport: From<&'a Outcome<T>>,
{
    let began = Instant::now();
    let mut table = Table::open(&path, Limits::default()).expect("opens");
    let rows = table.sample(1000).expect("reads");
    let mapping = Mapping::guess(None, table.headers(), &rows);
    let reader = Reader::new(&mapping, Defaults { city: Some(city.to_owned()), ..defaults() });
    let file = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let mut report = Report::start(file, &table, &mapping, DateTime::<Utc>::UNIX_EPOCH);
    let mut outcomes = Vec::new();
    for row in table.rows().expect("opens") {
        let outcome = understand(&reader, &row.expect("reads"));
        report.add(RowReport::from(&outcome));
        outcomes.push(outcome);
    }
    let took = TimeDelta::from_std(began.elapsed()).expect("a short while");
    report.finish(outcomes.len() as u64, DateTime::<Utc>::UNIX_EPOCH + took).expect("adds up");
    println!("{}", report.text(domain::Lang::Zh));
    (report, outcomes)
}

fn fields(report: &Report) -> Vec<Field> {
    report.mapping.columns.iter().map(|c| c.field).collect()
}

fn count(report: &Report, code: NoteCode) -> u64 {
    report.codes.get(&code).copied().unwrap_or(0)
}

fn taken(outcomes: &[Outcome<Home>]) -> Vec<&Home> {
    outcomes.iter().filter_map(Outcome::taken).collect()
}

#[test]
fn ningbo_is_understood_in_every_column() {
    let Some(path) = sample("ningbo-listings.csv") else { return };
    let (report, outcomes) = run(path, "宁波", Reader::home);
    use Field::*;
    assert_eq!(report.kind(), Kind::Listings);
    assert_eq!(
        fields(&report),
        [
            Price,
            UnitPrice,
            Community,
            Region,
            Layout,
            Floor,
            AreaBuilt,
            LayoutKind,
            AreaInner,
            BuildingType,
            Facing,
            Structure,
            Decoration,
            LiftRatio,
            Elevator,
            ListedOn,
            Ownership,
            LastSale,
            Usage,
            Holding,
            CoOwnership,
            Mortgage,
            TitleCopy,
            VerifyCode,
            Extra,
            Extra,
            Extra,
            VillaType
        ]
    );
    assert_eq!((report.read, report.taken, report.refused), (3000, 3000, 0));
    let homes = taken(&outcomes);
    assert!(homes.iter().all(|h| h.layout.is_some() && h.storeys.is_some() && h.floor_band.is_some()));
    assert!(homes.iter().all(|h| h.district.is_some() && !h.facing.is_empty()));
    assert!(homes.iter().all(|h| h.listed_on.is_some() && h.ownership.is_some() && h.usage.is_some()));
    assert_eq!(homes.iter().filter(|h| h.verify_code.is_none()).count(), 10);
    assert_eq!(count(&report, NoteCode::VerifyCodeLabelRemoved), 2);
    // One names a firm and one is a broken number, in the column of verification codes.
    assert_eq!(count(&report, NoteCode::NotUnderstood), 2);
    assert_eq!(count(&report, NoteCode::VerifyCodeMissing), 8);
    assert_eq!(count(&report, NoteCode::CircleMissing), homes.iter().filter(|h| h.circle.is_none()).count() as u64);
    let mut marks: BTreeMap<_, u32> = BTreeMap::new();
    for home in &homes {
        *marks.entry(home.fingerprint).or_insert(0) += 1;
    }
    assert_eq!(marks.values().map(|n| n - 1).sum::<u32>(), 181);
    let lines: Vec<u64> = outcomes.iter().map(|o| o.line).collect();
    assert_eq!((lines[0], lines[2999]), (2, 3003));
}

#[test]
fn a_copy_in_another_encoding_or_as_a_workbook_reads_the_same() {
    let Some(path) = sample("ningbo-listings.csv") else { return };
    let rows = |table: &mut Table| -> Vec<Vec<String>> {
        let headers = table.headers().to_vec();
        let rows = table.rows().expect("opens").map(|row| row.expect("reads").cells);
        std::iter::once(headers).chain(rows).collect()
    };
    let plain = rows(&mut Table::open(&path, Limits::default()).expect("opens"));
    let text = String::from_utf8(std::fs::read(&path).expect("reads")).expect("is UTF-8");
    let (bytes, _, lossy) = encoding_rs::GB18030.encode(&text);
    assert!(!lossy);
    let (_file, mut table) = crate::open(&bytes).expect("opens");
    assert_eq!(table.format().encoding, "gb18030");
    assert!(rows(&mut table) == plain);

    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (row, cells) in plain.iter().enumerate() {
        for (column, cell) in cells.iter().enumerate() {
            sheet.write(row as u32, column as u16, cell).expect("writes");
        }
    }
    let (_file, mut table) = crate::open(&book.save_to_buffer().expect("saves")).expect("opens");
    assert!(rows(&mut table) == plain);
}

#[test]
fn beijing_is_understood_though_its_names_mislead() {
    let Some(path) = sample("beijing-listings.csv") else { return };
    let (report, outcomes) = run(path, "北京", Reader::home);
    use Field::*;
    assert_eq!(
        fields(&report),
        [
            Facing,
            Circle,
            BuildingType,
            Storeys,
            Community,
            SourceId,
            Layout,
            Price,
            District,
            Decoration,
            AreaBuilt,
            UnitPrice,
            BuiltYear
        ]
    );
    assert_eq!((report.read, report.taken, report.refused), (22_000, 21_999, 1));
    assert_eq!(count(&report, NoteCode::HeaderLine), 1);
    assert_eq!(count(&report, NoteCode::BuiltYearDropped), 1);
    assert_eq!(count(&report, NoteCode::UnitPriceDisagrees), 153);
    assert_eq!(count(&report, NoteCode::NotUnderstood), 0);
    let homes = taken(&outcomes);
    assert!(homes.iter().all(|h| h.layout.is_some() && h.source_id.is_some() && !h.facing.is_empty()));
    assert!(homes.iter().all(|h| h.floor.is_none() && h.storeys.is_some()));
}

#[test]
fn shanghai_is_a_dictionary_of_communities() {
    let Some(path) = sample("shanghai-communities.csv") else { return };
    let (report, outcomes) = run(path, "上海", Reader::community);
    use Field::*;
    assert_eq!(report.kind(), Kind::Communities);
    assert_eq!(fields(&report), [City, Date, District, Circle, Community, AveragePrice, OnSale]);
    assert_eq!((report.read, report.refused), (18_155, 9));
    assert_eq!(count(&report, NoteCode::CommunityVoid), 9);
    let unknown = outcomes.iter().filter_map(Outcome::taken).filter(|c| c.average_unit_price.is_none()).count();
    assert!((5_300..5_400).contains(&unknown), "{unknown}");
}

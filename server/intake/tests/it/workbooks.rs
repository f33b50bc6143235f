//! Workbooks: the same table as text, and files that want more than they pay for.

use crate::{defaults, file, read};
use intake::{Flaw, Limits, Mapping, ReadError, Reader, Table};
use proptest::prelude::*;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
use std::io::Write;
use std::time::Instant;
use zip::write::SimpleFileOptions;

const HEADERS: [&str; 6] = ["小区名称", "总价(万元)", "建筑面积", "挂牌时间", "房源核验码", "备注"];

fn workbook(rows: usize) -> Vec<u8> {
    let mut book = Workbook::new();
    let empty = book.add_worksheet();
    empty.set_name("空白").expect("a name");
    let sheet = book.add_worksheet();
    let date = Format::new().set_num_format("yyyy-mm-dd");
    for (at, header) in HEADERS.iter().enumerate() {
        sheet.write(0, at as u16, *header).expect("writes");
    }
    for n in 0..rows as u32 {
        sheet.write(n + 1, 0, format!("小区{n}苑")).expect("writes");
        sheet.write(n + 1, 1, 100 + n).expect("writes");
        sheet.write(n + 1, 2, 80.25 + f64::from(n)).expect("writes");
        let day = ExcelDateTime::from_ymd(2023, 10, 16).expect("a day");
        sheet.write_with_format(n + 1, 3, &day, &date).expect("writes");
        sheet.write(n + 1, 4, "202304163302110018").expect("writes");
    }
    let other = book.add_worksheet();
    other.write(0, 0, "x").expect("writes");
    book.save_to_buffer().expect("saves")
}

#[test]
fn a_workbook_reads_the_same_as_its_text() {
    let book = file(&workbook(30));
    let mut table = Table::open(book.path(), Limits::default()).expect("opens");
    assert_eq!(table.format().sheet.as_deref(), Some("Sheet2"));
    assert_eq!(table.format().other_sheets, ["Sheet3"]);
    let rows: Vec<_> = table.rows().expect("opens").collect::<Result<_, _>>().expect("reads");
    let mut text = HEADERS.join(",") + "\n";
    for n in 0..30 {
        text += &format!("小区{n}苑,{},{},2023-10-16,202304163302110018,\n", 100 + n, 80.25 + f64::from(n));
    }
    let (headers, text_rows) = read(text.as_bytes());
    assert_eq!((table.headers(), &rows), (&headers[..], &text_rows));
    let reader = Reader::new(&Mapping::guess(None, &headers, &rows), defaults());
    assert!(rows.iter().all(|row| reader.home(row).notes().next().is_none()));
}

/// A workbook is XML inside: an entity that names a file of this machine must not become a cell.
#[test]
fn an_entity_of_a_workbook_reads_no_file() {
    let secret = file(b"Zwsecret");
    let mut old = zip::ZipArchive::new(std::io::Cursor::new(workbook(1))).expect("is a zip");
    let mut new = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let mut changed = 0;
    for n in 0..old.len() {
        let mut part = old.by_index(n).expect("is there");
        let (name, mut text) = (part.name().expect("has a name").into_owned(), String::new());
        std::io::Read::read_to_string(&mut part, &mut text).expect("is text");
        if name.ends_with("sharedStrings.xml") {
            let path = secret.path().display();
            let doctype = format!("?>\n<!DOCTYPE sst [<!ENTITY x SYSTEM \"file://{path}\"><!ENTITY y \"Zwinner\">]>");
            changed += text.matches("小区0苑").count();
            text = text.replacen("?>", &doctype, 1).replace("小区0苑", "小区&x;&y;苑");
        }
        new.start_file(name, SimpleFileOptions::default()).expect("starts");
        new.write_all(text.as_bytes()).expect("writes");
    }
    assert_eq!(changed, 1, "the cell is there");
    let book = file(&new.finish().expect("ends").into_inner());
    let read = Table::open(book.path(), Limits::default()).and_then(|mut table| {
        let rows: Result<Vec<_>, _> = table.rows()?.collect();
        rows.map(|rows| format!("{rows:?}"))
    });
    let text = read.unwrap_or_else(|error| error.to_string());
    assert!(!text.contains("Zwsecret"), "{text}");
}

#[test]
fn wide_and_far_cells_are_refused_by_row_and_quickly() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for at in 0..3 {
        sheet.write(0, at, "小区").expect("writes");
    }
    for at in 0..10_000 {
        sheet.write(1, at, 1).expect("writes");
    }
    sheet.write(1_000_000, 1, "远").expect("writes");
    let book = file(&book.save_to_buffer().expect("saves"));
    let began = Instant::now();
    let mut table = Table::open(book.path(), Limits::default()).expect("opens");
    let rows: Vec<_> = table.rows().expect("opens").collect::<Result<_, _>>().expect("reads");
    let seen: Vec<_> = rows.iter().map(|r| (r.line, r.flaw, r.cells.len())).collect();
    assert_eq!(seen, [(2, Some(Flaw::TooManyColumns), 512), (1_000_001, None, 3)]);
    println!("10,000 columns and a far row: {:?}", began.elapsed());
}

/// The workbook with one part in place of its own.
fn with_part(name: &str, part: impl FnOnce(&mut zip::ZipWriter<std::io::Cursor<Vec<u8>>>)) -> Vec<u8> {
    let source = workbook(3);
    let mut from = zip::ZipArchive::new(std::io::Cursor::new(source)).expect("is an archive");
    let mut to = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for at in 0..from.len() {
        let entry = from.by_index_raw(at).expect("a part");
        if entry.name().expect("a name") != name {
            to.raw_copy_file(entry).expect("copies");
        }
    }
    to.start_file(name, SimpleFileOptions::default()).expect("starts");
    part(&mut to);
    to.finish().expect("finishes").into_inner()
}

#[test]
fn a_small_file_that_unpacks_to_a_large_one_is_refused_quickly() {
    let bomb = with_part("xl/worksheets/sheet2.xml", |to| {
        let block = b"<c r=\"A1\"/>".repeat(100_000);
        for _ in 0..70 {
            to.write_all(&block).expect("writes");
        }
    });
    let bomb_file = file(&bomb);
    let limits = Limits { unpacked_bytes: 64 << 20, ..Limits::default() };
    let began = Instant::now();
    assert!(matches!(Table::open(bomb_file.path(), limits), Err(ReadError::UnpackedTooLarge { .. })));
    // The same with sizes that lie: what counts is what comes out.
    let (declared, mut lying, mut lies) = ((70_u32 * 1_100_000).to_le_bytes(), bomb, 0);
    for at in 0..lying.len() - 4 {
        if lying[at..at + 4] == declared {
            lying[at..at + 4].copy_from_slice(&4_u32.to_le_bytes());
            lies += 1;
        }
    }
    assert!(lies > 0);
    let error = Table::open(file(&lying).path(), limits).map(|_| ()).expect_err("is refused").code();
    println!("lying: {error}");
    println!("{} bytes refused in {:?}", bomb_file.path().metadata().expect("a file").len(), began.elapsed());
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn damaged_workbooks_are_answered(at in any::<prop::sample::Index>(), byte in any::<u8>(), cut in 0..200_usize) {
        let mut bytes = BOOK.with(Clone::clone);
        let at = at.index(bytes.len());
        bytes[at] = byte;
        bytes.truncate(bytes.len() - if cut < 20 { cut } else { 0 });
        if let Ok(mut table) = Table::open(file(&bytes).path(), Limits::default()) {
            let _ = table.rows().map(Iterator::count);
        }
    }
}

thread_local! {
    static BOOK: Vec<u8> = workbook(3);
}

#[test]
fn promised_strings_and_endless_texts_are_refused() {
    let error =
        |bytes: &[u8]| Table::open(file(bytes).path(), Limits::default()).map(|_| ()).expect_err("is refused");
    let promise = with_part("xl/sharedStrings.xml", |to| {
        to.write_all(b"<sst uniqueCount=\"99999999999999\"><si><t>x</t></si></sst>").expect("writes");
    });
    assert!(error(&promise).to_string().contains("promised"));
    let endless = with_part("xl/worksheets/sheet2.xml", |to| {
        to.write_all(&vec![b'x'; 5 << 20]).expect("writes");
    });
    assert!(error(&endless).to_string().contains("without end"));
}

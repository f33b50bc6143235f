//! Encodings, delimiters, line ends, and files that are no tables.

use crate::{file, open, read};
use intake::{Flaw, Limits, ReadError, Table};

const TABLE: &str = "小区,总价,户型\n香悦花苑,239万,3室1厅\n\"紫御,铭园\",145万,2室2厅\n";

fn cells(bytes: &[u8]) -> Vec<Vec<String>> {
    let (headers, rows) = read(bytes);
    std::iter::once(headers).chain(rows.into_iter().map(|r| r.cells)).collect()
}

#[test]
fn every_encoding_reads_the_same() {
    let plain = cells(TABLE.as_bytes());
    assert_eq!(plain[0], ["小区", "总价", "户型"]);
    assert_eq!(plain[2][0], "紫御,铭园");
    let (gb, _, lossy) = encoding_rs::GB18030.encode(TABLE);
    assert!(!lossy);
    let wide = |mark: bool, big: bool| -> Vec<u8> {
        let mark = mark.then_some('\u{feff}').into_iter();
        let units: Vec<u16> = mark.chain(TABLE.chars()).collect::<String>().encode_utf16().collect();
        units.iter().flat_map(|u| if big { u.to_be_bytes() } else { u.to_le_bytes() }).collect()
    };
    let with_mark = format!("\u{feff}{TABLE}").into_bytes();
    for bytes in [gb.to_vec(), with_mark, wide(true, false), wide(true, true)] {
        assert_eq!(cells(&bytes), plain);
    }
    let (_file, table) = open(&gb).expect("opens");
    assert_eq!(table.format().encoding, "gb18030");
}

#[test]
fn every_delimiter_and_line_end_reads_the_same() {
    let plain = cells(TABLE.as_bytes());
    for delimiter in [",", ";", "\t"] {
        for end in ["\n", "\r\n", "\r\r\n", "\r"] {
            let text: Vec<String> = TABLE
                .lines()
                .map(|line| line.replace("紫御,铭园", "紫御、铭园").replace(',', delimiter).replace('、', ","))
                .collect();
            let text = text.join(end);
            assert_eq!(cells(text.as_bytes()), plain, "{delimiter:?} {end:?}");
        }
    }
    let (headers, rows) = read("sep=;\r\n小区;总价\r\n甲,乙;239万\r\n".as_bytes());
    assert_eq!((headers.len(), rows[0].line, rows[0].cells[0].as_str()), (2, 3, "甲,乙"));
}

#[test]
fn one_damaged_cell_does_not_change_the_encoding_of_the_rest() {
    let mut bytes = TABLE.repeat(20).into_bytes();
    bytes.extend(b"\xed\xa0\x80,1\xff2,x\n");
    let (_, rows) = read(&bytes);
    assert_eq!(rows[0].cells[0], "香悦花苑");
    assert!(rows.last().expect("rows").cells[0].contains('\u{fffd}'));
}

#[test]
fn blank_lines_and_titles_are_no_rows() {
    let text = "\n宁波二手房,,\n\n小区,总价,面积\n\n , ,\n香悦花苑,239万,98\n,,\n\n";
    let (_file, mut table) = open(text.as_bytes()).expect("opens");
    assert_eq!(table.preamble(), ["宁波二手房"]);
    assert_eq!(table.headers(), ["小区", "总价", "面积"]);
    let rows: Vec<_> = table.rows().expect("opens").map(|r| r.expect("reads").line).collect();
    assert_eq!(rows, [7]);
}

#[test]
fn a_file_without_a_header_gives_its_first_row_as_data() {
    let (_file, mut table) = open("香悦花苑,239万,98㎡\n紫御铭园,145万,77㎡\n".as_bytes()).expect("opens");
    assert!(!table.has_header());
    assert_eq!(table.headers(), ["column 1", "column 2", "column 3"]);
    assert_eq!(table.rows().expect("opens").count(), 2);
}

#[test]
fn what_is_no_table_is_refused_with_a_reason() {
    let error = |bytes: &[u8]| open(bytes).map(|_| ()).expect_err("is no table").code();
    assert_eq!(error(b""), "empty");
    assert_eq!(error(b"\n\r\n  \n"), "empty");
    assert_eq!(error(&[0_u8; 4096]), "not_a_table");
    assert_eq!(error(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old"), "old_workbook");
    assert_eq!(error(b"PK\x03\x04 broken"), "workbook");
    let many = vec!["x"; 10_000].join(",");
    assert_eq!(error(many.as_bytes()), "too_many_columns");
    let small = Limits { file_bytes: 8, ..Limits::default() };
    let table = file(TABLE.as_bytes());
    assert!(matches!(Table::open(table.path(), small), Err(ReadError::FileTooLarge { .. })));
    assert!(matches!(Table::open("/nowhere/at/all.csv", small), Err(ReadError::Io(_))));
}

#[test]
fn limits_of_rows_and_cells_are_told_where_they_are_met() {
    let table = file(TABLE.as_bytes());
    let one = Limits { rows: 1, ..Limits::default() };
    let mut table = Table::open(table.path(), one).expect("opens");
    let rows: Vec<_> = table.rows().expect("opens").collect();
    assert!(matches!(rows[..], [Ok(_), Err(ReadError::TooManyRows { limit: 1 })]));

    let wide = vec!["9"; 10_000].join(",");
    let long = "长".repeat(40_000);
    let text = format!("小区,总价\n甲,1\n{wide}\n{long},2\n乙,\"{long}\"\n丙,3\n");
    let (_, rows) = read(text.as_bytes());
    let flaws: Vec<_> = rows.iter().map(|r| r.flaw).collect();
    use Flaw::{CellTooLong, TooManyColumns};
    assert_eq!(flaws, [None, Some(TooManyColumns), Some(CellTooLong), Some(CellTooLong), None]);
}

#[test]
fn a_row_without_end_takes_no_memory_and_the_next_one_is_read() {
    let text = format!("小区,总价\n{}\n丙,3\n", "x".repeat(9 << 20));
    let (_, rows) = read(text.as_bytes());
    assert_eq!(rows.len(), 2);
    assert_eq!(rows[0].flaw, Some(Flaw::RowTooLong));
    assert_eq!((rows[1].line, rows[1].cells[0].as_str()), (3, "丙"));
}

#[test]
fn a_sample_is_spread_over_the_file() {
    let mut text = String::from("小区,总价\n");
    for n in 0..5000 {
        text.push_str(&format!("小区{n},{n}万\n"));
    }
    let (_file, mut table) = open(text.as_bytes()).expect("opens");
    let sample = table.sample(100).expect("reads");
    assert!((100..200).contains(&sample.len()), "{}", sample.len());
    assert!(sample.last().expect("rows").line > 1800);
}

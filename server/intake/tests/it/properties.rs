//! Whatever a file holds, it is answered.

use crate::{defaults, open, read};
use domain::Lang;
use intake::{Flaw, Kind, Mapping, RawRow, Reader};
use proptest::collection::vec;
use proptest::prelude::*;

/// Pieces that cells are made of, so that the parsers are reached.
fn cell() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("万"),
        Just("亿"),
        Just("元/平米"),
        Just("㎡"),
        Just("室"),
        Just("厅"),
        Just("层"),
        Just("共"),
        Just("("),
        Just("/"),
        Just("-"),
        Just("."),
        Just("东"),
        Just("南"),
        Just("西"),
        Just("北"),
        Just("梯"),
        Just("户"),
        Just("两"),
        Just("十"),
        Just("百"),
        Just("千"),
        Just("0"),
        Just("9"),
        Just("2023"),
        Just("99999999999"),
        Just(" "),
        Just("\u{a0}"),
        Just("|"),
        Just("，"),
        Just("年"),
        Just("月"),
        Just("有抵押"),
        Just("核验码："),
        Just("E+17"),
        Just("精装"),
        Just("None"),
        Just("\0"),
        Just("\u{fffd}"),
        Just("\u{202e}"),
        Just("=")
    ];
    prop_oneof![vec(piece, 0..8).prop_map(|pieces| pieces.concat()), any::<String>(),]
}

fn rows() -> impl Strategy<Value = Vec<RawRow>> {
    let flaw = prop_oneof![8 => Just(None), 1 => Just(Some(Flaw::StrayQuote)), 1 => Just(Some(Flaw::RowTooLong))];
    let row = (any::<u64>(), vec(cell(), 0..40), flaw).prop_map(|(line, cells, flaw)| RawRow { line, cells, flaw });
    vec(row, 0..6)
}

fn headers() -> impl Strategy<Value = Vec<String>> {
    let known = prop::sample::select(intake::Field::ALL).prop_map(|f| f.label(Lang::Zh).to_owned());
    vec(prop_oneof![known, any::<String>(), cell()], 0..60)
}

fn understand(headers: &[String], rows: &[RawRow]) {
    for kind in Kind::ALL {
        let mapping = Mapping::guess(Some(*kind), headers, rows);
        assert_eq!(mapping.columns.len(), headers.len());
        let json = serde_json::to_string(&mapping).expect("serializes");
        assert_eq!(serde_json::from_str::<Mapping>(&json).expect("reads"), mapping);
        let reader = Reader::new(&mapping, defaults());
        for row in rows {
            let home = reader.home(row);
            assert_eq!(home.line, row.line);
            if let Some(taken) = home.taken() {
                assert!(!taken.community.is_empty() && taken.price.0 > 0 && taken.area_built.plausible());
                assert!(taken.area_inner.is_none_or(|inner| inner <= taken.area_built));
                assert!(taken.floor.is_none_or(|f| f != 0 && taken.storeys.is_none_or(|s| f <= s)));
            }
            let community = reader.community(row);
            for note in home.notes().chain(community.notes()) {
                assert!(!note.text(Lang::Zh).is_empty() && note.text.chars().count() <= 64);
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_answered(bytes in vec(any::<u8>(), 0..2000)) {
        if let Ok((_file, mut table)) = open(&bytes) {
            let headers = table.headers().to_vec();
            let rows: Vec<RawRow> = table.rows().expect("opens").collect::<Result<_, _>>().expect("reads");
            understand(&headers, &rows);
        }
    }

    #[test]
    fn any_text_is_answered(text in "[\"',;\t\r\n0-9a万㎡室东南\u{a0}]{0,400}") {
        if let Ok((_file, mut table)) = open(text.as_bytes()) {
            prop_assert!(table.rows().expect("opens").all(|row| row.is_ok()));
        }
    }

    #[test]
    fn any_rows_are_answered(headers in headers(), rows in rows()) {
        understand(&headers, &rows);
    }

    #[test]
    fn any_corrections_are_answered(headers in headers(), text in "[#a-z_=,0-9]{0,40}") {
        let mut mapping = Mapping::guess(None, &headers, &[]);
        if let Ok(overrides) = Mapping::parse_overrides(&text) {
            let _ = mapping.apply(&overrides);
        }
    }

    #[test]
    fn a_written_table_is_read_back(table in vec(vec("[a-z \",;\n万]{0,12}", 3), 1..12)) {
        let mut written = csv::Writer::from_writer(Vec::new());
        written.write_record(["小区", "总价", "户型"]).expect("writes");
        for row in &table {
            written.write_record(row).expect("writes");
        }
        let (headers, rows) = read(&written.into_inner().expect("writes"));
        prop_assert_eq!(headers, ["小区", "总价", "户型"]);
        let filled = |row: &&Vec<String>| row.iter().any(|c| !c.trim().is_empty());
        let expected: Vec<&Vec<String>> = table.iter().filter(filled).collect();
        prop_assert_eq!(rows.iter().map(|r| &r.cells).collect::<Vec<_>>(), expected);
        prop_assert!(rows.iter().all(|r| r.flaw.is_none()));
    }

    #[test]
    fn lines_without_marks_are_read_as_the_csv_crate_reads_them(text in "[a-z,\r\n万]{1,200}") {
        let text = format!("小区,总价\n{text}");
        let (_, rows) = read(text.as_bytes());
        let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
        let expected: Vec<Vec<String>> = reader
            .records()
            .map(|r| r.expect("reads").iter().map(str::to_owned).collect())
            .filter(|r: &Vec<String>| r.iter().any(|c| !c.is_empty()))
            .collect();
        prop_assert_eq!(rows.into_iter().map(|r| r.cells).collect::<Vec<_>>(), expected);
    }
}

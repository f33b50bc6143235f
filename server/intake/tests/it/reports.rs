//! The report of a run.

use crate::{defaults, open};
use chrono::{DateTime, TimeDelta, Utc};
use domain::Lang;
use intake::{Duplicate, Mapping, Reader, Report, RowReport};

fn report() -> Report {
    let text = "小区名称,总价,单价,建筑面积,备注\n甲苑,239万,24387元/平米,98㎡,好\n甲苑,239万,24387元/平米,98㎡,好\n\
                乙苑,面议,,98㎡,\n丙苑,239万,30000元/平米,98㎡,x\n丁苑,98㎡,,239万,x\n=1+1苑,239万,30000元/平米,98㎡,y\n";
    let (_file, mut table) = open(text.as_bytes()).expect("opens");
    let sample = table.sample(100).expect("reads");
    let mapping = Mapping::guess(None, table.headers(), &sample);
    let reader = Reader::new(&mapping, defaults());
    let mut report = Report::start("homes.csv", &table, &mapping, DateTime::<Utc>::UNIX_EPOCH);
    let mut read = 0;
    for row in table.rows().expect("opens") {
        let outcome = reader.home(&row.expect("reads"));
        let row = RowReport::from(&outcome);
        report.add(if outcome.line == 3 { row.duplicate(Duplicate::IdenticalRow, "第 2 行") } else { row });
        read += 1;
    }
    report.finish(read, DateTime::<Utc>::UNIX_EPOCH + TimeDelta::milliseconds(1250)).expect("adds up");
    report
}

#[test]
fn the_parts_add_up_or_the_report_says_so() {
    let mut report = report();
    assert_eq!((report.read, report.taken, report.duplicate, report.refused), (6, 4, 1, 1));
    assert_eq!((report.repaired, report.doubtful, report.rows.len()), (1, 2, 5));
    let error = report.finish(7, DateTime::<Utc>::UNIX_EPOCH).expect_err("a row is missing");
    assert_eq!((error.read, error.taken), (7, 4));
}

#[test]
fn the_report_goes_to_json_and_back() {
    let report = report();
    let json = report.json().expect("serializes");
    assert_eq!(serde_json::from_str::<Report>(&json).expect("reads"), report);
    assert!(json.contains("\"price_missing\": 1"));
}

#[test]
fn the_table_opens_in_a_spreadsheet_without_computing() {
    let mut bytes = Vec::new();
    report().write_csv(&mut bytes, Lang::Zh).expect("writes");
    let text = String::from_utf8(bytes).expect("is text");
    assert!(text.starts_with("\u{feff}行,结果,代码"));
    assert!(text.contains("'=1+1苑") && !text.contains(",=1+1"));
    assert!(text.contains("3,重复,identical_row,,,,与另一行完全相同（第 2 行）"));
    assert_eq!(text.lines().count(), 6);
}

#[test]
fn the_text_says_the_counts_in_both_languages() {
    let report = report();
    let zh = report.text(Lang::Zh);
    assert!(zh.contains("读到 6 行：收下 4，重复 1，拒收 1。收下的行里已修正 1，存疑 2。"), "{zh}");
    assert!(zh.contains("homes.csv · 房源 · UTF-8 · 分隔符 , · 1.2 秒") && zh.contains("没有总价"), "{zh}");
    let en = report.text(Lang::En);
    assert!(en.contains("6 rows read: 4 taken in, 1 duplicates, 1 refused."), "{en}");
    assert!(en.contains("→ unit price unit_price") && en.contains("line 4"), "{en}");
}

//! Taking in files: nothing twice, nothing lost, nothing written by a dry run.

use crate::firm::{Firm, on_each_engine, scope, system};
use domain::ListingCode;
use domain::listing::ListingState;
use intake::{Duplicate, NoteCode, RowVerdict};
use services::import::{self, ImportError, Kind, Report, Request};
use services::{Moment, city};
use std::fmt::Write as _;
use std::path::PathBuf;
use store::Db;
use store::listing::{self, Change, Edit};

const HEADER: &str = "小区名称,所在区域,房屋户型,建筑面积,总价,所在楼层,房源核验码,房源编号,挂牌时间\n";

fn row(community: &str, area: &str, price: u32, code: &str, id: &str) -> String {
    format!("{community},鄞州区 姜山,3室1厅1厨2卫,{area}㎡,{price}万,低楼层 (共16层),{code},{id},2023-10-16\n")
}

/// Homes that have nothing in common.
fn homes(n: usize) -> String {
    (0..n).fold(HEADER.to_owned(), |mut text, i| {
        let area = format!("{}.{:02}", 40 + i / 100, i % 100);
        let _ = write!(text, "{}", row(&format!("花园{}", i % 7), &area, 100 + i as u32 % 300, "", &format!("N{i}")));
        text
    })
}

fn request(kind: Kind, file: PathBuf) -> Request {
    let city = city::by_slug("ningbo").expect("a city");
    Request { kind, file, city, map: String::new(), dry_run: false }
}

async fn take_in(db: &Db, file: PathBuf) -> Report {
    import::run(db, &system(), &request(Kind::Listings, file), |_| ()).await.expect("imports")
}

fn counts(report: &Report) -> [u64; 4] {
    [report.read, report.taken, report.duplicate, report.refused]
}

#[tokio::test]
async fn importing_twice_adds_nothing() {
    on_each_engine(async |firm: Firm| {
        let db = firm.open().await;
        let file = firm.file("a.csv", &(homes(4200) + "花园1,鄞州区 姜山,3室,九十,100万,,,,\n"));
        assert_eq!(counts(&take_in(&db, file.clone()).await), [4201, 4200, 0, 1]);
        let before = firm.number("SELECT next FROM counter WHERE name = 'outbox'").await;
        assert_eq!(before, 4, "one message a chunk");
        assert_eq!(firm.number("SELECT COUNT(*) FROM audit WHERE action = 'listing.imported'").await, 3);
        let again = take_in(&db, file).await;
        assert_eq!(counts(&again), [4201, 0, 4200, 1]);
        assert_eq!(firm.number("SELECT COUNT(*) FROM listing").await, 4200);
        assert_eq!(firm.number("SELECT COUNT(*) FROM price_event").await, 4200);
        assert_eq!(firm.number("SELECT COUNT(*) FROM community").await, 7);
        assert_eq!(firm.number("SELECT next FROM counter WHERE name = 'outbox'").await, before);
        let of = again.rows[0].of.as_deref().expect("is told");
        assert!(ListingCode::parse(of).is_some(), "{of}");
    })
    .await;
}

#[tokio::test]
async fn imported_homes_are_on_sale_unverified_and_carry_what_was_told() {
    on_each_engine(async |firm: Firm| {
        let db = firm.open().await;
        take_in(&db, firm.file("宁波.csv", &(HEADER.to_owned() + &row("香悦花苑", "113.62", 239, "201811133302120035", "")))).await;
        let told = "SELECT COUNT(*) FROM listing l JOIN room r ON r.id = l.room_id WHERE l.state = 'active' \
                    AND l.unverified AND l.verify_code = '201811133302120035' AND l.source = '宁波.csv' \
                    AND l.price = 239000000 AND l.first_price = 239000000 AND CAST(l.listed_on AS TEXT) = '2023-10-16' \
                    AND r.provisional AND r.area_built = 11362 AND r.floor_band = 'low' AND r.rooms = 3";
        assert_eq!(firm.number(told).await, 1);
        let priced = "SELECT COUNT(*) FROM price_event WHERE new_price = 239000000 AND old_price IS NULL \
                      AND CAST(effective_on AS TEXT) = '2023-10-16'";
        assert_eq!(firm.number(priced).await, 1);
    })
    .await;
}

#[tokio::test]
async fn a_stopped_import_goes_on_and_reports_as_if_it_had_not_stopped() {
    on_each_engine(async |firm: Firm| {
        let db = firm.open().await;
        let mut text = homes(5100);
        text.push_str(&row("花园3", "88.00", 100, "", "N3"));
        text.push_str("花园1,鄞州区 姜山,3室,九十,100万,,,,\n");
        let file = firm.file("a.csv", &text);
        let stop_after = 2000;
        let (told, heard) = tokio::sync::oneshot::channel();
        let mut told = Some(told);
        let (actor, wanted) = (system(), request(Kind::Listings, file.clone()));
        let stopped = import::run(&db, &actor, &wanted, |now| {
            if now.taken >= stop_after
                && let Some(told) = told.take()
            {
                let _ = told.send(());
            }
        });
        tokio::select! {
            biased;
            _ = heard => {}
            _ = stopped => panic!("was not stopped"),
        }
        let there = firm.number("SELECT COUNT(*) FROM listing").await;
        assert!((2000..5100).contains(&there), "{there}");
        let report = take_in(&db, file.clone()).await;
        assert!(report.resumed_from.is_some());
        assert_eq!(counts(&report), [5102, 5100, 1, 1]);
        assert_eq!(firm.number("SELECT COUNT(*) FROM listing").await, 5100);
        let totals = "SELECT COUNT(*) FROM import_batch WHERE state = 'finished' AND taken = 5100 AND duplicate = 1 \
                      AND refused = 1";
        assert_eq!(firm.number(totals).await, 1);
        let duplicate = report.rows.iter().find(|row| row.verdict == RowVerdict::Duplicate).expect("is told");
        assert_eq!(duplicate.of.as_deref(), Some("a.csv:5"));
        let elsewhere = Request { city: city::by_slug("hangzhou").expect("a city"), ..request(Kind::Listings, file) };
        let whole = import::run(&db, &system(), &elsewhere, |_| ()).await.expect("imports");
        assert_eq!((report.rows, report.codes), (whole.rows, whole.codes));
    })
    .await;
}

#[tokio::test]
async fn each_kind_of_duplicate_is_named() {
    on_each_engine(async |firm: Firm| {
        let db = firm.open().await;
        let (code, other) = ("201811133302120035", "201811133302120099");
        let text = [
            HEADER,
            &row("香悦花苑", "113.62", 239, code, "A1"),
            &row("香悦花苑", "113.62", 239, code, "A1"),
            &row("香悦花苑", "90.00", 200, "", "A1"),
            &row("香悦花苑", "91.00", 210, code, "A2"),
            &row("香悦花苑", "92.00", 220, other, "A3"),
        ]
        .concat();
        let report = take_in(&db, firm.file("a.csv", &text)).await;
        assert_eq!(counts(&report), [5, 2, 3, 0]);
        let found: Vec<_> =
            report.rows.iter().filter_map(|row| Some((row.line, row.duplicate?, row.of.clone()?))).collect();
        let first = || "a.csv:2".to_owned();
        assert_eq!(
            found,
            [
                (3, Duplicate::IdenticalRow, first()),
                (4, Duplicate::SameSourceId, first()),
                (5, Duplicate::SameVerifyCode, first()),
            ]
        );
        let text = [HEADER, &row("别院", "93.00", 230, other, ""), &row("别院", "94.00", 230, "", "A1")].concat();
        let report = take_in(&db, firm.file("b.csv", &text)).await;
        let found: Vec<_> = report.rows.iter().filter_map(|row| row.duplicate).collect();
        assert_eq!(found, [Duplicate::SameVerifyCode, Duplicate::SameSourceId]);
    })
    .await;
}

#[tokio::test]
async fn look_alikes_are_taken_in_and_doubted() {
    on_each_engine(async |firm: Firm| {
        let db = firm.open().await;
        let text =
            [HEADER, &row("香悦花苑", "113.62", 239, "", ""), &row("香悦花苑", "113.62", 235, "", "")].concat();
        let report = take_in(&db, firm.file("a.csv", &text)).await;
        assert_eq!(counts(&report), [2, 2, 0, 0]);
        let notes = |report: &Report| report.codes.get(&NoteCode::LookAlike).copied();
        assert_eq!(notes(&report), Some(1));
        let text = [HEADER, &row("香悦花苑", "113.62", 236, "", "")].concat();
        assert_eq!(notes(&take_in(&db, firm.file("b.csv", &text)).await), Some(1));
        assert_eq!(firm.number("SELECT COUNT(*) FROM listing").await, 3);
    })
    .await;
}

#[tokio::test]
async fn importing_a_withdrawn_home_again_keeps_its_history() {
    on_each_engine(async |firm: Firm| {
        let db = firm.open().await;
        let file = firm.file("a.csv", &(HEADER.to_owned() + &row("香悦花苑", "113.62", 239, "", "")));
        take_in(&db, file.clone()).await;
        let code = ListingCode::new(
            Moment::now().day().format("%Y").to_string().parse().expect("a year"),
            Moment::now().day().format("%m").to_string().parse().expect("a month"),
            1,
        );
        let (actor, scope, at) = (system(), scope(), Moment::now());
        db.write(async |tx| {
            let edit = Edit { scope: &scope, at, actor: &actor, code: &code, seen: 1 };
            listing::change(&tx, &edit, Change::State { to: ListingState::Withdrawn, reason: None }).await
        })
        .await
        .expect("withdraws");
        assert_eq!(counts(&take_in(&db, file).await), [1, 0, 1, 0]);
        assert_eq!(firm.number("SELECT COUNT(*) FROM listing_event").await, 2);
        assert_eq!(firm.number("SELECT COUNT(*) FROM room").await, 1);
    })
    .await;
}

const ROOMS: &str = "小区名称,所在区域,楼栋,单元,室号,房屋户型,建筑面积,总价\n";

fn room(building: &str, unit: &str, number: &str, area: u32, price: u32) -> String {
    format!("香悦花苑,鄞州区 姜山,{building},{unit},{number},3室1厅1厨2卫,{area}.5㎡,{price}万\n")
}

#[tokio::test]
async fn a_room_is_known_by_its_number_however_it_is_written_and_is_on_sale_once() {
    on_each_engine(async |firm: Firm| {
        let db = firm.open().await;
        let rows = [
            room("3栋", "1单元", "301", 90, 200),
            room("3号楼", "一单元", "0301室", 91, 210),
            room("3栋", "1单元", "302", 92, 220),
            room("4栋", "", "301", 93, 230),
            room("3栋", "1单元", "", 94, 240),
        ];
        let file = firm.file("a.csv", &(ROOMS.to_owned() + &rows.concat()));
        let mut dry = request(Kind::Listings, file.clone());
        dry.dry_run = true;
        let dry = import::run(&db, &system(), &dry, |_| ()).await.expect("judges");
        let report = take_in(&db, file.clone()).await;
        assert_eq!((counts(&report), counts(&dry)), ([5, 4, 1, 0], [5, 4, 1, 0]));
        let twice = report.rows.iter().find(|row| row.verdict == RowVerdict::Duplicate).expect("is told");
        assert_eq!((twice.line, twice.duplicate), (3, Some(Duplicate::SameRoom)));
        assert_eq!(twice.of.as_deref(), Some("a.csv:2"));
        for (sql, count) in [
            ("SELECT COUNT(*) FROM room", 4),
            ("SELECT COUNT(*) FROM room WHERE provisional", 1),
            ("SELECT COUNT(*) FROM room WHERE number_cipher IS NOT NULL", 3),
            ("SELECT COUNT(*) FROM unit", 1),
            ("SELECT COUNT(*) FROM building WHERE name IS NOT NULL", 2),
        ] {
            assert_eq!(firm.number(sql).await, count, "{sql}");
        }
        assert_eq!(counts(&take_in(&db, file).await), [5, 0, 5, 0]);

        // Another file tells the same room at another price, and one that is new.
        let rows = [room("第3幢", "1", "301号", 90, 195), room("3栋", "2单元", "301", 90, 195)];
        let other = firm.file("b.csv", &(ROOMS.to_owned() + &rows.concat()));
        let report = take_in(&db, other).await;
        assert_eq!(counts(&report), [2, 1, 1, 0]);
        assert_eq!(report.rows[0].duplicate, Some(Duplicate::SameRoom));
        let code = ListingCode::parse(report.rows[0].of.as_deref().expect("is told")).expect("a code");
        assert_eq!(firm.number("SELECT COUNT(*) FROM building WHERE name IS NOT NULL").await, 2);

        // Withdrawn and offered again: the same room, with its history.
        let (actor, scope, at) = (system(), scope(), Moment::now());
        let edit = Edit { scope: &scope, at, actor: &actor, code: &code, seen: 1 };
        let withdraw = Change::State { to: ListingState::Withdrawn, reason: None };
        db.write(async |tx| listing::change(&tx, &edit, withdraw).await).await.expect("withdraws");
        let again = firm.file("c.csv", &(ROOMS.to_owned() + &room("3 栋", "1 单元", "301", 90, 190)));
        assert_eq!(counts(&take_in(&db, again).await), [1, 1, 0, 0]);
        assert_eq!(firm.number("SELECT COUNT(*) FROM room").await, 5);
        let rooms = "SELECT COUNT(DISTINCT room_id) FROM listing WHERE room_id IN \
                     (SELECT room_id FROM listing GROUP BY room_id HAVING COUNT(*) = 2)";
        assert_eq!(firm.number(rooms).await, 1);
        let verified = services::verify::run(&db, &system()).await.expect("verifies");
        assert!(verified.ok, "{verified:?}");
    })
    .await;
}

#[tokio::test]
async fn a_dry_run_says_the_same_and_writes_nothing() {
    on_each_engine(async |firm: Firm| {
        let db = firm.open().await;
        let text = homes(600) + &row("花园3", "88.00", 100, "", "N3") + "花园1,鄞州区 姜山,3室,九十,100万,,,,\n";
        let dry =
            |kind, file| Request { dry_run: true, map: "所在楼层=ignored".to_owned(), ..request(kind, file) };
        let listings = firm.file("a.csv", &text);
        let communities =
            firm.file("c.csv", "小区,区域,商圈,均价\n香悦花苑,鄞州区,姜山,21036\n香悦花苑,鄞州区,姜山,21036\n");
        let mut said = Vec::new();
        said.push(import::run(&db, &system(), &dry(Kind::Listings, listings.clone()), |_| ()).await.expect("judges"));
        let kinds = Request { map: String::new(), ..dry(Kind::Communities, communities.clone()) };
        said.push(import::run(&db, &system(), &kinds, |_| ()).await.expect("judges"));
        for table in ["city", "community", "listing", "import_batch", "import_mapping", "audit", "outbox"] {
            assert_eq!(firm.number(&format!("SELECT COUNT(*) FROM {table}")).await, 0, "{table}");
        }
        let wet = Request { dry_run: false, ..dry(Kind::Listings, listings) };
        let mut done = vec![import::run(&db, &system(), &wet, |_| ()).await.expect("imports")];
        let wet = Request { dry_run: false, ..kinds };
        done.push(import::run(&db, &system(), &wet, |_| ()).await.expect("imports"));
        for (said, done) in said.iter().zip(&done) {
            assert!(said.dry_run && !done.dry_run);
            assert_eq!((counts(said), &said.codes, &said.rows), (counts(done), &done.codes, &done.rows));
        }
    })
    .await;
}

#[tokio::test]
async fn communities_fill_the_dictionary_and_are_known_the_second_time() {
    on_each_engine(async |firm: Firm| {
        let db = firm.open().await;
        let text = "city_ch;date;district;area;xiaoqu;price;sale\n宁波;20181007;鄞州;姜山;香悦花苑;21036;10\n\
                    宁波;20181007;鄞州;姜山;紫御铭园;0;0\n上海;20181007;黄浦;五里桥;永业公寓;123050;10\n";
        let wanted = request(Kind::Communities, firm.file("c.csv", text));
        let report = import::run(&db, &system(), &wanted, |_| ()).await.expect("imports");
        assert_eq!(counts(&report), [3, 2, 0, 1]);
        assert_eq!(report.codes.get(&NoteCode::OtherCity), Some(&1));
        let priced = "SELECT COUNT(*) FROM community WHERE source_unit_price = 2103600 AND source_on_sale = 10";
        assert_eq!(firm.number(priced).await, 1);
        let again = import::run(&db, &system(), &wanted, |_| ()).await.expect("imports");
        assert_eq!(counts(&again), [3, 0, 2, 1]);
        assert_eq!(again.duplicates.get(&Duplicate::NothingNew), Some(&2));
        let home = "小区,建筑面积,总价\n紫御铭园,77.63㎡,145万\n无名小区,70㎡,100万\n";
        take_in(&db, firm.file("h.csv", home)).await;
        let placed = "SELECT COUNT(*) FROM listing l JOIN room r ON r.id = l.room_id JOIN community m ON \
                      m.id = r.community_id JOIN circle k ON k.id = m.circle_id WHERE";
        assert_eq!(firm.number(&format!("{placed} m.name = '紫御铭园' AND k.name = '姜山'")).await, 1);
        assert_eq!(firm.number(&format!("{placed} m.name = '无名小区' AND k.name = '其他'")).await, 1);
    })
    .await;
}

#[tokio::test]
async fn of_rows_that_contradict_each_other_the_newest_counts_every_time() {
    on_each_engine(async |firm: Firm| {
        let db = firm.open().await;
        let text = "date;district;area;xiaoqu;price;sale\n20181006;鄞州;姜山;香悦花苑;20000;0\n\
                    20181007;鄞州;姜山;香悦花苑;21036;0\n20181007;鄞州;姜山;香悦花苑;23000;7\n";
        let wanted = request(Kind::Communities, firm.file("c.csv", text));
        let told = "SELECT COUNT(*) FROM community WHERE source_unit_price = 2103600 AND source_on_sale = 7";
        for expected in [[3, 2, 1, 0], [3, 0, 3, 0]] {
            let report = import::run(&db, &system(), &wanted, |_| ()).await.expect("imports");
            assert_eq!((counts(&report), firm.number(told).await), (expected, 1));
        }
    })
    .await;
}

#[tokio::test]
async fn a_corrected_mapping_is_remembered_for_files_with_the_same_columns() {
    on_each_engine(async |firm: Firm| {
        let db = firm.open().await;
        let odd = "甲,乙,丙,丁\n香悦花苑,113.62,239,南\n";
        let wanted = |name: &str, text: &str| request(Kind::Listings, firm.file(name, text));
        let first = wanted("a.csv", odd);
        let refused = import::run(&db, &system(), &first, |_| ()).await;
        assert!(matches!(refused, Err(ImportError::Missing { .. })), "{refused:?}");
        let corrected = Request { map: "甲=community,乙=area_built,丙=price".to_owned(), ..first };
        let report = import::run(&db, &system(), &corrected, |_| ()).await.expect("imports");
        assert_eq!(counts(&report), [1, 1, 0, 0]);
        let report = take_in(&db, firm.file("b.csv", "甲,乙,丙,丁\n紫御铭园,77.63,145,南\n")).await;
        assert_eq!(counts(&report), [1, 1, 0, 0]);
        assert!(report.rows.iter().all(|row| row.verdict == RowVerdict::Taken));
    })
    .await;
}

#[tokio::test]
async fn rows_of_one_named_building_may_tell_different_facts_of_it() {
    on_each_engine(async |firm: Firm| {
        let db = firm.open().await;
        let text = "小区,楼栋,建筑面积,总价,总楼层\n香悦花苑,3号楼,80㎡,200万,18\n香悦花苑,3号楼,90㎡,210万,\n";
        assert_eq!(counts(&take_in(&db, firm.file("a.csv", text)).await), [2, 2, 0, 0]);
        assert_eq!(firm.number("SELECT COUNT(*) FROM building").await, 1);
    })
    .await;
}

//! Verification finds every kind of damage, and nothing where there is none.

use crate::firm::{Firm, on_each_engine, scope, system};
use chrono::NaiveDate;
use domain::listing::{Facing, ListingState};
use domain::{Area, Fen};
use services::verify::{self, Verification};
use services::{Moment, city};
use store::listing::{self, BuildingFacts, NewHome, NewListing, NewRoom, RoomNumber};
use store::outbox::{self, Kind};
use store::place::{self, CommunityFacts, PlaceBook};
use store::{Db, StoreError, Tx};

fn home(community: i64, number: &str) -> NewHome {
    let day = NaiveDate::from_ymd_opt(2026, 1, 5).expect("a day");
    let room = NewRoom {
        number: Some(RoomNumber { unit: "2".to_owned(), room: number.to_owned() }),
        floor: Some(3),
        floor_band: None,
        layout: None,
        layout_kind: None,
        area_built: Area(8800),
        area_inner: Some(Area(7000)),
        facing: Facing::default(),
        ownership: None,
        usage: None,
        last_sale: None,
        certificate_on: None,
        deed_tax_on: None,
        scene: None,
    };
    let listing = NewListing {
        state: ListingState::Active,
        prices: vec![(day, Fen::from_wan(210)), (day, Fen::from_wan(200))],
        decoration: None,
        holding: None,
        only_home: None,
        co_ownership: None,
        mortgage: None,
        mortgage_note: Some("某银行".to_owned()),
        title_copy: None,
        verify_code: None,
        any_time: false,
        headline: None,
        unverified: false,
        source: None,
        source_id: None,
        fingerprint: None,
        look_alike: None,
        import_id: None,
        extra: Vec::new(),
        listed_on: day,
    };
    let building = BuildingFacts { name: Some("1 号楼".to_owned()), ..BuildingFacts::default() };
    NewHome { community, building, room, listing }
}

async fn fill(tx: Tx) -> store::StoreResult<()> {
    let city = place::ensure_city(&tx, &city::by_slug("ningbo").expect("a city")).await?;
    let mut book = PlaceBook::load(&tx, city.id).await?;
    let (community, _) = book.put(&tx, "鄞州", "姜山", "香悦花苑", &CommunityFacts::default()).await?;
    for number in ["301", "302"] {
        let codes = listing::insert(&tx, Moment::now(), &system(), city.id, vec![home(community, number)]).await?;
        outbox::put(&tx, Moment::now(), Kind::Listing, "ningbo", codes[0].as_str(), 1).await?;
    }
    Ok(())
}

async fn filled(firm: &Firm) -> Db {
    let db = firm.open().await;
    db.write(fill).await.expect("fills");
    db
}

fn failed(found: &Verification) -> Vec<&str> {
    found.checks.iter().filter(|check| !check.ok).map(|check| check.name).collect()
}

#[tokio::test]
async fn a_sound_firm_passes_every_check() {
    on_each_engine(async |firm: Firm| {
        let db = filled(&firm).await;
        let found = verify::run(&db, &system()).await.expect("looks");
        assert!(found.ok && found.checks.len() > 10, "{found:?}");
        let json = serde_json::to_value(&found).expect("is JSON");
        assert_eq!(json["checks"][0]["count"], 0);
    })
    .await;
}

#[tokio::test]
async fn every_kind_of_damage_is_found() {
    let damages = [
        ("UPDATE listing SET price = price + 1 WHERE id = (SELECT MIN(id) FROM listing)", "price_history"),
        ("UPDATE listing SET state = 'paused' WHERE id = (SELECT MIN(id) FROM listing)", "state_history"),
        ("DELETE FROM outbox WHERE seq = 1", "outbox"),
        ("UPDATE counter SET next = 1 WHERE name = 'row'", "counters"),
        ("UPDATE counter SET next = 1 WHERE name LIKE 'listing-%'", "counters"),
        ("UPDATE counter SET next = 2 WHERE name = 'outbox'", "counters"),
        ("DELETE FROM setting WHERE name = 'key_canary'", "key_file"),
    ];
    for (damage, check) in damages {
        on_each_engine(async |firm: Firm| {
            let db = filled(&firm).await;
            firm.damage(damage).await;
            let found = verify::run(&db, &system()).await.expect("looks");
            assert_eq!(failed(&found), [check], "{damage}: {found:?}");
        })
        .await;
    }
}

#[tokio::test]
async fn damage_that_the_database_itself_forbids_is_found() {
    on_each_engine(async |firm: Firm| {
        let db = filled(&firm).await;
        firm.damage("DROP INDEX listing_open_once_a_room").await;
        firm.damage("UPDATE listing SET room_id = (SELECT MIN(id) FROM room)").await;
        let found = verify::run(&db, &system()).await.expect("looks");
        assert_eq!(failed(&found), ["price_history", "state_history", "one_open_listing"], "{found:?}");
    })
    .await;
    on_each_engine(async |firm: Firm| {
        let db = filled(&firm).await;
        if firm.at.url.is_some() {
            firm.damage("ALTER TABLE room DROP CONSTRAINT room_check").await;
        }
        firm.damage("UPDATE room SET area_inner = area_built + 1 WHERE id = (SELECT MIN(id) FROM room)").await;
        let found = verify::run(&db, &system()).await.expect("looks");
        assert_eq!(failed(&found).last(), Some(&"areas"), "{found:?}");
        assert_eq!(found.checks.iter().find(|c| c.name == "areas").map(|c| c.count), Some(1));
    })
    .await;
    on_each_engine(async |firm: Firm| {
        if firm.at.url.is_some() {
            return; // PostgreSQL checks references even for a superuser that lets go of its triggers by hand only
        }
        let db = filled(&firm).await;
        firm.damage("UPDATE building SET community_id = 999999").await;
        let found = verify::run(&db, &system()).await.expect("looks");
        assert_eq!(failed(&found), ["foreign_keys"], "{found:?}");
    })
    .await;
}

#[tokio::test]
async fn a_room_number_in_plain_text_is_found_and_not_repeated() {
    on_each_engine(async |firm: Firm| {
        let db = filled(&firm).await;
        let plain = if firm.at.url.is_some() { "convert_to('3号楼1802', 'UTF8')" } else { "'3号楼1802'" };
        firm.damage(&format!("UPDATE room SET number_cipher = {plain} WHERE id = (SELECT MIN(id) FROM room)")).await;
        let found = verify::run(&db, &system()).await.expect("looks");
        assert_eq!(failed(&found), ["sealed", "plain_personal_data"]);
        assert!(!format!("{found:?}").contains("1802"));
    })
    .await;
}

#[tokio::test]
async fn another_key_file_is_found_out() {
    on_each_engine(async |firm: Firm| {
        filled(&firm).await.close().await.expect("closes");
        std::fs::write(firm.at.folder.join("key"), "7f".repeat(64)).expect("writes");
        let db = Db::open(&firm.at).await.expect("opens");
        let found = verify::run(&db, &system()).await.expect("looks");
        assert_eq!(failed(&found), ["key_file", "sealed"], "{found:?}");
        let refused = store::verify::fit_key(&db, &scope()).await.expect_err("is refused");
        assert!(matches!(refused, StoreError::Setup(_)), "{refused}");
    })
    .await;
}

#[tokio::test]
async fn a_wanting_import_is_found() {
    on_each_engine(async |firm: Firm| {
        let db = filled(&firm).await;
        firm.damage(
            "INSERT INTO import_batch (id, kind, city_id, file_name, file_hash, mapping, state, done_line, taken, \
             duplicate, refused, started_ms) SELECT 2, 'listings', id, 'a.csv', file, '', 'finished', 9, 1, 0, 0, 0 \
             FROM city, (SELECT name_index AS file FROM unit LIMIT 1) u",
        )
        .await;
        let found = verify::run(&db, &system()).await.expect("looks");
        assert_eq!(failed(&found), ["imports"], "{found:?}");
    })
    .await;
}

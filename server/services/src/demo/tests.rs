//! The stock as generated, and as written to both engines.

use super::headline::FORBIDDEN;
use super::home::{Home, home};
use super::map::DISTRICTS;
use super::world::World;
use super::{CITY, SEED, Size, Summary, fill};
use chrono::NaiveDate;
use domain::access::Actor;
use domain::listing::{Decoration, ListingState};
use std::collections::{HashMap, HashSet};
use store::listing::Found;
use store::place::cities;
use store::{Db, Location, Moment, Scope, StoreError, outbox};

const AT: Moment = Moment(1_764_000_000_000);

pub(super) fn correlation(a: &[f64], b: &[f64]) -> f64 {
    let mean = |row: &[f64]| row.iter().sum::<f64>() / row.len() as f64;
    let (mean_a, mean_b) = (mean(a), mean(b));
    let sum = |f: &dyn Fn(f64, f64) -> f64| a.iter().zip(b).map(|(a, b)| f(a - mean_a, b - mean_b)).sum::<f64>();
    sum(&|a, b| a * b) / (sum(&|a, _| a * a) * sum(&|_, b| b * b)).sqrt()
}

fn stock(size: Size) -> (World, Vec<Home>) {
    let world = World::new(SEED, AT.day(), size);
    let homes = (0..world.homes()).map(|index| home(&world, index)).collect();
    (world, homes)
}

fn price(home: &Home) -> f64 {
    home.listing.prices.last().map_or(0.0, |p| p.1.0 as f64)
}

#[test]
fn the_same_seed_gives_the_same_home_and_every_home_its_own_door() {
    let (world, homes) = stock(Size::TenThousand);
    assert_eq!(format!("{:?}", home(&world, 4_711)), format!("{:?}", homes[4_711]));
    let doors: HashSet<_> = homes
        .iter()
        .map(|h| {
            let number = h.room.number.as_ref().expect("a number");
            (h.community, h.building.name.clone(), number.unit.clone(), number.room.clone())
        })
        .collect();
    assert_eq!(doors.len(), homes.len());
}

#[test]
fn neighbours_are_never_alike() {
    for size in [Size::Small, Size::TenThousand] {
        let (_, homes) = stock(size);
        for pair in homes.windows(2) {
            assert_ne!(pair[0].community, pair[1].community);
            assert_ne!(pair[0].room.layout, pair[1].room.layout);
            assert!(pair[0].room.scene.is_none() || pair[0].room.scene != pair[1].room.scene);
        }
    }
}

#[test]
fn headlines_promise_nothing_and_do_not_repeat_on_a_page() {
    for size in [Size::Small, Size::TenThousand] {
        let (world, homes) = stock(size);
        let texts: Vec<&str> = homes.iter().filter_map(|h| h.listing.headline.as_deref()).collect();
        assert!(texts.len() * 10 > homes.len() * 8);
        for text in &texts {
            assert!(FORBIDDEN.iter().all(|word| !text.contains(word)), "{text}");
            assert!((8..=80).contains(&text.chars().count()), "{text}");
        }
        for page in texts.chunks(60) {
            assert_eq!(page.iter().collect::<HashSet<_>>().len(), page.len());
        }
        let distinct = texts.iter().collect::<HashSet<_>>().len();
        assert!(distinct * 1000 > texts.len() * 995, "{distinct} of {}", texts.len());
        assert!(world.communities.iter().all(|c| FORBIDDEN.iter().all(|word| !c.name.contains(word))));
    }
}

#[test]
fn facts_that_have_nothing_to_do_with_each_other_are_not_correlated() {
    let (world, homes) = stock(Size::TenThousand);
    let column = |of: &dyn Fn(&Home) -> f64| homes.iter().map(of).collect::<Vec<f64>>();
    let district = |h: &Home| {
        let name = world.communities[h.community].district.name;
        DISTRICTS.iter().position(|d| d.name == name).expect("a district") as f64
    };
    let columns = [
        ("district", column(&district)),
        ("decoration", column(&|h| h.listing.decoration.map_or(2, Decoration::ordinal) as f64)),
        ("door", column(&|h| h.room.floor.map_or(5.0, f64::from))),
        ("listed", column(&|h| (AT.day() - h.listing.listed_on).num_days() as f64)),
        ("any time", column(&|h| f64::from(u8::from(h.listing.any_time)))),
        ("verified", column(&|h| f64::from(u8::from(h.listing.verify_code.is_some())))),
        ("scene", column(&|h| f64::from(u8::from(h.room.scene.is_some())))),
        ("only", column(&|h| f64::from(u8::from(h.listing.only_home == Some(true))))),
        ("headline", column(&|h| f64::from(u8::from(h.listing.headline.is_some())))),
    ];
    for (n, (name, row)) in columns.iter().enumerate() {
        for (other, with) in &columns[n + 1..] {
            let r = correlation(row, with);
            assert!(r.abs() < 0.1, "{name} and {other}: {r}");
        }
        // Nor does a home tell anything of the one a few places on.
        for shift in (1..=30).filter(|_| *name != "listed") {
            let r = correlation(&row[shift..], &row[..row.len() - shift]);
            assert!(r.abs() < 0.06, "{name} {shift} on: {r}");
        }
    }
}

#[test]
fn prices_follow_what_makes_a_home_dear() {
    let (world, homes) = stock(Size::TenThousand);
    let unit = |h: &Home| price(h) / f64::from(h.room.area_built.0);
    let row = |of: &dyn Fn(&Home) -> f64| homes.iter().map(of).collect::<Vec<f64>>();
    let units = row(&unit);
    let level = row(&|h| world.communities[h.community].circle.level as f64);
    let year = row(&|h| f64::from(h.building.built_year.unwrap_or(2000)).max(1980.0));
    let area = row(&|h| f64::from(h.room.area_built.0));
    assert!(correlation(&units, &level) > 0.7);
    assert!(correlation(&units, &year) > 0.15);
    assert!(correlation(&row(&price), &area) > 0.5);
    let mean = |wanted: Decoration| {
        let of: Vec<f64> = homes.iter().filter(|h| h.listing.decoration == Some(wanted)).map(unit).collect();
        of.iter().sum::<f64>() / of.len() as f64
    };
    assert!(mean(Decoration::Luxury) > mean(Decoration::Simple));
    let rooms = row(&|h| h.room.layout.map_or(0.0, |l| f64::from(l.rooms)));
    assert!(correlation(&rooms, &area) > 0.8);
    // The middle of the market lies where the bands of the gallery are.
    let mut sorted = row(&price);
    sorted.sort_by(f64::total_cmp);
    let median = sorted[sorted.len() / 2] / 1e6;
    assert!((350.0..850.0).contains(&median), "{median} 万");
    assert!(sorted[0] > 60e6 && sorted[sorted.len() - 1] < 30_000e6);
}

#[test]
fn time_on_the_market_is_spread_over_a_year_and_more() {
    let (world, homes) = stock(Size::TenThousand);
    let days: Vec<i64> = homes.iter().map(|h| (world.today - h.listing.listed_on).num_days()).collect();
    let fresh = days.iter().filter(|d| **d < 7).count();
    assert!((350..450).contains(&fresh), "{fresh}");
    assert!(days.windows(2).all(|d| d[0] >= d[1]) && (380..=400).contains(&days[0]));
    let count = |n: usize| homes.iter().filter(|h| h.listing.prices.len() == n + 1).count();
    assert!((0..=4).all(|n| count(n) > 50) && count(5) == 0);
    let (mut cuts, mut rises) = (0, 0);
    for pair in homes.iter().flat_map(|h| h.listing.prices.windows(2)) {
        assert!(pair[0].0 < pair[1].0 && pair[1].0 <= world.today);
        if pair[1].1 < pair[0].1 { cuts += 1 } else { rises += 1 }
    }
    assert!(cuts > 3 * rises && rises > 300, "{cuts} cuts, {rises} rises");
}

#[test]
fn papers_and_areas_are_in_order() {
    let (world, homes) = stock(Size::TenThousand);
    let codes: HashSet<_> = homes.iter().filter_map(|h| h.listing.verify_code.clone()).collect();
    assert_eq!(codes.len(), homes.iter().filter(|h| h.listing.verify_code.is_some()).count());
    for h in &homes {
        let papers: [Option<NaiveDate>; 3] = [h.room.last_sale, h.room.certificate_on, h.room.deed_tax_on];
        assert!(papers.into_iter().flatten().all(|day| day <= h.listing.listed_on), "{h:?}");
        assert!(h.room.area_inner.is_none_or(|inner| inner < h.room.area_built), "{h:?}");
        assert!(h.room.floor.is_none_or(|floor| Some(floor) <= h.building.storeys), "{h:?}");
        let community = &world.communities[h.community];
        let (lat, lon) = community.facts.position.expect("a position");
        let off = (lat - community.circle.lat * 1000).abs().max((lon - community.circle.lon * 1000).abs());
        assert!(off <= 8_500);
    }
}

/// An empty database of its own, on PostgreSQL too where there is one.
async fn databases(name: &str) -> Vec<(tempfile::TempDir, Db)> {
    #[expect(clippy::disallowed_methods, reason = "tests are configured by their runner")]
    let server = std::env::var("MENPAI_TEST_POSTGRES").ok();
    let mut urls = vec![None];
    if let Some(server) = server {
        let database = format!("demo_{name}");
        let (drop, create) = (format!("DROP DATABASE IF EXISTS {database}"), format!("CREATE DATABASE {database}"));
        let made = std::process::Command::new("psql").args([&server, "-q", "-c", &drop, "-c", &create]).status();
        assert!(made.expect("psql runs").success());
        let (base, _) = server.rsplit_once('/').expect("the address of a database");
        urls.push(Some(format!("{base}/{database}")));
    }
    let mut databases = Vec::new();
    for url in urls {
        let folder = tempfile::tempdir().expect("a folder");
        let at = Location { folder: folder.path().to_owned(), url };
        let db = Db::open_and_migrate(&at).await.expect("opens");
        databases.push((folder, db));
    }
    databases
}

fn system() -> Actor {
    Actor::system("demo")
}

async fn small(db: &Db, at: Moment) -> Result<Summary, StoreError> {
    fill(db, &system(), at, Size::Small, |_, _| {}).await
}

/// What the public finds at the addresses of all listings ever entered.
async fn addresses(db: &Db) -> Vec<Found> {
    let scope = Scope::of(&system());
    let mut codes = Vec::new();
    for message in outbox::after(db, &scope, 0, 10_000).await.expect("reads") {
        if let Some(code) = domain::ListingCode::parse(&message.code).filter(|c| !codes.contains(c)) {
            codes.push(code);
        }
    }
    let mut found = Vec::new();
    for code in codes {
        found.extend(store::listing::find(db, &code, AT.day()).await.expect("reads"));
    }
    found
}

#[tokio::test]
async fn the_small_stock_is_written_once_and_shown_to_the_public() {
    for (_folder, db) in databases("small").await {
        let first = small(&db, AT).await.expect("fills");
        assert!(!first.already && first.public >= 12 && first.homes == first.public + 12);
        let scope = Scope::public();
        let gallery = store::gallery::Gallery::load(&db, AT.day()).await.expect("loads");
        let everything = domain::listing::Filter::default();
        let mut ids = gallery.ask(|catalog| catalog.search(&everything, AT.day(), 1_000).ids);
        ids.sort_unstable();
        let cards = store::listing::cards(&db, &scope, &ids, AT.day()).await.expect("reads");
        assert_eq!(cards.len() as u64, first.public);
        assert_eq!(cards.iter().filter(|c| c.card.state == ListingState::UnderOffer).count(), 4);
        for pair in cards.windows(2) {
            let [a, b] = [&pair[0].card, &pair[1].card];
            assert!(a.community != b.community && a.layout != b.layout, "{} {}", a.code, b.code);
        }
        let mut on_sale: HashMap<String, usize> = HashMap::new();
        for card in &cards {
            *on_sale.entry(card.card.community.name.clone()).or_default() += 1;
        }
        assert!(on_sale.len() >= 20 && on_sale.values().filter(|n| **n >= 3).count() >= 6, "{on_sale:?}");
        assert_eq!(cards.iter().map(|c| &c.card.district.name).collect::<HashSet<_>>().len(), 4);
        let pictured = cards.iter().filter(|c| c.scene.is_some()).count();
        assert!((55..72).contains(&pictured), "{pictured}");

        let newest = outbox::newest(&db, &scope).await.expect("reads");
        let again = small(&db, Moment(AT.0 + 86_400_000)).await.expect("fills");
        assert_eq!(again, Summary { already: true, ..first });
        assert_eq!(outbox::newest(&db, &scope).await.expect("reads"), newest);
        db.close().await.expect("closes");
    }
}

#[tokio::test]
async fn the_small_stock_has_a_past() {
    for (_folder, db) in databases("past").await {
        small(&db, AT).await.expect("fills");
        let found = addresses(&db).await;
        let gone = found.iter().filter(|f| matches!(f, Found::Gone)).count();
        let details: Vec<_> = found
            .iter()
            .filter_map(|f| match f {
                Found::Shown(detail, _) => Some(detail),
                Found::Gone => None,
            })
            .collect();
        // Three ended otherwise than by a sale, and five earlier spells were withdrawn.
        assert_eq!(gone, 8);
        let sold: Vec<_> = details.iter().filter(|d| d.card.state == ListingState::Sold).collect();
        assert_eq!(sold.len(), 2);
        assert!(sold.iter().all(|d| d.spells[0].end.as_ref().is_some_and(|end| end.on < AT.day())));
        let relisted: Vec<_> = details.iter().filter(|d| d.spells.len() == 2).collect();
        assert!(!relisted.is_empty());
        for detail in relisted {
            let spell = (AT.day() - detail.card.listed_on).num_days();
            assert!(i64::from(detail.card.days) > spell + 50, "{}", detail.card.code);
            assert!(detail.prices.iter().filter(|p| p.first).count() == 2);
            assert!(detail.prices.windows(2).all(|p| p[0].on <= p[1].on));
        }
        db.close().await.expect("closes");
    }
}

#[tokio::test]
async fn nobody_but_the_system_fills_and_a_city_with_places_of_its_own_stays_untouched() {
    for (_folder, db) in databases("refused").await {
        let refused = fill(&db, &Actor::Visitor, AT, Size::Small, |_, _| {}).await;
        assert!(matches!(refused, Err(StoreError::Refused(domain::Error::Forbidden))));
        let shanghai = crate::city::by_slug(CITY).expect("a city");
        db.write(|tx| async move { store::place::ensure_city(&tx, &shanghai).await }).await.expect("writes");
        assert!(matches!(small(&db, AT).await, Err(StoreError::Setup(_))));
        assert_eq!(cities(&db, &Scope::public()).await.expect("reads").len(), 1);
        db.close().await.expect("closes");
    }
}

#[tokio::test]
async fn an_interrupted_run_is_taken_up_where_it_stopped() {
    for (_folder, db) in databases("resumed").await {
        let world = World::new(SEED, AT.day(), Size::TenThousand);
        let mark = super::Mark { size: Size::TenThousand, at_ms: AT.0, done: 0 };
        let city = super::demo_city().expect("a city");
        // As far as a run that stops before its last two chunks.
        let (city_id, communities) = db.write(|tx| super::dictionary(tx, &world, mark, &city)).await.expect("writes");
        let actor = system();
        let filling =
            super::Filling { world: &world, actor: &actor, at: AT, city: &city, city_id, communities: &communities };
        let stopped = super::Mark { done: 9_000, ..mark };
        db.write(|tx| filling.chunk(tx, stopped, 8_500)).await.expect("writes");

        let other_size = small(&db, AT).await;
        assert!(matches!(other_size, Err(StoreError::Setup(told)) if told.to_string().contains("10k")));
        let mut heard = Vec::new();
        let later = Moment(AT.0 + 86_400_000);
        let summary = fill(&db, &actor, later, Size::TenThousand, |done, all| heard.push((done, all))).await;
        assert_eq!(summary.expect("fills").public, 10_000);
        assert_eq!(heard, [(9_500, 10_000), (10_000, 10_000)]);
        // One message a chunk.
        let messages = outbox::after(&db, &Scope::public(), 0, 100).await.expect("reads");
        let codes: Vec<&str> = messages.iter().map(|m| m.code.as_str()).collect();
        assert_eq!(codes, ["demo-9000", "demo-9500", "demo-10000"]);
        assert!(messages.iter().all(|m| m.kind == outbox::Kind::Import && m.city == CITY));
        let done = fill(&db, &actor, later, Size::TenThousand, |_, _| {}).await.expect("answers");
        assert!(done.already);
        db.close().await.expect("closes");
    }
}

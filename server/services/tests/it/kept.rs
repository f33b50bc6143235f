//! The catalogue that is kept from one start to the next, and the one that follows an import.

use crate::firm::{Firm, on_each_engine, scope, system};
use domain::listing::{Filter, ListingState};
use domain::{Fen, ListingCode};
use services::demo::{Size, fill};
use services::import::{self, Kind, Request};
use services::listing::{change_price, change_state, offer};
use services::{Moment, city};
use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;
use std::sync::Arc;
use store::gallery::Gallery;
use store::{Db, outbox};

async fn demo(firm: &Firm) -> Db {
    let db = firm.open().await;
    fill(&db, &system(), Moment::now(), Size::Small, |_, _| {}).await.expect("fills");
    db
}

async fn load(db: &Db) -> Arc<Gallery> {
    Gallery::load(db, Moment::now().day()).await.expect("loads")
}

/// Whether a catalogue is the one that the tables make.
async fn is_true(db: &Db, gallery: &Gallery) -> bool {
    let today = Moment::now().day();
    let anew = Gallery::load_anew(db, today).await.expect("reads");
    anew.image(today) == gallery.image(today)
}

fn total(gallery: &Gallery) -> u32 {
    gallery.ask(|catalog| catalog.count(&Filter::default(), Moment::now().day()))
}

async fn code(db: &Db) -> ListingCode {
    let gallery = load(db).await;
    let id = gallery.ask(|catalog| catalog.search(&Filter::default(), Moment::now().day(), 1).ids[0]);
    store::listing::cards(db, &scope(), &[id], Moment::now().day()).await.expect("reads")[0].card.code.clone()
}

/// Homes in communities, as CSV; with a community that nobody knew.
fn file(firm: &Firm, name: &str, numbers: std::ops::Range<usize>) -> PathBuf {
    let mut text = "小区名称,所在区域,房屋户型,建筑面积,总价,房源编号\n".to_owned();
    for n in numbers {
        writeln!(text, "{name}花园{},鄞州区 姜山,3室1厅1厨2卫,{}.5㎡,{}万,{name}{n}", n / 40, 60 + n, 100 + n)
            .expect("writes");
    }
    firm.file(&format!("{name}.csv"), &text)
}

async fn take_in(db: &Db, kind: Kind, file: PathBuf) {
    let city = city::by_slug("ningbo").expect("is known");
    let request = Request { kind, file, city, map: String::new(), dry_run: false };
    import::run(db, &system(), &request, |_| {}).await.expect("imports");
}

#[tokio::test]
async fn what_was_kept_is_what_the_tables_make_and_what_happened_since_is_caught_up_with() {
    on_each_engine(async |firm| {
        let db = demo(&firm).await;
        let built = load(&db).await;
        assert!(built.keep(&db).await.expect("keeps"));
        assert!(!built.keep(&db).await.expect("is there"));
        // Behind the back of the outbox: only a catalogue from the file does not know of it.
        let code = code(&db).await;
        firm.damage(&format!("UPDATE listing SET price = price + 100 WHERE code = '{code}'")).await;
        let kept = load(&db).await;
        assert!(!is_true(&db, &kept).await, "it came from the file");
        firm.damage(&format!("UPDATE listing SET price = price - 100 WHERE code = '{code}'")).await;
        assert!(is_true(&db, &kept).await);
        assert_eq!((kept.seq(), total(&kept)), (built.seq(), 72));

        let at = Moment::now();
        let now = offer(&db, &system(), &code).await.expect("is there");
        let price = Fen(now.price.0 - Fen::WAN);
        let version = change_price(&db, &system(), at, &code, now.version, price, None).await.expect("cuts");
        let out = if now.state == ListingState::UnderOffer { ListingState::Sold } else { ListingState::Withdrawn };
        change_state(&db, &system(), at, &code, version, out, None).await.expect("ends");
        take_in(&db, Kind::Listings, file(&firm, "后来", 0..90)).await;
        let kept = load(&db).await;
        assert!(is_true(&db, &kept).await);
        assert_eq!(total(&kept), 72 - 1 + 90);
    })
    .await;
}

#[tokio::test]
async fn an_import_is_taken_in_batch_by_batch_with_its_new_places() {
    on_each_engine(async |firm| {
        let db = demo(&firm).await;
        let gallery = load(&db).await;
        let follow = async || {
            // One message at a time, the way a slow import is heard of.
            for message in outbox::after(&db, &scope(), gallery.seq(), 100).await.expect("reads") {
                gallery.follow(&db, &[message], Moment::now().day()).await.expect("follows");
            }
        };
        take_in(&db, Kind::Listings, file(&firm, "甲", 0..1200)).await;
        follow().await;
        assert_eq!(total(&gallery), 72 + 1200);
        assert!(is_true(&db, &gallery).await);
        take_in(&db, Kind::Listings, file(&firm, "甲", 1180..1260)).await;
        follow().await;
        assert_eq!(total(&gallery), 72 + 1260);
        assert!(is_true(&db, &gallery).await);
        // What a dictionary tells of a community is true of its homes.
        let years = firm.file("c.csv", "小区,区域,商圈,建成年代\n甲花园3,鄞州区,姜山,1999\n");
        take_in(&db, Kind::Communities, years).await;
        follow().await;
        assert!(is_true(&db, &gallery).await);
    })
    .await;
}

#[tokio::test]
async fn a_file_that_is_damaged_or_of_another_database_is_left_alone() {
    on_each_engine(async |firm| {
        let db = demo(&firm).await;
        load(&db).await.keep(&db).await.expect("keeps");
        let path = firm.at.folder.join("gallery");
        let whole = fs::read(&path).expect("is there");
        for at in [0, 20, 60, whole.len() / 3, whole.len() - 9] {
            let mut damaged = whole.clone();
            damaged[at] ^= 1;
            fs::write(&path, &damaged).expect("writes");
            assert!(is_true(&db, &*load(&db).await).await, "byte {at}");
        }
        fs::write(&path, &whole[..whole.len() / 2]).expect("writes");
        assert!(is_true(&db, &*load(&db).await).await);
        // The same position, but something else happened there.
        fs::write(&path, &whole).expect("writes");
        let code = code(&db).await;
        firm.damage(&format!("UPDATE listing SET price = price + 100 WHERE code = '{code}'")).await;
        assert!(!is_true(&db, &*load(&db).await).await, "this one is used");
        firm.damage("UPDATE outbox SET at_ms = at_ms + 1").await;
        assert!(is_true(&db, &*load(&db).await).await);
        fs::remove_file(&path).expect("is there");
        assert!(is_true(&db, &*load(&db).await).await);
    })
    .await;
}

//! Searching the demo firm, and changing the price and state of its homes.

use crate::firm::{Firm, on_each_engine, system};
use domain::access::Actor;
use domain::listing::{Filter, ListingState, Sort};
use domain::{Error, Fen, Rule};
use services::demo::{Size, fill};
use services::listing::{change_price, change_state, page};
use services::search::{read_query, search};
use services::{Moment, Scope, Services};

async fn open(firm: &Firm) -> Services {
    let db = firm.open().await;
    fill(&db, &system(), Moment::now(), Size::Small, |_, _| {}).await.expect("fills");
    Services::open(db, Moment::now()).await.expect("opens")
}

async fn find(services: &Services, query: &str) -> domain::listing::SearchPage {
    let parsed = read_query(query);
    assert_eq!(parsed.problems, [], "{query}");
    search(services, &Scope::public(), &parsed.filter, 100, Moment::now()).await.expect("answers")
}

/// Takes in what the outbox holds, as the relay does.
async fn follow(services: &Services) {
    let messages = store::outbox::after(&services.db, &Scope::public(), services.gallery.seq(), 1000).await;
    services.follow(&messages.expect("reads"), Moment::now()).await.expect("follows");
}

#[tokio::test]
async fn the_gallery_counts_what_the_tables_hold() {
    on_each_engine(async |firm| {
        let services = open(&firm).await;
        let public = "l.state IN ('active', 'under_offer')";
        let from = "FROM listing l JOIN room r ON r.id = l.room_id JOIN building b ON b.id = r.building_id";
        for (query, sql) in [
            ("", "1 = 1"),
            ("rooms=2", "r.rooms = 2"),
            ("rooms=2,5", "(r.rooms = 2 OR r.rooms >= 5)"),
            ("price_min=300&price_max=500", "l.price BETWEEN 300000000 AND 500000000"),
            ("decoration=fine,luxury", "l.decoration IN ('fine', 'luxury')"),
            ("area_min=60&area_max=90", "r.area_built BETWEEN 6000 AND 9000"),
            ("area_max=70&basis=inner", "r.area_inner <= 7000"),
            ("tag=cut", "l.price < l.first_price"),
            ("facing=sn", "r.facing % 4 = 3"),
            ("ownership=commodity&elevator=yes", "r.ownership = 'commodity' AND b.elevator = (1 = 1)"),
        ] {
            let rows = firm.number(&format!("SELECT COUNT(*) {from} WHERE {public} AND {sql}")).await;
            let page = find(&services, query).await;
            assert_eq!(i64::from(page.total), rows, "{query}");
            assert!(!query.contains("rooms=2") || page.total > 0, "{query} finds nothing to compare");
            assert_eq!(page.items.len(), page.total.min(100) as usize, "{query}");
        }
    })
    .await;
}

#[tokio::test]
async fn pages_hold_every_home_once_in_every_order() {
    on_each_engine(async |firm| {
        let services = open(&firm).await;
        for sort in Sort::ALL {
            let mut filter = Filter { sort: Some(*sort), ..Filter::default() };
            let mut codes = Vec::new();
            loop {
                let page = search(&services, &Scope::public(), &filter, 7, Moment::now()).await.expect("answers");
                assert_eq!(page.offset as usize, codes.len(), "{sort}");
                codes.extend(page.items.iter().map(|card| card.code.clone()));
                // What stands in the address is of the public code.
                let cursor = page.next.as_ref().and_then(|next| next.after).map(|cursor| cursor.row);
                assert!(cursor.is_none() || cursor == codes.last().map(domain::ListingCode::number));
                match page.next {
                    Some(next) => filter = next,
                    None => break,
                }
            }
            let all = codes.len();
            codes.sort();
            codes.dedup();
            assert_eq!((codes.len(), all), (72, 72), "{sort}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_phrase_becomes_conditions_of_the_place_it_names() {
    on_each_engine(async |firm| {
        let services = open(&firm).await;
        let everything = find(&services, "").await;
        let district = everything.items[0].district.clone();
        let bare = district.name.trim_end_matches('区').trim_end_matches("新");
        let page = find(&services, &format!("q={bare}两居100-2000万")).await;
        assert_eq!(page.filter.district, [district.slug]);
        assert_eq!((page.filter.rooms.as_slice(), page.filter.price.max), (&[2_u8][..], Some(2000)));
        assert_eq!((page.filter.q.as_str(), page.unknown_words.len()), ("", 0));
        let lost = find(&services, "q=火星小区").await;
        assert_eq!(lost.unknown_words, ["火星小区"]);
    })
    .await;
}

#[tokio::test]
async fn a_new_price_is_in_the_history_the_gallery_and_the_outbox_at_once() {
    on_each_engine(async |firm| {
        let services = open(&firm).await;
        let card = find(&services, "sort=-price").await.items[0].clone();
        let (code, at) = (card.code.clone(), Moment::now());
        let price = Fen(card.price.0 - 10 * Fen::WAN);
        let version =
            change_price(&services.db, &system(), at, &code, card.version, price, Some("note")).await.expect("cuts");
        assert_eq!(version, card.version + 1);
        let before = services.gallery.seq();
        follow(&services).await;
        assert!(services.gallery.seq() > before);
        let after = find(&services, "sort=-price").await;
        let after = after.items.iter().find(|c| c.code == code).expect("is still there");
        assert_eq!((after.price, after.version), (price, version));
        // The card was read before the change: it is not the one that was kept.
        let kept = find(&services, "sort=-price").await;
        assert_eq!(kept.items.iter().find(|c| c.code == code).map(|c| c.version), Some(version));
        let detail = page(&services, &Scope::public(), &code, at).await.expect("reads").detail;
        assert_eq!(detail.prices.last().map(|p| (p.price, p.first)), Some((price, false)));
        // The same command from a phone that has not seen the change.
        let second = change_price(&services.db, &system(), at, &code, card.version, card.price, None).await;
        assert_eq!(second, Err(Error::Stale));
        let same = change_price(&services.db, &system(), at, &code, version, price, None).await;
        assert_eq!(same, Err(Error::Rule { rule: Rule::PriceUnchanged }));
        let stranger = change_price(&services.db, &Actor::Visitor, at, &code, version, card.price, None).await;
        assert_eq!(stranger, Err(Error::Forbidden));
        let absurd = change_price(&services.db, &system(), at, &code, version, Fen(0), None).await;
        assert!(matches!(absurd, Err(Error::Invalid { .. })));
        assert_eq!(firm.number("SELECT COUNT(*) FROM price_event WHERE evidence = 'note'").await, 1);
    })
    .await;
}

#[tokio::test]
async fn a_withdrawn_home_is_gone_and_a_sold_one_stays_to_be_read() {
    on_each_engine(async |firm| {
        let services = open(&firm).await;
        let at = Moment::now();
        let active: Vec<_> =
            find(&services, "").await.items.into_iter().filter(|c| c.state == ListingState::Active).take(2).collect();
        let [out, sold] = active.as_slice() else { panic!("two homes on sale") };
        let to = |card: &domain::listing::Card, seen, to| {
            let (services, code) = (services.clone(), card.code.clone());
            async move { change_state(&services.db, &system(), at, &code, seen, to, None).await }
        };
        assert_eq!(to(out, out.version, ListingState::Sold).await, Err(Error::Rule { rule: Rule::StateChange }));
        to(out, out.version, ListingState::Withdrawn).await.expect("withdraws");
        let version = to(sold, sold.version, ListingState::UnderOffer).await.expect("offers");
        to(sold, version, ListingState::Sold).await.expect("sells");
        follow(&services).await;
        assert_eq!(find(&services, "").await.total, 70);
        assert!(matches!(page(&services, &Scope::public(), &out.code, at).await, Err(Error::Gone)));
        let kept = page(&services, &Scope::public(), &sold.code, at).await.expect("stays");
        assert_eq!(kept.detail.card.state, ListingState::Sold);
        assert!(kept.similar.iter().all(|c| c.code != sold.code));
    })
    .await;
}

#[tokio::test]
async fn history_cannot_be_rewritten_and_a_room_is_offered_once() {
    on_each_engine(async |firm| {
        let _services = open(&firm).await;
        let db = firm.at.clone();
        for sql in [
            "UPDATE price_event SET new_price = 1",
            "DELETE FROM price_event",
            "UPDATE listing_event SET new_state = 'sold'",
            "DELETE FROM audit",
            "INSERT INTO listing SELECT id + 1000000, 'FY-209901-0001', city_id, room_id, kind, state, price, \
             first_price, decoration, holding_stated, only_home, co_ownership, mortgage, mortgage_note_cipher, \
             floor_price_cipher, title_copy, NULL, any_time, headline, unverified, source, NULL, NULL, NULL, \
             import_id, extra, listed_on, ended_on, days_before, mandate_ms, maintained_ms, version, created_ms, \
             created_by, updated_ms FROM listing WHERE state = 'active' LIMIT 1",
        ] {
            assert!(firm.refuses(sql).await, "{sql} in {db:?}");
        }
    })
    .await;
}

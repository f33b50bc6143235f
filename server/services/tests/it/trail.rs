//! The audit trail, and what keys do to it.

use crate::firm::on_each_engine;
use crate::people::{House, NOW, fields};
use crate::reveal::reason;
use domain::access::Actor;
use domain::{Error, Rule};
use services::staff::reveal;
use services::{trail, verify};

#[tokio::test]
async fn the_trail_is_searched_exported_and_tells_of_every_change() {
    on_each_engine(async |firm| {
        let house = House::open(&firm).await;
        let (shen, lin) = (house.signed("shen").await, house.signed("lin").await);
        assert_eq!(trail::search(&house.services, &lin, &fields(&[])).await.unwrap_err(), Error::Forbidden);
        let page =
            trail::search(&house.services, &shen, &fields(&[("action", "identity."), ("actor", &lin.code)])).await;
        let page = page.unwrap();
        assert_eq!(page.rows.len(), 1);
        assert_eq!((page.rows[0].action.as_str(), page.rows[0].from.as_str()), ("identity.signed_in", "10.0.0.7"));
        let table = trail::export(&house.services, &shen, NOW, &fields(&[])).await.unwrap();
        assert!(table.starts_with('\u{feff}') && table.contains("identity.signed_in"));
        let head = trail::signed_head(&house.services.db, &Actor::system("test")).await.unwrap().unwrap();
        assert!(head.holds());
        let kept = trail::keep_head(&house.services.db, NOW).await.unwrap().unwrap();
        let heads = async || trail::kept_heads(&house.services.db, &Actor::system("test")).await.unwrap().ok;
        assert!(heads().await);
        let text = std::fs::read_to_string(&kept).unwrap();
        std::fs::write(&kept, text.replace(&format!("\"line\": {}", head.line), "\"line\": 1")).unwrap();
        assert!(!heads().await, "a head that was changed does not hold");
        std::fs::write(&kept, text).unwrap();

        let sound = async || {
            let found = verify::run(&house.services.db, &Actor::system("test")).await.unwrap();
            found.checks.into_iter().find(|check| check.name == "audit_chain").unwrap()
        };
        assert!(sound().await.ok);
        let line = page.rows[0].id;
        assert!(firm.refuses(&format!("UPDATE audit SET actor = 'x' WHERE id = {line}")).await);
        assert!(firm.refuses(&format!("DELETE FROM audit WHERE id = {line}")).await);
        if firm.at.url.is_none() {
            firm.damage("DROP TRIGGER audit_no_update; DROP TRIGGER audit_no_delete").await;
        }
        firm.damage(&format!("UPDATE audit SET from_address = '10.0.0.8' WHERE id = {line}")).await;
        let broken = sound().await;
        assert_eq!((broken.ok, broken.detail.as_str()), (false, format!("line {line}").as_str()));
        assert!(!trail::check(&house.services).await.unwrap());
        let look = reveal::show(&house.services, &shen, NOW, &lin.code, &reason("phone")).await;
        assert_eq!(look.unwrap_err(), Error::Rule { rule: Rule::TrailBroken });
        firm.damage(&format!("DELETE FROM audit WHERE id = {line}")).await;
        assert!(!sound().await.ok, "a missing line breaks the chain as well");
        firm.damage(&format!("DELETE FROM audit WHERE id >= {}", head.line)).await;
        assert!(!heads().await, "a lost end shows in the head that was kept");
    })
    .await;
}

#[tokio::test]
async fn a_trail_without_its_hashes_or_without_any_line_is_broken_and_raises_the_banner() {
    on_each_engine(async |firm| {
        let house = House::open(&firm).await;
        house.signed("lin").await;
        assert!(trail::check(&house.services).await.unwrap() && !trail::is_broken(&house.services));
        if firm.at.url.is_none() {
            firm.damage("DROP TRIGGER audit_no_update; DROP TRIGGER audit_no_delete").await;
        }
        // As of somebody who writes the database, has no key, and took the kept heads away.
        firm.damage("UPDATE audit SET mac = NULL").await;
        assert!(!trail::check(&house.services).await.unwrap() && trail::is_broken(&house.services));
        firm.damage("DELETE FROM audit").await;
        assert!(!trail::check(&house.services).await.unwrap(), "nobody was let in without a line");
    })
    .await;
}

/// Alone with the data, as soon as the last node has let go of it.
async fn alone(firm: &crate::firm::Firm) -> store::Db {
    for _ in 0..50 {
        if let Ok(db) = store::Db::open_alone(&firm.at).await {
            return db;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    panic!("somebody still has the data")
}

#[tokio::test]
async fn with_a_new_key_everything_opens_and_with_the_old_one_nothing() {
    on_each_engine(async |firm| {
        let (old, count) = {
            let node = House::open(&firm).await.services.db;
            let old = std::fs::read(firm.at.folder.join("key")).unwrap();
            // A node that runs keeps others from changing the key under it.
            assert!(store::Db::open_alone(&firm.at).await.is_err());
            if firm.at.url.is_some() {
                assert!(services::rotate::rotate(&node, &Actor::system("test"), NOW).await.is_err());
            }
            node.close().await.unwrap();
            let alone = alone(&firm).await;
            let count = services::rotate::rotate(&alone, &Actor::system("test"), NOW).await.unwrap();
            if firm.at.url.is_some() {
                assert!(store::Db::open(&firm.at).await.is_err(), "and the other way round");
            }
            alone.close().await.unwrap();
            (old, count)
        };
        assert!(count >= 16, "every person has a key: {count}");
        assert_ne!(std::fs::read(firm.at.folder.join("key")).unwrap(), old);
        let db = firm.open().await;
        let found = verify::run(&db, &Actor::system("test")).await.unwrap();
        assert!(found.ok, "{found:?}");
        let services = services::Services::open(db.clone(), NOW).await.unwrap();
        let people = services::identity::demo::people(&db, &Actor::system("test"), NOW).await.unwrap();
        let house = House { services, accounts: people };
        let gu = house.signed("gu").await;
        let shown =
            reveal::show(&house.services, &gu, NOW, &house.account("lin").code, &reason("phone")).await.unwrap();
        assert_eq!(shown.number, "138 0016 2152");
        db.close().await.unwrap();
        drop(house);
        std::fs::write(firm.at.folder.join("key"), old).unwrap();
        let db = store::Db::open(&firm.at).await.unwrap();
        assert!(store::verify::fit_key(&db, &crate::firm::scope()).await.is_err());
    })
    .await;
}

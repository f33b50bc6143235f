//! What is sent twice is done once.

use crate::firm::on_each_engine;
use crate::people::{House, NOW, fields, later};
use domain::identity::RevealedField;
use domain::{Error, Rule};
use services::identity::{account, api_key};
use services::staff::{self, reveal, stores};
use services::{Moment, once};

const KEY: &str = "a-key-drawn-for-one-form";

#[tokio::test]
async fn the_same_form_gives_the_same_answer_and_one_row() {
    on_each_engine(async |firm| {
        let house = House::open(&firm).await;
        let services = &house.services;
        let admin = house.signed("tang").await;
        let person = |key: &str, name: &str| {
            fields(&[
                ("once", key),
                ("back", "/staff/new"),
                ("name", name),
                ("position", "经纪人"),
                ("store", "MD-01"),
            ])
        };
        let add =
            async |key: &str, name: &str, at: Moment| staff::add(services, &admin, at, &person(key, name)).await;
        let first = add(KEY, "秦越", NOW).await.unwrap();
        assert_eq!(add(KEY, "秦越", later(5)).await, Ok(first.clone()));
        assert_eq!(firm.number("SELECT COUNT(*) FROM staff WHERE name = '秦越'").await, 1);
        assert_eq!(firm.number("SELECT COUNT(*) FROM audit WHERE action = 'staff.added'").await, 1);
        assert_eq!(add(KEY, "秦月", NOW).await, Err(Error::KeyUsed));
        assert_ne!(add("another-key-for-it", "秦越", NOW).await.unwrap(), first, "another form is another person");
        assert_ne!(add("", "秦越", NOW).await.unwrap(), first);
        assert!(matches!(add("short", "秦越", NOW).await, Err(Error::Invalid { .. })));
        // A day later the answer is forgotten, and nobody sends a form that old.
        assert_ne!(add(KEY, "秦越", later(24 * 60 + 1)).await.unwrap(), first);

        // The key is its sender's, and its function's.
        let hr = house.signed("he").await;
        assert_ne!(staff::add(services, &hr, NOW, &person(KEY, "秦越")).await.unwrap(), first);
        let shop = fields(&[("once", KEY), ("name", "新店")]);
        let store = stores::open(services, &admin, NOW, &shop).await.unwrap();
        assert_eq!(stores::open(services, &admin, NOW, &shop).await, Ok(store));

        // What was refused is not remembered.
        let taken = fields(&[("once", "a-key-that-fails-first"), ("name", "新店")]);
        assert!(stores::open(services, &admin, NOW, &taken).await.is_err());
        assert!(stores::open(services, &admin, NOW, &taken).await.is_err());
    })
    .await;
}

#[tokio::test]
async fn what_is_shown_once_is_shown_again_to_whoever_sent_it_and_lies_sealed() {
    on_each_engine(async |firm| {
        let house = House::open(&firm).await;
        let services = &house.services;
        let admin = house.signed("tang").await;
        let form = fields(&[("once", KEY), ("name", "site"), ("rights", "staff:read"), ("days", "9")]);
        let key = api_key::make(services, &admin, NOW, &form).await.unwrap();
        assert_eq!(api_key::make(services, &admin, NOW, &form).await, Ok(key.clone()));
        let person = fields(&[("name", "秦越"), ("position", "经纪人"), ("store", "MD-01")]);
        let code = staff::add(services, &admin, NOW, &person).await.unwrap();
        let form = fields(&[("once", KEY), ("login", "qin.yue"), ("roles", "agent")]);
        let link = account::open(services, &admin, NOW, &code, &form).await.unwrap();
        assert!(account::open(services, &admin, NOW, &code, &form).await.unwrap() == link);

        let director = house.signed("shen").await;
        let of = &house.account("lin").code;
        let look = fields(&[("once", KEY), ("field", RevealedField::Phone.code()), ("reason", "确认入职材料")]);
        let shown = reveal::show(services, &director, NOW, of, &look).await.unwrap();
        let again = reveal::show(services, &director, NOW, of, &look).await.unwrap();
        assert_eq!((again.number.as_str(), again.left), (shown.number.as_str(), shown.left));
        assert_eq!(firm.number("SELECT COUNT(*) FROM reveal").await, 1, "one look of the quota");

        let all = firm.everything().await;
        let number = shown.number.replace(' ', "");
        for secret in [key.as_str(), link.text(), number.as_str()] {
            assert!(!all.contains(secret), "an answer lies in plain");
        }
        let forgotten = services.db.write(async |tx| store::once::forget_before(&tx, later(1)).await).await.unwrap();
        assert_eq!(forgotten, 3);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn twenty_at_once_are_one_and_the_others_hear_so() {
    on_each_engine(async |firm| {
        let house = House::open(&firm).await;
        let admin = house.signed("tang").await;
        // A second node beside it where there can be one.
        let node = if firm.at.url.is_some() { firm.open().await } else { house.services.db.clone() };
        let mut tries = Vec::new();
        for n in 0..20 {
            let (mut services, admin) = (house.services.clone(), admin.clone());
            if n % 2 == 0 {
                services.db = node.clone();
            }
            tries.push(tokio::spawn(async move {
                stores::open(&services, &admin, NOW, &fields(&[("once", KEY), ("name", "新店")])).await
            }));
        }
        let mut codes = Vec::new();
        for one in tries {
            match one.await.unwrap() {
                Ok(code) => codes.push(code),
                Err(error) => assert_eq!(error, Error::Rule { rule: Rule::InFlight }),
            }
        }
        codes.dedup();
        assert_eq!(codes.len(), 1, "{codes:?}");
        assert_eq!(firm.number("SELECT COUNT(*) FROM store WHERE name = '新店'").await, 1);
    })
    .await;
}

#[test]
fn keys_are_drawn_long_and_each_another() {
    let [a, b] = [once::draw().unwrap(), once::draw().unwrap()];
    assert!(a != b && a.len() == 43);
}

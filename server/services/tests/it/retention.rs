//! Deleting by age: what is too old and nothing else, once a night, with a line for each rule.

use crate::firm::{on_each_engine, system};
use crate::people::{House, NOW};
use domain::Error;
use domain::retention::{Kept, Swept};
use services::Moment;
use services::identity::sign_in::sign_in;
use services::retention::{last, nightly, run};

const DAY: i64 = 86_400_000;

fn deleted(swept: &Swept, rule: Kept) -> u64 {
    swept.rows.iter().find(|(of, _)| *of == rule).expect("every rule is there").1
}

#[tokio::test]
async fn what_is_too_old_goes_and_what_is_not_stays() {
    on_each_engine(async |firm| {
        let house = House::open(&firm).await;
        let db = &house.services.db;
        house.token("lin", NOW).await;
        let origin = crate::people::origin();
        for _ in 0..3 {
            let _refused = sign_in(&house.services, NOW, &origin, "lin", "wrong-password-1", false).await;
        }
        let days = |n: i64| Moment(NOW.0 + n * DAY);
        let soon = run(db, &system(), days(0), false).await.unwrap();
        assert!(soon.rows.iter().all(|(_, n)| *n == 0), "{soon:?}");
        let dry = run(db, &system(), days(2), true).await.unwrap();
        assert!(deleted(&dry, Kept::Attempts) > 0);
        let again = run(db, &system(), days(2), true).await.unwrap();
        assert_eq!(dry.rows, again.rows, "counting changes nothing");
        let swept = run(db, &system(), days(2), false).await.unwrap();
        assert_eq!(swept.rows, dry.rows);
        assert_eq!(firm.number("SELECT COUNT(*) FROM attempt").await, 0);
        assert_eq!(deleted(&run(db, &system(), days(90), false).await.unwrap(), Kept::Sessions), 0);
        assert_eq!(deleted(&run(db, &system(), days(92), false).await.unwrap(), Kept::Sessions), 1);
        assert_eq!(deleted(&run(db, &system(), days(366), false).await.unwrap(), Kept::Notices), 1);
        let lines = "SELECT COUNT(*) FROM audit WHERE action = 'retention.swept'";
        assert_eq!(firm.number(lines).await, 5 * Kept::ALL.len() as i64);
        let checks = services::verify::run(db, &system()).await.unwrap();
        assert!(checks.ok, "{:?}", checks.checks.iter().filter(|check| !check.ok).collect::<Vec<_>>());
    })
    .await;
}

#[tokio::test]
async fn more_than_a_batch_goes_and_every_kind_has_its_rows() {
    on_each_engine(async |firm| {
        let house = House::open(&firm).await;
        let db = &house.services.db;
        let old = NOW.0 - 4 * 365 * DAY;
        db.write(async |tx| tx.numbers(&store::Sequence::Row, 2_000_000).await).await.unwrap();
        let notices = (0..1_203).fold(String::new(), |sql, n| {
            let id = 1_000_000 + n;
            sql + &format!(
                "INSERT INTO notice (id, account_id, kind, about, href, at_ms) \
                 SELECT {id}, MIN(id), 'new_device', '', '/', {old} FROM account; "
            )
        });
        firm.damage(&notices).await;
        let bytes = if db.engine() == store::Engine::Sqlite { "x'00'" } else { "'\\x00'::bytea" };
        for sql in [
            format!("INSERT INTO client_code (id, purpose, phone_key, address_key, code_hash, made_ms, expires_ms, tries) VALUES (1100000, 'sign_in', {bytes}, {bytes}, {bytes}, {old}, {old}, 0)"),
            format!("INSERT INTO pass (id, kind, token_hash, made_ms, made_by, expires_ms) VALUES (1100001, 'setup', {bytes}, {old}, 'test', {old})"),
        ] {
            firm.damage(&sql).await;
        }
        let swept = run(db, &system(), NOW, false).await.unwrap();
        assert_eq!(deleted(&swept, Kept::Notices), 1_203);
        assert_eq!((deleted(&swept, Kept::Codes), deleted(&swept, Kept::Links)), (1, 1));
    })
    .await;
}

#[tokio::test]
async fn of_several_nodes_one_does_the_night_and_administrators_see_it() {
    on_each_engine(async |firm| {
        let house = House::open(&firm).await;
        let db = &house.services.db;
        let admin = house.signed("tang").await;
        assert_eq!(last(&house.services, &admin).await.unwrap(), None);
        // Four in the morning in Shanghai.
        let night = Moment(NOW.0 - NOW.0 % DAY + 20 * 3_600_000);
        let nodes = futures::future::join_all((0..4).map(|_| nightly(db, night))).await;
        assert_eq!(nodes.into_iter().filter(|done| *done.as_ref().expect("runs")).count(), 1);
        assert!(!nightly(db, Moment(night.0 + 20 * 3_600_000)).await.unwrap(), "the same night");
        assert!(nightly(db, Moment(night.0 + DAY)).await.unwrap());
        let told = last(&house.services, &admin).await.unwrap().expect("has run");
        assert_eq!((told.at_ms, told.rows.len()), (night.0 + DAY, Kept::ALL.len()));
        let agent = house.signed("lin").await;
        assert_eq!(last(&house.services, &agent).await, Err(Error::Forbidden));
    })
    .await;
}

//! The second factor as a duty: who must, from when, and that a password alone never sets up another one.

use crate::firm::on_each_engine;
use crate::people::{House, NOW, fields, later, origin};
use domain::access::Role;
use domain::error::Problem;
use domain::identity::{Fields, SecondDuty};
use domain::{Error, Rule};
use services::firm;
use services::identity::{Owes, Signed, second, who};
use services::{Moment, Services};

const DAY: i64 = 24 * 60;

fn form(seen: &str, roles: &[&str], days: &str) -> Fields {
    let mut pairs = vec![("seen", seen), ("name", "安禾置业"), ("reveal_hour", "10"), ("reveal_day", "30")];
    pairs.push(("second_days", days));
    pairs.extend(roles.iter().map(|role| ("second_roles", *role)));
    fields(&pairs)
}

async fn again(services: &Services, token: &str, at: Moment) -> Signed {
    who(services, at, token, &origin()).await.expect("is well made").expect("is well made")
}

async fn code(services: &Services, signed: &Signed, at: Moment) -> String {
    let secret = second::offer(services, signed, at).await.expect("is well made").secret.replace(' ', "");
    let secret = totp_rs::Secret::try_from_base32(secret).expect("is well made");
    let totp = totp_rs::Builder::new().with_secret(secret).build().expect("is well made");
    totp.generate(u64::try_from(at.0 / 1000).expect("is well made")).to_string()
}

#[tokio::test]
async fn nobody_must_until_the_firm_says_so_and_then_after_the_days_it_gives() {
    on_each_engine(async |firm_at| {
        let house = House::open(&firm_at).await;
        let services = &house.services;
        let (admin, lin) = (house.signed("tang").await, house.signed("lin").await);
        assert!(admin.owes.is_none() && admin.due_ms.is_none(), "the demo is as it was");
        let refused = firm::change(services, &lin, NOW, &form("1", &["agent"], "0")).await;
        assert_eq!(refused.unwrap_err(), Error::Forbidden);
        for (roles, days, field, problem) in [
            (&["wizard"][..], "0", "second_roles", Problem::UnknownValue),
            (&["admin"][..], "91", "second_days", Problem::OutOfRange),
            (&["admin"][..], "-1", "second_days", Problem::OutOfRange),
            (&["admin"][..], "", "second_days", Problem::Missing),
        ] {
            let wrong = firm::change(services, &admin, NOW, &form("1", roles, days)).await;
            let Err(Error::Invalid { fields }) = wrong else { panic!("{wrong:?}") };
            assert_eq!((fields[0].field.as_str(), fields[0].problem), (field, problem));
        }
        firm::change(services, &admin, NOW, &form("1", &["agent", "finance"], "2")).await.unwrap();
        let kept = firm::read(services, &admin.scope()).await.unwrap().duty;
        assert_eq!(kept, SecondDuty { roles: vec![Role::Agent, Role::Finance], days: 2, since_ms: NOW.0 });
        let written =
            "SELECT COUNT(*) FROM audit WHERE action = 'firm.changed' AND detail LIKE '%second_roles%finance%'";
        assert_eq!(firm_at.number(written).await, 1);
        let token = house.token("lin", NOW).await;
        let before = again(services, &token, later(30)).await;
        assert_eq!((before.owes, before.due_ms), (None, Some(later(2 * DAY).0)));
        let late = later(2 * DAY);
        assert_eq!(house.signed_at("lin", late).await.owes, Some(Owes::SetUp));
        assert!(house.signed_at("gu", late).await.owes.is_none(), "a manager need not");
        // Saved again with the same roles and days, the days are not given anew; with others they are.
        let admin = house.signed_at("tang", late).await;
        firm::change(services, &admin, late, &form("2", &["agent", "finance"], "2")).await.unwrap();
        assert_eq!(house.signed_at("lin", late).await.owes, Some(Owes::SetUp));
        firm::change(services, &admin, late, &form("3", &["agent"], "2")).await.unwrap();
        assert_eq!(house.signed_at("lin", late).await.owes, None);
        firm::change(services, &admin, late, &form("4", &[], "0")).await.unwrap();
        assert_eq!(house.signed_at("lin", later(9 * DAY)).await.owes, None);
    })
    .await;
}

#[tokio::test]
async fn a_code_or_a_passkey_pays_what_is_owed_and_a_password_cannot_replace_a_passkey() {
    on_each_engine(async |firm_at| {
        let house = House::open(&firm_at).await;
        let services = &house.services;
        let admin = house.signed("tang").await;
        firm::change(services, &admin, NOW, &form("1", &["agent", "hr"], "0")).await.unwrap();
        // With an authenticator.
        let token = house.token("lin", NOW).await;
        let lin = again(services, &token, NOW).await;
        assert_eq!(lin.owes, Some(Owes::SetUp));
        second::turn_on(services, &lin, NOW, &code(services, &lin, NOW).await).await.unwrap();
        assert_eq!(again(services, &token, NOW).await.owes, None);
        // With a passkey, and later with the password alone.
        let he = house.signed("he").await;
        let sql = "INSERT INTO passkey (id, account_id, site, credential, public_key, counter, name, made_ms) \
                   VALUES (900001, ACCOUNT, 'menpai.example', BYTES, BYTES, 0, 'key', 1)";
        let bytes = if firm_at.at.url.is_some() { "decode('01', 'hex')" } else { "x'01'" };
        firm_at.damage(&sql.replace("ACCOUNT", &he.account.to_string()).replace("BYTES", bytes)).await;
        let token = house.token("he", NOW).await;
        let he = again(services, &token, NOW).await;
        assert_eq!(he.owes, Some(Owes::Passkey));
        let barred = Error::Rule { rule: Rule::SecondNeeded };
        assert_eq!(second::offer(services, &he, NOW).await.unwrap_err(), barred);
        assert_eq!(second::turn_on(services, &he, NOW, "123456").await.unwrap_err(), barred);
        firm_at.damage(&format!("UPDATE session SET by_passkey = TRUE WHERE id = {}", he.session)).await;
        assert_eq!(again(services, &token, NOW).await.owes, None);
    })
    .await;
}

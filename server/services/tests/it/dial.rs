//! Calls through a virtual number: who may, what is counted, what is written down, and how they end.

use crate::firm::on_each_engine;
use crate::people::{House, NOW, fields, later};
use courier::{Bound, Exchange, Failure, Pair};
use domain::access::Actor;
use domain::identity::{Fields, Look};
use domain::{Error, Rule};
use futures::FutureExt;
use futures::future::BoxFuture;
use services::staff::{self, dial, leave, personal, reveal};
use services::{Services, verify};
use std::sync::{Arc, Mutex};

const KEY: &str = "a-key-drawn-for-this-form";

/// A provider that remembers what it was asked.
#[derive(Debug, Default)]
struct Remembers {
    bound: Mutex<Vec<Pair>>,
    parted: Mutex<Vec<String>>,
    /// Whether it answers.
    down: Mutex<bool>,
}

impl Remembers {
    fn bound(&self) -> Vec<Pair> {
        self.bound.lock().expect("nobody panicked").clone()
    }

    fn parted(&self) -> Vec<String> {
        self.parted.lock().expect("nobody panicked").clone()
    }

    fn set_down(&self, down: bool) {
        *self.down.lock().expect("nobody panicked") = down;
    }

    fn refused(&self) -> Option<Failure> {
        self.down.lock().expect("nobody panicked").then(|| Failure::later("status 503"))
    }
}

impl Exchange for Remembers {
    fn bind<'a>(&'a self, pair: &'a Pair) -> BoxFuture<'a, Result<Bound, Failure>> {
        let answer = self.refused().map_or_else(
            || {
                let mut bound = self.bound.lock().expect("nobody panicked");
                bound.push(pair.clone());
                let n = bound.len();
                Ok(Bound { binding: format!("b-{n}"), number: format!("+99900000{n:02}") })
            },
            Err,
        );
        std::future::ready(answer).boxed()
    }

    fn unbind<'a>(&'a self, binding: &'a str) -> BoxFuture<'a, Result<(), Failure>> {
        let answer = self.refused().map_or_else(
            || {
                self.parted.lock().expect("nobody panicked").push(binding.to_owned());
                Ok(())
            },
            Err,
        );
        std::future::ready(answer).boxed()
    }
}

fn with(house: &House) -> (Services, Arc<Remembers>) {
    let provider = Arc::new(Remembers::default());
    (house.services.clone().with_exchange(Some(provider.clone())), provider)
}

fn form(key: &str, code: &str) -> Fields {
    fields(&[("once", key), ("code", code)])
}

fn rule<T>(rule: Rule) -> Result<T, Error> {
    Err(Error::Rule { rule })
}

#[tokio::test]
async fn two_telephones_are_joined_and_the_trail_says_who_called_whom_and_no_number() {
    on_each_engine(async |firm| {
        let house = House::open(&firm).await;
        let (services, provider) = with(&house);
        let gu = house.signed("gu").await;
        let lin = house.account("lin").code.clone();
        let line = dial::call(&services, &gu, NOW, &lin, &form(KEY, &lin)).await.unwrap();
        assert_eq!((line.number.as_str(), line.until_ms), ("+9990000001", later(10).0));
        // The same form again, another form, another window: the same number, and nothing is counted.
        for key in [KEY, "another-key-of-a-form", ""] {
            let again = dial::call(&services, &gu, later(4), &lin, &form(key, &lin)).await.unwrap();
            assert_eq!(again, line);
        }
        let bound = provider.bound();
        assert_eq!((bound.len(), bound[0].seconds), (1, 600));
        assert!(bound[0].from.starts_with("+86138") && bound[0].to.starts_with("+86138"), "full numbers, E.164");
        assert_ne!(bound[0].from, bound[0].to);
        assert_eq!(firm.number("SELECT COUNT(*) FROM audit WHERE action = 'staff.called'").await, 1);
        let rows = reveal::list(&services, &gu, None, Some(&lin)).await.unwrap();
        assert_eq!((rows.len(), rows[0].look, rows[0].by.0.as_str()), (1, Look::Call, gu.code.as_str()));
        let own = reveal::list(&services, &house.signed("lin").await, None, Some(&lin)).await.unwrap();
        assert_eq!(own, rows, "the one who was called sees it");
        // When the time is over, a new number.
        let next = dial::call(&services, &gu, later(11), &lin, &form("", &lin)).await.unwrap();
        assert_eq!((next.number.as_str(), provider.bound().len()), ("+9990000002", 2));
        let leaks = "SELECT COUNT(*) FROM audit WHERE detail LIKE '%999000%' OR detail LIKE '%138%'";
        assert_eq!(firm.number(leaks).await, 0, "no number in the trail");
        assert_eq!(firm.number("SELECT COUNT(*) FROM reveal").await, 0, "no look is counted");
    })
    .await;
}

#[tokio::test]
async fn who_may_not_see_a_number_may_not_call_by_it_and_each_reason_is_told() {
    on_each_engine(async |firm| {
        let house = House::open(&firm).await;
        let (services, provider) = with(&house);
        let (gu, lin) = (house.signed("gu").await, house.signed("lin").await);
        let call = async |signed, code: &str| dial::call(&services, signed, NOW, code, &form("", code)).await;
        assert_eq!(call(&lin, &gu.code).await, Err(Error::Forbidden));
        for code in [house.account("zhou").code.as_str(), "YG-9999", ""] {
            assert_eq!(call(&gu, code).await, Err(Error::NotFound), "{code}");
        }
        assert_eq!(call(&gu, &gu.code).await, rule(Rule::OwnNumber));
        let off = dial::call(&house.services, &gu, NOW, &lin.code, &form("", &lin.code)).await;
        assert_eq!(off, rule(Rule::NoCalls));
        let bad = dial::call(&services, &gu, NOW, &lin.code, &form("short", &lin.code)).await;
        assert!(matches!(bad, Err(Error::Invalid { .. })), "{bad:?}");
        // Somebody without a telephone of their own.
        firm.damage(&format!("UPDATE staff SET phone_cipher = NULL, phone_key = NULL WHERE code = '{}'", gu.code))
            .await;
        assert_eq!(call(&gu, &lin.code).await, rule(Rule::NoOwnNumber));
        let shen = house.signed("shen").await;
        assert_eq!(call(&shen, &gu.code).await, Err(Error::NotFound), "and nobody to be called");
        assert_eq!((provider.bound().len(), firm.number("SELECT COUNT(*) FROM dial").await), (0, 0));
    })
    .await;
}

#[tokio::test]
async fn a_provider_that_fails_costs_nothing_and_the_quota_is_exact() {
    on_each_engine(async |firm| {
        let house = House::open(&firm).await;
        let (services, provider) = with(&house);
        let shen = house.signed("shen").await;
        let lin = house.account("lin").code.clone();
        provider.set_down(true);
        let failed = dial::call(&services, &shen, NOW, &lin, &form(KEY, &lin)).await;
        assert_eq!(failed, rule(Rule::CallFailed));
        assert_eq!(firm.number("SELECT COUNT(*) FROM dial").await, 0);
        assert_eq!(firm.number("SELECT COUNT(*) FROM audit WHERE action = 'staff.called'").await, 0);
        provider.set_down(false);
        assert!(dial::call(&services, &shen, NOW, &lin, &form(KEY, &lin)).await.is_ok(), "the same form again");
        // Fifty windows at once are one call, and what was bound for nothing is given back.
        let chen = house.account("chen").code.clone();
        let nothing = form("", &chen);
        let calls = (0..50).map(|_| dial::call(&services, &shen, NOW, &chen, &nothing));
        let lines = futures::future::join_all(calls).await;
        let numbers: std::collections::BTreeSet<_> =
            lines.iter().map(|l| l.as_ref().unwrap().number.clone()).collect();
        assert_eq!((numbers.len(), firm.number("SELECT COUNT(*) FROM dial").await), (1, 2));
        assert_eq!(provider.parted().len(), provider.bound().len() - 2);
        let mut begun = 2;
        for turn in 0..3_i64 {
            for account in &house.accounts {
                // Each turn eleven minutes later, so that the numbers of the last are over.
                let at = later(11 * (turn + 1));
                match dial::call(&services, &shen, at, &account.code, &form("", &account.code)).await {
                    Ok(_) => begun += 1,
                    Err(error) => assert!(
                        [Rule::CallQuota, Rule::OwnNumber].iter().any(|r| error == Error::Rule { rule: *r })
                            || error == Error::NotFound,
                        "{error:?}"
                    ),
                }
            }
        }
        assert_eq!(i64::from(begun), dial::QUOTA.hour, "exactly the quota of an hour");
        assert_eq!(firm.number("SELECT COUNT(*) FROM dial").await, dial::QUOTA.hour);
    })
    .await;
}

#[tokio::test]
async fn who_leaves_calls_nobody_any_more_and_is_called_by_nobody_once_erased() {
    on_each_engine(async |firm| {
        let house = House::open(&firm).await;
        let (services, provider) = with(&house);
        let (gu, he) = (house.signed("gu").await, house.signed("he").await);
        let lin = house.account("lin").code.clone();
        dial::call(&services, &gu, NOW, &lin, &form("", &lin)).await.unwrap();
        dial::call(&services, &he, NOW, &lin, &form("", &lin)).await.unwrap();
        provider.set_down(true);
        let seen = staff::profile(&services, &he, &lin).await.unwrap().version;
        let today = NOW.day().to_string();
        let left = fields(&[("left_on", today.as_str()), ("successor", "")]);
        leave::leave(&services, &he, NOW, &lin, seen, &left).await.unwrap();
        assert_eq!(firm.number("SELECT COUNT(*) FROM dial WHERE ended_ms IS NULL").await, 0);
        assert!(provider.parted().is_empty(), "the provider was down");
        provider.set_down(false);
        assert_eq!(dial::part_ended(&services, later(1)).await.unwrap(), 2);
        assert_eq!(provider.parted(), ["b-1", "b-2"]);
        assert_eq!(dial::part_ended(&services, later(1)).await.unwrap(), 0, "told once");
        // HR may still call about papers, until the numbers are deleted.
        dial::call(&services, &he, NOW, &lin, &form("", &lin)).await.unwrap();
        personal::erase(&services, &he, NOW, &lin).await.unwrap();
        assert_eq!(dial::call(&services, &he, NOW, &lin, &form("", &lin)).await, rule(Rule::PersonErased));
        assert_eq!(dial::part_ended(&services, later(1)).await.unwrap(), 1);
        let found = verify::run(&services.db, &Actor::system("test")).await.unwrap();
        assert!(found.ok, "{found:?}");
    })
    .await;
}

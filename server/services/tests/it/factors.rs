//! Second factors, step-up, guesses from everywhere, and hashes made anew.

use crate::firm::on_each_engine;
use crate::people::{House, NOW, fields, later, origin};
use argon2::password_hash::PasswordHasher;
use argon2::{Algorithm, Argon2, Params, Version};
use domain::error::Problem;
use domain::{Error, Rule};
use futures::future::join_all;
use services::identity::sign_in::{SignedIn, sign_in, sign_out};
use services::identity::{Origin, Signed, account, device, link, password, second, who};
use services::{Moment, trail};
use totp_rs::{Builder, Secret, Totp};

const STRONG: &str = "plaza-cactus-violin-91";

fn wrong_code(error: Error) -> bool {
    matches!(error, Error::Invalid { fields } if fields.iter().any(|f| f.field == "code" && f.problem == Problem::Wrong))
}

fn from(n: usize) -> Origin {
    Origin { address: format!("10.1.{}.{}", n / 200, n % 200), ..origin() }
}

fn seconds(at: Moment) -> u64 {
    u64::try_from(at.0 / 1000).expect("is well made")
}

/// Turns somebody's second factor on. What their app and their paper have.
async fn with_second(house: &House, login: &str) -> (Totp, Vec<String>) {
    let signed = house.signed(login).await;
    let shown = second::offer(&house.services, &signed, NOW).await.expect("is well made").secret.replace(' ', "");
    let totp = Builder::new()
        .with_secret(Secret::try_from_base32(shown).expect("is well made"))
        .build()
        .expect("is well made");
    let code = totp.generate(seconds(NOW)).to_string();
    let codes = second::turn_on(&house.services, &signed, NOW, &code).await.expect("is well made");
    (totp, codes)
}

async fn half(house: &House, login: &str, at: Moment, from: &Origin) -> SignedIn {
    let done =
        sign_in(&house.services, at, from, login, &house.account(login).password, false).await.expect("is well made");
    assert!(done.half);
    done
}

async fn whole(house: &House, login: &str, at: Moment, code: &str) -> Signed {
    let half = half(house, login, at, &origin()).await;
    let done =
        second::give(&house.services, at, &origin(), half.token.text(), code, false).await.expect("is well made");
    who(&house.services, at, done.token.text(), &origin()).await.expect("is well made").expect("is well made")
}

#[tokio::test]
async fn looking_at_the_secret_of_a_second_factor_stores_nothing_and_it_is_another_one_afterwards() {
    on_each_engine(async |firm| {
        let house = House::open(&firm).await;
        let lin = house.signed("lin").await;
        let before = firm.everything().await;
        let first = second::offer(&house.services, &lin, NOW).await.unwrap().secret;
        assert_eq!(second::offer(&house.services, &lin, NOW).await.unwrap().secret, first, "a page loaded again");
        assert_eq!(firm.everything().await, before);
        let chen = house.signed("chen").await;
        assert_ne!(second::offer(&house.services, &chen, NOW).await.unwrap().secret, first);
        let (_, codes) = with_second(&house, "lin").await;
        let password = house.account("lin").password.clone();
        let given = (password.as_str(), codes[0].as_str());
        second::turn_off(&house.services, &lin, later(1), &origin(), given).await.unwrap();
        let lin = house.signed("lin").await;
        assert_ne!(second::offer(&house.services, &lin, NOW).await.unwrap().secret, first);
    })
    .await;
}

#[tokio::test]
async fn a_timed_code_lives_for_thirty_seconds_and_a_recovery_code_is_good_once() {
    on_each_engine(async |firm| {
        let house = House::open(&firm).await;
        let (totp, codes) = with_second(&house, "lin").await;
        let at = Moment((later(5).0 / 30_000) * 30_000);
        let code = totp.generate(seconds(at)).to_string();
        let give = async |at: Moment, code: &str| {
            let half = half(&house, "lin", at, &origin()).await;
            second::give(&house.services, at, &origin(), half.token.text(), code, false).await
        };
        for outside in [-1, 30_000] {
            assert!(wrong_code(give(Moment(at.0 + outside), &code).await.unwrap_err()), "{outside} ms");
        }
        assert!(give(Moment(at.0 + 29_999), &code).await.is_ok());
        assert!(give(later(7), &codes[0]).await.is_ok());
        assert!(wrong_code(give(later(8), &codes[0]).await.unwrap_err()), "once");
        // 128 bits and more: the hash of it tells nothing, and no two are alike.
        for code in &codes {
            let signs = code.chars().filter(char::is_ascii_alphanumeric).count();
            assert!(signs * 5 >= 128, "{code}");
            assert!(!firm.everything().await.contains(code.as_str()));
        }
        assert_eq!(codes.iter().collect::<std::collections::BTreeSet<_>>().len(), codes.len());
    })
    .await;
}

#[tokio::test]
async fn a_link_never_goes_around_the_second_factor() {
    on_each_engine(async |firm| {
        let house = House::open(&firm).await;
        let (_, codes) = with_second(&house, "lin").await;
        let admin = house.signed("tang").await;
        let code = house.account("lin").code.clone();
        let made = link::make(&house.services, &admin, later(1), &code).await.unwrap();
        let done = link::accept(&house.services, later(1), &origin(), made.text(), STRONG).await.unwrap();
        assert!(done.half && !house.is_in(done.token.text(), later(1)).await, "the link opens no session");
        let half = sign_in(&house.services, later(1), &origin(), "lin", STRONG, false).await.unwrap();
        assert!(half.half && !house.is_in(half.token.text(), later(1)).await, "the new password alone opens nothing");
        let given = second::give(&house.services, later(1), &origin(), half.token.text(), &codes[0], false).await;
        assert!(house.is_in(given.unwrap().token.text(), later(1)).await);
    })
    .await;
}

#[tokio::test]
async fn what_signs_in_is_changed_with_every_factor_that_signs_in() {
    on_each_engine(async |firm| {
        let house = House::open(&firm).await;
        let (_, codes) = with_second(&house, "lin").await;
        let lin = whole(&house, "lin", later(1), &codes[0]).await;
        let own = house.account("lin").password.clone();
        let services = &house.services;
        let change = async |code: &str| {
            password::change(services, &lin, later(2), &origin(), (&own, code), STRONG).await.map(drop)
        };
        let confirm =
            async |code: &str| password::confirm(services, &lin, later(2), &origin(), (&own, code)).await.map(drop);
        let off = async |code: &str| second::turn_off(services, &lin, later(2), &origin(), (&own, code)).await;
        for none in ["", codes[0].as_str()] {
            assert!(wrong_code(confirm(none).await.unwrap_err()), "{none}");
        }
        assert!(wrong_code(change("").await.unwrap_err()));
        assert!(wrong_code(off("").await.unwrap_err()));
        confirm(&codes[1]).await.unwrap();
        off(&codes[2]).await.unwrap();
        change("").await.unwrap();
        assert!(!sign_in(services, later(3), &origin(), "lin", STRONG, false).await.unwrap().half);
    })
    .await;
}

#[tokio::test]
async fn sessions_are_ended_after_proof_alone() {
    on_each_engine(async |firm| {
        let house = House::open(&firm).await;
        let (other, lin) = (house.token("lin", NOW).await, house.signed("lin").await);
        let first = Error::Rule { rule: Rule::ConfirmFirst };
        let id = device::list(&house.services, &lin, NOW).await.unwrap().into_iter().find(|d| !d.here).unwrap().id;
        assert_eq!(device::revoke(&house.services, &lin, later(11), id).await.unwrap_err(), first);
        assert_eq!(device::revoke_others(&house.services, &lin, later(11)).await.unwrap_err(), first);
        assert!(house.is_in(&other, later(11)).await);
        device::revoke(&house.services, &lin, later(9), id).await.unwrap();
        assert!(!house.is_in(&other, later(11)).await);
    })
    .await;
}

#[tokio::test]
async fn guesses_of_the_second_factor_count_over_all_addresses_also_at_once() {
    on_each_engine(async |firm| {
        let house = House::open(&firm).await;
        with_second(&house, "lin").await;
        let half = half(&house, "lin", later(1), &origin()).await;
        let tries = (0..60).map(|n| {
            let (token, services) = (half.token.text().to_owned(), house.services.clone());
            async move { second::give(&services, later(1), &from(n), &token, "000000", false).await.unwrap_err() }
        });
        let (wrong, waits): (Vec<_>, Vec<_>) = join_all(tries).await.into_iter().partition(|e| wrong_code(e.clone()));
        assert_eq!((wrong.len(), waits.len()), (20, 40));
        assert!(waits.iter().all(|error| matches!(error, Error::Wait { .. })), "{waits:?}");
    })
    .await;
}

#[tokio::test]
async fn guesses_at_once_and_from_one_household_count_together() {
    on_each_engine(async |firm| {
        let house = House::open(&firm).await;
        let guess = async |n: usize, address: String| {
            let from = Origin { address, ..origin() };
            sign_in(&house.services, later(1), &from, "lin", &format!("wrong-password-{n}"), false).await.unwrap_err()
        };
        let all = join_all((0..12).map(|n| guess(n, format!("2001:db8:1:2::{n:x}")))).await;
        assert_eq!(all.iter().filter(|error| **error == Error::NotKnown).count(), 5, "{all:?}");
        assert_eq!(guess(13, "2001:db8:1:3::1".into()).await, Error::NotKnown, "the neighbours are others");
    })
    .await;
}

#[tokio::test]
async fn a_password_of_other_parameters_is_hashed_anew_at_sign_in() {
    on_each_engine(async |firm| {
        let house = House::open(&firm).await;
        let (lin, own) = (house.signed("lin").await, house.account("lin").password.clone());
        let weak = Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::new(8_192, 1, 1, None).unwrap());
        let old = weak.hash_password(own.as_bytes()).unwrap().to_string();
        let set = async |hash: &str| {
            let write = async |tx| store::identity::account::set_password(&tx, NOW, lin.account, hash).await;
            house.services.db.write(write).await.unwrap();
        };
        set(&old).await;
        let old_ones = "SELECT COUNT(*) FROM account WHERE password_hash LIKE '%m=8192,t=1,p=1%'";
        let kept = async || firm.number(old_ones).await == 1;
        assert!(sign_in(&house.services, NOW, &origin(), "lin", "wrong-password-1", false).await.is_err());
        assert!(kept().await, "only the right one is known");
        sign_in(&house.services, NOW, &origin(), "lin", &own, false).await.unwrap();
        assert!(!kept().await);
        assert!(sign_in(&house.services, NOW, &origin(), "lin", &own, false).await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn signing_in_and_out_is_in_the_trail_with_who_and_where() {
    on_each_engine(async |firm| {
        let house = House::open(&firm).await;
        let token = house.token("lin", NOW).await;
        sign_out(&house.services, NOW, &from(7), &token).await.unwrap();
        sign_out(&house.services, NOW, &from(7), &token).await.unwrap();
        let admin = house.signed("tang").await;
        let lines = trail::search(&house.services, &admin, &fields(&[("actor", &house.account("lin").code)])).await;
        let lines = lines.unwrap().rows;
        let told: Vec<_> = lines.iter().map(|row| (row.action.as_str(), row.from.as_str())).collect();
        assert_eq!(told, [("identity.signed_out", from(7).address.as_str()), ("identity.signed_in", "10.0.0.7")]);
        let code = house.account("lin").code.clone();
        let refused = account::set_closed(&house.services, &admin, later(11), &code, true).await;
        assert_eq!(refused.unwrap_err(), Error::Rule { rule: Rule::ConfirmFirst });
    })
    .await;
}

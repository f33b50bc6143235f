//! Clients of the public site: codes, sessions, what they keep, what they say, and the end of it.

use crate::firm::{Firm, on_each_engine, scope, system};
use crate::people::{House, NOW, fields, later};
use domain::client::{CODE_TRIES, CODES_OF_ADDRESS, CODES_OF_NUMBER};
use domain::consent::{Purpose, Source};
use domain::identity::Phone;
use domain::message::{Channel, Letter, MessageState};
use domain::sale::SaleRequest;
use domain::saved::{Saved, Shelf};
use domain::{Area, Error, Lang, ListingCode, Rule};
use services::client::{SignedClient, account, card, consent, device, door, requests, saved, who};
use services::identity::Origin;
use services::message::Ways;
use services::{Moment, Services};
use store::message::{Draft, queue};

const PHONE: &str = "138 0000 1234";
const OTHER: &str = "13900001234";

fn from(n: i64) -> Origin {
    Origin { address: format!("10.1.0.{n}"), agent: "Mozilla/5.0 (iPhone) Safari/604.1".into() }
}

fn rule(error: &Error) -> Option<Rule> {
    match error {
        Error::Rule { rule } => Some(*rule),
        _ => None,
    }
}

async fn open(firm: &Firm) -> Services {
    let services = Services::open(firm.open().await, NOW).await.expect("opens");
    services.with_ways(Ways { sms: false, mail: false, outbox: true })
}

async fn send(services: &Services, phone: &str, at: Moment, n: i64) -> Result<(), Error> {
    door::send_code(services, at, &from(n), Lang::Zh, &fields(&[("phone", phone), ("agree", "1")])).await
}

/// The newest code that was sent.
async fn code(services: &Services) -> String {
    let rows = store::message::list(&services.db, &scope(), i64::MAX, false, true, 1).await.expect("reads");
    match rows[0].letter.clone() {
        Some(Letter::Code { code, .. }) => code,
        other => panic!("no code: {other:?}"),
    }
}

async fn enter(services: &Services, phone: &str, code: &str, at: Moment, guest: &Saved) -> Result<String, Error> {
    let typed = fields(&[("phone", phone), ("code", code), ("agree", "1")]);
    door::sign_in(services, at, &from(1), Lang::Zh, &typed, guest).await.map(|came| came.token.text().to_owned())
}

/// Somebody who is in, with the token.
async fn client(services: &Services, phone: &str, at: Moment) -> (SignedClient, String) {
    send(services, phone, at, 1).await.expect("sends");
    let token = enter(services, phone, &code(services).await, at, &Saved::default()).await.expect("comes in");
    (again(services, &token, at).await.expect("is in"), token)
}

async fn again(services: &Services, token: &str, at: Moment) -> Option<SignedClient> {
    who(services, at, token, &from(1)).await.expect("answers")
}

fn wrong(code: &str) -> String {
    format!("{:06}", (code.parse::<u32>().expect("digits") + 1) % 1_000_000)
}

#[tokio::test]
async fn a_code_brings_in_once_and_for_five_minutes() {
    on_each_engine(async |firm| {
        let services = open(&firm).await;
        send(&services, PHONE, NOW, 1).await.unwrap();
        let first = code(&services).await;
        let guest = Saved::default();
        let bad = enter(&services, PHONE, &wrong(&first), NOW, &guest).await.unwrap_err();
        let nobodys = enter(&services, OTHER, &first, NOW, &guest).await.unwrap_err();
        assert_eq!((rule(&bad), rule(&nobodys)), (Some(Rule::CodeSpent), Some(Rule::CodeSpent)));
        let token = enter(&services, "+86 13800001234", &first, NOW, &guest).await.unwrap();
        assert!(again(&services, &token, NOW).await.is_some());
        assert_eq!(rule(&enter(&services, PHONE, &first, NOW, &guest).await.unwrap_err()), Some(Rule::CodeSpent));
        // A newer one makes the older one worthless, and each runs out.
        send(&services, PHONE, later(2), 1).await.unwrap();
        let older = code(&services).await;
        send(&services, PHONE, later(4), 1).await.unwrap();
        let newer = code(&services).await;
        if older != newer {
            assert!(enter(&services, PHONE, &older, later(4), &guest).await.is_err());
        }
        assert!(enter(&services, PHONE, &newer, later(9), &guest).await.is_err());
        assert_eq!(firm.number("SELECT COUNT(*) FROM client_account").await, 1);
        door::sign_out(&services, later(9), &from(1), &token).await.unwrap();
        for nobody in [token.as_str(), "", "x", &"A".repeat(43)] {
            assert!(again(&services, nobody, later(9)).await.is_none());
        }
    })
    .await;
}

#[tokio::test]
async fn a_known_and_an_unknown_number_are_answered_alike_and_guessing_ends() {
    on_each_engine(async |firm| {
        let services = open(&firm).await;
        client(&services, PHONE, NOW).await;
        let guest = Saved::default();
        let mut told = Vec::new();
        for phone in [PHONE, OTHER] {
            send(&services, phone, later(2), 2).await.unwrap();
            let right = code(&services).await;
            let waits = send(&services, phone, later(2), 2).await.unwrap_err();
            let mut answers = vec![waits];
            for _ in 0..CODE_TRIES {
                answers.push(enter(&services, phone, &wrong(&right), later(3), &guest).await.unwrap_err());
            }
            // The right one comes too late.
            answers.push(enter(&services, phone, &right, later(3), &guest).await.unwrap_err());
            told.push(answers);
        }
        assert_eq!(told[0], told[1]);
        assert!(matches!(told[0][0], Error::Wait { seconds: 1..=60 }));
        for bad in [[("phone", "12345"), ("agree", "1")], [("phone", "13800001234"), ("agree", "")]] {
            let refused = door::send_code(&services, NOW, &from(1), Lang::Zh, &fields(&bad)).await;
            assert!(matches!(refused, Err(Error::Invalid { .. })), "{bad:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn codes_are_counted_by_number_and_by_address_also_when_asked_for_at_once() {
    on_each_engine(async |firm| {
        let services = open(&firm).await;
        for n in 0..CODES_OF_NUMBER {
            send(&services, PHONE, later(n * 2), n).await.unwrap();
        }
        let more = send(&services, PHONE, later(CODES_OF_NUMBER * 2), 99).await.unwrap_err();
        assert_eq!(rule(&more), Some(Rule::CodeQuota));
        assert!(send(&services, PHONE, later(24 * 60 + 1), 99).await.is_ok());
        for n in 0..CODES_OF_ADDRESS {
            send(&services, &format!("137{n:08}"), later(30), 200).await.unwrap();
        }
        let from_there = send(&services, "13799999999", later(30), 200).await.unwrap_err();
        assert_eq!(rule(&from_there), Some(Rule::CodeQuota));
        // Ten at once to one number: one goes.
        let many: Vec<_> = (0..10).map(|n| send(&services, OTHER, later(31), n)).collect();
        let sent = futures::future::join_all(many).await.into_iter().filter(Result::is_ok).count();
        assert_eq!(sent, 1);
        let shut = services.clone().with_ways(Ways { sms: false, mail: false, outbox: false });
        assert_eq!(rule(&send(&shut, "13700000000", later(40), 3).await.unwrap_err()), Some(Rule::NoMessages));
    })
    .await;
}

#[tokio::test]
async fn what_a_guest_kept_goes_into_the_account_and_appears_on_another_device() {
    on_each_engine(async |firm| {
        let services = open(&firm).await;
        let code_of = |n| ListingCode::new(2026, 11, n);
        let mut guest = Saved::default();
        guest.put(Shelf::Favourites, &code_of(1), true);
        guest.see(&code_of(2));
        send(&services, PHONE, NOW, 1).await.unwrap();
        let phone = enter(&services, PHONE, &code(&services).await, NOW, &guest).await.unwrap();
        let signed = again(&services, &phone, NOW).await.unwrap();
        assert_eq!(signed.saved.on(Shelf::Favourites), [code_of(1)]);
        saved::put(&services, &signed, Shelf::Favourites, &code_of(3), true).await.unwrap();
        saved::see(&services, &signed, &code_of(4)).await.unwrap();
        let mut other = Saved::default();
        other.put(Shelf::Favourites, &code_of(5), true);
        send(&services, PHONE, later(2), 1).await.unwrap();
        let tablet = enter(&services, PHONE, &code(&services).await, later(2), &other).await.unwrap();
        for token in [&phone, &tablet] {
            let kept = again(&services, token, later(2)).await.unwrap().saved;
            assert_eq!(kept.on(Shelf::Favourites), [5, 3, 1].map(code_of));
            assert_eq!(kept.seen(), [4, 2].map(code_of));
        }
        // Two devices at once: neither loses what the other keeps.
        let (a, b) =
            (again(&services, &phone, later(3)).await.unwrap(), again(&services, &tablet, later(3)).await.unwrap());
        let (six, seven) = (code_of(6), code_of(7));
        let both = futures::future::join(
            saved::put(&services, &a, Shelf::Favourites, &six, true),
            saved::put(&services, &b, Shelf::Favourites, &seven, true),
        );
        let (one, two) = both.await;
        assert!(one.is_ok() && two.is_ok());
        let kept = again(&services, &phone, later(3)).await.unwrap().saved;
        assert!(kept.on(Shelf::Favourites).contains(&six) && kept.on(Shelf::Favourites).contains(&seven));
    })
    .await;
}

#[tokio::test]
async fn a_withdrawal_calls_back_what_waits_and_nothing_is_queued_or_sent_without_a_yes() {
    on_each_engine(async |firm| {
        let services = open(&firm).await;
        let (signed, _) = client(&services, PHONE, NOW).await;
        let draft = Draft {
            channel: Channel::Sms,
            to: signed.phone.full(),
            lang: Lang::Zh,
            letter: &Letter::Test,
            person: Some(signed.person),
            purpose: Purpose::Marketing,
        };
        let put = async || services.db.write(async |tx| queue(&tx, NOW, &draft).await).await.unwrap();
        assert_eq!(put().await, None, "nothing was ticked at the door");
        let say = async |given: &str| {
            consent::say(&services, &signed, NOW, &fields(&[("purpose", "marketing"), ("given", given)])).await
        };
        say("1").await.unwrap();
        let id = put().await.expect("is queued");
        say("0").await.unwrap();
        assert_eq!(put().await, None);
        let state = format!("SELECT COUNT(*) FROM message WHERE id = {id} AND state = 'cancelled'");
        assert_eq!(firm.number(&state).await, 1);
        // Asked once more when it is to go: a withdrawal past the product is minded as well.
        say("1").await.unwrap();
        let id = put().await.expect("is queued");
        let no = store::consent::say;
        let done = services.db.write(async |tx| {
            no(&tx, NOW, signed.person, Purpose::Marketing, false, domain::consent::Source::Account).await
        });
        done.await.unwrap();
        let claimed = services.db.write(async |tx| store::message::claim(&tx, later(9), &[Channel::Sms], 20).await);
        assert!(claimed.await.unwrap().iter().all(|claimed| claimed.id != id));
        let rows = store::message::list(&services.db, &scope(), i64::MAX, false, true, 50).await.unwrap();
        assert!(rows.iter().any(|row| row.id == id && row.state == MessageState::Cancelled));
        assert!(say("x").await.is_ok(), "anything but 1 is a no");
        let needed = fields(&[("purpose", "service"), ("given", "0")]);
        assert!(matches!(consent::say(&services, &signed, NOW, &needed).await, Err(Error::Invalid { .. })));
        let said = card(&services, &signed).await.unwrap().said;
        assert!(said.len() >= 5 && said.iter().any(|s| s.purpose == Purpose::Service && s.given));
        assert!(firm.refuses("DELETE FROM consent").await && firm.refuses("UPDATE consent SET version = 9").await);
    })
    .await;
}

#[tokio::test]
async fn another_number_needs_a_code_to_both_and_ends_the_other_sessions() {
    on_each_engine(async |firm| {
        let services = open(&firm).await;
        let (_, elsewhere) = client(&services, PHONE, NOW).await;
        let (signed, token) = client(&services, PHONE, later(2)).await;
        client(&services, "13700000001", later(2)).await;
        let at = later(14);
        let to = fields(&[("phone", OTHER)]);
        let late = account::send_new(&services, &signed, at, &from(1), &to).await.unwrap_err();
        assert_eq!(rule(&late), Some(Rule::ConfirmFirst));
        door::send_proof(&services, &signed, at, &from(1)).await.unwrap();
        let proof = code(&services).await;
        let bad = fields(&[("code", &wrong(&proof))]);
        assert!(door::prove(&services, &signed, at, &from(1), &bad).await.is_err());
        // A code to prove is no code to come in.
        assert!(enter(&services, PHONE, &proof, at, &Saved::default()).await.is_err());
        let proven = door::prove(&services, &signed, at, &from(1), &fields(&[("code", &proof)])).await.unwrap();
        assert!(again(&services, &token, at).await.is_none(), "the token from before is worth nothing");
        let signed = again(&services, proven.text(), at).await.unwrap();
        let own = account::send_new(&services, &signed, at, &from(1), &fields(&[("phone", PHONE)])).await;
        assert!(matches!(own, Err(Error::Invalid { .. })));
        account::send_new(&services, &signed, at, &from(1), &to).await.unwrap();
        let new = code(&services).await;
        let typed = fields(&[("phone", OTHER), ("code", &new)]);
        let token = account::change_number(&services, &signed, at, &from(1), &typed).await.unwrap();
        let signed = again(&services, token.text(), at).await.unwrap();
        assert_eq!(signed.phone, Phone::parse(OTHER).unwrap());
        assert!(again(&services, &elsewhere, at).await.is_none());
        let told = store::message::list(&services.db, &scope(), i64::MAX, false, true, 1).await.unwrap();
        assert_eq!((told[0].letter.clone(), told[0].to.as_str()), (Some(Letter::NumberChanged), "138 **** 1234"));
        // A number that has an account is not taken.
        let taken = fields(&[("phone", "13700000001")]);
        account::send_new(&services, &signed, at, &from(1), &taken).await.unwrap();
        let code = code(&services).await;
        let typed = fields(&[("phone", "13700000001"), ("code", &code)]);
        let refused = account::change_number(&services, &signed, at, &from(1), &typed).await.unwrap_err();
        assert_eq!(rule(&refused), Some(Rule::NumberInUse));
    })
    .await;
}

#[tokio::test]
async fn a_deleted_account_leaves_nothing_that_opens_and_the_copy_before_it_is_complete() {
    on_each_engine(async |firm| {
        let house = crate::people::House::open(&firm).await;
        let services = house.services.with_ways(Ways { sms: false, mail: false, outbox: true });
        let actor = system();
        let done = services::demo::fill(&services.db, &actor, NOW, services::demo::Size::Small, |_, _| ());
        done.await.expect("fills");
        let city = domain::Slug::parse("shanghai").unwrap();
        let request = SaleRequest {
            community: "晨光花园".into(),
            area: Area(8_950),
            rooms: Some(3),
            name: "欧阳测试".into(),
            phone: "13800001234".into(),
        };
        let services = Services::open(services.db.clone(), NOW).await.unwrap().with_ways(services.ways);
        services::sale::ask(&services, &domain::access::Actor::Visitor, &city, request, None, NOW).await.unwrap();
        let (signed, token) = client(&services, PHONE, NOW).await;
        let own = requests(&services, &signed).await.unwrap();
        assert_eq!((own.len(), own[0].community.as_str()), (1, "晨光花园"));
        account::change(&services, &signed, NOW, &fields(&[("name", "欧阳测试"), ("lang", "en")])).await.unwrap();
        let signed = again(&services, &token, NOW).await.unwrap();
        let copy = account::copy(&services, &signed, NOW).await.unwrap().data;
        assert_eq!((copy["phone"].as_str(), copy["name"].as_str()), (Some("+8613800001234"), Some("欧阳测试")));
        assert_eq!(copy["sale_requests"].as_array().map(Vec::len), Some(1));
        assert!(account::copy(&services, &signed, later(11)).await.is_err(), "wants a code");
        let everything = firm.everything().await;
        assert!(!everything.contains("13800001234") && !everything.contains("欧阳测试"), "nothing is plain");
        let unsure = account::delete(&services, &signed, NOW, &fields(&[])).await;
        assert!(matches!(unsure, Err(Error::Invalid { .. })));
        account::delete(&services, &signed, NOW, &fields(&[("sure", "1")])).await.unwrap();
        assert!(again(&services, &token, NOW).await.is_none());
        for gone in [
            "SELECT COUNT(*) FROM person WHERE id IN (SELECT person_id FROM client_account) AND key_cipher IS NOT NULL",
            "SELECT COUNT(*) FROM client_account WHERE phone_key IS NOT NULL OR saved_cipher IS NOT NULL",
            "SELECT COUNT(*) FROM client_session WHERE ended_ms IS NULL",
            "SELECT COUNT(*) FROM message WHERE person_id IS NOT NULL",
            "SELECT COUNT(*) FROM sale_request WHERE state <> 'closed' AND person_id IS NOT NULL",
        ] {
            assert_eq!(firm.number(gone).await, 0, "{gone}");
        }
        // The number may come again, as somebody new.
        let (new, _) = client(&services, PHONE, later(2)).await;
        assert_ne!((new.account, new.person), (signed.account, signed.person));
        assert!(requests(&services, &new).await.unwrap().is_empty());
        let checks = services::verify::run(&services.db, &system()).await.unwrap();
        assert!(checks.ok, "{:?}", checks.checks.iter().filter(|check| !check.ok).collect::<Vec<_>>());
    })
    .await;
}

#[tokio::test]
async fn devices_are_listed_and_ended_and_only_ones_own() {
    on_each_engine(async |firm| {
        let services = open(&firm).await;
        let (_, first) = client(&services, PHONE, NOW).await;
        let (signed, token) = client(&services, PHONE, later(2)).await;
        let (stranger, _) = client(&services, OTHER, later(2)).await;
        let list = device::list(&services, &signed, later(2)).await.unwrap();
        assert_eq!((list.len(), list.iter().filter(|d| d.here).count()), (2, 1));
        let foreign = device::revoke(&services, &stranger, later(2), list[1].id).await;
        assert_eq!(foreign, Err(Error::NotFound));
        device::revoke_others(&services, &signed, later(2)).await.unwrap();
        assert!(again(&services, &first, later(2)).await.is_none());
        assert!(again(&services, &token, later(2)).await.is_some());
        assert!(again(&services, &token, later(15 * 24 * 60)).await.is_none(), "two weeks without a request");
    })
    .await;
}

#[tokio::test]
async fn people_of_the_firm_see_who_agreed_to_what_by_masked_numbers_a_page_at_a_time() {
    on_each_engine(async |firm| {
        let house = House::open(&firm).await;
        let services = &house.services;
        let (service, lin) = (house.signed("yuan").await, house.signed("lin").await);
        assert_eq!(services::consent::list(services, &lin, None, None).await, Err(Error::Forbidden));
        assert_eq!(services::consent::list(services, &service, None, None).await, Ok(vec![]));
        let persons = services.db.write(async |tx| {
            let mut persons = Vec::new();
            for n in 0..60 {
                let phone = Phone::parse(&format!("139000000{n:02}")).unwrap();
                let (_, person) = store::client::account::open(&tx, NOW, &phone, domain::Lang::Zh).await?;
                store::consent::say(&tx, later(n), person, Purpose::Service, true, Source::SignIn).await?;
                persons.push(person);
            }
            store::consent::say(&tx, later(70), persons[0], Purpose::Marketing, true, Source::Account).await?;
            store::consent::say(&tx, later(80), persons[0], Purpose::Marketing, false, Source::Account).await?;
            store::consent::say(&tx, later(90), persons[0], Purpose::Marketing, true, Source::Account).await?;
            Ok(persons)
        });
        persons.await.unwrap();
        let first = services::consent::list(services, &service, None, None).await.unwrap();
        assert_eq!((first.len(), first[0].withdrawn_ms), (50, None));
        assert_eq!(first[0].number.as_deref(), Some("139 **** 0000"));
        assert_eq!((first[1].at_ms, first[1].withdrawn_ms), (later(70).0, Some(later(80).0)));
        let rest = services::consent::list(services, &service, None, Some(first[49].id)).await.unwrap();
        assert_eq!(rest.len(), 62 - 50);
        assert!(rest.iter().all(|row| row.id < first[49].id && row.purpose == Purpose::Service));
        let only = services::consent::list(services, &service, Some(Purpose::Marketing), None).await.unwrap();
        assert_eq!(only.len(), 2, "what was given, each once");
        firm.damage("UPDATE person SET key_cipher = NULL, destroyed_ms = 1").await;
        let gone = services::consent::list(services, &service, Some(Purpose::Marketing), None).await.unwrap();
        assert!(gone.iter().all(|row| row.number.is_none()));
    })
    .await;
}

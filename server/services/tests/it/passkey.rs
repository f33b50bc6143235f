//! Passkeys, with a device made of software.

use crate::device::{Device, PRESENT, VERIFIED, text};
use crate::firm::on_each_engine;
use crate::people::{House, NOW, fields, later, origin};
use domain::access::Role;
use domain::identity::{Fields, NoticeKind, SecondDuty};
use domain::{Error, Rule};
use services::identity::webauthn::Site;
use services::identity::{Owes, Signed, account, notice, passkey, who};
use store::identity::session::SECOND_DUTY;
use store::setting;

const REFUSED: Error = Error::Rule { rule: Rule::PasskeyRefused };

fn site() -> Site {
    Site::of("https://men.anhe.cn").expect("is well made")
}

/// A door with somebody's passkey.
struct Door {
    house: House,
    signed: Signed,
    token: String,
    device: Device,
}

const HERE: &str = "https://men.anhe.cn";

impl Door {
    async fn open(house: House, login: &str) -> Self {
        let token = house.token(login, NOW).await;
        let signed = who(&house.services, NOW, &token, &origin()).await.expect("is well made").expect("is well made");
        let mut device = Device::new(7);
        let options =
            passkey::begin_add(&house.services, &signed, NOW, Some(&site()), &token).await.expect("is well made");
        let made = device.make(&options, HERE);
        let form = fields(&[("name", "我的手机"), ("credential", &made)]);
        passkey::add(&house.services, &signed, NOW, Some(&site()), &token, &form).await.expect("is well made");
        Self { house, signed, token, device }
    }

    async fn challenge(&self, holder: &str) -> String {
        passkey::begin_enter(&self.house.services, NOW, Some(&site()), holder).await.expect("is well made")
    }

    async fn enter(&self, credential: &str, holder: &str, minute: i64) -> Result<String, Error> {
        let form = fields(&[("credential", credential), ("keep", "1")]);
        let at = later(minute);
        let done = passkey::enter(&self.house.services, at, &origin(), Some(&site()), holder, &form).await;
        done.map(|session| {
            assert!(!session.half && session.keep_s.is_some(), "both factors, and kept as asked");
            session.token.text().to_owned()
        })
    }
}

#[tokio::test]
async fn a_passkey_opens_the_account_and_its_challenge_is_good_once_for_its_holder() {
    on_each_engine(async |firm| {
        let mut door = Door::open(House::open(&firm).await, "lin").await;
        let told = notice::list(&door.house.services, &door.signed, None).await.expect("is well made");
        assert!(told.iter().any(|n| n.kind == NoticeKind::NewPasskey && n.about == "我的手机"), "{told:?}");
        let options = door.challenge("cookie-1").await;
        let proof = door.device.prove(&options, HERE, "men.anhe.cn");
        assert_eq!(door.enter(&proof, "cookie-2", 0).await, Err(REFUSED), "another browser");
        // The refusal has not used it up for its holder, for whom it was not out.
        let token = door.enter(&proof, "cookie-1", 0).await.expect("is well made");
        assert!(door.house.is_in(&token, NOW).await);
        assert_eq!(door.enter(&proof, "cookie-1", 0).await, Err(REFUSED), "the same answer again");
        let list = passkey::list(&door.house.services, &door.signed).await.expect("is well made");
        assert_eq!((list.len(), list[0].used_ms, list[0].site.as_str()), (1, Some(NOW.0), "men.anhe.cn"));

        let options = door.challenge("cookie-1").await;
        let late = door.device.prove(&options, HERE, "men.anhe.cn");
        assert_eq!(door.enter(&late, "cookie-1", 6).await, Err(REFUSED), "too late");
        let added = "SELECT COUNT(*) FROM audit WHERE action = 'identity.passkey_added'";
        assert_eq!(firm.number(added).await, 1);
    })
    .await;
}

#[tokio::test]
async fn an_answer_for_another_site_without_the_person_or_from_a_copy_opens_nothing() {
    on_each_engine(async |firm| {
        let mut door = Door::open(House::open(&firm).await, "lin").await;
        for (at, name, flags, why) in [
            ("https://men-anhe.cn", "men.anhe.cn", PRESENT | VERIFIED, "another origin"),
            (HERE, "anhe.cn", PRESENT | VERIFIED, "another name"),
            (HERE, "men.anhe.cn", PRESENT, "nobody verified"),
            (HERE, "men.anhe.cn", VERIFIED, "nobody there"),
        ] {
            let options = door.challenge("cookie").await;
            door.device.flags = flags;
            let proof = door.device.prove(&options, at, name);
            assert_eq!(door.enter(&proof, "cookie", 0).await, Err(REFUSED), "{why}");
        }
        door.device.flags = PRESENT | VERIFIED;
        let options = door.challenge("cookie").await;
        let proof = door.device.prove(&options, HERE, "men.anhe.cn");
        let mut forged: serde_json::Value = serde_json::from_str(&proof).expect("is well made");
        let mut twin = Device::new(7);
        twin.counter = 90;
        let other: serde_json::Value =
            serde_json::from_str(&twin.prove(&options, HERE, "men.anhe.cn")).expect("is well made");
        forged["response"]["signature"] = other["response"]["signature"].clone();
        assert_eq!(door.enter(&forged.to_string(), "cookie", 0).await, Err(REFUSED), "another key's signature");
        for bad in ["", "{}", "null", "[1]", r#"{"id":"x","response":{"clientDataJSON":"e30"}}"#] {
            assert_eq!(door.enter(bad, "cookie", 0).await, Err(REFUSED), "{bad}");
        }

        let options = door.challenge("cookie").await;
        let proof = door.device.prove(&options, HERE, "men.anhe.cn");
        assert!(door.enter(&proof, "cookie", 0).await.is_ok());
        door.device.counter -= 2;
        let options = door.challenge("cookie").await;
        let proof = door.device.prove(&options, HERE, "men.anhe.cn");
        assert_eq!(door.enter(&proof, "cookie", 0).await, Err(REFUSED), "it counts backwards: a copy");
    })
    .await;
}

#[tokio::test]
async fn a_passkey_is_a_step_up_for_its_owner_and_needs_one_to_be_added_or_removed() {
    on_each_engine(async |firm| {
        let mut door = Door::open(House::open(&firm).await, "lin").await;
        let services = &door.house.services;
        let (later_on, here) = (later(15), Some(site()));
        let first = Err(Error::Rule { rule: Rule::ConfirmFirst });
        let stale = passkey::begin_add(services, &door.signed, later_on, here.as_ref(), &door.token).await;
        assert_eq!(stale, first.clone().map(|()| String::new()));
        let id = passkey::list(services, &door.signed).await.expect("is well made")[0].id;
        assert_eq!(passkey::remove(services, &door.signed, later_on, id).await, first);

        let confirm = async |signed: &Signed, token: &str, proof: &str| {
            let form = fields(&[("credential", proof)]);
            passkey::confirm(services, signed, later_on, Some(&site()), token, &form).await
        };
        let options = passkey::begin_confirm(services, &door.signed, later_on, here.as_ref(), &door.token).await;
        assert!(
            options.as_ref().expect("is well made").contains(&text(&door.device.id)),
            "it is asked for by its id"
        );
        let proof = door.device.prove(&options.expect("is well made"), HERE, "men.anhe.cn");
        let renewed = confirm(&door.signed, &door.token, &proof).await.expect("is well made");
        let signed =
            who(services, later_on, renewed.text(), &origin()).await.expect("is well made").expect("is well made");
        assert!(signed.proven(later(24)).is_ok() && !door.house.is_in(&door.token, later_on).await);

        // Somebody else's passkey proves nothing of oneself.
        let token = door.house.token("cao", later_on).await;
        let cao = who(services, later_on, &token, &origin()).await.expect("is well made").expect("is well made");
        let none = passkey::begin_confirm(services, &cao, later_on, here.as_ref(), &token).await;
        assert_eq!(none.map(drop), Err(REFUSED));
        assert_eq!(passkey::remove(services, &cao, later_on, id).await, Err(Error::NotFound));

        passkey::remove(services, &signed, later_on, id).await.expect("is well made");
        assert_eq!(passkey::remove(services, &signed, later_on, id).await, Err(Error::NotFound));
        let options = door.challenge("cookie").await;
        let proof = door.device.prove(&options, HERE, "men.anhe.cn");
        assert_eq!(door.enter(&proof, "cookie", 0).await, Err(REFUSED), "it was removed");
    })
    .await;
}

#[tokio::test]
async fn passkeys_end_with_the_account_and_with_a_lost_second_factor() {
    on_each_engine(async |firm| {
        let mut door = Door::open(House::open(&firm).await, "lin").await;
        let services = &door.house.services;
        let admin = door.house.signed("tang").await;
        let code = door.signed.code.clone();
        account::drop_second(services, &admin, NOW, &code).await.expect("is well made");
        assert!(passkey::list(services, &door.signed).await.expect("is well made").is_empty());
        assert_eq!(account::drop_second(services, &admin, NOW, &code).await, Err(Error::NotFound));
        let options = door.challenge("cookie").await;
        let proof = door.device.prove(&options, HERE, "men.anhe.cn");
        assert_eq!(door.enter(&proof, "cookie", 0).await, Err(REFUSED));

        let mut door = Door::open(door.house, "cao").await;
        let (services, code) = (&door.house.services, door.signed.code.clone());
        account::set_closed(services, &admin, NOW, &code, true).await.expect("is well made");
        account::set_closed(services, &admin, NOW, &code, false).await.expect("is well made");
        assert_eq!(firm.number("SELECT COUNT(*) FROM passkey").await, 0, "opened again, without its passkeys");
        let options = door.challenge("cookie").await;
        let proof = door.device.prove(&options, HERE, "men.anhe.cn");
        assert_eq!(door.enter(&proof, "cookie", 0).await, Err(REFUSED));
    })
    .await;
}

#[tokio::test]
async fn there_are_no_passkeys_where_the_site_has_no_name() {
    on_each_engine(async |firm| {
        let house = House::open(&firm).await;
        let signed = house.signed("lin").await;
        let nameless = Site::of("http://127.0.0.1:3000");
        let door = passkey::begin_enter(&house.services, NOW, nameless.as_ref(), "cookie").await;
        let add = passkey::begin_add(&house.services, &signed, NOW, nameless.as_ref(), "token").await;
        assert_eq!((door, add), (Err(REFUSED), Err(REFUSED)));
        let enter = passkey::enter(&house.services, NOW, &origin(), None, "cookie", &Fields::default()).await;
        assert_eq!(enter.map(drop), Err(REFUSED));
    })
    .await;
}

#[tokio::test]
async fn a_role_that_must_have_a_second_factor_comes_in_by_the_passkey_and_not_by_the_password() {
    on_each_engine(async |firm| {
        let mut door = Door::open(House::open(&firm).await, "lin").await;
        let services = door.house.services.clone();
        let duty = SecondDuty { roles: vec![Role::Agent], days: 0, since_ms: 0 };
        let written = services.db.write(async |tx| setting::write(&tx, SECOND_DUTY, &duty.text()).await);
        written.await.expect("is well made");
        let see = async |token: &str| {
            who(&services, NOW, token, &origin()).await.expect("is well made").expect("is well made")
        };
        assert_eq!(see(&door.token).await.owes, None, "the device that made the passkey has proved it");
        let options = door.challenge("cookie").await;
        let proof = door.device.prove(&options, HERE, "men.anhe.cn");
        let token = door.enter(&proof, "cookie", 0).await.expect("is well made");
        assert_eq!(see(&token).await.owes, None, "by the passkey");
        let token = door.house.token("lin", NOW).await;
        let signed = see(&token).await;
        assert_eq!(signed.owes, Some(Owes::Passkey), "by the password");
        let barred = passkey::begin_add(&services, &signed, NOW, Some(&site()), &token).await;
        assert_eq!(barred, Err(Error::Rule { rule: Rule::SecondNeeded }), "a password makes no passkey of its own");
        let options = passkey::begin_confirm(&services, &signed, NOW, Some(&site()), &token).await;
        let proof = door.device.prove(&options.expect("is well made"), HERE, "men.anhe.cn");
        let form = fields(&[("credential", &proof)]);
        let renewed = passkey::confirm(&services, &signed, NOW, Some(&site()), &token, &form).await;
        assert_eq!(see(renewed.expect("is well made").text()).await.owes, None, "and proved after it");
    })
    .await;
}

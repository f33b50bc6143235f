//! Passkeys, with a device made of software.

use crate::firm::on_each_engine;
use crate::people::{House, NOW, fields, later, origin};
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use ciborium::Value;
use domain::access::Role;
use domain::identity::{Fields, NoticeKind, SecondDuty};
use domain::{Error, Rule};
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair};
use services::identity::webauthn::Site;
use services::identity::{Owes, Signed, account, notice, passkey, who};
use sha2::{Digest, Sha256};
use store::identity::session::SECOND_DUTY;
use store::setting;

const REFUSED: Error = Error::Rule { rule: Rule::PasskeyRefused };
const PRESENT: u8 = 1;
const VERIFIED: u8 = 4;

fn site() -> Site {
    Site::of("https://men.anhe.cn").expect("is well made")
}

/// A device with one key.
struct Device {
    key: EcdsaKeyPair,
    id: Vec<u8>,
    counter: u32,
    flags: u8,
    handle: String,
}

fn text(bytes: &[u8]) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(bytes)
}

fn client_data(kind: &str, options: &str, at: &str) -> Vec<u8> {
    let options: serde_json::Value = serde_json::from_str(options).expect("is well made");
    let challenge = options["challenge"].as_str().expect("is well made");
    serde_json::json!({ "type": kind, "challenge": challenge, "origin": at }).to_string().into_bytes()
}

impl Device {
    fn new(id: u8) -> Self {
        let random = SystemRandom::new();
        let kind = &ECDSA_P256_SHA256_ASN1_SIGNING;
        let key = EcdsaKeyPair::generate_pkcs8(kind, &random).expect("is well made");
        let key = EcdsaKeyPair::from_pkcs8(kind, key.as_ref(), &random).expect("is well made");
        Self { key, id: vec![id; 32], counter: 1, flags: PRESENT | VERIFIED, handle: String::new() }
    }

    fn data(&self, name: &str, more: u8) -> Vec<u8> {
        let mut data = Sha256::digest(name.as_bytes()).to_vec();
        data.push(self.flags | more);
        data.extend(self.counter.to_be_bytes());
        data
    }

    /// What it hands over when a passkey is made.
    fn make(&mut self, options: &str, at: &str) -> String {
        let said: serde_json::Value = serde_json::from_str(options).expect("is well made");
        self.handle = said["user"]["id"].as_str().expect("is well made").to_owned();
        let point = self.key.public_key().as_ref();
        let pair = |label: i64, value: Value| (Value::from(label), value);
        let key = Value::Map(vec![
            pair(1, 2.into()),
            pair(3, (-7).into()),
            pair(-1, 1.into()),
            pair(-2, Value::Bytes(point[1..33].to_vec())),
            pair(-3, Value::Bytes(point[33..].to_vec())),
        ]);
        let mut data = self.data("men.anhe.cn", 1 << 6);
        data.extend([0; 16]);
        data.extend((self.id.len() as u16).to_be_bytes());
        data.extend(&self.id);
        ciborium::into_writer(&key, &mut data).expect("is well made");
        let word = |text: &str| Value::from(text);
        let attestation = Value::Map(vec![
            (word("fmt"), word("none")),
            (word("attStmt"), Value::Map(vec![])),
            (word("authData"), Value::Bytes(data)),
        ]);
        let mut bytes = Vec::new();
        ciborium::into_writer(&attestation, &mut bytes).expect("is well made");
        let client = text(&client_data("webauthn.create", options, at));
        let response = serde_json::json!({ "clientDataJSON": client, "attestationObject": text(&bytes) });
        serde_json::json!({ "id": text(&self.id), "response": response }).to_string()
    }

    /// What it answers to a challenge, one use later.
    fn prove(&mut self, options: &str, at: &str, name: &str) -> String {
        self.counter += 1;
        let (client, data) = (client_data("webauthn.get", options, at), self.data(name, 0));
        let message = [data.clone(), Sha256::digest(&client).to_vec()].concat();
        let signature = self.key.sign(&SystemRandom::new(), &message).expect("is well made");
        let response = serde_json::json!({
            "clientDataJSON": text(&client), "authenticatorData": text(&data), "signature": text(signature.as_ref()),
            "userHandle": self.handle,
        });
        serde_json::json!({ "id": text(&self.id), "response": response }).to_string()
    }
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

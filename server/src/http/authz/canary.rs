//! Rows of another store hold words that stand nowhere else. Whoever reaches no further than their own store finds them
//! nowhere: on no page, in no answer, export or refusal, whatever is asked, and not by sending a colleague's requests.

use super::MATRIX;
use super::tests::{House, on_each_engine};
use domain::access::{Action, Reach, reach_of};
use domain::identity::{Fields, Passkey};
use http::StatusCode;
use services::identity::{Origin, Signed, notice, passkey, who};
use services::{Moment, Scope, staff};
use store::identity::passkey::NewPasskey;

/// In every text that can be written of a person of the other store.
const CANARY: &str = "Zwkanarie";
const ELSEWHERE: &str = "MD-02";

async fn signed(house: &House, login: &str) -> (String, Signed) {
    let token = house.token(login).await;
    let signed = who(&house.services, Moment::now(), &token, &Origin::default()).await.unwrap().unwrap();
    (token, signed)
}

fn fields(pairs: &[(&str, &str)]) -> Fields {
    Fields::new(pairs.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect())
}

/// Writes the canary into the people of the other store. Their public numbers.
async fn plant(house: &House) -> Vec<String> {
    let services = &house.services;
    let (_, hr) = signed(house, "he").await;
    let filter = store::staff::Filter { store: ELSEWHERE.into(), ..Default::default() };
    let people = staff::directory(services, &hr.actor, &filter, 50).await.unwrap().people;
    assert!(people.len() >= 4, "the other store has people");
    for (letter, person) in ('a'..).zip(&people) {
        let seen = staff::profile(services, &hr, &person.code).await.unwrap().version;
        let word = |what: &str| format!("{CANARY}{what}{letter}");
        let (name, position) = (word("name"), word("position"));
        let (licence, history, skills) = (word("licence"), word("history"), word("skills"));
        let today = Moment::now().day().to_string();
        let form = fields(&[
            ("name", name.as_str()),
            ("position", &position),
            ("store", ELSEWHERE),
            // Stores and teams are known to everybody who works here.
            ("team", "一组"),
            ("licence_no", &licence),
            ("licence_until", today.as_str()),
            ("history", &history),
            ("skills", &skills),
        ]);
        staff::change(services, &hr, Moment::now(), &person.code, seen, &form).await.unwrap();
    }
    // What only its owner sees: a look at his number, a passkey, a device, notices.
    let (_, manager) = signed(house, "lu").await;
    let zhou = &house.accounts.iter().find(|a| a.login == "zhou").unwrap().code;
    let look = fields(&[("field", "phone"), ("reason", &format!("{CANARY}reason"))]);
    staff::reveal::show(services, &manager, Moment::now(), zhou, &look).await.unwrap();
    people.into_iter().map(|person| person.code).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_of_another_store_is_read_anywhere() {
    on_each_engine(async |house| {
        let codes = plant(house).await;
        let within = |role| reach_of(role, Action::ReadStaff).is_some_and(|reach| reach <= Reach::Store);
        let people: Vec<_> =
            house.accounts.iter().filter(|a| a.store != "金桥店" && a.store != ELSEWHERE && within(a.role)).collect();
        assert!(people.iter().map(|a| a.role).collect::<std::collections::BTreeSet<_>>().len() >= 3, "{people:?}");
        // It is there: who reaches so far reads it.
        let director = house.token("shen").await;
        for path in [
            "/staff?store=MD-02".to_owned(),
            format!("/staff/{}", codes[0]),
            "/api/v1/staff?store=MD-02".to_owned(),
            "/reveals".to_owned(),
        ] {
            let (_, _, body) = house.ask("GET", &path, Some(&director), &Fields::default()).await;
            assert!(body.contains(CANARY), "{path}: the director reads it");
        }
        for reader in people {
            let mut token = house.token(&reader.login).await;
            let mut asked = 0;
            for row in MATRIX.iter() {
                let named = row.path.contains("{code}") || row.fields.contains_key("code");
                let reads = row.method == "GET" && row.who != "anyone";
                let queries: &[&str] =
                    if reads { &["", "?q=z", "?store=MD-02", "?of=CODE&by=CODE&left=1"] } else { &[""] };
                for code in codes.iter().take(if named { 2 } else { 1 }) {
                    let told = |text: &str| text.replace("YG-9999", code).replace("MD-99", ELSEWHERE);
                    let sent = row.sent();
                    let sent = Fields::new(sent.pairs().iter().map(|(n, v)| (n.clone(), told(v))).collect());
                    for query in queries {
                        let path = told(&row.sample());
                        let path = if path.contains('?') { path } else { path + &query.replace("CODE", code) };
                        let (status, to, body) = house.ask(&row.method, &path, Some(&token), &sent).await;
                        asked += 1;
                        let at = format!("{} {path} as {}: {status}", row.method, reader.login);
                        assert!(!body.contains(CANARY) && !to.contains(CANARY), "{at}");
                    }
                }
                if row.path.ends_with("sign_out") {
                    token = house.token(&reader.login).await;
                }
            }
            assert!(asked > 100, "{asked} were asked");
        }
    })
    .await;
}

#[tokio::test]
async fn a_colleagues_requests_sent_by_somebody_of_another_store_do_and_tell_nothing() {
    on_each_engine(async |house| {
        plant(house).await;
        let services = &house.services;
        let (_, zhou) = signed(house, "zhou").await;
        let key = NewPasskey {
            account: zhou.account,
            site: "men.anhe.cn",
            credential: &[1; 32],
            key: &[1],
            counter: 0,
            name: CANARY,
        };
        services.db.write(async |tx| store::identity::passkey::add(&tx, Moment::now(), key).await).await.unwrap();
        let own: Vec<Passkey> = passkey::list(services, &zhou).await.unwrap();
        let told = notice::list(services, &zhou, None).await.unwrap();
        let (session, newest) = (zhou.session.to_string(), told[0].id.to_string());
        let (code, id) = (zhou.code.as_str(), own[0].id.to_string());
        // What his own browser sends in a day.
        type Sent<'a> = (&'a str, String, &'a [(&'a str, &'a str)]);
        let recorded: [Sent; 9] = [
            ("GET", "/home".into(), &[]),
            ("GET", "/account".into(), &[]),
            ("GET", "/account/copy.zip".into(), &[]),
            ("GET", "/notices".into(), &[]),
            ("GET", "/reveals".into(), &[]),
            ("GET", format!("/staff/{code}"), &[]),
            ("POST", "/api/identity/read_notices".into(), &[("id", newest.as_str())]),
            ("POST", "/api/identity/revoke_device".into(), &[("id", session.as_str())]),
            ("POST", "/api/identity/passkey_remove".into(), &[("id", id.as_str())]),
        ];
        let own_token = house.token("zhou").await;
        for (method, path, _) in recorded.iter().filter(|(method, path, _)| *method == "GET" && path != "/home") {
            let (status, _, body) = house.ask(method, path, Some(&own_token), &Fields::default()).await;
            assert!(
                status == StatusCode::OK && (body.contains(CANARY) || path == "/notices"),
                "{path}: he reads his own"
            );
        }
        for login in ["lin", "gu", "su", "cao"] {
            let token = house.token(login).await;
            let firm = login == "cao";
            for (method, path, pairs) in &recorded {
                let (status, to, body) = house.ask(method, path, Some(&token), &fields(pairs)).await;
                let told = body.contains(CANARY) || to.contains(CANARY);
                // Finance reads the directory of the firm, and no more of him than that.
                assert!(!told || firm && path.starts_with("/staff/"), "{path} as {login}: {status}");
                if *method == "POST" && !path.ends_with("read_notices") {
                    assert_eq!(status, StatusCode::NOT_FOUND, "{path} as {login}");
                }
            }
        }
        let now = notice::list(services, &zhou, None).await.unwrap();
        assert_eq!(now, told, "his notices are as they were");
        assert_eq!(passkey::list(services, &zhou).await.unwrap(), own);
        let scope = Scope::of(&zhou.actor);
        let devices =
            store::identity::session::devices(&services.db, &scope, Moment::now(), zhou.account, zhou.session);
        assert!(devices.await.unwrap().iter().any(|device| device.here), "his session goes on");
    })
    .await;
}

//! Rows of another store hold words that stand nowhere else. Whoever reaches no further than their own store finds them
//! nowhere: on no page, in no answer, export or refusal, whatever is asked, and not by sending a colleague's requests.

use super::MATRIX;
use super::tests::{House, on_each_engine};
use domain::access::{Action, Reach, reach_of};
use domain::identity::{Fields, Passkey};
use http::StatusCode;
use services::identity::{self, Origin, Signed, notice, passkey, who};
use services::{Moment, Scope, staff};
use sqlx::Connection;
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

/// Whether somebody reads it in there, in whatever case.
fn sings(text: &str) -> bool {
    text.to_lowercase().contains(&CANARY.to_lowercase())
}

/// Columns of texts in which the people of a store, and what is said of them, stand: all are planted.
const PLANTED: [&str; 13] = [
    "account.login",
    "audit.detail",
    "notice.about",
    "passkey.name",
    "reveal.reason",
    "session.device",
    "staff.history",
    "staff.initials",
    "staff.licence_no",
    "staff.name",
    "staff.pinyin",
    "staff.position",
    "staff.skills",
];

/// Tables whose texts are nobody's of a store: everybody's who works here (stores, teams, trail, keys, imports, settings),
/// the public's (places, homes, what hangs on them), or words out of closed lists.
const NOBODYS: [&str; 32] = [
    "api_key",
    "attachment",
    "audit",
    "building",
    "challenge",
    "circle",
    "city",
    "client_account",
    "client_code",
    "client_session",
    "community",
    "consent",
    "counter",
    "district",
    "file",
    "idempotency",
    "import_batch",
    "import_mapping",
    "listing",
    "listing_event",
    "media",
    "message",
    "notice_mail",
    "outbox",
    "pass",
    "poi",
    "price_event",
    "room",
    "sale_request",
    "setting",
    "store",
    "team",
];

/// Columns of the planted tables that hold numbers of ours, words out of closed lists, hashes or days.
const WORDS: [&str; 19] = [
    "account.password_hash",
    "account.roles",
    "account.start_page",
    "account.state",
    "notice.href",
    "notice.kind",
    "passkey.site",
    "reveal.field",
    "session.address",
    "session.ended_why",
    "staff.code",
    "staff.created_by",
    "staff.education",
    "staff.hired_on",
    "staff.left_on",
    "staff.licence_until",
    "staff.state",
    "seaql_migrations.version",
    "licence_reminder.until",
];

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
    // A login, a paper with its name.
    let (_, admin) = signed(house, "tang").await;
    let invited = people.iter().find(|person| person.account.is_none()).expect("somebody without an account");
    let form = fields(&[("login", &format!("{CANARY}.login").to_lowercase()), ("roles", "agent")]);
    identity::account::open(services, &admin, Moment::now(), &invited.code, &form).await.unwrap();
    let pdf = format!("%PDF-1.7\n{CANARY}").into_bytes();
    let name = format!("{CANARY}paper.pdf");
    staff::papers::add(services, &hr, Moment::now(), &invited.code, "contract", &name, pdf.into()).await.unwrap();
    // What only its owner sees: a look at his number, a passkey, a device, an address, notices.
    let own = &house.accounts.iter().find(|a| a.login == "zhou").unwrap().password;
    let device = Origin { address: "10.7.7.7".into(), agent: format!("{CANARY} device") };
    let token = identity::sign_in::sign_in(services, Moment::now(), &device, "zhou", own, false).await.unwrap().token;
    let zhou = who(services, Moment::now(), token.text(), &device).await.unwrap().unwrap();
    let mail = fields(&[("mail", &format!("{CANARY}@example.com")), ("kinds", "new_device")]);
    identity::notice_mail::choose(services, &zhou, Moment::now(), domain::Lang::Zh, &mail).await.unwrap();
    keep_passkey(house, &zhou).await;
    let (_, manager) = signed(house, "lu").await;
    let zhou = &house.accounts.iter().find(|a| a.login == "zhou").unwrap().code;
    let look = fields(&[("field", "phone"), ("reason", &format!("{CANARY}reason"))]);
    staff::reveal::show(services, &manager, Moment::now(), zhou, &look).await.unwrap();
    people.into_iter().map(|person| person.code).collect()
}

async fn keep_passkey(house: &House, zhou: &Signed) {
    let key = NewPasskey {
        account: zhou.account,
        site: "men.anhe.cn",
        credential: &[1; 32],
        key: &[1],
        counter: 0,
        name: CANARY,
    };
    house.services.db.write(async |tx| store::identity::passkey::add(&tx, Moment::now(), key).await).await.unwrap();
}

/// A column that is new has to be planted, or named as nobody's.
#[tokio::test]
async fn every_column_of_texts_of_a_store_holds_the_canary() {
    let house = House::full().await;
    plant(&house).await;
    let file = house.services.db.folder().join("menpai.db");
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(file).read_only(true);
    let mut db = sqlx::SqliteConnection::connect_with(&options).await.unwrap();
    let sql = "SELECT m.name, p.name FROM sqlite_master m JOIN pragma_table_info(m.name) p WHERE m.type = 'table' \
               AND upper(p.type) IN ('TEXT', 'VARCHAR') ORDER BY 1, 2";
    let columns: Vec<(String, String)> = sqlx::query_as(sql).fetch_all(&mut db).await.unwrap();
    assert!(columns.len() > 60, "{columns:?}");
    let mut planted = Vec::new();
    for (table, column) in columns {
        let name = format!("{table}.{column}");
        let sql = format!("SELECT COUNT(*) FROM {table} WHERE lower({column}) LIKE '%{}%'", CANARY.to_lowercase());
        let (found,): (i64,) = sqlx::query_as(sqlx::AssertSqlSafe(sql)).fetch_one(&mut db).await.unwrap();
        let known = PLANTED.contains(&name.as_str()) || WORDS.contains(&name.as_str());
        assert!(known || NOBODYS.contains(&table.as_str()), "{name}: whose text is it?");
        if found > 0 {
            planted.push(name);
        }
    }
    assert_eq!(planted, PLANTED, "and nowhere else in plain text");
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
                        assert!(!sings(&body) && !sings(&to), "{at}");
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
                let told = sings(&body) || sings(&to);
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

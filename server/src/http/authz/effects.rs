//! What the matrix says of effects, tried for real on both engines: the lines of the trail that a call leaves, what the
//! same call does a second time, and how often one address may call.

use super::tests::{House, on_each_engine};
use super::{MATRIX, Row, slices};
use domain::identity::Fields;
use http::StatusCode;
use services::identity::{Origin, Signed, api_key, second, set_up, sign_in, who};
use services::staff;
use services::{Moment, Services};
use std::cell::RefCell;
use std::collections::BTreeSet;
use store::audit::Question;

const STRONG: &str = "plaza-cactus-violin-91";
const OTHER: &str = "violin-harbour-teapot-37";
const ONCE: &str = "a-key-drawn-for-this-form";

/// A house in which calls are made for real.
pub(super) struct Trial<'a> {
    pub(super) house: &'a House,
    tried: RefCell<BTreeSet<String>>,
}

pub(super) type Answer = (StatusCode, String, String);

impl Trial<'_> {
    pub(super) fn row(&self, method: &str, path: &str) -> &'static Row {
        self.tried.borrow_mut().insert(format!("{method} {path}"));
        MATRIX.iter().find(|row| row.method == method && row.path == path).unwrap_or_else(|| panic!("{path}: no row"))
    }

    /// The newest line of the trail.
    async fn lines(&self, after: i64) -> Vec<(i64, String)> {
        let (db, scope) = (&self.house.services.db, services::Scope::of(&domain::access::Actor::system("test")));
        let rows = store::audit::search(db, &scope, &Question::default(), 50).await.unwrap();
        rows.into_iter().filter(|row| row.id > after).map(|row| (row.id, row.action)).collect()
    }

    pub(super) async fn newest(&self) -> i64 {
        self.lines(0).await.first().map_or(0, |(id, _)| *id)
    }

    /// A call that is done, and leaves the lines its row names.
    pub(super) async fn done(&self, method: &str, path: &str, token: Option<&str>, pairs: &[(&str, &str)]) -> Answer {
        let (row, before) = (self.row(method, path), self.newest().await);
        let fields = Fields::new(pairs.iter().map(|(n, v)| ((*n).into(), (*v).into())).collect());
        let answer = self.house.ask(method, path, token, &fields).await;
        assert!(answer.0.is_success() || answer.0.is_redirection(), "{path}: {answer:?}");
        self.left(row, before).await;
        answer
    }

    /// The lines since `before` are those the row names; of a row with several outcomes, some of them.
    pub(super) async fn left(&self, row: &Row, before: i64) {
        let left: BTreeSet<String> = self.lines(before).await.into_iter().map(|(_, action)| action).collect();
        let named: BTreeSet<String> =
            row.audit.split(' ').filter(|word| *word != "none").map(str::to_owned).collect();
        let either = ["/api/client/consent", "/api/client/sign_in"].contains(&row.path.as_str());
        let fits = if either { left.len() == 1 && left.is_subset(&named) } else { left == named };
        assert!(fits, "{}: lines of the trail: {left:?}, named: {named:?}", row.path);
    }

    /// A call that is done, and the same once more as its row says.
    pub(super) async fn twice(&self, path: &str, tokens: [Option<&str>; 2], pairs: &[(&str, &str)]) -> Answer {
        let first = self.done("POST", path, tokens[0], pairs).await;
        let before = self.newest().await;
        let fields = Fields::new(pairs.iter().map(|(n, v)| ((*n).into(), (*v).into())).collect());
        let second = self.house.ask("POST", path, tokens[1], &fields).await;
        let lines = self.lines(before).await.len();
        match self.row("POST", path).again.as_str() {
            "same" => assert_eq!(second.0, first.0, "{path}: {second:?}"),
            "key" => {
                assert_eq!((&second, lines), (&first, 0), "{path}: the same answer and nothing more");
                let other = |(n, v): &(String, String)| {
                    let changed =
                        ["name", "login", "reason"].contains(&n.as_str()) || path.ends_with("/call") && n == "code";
                    (n.clone(), if changed { format!("{v}x") } else { v.clone() })
                };
                let other = Fields::new(fields.pairs().iter().map(other).collect());
                let (status, to, body) = self.house.ask("POST", path, tokens[1], &other).await;
                let told = body.contains("key_used") || to.contains("wrong=again");
                assert!(told, "{path}: another body under the key: {status} {to} {body}");
            }
            "version" => assert_eq!((second.0, lines), (StatusCode::CONFLICT, 0), "{path}: {second:?}"),
            "wait" => assert_eq!((second.0, lines), (StatusCode::TOO_MANY_REQUESTS, 0), "{path}: {second:?}"),
            "once" => assert!(second.0.is_client_error() && lines == 0, "{path}: {second:?}"),
            other => panic!("{path}: {other}"),
        }
        first
    }

    /// Both calls by somebody who has just signed in.
    pub(super) async fn by(&self, login: &str, path: &str, pairs: &[(&str, &str)]) -> Answer {
        let (first, second) = (self.house.token(login).await, self.house.token(login).await);
        self.twice(path, [Some(&first), Some(&second)], pairs).await
    }
}

async fn enter(services: &Services, login: &str, password: &str) -> String {
    let origin = Origin { address: "10.8.0.1".into(), agent: "test".into() };
    let done = sign_in::sign_in(services, Moment::now(), &origin, login, password, false).await;
    done.unwrap().token.text().to_owned()
}

pub(super) async fn signed(services: &Services, token: &str) -> Signed {
    who(services, Moment::now(), token, &Origin::default()).await.unwrap().unwrap()
}

/// What somebody's app would show now.
async fn code(services: &Services, signed: &Signed) -> String {
    let secret = second::offer(services, signed, Moment::now()).await.unwrap().secret.replace(' ', "");
    let secret = totp_rs::Secret::try_from_base32(secret).unwrap();
    let totp = totp_rs::Builder::new().with_secret(secret).build().unwrap();
    totp.generate(u64::try_from(Moment::now().0 / 1000).unwrap()).to_string()
}

/// Turns somebody's second factor on.
async fn with_second(services: &Services, signed: &Signed) {
    let code = code(services, signed).await;
    second::turn_on(services, signed, Moment::now(), &code).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_write_leaves_the_lines_its_row_names_and_does_twice_what_it_says() {
    on_each_engine(async |house| {
        let trial = Trial { house, tried: RefCell::default() };
        people(&trial).await;
        accounts(&trial).await;
        stores_and_keys(&trial).await;
        public(&trial).await;
        first_start(&trial).await;
        slices::of_clients(&trial).await;
        slices::of_files(&trial).await;
        slices::of_messages(&trial).await;
        slices::of_passkeys(&trial).await;
        let all: BTreeSet<String> = MATRIX
            .iter()
            .filter(|row| row.method == "POST" || row.audit != "none")
            .map(|row| format!("{} {}", row.method, row.path))
            .collect();
        let tried = trial.tried.borrow();
        assert_eq!(all.difference(&tried).collect::<Vec<_>>(), Vec::<&String>::new(), "rows that nothing tries");
    })
    .await;
}

/// Records: entered, changed, looked at.
async fn people(trial: &Trial<'_>) {
    let person = [("once", ONCE), ("name", "秦越"), ("position", "经纪人"), ("store", "MD-01")];
    let (_, to, _) = trial.by("he", "/api/staff/add", &person).await;
    let code = to.trim_start_matches("/staff/").split('?').next().unwrap();
    let change = [("code", code), ("seen", "1"), ("name", "秦越"), ("position", "高级经纪人"), ("store", "MD-01")];
    trial.by("he", "/api/staff/change", &change).await;
    let lin = trial.house.accounts.iter().find(|a| a.login == "lin").unwrap().code.as_str();
    let look = [("once", ONCE), ("code", lin), ("field", "phone"), ("reason", "确认入职材料")];
    trial.by("shen", "/api/staff/reveal", &look).await;
    trial.by("shen", "/api/staff/call", &[("once", ONCE), ("code", lin)]).await;

    let open = [("once", ONCE), ("code", code), ("login", "qin.yue"), ("roles", "agent")];
    let (_, _, link) = trial.by("tang", "/api/identity/open_account", &open).await;
    let link: String = serde_json::from_str(&link).unwrap();
    let accept = [("token", link.trim_start_matches("/link/")), ("password", STRONG)];
    trial.twice("/api/identity/accept_link", [None, None], &accept).await;
    trial.by("tang", "/api/identity/set_roles", &[("code", code), ("roles", "officer")]).await;
    trial.by("tang", "/api/identity/make_link", &[("code", code)]).await;

    let services = &trial.house.services;
    let he = signed(services, &trial.house.token("he").await).await;
    let seen = staff::profile(services, &he, code).await.unwrap().version.to_string();
    let today = Moment::now().day().to_string();
    let leave = [("code", code), ("seen", seen.as_str()), ("left_on", today.as_str()), ("successor", "")];
    trial.by("he", "/api/staff/leave", &leave).await;
    trial.by("he", "/api/staff/erase", &[("code", code)]).await;
    trial.done("GET", "/account/copy.zip", Some(&trial.house.token("lin").await), &[]).await;
    trial.done("GET", "/audit/export.csv", Some(&trial.house.token("tang").await), &[]).await;
}

/// Sessions, passwords, second factors.
async fn accounts(trial: &Trial<'_>) {
    let (house, services) = (trial.house, &trial.house.services);
    let account = |login: &str| house.accounts.iter().find(|a| a.login == login).unwrap();
    let password = &*account("chen").password;
    trial.twice("/api/identity/sign_in", [None, None], &[("login", "chen"), ("password", password)]).await;
    trial.by("chen", "/api/identity/confirm", &[("password", password)]).await;
    trial.by("chen", "/api/identity/sign_out", &[]).await;
    let (token, other) = (house.token("chen").await, house.token("chen").await);
    let chen = signed(services, &token).await;
    let id = signed(services, &other).await.session.to_string();
    trial.twice("/api/identity/revoke_device", [Some(&token), Some(&token)], &[("id", &id)]).await;
    trial.twice("/api/identity/revoke_others", [Some(&token), Some(&token)], &[]).await;
    trial.twice("/api/identity/read_notices", [Some(&token), Some(&token)], &[("id", "1")]).await;
    trial.twice("/api/identity/passkey_door", [None, None], &[]).await;
    trial.twice("/api/identity/passkey_options", [Some(&token), Some(&token)], &[("purpose", "add")]).await;

    // The second factor of one who has it turned on by the page.
    let code = code(services, &chen).await;
    let on = trial.twice("/api/identity/second_factor_on", [Some(&token), Some(&token)], &[("code", &code)]).await;
    let codes: Vec<String> = serde_json::from_str(&on.2).unwrap();
    let half = enter(services, "chen", password).await;
    trial.twice("/api/identity/second_factor", [Some(&half), Some(&half)], &[("code", &codes[0])]).await;
    trial
        .twice(
            "/api/identity/second_factor_off",
            [Some(&token), Some(&token)],
            &[("password", password), ("code", &codes[1])],
        )
        .await;
    let renewed = enter(services, "chen", password).await;
    let change = [("old_password", password), ("code", ""), ("password", OTHER)];
    let tokens = [Some(&*token), Some(&*renewed)];
    trial.twice("/api/identity/change_password", tokens, &change).await;

    let su = signed(services, &house.token("su").await).await;
    with_second(services, &su).await;
    trial.by("tang", "/api/identity/drop_second", &[("code", &su.code)]).await;
    trial.by("tang", "/api/identity/set_closed", &[("code", &su.code), ("closed", "1")]).await;
}

async fn stores_and_keys(trial: &Trial<'_>) {
    let services = &trial.house.services;
    let shop = [("once", ONCE), ("name", "联洋店"), ("address", ""), ("phone", "")];
    trial.by("tang", "/api/staff/open_store", &shop).await;
    let change = [("code", "MD-03"), ("seen", "1"), ("name", "碧云店"), ("address", ""), ("phone", "")];
    trial.by("tang", "/api/staff/change_store", &change).await;
    trial.by("tang", "/api/staff/close_store", &[("code", "MD-03"), ("seen", "2")]).await;
    trial.by("tang", "/api/settings/start", &[("start", "staff")]).await;
    let firm =
        [("seen", "1"), ("name", "安禾置业"), ("reveal_hour", "12"), ("reveal_day", "40"), ("second_days", "90")];
    trial.by("tang", "/api/settings/change_firm", &firm).await;
    let key = [("once", ONCE), ("name", "官网"), ("rights", "sales:write"), ("days", "9")];
    trial.by("tang", "/api/identity/make_key", &key).await;
    let tang = signed(services, &trial.house.token("tang").await).await;
    let id = api_key::list(services, &tang).await.unwrap()[0].id.to_string();
    trial.by("tang", "/api/identity/revoke_key", &[("id", &id)]).await;
}

/// What everybody may write, and programs with a key.
async fn public(trial: &Trial<'_>) {
    let services = &trial.house.services;
    let city = services::city::by_slug("shanghai").unwrap();
    services.db.write(async |tx| store::place::ensure_city(&tx, &city).await).await.unwrap();
    trial.twice("/preferences", [None, None], &[("lang", "en"), ("back", "/")]).await;
    trial.twice("/saved", [None, None], &[("code", "FY-209912-9999"), ("favourite", "on")]).await;
    let sale = [
        ("once", ONCE),
        ("city", "shanghai"),
        ("community", "晨光花园"),
        ("area", "90"),
        ("rooms", ""),
        ("name", "林"),
        ("phone", "13812345678"),
        ("agree", "yes"),
    ];
    let (_, to, _) = trial.twice("/sell", [None, None], &sale).await;
    assert!(to.contains("done=1"), "{to}");

    let tang = signed(services, &trial.house.token("tang").await).await;
    let form = [("name", "site"), ("rights", "sales:write"), ("days", "9")];
    let form = Fields::new(form.iter().map(|(n, v)| ((*n).into(), (*v).into())).collect());
    let key = api_key::make(services, &tang, Moment::now(), &form).await.unwrap();
    let body = |area: &str| {
        format!(
            r#"{{"city":"shanghai","community":"y","area":{area},"name":"x","phone":"13912345678","consent":true}}"#
        )
    };
    let row = trial.row("POST", "/api/v1/sales");
    let before = trial.newest().await;
    let first = trial.house.send("/api/v1/sales", &key, ONCE, &body("90")).await;
    assert_eq!(first.0, StatusCode::CREATED, "{first:?}");
    assert_eq!(
        trial.lines(before).await.into_iter().map(|(_, a)| a).collect::<Vec<_>>(),
        std::slice::from_ref(&row.audit)
    );
    let before = trial.newest().await;
    assert_eq!(trial.house.send("/api/v1/sales", &key, ONCE, &body("90")).await, first);
    assert!(trial.lines(before).await.is_empty());
    let (status, said) = trial.house.send("/api/v1/sales", &key, ONCE, &body("91")).await;
    assert!(status == StatusCode::UNPROCESSABLE_ENTITY && said.contains("key_used"), "{status} {said}");
    for (bad, of) in [("", body("90")), ("short", body("90")), ("a-key-of-its-own-here", "{".to_owned())] {
        let (status, said) = trial.house.send("/api/v1/sales", &key, bad, &of).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{said}");
    }
}

/// A firm that is not there yet.
async fn first_start(trial: &Trial<'_>) {
    let house = House::empty().await;
    let token = set_up::link(&house.services, Moment::now()).await.unwrap().unwrap();
    let fresh = Trial { house: &house, tried: RefCell::default() };
    let firm = [
        ("token", token.text()),
        ("firm", "安禾房产"),
        ("store", "张杨路店"),
        ("name", "沈知行"),
        ("login", "shen"),
        ("password", STRONG),
    ];
    fresh.twice("/api/identity/set_up", [None, None], &firm).await;
    trial.tried.borrow_mut().append(&mut fresh.tried.borrow_mut());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_burst_from_one_address_is_held_back_as_the_row_says() {
    on_each_engine(async |house| {
        let cao = signed(&house.services, &house.token("cao").await).await;
        with_second(&house.services, &cao).await;
        let password = &house.accounts.iter().find(|a| a.login == "cao").unwrap().password;
        for row in MATRIX.iter().filter(|row| row.method == "POST") {
            let address = house.address();
            let sent = row.sent();
            if row.rate() == "door" {
                // Somebody who guesses: the sixth try waits, long before the address is full.
                let token = match row.path.ends_with("second_factor") {
                    true => enter(&house.services, "cao", password).await,
                    false => house.token("lin").await,
                };
                let mut last = StatusCode::OK;
                for _ in 0..6 {
                    last = house.ask_from(address, &row.method, &row.path, Some(&token), &sent).await.0;
                }
                assert_eq!(last, StatusCode::TOO_MANY_REQUESTS, "{}: guessing", row.path);
                continue;
            }
            let most = if row.rate() == "upload" { 120 } else { 60 };
            // At once: a slow machine must not give the address time to recover.
            let empty = Fields::default();
            let burst = (0..most + 10).map(|_| house.ask_from(address, &row.method, &row.path, None, &empty));
            let answers = futures::future::join_all(burst).await;
            let held = answers.iter().filter(|answer| answer.0 == StatusCode::TOO_MANY_REQUESTS).count();
            assert!((1..=10).contains(&held), "{}: {held} of {} were held back", row.path, most + 10);
        }
    })
    .await;
}

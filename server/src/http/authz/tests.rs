//! The matrix is complete, and says what the product does: every way in, as every role and as nobody, on both engines.

use super::super::{Shared, live, others, router, uploads};
use super::{MATRIX, Row};
use app::App;
use axum::Router;
use axum::body::{Body, to_bytes};
use domain::Lang;
use domain::access::{Action, Role, reach_of};
use domain::identity::Fields;
use domain::message::Letter;
use domain::saved::Saved;
use http::{Request, StatusCode};
use leptos::config::LeptosOptions;
use services::client::door;
use services::identity::Origin;
use services::identity::demo::{DemoAccount, people};
use services::identity::ends::Ends;
use services::identity::sign_in::sign_in;
use services::live::Relay;
use services::{Moment, Services};
use sqlx::{Connection, PgConnection};
use std::collections::BTreeSet;
use std::net::Ipv4Addr;
use std::sync::atomic::{AtomicU32, Ordering};
use store::{Db, Location};
use tower::ServiceExt;

/// A house with people, and the router in front of it.
pub(super) struct House {
    pub(super) router: Router,
    pub(super) accounts: Vec<DemoAccount>,
    pub(super) services: Services,
    _folder: tempfile::TempDir,
}

async fn house(url: Option<String>, with_people: bool) -> House {
    let folder = tempfile::tempdir().unwrap();
    let db = Db::open_and_migrate(&Location { folder: folder.path().join("data"), url }).await.unwrap();
    let actor = domain::access::Actor::system("test");
    let accounts = match with_people {
        true => people(&db, &actor, Moment::now()).await.unwrap(),
        false => Vec::new(),
    };
    let ways = services::message::Ways { sms: false, mail: false, outbox: true };
    let services = Services::open(db.clone(), Moment::now()).await.unwrap().with_ways(ways);
    let services = services.with_exchange(Some(std::sync::Arc::new(courier::Nobody::default())));
    let relay = Relay::start(db, 0, |_| async { Ok(()) }, std::future::pending());
    let shared = Shared {
        services: services.clone(),
        options: LeptosOptions::builder().output_name("menpai").build(),
        public_origin: None,
        tiles: Default::default(),
        drawn: Default::default(),
        pages: Default::default(),
        secure: false,
    };
    House { router: router(shared, live::router(relay, Ends::default())), accounts, services, _folder: folder }
}

/// Runs on SQLite and, where there is one, on PostgreSQL.
pub(super) async fn on_each_engine(test: impl AsyncFn(&House)) {
    test(&house(None, true).await).await;
    #[expect(clippy::disallowed_methods, reason = "where the test's PostgreSQL is")]
    let Ok(server) = std::env::var("MENPAI_TEST_POSTGRES") else { return };
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let name = format!("authz_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
    let mut admin = PgConnection::connect(&server).await.unwrap();
    sqlx::raw_sql(sqlx::AssertSqlSafe(format!("CREATE DATABASE {name}"))).execute(&mut admin).await.unwrap();
    let url = format!("{}/{name}", server.rsplit_once('/').unwrap().0);
    test(&house(Some(url), true).await).await;
    let drop = format!("DROP DATABASE {name} WITH (FORCE)");
    sqlx::raw_sql(sqlx::AssertSqlSafe(drop)).execute(&mut admin).await.unwrap();
}

impl House {
    /// A house with people, on SQLite.
    pub(super) async fn full() -> Self {
        house(None, true).await
    }

    /// A house nobody has moved into.
    pub(super) async fn empty() -> Self {
        house(None, false).await
    }

    pub(super) async fn token(&self, login: &str) -> String {
        let account = self.accounts.iter().find(|a| a.login == login).unwrap();
        let origin = Origin { address: login.to_owned(), agent: "test".into() };
        let done = sign_in(&self.services, Moment::now(), &origin, login, &account.password, false).await;
        done.unwrap().token.text().to_owned()
    }

    /// The cookie of another browser of a client.
    pub(super) async fn again(&self, phone: &str) -> String {
        self.enter(phone, Moment(Moment::now().0 - 90_000)).await
    }

    /// The cookie of a new client, whose code is read where only this test may read it.
    pub(super) async fn client(&self) -> String {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let n = NEXT.fetch_add(1, Ordering::Relaxed);
        // Three minutes ago: a next code to the number may be asked for at once.
        let (phone, at) = (format!("1391{n:07}"), Moment(Moment::now().0 - 180_000));
        self.enter(&phone, at).await
    }

    async fn enter(&self, phone: &str, at: Moment) -> String {
        let origin = Origin { address: format!("of {phone}"), agent: "test".into() };
        let mut pairs = vec![("phone".to_owned(), phone.to_owned()), ("agree".to_owned(), "1".to_owned())];
        let asked = Fields::new(pairs.clone());
        door::send_code(&self.services, at, &origin, Lang::Zh, &asked).await.unwrap();
        let scope = store::Scope::of(&domain::access::Actor::system("test"));
        let sent = store::message::list(&self.services.db, &scope, i64::MAX, false, true, 1).await.unwrap();
        let Some(Letter::Code { code, .. }) = sent[0].letter.clone() else { panic!("no code") };
        pairs.push(("code".to_owned(), code));
        let typed = Fields::new(pairs);
        let came = door::sign_in(&self.services, at, &origin, Lang::Zh, &typed, &Saved::default()).await.unwrap();
        format!("client={}", came.token.text())
    }

    /// An address nobody has come from, so that the rate of one address is not what answers.
    pub(super) fn address(&self) -> Ipv4Addr {
        static NEXT: AtomicU32 = AtomicU32::new(0x0A00_0001);
        Ipv4Addr::from(NEXT.fetch_add(1, Ordering::Relaxed))
    }

    /// Status, address it leads to, and body.
    pub(super) async fn ask(
        &self,
        method: &str,
        path: &str,
        token: Option<&str>,
        fields: &Fields,
    ) -> (StatusCode, String, String) {
        self.ask_from(self.address(), method, path, token, fields).await
    }

    /// A program's request with a key. Status and body.
    pub(super) async fn send(&self, path: &str, key: &str, once: &str, body: &str) -> (StatusCode, String) {
        let mut request = Request::builder()
            .method("POST")
            .uri(path)
            .header("host", "localhost")
            .header("authorization", format!("Bearer {key}"))
            .header("idempotency-key", once)
            .body(Body::from(body.to_owned()))
            .unwrap();
        request.extensions_mut().insert(gate::Peer(self.address().into()));
        let response = self.router.clone().oneshot(request).await.unwrap();
        let status = response.status();
        let body = to_bytes(response.into_body(), 1 << 20).await.unwrap();
        (status, String::from_utf8_lossy(&body).into_owned())
    }

    /// As [`Self::ask`], from an address.
    pub(super) async fn ask_from(
        &self,
        address: Ipv4Addr,
        method: &str,
        path: &str,
        token: Option<&str>,
        fields: &Fields,
    ) -> (StatusCode, String, String) {
        let mut request = Request::builder().method(method).uri(path).header("host", "localhost");
        if let Some(token) = token {
            let cookie = if token.starts_with("client=") { token.to_owned() } else { format!("session={token}") };
            request = request.header("cookie", cookie);
        }
        let body = match method {
            "POST" => {
                request = request.header("content-type", "application/x-www-form-urlencoded");
                let pairs = fields.pairs().iter().map(|(n, v)| {
                    (if n == "roles" || n == "kinds" { format!("{n}[]") } else { n.clone() }, v.clone())
                });
                Body::from(form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish())
            }
            _ => Body::empty(),
        };
        let mut request = request.body(body).unwrap();
        request.extensions_mut().insert(gate::Peer(address.into()));
        let response = self.router.clone().oneshot(request).await.unwrap();
        let to = response.headers().get("location").map_or("", |to| to.to_str().unwrap()).to_owned();
        let status = response.status();
        let body = to_bytes(response.into_body(), 8 << 20).await.unwrap();
        (status, to, String::from_utf8_lossy(&body).into_owned())
    }
}

impl Row {
    /// The path with something in each of its holes that is nobody's.
    pub(super) fn sample(&self) -> String {
        let code = if self.path.starts_with("/staff") { "YG-9999" } else { "FY-209912-9999" };
        let path = self.path.replace("{city}", "shanghai").replace("{code}", code);
        path.replace("{file}", "1.svg")
            .replace("{task}", "sign-in")
            .replace("{purpose}", "service")
            .replace("{token}", "x")
            .replace("/confirm", "/confirm?next=/account")
    }

    pub(super) fn sent(&self) -> Fields {
        Fields::new(self.fields.iter().map(|(n, v)| (n.clone(), v.clone())).collect())
    }

    /// Public for what reads, by address for what writes, unless the row says otherwise.
    pub(super) fn rate(&self) -> &str {
        self.rate.as_deref().unwrap_or(if self.method == "GET" { "public" } else { "write" })
    }

    fn open_to(&self, role: Option<Role>) -> bool {
        match (self.who.as_str(), role) {
            ("anyone", _) => true,
            ("key", _) => false,
            (_, None) => false,
            ("client", Some(_)) => false,
            ("signed", Some(_)) => true,
            (right, Some(role)) => {
                let right = Action::from_code(right).unwrap_or_else(|| panic!("{right} is no right"));
                reach_of(role, right).is_some()
            }
        }
    }
}

#[test]
fn every_way_in_has_a_row_and_every_row_is_a_way_in() {
    let rows: BTreeSet<(String, String)> = MATRIX.iter().map(|r| (r.method.clone(), r.path.clone())).collect();
    assert_eq!(rows.len(), MATRIX.len(), "a way in stands there twice");
    let pages = leptos_axum::generate_route_list(App)
        .into_iter()
        .map(|page| ("GET".to_owned(), super::super::pages::axum_path(page.path())));
    let functions =
        leptos::server_fn::axum::server_fn_paths().map(|(path, method)| (method.to_string(), path.to_owned()));
    let others = others().into_iter().chain(uploads()).map(|(method, path, _)| (method.to_owned(), path.to_owned()));
    let live = [("GET".to_owned(), "/live".to_owned())];
    let ways: BTreeSet<_> = pages.chain(functions).chain(others).chain(live).collect();
    let (unlisted, absent): (Vec<_>, Vec<_>) = (ways.difference(&rows).collect(), rows.difference(&ways).collect());
    assert!(unlisted.is_empty() && absent.is_empty(), "without a row: {unlisted:?}; without a way in: {absent:?}");
}

#[test]
fn every_row_says_how_it_is_minded() {
    let among = |text: &str, words: &[&str]| words.contains(&text);
    for row in MATRIX.iter() {
        let Row { path, method, who, scope, audit, csrf, again, rate: _, owing: _, fields } = row;
        assert!(
            among(who, &["anyone", "signed", "client", "key"]) || Action::from_code(who).is_some(),
            "{path}: who {who}"
        );
        assert!(among(scope, &["none", "own", "reach", "firm"]), "{path}: scope {scope}");
        assert!(audit == "none" || audit.split(' ').all(|word| word.contains('.')), "{path}: audit {audit}");
        assert!(among(again, &["same", "wait", "version", "once", "key"]), "{path}: again {again}");
        assert!(among(row.rate(), &["public", "door", "write", "upload"]), "{path}: rate");
        assert_eq!(
            again == "key",
            fields.contains_key("once") || who == "key",
            "{path}: a key for what is done once"
        );
        let minded = match (method.as_str(), audit.as_str()) {
            ("GET", "none") => "read",
            ("GET", _) => "site",
            _ => "origin",
        };
        assert_eq!(csrf, minded, "{path}: csrf");
        assert!(fields.is_empty() || method == "POST", "{path}: reading takes no form");
        assert!(who == "anyone" || scope != "none", "{path}: whose rows?");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_way_in_is_open_to_whom_the_matrix_names_and_shut_to_all_others() {
    on_each_engine(async |house| {
        let logins = house.accounts.iter().map(|a| (Some(a.role), Some(a.login.as_str())));
        for (role, login) in logins.chain([(None, None)]) {
            let mut token = None;
            for row in MATRIX.iter() {
                if let (None, Some(login)) = (&token, login) {
                    token = Some(house.token(login).await);
                }
                let (status, to, body) = house.ask(&row.method, &row.sample(), token.as_deref(), &row.sent()).await;
                let at = format!(
                    "{} {} as {role:?}: {status} {to} {}",
                    row.method,
                    row.path,
                    body.chars().take(200).collect::<String>()
                );
                assert!(!status.is_server_error(), "{at}");
                let turned_away = to.starts_with("/sign-in?next=")
                    || to.starts_with("/me/sign-in?next=")
                    || status == StatusCode::FORBIDDEN
                    || status == StatusCode::UNAUTHORIZED && !body.contains("not_known");
                let half = row.path == "/api/identity/second_factor";
                assert_eq!(!turned_away || half, row.open_to(role), "{at}");
                if row.path.ends_with("sign_out") {
                    token = None;
                }
                if role.is_none() && !row.open_to(None) && row.method == "POST" {
                    assert_eq!(status, StatusCode::UNAUTHORIZED, "{at}");
                }
            }
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_client_goes_where_everybody_goes_and_to_their_own_pages_and_never_to_the_desk() {
    on_each_engine(async |house| {
        let mut cookie = house.client().await;
        for row in MATRIX.iter() {
            let (status, to, body) = house.ask(&row.method, &row.sample(), Some(&cookie), &row.sent()).await;
            let at =
                format!("{} {}: {status} {to} {}", row.method, row.path, body.chars().take(200).collect::<String>());
            assert!(!status.is_server_error(), "{at}");
            let turned_away = to.starts_with("/sign-in?next=")
                || to.starts_with("/me/sign-in?next=")
                || status == StatusCode::FORBIDDEN
                || status == StatusCode::UNAUTHORIZED && !body.contains("not_known");
            let half = row.path == "/api/identity/second_factor";
            let open = matches!(row.who.as_str(), "anyone" | "client");
            assert_eq!(!turned_away || half, open, "{at}");
            if row.path.ends_with("client/sign_out") || row.path.ends_with("revoke_others") {
                cookie = house.client().await;
            }
        }
        // One cookie is never taken for the other.
        let token = cookie.trim_start_matches("client=").to_owned();
        let (status, ..) = house.ask("GET", "/home", Some(&token), &Fields::default()).await;
        assert!(status.is_redirection());
        let staff = format!("client={}", house.token("tang").await);
        let (status, ..) = house.ask("GET", "/me", Some(&staff), &Fields::default()).await;
        assert!(status.is_redirection());
    })
    .await;
}

#[tokio::test]
async fn what_is_out_of_reach_answers_like_what_is_not_there() {
    on_each_engine(async |house| {
        let foreign = house.accounts.iter().find(|a| a.login == "zhou").unwrap();
        assert_ne!(foreign.store, house.accounts.iter().find(|a| a.login == "gu").unwrap().store);
        for login in ["lin", "gu", "su"] {
            let token = house.token(login).await;
            for row in MATRIX
                .iter()
                .filter(|row| row.scope == "reach" && row.path.contains("{code}") | row.fields.contains_key("code"))
            {
                let answer = async |code: &str| {
                    let path = row.path.replace("{code}", code);
                    let sent = row.sent();
                    let fields = sent
                        .pairs()
                        .iter()
                        .map(|(n, v)| (n.clone(), if n == "code" { code.to_owned() } else { v.clone() }));
                    let (status, to, body) =
                        house.ask(&row.method, &path, Some(&token), &Fields::new(fields.collect())).await;
                    // A nonce is drawn for every page.
                    let nonce =
                        body.split("nonce=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or("none");
                    (status, to.replace(code, "CODE"), body.replace(nonce, "NONCE").replace(code, "CODE"))
                };
                let (foreign, absent) = (answer(&foreign.code).await, answer("YG-9999").await);
                assert_eq!((foreign.0, &foreign.1), (absent.0, &absent.1), "{} as {login}", row.path);
                assert!(foreign.2 == absent.2, "{} as {login}: the bodies differ", row.path);
            }
        }
    })
    .await;
}

#[tokio::test]
async fn a_function_or_field_without_a_row_is_refused() {
    on_each_engine(async |house| {
        let token = house.token("tang").await;
        let field = |name: &str, value: &str| Fields::new(vec![(name.into(), value.into())]);
        for path in ["/api/identity/become_admin", "/api/staff/addx", "/api/x/y"] {
            let (status, ..) = house.ask("POST", path, Some(&token), &Fields::default()).await;
            assert_eq!(status, StatusCode::NOT_FOUND, "{path}");
        }
        for name in ["store_id", "actor", "account", "roles2"] {
            let (status, _, body) = house.ask("POST", "/api/staff/open_store", Some(&token), &field(name, "1")).await;
            assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
            assert!(body.contains("unknown_field") && body.contains(name), "{body}");
        }
        let (status, ..) = house.ask("GET", "/api/staff/open_store", Some(&token), &Fields::default()).await;
        assert_eq!(status, StatusCode::METHOD_NOT_ALLOWED);
        for cookie in ["x", "", &"A".repeat(43), &format!("{token}x")] {
            let (status, ..) = house.ask("GET", "/home", Some(cookie), &Fields::default()).await;
            assert!(status.is_redirection(), "{cookie}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_plain_form_comes_back_with_what_was_typed_and_what_is_wrong() {
    on_each_engine(async |house| {
        let token = house.token("he").await;
        let pairs =
            [("back", "/staff/new"), ("name", "秦<越>"), ("position", ""), ("store", "MD-01"), ("phone", "123")];
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
        let request = Request::builder()
            .method("POST")
            .uri("/api/staff/add")
            .header("cookie", format!("session={token}"))
            .header("accept", "text/html")
            .header("content-type", "application/x-www-form-urlencoded")
            .body(Body::from(body))
            .unwrap();
        let response = house.router.clone().oneshot(request).await.unwrap();
        assert_eq!(response.status(), StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(response.headers()["cache-control"], "no-store, private");
        let page = to_bytes(response.into_body(), 8 << 20).await.unwrap();
        let page = String::from_utf8_lossy(&page);
        assert!(page.contains("value=\"秦&lt;越&gt;\""), "what was typed is kept");
        assert_eq!(page.matches("aria-invalid=\"true\"").count(), 2, "two fields are at fault");
    })
    .await;
}

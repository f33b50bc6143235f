//! What is true of every way in, whoever asks: no TRACE, no foreign frame, a charset, nothing private in a cache; and what
//! comes of requests as no form of ours sends them.

use super::MATRIX;
use super::tests::{House, on_each_engine};
use axum::body::{Body, to_bytes};
use axum::response::Response;
use domain::identity::Fields;
use gate::{GateConfig, layers};
use http::request::Builder;
use http::{HeaderMap, Request, StatusCode};
use tower::ServiceExt;

/// Through the gate, as everybody comes.
pub(super) async fn ask(house: &House, request: Builder, body: &str) -> (StatusCode, HeaderMap, String) {
    let cfg = GateConfig::at(([127, 0, 0, 1], 0).into());
    let mut request = request.header("host", "localhost").body(Body::from(body.to_owned())).unwrap();
    request.extensions_mut().insert(gate::Peer(house.address().into()));
    let response: Response = layers(house.router.clone(), &cfg).oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    let body = to_bytes(body, 8 << 20).await.unwrap();
    (parts.status, parts.headers, String::from_utf8_lossy(&body).into_owned())
}

fn by(token: &str) -> Builder {
    Request::builder().header("cookie", format!("session={token}"))
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> &'a str {
    headers.get(name).map_or("", |value| value.to_str().unwrap())
}

#[tokio::test]
async fn every_answer_names_its_kind_is_in_no_frame_and_private_ones_in_no_cache() {
    on_each_engine(async |house| {
        let (token, client) = (house.token("tang").await, house.client().await);
        for row in MATRIX.iter() {
            let path = row.sample();
            let (status, _, body) =
                ask(house, by(&token).method("TRACE").uri(&path).header("x-mark", "Zwmark"), "").await;
            assert_eq!(status, StatusCode::METHOD_NOT_ALLOWED, "TRACE {path}");
            assert!(!body.contains("Zwmark"), "TRACE {path}");
            if row.method != "GET" {
                continue;
            }
            let askers = [Request::builder(), by(&token), Request::builder().header("cookie", client.as_str())];
            for (asker, request) in askers.into_iter().enumerate() {
                let (status, headers, body) = ask(house, request.uri(&path), "").await;
                let at = format!("{path} by {asker}: {status}");
                let kind = text(&headers, "content-type");
                assert!(body.is_empty() || kind.contains('/'), "{at}: {kind}");
                let is_text = kind.starts_with("text/") || kind.contains("svg") || kind.contains("xml");
                assert!(!is_text || kind.ends_with("charset=utf-8"), "{at}: {kind}");
                let policy = text(&headers, "content-security-policy");
                assert!(policy.contains("frame-ancestors 'none'"), "{at}: {policy}");
                assert_eq!(text(&headers, "x-content-type-options"), "nosniff", "{at}");
                if asker > 0 || row.who != "anyone" && status.is_success() {
                    let kept = text(&headers, "cache-control");
                    let public = row.who == "anyone" && (kept.starts_with("public") || kept == "no-cache");
                    assert!(kept.contains("no-store") || public, "{at}: {kept}");
                }
            }
        }
    })
    .await;
}

#[tokio::test]
async fn no_folder_is_listed_and_no_measurement_is_at_the_front() {
    on_each_engine(async |house| {
        let token = house.token("tang").await;
        for path in [
            "/pkg",
            "/pkg/",
            "/files/",
            "/pictures/",
            "/share/",
            "/metrics",
            "/debug",
            "/hash.txt",
            "/.git/config",
            "/pkg/..%2fkey",
            "/files/..%2f..%2fkey",
        ] {
            let (status, _, body) = ask(house, by(&token).uri(path), "").await;
            assert_eq!(status, StatusCode::NOT_FOUND, "{path}");
            assert!(!body.contains("Index of") && !body.contains("http_requests_total"), "{path}");
        }
    })
    .await;
}

#[tokio::test]
async fn what_is_written_down_is_not_asked_for_by_another_site() {
    on_each_engine(async |house| {
        let scope = services::Scope::of(&domain::access::Actor::system("test"));
        let newest = async || {
            let rows = store::audit::search(&house.services.db, &scope, &Default::default(), 1).await.unwrap();
            rows.first().map(|row| row.id)
        };
        let (token, client) = (house.token("tang").await, house.client().await);
        let rows: Vec<_> = MATRIX.iter().filter(|row| row.csrf == "site").collect();
        assert!(rows.len() >= 4, "{rows:?}");
        let before = newest().await;
        for row in rows {
            for site in ["cross-site", "same-site"] {
                let cookie = if row.who == "client" { client.clone() } else { format!("session={token}") };
                let request = Request::builder().uri(row.sample()).header("cookie", cookie);
                let (status, _, body) = ask(house, request.header("sec-fetch-site", site), "").await;
                assert_eq!(status, StatusCode::FORBIDDEN, "{} from {site}", row.path);
                assert!(body.len() < 400, "{body}");
            }
        }
        assert_eq!(newest().await, before, "and nothing was done");
        for site in ["same-origin", "none"] {
            let request = by(&token).uri("/account/copy.zip").header("sec-fetch-site", site);
            assert_eq!(ask(house, request, "").await.0, StatusCode::OK, "{site}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_name_that_came_twice_counts_once_for_every_reader() {
    on_each_engine(async |house| {
        let token = house.token("he").await;
        let form = |path: &'static str| {
            by(&token).method("POST").uri(path).header("content-type", "application/x-www-form-urlencoded")
        };
        let form = |path| form(path).header("sec-fetch-site", "same-origin");
        let record = "name=%E7%A7%A6%E8%B6%8A&name=Zwsecond&position=x&position[]=Zwthird&store=MD-01&phone=";
        let (status, headers, body) = ask(house, form("/api/staff/add"), record).await;
        assert_eq!(status, StatusCode::OK, "{body}");
        let (_, _, page) = ask(house, by(&token).uri(text(&headers, "location")), "").await;
        assert!(page.contains("秦越") && !page.contains("Zwsecond") && !page.contains("Zwthird"), "the first counts");
        // A name that the matrix does not know is found behind every spelling.
        for hidden in ["actor=1", "actor[]=1", "actor[x]=1", "%61ctor=1", "name=x&actor%5B%5D=1"] {
            let (status, _, body) = ask(house, form("/api/staff/add"), hidden).await;
            assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{hidden}");
            assert!(body.contains("unknown_field"), "{hidden}: {body}");
        }
        // Programs are told which one it was.
        for (path, named) in [
            ("/api/v1/staff?q=a&q=b", "q"),
            ("/api/v1/staff?limit=5&lim%69t=100", "limit"),
            ("/api/v1/listings?sort=price&sort=-price", "sort"),
            ("/api/v1/listings?city=shanghai&city=ningbo", "city"),
            ("/api/v1/staff?store=x", "store"),
            ("/api/v1/staff?after=A", "after"),
        ] {
            let (status, headers, body) = ask(house, by(&token).uri(path), "").await;
            assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{path}: {body}");
            assert_eq!(text(&headers, "content-type"), "application/problem+json", "{path}");
            assert!(body.contains(&format!("\"field\":\"{named}\"")), "{path}: {body}");
        }
        for path in
            ["/api/v1/staff?q=&store=&left=&limit=&after=", "/api/v1/listings?sort=&rooms=2&rooms=3&after=&city="]
        {
            let (status, _, body) = ask(house, by(&token).uri(path), "").await;
            assert_eq!(status, StatusCode::OK, "{path}: {body}");
        }
    })
    .await;
}

#[tokio::test]
async fn signing_out_empties_the_cache_of_the_browser() {
    on_each_engine(async |house| {
        let (token, client) = (house.token("lin").await, house.client().await);
        for (path, cookie) in [("identity", format!("session={token}")), ("client", client)] {
            for accept in ["text/html", "application/json"] {
                let request = Request::builder().method("POST").uri(format!("/api/{path}/sign_out"));
                let request = request.header("cookie", &cookie).header("accept", accept);
                let (status, headers, _) = ask(house, request.header("sec-fetch-site", "same-origin"), "").await;
                assert!(status.is_success() || status.is_redirection(), "{status}");
                assert_eq!(text(&headers, "clear-site-data"), "\"cache\"", "{path} {accept}");
            }
        }
    })
    .await;
}

/// The pages of the firm's people, as one of them gets them.
async fn pages(house: &House, token: Option<&str>) -> Vec<(String, String)> {
    let mut pages = Vec::new();
    for row in MATRIX.iter().filter(|row| row.method == "GET") {
        let path = row.sample();
        let request = token.map_or_else(Request::builder, by);
        let (status, headers, body) = ask(house, request.uri(&path), "").await;
        if status.is_success() && text(&headers, "content-type").starts_with("text/html") {
            pages.push((path, body));
        }
    }
    pages
}

#[tokio::test]
async fn signing_out_is_on_every_page_and_a_password_field_hides_and_takes_what_is_pasted() {
    on_each_engine(async |house| {
        let token = house.token("tang").await;
        let (inside, outside) = (pages(house, Some(&token)).await, pages(house, None).await);
        let desk: Vec<_> =
            inside.iter().filter(|(path, _)| !outside.iter().any(|(other, _)| other == path)).collect();
        assert!(desk.len() > 15, "{}", desk.len());
        for (path, body) in desk {
            assert!(body.contains("action=\"/api/identity/sign_out\""), "{path}");
        }
        let mut fields = 0;
        for (path, body) in inside.iter().chain(&outside) {
            for field in body.split("<input").skip(1).map(|rest| rest.split('>').next().unwrap_or_default()) {
                assert!(!field.contains("onpaste") && !field.contains("oncopy"), "{path}: {field}");
                if field.contains("name=\"password\"") || field.contains("name=\"old_password\"") {
                    fields += 1;
                    assert!(field.contains("type=\"password\""), "{path}: {field}");
                    assert!(
                        field.contains("autocomplete=\"current-password\"")
                            || field.contains("autocomplete=\"new-password\""),
                        "{path}: {field}"
                    );
                    assert!(!field.contains("readonly"), "{path}: {field}");
                }
            }
        }
        assert!(fields >= 4, "{fields}");
    })
    .await;
}

#[tokio::test]
async fn no_address_carries_what_opens_an_account_and_signing_in_ends_the_session_before() {
    on_each_engine(async |house| {
        let token = house.token("tang").await;
        for name in ["session", "token", "key", "authorization", "access_token"] {
            for path in ["/home", "/api/v1/staff", "/account/copy.zip"] {
                let (status, headers, _) =
                    ask(house, Request::builder().uri(format!("{path}?{name}={token}")), "").await;
                let shut = status == StatusCode::UNAUTHORIZED || text(&headers, "location").starts_with("/sign-in?");
                assert!(shut, "{path}?{name}: {status}");
            }
        }
        // Somebody else signs in at the same browser.
        let lin = house.accounts.iter().find(|a| a.login == "lin").unwrap();
        let typed = [("login", "lin"), ("password", &*lin.password)];
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(typed).finish();
        let request = by(&token).method("POST").uri("/api/identity/sign_in").header("sec-fetch-site", "same-origin");
        let request = request.header("content-type", "application/x-www-form-urlencoded");
        let (status, headers, _) = ask(house, request, &body).await;
        assert_eq!(status, StatusCode::OK);
        let new = text(&headers, "set-cookie").split(['=', ';']).nth(1).unwrap().to_owned();
        assert_ne!(new, token);
        assert!(ask(house, by(&token).uri("/home"), "").await.0.is_redirection(), "the session before is over");
        assert_eq!(ask(house, by(&new).uri("/home"), "").await.0, StatusCode::OK);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn hashing_for_many_does_not_hold_up_those_who_are_in() {
    let hashing: Vec<_> =
        MATRIX.iter().filter(|row| row.fields.contains_key("password")).map(|row| row.path.as_str()).collect();
    let door = super::super::DOOR;
    assert!(hashing.len() == door.len() && hashing.iter().all(|path| door.contains(path)), "{hashing:?}");
    on_each_engine(async |house| {
        let token = house.token("lin").await;
        let guess = Fields::new(vec![("login".into(), "nobody.here".into()), ("password".into(), "x".repeat(20))]);
        let began = std::time::Instant::now();
        let crowd = (0..32).map(|_| house.ask("POST", "/api/identity/sign_in", None, &guess));
        let crowd = async {
            futures::future::join_all(crowd).await;
            began.elapsed()
        };
        let read = async {
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
            let notices = Fields::new(vec![("id".into(), "1".into())]);
            let (status, ..) = house.ask("POST", "/api/identity/read_notices", Some(&token), &notices).await;
            assert!(status.is_success(), "{status}");
            began.elapsed()
        };
        let (crowd, read) = tokio::join!(crowd, read);
        assert!(read < crowd / 2, "{read:?} of {crowd:?}");
    })
    .await;
}

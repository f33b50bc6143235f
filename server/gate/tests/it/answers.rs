//! What every request and every answer goes through.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::body::Body;
use axum::extract::Request;
use axum::extract::ws::WebSocketUpgrade;
use axum::http::header::{CONTENT_ENCODING, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::http::{HeaderName, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Extension, Router};
use gate::{Allowance, GateConfig, Peer, RequestId, Who, layers};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tower::ServiceExt;

use crate::ground::{SHORT, assert_status, head, open, request, rest, within};

fn settings() -> GateConfig {
    GateConfig::at(([127, 0, 0, 1], 0).into())
}

fn to(path: &str) -> axum::http::request::Builder {
    Request::builder().uri(path).header("host", "menpai.cn")
}

async fn call(router: &Router, request: axum::http::request::Builder) -> Response {
    router.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap()
}

#[tokio::test]
async fn security_headers_are_on_every_answer() {
    let unchanged = async || (StatusCode::NOT_MODIFIED, [(CONTENT_SECURITY_POLICY, gate::page_csp("abc"))]);
    let router = Router::new().route("/", get(async || "hello")).route("/unchanged", get(unchanged));
    let ground = open(router, |_| {}).await;
    let names = [
        "x-content-type-options: nosniff",
        "referrer-policy: strict-origin-when-cross-origin",
        "permissions-policy: ",
        "cross-origin-opener-policy: same-origin",
        "cross-origin-resource-policy: same-origin",
        "x-request-id: ",
    ];
    let foreign = "POST / HTTP/1.1\r\nSec-Fetch-Site: cross-site";
    for (asked, status) in [
        ("GET / HTTP/1.1", 200),
        ("GET /absent HTTP/1.1", 404),
        ("DELETE / HTTP/1.1", 405),
        ("GET /unchanged HTTP/1.1", 304),
        (foreign, 403),
    ] {
        let answer = ground.ask(asked, "").await;
        assert_status(&answer, status);
        for name in names {
            assert!(answer.contains(name), "{name} is missing in {answer}");
        }
        assert_eq!(answer.contains("content-security-policy: default-src 'none'"), status != 304, "{answer}");
    }
}

#[tokio::test]
async fn the_request_id_is_drawn_here_and_the_handler_knows_it() {
    let router = layers(
        Router::new().route("/", get(async |Extension(id): Extension<RequestId>| id.to_string())),
        &settings(),
    );
    let sent = "0000000000000000";
    let answer = call(&router, to("/").header("x-request-id", sent)).await;
    let id = answer.headers()["x-request-id"].to_str().unwrap().to_owned();
    assert_ne!(id, sent);
    assert!(id.len() == 16 && id.bytes().all(|digit| digit.is_ascii_hexdigit()));
    assert_eq!(axum::body::to_bytes(answer.into_body(), 100).await.unwrap(), id);
    assert_ne!(call(&router, to("/")).await.headers()["x-request-id"], id);
}

#[tokio::test]
async fn another_sites_post_is_refused_before_any_other_answer_and_our_own_passes() {
    let ground = open(Router::new().route("/", post(async || "written")), |_| {}).await;
    let post =
        async |path: &str, headers: &str| ground.ask(&format!("POST {path} HTTP/1.1\r\n{headers}"), "a=1").await;
    assert_status(&post("/", "Origin: https://evil.cn").await, 403);
    assert_status(&post("/absent", "Origin: https://evil.cn").await, 403);
    assert_status(&post("/", "Cookie: s=1").await, 403);
    assert_status(&post("/", "Origin: http://menpai.cn\r\nCookie: s=1").await, 200);
    assert_status(&post("/", "Sec-Fetch-Site: same-origin\r\nCookie: s=1").await, 200);
}

#[tokio::test]
async fn a_body_over_the_limit_is_too_large_however_it_comes() {
    // This handler makes its own sense of a broken body, as generated server functions do.
    let careless = async |request: Request| {
        let read = axum::body::to_bytes(request.into_body(), usize::MAX).await;
        read.map_or(StatusCode::IM_A_TEAPOT, |_| StatusCode::OK)
    };
    let router = Router::new().route("/", post(careless)).route("/upload/photo", post(careless));
    let ground = open(router, |cfg| {
        cfg.body_limit = 10;
        cfg.allowances = vec![Allowance {
            prefix: "/upload/".into(),
            body_limit: 4_000_000,
            request_timeout: Duration::from_secs(60),
        }];
    })
    .await;
    assert_status(&ground.ask("POST / HTTP/1.1", &"x".repeat(10)).await, 200);
    // More than the buffers on the way take: without the patience the client would see a broken connection.
    assert_status(&ground.ask("POST / HTTP/1.1", &"x".repeat(30_000_000)).await, 413);
    assert_status(&ground.ask("POST /upload/photo HTTP/1.1", &"x".repeat(3_000_000)).await, 200);

    let mut stream = ground.connect().await;
    stream
        .write_all(b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nb\r\n12345678901\r\n")
        .await
        .unwrap();
    assert_status(&head(&mut stream).await, 413);
}

#[tokio::test(start_paused = true)]
async fn a_handler_that_never_answers_is_stopped() {
    let router = layers(Router::new().route("/", get(std::future::pending::<()>)), &settings());
    let answer = call(&router, to("/")).await;
    assert_eq!(answer.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert!(answer.headers().contains_key("retry-after"));
}

#[tokio::test]
async fn a_panic_becomes_an_answer_with_the_request_id() {
    let broken = async || -> StatusCode { panic!("as the test wants it") };
    let answer = call(&layers(Router::new().route("/", get(broken)), &settings()), to("/")).await;
    assert_eq!(answer.status(), StatusCode::INTERNAL_SERVER_ERROR);
    let id = answer.headers()["x-request-id"].to_str().unwrap().to_owned();
    let text = axum::body::to_bytes(answer.into_body(), 1000).await.unwrap();
    assert!(String::from_utf8_lossy(&text).contains(&id));
}

#[tokio::test]
async fn texts_are_compressed_once_and_pictures_never() {
    let of = |kind: &'static str| get(async move || ([(CONTENT_TYPE, kind)], "x".repeat(4000)));
    let packed: [(HeaderName, &str); 2] = [(CONTENT_TYPE, "text/html"), (CONTENT_ENCODING, "gzip")];
    let router = Router::new()
        .route("/page", of("text/html; charset=utf-8"))
        .route("/drawing", of("image/svg+xml"))
        .route("/photo", of("image/webp"))
        .route("/small", get(async || axum::response::Html("x".repeat(100))))
        .route("/packed", get(async move || (packed, "x".repeat(4000)).into_response()));
    let router = layers(router, &settings());
    for (path, accepted, coding) in [
        ("/page", "gzip, br", Some("br")),
        ("/page", "gzip", Some("gzip")),
        ("/page", "identity", None),
        ("/drawing", "br", Some("br")),
        ("/photo", "br", None),
        ("/small", "br", None),
        ("/packed", "br", Some("gzip")),
    ] {
        let answer = call(&router, to(path).header("accept-encoding", accepted)).await;
        let found = answer.headers().get(CONTENT_ENCODING).map(|coding| coding.to_str().unwrap());
        assert_eq!(found, coding, "{path} for {accepted}");
    }
}

#[tokio::test]
async fn the_log_knows_the_route_but_never_the_path_query_cookie_or_body() {
    let lines = Arc::new(Mutex::new(Vec::new()));
    let writer = {
        let lines = lines.clone();
        move || Lines(lines.clone())
    };
    let subscriber =
        tracing_subscriber::fmt().json().with_writer(writer).with_max_level(tracing::Level::TRACE).finish();
    let _logging = tracing::subscriber::set_default(subscriber);
    let router = layers(Router::new().route("/home/{code}", post(async |body: String| body)), &settings());
    let request = to("/home/SECRET-PATH?phone=SECRET-QUERY").method("POST").header("sec-fetch-site", "same-origin");
    let request = request.header("cookie", "s=SECRET-COOKIE").body(Body::from("SECRET-BODY")).unwrap();
    let answer = router.oneshot(request).await.unwrap();

    let log = String::from_utf8(lines.lock().unwrap().clone()).unwrap();
    for part in ["\"http.method\":\"POST\"", "/home/{code}", "\"http.status\":200", "latency.us"] {
        assert!(log.contains(part), "{part} is missing in {log}");
    }
    assert!(log.contains(answer.headers()["x-request-id"].to_str().unwrap()));
    assert!(!log.contains("SECRET"), "{log}");
}

#[tokio::test]
async fn whoever_is_turned_away_is_in_the_log_with_address_and_account() {
    let lines = Arc::new(Mutex::new(Vec::new()));
    let writer = {
        let lines = lines.clone();
        move || Lines(lines.clone())
    };
    let subscriber = tracing_subscriber::fmt().json().with_writer(writer).finish();
    let _logging = tracing::subscriber::set_default(subscriber);
    let known = |status: StatusCode| get(async move || (Extension(Who("account 12".into())), status).into_response());
    let router = Router::new()
        .route("/forbidden", known(StatusCode::FORBIDDEN))
        .route("/absent/{code}", known(StatusCode::NOT_FOUND))
        .route("/fine", known(StatusCode::OK))
        .route("/nobody", get(async || StatusCode::NOT_FOUND))
        .route("/write", post(async || ()));
    let router = layers(router, &settings());
    let seven = || axum::Extension(Peer([10, 0, 0, 7].into()));
    let call = async |method: &str, path: &str, site: &str| {
        let request = to(path).method(method).header("sec-fetch-site", site).extension(seven().0);
        router.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap().status()
    };
    assert_eq!(call("GET", "/forbidden", "same-origin").await, StatusCode::FORBIDDEN);
    assert_eq!(call("GET", "/absent/SECRET", "same-origin").await, StatusCode::NOT_FOUND);
    assert_eq!(call("GET", "/fine", "same-origin").await, StatusCode::OK);
    assert_eq!(call("GET", "/nobody", "same-origin").await, StatusCode::NOT_FOUND);
    assert_eq!(call("POST", "/write", "cross-site").await, StatusCode::FORBIDDEN);
    let log = String::from_utf8(lines.lock().unwrap().clone()).unwrap();
    let refused: Vec<&str> = log.lines().filter(|line| line.contains("\"refused\"")).collect();
    assert_eq!(refused.len(), 3, "{log}");
    for (line, parts) in refused.iter().zip([
        ["\"http.status\":403", "\"who\":\"account 12\"", "/forbidden"],
        ["\"http.status\":404", "\"who\":\"account 12\"", "/absent/{code}"],
        ["\"http.status\":403", "\"who\":\"\"", "/write"],
    ]) {
        for part in
            parts.into_iter().chain(["\"client.address\":\"10.0.0.7\"", "\"level\":\"WARN\"", "\"timestamp\":\""])
        {
            assert!(line.contains(part), "{part} is missing in {line}");
        }
    }
    assert!(!log.contains("SECRET"), "{log}");
}

/// What a proxy in front may take for the body of one message and this server for another one.
#[tokio::test]
async fn a_message_with_two_lengths_is_not_followed_by_a_smuggled_one() {
    let reached = Arc::new(Mutex::new(0));
    let smuggled = {
        let reached = reached.clone();
        async move || *reached.lock().unwrap() += 1
    };
    let router = Router::new().route("/", post(async |body: String| body)).route("/smuggled", get(smuggled));
    let ground = open(router, |_| {}).await;
    let hidden = "0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n";
    let length = format!("Content-Length: {}", hidden.len());
    let chunked = "Transfer-Encoding: chunked";
    for heads in [
        vec![length.as_str(), chunked],
        vec![chunked, &length],
        vec![chunked, "Content-Length: 0"],
        vec!["Content-Length: 5", &length],
        vec!["Transfer-Encoding: x", &length],
        vec!["Transfer-Encoding: chunked, x"],
    ] {
        let mut stream = ground.connect().await;
        let head = format!("POST / HTTP/1.1\r\nHost: a\r\n{}\r\n\r\n{hidden}", heads.join("\r\n"));
        stream.write_all(head.as_bytes()).await.unwrap();
        let mut answer = Vec::new();
        let _cut = within(stream.read_to_end(&mut answer)).await;
        let answer = String::from_utf8_lossy(&answer).into_owned();
        assert!(answer.matches("HTTP/1.1 ").count() <= 1, "{heads:?}: {answer}");
        assert_eq!(*reached.lock().unwrap(), 0, "{heads:?}: {answer}");
    }
    // The same bytes as two messages are two.
    let mut stream = ground.connect().await;
    stream.write_all(b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n").await.unwrap();
    stream.write_all(b"GET /smuggled HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n").await.unwrap();
    rest(&mut stream).await;
    assert_eq!(*reached.lock().unwrap(), 1);
}

struct Lines(Arc<Mutex<Vec<u8>>>);

impl std::io::Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn a_web_socket_talks_through_the_gate_and_keeps_its_place_in_the_count() {
    let echo = async |upgrade: WebSocketUpgrade| {
        upgrade.on_upgrade(async |mut socket| {
            while let Some(Ok(message)) = socket.recv().await {
                if socket.send(message).await.is_err() {
                    break;
                }
            }
        })
    };
    let ground = open(Router::new().route("/live", get(echo)), |cfg| {
        cfg.max_connections = 2;
        cfg.header_timeout = SHORT;
        cfg.request_timeout = SHORT;
    })
    .await;
    let mut stream = ground.connect().await;
    let upgrade = "GET /live HTTP/1.1\r\nUpgrade: websocket\r\nOrigin: http://menpai.cn\r\n\
                   Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==";
    stream.write_all(request(upgrade, "", "Upgrade").as_bytes()).await.unwrap();
    assert_status(&head(&mut stream).await, 101);

    // Time enough for the gate to give up on a connection it still looked after.
    let mut silent = ground.connect().await;
    assert_status(&ground.get("/live").await, 503);
    rest(&mut silent).await;

    // A text frame "hi", masked with zeros as a client must, comes back unmasked.
    stream.write_all(&[0x81, 0x82, 0, 0, 0, 0, b'h', b'i']).await.unwrap();
    let mut echoed = [0; 4];
    within(stream.read_exact(&mut echoed)).await.unwrap();
    assert_eq!(&echoed, &[0x81, 0x02, b'h', b'i']);
}

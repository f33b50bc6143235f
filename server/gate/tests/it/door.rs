//! Who gets in, how many, and for how long.

use std::io::Write;
use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::routing::get;
use axum::{Extension, Router};
use futures::StreamExt;
use futures::stream::repeat;
use gate::{GateConfig, GateError, Peer, parse_network};
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;
use tokio::sync::Notify;

use crate::ground::{SHORT, ask_and_keep, assert_status, open, request, rest, within};

fn hello() -> Router {
    // An empty body, so that the head is the whole answer.
    Router::new().route("/", get(async || ()))
}

fn who() -> Router {
    Router::new().route("/", get(async |Extension(Peer(ip)): Extension<Peer>| ip.to_string()))
}

#[tokio::test]
async fn a_head_that_is_never_finished_is_cut_off() {
    let ground = open(hello(), |cfg| cfg.header_timeout = SHORT).await;
    let mut stream = ground.connect().await;
    stream.write_all(b"GET / HTTP/1.1\r\nHost: men").await.unwrap();
    rest(&mut stream).await;
}

#[tokio::test]
async fn a_connection_that_says_nothing_is_closed() {
    let ground = open(hello(), |cfg| cfg.header_timeout = SHORT).await;
    assert_eq!(rest(&mut ground.connect().await).await, "");
}

#[tokio::test]
async fn a_connection_that_rests_after_an_answer_is_closed() {
    let ground = open(hello(), |cfg| cfg.header_timeout = SHORT).await;
    let mut stream = ground.connect().await;
    assert_status(&ask_and_keep(&mut stream, "/").await, 200);
    assert_eq!(rest(&mut stream).await, "");
}

#[tokio::test]
async fn a_request_under_way_outlives_the_header_timeout() {
    let leave = Arc::new(Notify::new());
    let slow = {
        let leave = leave.clone();
        async move || leave.notified().await
    };
    let ground = open(Router::new().route("/", get(slow)), |cfg| cfg.header_timeout = SHORT).await;
    let answer = tokio::spawn({
        let mut stream = ground.connect().await;
        stream.write_all(request("GET / HTTP/1.1", "", "keep-alive").as_bytes()).await.unwrap();
        async move { rest(&mut stream).await }
    });
    for _ in 0..3 {
        rest(&mut ground.connect().await).await;
    }
    leave.notify_one();
    assert_status(&within(answer).await.unwrap(), 200);
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_client_that_takes_nothing_of_its_answer_is_cut_off() {
    struct Told(Arc<Notify>);
    impl Drop for Told {
        fn drop(&mut self) {
            self.0.notify_one();
        }
    }
    let cut = Arc::new(Notify::new());
    let endless = {
        let cut = cut.clone();
        async move || {
            let told = Told(cut.clone());
            Body::from_stream(repeat(Bytes::from_static(&[0; 65_536])).map(move |bytes| {
                let _kept = &told;
                Ok::<_, std::io::Error>(bytes)
            }))
        }
    };
    let ground = open(Router::new().route("/", get(endless)), |cfg| cfg.request_timeout = SHORT).await;
    let mut stream = ground.connect().await;
    stream.write_all(request("GET / HTTP/1.1", "", "close").as_bytes()).await.unwrap();
    within(cut.notified()).await;
}

#[tokio::test]
async fn beyond_the_limit_a_connection_is_told_busy_and_others_still_answer() {
    let ground = open(hello(), |cfg| cfg.max_connections = 2).await;
    let (mut first, mut second) = (ground.connect().await, ground.connect().await);
    assert_status(&ask_and_keep(&mut first, "/").await, 200);
    assert_status(&ask_and_keep(&mut second, "/").await, 200);

    // Its request is already there when the gate first sees it, and must not cost it the answer.
    let mut third = std::net::TcpStream::connect(ground.addr).unwrap();
    third.write_all(request("GET / HTTP/1.1", "", "close").as_bytes()).unwrap();
    third.set_nonblocking(true).unwrap();
    let refused = rest(&mut TcpStream::from_std(third).unwrap()).await;
    assert_status(&refused, 503);
    assert!(refused.contains("retry-after: 1\r\n"));
    assert!(refused.contains("服务繁忙"));
    assert_status(&ask_and_keep(&mut first, "/").await, 200);

    drop(second);
    within(async { while ground.get("/").await.starts_with("HTTP/1.1 503") {} }).await;
    assert_status(&ground.get("/").await, 200);
}

#[tokio::test]
async fn one_address_holds_its_share_of_connections_unless_it_is_a_trusted_proxy() {
    let ground = open(hello(), |cfg| cfg.max_connections_per_ip = 1).await;
    let mut held = ground.connect().await;
    assert_status(&ask_and_keep(&mut held, "/").await, 200);
    assert_status(&ground.get("/").await, 503);

    let proxied = open(hello(), |cfg| {
        cfg.max_connections_per_ip = 1;
        cfg.trusted_proxies = vec![parse_network("127.0.0.1").unwrap()];
    })
    .await;
    let mut held = proxied.connect().await;
    assert_status(&ask_and_keep(&mut held, "/").await, 200);
    assert_status(&proxied.get("/").await, 200);
}

#[tokio::test]
async fn only_a_trusted_proxy_may_name_the_client() {
    let named = "GET / HTTP/1.1\r\nX-Forwarded-For: 6.6.6.6, 1.1.1.1";
    let direct = open(who(), |_| {}).await;
    assert!(direct.ask(named, "").await.ends_with("\r\n127.0.0.1"));
    let proxied = open(who(), |cfg| cfg.trusted_proxies = vec![parse_network("127.0.0.0/8").unwrap()]).await;
    assert!(proxied.ask(named, "").await.ends_with("\r\n1.1.1.1"));
}

#[tokio::test]
async fn plain_http_to_the_network_is_refused() {
    let cfg = GateConfig::at(([0, 0, 0, 0], 0).into());
    let opened = gate::serve(hello(), cfg, |_| panic!("it opened"), std::future::pending()).await;
    assert!(matches!(opened, Err(GateError::PlainHttpOutside(_))));
}

#[tokio::test]
async fn a_taken_port_is_said_to_be_taken() {
    let ground = open(hello(), |_| {}).await;
    let opened = gate::serve(hello(), GateConfig::at(ground.addr), |_| {}, std::future::pending()).await;
    assert!(matches!(opened, Err(GateError::Bind { addr, .. }) if addr == ground.addr));
}

#[tokio::test]
async fn silent_connections_beyond_the_share_of_an_address_do_not_keep_a_visitor_out() {
    let ground = open(hello(), |cfg| cfg.max_connections_per_ip = 100).await;
    let mut silent: Vec<TcpStream> = Vec::new();
    for _ in 0..400 {
        silent.push(ground.connect().await);
    }
    silent.truncate(50);
    within(async { while !ground.get("/").await.starts_with("HTTP/1.1 200") {} }).await;
}

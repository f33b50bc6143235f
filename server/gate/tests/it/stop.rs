//! How the gate closes.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::ws::WebSocketUpgrade;
use axum::routing::get;
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;
use tokio::sync::Notify;

use crate::ground::{SHORT, ask_and_keep, assert_status, head, open, request, rest, within};

/// `/work` tells when it is entered and answers when let go.
struct Work {
    entered: Arc<Notify>,
    leave: Arc<Notify>,
    router: Router,
}

fn work() -> Work {
    let (entered, leave) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    let work = {
        let (entered, leave) = (entered.clone(), leave.clone());
        async move || {
            entered.notify_one();
            leave.notified().await;
            "finished"
        }
    };
    Work { entered, leave, router: Router::new().route("/work", get(work)).route("/", get(async || ())) }
}

#[tokio::test]
async fn a_request_under_way_finishes_while_nobody_new_gets_in() {
    let Work { entered, leave, router } = work();
    let ground = open(router, |_| {}).await;
    let addr = ground.addr;
    let mut stream = ground.connect().await;
    stream.write_all(request("GET /work HTTP/1.1", "", "keep-alive").as_bytes()).await.unwrap();
    within(entered.notified()).await;

    let closed = ground.stop();
    within(async { while TcpStream::connect(addr).await.is_ok() {} }).await;
    assert!(!closed.is_finished());
    leave.notify_one();
    let answer = rest(&mut stream).await;
    assert_status(&answer, 200);
    assert!(answer.ends_with("finished"));
    assert!(within(closed).await.unwrap().is_ok());
}

#[tokio::test]
async fn a_stuck_request_is_cut_after_the_grace() {
    let Work { entered, leave: _never, router } = work();
    let ground = open(router, |cfg| cfg.shutdown_grace = SHORT).await;
    let mut stream = ground.connect().await;
    stream.write_all(request("GET /work HTTP/1.1", "", "keep-alive").as_bytes()).await.unwrap();
    within(entered.notified()).await;
    assert!(within(ground.stop()).await.unwrap().is_ok());
    assert_eq!(rest(&mut stream).await, "");
}

#[tokio::test]
async fn resting_and_silent_connections_do_not_hold_up_the_stop() {
    let ground = open(work().router, |cfg| cfg.shutdown_grace = Duration::from_secs(3600)).await;
    let _silent = ground.connect().await;
    let mut resting = ground.connect().await;
    assert_status(&ask_and_keep(&mut resting, "/").await, 200);
    assert!(within(ground.stop()).await.unwrap().is_ok());
}

#[tokio::test]
async fn an_open_web_socket_does_not_hold_up_the_stop() {
    let live = async |upgrade: WebSocketUpgrade| {
        upgrade.on_upgrade(async |mut socket| while socket.recv().await.is_some() {})
    };
    let ground =
        open(Router::new().route("/live", get(live)), |cfg| cfg.shutdown_grace = Duration::from_secs(3600)).await;
    let mut stream = ground.connect().await;
    let upgrade = "GET /live HTTP/1.1\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n\
                   Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==";
    stream.write_all(request(upgrade, "", "Upgrade").as_bytes()).await.unwrap();
    assert_status(&head(&mut stream).await, 101);
    assert!(within(ground.stop()).await.unwrap().is_ok());
}

#[cfg(unix)]
#[tokio::test]
async fn the_systems_signal_to_stop_is_heard() {
    let mut stopped = std::pin::pin!(gate::stop_signal());
    assert!(futures::poll!(&mut stopped).is_pending());
    let kill = format!("kill -TERM {}", std::process::id());
    assert!(std::process::Command::new("sh").args(["-c", &kill]).status().unwrap().success());
    within(stopped).await;
}

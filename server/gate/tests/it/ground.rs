//! A gate opened on a free port, and the plainest of clients.

use std::net::SocketAddr;
use std::time::Duration;

use axum::Router;
use gate::{GateConfig, GateError};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use tokio::time::timeout;

/// Longer than anything a test waits for: reaching it means that it never happened.
const NEVER: Duration = Duration::from_secs(20);

pub const SHORT: Duration = Duration::from_millis(200);

pub struct Ground {
    pub addr: SocketAddr,
    stop: oneshot::Sender<()>,
    served: JoinHandle<Result<(), GateError>>,
}

/// Opens a gate before `router` with a setting or two of its own.
pub async fn open(router: Router, set: impl FnOnce(&mut GateConfig)) -> Ground {
    let mut cfg = GateConfig::at(([127, 0, 0, 1], 0).into());
    set(&mut cfg);
    let (stop, stopped) = oneshot::channel();
    let (tell, told) = oneshot::channel();
    let served = tokio::spawn(gate::serve(router, cfg, move |addr| tell.send(addr).unwrap(), async {
        let _ = stopped.await;
    }));
    match told.await {
        Ok(addr) => Ground { addr, stop, served },
        Err(_) => panic!("the gate did not open: {:?}", served.await),
    }
}

impl Ground {
    pub async fn connect(&self) -> TcpStream {
        TcpStream::connect(self.addr).await.unwrap()
    }

    /// Sends a whole request over a connection of its own and reads the whole answer.
    pub async fn ask(&self, head: &str, body: &str) -> String {
        let mut stream = self.connect().await;
        stream.write_all(request(head, body, "close").as_bytes()).await.unwrap();
        rest(&mut stream).await
    }

    pub async fn get(&self, path: &str) -> String {
        self.ask(&format!("GET {path} HTTP/1.1"), "").await
    }

    /// Begins to stop; the handle ends when the gate is closed.
    pub fn stop(self) -> JoinHandle<Result<(), GateError>> {
        self.stop.send(()).unwrap();
        self.served
    }
}

pub fn request(head: &str, body: &str, connection: &str) -> String {
    let length = if body.is_empty() { String::new() } else { format!("Content-Length: {}\r\n", body.len()) };
    format!("{head}\r\nHost: menpai.cn\r\nConnection: {connection}\r\n{length}\r\n{body}")
}

/// Everything the other side still sends until it closes, which it must do without a reset.
pub async fn rest(stream: &mut (impl AsyncRead + Unpin)) -> String {
    let mut text = Vec::new();
    within(stream.read_to_end(&mut text)).await.expect("a clean end");
    String::from_utf8_lossy(&text).into_owned()
}

/// Asks over an open connection, keeps it, and returns the head of the answer.
pub async fn ask_and_keep(stream: &mut TcpStream, path: &str) -> String {
    stream.write_all(request(&format!("GET {path} HTTP/1.1"), "", "keep-alive").as_bytes()).await.unwrap();
    head(stream).await
}

/// Reads up to the end of an answer's head.
pub async fn head(stream: &mut TcpStream) -> String {
    let mut text = Vec::new();
    while !text.ends_with(b"\r\n\r\n") {
        text.push(within(stream.read_u8()).await.expect("the head of an answer"));
    }
    String::from_utf8(text).unwrap()
}

pub async fn within<T>(work: impl Future<Output = T>) -> T {
    timeout(NEVER, work).await.expect("it never happened")
}

#[track_caller]
pub fn assert_status(answer: &str, status: u16) {
    assert!(answer.starts_with(&format!("HTTP/1.1 {status} ")), "wanted {status}, got {answer:?}");
}

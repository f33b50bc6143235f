//! Short messages against a real HTTP server on this machine.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

use courier::{Client, Failure, Gateway, Outgoing, Sms, SmsConfig, signature};
use serde_json::{Value, json};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::sync::mpsc::{Receiver, channel};

const KEY: &str = "0123456789abcdef";

/// Answers every connection with these bytes and tells what was asked.
async fn provider(answer: &'static str) -> (String, Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/send?app=1", listener.local_addr().unwrap());
    let (tell, told) = channel(8);
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let (mut asked, mut part) = (Vec::new(), [0; 4096]);
            loop {
                let n = stream.read(&mut part).await.unwrap();
                asked.extend_from_slice(&part[..n]);
                let text = String::from_utf8_lossy(&asked).into_owned();
                let Some((head, body)) = text.split_once("\r\n\r\n") else { continue };
                let length = head.lines().find_map(|l| l.strip_prefix("content-length: ")).unwrap();
                if n == 0 || body.len() >= length.parse().unwrap() {
                    tell.send(text).await.unwrap();
                    break;
                }
            }
            stream.write_all(answer.as_bytes()).await.unwrap();
        }
    });
    (url, told)
}

fn config(url: &str) -> SmsConfig {
    SmsConfig { url: url.into(), key: KEY.into(), private: true, authority: None }
}

fn message() -> Outgoing {
    Outgoing {
        id: 41,
        to: "+8613800162041".into(),
        template: "code".into(),
        lang: "zh-CN",
        params: json!({ "code": "123456" }),
        subject: String::new(),
        text: "验证码 123456".into(),
    }
}

async fn sent(answer: &'static str) -> Result<(), Failure> {
    let (url, _told) = provider(answer).await;
    Sms::new(&config(&url)).unwrap().patience(Duration::from_secs(2)).send(&message()).await
}

#[tokio::test]
async fn a_message_arrives_signed_and_numbered() {
    let (url, mut told) = provider("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}").await;
    Sms::new(&config(&url)).unwrap().send(&message()).await.unwrap();
    let asked = told.recv().await.unwrap();
    let (head, body) = asked.split_once("\r\n\r\n").unwrap();
    assert!(head.starts_with("POST /send?app=1 HTTP/1.1"), "{head}");
    let header = |name: &str| head.lines().find_map(|line| line.strip_prefix(&format!("{name}: "))).unwrap();
    assert_eq!(header("idempotency-key"), "menpai-41");
    let expected = signature(KEY, header("x-menpai-timestamp"), body.as_bytes());
    assert_eq!(header("x-menpai-signature"), format!("sha256={expected}"));
    let body: Value = serde_json::from_str(body).unwrap();
    assert_eq!((&body["to"], &body["params"]["code"]), (&json!("+8613800162041"), &json!("123456")));
}

#[tokio::test]
async fn what_may_pass_is_tried_again_and_what_never_will_is_not() {
    for answer in ["HTTP/1.1 503 Busy\r\ncontent-length: 0\r\n\r\n", "HTTP/1.1 429 Slow\r\ncontent-length: 0\r\n\r\n"]
    {
        assert!(matches!(sent(answer).await, Err(Failure::Later(_))), "{answer}");
    }
    for answer in [
        "HTTP/1.1 400 Bad\r\ncontent-length: 0\r\n\r\n",
        "HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1:1/\r\ncontent-length: 0\r\n\r\n",
    ] {
        assert!(matches!(sent(answer).await, Err(Failure::Never(_))), "{answer}");
    }
    // Nonsense, silence, and nobody at home.
    assert!(matches!(sent("hello\r\n").await, Err(Failure::Later(_))));
    assert!(matches!(sent("").await, Err(Failure::Later(_))));
    let nobody = Sms::new(&config("http://127.0.0.1:9/")).unwrap().send(&message()).await;
    assert_eq!(nobody, Err(Failure::later("no connection")));
}

#[tokio::test]
async fn an_endless_answer_and_a_slow_one_are_cut_off() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            tokio::spawn(async move {
                // Answered before it has asked, a client would rightly hang up.
                let _ = stream.read(&mut [0; 4096]).await;
                let _ = stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 1000000\r\n\r\n").await;
                while stream.write_all(&[b'x'; 4096]).await.is_ok() {}
            });
        }
    });
    let endless = Client::new(&url, true, None).unwrap().post(&[], b"{}".to_vec()).await;
    assert_eq!(endless, Err(Failure::later("the answer is too long or broke off")));
    let silent = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let client = Client::new(&format!("http://{}/", silent.local_addr().unwrap()), true, None).unwrap();
    let slow = client.patience(Duration::from_millis(200)).post(&[], b"{}".to_vec()).await;
    assert_eq!(slow, Err(Failure::later("timed out")));
}

#[tokio::test]
async fn an_own_network_is_reached_only_where_that_is_allowed() {
    for url in ["https://127.0.0.1/", "https://localhost:8443/", "https://[::1]/", "https://10.0.0.8/"] {
        let refused = Client::new(url, false, None).unwrap().post(&[], Vec::new()).await;
        assert!(matches!(refused, Err(Failure::Never(_))), "{url}: {refused:?}");
    }
    for url in ["http://sms.example/", "ftp://sms.example/", "https://u:p@sms.example/", "sms.example", ""] {
        assert!(Client::new(url, false, None).is_err(), "{url}");
    }
    let short = SmsConfig { key: "short".into(), ..config("https://sms.example/") };
    assert!(Sms::new(&short).is_err());
}

//! Virtual numbers against a real HTTP server on this machine.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

use courier::{Exchange, ExchangeConfig, Failure, HttpExchange, Pair, signature};
use serde_json::{Value, json};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::sync::mpsc::{Receiver, channel};

const KEY: &str = "0123456789abcdef";

/// Answers every connection with a status and a body, and tells what was asked.
async fn provider(status: &'static str, body: String) -> (HttpExchange, Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/axb", listener.local_addr().unwrap());
    let (tell, told) = channel(8);
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let (mut asked, mut part) = (Vec::new(), [0; 4096]);
            while !whole(&asked) {
                let n = stream.read(&mut part).await.unwrap();
                if n == 0 {
                    break;
                }
                asked.extend_from_slice(&part[..n]);
            }
            let answer = format!("HTTP/1.1 {status}\r\ncontent-length: {}\r\n\r\n{body}", body.len());
            let _ = stream.write_all(answer.as_bytes()).await;
            let _ = tell.send(String::from_utf8(asked).unwrap()).await;
        }
    });
    let config = ExchangeConfig { url, key: KEY.into(), private: true, authority: None };
    (HttpExchange::new(&config).unwrap().patience(Duration::from_secs(2)), told)
}

fn whole(asked: &[u8]) -> bool {
    let text = String::from_utf8_lossy(asked);
    let Some((head, body)) = text.split_once("\r\n\r\n") else { return false };
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
    length.and_then(|n| n.parse::<usize>().ok()).is_some_and(|n| body.len() >= n)
}

fn pair() -> Pair {
    Pair { key: "wish-1".into(), from: "+8613800162041".into(), to: "+8613900162042".into(), seconds: 600 }
}

fn checked(asked: &str) -> (String, Value) {
    let (head, body) = asked.split_once("\r\n\r\n").unwrap();
    let header = |name: &str| head.lines().find_map(|line| line.strip_prefix(&format!("{name}: "))).unwrap();
    let expected = signature(KEY, header("x-menpai-timestamp"), body.as_bytes());
    assert_eq!(header("x-menpai-signature"), format!("sha256={expected}"));
    (header("idempotency-key").to_owned(), serde_json::from_str(body).unwrap())
}

#[tokio::test]
async fn two_telephones_are_joined_and_parted_signed_and_once() {
    let answer = json!({ "binding": "b-1", "number": "+8617000000001", "more": 1 }).to_string();
    let (exchange, mut told) = provider("200 OK", answer).await;
    let bound = exchange.bind(&pair()).await.unwrap();
    assert_eq!((bound.binding.as_str(), bound.number.as_str()), ("b-1", "+8617000000001"));
    let (key, body) = checked(&told.recv().await.unwrap());
    assert_eq!(key, "menpai-wish-1");
    let expected = json!({ "do": "bind", "from": "+8613800162041", "to": "+8613900162042", "seconds": 600 });
    assert_eq!(body, expected);
    exchange.unbind("b-1").await.unwrap();
    let (key, body) = checked(&told.recv().await.unwrap());
    assert_eq!((key.as_str(), body), ("menpai-end-b-1", json!({ "do": "unbind", "binding": "b-1" })));
}

#[tokio::test]
async fn what_the_provider_may_not_say_is_refused() {
    for (status, later) in [("503 Busy", true), ("429 Slow", true), ("400 Bad", false), ("302 Found", false)] {
        let (exchange, _told) = provider(status, String::new()).await;
        let refused = exchange.bind(&pair()).await.unwrap_err();
        assert_eq!(matches!(refused, Failure::Later(_)), later, "{status}: {refused:?}");
        assert!(exchange.unbind("b-1").await.is_err(), "{status}");
    }
    for gone in ["404 Gone", "410 Gone"] {
        let (exchange, _told) = provider(gone, String::new()).await;
        assert_eq!(exchange.unbind("b-1").await, Ok(()), "what is over already");
        assert!(exchange.bind(&pair()).await.is_err());
    }
    let leaks = json!({ "binding": "b-1", "number": "13900162042" }).to_string();
    for body in [leaks, "[]".into(), "{}".into(), "hello".into(), r#"{"binding":"","number":"95013123456"}"#.into()] {
        let (exchange, _told) = provider("200 OK", body.clone()).await;
        let refused = exchange.bind(&pair()).await.unwrap_err();
        assert!(matches!(&refused, Failure::Never(_)) && !refused.to_string().contains("139"), "{body}: {refused}");
    }
    let (exchange, _told) = provider("200 OK", "x".repeat(70_000)).await;
    assert!(exchange.bind(&pair()).await.is_err(), "no honest answer is so long");
}

#[tokio::test]
async fn an_own_network_is_reached_only_where_that_is_allowed() {
    let config =
        |url: &str, key: &str, private| ExchangeConfig { url: url.into(), key: key.into(), private, authority: None };
    let inside = HttpExchange::new(&config("https://127.0.0.1/", KEY, false)).unwrap();
    assert!(matches!(inside.bind(&pair()).await, Err(Failure::Never(_))));
    for (url, key) in
        [("http://axb.example/", KEY), ("https://u:p@axb.example/", KEY), ("https://axb.example/", "short")]
    {
        assert!(HttpExchange::new(&config(url, key, false)).is_err(), "{url}");
    }
    let nobody = HttpExchange::new(&config("http://127.0.0.1:9/", KEY, true)).unwrap();
    assert_eq!(nobody.bind(&pair()).await, Err(Failure::later("no connection")));
}

//! The metrics port.

use axum::Router;
use axum::http::StatusCode;
use axum::routing::get;
use tokio::io::AsyncWriteExt;
use tokio::net::{TcpListener, TcpStream};

use crate::ground::{assert_status, open, request, rest};

#[tokio::test]
async fn requests_are_counted_by_method_route_and_status_class() {
    let free = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let broken = async || StatusCode::BAD_GATEWAY;
    let router = Router::new().route("/home/{code}", get(async || "hello")).route("/broken", get(broken));
    let ground = open(router, |cfg| cfg.metrics_addr = Some(free)).await;
    for path in ["/home/7", "/home/8?phone=13800138000", "/broken", "/secret-path"] {
        ground.get(path).await;
    }
    ground.ask("BREW /home/7 HTTP/1.1", "").await;

    let ask = async |path: &str| {
        let mut stream = TcpStream::connect(free).await.unwrap();
        stream.write_all(request(&format!("GET {path} HTTP/1.1"), "", "close").as_bytes()).await.unwrap();
        rest(&mut stream).await
    };
    let page = ask("/metrics").await;
    for line in [
        "http_requests_total{method=\"GET\",route=\"/home/{code}\",status=\"2xx\"} 2\n",
        "http_requests_total{method=\"GET\",route=\"/broken\",status=\"5xx\"} 1\n",
        "http_requests_total{method=\"GET\",route=\"none\",status=\"4xx\"} 1\n",
        "http_requests_total{method=\"other\",route=\"/home/{code}\",status=\"4xx\"} 1\n",
        "http_request_seconds_count{method=\"GET\",route=\"/home/{code}\",status=\"2xx\"} 2\n",
        "# TYPE http_connections gauge\n",
    ] {
        assert!(page.contains(line), "{line} is missing in {page}");
    }
    // A whole number: three digits of it also turn up among the seconds.
    assert!(!page.contains("secret-path") && !page.contains("13800138000"));
    assert_status(&ask("/healthz").await, 200);
}

#[tokio::test]
async fn a_busy_metrics_port_does_not_keep_the_gate_shut() {
    let taken = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let ground = open(Router::new().route("/", get(async || ())), |cfg| {
        cfg.metrics_addr = Some(taken.local_addr().unwrap());
    })
    .await;
    assert_status(&ground.get("/").await, 200);
}

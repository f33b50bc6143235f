//! What stands in the log: errors under their number, committed lines of the trail.

use super::MATRIX;
use super::answers::ask;
use super::tests::on_each_engine;
use domain::identity::Fields;
use http::{Request, StatusCode};
use std::io::Write;
use std::sync::{Arc, Mutex};

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn without_the_database_nobody_is_let_in_and_the_error_is_in_the_log_under_its_number() {
    on_each_engine(async |house| {
        let (token, client) = (house.token("tang").await, house.client().await);
        house.services.db.clone().close().await.unwrap();
        let log = Log::default();
        let writer = log.clone();
        let subscriber = tracing_subscriber::fmt().json().with_writer(move || writer.clone()).finish();
        let logging = tracing::subscriber::set_default(subscriber);
        let mut numbered = 0;
        for row in MATRIX.iter().filter(|row| row.who != "anyone") {
            for cookie in [format!("session={token}"), client.clone()] {
                let request =
                    Request::builder().method(row.method.as_str()).uri(row.sample()).header("cookie", cookie);
                let request = request.header("sec-fetch-site", "same-origin");
                let request = request.header("content-type", "application/x-www-form-urlencoded");
                let sent = row.sent();
                let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(sent.pairs()).finish();
                let (status, _, body) = ask(house, request, &body).await;
                assert!(!status.is_success(), "{}: {status} {body}", row.path);
            }
        }
        let door = Fields::new(vec![("login".into(), "lin".into()), ("password".into(), "x".into())]);
        let (status, _, body) = house.ask("POST", "/api/identity/sign_in", None, &door).await;
        assert_eq!(status, StatusCode::INTERNAL_SERVER_ERROR, "{body}");
        drop(logging);
        let text = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
        let number = body.split("\"id\":\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a number");
        for line in text.lines().filter(|line| line.contains(number)) {
            assert!(line.contains("\"level\":\"ERROR\"") && line.contains("\"error\":"), "{line}");
            numbered += 1;
        }
        assert_eq!(numbered, 1, "{body}: {text}");
        assert!(
            !body.to_lowercase().contains("pool") && !body.contains("sql"),
            "the cause is not the person's: {body}"
        );
    })
    .await;
}

#[tokio::test]
async fn a_committed_line_of_the_trail_is_in_the_log_with_its_hash() {
    on_each_engine(async |house| {
        let token = house.token("tang").await;
        let log = Log::default();
        let writer = log.clone();
        let subscriber = tracing_subscriber::fmt().json().with_writer(move || writer.clone()).finish();
        let logging = tracing::subscriber::set_default(subscriber);
        let field =
            |pairs: &[(&str, &str)]| Fields::new(pairs.iter().map(|(n, v)| ((*n).into(), (*v).into())).collect());
        let shop = field(&[("name", "联洋店"), ("address", "Zwaddress"), ("phone", "")]);
        assert!(house.ask("POST", "/api/staff/open_store", Some(&token), &shop).await.0.is_success());
        // The second of the same version is undone, and so is its line.
        let change = field(&[("code", "MD-03"), ("seen", "9"), ("name", "碧云店"), ("address", ""), ("phone", "")]);
        let stale = house.ask("POST", "/api/staff/change_store", Some(&token), &change).await.0;
        assert_eq!(stale, StatusCode::CONFLICT);
        drop(logging);
        let text = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
        let lines: Vec<_> = text.lines().filter(|line| line.contains("a line of the trail")).collect();
        assert_eq!(lines.len(), 1, "{text}");
        let scope = services::Scope::of(&domain::access::Actor::system("test"));
        let head = store::audit::head(&house.services.db, &scope).await.unwrap().unwrap();
        let told = [
            format!("\"line\":{}", head.id),
            "\"action\":\"store.opened\"".to_owned(),
            "\"who\":\"staff:YG-".to_owned(),
            format!("\"mac\":\"{}\"", hex::encode(&head.mac)),
        ];
        for part in told {
            assert!(lines[0].contains(&part), "{part} is missing in {}", lines[0]);
        }
        assert!(!text.contains("Zwaddress") && !text.contains("联洋店"), "{text}");
    })
    .await;
}

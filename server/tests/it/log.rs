//! The log of the built program: where it goes, and what a machine reads in it.

use crate::menpai::{Firm, signal};
use serde_json::Value;
use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Read, Write};
use std::process::Stdio;

/// Everything in the folder, however deep.
fn files(folder: &std::path::Path) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for entry in std::fs::read_dir(folder).expect("is there").flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.insert(path.display().to_string());
        }
    }
    found
}

#[test]
fn the_log_is_json_on_standard_error_alone_and_says_when_where_who_and_what() {
    let firm = Firm::migrated();
    let mut command = firm.command(&["serve", "--addr", "127.0.0.1:0", "--log", "json"]);
    command.env("TZ", "Asia/Shanghai").stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("starts");
    let (mut out, mut err) = (BufReader::new(child.stdout.take().unwrap()), child.stderr.take().unwrap());
    let logged = std::thread::spawn(move || {
        let mut text = String::new();
        err.read_to_string(&mut text).expect("is text");
        text
    });
    let mut origin = String::new();
    out.read_line(&mut origin).expect("says");
    let before = files(&firm.data);
    let host = origin.trim().strip_prefix("http://").expect("is plain HTTP").to_owned();
    let ask = |head: &str, body: &str| {
        let mut stream = std::net::TcpStream::connect(&host).expect("connects");
        let length = body.len();
        let rest = format!("Host: {host}\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n{body}");
        write!(stream, "{head}\r\n{rest}").expect("asks");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("answers");
        answer
    };
    let form = "Content-Type: application/x-www-form-urlencoded";
    let typed = "login=zhang.wei%0A%1b%5B31mforged&password=a-password-in-the-wrong-field";
    let refused = ask(&format!("POST /api/identity/sign_in HTTP/1.1\r\n{form}"), typed);
    assert!(refused.starts_with("HTTP/1.1 401"), "{refused}");
    let shut = ask("GET /api/v1/staff HTTP/1.1\r\nAuthorization: Bearer mp_guessed", "");
    assert!(shut.starts_with("HTTP/1.1 401"), "{shut}");
    let foreign = ask("POST /api/identity/sign_out HTTP/1.1\r\nOrigin: https://evil.cn", "");
    assert!(foreign.starts_with("HTTP/1.1 403"), "{foreign}");
    assert_eq!(files(&firm.data), before, "nothing is logged into the data folder");
    signal(&child, "TERM");
    assert!(child.wait().expect("ends").success());
    let mut more = String::new();
    out.read_to_string(&mut more).expect("is text");
    // What the operator has to read is there: the address, and where nobody can sign in yet the link to set the firm up.
    assert!(more.lines().count() <= 1 && more.contains("/setup/") && !more.contains("timestamp"), "{more}");
    let log = logged.join().unwrap();
    let lines: Vec<Value> =
        log.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|e| panic!("{e}: {line}"))).collect();
    for line in &lines {
        let at = line["timestamp"].as_str().expect("a time");
        assert!(at.ends_with('Z') && at.len() >= 20, "{at} is UTC");
        assert!(line["level"].is_string() && line["fields"]["message"].is_string(), "{line}");
    }
    let with = |message: &str| lines.iter().filter(|line| line["fields"]["message"] == message).collect::<Vec<_>>();
    let failed = with("a sign-in failed");
    assert_eq!(failed.len(), 1, "{log}");
    assert_eq!(failed[0]["fields"]["client.address"], "127.0.0.1");
    assert_eq!(failed[0]["span"]["http.route"], "/api/identity/sign_in");
    let turned_away: Vec<_> = with("refused")
        .iter()
        .map(|line| (line["fields"]["http.status"].clone(), line["span"]["http.route"].clone()))
        .collect();
    let all = [(401, "/api/identity/sign_in"), (401, "/api/v1/staff"), (403, "/api/{slice}/{function}")];
    assert_eq!(turned_away, all.map(|(status, route)| (status.into(), route.into())), "{log}");
    for secret in ["zhang.wei", "forged", "a-password", "mp_guessed"] {
        assert!(!log.contains(secret), "{secret} is in {log}");
    }
}

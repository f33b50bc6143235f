//! Mail against a real SMTP server: aiosmtpd, whose Python `MENPAI_AIOSMTPD` names. Without it the tests say so and pass.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

use courier::{Failure, Gateway, Mail, MailConfig, Outgoing};
use serde_json::Value;
use std::io::{BufRead, BufReader, Lines};
use std::path::PathBuf;
use std::process::{Child, ChildStdout, Command, Stdio};

const SERVER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/smtp_server.py");

/// A server; it says its port, then every mail it took, a line of JSON each.
struct Server {
    child: Child,
    lines: Lines<BufReader<ChildStdout>>,
    port: String,
    certificate: PathBuf,
    _folder: tempfile::TempDir,
}

impl Server {
    fn start(how: &str) -> Option<Self> {
        let Some(python) = std::env::var_os("MENPAI_AIOSMTPD") else {
            eprintln!("skipped: MENPAI_AIOSMTPD names no Python with aiosmtpd");
            return None;
        };
        let folder = tempfile::tempdir().unwrap();
        let made = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
        let (certificate, key) = (folder.path().join("cert.pem"), folder.path().join("key.pem"));
        std::fs::write(&certificate, made.cert.pem()).unwrap();
        std::fs::write(&key, made.signing_key.serialize_pem()).unwrap();
        let mut child = Command::new(python)
            .args([SERVER.as_ref(), how.as_ref(), certificate.as_os_str(), key.as_os_str()])
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let port = lines.next().unwrap().unwrap();
        Some(Self { child, lines, port, certificate, _folder: folder })
    }

    fn mail(&self, url: &str, trusted: bool) -> Mail {
        let url = url.replace("PORT", &self.port);
        let authority = trusted.then(|| self.certificate.clone());
        Mail::new(&MailConfig { url, from: "门牌 <noreply@menpai.example>".into(), authority }).unwrap()
    }

    fn next(&mut self) -> Value {
        serde_json::from_str(&self.lines.next().unwrap().unwrap()).unwrap()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn message(to: &str) -> Outgoing {
    Outgoing {
        id: 7,
        to: to.into(),
        template: "notice".into(),
        lang: "zh-CN",
        params: Value::Null,
        subject: "门牌：你有一条新通知".into(),
        text: "登录后查看：https://menpai.example/notices\n𠮷".into(),
    }
}

#[tokio::test]
async fn a_mail_arrives_whole_in_plain_text_on_an_own_network() {
    let Some(mut server) = Server::start("plain") else { return };
    server.mail("smtp://localhost:PORT?tls=none", false).send(&message("lin@example.com")).await.unwrap();
    let got = server.next();
    assert_eq!(got["to"], serde_json::json!(["lin@example.com"]));
    assert_eq!(got["subject"], "门牌：你有一条新通知");
    assert_eq!(got["text"].as_str().unwrap().trim_end(), "登录后查看：https://menpai.example/notices\n𠮷");
    assert_eq!((&got["id"], &got["tls"]), (&Value::from("<menpai-7@menpai.example>"), &Value::from(false)));
}

#[tokio::test]
async fn the_connection_is_encrypted_and_the_password_given_where_the_server_asks() {
    for (how, url) in
        [("starttls", "smtp://menpai:p%40ss+w@localhost:PORT"), ("tls", "smtps://menpai:p%40ss+w@localhost:PORT")]
    {
        let Some(mut server) = Server::start(how) else { return };
        server.mail(url, true).send(&message("lin@example.com")).await.unwrap();
        assert_eq!(server.next()["tls"], true, "{how}");
        let wrong = server.mail(&url.replace("p%40ss", "other"), true).send(&message("lin@example.com")).await;
        assert_eq!(wrong, Err(Failure::never("smtp 535")), "{how}");
    }
    // A certificate nobody vouches for, and no encryption where we insist on it. The server is given up by a stranger's
    // handshake, so each has its own.
    let Some(server) = Server::start("tls") else { return };
    let url = "smtps://menpai:p%40ss+w@localhost:PORT";
    let stranger = server.mail(url, false).send(&message("lin@example.com")).await;
    assert!(matches!(&stranger, Err(Failure::Later(_))), "{stranger:?}");
    let Some(plain) = Server::start("plain") else { return };
    let insisted = plain.mail("smtp://menpai:pass@localhost:PORT", true).send(&message("lin@example.com")).await;
    assert!(matches!(&insisted, Err(Failure::Later(_) | Failure::Never(_))), "{insisted:?}");
}

#[tokio::test]
async fn a_refused_address_is_never_tried_again_and_not_repeated() {
    let Some(server) = Server::start("plain") else { return };
    let mail = server.mail("smtp://localhost:PORT?tls=none", false);
    assert_eq!(mail.send(&message("unknown@example.com")).await, Err(Failure::never("smtp 550")));
    assert_eq!(mail.send(&message("full@example.com")).await, Err(Failure::later("smtp 452")));
    for bad in ["nobody", "a@b\r\nBcc: all@example.com", ""] {
        assert_eq!(mail.send(&message(bad)).await, Err(Failure::never("not a mail address")), "{bad:?}");
    }
}

#[tokio::test]
async fn nobody_at_home_is_tried_again() {
    let config = MailConfig {
        url: "smtp://127.0.0.1:9?tls=none".into(),
        from: "noreply@menpai.example".into(),
        authority: None,
    };
    let refused = Mail::new(&config).unwrap().send(&message("lin@example.com")).await;
    assert_eq!(refused, Err(Failure::later("no connection")));
}

//! Mail by SMTP.

use crate::{Failure, Gateway, Outgoing, Unusable};
use futures::FutureExt;
use futures::future::BoxFuture;
use lettre::message::header::ContentType;
use lettre::message::{Mailbox, header};
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Certificate, Tls, TlsParameters};
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use percent_encoding::percent_decode_str;
use std::path::PathBuf;
use std::time::Duration;
use url::Url;

/// To connect.
const PATIENCE: Duration = Duration::from_secs(10);
/// From greeting to the last answer: a server that says nothing must not hold a message for ever.
const WHOLE: Duration = Duration::from_secs(30);

/// Where mail goes.
#[derive(Clone, Debug, Default)]
pub struct MailConfig {
    /// `smtps://user:password@host:465` (TLS from the first byte), `smtp://user:password@host:587` (STARTTLS, which
    /// must succeed), or `smtp://host:25?tls=none` without encryption, which takes no password.
    pub url: String,
    /// Who it is from, such as `门牌 <noreply@menpai.example>`.
    pub from: String,
    /// Certificates trusted besides the usual ones (PEM).
    pub authority: Option<PathBuf>,
}

/// The gateway of mail.
pub struct Mail {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
    host: String,
}

impl std::fmt::Debug for Mail {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Mail({})", self.host)
    }
}

impl Mail {
    /// Makes ready; connects when something is sent.
    ///
    /// # Errors
    /// An address that is none, a password without encryption, a sender that is none, an unreadable file.
    pub fn new(config: &MailConfig) -> Result<Self, Unusable> {
        let wrong = |what: &str| Unusable(what.to_owned());
        // The library's own words may repeat the address with its password.
        let url = Url::parse(&config.url).map_err(|_| wrong("not an address: smtps://user:password@host:465"))?;
        let host = url.host_str().ok_or_else(|| wrong("the address names no host"))?.to_owned();
        let option = url.query_pairs().find(|(name, _)| name == "tls").map(|(_, value)| value.into_owned());
        let decoded = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
        let password = url.password().map(decoded);
        let parameters = || -> Result<TlsParameters, Unusable> {
            let mut builder = TlsParameters::builder(host.clone());
            if let Some(path) = &config.authority {
                let file = std::fs::read(path).map_err(|error| Unusable(format!("{}: {error}", path.display())))?;
                let own = Certificate::from_pem(&file)
                    .map_err(|_| Unusable(format!("{}: not a certificate", path.display())))?;
                builder = builder.add_root_certificate(own);
            }
            builder.build().map_err(|error| Unusable(error.to_string()))
        };
        let (tls, port) = match (url.scheme(), option.as_deref()) {
            ("smtps", None) => (Tls::Wrapper(parameters()?), 465),
            ("smtp", None) => (Tls::Required(parameters()?), 587),
            ("smtp", Some("none")) if password.is_some() => {
                return Err(wrong("a password is not sent without encryption: use smtps, or smtp with STARTTLS"));
            }
            ("smtp", Some("none")) => (Tls::None, 25),
            _ => return Err(wrong("use smtps://…, smtp://… or smtp://…?tls=none")),
        };
        let from = config.from.parse().map_err(|_| wrong("the sender is not an address"))?;
        let mut builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(host.clone())
            .port(url.port().unwrap_or(port))
            .timeout(Some(PATIENCE))
            .tls(tls);
        if let Some(password) = password {
            builder = builder.credentials(Credentials::new(decoded(url.username()), password));
        }
        Ok(Self { transport: builder.build(), from, host })
    }

    fn written(&self, message: &Outgoing) -> Result<Message, Failure> {
        let Outgoing { id, to, subject, text, .. } = message;
        let to: Mailbox = to.parse().map_err(|_| Failure::never("not a mail address"))?;
        let domain = self.from.email.domain();
        Message::builder()
            .from(self.from.clone())
            .to(to)
            .subject(subject.clone())
            // The same for every try: who gets it twice sees it once.
            .message_id(Some(format!("<menpai-{id}@{domain}>")))
            .date_now()
            .header(ContentType::TEXT_PLAIN)
            .header(header::ContentTransferEncoding::Base64)
            .body(text.clone())
            .map_err(|_| Failure::never("cannot be written as a mail"))
    }

    async fn post(&self, message: &Outgoing) -> Result<(), Failure> {
        let sent = tokio::time::timeout(WHOLE, self.transport.send(self.written(message)?)).await;
        let sent = sent.map_err(|_| Failure::later("timed out"))?;
        sent.map(drop).map_err(|error| {
            // The words of the other side may repeat the address: its number says enough.
            let why = match error.status() {
                Some(code) => format!("smtp {code}"),
                None if error.is_tls() => "no trusted TLS connection".to_owned(),
                None if error.is_timeout() => "timed out".to_owned(),
                None => "no connection".to_owned(),
            };
            if error.is_permanent() { Failure::never(why) } else { Failure::later(why) }
        })
    }
}

impl Gateway for Mail {
    fn send<'a>(&'a self, message: &'a Outgoing) -> BoxFuture<'a, Result<(), Failure>> {
        self.post(message).boxed()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mail(url: &str) -> Result<Mail, Unusable> {
        Mail::new(&MailConfig { url: url.into(), from: "门牌 <noreply@menpai.example>".into(), authority: None })
    }

    #[tokio::test]
    async fn an_address_without_encryption_takes_no_password_and_errors_do_not_repeat_it() {
        assert!(mail("smtps://u:p%40ss@mail.example").is_ok());
        assert!(mail("smtp://u:p@mail.example:2525").is_ok());
        assert!(mail("smtp://127.0.0.1:25?tls=none").is_ok());
        for bad in ["smtp://u:s3cret@h?tls=none", "http://u:s3cret@h", "s3cret", "smtp://u:s3cret@h?tls=maybe"] {
            let refused = mail(bad).unwrap_err().to_string();
            assert!(!refused.contains("s3cret"), "{refused}");
        }
        let config = MailConfig { url: "smtps://h".into(), from: "nobody".into(), authority: None };
        assert!(Mail::new(&config).is_err());
    }
}

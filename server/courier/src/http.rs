//! One POST to an address the operator configured: bounded in time and size, no redirect is followed, and nothing
//! inside the operator's network is reached unless that was allowed. The address that is looked up is the one that is
//! connected to, so that a name cannot change its meaning in between.

use crate::private::is_public;
use crate::{Failure, Unusable};
use http::header::{CONTENT_LENGTH, CONTENT_TYPE, HOST, USER_AGENT};
use http::{HeaderValue, Request};
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::Bytes;
use hyper_util::rt::TokioIo;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpStream, lookup_host};
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::crypto::ring::default_provider;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::{ClientConfig, RootCertStore};
use url::Url;

/// All of it: looking up, connecting, sending, reading.
const PATIENCE: Duration = Duration::from_secs(10);
/// No honest answer is longer.
const ANSWER_BYTES: usize = 64 << 10;

/// What came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// The body, at most 64 kB.
    pub body: Bytes,
}

/// Posts to one address.
#[derive(Clone)]
pub struct Client {
    url: Url,
    host: String,
    port: u16,
    private: bool,
    patience: Duration,
    tls: Option<TlsConnector>,
}

impl std::fmt::Debug for Client {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Client({}:{})", self.host, self.port)
    }
}

impl Client {
    /// A client of this address. `private` allows addresses of the operator's own network; `authority` is a file
    /// (PEM) with certificates that are trusted besides the usual ones.
    ///
    /// # Errors
    /// Plain `http` to anything but an own network, other schemes, a name or password in the address, an unreadable
    /// file.
    pub fn new(url: &str, private: bool, authority: Option<&Path>) -> Result<Self, Unusable> {
        let url = Url::parse(url).map_err(|error| Unusable(format!("not an address: {error}")))?;
        let secure = match url.scheme() {
            "https" => true,
            "http" if private => false,
            "http" => return Err(Unusable("plain http is only for an own network: use https".into())),
            other => return Err(Unusable(format!("{other} is not spoken here: use https"))),
        };
        if !url.username().is_empty() || url.password().is_some() {
            return Err(Unusable("a name or password has no place in the address: use the key".into()));
        }
        let host = url.host_str().ok_or_else(|| Unusable("the address names no host".into()))?;
        let host = host.trim_matches(['[', ']']).to_owned();
        let port = url.port_or_known_default().unwrap_or(443);
        let tls = secure.then(|| connector(authority)).transpose()?;
        Ok(Self { url, host, port, private, patience: PATIENCE, tls })
    }

    /// The same with less patience.
    #[must_use]
    pub fn patience(mut self, patience: Duration) -> Self {
        self.patience = patience;
        self
    }

    /// Posts JSON with these further headers.
    ///
    /// # Errors
    /// `Later` for anything that may be otherwise the next time; `Never` for an address that must not be reached.
    pub async fn post(&self, headers: &[(&'static str, String)], body: Vec<u8>) -> Result<Answer, Failure> {
        timeout(self.patience, self.exchange(headers, body)).await.map_err(|_| Failure::later("timed out"))?
    }

    async fn exchange(&self, headers: &[(&'static str, String)], body: Vec<u8>) -> Result<Answer, Failure> {
        let stream = TcpStream::connect(self.address().await?).await.map_err(|_| Failure::later("no connection"))?;
        match &self.tls {
            None => self.ask(TokioIo::new(stream), headers, body).await,
            Some(tls) => {
                let name = ServerName::try_from(self.host.clone()).map_err(|_| Failure::never("not a host name"))?;
                let stream =
                    tls.connect(name, stream).await.map_err(|_| Failure::later("no trusted TLS connection"))?;
                self.ask(TokioIo::new(stream), headers, body).await
            }
        }
    }

    /// The first address of the host that may be reached.
    async fn address(&self) -> Result<SocketAddr, Failure> {
        let found = lookup_host((self.host.as_str(), self.port)).await.map_err(|_| Failure::later("no such host"))?;
        let (mut any, mut found) = (false, found.inspect(|_| ()));
        let fits = found.find(|at| {
            any = true;
            self.private || is_public(at.ip())
        });
        match fits {
            Some(at) => Ok(at),
            None if any => Err(Failure::never("an address of an own network, which is not allowed")),
            None => Err(Failure::later("no such host")),
        }
    }

    async fn ask<S>(
        &self,
        io: TokioIo<S>,
        headers: &[(&'static str, String)],
        body: Vec<u8>,
    ) -> Result<Answer, Failure>
    where
        TokioIo<S>: hyper::rt::Read + hyper::rt::Write + Unpin + Send + 'static,
    {
        let (mut sender, connection) =
            hyper::client::conn::http1::handshake(io).await.map_err(|_| Failure::later("no HTTP"))?;
        let path = self.url[url::Position::BeforePath..url::Position::AfterQuery].to_owned();
        let authority = self.url[url::Position::BeforeHost..url::Position::AfterPort].to_owned();
        let mut request = Request::post(path)
            .header(HOST, authority)
            .header(USER_AGENT, "menpai")
            .header(CONTENT_TYPE, "application/json")
            .header(CONTENT_LENGTH, body.len());
        for (name, value) in headers {
            let value = HeaderValue::from_str(value).map_err(|_| Failure::never("not a header"))?;
            request = request.header(*name, value);
        }
        let request = request.body(Full::new(Bytes::from(body))).map_err(|_| Failure::never("not a request"))?;
        let exchange = async {
            let answer = sender.send_request(request).await.map_err(|_| Failure::later("the connection broke"))?;
            let status = answer.status().as_u16();
            let body = Limited::new(answer.into_body(), ANSWER_BYTES).collect().await;
            let body = body.map_err(|_| Failure::later("the answer is too long or broke off"))?.to_bytes();
            Ok(Answer { status, body })
        };
        tokio::pin!(exchange);
        let mut connection = Box::pin(connection);
        tokio::select! {
            answer = &mut exchange => answer,
            // The connection may be done before its last bytes were read.
            _ = &mut connection => exchange.await,
        }
    }
}

fn connector(authority: Option<&Path>) -> Result<TlsConnector, Unusable> {
    let mut roots = RootCertStore::empty();
    roots.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
    if let Some(path) = authority {
        let wrong = |error: &dyn std::fmt::Display| Unusable(format!("{}: {error}", path.display()));
        for certificate in CertificateDer::pem_file_iter(path).map_err(|error| wrong(&error))? {
            roots.add(certificate.map_err(|error| wrong(&error))?).map_err(|error| wrong(&error))?;
        }
    }
    let config = ClientConfig::builder_with_provider(Arc::new(default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|error| Unusable(error.to_string()))?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(TlsConnector::from(Arc::new(config)))
}

//! What the operator can set about the gate, and why it may refuse to open.

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;

use ipnet::IpNet;

use crate::peer;

/// How the gate stands: where it listens, whom it believes and how much it takes.
#[derive(Clone, Debug)]
pub struct GateConfig {
    /// Where to listen; port 0 lets the system choose.
    pub addr: SocketAddr,
    /// Certificate and key; `None` means plain HTTP, see [`GateError::PlainHttpOutside`].
    pub tls: Option<TlsFiles>,
    /// Proxies that may name the client, and the only outsiders heard over plain HTTP.
    pub trusted_proxies: Vec<IpNet>,
    /// A connection that has not sent a whole request head for this long is closed; it also bounds
    /// the TLS handshake and the rest between two requests.
    pub header_timeout: Duration,
    /// Largest request body in bytes, unless an [`Allowance`] says otherwise.
    pub body_limit: usize,
    /// A handler that has not begun to answer by then is stopped, and a client that takes nothing
    /// of its answer for this long is cut off (the latter on Linux).
    pub request_timeout: Duration,
    /// Paths with limits of their own, such as uploads; the first match counts.
    pub allowances: Vec<Allowance>,
    /// Open connections, upgraded ones included.
    pub max_connections: usize,
    /// Open connections of one address (of one /64 in IPv6); trusted proxies are exempt.
    pub max_connections_per_ip: usize,
    /// How long requests under way may take to finish once the server stops.
    pub shutdown_grace: Duration,
    /// Where Prometheus reads `/metrics`: an address of the inside network. `/healthz` answers
    /// there too, however crowded the front is.
    pub metrics_addr: Option<SocketAddr>,
    /// The address people type, such as `https://menpai.example`; needed when a proxy rewrites `Host`.
    pub public_origin: Option<String>,
}

/// PEM files of the certificate chain and its private key.
#[derive(Clone, Debug)]
pub struct TlsFiles {
    /// The chain, the server's own certificate first.
    pub cert: PathBuf,
    /// The private key (PKCS#8, PKCS#1 or SEC1).
    pub key: PathBuf,
}

/// Other limits for the paths that begin with a prefix.
#[derive(Clone, Debug)]
pub struct Allowance {
    /// Beginning of the path, such as `/upload/`.
    pub prefix: String,
    /// Largest request body in bytes.
    pub body_limit: usize,
    /// Time until the handler must have begun to answer, reading the body included.
    pub request_timeout: Duration,
}

/// Why the gate did not open.
#[derive(Debug, thiserror::Error)]
pub enum GateError {
    /// Plain HTTP is for this machine or for a named proxy; elsewhere passwords would be readable.
    #[error(
        "{0} would serve plain HTTP to the network: give a certificate, listen on 127.0.0.1, or name the trusted proxy in front"
    )]
    PlainHttpOutside(SocketAddr),
    /// The address is taken or not ours.
    #[error("cannot listen on {addr}: {source}")]
    Bind {
        /// The address asked for.
        addr: SocketAddr,
        /// What the system said.
        source: io::Error,
    },
    /// The certificate or the key cannot be read, or they do not belong together.
    #[error("certificate {} with key {}: {reason}", files.cert.display(), files.key.display())]
    Tls {
        /// The files asked for.
        files: TlsFiles,
        /// What is wrong with them.
        reason: String,
    },
}

impl GateConfig {
    /// Plain HTTP at `addr` with the default limits, believing no proxy.
    pub fn at(addr: SocketAddr) -> Self {
        Self {
            addr,
            tls: None,
            trusted_proxies: Vec::new(),
            header_timeout: Duration::from_secs(10),
            body_limit: 2 * 1024 * 1024,
            request_timeout: Duration::from_secs(30),
            allowances: Vec::new(),
            max_connections: 4096,
            max_connections_per_ip: 256,
            shutdown_grace: Duration::from_secs(15),
            metrics_addr: None,
            public_origin: None,
        }
    }

    /// Whether people reach the server over HTTPS, here or at the proxy in front.
    pub fn secure(&self) -> bool {
        self.tls.is_some() || self.public_origin.as_ref().is_some_and(|origin| origin.starts_with("https://"))
    }

    pub(crate) fn check(&self) -> Result<(), GateError> {
        let hidden = self.addr.ip().is_loopback() || !self.trusted_proxies.is_empty();
        if self.tls.is_some() || hidden { Ok(()) } else { Err(GateError::PlainHttpOutside(self.addr)) }
    }

    /// Whether a socket from `ip` is heard at all.
    pub(crate) fn hears(&self, ip: IpAddr) -> bool {
        self.tls.is_some() || ip.is_loopback() || self.trusts(ip)
    }

    pub(crate) fn trusts(&self, ip: IpAddr) -> bool {
        peer::within(&self.trusted_proxies, ip)
    }

    /// Body limit in bytes and time limit for a path.
    pub(crate) fn limits(&self, path: &str) -> (usize, Duration) {
        self.allowances
            .iter()
            .find(|allowance| path.starts_with(&allowance.prefix))
            .map_or((self.body_limit, self.request_timeout), |a| (a.body_limit, a.request_timeout))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(addr: &str) -> GateConfig {
        GateConfig::at(addr.parse().unwrap())
    }

    #[test]
    fn plain_http_on_the_network_is_refused() {
        assert!(matches!(at("0.0.0.0:80").check(), Err(GateError::PlainHttpOutside(_))));
        assert!(matches!(at("[::]:80").check(), Err(GateError::PlainHttpOutside(_))));
        assert!(at("127.0.0.1:80").check().is_ok());
        assert!(at("[::1]:80").check().is_ok());
    }

    #[test]
    fn behind_a_named_proxy_only_the_proxy_and_this_machine_are_heard() {
        let mut cfg = at("0.0.0.0:80");
        cfg.trusted_proxies = vec!["10.1.0.0/16".parse().unwrap()];
        assert!(cfg.check().is_ok());
        assert!(cfg.hears("10.1.2.3".parse().unwrap()));
        assert!(cfg.hears("127.0.0.1".parse().unwrap()));
        assert!(!cfg.hears("10.2.0.1".parse().unwrap()));
    }

    #[test]
    fn an_allowance_holds_for_its_paths_only() {
        let mut cfg = at("127.0.0.1:80");
        let minute = Duration::from_secs(60);
        cfg.allowances.push(Allowance { prefix: "/upload/".into(), body_limit: 7, request_timeout: minute });
        assert_eq!(cfg.limits("/upload/photo"), (7, minute));
        assert_eq!(cfg.limits("/api/upload/photo"), (cfg.body_limit, cfg.request_timeout));
    }
}

//! TLS, and HTTP/2 over it.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode, Version};
use axum::routing::get;
use gate::{GateConfig, GateError, TlsFiles};
use hyper_util::rt::{TokioExecutor, TokioIo};
use rcgen::{CertifiedKey, generate_simple_self_signed};
use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use tokio_rustls::rustls::crypto::ring::default_provider;
use tokio_rustls::rustls::pki_types::CertificateDer;
use tokio_rustls::rustls::{
    CipherSuite, ClientConfig, ProtocolVersion, RootCertStore, SupportedProtocolVersion, version,
};

use crate::ground::{Ground, SHORT, assert_status, open, request, rest, within};

struct Secured {
    ground: Ground,
    certificate: CertificateDer<'static>,
    _files: TempDir,
}

async fn secured(set: impl FnOnce(&mut GateConfig)) -> Secured {
    let folder = tempfile::tempdir().unwrap();
    let (files, certificate) = certify(folder.path());
    let ground = open(Router::new().route("/", get(async || "hello")), |cfg| {
        cfg.tls = Some(files);
        set(cfg);
    })
    .await;
    Secured { ground, certificate, _files: folder }
}

fn certify(folder: &Path) -> (TlsFiles, CertificateDer<'static>) {
    let CertifiedKey { cert, signing_key } = generate_simple_self_signed(["menpai.cn".to_owned()]).unwrap();
    let files = TlsFiles { cert: folder.join("cert.pem"), key: folder.join("key.pem") };
    fs::write(&files.cert, cert.pem()).unwrap();
    fs::write(&files.key, signing_key.serialize_pem()).unwrap();
    (files, cert.der().clone())
}

impl Secured {
    async fn shake_hands(&self, protocol: &str) -> TlsStream<TcpStream> {
        self.shake_hands_in(protocol, &[&version::TLS13, &version::TLS12]).await
    }

    async fn shake_hands_in(
        &self,
        protocol: &str,
        versions: &[&'static SupportedProtocolVersion],
    ) -> TlsStream<TcpStream> {
        let mut roots = RootCertStore::empty();
        roots.add(self.certificate.clone()).unwrap();
        let mut config = ClientConfig::builder_with_provider(Arc::new(default_provider()))
            .with_protocol_versions(versions)
            .unwrap()
            .with_root_certificates(roots)
            .with_no_client_auth();
        config.alpn_protocols = vec![protocol.into()];
        let name = "menpai.cn".try_into().unwrap();
        TlsConnector::from(Arc::new(config)).connect(name, self.ground.connect().await).await.unwrap()
    }
}

#[tokio::test]
async fn a_browser_shakes_hands_and_is_told_to_stay_on_https() {
    let secured = secured(|_| {}).await;
    let mut stream = secured.shake_hands("http/1.1").await;
    stream.write_all(request("GET / HTTP/1.1", "", "close").as_bytes()).await.unwrap();
    let answer = rest(&mut stream).await;
    assert_status(&answer, 200);
    assert!(answer.contains("strict-transport-security: max-age=31536000"));
    assert!(answer.ends_with("hello"));
}

#[tokio::test]
async fn http2_is_spoken_and_a_resting_connection_is_closed() {
    let secured = secured(|cfg| cfg.header_timeout = SHORT).await;
    let io = TokioIo::new(secured.shake_hands("h2").await);
    let (mut sender, connection) = hyper::client::conn::http2::handshake(TokioExecutor::new(), io).await.unwrap();
    let connection = tokio::spawn(connection);
    let request = Request::get("https://menpai.cn/").body(Body::empty()).unwrap();
    let answer = within(sender.send_request(request)).await.unwrap();
    assert_eq!((answer.version(), answer.status()), (Version::HTTP_2, StatusCode::OK));
    // The sender is kept, so only the gate can end the connection.
    assert!(within(connection).await.unwrap().is_ok());
    assert!(sender.is_closed());
}

#[tokio::test]
async fn a_handshake_that_never_comes_is_given_up() {
    let secured = secured(|cfg| cfg.header_timeout = SHORT).await;
    assert_eq!(rest(&mut secured.ground.connect().await).await, "");
}

#[tokio::test]
async fn a_missing_or_foreign_key_keeps_the_gate_shut_and_is_named() {
    let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (right, foreign) = (certify(one.path()).0, certify(two.path()).0);
    for key in [foreign.key, one.path().join("absent.pem")] {
        let mut cfg = GateConfig::at(([127, 0, 0, 1], 0).into());
        cfg.tls = Some(TlsFiles { cert: right.cert.clone(), key: key.clone() });
        let opened = gate::serve(Router::new(), cfg, |_| panic!("it opened"), std::future::pending()).await;
        let error = opened.unwrap_err();
        assert!(matches!(error, GateError::Tls { .. }));
        assert!(error.to_string().contains(key.to_str().unwrap()));
    }
}

/// The first message of a client that speaks no newer version than `version` and offers these ciphers alone.
fn hello(version: [u8; 2], ciphers: &[u16]) -> Vec<u8> {
    fn sized(length: usize, body: &[u8]) -> Vec<u8> {
        [&u32::try_from(body.len()).unwrap().to_be_bytes()[4 - length..], body].concat()
    }
    let extension = |number: u16, body: &[u8]| [&number.to_be_bytes()[..], &sized(2, body)].concat();
    let ciphers: Vec<u8> = ciphers.iter().flat_map(|cipher| cipher.to_be_bytes()).collect();
    let extensions = [
        extension(10, &sized(2, &[0, 23, 0, 24, 0, 29])), // groups: P-256, P-384, X25519
        extension(11, &sized(1, &[0])),                   // points written in full
        extension(13, &sized(2, &[4, 3, 5, 3, 8, 4, 4, 1])), // signatures: ECDSA and RSA with SHA-2
    ];
    let body = [
        &version[..],
        &[7; 32],
        &sized(1, &[]),
        &sized(2, &ciphers),
        &sized(1, &[0]),
        &sized(2, &extensions.concat()),
    ]
    .concat();
    [&[22, 3, 1][..], &sized(2, &[&[1][..], &sized(3, &body)].concat())].concat()
}

#[tokio::test]
async fn old_versions_and_weak_ciphers_get_an_alert_and_no_handshake() {
    const ALERT: u8 = 21;
    const HANDSHAKE: u8 = 22;
    let secured = secured(|_| {}).await;
    let first = async |version: [u8; 2], ciphers: &[u16]| {
        let mut stream = secured.ground.connect().await;
        stream.write_all(&hello(version, ciphers)).await.unwrap();
        within(stream.read_u8()).await.unwrap()
    };
    // ECDHE with AES-GCM in TLS 1.2: what follows fails for its version or its ciphers, not for its form.
    assert_eq!(first([3, 3], &[0xC02B]).await, HANDSHAKE);
    for (old, name) in [([3, 0], "SSL 3"), ([3, 1], "TLS 1.0"), ([3, 2], "TLS 1.1")] {
        assert_eq!(first(old, &[0xC02B, 0xC009, 0x002F]).await, ALERT, "{name}");
    }
    for (weak, name) in [
        (0x002F, "RSA with AES-CBC"),
        (0x009C, "RSA with AES-GCM: no forward secrecy"),
        (0xC009, "ECDHE with AES-CBC and SHA-1"),
        (0x000A, "triple DES"),
        (0x0005, "RC4"),
        (0x0001, "no encryption"),
        (0x0018, "nobody's certificate"),
    ] {
        assert_eq!(first([3, 3], &[weak]).await, ALERT, "{name}");
    }
    for (only, spoken) in [(&version::TLS12, ProtocolVersion::TLSv1_2), (&version::TLS13, ProtocolVersion::TLSv1_3)] {
        let stream = secured.shake_hands_in("http/1.1", &[only]).await;
        let connection = stream.get_ref().1;
        assert_eq!(connection.protocol_version(), Some(spoken));
        let cipher = connection.negotiated_cipher_suite().unwrap().suite();
        let name = format!("{cipher:?}");
        assert!(name.contains("GCM") || name.contains("CHACHA20"), "{name}");
        assert_ne!(cipher, CipherSuite::TLS_NULL_WITH_NULL_NULL);
    }
}

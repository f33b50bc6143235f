//! TLS to a real PostgreSQL, whose certificates are made here. Without `MENPAI_TEST_POSTGRES` the test says so and passes.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

use rcgen::{CertificateParams, DnType, IsCa, Issuer, KeyPair};
use sea_orm::sqlx::{self, Connection, PgConnection, Row};
use std::path::{Path, PathBuf};
use store::{Db, Location};

/// Somebody who signs certificates.
struct Authority {
    issuer: Issuer<'static, KeyPair>,
    file: PathBuf,
}

impl Authority {
    fn new(folder: &Path, name: &str) -> Self {
        let mut params = CertificateParams::new(vec![]).unwrap();
        params.distinguished_name.push(DnType::CommonName, name);
        params.is_ca = IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
        let key = KeyPair::generate().unwrap();
        let file = folder.join(format!("{name}.pem"));
        std::fs::write(&file, params.self_signed(&key).unwrap().pem()).unwrap();
        Self { issuer: Issuer::new(params, key), file }
    }

    /// A certificate for these names, with its key, both PEM.
    fn certificate(&self, common: &str, names: &[&str]) -> (String, String) {
        let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        let mut params = CertificateParams::new(names).unwrap();
        params.distinguished_name.push(DnType::CommonName, common);
        let key = KeyPair::generate().unwrap();
        (params.signed_by(&key, &self.issuer).unwrap().pem(), key.serialize_pem())
    }
}

/// Writes a file into the server's data folder, as the server, for its eyes only.
async fn put(admin: &mut PgConnection, name: &str, pem: &str) {
    let quoted = pem.trim().replace('\'', "''");
    let sql = format!(
        "COPY (SELECT unnest(string_to_array('{quoted}', E'\\n'))) TO PROGRAM 'umask 077 && cat > {name}' WITH (FORMAT csv)"
    );
    run(admin, &sql).await;
}

async fn run(admin: &mut PgConnection, sql: &str) {
    sqlx::raw_sql(sqlx::AssertSqlSafe(sql.to_owned())).execute(admin).await.unwrap();
}

/// The server takes settings in a moment after it was told to.
async fn reload(admin: &mut PgConnection, ssl: &str) {
    run(admin, "SELECT pg_reload_conf()").await;
    for _ in 0..100 {
        let now: String = sqlx::query_scalar("SHOW ssl").fetch_one(&mut *admin).await.unwrap();
        if now == ssl {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("ssl is not {ssl}");
}

#[tokio::test]
async fn only_a_server_whose_certificate_is_right_is_spoken_to() {
    #[expect(clippy::disallowed_methods, reason = "where the test's PostgreSQL is")]
    let Ok(server) = std::env::var("MENPAI_TEST_POSTGRES") else {
        eprintln!("skipped: MENPAI_TEST_POSTGRES names no PostgreSQL");
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let (ours, stranger) = (Authority::new(folder.path(), "ours"), Authority::new(folder.path(), "stranger"));
    let mut admin = PgConnection::connect(&server).await.unwrap();
    let open = async |options: &str| {
        let at = Location { folder: folder.path().join("data"), url: Some(format!("{server}?{options}")) };
        Db::open_and_migrate(&at).await.map(drop).map_err(|error| error.to_string())
    };
    let trusted = format!("sslrootcert={}", ours.file.display());
    // A server without TLS, and one that nobody vouches for, are refused where a certificate is asked for.
    for mode in ["require", "verify-ca", "verify-full"] {
        assert!(open(&format!("sslmode={mode}&{trusted}")).await.is_err(), "{mode}: the server speaks no TLS");
    }
    let (certificate, key) = ours.certificate("menpai database", &["127.0.0.1"]);
    put(&mut admin, "tls_server.crt", &certificate).await;
    put(&mut admin, "tls_server.key", &key).await;
    put(&mut admin, "tls_clients.crt", &std::fs::read_to_string(&ours.file).unwrap()).await;
    for (name, value) in
        [("ssl_cert_file", "tls_server.crt"), ("ssl_key_file", "tls_server.key"), ("ssl_ca_file", "tls_clients.crt")]
    {
        run(&mut admin, &format!("ALTER SYSTEM SET {name} = '{value}'")).await;
    }
    run(&mut admin, "ALTER SYSTEM SET ssl = on").await;
    reload(&mut admin, "on").await;
    open(&format!("sslmode=verify-full&{trusted}")).await.unwrap();
    for options in
        ["sslmode=verify-full".to_owned(), format!("sslmode=verify-full&sslrootcert={}", stranger.file.display())]
    {
        assert!(open(&options).await.is_err(), "{options}: nobody we trust vouches for it");
    }
    // A certificate of the client reaches the server, which can ask for it instead of a password.
    let (certificate, key) = ours.certificate("menpai", &[]);
    let (cert_file, key_file) = (folder.path().join("client.crt"), folder.path().join("client.key"));
    std::fs::write(&cert_file, certificate).unwrap();
    std::fs::write(&key_file, key).unwrap();
    let (cert_file, key_file) = (cert_file.display(), key_file.display());
    let url = format!("{server}?sslmode=verify-full&{trusted}&sslcert={cert_file}&sslkey={key_file}");
    let mut client = PgConnection::connect(&url).await.unwrap();
    let sql = "SELECT ssl, client_dn FROM pg_stat_ssl WHERE pid = pg_backend_pid()";
    let row = sqlx::query(sql).fetch_one(&mut client).await.unwrap();
    let named: Option<String> = row.get("client_dn");
    assert!(row.get::<bool, _>("ssl") && named.is_some_and(|dn| dn.contains("CN=menpai")));
    // The right authority, another name.
    let (certificate, key) = ours.certificate("menpai database", &["db.example"]);
    put(&mut admin, "tls_server.crt", &certificate).await;
    put(&mut admin, "tls_server.key", &key).await;
    run(&mut admin, "SELECT pg_reload_conf()").await;
    tokio::time::sleep(std::time::Duration::from_secs(1)).await;
    assert!(open(&format!("sslmode=verify-full&{trusted}")).await.is_err(), "it is not the one that was asked for");
    open(&format!("sslmode=verify-ca&{trusted}")).await.unwrap();
    run(&mut admin, "ALTER SYSTEM RESET ALL").await;
    reload(&mut admin, "off").await;
}

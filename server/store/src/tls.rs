//! How the database is reached, judged by its address before anything is sent.

use sea_orm::sqlx::postgres::{PgConnectOptions, PgSslMode};
use std::net::IpAddr;
use std::str::FromStr;

/// Whether nobody in between can read or answer for the PostgreSQL server of an address: it is on this machine, by the
/// loopback address or a socket, or its certificate is checked (`sslmode=verify-full`; with `verify-ca` for any name).
/// `require` alone encrypts for whoever answers. An address that cannot be read is judged when it is opened.
pub fn is_guarded(url: &str) -> bool {
    let Ok(options) = PgConnectOptions::from_str(url) else { return true };
    let host = options.get_host();
    let here = options.get_socket().is_some()
        || host.starts_with('/')
        || host == "localhost"
        || host.trim_matches(['[', ']']).parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback());
    here || matches!(options.get_ssl_mode(), PgSslMode::VerifyFull | PgSslMode::VerifyCa)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_leaves_this_machine_is_checked() {
        for good in [
            "postgres://u:p@127.0.0.1/m",
            "postgres://u:p@localhost:5433/m",
            "postgres://u:p@[::1]/m",
            "postgres://u:p@%2Frun%2Fpostgresql/m",
            "postgres:///m?host=/run/postgresql&user=u",
            "postgres://u:p@db.example/m?sslmode=verify-full&sslrootcert=/etc/ca.pem",
            "postgres://u:p@10.0.0.8/m?sslmode=verify-ca",
        ] {
            assert!(is_guarded(good), "{good}");
        }
        for bad in [
            "postgres://u:p@db.example/m",
            "postgres://u:p@10.0.0.8/m?sslmode=disable",
            "postgres://u:p@db.example/m?sslmode=prefer",
            "postgres://u:p@db.example/m?sslmode=require",
            "postgres://u:p@localhost.example/m",
            "postgres://u:p@127.0.0.1/m?host=db.example",
        ] {
            assert!(!is_guarded(bad), "{bad}");
        }
    }
}

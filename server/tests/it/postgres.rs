//! The same commands on PostgreSQL, where `MENPAI_TEST_POSTGRES` names one.

use crate::menpai::{Firm, command, counts, end, homes};
use sqlx::{AssertSqlSafe, Connection, PgConnection};

/// Runs a statement on the server.
fn administer(server: &str, sql: String) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("starts");
    runtime.block_on(async {
        let mut admin = PgConnection::connect(server).await.expect("connects");
        sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut admin).await.expect("runs");
    });
}

#[test]
fn commands_work_on_postgresql_beside_a_server() {
    let Some(server) = std::env::var_os("MENPAI_TEST_POSTGRES") else { return };
    let server = server.into_string().expect("an address");
    let (head, _) = server.rsplit_once('/').expect("an address with a database");
    let names = ["first", "second"].map(|name| format!("commands_{}_{name}", std::process::id()));
    for name in &names {
        administer(&server, format!("CREATE DATABASE {name}"));
    }
    let [first, second] = names.each_ref().map(|name| format!("{head}/{name}"));
    let firm = Firm::new();
    let run = |words: &[&str]| {
        let mut command = firm.command(words);
        command.env("MENPAI_DATABASE_URL", &first);
        end(command)
    };
    assert_eq!(run(&["migrate"]).code, Some(0));
    assert!(!firm.data.join("menpai.db").exists() && firm.data.join("key").exists());
    std::fs::write(firm.data.join("menpai.toml"), format!("database_url = \"{first}\"\n")).expect("writes");
    let running = firm.serve();
    let (file, report) = (firm.file("a.csv", &homes(30)), firm.path("r.json"));
    let done = run(&["import", "listings", &file, "--city", "ningbo", "--report", &report]);
    assert_eq!((done.code, counts(&report)), (Some(0), [30, 30, 0, 0]), "{done:?}");
    assert_eq!(run(&["verify"]).code, Some(0));
    let backup = firm.path("b.tar");
    assert_eq!(run(&["backup", &backup]).code, Some(0));
    let restored = firm.path("restored");
    let words = ["--data-dir", &restored, "--database-url", &second];
    let restore = end(command(&[&["restore", &backup][..], &words].concat()));
    assert_eq!(restore.code, Some(0), "{restore:?}");
    let verified = end(command(&[&["verify"][..], &words].concat()));
    assert_eq!(verified.code, Some(0), "{verified:?}");
    let again = firm.path("again");
    let full = end(command(&["restore", &backup, "--data-dir", &again, "--database-url", &second]));
    assert_eq!(full.code, Some(3), "the database is full now: {full:?}");
    assert_eq!(running.stop(), Some(0));
    for name in names {
        administer(&server, format!("DROP DATABASE {name} WITH (FORCE)"));
    }
}

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

/// The account that serves is another one than the account that owns the tables.
#[test]
fn a_server_whose_account_owns_nothing_works_and_cannot_undo_the_trail() {
    let Some(server) = std::env::var_os("MENPAI_TEST_POSTGRES") else { return };
    let server = server.into_string().expect("an address");
    let (head, _) = server.rsplit_once('/').expect("an address with a database");
    let (name, role) = (format!("lesser_{}", std::process::id()), format!("server_{}", std::process::id()));
    administer(&server, format!("CREATE DATABASE {name}"));
    administer(&server, format!("CREATE ROLE {role} LOGIN PASSWORD 'lesser'"));
    let owned = format!("{head}/{name}");
    let place = owned.rsplit_once('@').expect("an address with a user").1.to_owned();
    let lesser = format!("postgres://{role}:lesser@{place}");
    let firm = Firm::new();
    let run = |url: &str, words: &[&str]| {
        let mut command = firm.command(words);
        command.env("MENPAI_DATABASE_URL", url);
        end(command)
    };
    assert_eq!(run(&owned, &["migrate"]).code, Some(0));
    let grants = format!(
        "GRANT USAGE, CREATE ON SCHEMA public TO {role}; \
         GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}"
    );
    administer(&owned, grants);
    std::fs::write(firm.data.join("menpai.toml"), format!("database_url = \"{lesser}\"\n")).expect("writes");
    let running = firm.serve();
    assert_eq!(running.get("/").0, 200);
    let file = firm.file("a.csv", &homes(5));
    let done = run(&lesser, &["import", "listings", &file, "--city", "ningbo"]);
    assert_eq!(done.code, Some(0), "{done:?}");
    assert_eq!(run(&lesser, &["verify"]).code, Some(0));
    assert_eq!(running.stop(), Some(0));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("starts");
    runtime.block_on(async {
        let mut account = PgConnection::connect(&lesser).await.expect("connects");
        for undoing in [
            "DROP TRIGGER audit_append_only ON audit",
            "ALTER TABLE audit DISABLE TRIGGER ALL",
            "DROP TABLE audit",
            "UPDATE audit SET actor = 'x'",
            "DELETE FROM audit",
            "TRUNCATE audit",
            "DELETE FROM reveal",
            "DROP FUNCTION refuse_change() CASCADE",
            "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$",
            "SET session_replication_role = replica",
            "CREATE ROLE other",
        ] {
            let refused = sqlx::raw_sql(undoing).execute(&mut account).await;
            assert!(refused.is_err(), "{undoing}");
        }
    });
    administer(&server, format!("DROP DATABASE {name} WITH (FORCE)"));
    administer(&server, format!("DROP ROLE {role}"));
}

//! A firm of its own for every test, on each engine.

use domain::access::Actor;
use services::Scope;
use sqlx::{Connection, PgConnection, Row, SqliteConnection};
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};
use store::{Db, Location};

/// A data folder, and on PostgreSQL a database.
pub struct Firm {
    pub at: Location,
    pub folder: tempfile::TempDir,
}

/// Runs a test on SQLite and, where there is one, on PostgreSQL.
pub async fn on_each_engine(test: impl AsyncFn(Firm)) {
    test(firm(None)).await;
    let Some(server) = std::env::var_os("MENPAI_TEST_POSTGRES") else { return };
    let server = server.into_string().expect("an address");
    let url = new_database(&server).await;
    test(firm(Some(url.clone()))).await;
    drop_database(&server, &url).await;
}

/// An empty PostgreSQL database beside the ones of the tests.
pub async fn new_database(server: &str) -> String {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let name = format!("test_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
    let mut admin = PgConnection::connect(server).await.expect("connects");
    sqlx::raw_sql(sqlx::AssertSqlSafe(format!("CREATE DATABASE {name}"))).execute(&mut admin).await.expect("creates");
    let (head, _) = server.rsplit_once('/').expect("an address with a database");
    format!("{head}/{name}")
}

pub async fn drop_database(server: &str, url: &str) {
    let name = url.rsplit('/').next().expect("a database");
    let mut admin = PgConnection::connect(server).await.expect("connects");
    let sql = format!("DROP DATABASE {name} WITH (FORCE)");
    sqlx::raw_sql(sqlx::AssertSqlSafe(sql)).execute(&mut admin).await.expect("drops");
}

fn firm(url: Option<String>) -> Firm {
    let folder = tempfile::tempdir().expect("a folder");
    Firm { at: Location { folder: folder.path().join("data"), url }, folder }
}

pub fn system() -> Actor {
    Actor::system("test")
}

pub fn scope() -> Scope {
    Scope::of(&system())
}

impl Firm {
    /// The database, made as `menpai migrate` makes it.
    pub async fn open(&self) -> Db {
        let db = Db::open_and_migrate(&self.at).await.expect("opens");
        store::verify::fit_key(&db, &scope()).await.expect("fits");
        db
    }

    /// Writes past every rule of the product.
    pub async fn damage(&self, sql: &str) {
        let sql = sqlx::AssertSqlSafe(sql.to_owned());
        match &self.at.url {
            None => {
                let mut db = SqliteConnection::connect(&self.sqlite()).await.expect("connects");
                sqlx::raw_sql("PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON")
                    .execute(&mut db)
                    .await
                    .expect("lets go");
                sqlx::raw_sql(sql).execute(&mut db).await.expect("damages");
                db.close().await.expect("closes");
            }
            Some(url) => {
                let mut db = PgConnection::connect(url).await.expect("connects");
                sqlx::raw_sql("SET session_replication_role = replica").execute(&mut db).await.expect("lets go");
                sqlx::raw_sql(sql).execute(&mut db).await.expect("damages");
            }
        }
    }

    /// Whether the database itself refuses a statement.
    pub async fn refuses(&self, sql: &str) -> bool {
        let sql = sqlx::AssertSqlSafe(sql.to_owned());
        match &self.at.url {
            None => {
                let mut db = SqliteConnection::connect(&self.sqlite()).await.expect("connects");
                sqlx::raw_sql(sql).execute(&mut db).await.is_err()
            }
            Some(url) => {
                let mut db = PgConnection::connect(url).await.expect("connects");
                sqlx::raw_sql(sql).execute(&mut db).await.is_err()
            }
        }
    }

    /// One whole number of the database.
    pub async fn number(&self, sql: &str) -> i64 {
        let sql = sqlx::AssertSqlSafe(sql.to_owned());
        match &self.at.url {
            None => {
                let mut db = SqliteConnection::connect(&self.sqlite()).await.expect("connects");
                sqlx::raw_sql(sql).fetch_one(&mut db).await.expect("answers").get(0)
            }
            Some(url) => {
                let mut db = PgConnection::connect(url).await.expect("connects");
                sqlx::raw_sql(sql).fetch_one(&mut db).await.expect("answers").get(0)
            }
        }
    }

    /// Everything that is stored: the bytes of the files, or every row of every table as text.
    pub async fn everything(&self) -> String {
        let Some(url) = &self.at.url else {
            let files = ["menpai.db", "menpai.db-wal"].map(|name| std::fs::read(self.at.folder.join(name)));
            let bytes: Vec<u8> = files.into_iter().flatten().flatten().collect();
            return String::from_utf8_lossy(&bytes).into_owned();
        };
        let mut db = PgConnection::connect(url).await.expect("connects");
        let tables = sqlx::raw_sql("SELECT tablename::text FROM pg_tables WHERE schemaname = 'public'");
        let mut all = String::new();
        for table in tables.fetch_all(&mut db).await.expect("answers") {
            let table: String = table.get(0);
            let sql =
                sqlx::AssertSqlSafe(format!("SELECT COALESCE(string_agg(t::text, ' '), '') FROM \"{table}\" t"));
            all += &sqlx::raw_sql(sql).fetch_one(&mut db).await.expect("answers").get::<String, _>(0);
        }
        all
    }

    /// A file beside the data folder.
    pub fn file(&self, name: &str, text: &str) -> PathBuf {
        let path = self.folder.path().join(name);
        std::fs::write(&path, text).expect("writes");
        path
    }

    fn sqlite(&self) -> String {
        format!("sqlite://{}", self.at.folder.join("menpai.db").display())
    }
}

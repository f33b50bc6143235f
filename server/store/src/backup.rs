//! Whole copies of a database, and databases made from copies: a file on SQLite, rows as JSON on PostgreSQL.

use crate::file::{Digest, digest};
use crate::{Db, Scope, StoreError, StoreResult};
use migrations::Migrator;
use sea_orm::{
    AccessMode, ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DatabaseTransaction, DbBackend,
    IsolationLevel, QueryResult, Statement, TransactionTrait, Value,
};
use sea_orm_migration::MigratorTrait;
use std::collections::BTreeMap;
use std::path::Path;

/// The SQLite database in a data folder.
pub const DATABASE: &str = "menpai.db";
/// The key file in a data folder.
pub const KEY: &str = "key";

/// Rows of each table.
pub type Counts = BTreeMap<String, i64>;

/// Rows fetched or put back at once.
const ROWS: usize = 1000;

/// The steps that have built this database's schema, oldest first.
pub async fn steps(db: &Db, _scope: &Scope) -> StoreResult<Vec<String>> {
    texts(&db.rows("SELECT version FROM seaql_migrations ORDER BY version", []).await?)
}

/// The steps that this program knows, oldest first.
pub fn known_steps() -> Vec<String> {
    Migrator::migrations().iter().map(|step| step.name().to_owned()).collect()
}

/// Copies the SQLite database into a file, consistent while others write. The file must be empty or absent.
pub async fn copy(db: &Db, _scope: &Scope, to: &Path) -> StoreResult<()> {
    // A connection of its own: the readers of `db` may not write, and its one writer must not wait for a copy.
    let folder = db.folder().join(DATABASE);
    let connection = sqlite(&folder, "rw").await?;
    let to = to.to_str().ok_or_else(|| {
        let path = to.display();
        StoreError::setup(format!("{path}：路径不是 UTF-8"), format!("{path}: not a UTF-8 path"))
    })?;
    let copied = connection
        .execute_raw(Statement::from_sql_and_values(DbBackend::Sqlite, "VACUUM INTO $1", [Value::from(to)]))
        .await;
    connection.close().await?;
    copied.map(|_| ()).map_err(Into::into)
}

/// Reads a copy through: the rows of each table.
///
/// # Errors
/// `Corrupt` when the copy is damaged.
pub async fn inspect(copy: &Path) -> StoreResult<Counts> {
    let connection = sqlite(copy, "ro").await?;
    let counts = count_sound(&connection).await;
    connection.close().await?;
    counts
}

/// The files that the rows of a copy speak of. A copy from before files has none.
pub async fn files(copy: &Path) -> StoreResult<Vec<Digest>> {
    let connection = sqlite(copy, "ro").await?;
    let found = async {
        let there = "SELECT name FROM sqlite_master WHERE type = 'table' AND name = 'file'";
        if rows(&connection, there, []).await?.is_empty() {
            return Ok(Vec::new());
        }
        addresses(&rows(&connection, FILES, []).await?)
    };
    let found = found.await;
    connection.close().await?;
    found
}

const FILES: &str = "SELECT digest FROM file ORDER BY digest";

fn addresses(rows: &[QueryResult]) -> StoreResult<Vec<Digest>> {
    let read = |row| digest(row, "digest")?.ok_or_else(|| StoreError::corrupt("a file without a digest"));
    rows.iter().map(read).collect()
}

async fn count_sound(connection: &DatabaseConnection) -> StoreResult<Counts> {
    let faults = "SELECT integrity_check FROM pragma_integrity_check WHERE integrity_check <> 'ok' \
                  UNION ALL SELECT \"table\" || ' refers to nothing' FROM pragma_foreign_key_check LIMIT 3";
    let faults = texts(&rows(connection, faults, []).await?)?;
    if !faults.is_empty() {
        return Err(StoreError::corrupt(faults.join("; ")));
    }
    let tables = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' \
                  AND name <> 'seaql_migrations' ORDER BY name";
    let mut counts = Counts::new();
    for table in texts(&rows(connection, tables, []).await?)? {
        let n = count(connection, &table).await?;
        counts.insert(table, n);
    }
    Ok(counts)
}

async fn sqlite(path: &Path, mode: &str) -> StoreResult<DatabaseConnection> {
    let mut options = ConnectOptions::new(format!("sqlite://copy?mode={mode}"));
    let path = path.to_owned();
    options.max_connections(1).sqlx_logging(false).map_sqlx_sqlite_opts(move |o| o.filename(&path));
    Database::connect(options).await.map_err(Into::into)
}

/// One consistent reading of a PostgreSQL database, whatever is written meanwhile.
#[derive(Debug)]
pub struct Snapshot(DatabaseTransaction);

impl Snapshot {
    /// Begins to read.
    pub async fn open(db: &Db, _scope: &Scope) -> StoreResult<Self> {
        let isolation = Some(IsolationLevel::RepeatableRead);
        Ok(Self(db.reader().begin_with_config(isolation, Some(AccessMode::ReadOnly)).await?))
    }

    /// The tables, each after those it refers to.
    pub async fn tables(&self) -> StoreResult<Vec<String>> {
        tables(&self.0).await
    }

    /// The files that rows speak of.
    pub async fn files(&self) -> StoreResult<Vec<Digest>> {
        addresses(&rows(&self.0, FILES, []).await?)
    }

    /// Hands out the rows of a table as JSON, one by one, and says how many they are.
    ///
    /// # Errors
    /// What `line` answers, too.
    pub async fn lines(&self, table: &str, mut line: impl FnMut(&str) -> StoreResult<()>) -> StoreResult<i64> {
        let cursor = format!("DECLARE lines NO SCROLL CURSOR FOR SELECT row_to_json(t)::text FROM {table} t");
        run(&self.0, &cursor).await?;
        let mut n = 0;
        loop {
            let fetched = texts(&rows(&self.0, &format!("FETCH {ROWS} FROM lines"), []).await?)?;
            if fetched.is_empty() {
                break;
            }
            for text in &fetched {
                line(text)?;
                n += 1;
            }
        }
        run(&self.0, "CLOSE lines").await?;
        Ok(n)
    }
}

/// An empty PostgreSQL database that is being filled from a copy: all of it, or nothing.
#[derive(Debug)]
pub struct Refill {
    transaction: DatabaseTransaction,
    schema: String,
}

impl Refill {
    /// Begins, with the schema that the copy was made of.
    ///
    /// # Errors
    /// `Setup` when the database has tables already.
    pub async fn begin(url: &str, steps: usize) -> StoreResult<Self> {
        let mut options = ConnectOptions::new(url.to_owned());
        options.max_connections(1).sqlx_logging(false);
        let transaction = Database::connect(options).await?.begin_with_config(None, None).await?;
        if !tables(&transaction).await?.is_empty() {
            return Err(StoreError::setup(
                "数据库不是空的：请恢复到新的数据库",
                "the database is not empty; restore into a new one",
            ));
        }
        Migrator::up(&transaction, Some(u32::try_from(steps).map_err(StoreError::corrupt)?)).await?;
        let schema = texts(&rows(&transaction, "SELECT current_schema()::text", []).await?)?;
        let schema = schema.into_iter().next().ok_or_else(|| StoreError::corrupt("no schema"))?;
        Ok(Self { transaction, schema })
    }

    /// The tables, each after those it refers to.
    pub async fn tables(&self) -> StoreResult<Vec<String>> {
        tables(&self.transaction).await
    }

    /// Puts the rows of a table back, as they were handed out.
    pub async fn put(&self, table: &str, lines: &[String]) -> StoreResult<()> {
        // With its schema: a table may be called like a type of the engine.
        let schema = &self.schema;
        let sql =
            format!("INSERT INTO {table} SELECT * FROM json_populate_recordset(NULL::{schema}.{table}, $1::json)");
        for lines in lines.chunks(ROWS) {
            let array = format!("[{}]", lines.join(","));
            self.transaction
                .execute_raw(Statement::from_sql_and_values(DbBackend::Postgres, sql.as_str(), [array.into()]))
                .await?;
        }
        Ok(())
    }

    /// How many rows a table has now.
    pub async fn count(&self, table: &str) -> StoreResult<i64> {
        count(&self.transaction, table).await
    }

    /// Keeps what was put back.
    pub async fn finish(self) -> StoreResult<()> {
        self.transaction.commit().await.map_err(Into::into)
    }
}

/// The tables of a PostgreSQL schema, each after those it refers to.
async fn tables(db: &impl ConnectionTrait) -> StoreResult<Vec<String>> {
    let sql = "SELECT tablename::text FROM pg_tables WHERE schemaname = current_schema() \
               AND tablename <> 'seaql_migrations' ORDER BY tablename";
    let mut left = texts(&rows(db, sql, []).await?)?;
    let sql = "SELECT child.relname::text AS child, parent.relname::text AS parent FROM pg_constraint c \
               JOIN pg_class child ON child.oid = c.conrelid JOIN pg_class parent ON parent.oid = c.confrelid \
               WHERE c.contype = 'f' AND c.conrelid <> c.confrelid";
    let references = rows(db, sql, []).await?;
    let references: Vec<(String, String)> = references
        .iter()
        .map(|row| Ok((row.try_get("", "child")?, row.try_get("", "parent")?)))
        .collect::<StoreResult<_>>()?;
    let mut sorted = Vec::with_capacity(left.len());
    while !left.is_empty() {
        let waits = |table: &String| references.iter().any(|(child, parent)| child == table && left.contains(parent));
        let (later, next): (Vec<String>, Vec<String>) = left.iter().cloned().partition(waits);
        if next.is_empty() {
            return Err(StoreError::corrupt(format!("tables refer to each other in a circle: {}", later.join(", "))));
        }
        sorted.extend(next);
        left = later;
    }
    Ok(sorted)
}

async fn count(db: &impl ConnectionTrait, table: &str) -> StoreResult<i64> {
    let counted = rows(db, &format!("SELECT COUNT(*) AS n FROM \"{table}\""), []).await?;
    counted.first().map_or(Ok(0), |row| row.try_get("", "n").map_err(Into::into))
}

async fn rows(
    db: &impl ConnectionTrait,
    sql: &str,
    values: impl IntoIterator<Item = Value>,
) -> StoreResult<Vec<QueryResult>> {
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, values);
    db.query_all_raw(statement).await.map_err(Into::into)
}

async fn run(db: &impl ConnectionTrait, sql: &str) -> StoreResult<()> {
    db.execute_unprepared(sql).await.map(|_| ()).map_err(Into::into)
}

/// The first column of rows that are all text.
fn texts(rows: &[QueryResult]) -> StoreResult<Vec<String>> {
    rows.iter().map(|row| row.try_get_by_index(0).map_err(Into::into)).collect()
}

//! The database: where it is, how it is opened, and the only way to write to it.

use crate::audit;
use crate::file::{FOLDER, Files};
use crate::lease;
use crate::once::InFlight;
use crate::{Keys, Posted, StoreError, StoreResult};
use migrations::Migrator;
use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr, ExecResult,
    QueryResult, SqliteTransactionMode, Statement, TransactionOptions, TransactionTrait, Value,
};
use sea_orm_migration::MigratorTrait;
use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// The oldest SQLite that is safe: earlier ones can lose a commit in WAL mode.
const SQLITE_AT_LEAST: (u32, u32, u32) = (3, 51, 3);
const FILE: &str = "menpai.db";
const KEY: &str = "key";

/// Where the data is.
#[derive(Clone, Debug)]
pub struct Location {
    /// The folder of the key file, the files and, without an address, of the SQLite database.
    pub folder: PathBuf,
    /// Address of a PostgreSQL database.
    pub url: Option<String>,
}

/// Which engine holds the data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// One file, one process.
    Sqlite,
    /// A server, any number of processes.
    Postgres,
}

/// An open database.
#[derive(Clone, Debug)]
pub struct Db {
    engine: Engine,
    reader: DatabaseConnection,
    writer: DatabaseConnection,
    keys: Keys,
    files: Files,
    folder: PathBuf,
    posted: Arc<Posted>,
    in_flight: InFlight,
    /// Whether nobody else can have the data.
    alone: bool,
    // Held as long as the database is open: SQLite mode is one process.
    _lock: Option<Arc<std::fs::File>>,
}

impl Db {
    /// Opens the database without changing its schema.
    ///
    /// # Errors
    /// `Setup` when another process holds the folder, the engine is too old, or the schema is not the one this
    /// program knows.
    pub async fn open(at: &Location) -> StoreResult<Self> {
        let db = Self::connect(at, false).await?;
        db.migrated().await
    }

    /// As [`Self::open`], while nobody else has the data, on this machine or another.
    ///
    /// # Errors
    /// As [`Self::open`]; `Setup` while another node is connected.
    pub async fn open_alone(at: &Location) -> StoreResult<Self> {
        let db = Self::connect(at, true).await?;
        db.migrated().await
    }

    async fn migrated(self) -> StoreResult<Self> {
        let db = self;
        let pending = Migrator::get_pending_migrations(&db.writer).await.map_err(newer_schema)?;
        if !pending.is_empty() {
            let steps = pending.len();
            return Err(StoreError::setup(
                format!("数据库需要升级 {steps} 步：请先运行 menpai migrate（数据全部保留）"),
                format!("the database wants {steps} migration(s): run `menpai migrate` first (it keeps all data)"),
            ));
        }
        Ok(db)
    }

    /// Opens the database, makes it if it is not there, and brings its schema up to date.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub async fn open_and_migrate(at: &Location) -> StoreResult<Self> {
        let db = Self::connect(at, false).await?;
        Migrator::up(&db.writer, None).await.map_err(newer_schema)?;
        crate::staff::spelling::catch_up(&db).await?;
        Ok(db)
    }

    async fn connect(at: &Location, alone: bool) -> StoreResult<Self> {
        let folder = &at.folder;
        private_folder(folder).map_err(|e| unusable(folder, &e))?;
        let keys = Keys::open_or_create(&folder.join(KEY))?;
        if let Some(url) = &at.url {
            let mut options = ConnectOptions::new(url.clone());
            options.max_connections(16).acquire_timeout(Duration::from_secs(5)).sqlx_logging(false);
            if alone {
                // The lock is the connection's, so there is one, and it stays.
                options.max_connections(1).idle_timeout(None::<Duration>).max_lifetime(None::<Duration>);
            } else {
                lease::share(&mut options, &keys);
            }
            let pool = Database::connect(options).await?;
            if alone {
                lease::alone(&pool).await?;
            }
            let folder = folder.clone();
            return Ok(Self {
                engine: Engine::Postgres,
                reader: pool.clone(),
                writer: pool,
                keys,
                files: Files::folder(folder.join(FOLDER)),
                folder,
                posted: Arc::default(),
                in_flight: InFlight::default(),
                alone,
                _lock: None,
            });
        }
        let lock = lock(folder)?;
        // SQLite gives its other files the mode of this one.
        private_file(&folder.join(FILE)).map_err(|e| unusable(folder, &e))?;
        let writer = Database::connect(sqlite(folder, 1, false)).await?;
        check_version(&writer).await?;
        let reader = Database::connect(sqlite(folder, 4, true)).await?;
        Ok(Self {
            engine: Engine::Sqlite,
            reader,
            writer,
            keys,
            files: Files::folder(folder.join(FOLDER)),
            folder: folder.clone(),
            posted: Arc::default(),
            in_flight: InFlight::default(),
            alone: true,
            _lock: Some(Arc::new(lock)),
        })
    }

    /// Does the work in one transaction: all of it, or nothing. No network, hashing, file or mail inside.
    ///
    /// # Errors
    /// Whatever the work reports, after everything was undone.
    pub async fn write<T, F, W>(&self, work: W) -> StoreResult<T>
    where
        W: FnOnce(Tx) -> F,
        F: Future<Output = StoreResult<T>>,
    {
        let options = TransactionOptions {
            sqlite_transaction_mode: (self.engine == Engine::Sqlite).then_some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        #[expect(clippy::disallowed_methods, reason = "the one place that begins a transaction")]
        let inner = Arc::new(self.writer.begin_with_options(options).await?);
        let tx = Tx { inner: inner.clone(), keys: self.keys.clone(), said: Arc::default(), lines: Arc::default() };
        let (said, lines) = (tx.said.clone(), tx.lines.clone());
        let result = work(tx).await;
        let inner = Arc::try_unwrap(inner)
            .map_err(|_| StoreError::corrupt("a transaction outlived the work it was given to"))?;
        match result {
            Ok(value) => {
                inner.commit().await?;
                lines.lock().unwrap_or_else(PoisonError::into_inner).iter().for_each(audit::into_log);
                self.posted.add(&std::mem::take(&mut *said.lock().unwrap_or_else(PoisonError::into_inner)));
                Ok(value)
            }
            Err(error) => {
                inner.rollback().await?;
                Err(error)
            }
        }
    }

    /// Which engine holds the data.
    pub fn engine(&self) -> Engine {
        self.engine
    }

    /// What this process has put into the outbox.
    pub fn posted(&self) -> &Posted {
        &self.posted
    }

    /// Whether nobody else can have the data: always with SQLite, with PostgreSQL after [`Self::open_alone`].
    pub fn is_alone(&self) -> bool {
        self.alone
    }

    /// The keys of personal data.
    pub fn keys(&self) -> &Keys {
        &self.keys
    }

    /// The same database with its files elsewhere than in the data folder.
    #[must_use]
    pub fn with_files(self, files: Files) -> Self {
        Self { files, ..self }
    }

    /// The file store.
    pub fn files(&self) -> &Files {
        &self.files
    }

    /// The data folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Whether the database answers.
    pub async fn ping(&self) -> StoreResult<()> {
        self.reader.ping().await.map_err(Into::into)
    }

    /// Closes all connections.
    pub async fn close(self) -> StoreResult<()> {
        self.reader.close_by_ref().await?;
        self.writer.close_by_ref().await.map_err(Into::into)
    }

    pub(crate) fn in_flight(&self) -> &InFlight {
        &self.in_flight
    }

    pub(crate) fn reader(&self) -> &DatabaseConnection {
        &self.reader
    }

    pub(crate) async fn rows(
        &self,
        sql: impl Into<String>,
        values: impl IntoIterator<Item = Value>,
    ) -> StoreResult<Vec<QueryResult>> {
        let statement = Statement::from_sql_and_values(self.reader.get_database_backend(), sql, values);
        self.reader.query_all_raw(statement).await.map_err(Into::into)
    }
}

/// A write transaction, given to the work of [`Db::write`].
#[derive(Clone, Debug)]
pub struct Tx {
    inner: Arc<DatabaseTransaction>,
    keys: Keys,
    /// What it puts into the outbox, for [`Posted`] after the commit.
    said: Arc<Mutex<Vec<(String, i64)>>>,
    lines: Arc<Mutex<Vec<audit::Logged>>>,
}

impl Tx {
    /// Remembers a message of the outbox until the commit.
    pub(crate) fn says(&self, city: &str, seq: i64) {
        self.said.lock().unwrap_or_else(PoisonError::into_inner).push((city.to_owned(), seq));
    }

    /// Remembers a line of the trail until the commit.
    pub(crate) fn logs(&self, line: audit::Logged) {
        self.lines.lock().unwrap_or_else(PoisonError::into_inner).push(line);
    }

    /// The keys of personal data.
    pub fn keys(&self) -> &Keys {
        &self.keys
    }

    pub(crate) fn statement(&self, sql: impl Into<String>, values: impl IntoIterator<Item = Value>) -> Statement {
        Statement::from_sql_and_values(self.inner.get_database_backend(), sql, values)
    }

    pub(crate) async fn run(
        &self,
        sql: impl Into<String>,
        values: impl IntoIterator<Item = Value>,
    ) -> StoreResult<ExecResult> {
        self.inner.execute_raw(self.statement(sql, values)).await.map_err(Into::into)
    }

    pub(crate) async fn rows(
        &self,
        sql: impl Into<String>,
        values: impl IntoIterator<Item = Value>,
    ) -> StoreResult<Vec<QueryResult>> {
        self.inner.query_all_raw(self.statement(sql, values)).await.map_err(Into::into)
    }
}

impl Deref for Tx {
    type Target = DatabaseTransaction;

    fn deref(&self) -> &DatabaseTransaction {
        &self.inner
    }
}

/// Options of a SQLite pool. Every commit is on disk before it is answered; `recursive_triggers` keeps
/// `INSERT OR REPLACE` from slipping past append-only triggers.
fn sqlite(folder: &Path, connections: u32, read_only: bool) -> ConnectOptions {
    // The path by itself: in an address, `?`, `%` and `#` of a folder's name would mean something else.
    let mut options = ConnectOptions::new("sqlite://menpai?mode=rwc");
    let path = folder.join(FILE);
    options
        .max_connections(connections)
        .min_connections(1)
        .idle_timeout(None::<Duration>)
        .max_lifetime(None::<Duration>)
        .acquire_timeout(Duration::from_secs(30))
        .sqlx_logging(false)
        .map_sqlx_sqlite_opts(move |o| {
            o.filename(&path)
                .pragma("journal_mode", "WAL")
                .pragma("synchronous", "FULL")
                .pragma("foreign_keys", "ON")
                // What is deleted is overwritten, so that it does not stay in free pages.
                .pragma("secure_delete", "ON")
                .pragma("recursive_triggers", "ON")
                .pragma("busy_timeout", "5000")
                .pragma("cache_size", "-16000")
                .pragma("query_only", if read_only { "ON" } else { "OFF" })
        });
    options
}

/// Makes a folder for its owner alone, if it is not there.
fn private_folder(path: &Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

/// Makes an empty file for its owner alone, if it is not there. SQLite makes a database of it.
fn private_file(path: &Path) -> std::io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map(drop)
}

fn unusable(path: &Path, error: &std::io::Error) -> StoreError {
    StoreError::Setup(format!("{}: {error}", path.display()).into())
}

fn lock(folder: &Path) -> StoreResult<std::fs::File> {
    let path = folder.join("lock");
    private_file(&path).map_err(|e| unusable(&path, &e))?;
    let file = std::fs::File::options().write(true).open(&path).map_err(|e| unusable(&path, &e))?;
    file.try_lock().map_err(|_| {
        let folder = folder.display();
        StoreError::setup(
            format!("{folder}：另一个 menpai 进程正在使用这个数据文件夹"),
            format!("{folder}: another menpai process is using this data folder"),
        )
    })?;
    Ok(file)
}

async fn check_version(db: &DatabaseConnection) -> StoreResult<()> {
    let statement = Statement::from_string(DbBackend::Sqlite, "SELECT sqlite_version() AS v");
    let row = db.query_one_raw(statement).await?.ok_or_else(|| StoreError::corrupt("SQLite has no version"))?;
    let text: String = row.try_get("", "v")?;
    let mut parts = text.split('.').map(|p| p.parse::<u32>().unwrap_or(0));
    let version = (parts.next().unwrap_or(0), parts.next().unwrap_or(0), parts.next().unwrap_or(0));
    if version < SQLITE_AT_LEAST {
        return Err(StoreError::setup(
            format!("SQLite {text} 可能丢失提交：需要 3.51.3 或更新"),
            format!("SQLite {text} can lose commits; 3.51.3 or newer is needed"),
        ));
    }
    Ok(())
}

fn newer_schema(error: DbErr) -> StoreError {
    match error {
        DbErr::Custom(text) if text.contains("Migration file of version") => StoreError::setup(
            "数据库由更新版本的 menpai 写成：请用那个版本，或恢复备份",
            "the database was written by a newer version of menpai: use that version, or restore a backup",
        ),
        other => other.into(),
    }
}

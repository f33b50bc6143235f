//! One file that holds everything, made while the firm works; and a firm made from such a file.
//!
//! The file is a tar archive: the database (on PostgreSQL the rows of each table as JSON lines), the key file, the
//! contents of the file store, and a manifest with the hash of each; on request encrypted as a whole (`seal`). It is complete or it is not there: it is written beside its place, read
//! again, and then moved.

mod archive;
mod error;
mod refill;
mod seal;

pub use archive::Member;
pub use error::BackupError;
pub use seal::{Lock, SealFault, Unlock};

use crate::Moment;
use archive::Writer;
use chrono::{DateTime, Utc};
use domain::access::Actor;
use seal::Opener;
use serde::{Deserialize, Serialize};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use store::backup::{self, Counts, Snapshot};
use store::file::Files;
use store::{Db, Engine, Location, Scope, StoreError};

/// The form of the files this program writes and reads.
const FORMAT: u32 = 2;

/// What a backup holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The form of the file.
    pub format: u32,
    /// The program that made it.
    pub version: String,
    /// `sqlite` or `postgres`.
    pub engine: String,
    /// When it was made.
    pub made: DateTime<Utc>,
    /// The steps that built the schema, oldest first.
    pub schema: Vec<String>,
    /// Rows of each table.
    pub counts: Counts,
    /// Everything else in the file but the contents of the file store, in its order.
    pub members: Vec<Member>,
    /// How many contents of the file store there are, each called by its own hash.
    #[serde(default)]
    pub files: u64,
}

/// Makes a backup. Others may go on writing; it holds what was committed when it began.
///
/// A file that is there is replaced once the new one is complete.
///
/// # Errors
/// [`BackupError`]; what was at `to` is untouched then.
pub async fn back_up(db: &Db, actor: &Actor, at: Moment, to: &Path, lock: &Lock) -> Result<Manifest, BackupError> {
    let keys = at_file(to, seal::Keys::of(lock))?;
    let scope = Scope::of(actor);
    let made = DateTime::from_timestamp_millis(at.0).unwrap_or_default();
    let scratch = Scratch::beside(to);
    let part = &scratch.part;
    let seconds = u64::try_from(made.timestamp()).unwrap_or(0);
    let mut writer = at_file(to, Writer::create(&scratch.whole, seconds, &keys))?;
    let mut counts = Counts::new();
    let contents;
    match db.engine() {
        Engine::Sqlite => {
            at_file(part, archive::create_private(part))?;
            backup::copy(db, &scope, part).await?;
            counts = backup::inspect(part).await?;
            contents = backup::files(part).await?;
            writer = put(writer, backup::DATABASE.to_owned(), part.clone()).await?;
        }
        Engine::Postgres => {
            let snapshot = Snapshot::open(db, &scope).await?;
            contents = snapshot.files().await?;
            for table in snapshot.tables().await? {
                let mut lines = BufWriter::new(at_file(part, archive::create_private(part))?);
                let mut broken = None;
                let written = snapshot.lines(&table, |line| {
                    writeln!(lines, "{line}").map_err(|error| {
                        broken = Some(error);
                        StoreError::corrupt("the backup could not be written")
                    })
                });
                let written = written.await;
                broken.map_or(Ok(()), |error| at_file(part, Err(error)))?;
                at_file(part, lines.flush())?;
                counts.insert(table.clone(), written?);
                writer = put(writer, refill::member(&table), part.clone()).await?;
            }
        }
    }
    writer = put(writer, backup::KEY.to_owned(), db.folder().join(backup::KEY)).await?;
    for digest in contents {
        match db.files().read(&digest).await? {
            Some(bytes) => {
                let adding = blocking(move || {
                    let added = writer.add_file(&digest, &bytes);
                    Ok((writer, added))
                });
                let added;
                (writer, added) = adding.await?;
                at_file(to, added)?;
            }
            // A backup keeps what is there; `verify` tells what is missing.
            None => tracing::warn!(%digest, "a file is missing and not part of the backup"),
        }
    }
    let manifest = Manifest {
        format: FORMAT,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        engine: engine(db.engine()).to_owned(),
        made,
        schema: backup::steps(db, &scope).await?,
        counts,
        members: writer.members.clone(),
        files: writer.files,
    };
    let (written, to) = (manifest.clone(), to.to_owned());
    blocking(move || {
        at_file(&to, writer.finish(&written))?;
        // What the disk gives back counts, not what was meant.
        if at_file(&to, archive::check(&scratch.whole, &keys.opener))? != written {
            return Err(BackupError::Damaged("the file reads otherwise than it was written".to_owned()));
        }
        at_file(&to, std::fs::rename(&scratch.whole, &to).and_then(|()| sync_folder_of(&to)))
    })
    .await?;
    Ok(manifest)
}

/// Makes a firm from a backup, in a folder that is absent or empty but for `menpai.toml`, and on PostgreSQL in an
/// empty database; the contents of its files go to `files`. A backup of an older schema is brought up to date.
///
/// # Errors
/// [`BackupError`]; the folder stays as it was then.
pub async fn restore(at: &Location, files: &Files, from: &Path, unlock: &Unlock) -> Result<Manifest, BackupError> {
    let source = &Source { path: from.to_owned(), opener: at_file(from, Opener::of(unlock))? };
    let read = source.clone();
    let manifest = blocking(move || at_file(&read.path, archive::check(&read.path, &read.opener))).await?;
    let here = if at.url.is_some() { Engine::Postgres } else { Engine::Sqlite };
    if manifest.format > FORMAT || manifest.schema.iter().any(|step| !backup::known_steps().contains(step)) {
        return Err(BackupError::Newer { version: manifest.version });
    }
    if manifest.engine != engine(here) {
        return Err(BackupError::OtherEngine { backup: manifest.engine, here: engine(here) });
    }
    refill::refuse_full(&at.folder)?;
    let filled = async {
        refill::files(&at.folder, files, source).await?;
        match &at.url {
            None => refill::folder(&at.folder, source, &manifest).await,
            Some(url) => refill::database(&at.folder, url, source, &manifest).await,
        }
    };
    let filled = filled.await;
    if filled.is_err() {
        refill::clear(&at.folder);
    }
    filled?;
    Db::open_and_migrate(at).await?.close().await?;
    Ok(manifest)
}

/// An archive and what opens it.
#[derive(Clone)]
struct Source {
    path: PathBuf,
    opener: Opener,
}

const fn engine(engine: Engine) -> &'static str {
    match engine {
        Engine::Sqlite => "sqlite",
        Engine::Postgres => "postgres",
    }
}

/// The unfinished files of a backup; gone with it, whatever happens.
struct Scratch {
    part: PathBuf,
    whole: PathBuf,
}

impl Scratch {
    fn beside(to: &Path) -> Self {
        let named = |end: &str| {
            let mut name = to.as_os_str().to_owned();
            name.push(end);
            PathBuf::from(name)
        };
        Self { part: named(".part"), whole: named(".tmp") }
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        for path in [&self.part, &self.whole] {
            // Mostly it is not there any more, which is what is wanted.
            let _gone = std::fs::remove_file(path);
        }
    }
}

async fn put(mut writer: Writer, name: String, path: PathBuf) -> Result<Writer, BackupError> {
    blocking(move || at_file(&path, writer.add(&name, &path)).map(|()| writer)).await
}

/// File work on a thread that may wait for it.
async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, BackupError> + Send + 'static,
) -> Result<T, BackupError> {
    tokio::task::spawn_blocking(work).await.unwrap_or_else(|ended| Err(BackupError::Damaged(ended.to_string())))
}

fn at_file<T>(path: &Path, result: std::io::Result<T>) -> Result<T, BackupError> {
    result.map_err(|error| match (seal::seal_fault(&error), error.kind()) {
        (Some(fault), _) => BackupError::Sealed(fault),
        (None, std::io::ErrorKind::InvalidData) => BackupError::Damaged(error.to_string()),
        _ => BackupError::File { path: path.to_owned(), error },
    })
}

/// Makes a renamed file last.
fn sync_folder_of(path: &Path) -> std::io::Result<()> {
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    std::fs::File::open(folder)?.sync_all()
}

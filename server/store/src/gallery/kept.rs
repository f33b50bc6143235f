//! The file that keeps the catalogue from one start to the next: `gallery` in the data folder.
//!
//! It says which message of the outbox it contains, and what that message was, so that the file of another database
//! or of another program is known for what it is. It can be removed at any time.

use super::Loaded;
use super::load::blocking;
use crate::{Db, StoreError, StoreResult, backup};
use catalog::Catalog;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::fs::{self, File};
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::path::Path;
use std::sync::Arc;

const FILE: &str = "gallery";
/// Counted up when the catalogue's form or meaning changes.
const FORMAT: u32 = 3;
/// What stands first in the file.
const MAGIC: &[u8; 16] = b"menpai gallery\n\0";
/// No head is longer, in bytes; the ids of a hundred thousand communities fit.
const HEAD: u64 = 8 << 20;

/// What the catalogue in the file is of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Head {
    format: u32,
    program: String,
    /// The last step of the schema.
    schema: String,
    /// The newest message it contains, and what that was.
    seq: i64,
    message: String,
    newest: i64,
    communities: Vec<i64>,
}

/// The catalogue that was kept; `None` where there is none that fits this database and this program.
pub(super) async fn read(db: &Db) -> StoreResult<Option<Loaded>> {
    let path = db.folder().join(FILE);
    let lifted = match blocking(move || lift(&path)).await? {
        Ok(lifted) => lifted,
        Err(error) => {
            if error.kind() != io::ErrorKind::NotFound {
                tracing::warn!(%error, "the kept catalogue is not used");
            }
            return Ok(None);
        }
    };
    let (head, catalog) = lifted;
    if message(db, head.seq).await?.as_ref() != Some(&head.message) {
        tracing::warn!("the kept catalogue is of another database");
        return Ok(None);
    }
    let Head { seq, newest, communities, .. } = head;
    Ok(Some(Loaded { catalog, communities: Arc::new(communities), seq, newest }))
}

/// Writes the file: beside its place first, and there only when it is whole on the disk. Says whether it was worth it.
pub(super) async fn write(db: &Db, loaded: Arc<Loaded>) -> StoreResult<bool> {
    // Nothing has happened yet, or what happened is not there to be recognised.
    let Some(message) = message(db, loaded.seq).await? else { return Ok(false) };
    let head = Head {
        format: FORMAT,
        program: program(),
        schema: schema(),
        seq: loaded.seq,
        message,
        newest: loaded.newest,
        communities: loaded.communities.to_vec(),
    };
    let folder = db.folder().to_owned();
    let written = blocking(move || {
        let beside = folder.join(format!("{FILE}.{}.new", std::process::id()));
        let done = lay(&beside, &head, &loaded.catalog).and_then(|()| fs::rename(&beside, folder.join(FILE)));
        if done.is_err() {
            let _left = fs::remove_file(&beside);
        }
        done
    });
    written.await?.map(|()| true).map_err(|error| StoreError::Corrupt(format!("cannot keep the catalogue: {error}")))
}

fn lift(path: &Path) -> io::Result<(Head, Catalog)> {
    let file = File::open(path)?;
    let len = file.metadata()?.len();
    // The parts are large and read into their place: a buffer is for the small ones.
    let mut from = BufReader::with_capacity(1 << 13, file);
    let (mut magic, mut head_len, mut sum) = ([0; 16], [0; 8], [0; 32]);
    from.read_exact(&mut magic)?;
    from.read_exact(&mut head_len)?;
    from.read_exact(&mut sum)?;
    let head_len = u64::from_le_bytes(head_len);
    if magic != *MAGIC || head_len > HEAD {
        return Err(unfit("another kind of file"));
    }
    let mut head = Vec::new();
    from.by_ref().take(head_len).read_to_end(&mut head)?;
    if Sha256::digest(&head)[..] != sum {
        return Err(unfit("a damaged head"));
    }
    let head: Head = serde_json::from_slice(&head).map_err(|_| unfit("an unreadable head"))?;
    if (head.format, &head.program, &head.schema) != (FORMAT, &program(), &schema()) {
        return Err(unfit("written by another version"));
    }
    let catalog = Catalog::read(&mut from, len)?;
    if catalog.places().communities.len() != head.communities.len() {
        return Err(unfit("communities"));
    }
    Ok((head, catalog))
}

fn lay(path: &Path, head: &Head, catalog: &Catalog) -> io::Result<()> {
    let head = serde_json::to_vec(head)?;
    let mut to = BufWriter::with_capacity(1 << 20, File::create(path)?);
    to.write_all(MAGIC)?;
    to.write_all(&(head.len() as u64).to_le_bytes())?;
    to.write_all(&Sha256::digest(&head))?;
    to.write_all(&head)?;
    catalog.write(&mut to)?;
    to.flush()?;
    to.get_ref().sync_all()
}

/// What a message of the outbox was.
async fn message(db: &Db, seq: i64) -> StoreResult<Option<String>> {
    let rows = db.rows("SELECT at_ms, kind, city, code, version FROM outbox WHERE seq = $1", [seq.into()]).await?;
    let Some(row) = rows.first() else { return Ok(None) };
    let (at, version): (i64, i64) = (row.try_get("", "at_ms")?, row.try_get("", "version")?);
    let [kind, city, code] = ["kind", "city", "code"].map(|name| row.try_get::<String>("", name));
    Ok(Some(format!("{at} {} {} {} {version}", kind?, city?, code?)))
}

fn program() -> String {
    format!("{} {} {}", env!("CARGO_PKG_VERSION"), std::env::consts::ARCH, size_of::<usize>())
}

fn schema() -> String {
    backup::known_steps().pop().unwrap_or_default()
}

fn unfit(why: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, why)
}

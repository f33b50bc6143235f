//! Files: their rows, and the bytes that lie outside the database.

mod blob;
mod check;

pub use blob::{Bucket, Digest, FOLDER, Files, Found};
pub use check::{check, digests, sweep};

use crate::{Moment, StoreError, StoreResult, Tx};
use domain::access::Actor;
use domain::media::FileKind;
use sea_orm::{QueryResult, Value};

/// A content without a row is spared so long: somebody may be about to write its row.
pub const SPARED_MS: i64 = 24 * 3_600_000;

/// A content that is in the file store and shall have a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stored {
    /// Its address.
    pub digest: Digest,
    /// Bytes.
    pub size: u64,
    /// What it is.
    pub kind: FileKind,
}

/// Gives contents their rows, those that have none.
pub async fn keep(tx: &Tx, at: Moment, actor: &Actor, stored: &[Stored]) -> StoreResult<()> {
    for Stored { digest, size, kind } in stored {
        let size = i64::try_from(*size).map_err(StoreError::corrupt)?;
        tx.run(
            "INSERT INTO file (digest, size, kind, made_ms, made_by) VALUES ($1,$2,$3,$4,$5) \
             ON CONFLICT (digest) DO NOTHING",
            [value(digest), size.into(), kind.code().into(), at.0.into(), actor.audit_name().into()],
        )
        .await?;
    }
    Ok(())
}

/// Takes away the rows of those contents that nothing uses any more. Their bytes go with the next [`sweep`].
pub(crate) async fn forget(tx: &Tx, digests: &[Digest]) -> StoreResult<()> {
    for digest in digests {
        tx.run(
            "DELETE FROM file WHERE digest = $1 AND NOT EXISTS (SELECT 1 FROM media WHERE file = $1 OR medium = $1 \
             OR small = $1 OR poster = $1) AND NOT EXISTS (SELECT 1 FROM attachment WHERE file = $1)",
            [value(digest)],
        )
        .await?;
    }
    Ok(())
}

/// A digest as a parameter.
pub(crate) fn value(digest: &Digest) -> Value {
    Value::from(digest.bytes().to_vec())
}

/// A digest in a column that may be empty.
pub(crate) fn digest(row: &QueryResult, column: &str) -> StoreResult<Option<Digest>> {
    let bytes: Option<Vec<u8>> = row.try_get("", column)?;
    bytes.map(|bytes| Digest::read(&bytes)).transpose()
}

/// What the bytes of a row are.
pub(crate) fn kind(row: &QueryResult) -> StoreResult<FileKind> {
    let word: String = row.try_get("", "kind")?;
    FileKind::from_code(&word).ok_or_else(|| StoreError::corrupt(format!("file kind {word}")))
}

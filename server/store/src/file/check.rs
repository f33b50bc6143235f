//! Whether rows and bytes fit, and taking away the bytes that belong to no row.

use super::{Digest, SPARED_MS, digest};
use crate::verify::{Check, Faults};
use crate::{Db, Moment, Scope, StoreError, StoreResult};
use futures::stream::{self, StreamExt};
use std::collections::BTreeSet;

/// Contents read at once.
const AT_ONCE: usize = 4;

/// The contents that have rows, with their sizes in bytes.
pub async fn digests(db: &Db, _scope: &Scope) -> StoreResult<Vec<(Digest, u64)>> {
    let rows = db.rows("SELECT digest, size FROM file ORDER BY digest", []).await?;
    rows.iter()
        .map(|row| {
            let size: i64 = row.try_get("", "size")?;
            let digest = digest(row, "digest")?.ok_or_else(|| StoreError::corrupt("a file without a digest"))?;
            Ok((digest, size.cast_unsigned()))
        })
        .collect()
}

/// Reads every content that has a row and compares it with its address.
pub async fn check(db: &Db, scope: &Scope) -> Check {
    let rows = match digests(db, scope).await {
        Ok(rows) => rows,
        Err(error) => return Check::failed("files", error),
    };
    let files = db.files();
    let looked = stream::iter(rows).map(|(digest, size)| async move {
        match files.read(&digest).await {
            Ok(Some(bytes)) if bytes.len() as u64 == size && Digest::of(&bytes) == digest => Ok(None),
            Ok(Some(_)) => Ok(Some(format!("{digest} is not what was stored"))),
            Ok(None) => Ok(Some(format!("{digest} is missing"))),
            Err(error) => Err(error),
        }
    });
    let mut looked = looked.buffered(AT_ONCE);
    let mut faults = Faults::default();
    while let Some(found) = looked.next().await {
        match found {
            Ok(fault) => fault.into_iter().for_each(|fault| faults.add(fault)),
            Err(error) => return Check::failed("files", error),
        }
    }
    Check::of("files", Ok(faults))
}

/// Takes away the bytes without a row that are older than [`SPARED_MS`]. Returns how many there were.
///
/// A photo that is entered at the same moment is safe: its bytes are written before its row and become young by it,
/// and whoever wrote the row looks once more whether they are there.
pub async fn sweep(db: &Db, scope: &Scope, at: Moment) -> StoreResult<usize> {
    let files = db.files();
    let old = |at_ms: i64| at_ms + SPARED_MS < at.0;
    let stored: Vec<_> = files.list().await?.into_iter().filter(|found| old(found.at_ms)).collect();
    if stored.is_empty() {
        return Ok(0);
    }
    let used: BTreeSet<Digest> = digests(db, scope).await?.into_iter().map(|(digest, _)| digest).collect();
    let mut gone = 0;
    for found in stored.into_iter().filter(|found| !used.contains(&found.digest)) {
        // Somebody may have written it anew meanwhile.
        if files.look(&found.digest).await?.is_some_and(|now| old(now.at_ms)) {
            files.remove(&found.digest).await?;
            gone += 1;
        }
    }
    Ok(gone)
}

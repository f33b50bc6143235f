//! Another key for encrypted columns: everything is sealed anew in one transaction.
//!
//! The new key lies beside the old one until the transaction is done, so that a stop at any point leaves either the
//! old key with the old data, or the new key with the new data and one rename to be made up for.

use crate::verify::{CANARY, SEALED, canary, opens};
use crate::{Db, Keys, Scope, StoreError, StoreResult, Tx, backup, setting};
use sea_orm::Value;
use std::path::Path;

/// The new key until it is in force.
const NEXT: &str = "key.next";
/// Rows sealed anew at a time.
const ROWS: i64 = 500;

/// Seals every encrypted value anew and puts the new key in force. Returns how many values there were.
///
/// # Errors
/// `Setup` where somebody else may have the data; `Corrupt` where a value does not open with the old key: nothing is changed then.
pub async fn rotate(db: &Db, scope: &Scope) -> StoreResult<u64> {
    if !db.is_alone() {
        return Err(StoreError::setup("换密钥时不能有别的节点", "no other node may run while the key is changed"));
    }
    let (key, next) = (db.folder().join(backup::KEY), db.folder().join(NEXT));
    if next.exists() {
        let waiting = Keys::open_or_create(&next)?;
        if setting::read(db, scope, CANARY).await?.is_some_and(|known| opens(&waiting, &known)) {
            // The data is sealed with it already: only the last step is missing.
            return moved(&next, &key).map(|()| 0);
        }
        std::fs::remove_file(&next).map_err(|e| at(&next, &e))?;
    }
    let new = db.keys().renewed()?;
    new.keep(&next)?;
    let done = db.write(async |tx| {
        let mut count = 0;
        for (table, column, purpose) in SEALED {
            let fresh = |old: &[u8]| new.seal(purpose, &db.keys().open(purpose, old)?);
            count += column_anew(&tx, table, column, fresh).await?;
        }
        count += column_anew(&tx, "person", "key_cipher", |old| new.rewrap(db.keys(), old)).await?;
        setting::write(&tx, CANARY, &canary(&new)?).await?;
        Ok(count)
    });
    // After an error nobody knows whether the database has the new values: the next run looks, so both keys stay.
    let count = done.await?;
    moved(&next, &key).map(|()| count)
}

async fn column_anew(
    tx: &Tx,
    table: &str,
    column: &str,
    fresh: impl Fn(&[u8]) -> StoreResult<Vec<u8>>,
) -> StoreResult<u64> {
    let (mut after, mut count) = (0_i64, 0);
    loop {
        let sql = format!(
            "SELECT id, {column} AS value FROM {table} WHERE {column} IS NOT NULL AND id > $1 ORDER BY id LIMIT {ROWS}"
        );
        let rows = tx.rows(sql, [after.into()]).await?;
        if rows.is_empty() {
            return Ok(count);
        }
        for row in &rows {
            after = row.try_get("", "id")?;
            let old: Vec<u8> = row.try_get("", "value")?;
            let sql = format!("UPDATE {table} SET {column} = $2 WHERE id = $1");
            tx.run(sql, [after.into(), Value::from(fresh(&old)?)]).await?;
            count += 1;
        }
    }
}

fn moved(next: &Path, key: &Path) -> StoreResult<()> {
    std::fs::rename(next, key).map_err(|e| at(key, &e))?;
    let folder = key.parent().map(std::fs::File::open);
    folder.map_or(Ok(()), |folder| folder.and_then(|folder| folder.sync_all())).map_err(|e| at(key, &e))
}

fn at(path: &Path, error: &std::io::Error) -> StoreError {
    StoreError::Setup(format!("{}: {error}", path.display()).into())
}

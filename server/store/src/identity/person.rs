//! Keys of persons: what is sealed with one becomes unreadable when it is destroyed.

use crate::{Moment, OwnKey, Sequence, StoreError, StoreResult, Tx};
use sea_orm::{QueryResult, Value};

/// A new person with a key of their own.
pub async fn create(tx: &Tx) -> StoreResult<(i64, OwnKey)> {
    let (key, sealed) = tx.keys().draw_own()?;
    let id = tx.numbers(&Sequence::Row, 1).await?;
    tx.run("INSERT INTO person (id, key_cipher) VALUES ($1, $2)", [id.into(), Value::from(sealed)]).await?;
    Ok((id, key))
}

/// The key of a person; `None` once it was destroyed.
pub async fn own_key(tx: &Tx, id: i64) -> StoreResult<Option<OwnKey>> {
    let rows = tx.rows("SELECT key_cipher FROM person WHERE id = $1", [id.into()]).await?;
    let row = rows.first().ok_or_else(|| StoreError::corrupt("a person is missing"))?;
    opened(tx.keys(), row)
}

/// Destroys a person's key, and takes the papers away that were sealed with it. Whether there was a key.
pub async fn destroy(tx: &Tx, at: Moment, id: i64) -> StoreResult<bool> {
    crate::attachment::remove_all(tx, id).await?;
    let sql = "UPDATE person SET key_cipher = NULL, destroyed_ms = $2 WHERE id = $1 AND key_cipher IS NOT NULL";
    Ok(tx.run(sql, [id.into(), at.0.into()]).await?.rows_affected() == 1)
}

/// The key in a row with a column `key_cipher`.
pub(crate) fn opened(keys: &crate::Keys, row: &QueryResult) -> StoreResult<Option<OwnKey>> {
    let sealed: Option<Vec<u8>> = row.try_get("", "key_cipher")?;
    sealed.map(|sealed| keys.open_own(&sealed)).transpose()
}

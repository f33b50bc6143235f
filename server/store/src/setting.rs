//! Settings of the firm, by name.

use crate::{Db, Scope, StoreResult, Tx};
use domain::Error;
use sea_orm::Value;

/// Reads a setting.
pub async fn read(db: &Db, _scope: &Scope, name: &str) -> StoreResult<Option<String>> {
    let rows = db.rows("SELECT value FROM setting WHERE name = $1", [Value::from(name)]).await?;
    rows.first().map(|row| row.try_get("", "value").map_err(Into::into)).transpose()
}

/// The same inside a transaction.
pub async fn read_in(tx: &Tx, name: &str) -> StoreResult<Option<String>> {
    let rows = tx.rows("SELECT value FROM setting WHERE name = $1", [Value::from(name)]).await?;
    rows.first().map(|row| row.try_get("", "value").map_err(Into::into)).transpose()
}

/// Writes a setting.
pub async fn write(tx: &Tx, name: &str, value: &str) -> StoreResult<()> {
    tx.run(
        "INSERT INTO setting (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = $2",
        [Value::from(name), Value::from(value)],
    )
    .await?;
    Ok(())
}

/// Counts up a setting that is a version, if it still is at the one that was seen. One never written is at 1.
///
/// # Errors
/// `Stale`; of several at once, one gets through.
pub async fn step(tx: &Tx, name: &str, seen: i64) -> StoreResult<()> {
    tx.run("INSERT INTO setting (name, value) VALUES ($1, '1') ON CONFLICT (name) DO NOTHING", [Value::from(name)])
        .await?;
    let values = [Value::from(name), Value::from(seen.to_string()), Value::from(seen.saturating_add(1).to_string())];
    match tx.run("UPDATE setting SET value = $3 WHERE name = $1 AND value = $2", values).await?.rows_affected() {
        1 => Ok(()),
        _ => Err(Error::Stale.into()),
    }
}

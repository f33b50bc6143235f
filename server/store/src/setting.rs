//! Settings of the firm, by name.

use crate::{Db, Scope, StoreResult, Tx};
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

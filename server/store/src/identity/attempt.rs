//! Failed sign-ins, counted by who tried and from where. Only keyed hashes are kept.

use crate::{Moment, StoreResult, Tx};
use sea_orm::Value;

/// Failures of one hash since a moment, and when the last one was.
pub async fn since(tx: &Tx, who: &[u8], since: Moment) -> StoreResult<(i64, Option<Moment>)> {
    let sql = "SELECT COUNT(*) AS n, MAX(at_ms) AS last FROM attempt WHERE who = $1 AND at_ms > $2";
    let rows = tx.rows(sql, [Value::from(who.to_vec()), since.0.into()]).await?;
    let Some(row) = rows.first() else { return Ok((0, None)) };
    let last: Option<i64> = row.try_get("", "last")?;
    Ok((row.try_get("", "n")?, last.map(Moment)))
}

/// Notes a failure, and forgets those older than a day.
pub async fn note(tx: &Tx, at: Moment, who: &[&[u8]]) -> StoreResult<()> {
    for who in who {
        tx.run("INSERT INTO attempt (who, at_ms) VALUES ($1, $2)", [Value::from(who.to_vec()), at.0.into()]).await?;
    }
    tx.run("DELETE FROM attempt WHERE at_ms < $1", [(at.0 - 86_400_000).into()]).await?;
    Ok(())
}

/// Forgets the failures of one hash.
pub async fn forget(tx: &Tx, who: &[u8]) -> StoreResult<()> {
    tx.run("DELETE FROM attempt WHERE who = $1", [Value::from(who.to_vec())]).await?;
    Ok(())
}

/// Takes back what was noted at a moment.
pub async fn withdraw(tx: &Tx, who: &[u8], at: Moment) -> StoreResult<()> {
    let sql = "DELETE FROM attempt WHERE who = $1 AND at_ms = $2";
    tx.run(sql, [Value::from(who.to_vec()), at.0.into()]).await?;
    Ok(())
}

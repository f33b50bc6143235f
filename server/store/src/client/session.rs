//! Sessions of clients: a session is found by the hash of its token.

use super::account::{self, Account};
use crate::{Db, Moment, Scope, Sequence, StoreResult, Tx};
use domain::identity::Device;
use sea_orm::{QueryResult, Value};

/// A session that is open.
#[derive(Clone, Debug)]
pub struct Session {
    /// Row number.
    pub id: i64,
    /// Whose it is.
    pub account: Account,
    /// Milliseconds UTC of the last sight that was noted.
    pub seen_ms: i64,
    /// When a code was last given.
    pub proven_ms: i64,
}

/// What a new session is.
#[derive(Clone, Debug)]
pub struct NewSession<'a> {
    /// Whose.
    pub account: i64,
    /// The hash of its token.
    pub token_hash: Vec<u8>,
    /// Browser and system.
    pub device: &'a str,
    /// Network address.
    pub address: &'a str,
    /// Milliseconds until it ends in any case.
    pub life_ms: i64,
    /// Milliseconds without a request after which it ends.
    pub idle_ms: i64,
}

/// The open session of a token. One statement.
pub async fn find(db: &Db, _scope: &Scope, at: Moment, token_hash: Vec<u8>) -> StoreResult<Option<Session>> {
    let sql = format!(
        "SELECT e.id, e.seen_ms, e.proven_ms, {} FROM client_session e JOIN client_account c ON c.id = e.account_id \
         JOIN person p ON p.id = c.person_id WHERE e.token_hash = $1 AND e.ended_ms IS NULL AND e.expires_ms > $2 \
         AND e.seen_ms + e.idle_ms > $2 AND c.phone_key IS NOT NULL AND p.key_cipher IS NOT NULL",
        account::COLUMNS
    );
    let rows = db.rows(sql, [Value::from(token_hash), at.0.into()]).await?;
    let read = |row: &QueryResult| {
        Ok(Session {
            id: row.try_get("", "id")?,
            account: account::read(db.keys(), row)?,
            seen_ms: row.try_get("", "seen_ms")?,
            proven_ms: row.try_get("", "proven_ms")?,
        })
    };
    rows.first().map(read).transpose()
}

/// Starts a session.
pub async fn start(tx: &Tx, at: Moment, new: NewSession<'_>) -> StoreResult<i64> {
    let NewSession { account, token_hash, device, address, life_ms, idle_ms } = new;
    let id = tx.numbers(&Sequence::Row, 1).await?;
    tx.run(
        "INSERT INTO client_session (id, account_id, token_hash, device, address, created_ms, seen_ms, expires_ms, \
         idle_ms, proven_ms) VALUES ($1,$2,$3,$4,$5,$6,$6,$7,$8,$6)",
        [
            id.into(),
            account.into(),
            Value::from(token_hash),
            device.into(),
            address.into(),
            at.0.into(),
            (at.0 + life_ms).into(),
            idle_ms.into(),
        ],
    )
    .await?;
    Ok(id)
}

/// Gives a session another token and notes that a code was given: one known before is worth nothing after it.
pub async fn prove(tx: &Tx, at: Moment, id: i64, token_hash: Vec<u8>) -> StoreResult<()> {
    let sql = "UPDATE client_session SET token_hash = $2, proven_ms = $3 WHERE id = $1";
    tx.run(sql, [id.into(), Value::from(token_hash), at.0.into()]).await.map(drop)
}

/// Notes that a session was seen.
pub async fn touch(tx: &Tx, at: Moment, id: i64) -> StoreResult<()> {
    tx.run("UPDATE client_session SET seen_ms = $2 WHERE id = $1", [id.into(), at.0.into()]).await.map(drop)
}

/// Ends one session of an account. Whether it was open.
pub async fn end(tx: &Tx, at: Moment, account: i64, id: i64, why: &str) -> StoreResult<bool> {
    let sql = "UPDATE client_session SET ended_ms = $3, ended_why = $4 \
               WHERE id = $1 AND account_id = $2 AND ended_ms IS NULL";
    Ok(tx.run(sql, [id.into(), account.into(), at.0.into(), why.into()]).await?.rows_affected() == 1)
}

/// Ends every session of an account but one. How many were open.
pub async fn end_all(tx: &Tx, at: Moment, account: i64, but: Option<i64>, why: &str) -> StoreResult<u64> {
    let sql = "UPDATE client_session SET ended_ms = $2, ended_why = $3 \
               WHERE account_id = $1 AND ended_ms IS NULL AND id <> $4";
    let values = [account.into(), at.0.into(), Value::from(why), but.unwrap_or(0).into()];
    Ok(tx.run(sql, values).await?.rows_affected())
}

/// The devices an account is signed in on, the last seen first.
pub async fn devices(db: &Db, _scope: &Scope, at: Moment, account: i64, here: i64) -> StoreResult<Vec<Device>> {
    let sql = "SELECT id, device, address, created_ms, seen_ms FROM client_session WHERE account_id = $1 \
               AND ended_ms IS NULL AND expires_ms > $2 AND seen_ms + idle_ms > $2 ORDER BY seen_ms DESC, id LIMIT 100";
    let rows = db.rows(sql, [account.into(), Value::from(at.0)]).await?;
    let read = |row: &QueryResult| {
        let id = row.try_get("", "id")?;
        Ok(Device {
            id,
            name: row.try_get("", "device")?,
            address: row.try_get("", "address")?,
            since_ms: row.try_get("", "created_ms")?,
            seen_ms: row.try_get("", "seen_ms")?,
            here: id == here,
        })
    };
    rows.iter().map(read).collect()
}

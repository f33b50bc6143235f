//! Sessions: which browser is signed in as whom. A session is found by the hash of its token.

use super::account::{self, Account};
use crate::{Db, Moment, Scope, Sequence, StoreResult, Tx};
use domain::identity::Device;
use sea_orm::{QueryResult, Value};

/// The setting with who must have a second factor.
pub const SECOND_DUTY: &str = "second_duty";

/// A session that is open.
#[derive(Clone, Debug)]
pub struct Session {
    /// Row number.
    pub id: i64,
    /// Whose it is.
    pub account: Account,
    /// False until the second factor was given.
    pub whole: bool,
    /// Milliseconds UTC of the last sight that was noted.
    pub seen_ms: i64,
    /// When the password was last given.
    pub proven_ms: i64,
    /// Notices not read yet.
    pub unread: i64,
    /// Whether it was proven by a passkey.
    pub by_passkey: bool,
    /// Passkeys of the account.
    pub passkeys: i64,
    /// When the account was opened, milliseconds UTC.
    pub opened_ms: i64,
    /// Who must have a second factor, as it is kept.
    pub duty: Option<String>,
}

/// What a new session is.
#[derive(Clone, Debug)]
pub struct NewSession<'a> {
    /// Whose.
    pub account: i64,
    /// The hash of its token.
    pub token_hash: Vec<u8>,
    /// Whether no second factor is asked for.
    pub whole: bool,
    /// Whether a passkey proved who is there.
    pub by_passkey: bool,
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
        "SELECT e.id, e.whole, e.seen_ms, e.proven_ms, (SELECT COUNT(*) FROM notice n WHERE n.account_id = a.id \
         AND n.read_ms IS NULL) AS unread, \
         e.by_passkey, a.created_ms AS opened_ms, (SELECT COUNT(*) FROM passkey k WHERE k.account_id = a.id) AS passkeys, \
         (SELECT value FROM setting WHERE name = '{SECOND_DUTY}') AS duty, {} FROM session e JOIN account a ON a.id = e.account_id \
         JOIN staff s ON s.id = a.staff_id WHERE e.token_hash = $1 AND e.ended_ms IS NULL AND e.expires_ms > $2 \
         AND e.seen_ms + e.idle_ms > $2 AND a.state = 'active' AND s.state = 'active'",
        account::COLUMNS
    );
    let rows = db.rows(sql, [Value::from(token_hash), at.0.into()]).await?;
    let read = |row: &QueryResult| {
        Ok(Session {
            id: row.try_get("", "id")?,
            account: account::read(db.keys(), row)?,
            whole: row.try_get("", "whole")?,
            seen_ms: row.try_get("", "seen_ms")?,
            proven_ms: row.try_get("", "proven_ms")?,
            unread: row.try_get("", "unread")?,
            by_passkey: row.try_get("", "by_passkey")?,
            passkeys: row.try_get("", "passkeys")?,
            opened_ms: row.try_get("", "opened_ms")?,
            duty: row.try_get("", "duty")?,
        })
    };
    rows.first().map(read).transpose()
}

/// Starts a session.
pub async fn start(tx: &Tx, at: Moment, new: NewSession<'_>) -> StoreResult<i64> {
    let id = tx.numbers(&Sequence::Row, 1).await?;
    tx.run(
        "INSERT INTO session (id, account_id, token_hash, whole, device, address, created_ms, seen_ms, expires_ms, \
         idle_ms, proven_ms, by_passkey) VALUES ($1,$2,$3,$4,$5,$6,$7,$7,$8,$9,$7,$10)",
        [
            id.into(),
            new.account.into(),
            Value::from(new.token_hash),
            new.whole.into(),
            new.device.into(),
            new.address.into(),
            at.0.into(),
            (at.0 + new.life_ms).into(),
            new.idle_ms.into(),
            new.by_passkey.into(),
        ],
    )
    .await?;
    Ok(id)
}

/// Whether the account was signed in from such a device before.
pub async fn knows_device(tx: &Tx, account: i64, device: &str) -> StoreResult<bool> {
    let sql = "SELECT 1 AS one FROM session WHERE account_id = $1 AND device = $2 AND whole = $3 LIMIT 1";
    Ok(!tx.rows(sql, [account.into(), device.into(), true.into()]).await?.is_empty())
}

/// Gives a session another token, so that one known before the change is worth nothing after it.
pub async fn renew(tx: &Tx, at: Moment, id: i64, token_hash: Vec<u8>) -> StoreResult<()> {
    let sql = "UPDATE session SET token_hash = $2, whole = $3, proven_ms = $4 WHERE id = $1";
    tx.run(sql, [id.into(), Value::from(token_hash), true.into(), at.0.into()]).await?;
    Ok(())
}

/// Notes that a passkey proved who is there.
pub async fn by_passkey(tx: &Tx, id: i64) -> StoreResult<()> {
    tx.run("UPDATE session SET by_passkey = $2 WHERE id = $1", [id.into(), true.into()]).await?;
    Ok(())
}

/// Notes that a session was seen.
pub async fn touch(tx: &Tx, at: Moment, id: i64) -> StoreResult<()> {
    tx.run("UPDATE session SET seen_ms = $2 WHERE id = $1", [id.into(), at.0.into()]).await?;
    Ok(())
}

/// Ends one session of an account. Whether it was open.
pub async fn end(tx: &Tx, at: Moment, account: i64, id: i64, why: &str) -> StoreResult<bool> {
    let sql =
        "UPDATE session SET ended_ms = $3, ended_why = $4 WHERE id = $1 AND account_id = $2 AND ended_ms IS NULL";
    Ok(tx.run(sql, [id.into(), account.into(), at.0.into(), why.into()]).await?.rows_affected() == 1)
}

/// Ends every session of an account but one. How many were open.
pub async fn end_all(tx: &Tx, at: Moment, account: i64, but: Option<i64>, why: &str) -> StoreResult<u64> {
    let sql = "UPDATE session SET ended_ms = $2, ended_why = $3 \
               WHERE account_id = $1 AND ended_ms IS NULL AND id <> $4";
    let values = [account.into(), at.0.into(), Value::from(why), but.unwrap_or(0).into()];
    Ok(tx.run(sql, values).await?.rows_affected())
}

/// The devices an account is signed in on, the newest first.
pub async fn devices(db: &Db, _scope: &Scope, at: Moment, account: i64, here: i64) -> StoreResult<Vec<Device>> {
    let sql = "SELECT id, device, address, created_ms, seen_ms FROM session WHERE account_id = $1 \
               AND ended_ms IS NULL AND whole = $3 AND expires_ms > $2 AND seen_ms + idle_ms > $2 ORDER BY seen_ms DESC, id";
    let rows = db.rows(sql, [account.into(), at.0.into(), true.into()]).await?;
    rows.iter()
        .map(|row| {
            let id = row.try_get("", "id")?;
            Ok(Device {
                id,
                name: row.try_get("", "device")?,
                address: row.try_get("", "address")?,
                since_ms: row.try_get("", "created_ms")?,
                seen_ms: row.try_get("", "seen_ms")?,
                here: id == here,
            })
        })
        .collect()
}

/// Those of these sessions that are not open any more.
pub async fn ended(db: &Db, _scope: &Scope, at: Moment, ids: &[i64]) -> StoreResult<Vec<i64>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let list = ids.iter().map(i64::to_string).collect::<Vec<_>>().join(",");
    let sql = format!(
        "SELECT e.id FROM session e JOIN account a ON a.id = e.account_id JOIN staff s ON s.id = a.staff_id \
         WHERE e.id IN ({list}) AND e.ended_ms IS NULL AND e.expires_ms > $1 AND e.seen_ms + e.idle_ms > $1 \
         AND a.state = 'active' AND s.state = 'active'"
    );
    let rows = db.rows(sql, [at.0.into()]).await?;
    let open: Vec<i64> = rows.iter().map(|row| row.try_get("", "id")).collect::<Result<_, _>>()?;
    Ok(ids.iter().copied().filter(|id| !open.contains(id)).collect())
}

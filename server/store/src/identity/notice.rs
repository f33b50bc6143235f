//! What a person is told of inside the product.

use crate::outbox::{self, Kind};
use crate::{Db, Moment, Scope, Sequence, StoreError, StoreResult, Tx};
use domain::identity::{Notice, NoticeKind};
use sea_orm::Value;

/// Tells an account something, by mail too where it wants that. Call last in a write transaction: it goes through the
/// outbox.
pub async fn tell(tx: &Tx, at: Moment, account: i64, kind: NoticeKind, about: &str, href: &str) -> StoreResult<()> {
    let id = tx.numbers(&Sequence::Row, 1).await?;
    tx.run(
        "INSERT INTO notice (id, account_id, kind, about, href, at_ms) VALUES ($1,$2,$3,$4,$5,$6)",
        [id.into(), account.into(), kind.code().into(), about.into(), href.into(), at.0.into()],
    )
    .await?;
    super::notice_mail::also(tx, at, account, kind).await?;
    outbox::put(tx, at, Kind::Notice, "", &account.to_string(), id).await
}

/// The same, but nothing where a notice of that kind still waits to be read.
pub async fn tell_once(
    tx: &Tx,
    at: Moment,
    account: i64,
    kind: NoticeKind,
    about: &str,
    href: &str,
) -> StoreResult<()> {
    let sql = "SELECT 1 AS one FROM notice WHERE account_id = $1 AND kind = $2 AND read_ms IS NULL LIMIT 1";
    if tx.rows(sql, [account.into(), Value::from(kind.code())]).await?.is_empty() {
        tell(tx, at, account, kind, about, href).await?;
    }
    Ok(())
}

/// The newest notices of an account, at most `limit`, those before a number.
pub async fn list(db: &Db, _scope: &Scope, account: i64, before: i64, limit: u32) -> StoreResult<Vec<Notice>> {
    let sql = "SELECT id, kind, about, href, at_ms, read_ms FROM notice WHERE account_id = $1 AND id < $2 \
               ORDER BY id DESC LIMIT $3";
    let rows = db.rows(sql, [account.into(), before.into(), Value::from(i64::from(limit))]).await?;
    rows.iter()
        .map(|row| {
            let kind: String = row.try_get("", "kind")?;
            let read: Option<i64> = row.try_get("", "read_ms")?;
            Ok(Notice {
                id: row.try_get("", "id")?,
                kind: NoticeKind::from_code(&kind).ok_or_else(|| StoreError::corrupt(format!("notice {kind}")))?,
                about: row.try_get("", "about")?,
                href: row.try_get("", "href")?,
                at_ms: row.try_get("", "at_ms")?,
                read: read.is_some(),
            })
        })
        .collect()
}

/// Notices not read yet.
pub async fn unread(db: &Db, _scope: &Scope, account: i64) -> StoreResult<i64> {
    let sql = "SELECT COUNT(*) AS n FROM notice WHERE account_id = $1 AND read_ms IS NULL";
    db.rows(sql, [account.into()]).await?.first().map_or(Ok(0), |row| row.try_get("", "n").map_err(Into::into))
}

/// Marks an account's notices up to a number as read.
pub async fn read_up_to(tx: &Tx, at: Moment, account: i64, id: i64) -> StoreResult<()> {
    let sql = "UPDATE notice SET read_ms = $3 WHERE account_id = $1 AND id <= $2 AND read_ms IS NULL";
    tx.run(sql, [account.into(), id.into(), at.0.into()]).await?;
    Ok(())
}

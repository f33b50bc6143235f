//! Keys of the programming interface.

use super::account::read_words;
use crate::{Db, Moment, Scope, Sequence, StoreError, StoreResult, Tx};
use domain::access::{KeyRight, Role};
use domain::identity::ApiKey;
use sea_orm::{QueryResult, Value};

const COLUMNS: &str = "id, name, rights, created_ms, expires_ms, revoked_ms";

/// Keeps a key. Returns its row number.
pub async fn make(
    tx: &Tx,
    at: Moment,
    name: &str,
    rights: &[KeyRight],
    key_hash: Vec<u8>,
    life_ms: i64,
    by: &str,
) -> StoreResult<i64> {
    let id = tx.numbers(&Sequence::Row, 1).await?;
    let words: Vec<_> = rights.iter().map(|right| right.code()).collect();
    tx.run(
        "INSERT INTO api_key (id, name, rights, key_hash, created_ms, created_by, expires_ms) VALUES ($1,$2,$3,$4,$5,$6,$7)",
        [
            id.into(),
            name.into(),
            words.join(",").into(),
            Value::from(key_hash),
            at.0.into(),
            by.into(),
            (at.0 + life_ms).into(),
        ],
    )
    .await?;
    Ok(id)
}

/// The key with this hash, if it is good, and what its maker is there for now; nothing where they cannot sign in.
pub async fn find(
    db: &Db,
    _scope: &Scope,
    at: Moment,
    key_hash: Vec<u8>,
) -> StoreResult<Option<(ApiKey, Vec<Role>)>> {
    let sql = "SELECT k.id, k.name, k.rights, k.created_ms, k.expires_ms, k.revoked_ms, a.roles FROM api_key k \
               JOIN staff s ON 'staff:' || s.code = k.created_by AND s.state = 'active' \
               JOIN account a ON a.staff_id = s.id AND a.state = 'active' \
               WHERE k.key_hash = $1 AND k.revoked_ms IS NULL AND k.expires_ms > $2";
    let rows = db.rows(sql, [Value::from(key_hash), at.0.into()]).await?;
    let both = |row| {
        let roles: String = QueryResult::try_get(row, "", "roles")?;
        Ok((read(row)?, read_words(&roles)?))
    };
    rows.first().map(both).transpose()
}

/// All keys, the newest first.
pub async fn list(db: &Db, _scope: &Scope) -> StoreResult<Vec<ApiKey>> {
    let rows = db.rows(format!("SELECT {COLUMNS} FROM api_key ORDER BY id DESC LIMIT 200"), []).await?;
    rows.iter().map(read).collect()
}

/// Revokes a key. Whether it was good.
pub async fn revoke(tx: &Tx, at: Moment, id: i64) -> StoreResult<bool> {
    let sql = "UPDATE api_key SET revoked_ms = $2 WHERE id = $1 AND revoked_ms IS NULL";
    Ok(tx.run(sql, [id.into(), at.0.into()]).await?.rows_affected() == 1)
}

fn read(row: &QueryResult) -> StoreResult<ApiKey> {
    let words: String = row.try_get("", "rights")?;
    let right =
        |word: &str| KeyRight::from_code(word).ok_or_else(|| StoreError::corrupt(format!("right of a key {word}")));
    let revoked: Option<i64> = row.try_get("", "revoked_ms")?;
    Ok(ApiKey {
        id: row.try_get("", "id")?,
        name: row.try_get("", "name")?,
        rights: words.split(',').filter(|word| !word.is_empty()).map(right).collect::<StoreResult<_>>()?,
        created_ms: row.try_get("", "created_ms")?,
        expires_ms: row.try_get("", "expires_ms")?,
        revoked: revoked.is_some(),
    })
}

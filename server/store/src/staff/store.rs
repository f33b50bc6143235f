//! Stores and their teams.

use crate::{Db, Moment, Scope, Sequence, StoreError, StoreResult, Tx};
use chrono::NaiveDate;
use domain::identity::StoreCard;
use domain::{Error, Rule};
use std::collections::HashMap;

/// What is entered of a store.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Name.
    pub name: String,
    /// Street and number.
    pub address: String,
    /// Public telephone.
    pub phone: String,
}

/// All stores, the open ones first.
pub async fn list(db: &Db, _scope: &Scope) -> StoreResult<Vec<StoreCard>> {
    let sql = "SELECT t.store_id, t.name, (SELECT COUNT(*) FROM staff s WHERE s.team_id = t.id AND s.state = 'active') \
               AS n FROM team t ORDER BY t.name";
    let mut teams: HashMap<i64, Vec<(String, u32)>> = HashMap::new();
    for row in db.rows(sql, []).await? {
        let n: i64 = row.try_get("", "n")?;
        let team = (row.try_get("", "name")?, u32::try_from(n).unwrap_or(u32::MAX));
        teams.entry(row.try_get("", "store_id")?).or_default().push(team);
    }
    let sql = "SELECT id, code, name, address, phone, closed_on, version, (SELECT COUNT(*) FROM staff s \
               WHERE s.store_id = store.id AND s.state = 'active') AS people FROM store \
               ORDER BY closed_on IS NOT NULL, code";
    let rows = db.rows(sql, []).await?;
    rows.iter()
        .map(|row| {
            let people: i64 = row.try_get("", "people")?;
            let closed: Option<NaiveDate> = row.try_get("", "closed_on")?;
            Ok(StoreCard {
                code: row.try_get("", "code")?,
                name: row.try_get("", "name")?,
                address: row.try_get("", "address")?,
                phone: row.try_get("", "phone")?,
                teams: teams.remove(&row.try_get("", "id")?).unwrap_or_default(),
                people: u32::try_from(people).unwrap_or(u32::MAX),
                closed: closed.is_some(),
                version: row.try_get("", "version")?,
            })
        })
        .collect()
}

/// Opens a store. Returns row number and public number.
///
/// # Errors
/// `Invalid(name: Taken)`.
pub async fn open(tx: &Tx, at: Moment, entry: &Entry) -> StoreResult<(i64, String)> {
    let id = tx.numbers(&Sequence::Row, 1).await?;
    let code = format!("MD-{:02}", tx.numbers(&Sequence::Store, 1).await?);
    let Entry { name, address, phone } = entry;
    let sql = "INSERT INTO store (id, code, name, address, phone, version, created_ms) VALUES ($1,$2,$3,$4,$5,1,$6)";
    let values = [
        id.into(),
        code.as_str().into(),
        name.as_str().into(),
        address.as_str().into(),
        phone.as_str().into(),
        at.0.into(),
    ];
    tx.run(sql, values).await.map_err(|e| name_taken(e, name))?;
    Ok((id, code))
}

/// Changes a store that was seen at `seen`. Returns its row number.
///
/// # Errors
/// `NotFound`, `Stale`, `Invalid(name: Taken)`.
pub async fn change(tx: &Tx, code: &str, seen: i64, entry: &Entry) -> StoreResult<i64> {
    let id = find(tx, code, seen).await?;
    let Entry { name, address, phone } = entry;
    let sql = "UPDATE store SET name = $2, address = $3, phone = $4, version = version + 1 WHERE id = $1";
    let values = [id.into(), name.as_str().into(), address.as_str().into(), phone.as_str().into()];
    tx.run(sql, values).await.map_err(|e| name_taken(e, name))?;
    Ok(id)
}

/// Closes a store in which nobody works any more. Returns its row number.
///
/// # Errors
/// `NotFound`, `Stale`, `Rule(StoreInUse)`.
pub async fn close(tx: &Tx, code: &str, seen: i64, on: NaiveDate) -> StoreResult<i64> {
    let id = find(tx, code, seen).await?;
    let sql = "SELECT 1 AS one FROM staff WHERE store_id = $1 AND state = 'active' LIMIT 1";
    if !tx.rows(sql, [id.into()]).await?.is_empty() {
        return Err(Error::Rule { rule: Rule::StoreInUse }.into());
    }
    tx.run("UPDATE store SET closed_on = $2, version = version + 1 WHERE id = $1", [id.into(), on.into()]).await?;
    Ok(id)
}

/// The team of this name in a store, made if it is not there.
pub async fn ensure_team(tx: &Tx, store: i64, name: &str) -> StoreResult<i64> {
    let rows = tx.rows("SELECT id FROM team WHERE store_id = $1 AND name = $2", [store.into(), name.into()]).await?;
    if let Some(row) = rows.first() {
        return row.try_get("", "id").map_err(Into::into);
    }
    let id = tx.numbers(&Sequence::Row, 1).await?;
    let sql = "INSERT INTO team (id, store_id, name) VALUES ($1, $2, $3)";
    tx.run(sql, [id.into(), store.into(), name.into()]).await?;
    Ok(id)
}

async fn find(tx: &Tx, code: &str, seen: i64) -> StoreResult<i64> {
    let rows = tx.rows("SELECT id, version FROM store WHERE code = $1", [code.into()]).await?;
    let row = rows.first().ok_or(Error::NotFound)?;
    let version: i64 = row.try_get("", "version")?;
    if version != seen {
        return Err(Error::Stale.into());
    }
    row.try_get("", "id").map_err(Into::into)
}

fn name_taken(error: StoreError, name: &str) -> StoreError {
    match error {
        StoreError::Taken(_) => crate::identity::account::taken("name", name),
        other => other,
    }
}

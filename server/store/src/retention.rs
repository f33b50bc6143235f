//! Deleting by age, a bounded number of rows at a time.

use crate::client::account;
use crate::identity::person;
use crate::{Db, Moment, Scope, StoreError, StoreResult, Tx, message};
use domain::retention::Kept;
use sea_orm::Value;

const DAY_MS: i64 = 86_400_000;

/// The condition on the table of a rule; `$1` is the moment before which things are too old.
fn condition(rule: Kept) -> (&'static str, &'static str) {
    match rule {
        Kept::Sessions => ("session", "(ended_ms < $1 OR expires_ms < $1)"),
        Kept::ClientSessions => ("client_session", "(ended_ms < $1 OR expires_ms < $1)"),
        Kept::Attempts => ("attempt", "at_ms < $1"),
        Kept::Links => ("pass", "(used_ms < $1 OR expires_ms < $1)"),
        Kept::Codes => ("client_code", "made_ms < $1"),
        // Each message says itself when it goes: a code after a day, others after the days of the rule.
        Kept::Messages => ("message", "keep_ms < $1"),
        Kept::Notices => ("notice", "at_ms < $1"),
        Kept::SaleRequests => ("sale_request", "(state <> 'taken' AND created_ms < $1)"),
        Kept::ClientAccounts => ("client_account", "(phone_key IS NOT NULL AND seen_ms < $1)"),
    }
}

/// The moment before which things of a rule are too old.
fn limit(rule: Kept, at: Moment) -> Value {
    match rule {
        Kept::Messages => at.0.into(),
        _ => (at.0 - rule.days() * DAY_MS).into(),
    }
}

/// How many rows are too old.
pub async fn count(db: &Db, _scope: &Scope, rule: Kept, at: Moment) -> StoreResult<u64> {
    let (table, old) = condition(rule);
    let rows = db.rows(format!("SELECT COUNT(*) AS n FROM {table} WHERE {old}"), [limit(rule, at)]).await?;
    let n: i64 = rows.first().ok_or_else(|| StoreError::corrupt("a count gave no row"))?.try_get("", "n")?;
    u64::try_from(n).map_err(StoreError::corrupt)
}

/// Deletes at most about `most` rows that are too old; how many. With fewer than that, there are no more.
pub async fn sweep(tx: &Tx, rule: Kept, at: Moment, most: u32) -> StoreResult<u64> {
    let (table, old) = condition(rule);
    let before = limit(rule, at);
    match rule {
        Kept::Attempts => {
            // Its rows have no number: all up to the moment of the last one that is chosen.
            let sql = format!(
                "DELETE FROM attempt WHERE at_ms <= (SELECT MAX(at_ms) FROM (SELECT at_ms FROM attempt WHERE {old} \
                 ORDER BY at_ms LIMIT {most}) chosen)"
            );
            Ok(tx.run(sql, [before]).await?.rows_affected())
        }
        Kept::SaleRequests | Kept::ClientAccounts => {
            let sql = format!("SELECT id, person_id FROM {table} WHERE {old} ORDER BY id LIMIT {most}");
            let rows = tx.rows(sql, [before]).await?;
            for row in &rows {
                let (id, person): (i64, Option<i64>) = (row.try_get("", "id")?, row.try_get("", "person_id")?);
                if rule == Kept::SaleRequests {
                    request(tx, at, id, person).await?;
                } else if let Some(person) = person {
                    client(tx, at, id, person).await?;
                }
            }
            Ok(rows.len() as u64)
        }
        Kept::Sessions | Kept::ClientSessions | Kept::Links | Kept::Codes | Kept::Messages | Kept::Notices => {
            let sql = format!(
                "DELETE FROM {table} WHERE id IN (SELECT id FROM {table} WHERE {old} ORDER BY id LIMIT {most})"
            );
            Ok(tx.run(sql, [before]).await?.rows_affected())
        }
    }
}

/// A request goes, and with the last one the key of somebody who is nothing else here.
async fn request(tx: &Tx, at: Moment, id: i64, person: Option<i64>) -> StoreResult<()> {
    tx.run("DELETE FROM sale_request WHERE id = $1", [id.into()]).await?;
    let Some(person) = person else { return Ok(()) };
    let sql = "SELECT 1 AS one FROM person p WHERE p.id = $1 AND (EXISTS (SELECT 1 FROM sale_request r WHERE \
               r.person_id = p.id) OR EXISTS (SELECT 1 FROM staff s WHERE s.person_id = p.id) \
               OR EXISTS (SELECT 1 FROM client_account c WHERE c.person_id = p.id AND c.phone_key IS NOT NULL))";
    if tx.rows(sql, [Value::from(person)]).await?.is_empty() {
        person::destroy(tx, at, person).await?;
    }
    Ok(())
}

/// An account goes as if its owner had deleted it.
async fn client(tx: &Tx, at: Moment, id: i64, person: i64) -> StoreResult<()> {
    crate::client::session::end_all(tx, at, id, None, "retention").await?;
    message::forget_person(tx, person).await?;
    account::delete(tx, at, id, person).await
}

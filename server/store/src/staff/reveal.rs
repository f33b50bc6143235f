//! Looks at masked numbers: the quota, the number and the line about it in one transaction.

use super::Target;
use crate::identity::person;
use crate::{Db, Moment, Scope, Sequence, StoreError, StoreResult, Tx};
use domain::access::Action;
use domain::identity::{Look, RevealRow, RevealedField};
use domain::{Error, Rule};
use sea_orm::{QueryResult, Value};

/// How many looks a person may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quota {
    /// In an hour.
    pub hour: i64,
    /// In a day.
    pub day: i64,
}

const HOUR: i64 = 3_600_000;
const DAY: i64 = 24 * HOUR;

/// Looks a person has taken in the last hour and in the last day.
pub async fn taken(tx: &Tx, at: Moment, by: i64) -> StoreResult<(i64, i64)> {
    let sql = "SELECT COALESCE(SUM(CASE WHEN at_ms > $2 THEN 1 ELSE 0 END), 0) AS hour, COUNT(*) AS day \
               FROM reveal WHERE by_staff = $1 AND at_ms > $3";
    let rows = tx.rows(sql, [by.into(), (at.0 - HOUR).into(), (at.0 - DAY).into()]).await?;
    let row = rows.first().ok_or_else(|| StoreError::corrupt("a sum gave no row"))?;
    Ok((row.try_get("", "hour")?, row.try_get("", "day")?))
}

/// Shows a number in full and writes down that it was shown. Returns it with the looks left today.
///
/// # Errors
/// `Rule(RevealQuota)`; `Rule(PersonErased)`; `NotFound` where no such number is kept.
pub async fn show(
    tx: &Tx,
    at: Moment,
    by: i64,
    of: &Target,
    field: RevealedField,
    reason: &str,
    quota: Quota,
) -> StoreResult<(String, i64)> {
    let left = note(tx, at, by, of.id, field, reason, quota).await?;
    let (column, purpose) = match field {
        RevealedField::Phone => ("phone_cipher", super::write::PHONE),
        RevealedField::IdNumber => ("id_cipher", super::write::ID_NUMBER),
    };
    let rows = tx.rows(format!("SELECT {column} AS cipher FROM staff WHERE id = $1"), [of.id.into()]).await?;
    let sealed: Option<Vec<u8>> = rows.first().ok_or(Error::NotFound)?.try_get("", "cipher")?;
    let sealed = sealed.ok_or(Error::NotFound)?;
    let own = person::own_key(tx, of.person).await?.ok_or(Error::Rule { rule: Rule::PersonErased })?;
    Ok((own.open(purpose, &sealed)?, left))
}

/// Writes down that a number of the person `of` became known. Returns the looks left today.
///
/// # Errors
/// `Rule(RevealQuota)`.
pub async fn note(
    tx: &Tx,
    at: Moment,
    by: i64,
    of: i64,
    field: RevealedField,
    reason: &str,
    quota: Quota,
) -> StoreResult<i64> {
    // Taken first: it locks the sequence until the commit, so that parallel looks are counted one after another.
    let id = tx.numbers(&Sequence::Row, 1).await?;
    let (hour, day) = taken(tx, at, by).await?;
    if hour >= quota.hour || day >= quota.day {
        return Err(Error::Rule { rule: Rule::RevealQuota }.into());
    }
    tx.run(
        "INSERT INTO reveal (id, at_ms, by_staff, of_staff, field, reason) VALUES ($1,$2,$3,$4,$5,$6)",
        [id.into(), at.0.into(), by.into(), of.into(), field.code().into(), Value::from(reason)],
    )
    .await?;
    Ok(quota.day - day - 1)
}

/// Looks taken by people in scope or at them, and calls: all, those of one person (`by`), or those at one (`of`); the newest
/// first, at most `limit`.
pub async fn list(
    db: &Db,
    scope: &Scope,
    by: Option<&str>,
    of: Option<&str>,
    limit: u32,
) -> StoreResult<Vec<RevealRow>> {
    let [by_them, of_them] = ["s", "o"].map(|whose| scope.staff_as(whose, Action::ReadReveals));
    let mut conditions = vec![format!("({by_them} OR {of_them})")];
    let mut values: Vec<Value> = Vec::new();
    for (column, code) in [("s.code", by), ("o.code", of)] {
        if let Some(code) = code {
            values.push(code.into());
            conditions.push(format!("{column} = ${}", values.len()));
        }
    }
    let conditions = conditions.join(" AND ");
    // Looks and calls have their numbers from one sequence.
    let of = |table: &str, look: &str, reason: &str| {
        format!(
            "SELECT v.id, v.at_ms, {look} AS look, {reason} AS reason, s.code AS by_code, s.name AS by_name, \
             o.code AS of_code, o.name AS of_name FROM {table} v JOIN staff s ON s.id = v.by_staff \
             JOIN staff o ON o.id = v.of_staff WHERE {conditions}"
        )
    };
    let (looks, calls) = (of("reveal", "v.field", "v.reason"), of("dial", "'call'", "''"));
    let sql = format!("{looks} UNION ALL {calls} ORDER BY 1 DESC LIMIT {limit}");
    db.rows(sql, values).await?.iter().map(read).collect()
}

fn read(row: &QueryResult) -> StoreResult<RevealRow> {
    let look: String = row.try_get("", "look")?;
    Ok(RevealRow {
        at_ms: row.try_get("", "at_ms")?,
        by: (row.try_get("", "by_code")?, row.try_get("", "by_name")?),
        of: (row.try_get("", "of_code")?, row.try_get("", "of_name")?),
        look: Look::from_code(&look).ok_or_else(|| StoreError::corrupt(format!("look {look}")))?,
        reason: row.try_get("", "reason")?,
    })
}

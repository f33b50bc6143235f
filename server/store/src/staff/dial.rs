//! Calls through a virtual number: the quota, the number between two telephones, and its end.

use super::Target;
use super::reveal::Quota;
use crate::identity::person;
use crate::{Db, Moment, Scope, Sequence, StoreError, StoreResult, Tx};
use domain::{Error, Rule};
use sea_orm::Value;
use serde::{Deserialize, Serialize};

/// What the number is sealed for.
pub(crate) const NUMBER: &str = "dial.number";
/// What the provider's name of the binding is sealed for.
pub(crate) const BINDING: &str = "dial.binding";
const HOUR: i64 = 3_600_000;

/// A number by which somebody can be reached for a while.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dial {
    /// Row number.
    pub id: i64,
    /// The number to dial.
    pub number: String,
    /// The provider's name of the binding.
    pub binding: String,
    /// Until when, milliseconds UTC.
    pub until_ms: i64,
}

impl std::fmt::Debug for Dial {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Dial({})", self.id)
    }
}

/// The telephones of the one who calls and of the one who is called, in E.164. Nobody sees them.
///
/// # Errors
/// `Rule(NoOwnNumber)` where the caller has none; `NotFound` where the other has none; `Rule(PersonErased)`.
pub async fn telephones(tx: &Tx, by: i64, of: &Target) -> StoreResult<(String, String)> {
    let from = telephone(tx, by).await?.ok_or(Error::Rule { rule: Rule::NoOwnNumber })?;
    if person::own_key(tx, of.person).await?.is_none() {
        return Err(Error::Rule { rule: Rule::PersonErased }.into());
    }
    Ok((from, telephone(tx, of.id).await?.ok_or(Error::NotFound)?))
}

async fn telephone(tx: &Tx, staff: i64) -> StoreResult<Option<String>> {
    let sql = "SELECT s.phone_cipher, p.key_cipher FROM staff s JOIN person p ON p.id = s.person_id WHERE s.id = $1";
    let rows = tx.rows(sql, [staff.into()]).await?;
    let row = rows.first().ok_or(Error::NotFound)?;
    let sealed: Option<Vec<u8>> = row.try_get("", "phone_cipher")?;
    let (Some(sealed), Some(own)) = (sealed, person::opened(tx.keys(), row)?) else { return Ok(None) };
    own.open(super::write::PHONE, &sealed).map(Some)
}

/// Whether somebody may call once more.
///
/// # Errors
/// `Rule(CallQuota)`.
pub async fn free(tx: &Tx, at: Moment, by: i64, quota: Quota) -> StoreResult<()> {
    let sql = "SELECT COALESCE(SUM(CASE WHEN at_ms > $2 THEN 1 ELSE 0 END), 0) AS hour, COUNT(*) AS day \
               FROM dial WHERE by_staff = $1 AND at_ms > $3";
    let rows = tx.rows(sql, [by.into(), (at.0 - HOUR).into(), (at.0 - 24 * HOUR).into()]).await?;
    let row = rows.first().ok_or_else(|| StoreError::corrupt("a sum gave no row"))?;
    let (hour, day): (i64, i64) = (row.try_get("", "hour")?, row.try_get("", "day")?);
    if hour >= quota.hour || day >= quota.day {
        return Err(Error::Rule { rule: Rule::CallQuota }.into());
    }
    Ok(())
}

/// The number by which one person can reach another still at a moment.
pub async fn open(tx: &Tx, at: Moment, by: i64, of: i64) -> StoreResult<Option<Dial>> {
    let sql = "SELECT id, number_cipher, binding_cipher, until_ms FROM dial WHERE by_staff = $1 AND of_staff = $2 \
               AND at_ms > $3 AND until_ms > $4 AND ended_ms IS NULL ORDER BY id DESC LIMIT 1";
    let values = [by.into(), of.into(), (at.0 - HOUR).into(), at.0.into()];
    let rows = tx.rows(sql, values).await?;
    let Some(row) = rows.first() else { return Ok(None) };
    Ok(Some(Dial {
        id: row.try_get("", "id")?,
        number: tx.keys().open(NUMBER, &row.try_get::<Vec<u8>>("", "number_cipher")?)?,
        binding: tx.keys().open(BINDING, &row.try_get::<Vec<u8>>("", "binding_cipher")?)?,
        until_ms: row.try_get("", "until_ms")?,
    }))
}

/// Takes the row number of a call: it locks the sequence until the commit, so that parallel calls are counted one
/// after another.
pub async fn begin(tx: &Tx) -> StoreResult<i64> {
    tx.numbers(&Sequence::Row, 1).await
}

/// Writes down who can reach whom by which number.
pub async fn keep(tx: &Tx, at: Moment, by: i64, of: i64, dial: &Dial) -> StoreResult<()> {
    let Dial { id, number, binding, until_ms } = dial;
    let values = [
        (*id).into(),
        at.0.into(),
        by.into(),
        of.into(),
        Value::from(tx.keys().seal(NUMBER, number)?),
        Value::from(tx.keys().seal(BINDING, binding)?),
        (*until_ms).into(),
    ];
    let sql = "INSERT INTO dial (id, at_ms, by_staff, of_staff, number_cipher, binding_cipher, until_ms) \
               VALUES ($1,$2,$3,$4,$5,$6,$7)";
    tx.run(sql, values).await?;
    Ok(())
}

/// Ends every call that somebody could still make or get. The provider is told afterwards, see [`to_part`].
pub async fn end_all(tx: &Tx, at: Moment, staff: i64) -> StoreResult<u64> {
    let sql = "UPDATE dial SET ended_ms = $2 WHERE (by_staff = $1 OR of_staff = $1) AND until_ms > $2 \
               AND ended_ms IS NULL";
    Ok(tx.run(sql, [staff.into(), at.0.into()]).await?.rows_affected())
}

/// Calls that ended before their time and that the provider still has to be told of.
pub async fn to_part(db: &Db, _scope: &Scope, at: Moment) -> StoreResult<Vec<(i64, String)>> {
    let sql = "SELECT id, binding_cipher FROM dial WHERE ended_ms IS NOT NULL AND parted_ms IS NULL AND until_ms > $1 \
               ORDER BY id LIMIT 50";
    let rows = db.rows(sql, [at.0.into()]).await?;
    rows.iter()
        .map(|row| {
            let sealed: Vec<u8> = row.try_get("", "binding_cipher")?;
            Ok((row.try_get("", "id")?, db.keys().open(BINDING, &sealed)?))
        })
        .collect()
}

/// The provider has parted a call.
pub async fn parted(tx: &Tx, at: Moment, id: i64) -> StoreResult<()> {
    tx.run("UPDATE dial SET parted_ms = $2 WHERE id = $1 AND ended_ms IS NOT NULL", [id.into(), at.0.into()]).await?;
    Ok(())
}

//! What people said of the use of their data. Lines are added and never changed.

use crate::{Db, Moment, Scope, Sequence, StoreError, StoreResult, Tx};
use domain::consent::{self, Purpose, Said, Source};
use sea_orm::{QueryResult, Value};

const COLUMNS: &str = "purpose, version, given, at_ms, source";

/// Writes down what a person said to the text in force.
pub async fn say(tx: &Tx, at: Moment, person: i64, purpose: Purpose, given: bool, source: Source) -> StoreResult<()> {
    let id = tx.numbers(&Sequence::Row, 1).await?;
    let version = i16::try_from(purpose.version()).map_err(StoreError::corrupt)?;
    tx.run(
        format!("INSERT INTO consent (id, person_id, {COLUMNS}) VALUES ($1,$2,$3,$4,$5,$6,$7)"),
        [
            id.into(),
            person.into(),
            purpose.code().into(),
            version.into(),
            given.into(),
            at.0.into(),
            source.code().into(),
        ],
    )
    .await?;
    Ok(())
}

/// Everything a person said, the newest first.
pub async fn of(db: &Db, _scope: &Scope, person: i64) -> StoreResult<Vec<Said>> {
    db.rows(listed(), [person.into()]).await?.iter().map(read).collect()
}

/// The same inside a transaction.
pub async fn of_in(tx: &Tx, person: i64) -> StoreResult<Vec<Said>> {
    tx.rows(listed(), [Value::from(person)]).await?.iter().map(read).collect()
}

/// Whether a person's data may be used for this, as things stand in the transaction. Nobody's data may be used whose
/// key was destroyed. People of the firm are written to in its service without being asked: their contract is the reason
/// (art. 13).
pub async fn may(tx: &Tx, person: i64, purpose: Purpose) -> StoreResult<bool> {
    let rows =
        tx.rows("SELECT 1 AS one FROM person WHERE id = $1 AND key_cipher IS NOT NULL", [person.into()]).await?;
    if rows.is_empty() {
        return Ok(false);
    }
    if purpose == Purpose::Service {
        let staff = tx.rows("SELECT 1 AS one FROM staff WHERE person_id = $1", [person.into()]).await?;
        if !staff.is_empty() {
            return Ok(true);
        }
    }
    Ok(consent::may(purpose, &of_in(tx, person).await?))
}

fn listed() -> String {
    format!("SELECT {COLUMNS} FROM consent WHERE person_id = $1 ORDER BY id DESC LIMIT 200")
}

fn read(row: &QueryResult) -> StoreResult<Said> {
    let (purpose, source): (String, String) = (row.try_get("", "purpose")?, row.try_get("", "source")?);
    let version: i16 = row.try_get("", "version")?;
    Ok(Said {
        purpose: Purpose::from_code(&purpose).ok_or_else(|| StoreError::corrupt(format!("purpose {purpose}")))?,
        version: u16::try_from(version).map_err(StoreError::corrupt)?,
        given: row.try_get("", "given")?,
        at_ms: row.try_get("", "at_ms")?,
        source: Source::from_code(&source).ok_or_else(|| StoreError::corrupt(format!("source {source}")))?,
    })
}

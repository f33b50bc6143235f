//! What people said of the use of their data. Lines are added and never changed.

use crate::identity::person;
use crate::{Db, Moment, Scope, Sequence, StoreError, StoreResult, Tx};
use domain::consent::{self, ConsentRow, Purpose, Said, Source};
use domain::identity::Phone;
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

/// The consents that were given, for one use or for all, the newest first, older than the row `before`. Whose they are
/// is told by the masked number of the account, or of the request they came with.
pub async fn given(
    db: &Db,
    _scope: &Scope,
    purpose: Option<Purpose>,
    before: Option<i64>,
    limit: u32,
) -> StoreResult<Vec<ConsentRow>> {
    let (mut conditions, mut values) = (vec!["c.given".to_owned()], Vec::<Value>::new());
    if let Some(purpose) = purpose {
        values.push(purpose.code().into());
        conditions.push(format!("c.purpose = ${}", values.len()));
    }
    if let Some(before) = before {
        values.push(before.into());
        conditions.push(format!("c.id < ${}", values.len()));
    }
    // What the same person said next of the same use, if that was no.
    let sql = format!(
        "SELECT c.id, c.purpose, c.version, c.given, c.at_ms, c.source, p.key_cipher, a.phone_cipher, \
         (SELECT r.phone_cipher FROM sale_request r WHERE r.person_id = c.person_id ORDER BY r.id DESC LIMIT 1) AS sale_cipher, \
         (SELECT CASE WHEN n.given THEN NULL ELSE n.at_ms END FROM consent n WHERE n.person_id = c.person_id \
          AND n.purpose = c.purpose AND n.id > c.id ORDER BY n.id LIMIT 1) AS withdrawn_ms \
         FROM consent c JOIN person p ON p.id = c.person_id LEFT JOIN client_account a ON a.person_id = c.person_id \
         WHERE {} ORDER BY c.id DESC LIMIT {limit}",
        conditions.join(" AND ")
    );
    db.rows(sql, values).await?.iter().map(|row| shown(db, row)).collect()
}

fn shown(db: &Db, row: &QueryResult) -> StoreResult<ConsentRow> {
    let Said { purpose, version, given: _, at_ms, source } = read(row)?;
    let own = person::opened(db.keys(), row)?;
    let account: Option<Vec<u8>> = row.try_get("", "phone_cipher")?;
    let sale: Option<Vec<u8>> = row.try_get("", "sale_cipher")?;
    let number = match (own, account, sale) {
        (None, ..) | (_, None, None) => None,
        (Some(own), Some(sealed), _) => Some(own.open(crate::client::PHONE, &sealed)?),
        (_, None, Some(sealed)) => Some(db.keys().open("sale_request.phone", &sealed)?),
    };
    let number = number.and_then(|number| Phone::parse(&number)).map(|phone| phone.masked());
    let (id, withdrawn_ms) = (row.try_get("", "id")?, row.try_get("", "withdrawn_ms")?);
    Ok(ConsentRow { id, number, purpose, version, at_ms, source, withdrawn_ms })
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

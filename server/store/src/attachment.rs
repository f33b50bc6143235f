//! Papers of a person. Name and contents are sealed with the person's key: destroying it destroys them.

use crate::file::{self, Digest, Stored, digest, value};
use crate::identity::person;
use crate::{Db, Moment, OwnKey, Scope, Sequence, StoreError, StoreResult, Tx};
use bytes::Bytes;
use domain::Error;
use domain::access::{Action, Actor};
use domain::attachment::{MOST, Paper, PaperFormat, PaperKind};
use domain::media::{FileKind, Refusal, TakenIn};
use sea_orm::{QueryResult, Value};

/// For what names are sealed.
pub(crate) const NAME: &str = "attachment.name";
/// For what contents are sealed.
const CONTENTS: &str = "attachment.contents";

/// A paper as it is kept: contents not in the clear anywhere but in memory.
#[derive(Clone, Debug)]
pub struct New {
    /// What kind.
    pub kind: PaperKind,
    /// Its name, without the ending.
    pub name: String,
    /// In which form.
    pub format: PaperFormat,
    /// Bytes before sealing.
    pub size: u64,
    /// A keyed hash of the contents.
    pub mark: Vec<u8>,
    /// The sealed contents, in the file store.
    pub stored: Stored,
}

/// The key of a person of the staff, for sealing a paper before it is written.
///
/// # Errors
/// `NotFound` for a person out of scope; `None` once the key was destroyed.
pub async fn key_of_staff(db: &Db, scope: &Scope, action: Action, code: &str) -> StoreResult<(i64, Option<OwnKey>)> {
    let sql = format!(
        "SELECT p.id, p.key_cipher FROM staff s JOIN person p ON p.id = s.person_id WHERE s.code = $1 AND {}",
        scope.staff(action)
    );
    let rows = db.rows(sql, [code.into()]).await?;
    let row = rows.first().ok_or(Error::NotFound)?;
    Ok((row.try_get("", "id")?, person::opened(db.keys(), row)?))
}

/// Seals the contents of a paper.
pub fn seal(key: &OwnKey, contents: &[u8]) -> StoreResult<Bytes> {
    key.seal_bytes(CONTENTS, contents).map(Bytes::from)
}

/// What tells that two papers of a person have the same contents.
pub fn mark(db: &Db, person: i64, contents: &[u8]) -> Vec<u8> {
    db.keys().mac("attachment.mark", &[&person.to_be_bytes(), contents])
}

/// Puts a paper to a person. The same one again is nothing.
pub async fn add(tx: &Tx, at: Moment, actor: &Actor, person: i64, new: &New) -> StoreResult<TakenIn> {
    let New { kind, name, format, size, mark, stored } = new;
    // The key is opened here once more: it may have been destroyed meanwhile.
    let Some(key) = person::own_key(tx, person).await? else {
        return Err(Error::Rule { rule: domain::Rule::PersonErased }.into());
    };
    // Two at once take their turn, and the bound stays one.
    tx.run("UPDATE person SET destroyed_ms = destroyed_ms WHERE id = $1", [person.into()]).await?;
    let rows = tx
        .rows(
            "SELECT COUNT(*) AS n, SUM(CASE WHEN mark = $2 THEN 1 ELSE 0 END) AS known FROM attachment \
             WHERE person_id = $1",
            [person.into(), mark.clone().into()],
        )
        .await?;
    let row = rows.first().ok_or_else(|| StoreError::corrupt("a count gave no row"))?;
    let (count, known): (i64, Option<i64>) = (row.try_get("", "n")?, row.try_get("", "known")?);
    if known.unwrap_or(0) > 0 {
        return Ok(TakenIn::Known);
    }
    if count >= MOST as i64 {
        return Ok(TakenIn::Refused { why: Refusal::Full });
    }
    file::keep(tx, at, actor, std::slice::from_ref(stored)).await?;
    let values: Vec<Value> = vec![
        tx.numbers(&Sequence::Row, 1).await?.into(),
        person.into(),
        kind.code().into(),
        key.seal(NAME, name)?.into(),
        format.code().into(),
        i64::try_from(*size).map_err(StoreError::corrupt)?.into(),
        mark.clone().into(),
        value(&stored.digest),
        at.0.into(),
        actor.audit_name().into(),
    ];
    tx.run(
        "INSERT INTO attachment (id, person_id, kind, name_cipher, format, size, mark, file, created_ms, created_by) \
         VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10)",
        values,
    )
    .await?;
    Ok(TakenIn::Taken)
}

const COLUMNS: &str = "a.id, a.kind, a.name_cipher, a.format, a.size, a.created_ms, a.file, p.key_cipher";

/// The papers of a person of the staff, the newest first, for whoever may read the record.
pub async fn of_staff(db: &Db, scope: &Scope, code: &str) -> StoreResult<Vec<Paper>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM attachment a JOIN person p ON p.id = a.person_id JOIN staff s ON s.person_id = p.id \
         WHERE s.code = $1 AND p.key_cipher IS NOT NULL AND {} ORDER BY a.id DESC",
        scope.staff(Action::ReadRecord)
    );
    let rows = db.rows(sql, [code.into()]).await?;
    rows.iter().map(|row| read(db, row).map(|(paper, ..)| paper)).collect()
}

/// A paper with its contents.
///
/// # Errors
/// `NotFound` for a paper or person out of scope as for one that never was; `Corrupt` where the bytes are missing.
pub async fn open(db: &Db, scope: &Scope, code: &str, id: i64) -> StoreResult<(Paper, Vec<u8>)> {
    let sql = format!(
        "SELECT {COLUMNS} FROM attachment a JOIN person p ON p.id = a.person_id JOIN staff s ON s.person_id = p.id \
         WHERE s.code = $1 AND a.id = $2 AND p.key_cipher IS NOT NULL AND {}",
        scope.staff(Action::ReadRecord)
    );
    let rows = db.rows(sql, [code.into(), id.into()]).await?;
    let (paper, key, stored) = read(db, rows.first().ok_or(Error::NotFound)?)?;
    let sealed = db.files().read(&stored).await?.ok_or_else(|| StoreError::corrupt("a paper is missing"))?;
    Ok((paper, key.open_bytes(CONTENTS, &sealed)?))
}

/// Takes a paper away. What it was.
///
/// # Errors
/// `NotFound`.
pub async fn remove(tx: &Tx, person: i64, id: i64) -> StoreResult<PaperKind> {
    let sql = "DELETE FROM attachment WHERE id = $1 AND person_id = $2 RETURNING file, kind";
    let rows = tx.rows(sql, [id.into(), person.into()]).await?;
    let row = rows.first().ok_or(Error::NotFound)?;
    file::forget(tx, &Vec::from_iter(digest(row, "file")?)).await?;
    crate::listing::coded(row, "kind", PaperKind::from_code)
}

/// Takes away all papers of a person whose key is destroyed.
pub(crate) async fn remove_all(tx: &Tx, person: i64) -> StoreResult<()> {
    let rows = tx.rows("DELETE FROM attachment WHERE person_id = $1 RETURNING file", [person.into()]).await?;
    let contents: StoreResult<Vec<_>> = rows.iter().map(|row| digest(row, "file")).collect();
    file::forget(tx, &contents?.into_iter().flatten().collect::<Vec<_>>()).await
}

fn read(db: &Db, row: &QueryResult) -> StoreResult<(Paper, OwnKey, Digest)> {
    let key = person::opened(db.keys(), row)?.ok_or(Error::NotFound)?;
    let name: Vec<u8> = row.try_get("", "name_cipher")?;
    let paper = Paper {
        id: row.try_get("", "id")?,
        kind: crate::listing::coded(row, "kind", PaperKind::from_code)?,
        name: key.open(NAME, &name)?,
        format: crate::listing::coded(row, "format", PaperFormat::from_code)?,
        size: row.try_get("", "size")?,
        at_ms: row.try_get("", "created_ms")?,
    };
    let stored = digest(row, "file")?.ok_or_else(|| StoreError::corrupt("a paper without a file"))?;
    Ok((paper, key, stored))
}

/// How the sealed contents are stored.
pub const fn stored(digest: Digest, size: u64) -> Stored {
    Stored { digest, size, kind: FileKind::Sealed }
}

//! Writing records. Numbers are sealed with the person's own key and found by a blind index.

use super::Target;
use super::spelling::{initials, pinyin};
use crate::identity::{account, person};
use crate::{Moment, OwnKey, Sequence, StoreError, StoreResult, Tx};
use chrono::NaiveDate;
use domain::access::Actor;
use domain::identity::{Education, IdNumber, Phone, RevealedField};
use domain::{Error, Rule};
use sea_orm::Value;

pub(super) const PHONE: &str = "staff.phone";
pub(super) const ID_NUMBER: &str = "staff.id_number";

/// A record as it is entered.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Name.
    pub name: String,
    /// Position, in the firm's own words.
    pub position: String,
    /// Public number of the store.
    pub store: String,
    /// Name of a team in it; made if it is not there.
    pub team: Option<String>,
    /// Public number of the one they report to.
    pub manager: Option<String>,
    /// Telephone; in a change, `None` leaves it as it is.
    pub phone: Option<Phone>,
    /// Identity number; in a change, `None` leaves it as it is.
    pub id_number: Option<IdNumber>,
    /// Number of the licence.
    pub licence_no: Option<String>,
    /// Its last day.
    pub licence_until: Option<NaiveDate>,
    /// First day at the firm.
    pub hired_on: Option<NaiveDate>,
    /// Schooling.
    pub education: Option<Education>,
    /// Work history.
    pub history: String,
    /// Skills.
    pub skills: String,
}

/// Adds a person. Returns row number and public number.
///
/// # Errors
/// `Invalid` for a store, a manager that are not there, or a telephone or identity number somebody else has.
pub async fn add(tx: &Tx, at: Moment, actor: &Actor, entry: &Entry) -> StoreResult<(i64, String)> {
    let (person, own) = person::create(tx).await?;
    let place = place(tx, entry, 0).await?;
    let id = tx.numbers(&Sequence::Row, 1).await?;
    let code = format!("YG-{:04}", tx.numbers(&Sequence::Staff, 1).await?);
    tx
        .run(
            "INSERT INTO staff (id, code, person_id, name, initials, store_id, team_id, manager_id, position, \
             licence_no, licence_until, hired_on, education, history, skills, state, version, created_ms, created_by, \
             updated_ms, pinyin) \
             VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,'active',1,$16,$17,$16,$18)",
            [
                id.into(),
                code.as_str().into(),
                person.into(),
                entry.name.as_str().into(),
                initials(&entry.name).into(),
                place.store.into(),
                place.team.into(),
                place.manager.into(),
                entry.position.as_str().into(),
                entry.licence_no.clone().into(),
                entry.licence_until.into(),
                entry.hired_on.into(),
                entry.education.map(|e| e.code().to_owned()).into(),
                entry.history.as_str().into(),
                entry.skills.as_str().into(),
                at.0.into(),
                actor.audit_name().into(),
                pinyin(&entry.name).into(),
            ],
        )
        .await?;
    numbers(tx, id, &own, entry).await?;
    Ok((id, code))
}

/// Changes a record that was seen at `seen`.
///
/// # Errors
/// `Stale`; `Rule(PersonErased)` for a new number of a person whose key is destroyed; as [`add`].
pub async fn change(tx: &Tx, at: Moment, target: &Target, seen: i64, entry: &Entry) -> StoreResult<()> {
    let place = place(tx, entry, target.id).await?;
    let done = tx
        .run(
            "UPDATE staff SET name = $3, initials = $4, store_id = $5, team_id = $6, manager_id = $7, position = $8, \
             licence_no = $9, licence_until = $10, hired_on = $11, education = $12, history = $13, skills = $14, \
             version = version + 1, updated_ms = $15, pinyin = $16 WHERE id = $1 AND version = $2",
            [
                target.id.into(),
                seen.into(),
                entry.name.as_str().into(),
                initials(&entry.name).into(),
                place.store.into(),
                place.team.into(),
                place.manager.into(),
                entry.position.as_str().into(),
                entry.licence_no.clone().into(),
                entry.licence_until.into(),
                entry.hired_on.into(),
                entry.education.map(|e| e.code().to_owned()).into(),
                entry.history.as_str().into(),
                entry.skills.as_str().into(),
                at.0.into(),
                pinyin(&entry.name).into(),
            ],
        )
        .await?;
    if done.rows_affected() == 0 {
        return Err(Error::Stale.into());
    }
    if entry.phone.is_none() && entry.id_number.is_none() {
        return Ok(());
    }
    let own = person::own_key(tx, target.person).await?.ok_or(Error::Rule { rule: Rule::PersonErased })?;
    numbers(tx, target.id, &own, entry).await
}

/// Who has a number: row number and public number.
pub async fn holder(tx: &Tx, field: RevealedField, number: &str) -> StoreResult<Option<(i64, String)>> {
    let (purpose, index) = match field {
        RevealedField::Phone => (PHONE, "phone_key"),
        RevealedField::IdNumber => (ID_NUMBER, "id_key"),
    };
    let found_by = tx.keys().blind_index(purpose, number);
    let rows = tx.rows(format!("SELECT id, code FROM staff WHERE {index} = $1"), [Value::from(found_by)]).await?;
    rows.first().map(|row| Ok((row.try_get("", "id")?, row.try_get("", "code")?))).transpose()
}

/// The first day of a person at the firm, where it is known.
pub async fn hired_on(tx: &Tx, id: i64) -> StoreResult<Option<NaiveDate>> {
    let rows = tx.rows("SELECT hired_on FROM staff WHERE id = $1", [id.into()]).await?;
    rows.first().map_or(Ok(None), |row| row.try_get("", "hired_on").map_err(Into::into))
}

/// Notes that a person has left.
///
/// # Errors
/// `Stale`.
pub async fn leave(tx: &Tx, at: Moment, target: &Target, seen: i64, on: NaiveDate) -> StoreResult<()> {
    let sql = "UPDATE staff SET state = 'left', left_on = $3, version = version + 1, updated_ms = $4 \
               WHERE id = $1 AND version = $2 AND state = 'active'";
    match tx.run(sql, [target.id.into(), seen.into(), on.into(), at.0.into()]).await?.rows_affected() {
        1 => Ok(()),
        _ => Err(Error::Stale.into()),
    }
}

/// Has those who report to one person report to another. How many they were.
pub async fn give_reports(tx: &Tx, at: Moment, from: i64, to: Option<i64>) -> StoreResult<u64> {
    let sql = "UPDATE staff SET manager_id = CASE WHEN id = $2 THEN NULL ELSE $2 END, version = version + 1, \
               updated_ms = $3 WHERE manager_id = $1 AND state = 'active'";
    Ok(tx.run(sql, [from.into(), to.into(), at.0.into()]).await?.rows_affected())
}

/// Destroys the key of a person who has left, and what finds them by their numbers. Whether there was one.
pub async fn erase(tx: &Tx, at: Moment, target: &Target) -> StoreResult<bool> {
    tx.run("UPDATE staff SET phone_key = NULL, id_key = NULL WHERE id = $1", [target.id.into()]).await?;
    crate::message::forget_person(tx, target.person).await?;
    person::destroy(tx, at, target.person).await
}

/// The person behind an account.
pub async fn person_of(tx: &Tx, account: i64) -> StoreResult<i64> {
    let sql = "SELECT s.person_id FROM account a JOIN staff s ON s.id = a.staff_id WHERE a.id = $1";
    let rows = tx.rows(sql, [account.into()]).await?;
    rows.first().ok_or(StoreError::Refused(Error::NotFound))?.try_get("", "person_id").map_err(Into::into)
}

struct Place {
    store: i64,
    team: Option<i64>,
    manager: Option<i64>,
}

/// The store, team and manager an entry names.
async fn place(tx: &Tx, entry: &Entry, of: i64) -> StoreResult<Place> {
    let unknown = |field: &str, value: &str| {
        let fault = domain::FieldError::new(field, domain::error::Problem::UnknownValue, value);
        StoreError::from(Error::Invalid { fields: vec![fault] })
    };
    let sql = "SELECT id FROM store WHERE code = $1 AND closed_on IS NULL";
    let rows = tx.rows(sql, [entry.store.as_str().into()]).await?;
    let store = rows.first().ok_or_else(|| unknown("store", &entry.store))?.try_get("", "id")?;
    let team = match entry.team.as_deref() {
        None => None,
        Some(name) => Some(super::store::ensure_team(tx, store, name).await?),
    };
    let manager = match entry.manager.as_deref() {
        None => None,
        Some(code) => {
            let sql = "SELECT id FROM staff WHERE code = $1 AND state = 'active' AND id <> $2";
            let rows = tx.rows(sql, [code.into(), of.into()]).await?;
            Some(rows.first().ok_or_else(|| unknown("manager", code))?.try_get("", "id")?)
        }
    };
    Ok(Place { store, team, manager })
}

/// Seals the numbers that were entered, and indexes them.
async fn numbers(tx: &Tx, id: i64, own: &OwnKey, entry: &Entry) -> StoreResult<()> {
    let pairs = [
        ("phone", PHONE, "phone_cipher", "phone_key", entry.phone.as_ref().map(Phone::full)),
        ("id_number", ID_NUMBER, "id_cipher", "id_key", entry.id_number.as_ref().map(IdNumber::full)),
    ];
    for (field, purpose, cipher, index, number) in pairs {
        let Some(number) = number else { continue };
        let sql = format!("UPDATE staff SET {cipher} = $2, {index} = $3 WHERE id = $1");
        let found_by = tx.keys().blind_index(purpose, number);
        let values = [id.into(), Value::from(own.seal(purpose, number)?), Value::from(found_by)];
        match tx.run(sql, values).await {
            Err(StoreError::Taken(_)) => return Err(account::taken(field, "")),
            done => done.map(drop)?,
        }
    }
    Ok(())
}

//! The directory, and a person's record.

use crate::identity::{account, person};
use crate::{Db, Moment, Scope, StoreError, StoreResult, Tx};
use chrono::NaiveDate;
use domain::Error;
use domain::access::{Action, Owner};
use domain::identity::{AccountState, Colleague, Education, IdNumber, Phone, Profile, Record, StaffState};
use sea_orm::{QueryResult, Value};

const COLLEAGUE: &str = "s.id AS staff_id, s.code, s.name, s.position, s.state, s.version, s.store_id, s.team_id, \
    st.code AS store_code, st.name AS store_name, t.name AS team_name, m.code AS manager_code, \
    m.name AS manager_name, a.login, a.roles, a.state AS account_state, \
    (a.totp_on OR EXISTS (SELECT 1 FROM passkey k WHERE k.account_id = a.id)) AS second_factor";
const FROM: &str = "FROM staff s JOIN store st ON st.id = s.store_id LEFT JOIN team t ON t.id = s.team_id \
    LEFT JOIN staff m ON m.id = s.manager_id LEFT JOIN account a ON a.staff_id = s.id";

/// Which people are asked for. Empty texts ask for nothing.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Part of the name, of its pinyin or its initials, of the position or the public number.
    pub text: String,
    /// The store's public number.
    pub store: String,
    /// Whether those who left are shown instead.
    pub left: bool,
    /// Those after this name and number, for the next page.
    pub after: Option<(String, String)>,
}

/// A person to whom something is done.
#[derive(Clone, Debug)]
pub struct Target {
    /// Row number.
    pub id: i64,
    /// Whose they are: themselves, their team, their store.
    pub owner: Owner,
    /// Public number.
    pub code: String,
    /// Name.
    pub name: String,
    /// Row number in the persons.
    pub person: i64,
    /// Whether they work here.
    pub state: StaffState,
    /// Version.
    pub version: i64,
    /// Row number of the account.
    pub account: Option<i64>,
}

/// People in scope, by name, at most `limit`.
pub async fn directory(db: &Db, scope: &Scope, filter: &Filter, limit: u32) -> StoreResult<Vec<Colleague>> {
    let Filter { text, store, left, after } = filter;
    let mut conditions = vec![scope.staff(Action::ReadStaff), "s.state = $1".to_owned()];
    let state = if *left { StaffState::Left } else { StaffState::Active };
    let mut values: Vec<Value> = vec![state.code().into()];
    if !text.is_empty() {
        // A sign that means something to LIKE means itself here.
        let plain: String = text.to_lowercase().chars().flat_map(escaped).collect();
        let spelt: String = super::spelling::typed(text).chars().flat_map(escaped).collect();
        values.extend([Value::from(format!("%{plain}%")), Value::from(format!("%{spelt}%"))]);
        let (n, m) = (values.len() - 1, values.len());
        let like = |column: &str| format!("lower({column}) LIKE ${n} ESCAPE '!'");
        let mut any = ["s.name", "s.position", "s.code"].map(like).to_vec();
        if !spelt.is_empty() {
            any.extend(["s.initials", "s.pinyin"].map(|column| format!("{column} LIKE ${m} ESCAPE '!'")));
        }
        conditions.push(format!("({})", any.join(" OR ")));
    }
    if !store.is_empty() {
        values.push(store.as_str().into());
        conditions.push(format!("st.code = ${}", values.len()));
    }
    if let Some((name, code)) = after {
        values.extend([Value::from(name.as_str()), Value::from(code.as_str())]);
        conditions.push(format!("(s.name, s.code) > (${}, ${})", values.len() - 1, values.len()));
    }
    let conditions = conditions.join(" AND ");
    let sql = format!("SELECT {COLLEAGUE} {FROM} WHERE {conditions} ORDER BY s.name, s.code LIMIT {limit}");
    db.rows(sql, values).await?.iter().map(colleague).collect()
}

/// A person's record, as far as the scope goes: the directory's line, and the rest where it may be read.
///
/// # Errors
/// `NotFound` for a person out of scope as for one who never was.
pub async fn profile(db: &Db, scope: &Scope, code: &str) -> StoreResult<Profile> {
    let (directory, record) = (scope.staff(Action::ReadStaff), scope.staff(Action::ReadRecord));
    let sql = format!(
        "SELECT {COLLEAGUE}, s.phone_cipher, s.id_cipher, s.licence_no, s.licence_until, s.hired_on, s.left_on, \
         s.education, s.history, s.skills, p.key_cipher, CASE WHEN {record} THEN 1 ELSE 0 END AS open \
         {FROM} JOIN person p ON p.id = s.person_id WHERE s.code = $1 AND ({directory} OR {record})"
    );
    let rows = db.rows(sql, [code.into()]).await?;
    let row = rows.first().ok_or(Error::NotFound)?;
    let open: i32 = row.try_get("", "open")?;
    Ok(Profile {
        colleague: colleague(row)?,
        login: if open == 1 { row.try_get("", "login")? } else { None },
        second_factor: row.try_get::<Option<bool>>("", "second_factor")?.unwrap_or(false),
        record: (open == 1).then(|| self::record(db, row)).transpose()?,
        version: row.try_get("", "version")?,
    })
}

/// The person with this public number, for doing something to them within the scope of an action.
///
/// # Errors
/// `NotFound` for a person out of scope as for one who never was.
pub async fn find(tx: &Tx, scope: &Scope, action: Action, code: &str) -> StoreResult<Target> {
    let sql = format!(
        "SELECT s.id, s.code, s.name, s.person_id, s.state, s.version, s.store_id, s.team_id, a.id AS account_id \
         FROM staff s LEFT JOIN account a ON a.staff_id = s.id WHERE s.code = $1 AND {}",
        scope.staff(action)
    );
    let rows = tx.rows(sql, [code.into()]).await?;
    let row = rows.first().ok_or(Error::NotFound)?;
    let id = row.try_get("", "id")?;
    Ok(Target {
        id,
        owner: Owner { staff: id, team: row.try_get("", "team_id")?, store: row.try_get("", "store_id")? },
        code: row.try_get("", "code")?,
        name: row.try_get("", "name")?,
        person: row.try_get("", "person_id")?,
        state: state(row)?,
        version: row.try_get("", "version")?,
        account: row.try_get("", "account_id")?,
    })
}

/// People within reach of their records whose licence ends on or before a day, the soonest first.
pub async fn licences_ending(db: &Db, scope: &Scope, by: NaiveDate) -> StoreResult<Vec<(String, String, NaiveDate)>> {
    let sql = format!(
        "SELECT s.code, s.name, s.licence_until FROM staff s WHERE s.state = 'active' AND s.licence_until <= $1 \
         AND {} ORDER BY s.licence_until, s.code LIMIT 20",
        scope.staff(Action::ReadRecord)
    );
    let rows = db.rows(sql, [by.into()]).await?;
    rows.iter()
        .map(|row| Ok((row.try_get("", "code")?, row.try_get("", "name")?, row.try_get("", "licence_until")?)))
        .collect()
}

/// What a person holds that must be handed over: people who report to them, open sessions, an account.
///
/// # Errors
/// `NotFound`.
pub async fn holdings(db: &Db, scope: &Scope, at: Moment, code: &str) -> StoreResult<(i64, i64, bool)> {
    let sql = format!(
        "SELECT (SELECT COUNT(*) FROM staff r WHERE r.manager_id = s.id AND r.state = 'active') AS reports, \
         (SELECT COUNT(*) FROM session e JOIN account a ON a.id = e.account_id WHERE a.staff_id = s.id \
         AND e.ended_ms IS NULL AND e.expires_ms > $2) AS sessions, \
         (SELECT COUNT(*) FROM account a WHERE a.staff_id = s.id AND a.state <> 'disabled') AS accounts \
         FROM staff s WHERE s.code = $1 AND {}",
        scope.staff(Action::HandOver)
    );
    let rows = db.rows(sql, [code.into(), at.0.into()]).await?;
    let row = rows.first().ok_or(Error::NotFound)?;
    let accounts: i64 = row.try_get("", "accounts")?;
    Ok((row.try_get("", "reports")?, row.try_get("", "sessions")?, accounts > 0))
}

/// A person's own numbers in full, for their own copy of what is kept.
///
/// # Errors
/// `NotFound` for anybody whose record the scope does not reach.
pub async fn own_numbers(db: &Db, scope: &Scope, code: &str) -> StoreResult<(Option<String>, Option<String>)> {
    let sql = format!(
        "SELECT s.phone_cipher, s.id_cipher, p.key_cipher FROM staff s JOIN person p ON p.id = s.person_id \
         WHERE s.code = $1 AND {}",
        scope.staff(Action::ReadRecord)
    );
    let rows = db.rows(sql, [code.into()]).await?;
    let row = rows.first().ok_or(Error::NotFound)?;
    let Some(own) = person::opened(db.keys(), row)? else { return Ok((None, None)) };
    let full = |column: &str, purpose: &str| {
        let sealed: Option<Vec<u8>> = row.try_get("", column)?;
        sealed.map(|sealed| own.open(purpose, &sealed)).transpose()
    };
    Ok((full("phone_cipher", super::write::PHONE)?, full("id_cipher", super::write::ID_NUMBER)?))
}

pub(super) fn colleague(row: &QueryResult) -> StoreResult<Colleague> {
    let manager: Option<String> = row.try_get("", "manager_code")?;
    let roles: Option<String> = row.try_get("", "roles")?;
    let account: Option<String> = row.try_get("", "account_state")?;
    let account = account.map(|word| {
        AccountState::from_code(&word).ok_or_else(|| StoreError::corrupt(format!("account state {word}")))
    });
    Ok(Colleague {
        code: row.try_get("", "code")?,
        name: row.try_get("", "name")?,
        position: row.try_get("", "position")?,
        store: (row.try_get("", "store_code")?, row.try_get("", "store_name")?),
        team: row.try_get("", "team_name")?,
        manager: manager.map(|code| Ok::<_, StoreError>((code, row.try_get("", "manager_name")?))).transpose()?,
        roles: roles.as_deref().map_or(Ok(Vec::new()), account::read_words)?,
        state: state(row)?,
        account: account.transpose()?,
    })
}

fn state(row: &QueryResult) -> StoreResult<StaffState> {
    let word: String = row.try_get("", "state")?;
    StaffState::from_code(&word).ok_or_else(|| StoreError::corrupt(format!("staff state {word}")))
}

fn record(db: &Db, row: &QueryResult) -> StoreResult<Record> {
    let own = person::opened(db.keys(), row)?;
    let masked = |column: &str, purpose: &str, mask: fn(&str) -> Option<String>| {
        let sealed: Option<Vec<u8>> = row.try_get("", column)?;
        match (&own, sealed) {
            (Some(own), Some(sealed)) => Ok::<_, StoreError>(mask(&own.open(purpose, &sealed)?)),
            _ => Ok(None),
        }
    };
    let education: Option<String> = row.try_get("", "education")?;
    let education = education
        .map(|word| Education::from_code(&word).ok_or_else(|| StoreError::corrupt(format!("education {word}"))));
    Ok(Record {
        phone: masked("phone_cipher", super::write::PHONE, |text| Some(Phone::parse(text)?.masked()))?,
        id_number: masked("id_cipher", super::write::ID_NUMBER, |text| Some(IdNumber::parse(text)?.masked()))?,
        licence_no: row.try_get("", "licence_no")?,
        licence_until: row.try_get("", "licence_until")?,
        hired_on: row.try_get("", "hired_on")?,
        left_on: row.try_get("", "left_on")?,
        education: education.transpose()?,
        history: row.try_get("", "history")?,
        skills: row.try_get("", "skills")?,
    })
}

fn escaped(c: char) -> impl Iterator<Item = char> {
    let mark = matches!(c, '%' | '_' | '!').then_some('!');
    mark.into_iter().chain([c])
}

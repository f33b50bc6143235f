//! Accounts: who may sign in, with what, as what.

use crate::{Db, Keys, Moment, Scope, Sequence, StoreError, StoreResult, Tx};
use domain::access::{Owner, Role};
use domain::identity::AccountState;
use domain::{Error, Rule, StartPage};
use sea_orm::{QueryResult, Value};

const TOTP: &str = "account.totp";

/// An account with the person it belongs to.
#[derive(Clone, Debug)]
pub struct Account {
    /// Row number.
    pub id: i64,
    /// Row number, team and store of the person.
    pub owner: Owner,
    /// Public number of the person.
    pub code: String,
    /// Name of the person.
    pub name: String,
    /// What they sign in with.
    pub login: String,
    /// What they are there for.
    pub roles: Vec<Role>,
    /// Whether they can sign in.
    pub state: AccountState,
    /// The hash of the password, once one was chosen.
    pub password_hash: Option<String>,
    /// The secret of the second factor, in base 32.
    pub totp: Option<String>,
    /// Whether the second factor is asked for.
    pub totp_on: bool,
    /// Whether the person has not left.
    pub works_here: bool,
    /// Version for the next change.
    pub version: i64,
    /// The page they begin with.
    pub start: StartPage,
}

pub(super) const COLUMNS: &str = "a.id AS account_id, a.login, a.roles, a.state AS account_state, a.password_hash, \
    a.totp_cipher, a.totp_on, a.version AS account_version, a.start_page, s.id AS staff_id, s.team_id, s.store_id, \
    s.code AS staff_code, s.name AS staff_name, s.left_on AS staff_left";

/// The account of a login.
pub async fn by_login(db: &Db, _scope: &Scope, login: &str) -> StoreResult<Option<Account>> {
    one(db, "a.login = $1", login.into()).await
}

/// The account of this number.
pub async fn by_id(db: &Db, _scope: &Scope, id: i64) -> StoreResult<Option<Account>> {
    one(db, "a.id = $1", id.into()).await
}

/// The account of a person, by the person's public number.
pub async fn by_code(db: &Db, _scope: &Scope, code: &str) -> StoreResult<Option<Account>> {
    one(db, "s.code = $1", code.into()).await
}

async fn one(db: &Db, condition: &str, value: Value) -> StoreResult<Option<Account>> {
    let sql = format!("SELECT {COLUMNS} FROM account a JOIN staff s ON s.id = a.staff_id WHERE {condition}");
    let rows = db.rows(sql, [value]).await?;
    rows.first().map(|row| read(db.keys(), row)).transpose()
}

/// Whether there is any account that can sign in: without one the firm is not set up.
pub async fn any(db: &Db, _scope: &Scope) -> StoreResult<bool> {
    Ok(!db.rows("SELECT 1 AS one FROM account WHERE state = 'active' LIMIT 1", []).await?.is_empty())
}

/// Opens an account; without a password it waits for its invitation.
///
/// # Errors
/// `Invalid(login: Taken)`.
pub async fn open(
    tx: &Tx,
    at: Moment,
    staff: i64,
    login: &str,
    roles: &[Role],
    hash: Option<&str>,
) -> StoreResult<i64> {
    let id = tx.numbers(&Sequence::Row, 1).await?;
    let state = if hash.is_some() { AccountState::Active } else { AccountState::Invited };
    let done = tx
        .run(
            "INSERT INTO account (id, staff_id, login, roles, state, password_hash, password_ms, totp_on, totp_step, \
             version, created_ms) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,0,1,$9)",
            [
                id.into(),
                staff.into(),
                login.into(),
                words(roles).into(),
                state.code().into(),
                hash.map(str::to_owned).into(),
                hash.map(|_| at.0).into(),
                false.into(),
                at.0.into(),
            ],
        )
        .await;
    match done {
        Err(StoreError::Taken(_)) => Err(taken("login", login)),
        Err(error) => Err(error),
        Ok(_) => Ok(id),
    }
}

/// Somebody else has it.
pub(crate) fn taken(field: &str, value: &str) -> StoreError {
    let fault = domain::FieldError::new(field, domain::error::Problem::Taken, value);
    Error::Invalid { fields: vec![fault] }.into()
}

/// Sets a password; an invited account becomes active.
pub async fn set_password(tx: &Tx, at: Moment, id: i64, hash: &str) -> StoreResult<()> {
    let sql = "UPDATE account SET password_hash = $2, password_ms = $3, version = version + 1, \
               state = CASE state WHEN 'invited' THEN 'active' ELSE state END WHERE id = $1";
    tx.run(sql, [id.into(), hash.into(), at.0.into()]).await?;
    Ok(())
}

/// Keeps another hash of the password that was just given, unless it was changed meanwhile.
pub async fn rehash(tx: &Tx, id: i64, old: &str, hash: &str) -> StoreResult<()> {
    let sql = "UPDATE account SET password_hash = $3 WHERE id = $1 AND password_hash = $2";
    tx.run(sql, [id.into(), old.into(), hash.into()]).await.map(drop)
}

/// Gives an account these roles.
///
/// # Errors
/// `Rule(LastAdmin)` where nobody would be left to manage accounts.
pub async fn set_roles(tx: &Tx, id: i64, roles: &[Role]) -> StoreResult<()> {
    one_after_another(tx).await?;
    let sql = "UPDATE account SET roles = $2, version = version + 1 WHERE id = $1";
    tx.run(sql, [id.into(), words(roles).into()]).await?;
    somebody_administers(tx).await
}

/// Opens or closes an account.
///
/// # Errors
/// As [`set_roles`].
pub async fn set_state(tx: &Tx, id: i64, state: AccountState) -> StoreResult<()> {
    one_after_another(tx).await?;
    let sql = "UPDATE account SET state = $2, version = version + 1 WHERE id = $1";
    tx.run(sql, [id.into(), state.code().into()]).await?;
    somebody_administers(tx).await
}

/// Two administrators who close each other at once would both find the other still there: the sequence is locked until
/// the commit.
async fn one_after_another(tx: &Tx) -> StoreResult<()> {
    tx.numbers(&Sequence::Row, 1).await.map(drop)
}

async fn somebody_administers(tx: &Tx) -> StoreResult<()> {
    let sql = "SELECT 1 AS one FROM account WHERE state = 'active' AND ',' || roles || ',' LIKE '%,admin,%' LIMIT 1";
    match tx.rows(sql, []).await?.is_empty() {
        true => Err(Error::Rule { rule: Rule::LastAdmin }.into()),
        false => Ok(()),
    }
}

/// Keeps the secret of a second factor, and whether it is asked for.
pub async fn set_totp(tx: &Tx, id: i64, secret: Option<&str>, on: bool) -> StoreResult<()> {
    let sealed = secret.map(|secret| tx.keys().seal(TOTP, secret)).transpose()?;
    let sql = "UPDATE account SET totp_cipher = $2, totp_on = $3, version = version + 1 WHERE id = $1";
    tx.run(sql, [id.into(), sealed.into(), on.into()]).await?;
    Ok(())
}

/// Takes a code's 30-second step, once. Whether it was free.
pub async fn take_step(tx: &Tx, id: i64, step: i64) -> StoreResult<bool> {
    let sql = "UPDATE account SET totp_step = $2 WHERE id = $1 AND totp_step < $2";
    Ok(tx.run(sql, [id.into(), step.into()]).await?.rows_affected() == 1)
}

/// Replaces the recovery codes.
pub async fn set_recovery_codes(tx: &Tx, id: i64, hashes: &[Vec<u8>]) -> StoreResult<()> {
    tx.run("DELETE FROM recovery_code WHERE account_id = $1", [id.into()]).await?;
    for hash in hashes {
        let sql = "INSERT INTO recovery_code (account_id, code_hash) VALUES ($1, $2)";
        tx.run(sql, [id.into(), Value::from(hash.clone())]).await?;
    }
    Ok(())
}

/// Takes a recovery code, once. Whether it was good.
pub async fn take_recovery_code(tx: &Tx, at: Moment, id: i64, hash: Vec<u8>) -> StoreResult<bool> {
    let sql = "UPDATE recovery_code SET used_ms = $3 WHERE account_id = $1 AND code_hash = $2 AND used_ms IS NULL";
    Ok(tx.run(sql, [id.into(), Value::from(hash), at.0.into()]).await?.rows_affected() == 1)
}

/// Recovery codes that are left.
pub async fn recovery_codes_left(db: &Db, _scope: &Scope, id: i64) -> StoreResult<i64> {
    let sql = "SELECT COUNT(*) AS n FROM recovery_code WHERE account_id = $1 AND used_ms IS NULL";
    db.rows(sql, [id.into()]).await?.first().map_or(Ok(0), |row| row.try_get("", "n").map_err(Into::into))
}

pub(super) fn read(keys: &Keys, row: &QueryResult) -> StoreResult<Account> {
    let state: String = row.try_get("", "account_state")?;
    let totp: Option<Vec<u8>> = row.try_get("", "totp_cipher")?;
    let roles: String = row.try_get("", "roles")?;
    Ok(Account {
        id: row.try_get("", "account_id")?,
        owner: Owner {
            staff: row.try_get("", "staff_id")?,
            team: row.try_get("", "team_id")?,
            store: row.try_get("", "store_id")?,
        },
        code: row.try_get("", "staff_code")?,
        name: row.try_get("", "staff_name")?,
        login: row.try_get("", "login")?,
        roles: read_words(&roles)?,
        state: AccountState::from_code(&state)
            .ok_or_else(|| StoreError::corrupt(format!("account state {state}")))?,
        password_hash: row.try_get("", "password_hash")?,
        totp: totp.map(|sealed| keys.open(TOTP, &sealed)).transpose()?,
        totp_on: row.try_get("", "totp_on")?,
        works_here: row.try_get::<Option<chrono::NaiveDate>>("", "staff_left")?.is_none(),
        version: row.try_get("", "account_version")?,
        start: StartPage::from_code(&row.try_get::<String>("", "start_page")?).unwrap_or(StartPage::Home),
    })
}

/// Keeps the page somebody begins with.
pub async fn set_start(tx: &Tx, id: i64, start: StartPage) -> StoreResult<()> {
    tx.run("UPDATE account SET start_page = $2 WHERE id = $1", [id.into(), start.code().into()]).await?;
    Ok(())
}

/// Roles as they are stored: words joined by commas.
fn words(roles: &[Role]) -> String {
    let words: Vec<_> = Role::ALL.iter().filter(|role| roles.contains(role)).map(|role| role.code()).collect();
    words.join(",")
}

pub(crate) fn read_words(text: &str) -> StoreResult<Vec<Role>> {
    let role = |word: &str| Role::from_code(word).ok_or_else(|| StoreError::corrupt(format!("role {word}")));
    text.split(',').filter(|word| !word.is_empty()).map(role).collect()
}

/// Active accounts that have one of these roles, by row number.
pub async fn with_roles(tx: &Tx, roles: &[Role]) -> StoreResult<Vec<i64>> {
    let rows = tx.rows("SELECT id, roles FROM account WHERE state = 'active' ORDER BY id", []).await?;
    let mut found = Vec::new();
    for row in &rows {
        let words: String = row.try_get("", "roles")?;
        if read_words(&words)?.iter().any(|role| roles.contains(role)) {
            found.push(row.try_get("", "id")?);
        }
    }
    Ok(found)
}

//! Passkeys: the public halves, and the challenges that wait for an answer.

use super::account::{self, Account};
use crate::{Db, Moment, Scope, Sequence, StoreResult, Tx};
use domain::identity::Passkey;
use sea_orm::{QueryResult, Value};

/// What a challenge was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// A new passkey.
    Add,
    /// Signing in.
    Enter,
    /// Proof before something sensitive.
    Confirm,
}

impl Purpose {
    const fn code(self) -> &'static str {
        match self {
            Self::Add => "add",
            Self::Enter => "enter",
            Self::Confirm => "confirm",
        }
    }
}

/// Keeps a challenge that is out, by its hash and that of its holder, and forgets those that ran out.
pub async fn ask(
    tx: &Tx,
    at: Moment,
    purpose: Purpose,
    hash: Vec<u8>,
    holder: Vec<u8>,
    life_ms: i64,
) -> StoreResult<()> {
    tx.run("DELETE FROM challenge WHERE expires_ms <= $1", [at.0.into()]).await?;
    let values = [Value::from(hash), Value::from(holder), purpose.code().into(), (at.0 + life_ms).into()];
    tx.run("INSERT INTO challenge (hash, holder, purpose, expires_ms) VALUES ($1,$2,$3,$4)", values).await?;
    Ok(())
}

/// Takes a challenge, once. Whether it was out for this holder and purpose.
pub async fn answer(tx: &Tx, at: Moment, purpose: Purpose, hash: Vec<u8>, holder: Vec<u8>) -> StoreResult<bool> {
    let sql = "DELETE FROM challenge WHERE hash = $1 AND holder = $2 AND purpose = $3 AND expires_ms > $4";
    let values = [Value::from(hash), Value::from(holder), purpose.code().into(), at.0.into()];
    Ok(tx.run(sql, values).await?.rows_affected() == 1)
}

/// A passkey with the account it opens.
#[derive(Clone, Debug)]
pub struct Found {
    /// Row number.
    pub id: i64,
    /// Whose it is.
    pub account: Account,
    /// The public half, as COSE has it.
    pub key: Vec<u8>,
    /// How often its device had used it when it was last seen.
    pub counter: i64,
}

/// The passkey its device knows under these bytes, made for this name of the site.
pub async fn find(db: &Db, _scope: &Scope, site: &str, credential: &[u8]) -> StoreResult<Option<Found>> {
    let sql = format!(
        "SELECT p.id AS passkey_id, p.public_key, p.counter, {} FROM passkey p \
         JOIN account a ON a.id = p.account_id JOIN staff s ON s.id = a.staff_id \
         WHERE p.credential = $1 AND p.site = $2",
        account::COLUMNS
    );
    let rows = db.rows(sql, [Value::from(credential.to_vec()), site.into()]).await?;
    let read = |row: &QueryResult| {
        Ok(Found {
            id: row.try_get("", "passkey_id")?,
            account: account::read(db.keys(), row)?,
            key: row.try_get("", "public_key")?,
            counter: row.try_get("", "counter")?,
        })
    };
    rows.first().map(read).transpose()
}

/// A passkey that is being added.
#[derive(Clone, Debug)]
pub struct NewPasskey<'a> {
    /// Whose.
    pub account: i64,
    /// The name of the site it is good for.
    pub site: &'a str,
    /// Under which its device knows it.
    pub credential: &'a [u8],
    /// The public half, as COSE has it.
    pub key: &'a [u8],
    /// How often it was used.
    pub counter: i64,
    /// What its owner calls it.
    pub name: &'a str,
}

/// Keeps a passkey. Returns its row number.
///
/// # Errors
/// `Taken` for one that is there already.
pub async fn add(tx: &Tx, at: Moment, new: NewPasskey<'_>) -> StoreResult<i64> {
    let NewPasskey { account, site, credential, key, counter, name } = new;
    let id = tx.numbers(&Sequence::Row, 1).await?;
    tx.run(
        "INSERT INTO passkey (id, account_id, site, credential, public_key, counter, name, made_ms) \
         VALUES ($1,$2,$3,$4,$5,$6,$7,$8)",
        [
            id.into(),
            account.into(),
            site.into(),
            Value::from(credential.to_vec()),
            Value::from(key.to_vec()),
            counter.into(),
            name.into(),
            at.0.into(),
        ],
    )
    .await?;
    Ok(id)
}

/// Notes that a passkey was used, from one count to another. Whether nobody else noted it meanwhile.
pub async fn used(tx: &Tx, at: Moment, id: i64, from: i64, to: i64) -> StoreResult<bool> {
    let sql = "UPDATE passkey SET counter = $3, used_ms = $4 WHERE id = $1 AND counter = $2";
    Ok(tx.run(sql, [id.into(), from.into(), to.into(), at.0.into()]).await?.rows_affected() == 1)
}

/// The passkeys of an account, in the order they were made.
pub async fn list(db: &Db, _scope: &Scope, account: i64) -> StoreResult<Vec<Passkey>> {
    let sql = "SELECT id, name, site, made_ms, used_ms FROM passkey WHERE account_id = $1 ORDER BY id";
    let rows = db.rows(sql, [account.into()]).await?;
    rows.iter()
        .map(|row| {
            Ok(Passkey {
                id: row.try_get("", "id")?,
                name: row.try_get("", "name")?,
                site: row.try_get("", "site")?,
                made_ms: row.try_get("", "made_ms")?,
                used_ms: row.try_get("", "used_ms")?,
            })
        })
        .collect()
}

/// What devices know an account's passkeys under: those of one name of the site.
pub async fn known(db: &Db, _scope: &Scope, account: i64, site: &str) -> StoreResult<Vec<Vec<u8>>> {
    let sql = "SELECT credential FROM passkey WHERE account_id = $1 AND site = $2 ORDER BY id";
    let rows = db.rows(sql, [account.into(), site.into()]).await?;
    rows.iter().map(|row| row.try_get("", "credential").map_err(Into::into)).collect()
}

/// Removes one passkey of an account. Its name, where it was there.
pub async fn remove(tx: &Tx, account: i64, id: i64) -> StoreResult<Option<String>> {
    let sql = "DELETE FROM passkey WHERE id = $1 AND account_id = $2 RETURNING name";
    let rows = tx.rows(sql, [id.into(), account.into()]).await?;
    rows.first().map(|row| row.try_get("", "name").map_err(Into::into)).transpose()
}

/// Removes every passkey of an account. How many there were.
pub async fn remove_all(tx: &Tx, account: i64) -> StoreResult<u64> {
    Ok(tx.run("DELETE FROM passkey WHERE account_id = $1", [account.into()]).await?.rows_affected())
}

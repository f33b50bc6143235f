//! Accounts: everything in them is sealed with the key of the person they belong to.

use super::{NAME, PHONE, SAVED};
use crate::identity::person;
use crate::{Keys, Moment, OwnKey, Sequence, StoreError, StoreResult, Tx};
use domain::identity::Phone;
use domain::saved::Saved;
use domain::{Error, Lang, Rule};
use sea_orm::{QueryResult, Value};

/// An account that is not deleted.
#[derive(Clone, Debug)]
pub struct Account {
    /// Row number.
    pub id: i64,
    /// Row number in the persons.
    pub person: i64,
    /// The number that comes in.
    pub phone: Phone,
    /// How they want to be addressed; may be empty.
    pub name: String,
    /// The language of messages to them.
    pub lang: Lang,
    /// What they keep.
    pub saved: Saved,
    /// Milliseconds UTC.
    pub created_ms: i64,
}

pub(super) const COLUMNS: &str = "c.id AS account_id, c.person_id, c.phone_cipher, c.name_cipher, c.saved_cipher, \
    c.lang, c.created_ms AS account_ms, p.key_cipher";

/// What finds an account by its number.
pub fn key_of(keys: &Keys, phone: &Phone) -> Vec<u8> {
    keys.blind_index(PHONE, phone.full())
}

/// The account of a number: row number and person.
pub async fn by_phone(tx: &Tx, phone: &Phone) -> StoreResult<Option<(i64, i64)>> {
    let sql = "SELECT id, person_id FROM client_account WHERE phone_key = $1";
    let rows = tx.rows(sql, [Value::from(key_of(tx.keys(), phone))]).await?;
    rows.first().map(|row| Ok((row.try_get("", "id")?, row.try_get("", "person_id")?))).transpose()
}

/// The person behind a number: of an account, or of a request to sell that was made with it.
pub async fn person_of(tx: &Tx, phone: &Phone) -> StoreResult<Option<i64>> {
    if let Some((_, person)) = by_phone(tx, phone).await? {
        return Ok(Some(person));
    }
    let national = phone.full().trim_start_matches("+86");
    let index = tx.keys().blind_index("sale_request.phone", national);
    let sql = "SELECT r.person_id FROM sale_request r JOIN person p ON p.id = r.person_id \
               WHERE r.phone_index = $1 AND p.key_cipher IS NOT NULL \
               AND NOT EXISTS (SELECT 1 FROM client_account c WHERE c.person_id = r.person_id) \
               ORDER BY r.id DESC LIMIT 1";
    let rows = tx.rows(sql, [Value::from(index)]).await?;
    rows.first().map(|row| row.try_get("", "person_id").map_err(Into::into)).transpose()
}

/// Opens an account for a number that has none. Row number and person.
pub async fn open(tx: &Tx, at: Moment, phone: &Phone, lang: Lang) -> StoreResult<(i64, i64)> {
    let (person, own) = match person_of(tx, phone).await? {
        Some(person) => (person, own(tx, person).await?),
        None => person::create(tx).await?,
    };
    let id = tx.numbers(&Sequence::Row, 1).await?;
    tx.run(
        "INSERT INTO client_account (id, person_id, phone_cipher, phone_key, lang, version, created_ms, seen_ms) \
         VALUES ($1,$2,$3,$4,$5,1,$6,$6)",
        [
            id.into(),
            person.into(),
            Value::from(own.seal(PHONE, phone.full())?),
            Value::from(key_of(tx.keys(), phone)),
            lang.code().into(),
            at.0.into(),
        ],
    )
    .await
    .map_err(|error| error.on_unique(Rule::NumberInUse))?;
    Ok((id, person))
}

/// Notes that somebody came in.
pub async fn seen(tx: &Tx, at: Moment, id: i64) -> StoreResult<()> {
    tx.run("UPDATE client_account SET seen_ms = $2 WHERE id = $1", [id.into(), at.0.into()]).await.map(drop)
}

/// Changes name and language.
pub async fn change(tx: &Tx, id: i64, name: &str, lang: Lang) -> StoreResult<()> {
    let account = locked(tx, id).await?;
    let sealed = own(tx, account.person).await?.seal(NAME, name)?;
    let sql = "UPDATE client_account SET name_cipher = $2, lang = $3 WHERE id = $1";
    tx.run(sql, [id.into(), Value::from(sealed), lang.code().into()]).await.map(drop)
}

/// Gives an account another number. The one it had.
///
/// # Errors
/// `Rule(NumberInUse)`.
pub async fn set_phone(tx: &Tx, id: i64, phone: &Phone) -> StoreResult<Phone> {
    let account = locked(tx, id).await?;
    let sealed = own(tx, account.person).await?.seal(PHONE, phone.full())?;
    let sql = "UPDATE client_account SET phone_cipher = $2, phone_key = $3 WHERE id = $1";
    let values = [id.into(), Value::from(sealed), Value::from(key_of(tx.keys(), phone))];
    tx.run(sql, values).await.map_err(|error| error.on_unique(Rule::NumberInUse))?;
    Ok(account.phone)
}

/// Changes what an account keeps. What it keeps now; whatever `change` says comes along.
pub async fn keep<T>(tx: &Tx, id: i64, change: impl FnOnce(&mut Saved) -> T) -> StoreResult<(Saved, T)> {
    let Account { person, mut saved, .. } = locked(tx, id).await?;
    let before = saved.clone();
    let told = change(&mut saved);
    if saved != before {
        let sealed = own(tx, person).await?.seal(SAVED, &saved.write())?;
        let sql = "UPDATE client_account SET saved_cipher = $2 WHERE id = $1";
        tx.run(sql, [id.into(), Value::from(sealed)]).await?;
    }
    Ok((saved, told))
}

/// Deletes an account: number, name and lists go, and the key of the person is destroyed, with which everything of
/// theirs becomes unreadable wherever a copy lies. Requests to sell lose name and number.
pub async fn delete(tx: &Tx, at: Moment, id: i64, person: i64) -> StoreResult<()> {
    let sql = "UPDATE client_account SET phone_cipher = NULL, phone_key = NULL, name_cipher = NULL, \
               saved_cipher = NULL, version = version + 1 WHERE id = $1";
    tx.run(sql, [id.into()]).await?;
    let nothing = Value::from(tx.keys().seal("sale_request.phone", "")?);
    let nobody = Value::from(tx.keys().seal("sale_request.name", "")?);
    let sql = "UPDATE sale_request SET phone_cipher = $2, name_cipher = $3, phone_index = $4, state = 'closed', \
               version = version + 1 WHERE person_id = $1";
    let index = Value::from(tx.keys().blind_index("sale_request.phone", &format!("deleted {person}")));
    tx.run(sql, [person.into(), nothing, nobody, index]).await?;
    person::destroy(tx, at, person).await.map(drop)
}

/// The account, which nobody else may change until the commit.
async fn locked(tx: &Tx, id: i64) -> StoreResult<Account> {
    tx.run("UPDATE client_account SET version = version + 1 WHERE id = $1", [id.into()]).await?;
    let sql = format!(
        "SELECT {COLUMNS} FROM client_account c JOIN person p ON p.id = c.person_id \
         WHERE c.id = $1 AND c.phone_key IS NOT NULL"
    );
    let rows = tx.rows(sql, [id.into()]).await?;
    read(tx.keys(), rows.first().ok_or(Error::NotFound)?)
}

async fn own(tx: &Tx, person: i64) -> StoreResult<OwnKey> {
    person::own_key(tx, person).await?.ok_or_else(|| StoreError::from(Error::Rule { rule: Rule::PersonErased }))
}

pub(super) fn read(keys: &Keys, row: &QueryResult) -> StoreResult<Account> {
    let own = person::opened(keys, row)?.ok_or(Error::Rule { rule: Rule::PersonErased })?;
    let open = |column: &str, purpose: &str| {
        let sealed: Option<Vec<u8>> = row.try_get("", column)?;
        sealed.map(|sealed| own.open(purpose, &sealed)).transpose()
    };
    let phone = open("phone_cipher", PHONE)?.and_then(|text| Phone::parse(&text));
    let lang: String = row.try_get("", "lang")?;
    Ok(Account {
        id: row.try_get("", "account_id")?,
        person: row.try_get("", "person_id")?,
        phone: phone.ok_or_else(|| StoreError::corrupt("an account without a number"))?,
        name: open("name_cipher", NAME)?.unwrap_or_default(),
        lang: Lang::from_code(&lang).ok_or_else(|| StoreError::corrupt(format!("language {lang}")))?,
        saved: open("saved_cipher", SAVED)?.and_then(|text| Saved::read(&text)).unwrap_or_default(),
        created_ms: row.try_get("", "account_ms")?,
    })
}

//! One-time codes. Number, network address and code are kept as keyed hashes alone.

use super::account::key_of;
use crate::{Keys, Moment, Sequence, StoreError, StoreResult, Tx};
use domain::client::{CODE_AGAIN_S, CODE_MINUTES, CODE_TRIES, CODES_OF_ADDRESS, CODES_OF_NUMBER, CodeUse};
use domain::identity::Phone;
use domain::{Error, Rule};
use sea_orm::Value;

const DAY_MS: i64 = 86_400_000;

/// What is made: for which use, to which number, asked for from where. `whose` binds it to an account that is signed
/// in (0 before there is one).
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// What it is good for.
    pub purpose: CodeUse,
    /// The number it goes to.
    pub phone: &'a Phone,
    /// The network address, or the network of an IPv6 one.
    pub address: &'a str,
    /// The account it is bound to.
    pub whose: i64,
}

/// Makes a code; older ones for the same use are worth nothing from now on.
///
/// # Errors
/// `Wait` within a minute after the last one to this number; `Rule(CodeQuota)` after too many in a day to the number or
/// from the address.
pub async fn make(tx: &Tx, at: Moment, asked: Asked<'_>, code: &str) -> StoreResult<()> {
    // Taken first: it locks the sequence until the commit, so that codes asked for at once are counted one by one.
    let id = tx.numbers(&Sequence::Row, 1).await?;
    let number = key_of(tx.keys(), asked.phone);
    let address = tx.keys().blind_index("client.address", asked.address);
    let count = async |column: &str, value: &[u8]| {
        let sql = format!(
            "SELECT COUNT(*) AS n, MAX(made_ms) AS last FROM client_code WHERE {column} = $1 AND made_ms > $2"
        );
        let rows = tx.rows(sql, [Value::from(value.to_vec()), (at.0 - DAY_MS).into()]).await?;
        let row = rows.first().ok_or_else(|| StoreError::corrupt("a count gave no row"))?;
        Ok::<(i64, Option<i64>), StoreError>((row.try_get("", "n")?, row.try_get("", "last")?))
    };
    let (to_number, last) = count("phone_key", &number).await?;
    if let Some(left) = last.map(|last| last + CODE_AGAIN_S * 1000 - at.0).filter(|left| *left > 0) {
        return Err(Error::Wait { seconds: u32::try_from((left + 999) / 1000).unwrap_or(u32::MAX) }.into());
    }
    if to_number >= CODES_OF_NUMBER || count("address_key", &address).await?.0 >= CODES_OF_ADDRESS {
        return Err(Error::Rule { rule: Rule::CodeQuota }.into());
    }
    let sql = "UPDATE client_code SET ended_ms = $3 WHERE phone_key = $1 AND purpose = $2 AND ended_ms IS NULL";
    tx.run(sql, [Value::from(number.clone()), asked.purpose.code().into(), at.0.into()]).await?;
    tx.run(
        "INSERT INTO client_code (id, purpose, phone_key, address_key, code_hash, made_ms, expires_ms, tries) \
         VALUES ($1,$2,$3,$4,$5,$6,$7,0)",
        [
            id.into(),
            asked.purpose.code().into(),
            Value::from(number),
            Value::from(address),
            Value::from(hash(tx.keys(), id, asked, code)),
            at.0.into(),
            (at.0 + i64::from(CODE_MINUTES) * 60_000).into(),
        ],
    )
    .await?;
    Ok(())
}

/// Tries a code: counts the try, and takes the code if it is right. The caller commits in either case, or wrong ones
/// would not be counted. For a number without a code the same statements run.
pub async fn take(tx: &Tx, at: Moment, asked: Asked<'_>, code: &str) -> StoreResult<bool> {
    tx.numbers(&Sequence::Row, 1).await?;
    let number = key_of(tx.keys(), asked.phone);
    let sql = "SELECT id, code_hash, tries FROM client_code WHERE phone_key = $1 AND purpose = $2 AND ended_ms IS NULL \
               AND expires_ms > $3 ORDER BY id DESC LIMIT 1";
    let rows = tx.rows(sql, [Value::from(number), asked.purpose.code().into(), at.0.into()]).await?;
    let (id, known, tries): (i64, Vec<u8>, i16) = match rows.first() {
        Some(row) => (row.try_get("", "id")?, row.try_get("", "code_hash")?, row.try_get("", "tries")?),
        None => (0, vec![0; 32], 0),
    };
    let right = same(&known, &hash(tx.keys(), id, asked, code));
    let spent = right || i64::from(tries) + 1 >= CODE_TRIES;
    let sql = "UPDATE client_code SET tries = tries + 1, ended_ms = $2 WHERE id = $1";
    tx.run(sql, [id.into(), spent.then_some(at.0).into()]).await?;
    Ok(right)
}

/// Six digits are guessed at once from a plain hash: this one needs the key file.
fn hash(keys: &Keys, id: i64, asked: Asked<'_>, code: &str) -> Vec<u8> {
    let whose = asked.whose.to_be_bytes();
    keys.mac("client.code", &[&id.to_be_bytes(), &whose, asked.phone.full().as_bytes(), code.as_bytes()])
}

/// Looks at every byte, so that the time tells nothing of how many were right.
fn same(a: &[u8], b: &[u8]) -> bool {
    a.len() == b.len() && a.iter().zip(b).fold(0, |differs, (a, b)| differs | (a ^ b)) == 0
}

//! Queueing, and calling back what has not gone yet.

use super::{LETTER, TO};
use crate::{Moment, Sequence, StoreError, StoreResult, Tx, consent};
use domain::Lang;
use domain::consent::Purpose;
use domain::message::{Channel, Letter};
use sea_orm::Value;

const DAY_MS: i64 = 86_400_000;
/// A message that was not taken by then is not news any more.
const LIFE_MS: i64 = 2 * DAY_MS;
/// How long it is kept after that: what was sent can be shown to whoever asks what they were sent.
const KEPT_MS: i64 = 90 * DAY_MS;
/// A code is worth nothing after its minutes, and nobody may look it up later.
const CODE_KEPT_MS: i64 = DAY_MS;

/// A message to be sent.
#[derive(Clone, Debug)]
pub struct Draft<'a> {
    /// The way it goes.
    pub channel: Channel,
    /// Telephone number in E.164, or mail address.
    pub to: &'a str,
    /// The reader's language.
    pub lang: Lang,
    /// What it says.
    pub letter: &'a Letter,
    /// Whose consent is asked; `None` for a code to a number that is nobody's yet, and for people of the firm.
    pub person: Option<i64>,
    /// What their data is used for.
    pub purpose: Purpose,
}

/// Queues a message. Its number, or `None` where the reader did not agree to such messages. Call inside the transaction
/// of what it tells.
pub async fn queue(tx: &Tx, at: Moment, draft: &Draft<'_>) -> StoreResult<Option<i64>> {
    let Draft { channel, to, lang, letter, person, purpose } = draft;
    if let Some(person) = person
        && !consent::may(tx, *person, *purpose).await?
    {
        return Ok(None);
    }
    let (until, kept) = match letter {
        Letter::Code { minutes, .. } => (at.0 + i64::from(*minutes) * 60_000, CODE_KEPT_MS),
        Letter::NumberChanged | Letter::Notice { .. } | Letter::ConfirmMail { .. } | Letter::Test => {
            (at.0 + LIFE_MS, KEPT_MS)
        }
    };
    let text = serde_json::to_string(letter).map_err(StoreError::corrupt)?;
    let id = tx.numbers(&Sequence::Row, 1).await?;
    tx.run(
        "INSERT INTO message (id, channel, to_cipher, letter_cipher, template, lang, person_id, purpose, state, tries, \
         made_ms, next_ms, until_ms, keep_ms, why) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,'queued',0,$9,$9,$10,$11,'')",
        [
            id.into(),
            channel.code().into(),
            Value::from(tx.keys().seal(TO, to)?),
            Value::from(tx.keys().seal(LETTER, &text)?),
            letter.template().into(),
            lang.code().into(),
            (*person).into(),
            purpose.code().into(),
            at.0.into(),
            until.into(),
            (at.0 + kept).into(),
        ],
    )
    .await?;
    Ok(Some(id))
}

/// Calls back what waits for a person under a purpose they have withdrawn. How many there were.
pub async fn cancel(tx: &Tx, at: Moment, person: i64, purpose: Purpose) -> StoreResult<u64> {
    let sql = "UPDATE message SET state = 'cancelled', next_ms = $3, why = 'withdrawn' \
               WHERE person_id = $1 AND purpose = $2 AND state IN ('queued', 'failed')";
    Ok(tx.run(sql, [person.into(), purpose.code().into(), at.0.into()]).await?.rows_affected())
}

/// Deletes every message to a person whose data is deleted.
pub async fn forget_person(tx: &Tx, person: i64) -> StoreResult<u64> {
    Ok(tx.run("DELETE FROM message WHERE person_id = $1", [person.into()]).await?.rows_affected())
}

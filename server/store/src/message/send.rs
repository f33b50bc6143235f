//! Claiming, and saying what became of it.

use super::{LETTER, TO};
use crate::{Moment, StoreError, StoreResult, Tx, consent};
use domain::Lang;
use domain::consent::Purpose;
use domain::message::{Channel, LEASE_MS, Letter, TRIES, wait_ms};
use sea_orm::{QueryResult, Value};

/// A message that belongs to whoever claimed it until the lease ends.
#[derive(Clone, Debug)]
pub struct Claimed {
    /// Number.
    pub id: i64,
    /// The way it goes.
    pub channel: Channel,
    /// Where it goes.
    pub to: String,
    /// The reader's language.
    pub lang: Lang,
    /// What it says.
    pub letter: Letter,
    /// Which try this is; it also tells this claim from a later one.
    pub tries: u32,
}

/// Claims at most `limit` messages that are due on these ways. What came too late, and what its reader does not want any
/// more, is called back instead.
pub async fn claim(tx: &Tx, at: Moment, channels: &[Channel], limit: u32) -> StoreResult<Vec<Claimed>> {
    let ways = channels.iter().map(|way| format!("'{}'", way.code())).collect::<Vec<_>>().join(",");
    if ways.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!(
        "SELECT id, channel, to_cipher, letter_cipher, lang, person_id, purpose, state, tries, next_ms, until_ms \
         FROM message WHERE state IN ('queued', 'sending', 'failed') AND next_ms <= $1 AND channel IN ({ways}) \
         ORDER BY next_ms, id LIMIT {limit}"
    );
    let mut claimed = Vec::new();
    for row in &tx.rows(sql, [at.0.into()]).await? {
        let id: i64 = row.try_get("", "id")?;
        let (until, tries): (i64, i16) = (row.try_get("", "until_ms")?, row.try_get("", "tries")?);
        if until <= at.0 {
            end(tx, at, id, "expired").await?;
            continue;
        }
        if u32::from(tries.unsigned_abs()) >= TRIES {
            // Whoever had it died with it, every time.
            let sql = "UPDATE message SET state = 'dead', why = 'no answer' WHERE id = $1 AND state = 'sending'";
            tx.run(sql, [id.into()]).await?;
            continue;
        }
        let purpose: String = row.try_get("", "purpose")?;
        let purpose =
            Purpose::from_code(&purpose).ok_or_else(|| StoreError::corrupt(format!("purpose {purpose}")))?;
        let person: Option<i64> = row.try_get("", "person_id")?;
        if let Some(person) = person
            && !consent::may(tx, person, purpose).await?
        {
            end(tx, at, id, "withdrawn").await?;
            continue;
        }
        // Another node may have claimed it since it was read: then this finds no row.
        let state: String = row.try_get("", "state")?;
        let next: i64 = row.try_get("", "next_ms")?;
        let sql = "UPDATE message SET state = 'sending', tries = tries + 1, next_ms = $2 \
                   WHERE id = $1 AND state = $3 AND next_ms = $4";
        let values = [id.into(), (at.0 + LEASE_MS).into(), Value::from(state), next.into()];
        if tx.run(sql, values).await?.rows_affected() == 1 {
            claimed.push(read(tx, row, id, u32::from(tries.unsigned_abs()) + 1)?);
        }
    }
    Ok(claimed)
}

/// Says what became of a claimed message: taken, or why not and whether it may be tried again. Whether it was given up
/// now. Nothing changes where somebody else has claimed it meanwhile.
pub async fn settle(tx: &Tx, at: Moment, claimed: &Claimed, outcome: Result<(), (&str, bool)>) -> StoreResult<bool> {
    let tries = i16::try_from(claimed.tries).map_err(StoreError::corrupt)?;
    let (state, next, why) = match outcome {
        Ok(()) => ("sent", at.0, ""),
        Err((why, true)) => match wait_ms(claimed.tries) {
            Some(wait) => ("failed", at.0 + wait, why),
            None => ("dead", at.0, why),
        },
        Err((why, false)) => ("dead", at.0, why),
    };
    let sql =
        "UPDATE message SET state = $3, next_ms = $4, why = $5 WHERE id = $1 AND state = 'sending' AND tries = $2";
    let why: String = why.chars().take(80).collect();
    let values = [claimed.id.into(), tries.into(), Value::from(state), next.into(), why.into()];
    let done = tx.run(sql, values).await?.rows_affected() == 1;
    Ok(done && state == "dead")
}

/// Has a message that was given up tried again, for two days. Whether there was one.
pub async fn again(tx: &Tx, at: Moment, id: i64) -> StoreResult<bool> {
    let sql = "UPDATE message SET state = 'queued', tries = 0, next_ms = $2, until_ms = $3, why = '' \
               WHERE id = $1 AND state = 'dead' AND template <> 'code'";
    Ok(tx.run(sql, [id.into(), at.0.into(), (at.0 + 2 * 86_400_000).into()]).await?.rows_affected() == 1)
}

async fn end(tx: &Tx, at: Moment, id: i64, why: &str) -> StoreResult<()> {
    let sql = "UPDATE message SET state = 'cancelled', next_ms = $2, why = $3 \
               WHERE id = $1 AND state IN ('queued', 'sending', 'failed')";
    tx.run(sql, [id.into(), at.0.into(), why.into()]).await.map(drop)
}

fn read(tx: &Tx, row: &QueryResult, id: i64, tries: u32) -> StoreResult<Claimed> {
    let (channel, lang): (String, String) = (row.try_get("", "channel")?, row.try_get("", "lang")?);
    let (to, letter): (Vec<u8>, Vec<u8>) = (row.try_get("", "to_cipher")?, row.try_get("", "letter_cipher")?);
    Ok(Claimed {
        id,
        channel: Channel::from_code(&channel).ok_or_else(|| StoreError::corrupt(format!("channel {channel}")))?,
        to: tx.keys().open(TO, &to)?,
        lang: Lang::from_code(&lang).ok_or_else(|| StoreError::corrupt(format!("language {lang}")))?,
        letter: serde_json::from_str(&tx.keys().open(LETTER, &letter)?).map_err(StoreError::corrupt)?,
        tries,
    })
}

//! What administrators see of the queue.

use super::{LETTER, TO};
use crate::{Db, Moment, Scope, StoreError, StoreResult};
use domain::identity::Phone;
use domain::message::{Channel, MessageRow, MessageState, QueueFigures, SentMessage, masked_mail};
use sea_orm::{QueryResult, Value};

const DAY_MS: i64 = 86_400_000;

/// The newest messages, at most `limit`, those before a number; `dead` alone where that is asked for. What they say is
/// only told to a development outbox.
pub async fn list(
    db: &Db,
    _scope: &Scope,
    before: i64,
    dead: bool,
    open: bool,
    limit: u32,
) -> StoreResult<Vec<MessageRow>> {
    let only = if dead { "AND state = 'dead'" } else { "" };
    let sql = format!(
        "SELECT id, channel, to_cipher, letter_cipher, template, state, tries, made_ms, next_ms, why FROM message \
         WHERE id < $1 {only} ORDER BY id DESC LIMIT {limit}"
    );
    db.rows(sql, [before.into()]).await?.iter().map(|row| read(db, row, open)).collect()
}

/// Whether anything is due on these ways: asked often, and without a write.
pub async fn is_due(db: &Db, _scope: &Scope, at: Moment, channels: &[Channel]) -> StoreResult<bool> {
    let ways = channels.iter().map(|way| format!("'{}'", way.code())).collect::<Vec<_>>().join(",");
    let sql = format!(
        "SELECT 1 AS one FROM message WHERE state IN ('queued', 'sending', 'failed') AND next_ms <= $1 \
         AND channel IN ({ways}) LIMIT 1"
    );
    Ok(!db.rows(sql, [Value::from(at.0)]).await?.is_empty())
}

/// How the queue stands.
pub async fn figures(db: &Db, _scope: &Scope, at: Moment) -> StoreResult<QueueFigures> {
    let sql = "SELECT (SELECT COUNT(*) FROM message WHERE state IN ('queued', 'sending', 'failed')) AS waiting, \
               (SELECT COUNT(*) FROM message WHERE state = 'dead') AS dead, \
               (SELECT COUNT(*) FROM message WHERE state = 'sent' AND next_ms > $1) AS sent, \
               (SELECT MIN(next_ms) FROM message WHERE state IN ('queued', 'sending', 'failed')) AS due";
    let rows = db.rows(sql, [Value::from(at.0 - DAY_MS)]).await?;
    let row = rows.first().ok_or_else(|| StoreError::corrupt("a count gave no row"))?;
    let due: Option<i64> = row.try_get("", "due")?;
    Ok(QueueFigures {
        waiting: row.try_get("", "waiting")?,
        dead: row.try_get("", "dead")?,
        sent: row.try_get("", "sent")?,
        late_ms: due.map_or(0, |due| (at.0 - due).max(0)),
    })
}

/// What was sent to a person, or is about to be: the newest first, at most 200.
pub async fn of_person(db: &Db, _scope: &Scope, person: i64) -> StoreResult<Vec<SentMessage>> {
    let sql = "SELECT channel, template, state, made_ms FROM message WHERE person_id = $1 ORDER BY id DESC LIMIT 200";
    let rows = db.rows(sql, [Value::from(person)]).await?;
    rows.iter()
        .map(|row| {
            Ok(SentMessage {
                channel: row.try_get("", "channel")?,
                template: row.try_get("", "template")?,
                state: row.try_get("", "state")?,
                at_ms: row.try_get("", "made_ms")?,
            })
        })
        .collect()
}

fn read(db: &Db, row: &QueryResult, open: bool) -> StoreResult<MessageRow> {
    let (channel, state): (String, String) = (row.try_get("", "channel")?, row.try_get("", "state")?);
    let channel = Channel::from_code(&channel).ok_or_else(|| StoreError::corrupt(format!("channel {channel}")))?;
    let (to, letter): (Vec<u8>, Vec<u8>) = (row.try_get("", "to_cipher")?, row.try_get("", "letter_cipher")?);
    let to = db.keys().open(TO, &to)?;
    let to = match channel {
        Channel::Sms => Phone::parse(&to).map_or_else(|| "***".to_owned(), |phone| phone.masked()),
        Channel::Mail => masked_mail(&to),
    };
    let letter = open.then(|| db.keys().open(LETTER, &letter)).transpose()?;
    let tries: i16 = row.try_get("", "tries")?;
    Ok(MessageRow {
        id: row.try_get("", "id")?,
        channel,
        to,
        template: row.try_get("", "template")?,
        state: MessageState::from_code(&state).ok_or_else(|| StoreError::corrupt(format!("message {state}")))?,
        tries: u32::from(tries.unsigned_abs()),
        made_ms: row.try_get("", "made_ms")?,
        next_ms: row.try_get("", "next_ms")?,
        why: row.try_get("", "why")?,
        letter: letter.map(|text| serde_json::from_str(&text).map_err(StoreError::corrupt)).transpose()?,
    })
}

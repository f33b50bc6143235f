//! What happened, for those who must hear of it after the commit: the live channel, the gallery's read model.

use crate::{Db, Moment, Scope, Sequence, StoreError, StoreResult, Tx};
use domain::live::{Event, topic};
use sea_orm::{QueryResult, Value};

/// What an event is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// One listing is new, changed or gone.
    Listing,
    /// Many listings of a city were taken in at once; `code` names the batch.
    Import,
    /// An account was told something; `code` is the account's row number.
    Notice,
}

impl Kind {
    fn code(self) -> &'static str {
        match self {
            Self::Listing => "listing",
            Self::Import => "import",
            Self::Notice => "notice",
        }
    }
}

/// One row of the outbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// Position, rising without gaps.
    pub seq: i64,
    /// What it is about.
    pub kind: Kind,
    /// The city it happened in.
    pub city: String,
    /// Public code of what changed.
    pub code: String,
    /// The version it has now.
    pub version: i64,
}

impl Message {
    /// What the live channel says of it, topic by topic.
    pub fn events(&self) -> Vec<Event> {
        let event = |topic: String| Event { seq: self.seq, topic, id: self.code.clone(), version: self.version };
        match self.kind {
            Kind::Listing => vec![event(topic::listing(&self.code)), event(topic::gallery(&self.city))],
            Kind::Import => vec![event(topic::gallery(&self.city))],
            Kind::Notice => vec![event(topic::inbox(&self.code))],
        }
    }
}

/// Puts a message into the outbox. The last thing a transaction does.
pub async fn put(tx: &Tx, at: Moment, kind: Kind, city: &str, code: &str, version: i64) -> StoreResult<()> {
    let seq = tx.numbers(&Sequence::Outbox, 1).await?;
    tx.run(
        "INSERT INTO outbox (seq, at_ms, kind, city, code, version) VALUES ($1,$2,$3,$4,$5,$6)",
        [seq.into(), at.0.into(), kind.code().into(), city.into(), code.into(), Value::from(version)],
    )
    .await?;
    tx.says(city, seq);
    Ok(())
}

/// The messages after a position, oldest first, at most `limit`.
pub async fn after(db: &Db, _scope: &Scope, seq: i64, limit: u32) -> StoreResult<Vec<Message>> {
    let rows = db
        .rows(
            "SELECT seq, kind, city, code, version FROM outbox WHERE seq > $1 ORDER BY seq LIMIT $2",
            [Value::from(seq), Value::from(i64::from(limit))],
        )
        .await?;
    rows.iter().map(message).collect()
}

/// The newest position; 0 for an empty outbox.
pub async fn newest(db: &Db, _scope: &Scope) -> StoreResult<i64> {
    let rows = db.rows("SELECT COALESCE(MAX(seq), 0) AS seq FROM outbox", []).await?;
    rows.first().map_or(Ok(0), |row| row.try_get("", "seq").map_err(Into::into))
}

fn message(row: &QueryResult) -> StoreResult<Message> {
    let kind: String = row.try_get("", "kind")?;
    let kind = match kind.as_str() {
        "listing" => Kind::Listing,
        "import" => Kind::Import,
        "notice" => Kind::Notice,
        other => return Err(StoreError::corrupt(format!("outbox kind {other}"))),
    };
    Ok(Message {
        seq: row.try_get("", "seq")?,
        kind,
        city: row.try_get("", "city")?,
        code: row.try_get("", "code")?,
        version: row.try_get("", "version")?,
    })
}

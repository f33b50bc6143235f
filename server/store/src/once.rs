//! What must not be done twice, however often it is sent: the answer is kept, sealed, in the transaction of its effect,
//! under a key that came with the request.

use crate::{Db, Engine, Keys, Moment, Sequence, StoreError, StoreResult, Tx};
use domain::{Error, Rule};
use sea_orm::Value;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};

/// How long an answer is kept: a day.
pub const KEPT_MS: i64 = 24 * 3_600_000;
const ANSWER: &str = "idempotency.answer";

/// One thing that is to be done once: who sends what under which key, and what it says. Both only as keyed hashes.
#[derive(Clone, Debug)]
pub struct Ticket {
    key: Vec<u8>,
    body: Vec<u8>,
}

impl Ticket {
    /// The ticket of `holder` for the function `what`, under the key that came along, with this body.
    pub fn new(keys: &Keys, holder: &str, what: &str, key: &str, body: &str) -> Self {
        let under = serde_json::json!([holder, what, key]).to_string();
        Self { key: keys.blind_index("idempotency.key", &under), body: keys.blind_index("idempotency.body", body) }
    }
}

/// What this process is about to do or doing.
#[derive(Clone, Debug, Default)]
pub(crate) struct InFlight(Arc<Mutex<HashSet<Vec<u8>>>>);

impl InFlight {
    /// A place, held until it is dropped; `None` while somebody has it.
    fn begin(&self, key: &[u8]) -> Option<Flight> {
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        held.insert(key.to_vec()).then(|| Flight { of: self.clone(), key: key.to_vec() })
    }
}

struct Flight {
    of: InFlight,
    key: Vec<u8>,
}

impl Drop for Flight {
    fn drop(&mut self) {
        self.of.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.key);
    }
}

impl Db {
    /// As [`Db::write`]; with a ticket that was used within a day it does nothing and gives the same answer.
    ///
    /// # Errors
    /// `KeyUsed` where the ticket came with another body; `Rule(InFlight)` while the first is being done, on this node
    /// or another; whatever the work reports, after which the ticket is good again.
    pub async fn write_once<T, F, W>(&self, at: Moment, ticket: Option<&Ticket>, work: W) -> StoreResult<T>
    where
        T: Serialize + DeserializeOwned,
        W: FnOnce(Tx) -> F,
        F: Future<Output = StoreResult<T>>,
    {
        let Some(ticket) = ticket else { return self.write(work).await };
        let busy = || StoreError::from(Error::Rule { rule: Rule::InFlight });
        let _flight = self.in_flight().begin(&ticket.key).ok_or_else(busy)?;
        let elsewhere = self.engine() == Engine::Postgres;
        self.write(async move |tx: Tx| {
            if elsewhere && !alone(&tx, &ticket.key).await? {
                return Err(busy());
            }
            if let Some(answer) = kept(&tx, at, ticket).await? {
                return serde_json::from_str(&answer).map_err(StoreError::corrupt);
            }
            let done = work(tx.clone()).await?;
            keep(&tx, at, ticket, &serde_json::to_string(&done).map_err(StoreError::corrupt)?).await?;
            Ok(done)
        })
        .await
    }
}

impl Db {
    /// The answer that was given under a ticket within a day, if it was used.
    ///
    /// # Errors
    /// `KeyUsed` where the ticket came with another body.
    pub async fn answered<T: DeserializeOwned>(&self, at: Moment, ticket: &Ticket) -> StoreResult<Option<T>> {
        let answer = self.write(async |tx| kept(&tx, at, ticket).await).await?;
        answer.map(|answer| serde_json::from_str(&answer).map_err(StoreError::corrupt)).transpose()
    }
}

/// Whether no other node is at it: a lock that ends with the transaction.
async fn alone(tx: &Tx, key: &[u8]) -> StoreResult<bool> {
    let head = key.first_chunk::<8>().copied().unwrap_or_default();
    let rows = tx.rows("SELECT pg_try_advisory_xact_lock($1) AS got", [i64::from_be_bytes(head).into()]).await?;
    rows.first().map_or(Ok(false), |row| row.try_get("", "got").map_err(Into::into))
}

async fn kept(tx: &Tx, at: Moment, ticket: &Ticket) -> StoreResult<Option<String>> {
    let sql = "SELECT body_hash, answer_cipher FROM idempotency WHERE key_hash = $1 AND at_ms > $2";
    let rows = tx.rows(sql, [Value::from(ticket.key.clone()), (at.0 - KEPT_MS).into()]).await?;
    let Some(row) = rows.first() else { return Ok(None) };
    if row.try_get::<Vec<u8>>("", "body_hash")? != ticket.body {
        return Err(Error::KeyUsed.into());
    }
    tx.keys().open(ANSWER, &row.try_get::<Vec<u8>>("", "answer_cipher")?).map(Some)
}

async fn keep(tx: &Tx, at: Moment, ticket: &Ticket, answer: &str) -> StoreResult<()> {
    // One that is too old to count makes room.
    tx.run("DELETE FROM idempotency WHERE key_hash = $1", [Value::from(ticket.key.clone())]).await?;
    let id = tx.numbers(&Sequence::Row, 1).await?;
    let values = [
        id.into(),
        Value::from(ticket.key.clone()),
        Value::from(ticket.body.clone()),
        Value::from(tx.keys().seal(ANSWER, answer)?),
        at.0.into(),
    ];
    let sql = "INSERT INTO idempotency (id, key_hash, body_hash, answer_cipher, at_ms) VALUES ($1,$2,$3,$4,$5)";
    tx.run(sql, values).await?;
    Ok(())
}

/// Forgets answers that were given before a moment. How many there were.
pub async fn forget_before(tx: &Tx, before: Moment) -> StoreResult<u64> {
    Ok(tx.run("DELETE FROM idempotency WHERE at_ms < $1", [before.0.into()]).await?.rows_affected())
}

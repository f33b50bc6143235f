//! Who did what, in the transaction of the effect. Each line carries a keyed hash over itself and the line before
//! it, so that a change by somebody without the key is evident.

use crate::{Db, Keys, Moment, Scope, Sequence, StoreError, StoreResult, Tx};
use domain::access::Actor;
use domain::identity::AuditRow;
use sea_orm::{QueryResult, Value};

/// One line of the audit trail. The detail holds no personal data.
#[derive(Clone, Debug)]
pub struct Entry<'a> {
    /// Who.
    pub actor: &'a Actor,
    /// Did what, such as `listing.price_changed`.
    pub action: &'a str,
    /// To which kind of row.
    pub subject: &'a str,
    /// To which row.
    pub id: i64,
    /// The facts, before and after.
    pub detail: serde_json::Value,
}

/// What is asked of the trail. Empty texts ask for nothing.
#[derive(Clone, Debug, Default)]
pub struct Question {
    /// The actor as the trail names it.
    pub actor: String,
    /// The beginning of the action, such as `staff.`.
    pub action: String,
    /// The kind of row.
    pub subject: String,
    /// Milliseconds UTC, this or later.
    pub from_ms: Option<i64>,
    /// Milliseconds UTC, earlier.
    pub until_ms: Option<i64>,
    /// Lines before this number.
    pub before: Option<i64>,
}

/// The newest line that is part of the chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// Number of the line.
    pub id: i64,
    /// When it was written, milliseconds UTC.
    pub at_ms: i64,
    /// Its keyed hash.
    pub mac: Vec<u8>,
}

/// What stands before the first line of a chain.
const GENESIS: &[u8] = b"menpai audit chain 1";
const COLUMNS: &str = "id, at_ms, actor, from_address, action, subject, subject_id, detail, mac";

/// Writes an entry.
pub async fn write(tx: &Tx, at: Moment, entry: Entry<'_>) -> StoreResult<()> {
    let Entry { actor, action, subject, id: subject_id, detail } = entry;
    // Taking the number locks the sequence until the commit: nobody else can add a line in between.
    let id = tx.numbers(&Sequence::Row, 1).await?;
    let last = tx.rows("SELECT mac FROM audit ORDER BY id DESC LIMIT 1", []).await?;
    let before: Option<Vec<u8>> = last.first().map(|row| row.try_get("", "mac")).transpose()?.flatten();
    let row = AuditRow {
        id,
        at_ms: at.0,
        actor: actor.audit_name(),
        from: actor.from().to_owned(),
        action: action.to_owned(),
        subject: subject.to_owned(),
        subject_id,
        detail: detail.to_string(),
    };
    let mac = link(tx.keys(), before.as_deref(), &row);
    tx.logs(Logged {
        line: id,
        actor: row.actor.clone(),
        action: action.to_owned(),
        subject: format!("{subject} {subject_id}"),
        mac: hex::encode(&mac),
    });
    tx.run(
        format!("INSERT INTO audit ({COLUMNS}) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9)"),
        [
            id.into(),
            at.0.into(),
            row.actor.into(),
            row.from.into(),
            action.into(),
            subject.into(),
            subject_id.into(),
            row.detail.into(),
            Value::from(mac),
        ],
    )
    .await?;
    Ok(())
}

/// A line as the log repeats it: who did what to which row, without address and facts.
#[derive(Debug)]
pub(crate) struct Logged {
    line: i64,
    actor: String,
    action: String,
    subject: String,
    mac: String,
}

/// Repeats a line that was committed in the log, which leaves the machine by whatever collects it: with the keyed hash
/// there, nobody cuts the end of the trail off unseen.
pub(crate) fn into_log(told: &Logged) {
    let (line, who, action) = (told.line, told.actor.as_str(), told.action.as_str());
    let (subject, mac) = (told.subject.as_str(), told.mac.as_str());
    tracing::info!(target: "audit", line, who, action, subject, mac, "a line of the trail");
}

/// Lines that answer a question, the newest first, at most `limit`.
pub async fn search(db: &Db, _scope: &Scope, question: &Question, limit: u32) -> StoreResult<Vec<AuditRow>> {
    let Question { actor, action, subject, from_ms, until_ms, before } = question;
    let (mut conditions, mut values) = (vec!["1 = 1".to_owned()], Vec::new());
    let mut add = |condition: &str, value: Value| {
        values.push(value);
        conditions.push(condition.replace('?', &format!("${}", values.len())));
    };
    if !actor.is_empty() {
        add("actor = ?", actor.as_str().into());
    }
    if !action.is_empty() {
        add("substr(action, 1, length(?)) = ?", action.as_str().into());
    }
    if !subject.is_empty() {
        add("subject = ?", subject.as_str().into());
    }
    for (condition, value) in [("at_ms >= ?", from_ms), ("at_ms < ?", until_ms), ("id < ?", before)] {
        if let Some(value) = value {
            add(condition, (*value).into());
        }
    }
    let sql =
        format!("SELECT {COLUMNS} FROM audit WHERE {} ORDER BY id DESC LIMIT {limit}", conditions.join(" AND "));
    db.rows(sql, values).await?.iter().map(|row| read(row).map(|(row, _)| row)).collect()
}

/// The end of the chain; `None` before its first line.
pub async fn head(db: &Db, _scope: &Scope) -> StoreResult<Option<Head>> {
    let sql = "SELECT id, at_ms, mac FROM audit WHERE mac IS NOT NULL ORDER BY id DESC LIMIT 1";
    let rows = db.rows(sql, []).await?;
    let read = |row: &QueryResult| {
        Ok(Head { id: row.try_get("", "id")?, at_ms: row.try_get("", "at_ms")?, mac: row.try_get("", "mac")? })
    };
    rows.first().map(read).transpose()
}

/// The keyed hash of a line, if there is one.
pub async fn mac_of(db: &Db, _scope: &Scope, id: i64) -> StoreResult<Option<Vec<u8>>> {
    let rows = db.rows("SELECT mac FROM audit WHERE id = $1", [id.into()]).await?;
    rows.first().map_or(Ok(None), |row| row.try_get("", "mac").map_err(Into::into))
}

/// Follows the chain from its beginning, line by line, and keeps the lines at which it breaks.
#[derive(Default)]
pub(crate) struct Walk {
    before: Option<Vec<u8>>,
    /// Number of the line it stands at.
    pub(crate) at: i64,
    /// Lines that are not what was written, or whose predecessor is missing.
    pub(crate) broken: Vec<i64>,
}

impl Walk {
    /// The statement that gives the next lines, after the number `$1`.
    pub(crate) fn page() -> String {
        format!("SELECT {COLUMNS} FROM audit WHERE id > $1 ORDER BY id LIMIT 1000")
    }

    /// One line further.
    pub(crate) fn step(&mut self, keys: &Keys, row: &QueryResult) -> StoreResult<()> {
        let (row, mac) = read(row)?;
        self.at = row.id;
        match mac {
            // The chain begins with the first line of all: one without its hash is forged, or was stripped of it.
            None => self.broken.push(row.id),
            Some(mac) => {
                if mac != link(keys, self.before.as_deref(), &row) {
                    self.broken.push(row.id);
                }
                self.before = Some(mac);
            }
        }
        Ok(())
    }
}

fn link(keys: &Keys, before: Option<&[u8]>, row: &AuditRow) -> Vec<u8> {
    let AuditRow { id, at_ms, actor, from, action, subject, subject_id, detail } = row;
    keys.mac(
        "audit.chain",
        &[
            before.unwrap_or(GENESIS),
            &id.to_be_bytes(),
            &at_ms.to_be_bytes(),
            actor.as_bytes(),
            from.as_bytes(),
            action.as_bytes(),
            subject.as_bytes(),
            &subject_id.to_be_bytes(),
            detail.as_bytes(),
        ],
    )
}

fn read(row: &QueryResult) -> StoreResult<(AuditRow, Option<Vec<u8>>)> {
    let read = AuditRow {
        id: row.try_get("", "id")?,
        at_ms: row.try_get("", "at_ms")?,
        actor: row.try_get("", "actor")?,
        from: row.try_get("", "from_address")?,
        action: row.try_get("", "action")?,
        subject: row.try_get("", "subject")?,
        subject_id: row.try_get("", "subject_id")?,
        detail: row.try_get("", "detail")?,
    };
    Ok((read, row.try_get("", "mac").map_err(StoreError::from)?))
}

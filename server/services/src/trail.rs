//! The audit trail: searched, exported, and its end signed so that a copy kept elsewhere proves later what it was.

use crate::identity::Signed;
use crate::{Services, fault};
use chrono::{FixedOffset, NaiveDate, NaiveTime};
use domain::access::{Action, Actor, allow};
use domain::error::Problem;
use domain::identity::{AuditRow, Checked, Fields};
use domain::{Error, Rule};
use ed25519_dalek::{Signature, Signer, SigningKey, Verifier, VerifyingKey};
use serde::{Deserialize, Serialize};
use std::path::PathBuf;
use std::sync::atomic::Ordering;
use store::audit::{self, Question};
use store::verify::Check;
use store::{Db, Moment, Scope, StoreError, StoreResult};

/// Lines on one page.
pub const PAGE: usize = 50;
/// Lines of an export.
const EXPORT: u32 = 100_000;

/// Lines and where more follow.
#[derive(Clone, Debug)]
pub struct Page {
    /// The lines, the newest first.
    pub rows: Vec<AuditRow>,
    /// The number before which the next page begins.
    pub next: Option<i64>,
}

/// Lines that answer a question, a page of them: `actor`, `action`, `subject`, `from`, `until` (days, both included),
/// `before`.
///
/// # Errors
/// `Forbidden`; `Invalid`.
pub async fn search(services: &Services, signed: &Signed, fields: &Fields) -> Result<Page, Error> {
    let question = asked(signed, fields)?;
    let limit = PAGE as u32 + 1;
    let mut rows = audit::search(&services.db, &signed.scope(), &question, limit).await.map_err(fault)?;
    let more = rows.len() > PAGE;
    rows.truncate(PAGE);
    let next = rows.last().filter(|_| more).map(|row| row.id);
    Ok(Page { rows, next })
}

/// The same as a table (CSV with a byte order mark), which is itself written into the trail.
///
/// # Errors
/// `Forbidden`; `Rule(ConfirmFirst)`; `Invalid`.
pub async fn export(services: &Services, signed: &Signed, at: Moment, fields: &Fields) -> Result<String, Error> {
    let question = asked(signed, fields)?;
    signed.proven(at)?;
    let rows = audit::search(&services.db, &signed.scope(), &question, EXPORT).await.map_err(fault)?;
    let (actor, detail) = (&signed.actor, serde_json::json!({ "lines": rows.len() }));
    let written = services.db.write(async |tx| {
        audit::write(&tx, at, audit::Entry { actor, action: "audit.exported", subject: "audit", id: 0, detail }).await
    });
    written.await.map_err(fault)?;
    let mut out = String::from("\u{feff}id,time,actor,from,action,subject,subject_id,detail\r\n");
    for row in rows {
        let cells = [
            row.id.to_string(),
            zoned(Moment(row.at_ms)),
            row.actor,
            row.from,
            row.action,
            row.subject,
            row.subject_id.to_string(),
            row.detail,
        ];
        out.push_str(&cells.iter().map(|cell| quoted(cell)).collect::<Vec<_>>().join(","));
        out.push_str("\r\n");
    }
    Ok(out)
}

/// Looks whether the trail is the one that was written, and remembers it. Whether it is.
///
/// # Errors
/// Whatever the store reports.
pub async fn check(services: &Services) -> StoreResult<bool> {
    let actor = Actor::system("trail");
    let chain = store::verify::trail(&services.db, &Scope::of(&actor)).await?;
    let heads = kept_heads(&services.db, &actor).await?;
    for found in [&chain, &heads].into_iter().filter(|found| !found.ok) {
        tracing::error!(trail.check = found.name, trail.detail = %found.detail, "the audit trail is broken");
    }
    let whole = chain.ok && heads.ok;
    services.trail_broken.store(!whole, Ordering::Relaxed);
    Ok(whole)
}

/// Whether the last look found the trail broken.
pub fn is_broken(services: &Services) -> bool {
    services.trail_broken.load(Ordering::Relaxed)
}

/// Refuses what must not be done while the trail is broken: it could not be proven later.
///
/// # Errors
/// `Rule(TrailBroken)`.
pub fn whole(services: &Services) -> Result<(), Error> {
    if is_broken(services) { Err(Error::Rule { rule: Rule::TrailBroken }) } else { Ok(()) }
}

/// The signed end of the chain. Whoever keeps a copy outside can show later that nothing before it was changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedHead {
    /// Number of the newest line.
    pub line: i64,
    /// When it was written, milliseconds UTC.
    pub at_ms: i64,
    /// Its keyed hash, in hex.
    pub mac: String,
    /// The key to check the signature with (Ed25519), in hex.
    pub public_key: String,
    /// The signature over the first three, in hex.
    pub signature: String,
}

impl SignedHead {
    /// Whether the signature is that of this key.
    pub fn holds(&self) -> bool {
        let read = || {
            let key = VerifyingKey::from_bytes(&hex::decode(&self.public_key).ok()?.try_into().ok()?).ok()?;
            let signature = Signature::from_bytes(&hex::decode(&self.signature).ok()?.try_into().ok()?);
            Some(key.verify(&said(self.line, self.at_ms, &self.mac), &signature).is_ok())
        };
        read().unwrap_or(false)
    }
}

/// Signs the end of the chain; `None` where the trail is empty.
///
/// # Errors
/// Whatever the store reports.
pub async fn signed_head(db: &Db, actor: &Actor) -> StoreResult<Option<SignedHead>> {
    let Some(head) = audit::head(db, &Scope::of(actor)).await? else { return Ok(None) };
    let key = SigningKey::from_bytes(&db.keys().seed("audit.head"));
    let mac = hex::encode(&head.mac);
    let signature = key.sign(&said(head.id, head.at_ms, &mac));
    Ok(Some(SignedHead {
        line: head.id,
        at_ms: head.at_ms,
        mac,
        public_key: hex::encode(key.verifying_key().to_bytes()),
        signature: hex::encode(signature.to_bytes()),
    }))
}

/// Writes the signed end of the chain of a day into the data folder, once. Returns the file.
///
/// # Errors
/// `Setup` where the folder cannot be written.
pub async fn keep_head(db: &Db, at: Moment) -> StoreResult<Option<PathBuf>> {
    let folder = db.folder().join("heads");
    let path = folder.join(format!("{}.json", at.day()));
    if path.exists() {
        return Ok(Some(path));
    }
    let Some(head) = signed_head(db, &Actor::system("head")).await? else { return Ok(None) };
    let text = serde_json::to_string_pretty(&head).map_err(StoreError::corrupt)?;
    let written = std::fs::create_dir_all(&folder).and_then(|()| std::fs::write(&path, text));
    written.map_err(|e| StoreError::Setup(format!("{}: {e}", path.display()).into()))?;
    Ok(Some(path))
}

/// Whether the signed heads that were kept in the data folder still fit the trail.
///
/// # Errors
/// Whatever the store reports.
pub async fn kept_heads(db: &Db, actor: &Actor) -> StoreResult<Check> {
    let key = hex::encode(SigningKey::from_bytes(&db.keys().seed("audit.head")).verifying_key().to_bytes());
    let mut faults = Vec::new();
    for entry in std::fs::read_dir(db.folder().join("heads")).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let text = std::fs::read_to_string(entry.path()).unwrap_or_default();
        let fits = match serde_json::from_str::<SignedHead>(&text) {
            Ok(head) if head.public_key == key && head.holds() => {
                audit::mac_of(db, &Scope::of(actor), head.line).await?.is_some_and(|mac| hex::encode(mac) == head.mac)
            }
            Ok(_) | Err(_) => false,
        };
        if !fits {
            faults.push(name);
        }
    }
    faults.sort();
    let count = i64::try_from(faults.len()).unwrap_or(i64::MAX);
    Ok(Check { name: "audit_heads", ok: faults.is_empty(), detail: faults.join(", "), count })
}

fn said(line: i64, at_ms: i64, mac: &str) -> Vec<u8> {
    format!("menpai audit head\n{line}\n{at_ms}\n{mac}").into_bytes()
}

fn asked(signed: &Signed, fields: &Fields) -> Result<Question, Error> {
    if !allow(&signed.actor, Action::ReadAudit) {
        return Err(Error::Forbidden);
    }
    let mut form = Checked::new(fields);
    let text = |text: &str| domain::identity::plain_text(text, 64);
    let actor = form.may("actor", text).unwrap_or_default();
    let action = form.may("action", text).unwrap_or_default();
    let subject = form.may("subject", text).unwrap_or_default();
    let from_ms = form.day("from").map(midnight);
    let until_ms = form.day("until").and_then(|day| day.succ_opt()).map(midnight);
    let before = form.may("before", |text| text.parse().map_err(|_| Problem::Malformed));
    // A person is named by their number alone.
    let actor =
        if actor.to_uppercase().starts_with("YG-") { format!("staff:{}", actor.to_uppercase()) } else { actor };
    form.done(Some(Question { actor, action, subject, from_ms, until_ms, before }))
}

fn midnight(day: NaiveDate) -> i64 {
    let zone = FixedOffset::east_opt(8 * 3600).expect("eight hours are a valid offset");
    day.and_time(NaiveTime::MIN).and_local_timezone(zone).single().map_or(0, |at| at.timestamp_millis())
}

/// A moment to the second with its zone, as ISO 8601 has it: `2026-11-24T20:04:53+08:00`.
fn zoned(at: Moment) -> String {
    let zone = FixedOffset::east_opt(8 * 3600).expect("eight hours are a valid offset");
    let utc = chrono::DateTime::from_timestamp_millis(at.0).unwrap_or_default();
    utc.with_timezone(&zone).to_rfc3339_opts(chrono::SecondsFormat::Secs, false)
}

/// A cell of a table; what begins like a formula is made a text.
fn quoted(cell: &str) -> String {
    let guard = if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { "'" } else { "" };
    format!("\"{guard}{}\"", cell.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signed_head_tells_of_every_change() {
        let key = SigningKey::from_bytes(&[7; 32]);
        let mac = "ab".repeat(32);
        let head = SignedHead {
            line: 41,
            at_ms: 5,
            public_key: hex::encode(key.verifying_key().to_bytes()),
            signature: hex::encode(key.sign(&said(41, 5, &mac)).to_bytes()),
            mac,
        };
        assert!(head.holds());
        assert!(!SignedHead { line: 42, ..head.clone() }.holds());
        assert!(!SignedHead { mac: "ac".repeat(32), ..head.clone() }.holds());
        assert!(!SignedHead { signature: "00".into(), ..head }.holds());
    }

    #[test]
    fn a_time_in_an_export_says_its_zone() {
        assert_eq!(zoned(Moment(1_795_600_000_000)), "2026-11-25T17:46:40+08:00");
    }

    #[test]
    fn a_formula_in_an_export_is_a_text() {
        assert_eq!(quoted("=1+1"), "\"'=1+1\"");
        assert_eq!(quoted("say \"hi\""), "\"say \"\"hi\"\"\"");
    }
}

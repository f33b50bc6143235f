//! Deleting by age: every night on one node, or by command.

use crate::identity::Signed;
use crate::{Services, fault};
use domain::Error;
use domain::access::{Action, Actor, allow};
use domain::retention::{Kept, Swept};
use std::time::Duration;
use store::{Db, Moment, Scope, Sequence, StoreError, StoreResult, audit, retention, setting};

/// Rows deleted in one transaction: others write in between.
const BATCH: u32 = 500;
/// Between two transactions, so that people come first.
const PAUSE: Duration = Duration::from_millis(20);
/// The hour of the firm's day at which the night's run begins.
const HOUR: i64 = 3;
const LAST: &str = "retention_last";
const NIGHT: &str = "retention_night";

/// Deletes what is too old, rule by rule, each with a line in the trail; with `dry` only counts it.
///
/// # Errors
/// Whatever the store reports; what was deleted before stays deleted.
pub async fn run(db: &Db, actor: &Actor, at: Moment, dry: bool) -> StoreResult<Swept> {
    let scope = Scope::of(actor);
    let mut swept = Swept { at_ms: at.0, rows: Vec::new() };
    for rule in Kept::ALL {
        let rows =
            if dry { retention::count(db, &scope, *rule, at).await? } else { sweep(db, actor, *rule, at).await? };
        swept.rows.push((*rule, rows));
    }
    if !dry {
        let text = serde_json::to_string(&swept).map_err(StoreError::corrupt)?;
        db.write(async |tx| setting::write(&tx, LAST, &text).await).await?;
    }
    Ok(swept)
}

/// The night's run, if it is due and no other node has begun it. Whether it was done here.
///
/// # Errors
/// As [`run`].
pub async fn nightly(db: &Db, at: Moment) -> StoreResult<bool> {
    // The day begins at three: before that it is still yesterday's night.
    let night = Moment(at.0 - HOUR * 3_600_000).day().to_string();
    let scope = Scope::of(&Actor::system("retention"));
    if setting::read(db, &scope, NIGHT).await?.is_some_and(|done| done >= night) {
        return Ok(false);
    }
    let mine = db.write(async |tx| {
        // Locks the sequence until the commit: of several nodes one finds the night free.
        tx.numbers(&Sequence::Row, 1).await?;
        if setting::read_in(&tx, NIGHT).await?.is_some_and(|done| done >= night) {
            return Ok(false);
        }
        setting::write(&tx, NIGHT, &night).await.map(|()| true)
    });
    if !mine.await? {
        return Ok(false);
    }
    run(db, &Actor::system("retention"), at, false).await.map(|_| true)
}

/// The last run, for administrators.
///
/// # Errors
/// `Forbidden`; `Internal`.
pub async fn last(services: &Services, signed: &Signed) -> Result<Option<Swept>, Error> {
    if !allow(&signed.actor, Action::ReadRetention) {
        return Err(Error::Forbidden);
    }
    let text = setting::read(&services.db, &signed.scope(), LAST).await.map_err(fault)?;
    Ok(text.and_then(|text| serde_json::from_str(&text).ok()))
}

async fn sweep(db: &Db, actor: &Actor, rule: Kept, at: Moment) -> StoreResult<u64> {
    let mut count = 0;
    loop {
        let done = db.write(async |tx| retention::sweep(&tx, rule, at, BATCH).await).await?;
        count += done;
        if done < u64::from(BATCH) {
            break;
        }
        tokio::time::sleep(PAUSE).await;
    }
    let detail = serde_json::json!({ "rule": rule, "days": rule.days(), "deleted": count });
    let entry = audit::Entry { actor, action: "retention.swept", subject: "retention", id: 0, detail };
    db.write(async |tx| audit::write(&tx, at, entry).await).await?;
    Ok(count)
}

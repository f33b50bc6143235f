//! Another key for personal data.

use domain::access::Actor;
use store::{Db, Moment, Scope, StoreResult, audit};

/// Seals everything anew with a new key, and writes it into the trail. Returns how many values there were.
///
/// # Errors
/// As [`store::rotate::rotate`].
pub async fn rotate(db: &Db, actor: &Actor, at: Moment) -> StoreResult<u64> {
    let count = store::rotate::rotate(db, &Scope::of(actor)).await?;
    let detail = serde_json::json!({ "values": count });
    db.write(async |tx| {
        audit::write(&tx, at, audit::Entry { actor, action: "key.rotated", subject: "firm", id: 0, detail }).await
    })
    .await?;
    Ok(count)
}

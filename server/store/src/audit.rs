//! Who did what, in the transaction of the effect.

use crate::{Moment, Sequence, StoreResult, Tx};
use domain::access::Actor;
use sea_orm::Value;

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

/// Writes an entry.
pub async fn write(tx: &Tx, at: Moment, entry: Entry<'_>) -> StoreResult<()> {
    let Entry { actor, action, subject, id, detail } = entry;
    let number = tx.numbers(&Sequence::Row, 1).await?;
    tx.run(
        "INSERT INTO audit (id, at_ms, actor, action, subject, subject_id, detail) VALUES ($1,$2,$3,$4,$5,$6,$7)",
        [
            Value::from(number),
            Value::from(at.0),
            Value::from(actor.audit_name()),
            Value::from(action),
            Value::from(subject),
            Value::from(id),
            Value::from(detail.to_string()),
        ],
    )
    .await?;
    Ok(())
}

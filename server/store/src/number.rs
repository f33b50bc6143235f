//! Numbers for new rows.

use crate::{StoreError, StoreResult, Tx};
use sea_orm::{ConnectionTrait, Value};

/// A sequence of numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sequence {
    /// Ids of all business rows.
    Row,
    /// Positions in the outbox. Taken last in a transaction: on PostgreSQL it queues writers until the commit.
    Outbox,
    /// People of the firm, for their codes.
    Staff,
    /// Stores, for their codes.
    Store,
    /// Listings entered in a month, for their codes.
    ListingCode {
        /// Year.
        year: i32,
        /// Month, 1 to 12.
        month: u32,
    },
}

impl Sequence {
    fn name(&self) -> String {
        match self {
            Self::Row => "row".to_owned(),
            Self::Outbox => "outbox".to_owned(),
            Self::Staff => "staff".to_owned(),
            Self::Store => "store".to_owned(),
            Self::ListingCode { year, month } => format!("listing-{year:04}{month:02}"),
        }
    }
}

impl Tx {
    /// Takes `count` numbers and returns the first; the rest follow it. Given back if the transaction fails.
    pub async fn numbers(&self, sequence: &Sequence, count: i64) -> StoreResult<i64> {
        let statement = self.statement(
            "INSERT INTO counter (name, next) VALUES ($1, $2 + 1) \
             ON CONFLICT (name) DO UPDATE SET next = counter.next + $2 RETURNING next - $2 AS first",
            [Value::from(sequence.name()), Value::from(count)],
        );
        let row = self.query_one_raw(statement).await?;
        let row = row.ok_or_else(|| StoreError::corrupt("a sequence gave no number"))?;
        Ok(row.try_get("", "first")?)
    }
}

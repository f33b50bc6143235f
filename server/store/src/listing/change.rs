//! Changes to an offer: its price, its state. Each writes the history that hangs on the room.

use crate::outbox::{self, Kind};
use crate::{Db, Moment, Scope, Sequence, StoreResult, Tx, audit};
use domain::access::Actor;
use domain::listing::ListingState;
use domain::{Error, Fen, ListingCode, Rule};
use sea_orm::{QueryResult, Value};

/// Who changes which offer, and when.
#[derive(Clone, Copy, Debug)]
pub struct Edit<'a> {
    /// The rows the actor may see: another offer is not found.
    pub scope: &'a Scope,
    /// The moment of the change.
    pub at: Moment,
    /// Who changes it.
    pub actor: &'a Actor,
    /// Its public code.
    pub code: &'a ListingCode,
    /// The version the actor has seen.
    pub seen: i64,
}

/// What is to become of an offer.
#[derive(Clone, Copy, Debug)]
pub enum Change<'a> {
    /// Another asking price.
    Price {
        /// The new one.
        to: Fen,
        /// What it goes by, such as a message of the owner.
        evidence: Option<&'a str>,
    },
    /// Another state.
    State {
        /// The new one.
        to: ListingState,
        /// Why.
        reason: Option<&'a str>,
    },
}

/// An offer as it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Offer {
    /// Its state.
    pub state: ListingState,
    /// Its asking price.
    pub price: Fen,
    /// Rises with every change.
    pub version: i64,
}

/// The offer with this code, as far as the scope sees it. One statement.
pub async fn offer(db: &Db, scope: &Scope, code: &ListingCode) -> StoreResult<Option<Offer>> {
    let rows = db.rows(select(scope), [code.as_str().into()]).await?;
    rows.first().map(|row| Ok(Now::read(row)?.offer)).transpose()
}

/// Changes an offer. Call inside a write transaction. Returns the new version.
///
/// # Errors
/// `NotFound`; `Stale` when it is no longer at the version seen; `Rule(PriceUnchanged)`; `Rule(StateChange)` for a
/// move that is not allowed; `Rule(RoomListed)` when the room has another open listing.
pub async fn change(tx: &Tx, edit: &Edit<'_>, change: Change<'_>) -> StoreResult<i64> {
    let rows = tx.rows(select(edit.scope), [edit.code.as_str().into()]).await?;
    let now = Now::read(rows.first().ok_or(Error::NotFound)?)?;
    if now.offer.version != edit.seen {
        return Err(Error::Stale.into());
    }
    match change {
        Change::Price { to, evidence } => {
            let before = now.offer.price;
            if before == to {
                return Err(Error::Rule { rule: Rule::PriceUnchanged }.into());
            }
            now.set(tx, edit, "price = $4", [to.0.into()]).await?;
            now.remember(tx, edit, "price", before.0.into(), to.0.into(), ("evidence", evidence)).await?;
            now.tell(tx, edit, "listing.price_changed", serde_json::json!({ "before": before, "after": to })).await
        }
        Change::State { to, reason } => {
            let before = now.offer.state;
            if !before.may_become(to) {
                return Err(Error::Rule { rule: Rule::StateChange }.into());
            }
            let ended = (!to.is_open()).then(|| edit.at.day());
            let set = now.set(tx, edit, "state = $4, ended_on = $5", [to.code().into(), ended.into()]).await;
            set.map_err(|error| error.on_unique(Rule::RoomListed))?;
            now.remember(tx, edit, "state", before.code().into(), to.code().into(), ("reason", reason)).await?;
            now.tell(tx, edit, "listing.state_changed", serde_json::json!({ "before": before, "after": to })).await
        }
    }
}

fn select(scope: &Scope) -> String {
    format!(
        "SELECT l.id, l.room_id, c.slug, l.state, l.price, l.version FROM listing l JOIN city c ON c.id = l.city_id \
         WHERE l.code = $1 AND {}",
        scope.listings()
    )
}

struct Now {
    id: i64,
    room: i64,
    city: String,
    offer: Offer,
}

impl Now {
    fn read(row: &QueryResult) -> StoreResult<Self> {
        let offer = Offer {
            state: super::coded(row, "state", ListingState::from_code)?,
            price: Fen(row.try_get("", "price")?),
            version: row.try_get("", "version")?,
        };
        let (id, room, city) = (row.try_get("", "id")?, row.try_get("", "room_id")?, row.try_get("", "slug")?);
        Ok(Self { id, room, city, offer })
    }

    /// Agents edit from two phones at once: the version turns the second save into a visible conflict.
    async fn set(
        &self,
        tx: &Tx,
        edit: &Edit<'_>,
        set: &str,
        values: impl IntoIterator<Item = Value>,
    ) -> StoreResult<()> {
        let sql = format!(
            "UPDATE listing SET {set}, version = version + 1, updated_ms = $3 WHERE id = $1 AND version = $2"
        );
        let which: [Value; 3] = [self.id.into(), edit.seen.into(), edit.at.0.into()];
        if tx.run(sql, which.into_iter().chain(values)).await?.rows_affected() == 0 {
            return Err(Error::Stale.into());
        }
        Ok(())
    }

    /// The line of the room's history. `price_event` and the one of states, `listing_event`, are of one shape.
    async fn remember(
        &self,
        tx: &Tx,
        edit: &Edit<'_>,
        what: &str,
        old: Value,
        new: Value,
        (column, why): (&str, Option<&str>),
    ) -> StoreResult<()> {
        let table = if what == "price" { "price_event" } else { "listing_event" };
        let sql = format!(
            "INSERT INTO {table} \
             (id, room_id, listing_id, old_{what}, new_{what}, effective_on, at_ms, by_actor, {column}) \
             VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9)"
        );
        let values: [Value; 9] = [
            tx.numbers(&Sequence::Row, 1).await?.into(),
            self.room.into(),
            self.id.into(),
            old,
            new,
            edit.at.day().into(),
            edit.at.0.into(),
            edit.actor.audit_name().into(),
            why.map(str::to_owned).into(),
        ];
        tx.run(sql, values).await.map(|_| ())
    }

    /// Ends the change: the audit row, and the message to whoever shows the offer.
    async fn tell(&self, tx: &Tx, edit: &Edit<'_>, action: &str, detail: serde_json::Value) -> StoreResult<i64> {
        let Edit { at, actor, code, seen, .. } = *edit;
        audit::write(tx, at, audit::Entry { actor, action, subject: "listing", id: self.id, detail }).await?;
        outbox::put(tx, at, Kind::Listing, &self.city, code.as_str(), seen + 1).await?;
        Ok(seen + 1)
    }
}

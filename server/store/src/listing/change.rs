//! Changes to an offer: its price, its state. Each writes the history that hangs on the room.

use crate::outbox::{self, Kind};
use crate::{Moment, Scope, Sequence, StoreResult, Tx, audit};
use domain::access::Actor;
use domain::listing::ListingState;
use domain::{Error, Fen, ListingCode, Rule};
use sea_orm::Value;

struct Now {
    id: i64,
    room: i64,
    city: String,
    state: ListingState,
    price: Fen,
    version: i64,
}

/// Sets a new asking price. Call inside a write transaction. Returns the new version.
///
/// # Errors
/// `NotFound`; `Stale` when it is no longer at the version seen; `Rule(PriceUnchanged)`.
#[expect(clippy::too_many_arguments, reason = "each is a fact of the change, none has a natural partner")]
pub async fn change_price(
    tx: &Tx,
    scope: &Scope,
    at: Moment,
    actor: &Actor,
    code: &ListingCode,
    seen: i64,
    price: Fen,
    evidence: Option<&str>,
) -> StoreResult<i64> {
    let now = load(tx, scope, code, seen).await?;
    if now.price == price {
        return Err(Error::Rule { rule: Rule::PriceUnchanged }.into());
    }
    let version = bump(tx, &now, at, "price = $4", price.0.into()).await?;
    let id = tx.numbers(&Sequence::Row, 1).await?;
    tx.run(
        "INSERT INTO price_event \
         (id, room_id, listing_id, old_price, new_price, effective_on, at_ms, by_actor, evidence) \
         VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9)",
        [
            id.into(),
            now.room.into(),
            now.id.into(),
            now.price.0.into(),
            price.0.into(),
            at.day().into(),
            at.0.into(),
            actor.audit_name().into(),
            evidence.map(str::to_owned).into(),
        ],
    )
    .await?;
    let detail = serde_json::json!({ "before": now.price, "after": price });
    record(tx, at, actor, "listing.price_changed", &now, detail).await?;
    outbox::put(tx, at, Kind::Listing, &now.city, code.as_str(), version).await?;
    Ok(version)
}

/// Moves the offer to another state. Call inside a write transaction. Returns the new version.
///
/// # Errors
/// `NotFound`; `Stale`; `Rule(StateChange)` for a move that is not allowed; `Rule(RoomListed)` when the room has
/// another open listing.
#[expect(clippy::too_many_arguments, reason = "each is a fact of the change, none has a natural partner")]
pub async fn change_state(
    tx: &Tx,
    scope: &Scope,
    at: Moment,
    actor: &Actor,
    code: &ListingCode,
    seen: i64,
    to: ListingState,
    reason: Option<&str>,
) -> StoreResult<i64> {
    let now = load(tx, scope, code, seen).await?;
    if !now.state.may_become(to) {
        return Err(Error::Rule { rule: Rule::StateChange }.into());
    }
    let version =
        bump(tx, &now, at, "state = $4", to.code().into()).await.map_err(|e| e.on_unique(Rule::RoomListed))?;
    let ended = (!to.is_open()).then(|| at.day());
    tx.run("UPDATE listing SET ended_on = $2 WHERE id = $1", [now.id.into(), ended.into()]).await?;
    let id = tx.numbers(&Sequence::Row, 1).await?;
    tx.run(
        "INSERT INTO listing_event \
         (id, room_id, listing_id, old_state, new_state, effective_on, at_ms, by_actor, reason) \
         VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9)",
        [
            id.into(),
            now.room.into(),
            now.id.into(),
            now.state.code().into(),
            to.code().into(),
            at.day().into(),
            at.0.into(),
            actor.audit_name().into(),
            reason.map(str::to_owned).into(),
        ],
    )
    .await?;
    let detail = serde_json::json!({ "before": now.state, "after": to });
    record(tx, at, actor, "listing.state_changed", &now, detail).await?;
    outbox::put(tx, at, Kind::Listing, &now.city, code.as_str(), version).await?;
    Ok(version)
}

async fn load(tx: &Tx, scope: &Scope, code: &ListingCode, seen: i64) -> StoreResult<Now> {
    let sql = format!(
        "SELECT l.id, l.room_id, c.slug, l.state, l.price, l.version FROM listing l JOIN city c ON c.id = l.city_id \
         WHERE l.code = $1 AND {}",
        scope.listings()
    );
    let rows = tx.rows(sql, [code.as_str().into()]).await?;
    let row = rows.first().ok_or(Error::NotFound)?;
    let now = Now {
        id: row.try_get("", "id")?,
        room: row.try_get("", "room_id")?,
        city: row.try_get("", "slug")?,
        state: super::coded(row, "state", ListingState::from_code)?,
        price: Fen(row.try_get("", "price")?),
        version: row.try_get("", "version")?,
    };
    if now.version != seen {
        return Err(Error::Stale.into());
    }
    Ok(now)
}

/// Agents edit from two phones at once: the version turns the second save into a visible conflict.
async fn bump(tx: &Tx, now: &Now, at: Moment, set: &str, value: Value) -> StoreResult<i64> {
    let sql =
        format!("UPDATE listing SET {set}, version = version + 1, updated_ms = $3 WHERE id = $1 AND version = $2");
    let done = tx.run(sql, [now.id.into(), now.version.into(), at.0.into(), value]).await?;
    if done.rows_affected() == 0 {
        return Err(Error::Stale.into());
    }
    Ok(now.version + 1)
}

async fn record(
    tx: &Tx,
    at: Moment,
    actor: &Actor,
    action: &str,
    now: &Now,
    detail: serde_json::Value,
) -> StoreResult<()> {
    audit::write(tx, at, audit::Entry { actor, action, subject: "listing", id: now.id, detail }).await
}

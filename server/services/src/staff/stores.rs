//! Stores: opening, changing, closing.

use crate::identity::Signed;
use crate::{Services, fault, once};
use domain::Error;
use domain::access::{Action, allow};
use domain::identity::{Checked, Fields, StoreCard, plain_text};
use store::staff::store::{self as shop, Entry};
use store::{Moment, StoreResult, Tx, audit};

/// All stores. Their names are no secret inside the firm.
///
/// # Errors
/// `Internal`.
pub async fn list(services: &Services, signed: &Signed) -> Result<Vec<StoreCard>, Error> {
    shop::list(&services.db, &signed.scope()).await.map_err(fault)
}

/// Opens a store from `name`, `address`, `phone`. Returns its public number.
///
/// # Errors
/// `Forbidden`; `Invalid`.
pub async fn open(services: &Services, signed: &Signed, at: Moment, fields: &Fields) -> Result<String, Error> {
    may(signed)?;
    let entry = read(fields)?;
    let ticket = once::of_form(services, &signed.actor, "staff/open_store", fields)?;
    let done = services.db.write_once(at, ticket.as_ref(), async |tx| {
        let (id, code) = shop::open(&tx, at, &entry).await?;
        record(&tx, at, signed, "store.opened", id, serde_json::json!({ "code": code })).await?;
        Ok(code)
    });
    done.await.map_err(fault)
}

/// Changes a store that was seen at version `seen`.
///
/// # Errors
/// `Forbidden`; `NotFound`; `Stale`; `Invalid`.
pub async fn change(
    services: &Services,
    signed: &Signed,
    at: Moment,
    code: &str,
    seen: i64,
    fields: &Fields,
) -> Result<(), Error> {
    may(signed)?;
    let entry = read(fields)?;
    let done = services.db.write(async |tx| {
        let id = shop::change(&tx, code, seen, &entry).await?;
        record(&tx, at, signed, "store.changed", id, serde_json::json!({ "code": code, "name": entry.name })).await
    });
    done.await.map_err(fault)
}

/// Closes a store in which nobody works.
///
/// # Errors
/// `Forbidden`; `NotFound`; `Stale`; `Rule(StoreInUse)`.
pub async fn close(services: &Services, signed: &Signed, at: Moment, code: &str, seen: i64) -> Result<(), Error> {
    may(signed)?;
    let done = services.db.write(async |tx| {
        let id = shop::close(&tx, code, seen, at.day()).await?;
        record(&tx, at, signed, "store.closed", id, serde_json::json!({ "code": code })).await
    });
    done.await.map_err(fault)
}

fn may(signed: &Signed) -> Result<(), Error> {
    if allow(&signed.actor, Action::ManageStores) { Ok(()) } else { Err(Error::Forbidden) }
}

fn read(fields: &Fields) -> Result<Entry, Error> {
    let mut form = Checked::new(fields);
    let name = form.need("name", |text| plain_text(text, 60));
    let address = form.may("address", |text| plain_text(text, 120)).unwrap_or_default();
    let phone = form.may("phone", |text| plain_text(text, 30)).unwrap_or_default();
    form.done(name.map(|name| Entry { name, address, phone }))
}

async fn record(
    tx: &Tx,
    at: Moment,
    signed: &Signed,
    action: &str,
    id: i64,
    detail: serde_json::Value,
) -> StoreResult<()> {
    audit::write(tx, at, audit::Entry { actor: &signed.actor, action, subject: "store", id, detail }).await
}

//! Keys of the programming interface: made, listed, revoked, and who holds one.

use super::{Secret, Signed, system};
use crate::{Services, fault, once};
use domain::Error;
use domain::access::{Action, Actor, KeyHolder, KeyRight, allow, reach_of};
use domain::error::Problem;
use domain::identity::{ApiKey, Checked, Fields, plain_text};
use store::identity::{api_key, hashed};
use store::{Moment, audit};

/// What every key begins with, so that a lost one is recognised.
const MARK: &str = "mp_";
const DAY_MS: i64 = 86_400_000;

/// Makes a key from `name`, `rights` and `days` (1 to 366). Returns it; nobody sees it again.
///
/// # Errors
/// `Forbidden`; `Rule(ConfirmFirst)`; `Invalid`.
pub async fn make(services: &Services, signed: &Signed, at: Moment, fields: &Fields) -> Result<String, Error> {
    let actor = may(signed)?;
    signed.proven(at)?;
    let mut form = Checked::new(fields);
    let name = form.need("name", |text| plain_text(text, 60));
    let days = form.need("days", |text| {
        let days: i64 = text.trim().parse().map_err(|_| Problem::Malformed)?;
        if (1..=366).contains(&days) { Ok(days) } else { Err(Problem::OutOfRange) }
    });
    let rights: Option<Vec<KeyRight>> = fields.all("rights").map(KeyRight::from_code).collect();
    match rights.as_deref() {
        None => form.fault("rights", Problem::UnknownValue),
        Some([]) => form.fault("rights", Problem::Missing),
        Some(_) => {}
    }
    let read = name.zip(days).zip(rights);
    let ((name, days), rights) = form.done(read)?;
    let key = format!("{MARK}{}", Secret::draw()?.text());
    let ticket = once::of_form(services, actor, "identity/make_key", fields)?;
    let done = services.db.write_once(at, ticket.as_ref(), async |tx| {
        let by = actor.audit_name();
        let id = api_key::make(&tx, at, &name, &rights, hashed(&key), days * DAY_MS, &by).await?;
        let detail = serde_json::json!({ "name": name, "rights": rights, "days": days });
        let entry = audit::Entry { actor, action: "identity.key_made", subject: "api_key", id, detail };
        audit::write(&tx, at, entry).await?;
        Ok(key.clone())
    });
    done.await.map_err(fault)
}

/// All keys.
///
/// # Errors
/// `Forbidden`.
pub async fn list(services: &Services, signed: &Signed) -> Result<Vec<ApiKey>, Error> {
    may(signed)?;
    api_key::list(&services.db, &signed.scope()).await.map_err(fault)
}

/// Revokes a key; it is good for nothing from now on.
///
/// # Errors
/// `Forbidden`; `NotFound`, also for one that was revoked before.
pub async fn revoke(services: &Services, signed: &Signed, at: Moment, id: i64) -> Result<(), Error> {
    let actor = may(signed)?;
    let done = services.db.write(async |tx| {
        if !api_key::revoke(&tx, at, id).await? {
            return Err(Error::NotFound.into());
        }
        let detail = serde_json::json!({});
        audit::write(&tx, at, audit::Entry { actor, action: "identity.key_revoked", subject: "api_key", id, detail })
            .await
    });
    done.await.map_err(fault)
}

/// Who holds a key. It is good as long as whoever made it works here and may make keys.
///
/// # Errors
/// `Unauthenticated` for one that is unknown, revoked, too old, or whose maker is gone.
pub async fn who(services: &Services, at: Moment, key: &str, from: &str) -> Result<Actor, Error> {
    let known = key.strip_prefix(MARK).and_then(Secret::read).ok_or(Error::Unauthenticated)?;
    let hash = hashed(&format!("{MARK}{}", known.text()));
    let found = api_key::find(&services.db, &system(), at, hash).await.map_err(fault)?;
    let (key, roles) = found.ok_or_else(|| {
        tracing::warn!(client.address = %from, "a key of the interface was not known");
        Error::Unauthenticated
    })?;
    if !roles.iter().any(|role| reach_of(*role, Action::ManageKeys).is_some()) {
        return Err(Error::Unauthenticated);
    }
    let ApiKey { id, name, rights, .. } = key;
    Ok(Actor::Key(KeyHolder { key: id, name, rights, from: from.to_owned() }))
}

fn may(signed: &Signed) -> Result<&Actor, Error> {
    if allow(&signed.actor, Action::ManageKeys) { Ok(&signed.actor) } else { Err(Error::Forbidden) }
}

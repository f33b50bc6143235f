//! The key that keeps a form or a request from being done twice (quality.md §3): drawn by the server into a hidden field,
//! or sent by a program in its header.

use crate::Services;
use crate::identity::Secret;
use domain::Error;
use domain::access::Actor;
use domain::error::{FieldError, Problem};
use domain::identity::Fields;
use store::once::Ticket;

/// The field of a form that carries the key.
pub const FIELD: &str = "once";

/// A new key.
///
/// # Errors
/// `Internal` where the system gives no random numbers.
pub fn draw() -> Result<String, Error> {
    Secret::draw().map(|secret| secret.text().to_owned())
}

/// The ticket of a form for a function; none where the form carries no key.
///
/// # Errors
/// `Invalid(once)` for what can be no key.
pub fn of_form(services: &Services, actor: &Actor, what: &str, fields: &Fields) -> Result<Option<Ticket>, Error> {
    let key = fields.get(FIELD);
    if key.is_empty() {
        return Ok(None);
    }
    // The way back is no part of what is done.
    let said = fields.pairs().iter().filter(|(name, _)| name != FIELD && name != "back").collect::<Vec<_>>();
    let body = serde_json::to_string(&said).map_err(crate::service::lost)?;
    of(services, actor, what, FIELD, key, &body).map(Some)
}

/// The ticket of a request with this key, in the field or header `named`, and this body.
///
/// # Errors
/// `Invalid` for what can be no key: 16 to 128 of `A-Z a-z 0-9 - _ . :`.
pub fn of(
    services: &Services,
    actor: &Actor,
    what: &str,
    named: &str,
    key: &str,
    body: &str,
) -> Result<Ticket, Error> {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"-_.:".contains(&b);
    if !(16..=128).contains(&key.len()) || !key.bytes().all(plain) {
        let problem = if key.is_empty() { Problem::Missing } else { Problem::Malformed };
        return Err(Error::Invalid { fields: vec![FieldError::new(named, problem, key)] });
    }
    Ok(Ticket::new(services.db.keys(), &actor.audit_name(), what, key, body))
}

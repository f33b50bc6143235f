//! Calling somebody whose number is masked: a provider joins the two telephones by a number between them, so that no
//! number need be shown.

use super::reveal::Quota;
use crate::identity::{Secret, Signed};
use crate::{Services, fault, once, trail};
use courier::{Bound, Exchange, Pair};
use domain::access::{Action, Actor, allow};
use domain::identity::Fields;
use domain::{Error, Rule};
use std::sync::Arc;
use store::staff::dial::{self, Dial};
use store::{Moment, Scope, StoreError, StoreResult, audit, staff};

/// How long two telephones are joined: 10 minutes.
pub const JOINED_S: u32 = 600;
/// Calls a person may begin. More than looks, since nothing is shown.
pub const QUOTA: Quota = Quota { hour: 30, day: 100 };

/// A number to dial, for the one who asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The number between the two telephones.
    pub number: String,
    /// Until when it reaches the other, milliseconds UTC.
    pub until_ms: i64,
}

enum Ready {
    Open(Dial),
    Telephones(String, String),
}

/// Joins the caller's own telephone with that of the person `code`. Whoever can still reach them gets the same number
/// again. If the provider fails, nothing is counted and nothing written.
///
/// # Errors
/// `Forbidden`; `Rule(NoCalls)` where no provider is configured, `Rule(OwnNumber)` for oneself, `Rule(NoOwnNumber)`,
/// `Rule(CallQuota)`, `Rule(CallFailed)`, `Rule(PersonErased)`, `Rule(TrailBroken)`; `NotFound` for somebody out of
/// reach as for nobody, and where no number is kept.
pub async fn call(
    services: &Services,
    signed: &Signed,
    at: Moment,
    code: &str,
    fields: &Fields,
) -> Result<Line, Error> {
    if !allow(&signed.actor, Action::RevealStaff) {
        return Err(Error::Forbidden);
    }
    trail::whole(services)?;
    let rule = |rule| Error::Rule { rule };
    let by = signed.actor.member().ok_or(Error::Unauthenticated)?.staff;
    let ticket = once::of_form(services, &signed.actor, "staff/call", fields)?;
    if let Some(ticket) = &ticket
        && let Some(dial) = services.db.answered::<Dial>(at, ticket).await.map_err(fault)?
    {
        return Ok(line(dial));
    }
    let (scope, db) = (signed.scope(), &services.db);
    let ready = db.write(async |tx| {
        let target = staff::find(&tx, &scope, Action::RevealStaff, code).await?;
        if target.id == by {
            return Err(rule(Rule::OwnNumber).into());
        }
        if let Some(dial) = dial::open(&tx, at, by, target.id).await? {
            return Ok(Ready::Open(dial));
        }
        dial::free(&tx, at, by, QUOTA).await?;
        let (from, to) = dial::telephones(&tx, by, &target).await?;
        Ok(Ready::Telephones(from, to))
    });
    let ready = ready.await.map_err(fault)?;
    let exchange = services.exchange.clone().ok_or(rule(Rule::NoCalls))?;
    let bound = match &ready {
        Ready::Open(dial) => Bound { binding: dial.binding.clone(), number: dial.number.clone() },
        Ready::Telephones(from, to) => {
            // The same form sent twice is one wish at the provider too.
            let key = match fields.get(once::FIELD) {
                "" => Secret::draw()?.text().to_owned(),
                key => hex::encode(services.db.keys().blind_index("dial.wish", &format!("{by} {key}"))),
            };
            let pair = Pair { key, from: from.clone(), to: to.clone(), seconds: JOINED_S };
            exchange.bind(&pair).await.map_err(|failure| {
                tracing::warn!(%failure, "no virtual number was given");
                rule(Rule::CallFailed)
            })?
        }
    };
    let written = db.write_once(at, ticket.as_ref(), async |tx| {
        let id = dial::begin(&tx).await?;
        let target = staff::find(&tx, &scope, Action::RevealStaff, code).await?;
        // Another window may have been quicker.
        if let Some(dial) = dial::open(&tx, at, by, target.id).await? {
            return Ok(dial);
        }
        dial::free(&tx, at, by, QUOTA).await?;
        let until_ms = at.0 + i64::from(JOINED_S) * 1000;
        let dial = Dial { id, number: bound.number.clone(), binding: bound.binding.clone(), until_ms };
        dial::keep(&tx, at, by, target.id, &dial).await?;
        let actor = &signed.actor;
        let (id, detail) = (target.id, serde_json::json!({ "of": target.code, "seconds": JOINED_S }));
        audit::write(&tx, at, audit::Entry { actor, action: "staff.called", subject: "staff", id, detail }).await?;
        Ok(dial)
    });
    let written = written.await;
    // Nobody was told the number that was bound for nothing. While the same form is being done, it may be the other's.
    let spare = match &written {
        Ok(dial) => dial.binding != bound.binding,
        Err(StoreError::Refused(Error::Rule { rule: Rule::InFlight })) => false,
        Err(_) => true,
    };
    if spare && matches!(ready, Ready::Telephones(..)) {
        part(&exchange, &bound.binding).await;
    }
    written.map(line).map_err(fault)
}

fn line(dial: Dial) -> Line {
    let Dial { id: _, number, binding: _, until_ms } = dial;
    Line { number, until_ms }
}

async fn part(exchange: &Arc<dyn Exchange>, binding: &str) -> bool {
    match exchange.unbind(binding).await {
        Ok(()) => true,
        Err(failure) => {
            tracing::warn!(%failure, "a virtual number could not be ended before its time");
            false
        }
    }
}

/// Tells the provider of calls that ended before their time, because somebody left. How many it has parted.
///
/// # Errors
/// Whatever the store reports.
pub async fn part_ended(services: &Services, at: Moment) -> StoreResult<usize> {
    let Some(exchange) = &services.exchange else { return Ok(0) };
    let mut parted = 0;
    for (id, binding) in dial::to_part(&services.db, &Scope::of(&Actor::system("dial")), at).await? {
        if part(exchange, &binding).await {
            services.db.write(async |tx| dial::parted(&tx, at, id).await).await?;
            parted += 1;
        }
    }
    Ok(parted)
}

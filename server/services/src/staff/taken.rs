//! A number that somebody else has: whoever is told so has learned whose number it is, or that a guess was right. So it
//! counts as a look at that number: within the quota, in the trail, and seen by whose number it is.

use super::reveal::Quota;
use crate::identity::Signed;
use crate::{Services, fault};
use domain::error::Problem;
use domain::identity::RevealedField;
use domain::{Error, Rule};
use store::staff::{self, Entry, reveal};
use store::{Moment, StoreResult, Tx, audit};

/// What stands as the reason of such a look.
const REASON: &str = "录入时号码已被使用 · the number was entered for somebody else";

/// Refuses every number, taken or free, once all looks of the hour or the day are taken: otherwise the answer would go on
/// telling which of them are taken.
pub(super) async fn may_ask(tx: &Tx, at: Moment, signed: &Signed, entry: &Entry, quota: Quota) -> StoreResult<()> {
    if entry.phone.is_none() && entry.id_number.is_none() {
        return Ok(());
    }
    let (hour, day) = reveal::taken(tx, at, by(signed)?).await?;
    match hour < quota.hour && day < quota.day {
        true => Ok(()),
        false => Err(Error::Rule { rule: Rule::RevealQuota }.into()),
    }
}

/// What came of writing a record; a refusal that names a taken number is told only after it was counted and written down.
pub(super) async fn told<T>(
    services: &Services,
    signed: &Signed,
    at: Moment,
    entry: &Entry,
    quota: Quota,
    done: Result<T, Error>,
) -> Result<T, Error> {
    let field = match &done {
        Err(Error::Invalid { fields }) => {
            fields.iter().find(|f| f.problem == Problem::Taken).map(|f| f.field.clone())
        }
        _ => None,
    };
    let Some(field) = field.as_deref().and_then(RevealedField::from_code) else { return done };
    let number = match field {
        RevealedField::Phone => entry.phone.as_ref().map(|phone| phone.full().to_owned()),
        RevealedField::IdNumber => entry.id_number.as_ref().map(|id| id.full().to_owned()),
    };
    let noted = services.db.write(async |tx| {
        let Some(number) = &number else { return Ok(()) };
        let Some((holder, code)) = staff::holder(&tx, field, number).await? else { return Ok(()) };
        reveal::note(&tx, at, by(signed)?, holder, field, REASON, quota).await?;
        let (actor, detail) = (&signed.actor, serde_json::json!({ "of": code, "field": field }));
        let action = "staff.number_met";
        audit::write(&tx, at, audit::Entry { actor, action, subject: "staff", id: holder, detail }).await
    });
    noted.await.map_err(fault)?;
    done
}

fn by(signed: &Signed) -> Result<i64, Error> {
    signed.actor.member().map(|member| member.staff).ok_or(Error::Unauthenticated)
}

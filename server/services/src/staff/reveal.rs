//! Looking at a masked number: with a reason, within a quota, written down in the same transaction.

use crate::identity::Signed;
use crate::{Services, fault, once, trail};
use domain::access::{Action, Role, allow};
use domain::error::Problem;
use domain::identity::{Checked, Fields, IdNumber, NoticeKind, Phone, RevealRow, RevealedField, plain_text};
use domain::{Error, FieldError};
use store::identity::notice;
use store::staff::{self, reveal};
use store::{Moment, Scope, StoreResult, Tx, audit, setting};

pub use store::staff::reveal::Quota;

/// Looks in an hour after which those who answer for it are told; with a smaller quota, its last.
const UNUSUAL: i64 = 8;
/// The setting with the looks an hour.
pub(crate) const HOUR: &str = "reveal_hour";
/// The setting with the looks a day.
pub(crate) const DAY: &str = "reveal_day";
/// Seconds a number stays on the screen.
pub const SHOWN_S: u32 = 60;

/// A number in full, for the one who asked.
#[derive(Clone, Debug)]
pub struct Shown {
    /// The number.
    pub number: String,
    /// Looks left today.
    pub left: i64,
    /// What is laid over it: who looks, and when.
    pub watermark: String,
}

/// The quota in force: 10 an hour and 30 a day, unless the firm has set others.
///
/// # Errors
/// `Internal`.
pub async fn quota(services: &Services, scope: &Scope) -> Result<Quota, Error> {
    let read = async |name: &str, default: i64| {
        let text = setting::read(&services.db, scope, name).await.map_err(fault)?;
        Ok::<_, Error>(text.and_then(|text| text.parse().ok()).unwrap_or(default))
    };
    Ok(Quota { hour: read(HOUR, 10).await?, day: read(DAY, 30).await? })
}

/// Shows the number `field` of a person for a `reason`.
///
/// # Errors
/// `Forbidden`; `NotFound` for somebody out of reach as for nobody, and where no number is kept; `Invalid(reason)`;
/// `Rule(RevealQuota)`; `Rule(PersonErased)`; `Rule(TrailBroken)`.
pub async fn show(
    services: &Services,
    signed: &Signed,
    at: Moment,
    code: &str,
    fields: &Fields,
) -> Result<Shown, Error> {
    if !allow(&signed.actor, Action::RevealStaff) {
        return Err(Error::Forbidden);
    }
    trail::whole(services)?;
    let mut form = Checked::new(fields);
    let field = form.need("field", |text| RevealedField::from_code(text).ok_or(Problem::UnknownValue));
    let reason = form.need("reason", |text| plain_text(text, 200));
    let (field, reason) = form.done(field.zip(reason))?;
    if reason.chars().filter(|c| c.is_alphanumeric()).count() < 4 {
        return Err(Error::Invalid { fields: vec![FieldError::new("reason", Problem::TooShort, &reason)] });
    }
    let member = signed.actor.member().ok_or(Error::Unauthenticated)?;
    let quota = quota(services, &signed.scope()).await?;
    // Sent twice it is one look. The answer is sealed for a day; deleting somebody's data forgets it at once.
    let ticket = once::of_form(services, &signed.actor, "staff/reveal", fields)?;
    let done = services.db.write_once(at, ticket.as_ref(), async |tx| {
        let target = staff::find(&tx, &signed.scope(), Action::RevealStaff, code).await?;
        let (number, left) = reveal::show(&tx, at, member.staff, &target, field, &reason, quota).await?;
        let actor = &signed.actor;
        let (id, detail) = (target.id, serde_json::json!({ "of": target.code, "field": field }));
        audit::write(&tx, at, audit::Entry { actor, action: "staff.revealed", subject: "staff", id, detail }).await?;
        if reveal::taken(&tx, at, member.staff).await?.0 == UNUSUAL.min(quota.hour) {
            alarm(&tx, at, signed).await?;
        }
        Ok((number, left))
    });
    let (number, left) = done.await.map_err(fault)?;
    let number = match field {
        RevealedField::Phone => Phone::parse(&number).map(|phone| phone.spaced()),
        RevealedField::IdNumber => IdNumber::parse(&number).map(|id| id.full().to_owned()),
    };
    let clock = crate::clock(at);
    Ok(Shown {
        number: number.ok_or(Error::NotFound)?,
        left,
        watermark: format!("{} {} {clock}", signed.name, signed.code),
    })
}

/// Who has seen whose numbers: by one person, or at one person; the newest first.
///
/// # Errors
/// `Internal`.
pub async fn list(
    services: &Services,
    signed: &Signed,
    by: Option<&str>,
    of: Option<&str>,
) -> Result<Vec<RevealRow>, Error> {
    reveal::list(&services.db, &signed.scope(), by, of, 200).await.map_err(fault)
}

/// Tells directors and administrators of unusually many looks.
async fn alarm(tx: &Tx, at: Moment, signed: &Signed) -> StoreResult<()> {
    tracing::warn!("unusually many numbers were looked at");
    let told = store::identity::account::with_roles(tx, &[Role::Director, Role::Admin]).await?;
    let href = format!("/reveals?by={}", signed.code);
    for account in told {
        notice::tell(tx, at, account, NoticeKind::UnusualReveals, &signed.name, &href).await?;
    }
    Ok(())
}

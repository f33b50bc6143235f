//! What holds for the whole firm: its name, how many numbers one person may look at, who must have a second factor.

use crate::identity::{Signed, set_up};
use crate::staff::reveal::{self, Quota};
use crate::{Services, fault};
use domain::Error;
use domain::access::{Action, Role, allow};
use domain::error::Problem;
use domain::identity::{Checked, Fields, GRACE_MOST, SecondDuty, plain_text};
use std::ops::RangeInclusive;
use store::identity::session::SECOND_DUTY;
use store::{Moment, Scope, audit, setting};

/// Looks at numbers that may be allowed in an hour.
pub const HOUR: RangeInclusive<i64> = 1..=100;
/// The most looks at numbers that may be allowed in a day; the fewest are those of an hour.
pub const DAY_MOST: i64 = 500;
/// The setting that counts the changes.
const VERSION: &str = "firm_version";

/// The settings in force.
#[derive(Clone, Debug)]
pub struct Firm {
    /// What the firm is called.
    pub name: String,
    /// Looks at numbers, by one person.
    pub quota: Quota,
    /// Who must have a second factor.
    pub duty: SecondDuty,
    /// Rises with every change.
    pub version: i64,
}

/// The settings in force.
///
/// # Errors
/// `Internal`.
pub async fn read(services: &Services, scope: &Scope) -> Result<Firm, Error> {
    // The version first: what is read after it is at least as new, so that an overtaken form is refused.
    let version = setting::read(&services.db, scope, VERSION).await.map_err(fault)?;
    let version = version.and_then(|text| text.parse().ok()).unwrap_or(1);
    let duty = setting::read(&services.db, scope, SECOND_DUTY).await.map_err(fault)?;
    let duty = duty.as_deref().and_then(SecondDuty::parse).unwrap_or_default();
    Ok(Firm {
        name: set_up::firm(services, scope).await?,
        quota: reveal::quota(services, scope).await?,
        duty,
        version,
    })
}

/// Changes the settings that were seen at `seen`, from `name`, `reveal_hour`, `reveal_day`, `second_roles` (any number)
/// and `second_days`. With other roles or days the time to set a second factor up begins anew.
///
/// # Errors
/// `Forbidden`; `Rule(ConfirmFirst)`; `Invalid`; `Stale`.
pub async fn change(services: &Services, signed: &Signed, at: Moment, fields: &Fields) -> Result<(), Error> {
    let actor = &signed.actor;
    if !allow(actor, Action::ManageFirm) {
        return Err(Error::Forbidden);
    }
    signed.proven(at)?;
    let seen = fields.get("seen").parse().unwrap_or_default();
    let mut form = Checked::new(fields);
    let name = form.need("name", |text| plain_text(text, 60));
    let hour = form.need("reveal_hour", |text| number(text, HOUR));
    let day = form.need("reveal_day", |text| number(text, hour.unwrap_or(*HOUR.start())..=DAY_MOST));
    let days = form.need("second_days", |text| number(text, 0..=GRACE_MOST));
    let mut roles: Vec<Role> = Vec::new();
    for word in fields.all("second_roles").filter(|word| !word.is_empty()) {
        match Role::from_code(word) {
            Some(role) if !roles.contains(&role) => roles.push(role),
            Some(_) => {}
            None => form.fault("second_roles", Problem::UnknownValue),
        }
    }
    let (((name, hour), day), days) = form.done(name.zip(hour).zip(day).zip(days))?;
    let before = read(services, &signed.scope()).await?;
    let done = services.db.write(async |tx| {
        setting::step(&tx, VERSION, seen).await?;
        setting::write(&tx, set_up::FIRM, &name).await?;
        setting::write(&tx, reveal::HOUR, &hour.to_string()).await?;
        setting::write(&tx, reveal::DAY, &day.to_string()).await?;
        let Firm { name: old, quota, duty, version: _ } = &before;
        let kept = (&duty.roles, duty.days) == (&roles, days);
        let now = SecondDuty { roles, days, since_ms: if kept { duty.since_ms } else { at.0 } };
        setting::write(&tx, SECOND_DUTY, &now.text()).await?;
        let detail = serde_json::json!({
            "name": [old, name], "reveal_hour": [quota.hour, hour], "reveal_day": [quota.day, day],
            "second_roles": [duty.roles, now.roles], "second_days": [duty.days, now.days],
        });
        let entry = audit::Entry { actor, action: "firm.changed", subject: "firm", id: seen, detail };
        audit::write(&tx, at, entry).await
    });
    done.await.map_err(fault)
}

fn number(text: &str, within: RangeInclusive<i64>) -> Result<i64, Problem> {
    let number = text.trim().parse().map_err(|_| Problem::Malformed)?;
    if within.contains(&number) { Ok(number) } else { Err(Problem::OutOfRange) }
}

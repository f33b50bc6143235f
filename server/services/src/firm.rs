//! What holds for the whole firm: its name, and how many numbers one person may look at.

use crate::identity::{Signed, set_up};
use crate::staff::reveal::{self, Quota};
use crate::{Services, fault};
use domain::Error;
use domain::access::{Action, allow};
use domain::error::Problem;
use domain::identity::{Checked, Fields, plain_text};
use std::ops::RangeInclusive;
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
    Ok(Firm { name: set_up::firm(services, scope).await?, quota: reveal::quota(services, scope).await?, version })
}

/// Changes the settings that were seen at `seen`, from `name`, `reveal_hour` and `reveal_day`.
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
    let ((name, hour), day) = form.done(name.zip(hour).zip(day))?;
    let before = read(services, &signed.scope()).await?;
    let done = services.db.write(async |tx| {
        setting::step(&tx, VERSION, seen).await?;
        setting::write(&tx, set_up::FIRM, &name).await?;
        setting::write(&tx, reveal::HOUR, &hour.to_string()).await?;
        setting::write(&tx, reveal::DAY, &day.to_string()).await?;
        let Firm { name: old, quota, version: _ } = &before;
        let detail = serde_json::json!({
            "name": [old, name], "reveal_hour": [quota.hour, hour], "reveal_day": [quota.day, day],
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

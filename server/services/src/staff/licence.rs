//! Reminders of licences (经纪人登记) that end: to the person and their manager, 60, 30 and 7 days before and at the end.

use crate::{Services, fault};
use chrono::Days;
use domain::Error;
use domain::access::Actor;
use domain::identity::NoticeKind;
use store::identity::notice;
use store::staff::licence;
use store::{Moment, Scope};

/// Days before the end, the last ones first.
const AHEAD: [i64; 4] = [0, 7, 30, 60];

/// Tells whoever has to know and was not told, once for each step. A step that nobody looked at is left out: whoever is
/// entered a week before the end is told once. Returns how many licences it spoke of.
///
/// # Errors
/// `Internal`.
pub async fn remind(services: &Services, at: Moment) -> Result<u32, Error> {
    let today = at.day();
    let by = today.checked_add_days(Days::new(60)).unwrap_or(today);
    let scope = Scope::of(&Actor::system("licences"));
    let mut told = 0;
    for ending in licence::ending(&services.db, &scope, by).await.map_err(fault)? {
        let left = (ending.until - today).num_days();
        let Some(step) = AHEAD.into_iter().find(|days| left <= *days) else { continue };
        let done = services.db.write(async |tx| {
            if !licence::remind(&tx, at, &ending, step).await? {
                return Ok(false);
            }
            let (about, href) = (format!("{} · {}", ending.name, ending.until), format!("/staff/{}", ending.code));
            for account in &ending.tell {
                notice::tell(&tx, at, *account, NoticeKind::LicenceEnds, &about, &href).await?;
            }
            Ok(true)
        });
        told += u32::from(done.await.map_err(fault)?);
    }
    Ok(told)
}

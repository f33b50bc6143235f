//! Somebody leaves: what they hold is handed over and their access ends, in one transaction, with a report.

use crate::identity::Signed;
use crate::{Services, fault};
use chrono::NaiveDate;
use domain::access::{Action, Reach, Role, allow, reach, reach_of};
use domain::error::Problem;
use domain::identity::{AccountState, Checked, Fields, NoticeKind, RecordDays, StaffState, plain_text};
use domain::{Error, FieldError, Rule};
use serde::Serialize;
use store::identity::{account, notice, pass, passkey, session};
use store::staff::{self, Target, dial};
use store::{Moment, StoreResult, Tx, audit};

/// What a leaving person holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Holdings {
    /// People who report to them.
    pub reports: i64,
    /// Devices they are signed in on.
    pub sessions: i64,
    /// Whether they have an account that is open.
    pub account: bool,
}

/// What was done.
#[derive(Clone, Debug, Serialize)]
pub struct Handover {
    /// People who now report to the successor.
    pub reports: u64,
    /// Sessions that ended.
    pub sessions: u64,
    /// Whether an account was closed.
    pub account_closed: bool,
}

/// What somebody within reach holds.
///
/// # Errors
/// `Forbidden`; `NotFound`.
pub async fn holdings(services: &Services, signed: &Signed, at: Moment, code: &str) -> Result<Holdings, Error> {
    if !allow(&signed.actor, Action::HandOver) {
        return Err(Error::Forbidden);
    }
    staff::holdings(&services.db, &signed.scope(), at, code)
        .await
        .map(|(reports, sessions, account)| Holdings { reports, sessions, account })
        .map_err(fault)
}

/// Whether somebody has more of the firm in hand than one store: those only the firm's own may let go.
fn reaches_the_firm(roles: &[Role]) -> bool {
    let rights = [Action::ReadRecord, Action::ManageAccounts, Action::ReadAudit];
    roles.iter().any(|role| rights.iter().any(|right| reach_of(*role, *right) == Some(Reach::Firm)))
}

/// Hands everything over to `successor` (a public number; may be empty where nobody reports to the leaver) as of
/// `left_on`, and ends all access at once. `seen` is the version the leaver's record was seen at.
///
/// # Errors
/// `Forbidden`, also for a manager and somebody who reaches beyond the store; `Rule(ConfirmFirst)`; `NotFound`; `Stale`;
/// `Invalid`; `Rule(SuccessorNeeded)`, `Rule(PersonLeft)`, `Rule(LastAdmin)`.
pub async fn leave(
    services: &Services,
    signed: &Signed,
    at: Moment,
    code: &str,
    seen: i64,
    fields: &Fields,
) -> Result<Handover, Error> {
    let actor = &signed.actor;
    if !allow(actor, Action::HandOver) {
        return Err(Error::Forbidden);
    }
    signed.proven(at)?;
    let holder = account::by_code(&services.db, &signed.scope(), code).await.map_err(fault)?;
    let wider = holder.is_some_and(|holder| reaches_the_firm(&holder.roles));
    let mut form = Checked::new(fields);
    let on = form.day("left_on");
    let successor = form.may("successor", |text| plain_text(text, 16));
    if on.is_none() && fields.get("left_on").is_empty() {
        form.fault("left_on", Problem::Missing);
    }
    let on: NaiveDate = form.done(on)?;
    let done = services.db.write(async |tx| {
        let target = staff::find(&tx, &signed.scope(), Action::HandOver, code).await?;
        if wider && reach(actor, Action::HandOver) != Some(Reach::Firm) {
            return Err(Error::Forbidden.into());
        }
        if target.state == StaffState::Left {
            return Err(Error::Rule { rule: Rule::PersonLeft }.into());
        }
        let days = RecordDays { hired: staff::hired_on(&tx, target.id).await?, left: Some(on), ..Default::default() };
        let faults = days.faults(at.day()).into_iter().filter(|(field, _)| *field == "left_on");
        let faults: Vec<_> =
            faults.map(|(field, problem)| FieldError::new(field, problem, &on.to_string())).collect();
        if !faults.is_empty() {
            return Err(Error::Invalid { fields: faults }.into());
        }
        let heir = match &successor {
            Some(code) => Some(heir(&tx, signed, code, &target).await?),
            None => None,
        };
        let reports = staff::give_reports(&tx, at, target.id, heir.as_ref().map(|h| h.id)).await?;
        if reports > 0 && heir.is_none() {
            return Err(Error::Rule { rule: Rule::SuccessorNeeded }.into());
        }
        staff::leave(&tx, at, &target, seen, on).await?;
        dial::end_all(&tx, at, target.id).await?;
        let mut sessions = 0;
        if let Some(id) = target.account {
            sessions = session::end_all(&tx, at, id, None, "left").await?;
            pass::void(&tx, at, Some(id)).await?;
            passkey::remove_all(&tx, id).await?;
            account::set_state(&tx, id, AccountState::Disabled).await?;
        }
        let report = Handover { reports, sessions, account_closed: target.account.is_some() };
        let (id, to) = (target.id, heir.as_ref().map(|h| h.code.clone()));
        let detail = serde_json::json!({ "code": target.code, "on": on, "to": to, "report": report });
        audit::write(&tx, at, audit::Entry { actor, action: "staff.left", subject: "staff", id, detail }).await?;
        if let Some((account, _)) = heir.and_then(|h| h.account.map(|id| (id, h.code))) {
            let href = format!("/staff/{}", target.code);
            notice::tell(&tx, at, account, NoticeKind::HandedOver, &target.name, &href).await?;
        }
        Ok(report)
    });
    let report = done.await.map_err(fault)?;
    // The house looks again every few seconds for what could not be told now.
    super::dial::part_ended(services, at).await.map_err(fault)?;
    Ok(report)
}

async fn heir(tx: &Tx, signed: &Signed, code: &str, leaver: &Target) -> StoreResult<Target> {
    let unknown = || Error::Invalid { fields: vec![FieldError::new("successor", Problem::UnknownValue, code)] };
    match staff::find(tx, &signed.scope(), Action::ReadStaff, code).await {
        Ok(heir) if heir.state == StaffState::Active && heir.id != leaver.id => Ok(heir),
        Ok(_) => Err(unknown().into()),
        Err(store::StoreError::Refused(Error::NotFound)) => Err(unknown().into()),
        Err(error) => Err(error),
    }
}

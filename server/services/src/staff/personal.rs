//! What is kept of a person: their own copy of it, and its deletion.

use super::profile;
use crate::copy::{CopiedFile, Copy};
use crate::identity::Signed;
use crate::{Services, fault};
use domain::access::{Action, allow};
use domain::attachment::Paper;
use domain::identity::StaffState;
use domain::{Error, Rule};
use store::{Moment, audit, staff};

/// Everything that is kept of oneself: the record with numbers in full, the devices, what one was told, who has looked,
/// and the files of the record.
///
/// # Errors
/// `Rule(ConfirmFirst)`; `Internal`.
pub async fn copy(services: &Services, signed: &Signed, at: Moment) -> Result<Copy, Error> {
    signed.proven(at)?;
    let profile = profile(services, signed, &signed.code).await?;
    let (phone, id_number) = staff::own_numbers(&services.db, &signed.scope(), &signed.code).await.map_err(fault)?;
    let notices = crate::identity::notice::list(services, signed, None).await?;
    let data = serde_json::json!({
        "made_at": crate::clock(at),
        "profile": profile,
        "phone": phone,
        "id_number": id_number,
        "devices": crate::identity::device::list(services, signed, at).await?,
        "papers": super::papers::list(services, signed, &signed.code).await?,
        "notices": notices,
        "looks_at_my_numbers": super::reveal::list(services, signed, None, Some(&signed.code)).await?,
    });
    let (actor, detail) = (&signed.actor, serde_json::json!({}));
    let id = signed.actor.member().map_or(0, |member| member.staff);
    let written = services.db.write(async |tx| {
        audit::write(&tx, at, audit::Entry { actor, action: "staff.copied", subject: "staff", id, detail }).await
    });
    written.await.map_err(fault)?;
    Ok(Copy { data, files: attachments(services, signed).await? })
}

/// The papers of one's own record.
async fn attachments(services: &Services, signed: &Signed) -> Result<Vec<CopiedFile>, Error> {
    let mut files = Vec::new();
    for paper in super::papers::list(services, signed, &signed.code).await? {
        let opened = store::attachment::open(&services.db, &signed.scope(), &signed.code, paper.id).await;
        let (Paper { name, format, .. }, bytes) = opened.map_err(fault)?;
        files.push(CopiedFile { name: format!("{name}.{}", format.code()), bytes });
    }
    Ok(files)
}

/// Deletes the numbers of somebody who has left, by destroying the key they are sealed with. What the trail and the
/// ledger need stays.
///
/// # Errors
/// `Forbidden`; `Rule(ConfirmFirst)`; `NotFound`; `Rule(SuccessorNeeded)` while the person works here;
/// `Rule(PersonErased)`.
pub async fn erase(services: &Services, signed: &Signed, at: Moment, code: &str) -> Result<(), Error> {
    let actor = &signed.actor;
    if !allow(actor, Action::WriteRecord) {
        return Err(Error::Forbidden);
    }
    signed.proven(at)?;
    let done = services.db.write(async |tx| {
        let target = staff::find(&tx, &signed.scope(), Action::WriteRecord, code).await?;
        if target.state == StaffState::Active {
            return Err(Error::Rule { rule: Rule::SuccessorNeeded }.into());
        }
        staff::dial::end_all(&tx, at, target.id).await?;
        if !staff::erase(&tx, at, &target).await? {
            return Err(Error::Rule { rule: Rule::PersonErased }.into());
        }
        // An answer to somebody who looked may hold the number.
        store::once::forget_before(&tx, Moment(at.0 + 1)).await?;
        let (id, detail) = (target.id, serde_json::json!({ "code": target.code }));
        audit::write(&tx, at, audit::Entry { actor, action: "staff.erased", subject: "staff", id, detail }).await
    });
    done.await.map_err(fault)
}

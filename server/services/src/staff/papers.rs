//! Papers of a person: put to the record, read by whoever may read it, deleted.

use crate::identity::Signed;
use crate::media::{clean, picture};
use crate::{Services, fault};
use bytes::Bytes;
use domain::access::{Action, allow};
use domain::attachment::{BYTES, NAME, Paper, PaperFormat, PaperKind};
use domain::error::Problem;
use domain::identity::plain_text;
use domain::media::{Refusal, TakenIn};
use domain::{Error, FieldError, Rule};
use image::ImageFormat;
use store::file::Digest;
use store::{Moment, attachment, audit, staff};

/// The papers of a person, the newest first.
///
/// # Errors
/// `NotFound` for somebody out of reach as for nobody.
pub async fn list(services: &Services, signed: &Signed, code: &str) -> Result<Vec<Paper>, Error> {
    attachment::of_staff(&services.db, &signed.scope(), code).await.map_err(fault)
}

/// Puts a paper to the record of a person. Pictures are made anew, without what a camera says of itself; a PDF stays
/// as it is. Everything is sealed with the person's key before it leaves memory.
///
/// # Errors
/// `Forbidden`; `NotFound`; `Rule(PersonErased)`; `Invalid`; `Busy`. A file that cannot be kept is no error but
/// [`TakenIn::Refused`].
pub async fn add(
    services: &Services,
    signed: &Signed,
    at: Moment,
    code: &str,
    kind: &str,
    name: &str,
    bytes: Bytes,
) -> Result<TakenIn, Error> {
    let (actor, db) = (&signed.actor, &services.db);
    if !allow(actor, Action::WriteRecord) {
        return Err(Error::Forbidden);
    }
    let unknown = || Error::Invalid { fields: vec![FieldError::new("kind", Problem::UnknownValue, kind)] };
    let scope = signed.scope();
    let (person, key) = attachment::key_of_staff(db, &scope, Action::WriteRecord, code).await.map_err(fault)?;
    let kind = PaperKind::from_code(kind).ok_or_else(unknown)?;
    let key = key.ok_or(Error::Rule { rule: Rule::PersonErased })?;
    let (bytes, format) = match read(bytes).await? {
        Ok(read) => read,
        Err(why) => return Ok(TakenIn::Refused { why }),
    };
    let sealed = attachment::seal(&key, &bytes).map_err(fault)?;
    let stored = attachment::stored(Digest::of(&sealed), sealed.len() as u64);
    let new = attachment::New {
        kind,
        name: title(name, kind),
        format,
        size: bytes.len() as u64,
        mark: attachment::mark(db, person, &bytes),
        stored,
    };
    db.files().put(sealed.clone()).await.map_err(fault)?;
    let done = db.write(async |tx| {
        let target = staff::find(&tx, &scope, Action::WriteRecord, code).await?;
        let done = attachment::add(&tx, at, actor, person, &new).await?;
        if done == TakenIn::Taken {
            let (id, detail) = (target.id, serde_json::json!({ "code": code, "kind": kind, "bytes": new.size }));
            audit::write(&tx, at, audit::Entry { actor, action: "staff.paper_added", subject: "staff", id, detail })
                .await?;
        }
        Ok(done)
    });
    let done = done.await.map_err(fault)?;
    if done == TakenIn::Taken && db.files().look(&stored.digest).await.map_err(fault)?.is_none() {
        db.files().put(sealed).await.map_err(fault)?;
    }
    Ok(done)
}

/// A paper with its contents; that it was opened goes into the trail.
///
/// # Errors
/// `NotFound` for a paper or person out of reach as for one that never was.
pub async fn open(
    services: &Services,
    signed: &Signed,
    at: Moment,
    code: &str,
    id: i64,
) -> Result<(Paper, Vec<u8>), Error> {
    let (actor, scope) = (&signed.actor, signed.scope());
    let opened = attachment::open(&services.db, &scope, code, id).await.map_err(fault)?;
    let written = services.db.write(async |tx| {
        let target = staff::find(&tx, &scope, Action::ReadRecord, code).await?;
        let detail = serde_json::json!({ "code": code, "kind": opened.0.kind, "paper": id });
        let entry = audit::Entry { actor, action: "staff.paper_opened", subject: "staff", id: target.id, detail };
        audit::write(&tx, at, entry).await
    });
    written.await.map_err(fault)?;
    Ok(opened)
}

/// Deletes a paper.
///
/// # Errors
/// `Forbidden`; `NotFound`.
pub async fn remove(services: &Services, signed: &Signed, at: Moment, code: &str, id: &str) -> Result<(), Error> {
    let actor = &signed.actor;
    if !allow(actor, Action::WriteRecord) {
        return Err(Error::Forbidden);
    }
    let id = id.parse::<i64>().map_err(|_| Error::NotFound)?;
    let done = services.db.write(async |tx| {
        let target = staff::find(&tx, &signed.scope(), Action::WriteRecord, code).await?;
        let kind = attachment::remove(&tx, target.person, id).await?;
        let detail = serde_json::json!({ "code": code, "kind": kind, "paper": id });
        let entry = audit::Entry { actor, action: "staff.paper_removed", subject: "staff", id: target.id, detail };
        audit::write(&tx, at, entry).await
    });
    done.await.map_err(fault)
}

/// What the first bytes say it is.
async fn read(bytes: Bytes) -> Result<Result<(Bytes, PaperFormat), Refusal>, Error> {
    if bytes.len() > BYTES {
        return Ok(Err(Refusal::TooLarge));
    }
    if bytes.starts_with(b"%PDF-") {
        return Ok(Ok((bytes, PaperFormat::Pdf)));
    }
    if let Err(why) = picture(&bytes) {
        return Ok(Err(why));
    }
    Ok(clean(bytes).await.ok_or(Error::Busy)?.map(|(bytes, format)| {
        let format = if format == ImageFormat::Png { PaperFormat::Png } else { PaperFormat::Jpeg };
        (bytes.into(), format)
    }))
}

/// The name it is shown by: of what was given only the last part without its ending; the kind's word where nothing
/// plain is left.
fn title(name: &str, kind: PaperKind) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let stem = last.rsplit_once('.').map_or(last, |(stem, _)| stem).trim();
    let cut: String = stem.chars().take(NAME).collect();
    plain_text(&cut, NAME).ok().filter(|text| !text.is_empty()).unwrap_or_else(|| kind.code().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_name_only_what_is_plain_remains() {
        assert_eq!(title("../../etc/劳动合同 2026.pdf", PaperKind::Contract), "劳动合同 2026");
        assert_eq!(title("C:\\a\\scan.jpg", PaperKind::Other), "scan");
        assert_eq!(title("\u{202e}fdp.exe", PaperKind::Identity), "identity");
        assert_eq!(title("", PaperKind::Certificate), "certificate");
    }
}

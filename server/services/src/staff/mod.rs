//! People of the firm: the directory, records, stores, looks at masked numbers, and leaving.

pub mod dial;
pub mod leave;
pub mod licence;
pub mod papers;
pub mod personal;
pub mod reveal;
pub mod stores;

mod taken;

use crate::identity::Signed;
use crate::{Services, fault, once};
use chrono::{Days, NaiveDate};
use domain::Error;
use domain::access::{Action, Actor, allow};
use domain::error::Problem;
use domain::identity::{
    Checked, Colleague, Education, Fields, IdNumber, Organisation, Phone, Profile, RecordDays, person_name,
    plain_text,
};
use store::staff::{self, Entry, Filter};
use store::{Moment, Scope, audit};

/// People on one page of the directory.
pub const PAGE: usize = 50;

/// A page of the directory.
#[derive(Clone, Debug)]
pub struct Directory {
    /// The people.
    pub people: Vec<Colleague>,
    /// Name and number of the last one, where more follow.
    pub next: Option<(String, String)>,
}

/// People in one's reach, by name, at most `size` (1 to 100).
///
/// # Errors
/// `Forbidden`; `Internal`.
pub async fn directory(services: &Services, actor: &Actor, filter: &Filter, size: usize) -> Result<Directory, Error> {
    if !allow(actor, Action::ReadStaff) {
        return Err(Error::Forbidden);
    }
    let size = size.clamp(1, 100);
    let mut people =
        staff::directory(&services.db, &Scope::of(actor), filter, size as u32 + 1).await.map_err(fault)?;
    let more = people.len() > size;
    people.truncate(size);
    let next = people.last().filter(|_| more).map(|last| (last.name.clone(), last.code.clone()));
    Ok(Directory { people, next })
}

/// Stores with the people in one's reach.
///
/// # Errors
/// `Forbidden`; `Internal`.
pub async fn organisation(services: &Services, signed: &Signed) -> Result<Organisation, Error> {
    if !allow(&signed.actor, Action::ReadStaff) {
        return Err(Error::Forbidden);
    }
    let scope = signed.scope();
    let mut people = staff::directory(&services.db, &scope, &Filter::default(), 2_000).await.map_err(fault)?;
    let stores = staff::store::list(&services.db, &scope).await.map_err(fault)?;
    let stores = stores
        .into_iter()
        .filter(|store| !store.closed)
        .map(|store| {
            let (here, rest) = std::mem::take(&mut people).into_iter().partition(|p| p.store.0 == store.code);
            people = rest;
            (store, here)
        })
        .collect();
    Ok(Organisation { firm: crate::identity::set_up::firm(services, &scope).await?, stores })
}

/// A person, as far as one may see them.
///
/// # Errors
/// `NotFound` for somebody out of reach as for nobody.
pub async fn profile(services: &Services, signed: &Signed, code: &str) -> Result<Profile, Error> {
    staff::profile(&services.db, &signed.scope(), code).await.map_err(fault)
}

/// Licences that end within thirty days, or have ended, of people whose records one may read.
///
/// # Errors
/// `Internal`.
pub async fn licences_ending(
    services: &Services,
    signed: &Signed,
    at: Moment,
) -> Result<Vec<(String, String, NaiveDate)>, Error> {
    let by = at.day().checked_add_days(Days::new(30)).unwrap_or(NaiveDate::MAX);
    staff::licences_ending(&services.db, &signed.scope(), by).await.map_err(fault)
}

/// Adds a person. Returns their public number.
///
/// # Errors
/// `Forbidden`; `Invalid` with every fault; `Rule(RevealQuota)` for a number once all looks are taken.
pub async fn add(services: &Services, signed: &Signed, at: Moment, fields: &Fields) -> Result<String, Error> {
    let actor = &signed.actor;
    if !allow(actor, Action::WriteRecord) {
        return Err(Error::Forbidden);
    }
    let entry = read(fields, at)?;
    let quota = reveal::quota(services, &signed.scope()).await?;
    let ticket = once::of_form(services, actor, "staff/add", fields)?;
    let done = services.db.write_once(at, ticket.as_ref(), async |tx| {
        taken::may_ask(&tx, at, signed, &entry, quota).await?;
        let (id, code) = staff::add(&tx, at, actor, &entry).await?;
        let detail = serde_json::json!({ "code": code, "store": entry.store });
        audit::write(&tx, at, audit::Entry { actor, action: "staff.added", subject: "staff", id, detail }).await?;
        Ok(code)
    });
    taken::told(services, signed, at, &entry, quota, done.await.map_err(fault)).await
}

/// Changes a person's record, which was seen at version `seen`. Empty numbers stay as they are.
///
/// # Errors
/// `NotFound`; `Stale`; `Invalid` with every fault; `Rule(RevealQuota)` for a number once all looks are taken.
pub async fn change(
    services: &Services,
    signed: &Signed,
    at: Moment,
    code: &str,
    seen: i64,
    fields: &Fields,
) -> Result<(), Error> {
    let actor = &signed.actor;
    if !allow(actor, Action::WriteRecord) {
        return Err(Error::Forbidden);
    }
    let entry = read(fields, at)?;
    let quota = reveal::quota(services, &signed.scope()).await?;
    let done = services.db.write(async |tx| {
        let target = staff::find(&tx, &signed.scope(), Action::WriteRecord, code).await?;
        taken::may_ask(&tx, at, signed, &entry, quota).await?;
        staff::change(&tx, at, &target, seen, &entry).await?;
        let changed = serde_json::json!({
            "store": entry.store,
            "position": entry.position,
            "licence_until": entry.licence_until,
            "phone": entry.phone.is_some(),
            "id_number": entry.id_number.is_some(),
        });
        let (id, detail) = (target.id, serde_json::json!({ "version": seen, "set": changed }));
        audit::write(&tx, at, audit::Entry { actor, action: "staff.changed", subject: "staff", id, detail }).await
    });
    taken::told(services, signed, at, &entry, quota, done.await.map_err(fault)).await
}

/// A record of nothing but a name, a store and a position.
pub(crate) fn plain_entry(name: &str, store: &str, position: &str) -> Entry {
    Entry {
        name: name.to_owned(),
        position: position.to_owned(),
        store: store.to_owned(),
        team: None,
        manager: None,
        phone: None,
        id_number: None,
        licence_no: None,
        licence_until: None,
        hired_on: None,
        education: None,
        history: String::new(),
        skills: String::new(),
    }
}

/// A record as it was typed.
fn read(fields: &Fields, at: Moment) -> Result<Entry, Error> {
    let mut form = Checked::new(fields);
    let name = form.need("name", person_name);
    let position = form.need("position", |text| plain_text(text, 40));
    let store = form.need("store", |text| plain_text(text, 16));
    let team = form.may("team", |text| plain_text(text, 40));
    let manager = form.may("manager", |text| plain_text(text, 16));
    let phone = form.may("phone", |text| Phone::parse(text).ok_or(Problem::Malformed));
    let id_number = form.may("id_number", |text| IdNumber::parse(text).ok_or(Problem::Malformed));
    let licence_no = form.may("licence_no", |text| plain_text(text, 40));
    let licence_until = form.day("licence_until");
    let hired_on = form.day("hired_on");
    let education = form.may("education", |text| Education::from_code(text).ok_or(Problem::UnknownValue));
    let history = form.may("history", |text| lines(text, 2_000)).unwrap_or_default();
    let skills = form.may("skills", |text| plain_text(text, 200)).unwrap_or_default();
    let days =
        RecordDays { born: id_number.as_ref().and_then(IdNumber::born), hired: hired_on, left: None, licence_until };
    days.faults(at.day()).into_iter().for_each(|(field, problem)| form.fault(field, problem));
    if licence_until.is_some() && licence_no.is_none() {
        form.fault("licence_no", Problem::Missing);
    }
    let read = (|| {
        let (name, position, store) = (name?, position?, store?);
        Some(Entry {
            name,
            position,
            store,
            team,
            manager,
            phone,
            id_number,
            licence_no,
            licence_until,
            hired_on,
            education,
            history,
            skills,
        })
    })();
    form.done(read)
}

/// Several lines, each of them plain.
fn lines(text: &str, longest: usize) -> Result<String, Problem> {
    let lines: Result<Vec<String>, Problem> = text.lines().map(|line| plain_text(line, longest)).collect();
    let text = lines?.join("\n").trim().to_owned();
    if text.chars().count() > longest { Err(Problem::TooLong) } else { Ok(text) }
}

//! Name, language and number of a client, and the end of the account.

use super::{SignedClient, door};
use crate::copy::Copy;
use crate::identity::sign_in::subscriber;
use crate::identity::{Origin, Secret};
use crate::{Services, fault};
use domain::client::{ClientCard, CodeUse, read_code};
use domain::consent::{Purpose, Source};
use domain::error::Problem;
use domain::identity::{Checked, Fields, Phone, plain_text};
use domain::message::{Channel, Letter};
use domain::saved::Shelf;
use domain::{Error, Lang, Rule};
use store::client::code::{self, Asked};
use store::client::{account, session};
use store::message::{self, Draft};
use store::{Moment, StoreResult, Tx, audit, consent};

/// Changes `name` (may be empty) and `lang`.
///
/// # Errors
/// `Invalid`.
pub async fn change(services: &Services, client: &SignedClient, at: Moment, fields: &Fields) -> Result<(), Error> {
    let mut form = Checked::new(fields);
    let name = Some(form.may("name", |text| plain_text(text, 40)).unwrap_or_default());
    let lang = form.need("lang", |text| Lang::from_code(text).ok_or(Problem::UnknownValue));
    let (name, lang) = form.done(name.zip(lang))?;
    let done = services.db.write(async |tx| {
        account::change(&tx, client.account, &name, lang).await?;
        record(&tx, at, client, "client.changed", serde_json::json!({ "lang": lang })).await
    });
    done.await.map_err(fault)
}

/// Sends a code to the new number `phone`. A code to the old one must have been given lately.
///
/// # Errors
/// `Rule(ConfirmFirst)`; `Invalid(phone)`; as [`door::send_code`].
pub async fn send_new(
    services: &Services,
    client: &SignedClient,
    at: Moment,
    from: &Origin,
    fields: &Fields,
) -> Result<(), Error> {
    client.proven(at)?;
    let phone = new_number(client, fields)?;
    door::send(services, at, from, client.lang, CodeUse::NewNumber, &phone, client.account).await
}

/// Takes the number `phone` with the `code` that was sent to it. The old number is told, every other session ends, and
/// this one has another token.
///
/// # Errors
/// `Rule(ConfirmFirst)`; `Invalid(phone, code)`; `Rule(CodeSpent)`; `Rule(NumberInUse)`.
pub async fn change_number(
    services: &Services,
    client: &SignedClient,
    at: Moment,
    from: &Origin,
    fields: &Fields,
) -> Result<Secret, Error> {
    client.proven(at)?;
    let mut form = Checked::new(fields);
    let code = form.need("code", |text| read_code(text).ok_or(Problem::Malformed));
    let code = form.done(code)?;
    let phone = new_number(client, fields)?;
    let (token, address) = (Secret::draw()?, subscriber(&from.address));
    let asked = Asked { purpose: CodeUse::NewNumber, phone: &phone, address: &address, whose: client.account };
    let done = services.db.write(async |tx| {
        if !code::take(&tx, at, asked, &code).await? {
            return Ok(false);
        }
        let old = account::set_phone(&tx, client.account, &phone).await?;
        session::end_all(&tx, at, client.account, Some(client.session), "number_changed").await?;
        session::prove(&tx, at, client.session, token.hashed()).await?;
        let draft = Draft {
            channel: Channel::Sms,
            to: old.full(),
            lang: client.lang,
            letter: &Letter::NumberChanged,
            person: Some(client.person),
            purpose: Purpose::Service,
        };
        message::queue(&tx, at, &draft).await?;
        record(&tx, at, client, "client.number_changed", serde_json::json!({})).await.map(|()| true)
    });
    if !done.await.map_err(fault)? {
        return Err(Error::Rule { rule: Rule::CodeSpent });
    }
    services.post.notify_one();
    Ok(token)
}

/// Everything that is kept of a client: number, name, lists, requests, consents, messages and devices.
///
/// # Errors
/// `Rule(ConfirmFirst)`; `Internal`.
pub async fn copy(services: &Services, client: &SignedClient, at: Moment) -> Result<Copy, Error> {
    client.proven(at)?;
    let ClientCard { said, .. } = super::card(services, client).await?;
    let messages = message::of_person(&services.db, &client.scope(), client.person).await.map_err(fault)?;
    let data = serde_json::json!({
        "made_at": crate::clock(at),
        "phone": client.phone.full(),
        "name": client.name,
        "language": client.lang,
        "since": crate::clock(Moment(client.since_ms)),
        "favourites": client.saved.on(Shelf::Favourites),
        "compared": client.saved.on(Shelf::Compare),
        "seen": client.saved.seen(),
        "sale_requests": super::requests(services, client).await?,
        "consents": said,
        "messages": messages,
        "devices": super::device::list(services, client, at).await?,
    });
    let written = services.db.write(async |tx| record(&tx, at, client, "client.copied", serde_json::json!({})).await);
    written.await.map_err(fault)?;
    Ok(Copy { data, files: Vec::new() })
}

/// Deletes the account: the person's key is destroyed, messages go, sessions end, every consent is withdrawn. `sure`
/// has to be ticked. What the trail needs stays, and it names nobody.
///
/// # Errors
/// `Rule(ConfirmFirst)`; `Invalid(sure)`.
pub async fn delete(services: &Services, client: &SignedClient, at: Moment, fields: &Fields) -> Result<(), Error> {
    client.proven(at)?;
    let mut form = Checked::new(fields);
    let sure = form.need("sure", |_| Ok(()));
    form.done(sure)?;
    let done = services.db.write(async |tx| {
        session::end_all(&tx, at, client.account, None, "deleted").await?;
        for purpose in Purpose::ALL {
            consent::say(&tx, at, client.person, *purpose, false, Source::Account).await?;
        }
        message::forget_person(&tx, client.person).await?;
        account::delete(&tx, at, client.account, client.person).await?;
        record(&tx, at, client, "client.deleted", serde_json::json!({})).await
    });
    done.await.map_err(fault)
}

/// The new number as it was typed.
fn new_number(client: &SignedClient, fields: &Fields) -> Result<Phone, Error> {
    let mut form = Checked::new(fields);
    let phone = form.need("phone", |text| match door::phone(text)? {
        own if own == client.phone => Err(Problem::Taken),
        other => Ok(other),
    });
    form.done(phone)
}

pub(super) async fn record(
    tx: &Tx,
    at: Moment,
    client: &SignedClient,
    action: &str,
    detail: serde_json::Value,
) -> StoreResult<()> {
    let (actor, id) = (&client.actor, client.account);
    audit::write(tx, at, audit::Entry { actor, action, subject: "client", id, detail }).await
}

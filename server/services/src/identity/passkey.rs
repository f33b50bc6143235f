//! Passkeys (通行密钥): a key on a device of the person, which opens the account there by a finger, a face or the
//! device's own code. The device verifies the person, so that a passkey is both factors at once.

use super::webauthn::{self, Ceremony, KINDS, Site};
use super::{Origin, Secret, Signed, sign_in, system};
use crate::{Services, fault};
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use domain::identity::{AccountState, Checked, Fields, NoticeKind, Passkey, plain_text};
use domain::{Error, Rule};
use serde::Deserialize;
use store::identity::passkey::{self, Found, NewPasskey, Purpose};
use store::identity::{hashed, notice, session};
use store::{Moment, StoreResult, Tx, audit};

/// How long a challenge waits for its answer: 5 minutes.
const LIFE_MS: i64 = 5 * 60_000;
/// Passkeys an account may have.
const MOST: usize = 10;

/// What the browser hands over, as its `toJSON` writes it. Other fields are no fault.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Credential {
    id: String,
    response: Response,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Response {
    #[serde(rename = "clientDataJSON")]
    client_data: String,
    attestation_object: Option<String>,
    authenticator_data: Option<String>,
    signature: Option<String>,
    user_handle: Option<String>,
}

/// One's own passkeys.
///
/// # Errors
/// `Internal`.
pub async fn list(services: &Services, signed: &Signed) -> Result<Vec<Passkey>, Error> {
    passkey::list(&services.db, &signed.scope(), signed.account).await.map_err(fault)
}

/// What the browser needs to sign somebody in, as JSON. `holder` is the secret of the cookie it comes back with.
///
/// # Errors
/// `Rule(PasskeyRefused)` where the site is not reached by a name.
pub async fn begin_enter(
    services: &Services,
    at: Moment,
    site: Option<&Site>,
    holder: &str,
) -> Result<String, Error> {
    let site = site.ok_or_else(refused)?;
    let challenge = asked(services, at, Purpose::Enter, holder).await?;
    Ok(wanted(site, &challenge, &[]).to_string())
}

/// What the browser needs to make a passkey, as JSON. `holder` is the token of the session.
///
/// # Errors
/// `Rule(ConfirmFirst)`; `Rule(PasskeyRefused)` where the site is not reached by a name, or there are ten.
pub async fn begin_add(
    services: &Services,
    signed: &Signed,
    at: Moment,
    site: Option<&Site>,
    holder: &str,
) -> Result<String, Error> {
    signed.may_set_up()?;
    signed.proven(at)?;
    let site = site.ok_or_else(refused)?;
    if list(services, signed).await?.len() >= MOST {
        return Err(refused());
    }
    let known = passkey::known(&services.db, &signed.scope(), signed.account, &site.name).await.map_err(fault)?;
    let challenge = asked(services, at, Purpose::Add, holder).await?;
    let kinds: Vec<_> = KINDS.iter().map(|alg| serde_json::json!({ "type": "public-key", "alg": alg })).collect();
    let options = serde_json::json!({
        "rp": { "id": site.name, "name": "Menpai 门牌" },
        "user": { "id": text(&handle(services, signed.account)), "name": signed.login, "displayName": signed.name },
        "challenge": challenge,
        "pubKeyCredParams": kinds,
        "timeout": LIFE_MS,
        "attestation": "none",
        "excludeCredentials": named(&known),
        "authenticatorSelection": { "residentKey": "required", "requireResidentKey": true, "userVerification": "required" },
    });
    Ok(options.to_string())
}

/// Keeps a passkey that was made: `name`, `credential`. Its owner is told.
///
/// # Errors
/// `Rule(ConfirmFirst)`; `Invalid(name)`; `Rule(PasskeyRefused)`.
pub async fn add(
    services: &Services,
    signed: &Signed,
    at: Moment,
    site: Option<&Site>,
    holder: &str,
    fields: &Fields,
) -> Result<(), Error> {
    signed.may_set_up()?;
    signed.proven(at)?;
    let site = site.ok_or_else(refused)?;
    let mut form = Checked::new(fields);
    let name = form.need("name", |text| plain_text(text, 40));
    let name = form.done(name)?;
    let said: Credential = serde_json::from_str(fields.get("credential")).map_err(|_| refused())?;
    let client_data = bytes(&said.response.client_data)?;
    take(services, at, Purpose::Add, Ceremony::Create, site, holder, &client_data).await?;
    let attestation = bytes(said.response.attestation_object.as_deref().unwrap_or_default())?;
    let made = webauthn::made(site, &attestation).ok_or_else(refused)?;
    let new = NewPasskey {
        account: signed.account,
        site: &site.name,
        credential: &made.credential,
        key: &made.key,
        counter: i64::from(made.counter),
        name: &name,
    };
    let done = services.db.write(async |tx| {
        let id = passkey::add(&tx, at, new).await.map_err(|error| error.on_unique(Rule::PasskeyRefused))?;
        session::by_passkey(&tx, signed.session).await?;
        record(&tx, at, signed, "identity.passkey_added", id).await?;
        notice::tell(&tx, at, signed.account, NoticeKind::NewPasskey, &name, "/account#passkeys").await
    });
    done.await.map_err(fault)
}

/// Removes one of one's own passkeys.
///
/// # Errors
/// `Rule(ConfirmFirst)`; `NotFound`.
pub async fn remove(services: &Services, signed: &Signed, at: Moment, id: i64) -> Result<(), Error> {
    signed.proven(at)?;
    let done = services.db.write(async |tx| {
        let name = passkey::remove(&tx, signed.account, id).await?.ok_or(Error::NotFound)?;
        record(&tx, at, signed, "identity.passkey_removed", id).await?;
        notice::tell(&tx, at, signed.account, NoticeKind::PasskeyRemoved, &name, "/account#passkeys").await
    });
    done.await.map_err(fault)
}

/// Signs in with a passkey: `credential`. The device has verified the person, so no second factor is asked for.
///
/// # Errors
/// `Rule(PasskeyRefused)` without saying what is wrong.
pub async fn enter(
    services: &Services,
    at: Moment,
    from: &Origin,
    site: Option<&Site>,
    holder: &str,
    fields: &Fields,
) -> Result<sign_in::SignedIn, Error> {
    let proof = prove(services, at, Purpose::Enter, site, holder, fields).await;
    let open = |found: &Found| found.account.state == AccountState::Active && found.account.works_here;
    let Some((found, counter)) = proof?.filter(|(found, _)| open(found)) else {
        tracing::warn!(client.address = %from.address, "a sign-in with a passkey failed");
        return Err(refused());
    };
    let (token, keep) = (Secret::draw()?, !fields.get("keep").is_empty());
    let done = services.db.write(async |tx| {
        use_up(&tx, at, &found, counter).await?;
        sign_in::enter(&tx, at, from, &found.account, &token, keep, true).await
    });
    done.await.map_err(fault)?;
    Ok(sign_in::SignedIn { token, keep_s: sign_in::keep_s(keep), half: false, start: found.account.start })
}

/// What the browser needs to prove who is there with one of the account's passkeys, as JSON.
///
/// # Errors
/// `Rule(PasskeyRefused)` where there is none for this site.
pub async fn begin_confirm(
    services: &Services,
    signed: &Signed,
    at: Moment,
    site: Option<&Site>,
    holder: &str,
) -> Result<String, Error> {
    let site = site.ok_or_else(refused)?;
    let known = passkey::known(&services.db, &signed.scope(), signed.account, &site.name).await.map_err(fault)?;
    if known.is_empty() {
        return Err(refused());
    }
    let challenge = asked(services, at, Purpose::Confirm, holder).await?;
    Ok(wanted(site, &challenge, &named(&known)).to_string())
}

/// Step-up with a passkey instead of the password: `credential`. Returns another token.
///
/// # Errors
/// `Rule(PasskeyRefused)`.
pub async fn confirm(
    services: &Services,
    signed: &Signed,
    at: Moment,
    site: Option<&Site>,
    holder: &str,
    fields: &Fields,
) -> Result<Secret, Error> {
    let proof = prove(services, at, Purpose::Confirm, site, holder, fields).await?;
    let (found, counter) = proof.filter(|(found, _)| found.account.id == signed.account).ok_or_else(refused)?;
    let token = Secret::draw()?;
    let done = services.db.write(async |tx| {
        use_up(&tx, at, &found, counter).await?;
        session::by_passkey(&tx, signed.session).await?;
        session::renew(&tx, at, signed.session, token.hashed()).await
    });
    done.await.map_err(fault)?;
    Ok(token)
}

/// The passkey that answered, with its new count; `None` where it is not known, or does not fit.
async fn prove(
    services: &Services,
    at: Moment,
    purpose: Purpose,
    site: Option<&Site>,
    holder: &str,
    fields: &Fields,
) -> Result<Option<(Found, u32)>, Error> {
    let site = site.ok_or_else(refused)?;
    let said: Credential = serde_json::from_str(fields.get("credential")).map_err(|_| refused())?;
    let client_data = bytes(&said.response.client_data)?;
    take(services, at, purpose, Ceremony::Get, site, holder, &client_data).await?;
    let found = passkey::find(&services.db, &system(), &site.name, &bytes(&said.id)?).await.map_err(fault)?;
    let Some(found) = found else { return Ok(None) };
    let data = bytes(said.response.authenticator_data.as_deref().unwrap_or_default())?;
    let signed = bytes(said.response.signature.as_deref().unwrap_or_default())?;
    // A device tells the handle when it was not told whom to ask for.
    let said_handle = said.response.user_handle.as_deref().map(bytes).transpose()?;
    let ours = said_handle.map_or(purpose == Purpose::Confirm, |said| said == handle(services, found.account.id));
    let counter = webauthn::proven(site, &found.key, &client_data, &data, &signed);
    let Some(counter) = counter.filter(|_| ours) else { return Ok(None) };
    if !webauthn::grows(found.counter, counter) {
        tracing::warn!(passkey = found.id, "a passkey counts backwards: there may be a copy of it");
        return Ok(None);
    }
    Ok(Some((found, counter)))
}

/// A challenge is good once, whatever comes of it.
async fn take(
    services: &Services,
    at: Moment,
    purpose: Purpose,
    ceremony: Ceremony,
    site: &Site,
    holder: &str,
    client_data: &[u8],
) -> Result<(), Error> {
    let challenge = webauthn::challenge(site, ceremony, client_data).ok_or_else(refused)?;
    let taken = services
        .db
        .write(async |tx| passkey::answer(&tx, at, purpose, hashed(&text(&challenge)), hashed(holder)).await);
    if taken.await.map_err(fault)? && !holder.is_empty() { Ok(()) } else { Err(refused()) }
}

async fn asked(services: &Services, at: Moment, purpose: Purpose, holder: &str) -> Result<String, Error> {
    let challenge = Secret::draw()?.text().to_owned();
    let (hash, holder) = (hashed(&challenge), hashed(holder));
    let kept = services.db.write(async |tx| passkey::ask(&tx, at, purpose, hash, holder, LIFE_MS).await);
    kept.await.map_err(fault)?;
    Ok(challenge)
}

async fn use_up(tx: &Tx, at: Moment, found: &Found, counter: u32) -> StoreResult<()> {
    if passkey::used(tx, at, found.id, found.counter, i64::from(counter)).await? {
        Ok(())
    } else {
        Err(refused().into())
    }
}

async fn record(tx: &Tx, at: Moment, signed: &Signed, action: &str, id: i64) -> StoreResult<()> {
    let (actor, detail) = (&signed.actor, serde_json::json!({ "of": signed.code }));
    audit::write(tx, at, audit::Entry { actor, action, subject: "passkey", id, detail }).await
}

fn wanted(site: &Site, challenge: &str, allowed: &[serde_json::Value]) -> serde_json::Value {
    serde_json::json!({
        "rpId": site.name, "challenge": challenge, "timeout": LIFE_MS, "userVerification": "required",
        "allowCredentials": allowed,
    })
}

fn named(known: &[Vec<u8>]) -> Vec<serde_json::Value> {
    known.iter().map(|id| serde_json::json!({ "type": "public-key", "id": text(id) })).collect()
}

/// What devices know an account by: a keyed hash, which tells nothing of the person and outlives a rotated key.
fn handle(services: &Services, account: i64) -> Vec<u8> {
    services.db.keys().blind_index("passkey.handle", &account.to_string())
}

fn text(bytes: &[u8]) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(bytes)
}

fn bytes(text: &str) -> Result<Vec<u8>, Error> {
    BASE64_URL_SAFE_NO_PAD.decode(text).map_err(|_| refused())
}

const fn refused() -> Error {
    Error::Rule { rule: Rule::PasskeyRefused }
}

//! Coming in by telephone and a one-time code, and going. A number with an account and one without are answered alike
//! and by the same statements: nobody finds out who is a client here.

use super::{SignedClient, open};
use crate::identity::device::named;
use crate::identity::sign_in::subscriber;
use crate::identity::{Origin, Secret};
use crate::service::lost;
use crate::{Services, fault};
use domain::access::{Actor, Client};
use domain::client::{CODE_MINUTES, CodeUse, read_code};
use domain::consent::{Purpose, Source};
use domain::error::Problem;
use domain::identity::{Checked, Fields, Phone};
use domain::message::{Channel, Letter};
use domain::saved::Saved;
use domain::{Error, Lang, Rule};
use store::client::account;
use store::client::code::{self, Asked};
use store::client::session::{self, NewSession};
use store::message::{Draft, queue};
use store::{Moment, StoreResult, Tx, audit, consent};

const DAY_MS: i64 = 86_400_000;
/// A session lasts thirty days, and ends after two weeks without a request: people look for a home for months, now and
/// then, on their own telephone.
const LIFE_MS: i64 = 30 * DAY_MS;
const IDLE_MS: i64 = 14 * DAY_MS;
/// Seconds the cookie of a session lives.
pub const LIFE_S: i64 = LIFE_MS / 1000;

/// What came of a sign-in.
#[derive(Clone, Debug)]
pub struct CameIn {
    /// The session's token, for the cookie.
    pub token: Secret,
    /// Seconds the cookie lives.
    pub keep_s: i64,
    /// Whether the account is new.
    pub new: bool,
}

/// Sends a code to the number `phone`, to come in with. `agree` says that the terms were read.
///
/// # Errors
/// `Invalid(phone, agree)`; `Rule(NoMessages)`; `Wait`; `Rule(CodeQuota)`.
pub async fn send_code(
    services: &Services,
    at: Moment,
    from: &Origin,
    lang: Lang,
    fields: &Fields,
) -> Result<(), Error> {
    let mut form = Checked::new(fields);
    let phone = form.need("phone", phone);
    let agreed = form.need("agree", |_| Ok(()));
    let (phone, ()) = form.done(phone.zip(agreed))?;
    send(services, at, from, lang, CodeUse::SignIn, &phone, 0).await
}

/// Comes in with `phone` and `code`; `agree`, and what else of `marketing` and `share` is ticked. What the browser kept
/// as a guest goes into the account.
///
/// # Errors
/// `Invalid(phone, code, agree)`; `Rule(CodeSpent)` for a wrong, used or old code, and after too many tries.
pub async fn sign_in(
    services: &Services,
    at: Moment,
    from: &Origin,
    lang: Lang,
    fields: &Fields,
    guest: &Saved,
) -> Result<CameIn, Error> {
    let mut form = Checked::new(fields);
    let phone = form.need("phone", phone);
    let code = form.need("code", |text| read_code(text).ok_or(Problem::Malformed));
    let agreed = form.need("agree", |_| Ok(()));
    let ((phone, code), ()) = form.done(phone.zip(code).zip(agreed))?;
    let ticked = [Purpose::Marketing, Purpose::Share].map(|p| (p, !fields.get(p.code()).is_empty()));
    let token = Secret::draw()?;
    let address = subscriber(&from.address);
    let asked = Asked { purpose: CodeUse::SignIn, phone: &phone, address: &address, whose: 0 };
    let done = services.db.write(async |tx| {
        if !code::take(&tx, at, asked, &code).await? {
            return Ok(None);
        }
        let known = account::by_phone(&tx, &phone).await?;
        let (id, person) = match known {
            Some(known) => known,
            None => account::open(&tx, at, &phone, lang).await?,
        };
        let actor = Actor::Client(Client { account: id, person, from: from.address.clone() });
        agree(&tx, at, person, &ticked).await?;
        account::seen(&tx, at, id).await?;
        account::keep(&tx, id, |saved| saved.merge(guest)).await?;
        let new = NewSession {
            account: id,
            token_hash: token.hashed(),
            device: &named(&from.agent),
            address: &from.address,
            life_ms: LIFE_MS,
            idle_ms: IDLE_MS,
        };
        let session = session::start(&tx, at, new).await?;
        let action = if known.is_some() { "client.signed_in" } else { "client.joined" };
        let detail = serde_json::json!({ "session": session });
        audit::write(&tx, at, audit::Entry { actor: &actor, action, subject: "client", id, detail }).await?;
        Ok(Some(known.is_none()))
    });
    let new = done.await.map_err(fault)?.ok_or_else(|| {
        tracing::warn!(client.address = %from.address, "a client's code was wrong");
        Error::Rule { rule: Rule::CodeSpent }
    })?;
    Ok(CameIn { token, keep_s: LIFE_S, new })
}

/// Ends the session of a token. Nothing to do where there is none.
///
/// # Errors
/// `Internal`.
pub async fn sign_out(services: &Services, at: Moment, from: &Origin, token: &str) -> Result<(), Error> {
    let Some(found) = open(services, at, token).await? else { return Ok(()) };
    let (id, person) = (found.account.id, found.account.person);
    let actor = Actor::Client(Client { account: id, person, from: from.address.clone() });
    let done = services.db.write(async |tx| {
        if session::end(&tx, at, id, found.id, "signed_out").await? {
            let detail = serde_json::json!({ "session": found.id });
            let action = "client.signed_out";
            audit::write(&tx, at, audit::Entry { actor: &actor, action, subject: "client", id, detail }).await?;
        }
        Ok(())
    });
    done.await.map_err(fault)
}

/// Sends a code to one's own number, before sensitive things.
///
/// # Errors
/// As [`send_code`].
pub async fn send_proof(services: &Services, client: &SignedClient, at: Moment, from: &Origin) -> Result<(), Error> {
    send(services, at, from, client.lang, CodeUse::Prove, &client.phone, client.account).await
}

/// Gives that `code`. The session has another token from now on.
///
/// # Errors
/// `Invalid(code)`; `Rule(CodeSpent)`.
pub async fn prove(
    services: &Services,
    client: &SignedClient,
    at: Moment,
    from: &Origin,
    fields: &Fields,
) -> Result<Secret, Error> {
    let mut form = Checked::new(fields);
    let code = form.need("code", |text| read_code(text).ok_or(Problem::Malformed));
    let code = form.done(code)?;
    let token = Secret::draw()?;
    let address = subscriber(&from.address);
    let asked = Asked { purpose: CodeUse::Prove, phone: &client.phone, address: &address, whose: client.account };
    let done = services.db.write(async |tx| {
        let right = code::take(&tx, at, asked, &code).await?;
        if right {
            session::prove(&tx, at, client.session, token.hashed()).await?;
        }
        Ok(right)
    });
    match done.await.map_err(fault)? {
        true => Ok(token),
        false => {
            tracing::warn!(client.address = %from.address, client = client.account, "a client's code was wrong in a session");
            Err(Error::Rule { rule: Rule::CodeSpent })
        }
    }
}

/// Reads a number as it is typed.
pub(super) fn phone(text: &str) -> Result<Phone, Problem> {
    Phone::parse(text).ok_or(Problem::Malformed)
}

/// Draws a code, keeps its hash, and queues the message, all in one transaction.
pub(super) async fn send(
    services: &Services,
    at: Moment,
    from: &Origin,
    lang: Lang,
    purpose: CodeUse,
    phone: &Phone,
    whose: i64,
) -> Result<(), Error> {
    if !services.ways.reach_phones() {
        return Err(Error::Rule { rule: Rule::NoMessages });
    }
    let (code, address) = (draw()?, subscriber(&from.address));
    let asked = Asked { purpose, phone, address: &address, whose };
    let letter = Letter::Code { code: code.clone(), minutes: CODE_MINUTES };
    let draft = Draft {
        channel: Channel::Sms,
        to: phone.full(),
        lang,
        letter: &letter,
        person: None,
        purpose: Purpose::Service,
    };
    let done = services.db.write(async |tx| {
        code::make(&tx, at, asked, &code).await?;
        queue(&tx, at, &draft).await.map(drop)
    });
    done.await.map_err(fault)?;
    services.post.notify_one();
    Ok(())
}

/// Writes down the yes to the service, and to what else was ticked, where it is not a yes already.
async fn agree(tx: &Tx, at: Moment, person: i64, ticked: &[(Purpose, bool)]) -> StoreResult<()> {
    let said = consent::of_in(tx, person).await?;
    for (purpose, yes) in std::iter::once(&(Purpose::Service, true)).chain(ticked) {
        let proven = said.iter().any(|s| s.purpose == *purpose && s.source.is_proven());
        // The unproven yes of a request is said once more, now that the number is known to be theirs.
        if *yes && !(proven && domain::consent::may(*purpose, &said)) {
            consent::say(tx, at, person, *purpose, true, Source::SignIn).await?;
        }
    }
    Ok(())
}

/// Six digits, each as likely as any other.
fn draw() -> Result<String, Error> {
    const SPAN: u32 = 1_000_000;
    loop {
        let mut bytes = [0_u8; 4];
        getrandom::fill(&mut bytes).map_err(lost)?;
        let drawn = u32::from_be_bytes(bytes);
        // What is left over at the end of the range would make small codes likelier.
        if drawn < u32::MAX - u32::MAX % SPAN {
            return Ok(format!("{:06}", drawn % SPAN));
        }
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_drawn_code_has_six_digits_and_is_not_the_same_twice() {
        let drawn: std::collections::BTreeSet<_> = (0..100).map(|_| super::draw().unwrap()).collect();
        assert!(
            drawn.len() > 95 && drawn.iter().all(|code| code.len() == 6 && code.bytes().all(|b| b.is_ascii_digit()))
        );
    }
}

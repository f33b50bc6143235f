//! Who somebody is: signing in and out, passwords, second factors, one-time links, sessions.

pub mod account;
pub mod api_key;
pub mod demo;
pub mod device;
pub mod ends;
pub mod link;
pub mod notice;
pub mod notice_mail;
pub mod passkey;
pub mod password;
pub mod second;
pub mod set_up;
pub mod sign_in;
pub mod start;
pub mod webauthn;

mod secret;

use crate::{Services, fault};
use domain::access::{Actor, Member};
use domain::identity::SecondDuty;
use domain::{Error, Rule, StartPage};
use store::identity::session::{self, Session};
use store::{Moment, Scope};

pub use secret::Secret;

/// How long after the password was given sensitive things may be done: 10 minutes.
pub const PROVEN_MS: i64 = 10 * 60_000;
/// A session is noted as seen at most this often.
const TOUCH_MS: i64 = 60_000;

/// From where a request comes.
#[derive(Clone, Debug, Default)]
pub struct Origin {
    /// Network address.
    pub address: String,
    /// What the browser says it is.
    pub agent: String,
}

/// Somebody who is signed in.
#[derive(Clone, Debug)]
pub struct Signed {
    /// As what they act.
    pub actor: Actor,
    /// Number of the session.
    pub session: i64,
    /// Number of the account.
    pub account: i64,
    /// Public number of the person.
    pub code: String,
    /// Their name.
    pub name: String,
    /// What they sign in with.
    pub login: String,
    /// Whether a second factor is asked for.
    pub second_factor: bool,
    /// When the password was last given, milliseconds UTC.
    pub proven_ms: i64,
    /// Notices not read yet.
    pub unread: i64,
    /// The page they begin with.
    pub start: StartPage,
    /// What is owed before anything else may be done.
    pub owes: Option<Owes>,
    /// Until when a second factor has to be set up, milliseconds UTC; none where it is there or not needed.
    pub due_ms: Option<i64>,
}

/// What somebody has to do first, whose role must have a second factor and who came in without.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owes {
    /// Set one up.
    SetUp,
    /// Prove who is there with the passkey the account has. A password alone must not set up another factor.
    Passkey,
}

impl Signed {
    fn of(session: &Session, at: Moment, from: &str) -> Self {
        let account = &session.account;
        let member = Member {
            account: account.id,
            staff: account.owner.staff,
            code: account.code.clone(),
            store: account.owner.store,
            team: account.owner.team,
            roles: account.roles.clone(),
            from: from.to_owned(),
        };
        let duty = session.duty.as_deref().and_then(SecondDuty::parse).unwrap_or_default();
        // With a code turned on no session is whole without one.
        let strong = account.totp_on || session.by_passkey;
        let due_ms = duty.due_ms(&account.roles, session.opened_ms).filter(|_| !strong);
        let owes = due_ms.filter(|due| *due <= at.0).map(|_| match session.passkeys {
            0 => Owes::SetUp,
            _ => Owes::Passkey,
        });
        Self {
            actor: Actor::Staff(member),
            session: session.id,
            account: account.id,
            code: account.code.clone(),
            name: account.name.clone(),
            login: account.login.clone(),
            second_factor: account.totp_on,
            proven_ms: session.proven_ms,
            unread: session.unread,
            start: account.start,
            owes,
            due_ms: due_ms.filter(|due| *due > at.0 && session.passkeys == 0),
        }
    }

    /// What they may see.
    pub fn scope(&self) -> Scope {
        Scope::of(&self.actor)
    }

    /// Refuses to set up a second factor for somebody who has one and did not give it.
    ///
    /// # Errors
    /// `Rule(SecondNeeded)`.
    pub fn may_set_up(&self) -> Result<(), Error> {
        if self.owes == Some(Owes::Passkey) { Err(Error::Rule { rule: Rule::SecondNeeded }) } else { Ok(()) }
    }

    /// Step-up: refuses where the password was not given lately.
    ///
    /// # Errors
    /// `Rule(ConfirmFirst)`.
    pub fn proven(&self, at: Moment) -> Result<(), Error> {
        if at.0 - self.proven_ms <= PROVEN_MS { Ok(()) } else { Err(Error::Rule { rule: Rule::ConfirmFirst }) }
    }
}

/// Who the holder of a token is; nobody for an unknown, ended or half session.
///
/// # Errors
/// `Internal`.
pub async fn who(services: &Services, at: Moment, token: &str, from: &Origin) -> Result<Option<Signed>, Error> {
    let Some(session) = open(services, at, token).await?.filter(|session| session.whole) else { return Ok(None) };
    if at.0 - session.seen_ms > TOUCH_MS {
        services.db.write(async |tx| session::touch(&tx, at, session.id).await).await.map_err(fault)?;
    }
    Ok(Some(Signed::of(&session, at, &from.address)))
}

/// The open session of a token, half or whole.
async fn open(services: &Services, at: Moment, token: &str) -> Result<Option<Session>, Error> {
    let scope = system();
    match Secret::read(token) {
        Some(secret) => session::find(&services.db, &scope, at, secret.hashed()).await.map_err(fault),
        None => Ok(None),
    }
}

/// Looking up who somebody is comes before there is anybody to ask for.
fn system() -> Scope {
    Scope::of(&Actor::system("identity"))
}

//! Buyers and sellers on the public site: coming in, what they keep, what they say of their data.

pub mod account;
pub mod consent;
pub mod device;
pub mod door;
pub mod saved;

use crate::identity::{Origin, Secret};
use crate::{Services, fault};
use domain::access::{Actor, Client};
use domain::client::{ClientCard, OwnRequest};
use domain::identity::Phone;
use domain::saved::Saved;
use domain::{Error, Lang, Rule};
use store::client::session::{self, Session};
use store::{Moment, Scope};

/// How long after a code was given sensitive things may be done: 10 minutes.
pub const PROVEN_MS: i64 = 10 * 60_000;
/// A session is noted as seen at most this often.
const TOUCH_MS: i64 = 3_600_000;
/// A number goes to somebody else at the earliest so long after it was given up (电信服务规范, 2005: 90 days): requests
/// that were made with it before that may be another person's.
const NUMBER_RESTS_MS: i64 = 90 * 86_400_000;

/// A client who is signed in.
#[derive(Clone, Debug)]
pub struct SignedClient {
    /// As what they act.
    pub actor: Actor,
    /// Number of the session.
    pub session: i64,
    /// Number of the account.
    pub account: i64,
    /// Number of the person.
    pub person: i64,
    /// The telephone number.
    pub phone: Phone,
    /// How they want to be addressed; may be empty.
    pub name: String,
    /// The language of messages to them.
    pub lang: Lang,
    /// What they keep.
    pub saved: Saved,
    /// Since when they have the account, milliseconds UTC.
    pub since_ms: i64,
    /// When a code was last given, milliseconds UTC.
    pub proven_ms: i64,
}

impl SignedClient {
    fn of(session: Session, from: &str) -> Self {
        let Session { id, account, proven_ms, seen_ms: _ } = session;
        let client = Client { account: account.id, person: account.person, from: from.to_owned() };
        Self {
            actor: Actor::Client(client),
            session: id,
            account: account.id,
            person: account.person,
            phone: account.phone,
            name: account.name,
            lang: account.lang,
            saved: account.saved,
            since_ms: account.created_ms,
            proven_ms,
        }
    }

    /// What they may see.
    pub fn scope(&self) -> Scope {
        Scope::of(&self.actor)
    }

    /// Step-up: refuses where no code was given lately.
    ///
    /// # Errors
    /// `Rule(ConfirmFirst)`.
    pub fn proven(&self, at: Moment) -> Result<(), Error> {
        if self.is_proven(at) { Ok(()) } else { Err(Error::Rule { rule: Rule::ConfirmFirst }) }
    }

    /// Whether a code was given lately.
    pub fn is_proven(&self, at: Moment) -> bool {
        at.0 - self.proven_ms <= PROVEN_MS
    }
}

/// Which client the holder of a token is; nobody for an unknown or ended session.
///
/// # Errors
/// `Internal`.
pub async fn who(services: &Services, at: Moment, token: &str, from: &Origin) -> Result<Option<SignedClient>, Error> {
    let Some(session) = open(services, at, token).await? else { return Ok(None) };
    if at.0 - session.seen_ms > TOUCH_MS {
        services.db.write(async |tx| session::touch(&tx, at, session.id).await).await.map_err(fault)?;
    }
    Ok(Some(SignedClient::of(session, &from.address)))
}

/// The account as its owner sees it.
///
/// # Errors
/// `Internal`.
pub async fn card(services: &Services, client: &SignedClient) -> Result<ClientCard, Error> {
    let said = store::consent::of(&services.db, &client.scope(), client.person).await.map_err(fault)?;
    Ok(ClientCard { phone: client.phone.masked(), name: client.name.clone(), since_ms: client.since_ms, said })
}

/// The requests to sell that were made with one's number.
///
/// # Errors
/// `Internal`.
pub async fn requests(services: &Services, client: &SignedClient) -> Result<Vec<OwnRequest>, Error> {
    let since = Moment(client.since_ms - NUMBER_RESTS_MS);
    store::sale::of_number(&services.db, &client.scope(), &client.phone, since).await.map_err(fault)
}

async fn open(services: &Services, at: Moment, token: &str) -> Result<Option<Session>, Error> {
    match Secret::read(token) {
        Some(secret) => {
            let scope = Scope::of(&Actor::system("client"));
            session::find(&services.db, &scope, at, secret.hashed()).await.map_err(fault)
        }
        None => Ok(None),
    }
}

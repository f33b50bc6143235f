//! Signing in and out.

use super::{Origin, Secret, device, open, secret, system};
use crate::{Services, fault};
use domain::access::Actor;
use domain::identity::{AccountState, Login, NoticeKind, PASSWORD_LONGEST};
use domain::{Error, StartPage};
use std::net::IpAddr;
use store::identity::session::{self, NewSession};
use store::identity::{account, attempt, notice};
use store::{Moment, Sequence, StoreResult, Tx, audit};

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
/// On a device that is kept signed in: a week, and two days without a request.
const KEPT: (i64, i64) = (7 * 24 * HOUR, 48 * HOUR);
/// Elsewhere: a working day, and two hours without a request.
const PASSING: (i64, i64) = (12 * HOUR, 2 * HOUR);
/// For the second factor.
const HALF: (i64, i64) = (10 * MINUTE, 10 * MINUTE);

/// Failures are counted within this time.
const WINDOW: i64 = 15 * MINUTE;
/// Failures of one account from one address before waiting begins.
const FREE: i64 = 5;
/// Failures of one address with any account.
const FREE_ADDRESS: i64 = 100;
/// Wrong codes of one account from all addresses.
const FREE_CODES: i64 = 20;

/// What came of a sign-in.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// The session's token, for the cookie.
    pub token: Secret,
    /// Seconds the cookie lives; `None` until the browser is closed.
    pub keep_s: Option<i64>,
    /// Whether the second factor is still to be given.
    pub half: bool,
    /// The page the account begins with.
    pub start: StartPage,
}

/// Signs in with a login and a password.
///
/// # Errors
/// `NotKnown` without saying what is wrong; `Wait` after five failures from one address.
pub async fn sign_in(
    services: &Services,
    at: Moment,
    from: &Origin,
    login: &str,
    password: &str,
    keep: bool,
) -> Result<SignedIn, Error> {
    let login = Login::parse(login);
    let name = login.as_ref().map_or("", Login::as_str);
    let tried = Tried::new(services, name, &from.address);
    tried.begin(services, at).await?;
    let found = match &login {
        Some(login) => account::by_login(&services.db, &system(), login.as_str()).await.map_err(fault)?,
        None => None,
    };
    let found = found.filter(|account| account.state == AccountState::Active && account.works_here);
    let hash = found.as_ref().and_then(hash_of);
    let fits = password.chars().count() <= PASSWORD_LONGEST && secret::matches(password, hash).await?;
    let meant = found.as_ref().map(|account| account.id);
    let Some(account) = found.filter(|_| fits) else {
        // The number of the account, never what was typed: that may be a password in the wrong field.
        tracing::warn!(client.address = %from.address, account = meant, "a sign-in failed");
        return Err(Error::NotKnown);
    };
    let anew = match hash_of(&account).filter(|hash| secret::is_outdated(hash)) {
        Some(old) => Some((old.to_owned(), secret::hash(password).await?)),
        None => None,
    };
    let token = Secret::draw()?;
    let half = account.totp_on;
    let (life_ms, idle_ms) = match (half, keep) {
        (true, _) => HALF,
        (false, true) => KEPT,
        (false, false) => PASSING,
    };
    let named = device::named(&from.agent);
    let new = NewSession {
        account: account.id,
        token_hash: token.hashed(),
        whole: !half,
        by_passkey: false,
        device: &named,
        address: &from.address,
        life_ms,
        idle_ms,
    };
    services
        .db
        .write(async |tx| {
            tried.succeed(&tx, at).await?;
            if let Some((old, hash)) = &anew {
                account::rehash(&tx, account.id, old, hash).await?;
            }
            start(&tx, at, new, &account, half).await
        })
        .await
        .map_err(fault)?;
    Ok(SignedIn { token, keep_s: keep_s(keep && !half), half, start: account.start })
}

fn hash_of(account: &account::Account) -> Option<&str> {
    account.password_hash.as_deref()
}

/// Seconds the cookie of a kept session lives.
pub(super) fn keep_s(keep: bool) -> Option<i64> {
    keep.then_some(KEPT.0 / 1000)
}

/// Starts a session, writes it into the trail and tells the person of a new device.
pub(super) async fn start(
    tx: &Tx,
    at: Moment,
    new: NewSession<'_>,
    account: &account::Account,
    half: bool,
) -> StoreResult<()> {
    let (named, address) = (new.device.to_owned(), new.address.to_owned());
    let known = session::knows_device(tx, account.id, &named).await?;
    let id = session::start(tx, at, new).await?;
    if half {
        return Ok(());
    }
    arrived(tx, at, id, account, &named, &address, known).await
}

/// What is written when somebody is in.
pub(super) async fn arrived(
    tx: &Tx,
    at: Moment,
    session: i64,
    account: &account::Account,
    named: &str,
    address: &str,
    known: bool,
) -> StoreResult<()> {
    let actor = acting(account, address);
    let detail = serde_json::json!({ "session": session, "device": named });
    let entry =
        audit::Entry { actor: &actor, action: "identity.signed_in", subject: "account", id: account.id, detail };
    audit::write(tx, at, entry).await?;
    if !known {
        notice::tell(tx, at, account.id, NoticeKind::NewDevice, named, "/account").await?;
    }
    Ok(())
}

/// The actor an account is, before there is a session.
pub(super) fn acting(account: &account::Account, address: &str) -> Actor {
    Actor::Staff(domain::access::Member {
        account: account.id,
        staff: account.owner.staff,
        code: account.code.clone(),
        store: account.owner.store,
        team: account.owner.team,
        roles: account.roles.clone(),
        from: address.to_owned(),
    })
}

/// A session of somebody who has just proven who they are, by a passkey or otherwise.
pub(super) async fn enter(
    tx: &Tx,
    at: Moment,
    from: &Origin,
    account: &account::Account,
    token: &Secret,
    keep: bool,
    by_passkey: bool,
) -> StoreResult<()> {
    let named = device::named(&from.agent);
    let (life_ms, idle_ms) = if keep { KEPT } else { PASSING };
    let new = NewSession {
        account: account.id,
        token_hash: token.hashed(),
        whole: true,
        by_passkey,
        device: &named,
        address: &from.address,
        life_ms,
        idle_ms,
    };
    start(tx, at, new, account, false).await
}

/// Ends the session of a token. Nothing to do where there is none.
///
/// # Errors
/// `Internal`.
pub async fn sign_out(services: &Services, at: Moment, from: &Origin, token: &str) -> Result<(), Error> {
    let Some(found) = open(services, at, token).await? else { return Ok(()) };
    let (actor, id) = (acting(&found.account, &from.address), found.account.id);
    let done = services.db.write(async |tx| {
        if session::end(&tx, at, id, found.id, "signed_out").await? && found.whole {
            let detail = serde_json::json!({ "session": found.id });
            let action = "identity.signed_out";
            audit::write(&tx, at, audit::Entry { actor: &actor, action, subject: "account", id, detail }).await?;
        }
        Ok(())
    });
    done.await.map_err(fault)
}

/// Who tries, and from where: what is counted, and how many failures are free.
pub(super) struct Tried {
    /// This account from this address.
    pair: Vec<u8>,
    others: Vec<(Vec<u8>, i64)>,
}

impl Tried {
    pub(super) fn new(services: &Services, who: &str, address: &str) -> Self {
        let (keys, address) = (services.db.keys(), subscriber(address));
        let pair = keys.blind_index("attempt.pair", &format!("{who}\n{address}"));
        Self { pair, others: vec![(keys.blind_index("attempt.address", &address), FREE_ADDRESS)] }
    }

    /// For the second factor of an account: whoever comes so far has the password, so all addresses count together.
    pub(super) fn second(services: &Services, account: i64, address: &str) -> Self {
        let who = format!("second {account}");
        let mut tried = Self::new(services, &who, address);
        tried.others.push((services.db.keys().blind_index("attempt.account", &who), FREE_CODES));
        tried
    }

    /// Counts the attempt as a failure before it is judged. Parallel ones wait for each other, so that none is missed.
    pub(super) async fn begin(&self, services: &Services, at: Moment) -> Result<(), Error> {
        let noted = services.db.write(async |tx| {
            tx.numbers(&Sequence::Row, 1).await?;
            let own = std::iter::once((&self.pair, FREE));
            for (who, free) in own.chain(self.others.iter().map(|(who, free)| (who, *free))) {
                let (failures, last) = attempt::since(&tx, who, Moment(at.0 - WINDOW)).await?;
                let Some(last) = last.filter(|_| failures >= free) else { continue };
                // Half a minute, then twice as long each time, at most the whole window.
                let wait = (MINUTE / 2).saturating_mul(1 << (failures - free).clamp(0, 5)).min(WINDOW);
                let left = last.0 + wait - at.0;
                if left > 0 {
                    return Err(Error::Wait { seconds: u32::try_from(left / 1000 + 1).unwrap_or(u32::MAX) }.into());
                }
            }
            let all: Vec<&[u8]> = std::iter::once(&self.pair)
                .chain(self.others.iter().map(|(who, _)| who))
                .map(Vec::as_slice)
                .collect();
            attempt::note(&tx, at, &all).await
        });
        noted.await.map_err(fault)
    }

    /// It was no failure after all.
    pub(super) async fn succeed(&self, tx: &Tx, at: Moment) -> StoreResult<()> {
        attempt::forget(tx, &self.pair).await?;
        for (who, _) in &self.others {
            attempt::withdraw(tx, who, at).await?;
        }
        Ok(())
    }
}

/// What one subscriber has: an address, in IPv6 its /64.
pub(crate) fn subscriber(address: &str) -> String {
    match address.parse() {
        Ok(IpAddr::V6(ip)) => format!("{:x?}", &ip.segments()[..4]),
        _ => address.to_owned(),
    }
}

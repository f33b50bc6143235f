//! One-time links for choosing a password: an invitation, or a reset by an administrator.

use super::{Origin, Secret, Signed, secret, sign_in, system};
use crate::{Services, fault};
use domain::access::{Action, allow};
use domain::identity::{AccountState, NoticeKind};
use domain::{Error, Rule};
use store::identity::pass::{self, Pass, Purpose};
use store::identity::{account, notice, session};
use store::{Moment, audit};

/// How long a link is good: 72 hours.
const LIFE_MS: i64 = 72 * 3_600_000;

/// Whom a link is for.
#[derive(Clone, Debug)]
pub struct Invited {
    /// The person's name.
    pub name: String,
    /// What they will sign in with.
    pub login: String,
    /// Whether it is the first password.
    pub first: bool,
}

/// Makes a link for somebody to choose a new password; all their sessions end. Only whoever asked sees it, once.
///
/// # Errors
/// `Forbidden`; `Rule(ConfirmFirst)`; `NotFound`; `Rule(PersonLeft)` for a closed account.
pub async fn make(services: &Services, signed: &Signed, at: Moment, code: &str) -> Result<Secret, Error> {
    if !allow(&signed.actor, Action::ManageAccounts) {
        return Err(Error::Forbidden);
    }
    signed.proven(at)?;
    let found = account::by_code(&services.db, &signed.scope(), code).await.map_err(fault)?;
    let account = found.ok_or(Error::NotFound)?;
    let purpose = match account.state {
        AccountState::Invited => Purpose::Invite,
        AccountState::Active => Purpose::Reset,
        AccountState::Disabled => return Err(Error::Rule { rule: Rule::PersonLeft }),
    };
    let token = Secret::draw()?;
    let actor = &signed.actor;
    let done = services.db.write(async |tx| {
        let by = actor.audit_name();
        pass::make(&tx, at, purpose, Some(account.id), token.hashed(), LIFE_MS, &by).await?;
        session::end_all(&tx, at, account.id, None, "reset").await?;
        let detail = serde_json::json!({ "of": account.code });
        let entry = audit::Entry { actor, action: "identity.link_made", subject: "account", id: account.id, detail };
        audit::write(&tx, at, entry).await
    });
    done.await.map_err(fault)?;
    Ok(token)
}

/// Whom a link is for.
///
/// # Errors
/// `Rule(LinkSpent)`.
pub async fn look(services: &Services, at: Moment, token: &str) -> Result<Invited, Error> {
    let (pass, account) = find(services, at, token).await?;
    Ok(Invited { name: account.name, login: account.login, first: pass.purpose == Purpose::Invite })
}

/// Chooses the password, and signs in. Every session that was open ends.
///
/// # Errors
/// `Rule(LinkSpent)`; `Invalid(password)`.
pub async fn accept(
    services: &Services,
    at: Moment,
    from: &Origin,
    token: &str,
    password: &str,
) -> Result<sign_in::SignedIn, Error> {
    let (pass, account) = find(services, at, token).await?;
    if let Some(problem) = super::password::weakness(password, &[&account.login, &account.name]) {
        return Err(super::password::invalid("password", problem));
    }
    let (hash, whole) = (secret::hash(password).await?, Secret::draw()?);
    let actor = sign_in::acting(&account, &from.address);
    let done = services.db.write(async |tx| {
        pass::take(&tx, at, pass.id).await?;
        account::set_password(&tx, at, account.id, &hash).await?;
        session::end_all(&tx, at, account.id, None, "password_changed").await?;
        let (detail, id) = (serde_json::json!({ "by": "link" }), account.id);
        let action = "identity.password_changed";
        audit::write(&tx, at, audit::Entry { actor: &actor, action, subject: "account", id, detail }).await?;
        if !account.totp_on {
            sign_in::enter(&tx, at, from, &account, &whole, false, false).await?;
        }
        notice::tell(&tx, at, account.id, NoticeKind::PasswordChanged, "", "/account").await
    });
    done.await.map_err(fault)?;
    // With a second factor the new password is given at the ordinary door.
    Ok(sign_in::SignedIn { token: whole, keep_s: None, half: account.totp_on, start: account.start })
}

async fn find(services: &Services, at: Moment, token: &str) -> Result<(Pass, account::Account), Error> {
    let spent = || Error::Rule { rule: Rule::LinkSpent };
    let secret = Secret::read(token).ok_or_else(spent)?;
    let pass = pass::find(&services.db, &system(), at, secret.hashed()).await.map_err(fault)?;
    let id = pass.account.ok_or_else(spent)?;
    let account = account::by_id(&services.db, &system(), id).await.map_err(fault)?.ok_or_else(spent)?;
    if account.state == AccountState::Disabled {
        return Err(spent());
    }
    Ok((pass, account))
}

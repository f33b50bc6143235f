//! Accounts as an administrator keeps them: opening, roles, closing.

use super::{Secret, Signed, system};
use crate::service::lost;
use crate::{Services, fault, once};
use domain::access::{Action, Role, allow};
use domain::error::Problem;
use domain::identity::{AccountState, Checked, Fields, Login, NoticeKind, StaffState};
use domain::{Error, Rule};
use store::identity::pass::{self, Purpose};
use store::identity::{account, notice, passkey, session};
use store::{Moment, audit, staff};

/// How long an invitation is good: 72 hours.
const INVITATION_MS: i64 = 72 * 3_600_000;

/// Opens an account for a person: `login` and `roles`. Returns the invitation, which only whoever asked sees.
///
/// # Errors
/// `Forbidden`; `Rule(ConfirmFirst)`; `NotFound`; `Invalid`; `Rule(PersonLeft)`.
pub async fn open(
    services: &Services,
    signed: &Signed,
    at: Moment,
    code: &str,
    fields: &Fields,
) -> Result<Secret, Error> {
    let actor = may(signed, at)?;
    let mut checked = Checked::new(fields);
    let login = checked.need("login", |text| Login::parse(text).ok_or(Problem::Malformed));
    let roles = roles(fields, &mut checked);
    let (login, roles) = checked.done(login.zip(roles))?;
    let token = Secret::draw()?;
    let ticket = once::of_form(services, actor, "identity/open_account", fields)?;
    let done = services.db.write_once(at, ticket.as_ref(), async |tx| {
        let target = staff::find(&tx, &signed.scope(), Action::ReadStaff, code).await?;
        if target.state == StaffState::Left {
            return Err(Error::Rule { rule: Rule::PersonLeft }.into());
        }
        let id = account::open(&tx, at, target.id, login.as_str(), &roles, None).await?;
        let by = actor.audit_name();
        pass::make(&tx, at, Purpose::Invite, Some(id), token.hashed(), INVITATION_MS, &by).await?;
        let detail = serde_json::json!({ "of": target.code, "roles": roles });
        audit::write(
            &tx,
            at,
            audit::Entry { actor, action: "identity.account_opened", subject: "account", id, detail },
        )
        .await?;
        Ok(token.text().to_owned())
    });
    let given = done.await.map_err(fault)?;
    Secret::read(&given).ok_or_else(|| lost("an answer that was kept is no link"))
}

/// Gives somebody other roles; all their sessions end.
///
/// # Errors
/// As [`open`]; `Rule(LastAdmin)`.
pub async fn set_roles(
    services: &Services,
    signed: &Signed,
    at: Moment,
    code: &str,
    fields: &Fields,
) -> Result<(), Error> {
    let actor = may(signed, at)?;
    let mut checked = Checked::new(fields);
    let roles = roles(fields, &mut checked);
    let roles = checked.done(roles)?;
    let account = find(services, code).await?;
    let done = services.db.write(async |tx| {
        account::set_roles(&tx, account.id, &roles).await?;
        session::end_all(&tx, at, account.id, None, "roles_changed").await?;
        let (id, detail) = (account.id, serde_json::json!({ "before": account.roles, "after": roles }));
        audit::write(
            &tx,
            at,
            audit::Entry { actor, action: "identity.roles_changed", subject: "account", id, detail },
        )
        .await?;
        notice::tell(&tx, at, account.id, NoticeKind::RolesChanged, "", "/permissions").await
    });
    done.await.map_err(fault)
}

/// Closes an account or opens it again; closing ends all sessions.
///
/// # Errors
/// `Forbidden`; `Rule(ConfirmFirst)`; `NotFound`; `Rule(LastAdmin)`; `Rule(PersonLeft)` for opening.
pub async fn set_closed(
    services: &Services,
    signed: &Signed,
    at: Moment,
    code: &str,
    closed: bool,
) -> Result<(), Error> {
    let actor = may(signed, at)?;
    let account = find(services, code).await?;
    if !closed && !account.works_here {
        return Err(Error::Rule { rule: Rule::PersonLeft });
    }
    let state = match (closed, &account.password_hash) {
        (true, _) => AccountState::Disabled,
        (false, Some(_)) => AccountState::Active,
        (false, None) => AccountState::Invited,
    };
    let done = services.db.write(async |tx| {
        account::set_state(&tx, account.id, state).await?;
        session::end_all(&tx, at, account.id, None, "account_closed").await?;
        pass::void(&tx, at, Some(account.id)).await?;
        if closed {
            passkey::remove_all(&tx, account.id).await?;
        }
        let (id, detail) = (account.id, serde_json::json!({ "before": account.state, "after": state }));
        audit::write(
            &tx,
            at,
            audit::Entry { actor, action: "identity.account_changed", subject: "account", id, detail },
        )
        .await
    });
    done.await.map_err(fault)
}

/// Takes the second factor of somebody away who has lost it, with every passkey, and ends their sessions.
///
/// # Errors
/// `Forbidden`; `Rule(ConfirmFirst)`; `NotFound`, also where none is on.
pub async fn drop_second(services: &Services, signed: &Signed, at: Moment, code: &str) -> Result<(), Error> {
    let actor = may(signed, at)?;
    let account = find(services, code).await?;
    let done = services.db.write(async |tx| {
        if passkey::remove_all(&tx, account.id).await? == 0 && !account.totp_on {
            return Err(Error::NotFound.into());
        }
        account::set_totp(&tx, account.id, None, false).await?;
        account::set_recovery_codes(&tx, account.id, &[]).await?;
        session::end_all(&tx, at, account.id, None, "second_factor").await?;
        let (id, detail) = (account.id, serde_json::json!({ "of": account.code }));
        let action = "identity.second_factor_off";
        audit::write(&tx, at, audit::Entry { actor, action, subject: "account", id, detail }).await?;
        notice::tell(&tx, at, account.id, NoticeKind::SecondFactorOff, "", "/account/second-factor").await
    });
    done.await.map_err(fault)
}

fn may(signed: &Signed, at: Moment) -> Result<&domain::access::Actor, Error> {
    if !allow(&signed.actor, Action::ManageAccounts) {
        return Err(Error::Forbidden);
    }
    signed.proven(at)?;
    Ok(&signed.actor)
}

async fn find(services: &Services, code: &str) -> Result<account::Account, Error> {
    account::by_code(&services.db, &system(), code).await.map_err(fault)?.ok_or(Error::NotFound)
}

/// The roles ticked in a form: at least one.
fn roles(fields: &Fields, checked: &mut Checked<'_>) -> Option<Vec<Role>> {
    let ticked: Vec<_> = fields.all("roles").map(Role::from_code).collect();
    let problem = match ticked.iter().collect::<Vec<_>>().as_slice() {
        [] => Problem::Missing,
        many if many.contains(&&None) => Problem::UnknownValue,
        _ => return ticked.into_iter().collect(),
    };
    checked.fault("roles", problem);
    None
}

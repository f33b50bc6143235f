//! Passwords: what is asked of a new one, changing it, and giving it once more before sensitive things.

use super::{Origin, Secret, Signed, secret, sign_in, system};
use crate::{Services, fault};
use domain::error::Problem;
use domain::identity::{NoticeKind, PASSWORD_LONGEST, password_fits};
use domain::{Error, FieldError};
use store::identity::{account, notice, session};
use store::{Moment, audit};

/// A fault of the field of the new password, if there is one: its length, or that it is easily guessed by somebody
/// who knows the name and the login (zxcvbn scores it below 3 of 4: fewer than 10^8 guesses).
pub fn weakness(password: &str, known: &[&str]) -> Option<Problem> {
    if let Err(problem) = password_fits(password) {
        return Some(problem);
    }
    // The judge takes long for long texts, and those are strong.
    let head: String = password.chars().take(64).collect();
    let known: Vec<&str> = known.iter().copied().chain(["menpai", "门牌"]).collect();
    (zxcvbn::zxcvbn(&head, &known).score() < zxcvbn::Score::Three).then_some(Problem::Weak)
}

/// Changes one's own password. Every other device is signed out, and this one gets another token.
///
/// # Errors
/// `Invalid` for a wrong old password or a weak new one; `Wait`.
pub async fn change(
    services: &Services,
    signed: &Signed,
    at: Moment,
    from: &Origin,
    old: &str,
    new: &str,
) -> Result<Secret, Error> {
    let account = prove(services, signed, at, from, "old_password", old).await?;
    if let Some(problem) = weakness(new, &[&account.login, &account.name]) {
        return Err(invalid("password", problem));
    }
    let (hash, token) = (secret::hash(new).await?, Secret::draw()?);
    let done = services.db.write(async |tx| {
        account::set_password(&tx, at, account.id, &hash).await?;
        session::end_all(&tx, at, account.id, Some(signed.session), "password_changed").await?;
        session::renew(&tx, at, signed.session, token.hashed()).await?;
        let detail = serde_json::json!({});
        let (actor, action, id) = (&signed.actor, "identity.password_changed", account.id);
        audit::write(&tx, at, audit::Entry { actor, action, subject: "account", id, detail }).await?;
        notice::tell(&tx, at, account.id, NoticeKind::PasswordChanged, "", "/account").await
    });
    done.await.map_err(fault)?;
    Ok(token)
}

/// Gives the password once more: sensitive things may be done for ten minutes. Returns another token.
///
/// # Errors
/// `Invalid(password: Wrong)`; `Wait`.
pub async fn confirm(
    services: &Services,
    signed: &Signed,
    at: Moment,
    from: &Origin,
    password: &str,
) -> Result<Secret, Error> {
    prove(services, signed, at, from, "password", password).await?;
    let token = Secret::draw()?;
    let renewed = services.db.write(async |tx| session::renew(&tx, at, signed.session, token.hashed()).await);
    renewed.await.map_err(fault)?;
    Ok(token)
}

/// Whether the password is the account's; failures are counted like those of signing in.
pub(super) async fn prove(
    services: &Services,
    signed: &Signed,
    at: Moment,
    from: &Origin,
    field: &str,
    password: &str,
) -> Result<account::Account, Error> {
    let tried = sign_in::Tried::new(services, &signed.login, &from.address);
    tried.begin(services, at).await?;
    let found = account::by_id(&services.db, &system(), signed.account).await.map_err(fault)?;
    let account = found.ok_or(Error::Unauthenticated)?;
    let fits = password.chars().count() <= PASSWORD_LONGEST
        && secret::matches(password, account.password_hash.as_deref()).await?;
    if !fits {
        tracing::warn!(client.address = %from.address, account = signed.account, "a password was wrong in a session");
        return Err(invalid(field, Problem::Wrong));
    }
    services.db.write(async |tx| tried.succeed(&tx, at).await).await.map_err(fault)?;
    Ok(account)
}

pub(super) fn invalid(field: &str, problem: Problem) -> Error {
    Error::Invalid { fields: vec![FieldError::new(field, problem, "")] }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_everybody_would_try_first_is_weak() {
        for weak in ["1234567890", "password123", "linzhixia1", "qwertyuiop", "aaaaaaaaaaaa"] {
            assert_eq!(weakness(weak, &["linzhixia", "林知夏"]), Some(Problem::Weak), "{weak}");
        }
        assert_eq!(weakness("short", &[]), Some(Problem::TooShort));
        assert_eq!(weakness(&"长".repeat(129), &[]), Some(Problem::TooLong));
        for strong in ["搪瓷蓝的门牌挂在梧桐树下", "plaza-cactus-violin-91"] {
            assert_eq!(weakness(strong, &["linzhixia"]), None, "{strong}");
        }
    }
}

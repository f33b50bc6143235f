//! Passwords: what is asked of a new one, changing it, and giving it once more before sensitive things.

use super::{Origin, Secret, Signed, second, secret, sign_in, system};
use crate::{Services, fault};
use domain::error::Problem;
use domain::identity::{NoticeKind, PASSWORD_LONGEST, password_fits};
use domain::{Error, FieldError};
use store::identity::{account, notice, session};
use store::{Moment, audit};

/// Words of Chinese passwords that were found in breaches (as of 2026-11-24), in the forms in which they come again and
/// again. zxcvbn brings 30,000 breached passwords, nearly all of the English-speaking world.
const CHINESE: [&str; 40] = [
    "woaini",
    "aini",
    "iloveu",
    "wodemima",
    "mima",
    "mimamima",
    "nihao",
    "zhongguo",
    "beijing",
    "shanghai",
    "tiantian",
    "baobao",
    "baobei",
    "laopo",
    "laogong",
    "xiaoxiao",
    "dandan",
    "yangyang",
    "woshishui",
    "caonima",
    "asdasd",
    "qweqwe",
    "qazwsx",
    "taobao",
    "alipay",
    "wechat",
    "weixin",
    "fangchan",
    "zhongjie",
    "jingjiren",
    "1314520",
    "5201314",
    "5211314",
    "520520",
    "1314",
    "888888",
    "666666",
    "168168",
    "518518",
    "147258369",
];

/// A fault of the field of the new password, if there is one: its length, or that it is easily guessed by somebody
/// who knows the name, the login and what was breached before (zxcvbn scores it below 3 of 4: fewer than 10^8 guesses).
pub fn weakness(password: &str, known: &[&str]) -> Option<Problem> {
    if let Err(problem) = password_fits(password) {
        return Some(problem);
    }
    // The judge takes long for long texts, and those are strong.
    let head: String = password.chars().take(64).collect();
    let known: Vec<&str> = known.iter().copied().chain(["menpai", "门牌"]).chain(CHINESE).collect();
    (zxcvbn::zxcvbn(&head, &known).score() < zxcvbn::Score::Three).then_some(Problem::Weak)
}

/// Changes one's own password, with the old one and where a second factor is on a code. Every other device is signed out, and this one gets another token.
///
/// # Errors
/// `Invalid` for a wrong old password or a weak new one; `Wait`.
pub async fn change(
    services: &Services,
    signed: &Signed,
    at: Moment,
    from: &Origin,
    (old, code): (&str, &str),
    new: &str,
) -> Result<Secret, Error> {
    if let Some(problem) = weakness(new, &[&signed.login, &signed.name]) {
        return Err(invalid("password", problem));
    }
    let account = prove(services, signed, at, from, ("old_password", old), code).await?;
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

/// Gives the password once more, and where a second factor is on a code: sensitive things may be done for ten minutes. Returns another token.
///
/// # Errors
/// `Invalid(password: Wrong)`; `Wait`.
pub async fn confirm(
    services: &Services,
    signed: &Signed,
    at: Moment,
    from: &Origin,
    (password, code): (&str, &str),
) -> Result<Secret, Error> {
    prove(services, signed, at, from, ("password", password), code).await?;
    let token = Secret::draw()?;
    let renewed = services.db.write(async |tx| session::renew(&tx, at, signed.session, token.hashed()).await);
    renewed.await.map_err(fault)?;
    Ok(token)
}

/// Whether the password is the account's, and the code where one is asked for; failures are counted like those of signing in.
pub(super) async fn prove(
    services: &Services,
    signed: &Signed,
    at: Moment,
    from: &Origin,
    (field, password): (&str, &str),
    code: &str,
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
    second::prove_code(services, at, from, &account, code).await?;
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
        // What stands first in every list of passwords that were found in breaches, and is long enough to be tried.
        for breached in [
            "password1234",
            "1q2w3e4r5t",
            "qwerty12345",
            "iloveyou123",
            "1qaz2wsx3edc",
            "zaq12wsx34",
            "football123",
            "princess123",
            "a123456789",
            "woaini1314520",
            "5201314woaini",
            "aa123456789",
            "11223344556677",
            "passw0rd2024",
        ] {
            assert_eq!(weakness(breached, &[]), Some(Problem::Weak), "{breached}");
        }
        assert_eq!(weakness("short", &[]), Some(Problem::TooShort));
        assert_eq!(weakness(&"长".repeat(129), &[]), Some(Problem::TooLong));
        // Long ones, with spaces and marks, and one of exactly the least and the most.
        for strong in [
            "plaza cactus violin 91 teapot harbour under the sycamore by my door",
            &"搪瓷蓝的门牌挂".repeat(18),
            "vK7#pQz!mW",
        ] {
            assert_eq!(weakness(strong, &["linzhixia"]), None, "{strong}");
        }
        for strong in ["搪瓷蓝的门牌挂在梧桐树下", "plaza-cactus-violin-91"] {
            assert_eq!(weakness(strong, &["linzhixia"]), None, "{strong}");
        }
    }
}

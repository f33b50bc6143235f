//! The second factor: codes that change every 30 seconds (TOTP, RFC 6238), and recovery codes for a lost phone.

use super::password::{invalid, prove};
use super::{Origin, Secret, Signed, open, secret, sign_in, system};
use crate::service::lost;
use crate::{Services, fault};
use domain::Error;
use domain::error::Problem;
use qrcode::QrCode;
use qrcode::render::svg;
use store::identity::{account, hashed, session};
use store::{Moment, audit};
use totp_rs::{Builder, Totp};

/// Recovery codes made at a time.
const CODES: usize = 10;

/// What an authenticator app needs.
#[derive(Clone, Debug)]
pub struct Offer {
    /// The secret in base 32, in groups of four, for typing.
    pub secret: String,
    /// Address for an app on this device.
    pub address: String,
    /// The same as a picture for a camera, as SVG.
    pub picture: String,
}

/// Gives the second factor of a sign-in that is half done. Returns the whole session's token.
///
/// # Errors
/// `Unauthenticated` where the half session has ended; `Invalid(code: Wrong)`, also for a code that was used; `Wait`.
pub async fn give(
    services: &Services,
    at: Moment,
    from: &Origin,
    token: &str,
    code: &str,
    keep: bool,
) -> Result<sign_in::SignedIn, Error> {
    let half = open(services, at, token).await?.filter(|session| !session.whole).ok_or(Error::Unauthenticated)?;
    let account = half.account;
    let tried = sign_in::Tried::second(services, account.id, &from.address);
    tried.begin(services, at).await?;
    let (step, recovery) = (step(&account, code, at)?, recovery(code));
    let whole = Secret::draw()?;
    let done = services.db.write(async |tx| {
        if !take(&tx, at, account.id, step, recovery).await? {
            tracing::warn!(client.address = %from.address, account = account.id, "a second factor was wrong");
            return Err(invalid("code", Problem::Wrong).into());
        }
        tried.succeed(&tx, at).await?;
        session::end(&tx, at, account.id, half.id, "completed").await?;
        sign_in::enter(&tx, at, from, &account, &whole, keep, false).await
    });
    done.await.map_err(fault)?;
    Ok(sign_in::SignedIn { token: whole, keep_s: sign_in::keep_s(keep), half: false, start: account.start })
}

/// Shows the secret that is kept once a code of it was given. Looking at it changes nothing: it grows from the key file
/// and from what the database alone has, and is another one after each change of the account.
///
/// # Errors
/// `Rule(ConfirmFirst)`; `Rule(SecondNeeded)` where a passkey has to be given first.
pub async fn offer(services: &Services, signed: &Signed, at: Moment) -> Result<Offer, Error> {
    signed.may_set_up()?;
    signed.proven(at)?;
    let account = Some(own(services, signed).await?).filter(|account| !account.totp_on).ok_or(Error::Forbidden)?;
    let secret = offered(services, &account);
    let address = totp(&secret, &account.login)?.to_url().map_err(lost)?;
    let code = QrCode::new(address.as_bytes()).map_err(lost)?;
    let picture = code
        .render::<svg::Color<'_>>()
        .min_dimensions(192, 192)
        .dark_color(svg::Color("#0e1216"))
        .light_color(svg::Color("#ffffff"))
        .build();
    let groups: Vec<String> = secret.as_bytes().chunks(4).map(|four| String::from_utf8_lossy(four).into()).collect();
    Ok(Offer { secret: groups.join(" "), address, picture })
}

/// Turns the second factor on with a first code. Returns recovery codes, which are never shown again.
///
/// # Errors
/// `Invalid(code: Wrong)`; `Rule(ConfirmFirst)`; `Rule(SecondNeeded)`.
pub async fn turn_on(services: &Services, signed: &Signed, at: Moment, code: &str) -> Result<Vec<String>, Error> {
    signed.may_set_up()?;
    signed.proven(at)?;
    let mut account =
        Some(own(services, signed).await?).filter(|account| !account.totp_on).ok_or(Error::Forbidden)?;
    let wrong = || invalid("code", Problem::Wrong);
    let secret = offered(services, &account);
    account.totp = Some(secret.clone());
    let step = step(&account, code, at)?.ok_or_else(wrong)?;
    let codes = (0..CODES).map(|_| secret::typed()).collect::<Result<Vec<_>, _>>()?;
    let hashes: Vec<Vec<u8>> = codes.iter().filter_map(|code| recovery(code)).collect();
    let done = services.db.write(async |tx| {
        if !account::take_step(&tx, account.id, step).await? {
            return Err(wrong().into());
        }
        account::set_totp(&tx, account.id, Some(&secret), true).await?;
        account::set_recovery_codes(&tx, account.id, &hashes).await?;
        session::end_all(&tx, at, account.id, Some(signed.session), "second_factor").await?;
        record(&tx, at, signed, "identity.second_factor_on").await
    });
    done.await.map_err(fault)?;
    Ok(codes)
}

/// The secret an account would get now: 160 bits of a keyed hash over number, version and the salted hash of the password.
fn offered(services: &Services, account: &account::Account) -> String {
    let (id, version) = (account.id.to_be_bytes(), account.version.to_be_bytes());
    let salted = account.password_hash.as_deref().unwrap_or_default().as_bytes();
    let mac = services.db.keys().mac("totp.offer", &[&id, &version, salted]);
    let mut bytes = [0_u8; 20];
    bytes.copy_from_slice(&mac[..20]);
    totp_rs::Secret::from(bytes).to_base32()
}

/// Takes a code of somebody who is in already, where a second factor is on: before what is sensitive the password alone is
/// not enough.
///
/// # Errors
/// `Invalid(code: Wrong)`; `Wait`.
pub(super) async fn prove_code(
    services: &Services,
    at: Moment,
    from: &Origin,
    account: &account::Account,
    code: &str,
) -> Result<(), Error> {
    if !account.totp_on {
        return Ok(());
    }
    let tried = sign_in::Tried::second(services, account.id, &from.address);
    tried.begin(services, at).await?;
    let (step, recovery) = (step(account, code, at)?, recovery(code));
    let done = services.db.write(async |tx| {
        if !take(&tx, at, account.id, step, recovery).await? {
            tracing::warn!(client.address = %from.address, account = account.id, "a second factor was wrong in a session");
            return Err(invalid("code", Problem::Wrong).into());
        }
        tried.succeed(&tx, at).await
    });
    done.await.map_err(fault)
}

/// Takes a timed or a recovery code, each good once. Whether it was good.
async fn take(
    tx: &store::Tx,
    at: Moment,
    account: i64,
    step: Option<i64>,
    recovery: Option<Vec<u8>>,
) -> store::StoreResult<bool> {
    match (step, recovery) {
        (Some(step), _) => account::take_step(tx, account, step).await,
        (None, Some(hash)) => account::take_recovery_code(tx, at, account, hash).await,
        (None, None) => Ok(false),
    }
}

/// Turns the second factor off, with the password and a code.
///
/// # Errors
/// `Invalid(password: Wrong)`, `Invalid(code: Wrong)`; `Wait`.
pub async fn turn_off(
    services: &Services,
    signed: &Signed,
    at: Moment,
    from: &Origin,
    (password, code): (&str, &str),
) -> Result<(), Error> {
    let account = prove(services, signed, at, from, ("password", password), code).await?;
    let done = services.db.write(async |tx| {
        account::set_totp(&tx, account.id, None, false).await?;
        account::set_recovery_codes(&tx, account.id, &[]).await?;
        record(&tx, at, signed, "identity.second_factor_off").await
    });
    done.await.map_err(fault)
}

/// Recovery codes that are left.
///
/// # Errors
/// `Internal`.
pub async fn codes_left(services: &Services, signed: &Signed) -> Result<i64, Error> {
    account::recovery_codes_left(&services.db, &signed.scope(), signed.account).await.map_err(fault)
}

async fn own(services: &Services, signed: &Signed) -> Result<account::Account, Error> {
    let found = account::by_id(&services.db, &system(), signed.account).await.map_err(fault)?;
    found.ok_or(Error::Unauthenticated)
}

async fn record(tx: &store::Tx, at: Moment, signed: &Signed, action: &str) -> store::StoreResult<()> {
    let (actor, id, detail) = (&signed.actor, signed.account, serde_json::json!({}));
    audit::write(tx, at, audit::Entry { actor, action, subject: "account", id, detail }).await
}

/// The step a code belongs to: this one alone, so that none is good for longer than 30 seconds (ASVS 5.0, 6.5.5).
fn step(account: &account::Account, code: &str, at: Moment) -> Result<Option<i64>, Error> {
    let Some(secret) = account.totp.as_deref() else { return Ok(None) };
    let digits: String = code.chars().filter(|c| !c.is_whitespace()).collect();
    if digits.len() != 6 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return Ok(None);
    }
    let seconds = u64::try_from(at.0 / 1000).unwrap_or(0);
    Ok(totp(secret, &account.login)?.check(&digits, seconds).and_then(|step| i64::try_from(step).ok()))
}

fn totp(secret: &str, login: &str) -> Result<Totp, Error> {
    let secret = totp_rs::Secret::try_from_base32(secret).map_err(lost)?;
    Builder::new()
        .with_secret(secret)
        .with_skew(0)
        .with_account_name(login)
        .with_issuer(Some("Menpai"))
        .build()
        .map_err(lost)
}

/// The hash of a recovery code, if the text can be one.
fn recovery(code: &str) -> Option<Vec<u8>> {
    let plain: String = code.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_lowercase();
    (plain.len() == secret::TYPED).then(|| hashed(&plain))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_recovery_code_is_read_however_it_is_typed() {
        let code = secret::typed().unwrap();
        assert_eq!(code.len(), 34);
        assert_eq!(recovery(&code), recovery(&code.replace('-', " ").to_uppercase()));
        assert!(recovery("123456").is_none() && recovery(&code[..33]).is_none());
    }
}

//! Secrets: tokens that only their holder has, and the hashes of passwords.

use crate::service::lost;
use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use domain::Error;
use std::sync::LazyLock;
use tokio::sync::Semaphore;

/// A token of 256 random bits. Only its hash is stored.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    const BYTES: usize = 32;

    /// A new one.
    ///
    /// # Errors
    /// `Internal` where the system gives no random numbers.
    pub fn draw() -> Result<Self, Error> {
        let mut bytes = [0_u8; Self::BYTES];
        getrandom::fill(&mut bytes).map_err(lost)?;
        Ok(Self(BASE64_URL_SAFE_NO_PAD.encode(bytes)))
    }

    /// One that comes back from its holder, if it can be one.
    pub fn read(text: &str) -> Option<Self> {
        let bytes = (text.len() == 43).then(|| BASE64_URL_SAFE_NO_PAD.decode(text).ok()).flatten()?;
        (bytes.len() == Self::BYTES).then(|| Self(text.to_owned()))
    }

    /// For its holder.
    pub fn text(&self) -> &str {
        &self.0
    }

    /// For the database.
    pub fn hashed(&self) -> Vec<u8> {
        store::identity::hashed(&self.0)
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(..)")
    }
}

/// Signs of a recovery code: 140 bits, so that a plain hash of it tells nothing (ASVS 5.0, 6.5.2 asks for 112, 11.5.1
/// for 128).
pub(super) const TYPED: usize = 28;

/// 140 random bits for a person to type: seven groups of four signs that are not mistaken for each other.
///
/// # Errors
/// `Internal` where the system gives no random numbers.
pub(super) fn typed() -> Result<String, Error> {
    const SIGNS: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz123456789";
    let mut bytes = [0_u8; TYPED];
    getrandom::fill(&mut bytes).map_err(lost)?;
    let signs: Vec<char> = bytes.iter().map(|b| SIGNS[usize::from(b % 32)] as char).collect();
    Ok(signs.chunks(4).map(|four| four.iter().collect::<String>()).collect::<Vec<_>>().join("-"))
}

/// Hashing a password takes 19 MiB and a core for a while (OWASP's first choice for Argon2id): two at a time.
static HASHING: Semaphore = Semaphore::const_new(2);
/// What is compared where there is no such account, so that the answer takes as long.
static NOBODY: LazyLock<String> = LazyLock::new(|| hash_now("nobody signs in with this").unwrap_or_default());

/// The hash of a password, with a salt of its own.
///
/// # Errors
/// `Busy` where too many are being hashed; `Internal`.
pub(super) async fn hash(password: &str) -> Result<String, Error> {
    let password = password.to_owned();
    hashing(move || hash_now(&password)).await?.map_err(lost)
}

/// Whether a password is the one of this hash; for no hash it takes as long to say no.
///
/// # Errors
/// As [`hash`].
pub(super) async fn matches(password: &str, hash: Option<&str>) -> Result<bool, Error> {
    let (password, known, hash) = (password.to_owned(), hash.is_some(), hash.map(str::to_owned));
    hashing(move || {
        let hash = hash.as_deref().unwrap_or(&NOBODY);
        let parsed = PasswordHash::new(hash);
        known & parsed.is_ok_and(|parsed| Argon2::default().verify_password(password.as_bytes(), &parsed).is_ok())
    })
    .await
}

/// Whether a hash was made with other parameters than those in force, so that it is made anew while the password is known.
pub(super) fn is_outdated(hash: &str) -> bool {
    let now = Argon2::default();
    PasswordHash::new(hash).is_ok_and(|old| {
        let same = |name: &str, value: u32| old.params.get_decimal(name) == Some(value);
        let params = now.params();
        old.algorithm.as_str() != "argon2id"
            || old.version != Some(0x13)
            || !(same("m", params.m_cost()) && same("t", params.t_cost()) && same("p", params.p_cost()))
    })
}

async fn hashing<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Error> {
    let patience = std::time::Duration::from_secs(10);
    let place = tokio::time::timeout(patience, HASHING.acquire()).await.map_err(|_| Error::Busy)?.map_err(lost)?;
    let done = tokio::task::spawn_blocking(work).await.map_err(lost);
    drop(place);
    done
}

fn hash_now(password: &str) -> Result<String, argon2::password_hash::Error> {
    Argon2::default().hash_password(password.as_bytes()).map(|hash| hash.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_password_matches_its_own_hash_only() {
        let made = hash("correct horse battery").await.unwrap();
        assert!(made.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{made}");
        assert!(matches("correct horse battery", Some(&made)).await.unwrap());
        assert!(!matches("correct horse batterie", Some(&made)).await.unwrap());
        assert!(!matches("nobody signs in with this", None).await.unwrap());
        assert!(!matches("x", Some("not a hash")).await.unwrap());
    }

    #[tokio::test]
    async fn a_password_is_judged_as_it_came_to_its_last_sign() {
        let long = "Ab ".repeat(21) + "x";
        assert_eq!(long.len(), 64);
        for own in ["Plaza-Cactus-91", " plaza cactus 91 ", "e\u{301}clair-Cactus", &long, &"长".repeat(128)] {
            let made = hash(own).await.unwrap();
            assert!(matches(own, Some(&made)).await.unwrap(), "{own}");
            let mut last = own.to_owned();
            last.pop();
            let twins =
                [own.to_lowercase(), own.trim().to_owned(), format!("{own} "), last, own.replace("e\u{301}", "é")];
            for twin in twins.iter().filter(|twin| *twin != own) {
                assert!(!matches(twin, Some(&made)).await.unwrap(), "{twin} for {own}");
            }
        }
    }

    #[test]
    fn a_hash_of_other_parameters_is_made_anew() {
        let now = hash_now("x").unwrap();
        assert!(!is_outdated(&now));
        for other in [
            now.replace("m=19456", "m=12288"),
            now.replace("t=2", "t=3"),
            now.replace("p=1", "p=4"),
            now.replace("argon2id", "argon2i"),
            now.replace("v=19", "v=16"),
        ] {
            assert!(is_outdated(&other), "{other}");
        }
        assert!(!is_outdated("no hash at all"));
    }

    #[test]
    fn a_token_is_read_back_and_nothing_else_is() {
        let secret = Secret::draw().unwrap();
        assert_eq!(Secret::read(secret.text()), Some(secret.clone()));
        for bad in ["", "abc", &"x".repeat(44), &"林".repeat(43), &format!("{}=", &secret.text()[..42])] {
            assert!(Secret::read(bad).is_none(), "{bad}");
        }
    }
}

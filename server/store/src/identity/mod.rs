//! Accounts, sessions, one-time links, passkeys, failed attempts, keys of persons.

pub mod account;
pub mod api_key;
pub mod attempt;
pub mod notice;
pub mod notice_mail;
pub mod pass;
pub mod passkey;
pub mod person;
pub mod session;

use sha2::{Digest, Sha256};

/// What is stored of a secret that only its holder has: tokens have 256 bits, recovery codes 140, so a
/// plain hash tells nothing.
pub fn hashed(secret: &str) -> Vec<u8> {
    Sha256::digest(secret.as_bytes()).to_vec()
}

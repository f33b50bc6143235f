//! What the WebAuthn standard (W3C, level 3, §7.1 and §7.2) asks of a server that takes passkeys without attestation:
//! whether an answer was given to our challenge, at our site, by the key it names. Knows no database.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use ciborium::Value;
use ring::signature::{self, UnparsedPublicKey};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::net::IpAddr;

/// Where people reach the product: what a passkey is bound to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Site {
    /// The name without scheme and port (the relying party's id).
    pub name: String,
    /// Scheme, name and port, as the browser says it.
    pub origin: String,
}

impl Site {
    /// The site of an origin, if browsers have passkeys there: reached by a name, over HTTPS or on this machine. An
    /// address such as 127.0.0.1 is no name.
    pub fn of(origin: &str) -> Option<Self> {
        let (scheme, authority) = origin.split_once("://")?;
        let name = match authority.rsplit_once(':') {
            Some((name, port)) if port.bytes().all(|b| b.is_ascii_digit()) => name,
            _ => authority,
        };
        let plain = |b: u8| b.is_ascii_alphanumeric() || b == b'-' || b == b'.';
        let local = name == "localhost" || name.ends_with(".localhost");
        let named = !name.is_empty() && name.bytes().all(plain) && name.parse::<IpAddr>().is_err();
        let at_home = scheme == "https" && name.contains('.') || local;
        let name = name.to_ascii_lowercase();
        (named && at_home).then(|| Self { name, origin: origin.to_ascii_lowercase() })
    }
}

/// What was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ceremony {
    /// A new passkey.
    Create,
    /// Proof with one there is.
    Get,
}

/// A passkey as its device hands it over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Made {
    /// Under which its device knows it.
    pub credential: Vec<u8>,
    /// The public half, as COSE has it.
    pub key: Vec<u8>,
    /// How often it was used; 0 for those that do not count.
    pub counter: u32,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ClientData {
    #[serde(rename = "type")]
    kind: String,
    challenge: String,
    origin: String,
    #[serde(default)]
    cross_origin: bool,
}

/// The challenge that was answered, where the browser says it answers this, here.
pub fn challenge(site: &Site, ceremony: Ceremony, client_data: &[u8]) -> Option<Vec<u8>> {
    // More fields may come in later levels: they are no fault.
    let said: ClientData = serde_json::from_slice(client_data).ok()?;
    let kind = match ceremony {
        Ceremony::Create => "webauthn.create",
        Ceremony::Get => "webauthn.get",
    };
    (said.kind == kind && said.origin == site.origin && !said.cross_origin)
        .then(|| BASE64_URL_SAFE_NO_PAD.decode(said.challenge).ok())
        .flatten()
}

/// The passkey of an attestation. Where it comes from is not asked: any device of the person is welcome.
pub fn made(site: &Site, attestation: &[u8]) -> Option<Made> {
    let mut rest = attestation;
    let map: Value = ciborium::from_reader(&mut rest).ok()?;
    let data = text_entry(&map, "authData")?.as_bytes()?;
    let seen = Seen::read(site, data)?;
    let rest = seen.rest.filter(|_| seen.attested)?;
    // 16 bytes of the model, two of the length, the id, the key.
    let length = usize::from(u16::from_be_bytes(rest.get(16..18)?.try_into().ok()?));
    let credential = rest.get(18..18 + length)?.to_vec();
    let mut tail = rest.get(18 + length..)?;
    let before = tail.len();
    let _key: Value = ciborium::from_reader(&mut tail).ok()?;
    let end = rest.len() - tail.len();
    let key = rest.get(end - (before - tail.len())..end)?.to_vec();
    Key::read(&key)?;
    (1..=1023).contains(&length).then_some(Made { credential, key, counter: seen.counter })
}

/// The count of a proof that this key signed for this site, with the person verified by the device.
pub fn proven(site: &Site, key: &[u8], client_data: &[u8], data: &[u8], signed: &[u8]) -> Option<u32> {
    let seen = Seen::read(site, data)?;
    let message = [data, Sha256::digest(client_data).as_slice()].concat();
    Key::read(key)?.verifies(&message, signed).then_some(seen.counter)
}

/// Whether a count may follow another (§6.1.1): it grows, or the device does not count.
pub const fn grows(before: i64, now: u32) -> bool {
    before == 0 && now == 0 || now as i64 > before
}

/// What a device says of a ceremony.
struct Seen<'a> {
    attested: bool,
    counter: u32,
    rest: Option<&'a [u8]>,
}

impl<'a> Seen<'a> {
    const PRESENT: u8 = 1;
    const VERIFIED: u8 = 1 << 2;
    const MAY_TRAVEL: u8 = 1 << 3;
    const TRAVELLED: u8 = 1 << 4;
    const ATTESTED: u8 = 1 << 6;

    /// For this site, with somebody there whom the device verified.
    fn read(site: &Site, data: &'a [u8]) -> Option<Self> {
        let (of, flags) = (data.get(..32)?, *data.get(32)?);
        let counter = u32::from_be_bytes(data.get(33..37)?.try_into().ok()?);
        let is = |flag: u8| flags & flag == flag;
        let ours = of == Sha256::digest(site.name.as_bytes()).as_slice();
        let whole = !is(Self::TRAVELLED) || is(Self::MAY_TRAVEL);
        (ours && whole && is(Self::PRESENT) && is(Self::VERIFIED)).then(|| Self {
            attested: is(Self::ATTESTED),
            counter,
            rest: data.get(37..),
        })
    }
}

/// A public key of one of the three kinds that are offered.
enum Key {
    Es256([u8; 65]),
    Ed25519(Vec<u8>),
    Rs256 { n: Vec<u8>, e: Vec<u8> },
}

/// Numbers of the kinds in the registry of COSE, the best liked first.
pub const KINDS: [i64; 3] = [-7, -8, -257];

impl Key {
    fn read(cose: &[u8]) -> Option<Self> {
        let map: Value = ciborium::from_reader(cose).ok()?;
        let number = |label: i64| entry(&map, label)?.as_integer().and_then(|n| i64::try_from(n).ok());
        let bytes = |label: i64| entry(&map, label)?.as_bytes().cloned();
        match (number(1)?, number(3)?) {
            (2, -7) if number(-1)? == 1 => {
                let mut point = [4_u8; 65];
                point.get_mut(1..33)?.copy_from_slice(&exactly::<32>(&bytes(-2)?)?);
                point.get_mut(33..)?.copy_from_slice(&exactly::<32>(&bytes(-3)?)?);
                Some(Self::Es256(point))
            }
            (1, -8) if number(-1)? == 6 => Some(Self::Ed25519(exactly::<32>(&bytes(-2)?)?.to_vec())),
            (3, -257) => {
                let n: Vec<u8> = bytes(-1)?.into_iter().skip_while(|b| *b == 0).collect();
                (256..=1024).contains(&n.len()).then_some(Self::Rs256 { n, e: bytes(-2)? })
            }
            _ => None,
        }
    }

    fn verifies(&self, message: &[u8], signed: &[u8]) -> bool {
        match self {
            Self::Es256(point) => {
                UnparsedPublicKey::new(&signature::ECDSA_P256_SHA256_ASN1, point).verify(message, signed).is_ok()
            }
            Self::Ed25519(key) => UnparsedPublicKey::new(&signature::ED25519, key).verify(message, signed).is_ok(),
            Self::Rs256 { n, e } => signature::RsaPublicKeyComponents { n, e }
                .verify(&signature::RSA_PKCS1_2048_8192_SHA256, message, signed)
                .is_ok(),
        }
    }
}

fn exactly<const N: usize>(bytes: &[u8]) -> Option<[u8; N]> {
    bytes.try_into().ok()
}

fn entry(map: &Value, label: i64) -> Option<&Value> {
    map.as_map()?.iter().find(|(key, _)| key.as_integer() == Some(label.into())).map(|(_, value)| value)
}

fn text_entry<'a>(map: &'a Value, name: &str) -> Option<&'a Value> {
    map.as_map()?.iter().find(|(key, _)| key.as_text() == Some(name)).map(|(_, value)| value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_site_is_a_name_over_https_or_this_machine() {
        let named = |origin: &str| Site::of(origin).map(|site| site.name);
        assert_eq!(named("https://men.anhe.cn").as_deref(), Some("men.anhe.cn"));
        assert_eq!(named("https://men.anhe.cn:8443").as_deref(), Some("men.anhe.cn"));
        assert_eq!(named("http://localhost:3000").as_deref(), Some("localhost"));
        for none in [
            "http://men.anhe.cn",
            "http://127.0.0.1:3000",
            "https://10.0.0.7",
            "https://[::1]:3000",
            "https://intranet",
            "https://a/b.cn",
            "",
        ] {
            assert_eq!(named(none), None, "{none}");
        }
    }

    #[test]
    fn an_answer_counts_for_its_own_ceremony_and_origin_alone() {
        let site = Site::of("http://localhost:3000").unwrap();
        let said = |kind: &str, origin: &str, more: &str| {
            format!(r#"{{"type":"{kind}","challenge":"AAEC","origin":"{origin}"{more}}}"#).into_bytes()
        };
        let get = |data: Vec<u8>| challenge(&site, Ceremony::Get, &data);
        assert_eq!(get(said("webauthn.get", "http://localhost:3000", r#","x":1"#)), Some(vec![0, 1, 2]));
        assert_eq!(get(said("webauthn.create", "http://localhost:3000", "")), None);
        assert_eq!(get(said("webauthn.get", "http://localhost:3001", "")), None);
        assert_eq!(get(said("webauthn.get", "http://localhost:3000", r#","crossOrigin":true"#)), None);
        assert_eq!(get(b"{}".to_vec()), None);
    }

    #[test]
    fn a_count_grows_or_is_not_kept() {
        assert!(grows(0, 0) && grows(0, 1) && grows(7, 8));
        assert!(!grows(7, 7) && !grows(7, 6) && !grows(7, 0));
    }
}

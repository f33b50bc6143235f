//! The key of personal data: encrypts columns and makes the blind index by which they are found.

use crate::{StoreError, StoreResult};
use aes_gcm::aead::{Aead, KeyInit};
use aes_gcm::{Aes256Gcm, Nonce};
use hmac::{Hmac, Mac};
use sha2::Sha256;
use std::fmt;
use std::path::Path;
use std::sync::Arc;

const NONCE: usize = 12;
/// The form of a sealed value: 1 is AES-256-GCM with a random nonce, after the mark of its key.
const FORM: u8 = 1;
/// Bytes by which a value says under which key it lies.
const MARK: usize = 4;

/// Keys for personal data, from the key file of the data folder.
#[derive(Clone)]
pub struct Keys(Arc<[u8; 64]>);

impl fmt::Debug for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Keys(..)")
    }
}

fn no_numbers(error: getrandom::Error) -> StoreError {
    StoreError::setup(format!("系统没有给出随机数：{error}"), format!("no random numbers: {error}"))
}

impl Keys {
    /// Reads the key file, or makes one that only its owner may read.
    ///
    /// # Errors
    /// `Setup` when the file cannot be read or made, or is not a key.
    pub fn open_or_create(path: &Path) -> StoreResult<Self> {
        let setup = |what: String| StoreError::Setup(what.into());
        match std::fs::read_to_string(path) {
            Ok(text) => Self::from_hex(text.trim()).ok_or_else(|| {
                let path = path.display();
                StoreError::setup(
                    format!("{path}：不是密钥文件（应为 128 个十六进制数字）"),
                    format!("{path}: not a key file (128 hex digits)"),
                )
            }),
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => {
                let mut bytes = [0_u8; 64];
                getrandom::fill(&mut bytes).map_err(no_numbers)?;
                write_private(path, hex::encode(bytes).as_bytes())
                    .map_err(|e| setup(format!("{}: {e}", path.display())))?;
                Ok(Self(Arc::new(bytes)))
            }
            Err(e) => Err(setup(format!("{}: {e}", path.display()))),
        }
    }

    /// The same with a new half for encrypting. The half of blind indexes and of the audit chain stays: with another
    /// one nothing would be found any more, and every line of the trail would seem forged.
    pub(crate) fn renewed(&self) -> StoreResult<Self> {
        let mut bytes = *self.0;
        getrandom::fill(&mut bytes[..32]).map_err(|e| StoreError::Setup(format!("no random numbers: {e}").into()))?;
        Ok(Self(Arc::new(bytes)))
    }

    /// Writes the key beside the one in force.
    pub(crate) fn keep(&self, path: &Path) -> StoreResult<()> {
        write_private(path, hex::encode(*self.0).as_bytes())
            .map_err(|e| StoreError::Setup(format!("{}: {e}", path.display()).into()))
    }

    /// A person's key, sealed by this key instead of another.
    pub(crate) fn rewrap(&self, other: &Self, sealed: &[u8]) -> StoreResult<Vec<u8>> {
        seal(self.half(), "person.key", &open(other.half(), "person.key", sealed)?)
    }

    /// The key written as 128 hex digits.
    pub fn from_hex(text: &str) -> Option<Self> {
        let bytes: [u8; 64] = hex::decode(text).ok()?.try_into().ok()?;
        Some(Self(Arc::new(bytes)))
    }

    /// Encrypts a text for one purpose; the purpose must be named again to read it.
    pub fn seal(&self, purpose: &str, text: &str) -> StoreResult<Vec<u8>> {
        seal(self.half(), purpose, text.as_bytes())
    }

    /// Decrypts what [`Self::seal`] made for the same purpose.
    pub fn open(&self, purpose: &str, sealed: &[u8]) -> StoreResult<String> {
        String::from_utf8(open(self.half(), purpose, sealed)?).map_err(StoreError::corrupt)
    }

    /// The blind index of a text: equal texts of one purpose have equal indexes, which tell nothing without
    /// the key.
    pub fn blind_index(&self, purpose: &str, text: &str) -> Vec<u8> {
        let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(&self.0[32..]).expect("HMAC takes any key length");
        mac.update(purpose.as_bytes());
        mac.update(&[0]);
        mac.update(text.as_bytes());
        mac.finalize().into_bytes()[..16].to_vec()
    }

    /// A keyed hash over parts, each with its length, so that no two lists of parts look alike.
    pub fn mac(&self, purpose: &str, parts: &[&[u8]]) -> Vec<u8> {
        let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(&self.0[32..]).expect("HMAC takes any key length");
        for part in std::iter::once(purpose.as_bytes()).chain(parts.iter().copied()) {
            mac.update(&(part.len() as u64).to_be_bytes());
            mac.update(part);
        }
        mac.finalize().into_bytes().to_vec()
    }

    /// The 32 bytes that signing keys of one purpose grow from.
    pub fn seed(&self, purpose: &str) -> [u8; 32] {
        let mut seed = [0; 32];
        seed.copy_from_slice(&self.mac("seed", &[purpose.as_bytes()]));
        seed
    }

    /// A new key for the data of one person.
    pub fn draw_own(&self) -> StoreResult<(OwnKey, Vec<u8>)> {
        let mut bytes = [0_u8; 32];
        getrandom::fill(&mut bytes).map_err(no_numbers)?;
        let sealed = seal(self.half(), "person.key", &bytes)?;
        Ok((OwnKey(bytes), sealed))
    }

    /// Opens the key of one person.
    pub fn open_own(&self, sealed: &[u8]) -> StoreResult<OwnKey> {
        let bytes = open(self.half(), "person.key", sealed)?;
        bytes.try_into().map(OwnKey).map_err(|_| StoreError::corrupt("a person's key has another length"))
    }

    /// The half that encrypts.
    fn half(&self) -> &[u8; 32] {
        self.0.first_chunk().expect("64 bytes begin with 32")
    }
}

/// The key of one person's data. Destroyed with the person's row, and with it all that was sealed by it.
pub struct OwnKey([u8; 32]);

impl OwnKey {
    /// Encrypts a text for one purpose; the purpose must be named again to read it.
    pub fn seal(&self, purpose: &str, text: &str) -> StoreResult<Vec<u8>> {
        seal(&self.0, purpose, text.as_bytes())
    }

    /// The same for bytes.
    pub fn seal_bytes(&self, purpose: &str, bytes: &[u8]) -> StoreResult<Vec<u8>> {
        seal(&self.0, purpose, bytes)
    }

    /// Decrypts what [`Self::seal_bytes`] made for the same purpose.
    pub fn open_bytes(&self, purpose: &str, sealed: &[u8]) -> StoreResult<Vec<u8>> {
        open(&self.0, purpose, sealed)
    }

    /// Decrypts what [`Self::seal`] made for the same purpose.
    pub fn open(&self, purpose: &str, sealed: &[u8]) -> StoreResult<String> {
        String::from_utf8(open(&self.0, purpose, sealed)?).map_err(StoreError::corrupt)
    }
}

/// By what a sealed value begins: its form, and which key it needs.
fn header(key: &[u8; 32]) -> [u8; 1 + MARK] {
    let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(key).expect("HMAC takes any key length");
    mac.update(b"menpai key mark");
    let mark = mac.finalize().into_bytes();
    let mut header = [FORM; 1 + MARK];
    header[1..].copy_from_slice(&mark[..MARK]);
    header
}

fn seal(key: &[u8; 32], purpose: &str, bytes: &[u8]) -> StoreResult<Vec<u8>> {
    let mut nonce = [0_u8; NONCE];
    getrandom::fill(&mut nonce).map_err(no_numbers)?;
    let header = header(key);
    let bound = [&header[..], purpose.as_bytes()].concat();
    let payload = aes_gcm::aead::Payload { msg: bytes, aad: &bound };
    let sealed = Aes256Gcm::new(&(*key).into())
        .encrypt(&Nonce::from(nonce), payload)
        .map_err(|_| StoreError::corrupt("could not encrypt"))?;
    Ok([&header[..], &nonce, &sealed].concat())
}

fn open(key: &[u8; 32], purpose: &str, sealed: &[u8]) -> StoreResult<Vec<u8>> {
    let wrong = || StoreError::corrupt("an encrypted value does not open with this key");
    let decrypt = |bound: &[u8], sealed: &[u8]| {
        let (nonce, sealed) = sealed.split_at_checked(NONCE).ok_or_else(wrong)?;
        let nonce: [u8; NONCE] = nonce.try_into().map_err(|_| wrong())?;
        let payload = aes_gcm::aead::Payload { msg: sealed, aad: bound };
        Aes256Gcm::new(&(*key).into()).decrypt(&Nonce::from(nonce), payload).map_err(|_| wrong())
    };
    let header = header(key);
    match sealed.strip_prefix(&header) {
        Some(rest) => decrypt(&[&header[..], purpose.as_bytes()].concat(), rest),
        // From before values said their form; the next `rotate-key` writes it.
        None => decrypt(purpose.as_bytes(), sealed),
    }
}

fn write_private(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    use std::io::Write;
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys() -> Keys {
        Keys::from_hex(&"7f".repeat(64)).expect("a key")
    }

    #[test]
    fn a_sealed_value_opens_only_for_its_purpose_and_key() {
        let sealed = keys().seal("room.number", "1802").expect("seals");
        assert_eq!(keys().open("room.number", &sealed).expect("opens"), "1802");
        assert!(keys().open("unit.name", &sealed).is_err());
        let other = Keys::from_hex(&"80".repeat(64)).expect("a key");
        assert!(other.open("room.number", &sealed).is_err());
        assert!(keys().open("room.number", &sealed[..5]).is_err());
        assert_ne!(sealed, keys().seal("room.number", "1802").expect("seals"));
    }

    #[test]
    fn a_sealed_value_says_its_form_and_its_key_and_older_ones_open_still() {
        let sealed = keys().seal("room.number", "1802").expect("seals");
        let other = Keys::from_hex(&"80".repeat(64)).expect("a key").seal("room.number", "1802").expect("seals");
        assert_eq!((sealed[0], other[0]), (FORM, FORM));
        assert_ne!(sealed[1..=MARK], other[1..=MARK], "another key has another mark");
        assert_eq!(sealed[1..=MARK], keys().seal("unit.name", "x").expect("seals")[1..=MARK]);
        for part in [0, 1, MARK] {
            let mut changed = sealed.clone();
            changed[part] ^= 1;
            assert!(keys().open("room.number", &changed).is_err(), "its header is bound to it");
        }
        let nonce = [5_u8; NONCE];
        let payload = aes_gcm::aead::Payload { msg: b"1802", aad: b"room.number" };
        let older = Aes256Gcm::new(&(*keys().half()).into()).encrypt(&Nonce::from(nonce), payload).expect("seals");
        let older = [&nonce[..], &older].concat();
        assert_eq!(keys().open("room.number", &older).expect("opens"), "1802");
    }

    #[test]
    fn what_is_sealed_by_a_persons_key_is_lost_with_it() {
        let (own, wrapped) = keys().draw_own().expect("draws");
        let sealed = own.seal("staff.phone", "+8613800162041").expect("seals");
        let again = keys().open_own(&wrapped).expect("opens");
        assert_eq!(again.open("staff.phone", &sealed).expect("opens"), "+8613800162041");
        let (other, _) = keys().draw_own().expect("draws");
        assert!(other.open("staff.phone", &sealed).is_err());
    }

    #[test]
    fn equal_texts_have_equal_blind_indexes() {
        assert_eq!(keys().blind_index("room", "1-2-1802"), keys().blind_index("room", "1-2-1802"));
        assert_ne!(keys().blind_index("room", "1-2-1802"), keys().blind_index("unit", "1-2-1802"));
    }

    #[test]
    fn a_key_file_is_made_once_and_read_again() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("key");
        let made = Keys::open_or_create(&path).expect("makes");
        let read = Keys::open_or_create(&path).expect("reads");
        assert_eq!(made.blind_index("x", "y"), read.blind_index("x", "y"));
        std::fs::write(&path, "short").expect("writes");
        assert!(matches!(Keys::open_or_create(&path), Err(StoreError::Setup(_))));
    }
}

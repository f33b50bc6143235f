//! Encrypted backups: files of the form age (age-encryption.org/v1), which the program `age` opens as well.

use age::secrecy::SecretString;
use age::x25519::{Identity, Recipient};
use age::{DecryptError, Decryptor, Encryptor, IdentityFile, scrypt};
use serde::{Deserialize, Serialize};
use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// How an age file begins.
const BEGINS: &[u8] = b"age-encryption.org/";
/// The shortest passphrase that is taken, in characters.
const SHORTEST: usize = 16;

/// Whom a backup is made for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lock {
    /// Everybody who has the file.
    #[default]
    Open,
    /// Whoever has the identity of one of these recipients (`age1…`).
    To(Vec<String>),
    /// Whoever knows the passphrase in the first line of this file.
    Passphrase(PathBuf),
}

/// What opens a backup.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Unlock {
    /// Nothing is needed.
    #[default]
    Open,
    /// The file with the identity, as `age-keygen` writes it.
    Identity(PathBuf),
    /// The file whose first line is the passphrase.
    Passphrase(PathBuf),
}

/// Why a backup cannot be locked or opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SealFault {
    /// A recipient that is none, or none at all.
    #[error("not a recipient: age1… is wanted")]
    Recipient,
    /// A passphrase that is too short, or more than a line.
    #[error("the passphrase has to have at least {SHORTEST} characters, in one line")]
    Passphrase,
    /// A file that holds no identity.
    #[error("the file holds no identity: AGE-SECRET-KEY-1… is wanted")]
    Identity,
    /// The backup is encrypted and nothing was given to open it.
    #[error("the backup is encrypted: --identity FILE or --passphrase-file FILE is wanted")]
    Locked,
    /// What was given does not open it.
    #[error("the backup is encrypted for somebody else: this does not open it")]
    Wrong,
    /// Something was given to open it, and it is not encrypted.
    #[error("the backup is not encrypted: leave --identity and --passphrase-file out")]
    NotLocked,
}

/// The keys of one backup, for writing it and for reading it back.
#[derive(Clone)]
pub(super) struct Keys {
    lock: Made,
    /// Opens what was written, and is forgotten afterwards where the recipients are others.
    pub(super) opener: Opener,
}

#[derive(Clone)]
enum Made {
    Open,
    To(Vec<Recipient>),
    Passphrase(SecretString),
}

/// What reads an archive.
#[derive(Clone)]
pub(super) enum Opener {
    /// Nothing is needed.
    None,
    /// An identity that was drawn here.
    Drawn(Arc<Identity>),
    /// The text of a file with identities.
    Identities(SecretString),
    /// A passphrase.
    Passphrase(SecretString),
}

impl Keys {
    /// Makes ready.
    ///
    /// # Errors
    /// `InvalidInput` with a [`SealFault`]; whatever the system says of the file.
    pub(super) fn of(lock: &Lock) -> io::Result<Self> {
        Ok(match lock {
            Lock::Open => Self { lock: Made::Open, opener: Opener::None },
            Lock::To(recipients) => {
                // A key of this moment beside the others: the file is read back with it, and then nobody has it.
                let drawn = Identity::generate();
                let mut to = vec![drawn.to_public()];
                for text in recipients {
                    to.push(text.trim().parse().map_err(|_| fault(SealFault::Recipient))?);
                }
                if to.len() < 2 {
                    return Err(fault(SealFault::Recipient));
                }
                Self { lock: Made::To(to), opener: Opener::Drawn(Arc::new(drawn)) }
            }
            Lock::Passphrase(path) => {
                let passphrase = passphrase(path)?;
                Self { lock: Made::Passphrase(passphrase.clone()), opener: Opener::Passphrase(passphrase) }
            }
        })
    }

    /// The place an archive is written to.
    pub(super) fn seal(&self, file: File) -> io::Result<Output> {
        let file = BufWriter::new(file);
        let encryptor = match &self.lock {
            Made::Open => return Ok(Output::Plain(file)),
            Made::To(recipients) => {
                let recipients = recipients.iter().map(|recipient| recipient as &dyn age::Recipient);
                Encryptor::with_recipients(recipients).map_err(io::Error::other)?
            }
            Made::Passphrase(passphrase) => Encryptor::with_user_passphrase(passphrase.clone()),
        };
        Ok(Output::Sealed(encryptor.wrap_output(file)?))
    }
}

impl Opener {
    /// Makes ready.
    ///
    /// # Errors
    /// As [`Keys::of`].
    pub(super) fn of(unlock: &Unlock) -> io::Result<Self> {
        Ok(match unlock {
            Unlock::Open => Self::None,
            Unlock::Identity(path) => {
                let text = std::fs::read_to_string(path)?;
                let opener = Self::Identities(SecretString::from(text));
                opener.identities()?;
                opener
            }
            Unlock::Passphrase(path) => Self::Passphrase(passphrase(path)?),
        })
    }

    fn identities(&self) -> io::Result<Vec<Box<dyn age::Identity>>> {
        use age::secrecy::ExposeSecret;
        match self {
            Self::None => Ok(Vec::new()),
            Self::Drawn(identity) => Ok(vec![Box::new(identity.as_ref().clone())]),
            Self::Identities(text) => {
                let file = IdentityFile::from_buffer(text.expose_secret().as_bytes());
                let found = file.ok().and_then(|file| file.into_identities().ok()).unwrap_or_default();
                if found.is_empty() { Err(fault(SealFault::Identity)) } else { Ok(found) }
            }
            Self::Passphrase(passphrase) => Ok(vec![Box::new(scrypt::Identity::new(passphrase.clone()))]),
        }
    }

    /// Opens the archive of a backup for reading.
    ///
    /// # Errors
    /// `InvalidInput` with a [`SealFault`] where it cannot be opened; `InvalidData` for a damaged one.
    pub(super) fn open(&self, path: &Path) -> io::Result<Box<dyn Read>> {
        let mut file = BufReader::new(File::open(path)?);
        let sealed = file.fill_buf()?.starts_with(BEGINS);
        match (self, sealed) {
            (Self::None, false) => return Ok(Box::new(file)),
            (Self::None, true) => return Err(fault(SealFault::Locked)),
            (_, false) => return Err(fault(SealFault::NotLocked)),
            (_, true) => {}
        }
        let identities = self.identities()?;
        let decryptor = Decryptor::new_buffered(file).map_err(refused)?;
        let opened = decryptor.decrypt(identities.iter().map(AsRef::as_ref)).map_err(refused)?;
        Ok(Box::new(BufReader::new(opened)))
    }
}

/// Where an archive is written to.
pub(super) enum Output {
    /// As it is.
    Plain(BufWriter<File>),
    /// Encrypted.
    Sealed(age::stream::StreamWriter<BufWriter<File>>),
}

impl Output {
    /// Writes the end; afterwards it is on disk.
    pub(super) fn finish(self) -> io::Result<()> {
        let file = match self {
            Self::Plain(file) => file,
            Self::Sealed(stream) => stream.finish()?,
        };
        file.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Plain(file) => file.write(bytes),
            Self::Sealed(stream) => stream.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Plain(file) => file.flush(),
            Self::Sealed(stream) => stream.flush(),
        }
    }
}

fn passphrase(path: &Path) -> io::Result<SecretString> {
    let text = std::fs::read_to_string(path)?;
    let mut lines = text.lines();
    let first = lines.next().unwrap_or_default();
    let fits = first.chars().count() >= SHORTEST && lines.all(|line| line.trim().is_empty());
    fits.then(|| SecretString::from(first.to_owned())).ok_or_else(|| fault(SealFault::Passphrase))
}

fn refused(error: DecryptError) -> io::Error {
    match error {
        DecryptError::Io(error) => error,
        DecryptError::NoMatchingKeys
        | DecryptError::DecryptionFailed
        | DecryptError::KeyDecryptionFailed
        | DecryptError::ExcessiveWork { .. } => fault(SealFault::Wrong),
        other => io::Error::new(io::ErrorKind::InvalidData, other.to_string()),
    }
}

fn fault(fault: SealFault) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidInput, fault)
}

/// The fault in an error of the system, if it is one of these.
pub(super) fn seal_fault(error: &io::Error) -> Option<SealFault> {
    error.get_ref().and_then(|inner| inner.downcast_ref::<SealFault>()).copied()
}

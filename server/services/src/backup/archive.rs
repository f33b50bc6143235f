//! The one file of a backup: a tar archive whose last member says what the others must be.

use super::Manifest;
use super::seal::{Keys, Opener, Output};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use std::fs::{File, OpenOptions};
use std::io::{self, BufReader, Read};
use std::path::Path;
use store::file::Digest;

/// The member that describes the others. It comes last: an archive that breaks off has none.
const MANIFEST: &str = "manifest.json";
/// No manifest is longer; what is, is none of ours.
const MANIFEST_BYTES: u64 = 1 << 20;

/// Before the name of every content of the file store.
const FILES: &str = "files/";

/// The content of the file store that a member holds.
pub(super) fn content(name: &str) -> Option<Digest> {
    name.strip_prefix(FILES).and_then(Digest::parse)
}

/// One file within a backup.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// Its name.
    pub name: String,
    /// Its length.
    pub bytes: u64,
    /// Its SHA-256, in hex.
    pub sha256: String,
}

/// An archive being written.
pub(super) struct Writer {
    tar: tar::Builder<Output>,
    seconds: u64,
    pub(super) members: Vec<Member>,
    /// Contents of the file store: their names are their hashes, so that no list of them is needed.
    pub(super) files: u64,
}

impl Writer {
    /// Begins an archive that only its owner may read: it holds the key file.
    pub(super) fn create(path: &Path, seconds: u64, keys: &Keys) -> io::Result<Self> {
        let tar = tar::Builder::new(keys.seal(create_private(path)?)?);
        Ok(Self { tar, seconds, members: Vec::new(), files: 0 })
    }

    /// Puts a whole file in.
    pub(super) fn add(&mut self, name: &str, path: &Path) -> io::Result<()> {
        let file = File::open(path)?;
        let bytes = file.metadata()?.len();
        let mut hashed = Hashed { inner: BufReader::new(file), hash: Sha256::new() };
        self.tar.append_data(&mut header(bytes, self.seconds), name, &mut hashed)?;
        self.members.push(Member { name: name.to_owned(), bytes, sha256: hashed.hex() });
        Ok(())
    }

    /// Puts a content of the file store in.
    pub(super) fn add_file(&mut self, digest: &Digest, bytes: &[u8]) -> io::Result<()> {
        let name = format!("{FILES}{digest}");
        self.tar.append_data(&mut header(bytes.len() as u64, self.seconds), name, bytes)?;
        self.files += 1;
        Ok(())
    }

    /// Closes the archive with its manifest; afterwards it is on disk.
    pub(super) fn finish(mut self, manifest: &Manifest) -> io::Result<()> {
        let json = serde_json::to_vec_pretty(manifest)?;
        self.tar.append_data(&mut header(json.len() as u64, self.seconds), MANIFEST, json.as_slice())?;
        self.tar.into_inner()?.finish()
    }
}

/// Reads an archive to its end and compares every member with the manifest.
///
/// # Errors
/// `InvalidData` with what is wrong, for a file that is no backup or a damaged one.
pub(super) fn check(path: &Path, opener: &Opener) -> io::Result<Manifest> {
    let (mut seen, mut files) = (Vec::new(), 0_u64);
    let mut manifest: Option<Manifest> = None;
    each(path, opener, |name, member| {
        if manifest.is_some() {
            return Err(invalid("something follows the manifest"));
        }
        if name == MANIFEST {
            let json = member.take(MANIFEST_BYTES);
            manifest = Some(serde_json::from_reader(json).map_err(|e| invalid(format!("{MANIFEST}: {e}")))?);
            return Ok(());
        }
        let mut hashed = Hashed { inner: member, hash: Sha256::new() };
        let bytes = io::copy(&mut hashed, &mut io::sink())?;
        if let Some(digest) = name.strip_prefix(FILES) {
            files += 1;
            let ok = hashed.hex() == digest;
            return if ok { Ok(()) } else { Err(invalid(format!("{name} is not what was backed up"))) };
        }
        seen.push(Member { name: name.to_owned(), bytes, sha256: hashed.hex() });
        Ok(())
    })?;
    let manifest = manifest.ok_or_else(|| invalid("no manifest: this is no backup, or only a part of one"))?;
    match manifest.members.iter().zip(&seen).find(|(told, found)| told != found) {
        Some((told, _)) => Err(invalid(format!("{} is not what was backed up", told.name))),
        None if manifest.members.len() != seen.len() || manifest.files != files => {
            Err(invalid("members are missing or were added"))
        }
        None => Ok(manifest),
    }
}

/// Hands out the members one by one.
pub(super) fn each(
    path: &Path,
    opener: &Opener,
    mut take: impl FnMut(&str, &mut dyn Read) -> io::Result<()>,
) -> io::Result<()> {
    let mut archive = tar::Archive::new(opener.open(path)?);
    for entry in archive.entries()? {
        let mut entry = entry.map_err(no_archive)?;
        let name = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
        take(&name, &mut entry)?;
    }
    Ok(())
}

/// A new, empty file that only its owner may read.
pub(super) fn create_private(path: &Path) -> io::Result<File> {
    if let Err(error) = std::fs::remove_file(path)
        && error.kind() != io::ErrorKind::NotFound
    {
        return Err(error);
    }
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// What the archive library says of bytes that are no archive.
fn no_archive(error: io::Error) -> io::Error {
    match error.kind() {
        io::ErrorKind::Other | io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof => {
            invalid(format!("this is no backup, or a damaged one: {error}"))
        }
        _ => error,
    }
}

fn invalid(what: impl Into<String>) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, what.into())
}

fn header(bytes: u64, seconds: u64) -> tar::Header {
    let mut header = tar::Header::new_gnu();
    header.set_size(bytes);
    header.set_mode(0o600);
    header.set_mtime(seconds);
    header
}

/// Passes bytes on and hashes them.
struct Hashed<R> {
    inner: R,
    hash: Sha256,
}

impl<R> Hashed<R> {
    fn hex(self) -> String {
        hex::encode(self.hash.finalize())
    }
}

impl<R: Read> Read for Hashed<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buffer)?;
        self.hash.update(&buffer[..n]);
        Ok(n)
    }
}

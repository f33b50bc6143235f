//! Putting the members of a backup back to where they belong.

use super::{BackupError, Manifest, Source, archive, at_file, blocking, sync_folder_of};
use bytes::Bytes;
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use store::backup::{self, Refill};
use store::file::{FOLDER, Files};

/// How files are called until all of them are there.
const UNFINISHED: &str = "restoring";
/// Rows put back at once.
const ROWS: usize = 1000;

/// The member that holds the rows of a table.
pub(super) fn member(table: &str) -> String {
    format!("tables/{table}.ndjson")
}

/// Refuses a folder in which something is, but for its configuration and what an interrupted restore left.
pub(super) fn refuse_full(folder: &Path) -> Result<(), BackupError> {
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return at_file(folder, Err(error)),
    };
    for entry in entries {
        let name = PathBuf::from(at_file(folder, entry)?.file_name());
        if name != Path::new("menpai.toml") && name.extension().is_none_or(|end| end != UNFINISHED) {
            return Err(BackupError::FolderNotEmpty(folder.to_owned()));
        }
    }
    Ok(())
}

/// Puts the SQLite database and the key file into a folder.
pub(super) async fn folder(folder: &Path, from: &Source, manifest: &Manifest) -> Result<(), BackupError> {
    let database = unpack(folder, from, &[backup::KEY, backup::DATABASE]).await?;
    let counts = backup::inspect(&database).await?;
    if counts != manifest.counts {
        return Err(BackupError::Damaged("the tables do not hold as many rows as were backed up".to_owned()));
    }
    keep(folder, &[backup::KEY, backup::DATABASE])
}

/// Puts the rows into a PostgreSQL database and the key file into a folder.
pub(super) async fn database(
    folder: &Path,
    url: &str,
    from: &Source,
    manifest: &Manifest,
) -> Result<(), BackupError> {
    unpack(folder, from, &[backup::KEY]).await?;
    let refill = Refill::begin(url, manifest.schema.len()).await?;
    let tables = refill.tables().await?;
    let path = &from.path;
    let mut archive = tar::Archive::new(at_file(path, from.opener.open(path))?);
    let mut counted = backup::Counts::new();
    for entry in at_file(path, archive.entries())? {
        let entry = at_file(path, entry)?;
        let name = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
        let Some(table) = tables.iter().find(|table| member(table) == name) else { continue };
        let mut lines = BufReader::new(entry).lines();
        loop {
            let page: Vec<String> = at_file(path, lines.by_ref().take(ROWS).collect())?;
            if page.is_empty() {
                break;
            }
            refill.put(table, &page).await?;
        }
        counted.insert(table.clone(), refill.count(table).await?);
    }
    if counted != manifest.counts {
        return Err(BackupError::Damaged("the tables do not hold as many rows as were backed up".to_owned()));
    }
    refill.finish().await?;
    keep(folder, &[backup::KEY])
}

/// Puts the contents of files where they belong: in the data folder beside their place, so that an interrupted restore
/// leaves nothing; elsewhere at once, where nobody knows of them before the rows are there.
pub(super) async fn files(folder: &Path, files: &Files, from: &Source) -> Result<(), BackupError> {
    let own = files.path() == Some(&folder.join(FOLDER));
    let files = if own { Files::folder(unfinished(folder, FOLDER)) } else { files.clone() };
    let (send, mut next) = tokio::sync::mpsc::channel::<Bytes>(2);
    let source = from.clone();
    let reading = blocking(move || {
        at_file(
            &source.path,
            archive::each(&source.path, &source.opener, |name, member| {
                if archive::content(name).is_none() {
                    return Ok(());
                }
                let mut bytes = Vec::new();
                member.read_to_end(&mut bytes)?;
                send.blocking_send(bytes.into()).map_err(io::Error::other)
            }),
        )
    });
    // What ends here ends the reading, too: nobody takes the next one.
    let writing = async move {
        while let Some(bytes) = next.recv().await {
            files.put(bytes).await?;
        }
        Ok::<_, BackupError>(())
    };
    let (read, written) = tokio::join!(reading, writing);
    written?;
    read
}

/// Takes away what an interrupted restore left.
pub(super) fn clear(folder: &Path) {
    let _gone = std::fs::remove_dir_all(unfinished(folder, FOLDER));
    for name in [backup::KEY, backup::DATABASE] {
        // Mostly it is not there, which is what is wanted.
        let _gone = std::fs::remove_file(unfinished(folder, name));
    }
}

/// Unpacks members beside their places, and answers where the last one is.
async fn unpack(folder: &Path, from: &Source, names: &'static [&str]) -> Result<PathBuf, BackupError> {
    let (folder, Source { path, opener }) = (folder.to_owned(), from.clone());
    blocking(move || {
        at_file(&folder, std::fs::create_dir_all(&folder))?;
        let mut left = names.to_vec();
        at_file(
            &path,
            archive::each(&path, &opener, |name, member: &mut dyn Read| {
                let Some(at) = left.iter().position(|wanted| *wanted == name) else { return Ok(()) };
                let mut file = archive::create_private(&unfinished(&folder, left.remove(at)))?;
                io::copy(member, &mut file)?;
                file.sync_all()
            }),
        )?;
        match (left.first(), names.last()) {
            (None, Some(last)) => Ok(unfinished(&folder, last)),
            (missing, _) => Err(BackupError::Damaged(format!("{} is missing", missing.unwrap_or(&"everything")))),
        }
    })
    .await
}

/// Gives unpacked files their names; the last one is what makes the folder a firm.
fn keep(folder: &Path, names: &[&str]) -> Result<(), BackupError> {
    if unfinished(folder, FOLDER).exists() {
        at_file(folder, std::fs::rename(unfinished(folder, FOLDER), folder.join(FOLDER)))?;
    }
    for name in names {
        at_file(folder, std::fs::rename(unfinished(folder, name), folder.join(name)))?;
    }
    at_file(folder, sync_folder_of(&folder.join(backup::KEY)))
}

fn unfinished(folder: &Path, name: &str) -> PathBuf {
    folder.join(format!("{name}.{UNFINISHED}"))
}

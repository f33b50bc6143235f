//! The file of an import: what it is, and its rows in chunks.

use super::ImportError;
use intake::{Kind, Limits, Mapping, RawRow, ReadError, Table};
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use tokio::sync::mpsc;
use tokio::task::spawn_blocking;

/// Rows of a chunk.
const CHUNK: usize = 2_000;
/// Chunks understood ahead of those being written.
const AHEAD: usize = 1;
/// Rows a mapping is guessed from.
const SAMPLE: usize = 200;

/// An opened file.
pub(super) struct Source {
    /// Its name, without the folders.
    pub(super) name: String,
    pub(super) table: Table,
    pub(super) mapping: Mapping,
    /// SHA-256 of its bytes: an import that was stopped goes on only with the same ones.
    pub(super) hash: Vec<u8>,
    /// About how many lines it has; unknown for workbooks.
    pub(super) lines: Option<u64>,
}

impl Source {
    /// Opens a file and guesses its mapping.
    pub(super) async fn open(kind: Kind, path: PathBuf) -> Result<Self, ImportError> {
        let opened = spawn_blocking(move || {
            let mut table = Table::open(&path, Limits::default())?;
            let sample = table.sample(SAMPLE)?;
            let mapping = Mapping::guess(Some(kind), table.headers(), &sample);
            let (hash, lines) = hash(&path)?;
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            Ok(Self { name, table, mapping, hash, lines })
        });
        opened.await.unwrap_or_else(|ended| Err(ReadError::Io(io::Error::other(ended)))).map_err(Into::into)
    }

    /// What a mapping is remembered under.
    pub(super) fn columns(&self) -> String {
        format!("{}:{}", self.mapping.kind, Mapping::fingerprint(self.table.headers()))
    }

    /// What each column is taken for, in one word each: an import goes on only if it would read the same.
    pub(super) fn reading(&self) -> String {
        let column = |c: &intake::Column| match c.unit {
            Some(unit) => format!("{}:{}", c.field, unit),
            None => c.field.to_string(),
        };
        self.mapping.columns.iter().map(column).collect::<Vec<_>>().join(",")
    }
}

/// Understands all rows on a thread of its own, a little ahead of whoever takes them. An error is the last thing
/// that comes. The thread ends when nobody takes any more.
pub(super) fn chunks<T: Send + 'static>(
    mut table: Table,
    mut understand: impl FnMut(&RawRow) -> T + Send + 'static,
) -> mpsc::Receiver<Result<Vec<T>, ReadError>> {
    let (give, take) = mpsc::channel(AHEAD);
    spawn_blocking(move || {
        let mut chunk = Vec::with_capacity(CHUNK);
        let mut rows = match table.rows() {
            Ok(rows) => rows,
            Err(error) => return drop(give.blocking_send(Err(error))),
        };
        loop {
            let row = rows.next();
            if let Some(Ok(row)) = &row {
                chunk.push(understand(row));
                if chunk.len() < CHUNK {
                    continue;
                }
            }
            let full = std::mem::replace(&mut chunk, Vec::with_capacity(CHUNK));
            if !full.is_empty() && give.blocking_send(Ok(full)).is_err() {
                return;
            }
            match row {
                Some(Ok(_)) => {}
                Some(Err(error)) => return drop(give.blocking_send(Err(error))),
                None => return,
            }
        }
    });
    take
}

fn hash(path: &Path) -> io::Result<(Vec<u8>, Option<u64>)> {
    let mut file = File::open(path)?;
    let (mut hash, mut lines, mut buffer) = (Sha256::new(), 0, vec![0_u8; 1 << 18]);
    let mut packed = None;
    loop {
        let n = file.read(&mut buffer)?;
        if n == 0 {
            break;
        }
        packed.get_or_insert(buffer.starts_with(b"PK\x03\x04"));
        hash.update(&buffer[..n]);
        lines += buffer[..n].iter().filter(|byte| **byte == b'\n').count() as u64;
    }
    Ok((hash.finalize().to_vec(), (packed == Some(false)).then_some(lines)))
}

//! Handing a job to the server that has the data folder: one line of JSON there, lines of JSON back.
//!
//! Only the owner of the folder is heard. A job whose command goes away is stopped; all jobs can be.

use super::Ending;
use super::job::{self, Job};
use super::progress::{Bar, Progress};
use super::words::said;
use serde::{Deserialize, Serialize};
use services::live::Relay;
use std::fs::{self, Permissions};
use std::io;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use store::{Db, Location};
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::unix::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{UnixListener, UnixStream};
use tokio::sync::{Semaphore, mpsc};
use tokio::task::JoinSet;
use tokio::time::timeout;

const SOCKET: &str = "menpai.sock";
/// Holds the path of the socket where the folder's own is too long for one.
const POINTER: &str = "socket-path";
/// What every system allows for the path of a socket, in bytes.
const PATH: usize = 100;
/// The longest question, in bytes.
const QUESTION: u64 = 64 << 10;
/// How long a question may take to arrive.
const PATIENCE: Duration = Duration::from_secs(5);
/// How long a command waits at most for the gallery to take in what it has done.
const FOLLOW: Duration = Duration::from_secs(10);
/// Commands that may wait at once.
const WAITING: usize = 8;

/// What the server says.
#[derive(Debug, Serialize, Deserialize)]
#[serde(tag = "say", rename_all = "snake_case")]
enum Word {
    At { done: u64, all: Option<u64> },
    Ended(Ending),
}

/// Whether a server runs on this folder.
pub(super) async fn answers(at: &Location) -> bool {
    connect(at).await.is_some()
}

/// Has the server on this folder do a job; `None` where none runs.
pub(super) async fn hand_over(at: &Location, job: &Job) -> Option<Ending> {
    let stream = connect(at).await?;
    Some(ask(stream, job).await.unwrap_or_else(|error| {
        Ending::fault(said!(
            job.lang,
            "服务中断了连接（{error}）；再次运行会接着做",
            "the server hung up ({error}); run the command again to go on",
        ))
    }))
}

async fn connect(at: &Location) -> Option<UnixStream> {
    if at.url.is_some() {
        // PostgreSQL has its own locks: every command may work beside the servers.
        return None;
    }
    let elsewhere = fs::read_to_string(at.folder.join(POINTER)).ok().map(PathBuf::from);
    UnixStream::connect(elsewhere.unwrap_or_else(|| at.folder.join(SOCKET))).await.ok()
}

async fn ask(stream: UnixStream, job: &Job) -> io::Result<Ending> {
    let (read, mut write) = stream.into_split();
    write.write_all(&line(job)?).await?;
    let mut lines = BufReader::new(read).lines();
    let mut bar = Bar::new();
    while let Some(line) = lines.next_line().await? {
        match serde_json::from_str(&line)? {
            Word::At { done, all } => bar.at(done, all),
            Word::Ended(ending) => return Ok(ending),
        }
    }
    Err(io::ErrorKind::UnexpectedEof.into())
}

/// The open door of a running server; closed and cleared away when dropped.
pub(super) struct Door {
    listener: UnixListener,
    path: PathBuf,
    owner: u32,
    // Where the socket is, if it is not in the data folder, with the file that says so.
    elsewhere: Option<(TempDir, PathBuf)>,
}

impl Door {
    /// Opens the door. The folder's lock must be held: a socket that is there is left over from a crash.
    pub(super) fn open(folder: &Path) -> io::Result<Self> {
        let folder = std::path::absolute(folder)?;
        let (own, pointer) = (folder.join(SOCKET), folder.join(POINTER));
        for stale in [&own, &pointer] {
            match fs::remove_file(stale) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                _ => {}
            }
        }
        let fits = |path: &Path| path.as_os_str().len() <= PATH;
        let (path, elsewhere) = if fits(&own) {
            (own, None)
        } else {
            // Of a private folder with a name that nobody can know in advance.
            let rooms = [crate::config::runtime_folder(), Some(std::env::temp_dir())];
            let room = rooms.into_iter().flatten().find(|room| fits(&room.join("menpai-123456").join(SOCKET)));
            let room =
                tempfile::Builder::new().prefix("menpai-").tempdir_in(room.unwrap_or_else(|| "/tmp".into()))?;
            (room.path().join(SOCKET), Some((room, pointer)))
        };
        let listener = UnixListener::bind(&path)?;
        fs::set_permissions(&path, Permissions::from_mode(0o600))?;
        if let Some((_, pointer)) = &elsewhere {
            fs::write(pointer, path.as_os_str().as_encoded_bytes())?;
        }
        let owner = fs::metadata(&path)?.uid();
        Ok(Self { listener, path, owner, elsewhere })
    }

    /// Takes jobs until it is dropped, and the jobs with it: one at a time, a few waiting. A command is
    /// answered when visitors see what it has done.
    pub(super) async fn listen(self, db: Db, relay: Relay) {
        let turn = Arc::new(Semaphore::new(1));
        let mut callers = JoinSet::new();
        loop {
            tokio::select! {
                accepted = self.listener.accept(), if callers.len() < WAITING => match accepted {
                    Ok((stream, _)) if self.knows(&stream) => {
                        callers.spawn(serve(stream, db.clone(), turn.clone(), relay.clone()));
                    }
                    Ok(_) => tracing::warn!("another user of this machine tried to hand over a command"),
                    Err(error) => {
                        tracing::warn!(%error, "cannot accept a command");
                        tokio::time::sleep(PATIENCE).await;
                    }
                },
                Some(served) = callers.join_next() => {
                    if let Ok(Err(error)) = served {
                        tracing::info!(%error, "a command went away before it was answered");
                    }
                }
            }
        }
    }

    /// Whether a caller is the owner of the folder, or the system's.
    fn knows(&self, stream: &UnixStream) -> bool {
        stream.peer_cred().is_ok_and(|caller| caller.uid() == self.owner || caller.uid() == 0)
    }
}

impl Drop for Door {
    fn drop(&mut self) {
        let pointer = self.elsewhere.as_ref().map(|(_, pointer)| pointer);
        for path in [Some(&self.path), pointer].into_iter().flatten() {
            let _gone = fs::remove_file(path);
        }
    }
}

async fn serve(stream: UnixStream, db: Db, turn: Arc<Semaphore>, relay: Relay) -> io::Result<()> {
    let (read, mut write) = stream.into_split();
    let mut read = BufReader::new(read.take(QUESTION));
    let mut question = String::new();
    timeout(PATIENCE, read.read_line(&mut question)).await??;
    let Ok(job) = serde_json::from_str::<Job>(&question) else {
        // Nobody who asks whether a server runs says anything.
        return Ok(());
    };
    let _turn = tokio::select! {
        turn = turn.acquire() => turn.map_err(io::Error::other)?,
        gone = gone(&mut read) => return Err(gone),
    };
    let (tell, told) = mpsc::channel(8);
    let work = async {
        let ending = job::run(&db, &job, &mut Told { tell: tell.clone() }).await;
        // Done is done, even if the gallery is slow to follow.
        let _late = timeout(FOLLOW, relay.caught_up()).await;
        let _unheard = tell.send(Word::Ended(ending)).await;
        drop(tell);
    };
    tokio::select! {
        ((), spoken) = async { tokio::join!(work, speak(told, &mut write)) } => spoken,
        gone = gone(&mut read) => Err(gone),
    }
}

/// Ends when the caller does.
async fn gone(read: &mut BufReader<tokio::io::Take<OwnedReadHalf>>) -> io::Error {
    let mut nothing = [0];
    match read.read(&mut nothing).await {
        Ok(_) => io::ErrorKind::ConnectionAborted.into(),
        Err(error) => error,
    }
}

async fn speak(mut told: mpsc::Receiver<Word>, write: &mut OwnedWriteHalf) -> io::Result<()> {
    while let Some(word) = told.recv().await {
        write.write_all(&line(&word)?).await?;
    }
    write.shutdown().await
}

fn line(words: &impl Serialize) -> io::Result<Vec<u8>> {
    let mut line = serde_json::to_vec(words)?;
    line.push(b'\n');
    Ok(line)
}

/// Progress over the socket; a word that finds the channel full is left out.
struct Told {
    tell: mpsc::Sender<Word>,
}

impl Progress for Told {
    fn at(&mut self, done: u64, all: Option<u64>) {
        let _left_out = self.tell.try_send(Word::At { done, all });
    }
}

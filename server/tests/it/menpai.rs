//! The built program, run as a person runs it.

use serde_json::Value;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// How a command ended.
#[derive(Debug)]
pub struct Ended {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

impl Ended {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|e| panic!("{e}: {self:?}"))
    }
}

/// A command in English with nothing of the surroundings.
pub fn command(words: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_menpai"));
    let kept = ["PATH", "HOME", "TMPDIR", "LLVM_PROFILE_FILE"].map(|name| (name, std::env::var_os(name)));
    command.args(words).env_clear().stdin(Stdio::null());
    command.envs(kept.into_iter().filter_map(|(name, value)| Some((name, value?))));
    command
}

pub fn end(mut command: Command) -> Ended {
    let output = command.output().expect("runs");
    let text = |bytes| String::from_utf8(bytes).expect("is text");
    Ended { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
}

/// A data folder of its own.
pub struct Firm {
    folder: tempfile::TempDir,
    pub data: PathBuf,
}

impl Firm {
    pub fn new() -> Self {
        Self::in_folder("data")
    }

    pub fn in_folder(name: &str) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let data = folder.path().join(name);
        Self { folder, data }
    }

    pub fn migrated() -> Self {
        let firm = Self::new();
        assert_eq!(firm.run(&["migrate"]).code, Some(0));
        firm
    }

    /// Runs a command on this folder.
    pub fn run(&self, words: &[&str]) -> Ended {
        end(self.command(words))
    }

    pub fn command(&self, words: &[&str]) -> Command {
        let mut command = command(words);
        command.arg("--data-dir").arg(&self.data);
        command
    }

    /// A path beside the data folder.
    pub fn path(&self, name: &str) -> String {
        self.folder.path().join(name).to_str().expect("is text").to_owned()
    }

    pub fn file(&self, name: &str, text: &str) -> String {
        let path = self.path(name);
        std::fs::write(&path, text).expect("writes");
        path
    }

    /// Starts a server and waits until it says where it is.
    pub fn serve(&self) -> Server {
        let mut command = self.command(&["serve", "--addr", "127.0.0.1:0"]);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("starts");
        let mut told = String::new();
        let out = child.stdout.take().expect("is piped");
        BufReader::new(out).read_line(&mut told).expect("says");
        Server { child, origin: told.trim().to_owned() }
    }
}

/// Starts a command and kills it once the database has grown by what it wrote.
pub fn kill_midway(firm: &Firm, words: &[&str]) {
    let written = || std::fs::metadata(firm.data.join("menpai.db-wal")).map_or(0, |file| file.len());
    let before = written();
    let mut child = firm.command(words).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("starts");
    while written() < before + 4_000_000 {
        assert!(child.try_wait().expect("is ours").is_none(), "ended before it was killed");
        std::thread::yield_now();
    }
    child.kill().expect("is killed");
    child.wait().expect("ends");
}

/// A running server; stopped when dropped.
pub struct Server {
    child: Child,
    pub origin: String,
}

impl Server {
    /// The status and body of a page.
    pub fn get(&self, path: &str) -> (u16, String) {
        use std::io::Write;
        let host = self.origin.strip_prefix("http://").expect("is plain HTTP");
        let mut stream = std::net::TcpStream::connect(host).expect("connects");
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").expect("asks");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("answers");
        let status = answer.split(' ').nth(1).and_then(|code| code.parse().ok()).expect("a status");
        let (_, body) = answer.split_once("\r\n\r\n").unwrap_or_default();
        (status, body.to_owned())
    }

    /// Asks it to stop and says how it ended.
    pub fn stop(mut self) -> Option<i32> {
        signal(&self.child, "TERM");
        self.child.wait().expect("ends").code()
    }

    /// As a power cut would.
    pub fn kill(mut self) {
        self.child.kill().expect("is killed");
        self.child.wait().expect("ends");
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Mostly it has ended already.
        let _ended = self.child.kill();
        let _waited = self.child.wait();
    }
}

/// Sends a signal to a program of ours.
pub fn signal(child: &Child, name: &str) {
    let sent = Command::new("kill").arg(format!("-{name}")).arg(child.id().to_string()).status();
    assert!(sent.expect("runs").success());
}

/// Homes that have nothing in common, as CSV.
pub fn homes(n: usize) -> String {
    let header = "小区名称,所在区域,房屋户型,建筑面积,总价,房源编号\n".to_owned();
    (0..n).fold(header, |text, i| {
        let (estate, whole, part, price) = (i % 7, 40 + i / 100, i % 100, 100 + i % 300);
        text + &format!("花园{estate},鄞州区 姜山,3室1厅1厨2卫,{whole}.{part:02}㎡,{price}万,N{i}\n")
    })
}

/// The counts of a report: read, taken, duplicate, refused.
pub fn counts(report: impl AsRef<Path>) -> [u64; 4] {
    let text = std::fs::read_to_string(report).expect("is there");
    let report: Value = serde_json::from_str(&text).expect("is JSON");
    ["read", "taken", "duplicate", "refused"].map(|name| report[name].as_u64().expect("a number"))
}

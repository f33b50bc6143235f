//! Why there is no backup, or why it was not restored.

use super::SealFault;
use domain::Lang;
use std::io;
use std::path::PathBuf;
use store::StoreError;

/// Why there is no backup, or why it was not restored.
#[derive(Debug)]
pub enum BackupError {
    /// A file could not be read or written.
    File {
        /// Which.
        path: PathBuf,
        /// What the system said.
        error: io::Error,
    },
    /// The file is no backup, or not what was written.
    Damaged(String),
    /// It cannot be locked, or opened, by what was given.
    Sealed(SealFault),
    /// There is something in the folder already.
    FolderNotEmpty(PathBuf),
    /// Made by a program that knows more than this one.
    Newer {
        /// The version of that program.
        version: String,
    },
    /// Made from the other engine.
    OtherEngine {
        /// The engine it was made from.
        backup: String,
        /// The engine it should go to.
        here: &'static str,
    },
    /// The database reported a fault or refused.
    Store(StoreError),
}

impl BackupError {
    /// The sentence a person reads.
    pub fn text(&self, lang: Lang) -> String {
        let zh = lang == Lang::Zh;
        match self {
            Self::File { path, error } => format!("{}: {error}", path.display()),
            Self::Damaged(what) if zh => format!("这不是完好的备份：{what}"),
            Self::Damaged(what) => format!("not a sound backup: {what}"),
            Self::Sealed(fault) if zh => sealed(*fault).to_owned(),
            Self::Sealed(fault) => fault.to_string(),
            Self::FolderNotEmpty(path) if zh => format!("{} 不是空文件夹；请恢复到新的文件夹", path.display()),
            Self::FolderNotEmpty(path) => format!("{} is not empty; restore into a new folder", path.display()),
            Self::Newer { version } if zh => format!("备份由更新的版本 {version} 制作；请用该版本恢复"),
            Self::Newer { version } => format!("the backup was made by the newer version {version}; restore with it"),
            Self::OtherEngine { backup, here } if zh => format!("备份来自 {backup}，不能恢复到 {here}"),
            Self::OtherEngine { backup, here } => format!("the backup is of {backup} and cannot go to {here}"),
            Self::Store(StoreError::Setup(told)) => told.text(lang).to_owned(),
            Self::Store(error) => error.to_string(),
        }
    }

    /// Whether nothing is broken and somebody has to decide.
    pub const fn is_refusal(&self) -> bool {
        matches!(
            self,
            Self::FolderNotEmpty(_)
                | Self::Sealed(_)
                | Self::Newer { .. }
                | Self::OtherEngine { .. }
                | Self::Store(StoreError::Setup(_))
        )
    }
}

const fn sealed(fault: SealFault) -> &'static str {
    match fault {
        SealFault::Recipient => "收件人不对：应为 age1… 开头的公钥",
        SealFault::Passphrase => "口令至少 16 个字符，写在文件的第一行，只写一行",
        SealFault::Identity => "文件里没有身份密钥：应为 AGE-SECRET-KEY-1… 开头",
        SealFault::Locked => "备份是加密的：请用 --identity 文件 或 --passphrase-file 文件",
        SealFault::Wrong => "备份是为别人加密的：给出的身份或口令打不开",
        SealFault::NotLocked => "备份没有加密：不要给 --identity 或 --passphrase-file",
    }
}

impl std::fmt::Display for BackupError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.text(Lang::En))
    }
}

impl std::error::Error for BackupError {}

impl From<StoreError> for BackupError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

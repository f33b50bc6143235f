//! How a command ended.

use super::words::said;
use domain::Lang;
use serde::{Deserialize, Serialize};
use store::StoreError;

/// How a command ended: its exit code, and what it says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ending {
    /// Exit code.
    pub code: u8,
    /// For standard output.
    pub out: String,
    /// For standard error.
    pub err: String,
}

impl Ending {
    /// Done.
    pub fn done(out: impl Into<String>) -> Self {
        Self { code: 0, out: out.into(), err: String::new() }
    }

    /// A check failed.
    pub fn failed(err: impl Into<String>) -> Self {
        Self { code: 1, out: String::new(), err: err.into() }
    }

    /// The command line, the configuration or a file cannot be used.
    pub fn usage(err: impl Into<String>) -> Self {
        Self { code: 2, out: String::new(), err: err.into() }
    }

    /// Refused; nothing was changed.
    pub fn refused(err: impl Into<String>) -> Self {
        Self { code: 3, out: String::new(), err: err.into() }
    }

    /// A fault.
    pub fn fault(err: impl std::fmt::Display) -> Self {
        Self { code: 4, out: String::new(), err: err.to_string() }
    }

    /// What an error of the database amounts to.
    pub fn of(error: StoreError, lang: Lang) -> Self {
        match error {
            StoreError::Setup(told) => Self::refused(told.text(lang)),
            StoreError::Refused(error) => Self::refused(app::shell::error_text(lang, &error)),
            other => Self::fault(said!(lang, "数据库故障：{other}", "{other}")),
        }
    }

    /// Writes both texts where they belong.
    pub fn print(&self) {
        // Who closed the other end does not want to hear of it.
        use std::io::Write;
        if !self.out.is_empty() {
            let _unheard = writeln!(std::io::stdout(), "{}", self.out.trim_end());
        }
        if !self.err.is_empty() {
            let _unheard = writeln!(std::io::stderr(), "menpai: {}", self.err.trim_end());
        }
    }
}

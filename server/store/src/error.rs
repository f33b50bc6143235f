//! What can go wrong with the database, and how the rest of the product hears of it.

use domain::{Error, Lang, Rule};
use sea_orm::{DbErr, SqlErr};

/// A failed read or write.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Refused by a rule, a right or a version: the domain's own error.
    #[error(transparent)]
    Refused(#[from] Error),
    /// A unique index refused the row.
    #[error("already there: {0}")]
    Taken(String),
    /// The engine reported a fault.
    #[error("database: {0}")]
    Database(DbErr),
    /// The data folder, the key file or the schema is not as it must be. The text tells the operator what to do.
    #[error("{0}")]
    Setup(Told),
    /// The file store reported a fault.
    #[error("files: {0}")]
    Files(#[from] object_store::Error),
    /// What is stored cannot be what was written.
    #[error("corrupt: {0}")]
    Corrupt(String),
}

/// What an operator is told, in both languages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    zh: String,
    en: String,
}

impl Told {
    /// The words of one language.
    pub fn text(&self, lang: Lang) -> &str {
        match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        }
    }
}

impl From<String> for Told {
    /// For what has no words of a language, such as a path with what the system said of it.
    fn from(text: String) -> Self {
        Self { zh: text.clone(), en: text }
    }
}

impl std::fmt::Display for Told {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.en)
    }
}

/// Result of a read or write.
pub type StoreResult<T> = Result<T, StoreError>;

impl From<DbErr> for StoreError {
    fn from(error: DbErr) -> Self {
        match error.sql_err() {
            Some(SqlErr::UniqueConstraintViolation(what)) => Self::Taken(what),
            _ => Self::Database(error),
        }
    }
}

impl StoreError {
    /// The operator has to do something first.
    pub fn setup(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self::Setup(Told { zh: zh.into(), en: en.into() })
    }

    /// A value that no writer of ours could have stored.
    pub fn corrupt(what: impl std::fmt::Display) -> Self {
        Self::Corrupt(what.to_string())
    }

    /// Names the rule that a refused unique row breaks.
    #[must_use]
    pub fn on_unique(self, rule: Rule) -> Self {
        match self {
            Self::Taken(_) => Self::Refused(Error::Rule { rule }),
            other => other,
        }
    }
}

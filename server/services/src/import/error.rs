//! Why a file was not taken in.

use domain::Lang;
use intake::report::Unbalanced;
use intake::{Field, Mapping, OverrideError, ReadError};
use store::StoreError;

/// Why a file was not taken in.
#[derive(Debug)]
pub enum ImportError {
    /// It cannot be read as a table.
    Read(ReadError),
    /// The corrections of the mapping do not fit.
    Map(OverrideError),
    /// It has no column for what an import cannot do without.
    Missing {
        /// What has no column.
        fields: Vec<Field>,
        /// What the columns were taken for.
        mapping: Box<Mapping>,
    },
    /// A list of places lacks one of its columns.
    Columns,
    /// The database refused or reported a fault.
    Store(StoreError),
    /// The rows do not add up, which is a fault of the program.
    Unbalanced(Unbalanced),
}

impl ImportError {
    /// The sentences a person reads.
    pub fn text(&self, lang: Lang) -> String {
        match self {
            Self::Read(error) => error.text(lang),
            Self::Map(error) => error.text(lang),
            Self::Missing { fields, mapping } => {
                let labels: Vec<&str> = fields.iter().map(|field| field.label(lang)).collect();
                let head = match lang {
                    Lang::Zh => format!("找不到这些列：{}。请用 --map 列名=字段 指定", labels.join("、")),
                    Lang::En => format!("no column holds: {}. Name it with --map column=field", labels.join(", ")),
                };
                format!("{head}\n\n{}", mapping.text(lang))
            }
            Self::Columns => match lang {
                Lang::Zh => "需要这些列：kind（类别）、name（名称）、lat（纬度）、lon（经度）".to_owned(),
                Lang::En => "the columns kind, name, lat and lon are needed".to_owned(),
            },
            Self::Store(StoreError::Refused(domain::Error::Stale)) => match lang {
                Lang::Zh => "另一个进程正在导入同一个文件".to_owned(),
                Lang::En => "another process is taking in the same file".to_owned(),
            },
            Self::Store(error) => error.to_string(),
            Self::Unbalanced(error) => error.to_string(),
        }
    }
}

impl std::fmt::Display for ImportError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.text(Lang::En))
    }
}

impl std::error::Error for ImportError {}

impl From<ReadError> for ImportError {
    fn from(error: ReadError) -> Self {
        Self::Read(error)
    }
}

impl From<OverrideError> for ImportError {
    fn from(error: OverrideError) -> Self {
        Self::Map(error)
    }
}

impl From<StoreError> for ImportError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<Unbalanced> for ImportError {
    fn from(error: Unbalanced) -> Self {
        Self::Unbalanced(error)
    }
}

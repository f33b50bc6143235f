//! Why a file cannot be read as a table.

use domain::Lang;

/// Why a file cannot be read as a table. Each has a sentence in both languages that says what to do.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The file cannot be opened or read.
    #[error("the file cannot be read: {0}")]
    Io(#[from] std::io::Error),
    /// Larger than a table may be.
    #[error("the file has {bytes} bytes; at most {limit} are read. Split it")]
    FileTooLarge {
        /// Its size.
        bytes: u64,
        /// The limit.
        limit: u64,
    },
    /// A workbook that is far larger inside than outside.
    #[error("the workbook unpacks to more than {limit} bytes; save it as CSV or split it")]
    UnpackedTooLarge {
        /// The limit.
        limit: u64,
    },
    /// More rows than a table may have. The rows before were handed out.
    #[error("more than {limit} rows; split the file")]
    TooManyRows {
        /// The limit.
        limit: u64,
    },
    /// A header with more columns than a table may have.
    #[error("more than {limit} columns; this is no table of homes or communities")]
    TooManyColumns {
        /// The limit.
        limit: usize,
    },
    /// Nothing in it.
    #[error("the file is empty")]
    Empty,
    /// Neither text nor a workbook.
    #[error("the file is neither text nor an .xlsx workbook; save the table as CSV or .xlsx")]
    NotATable,
    /// A workbook of the old kind (.xls), or one with a password.
    #[error("this is an .xls workbook or one with a password; save it as .xlsx without a password")]
    OldWorkbook,
    /// A workbook that is damaged or holds no sheet.
    #[error("the workbook cannot be read: {0}")]
    Workbook(String),
}

impl ReadError {
    /// The stable word for the kind of error.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Io(_) => "io",
            Self::FileTooLarge { .. } => "file_too_large",
            Self::UnpackedTooLarge { .. } => "unpacked_too_large",
            Self::TooManyRows { .. } => "too_many_rows",
            Self::TooManyColumns { .. } => "too_many_columns",
            Self::Empty => "empty",
            Self::NotATable => "not_a_table",
            Self::OldWorkbook => "old_workbook",
            Self::Workbook(_) => "workbook",
        }
    }

    /// The sentence a person reads.
    pub fn text(&self, lang: Lang) -> String {
        if lang == Lang::En {
            return self.to_string();
        }
        match self {
            Self::Io(error) => format!("文件无法读取：{error}"),
            Self::FileTooLarge { bytes, limit } => format!("文件有 {bytes} 字节，上限 {limit} 字节，请拆分"),
            Self::UnpackedTooLarge { limit } => format!("工作簿解压后超过 {limit} 字节，请另存为 CSV 或拆分"),
            Self::TooManyRows { limit } => format!("超过 {limit} 行，请拆分文件"),
            Self::TooManyColumns { limit } => format!("超过 {limit} 列，不像房源或小区表"),
            Self::Empty => "文件是空的".to_owned(),
            Self::NotATable => "文件既不是文本也不是 .xlsx 工作簿，请把表格另存为 CSV 或 .xlsx".to_owned(),
            Self::OldWorkbook => "这是 .xls 旧格式或加了密码的工作簿，请另存为不加密的 .xlsx".to_owned(),
            Self::Workbook(what) => format!("工作簿无法读取：{what}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_error_speaks_both_languages() {
        for error in [
            ReadError::Io(std::io::Error::other("x")),
            ReadError::FileTooLarge { bytes: 2, limit: 1 },
            ReadError::UnpackedTooLarge { limit: 1 },
            ReadError::TooManyRows { limit: 1 },
            ReadError::TooManyColumns { limit: 1 },
            ReadError::Empty,
            ReadError::NotATable,
            ReadError::OldWorkbook,
            ReadError::Workbook("x".to_owned()),
        ] {
            assert!(error.text(Lang::En).is_ascii() && !error.text(Lang::Zh).is_ascii(), "{}", error.code());
        }
    }
}

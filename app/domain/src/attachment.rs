//! Papers kept with a person's record.

use serde::{Deserialize, Serialize};

/// Largest paper, in bytes.
pub const BYTES: usize = 10 << 20;
/// Papers a person may have.
pub const MOST: usize = 20;
/// Longest name, in characters.
pub const NAME: usize = 80;

coded_enum! {
    /// What kind of paper it is.
    PaperKind {
        /// 证件
        Identity = "identity",
        /// 合同
        Contract = "contract",
        /// 证书
        Certificate = "certificate",
        /// 其他
        Other = "other",
    }
}

coded_enum! {
    /// In which form it is kept; its word ends the name of the file.
    PaperFormat {
        /// As it came.
        Pdf = "pdf",
        /// Re-encoded.
        Jpeg = "jpg",
        /// Re-encoded.
        Png = "png",
    }
}

impl PaperFormat {
    /// Its media type.
    pub const fn mime(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
        }
    }
}

/// A paper in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paper {
    /// Row number.
    pub id: i64,
    /// What kind.
    pub kind: PaperKind,
    /// What it is called, without the ending.
    pub name: String,
    /// In which form.
    pub format: PaperFormat,
    /// Bytes.
    pub size: i64,
    /// When it was put there, milliseconds UTC.
    pub at_ms: i64,
}

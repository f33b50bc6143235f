//! A person's own copy of what is kept of them (个人信息保护法, art. 45): data for programs, and the files beside it.
//! How it reads for people is written where the words are.

/// The copy.
#[derive(Clone, Debug)]
pub struct Copy {
    /// Everything, as JSON.
    pub data: serde_json::Value,
    /// Files that belong to it.
    pub files: Vec<CopiedFile>,
}

/// A file of a copy.
#[derive(Clone, Debug)]
pub struct CopiedFile {
    /// Its name, without a folder.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

//! The access matrix (`server/authz.toml`): which functions there are and which fields they take. What a role may do is
//! decided by the use cases; the test below proves that both say the same.

use http::{HeaderMap, Method};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// One way in.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(not(test), expect(dead_code, reason = "what the server does not read, the test of the matrix reads"))]
pub(super) struct Row {
    /// As the router writes it.
    pub(super) path: String,
    #[serde(default = "get")]
    pub(super) method: String,
    who: String,
    #[serde(default = "none")]
    scope: String,
    #[serde(default = "none")]
    audit: String,
    #[serde(default = "read")]
    csrf: String,
    #[serde(default = "same")]
    again: String,
    rate: Option<String>,
    /// Open to somebody whose role must have a second factor and who has not given it.
    #[serde(default)]
    owing: bool,
    /// The fields it takes, each with what the test sends.
    #[serde(default)]
    pub(super) fields: BTreeMap<String, String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Matrix {
    row: Vec<Row>,
}

static MATRIX: LazyLock<Vec<Row>> = LazyLock::new(|| {
    let matrix: Matrix = toml::from_str(include_str!("../../authz.toml")).expect("the matrix of the program itself");
    matrix.row
});

/// The row of a function.
pub(super) fn function(path: &str) -> Option<&'static Row> {
    MATRIX.iter().find(|row| row.method == "POST" && row.path == path)
}

/// Whether somebody may go there who owes a second factor.
pub(super) fn is_for_owing(method: &str, path: &str) -> bool {
    MATRIX.iter().any(|row| row.owing && row.method == method && row.path == path)
}

/// Whether a request comes from where its row wants it to: what reads and leaves a line of the trail is asked for by our
/// own pages, not by a link or a picture of another site.
pub(super) fn asked_from(method: &Method, path: &str, headers: &HeaderMap) -> bool {
    let row = MATRIX.iter().find(|row| row.csrf == "site" && row.method == method.as_str() && row.path == path);
    row.is_none() || gate::asked_here(headers)
}

/// Whether everybody may go there.
pub(super) fn is_public(method: &str, path: &str) -> bool {
    MATRIX.iter().find(|row| row.method == method && row.path == path).is_none_or(|row| row.who == "anyone")
}

fn get() -> String {
    "GET".to_owned()
}

fn none() -> String {
    "none".to_owned()
}

fn read() -> String {
    "read".to_owned()
}

fn same() -> String {
    "same".to_owned()
}

#[cfg(test)]
mod answers;
#[cfg(test)]
mod canary;
#[cfg(test)]
mod effects;
#[cfg(test)]
mod logged;
#[cfg(test)]
mod owing;
#[cfg(test)]
mod slices;
#[cfg(test)]
mod sources;
#[cfg(test)]
mod tests;

//! What a buyer chooses, as addresses say it.

use domain::FieldError;
use domain::loan::{Rules, Terms};

/// The decoded pairs of a query string.
pub fn pairs(query: &str) -> Vec<(String, String)> {
    form_urlencoded::parse(query.as_bytes()).into_owned().take(64).collect()
}

/// Reads the terms from a query string, percent-encoded as in an address; fields of others are skipped.
pub fn read_terms(query: &str, rules: &Rules) -> (Terms, Vec<FieldError>) {
    let pairs: Vec<_> = form_urlencoded::parse(query.as_bytes()).collect();
    Terms::read(pairs.iter().map(|(field, value)| (field.as_ref(), value.as_ref())), rules)
}

//! Joins a block name with its modifiers.

/// Joins the parts that are not empty with a space.
pub(crate) fn join(parts: &[&str]) -> String {
    let mut joined = String::new();
    for part in parts.iter().filter(|part| !part.is_empty()) {
        if !joined.is_empty() {
            joined.push(' ');
        }
        joined.push_str(part);
    }
    joined
}

/// `name` if `on`, else nothing.
pub(crate) fn when(on: bool, name: &'static str) -> &'static str {
    if on { name } else { "" }
}

/// ARIA states are words, not presence: absent, or "true".
pub(crate) fn aria(on: bool) -> Option<&'static str> {
    on.then_some("true")
}

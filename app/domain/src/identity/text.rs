//! Names and texts as people type them.

use crate::error::Problem;
use std::fmt;

/// What a person signs in with: 2 to 32 of `a-z 0-9 . _ -`, beginning with a letter. Capitals are read as small.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Login(String);

impl Login {
    /// The login, if the text is one.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim().to_lowercase();
        let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b".-_".contains(&b);
        let ok = (2..=32).contains(&text.len())
            && text.bytes().all(plain)
            && text.bytes().next().is_some_and(|b| b.is_ascii_lowercase());
        ok.then_some(Self(text))
    }

    /// As text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Login {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A person's name, trimmed: 1 to 40 characters of any script, in one line.
///
/// # Errors
/// `Missing`, `TooLong`; `Malformed` for control and direction marks, which would let one name look like another.
pub fn person_name(text: &str) -> Result<String, Problem> {
    let name = plain_text(text, 40)?;
    if name.is_empty() { Err(Problem::Missing) } else { Ok(name) }
}

/// A text in one line, trimmed, of at most `longest` characters; may be empty.
///
/// # Errors
/// As [`person_name`], without `Missing`.
pub fn plain_text(text: &str, longest: usize) -> Result<String, Problem> {
    let text = text.trim();
    if text.chars().count() > longest {
        return Err(Problem::TooLong);
    }
    if text.chars().any(|c| c.is_control() || invisible(c)) {
        return Err(Problem::Malformed);
    }
    Ok(text.to_owned())
}

/// Marks that change the direction of what follows, or that nobody sees.
fn invisible(c: char) -> bool {
    matches!(c, '\u{061C}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_every_script_are_names() {
        for name in ["林知夏", "𠮷野家", "Ana María O’Neill", "阿卜杜拉·麦麦提"] {
            assert_eq!(person_name(&format!(" {name} ")).as_deref(), Ok(name));
        }
        assert_eq!(person_name("  "), Err(Problem::Missing));
        assert_eq!(person_name(&"林".repeat(300)), Err(Problem::TooLong));
        for bad in ["林\u{202E}知", "林\n知", "林\u{200B}知", "\u{0}林"] {
            assert_eq!(person_name(bad), Err(Problem::Malformed), "{bad:?}");
        }
    }

    #[test]
    fn a_login_is_short_plain_and_without_capitals() {
        assert_eq!(Login::parse(" Lin.Zhixia ").map(|l| l.to_string()).as_deref(), Some("lin.zhixia"));
        for bad in ["", "a", "1lin", "林知夏", "lin zhixia", "a/b", &"x".repeat(33)] {
            assert!(Login::parse(bad).is_none(), "{bad}");
        }
    }
}

//! What is asked of a password before its strength is judged on the server.

use crate::error::Problem;

/// Characters at least (ASVS 5.0, 6.2.1 asks for 8 and recommends 15).
pub const PASSWORD_SHORTEST: usize = 10;
/// Characters at most: enough for a sentence (ASVS 5.0, 6.2.9), short enough to hash.
pub const PASSWORD_LONGEST: usize = 128;

/// Whether the length fits. Any character may be used, and none is demanded.
///
/// # Errors
/// `Missing`, `TooShort`, `TooLong`.
pub fn password_fits(text: &str) -> Result<(), Problem> {
    match text.chars().count() {
        0 => Err(Problem::Missing),
        n if n < PASSWORD_SHORTEST => Err(Problem::TooShort),
        n if n > PASSWORD_LONGEST => Err(Problem::TooLong),
        _ => Ok(()),
    }
}

//! Accounts of buyers and sellers on the public site: in by telephone and a one-time code.

use crate::consent::Said;
use serde::{Deserialize, Serialize};

coded_enum! {
    /// What a one-time code is for. One for one thing is no good for another.
    CodeUse {
        /// To come in.
        SignIn = "sign_in",
        /// To show once more that the number is one's own, before sensitive things.
        Prove = "prove",
        /// To show that a new number is one's own.
        NewNumber = "new_number",
    }
}

/// Minutes a code is good for.
pub const CODE_MINUTES: u32 = 5;
/// Wrong codes before it is worth nothing.
pub const CODE_TRIES: i64 = 5;
/// Seconds before another may be sent.
pub const CODE_AGAIN_S: i64 = 60;
/// Codes to one number in a day.
pub const CODES_OF_NUMBER: i64 = 10;
/// Codes asked for from one network address in a day. Whole offices share one.
pub const CODES_OF_ADDRESS: i64 = 50;

/// A code as it is typed: six digits, half- or full-width, with or without spaces.
pub fn read_code(text: &str) -> Option<String> {
    let mut code = String::new();
    for c in text.chars().filter(|c| !c.is_whitespace()) {
        let digit = match c {
            '0'..='9' => c,
            '０'..='９' => char::from_digit(c as u32 - '０' as u32, 10)?,
            _ => return None,
        };
        code.push(digit);
    }
    (code.len() == 6).then_some(code)
}

/// An account as its owner sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClientCard {
    /// The number, masked.
    pub phone: String,
    /// How they want to be addressed; may be empty.
    pub name: String,
    /// Since when, milliseconds UTC.
    pub since_ms: i64,
    /// Everything they said of the use of their data, the newest first.
    pub said: Vec<Said>,
}

coded_enum! {
    /// What has become of a request to sell.
    RequestState {
        /// Nobody has taken it yet.
        New = "new",
        /// An agent is on it.
        Taken = "taken",
        /// Done with, whatever came of it.
        Closed = "closed",
    }
}

/// A request to sell (我要卖房) as whoever made it sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnRequest {
    /// The community, in the seller's words.
    pub community: String,
    /// Built area, 0.01 ㎡.
    pub area: crate::Area,
    /// Made at, milliseconds UTC.
    pub at_ms: i64,
    /// What has become of it.
    pub state: RequestState,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_six_digits_however_it_is_typed() {
        for text in ["012345", " 012 345 ", "０１２３４５"] {
            assert_eq!(read_code(text).as_deref(), Some("012345"), "{text}");
        }
        for bad in ["", "01234", "0123456", "01234a", "٠١٢٣٤٥", "０１２３４𝟝"] {
            assert_eq!(read_code(bad), None, "{bad}");
        }
    }
}

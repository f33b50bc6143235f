//! How long what is kept: as short as its purpose needs (个人信息保护法, art. 19), as data. What no rule names stays.

use serde::{Deserialize, Serialize};

coded_enum! {
    /// One kind of thing that is deleted by age.
    Kept {
        /// Sessions of the firm's people that have ended.
        Sessions = "sessions",
        /// Sessions of clients that have ended.
        ClientSessions = "client_sessions",
        /// Failed sign-ins.
        Attempts = "attempts",
        /// One-time links that were used or have run out.
        Links = "links",
        /// One-time codes.
        Codes = "codes",
        /// Messages that left the house, or never did.
        Messages = "messages",
        /// Notices.
        Notices = "notices",
        /// Requests to sell that came to nothing.
        SaleRequests = "sale_requests",
        /// Accounts of clients who do not come any more.
        ClientAccounts = "client_accounts",
    }
}

impl Kept {
    /// Days it is kept: after its end where it has one, else after it was made.
    pub const fn days(self) -> i64 {
        match self {
            Self::Attempts => 1,
            Self::Codes => 2,
            Self::Links => 30,
            Self::Sessions | Self::ClientSessions | Self::Messages => 90,
            Self::SaleRequests | Self::Notices => 365,
            Self::ClientAccounts => 3 * 365,
        }
    }
}

/// What a run deleted, or would delete.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Swept {
    /// When, milliseconds UTC.
    pub at_ms: i64,
    /// How many of each.
    pub rows: Vec<(Kept, u64)>,
}

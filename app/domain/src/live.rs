//! What the live channel says. A browser names the topics it shows and hears that something in them changed,
//! never what: it asks again in the ordinary way, so nobody hears more than they may read.

use serde::{Deserialize, Serialize};

/// The most topics one tab may show.
pub const MAX_TOPICS: usize = 64;

/// From the browser.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "say", rename_all = "snake_case", deny_unknown_fields)]
pub enum Say {
    /// What the page shows now, and the last event the tab saw.
    Show {
        /// Topics as [`topic`] writes them.
        topics: Vec<String>,
        /// The last `seq` this tab has seen; absent on the first connection.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        last: Option<i64>,
    },
}

/// From the server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "hear", rename_all = "snake_case")]
pub enum Hear {
    /// Where the stream stands: the answer to what a tab shows, and again with every ping.
    Here {
        /// The newest event the server has relayed.
        seq: i64,
    },
    /// Something changed.
    Changed(Event),
    /// Events were missed: load everything again.
    Resync {
        /// The newest event the server has relayed.
        seq: i64,
    },
}

/// One change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// Position in the stream, rising.
    pub seq: i64,
    /// What it belongs to.
    pub topic: String,
    /// The public code of what changed.
    pub id: String,
    /// The version it has now; an older or equal one is already on screen.
    pub version: i64,
}

/// Names of topics.
pub mod topic {
    /// Any public listing of a city.
    pub fn gallery(city: &str) -> String {
        format!("gallery:{city}")
    }

    /// What an account is told; only its own connections hear it.
    pub fn inbox(account: impl std::fmt::Display) -> String {
        format!("inbox:{account}")
    }

    /// One listing.
    pub fn listing(code: &str) -> String {
        format!("listing:{code}")
    }
}

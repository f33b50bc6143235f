//! What this process has put into the outbox so far: known at once after the commit, before anybody reads the table.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use tokio::sync::Notify;

/// The newest message of every city, and a bell for whoever waits for any.
#[derive(Debug, Default)]
pub struct Posted {
    newest: Mutex<HashMap<String, i64>>,
    bell: Notify,
}

impl Posted {
    /// After the commit of a transaction that put these messages.
    pub(crate) fn add(&self, messages: &[(String, i64)]) {
        if messages.is_empty() {
            return;
        }
        let mut newest = self.newest.lock().unwrap_or_else(PoisonError::into_inner);
        for (city, seq) in messages {
            match newest.get_mut(city) {
                Some(known) => *known = (*known).max(*seq),
                // Cities come from the dictionary: there are never more than it has.
                None => drop(newest.insert(city.clone(), *seq)),
            }
        }
        drop(newest);
        self.bell.notify_one();
    }

    /// The newest message about a city, or about any; 0 where this process has put none.
    pub fn newest(&self, city: Option<&str>) -> i64 {
        let newest = self.newest.lock().unwrap_or_else(PoisonError::into_inner);
        match city {
            Some(city) => newest.get(city).copied().unwrap_or(0),
            // What an account is told is about no city.
            None => newest.iter().filter(|(city, _)| !city.is_empty()).map(|(_, seq)| *seq).max().unwrap_or(0),
        }
    }

    /// Waits for the next commit that says something; one that came since the last wait is not missed. For one task.
    pub async fn next(&self) {
        self.bell.notified().await;
    }
}

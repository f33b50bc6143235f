//! What every use case stands on.

use crate::message::Ways;
use courier::Exchange;
use domain::Error;
use std::collections::HashMap;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, PoisonError};
use store::gallery::Gallery;
use store::outbox::{Kind, Message};
use store::{Db, Moment, StoreError, StoreResult};
use tokio::sync::Notify;

/// The open firm: its database and what is kept in memory of it. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Services {
    /// The database.
    pub db: Db,
    /// The public catalogue.
    pub gallery: Arc<Gallery>,
    /// Which ways out of the house messages have.
    pub ways: Ways,
    /// Who gives virtual numbers, where calls are made through them.
    pub exchange: Option<Arc<dyn Exchange>>,
    /// Wakes the job that sends messages.
    pub post: Arc<Notify>,
    heard: Arc<Mutex<Heard>>,
    /// Set while the audit trail does not check.
    pub(crate) trail_broken: Arc<AtomicBool>,
    pub(crate) cards: Arc<crate::cards::Cards>,
    pub(crate) pictures: Arc<crate::picture::Cache<str>>,
    pub(crate) pins: Arc<crate::map::Pins>,
    pub(crate) shares: Arc<crate::share::Shares>,
}

impl Services {
    /// Loads what is kept in memory, from the data folder where it is there.
    pub async fn open(db: Db, at: Moment) -> StoreResult<Self> {
        let gallery = Gallery::load(&db, at.day()).await?;
        let heard = Heard { newest: gallery.seq(), cities: HashMap::new(), begun: gallery.seq() };
        Ok(Self {
            db,
            gallery,
            ways: Ways { sms: false, mail: false, outbox: false },
            exchange: None,
            post: Arc::default(),
            heard: Arc::new(Mutex::new(heard)),
            pictures: Arc::default(),
            shares: Arc::default(),
            pins: Arc::default(),
            cards: Arc::default(),
            trail_broken: Arc::default(),
        })
    }

    /// The same with these ways for messages.
    #[must_use]
    pub fn with_ways(self, ways: Ways) -> Self {
        Self { ways, ..self }
    }

    /// The same with this provider of virtual numbers.
    #[must_use]
    pub fn with_exchange(self, exchange: Option<Arc<dyn Exchange>>) -> Self {
        Self { exchange, ..self }
    }

    /// Keeps on disk what the next start would have to make again. Failing costs only that time.
    pub async fn keep(&self) {
        match self.gallery.keep(&self.db).await {
            Ok(true) => tracing::debug!(seq = self.gallery.seq(), "kept the catalogue"),
            Ok(false) => {}
            Err(error) => tracing::warn!(%error, "the next start will take longer"),
        }
    }

    /// Takes in what has happened, before anybody else hears of it.
    pub async fn follow(&self, messages: &[Message], at: Moment) -> StoreResult<()> {
        let anew = self.gallery.follow(&self.db, messages, at.day()).await?;
        self.cards.follow(messages, anew);
        // Last: whoever sees the new position finds everything else in step with it.
        self.heard.lock().unwrap_or_else(PoisonError::into_inner).follow(messages);
        Ok(())
    }

    /// Where what the public sees of a city stands, or of all cities: it changes with everything that is told of it.
    /// `None` while something was written here that has not been taken in yet.
    pub fn stamp(&self, city: Option<&str>) -> Option<i64> {
        let heard = self.heard.lock().unwrap_or_else(PoisonError::into_inner);
        (self.db.posted().newest(city) <= heard.newest).then(|| heard.of(city))
    }
}

/// The positions of the outbox that were taken in.
#[derive(Debug)]
struct Heard {
    /// Of any message.
    newest: i64,
    /// Of the newest about each city since the start.
    cities: HashMap<String, i64>,
    /// Where it began.
    begun: i64,
}

impl Heard {
    fn follow(&mut self, messages: &[Message]) {
        for message in messages {
            self.newest = self.newest.max(message.seq);
            // What an account is told changes nothing that the public sees.
            if message.kind != Kind::Notice {
                self.cities.insert(message.city.clone(), message.seq);
            }
        }
    }

    fn of(&self, city: Option<&str>) -> i64 {
        let known = match city {
            Some(city) => self.cities.get(city).copied(),
            None => self.cities.values().copied().max(),
        };
        known.unwrap_or(self.begun)
    }
}

/// The error a person sees. What is not theirs to know of is logged here, once, under the id they see.
pub fn fault(error: StoreError) -> Error {
    if let StoreError::Refused(error) = error {
        return error;
    }
    lost(error)
}

/// A fault of ours: logged here, once, under the id that the person sees.
pub(crate) fn lost(error: impl std::fmt::Display) -> Error {
    let mut id = [0_u8; 4];
    let id = getrandom::fill(&mut id).map_or_else(|_| "00000000".to_owned(), |()| hex::encode(id));
    tracing::error!(error.id = %id, error = %error, "a use case failed");
    Error::Internal { id }
}

/// A moment as people of the firm read it: day and minute in Asia/Shanghai.
pub fn clock(at: Moment) -> String {
    let zone = chrono::FixedOffset::east_opt(8 * 3600).expect("eight hours are a valid offset");
    let utc = chrono::DateTime::from_timestamp_millis(at.0).unwrap_or_default();
    utc.with_timezone(&zone).format("%Y-%m-%d %H:%M").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_city_stands_where_its_own_newest_message_left_it() {
        let message = |seq, kind, city: &str| Message { seq, kind, city: city.into(), code: "1".into(), version: 1 };
        let mut heard = Heard { newest: 7, cities: HashMap::new(), begun: 7 };
        assert_eq!((heard.of(Some("ningbo")), heard.of(None)), (7, 7));
        heard.follow(&[message(8, Kind::Listing, "ningbo"), message(9, Kind::Import, "shanghai")]);
        assert_eq!((heard.of(Some("ningbo")), heard.of(Some("shanghai")), heard.of(Some("suzhou"))), (8, 9, 7));
        heard.follow(&[message(10, Kind::Notice, "")]);
        assert_eq!((heard.of(None), heard.newest), (9, 10));
    }
}

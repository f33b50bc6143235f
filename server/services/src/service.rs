//! What every use case stands on.

use crate::message::Ways;
use domain::Error;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use store::gallery::Gallery;
use store::outbox::Message;
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
    /// Wakes the job that sends messages.
    pub post: Arc<Notify>,
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
        Ok(Self {
            db,
            gallery,
            ways: Ways { sms: false, mail: false, outbox: false },
            post: Arc::default(),
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
        Ok(())
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

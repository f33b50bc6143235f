//! The public gallery's read model: the catalogue in memory, loaded from the tables and kept up with the outbox.
//!
//! The tables are the truth; the catalogue can be dropped and loaded again at any time, and every node of a firm
//! has its own. A file in the data folder keeps it from one start to the next.

mod kept;
mod lines;
mod load;

use crate::outbox::Message;
use crate::{Db, Scope, StoreResult, outbox};
use arc_swap::ArcSwap;
use catalog::Catalog;
use chrono::NaiveDate;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// So many messages after what was kept, reading everything anew is quicker.
const CATCH_UP: i64 = 20_000;
/// Messages taken in at once.
const BATCH: u32 = 500;

/// The catalogue of everything the public sees.
pub struct Gallery {
    now: ArcSwap<Loaded>,
    /// Where the file in the data folder stands.
    kept: AtomicI64,
}

struct Loaded {
    catalog: Catalog,
    /// Row numbers of the communities by their position in the catalogue, ascending.
    communities: Arc<Vec<i64>>,
    /// The newest message it contains.
    seq: i64,
    /// The newest listing of the tables it has seen, public or not.
    newest: i64,
}

impl std::fmt::Debug for Gallery {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Gallery").field("seq", &self.seq()).finish_non_exhaustive()
    }
}

impl Gallery {
    /// Takes up the catalogue that was kept and what has happened since; without one that fits, reads the tables.
    pub async fn load(db: &Db, today: NaiveDate) -> StoreResult<Arc<Self>> {
        if let Some(loaded) = kept::read(db).await? {
            let gallery = Self { kept: AtomicI64::new(loaded.seq), now: ArcSwap::from_pointee(loaded) };
            if gallery.catch_up(db, today).await? {
                return Ok(Arc::new(gallery));
            }
        }
        Self::load_anew(db, today).await
    }

    /// Reads the tables, whatever was kept.
    pub async fn load_anew(db: &Db, today: NaiveDate) -> StoreResult<Arc<Self>> {
        let now = ArcSwap::from_pointee(load::load(db, today).await?);
        Ok(Arc::new(Self { now, kept: AtomicI64::new(-1) }))
    }

    async fn catch_up(&self, db: &Db, today: NaiveDate) -> StoreResult<bool> {
        if outbox::newest(db, &Scope::public()).await? - self.seq() > CATCH_UP {
            return Ok(false);
        }
        loop {
            let messages = outbox::after(db, &Scope::public(), self.seq(), BATCH).await?;
            if messages.is_empty() {
                return Ok(true);
            }
            self.follow(db, &messages, today).await?;
        }
    }

    /// Runs a question against the catalogue as it is now.
    pub fn ask<T>(&self, question: impl FnOnce(&Catalog) -> T) -> T {
        question(&self.now.load().catalog)
    }

    /// The newest message it contains.
    pub fn seq(&self) -> i64 {
        self.now.load().seq
    }

    /// Takes in what the messages speak of. Called by one task, in the order of the outbox. Says whether everything
    /// was read anew for it.
    pub async fn follow(&self, db: &Db, messages: &[Message], today: NaiveDate) -> StoreResult<bool> {
        let now = self.now.load_full();
        let new = messages.partition_point(|message| message.seq <= now.seq);
        let Some(last) = messages[new..].last() else { return Ok(false) };
        let (loaded, anew) = match load::follow(db, &now, &messages[new..], today).await? {
            Some(loaded) => (loaded, false),
            // It may know more than the messages say; they are told one by one all the same.
            None => (Loaded { seq: last.seq, ..load::load(db, today).await? }, true),
        };
        self.now.store(Arc::new(loaded));
        Ok(anew)
    }

    /// Keeps the catalogue in the data folder, unless it is there as it is. Returns whether it was written.
    pub async fn keep(&self, db: &Db) -> StoreResult<bool> {
        let now = self.now.load_full();
        let seq = now.seq;
        if self.kept.load(Ordering::Acquire) == seq || !kept::write(db, now).await? {
            return Ok(false);
        }
        self.kept.store(seq, Ordering::Release);
        Ok(true)
    }

    /// The catalogue as bytes, whatever way it came about: equal for equal homes and places.
    pub fn image(&self, today: NaiveDate) -> Vec<u8> {
        let mut image = Vec::new();
        self.ask(|catalog| catalog.merged(today).write(&mut image).expect("memory takes everything"));
        image
    }
}

//! Cards of public homes that were read lately, so that a page of the gallery mostly needs no statement.
//!
//! As current as the catalogue: what a message of the outbox speaks of is forgotten before anybody hears of it.

use crate::{Scope, Services};
use chrono::NaiveDate;
use domain::ListingCode;
use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, PoisonError};
use store::listing::CardRow;
use store::outbox::{Kind, Message};
use store::{StoreResult, listing};

/// Cards that are kept: about a kilobyte each.
const MOST: usize = 8_000;

/// The cards that are kept.
#[derive(Debug, Default)]
pub(crate) struct Cards(Mutex<Kept>);

#[derive(Debug, Default)]
struct Kept {
    /// Days on the market are counted to this day.
    day: NaiveDate,
    cards: HashMap<i64, CardRow>,
    /// Their numbers, the oldest first.
    order: VecDeque<i64>,
    /// Counts what was forgotten: a card that was read before belongs to an earlier state.
    state: u64,
}

impl Cards {
    /// The cards of public homes with these numbers in their order; one statement for those that are not kept.
    pub(crate) async fn public(
        &self,
        services: &Services,
        ids: &[i64],
        today: NaiveDate,
    ) -> StoreResult<Vec<CardRow>> {
        let (mut found, state) = self.with(|kept| {
            if kept.day != today {
                kept.forget_all();
                kept.day = today;
            }
            let found: HashMap<i64, CardRow> =
                ids.iter().filter_map(|id| Some((*id, kept.cards.get(id)?.clone()))).collect();
            (found, kept.state)
        });
        let missing: Vec<i64> = ids.iter().copied().filter(|id| !found.contains_key(id)).collect();
        let read = listing::cards(&services.db, &Scope::public(), &missing, today).await?;
        self.with(|kept| {
            if (kept.state, kept.day) == (state, today) {
                read.iter().for_each(|card| kept.keep(card.clone()));
            }
        });
        found.extend(read.into_iter().map(|card| (card.id, card)));
        Ok(ids.iter().filter_map(|id| found.remove(id)).collect())
    }

    /// Forgets what the messages speak of; everything where the catalogue was read anew, because facts of communities
    /// have changed. New homes change no card.
    pub(crate) fn follow(&self, messages: &[Message], anew: bool) {
        self.with(|kept| {
            kept.state += 1;
            if anew {
                kept.forget_all();
            }
            for message in messages.iter().filter(|message| message.kind == Kind::Listing) {
                let code = ListingCode::parse(&message.code);
                code.and_then(|code| kept.cards.remove(&code.number()));
            }
        });
    }

    fn with<T>(&self, work: impl FnOnce(&mut Kept) -> T) -> T {
        work(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Kept {
    fn keep(&mut self, card: CardRow) {
        let id = card.id;
        if self.cards.insert(id, card).is_none() {
            self.order.push_back(id);
        }
        while self.order.len() > MOST {
            if let Some(oldest) = self.order.pop_front() {
                self.cards.remove(&oldest);
            }
        }
    }

    fn forget_all(&mut self) {
        self.cards.clear();
        self.order.clear();
        self.state += 1;
    }
}

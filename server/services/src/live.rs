//! The relay of the live channel: it reads the outbox after every commit and tells those who listen.

use domain::access::Actor;
use domain::live::Event;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;
use store::outbox::{self, Kind, Message};
use store::{Db, Scope, StoreResult};
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::{Notify, broadcast};
use tokio::time::Instant;

/// The most messages a returning listener is told one by one; beyond, loading everything again is cheaper.
pub const CATCH_UP: i64 = 500;

/// Messages a slow listener may fall behind before it misses some.
const BACKLOG: usize = 1024;
/// Messages read at once.
const BATCH: u32 = 500;
/// A commit of this process wakes the relay; only what other nodes write waits this long, the longer the quieter it is.
const SOON: Duration = Duration::from_millis(250);
const LATER: Duration = Duration::from_secs(2);

/// Taking an import in for so long leaves visitors less than they need.
const LONG: Duration = Duration::from_millis(50);

/// Tells what has happened, in the order of the outbox. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Relay {
    shared: Arc<Shared>,
}

/// What one listener hears: everything after the position it began at, each message once.
#[derive(Debug)]
pub struct Listener {
    shared: Arc<Shared>,
    events: broadcast::Receiver<Arc<[Event]>>,
    position: i64,
}

/// What a listener is told next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Heard {
    /// One message, as the live channel says it topic by topic.
    Changed(Arc<[Event]>),
    /// The listener was too slow and has missed some: load everything again.
    Missed,
    /// The relay has stopped.
    Ended,
}

#[derive(Debug)]
struct Shared {
    db: Db,
    scope: Scope,
    newest: AtomicI64,
    woken: Notify,
    // The running task owns the strong one: when it ends, all listeners hear of it.
    tell: broadcast::WeakSender<Arc<[Event]>>,
}

impl Relay {
    /// Relays everything after the position `from` until `stop` ends.
    ///
    /// `before` takes in new messages before anybody hears of them, so that who asks again then is told the new
    /// state; if it fails, the same messages come again. Call within a tokio runtime.
    pub fn start<B, F>(db: Db, from: i64, before: B, stop: impl Future<Output = ()> + Send + 'static) -> Self
    where
        B: FnMut(Vec<Message>) -> F + Send + 'static,
        F: Future<Output = StoreResult<()>> + Send + 'static,
    {
        let (tell, _) = broadcast::channel(BACKLOG);
        let shared = Arc::new(Shared {
            db,
            scope: Scope::of(&Actor::system("live")),
            newest: AtomicI64::new(from),
            woken: Notify::new(),
            tell: tell.downgrade(),
        });
        let running = shared.clone();
        // A task of its own, because it serves all connections and belongs to none. One, and it ends with `stop`.
        tokio::spawn(async move {
            tokio::select! {
                () = stop => {}
                () = running.run(tell, before) => {}
            }
        });
        Self { shared }
    }

    /// Looks at the outbox now. Called by whoever has committed something.
    pub fn wake(&self) {
        self.shared.woken.notify_one();
    }

    /// Waits until everything that this process has said of the stock so far was taken in and told.
    pub async fn caught_up(&self) {
        let mut listener = self.subscribe();
        let said = self.shared.db.posted().newest(None);
        self.wake();
        while self.newest() < said && listener.next().await != Heard::Ended {}
    }

    /// The newest message relayed; 0 before the first.
    pub fn newest(&self) -> i64 {
        self.shared.newest()
    }

    /// Begins to listen.
    pub fn subscribe(&self) -> Listener {
        let shared = self.shared.clone();
        // First the receiver, then the position: a message between the two is skipped, never lost.
        let events = shared.tell.upgrade().map_or_else(|| broadcast::channel(1).1, |tell| tell.subscribe());
        let position = shared.newest();
        Listener { shared, events, position }
    }
}

impl Listener {
    /// The message up to which everything was heard.
    pub fn position(&self) -> i64 {
        self.position
    }

    /// Waits for the next message. May be dropped while it waits.
    pub async fn next(&mut self) -> Heard {
        loop {
            match self.events.recv().await {
                Ok(events) => {
                    if let Some(seq) = events.first().map(|e| e.seq).filter(|seq| *seq > self.position) {
                        self.position = seq;
                        return Heard::Changed(events);
                    }
                }
                Err(RecvError::Lagged(_)) => {
                    self.events = self.events.resubscribe();
                    self.position = self.shared.newest();
                    return Heard::Missed;
                }
                Err(RecvError::Closed) => return Heard::Ended,
            }
        }
    }

    /// The events after `last` up to the present position, oldest first; `None` where they cannot be told: more
    /// than [`CATCH_UP`] messages, no longer kept, or after this position.
    pub async fn since(&self, last: i64) -> StoreResult<Option<Vec<Event>>> {
        let missed = self.position.saturating_sub(last);
        if missed == 0 {
            return Ok(Some(Vec::new()));
        }
        let Some(limit) = u32::try_from(missed).ok().filter(|_| missed <= CATCH_UP) else { return Ok(None) };
        let messages = outbox::after(&self.shared.db, &self.shared.scope, last, limit).await?;
        // The outbox has no gaps, so that as many as were missed end at this position, or some are gone.
        let whole = messages.last().is_some_and(|m| m.seq == self.position);
        Ok(whole.then(|| messages.iter().flat_map(Message::events).collect()))
    }
}

/// How long to rest after work that took so long.
fn rest(work: Duration) -> Duration {
    if work < LONG { Duration::ZERO } else { (work * 3).min(LATER) }
}

impl Shared {
    fn newest(&self) -> i64 {
        self.newest.load(Ordering::Acquire)
    }

    async fn run<B, F>(&self, tell: broadcast::Sender<Arc<[Event]>>, mut before: B)
    where
        B: FnMut(Vec<Message>) -> F,
        F: Future<Output = StoreResult<()>>,
    {
        let (mut pause, mut failing) = (SOON, false);
        loop {
            let began = Instant::now();
            let relayed = self.relay(&tell, &mut before).await;
            pause = match &relayed {
                Ok((BATCH, _)) => Duration::ZERO,
                Ok((0, _)) => (pause * 2).clamp(SOON, LATER),
                Ok(_) => SOON,
                Err(error) => {
                    if !failing {
                        tracing::error!(%error, "the live channel cannot go on; it tries again");
                    }
                    LATER
                }
            };
            failing = relayed.is_err();
            // During an import the processors are left to the visitors most of the time. A price that was taken in
            // slowly, because the machine is busy, must not hold up the next one.
            if matches!(relayed, Ok((_, true))) {
                tokio::time::sleep(rest(began.elapsed())).await;
            }
            tokio::select! {
                () = self.woken.notified() => {}
                () = self.db.posted().next() => {}
                () = tokio::time::sleep(pause) => {}
            }
        }
    }

    /// Relays one batch and says how many messages it was, and whether one was of an import.
    async fn relay<B, F>(&self, tell: &broadcast::Sender<Arc<[Event]>>, before: &mut B) -> StoreResult<(u32, bool)>
    where
        B: FnMut(Vec<Message>) -> F,
        F: Future<Output = StoreResult<()>>,
    {
        let messages = outbox::after(&self.db, &self.scope, self.newest(), BATCH).await?;
        if messages.is_empty() {
            return Ok((0, false));
        }
        let imported = messages.iter().any(|message| message.kind == Kind::Import);
        before(messages.clone()).await?;
        let mut relayed = 0;
        for message in messages {
            // Before it is told: who subscribes in between must find it among what they may ask for.
            self.newest.store(message.seq, Ordering::Release);
            // Refused only when nobody listens.
            let _listeners = tell.send(message.events().into());
            relayed += 1;
        }
        Ok((relayed, imported))
    }
}

#[cfg(test)]
mod tests;

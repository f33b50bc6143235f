//! Who is connected, and whose session has ended: a live connection ends with its session, on every node, within
//! [`EVERY`] and the time of a query.

use super::system;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use store::identity::session;
use store::{Db, Moment};
use tokio::sync::watch;

/// Between two looks at the sessions of those who are connected.
pub const EVERY: Duration = Duration::from_secs(2);

type Held = HashMap<i64, watch::Sender<bool>>;

/// The sessions of those who are connected to this node.
#[derive(Clone, Debug, Default)]
pub struct Ends(Arc<Mutex<Held>>);

impl Ends {
    /// Begins to look.
    pub fn start(db: Db, stopped: impl Future<Output = ()> + Send + 'static) -> Self {
        let ends = Self::default();
        let held = ends.clone();
        tokio::spawn(async move {
            let mut stopped = Box::pin(stopped);
            loop {
                tokio::select! {
                    () = &mut stopped => return,
                    () = tokio::time::sleep(EVERY) => held.look(&db, Moment::now()).await,
                }
            }
        });
        ends
    }

    /// Tells when a session has ended.
    pub fn hold(&self, session: i64) -> watch::Receiver<bool> {
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        held.entry(session).or_insert_with(|| watch::Sender::new(false)).subscribe()
    }

    /// One look: those whose session has ended are told, those who are gone are forgotten.
    pub async fn look(&self, db: &Db, at: Moment) {
        let ids: Vec<i64> = {
            let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            held.retain(|_, sender| sender.receiver_count() > 0);
            held.keys().copied().collect()
        };
        match session::ended(db, &system(), at, &ids).await {
            Ok(ended) => {
                let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
                for id in ended {
                    if let Some(sender) = held.remove(&id) {
                        // Refused only when nobody listens any more.
                        let _listening = sender.send(true);
                    }
                }
            }
            Err(error) => tracing::warn!(%error, "cannot tell which sessions have ended"),
        }
    }
}

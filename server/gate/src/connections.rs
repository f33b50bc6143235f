//! How many connections are open, altogether and from each address.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::{metering, peer};

/// The count of open connections and its limits.
pub(crate) struct Connections {
    max: usize,
    max_per_ip: usize,
    open: Mutex<Open>,
}

#[derive(Default)]
struct Open {
    total: usize,
    by_ip: HashMap<IpAddr, usize>,
}

/// A connection's place in the count, given back when dropped.
pub(crate) struct Slot {
    connections: Arc<Connections>,
    /// The address it counts for; none for a trusted proxy, which brings many clients.
    ip: Option<IpAddr>,
}

impl Connections {
    pub(crate) fn new(max: usize, max_per_ip: usize) -> Arc<Self> {
        Arc::new(Self { max, max_per_ip, open: Mutex::default() })
    }

    /// A place for one more connection, or the limit that forbids it.
    pub(crate) fn take(self: &Arc<Self>, ip: Option<IpAddr>) -> Result<Slot, &'static str> {
        let ip = ip.map(peer::subscriber);
        let mut open = self.lock();
        if open.total >= self.max {
            return Err("connections");
        }
        if let Some(ip) = ip {
            let held = open.by_ip.entry(ip).or_default();
            if *held >= self.max_per_ip {
                return Err("connections per address");
            }
            *held += 1;
        }
        open.total += 1;
        metering::connections(1.0);
        Ok(Slot { connections: self.clone(), ip })
    }

    fn lock(&self) -> MutexGuard<'_, Open> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Slot {
    fn drop(&mut self) {
        let mut open = self.connections.lock();
        open.total -= 1;
        metering::connections(-1.0);
        let Some(ip) = self.ip else { return };
        if let Some(held) = open.by_ip.get_mut(&ip) {
            *held -= 1;
            if *held == 0 {
                open.by_ip.remove(&ip);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_given_back_can_be_taken_again_and_leaves_no_trace() {
        let connections = Connections::new(3, 1);
        let (one, two) = (Some([1, 1, 1, 1].into()), Some([2, 2, 2, 2].into()));
        let first = connections.take(one).ok();
        assert_eq!(connections.take(one).err(), Some("connections per address"));
        let others = [connections.take(two), connections.take(None)];
        assert_eq!(connections.take(None).err(), Some("connections"));
        drop(first);
        assert!(connections.take(one).is_ok());
        drop(others);
        assert!(connections.lock().by_ip.is_empty());
        assert_eq!(connections.lock().total, 0);
    }

    #[test]
    fn a_proxy_is_bound_by_the_overall_limit_only() {
        let connections = Connections::new(10, 1);
        let held: Vec<_> = (0..10).map(|_| connections.take(None)).collect();
        assert!(held.iter().all(Result::is_ok));
        assert!(connections.take(None).is_err());
    }
}

//! How often one address may write, and read.

use std::collections::HashMap;
use std::convert::Infallible;
use std::net::{IpAddr, Ipv4Addr};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::extract::{Request, State};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::Route;
use tokio::time::Instant;
use tower::{Layer, Service};

use crate::refusal::Refusal;
use crate::{Peer, metering, origin, peer};

/// Addresses remembered in one generation: about 4 MB with both generations full.
const REMEMBERED: usize = 32_768;

/// A layer that lets one address write `burst` times at once and `per_minute` times a minute after
/// that; beyond it answers 429 with `Retry-After`. Reading is not counted. Both are at least 1.
///
/// An address is the [`Peer`] of the request, in IPv6 its /64; requests without one share one count.
/// Clones share the counts.
pub fn write_rate(
    burst: u32,
    per_minute: u32,
) -> impl Layer<
    Route,
    Service: Service<Request, Response = Response, Error = Infallible, Future: Send> + Clone + Send + Sync + 'static,
> + Clone
+ Send
+ Sync
+ 'static {
    from_fn_with_state(Arc::new(Rate::new("write rate", burst, per_minute)), count_writes)
}

/// The same for what only reads. An address of this machine is not counted: behind it stands a proxy, or whoever measures.
pub fn read_rate(
    burst: u32,
    per_minute: u32,
) -> impl Layer<
    Route,
    Service: Service<Request, Response = Response, Error = Infallible, Future: Send> + Clone + Send + Sync + 'static,
> + Clone
+ Send
+ Sync
+ 'static {
    from_fn_with_state(Arc::new(Rate::new("read rate", burst, per_minute)), count_reads)
}

struct Rate {
    name: &'static str,
    buckets: Mutex<Buckets>,
}

impl Rate {
    fn new(name: &'static str, burst: u32, per_minute: u32) -> Self {
        Self { name, buckets: Mutex::new(Buckets::new(burst, per_minute)) }
    }

    fn take(&self, ip: IpAddr) -> Result<(), Refusal> {
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        buckets.take(peer::subscriber(ip), Instant::now()).map_err(|wait| {
            metering::refused(self.name);
            Refusal::TooOften(wait)
        })
    }
}

fn caller(request: &Request) -> IpAddr {
    request.extensions().get::<Peer>().map_or(Ipv4Addr::UNSPECIFIED.into(), |peer| peer.0)
}

async fn count_writes(State(rate): State<Arc<Rate>>, request: Request, next: Next) -> Response {
    match origin::writes(request.method()).then(|| rate.take(caller(&request))) {
        Some(Err(refusal)) => refusal.into_response(),
        _ => next.run(request).await,
    }
}

async fn count_reads(State(rate): State<Arc<Rate>>, request: Request, next: Next) -> Response {
    let ip = caller(&request);
    let counted = !origin::writes(request.method()) && !ip.is_loopback();
    match counted.then(|| rate.take(ip)) {
        Some(Err(refusal)) => refusal.into_response(),
        _ => next.run(request).await,
    }
}

/// Token buckets, each kept as the one instant at which it is full again.
///
/// The map is bounded by generations: a bucket untouched for as long as the longest refill is full,
/// and a full bucket need not be remembered. Under a flood of addresses the oldest are forgotten early.
struct Buckets {
    interval: Duration,
    refill: Duration,
    recent: HashMap<IpAddr, Instant>,
    older: HashMap<IpAddr, Instant>,
    turned: Option<Instant>,
}

impl Buckets {
    fn new(burst: u32, per_minute: u32) -> Self {
        let interval = Duration::from_secs(60) / per_minute.max(1);
        let refill = interval * burst.max(1);
        Self { interval, refill, recent: HashMap::new(), older: HashMap::new(), turned: None }
    }

    /// Takes one token, or says how long until there is one.
    fn take(&mut self, who: IpAddr, now: Instant) -> Result<(), Duration> {
        if self.recent.len() >= REMEMBERED || now - *self.turned.get_or_insert(now) >= self.refill {
            self.older = std::mem::take(&mut self.recent);
            self.turned = Some(now);
        }
        let full_at = self.recent.get(&who).or_else(|| self.older.get(&who)).map_or(now, |&at| at.max(now));
        let full_again = full_at + self.interval;
        match (full_again - now).checked_sub(self.refill) {
            Some(wait) if !wait.is_zero() => Err(wait),
            _ => {
                self.recent.insert(who, full_again);
                Ok(())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::Router;
    use axum::body::Body;
    use axum::http::StatusCode;
    use axum::routing::get;
    use tower::ServiceExt;

    const ONE: IpAddr = IpAddr::V4(Ipv4Addr::new(1, 1, 1, 1));
    const TWO: IpAddr = IpAddr::V4(Ipv4Addr::new(2, 2, 2, 2));

    #[test]
    fn a_burst_passes_then_one_each_interval() {
        let (mut buckets, start) = (Buckets::new(3, 60), Instant::now());
        for _ in 0..3 {
            assert_eq!(buckets.take(ONE, start), Ok(()));
        }
        assert_eq!(buckets.take(ONE, start), Err(Duration::from_secs(1)));
        assert_eq!(buckets.take(TWO, start), Ok(()), "another address has its own count");
        let later = start + Duration::from_secs(1);
        assert_eq!(buckets.take(ONE, later), Ok(()));
        assert_eq!(buckets.take(ONE, later), Err(Duration::from_secs(1)));
    }

    #[test]
    fn no_rhythm_gets_more_than_the_rate() {
        let (mut buckets, start) = (Buckets::new(5, 60), Instant::now());
        let passed =
            (0..6000).filter(|tenth| buckets.take(ONE, start + Duration::from_millis(tenth * 100)).is_ok()).count();
        assert_eq!(passed, 5 + 599);
    }

    #[test]
    fn a_flood_of_addresses_does_not_fill_the_memory() {
        let (mut buckets, start) = (Buckets::new(1, 1), Instant::now());
        for n in 0..200_000u32 {
            let _ = buckets.take(IpAddr::V4(Ipv4Addr::from_bits(n)), start);
        }
        assert!(buckets.recent.len() + buckets.older.len() <= 2 * REMEMBERED);
    }

    #[tokio::test(start_paused = true)]
    async fn only_writing_is_counted_and_the_answer_says_when_to_return() {
        let router = Router::new().route("/", get(async || ()).post(async || ())).layer(write_rate(1, 2));
        let ask = async |method: &str| {
            let request =
                Request::builder().method(method).uri("/").extension(Peer(ONE)).body(Body::empty()).unwrap();
            router.clone().oneshot(request).await.unwrap()
        };
        assert_eq!(ask("POST").await.status(), StatusCode::OK);
        let refused = ask("POST").await;
        assert_eq!(refused.status(), StatusCode::TOO_MANY_REQUESTS);
        assert_eq!(refused.headers()["retry-after"], "30");
        assert_eq!(ask("GET").await.status(), StatusCode::OK);
        tokio::time::advance(Duration::from_secs(30)).await;
        assert_eq!(ask("POST").await.status(), StatusCode::OK);
    }

    #[tokio::test(start_paused = true)]
    async fn reading_is_counted_apart_but_not_of_this_machine() {
        let router = Router::new().route("/", get(async || ()).post(async || ())).layer(read_rate(2, 60));
        let ask = async |method: &str, ip: IpAddr| {
            let request = Request::builder().method(method).uri("/").extension(Peer(ip)).body(Body::empty()).unwrap();
            router.clone().oneshot(request).await.unwrap().status()
        };
        for _ in 0..2 {
            assert_eq!(ask("GET", ONE).await, StatusCode::OK);
        }
        assert_eq!(ask("GET", ONE).await, StatusCode::TOO_MANY_REQUESTS);
        assert_eq!(ask("POST", ONE).await, StatusCode::OK, "writing has its own count");
        assert_eq!(ask("GET", TWO).await, StatusCode::OK);
        for _ in 0..9 {
            assert_eq!(ask("GET", Ipv4Addr::LOCALHOST.into()).await, StatusCode::OK);
        }
        tokio::time::advance(Duration::from_secs(1)).await;
        assert_eq!(ask("GET", ONE).await, StatusCode::OK);
    }
}

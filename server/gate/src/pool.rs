//! Load shedding: each kind of work has its own places, so that one crowd does not starve the others.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::{Request, State};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::Route;
use tokio::sync::Semaphore;
use tokio::time::timeout;
use tower::{Layer, Service};

use crate::metering;
use crate::refusal::Refusal;

/// A layer that lets `permits` requests be worked on at once; a further one waits up to `max_wait`
/// for a place and is then told to come back (503 with `Retry-After`).
///
/// Clones share the places, so one pool can guard several routers. A place is free again when the
/// answer begins, so slow readers hold none.
pub fn pool(
    name: &'static str,
    permits: usize,
    max_wait: Duration,
) -> impl Layer<
    Route,
    Service: Service<Request, Response = Response, Error = Infallible, Future: Send> + Clone + Send + Sync + 'static,
> + Clone
+ Send
+ Sync
+ 'static {
    from_fn_with_state(Arc::new(Pool { name, places: Semaphore::new(permits), max_wait }), take_place)
}

struct Pool {
    name: &'static str,
    places: Semaphore,
    max_wait: Duration,
}

async fn take_place(State(pool): State<Arc<Pool>>, request: Request, next: Next) -> Response {
    match timeout(pool.max_wait, pool.places.acquire()).await {
        Ok(_place) => next.run(request).await,
        Err(_full) => {
            metering::refused(pool.name);
            Refusal::Busy.into_response()
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
    use tokio::sync::Notify;
    use tower::ServiceExt;

    fn ask(path: &str) -> Request {
        Request::builder().uri(path).body(Body::empty()).unwrap()
    }

    #[tokio::test(start_paused = true)]
    async fn a_full_pool_says_come_back_and_health_still_answers() {
        let (entered, leave) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
        let work = {
            let (entered, leave) = (entered.clone(), leave.clone());
            move || async move {
                entered.notify_one();
                leave.notified().await;
            }
        };
        let router = Router::new()
            .route("/work", get(work))
            .layer(pool("staff", 1, Duration::from_millis(50)))
            .merge(crate::health(|| true));

        let first = tokio::spawn(router.clone().oneshot(ask("/work")));
        entered.notified().await;
        let second = router.clone().oneshot(ask("/work")).await.unwrap();
        assert_eq!(second.status(), StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(second.headers()["retry-after"], "1");
        assert_eq!(router.clone().oneshot(ask("/healthz")).await.unwrap().status(), StatusCode::OK);

        leave.notify_one();
        assert_eq!(first.await.unwrap().unwrap().status(), StatusCode::OK);
        leave.notify_one();
        assert_eq!(router.oneshot(ask("/work")).await.unwrap().status(), StatusCode::OK);
    }

    #[tokio::test(start_paused = true)]
    async fn a_request_waits_its_turn_within_the_limit() {
        let slow = || tokio::time::sleep(Duration::from_millis(40));
        let router = Router::new().route("/work", get(slow)).layer(pool("staff", 1, Duration::from_millis(50)));
        let both = tokio::join!(router.clone().oneshot(ask("/work")), router.oneshot(ask("/work")));
        assert_eq!([both.0.unwrap().status(), both.1.unwrap().status()], [StatusCode::OK; 2]);
    }
}

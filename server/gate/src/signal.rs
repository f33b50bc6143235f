//! When the system asks the process to stop.

use std::future::pending;

use tokio::signal::ctrl_c;
use tracing::error;

/// Ends at the first SIGTERM or SIGINT. Give it to [`serve`](crate::serve) as its shutdown.
pub async fn stop_signal() {
    tokio::select! {
        () = terminate() => {}
        () = interrupt() => {}
    }
}

async fn interrupt() {
    if let Err(error) = ctrl_c().await {
        error!(%error, "cannot listen for SIGINT");
        pending().await
    }
}

#[cfg(unix)]
async fn terminate() {
    use tokio::signal::unix::{SignalKind, signal};
    match signal(SignalKind::terminate()) {
        Ok(mut signals) => drop(signals.recv().await),
        Err(error) => {
            error!(%error, "cannot listen for SIGTERM");
            pending().await
        }
    }
}

#[cfg(not(unix))]
async fn terminate() {
    pending().await
}

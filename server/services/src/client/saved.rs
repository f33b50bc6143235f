//! What a client keeps: on every device the same.

use super::SignedClient;
use crate::{Services, fault};
use domain::saved::{Saved, Shelf};
use domain::{Error, ListingCode};
use store::client::account;

/// Puts a home on a list or takes it off. What is kept now; `false` where the list is full.
///
/// # Errors
/// `Internal`.
pub async fn put(
    services: &Services,
    client: &SignedClient,
    shelf: Shelf,
    code: &ListingCode,
    on: bool,
) -> Result<(Saved, bool), Error> {
    let change = |saved: &mut Saved| saved.put(shelf, code, on);
    let done = services.db.write(async |tx| account::keep(&tx, client.account, change).await);
    done.await.map_err(fault)
}

/// Remembers a home as the last one seen.
///
/// # Errors
/// `Internal`.
pub async fn see(services: &Services, client: &SignedClient, code: &ListingCode) -> Result<(), Error> {
    if client.saved.seen().first() == Some(code) {
        return Ok(());
    }
    let done = services.db.write(async |tx| account::keep(&tx, client.account, |saved| saved.see(code)).await);
    done.await.map(drop).map_err(fault)
}

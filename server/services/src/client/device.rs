//! The devices a client is signed in on.

use super::SignedClient;
use super::account::record;
use crate::{Services, fault};
use domain::Error;
use domain::identity::Device;
use store::Moment;
use store::client::session;

/// Where a client is signed in.
///
/// # Errors
/// `Internal`.
pub async fn list(services: &Services, client: &SignedClient, at: Moment) -> Result<Vec<Device>, Error> {
    session::devices(&services.db, &client.scope(), at, client.account, client.session).await.map_err(fault)
}

/// Signs one of one's own devices out.
///
/// # Errors
/// `Rule(ConfirmFirst)`; `NotFound` for a session that has ended or is not one's own.
pub async fn revoke(services: &Services, client: &SignedClient, at: Moment, id: i64) -> Result<(), Error> {
    client.proven(at)?;
    let done = services.db.write(async |tx| {
        if !session::end(&tx, at, client.account, id, "revoked").await? {
            return Err(Error::NotFound.into());
        }
        record(&tx, at, client, "client.sessions_ended", serde_json::json!({ "session": id })).await
    });
    done.await.map_err(fault)
}

/// Signs every other device out.
///
/// # Errors
/// `Rule(ConfirmFirst)`.
pub async fn revoke_others(services: &Services, client: &SignedClient, at: Moment) -> Result<(), Error> {
    client.proven(at)?;
    let done = services.db.write(async |tx| {
        let ended = session::end_all(&tx, at, client.account, Some(client.session), "revoked").await?;
        record(&tx, at, client, "client.sessions_ended", serde_json::json!({ "ended": ended })).await
    });
    done.await.map_err(fault)
}

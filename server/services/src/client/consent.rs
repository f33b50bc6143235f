//! What a client says of the use of their data, on their own page: at once, both ways.

use super::SignedClient;
use super::account::record;
use crate::{Services, fault};
use domain::Error;
use domain::consent::{Purpose, Source};
use domain::error::Problem;
use domain::identity::{Checked, Fields};
use store::{Moment, consent, message};

/// Says yes (`given` is `1`) or no to `purpose`. With a no, messages that wait under it are called back in the same
/// transaction.
///
/// # Errors
/// `Invalid(purpose)`, also for one that ends only with the account.
pub async fn say(services: &Services, client: &SignedClient, at: Moment, fields: &Fields) -> Result<(), Error> {
    let mut form = Checked::new(fields);
    let purpose = form.need("purpose", |text| {
        Purpose::from_code(text).filter(|purpose| purpose.can_be_withdrawn()).ok_or(Problem::UnknownValue)
    });
    let purpose = form.done(purpose)?;
    let given = fields.get("given") == "1";
    let done = services.db.write(async |tx| {
        consent::say(&tx, at, client.person, purpose, given, Source::Account).await?;
        if !given {
            message::cancel(&tx, at, client.person, purpose).await?;
        }
        let action = if given { "client.consented" } else { "client.withdrew" };
        record(&tx, at, client, action, serde_json::json!({ "purpose": purpose, "version": purpose.version() })).await
    });
    done.await.map_err(fault)
}

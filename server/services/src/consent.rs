//! What clients said of the use of their data, for the people of the firm who answer for it.

use crate::identity::Signed;
use crate::{Services, fault};
use domain::Error;
use domain::access::{Action, allow};
use domain::consent::{ConsentRow, Purpose};

/// Consents on one page.
pub const PAGE: u32 = 50;

/// The consents that were given, for one use or for all, the newest first; `before` is the last row of the page before.
/// Nobody is named: whose they are is told by a masked number.
///
/// # Errors
/// `Forbidden`.
pub async fn list(
    services: &Services,
    signed: &Signed,
    purpose: Option<Purpose>,
    before: Option<i64>,
) -> Result<Vec<ConsentRow>, Error> {
    if !allow(&signed.actor, Action::ReadConsents) {
        return Err(Error::Forbidden);
    }
    store::consent::given(&services.db, &signed.scope(), purpose, before, PAGE).await.map_err(fault)
}

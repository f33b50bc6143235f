//! What a person is told of inside the product.

use super::Signed;
use crate::{Services, fault};
use domain::Error;
use domain::identity::Notice;
use store::Moment;
use store::identity::notice;

/// Notices on one page.
pub const PAGE: u32 = 30;

/// One's own notices, the newest first; those before a number.
///
/// # Errors
/// `Internal`.
pub async fn list(services: &Services, signed: &Signed, before: Option<i64>) -> Result<Vec<Notice>, Error> {
    let before = before.unwrap_or(i64::MAX);
    notice::list(&services.db, &signed.scope(), signed.account, before, PAGE).await.map_err(fault)
}

/// How many were not read.
///
/// # Errors
/// `Internal`.
pub async fn unread(services: &Services, signed: &Signed) -> Result<i64, Error> {
    notice::unread(&services.db, &signed.scope(), signed.account).await.map_err(fault)
}

/// Marks one's own notices up to a number as read.
///
/// # Errors
/// `Internal`.
pub async fn read_up_to(services: &Services, signed: &Signed, at: Moment, id: i64) -> Result<(), Error> {
    let done = services.db.write(async |tx| notice::read_up_to(&tx, at, signed.account, id).await);
    done.await.map_err(fault)
}

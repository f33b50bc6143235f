//! The page somebody begins with after signing in, on every device.

use super::Signed;
use crate::{Services, fault};
use domain::error::Problem;
use domain::identity::{Checked, Fields};
use domain::{Error, StartPage};
use store::identity::account;

/// Keeps the page `start` with one's own account.
///
/// # Errors
/// `Invalid(start)`.
pub async fn choose(services: &Services, signed: &Signed, fields: &Fields) -> Result<(), Error> {
    let mut form = Checked::new(fields);
    let start = form.need("start", |text| StartPage::from_code(text).ok_or(Problem::UnknownValue));
    let start = form.done(start)?;
    let done = services.db.write(async |tx| account::set_start(&tx, signed.account, start).await);
    done.await.map_err(fault)
}

//! Proof that what is stored hangs together, for a person and for a machine.

use domain::access::Actor;
use serde::Serialize;
use store::{Db, Scope, StoreResult};

pub use store::verify::Check;

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Verification {
    /// Whether every check is well.
    pub ok: bool,
    /// The checks, each with its faults.
    pub checks: Vec<Check>,
}

impl Verification {
    /// A verdict on these checks.
    pub fn of(checks: Vec<Check>) -> Self {
        Self { ok: checks.iter().all(|check| check.ok), checks }
    }
}

/// Looks at everything and changes nothing; others may go on writing. Takes seconds for 100,000 listings.
pub async fn run(db: &Db, actor: &Actor) -> StoreResult<Verification> {
    let mut checks = store::verify::checks(db, &Scope::of(actor)).await?;
    checks.push(crate::trail::kept_heads(db, actor).await?);
    Ok(Verification::of(checks))
}

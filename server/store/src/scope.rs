//! Whose eyes a query looks through.

use domain::access::Actor;

/// What an actor may see; the first argument of every query. There is no query without one.
#[derive(Clone, Debug)]
pub struct Scope {
    all: bool,
}

impl Scope {
    /// The scope of an actor.
    pub fn of(actor: &Actor) -> Self {
        Self { all: matches!(actor, Actor::System { .. }) }
    }

    /// What anybody may see.
    pub fn public() -> Self {
        Self::of(&Actor::Visitor)
    }

    /// The condition on `listing l` that this scope adds.
    pub(crate) fn listings(&self) -> &'static str {
        if self.all { "1 = 1" } else { "l.state IN ('active', 'under_offer')" }
    }
}

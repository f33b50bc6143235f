//! Whose eyes a query looks through.

use domain::access::{Action, Actor, Reach, reach};

/// What an actor may see; the first argument of every query. There is no query without one.
#[derive(Clone, Debug)]
pub struct Scope {
    actor: Actor,
}

impl Scope {
    /// The scope of an actor.
    pub fn of(actor: &Actor) -> Self {
        Self { actor: actor.clone() }
    }

    /// What anybody may see.
    pub fn public() -> Self {
        Self::of(&Actor::Visitor)
    }

    /// Who looks.
    pub(crate) fn actor(&self) -> &Actor {
        &self.actor
    }

    /// The condition on `listing l` that this scope adds.
    pub(crate) fn listings(&self) -> &'static str {
        if matches!(self.actor, Actor::System { .. }) { "1 = 1" } else { "l.state IN ('active', 'under_offer')" }
    }

    /// The condition on `staff s` for doing this to them.
    pub(crate) fn staff(&self, action: Action) -> String {
        self.staff_as("s", action)
    }

    /// The same for `staff` under another name.
    pub(crate) fn staff_as(&self, s: &str, action: Action) -> String {
        match (reach(&self.actor, action), &self.actor) {
            (Some(Reach::Firm), Actor::Staff(_) | Actor::Key(_) | Actor::System { .. }) => "1 = 1".to_owned(),
            (Some(reach), Actor::Staff(member)) => match (reach, member.team) {
                (Reach::Team, Some(team)) => format!("({s}.id = {} OR {s}.team_id = {team})", member.staff),
                (Reach::Own | Reach::Team, _) => format!("{s}.id = {}", member.staff),
                (Reach::Store | Reach::Firm, _) => format!("{s}.store_id = {}", member.store),
            },
            _ => "1 = 0".to_owned(),
        }
    }
}

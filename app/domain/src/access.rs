//! Who may do what, as data. Services enforce with [`allow`], pages hide with it.

use serde::{Deserialize, Serialize};

/// Who acts. Built from a session, or by a job that names its reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Actor {
    /// Anybody on the public site.
    Visitor,
    /// The system itself: a job or a command on the machine. The reason goes into the audit trail.
    System {
        /// Why it acts, such as `import` or `demo`.
        reason: String,
    },
}

impl Actor {
    /// The system, acting for this reason.
    pub fn system(reason: impl Into<String>) -> Self {
        Self::System { reason: reason.into() }
    }

    /// How the audit trail names the actor.
    pub fn audit_name(&self) -> String {
        match self {
            Self::Visitor => "visitor".to_owned(),
            Self::System { reason } => format!("system:{reason}"),
        }
    }
}

coded_enum! {
    /// Something that can be done, as far as it exists today.
    Action {
        /// Read published listings and places.
        ReadPublic = "read_public",
        /// Take in listings or communities from a file.
        Import = "import",
        /// Change a listing's price.
        ChangePrice = "change_price",
        /// Move a listing to another state.
        ChangeListingState = "change_listing_state",
    }
}

/// Whether the actor may do this. Pure and total: what is not named is refused.
pub const fn allow(actor: &Actor, action: Action) -> bool {
    match (actor, action) {
        (_, Action::ReadPublic) | (Actor::System { .. }, _) => true,
        (Actor::Visitor, Action::Import | Action::ChangePrice | Action::ChangeListingState) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn visitors_only_read() {
        for action in Action::ALL {
            assert_eq!(allow(&Actor::Visitor, *action), *action == Action::ReadPublic, "{action}");
            assert!(allow(&Actor::system("test"), *action));
        }
    }
}

//! The second factor as a duty: which roles must have one, and how long they may take to set it up (ASVS 5.0, V6.3.3).

use crate::access::Role;

/// The most days that may be given to set a second factor up.
pub const GRACE_MOST: i64 = 90;
const DAY_MS: i64 = 86_400_000;

/// Who must have a second factor. Kept as `admin,director;7;1795600000000`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SecondDuty {
    /// Roles that must have one; none means nobody must.
    pub roles: Vec<Role>,
    /// Days to set it up.
    pub days: i64,
    /// When this began to hold, milliseconds UTC.
    pub since_ms: i64,
}

impl SecondDuty {
    /// Reads what was kept; `None` for what this never wrote.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split(';');
        let roles = parts.next()?.split(',').filter(|word| !word.is_empty()).map(Role::from_code);
        let duty = Self {
            roles: roles.collect::<Option<_>>()?,
            days: parts.next()?.parse().ok()?,
            since_ms: parts.next()?.parse().ok()?,
        };
        parts.next().is_none().then_some(duty)
    }

    /// As it is kept.
    pub fn text(&self) -> String {
        let roles: Vec<&str> = self.roles.iter().map(|role| role.code()).collect();
        format!("{};{};{}", roles.join(","), self.days, self.since_ms)
    }

    /// The moment from which somebody with these roles, whose account was opened at `opened_ms`, comes in with a second
    /// factor alone; `None` where they need none.
    pub fn due_ms(&self, roles: &[Role], opened_ms: i64) -> Option<i64> {
        let bound = roles.iter().any(|role| self.roles.contains(role));
        bound.then(|| self.since_ms.max(opened_ms) + self.days * DAY_MS)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_duty_is_read_as_it_was_written_and_nothing_else_is() {
        let duty = SecondDuty { roles: vec![Role::Admin, Role::Finance], days: 7, since_ms: 42 };
        assert_eq!(SecondDuty::parse(&duty.text()), Some(duty));
        assert_eq!(SecondDuty::parse(&SecondDuty::default().text()), Some(SecondDuty::default()));
        for bad in ["", "admin", "admin;7", "wizard;7;1", "admin;x;1", "admin;7;1;2"] {
            assert_eq!(SecondDuty::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn the_days_count_from_the_rule_or_from_the_account_whichever_is_later() {
        let duty = SecondDuty { roles: vec![Role::Admin], days: 2, since_ms: 100 };
        assert_eq!(duty.due_ms(&[Role::Agent], 0), None);
        assert_eq!(duty.due_ms(&[Role::Agent, Role::Admin], 0), Some(100 + 2 * DAY_MS));
        assert_eq!(duty.due_ms(&[Role::Admin], 500), Some(500 + 2 * DAY_MS));
        assert_eq!(SecondDuty { days: 0, ..duty }.due_ms(&[Role::Admin], 0), Some(100), "no days: at once");
    }
}

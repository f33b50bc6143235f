//! The permission table. Pages show it as it stands here, and `access_table` of the services prints it.

use super::{Action, Reach, Role};

/// Every right a role has, and how far it reaches.
pub const TABLE: &[(Role, Action, Reach)] = &[
    (Role::Agent, Action::EditPhotos, Reach::Firm),
    (Role::Agent, Action::ReadStaff, Reach::Store),
    (Role::Agent, Action::ReadRecord, Reach::Own),
    (Role::Agent, Action::ReadReveals, Reach::Own),
    (Role::Manager, Action::EditPhotos, Reach::Firm),
    (Role::Manager, Action::ReadStaff, Reach::Store),
    (Role::Manager, Action::ReadRecord, Reach::Store),
    (Role::Manager, Action::RevealStaff, Reach::Store),
    (Role::Manager, Action::HandOver, Reach::Store),
    (Role::Manager, Action::ReadReveals, Reach::Store),
    (Role::Officer, Action::ReadStaff, Reach::Store),
    (Role::Officer, Action::ReadRecord, Reach::Own),
    (Role::Officer, Action::ReadReveals, Reach::Own),
    (Role::Finance, Action::ReadStaff, Reach::Firm),
    (Role::Finance, Action::ReadRecord, Reach::Own),
    (Role::Finance, Action::ReadReveals, Reach::Own),
    (Role::Service, Action::ReadStaff, Reach::Firm),
    (Role::Service, Action::ReadRecord, Reach::Own),
    (Role::Service, Action::ReadReveals, Reach::Own),
    (Role::Service, Action::ReadConsents, Reach::Firm),
    (Role::Hr, Action::ReadStaff, Reach::Firm),
    (Role::Hr, Action::ReadRecord, Reach::Firm),
    (Role::Hr, Action::WriteRecord, Reach::Firm),
    (Role::Hr, Action::RevealStaff, Reach::Firm),
    (Role::Hr, Action::HandOver, Reach::Firm),
    (Role::Hr, Action::ReadReveals, Reach::Own),
    (Role::Director, Action::EditPhotos, Reach::Firm),
    (Role::Director, Action::ReadStaff, Reach::Firm),
    (Role::Director, Action::ReadRecord, Reach::Firm),
    (Role::Director, Action::RevealStaff, Reach::Firm),
    (Role::Director, Action::ReadAudit, Reach::Firm),
    (Role::Director, Action::ReadReveals, Reach::Firm),
    (Role::Director, Action::ReadRetention, Reach::Firm),
    (Role::Director, Action::ReadConsents, Reach::Firm),
    (Role::Admin, Action::ReadStaff, Reach::Firm),
    (Role::Admin, Action::ReadRecord, Reach::Firm),
    (Role::Admin, Action::WriteRecord, Reach::Firm),
    (Role::Admin, Action::ManageAccounts, Reach::Firm),
    (Role::Admin, Action::ManageStores, Reach::Firm),
    (Role::Admin, Action::ManageFirm, Reach::Firm),
    (Role::Admin, Action::HandOver, Reach::Firm),
    (Role::Admin, Action::ReadAudit, Reach::Firm),
    (Role::Admin, Action::ReadReveals, Reach::Firm),
    (Role::Admin, Action::ManageKeys, Reach::Firm),
    (Role::Admin, Action::ManageMessages, Reach::Firm),
    (Role::Admin, Action::ReadRetention, Reach::Firm),
    (Role::Admin, Action::ReadConsents, Reach::Firm),
];

/// How far a right of a role reaches; `None` without the right.
pub fn reach_of(role: Role, action: Action) -> Option<Reach> {
    TABLE.iter().find(|(r, a, _)| (*r, *a) == (role, action)).map(|(_, _, reach)| *reach)
}

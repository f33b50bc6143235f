//! Roles, rights and states in the words of a language.

use crate::texts::{rights as text, staff};
use domain::Lang;
use domain::access::{Action, Reach, Role};
use domain::identity::{AccountState, Education, NoticeKind, RevealedField};
use leptos::prelude::*;
use ui::{Tag, TagKind};

/// What somebody is there for.
pub(crate) const fn role(lang: Lang, role: Role) -> &'static str {
    match role {
        Role::Agent => text::role_agent(lang),
        Role::Manager => text::role_manager(lang),
        Role::Officer => text::role_officer(lang),
        Role::Finance => text::role_finance(lang),
        Role::Service => text::role_service(lang),
        Role::Hr => text::role_hr(lang),
        Role::Director => text::role_director(lang),
        Role::Admin => text::role_admin(lang),
    }
}

/// Roles as tags.
pub(crate) fn role_tags(lang: Lang, roles: &[Role], kind: TagKind) -> AnyView {
    let tags: Vec<_> = roles
        .iter()
        .map(|role| {
            let word = self::role(lang, *role);
            view! { <Tag kind=kind>{word}</Tag> }
        })
        .collect();
    tags.into_any()
}

/// What can be done.
pub(crate) const fn action(lang: Lang, action: Action) -> &'static str {
    match action {
        Action::ReadPublic => text::action_read_public(lang),
        Action::Import => text::action_import(lang),
        Action::ChangePrice => text::action_change_price(lang),
        Action::ChangeListingState => text::action_change_listing_state(lang),
        Action::EditPhotos => text::action_edit_photos(lang),
        Action::ReadStaff => text::action_read_staff(lang),
        Action::ReadRecord => text::action_read_record(lang),
        Action::WriteRecord => text::action_write_record(lang),
        Action::RevealStaff => text::action_reveal_staff(lang),
        Action::ManageAccounts => text::action_manage_accounts(lang),
        Action::ManageStores => text::action_manage_stores(lang),
        Action::ManageFirm => text::action_manage_firm(lang),
        Action::HandOver => text::action_hand_over(lang),
        Action::ReadAudit => text::action_read_audit(lang),
        Action::ReadReveals => text::action_read_reveals(lang),
        Action::ManageKeys => text::action_manage_keys(lang),
        Action::ManageMessages => text::action_manage_messages(lang),
        Action::ReadRetention => text::action_read_retention(lang),
        Action::ReadConsents => text::action_read_consents(lang),
        Action::UseClientAccount => text::action_use_client_account(lang),
    }
}

/// Whose rows a right reaches.
pub(crate) const fn reach(lang: Lang, reach: Reach) -> &'static str {
    match reach {
        Reach::Own => text::reach_own(lang),
        Reach::Team => text::reach_team(lang),
        Reach::Store => text::reach_store(lang),
        Reach::Firm => text::reach_firm(lang),
    }
}

/// Schooling.
pub(crate) const fn education(lang: Lang, education: Education) -> &'static str {
    match education {
        Education::School => staff::education_school(lang),
        Education::College => staff::education_college(lang),
        Education::Bachelor => staff::education_bachelor(lang),
        Education::Master => staff::education_master(lang),
    }
}

/// Whether somebody can sign in.
pub(crate) const fn account(lang: Lang, state: AccountState) -> &'static str {
    match state {
        AccountState::Invited => staff::account_invited(lang),
        AccountState::Active => staff::account_active(lang),
        AccountState::Disabled => staff::account_disabled(lang),
    }
}

/// A number that is shown masked.
pub(crate) const fn number(lang: Lang, field: RevealedField) -> &'static str {
    match field {
        RevealedField::Phone => staff::phone(lang),
        RevealedField::IdNumber => staff::id_number(lang),
    }
}

/// What somebody is told.
pub(crate) fn notice(lang: Lang, kind: NoticeKind, about: &str) -> String {
    match kind {
        NoticeKind::NewDevice => text::notice_new_device(lang, about),
        NoticeKind::PasswordChanged => text::notice_password_changed(lang).to_owned(),
        NoticeKind::RolesChanged => text::notice_roles_changed(lang).to_owned(),
        NoticeKind::UnusualReveals => text::notice_unusual_reveals(lang, about),
        NoticeKind::SecondFactorOff => text::notice_second_factor_off(lang).to_owned(),
        NoticeKind::NewPasskey => text::notice_new_passkey(lang, about),
        NoticeKind::PasskeyRemoved => text::notice_passkey_removed(lang, about),
        NoticeKind::LicenceEnds => text::notice_licence_ends(lang, about),
        NoticeKind::HandedOver => text::notice_handed_over(lang, about),
        NoticeKind::MessagesDead => text::notice_messages_dead(lang).to_owned(),
    }
}

/// The time of day of a moment in the firm's zone: `14:05`.
pub(crate) fn hour(at_ms: i64) -> String {
    let moment = moment(at_ms);
    moment.split_once(' ').map_or_else(String::new, |(_, hour)| hour.to_owned())
}

/// A moment in the firm's zone: `2026-11-24 14:05`.
pub(crate) fn moment(at_ms: i64) -> String {
    services::clock(services::Moment(at_ms))
}

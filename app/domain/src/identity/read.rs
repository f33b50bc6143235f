//! What pages show of people, accounts and the trail. Numbers are masked by the server before they come here.

use crate::access::{KeyRight, Role};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

coded_enum! {
    /// Whether a person works here.
    StaffState {
        /// 在职.
        Active = "active",
        /// 已离职.
        Left = "left",
    }
}

coded_enum! {
    /// Whether somebody can sign in.
    AccountState {
        /// The link to choose a password is out.
        Invited = "invited",
        /// Signs in.
        Active = "active",
        /// Closed.
        Disabled = "disabled",
    }
}

coded_enum! {
    /// The highest schooling (学历).
    Education {
        /// 高中及以下.
        School = "school",
        /// 大专.
        College = "college",
        /// 本科.
        Bachelor = "bachelor",
        /// 硕士及以上.
        Master = "master",
    }
}

coded_enum! {
    /// A number that is shown masked.
    RevealedField {
        /// Telephone.
        Phone = "phone",
        /// Identity number (身份证号).
        IdNumber = "id_number",
    }
}

coded_enum! {
    /// How somebody came to a person by a number that is shown masked.
    Look {
        /// Saw the telephone in full.
        Phone = "phone",
        /// Saw the identity number in full.
        IdNumber = "id_number",
        /// Called through a virtual number, and saw nothing.
        Call = "call",
    }
}

coded_enum! {
    /// What a person is told of.
    NoticeKind {
        /// Signed in on a device that was not seen before.
        NewDevice = "new_device",
        /// The password was changed.
        PasswordChanged = "password_changed",
        /// The roles were changed.
        RolesChanged = "roles_changed",
        /// Somebody looks at unusually many numbers.
        UnusualReveals = "unusual_reveals",
        /// An administrator took the second factor away.
        SecondFactorOff = "second_factor_off",
        /// A passkey was added.
        NewPasskey = "new_passkey",
        /// A passkey was removed.
        PasskeyRemoved = "passkey_removed",
        /// A licence ends, one's own or that of somebody who reports to one.
        LicenceEnds = "licence_ends",
        /// Something was handed over from a person who left.
        HandedOver = "handed_over",
        /// Messages were given up.
        MessagesDead = "messages_dead",
    }
}

/// A person in the directory.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Colleague {
    /// Public number, such as `YG-0007`.
    pub code: String,
    /// Name.
    pub name: String,
    /// 岗位, in the firm's own words.
    pub position: String,
    /// The store's public number and name.
    pub store: (String, String),
    /// The team's name.
    pub team: Option<String>,
    /// Public number and name of the one they report to.
    pub manager: Option<(String, String)>,
    /// Roles of the account; empty without one.
    pub roles: Vec<Role>,
    /// Whether they work here.
    pub state: StaffState,
    /// The account, if there is one.
    pub account: Option<AccountState>,
}

/// A person's record, as far as the reader may see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profile {
    /// As in the directory.
    pub colleague: Colleague,
    /// What they sign in with.
    pub login: Option<String>,
    /// Whether signing in asks for a second factor.
    pub second_factor: bool,
    /// The record; absent for readers of the directory only.
    pub record: Option<Record>,
    /// Version for the next change.
    pub version: i64,
}

/// The record (档案).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// Masked telephone.
    pub phone: Option<String>,
    /// Masked identity number.
    pub id_number: Option<String>,
    /// 经纪人登记号 of the person's licence.
    pub licence_no: Option<String>,
    /// Last day the licence holds.
    pub licence_until: Option<NaiveDate>,
    /// First day at the firm.
    pub hired_on: Option<NaiveDate>,
    /// Last day at the firm.
    pub left_on: Option<NaiveDate>,
    /// Schooling.
    pub education: Option<Education>,
    /// Work history, a line an employer.
    pub history: String,
    /// Skills, in the firm's own words.
    pub skills: String,
}

/// A store.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoreCard {
    /// Public number, such as `MD-02`.
    pub code: String,
    /// Name.
    pub name: String,
    /// Street and number.
    pub address: String,
    /// The store's public telephone.
    pub phone: String,
    /// Teams with the number of their people.
    pub teams: Vec<(String, u32)>,
    /// People who work there.
    pub people: u32,
    /// Whether it is closed.
    pub closed: bool,
    /// Version for the next change.
    pub version: i64,
}

/// Stores and people, for the chart.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Organisation {
    /// Name of the firm.
    pub firm: String,
    /// Stores, each with its people.
    pub stores: Vec<(StoreCard, Vec<Colleague>)>,
}

/// A device somebody is signed in on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Device {
    /// Number of the session, for revoking it.
    pub id: i64,
    /// Browser and system.
    pub name: String,
    /// Network address.
    pub address: String,
    /// Signed in at, milliseconds UTC.
    pub since_ms: i64,
    /// Last seen at, milliseconds UTC.
    pub seen_ms: i64,
    /// Whether it is the one asking.
    pub here: bool,
}

/// A passkey (通行密钥) of one's own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passkey {
    /// Row number, for removing it.
    pub id: i64,
    /// What its owner calls it.
    pub name: String,
    /// The name of the site it is good for.
    pub site: String,
    /// Made at, milliseconds UTC.
    pub made_ms: i64,
    /// Last used at, milliseconds UTC.
    pub used_ms: Option<i64>,
}

/// One line of the audit trail.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditRow {
    /// Number of the line.
    pub id: i64,
    /// Milliseconds UTC.
    pub at_ms: i64,
    /// As [`crate::access::Actor::audit_name`] writes it.
    pub actor: String,
    /// From which network address.
    pub from: String,
    /// What was done, such as `staff.changed`.
    pub action: String,
    /// To which kind of thing.
    pub subject: String,
    /// To which one.
    pub subject_id: i64,
    /// Before and after, as JSON without personal data.
    pub detail: String,
}

/// One look at a masked number, or one call instead.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RevealRow {
    /// Milliseconds UTC.
    pub at_ms: i64,
    /// Who looked: public number and name.
    pub by: (String, String),
    /// At whose number: public number and name.
    pub of: (String, String),
    /// At which, or a call.
    pub look: Look,
    /// Why; empty for a call.
    pub reason: String,
}

/// A key of the programming interface.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApiKey {
    /// Row number.
    pub id: i64,
    /// What the firm calls it.
    pub name: String,
    /// What it is good for.
    pub rights: Vec<KeyRight>,
    /// Made at, milliseconds UTC.
    pub created_ms: i64,
    /// Good until, milliseconds UTC.
    pub expires_ms: i64,
    /// Whether it was revoked.
    pub revoked: bool,
}

/// Something a person is told of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// Number.
    pub id: i64,
    /// What it is.
    pub kind: NoticeKind,
    /// The name or number it speaks of.
    pub about: String,
    /// The page it leads to.
    pub href: String,
    /// Milliseconds UTC.
    pub at_ms: i64,
    /// Whether it was read.
    pub read: bool,
}

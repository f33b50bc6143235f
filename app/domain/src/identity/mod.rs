//! People of the firm, their accounts, and what is asked of names, numbers and passwords.

mod days;
mod duty;
mod form;
mod number;
mod password;
mod read;
mod text;

pub use days::RecordDays;
pub use duty::{GRACE_MOST, SecondDuty};
pub use form::{Checked, Fields};
pub use number::{IdNumber, Phone};
pub use password::{PASSWORD_LONGEST, PASSWORD_SHORTEST, password_fits};
pub use read::{
    AccountState, ApiKey, AuditRow, Colleague, Device, Education, Look, Notice, NoticeKind, Organisation, Passkey,
    Profile, Record, RevealRow, RevealedField, StaffState, StoreCard,
};
pub use text::{Login, person_name, plain_text};

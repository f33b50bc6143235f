//! Use cases on real databases: SQLite, and PostgreSQL where `MENPAI_TEST_POSTGRES` names one.

mod backup;
mod community;
mod files;
mod firm;
mod identity;
mod import;
mod kept;
mod listing;
mod media;
mod papers;
mod once;
mod passkey;
mod people;
mod staff;
mod verify;

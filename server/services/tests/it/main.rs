//! Use cases on real databases: SQLite, and PostgreSQL where `MENPAI_TEST_POSTGRES` names one.

mod backup;
mod client;
mod community;
mod device;
mod dial;
mod duty;
mod factors;
mod files;
mod firm;
mod identity;
mod import;
mod kept;
mod listing;
mod media;
mod message;
mod once;
mod papers;
mod passkey;
mod people;
mod retention;
mod reveal;
mod staff;
mod trail;
mod verify;

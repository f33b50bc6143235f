//! Rows and queries. Besides the migrations this is the only crate that names the database library.
//!
//! Every read takes a [`Scope`], which only an actor can make; every write goes through [`Db::write`].

pub mod attachment;
pub mod audit;
pub mod backup;
pub mod client;
pub mod community;
pub mod consent;
pub mod file;
pub mod gallery;
pub mod identity;
pub mod import;
pub mod listing;
pub mod media;
pub mod message;
pub mod once;
pub mod outbox;
pub mod place;
pub mod retention;
pub mod rotate;
pub mod sale;
pub mod setting;
pub mod staff;
pub mod tls;
pub mod verify;

mod clock;
mod db;
mod error;
mod key;
mod lease;
mod number;
mod posted;
mod row;
mod scope;

pub use clock::Moment;
pub use db::{Db, Engine, Location, Tx};
pub use error::{StoreError, StoreResult, Told};
pub use key::{Keys, OwnKey};
pub use number::Sequence;
pub use posted::Posted;
pub use scope::Scope;

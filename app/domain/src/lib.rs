//! What browser and server share: ids, money, areas, stages, rules, filters, read models and error codes.
//!
//! This crate never does I/O, never reads a clock, draws no random number and holds no localized text.
//! It compiles for the browser and natively, fast.

#[macro_use]
mod coded;

pub mod access;
pub mod area;
pub mod attachment;
pub mod client;
pub mod community;
pub mod consent;
pub mod error;
pub mod geo;
pub mod identity;
pub mod lang;
pub mod listing;
pub mod live;
pub mod loan;
pub mod media;
pub mod message;
pub mod metro;
pub mod money;
pub mod place;
pub mod retention;
pub mod sale;
pub mod saved;
pub mod shape;
pub mod slug;

pub use area::{Area, UnitPrice};
pub use error::{Error, FieldError, Rule};
pub use lang::{Lang, StartPage, Theme};
pub use money::Fen;
pub use slug::{ListingCode, Slug};

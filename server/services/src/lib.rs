//! Use cases, one file each. No web framework, no page, no database library here.

pub mod backup;
pub mod city;
pub mod client;
pub mod community;
pub mod consent;
pub mod copy;
pub mod demo;
pub mod firm;
pub mod identity;
pub mod import;
pub mod listing;
pub mod live;
pub mod loan;
pub mod map;
pub mod media;
pub mod message;
pub mod once;
pub mod picture;
pub mod retention;
pub mod rotate;
pub mod sale;
pub mod saved;
pub mod search;
pub mod share;
pub mod sitemap;
pub mod staff;
pub mod tour;
pub mod trail;
pub mod verify;

mod cards;
mod service;

pub use service::{Services, clock, fault};
pub use store::{Moment, Scope};

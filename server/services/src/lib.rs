//! Use cases, one file each. No web framework, no page, no database library here.

pub mod backup;
pub mod city;
pub mod demo;
pub mod identity;
pub mod import;
pub mod listing;
pub mod live;
pub mod picture;
pub mod rotate;
pub mod search;
pub mod staff;
pub mod trail;
pub mod verify;

mod cards;
mod service;

pub use service::{Services, clock, fault};
pub use store::{Moment, Scope};

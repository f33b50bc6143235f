//! The catalogue against its plain twin, and within its bounds.

mod agreement;
mod changes;
mod kept;
mod places;
mod relaxations;
mod twin;
mod work;
mod world;

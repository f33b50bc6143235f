//! Messages that leave the house. They are queued in the transaction of what they tell, and a job sends them: it claims
//! a message, sends it, and says what became of it. Twice the same job, or a job on every node, sends it once, unless
//! one dies between sending and saying so; the number of the message lets the other side tell.

mod queue;
mod read;
mod send;

pub use queue::{Draft, cancel, forget_person, queue};
pub use read::{figures, is_due, list, of_person};
pub use send::{Claimed, again, claim, settle};

/// What addresses are sealed for.
pub(crate) const TO: &str = "message.to";
/// What contents are sealed for.
pub(crate) const LETTER: &str = "message.letter";

//! Listings: taking them in, changing them, reading them for the public.

mod change;
mod new;
mod read;

pub use change::{Change, Edit, Offer, change, offer};
pub use new::{BuildingFacts, NewHome, NewListing, NewRoom, RoomNumber, insert, room_key};
pub use read::{CardRow, Found, addresses, by_codes, cards, find};

pub(crate) use read::{CARD, FROM, card, code, coded, coded_option};

//! Listings: taking them in, changing them, reading them for the public.

mod change;
mod new;
mod read;

pub use change::{change_price, change_state};
pub use new::{BuildingFacts, NewHome, NewListing, NewRoom, RoomNumber, insert};
pub use read::{CardRow, Found, addresses, by_codes, cards, find};

pub(crate) use read::{CARD, FROM, card, coded, coded_option};

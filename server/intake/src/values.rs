//! What single cells say: units, words and joined fields.
//!
//! Every parser takes a cleaned text (no full-width forms, single spaces) and never guesses: what it does not
//! know is [`Reading::Unreadable`].

pub mod area;
pub mod code;
pub mod date;
pub mod facing;
pub mod facts;
pub mod floor;
pub mod layout;
pub mod lift;
pub mod money;
pub mod number;
pub mod place;
pub mod words;

/// What came of reading a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reading<T> {
    /// The value.
    Known(T),
    /// The cell is empty or says that nothing is known.
    Unknown,
    /// Something stands there that is not understood.
    Unreadable,
}

impl<T> Reading<T> {
    /// The value, if there is one.
    pub fn known(self) -> Option<T> {
        match self {
            Self::Known(value) => Some(value),
            Self::Unknown | Self::Unreadable => None,
        }
    }

    /// Whether there is a value.
    pub const fn is_known(&self) -> bool {
        matches!(self, Self::Known(_))
    }

    /// The value as something else.
    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> Reading<U> {
        match self {
            Self::Known(value) => Reading::Known(f(value)),
            Self::Unknown => Reading::Unknown,
            Self::Unreadable => Reading::Unreadable,
        }
    }

    /// A value where there is one, else unreadable.
    pub fn from_option(value: Option<T>) -> Self {
        value.map_or(Self::Unreadable, Self::Known)
    }
}

/// The text as a reading: unknown where it says so, else what the parser makes of it.
fn read<'t, T>(text: &'t str, parse: impl FnOnce(&'t str) -> Option<T>) -> Reading<T> {
    if crate::text::is_unknown(text) { Reading::Unknown } else { Reading::from_option(parse(text)) }
}

/// Whether a cleaned text is a number, a date or a number with a unit: what stands in rows and not in headers.
pub fn is_measure(text: &str) -> bool {
    let bare = money::Unit::Yuan;
    text.starts_with(|c: char| c.is_ascii_digit() || c == '¥')
        && (money::price(text, bare).is_known()
            || money::unit_price(text, bare).is_known()
            || area::area(text).is_known()
            || layout::layout(text).is_known()
            || date::date(text).is_known()
            || text.bytes().all(|b| b.is_ascii_digit()))
}

//! The meaning of a colour. Colour never speaks alone: each tone also has an icon.

use crate::Glyph;

/// What a part wants to say: nothing special, good, watch out, wrong.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    #[default]
    Neutral,
    Ok,
    Warn,
    Bad,
}

impl Tone {
    /// The icon that repeats the tone for those who do not see its colour.
    pub const fn glyph(self) -> Glyph {
        match self {
            Self::Neutral => Glyph::Info,
            Self::Ok => Glyph::Check,
            Self::Warn | Self::Bad => Glyph::Warn,
        }
    }

    pub(crate) const fn class(self) -> &'static str {
        match self {
            Self::Neutral => "",
            Self::Ok => "ok",
            Self::Warn => "warn",
            Self::Bad => "bad",
        }
    }
}

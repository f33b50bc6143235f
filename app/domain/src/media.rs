//! Photos and films of homes: what is taken in, what is refused, and what a page needs to show them.

use crate::listing::RoomPicture;
use serde::{Deserialize, Serialize};

/// Largest photo that is taken in, in bytes.
pub const PHOTO_BYTES: usize = 20 << 20;
/// Largest photo that is taken in, in pixels.
pub const PHOTO_PIXELS: u64 = 60_000_000;
/// Least width and height of a photo, in pixels.
pub const PHOTO_LEAST: u32 = 200;
/// Largest film, in bytes.
pub const FILM_BYTES: usize = 64 << 20;
/// Photos a home may have.
pub const PHOTOS: usize = 40;
/// Panoramas a home may have.
pub const PANORAMAS: usize = 20;
/// Films a home may have.
pub const FILMS: usize = 3;
/// Longest caption, in characters.
pub const CAPTION: usize = 60;
/// Widths a photo is kept in, in pixels; a narrower one is kept as it is.
pub const WIDTHS: [u32; 3] = [320, 800, 1600];

/// Widths a panorama is kept in, in pixels: what is looked at around fills many screens.
pub const PANORAMA_WIDTHS: [u32; 3] = [800, 2048, 4096];
/// Least width of a panorama, in pixels.
pub const PANORAMA_LEAST: u32 = 2000;

/// Whether a picture of this size shows everything around, as 360° cameras write it (equirectangular): twice as wide as
/// high, to half a percent.
pub const fn is_panorama(width: u32, height: u32) -> bool {
    width >= PANORAMA_LEAST && width.abs_diff(height.saturating_mul(2)) <= width / 200
}

coded_enum! {
    /// What the bytes of a stored file are; its word ends the file's address.
    FileKind {
        /// A photo of ours: re-encoded, nothing but pixels.
        Jpeg = "jpg",
        /// A film.
        Mp4 = "mp4",
        /// A film.
        Webm = "webm",
        /// Sealed with the key of a person.
        Sealed = "sealed",
    }
}

impl FileKind {
    /// Its media type.
    pub const fn mime(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Mp4 => "video/mp4",
            Self::Webm => "video/webm",
            Self::Sealed => "application/octet-stream",
        }
    }
}

coded_enum! {
    /// Why a file was not taken in.
    Refusal {
        /// Neither a picture nor a film that we know, whatever its name says.
        Format = "format",
        /// A picture as newer telephones keep it (HEIC), which browsers do not show.
        Heic = "heic",
        /// Nothing in it.
        Empty = "empty",
        /// More bytes than allowed.
        TooLarge = "too_large",
        /// More pixels than allowed.
        TooManyPixels = "too_many_pixels",
        /// Fewer pixels than a page can show.
        TooSmall = "too_small",
        /// Broken off or damaged.
        Broken = "broken",
        /// The home, or the person, has as many as may be.
        Full = "full",
    }
}

/// What became of one file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum TakenIn {
    /// It is there now.
    Taken,
    /// It was there before; nothing was changed.
    Known,
    /// It was not taken in.
    Refused {
        /// Why.
        why: Refusal,
    },
}

/// A photo as pages show it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Photo {
    /// Address of the narrowest copy, at most 320 pixels wide.
    pub small: String,
    /// Address of the middle copy, at most 800 pixels wide.
    pub medium: String,
    /// Address of the widest copy, at most 1600 pixels wide.
    pub large: String,
    /// Pixels of the widest copy.
    pub width: u32,
    /// Pixels of the widest copy.
    pub height: u32,
    /// What somebody wrote below it; may be empty.
    pub caption: String,
    /// A few pixels of it, as a `data:` address.
    pub miniature: String,
}

impl Photo {
    /// What a browser chooses from.
    pub fn srcset(&self) -> String {
        let [small, medium, large] = WIDTHS.map(|width| width.min(self.width));
        let mut choices = vec![format!("{} {small}w", self.small)];
        for (address, width, before) in [(&self.medium, medium, small), (&self.large, large, medium)] {
            if width > before {
                choices.push(format!("{address} {width}w"));
            }
        }
        choices.join(", ")
    }
}

/// A film of a home.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Film {
    /// Its address.
    pub file: String,
    /// What it is.
    pub kind: FileKind,
    /// What it shows before it plays.
    pub poster: Option<String>,
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
    /// What somebody wrote below it; may be empty.
    pub caption: String,
}

/// A photo or film as those see it who keep them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// Row number.
    pub id: i64,
    /// What it shows, and the how-manieth of its kind.
    pub room: (RoomPicture, u8),
    /// Rises with every change.
    pub version: i64,
    /// What it is.
    pub shown: Shown,
}

/// Either of the two.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shown {
    /// A photo.
    Photo(Photo),
    /// A picture of everything around, at [`PANORAMA_WIDTHS`].
    Panorama(Photo),
    /// A film.
    Film(Film),
}

#[cfg(test)]
mod tests {
    use super::*;

    fn photo(width: u32) -> Photo {
        let [small, medium, large] = ["/s", "/m", "/l"].map(str::to_owned);
        Photo { small, medium, large, width, height: 900, caption: String::new(), miniature: String::new() }
    }

    #[test]
    fn what_is_twice_as_wide_as_high_and_large_shows_everything_around() {
        for (width, height, around) in [
            (4096, 2048, true),
            (2000, 1000, true),
            (6080, 3040, true),
            (4000, 2010, true),
            (4000, 2011, false),
            (1998, 999, false),
            (4032, 3024, false),
            (2000, 0, false),
        ] {
            assert_eq!(is_panorama(width, height), around, "{width} × {height}");
        }
    }

    #[test]
    fn a_browser_is_offered_no_width_twice() {
        assert_eq!(photo(1600).srcset(), "/s 320w, /m 800w, /l 1600w");
        assert_eq!(photo(1000).srcset(), "/s 320w, /m 800w, /l 1000w");
        assert_eq!(photo(800).srcset(), "/s 320w, /m 800w");
        assert_eq!(photo(300).srcset(), "/s 300w");
    }
}

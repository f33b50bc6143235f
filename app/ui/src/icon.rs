//! Icons from one sprite, `style/public/icons.svg`.

use leptos::prelude::*;

use crate::classes::{join, when};

macro_rules! glyphs {
    ($($name:ident = $id:literal,)+) => {
        /// An icon of the sprite.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Glyph { $($name),+ }

        impl Glyph {
            /// Every icon there is, for the catalogue.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// Address of the symbol in the sprite.
            pub const fn href(self) -> &'static str {
                match self { $(Self::$name => concat!("/icons.svg#i-", $id)),+ }
            }
        }
    };
}

glyphs! {
    ArrowDown = "adown",
    ArrowUp = "aup",
    Auto = "auto",
    Ban = "ban",
    Bell = "bell",
    Board = "board",
    Building = "building",
    Calendar = "cal",
    Camera = "camera",
    Chart = "chart",
    Chat = "chat",
    Check = "check",
    Clock = "clock",
    Compare = "compare",
    Document = "doc",
    Down = "down",
    Drop = "drop",
    Edit = "edit",
    Expand = "expand",
    External = "external",
    Eye = "eye",
    Filter = "filter",
    Globe = "globe",
    Grid = "grid",
    Heart = "heart",
    Home = "home",
    Info = "info",
    Key = "key",
    Left = "left",
    Lock = "lock",
    Map = "map",
    Menu = "menu",
    Metro = "metro",
    Mic = "mic",
    Minus = "minus",
    Moon = "moon",
    More = "more",
    Offline = "offline",
    Panorama = "pano",
    Send = "paper",
    Phone = "phone",
    Pin = "pin",
    FloorPlan = "plan",
    Play = "play",
    Plus = "plus",
    Print = "print",
    QrCode = "qr",
    Retry = "retry",
    Right = "right",
    Route = "route",
    School = "school",
    Search = "search",
    Service = "service",
    Share = "share",
    Shield = "shield",
    Sun = "sun",
    Undo = "undo",
    User = "user",
    Users = "users",
    Wallet = "wallet",
    Warn = "warn",
    Close = "x",
}

/// An icon beside a word, or inside a control that has a name. Always hidden from screen readers.
#[component]
pub fn Icon(
    glyph: Glyph,
    /// As high as the letters instead of a quarter more.
    #[prop(optional)]
    small: bool,
    #[prop(optional)] filled: bool,
) -> impl IntoView {
    view! {
        <svg class=join(&["i", when(small, "i--sm"), when(filled, "i--fill")]) aria-hidden="true">
            <use href=glyph.href()></use>
        </svg>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::html;

    #[test]
    fn every_icon_is_in_the_sprite_and_every_symbol_has_a_name() {
        let sprite = include_str!("../../../style/public/icons.svg");
        for glyph in Glyph::ALL {
            let id = glyph.href().trim_start_matches("/icons.svg#");
            assert!(sprite.contains(&format!("<symbol id=\"{id}\"")), "{id} is missing");
        }
        assert_eq!(sprite.matches("<symbol ").count(), Glyph::ALL.len());
    }

    #[test]
    fn is_hidden_from_screen_readers() {
        let html = html(|| view! { <Icon glyph=Glyph::Heart small=true/> });
        assert_eq!(html, r##"<svg aria-hidden="true" class="i i--sm"><use href="/icons.svg#i-heart"></use></svg>"##);
    }
}

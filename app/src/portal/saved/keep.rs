//! The buttons that put a home on a list.

use super::saved;
use crate::portal::words;
use crate::texts::saved as text;
use domain::Lang;
use domain::listing::Card;
use domain::saved::Shelf;
use leptos::prelude::*;
use ui::{Glyph, Icon};

/// Round buttons on the photo of a card.
#[component]
pub(crate) fn Keep(lang: Lang, card: Card) -> impl IntoView {
    let saved = saved();
    let home = words::home(lang, &card);
    let button = |shelf: Shelf| {
        let on = saved.on(shelf).contains(&card.code);
        let (glyph, label, class) = match shelf {
            Shelf::Compare => (Glyph::Compare, text::compare_home(lang, &home), "home-act cmp"),
            Shelf::Favourites => (Glyph::Heart, text::favourite_home(lang, &home), "home-act"),
        };
        view! {
            <button class=class name=shelf.code() value=if on { "off" } else { "on" } aria-pressed=on.to_string() aria-label=label.clone() title=label>
                <Icon glyph/>
            </button>
        }
    };
    view! {
        <form class="home-acts no-print" method="post" action="/saved" data-keep>
            <input type="hidden" name="code" value=card.code.to_string()/>
            {button(Shelf::Compare)}
            {button(Shelf::Favourites)}
        </form>
    }
}

/// The same with words, on the page of a home.
#[component]
pub(crate) fn KeepButtons(lang: Lang, card: Card) -> impl IntoView {
    let saved = saved();
    let button = |shelf: Shelf, glyph: Glyph, word: &'static str| {
        let on = saved.on(shelf).contains(&card.code);
        view! {
            <button class="btn btn--ghost btn--sm" name=shelf.code() value=if on { "off" } else { "on" } aria-pressed=on.to_string()>
                <Icon glyph/>{word}
            </button>
        }
    };
    view! {
        <form class="row row--1" method="post" action="/saved" data-keep>
            <input type="hidden" name="code" value=card.code.to_string()/>
            {button(Shelf::Favourites, Glyph::Heart, text::favourite(lang))}
            {button(Shelf::Compare, Glyph::Compare, text::compare(lang))}
        </form>
    }
}

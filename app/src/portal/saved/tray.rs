//! The lists in sight of every page: a link in the head, a tray from the first home to compare.

use super::saved;
use crate::texts::saved as text;
use domain::Lang;
use domain::saved::{Saved, Shelf};
use leptos::prelude::*;
use ui::{Glyph, Icon};

/// The way to the favourites, with their number.
#[component]
pub(crate) fn SavedLink(lang: Lang) -> impl IntoView {
    let n = saved().on(Shelf::Favourites).len();
    view! {
        <a class="btn btn--ghost saved-link" href="/saved" data-region="saved">
            <Icon glyph=Glyph::Heart/>
            <span class="saved-word">{text::favourites(lang)}</span>
            {(n > 0).then(|| view! { " " <span class="count num">{n}</span><span class="vh">{text::unit(lang)}</span> })}
        </a>
    }
}

/// The homes chosen for a comparison.
#[component]
pub(crate) fn Tray(lang: Lang) -> impl IntoView {
    let saved = saved();
    let chosen = saved.on(Shelf::Compare).to_vec();
    let n = chosen.len();
    let empty: Vec<_> = (n..Saved::MOST_COMPARED)
        .map(|_| view! { <li class="slot-empty only-wide" aria-hidden="true"></li> })
        .collect();
    let homes: Vec<_> = chosen
        .into_iter()
        .map(|code| {
            let code = code.to_string();
            view! {
                <li>
                    <img src=format!("/pictures/{code}/cover.svg") width="56" height="42" alt=code.clone()/>
                    <form method="post" action="/saved" data-keep>
                        <input type="hidden" name="code" value=code.clone()/>
                        <button name="compare" value="off" aria-label=text::remove(lang, code)><Icon glyph=Glyph::Close small=true/></button>
                    </form>
                </li>
            }
        })
        .collect();
    view! {
        <div data-region="tray">
            {(n > 0).then(|| view! {
                <aside class="tray no-print" aria-label=text::tray(lang)>
                    <div class="tray-in">
                        <b>{text::compare(lang)} " " <span class="num">{format!("{n}/{}", Saved::MOST_COMPARED)}</span></b>
                        <ul class="row row--2 nowrap">{homes}{empty}</ul>
                        <a class="btn btn--primary" href="/compare">{text::start(lang)}</a>
                    </div>
                </aside>
            })}
        </div>
    }
}

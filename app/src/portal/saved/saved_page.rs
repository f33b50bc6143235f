//! The homes a guest keeps, and those seen.

use super::saved;
use crate::portal::listing::HomeItem;
use crate::shell::{Frame, Head, Visit, failure};
use crate::texts::saved as text;
use domain::Lang;
use domain::listing::Card;
use domain::saved::Shelf;
use leptos::prelude::*;
use services::{Moment, Scope, Services};
use ui::Empty;

/// The page.
#[component]
pub fn SavedPage() -> impl IntoView {
    let (services, kept) = (expect_context::<Services>(), saved());
    Suspend::new(async move {
        let at = Moment::now();
        let favourites = services::saved::cards(&services, &Scope::public(), kept.on(Shelf::Favourites), at).await;
        let seen = services::saved::cards(&services, &Scope::public(), kept.seen(), at).await;
        match (favourites, seen) {
            (Ok(favourites), Ok(seen)) => {
                let gone = kept.on(Shelf::Favourites).len() - favourites.len();
                view! { <Lists favourites seen gone/> }.into_any()
            }
            (Err(error), _) | (_, Err(error)) => failure(error),
        }
    })
}

#[component]
fn Lists(favourites: Vec<Card>, seen: Vec<Card>, gone: usize) -> impl IntoView {
    let lang = Visit::current().lang;
    let head = Head { title: text::title(lang).to_owned(), ..Head::default() };
    let none = favourites.is_empty();
    let any_seen = !seen.is_empty();
    let n = favourites.len();
    view! {
        <Frame head>
            <main id="main" class="wrap lst saved-page">
                <div class="sec-h">
                    <h1>{text::title(lang)} " " <span class="num mute" data-count>{text::homes_n(lang, n)}</span></h1>
                    <p class="mute sm">{text::kept_here(lang)}</p>
                </div>
                {(gone > 0).then(|| view! { <p class="mute sm">{text::gone(lang, gone)}</p> })}
                {if none {
                    view! { <Empty title=text::none(lang)><p class="soft">{text::none_hint(lang)}</p></Empty> }.into_any()
                } else {
                    homes(lang, favourites, true)
                }}
                {any_seen.then(|| view! {
                    <section class="sec"><h2>{text::seen(lang)}</h2>{homes(lang, seen, false)}</section>
                })}
            </main>
        </Frame>
    }
}

fn homes(lang: Lang, cards: Vec<Card>, first: bool) -> AnyView {
    let items: Vec<_> = cards
        .into_iter()
        .enumerate()
        .map(|(at, card)| view! { <HomeItem lang card first=first && at < 4/> })
        .collect();
    view! { <ul class="homes">{items}</ul> }.into_any()
}

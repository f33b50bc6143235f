//! What is shown where there is no network, and the keys of every page.

use super::{Frame, Head, Visit};
use crate::texts::shell as text;
use domain::Lang;
use leptos::prelude::*;
use ui::{Empty, Level, LinkButton};

/// Kept by the service worker.
#[component]
pub fn OfflinePage() -> impl IntoView {
    let lang = Visit::current().lang;
    let head = Head { title: text::offline(lang).to_owned(), ..Head::default() };
    let actions =
        view! { <LinkButton href="/saved" kind=ui::ButtonKind::Primary>{text::offline_saved(lang)}</LinkButton> };
    view! {
        <Frame head>
            <main id="main" class="wrap">
                <Empty title=text::offline(lang) level=Level::One actions=actions.into_any()>{text::offline_hint(lang)}</Empty>
            </main>
        </Frame>
    }
}

/// The keys, opened by `?`.
#[component]
pub(super) fn Keys(lang: Lang) -> impl IntoView {
    let keys = [
        ("/", text::key_search(lang)),
        ("← → ↑ ↓", text::key_arrows(lang)),
        ("f", text::key_favourite(lang)),
        ("c", text::key_compare(lang)),
        ("Esc", text::key_close(lang)),
        ("?", text::key_help(lang)),
    ];
    let rows: Vec<_> =
        keys.into_iter().map(|(key, word)| view! { <div><dt><kbd>{key}</kbd></dt><dd>{word}</dd></div> }).collect();
    view! {
        <dialog id="keys" class="dialog" aria-labelledby="keys-title">
            <form method="dialog">
                <h2 id="keys-title">{text::keys(lang)}</h2>
                <dl class="kv keys">{rows}</dl>
                <button class="btn btn--block">{text::close(lang)}</button>
            </form>
        </dialog>
    }
}

//! Keeps a page as it is on the server: when something it shows has changed, the page is asked for again.

use leptos::prelude::*;

/// The newest message that the page being rendered is sure to contain: where the gallery stood before anything of it
/// was read. In the context of every page.
#[cfg(feature = "ssr")]
#[derive(Clone, Copy, Debug)]
pub struct AsOf(pub i64);

/// Listens to topics of the live channel and has the marked regions of the page refreshed when one is heard.
/// One a page: the next page's takes its place.
#[cfg(feature = "ssr")]
#[component]
pub fn Watch(
    /// As `domain::live::topic` writes them.
    topics: Vec<String>,
) -> impl IntoView {
    let AsOf(from) = expect_context::<AsOf>();
    view! { <Listen topics from/> }
}

/// The part of [`Watch`] in the browser.
#[island]
pub fn Listen(
    /// As `domain::live::topic` writes them.
    topics: Vec<String>,
    /// What is on the page contains everything up to here.
    from: i64,
) -> impl IntoView {
    #[cfg(feature = "hydrate")]
    browser::watch(topics, from);
    #[cfg(not(feature = "hydrate"))]
    let _ = (topics, from);
    view! { <span hidden></span> }
}

#[cfg(feature = "hydrate")]
mod browser {
    use crate::shell::live::{self, Guard};
    use std::cell::RefCell;

    thread_local! {
        static HELD: RefCell<Option<Guard>> = const { RefCell::new(None) };
    }

    pub(super) fn watch(topics: Vec<String>, from: i64) {
        let guard = live::show(topics, from, |_| refresh(), refresh);
        HELD.with(|held| held.replace(Some(guard)));
    }

    /// `navigate.js` hears this and fetches the page once more.
    fn refresh() {
        if let (Some(window), Ok(event)) = (web_sys::window(), web_sys::Event::new("menpai:refresh")) {
            let _ = window.dispatch_event(&event);
        }
    }
}

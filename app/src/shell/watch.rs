//! Keeps a page as it is on the server: when something it shows has changed, the page is asked for again.

use leptos::prelude::*;

/// Listens to topics of the live channel and has the marked regions of the page refreshed when one is heard.
/// One a page: the next page's takes its place.
#[island]
pub fn Watch(
    /// As `domain::live::topic` writes them.
    topics: Vec<String>,
) -> impl IntoView {
    #[cfg(feature = "hydrate")]
    browser::watch(topics);
    #[cfg(not(feature = "hydrate"))]
    let _ = topics;
    view! { <span hidden></span> }
}

#[cfg(feature = "hydrate")]
mod browser {
    use crate::shell::live::{self, Guard};
    use std::cell::RefCell;

    thread_local! {
        static HELD: RefCell<Option<Guard>> = const { RefCell::new(None) };
    }

    pub(super) fn watch(topics: Vec<String>) {
        let guard = live::show(topics, |_| refresh(), refresh);
        HELD.with(|held| held.replace(Some(guard)));
    }

    /// `navigate.js` hears this and fetches the page once more.
    fn refresh() {
        if let (Some(window), Ok(event)) = (web_sys::window(), web_sys::Event::new("menpai:refresh")) {
            let _ = window.dispatch_event(&event);
        }
    }
}

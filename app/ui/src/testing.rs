//! Renders a view as the server would.

use leptos::prelude::*;

/// The HTML of what `view` returns, without the markers between text nodes.
pub(crate) fn html<V: IntoView + 'static>(view: impl FnOnce() -> V) -> String {
    Owner::new().with(|| view().into_view().to_html()).replace("<!>", "")
}

//! Nothing here: the blank plate, what that means, and what to do next.

use leptos::prelude::*;

use crate::classes::{join, when};
use crate::{Level, PlateArt};

/// An empty list, or with `code` a whole page: not found, gone, failed.
#[component]
pub fn Empty(
    #[prop(into)] title: String,
    #[prop(optional)] level: Level,
    /// Status code on the plate; the block then fills the page.
    #[prop(optional, into)]
    code: Option<String>,
    /// Buttons and links.
    #[prop(optional)]
    actions: Option<AnyView>,
    #[prop(optional)] class: &'static str,
    children: Children,
) -> impl IntoView {
    let class = join(&["empty", when(code.is_some(), "empty--page"), class]);
    view! {
        <div class=class>
            <PlateArt nostrip:text=code/>
            {level.heading(title)}
            {children()}
            {actions.map(|actions| view! { <div class="row">{actions}</div> })}
        </div>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::html;

    #[test]
    fn a_page_that_is_not_there_shows_its_code_on_the_plate() {
        let html = html(|| {
            view! { <Empty title="Not found" level=Level::One code="404"><p>"It may have been sold."</p></Empty> }
        });
        assert!(html.starts_with(r#"<div class="empty empty--page">"#), "{html}");
        assert!(html.contains("<h1>Not found</h1>") && html.contains(">404</text>"), "{html}");
    }

    #[test]
    fn an_empty_list_shows_a_blank_plate() {
        let html = html(|| view! { <Empty title="No viewings" level=Level::Three><p>"Add one."</p></Empty> });
        assert!(html.starts_with(r#"<div class="empty">"#) && !html.contains("<text"), "{html}");
    }
}

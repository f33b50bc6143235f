//! A box around one subject. Never a card inside a card.

use leptos::prelude::*;

use crate::classes::{join, when};

/// Level of a heading, so that pages keep their order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Level {
    /// The title of the page; only one.
    One,
    #[default]
    Two,
    Three,
}

impl Level {
    pub(crate) fn heading(self, text: String) -> AnyView {
        match self {
            Self::One => view! { <h1>{text}</h1> }.into_any(),
            Self::Two => view! { <h2>{text}</h2> }.into_any(),
            Self::Three => view! { <h3>{text}</h3> }.into_any(),
        }
    }
}

/// A card, with a head if it has a title.
#[component]
pub fn Card(
    #[prop(optional, into)] title: Option<String>,
    #[prop(optional)] level: Level,
    /// Beside the title: a link, a count.
    #[prop(optional)]
    aside: Option<AnyView>,
    /// Without padding, for lists and pictures that touch the edge.
    #[prop(optional)]
    flush: bool,
    #[prop(optional)] class: &'static str,
    children: Children,
) -> impl IntoView {
    let head = title.map(|title| view! { <header>{level.heading(title)} {aside}</header> });
    view! {
        <section class=join(&["card", when(flush, "card--flush"), class])>
            {head}
            {children()}
        </section>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::html;

    #[test]
    fn a_titled_card_has_a_heading_of_its_level() {
        let html = html(|| view! { <Card title="Facts" level=Level::Three flush=true>"x"</Card> });
        assert!(html.starts_with(r#"<section class="card card--flush"><header><h3>Facts</h3>"#), "{html}");
    }

    #[test]
    fn an_untitled_card_has_no_head() {
        assert_eq!(html(|| view! { <Card>"x"</Card> }), r#"<section class="card">x</section>"#);
    }
}

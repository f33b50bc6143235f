//! The enamel plate: brand, codes, numbers.

use leptos::prelude::*;

/// How much a plate weighs on the page. At most two solid ones in one view.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PlateKind {
    #[default]
    Solid,
    /// White enamel, for codes inside pages.
    Quiet,
    /// The brand mark in the page head.
    Brand,
}

/// A house-number plate around a brand, a code or a number.
#[component]
pub fn Plate(#[prop(optional)] kind: PlateKind, children: Children) -> impl IntoView {
    let class = match kind {
        PlateKind::Solid => "plate num",
        PlateKind::Quiet => "plate plate--quiet num",
        PlateKind::Brand => "plate plate--lg",
    };
    view! { <span class=class>{children()}</span> }
}

/// The blank plate: the drawing of "nothing here". With a short text it becomes the plate of an error page.
#[component]
pub fn PlateArt(
    /// At most three or four figures.
    #[prop(optional, into)]
    text: Option<String>,
) -> impl IntoView {
    let face = match text {
        Some(text) => view! { <text x="80" y="66">{text}</text> }.into_any(),
        None => view! { <path d="M66 55h28" stroke-width="5" stroke-linecap="round"></path> }.into_any(),
    };
    view! {
        <svg
            class="art"
            viewBox="0 0 160 110"
            fill="none"
            stroke="currentColor"
            stroke-width="2.5"
            aria-hidden="true"
        >
            <rect x="30" y="22" width="100" height="66" rx="10"></rect>
            <rect x="37" y="29" width="86" height="52" rx="6" stroke-width="1.5"></rect>
            {face}
        </svg>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::html;

    #[test]
    fn a_quiet_plate_is_a_modifier_of_the_plate() {
        let html = html(|| view! { <Plate kind=PlateKind::Quiet>"A-12"</Plate> });
        assert_eq!(html, r#"<span class="plate plate--quiet num">A-12</span>"#);
    }

    #[test]
    fn a_plate_with_a_code_shows_it_instead_of_the_dash() {
        let html = html(|| view! { <PlateArt text="404"/> });
        assert!(html.contains(">404</text>"), "{html}");
        assert!(!html.contains("<path"), "{html}");
    }
}

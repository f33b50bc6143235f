//! Ways through pages: breadcrumb and pager.

use leptos::prelude::*;

use crate::{Glyph, Icon, LinkButton};

/// One step of a breadcrumb; without an address it is the page itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Crumb {
    pub text: String,
    pub href: Option<String>,
}

impl Crumb {
    /// A page above this one.
    pub fn to(href: impl Into<String>, text: impl Into<String>) -> Self {
        Self { text: text.into(), href: Some(href.into()) }
    }

    /// The page itself.
    pub fn here(text: impl Into<String>) -> Self {
        Self { text: text.into(), href: None }
    }
}

/// Where the page stands.
#[component]
pub fn Breadcrumb(#[prop(into)] label: String, crumbs: Vec<Crumb>) -> impl IntoView {
    let crumbs = crumbs
        .into_iter()
        .map(|Crumb { text, href }| match href {
            Some(href) => view! { <li><a href=href>{text}</a></li> }.into_any(),
            None => view! { <li aria-current="page">{text}</li> }.into_any(),
        })
        .collect_view();
    view! { <nav class="crumb num" aria-label=label><ol>{crumbs}</ol></nav> }.into_any()
}

/// Previous and next page of a list that is read by key, so there are no page numbers to jump to.
#[component]
pub fn Pager(
    #[prop(into)] label: String,
    #[prop(into)] previous_label: String,
    #[prop(into)] next_label: String,
    /// Address, if there is such a page.
    #[prop(into)]
    previous: Option<String>,
    #[prop(into)] next: Option<String>,
    /// Where the list stands, such as "25-48 of 486".
    #[prop(optional, into)]
    at: Option<String>,
) -> impl IntoView {
    view! {
        <nav class="pager" aria-label=label>
            {previous.map(|href| view! {
                <LinkButton href icon=Glyph::Left attr:rel="prev">{previous_label}</LinkButton>
            })}
            {at.map(|at| view! { <span class="at num">{at}</span> })}
            {next.map(|href| view! {
                <LinkButton href class="btn--next" attr:rel="next">{next_label}<Icon glyph=Glyph::Right/></LinkButton>
            })}
        </nav>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::html;

    #[test]
    fn the_last_crumb_is_the_page_itself() {
        let html =
            html(|| view! { <Breadcrumb label="Place" crumbs=vec![Crumb::to("/", "All"), Crumb::here("18")]/> });
        assert!(html.contains(r#"<li><a href="/">All</a></li><li aria-current="page">18</li>"#), "{html}");
    }

    #[test]
    fn a_pager_on_the_first_page_has_no_way_back() {
        let html = html(|| {
            view! {
                <Pager label="Pages" previous_label="Previous" next_label="Next" previous=None next="/?after=9".to_owned()/>
            }
        });
        assert!(!html.contains("Previous"), "{html}");
        assert!(html.contains(r#"href="/?after=9""#) && html.contains(r#"rel="next""#), "{html}");
    }
}

//! Banners for conditions that last, toasts for results of an action.

use leptos::prelude::*;

use crate::classes::join;
use crate::{Glyph, Icon, Tone};

/// A condition that lasts: offline, conflict, estimate. One for a page, below the top bar.
#[component]
pub fn Banner(
    #[prop(optional)] tone: Tone,
    /// Instead of the icon of the tone.
    #[prop(optional)]
    icon: Option<Glyph>,
    /// Links or buttons at the end.
    #[prop(optional)]
    actions: Option<AnyView>,
    /// Read out when it appears; not for a banner that is there from the start.
    #[prop(optional)]
    live: bool,
    children: Children,
) -> impl IntoView {
    let modifier = match tone {
        Tone::Neutral => "",
        Tone::Ok => "banner--ok",
        Tone::Warn => "banner--warn",
        Tone::Bad => "banner--bad",
    };
    view! {
        <div class=join(&["banner", modifier]) role=live.then(|| role(tone))>
            <Icon glyph=icon.unwrap_or(tone.glyph())/>
            <div>{children()}</div>
            {actions.map(|actions| view! { <div class="acts">{actions}</div> })}
        </div>
    }
}

/// Where toasts appear. It stands in the page from the start, so that what comes in is read out.
#[component]
pub fn ToastRegion(#[prop(into)] label: String, #[prop(optional)] children: Option<Children>) -> impl IntoView {
    view! {
        <div class="toasts no-print" role="region" aria-label=label aria-live="polite">
            {children.map(|children| children())}
        </div>
    }
}

/// The result of an action, in the past tense, and at most one action to follow.
#[component]
pub fn Toast(
    #[prop(optional)] tone: Tone,
    /// A button or link; it gets its look from the toast.
    #[prop(optional)]
    action: Option<AnyView>,
    children: Children,
) -> impl IntoView {
    view! {
        <div class="toast" role=role(tone)>
            <Icon glyph=tone.glyph()/>
            <span>{children()}</span>
            {action.map(|action| view! { <span class="act">{action}</span> })}
        </div>
    }
}

const fn role(tone: Tone) -> &'static str {
    match tone {
        Tone::Bad => "alert",
        Tone::Neutral | Tone::Ok | Tone::Warn => "status",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::html;

    #[test]
    fn a_banner_that_appears_is_read_out_and_one_that_stands_is_not() {
        let live = html(|| view! { <Banner tone=Tone::Bad live=true>"Not saved"</Banner> });
        assert!(live.starts_with(r#"<div role="alert" class="banner banner--bad">"#), "{live}");
        let still = html(|| view! { <Banner>"An estimate"</Banner> });
        assert!(!still.contains("role="), "{still}");
    }

    #[test]
    fn toasts_arrive_in_a_polite_region() {
        let html = html(|| {
            view! { <ToastRegion label="Messages"><Toast tone=Tone::Ok>"Moved"</Toast></ToastRegion> }
        });
        assert!(html.contains(r#"role="region" aria-label="Messages" aria-live="polite""#), "{html}");
        assert!(html.contains(r#"<div role="status" class="toast">"#), "{html}");
    }
}

//! Where one may go from here, each with a word why.

use leptos::prelude::*;
use ui::{Glyph, Icon};

/// A list of links: address, picture, name, what is found there.
#[component]
pub(crate) fn Ways(to: Vec<(&'static str, Glyph, &'static str, &'static str)>) -> impl IntoView {
    let rows = to
        .into_iter()
        .map(|(href, glyph, name, why)| {
            view! {
                <li class="lrow">
                    <span class="dk-glyph"><Icon glyph/></span>
                    <div class="lrow-main"><a class="lrow-title" href=href>{name}</a><span class="lrow-sub">{why}</span></div>
                    <Icon glyph=Glyph::Right/>
                </li>
            }
        })
        .collect_view();
    view! { <ul class="list">{rows}</ul> }
}

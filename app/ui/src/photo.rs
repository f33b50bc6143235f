//! A photo that keeps its place while it loads.

use leptos::prelude::*;

use crate::PlateArt;
use crate::classes::{join, when};

/// A photo in a box that its page sizes. Until it is there a blurred miniature or a sunken ground shows;
/// without `src` a blank plate.
#[component]
pub fn Photo(
    src: Option<String>,
    #[prop(into)] alt: String,
    /// Pixels of `src`; the browser needs their ratio.
    width: u32,
    height: u32,
    #[prop(optional, into)] srcset: Option<String>,
    #[prop(optional, into)] sizes: Option<String>,
    /// A few pixels of it as a `data:` address.
    #[prop(optional, into)]
    miniature: Option<String>,
    /// Among the first things seen: loads at once and with priority.
    #[prop(optional)]
    first: bool,
    /// Shows all of it instead of filling the box: floor plans.
    #[prop(optional)]
    whole: bool,
) -> impl IntoView {
    let Some(src) = src else {
        return view! { <span class="photo" role="img" aria-label=alt><PlateArt/></span> }.into_any();
    };
    view! {
        <span class=join(&["photo", when(whole, "photo--whole")])>
            {miniature.map(|miniature| view! { <img class="ph" src=miniature alt="" aria-hidden="true"/> })}
            <img
                src=src
                srcset=srcset
                sizes=sizes
                alt=alt
                width=width
                height=height
                loading=(!first).then_some("lazy")
                decoding=(!first).then_some("async")
                fetchpriority=first.then_some("high")
            />
        </span>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::html;

    #[test]
    fn the_first_photos_have_priority_and_the_rest_wait() {
        let photo = |first| {
            html(move || view! { <Photo src=Some("/p.webp".into()) alt="Kitchen" width=640 height=480 first/> })
        };
        assert!(photo(true).contains(r#"fetchpriority="high""#) && !photo(true).contains("lazy"));
        assert!(photo(false).contains(r#"loading="lazy""#) && !photo(false).contains("high"));
        assert!(photo(true).contains(r#"alt="Kitchen" width="640" height="480""#));
    }

    #[test]
    fn a_missing_photo_is_a_named_blank_plate() {
        let html = html(|| view! { <Photo src=None alt="No photo yet" width=4 height=3/> });
        assert!(html.contains(r#"role="img" aria-label="No photo yet""#) && !html.contains("<img"), "{html}");
    }
}

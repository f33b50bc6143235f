//! Bars: shares of a known whole, and age against what is usual.

use leptos::prelude::*;

use crate::Tone;
use crate::classes::{join, when};

/// A part of a bar.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BarPart {
    /// Percent of the whole.
    pub share: f64,
    pub tone: Tone,
}

/// Shares of a known whole, one after the other. The words beside it say the numbers; `label` says them
/// for those who do not see the bar.
#[component]
pub fn Bar(
    #[prop(into)] label: String,
    parts: Vec<BarPart>,
    /// Thinner.
    #[prop(optional)]
    small: bool,
) -> impl IntoView {
    let parts = parts
        .into_iter()
        .scan(0.0, |end, BarPart { share, tone }| {
            let start = *end;
            *end = f64::min(start + share.max(0.0), 100.0);
            Some((start, *end - start, tone))
        })
        .map(|(start, width, tone)| {
            view! { <rect class=tone.class() x=start.to_string() width=width.to_string() height="1"></rect> }
        })
        .collect_view();
    view! {
        <svg
            class=join(&["bar", when(small, "bar--sm")])
            viewBox="0 0 100 1"
            preserveAspectRatio="none"
            role="img"
            aria-label=label
        >
            {parts}
        </svg>
    }
}

/// How long something has been where it is, with ticks at what is usual (the half and the 85 percent mark).
#[component]
pub fn Age(
    #[prop(into)] label: String,
    /// Percent of the scale.
    share: f64,
    /// Percent of the scale.
    ticks: Vec<f64>,
    #[prop(optional)] tone: Tone,
) -> impl IntoView {
    let ticks = ticks
        .into_iter()
        .map(|tick| view! { <path class="tick" d=format!("M{} 0v8", tick.clamp(0.0, 100.0))></path> })
        .collect_view();
    view! {
        <svg class="age" viewBox="0 0 100 8" preserveAspectRatio="none" role="img" aria-label=label>
            <rect class="track" y="2" width="100" height="4"></rect>
            <rect class=tone.class() y="2" width=share.clamp(0.0, 100.0).to_string() height="4"></rect>
            {ticks}
        </svg>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::html;

    #[test]
    fn parts_follow_each_other_and_never_leave_the_bar() {
        let html = html(|| {
            let parts = vec![BarPart { share: 60.0, tone: Tone::Ok }, BarPart { share: 70.0, tone: Tone::Neutral }];
            view! { <Bar label="206 of 240" parts/> }
        });
        assert!(html.contains(r#"role="img" aria-label="206 of 240""#), "{html}");
        assert!(html.contains(r#"x="0" width="60""#) && html.contains(r#"x="60" width="40""#), "{html}");
    }

    #[test]
    fn age_keeps_inside_its_scale() {
        let html = html(|| view! { <Age label="24 days" share=140.0 ticks=vec![42.0, 67.0] tone=Tone::Bad/> });
        assert!(html.contains(r#"y="2" width="100" height="4""#), "{html}");
        assert_eq!(html.matches(r#"class="tick""#).count(), 2, "{html}");
    }
}

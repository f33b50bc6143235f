//! Things that stand in while something is on its way.

use leptos::prelude::*;

/// Shape of what is awaited.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SkeletonShape {
    #[default]
    Line,
    ShortLine,
    LongLine,
    Title,
    Block,
    Photo,
}

/// A grey shape in place of what is awaited. Hidden from screen readers: put `aria-busy` and a name on
/// the region around it.
#[component]
pub fn Skeleton(#[prop(optional)] shape: SkeletonShape) -> impl IntoView {
    let class = match shape {
        SkeletonShape::Line => "sk sk--mid",
        SkeletonShape::ShortLine => "sk sk--short",
        SkeletonShape::LongLine => "sk sk--long",
        SkeletonShape::Title => "sk sk--title",
        SkeletonShape::Block => "sk sk--block",
        SkeletonShape::Photo => "sk sk--photo",
    };
    view! { <div class=class aria-hidden="true"></div> }
}

/// A turning ring. Named if it stands alone, hidden if words stand beside it.
#[component]
pub fn Spinner(#[prop(optional, into)] label: Option<String>) -> impl IntoView {
    let hidden = label.is_none().then_some("true");
    view! {
        <svg
            class="spinner"
            viewBox="0 0 24 24"
            role=label.is_some().then_some("img")
            aria-label=label
            aria-hidden=hidden
        >
            <circle class="track" cx="12" cy="12" r="9"></circle>
            <path d="M21 12a9 9 0 0 0-9-9"></path>
        </svg>
    }
}

/// How far a known amount of work is; without `value` it only says that work goes on.
#[component]
pub fn Progress(
    #[prop(into)] label: String,
    /// 0 to 100.
    #[prop(optional, into)]
    value: MaybeProp<f64>,
) -> impl IntoView {
    view! {
        <progress
            class="progress"
            max="100"
            value=move || value.get().map(|value| value.to_string())
            aria-label=label
        ></progress>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::html;

    #[test]
    fn a_lone_spinner_has_a_name_and_one_beside_words_is_hidden() {
        let alone = html(|| view! { <Spinner label="Loading"/> });
        assert!(alone.contains(r#"role="img" aria-label="Loading""#) && !alone.contains("aria-hidden"), "{alone}");
        let beside = html(|| view! { <Spinner/> });
        assert!(beside.contains(r#"aria-hidden="true""#) && !beside.contains("role="), "{beside}");
    }

    #[test]
    fn progress_without_a_value_is_indeterminate() {
        let known = html(|| view! { <Progress label="Upload" value=40.0/> });
        assert!(known.contains(r#"value="40""#) && known.contains(r#"aria-label="Upload""#), "{known}");
        assert!(!html(|| view! { <Progress label="Upload"/> }).contains("value="));
    }
}

//! Tags, counters and avatars.

use leptos::prelude::*;

use crate::classes::{join, when};
use crate::{Glyph, Icon};

/// What kind of fact a tag states. At most three on a card.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TagKind {
    #[default]
    Plain,
    Accent,
    Ok,
    Warn,
    Bad,
    /// An outline, for properties of a process.
    Line,
    /// On photos only: a price cut.
    Cut,
    /// On photos only: new.
    New,
    /// Came from elsewhere and nobody has checked it yet.
    Doubt,
}

impl TagKind {
    /// Modifier, and the icon that repeats what the colour says.
    const fn look(self) -> (&'static str, Option<Glyph>) {
        match self {
            Self::Plain => ("", None),
            Self::Accent => ("tag--acc", None),
            Self::Ok => ("tag--ok", Some(Glyph::Check)),
            Self::Warn => ("tag--warn", Some(Glyph::Warn)),
            Self::Bad => ("tag--bad", Some(Glyph::Warn)),
            Self::Line => ("tag--line", None),
            Self::Cut => ("tag--cut", Some(Glyph::ArrowDown)),
            Self::New => ("tag--new", None),
            Self::Doubt => ("tag--doubt", Some(Glyph::Info)),
        }
    }
}

/// A fact in few words; never clickable.
#[component]
pub fn Tag(
    #[prop(optional)] kind: TagKind,
    /// Instead of the icon of the kind.
    #[prop(optional)]
    icon: Option<Glyph>,
    children: Children,
) -> impl IntoView {
    let (modifier, own_icon) = kind.look();
    view! {
        <span class=join(&["tag", modifier])>
            {icon.or(own_icon).map(|glyph| view! { <Icon glyph/> })}
            {children()}
        </span>
    }
}

/// A number that asks for attention. `label` says what is counted; nothing is drawn at 0.
#[component]
pub fn Badge(#[prop(into)] count: Signal<u32>, #[prop(into)] label: String) -> impl IntoView {
    move || {
        let label = label.clone();
        (count.get() > 0).then(|| {
            view! { <span class="badge">{count.get()}<span class="vh">" "{label}</span></span> }
        })
    }
}

/// Size of an avatar.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AvatarSize {
    Small,
    #[default]
    Medium,
    Large,
    XLarge,
}

/// A person as one character on a tint.
#[component]
pub fn Avatar(
    /// The whole name; its first character is drawn.
    #[prop(into)]
    name: String,
    /// Picks the tint; any number of the person, such as the id.
    #[prop(optional)]
    hue: u64,
    #[prop(optional)] size: AvatarSize,
    /// Present just now.
    #[prop(optional)]
    live: bool,
) -> impl IntoView {
    const HUES: [&str; 8] = ["av--h0", "av--h1", "av--h2", "av--h3", "av--h4", "av--h5", "av--h6", "av--h7"];
    let size = match size {
        AvatarSize::Small => "av--sm",
        AvatarSize::Medium => "",
        AvatarSize::Large => "av--lg",
        AvatarSize::XLarge => "av--xl",
    };
    let tint = HUES[(hue % 8) as usize];
    let first = name.chars().next().map(String::from);
    view! {
        <span class=join(&["av", size, tint, when(live, "av--live")]) role="img" aria-label=name.clone() title=name>
            {first}
        </span>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::html;

    #[test]
    fn a_semantic_tag_carries_an_icon_beside_its_word() {
        let html = html(|| view! { <Tag kind=TagKind::Ok>"Paid"</Tag> });
        assert!(html.contains("#i-check") && html.contains("Paid"), "{html}");
    }

    #[test]
    fn a_fact_nobody_checked_looks_like_one() {
        let html = html(|| view! { <Tag kind=TagKind::Doubt>"Not verified"</Tag> });
        assert!(html.starts_with(r#"<span class="tag tag--doubt">"#), "{html}");
    }

    #[test]
    fn a_badge_says_what_it_counts_and_vanishes_at_zero() {
        assert!(html(|| view! { <Badge count=3 label="unread"/> }).contains(r#"3<span class="vh"> unread</span>"#));
        assert_eq!(html(|| view! { <Badge count=0 label="unread"/> }), "");
    }

    #[test]
    fn an_avatar_is_named_after_the_person() {
        let html = html(|| view! { <Avatar name="林知夏" hue=9 live=true/> });
        assert!(
            html.contains(r#"role="img" aria-label="林知夏" title="林知夏" class="av av--h1 av--live""#),
            "{html}"
        );
        assert!(html.contains(">林</span>"), "{html}");
    }
}

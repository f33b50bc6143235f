//! Buttons change data, link buttons change the address.

use leptos::prelude::*;

use crate::classes::{aria, join, when};
use crate::{Glyph, Icon, Spinner};

/// Weight of a button. One `Primary` for a region of the view; `Danger` only for what cannot be taken back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ButtonKind {
    #[default]
    Plain,
    Primary,
    Soft,
    Ghost,
    Danger,
}

impl ButtonKind {
    pub(crate) const fn class(self) -> &'static str {
        match self {
            Self::Plain => "",
            Self::Primary => "btn--primary",
            Self::Soft => "btn--soft",
            Self::Ghost => "btn--ghost",
            Self::Danger => "btn--danger",
        }
    }
}

/// Height of a button; on touch every size is at least 44 px.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ButtonSize {
    Small,
    #[default]
    Medium,
    Large,
}

impl ButtonSize {
    const fn class(self) -> &'static str {
        match self {
            Self::Small => "btn--sm",
            Self::Medium => "",
            Self::Large => "btn--lg",
        }
    }
}

/// What a press does to the form around the button.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ButtonAction {
    #[default]
    Submit,
    Reset,
    /// Nothing by itself: an island listens.
    Press,
}

impl ButtonAction {
    const fn attribute(self) -> &'static str {
        match self {
            Self::Submit => "submit",
            Self::Reset => "reset",
            Self::Press => "button",
        }
    }
}

/// A button with a verb on it.
///
/// With `busy_label` it keeps its width while `busy`: both faces share one cell. A busy button stays
/// focusable; whoever listens ignores presses until it is done.
#[component]
pub fn Button(
    #[prop(optional)] kind: ButtonKind,
    #[prop(optional)] size: ButtonSize,
    #[prop(optional)] action: ButtonAction,
    /// As wide as its box.
    #[prop(optional)]
    block: bool,
    #[prop(optional)] icon: Option<Glyph>,
    #[prop(optional, into)] name: Option<String>,
    #[prop(optional, into)] value: Option<String>,
    #[prop(optional, into)] busy: Signal<bool>,
    #[prop(optional, into)] busy_label: Option<String>,
    #[prop(optional, into)] disabled: Signal<bool>,
    #[prop(optional)] class: &'static str,
    children: Children,
) -> impl IntoView {
    let face = view! { {icon.map(|glyph| view! { <Icon glyph/> })} {children()} };
    let face = match busy_label {
        None => face.into_any(),
        Some(label) => view! {
            <span class="btn-face">{face}</span>
            <span class="btn-wait"><Spinner/>{label}</span>
        }
        .into_any(),
    };
    view! {
        <button
            type=action.attribute()
            class=face_class(kind, size, block, class)
            name=name
            value=value
            disabled=move || disabled.get()
            aria-busy=move || aria(busy.get())
            aria-disabled=move || aria(busy.get())
        >
            {face}
        </button>
    }
}

/// A link that looks like a button.
#[component]
pub fn LinkButton(
    #[prop(into)] href: String,
    #[prop(optional)] kind: ButtonKind,
    #[prop(optional)] size: ButtonSize,
    /// As wide as its box.
    #[prop(optional)]
    block: bool,
    #[prop(optional)] icon: Option<Glyph>,
    #[prop(optional)] class: &'static str,
    children: Children,
) -> impl IntoView {
    view! {
        <a class=face_class(kind, size, block, class) href=href>
            {icon.map(|glyph| view! { <Icon glyph/> })}
            {children()}
        </a>
    }
}

/// A button that is only an icon; its name is for screen readers and the tooltip.
#[component]
pub fn IconButton(
    glyph: Glyph,
    #[prop(into)] label: Signal<String>,
    #[prop(optional)] action: ButtonAction,
    /// For a button that switches something on and off.
    #[prop(optional, into)]
    pressed: MaybeProp<bool>,
    #[prop(optional, into)] name: Option<String>,
    #[prop(optional, into)] value: Option<String>,
    #[prop(optional)] class: &'static str,
) -> impl IntoView {
    view! {
        <button
            type=action.attribute()
            class=join(&["iconbtn", class])
            name=name
            value=value
            aria-label=move || label.get()
            title=move || label.get()
            aria-pressed=move || pressed.get().map(|on| if on { "true" } else { "false" })
        >
            <Icon glyph/>
        </button>
    }
}

/// A link that is only an icon.
#[component]
pub fn IconLink(
    glyph: Glyph,
    #[prop(into)] href: String,
    #[prop(into)] label: String,
    #[prop(optional)] class: &'static str,
) -> impl IntoView {
    view! {
        <a class=join(&["iconbtn", class]) href=href aria-label=label.clone() title=label>
            <Icon glyph/>
        </a>
    }
}

fn face_class(kind: ButtonKind, size: ButtonSize, block: bool, class: &str) -> String {
    join(&["btn", kind.class(), size.class(), when(block, "btn--block"), class])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::html;

    #[test]
    fn a_button_submits_unless_told_otherwise() {
        let html = html(|| view! { <Button kind=ButtonKind::Primary>"Save"</Button> });
        assert_eq!(html.trim(), r#"<button type="submit" class="btn btn--primary">Save</button>"#);
    }

    #[test]
    fn a_busy_button_holds_both_faces_and_says_it_is_busy() {
        let html = html(|| view! { <Button busy=true busy_label="Saving">"Save"</Button> });
        assert!(html.contains(r#"aria-busy="true" aria-disabled="true""#), "{html}");
        assert!(html.contains(r#"<span class="btn-face">Save</span>"#), "{html}");
        assert!(html.contains("Saving</span>"), "{html}");
        assert!(!html.contains(" disabled"), "a busy button keeps the focus: {html}");
    }

    #[test]
    fn a_disabled_button_is_natively_disabled() {
        let html = html(|| view! { <Button disabled=true>"Save"</Button> });
        assert!(html.contains(" disabled"), "{html}");
    }

    #[test]
    fn an_icon_button_has_a_name_and_a_state() {
        let html = html(|| view! { <IconButton glyph=Glyph::Heart label="Keep" pressed=false/> });
        assert!(html.contains(r#"aria-label="Keep""#), "{html}");
        assert!(html.contains(r#"aria-pressed="false""#), "{html}");
    }

    #[test]
    fn attributes_on_a_component_reach_its_root() {
        let html = html(|| view! { <LinkButton href="/x" attr:rel="nofollow">"Go"</LinkButton> });
        assert!(html.starts_with("<a ") && html.contains(r#"rel="nofollow""#), "{html}");
    }
}

//! Choices: chips, segments, and switches that are saved at once.

use leptos::prelude::*;

use crate::classes::{aria, join, when};
use crate::field::report;
use crate::{Glyph, Icon};

/// A filter in a pill: a checkbox, or with `one` a radio button.
///
/// The count is the number of results if this is added. At 0 the chip cannot be chosen but stays
/// visible; if it is already chosen it can still be taken away.
#[component]
pub fn Chip(
    #[prop(into)] name: String,
    #[prop(into)] value: String,
    #[prop(optional, into)] checked: Signal<bool>,
    #[prop(optional, into)] count: MaybeProp<u32>,
    #[prop(optional)] on_change: Option<Callback<bool>>,
    /// One of several: a radio button.
    #[prop(optional)]
    one: bool,
    children: Children,
) -> impl IntoView {
    view! {
        <label class="chip">
            <input
                type=if one { "radio" } else { "checkbox" }
                name=name
                value=value
                checked=move || checked.get()
                prop:checked=move || checked.get()
                disabled=move || count.get() == Some(0) && !checked.get()
                on:change=move |event| report(on_change, event_target_checked(&event))
            />
            {children()}
            <Count count/>
        </label>
    }
}

/// A filter that is a link: it adds or takes away one condition without a form.
#[component]
pub fn ChipLink(
    #[prop(into)] href: String,
    #[prop(optional)] current: bool,
    #[prop(optional, into)] count: MaybeProp<u32>,
    children: Children,
) -> impl IntoView {
    view! {
        <a class="chip" href=href aria-current=aria(current)>
            {children()}
            <Count count/>
        </a>
    }
}

/// A condition in force, with a named link that removes it.
#[component]
pub fn AppliedChip(
    /// Address without this condition.
    #[prop(into)]
    href: String,
    /// Says what is removed.
    #[prop(into)]
    remove_label: String,
    children: Children,
) -> impl IntoView {
    view! {
        <span class="chip chip--on num">
            {children()}
            <a class="x" href=href aria-label=remove_label>
                <Icon glyph=Glyph::Close small=true/>
            </a>
        </span>
    }
}

/// One view to choose in a segmented control.
#[derive(Clone, Debug)]
pub struct Segment {
    /// Value of the form field, or the address.
    pub value: String,
    pub text: String,
    pub icon: Option<Glyph>,
}

impl Segment {
    /// A segment with words only.
    pub fn new(value: impl Into<String>, text: impl Into<String>) -> Self {
        Self { value: value.into(), text: text.into(), icon: None }
    }

    /// The same with an icon before the words.
    pub fn icon(self, icon: Glyph) -> Self {
        Self { icon: Some(icon), ..self }
    }

    fn face(icon: Option<Glyph>, text: String) -> impl IntoView {
        view! { {icon.map(|glyph| view! { <Icon glyph/> })} {text} }
    }
}

/// Two to four exclusive views as links; the values are addresses.
#[component]
pub fn SegmentedLinks(
    #[prop(into)] label: String,
    segments: Vec<Segment>,
    /// Address of the segment in force.
    #[prop(into)]
    current: String,
    #[prop(optional)] small: bool,
    #[prop(optional)] class: &'static str,
) -> impl IntoView {
    let links = segments
        .into_iter()
        .map(|Segment { value, text, icon }| {
            let here = aria(value == current);
            view! { <a href=value aria-current=here>{Segment::face(icon, text)}</a> }
        })
        .collect_view();
    view! {
        <div class=join(&["seg", when(small, "seg--sm"), class]) role="group" aria-label=label>
            {links}
        </div>
    }
}

/// Two to four exclusive values of a form field.
#[component]
pub fn SegmentedRadios(
    #[prop(into)] label: String,
    #[prop(into)] name: String,
    segments: Vec<Segment>,
    #[prop(optional, into)] selected: Signal<String>,
    #[prop(optional)] on_select: Option<Callback<String>>,
    #[prop(optional)] small: bool,
    #[prop(optional)] class: &'static str,
) -> impl IntoView {
    let radios = segments
        .into_iter()
        .map(|Segment { value, text, icon }| {
            let own = value.clone();
            let chosen = Signal::derive(move || selected.get() == own);
            view! {
                <label>
                    <input
                        type="radio"
                        name=name.clone()
                        value=value
                        checked=move || chosen.get()
                        prop:checked=move || chosen.get()
                        on:change=move |event| report(on_select, event_target_value(&event))
                    />
                    {Segment::face(icon, text)}
                </label>
            }
        })
        .collect_view();
    view! {
        <div class=join(&["seg", when(small, "seg--sm"), class]) role="radiogroup" aria-label=label>
            {radios}
        </div>
    }
}

/// A setting that is saved by pressing its value: language, theme. A form of buttons.
#[component]
pub fn SwitchForm(
    #[prop(into)] label: String,
    #[prop(into)] action: String,
    /// Name of the field the pressed button sends.
    #[prop(into)]
    name: String,
    segments: Vec<Segment>,
    /// Value in force.
    #[prop(into)]
    current: String,
    /// Shows the icons only; the words become names.
    #[prop(optional)]
    icons_only: bool,
    /// Fields sent along, such as the page to come back to.
    #[prop(optional)]
    hidden: Vec<(&'static str, String)>,
) -> impl IntoView {
    let buttons = segments
        .into_iter()
        .map(|Segment { value, text, icon }| {
            let pressed = if value == current { "true" } else { "false" };
            let name_only = icons_only.then(|| text.clone());
            let words = (!icons_only).then_some(text);
            view! {
                <button
                    type="submit"
                    name=name.clone()
                    value=value
                    aria-pressed=pressed
                    aria-label=name_only.clone()
                    title=name_only
                >
                    {icon.map(|glyph| view! { <Icon glyph/> })}
                    {words}
                </button>
            }
        })
        .collect_view();
    let hidden =
        hidden.into_iter().map(|(name, value)| view! { <input type="hidden" name=name value=value/> }).collect_view();
    view! {
        <form class="switch" method="post" action=action aria-label=label>
            {hidden}
            {buttons}
        </form>
    }
}

#[component]
fn Count(count: MaybeProp<u32>) -> impl IntoView {
    move || count.get().map(|count| view! { <span class="count">{grouped(count)}</span> })
}

/// Figures in groups of three.
pub(crate) fn grouped(number: u32) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::html;

    #[test]
    fn groups_figures_by_three() {
        assert_eq!([0, 999, 1000, 1_234_567].map(grouped), ["0", "999", "1,000", "1,234,567"]);
    }

    #[test]
    fn a_chip_at_zero_is_disabled_but_visible() {
        let html = html(|| view! { <Chip name="area" value="9" count=0>"Harbour"</Chip> });
        assert!(html.contains(" disabled"), "{html}");
        assert!(html.contains("Harbour") && html.contains(r#"<span class="count">0</span>"#), "{html}");
    }

    #[test]
    fn a_chosen_chip_at_zero_can_be_taken_away() {
        let html = html(|| view! { <Chip name="area" value="9" count=0 checked=true>"Harbour"</Chip> });
        assert!(html.contains(" checked") && !html.contains(" disabled"), "{html}");
    }

    #[test]
    fn an_applied_chip_names_what_its_link_removes() {
        let html = html(|| view! { <AppliedChip href="/?q=" remove_label="Remove lift">"Lift"</AppliedChip> });
        assert!(html.contains(r#"<a href="/?q=" aria-label="Remove lift" class="x">"#), "{html}");
    }

    #[test]
    fn segments_are_links_or_radios_and_one_is_in_force() {
        let segments = || vec![Segment::new("/list", "List").icon(Glyph::Grid), Segment::new("/map", "Map")];
        let links = html(|| view! { <SegmentedLinks label="View" segments=segments() current="/map"/> });
        assert!(links.contains(r#"role="group" aria-label="View""#), "{links}");
        assert!(links.contains(r#"<a href="/map" aria-current="true">"#), "{links}");
        let radios = html(|| view! { <SegmentedRadios label="View" name="v" segments=segments() selected="/list"/> });
        assert!(radios.contains(r#"role="radiogroup""#), "{radios}");
        assert_eq!(radios.matches(" checked").count(), 1, "{radios}");
    }

    #[test]
    fn a_switch_is_a_post_form_whose_buttons_have_names() {
        let html = html(|| {
            let segments = vec![Segment::new("light", "Light").icon(Glyph::Sun), Segment::new("dark", "Dark")];
            let hidden = vec![("back", "/x?a=1&b=2".to_owned())];
            view! {
                <SwitchForm label="Theme" action="/theme" name="theme" segments current="dark" icons_only=true hidden/>
            }
        });
        assert!(html.contains(r#"method="post" action="/theme" aria-label="Theme""#), "{html}");
        assert!(html.contains(r#"value="dark" aria-pressed="true" aria-label="Dark""#), "{html}");
        assert!(html.contains(r#"value="/x?a=1&amp;b=2""#), "{html}");
    }
}

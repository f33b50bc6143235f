//! Labelled form controls. Label above, unit inside, hint below; an error replaces the hint and is
//! tied to the control by `aria-describedby`.

use leptos::prelude::*;

use crate::classes::{join, when};
use crate::{Glyph, Icon};

/// What a person types, which decides the keyboard of a phone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum InputKind {
    #[default]
    Text,
    Search,
    /// Whole numbers.
    Number,
    /// Numbers with a point: money, areas.
    Decimal,
    Phone,
    Email,
    Password,
    Date,
}

impl InputKind {
    const fn attributes(self) -> (&'static str, Option<&'static str>) {
        match self {
            Self::Text => ("text", None),
            Self::Search => ("search", None),
            Self::Number => ("text", Some("numeric")),
            Self::Decimal => ("text", Some("decimal")),
            Self::Phone => ("tel", None),
            Self::Email => ("email", None),
            Self::Password => ("password", None),
            Self::Date => ("date", None),
        }
    }
}

/// One entry of a `Select`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SelectOption {
    pub value: String,
    pub text: String,
}

impl SelectOption {
    /// An entry that sends `value` and shows `text`.
    pub fn new(value: impl Into<String>, text: impl Into<String>) -> Self {
        Self { value: value.into(), text: text.into() }
    }
}

/// One line of text. `id` is the name unless given; it must be unique on the page.
#[component]
pub fn Input(
    #[prop(into)] name: String,
    #[prop(into)] label: String,
    #[prop(optional, into)] id: Option<String>,
    #[prop(optional)] kind: InputKind,
    #[prop(optional, into)] value: Signal<String>,
    #[prop(optional)] on_input: Option<Callback<String>>,
    #[prop(optional, into)] unit: Option<String>,
    #[prop(optional)] icon: Option<Glyph>,
    #[prop(optional, into)] hint: Option<String>,
    #[prop(optional, into)] error: MaybeProp<String>,
    /// Keeps the label for screen readers only.
    #[prop(optional)]
    hide_label: bool,
    #[prop(optional, into)] placeholder: Option<String>,
    #[prop(optional)] autocomplete: Option<&'static str>,
    #[prop(optional)] maxlength: Option<u16>,
    #[prop(optional)] required: bool,
    #[prop(optional, into)] disabled: Signal<bool>,
    #[prop(optional)] class: &'static str,
) -> impl IntoView {
    let (kind, inputmode) = kind.attributes();
    let texts = Texts::new(id.unwrap_or_else(|| name.clone()), hint, error);
    let control = view! {
        <span class="input">
            {icon.map(|glyph| view! { <Icon glyph/> })}
            <input
                type=kind
                inputmode=inputmode
                id=texts.id.clone()
                name=name
                value=move || value.get()
                prop:value=move || value.get()
                placeholder=placeholder
                autocomplete=autocomplete
                maxlength=maxlength
                required=required
                disabled=move || disabled.get()
                aria-invalid=texts.invalid()
                aria-describedby=texts.described_by()
                on:input=move |event| report(on_input, event_target_value(&event))
            />
            {unit.map(|unit| view! { <span class="unit">{unit}</span> })}
        </span>
    };
    labelled(texts, label, hide_label, class, control.into_any())
}

/// Several lines of text.
#[component]
pub fn TextArea(
    #[prop(into)] name: String,
    #[prop(into)] label: String,
    #[prop(optional, into)] id: Option<String>,
    #[prop(optional, into)] value: Signal<String>,
    #[prop(optional)] on_input: Option<Callback<String>>,
    #[prop(optional, into)] hint: Option<String>,
    #[prop(optional, into)] error: MaybeProp<String>,
    #[prop(optional)] hide_label: bool,
    #[prop(optional, into)] placeholder: Option<String>,
    #[prop(optional)] maxlength: Option<u16>,
    #[prop(optional)] required: bool,
    #[prop(default = 3)] rows: u8,
    #[prop(optional)] class: &'static str,
) -> impl IntoView {
    let texts = Texts::new(id.unwrap_or_else(|| name.clone()), hint, error);
    // The server writes the children of a textarea unescaped, so the text is escaped here.
    let content = escaped(&value.get_untracked());
    let control = view! {
        <textarea
            class="input"
            id=texts.id.clone()
            name=name
            rows=rows
            placeholder=placeholder
            maxlength=maxlength
            required=required
            aria-invalid=texts.invalid()
            aria-describedby=texts.described_by()
            inner_html=content
            prop:value=move || value.get()
            on:input=move |event| report(on_input, event_target_value(&event))
        ></textarea>
    };
    labelled(texts, label, hide_label, class, control.into_any())
}

/// A choice from a closed list that is too long for segments.
#[component]
pub fn Select(
    #[prop(into)] name: String,
    #[prop(into)] label: String,
    options: Vec<SelectOption>,
    #[prop(optional, into)] id: Option<String>,
    #[prop(optional, into)] selected: Signal<String>,
    #[prop(optional)] on_change: Option<Callback<String>>,
    #[prop(optional, into)] hint: Option<String>,
    #[prop(optional, into)] error: MaybeProp<String>,
    #[prop(optional)] hide_label: bool,
    /// Without a frame, for a sort order beside a heading.
    #[prop(optional)]
    quiet: bool,
    #[prop(optional)] required: bool,
    #[prop(optional)] class: &'static str,
) -> impl IntoView {
    let texts = Texts::new(id.unwrap_or_else(|| name.clone()), hint, error);
    let options = options
        .into_iter()
        .map(|SelectOption { value, text }| {
            let own = value.clone();
            view! { <option value=value selected=move || selected.get() == own>{text}</option> }
        })
        .collect_view();
    let control = view! {
        <select
            class=join(&["input", when(quiet, "input--quiet")])
            id=texts.id.clone()
            name=name
            required=required
            aria-invalid=texts.invalid()
            aria-describedby=texts.described_by()
            on:change=move |event| report(on_change, event_target_value(&event))
        >
            {options}
        </select>
    };
    labelled(texts, label, hide_label, class, control.into_any())
}

/// Several controls under one legend: chips, radios, checks.
#[component]
pub fn FieldGroup(
    #[prop(into)] id: String,
    #[prop(into)] legend: String,
    #[prop(optional, into)] hint: Option<String>,
    #[prop(optional, into)] error: MaybeProp<String>,
    #[prop(optional)] class: &'static str,
    children: Children,
) -> impl IntoView {
    let texts = Texts::new(id, hint, error);
    view! {
        <fieldset class=join(&["field", class]) id=texts.id.clone() aria-describedby=texts.described_by()>
            <legend>{legend}</legend>
            {children()}
            {texts.below()}
        </fieldset>
    }
}

/// A box or, with `one`, a radio, with its words beside it.
#[component]
pub fn Check(
    #[prop(into)] name: String,
    #[prop(into)] value: String,
    #[prop(optional, into)] checked: Signal<bool>,
    #[prop(optional)] on_change: Option<Callback<bool>>,
    /// One of several: a radio button.
    #[prop(optional)]
    one: bool,
    #[prop(optional)] required: bool,
    children: Children,
) -> impl IntoView {
    view! {
        <label class="check">
            <input
                type=if one { "radio" } else { "checkbox" }
                name=name
                value=value
                checked=move || checked.get()
                prop:checked=move || checked.get()
                required=required
                on:change=move |event| report(on_change, event_target_checked(&event))
            />
            <span>{children()}</span>
        </label>
    }
}

/// Tells the listener, if there is one.
pub(crate) fn report<T: 'static>(listener: Option<Callback<T>>, news: T) {
    if let Some(listener) = listener {
        listener.run(news);
    }
}

/// A label above a control and the texts below it.
pub(crate) fn labelled(
    texts: Texts,
    label: String,
    hide_label: bool,
    class: &'static str,
    control: AnyView,
) -> impl IntoView {
    view! {
        <div class=join(&["field", class])>
            <label for=texts.id.clone() class=hide_label.then_some("vh")>{label}</label>
            {control}
            {texts.below()}
        </div>
    }
}

/// Hint and error of one control.
pub(crate) struct Texts {
    pub(crate) id: String,
    hint: Option<String>,
    error: MaybeProp<String>,
}

impl Texts {
    pub(crate) fn new(id: String, hint: Option<String>, error: MaybeProp<String>) -> Self {
        Self { id, hint, error }
    }

    pub(crate) fn described_by(&self) -> impl Fn() -> Option<String> + Send + Sync + Clone + use<> {
        let Self { id, hint, error } = self;
        let (error, by_hint) = (*error, hint.is_some().then(|| format!("{id}-hint")));
        let by_error = format!("{id}-error");
        move || if error.get().is_some() { Some(by_error.clone()) } else { by_hint.clone() }
    }

    fn invalid(&self) -> impl Fn() -> Option<&'static str> + Send + Sync + Clone + use<> {
        let error = self.error;
        move || error.get().map(|_| "true")
    }

    pub(crate) fn below(&self) -> impl IntoView + use<> {
        let (id, hint, error) = (self.id.clone(), self.hint.clone(), self.error);
        move || match (error.get(), hint.clone()) {
            (Some(error), _) => view! {
                <p class="error" id=format!("{id}-error")><Icon glyph=Glyph::Warn/>{error}</p>
            }
            .into_any(),
            (None, Some(hint)) => view! { <p class="hint" id=format!("{id}-hint")>{hint}</p> }.into_any(),
            (None, None) => ().into_any(),
        }
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::html;

    #[test]
    fn an_error_replaces_the_hint_and_is_tied_to_the_control() {
        let html = html(|| {
            view! { <Input name="down" label="Deposit" value="150" hint="At most 137" error="Too much"/> }
        });
        assert!(html.contains(r#"<label for="down""#) && html.contains(">Deposit</label>"), "{html}");
        assert!(html.contains(r#"aria-invalid="true" aria-describedby="down-error""#), "{html}");
        assert!(html.contains(r#"id="down-error""#) && html.contains("Too much"), "{html}");
        assert!(!html.contains("At most 137"), "{html}");
    }

    #[test]
    fn a_hint_is_tied_to_the_control() {
        let html = html(|| view! { <Input name="p" label="Price" hint="In 10k" unit="万"/> });
        assert!(html.contains(r#"aria-describedby="p-hint""#), "{html}");
        assert!(html.contains(r#"<p id="p-hint" class="hint">In 10k</p>"#), "{html}");
        assert!(html.contains(r#"<span class="unit">万</span>"#), "{html}");
        assert!(!html.contains("aria-invalid"), "{html}");
    }

    #[test]
    fn money_opens_the_decimal_keyboard_and_keeps_what_was_typed() {
        let html = html(|| view! { <Input name="p" label="Price" kind=InputKind::Decimal value="6\"5"/> });
        assert!(html.contains(r#"type="text" inputmode="decimal""#), "{html}");
        assert!(html.contains(r#"value="6&quot;5""#), "{html}");
    }

    #[test]
    fn a_textarea_shows_markup_as_text() {
        let html = html(|| view! { <TextArea name="n" label="Note" value="</textarea><b>&amp;"/> });
        assert!(html.contains(">&lt;/textarea>&lt;b>&amp;amp;</textarea>"), "{html}");
    }

    #[test]
    fn a_select_marks_only_the_selected_entry() {
        let html = html(|| {
            let options = vec![SelectOption::new("a", "A"), SelectOption::new("b", "B")];
            view! { <Select name="s" label="Sort" options selected="b" hide_label=true quiet=true/> }
        });
        assert!(html.contains(r#"<option value="a">A</option><option value="b" selected>B</option>"#), "{html}");
        assert!(html.contains(r#"<label for="s" class="vh">"#), "{html}");
    }

    #[test]
    fn a_group_names_its_controls_by_a_legend() {
        let html = html(|| {
            view! {
                <FieldGroup id="pay" legend="Payment" error="Choose one">
                    <Check name="pay" value="cash" one=true checked=true>"Cash"</Check>
                </FieldGroup>
            }
        });
        assert!(html.contains(r#"aria-describedby="pay-error" class="field"><legend>Payment</legend>"#), "{html}");
        assert!(html.contains(r#"type="radio" name="pay" value="cash" checked"#), "{html}");
    }
}

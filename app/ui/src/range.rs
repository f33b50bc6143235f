//! A range with a histogram, two thumbs and two typed numbers, and a plain slider.

use leptos::prelude::*;

use crate::classes::join;
use crate::escape::{Escaped, write};
use crate::field::{Texts, report};

/// Ends and step of a slider.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scale {
    pub min: f64,
    pub max: f64,
    pub step: f64,
}

impl Scale {
    /// Where `text` lies between the ends, 0 to 100. Nothing typed, or no number, means `absent`.
    fn share(self, text: &str, absent: f64) -> f64 {
        let value = self.value(text, absent);
        let span = self.max - self.min;
        if span > 0.0 { (value - self.min) / span * 100.0 } else { 0.0 }
    }

    fn value(self, text: &str, absent: f64) -> f64 {
        let typed = text.trim().parse().ok().filter(|value: &f64| value.is_finite());
        typed.unwrap_or(absent).clamp(self.min, self.max.max(self.min))
    }
}

/// One end of a range: a form field.
#[derive(Clone, Debug)]
pub struct RangeEnd {
    pub name: String,
    /// Name for screen readers.
    pub label: String,
    /// What stands in the field; empty means no bound.
    pub text: String,
}

impl RangeEnd {
    /// An end that sends `name`.
    pub fn new(name: impl Into<String>, label: impl Into<String>, text: impl Into<String>) -> Self {
        Self { name: name.into(), label: label.into(), text: text.into() }
    }
}

/// A lower and an upper bound. The typed numbers are the form fields; the thumbs only help and are
/// hidden where scripts are off. A gallery has eight of them: the inside is written as text.
#[component]
pub fn Range(
    low: RangeEnd,
    high: RangeEnd,
    scale: Scale,
    /// Results in equal steps from `scale.min` to `scale.max`.
    #[prop(optional)]
    counts: Vec<u32>,
    #[prop(into)] unit: String,
    /// The word between the two numbers.
    #[prop(into)]
    between: String,
) -> impl IntoView {
    view! { <div class="range" inner_html=inside(&low, &high, scale, &counts, &unit, &between)></div> }
}

fn inside(low: &RangeEnd, high: &RangeEnd, scale: Scale, counts: &[u32], unit: &str, between: &str) -> String {
    let (from, to) = (scale.share(&low.text, scale.min), scale.share(&high.text, scale.max));
    let (outside, inside) = histogram(counts, from, to);
    let mut out = String::with_capacity(1_024 + outside.len() + inside.len());
    let Scale { min, max, step } = scale;
    write(
        &mut out,
        format_args!(
            r#"<svg viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true" class="range-bars"><path d="{outside}"></path><path d="{inside}" class="in"></path></svg><div class="range-track"><svg viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true"><rect x="{from}" width="{}" height="1"></rect></svg>"#,
            (to - from).max(0.0),
        ),
    );
    for (end, absent) in [(low, min), (high, max)] {
        let (value, label) = (scale.value(&end.text, absent), Escaped(&end.label));
        write(
            &mut out,
            format_args!(
                r#"<input type="range" min="{min}" max="{max}" step="{step}" value="{value}" aria-label="{label}">"#
            ),
        );
    }
    out.push_str(r#"</div><div class="range-typed">"#);
    for (end, after) in [(low, between), (high, "")] {
        let [name, label, text, unit, after] = [&end.name, &end.label, &end.text, unit, after].map(Escaped);
        write(
            &mut out,
            format_args!(
                r#"<span class="input"><input inputmode="decimal" name="{name}" aria-label="{label}" value="{text}"><span class="unit">{unit}</span></span>{after}"#
            ),
        );
    }
    out.push_str("</div>");
    out
}

/// One number on a line, sent with the form. `shown` says it in words beside the label.
#[component]
pub fn Slider(
    #[prop(into)] name: String,
    #[prop(into)] label: String,
    scale: Scale,
    #[prop(into)] value: Signal<String>,
    #[prop(into)] shown: Signal<String>,
    #[prop(optional)] on_input: Option<Callback<String>>,
    #[prop(optional, into)] id: Option<String>,
    #[prop(optional, into)] hint: Option<String>,
    #[prop(optional)] class: &'static str,
) -> impl IntoView {
    let texts = Texts::new(id.unwrap_or_else(|| name.clone()), hint, MaybeProp::default());
    view! {
        <div class=join(&["field", class])>
            <label class="row" for=texts.id.clone()>
                {label}
                <output class="push num strong" for=texts.id.clone()>{move || shown.get()}</output>
            </label>
            <input
                class="slider"
                type="range"
                id=texts.id.clone()
                name=name
                min=scale.min.to_string()
                max=scale.max.to_string()
                step=scale.step.to_string()
                value=move || value.get()
                prop:value=move || value.get()
                aria-valuetext=move || shown.get()
                aria-describedby=texts.described_by()
                on:input=move |event| report(on_input, event_target_value(&event))
            />
            {texts.below()}
        </div>
    }
}

/// Paths of the bars outside and inside the range, in a box of 100 by 100.
fn histogram(counts: &[u32], low: f64, high: f64) -> (String, String) {
    let (mut outside, mut inside) = (String::new(), String::new());
    let tallest = counts.iter().copied().max().unwrap_or(0).max(1);
    let width = 100.0 / counts.len().max(1) as f64;
    for (place, &count) in counts.iter().enumerate().filter(|(_, count)| **count > 0) {
        let left = width * place as f64;
        let centre = left + width / 2.0;
        // A bar that stands for something is never too low to see.
        let height = (f64::from(count) / f64::from(tallest) * 100.0).max(3.0);
        let path = if (low..=high).contains(&centre) { &mut inside } else { &mut outside };
        write(path, format_args!("M{left:.2} 100v-{height:.1}h{:.2}V100Z", width * 0.88));
    }
    (outside, inside)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::html;

    const SCALE: Scale = Scale { min: 0.0, max: 1000.0, step: 10.0 };

    fn range(low: &'static str, high: &'static str) -> String {
        html(move || {
            view! {
                <Range
                    low=RangeEnd::new("pmin", "Lowest", low)
                    high=RangeEnd::new("pmax", "Highest", high)
                    scale=SCALE
                    counts=vec![1, 4, 8, 2]
                    unit="万"
                    between="to"
                />
            }
        })
    }

    #[test]
    fn the_typed_numbers_are_the_only_form_fields() {
        let html = range("300", "750");
        assert_eq!(html.matches(" name=").count(), 2, "{html}");
        assert!(html.contains(r#"name="pmin" aria-label="Lowest" value="300""#), "{html}");
        assert!(html.contains(r#"name="pmax" aria-label="Highest" value="750""#), "{html}");
    }

    #[test]
    fn the_line_between_the_thumbs_is_drawn_without_style_attributes() {
        let html = range("300", "750");
        assert!(html.contains(r#"<rect x="30" width="45" height="1">"#), "{html}");
        assert!(!html.contains("style="), "{html}");
    }

    #[test]
    fn an_empty_or_senseless_number_means_no_bound() {
        let html = range("", "a lot");
        assert!(html.contains(r#"<rect x="0" width="100" height="1">"#), "{html}");
        assert!(html.contains(r#"aria-label="Highest" value="a lot""#), "typed text is kept: {html}");
    }

    #[test]
    fn only_bars_between_the_bounds_are_lit() {
        let (outside, inside) = histogram(&[1, 4, 0, 8], 25.0, 75.0);
        assert_eq!(outside.matches('M').count(), 2);
        assert_eq!(inside, "M25.00 100v-50.0h22.00V100Z");
        assert_eq!(histogram(&[], 0.0, 100.0), Default::default());
    }

    #[test]
    fn a_slider_says_its_value_in_words() {
        let html = html(|| {
            view! { <Slider name="dp" label="Share" scale=SCALE value="350" shown="35 %" hint="From 15 %"/> }
        });
        assert!(html.contains(r#"value="350" aria-valuetext="35 %" aria-describedby="dp-hint""#), "{html}");
        assert!(html.contains(">35 %</output>"), "{html}");
    }
}

//! A range with a histogram, two thumbs and two typed numbers, and a plain slider.

use leptos::prelude::*;

use crate::classes::join;
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

    /// Both texts after a thumb went to `value`. The other thumb is pushed, so neither ends up behind.
    fn slid(self, low: &str, high: &str, moved: End, value: f64) -> (String, String) {
        let (low, high) = match moved {
            End::Low => (value, self.value(high, self.max).max(value)),
            End::High => (self.value(low, self.min).min(value), value),
        };
        let text = |value: f64, bound: bool| if bound { value.to_string() } else { String::new() };
        (text(low, low > self.min), text(high, high < self.max))
    }
}

/// One end of a range: a form field.
#[derive(Clone, Debug)]
pub struct RangeEnd {
    pub name: String,
    /// Name for screen readers.
    pub label: String,
    /// What stands in the field; empty means no bound.
    pub text: Signal<String>,
    pub on_input: Option<Callback<String>>,
}

impl RangeEnd {
    /// An end that sends `name`.
    pub fn new(name: impl Into<String>, label: impl Into<String>, text: impl Into<Signal<String>>) -> Self {
        Self { name: name.into(), label: label.into(), text: text.into(), on_input: None }
    }

    /// The same, telling an island what was typed or slid.
    pub fn on_input(self, listener: Callback<String>) -> Self {
        Self { on_input: Some(listener), ..self }
    }
}

/// A lower and an upper bound. The typed numbers are the form fields; the thumbs only help and are
/// hidden where scripts are off. A thumb at its end clears the bound; one thumb pushes the other.
#[component]
pub fn Range(
    low: RangeEnd,
    high: RangeEnd,
    scale: Scale,
    /// Results in equal steps from `scale.min` to `scale.max`.
    #[prop(optional, into)]
    counts: Signal<Vec<u32>>,
    #[prop(into)] unit: String,
    /// The word between the two numbers.
    #[prop(into)]
    between: String,
) -> impl IntoView {
    let shares = Signal::derive(move || {
        let (low, high) = (low.text.get(), high.text.get());
        (scale.share(&low, scale.min), scale.share(&high, scale.max))
    });
    let bars = Signal::derive(move || {
        let (low, high) = shares.get();
        histogram(&counts.get(), low, high)
    });
    let slide = move |moved: End, value: f64| {
        let (from, to) = scale.slid(&low.text.get(), &high.text.get(), moved, value);
        report(low.on_input, from);
        report(high.on_input, to);
    };
    let thumb = move |end: End, label: String, text: Signal<String>| {
        let absent = match end {
            End::Low => scale.min,
            End::High => scale.max,
        };
        let value = move || scale.value(&text.get(), absent).to_string();
        view! {
            <input
                type="range"
                min=scale.min.to_string()
                max=scale.max.to_string()
                step=scale.step.to_string()
                value=value
                prop:value=value
                aria-label=label
                on:input=move |event| {
                    if let Ok(value) = event_target_value(&event).parse() {
                        slide(end, value);
                    }
                }
            />
        }
    };
    let low_thumb = thumb(End::Low, low.label.clone(), low.text);
    let high_thumb = thumb(End::High, high.label.clone(), high.text);
    view! {
        <div class="range">
            <svg class="range-bars" viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
                <path d=move || bars.get().0></path>
                <path class="in" d=move || bars.get().1></path>
            </svg>
            <div class="range-track">
                <svg viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">
                    <rect
                        x=move || shares.get().0.to_string()
                        width=move || {
                            let (low, high) = shares.get();
                            (high - low).max(0.0).to_string()
                        }
                        height="1"
                    ></rect>
                </svg>
                {low_thumb}
                {high_thumb}
            </div>
            <div class="range-typed">{typed(low, unit.clone())} {between} {typed(high, unit)}</div>
        </div>
    }
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

#[derive(Clone, Copy)]
enum End {
    Low,
    High,
}

fn typed(end: RangeEnd, unit: String) -> impl IntoView {
    let RangeEnd { name, label, text, on_input } = end;
    view! {
        <span class="input">
            <input
                inputmode="decimal"
                name=name
                aria-label=label
                value=move || text.get()
                prop:value=move || text.get()
                on:input=move |event| report(on_input, event_target_value(&event))
            />
            <span class="unit">{unit}</span>
        </span>
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
        path.push_str(&format!("M{left:.2} 100v-{height:.1}h{:.2}V100Z", width * 0.88));
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
    fn a_thumb_pushes_the_other() {
        assert_eq!(SCALE.slid("300", "750", End::Low, 800.0), ("800".into(), "800".into()));
        assert_eq!(SCALE.slid("300", "750", End::High, 200.0), ("200".into(), "200".into()));
    }

    #[test]
    fn a_thumb_at_its_end_clears_the_bound() {
        assert_eq!(SCALE.slid("300", "750", End::Low, 0.0), (String::new(), "750".into()));
        assert_eq!(SCALE.slid("", "750", End::High, 1000.0), (String::new(), String::new()));
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

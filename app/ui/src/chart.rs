//! Charts drawn on the server as SVG. Labels stand at the data, the whole is one sentence for screen readers.

use leptos::prelude::*;

const LEFT: f64 = 46.0;
const RIGHT: f64 = 680.0;
const TOP: f64 = 20.0;
const BOTTOM: f64 = 170.0;
/// Room for a label of the size phones use.
const LABEL: f64 = 110.0;

/// A value at a place on the horizontal axis, with the words that stand beside it.
#[derive(Clone, Debug, PartialEq)]
pub struct ChartPoint {
    pub at: f64,
    pub value: f64,
    pub text: String,
}

/// Words under the horizontal axis.
#[derive(Clone, Debug, PartialEq)]
pub struct ChartTick {
    pub at: f64,
    pub text: String,
}

/// A value that holds until it changes, such as an asking price, against a grey dashed line.
#[component]
pub fn StepChart(
    /// The sentence that says what the drawing shows.
    #[prop(into)]
    label: String,
    /// In order; the last value holds to the right edge.
    steps: Vec<ChartPoint>,
    /// Place and value, in order.
    #[prop(optional)]
    compare: Vec<(f64, f64)>,
    ticks: Vec<ChartTick>,
    #[prop(into)] steps_name: String,
    #[prop(optional, into)] compare_name: Option<String>,
    /// At the right of the legend, such as the unit.
    #[prop(optional, into)]
    note: Option<String>,
) -> impl IntoView {
    let places = || {
        let steps = steps.iter().map(|point| point.at);
        steps.chain(compare.iter().map(|point| point.0)).chain(ticks.iter().map(|tick| tick.at))
    };
    let values = || steps.iter().map(|point| point.value).chain(compare.iter().map(|point| point.1));
    let x = Axis { low: least(places()), high: most(places()), from: LEFT, to: RIGHT };
    let (lines, y) = rounded(least(values()), most(values()));

    let mut own = String::new();
    for (place, point) in steps.iter().enumerate() {
        let command = if place == 0 { 'M' } else { 'H' };
        own.push_str(&format!("{command}{:.1}", x.at(point.at)));
        own.push_str(&if place == 0 {
            format!(" {:.1}", y.at(point.value))
        } else {
            format!("V{:.1}", y.at(point.value))
        });
    }
    if !steps.is_empty() {
        own.push_str(&format!("H{RIGHT}"));
    }
    let other: String = compare
        .iter()
        .enumerate()
        .map(|(place, (at, value))| {
            format!("{}{:.1} {:.1}", if place == 0 { 'M' } else { 'L' }, x.at(*at), y.at(*value))
        })
        .collect();

    let grid = lines
        .into_iter()
        .map(|value| {
            let height = format!("{:.1}", y.at(value));
            view! {
                <path class="grid" d=format!("M{LEFT} {height}H{RIGHT}")></path>
                <text x="38" y=format!("{:.1}", y.at(value) + 4.0) text-anchor="end">{value.to_string()}</text>
            }
        })
        .collect_view();
    let ticks = ticks
        .iter()
        .map(|tick| {
            view! { <text x=format!("{:.1}", x.at(tick.at)) y="192" text-anchor="middle">{tick.text.clone()}</text> }
        })
        .collect_view();
    let labelled = room_for_labels(&steps.iter().map(|point| x.at(point.at)).collect::<Vec<_>>());
    let points =
        steps
            .iter()
            .zip(labelled)
            .map(|(point, labelled)| {
                let (left, top) = (x.at(point.at), y.at(point.value));
                // Right of the step and above its line is free; near the edge the words go under it, to the left.
                let (anchor, dx, dy) = if left > RIGHT - LABEL { ("end", 4.0, 24.0) } else { ("start", 8.0, -10.0) };
                let text = labelled.then(|| view! {
                <text class="em" x=format!("{:.1}", left + dx) y=format!("{:.1}", top + dy) text-anchor=anchor>
                    {point.text.clone()}
                </text>
            });
                view! { <circle class="pt" cx=format!("{left:.1}") cy=format!("{top:.1}") r="4"></circle> {text} }
            })
            .collect_view();
    view! {
        <figure class="chart">
            <figcaption>
                <span class="legend">
                    <span><i></i>{steps_name}</span>
                    {compare_name.map(|name| view! { <span><i class="d5"></i>{name}</span> })}
                </span>
                {note.map(|note| view! { <span class="push mute">{note}</span> })}
            </figcaption>
            <svg viewBox="0 0 700 200" role="img" aria-label=label>
                {grid}
                {ticks}
                <path class="l2" d=other></path>
                <path class="l1" d=own></path>
                {points}
            </svg>
        </figure>
    }
    .into_any()
}

/// A small line without axes. Named if it stands alone, hidden if the number stands beside it.
#[component]
pub fn Sparkline(
    values: Vec<f64>,
    #[prop(optional)] goal: Option<f64>,
    #[prop(optional, into)] label: Option<String>,
) -> impl IntoView {
    let all = || values.iter().copied().chain(goal);
    let x = Axis { low: 0.0, high: values.len().saturating_sub(1) as f64, from: 2.0, to: 118.0 };
    let y = Axis { low: least(all()), high: most(all()), from: 29.0, to: 3.0 };
    let line: String = values
        .iter()
        .enumerate()
        .map(|(place, value)| {
            format!("{}{:.1} {:.1}", if place == 0 { 'M' } else { 'L' }, x.at(place as f64), y.at(*value))
        })
        .collect();
    let area = if line.is_empty() { String::new() } else { format!("{line}V32H2Z") };
    let goal = goal.map(|goal| view! { <path class="goal" d=format!("M0 {:.1}H120", y.at(goal))></path> });
    let hidden = label.is_none().then_some("true");
    view! {
        <svg
            class="spark"
            viewBox="0 0 120 32"
            preserveAspectRatio="none"
            role=label.is_some().then_some("img")
            aria-label=label
            aria-hidden=hidden
        >
            <path class="a" d=area></path>
            {goal}
            <path class="l" d=line></path>
        </svg>
    }
}

/// Places values on a line of the drawing.
#[derive(Clone, Copy)]
struct Axis {
    low: f64,
    high: f64,
    from: f64,
    to: f64,
}

impl Axis {
    fn at(self, value: f64) -> f64 {
        let span = self.high - self.low;
        // A single value stands in the middle.
        let share = if span > 0.0 { (value - self.low) / span } else { 0.5 };
        self.from + share * (self.to - self.from)
    }
}

fn least(values: impl Iterator<Item = f64>) -> f64 {
    values.reduce(f64::min).unwrap_or(0.0)
}

fn most(values: impl Iterator<Item = f64>) -> f64 {
    values.reduce(f64::max).unwrap_or(0.0)
}

/// Round values for three to six lines around `low..=high`, and the axis they span.
fn rounded(low: f64, high: f64) -> (Vec<f64>, Axis) {
    let span = if high > low { high - low } else { (high.abs() * 0.1).max(1.0) };
    let power = 10_f64.powf((span / 4.0).log10().floor());
    let step = [1.0, 2.0, 2.5, 5.0, 10.0].map(|factor| factor * power).into_iter().find(|step| step * 4.0 >= span);
    let step = step.unwrap_or(span);
    let (first, last) = ((low / step).floor(), (high / step).ceil().max((low / step).floor() + 1.0));
    let lines = (0..=(last - first) as u32).map(|place| (first + f64::from(place)) * step).collect();
    (lines, Axis { low: first * step, high: last * step, from: BOTTOM, to: TOP })
}

/// Which points have room for their words: the last always, the others where they do not run into one.
fn room_for_labels(places: &[f64]) -> Vec<bool> {
    let Some(&last) = places.last() else { return Vec::new() };
    let mut free_from = f64::NEG_INFINITY;
    let mut labelled: Vec<bool> = places
        .iter()
        .map(|&place| {
            let fits = place >= free_from && last - place >= LABEL;
            if fits {
                free_from = place + LABEL;
            }
            fits
        })
        .collect();
    if let Some(end) = labelled.last_mut() {
        *end = true;
    }
    labelled
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::html;

    fn point(at: f64, value: f64, text: &str) -> ChartPoint {
        ChartPoint { at, value, text: text.into() }
    }

    #[test]
    fn a_price_goes_down_in_steps_and_says_so_in_a_sentence() {
        let html = html(|| {
            view! {
                <StepChart
                    label="From 720 to 685"
                    steps=vec![point(0.0, 720.0, "720"), point(50.0, 685.0, "685 now")]
                    compare=vec![(0.0, 660.0), (100.0, 662.0)]
                    ticks=vec![ChartTick { at: 0.0, text: "June".into() }]
                    steps_name="This home"
                    compare_name="Others"
                />
            }
        });
        assert!(html.contains(r#"role="img" aria-label="From 720 to 685""#), "{html}");
        assert!(html.contains(r#"d="M46.0 20.0H363.0V"#), "{html}");
        assert!(html.contains("685 now</text>") && html.contains("June</text>"), "{html}");
    }

    #[test]
    fn lines_stand_at_round_values_around_the_data() {
        assert_eq!(rounded(660.0, 720.0).0, [660.0, 680.0, 700.0, 720.0]);
        assert_eq!(rounded(643.0, 719.0).0, [640.0, 660.0, 680.0, 700.0, 720.0]);
        assert_eq!(rounded(500.0, 500.0).0, [500.0, 520.0]);
        assert_eq!(rounded(0.0, 0.0).0.len(), 2);
    }

    #[test]
    fn words_of_close_points_give_way_to_the_last() {
        assert_eq!(room_for_labels(&[46.0, 100.0, 300.0, 660.0, 680.0]), [true, false, true, false, true]);
        assert!(room_for_labels(&[]).is_empty());
    }

    #[test]
    fn a_sparkline_of_equal_or_no_values_is_still_a_drawing() {
        let equal = html(|| view! { <Sparkline values=vec![3.0, 3.0]/> });
        assert!(equal.contains(r#"d="M2.0 16.0L118.0 16.0""#) && equal.contains("aria-hidden"), "{equal}");
        let none = html(|| view! { <Sparkline values=Vec::new() label="No data"/> });
        assert!(!none.contains("NaN") && none.contains(r#"aria-label="No data""#), "{none}");
    }
}

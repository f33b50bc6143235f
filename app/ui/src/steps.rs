//! Steps in time: a timeline downwards, a stepper across.

use leptos::prelude::*;

/// How a step stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum StepState {
    #[default]
    Todo,
    Now,
    /// Somebody else has to act.
    Wait,
    Late,
    Done,
}

impl StepState {
    const fn attribute(self) -> Option<&'static str> {
        match self {
            Self::Todo => None,
            Self::Now => Some("now"),
            Self::Wait => Some("wait"),
            Self::Late => Some("bad"),
            Self::Done => Some("done"),
        }
    }
}

/// One step. `state_word` is the state for those who do not see the dot.
#[derive(Debug)]
pub struct Step {
    state: StepState,
    state_word: String,
    when: Option<String>,
    content: AnyView,
}

impl Step {
    /// A step with what it says.
    pub fn new(state: StepState, state_word: impl Into<String>, content: impl IntoView + 'static) -> Self {
        Self { state, state_word: state_word.into(), when: None, content: content.into_view().into_any() }
    }

    /// The same with its time, which a timeline shows above it.
    pub fn when(self, when: impl Into<String>) -> Self {
        Self { when: Some(when.into()), ..self }
    }
}

/// Steps below each other, oldest first or last.
#[component]
pub fn Timeline(steps: Vec<Step>) -> impl IntoView {
    let steps = steps
        .into_iter()
        .map(|Step { state, state_word, when, content }| {
            view! {
                <li data-state=state.attribute() aria-current=current(state)>
                    <div>
                        <p class="when">
                            {when}
                            <span class="vh">" "{state_word}</span>
                        </p>
                        <div>{content}</div>
                    </div>
                </li>
            }
        })
        .collect_view();
    view! { <ol class="timeline">{steps}</ol> }.into_any()
}

/// Steps beside each other: where a form of several pages stands.
#[component]
pub fn Stepper(#[prop(into)] label: String, steps: Vec<Step>) -> impl IntoView {
    let steps = steps
        .into_iter()
        .map(|Step { state, state_word, when: _, content }| {
            view! {
                <li data-state=state.attribute() aria-current=current(state)>
                    <span>{content}<span class="vh">" "{state_word}</span></span>
                </li>
            }
        })
        .collect_view();
    view! { <ol class="stepper" aria-label=label>{steps}</ol> }.into_any()
}

fn current(state: StepState) -> Option<&'static str> {
    (state == StepState::Now).then_some("step")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::html;

    #[test]
    fn a_late_step_says_so_in_words() {
        let html = html(|| {
            view! { <Timeline steps=vec![Step::new(StepState::Late, "late", "Bank letter").when("11-26")]/> }
        });
        assert!(html.contains(r#"<li data-state="bad">"#), "{html}");
        assert!(html.contains(r#"11-26<span class="vh"> late</span>"#), "{html}");
    }

    #[test]
    fn the_present_step_is_marked_as_current() {
        let html = html(|| {
            let steps = vec![Step::new(StepState::Done, "done", "Rooms"), Step::new(StepState::Now, "now", "Photos")];
            view! { <Stepper label="Entry" steps/> }
        });
        assert_eq!(html.matches(r#"aria-current="step""#).count(), 1, "{html}");
        assert!(html.contains(r#"<ol aria-label="Entry" class="stepper">"#), "{html}");
    }
}

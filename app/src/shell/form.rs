//! Forms that come back: what was typed, what is wrong with it, or the answer that is shown once.

use super::error_text;
use crate::texts::error as text;
use domain::error::Problem;
use domain::identity::Fields;
use domain::{Error, Lang};
use leptos::prelude::*;
use serde::de::DeserializeOwned;
use ui::{Banner, Tone};

/// A form that was sent to a function and did not lead to another page.
#[derive(Clone, Debug, Default)]
pub struct Returned {
    /// The function, such as `staff/add`.
    pub function: String,
    /// What was typed.
    pub fields: Fields,
    /// Why it was not done.
    pub error: Option<Error>,
    /// What is shown once, as JSON.
    pub answer: Option<String>,
}

/// One form of a page, by the function it is sent to.
#[derive(Clone, Debug)]
pub(crate) struct FormState {
    lang: Lang,
    returned: Option<Returned>,
    start: Vec<(&'static str, String)>,
}

impl FormState {
    /// The form of a function; `start` is what its fields hold at first.
    pub(crate) fn of(lang: Lang, function: &str, start: Vec<(&'static str, String)>) -> Self {
        let returned = use_context::<Returned>().filter(|returned| returned.function == function);
        Self { lang, returned, start }
    }

    /// The form with this further field, where several forms of a page go to one function.
    pub(crate) fn only(mut self, name: &str, value: &str) -> Self {
        self.returned = self.returned.filter(|returned| returned.fields.get(name) == value);
        self
    }

    /// The key under which the form is done once, however often it is sent: drawn anew whenever it is shown.
    pub(crate) fn once(&self) -> AnyView {
        let key = services::once::draw().unwrap_or_default();
        view! { <input type="hidden" name=services::once::FIELD value=key/> }.into_any()
    }

    /// What a field holds: what was typed, or what it holds at first. A password is never sent back.
    pub(crate) fn value(&self, name: &str) -> String {
        match &self.returned {
            Some(_) if name.contains("password") || name == "code" => String::new(),
            Some(returned) => returned.fields.get(name).to_owned(),
            None => self.start.iter().find(|(n, _)| *n == name).map(|(_, value)| value.clone()).unwrap_or_default(),
        }
    }

    /// Whether a box of several under one name is ticked.
    pub(crate) fn ticked(&self, name: &str, value: &str) -> bool {
        match &self.returned {
            Some(returned) => returned.fields.all(name).any(|text| text == value),
            None => self.start.iter().any(|(n, v)| *n == name && v == value),
        }
    }

    /// What is wrong with a field, as a sentence.
    pub(crate) fn fault(&self, name: &str) -> Option<String> {
        let Some(Error::Invalid { fields }) = self.returned.as_ref().and_then(|r| r.error.as_ref()) else {
            return None;
        };
        fields.iter().find(|fault| fault.field == name).map(|fault| problem_text(self.lang, fault.problem).to_owned())
    }

    /// The error of the whole form.
    pub(crate) fn error(&self) -> Option<&Error> {
        self.returned.as_ref().and_then(|returned| returned.error.as_ref())
    }

    /// Whether the form has just been sent.
    pub(crate) fn sent(&self) -> bool {
        self.returned.is_some()
    }

    /// The answer that is shown once.
    pub(crate) fn answer<T: DeserializeOwned>(&self) -> Option<T> {
        serde_json::from_str(self.returned.as_ref()?.answer.as_deref()?).ok()
    }

    /// The banner above a form that was not done.
    pub(crate) fn banner(&self) -> Option<AnyView> {
        let error = self.error()?.clone();
        let text = error_text(self.lang, &error);
        Some(view! { <Banner tone=Tone::Bad live=true><p>{text}</p></Banner> }.into_any())
    }
}

/// What is wrong with a field and what to do.
pub(crate) const fn problem_text(lang: Lang, problem: Problem) -> &'static str {
    match problem {
        Problem::UnknownField => text::problem_unknown_field(lang),
        Problem::UnknownValue => text::problem_unknown_value(lang),
        Problem::Malformed => text::problem_malformed(lang),
        Problem::OutOfRange => text::problem_out_of_range(lang),
        Problem::TooLong => text::problem_too_long(lang),
        Problem::TooMany => text::problem_too_many(lang),
        Problem::Missing => text::problem_missing(lang),
        Problem::TooShort => text::problem_too_short(lang),
        Problem::Weak => text::problem_weak(lang),
        Problem::Taken => text::problem_taken(lang),
        Problem::Wrong => text::problem_wrong(lang),
    }
}

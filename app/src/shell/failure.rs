//! Errors as a person reads them: what happened, what was kept, what to do.

use super::{Frame, Head, Visit};
use crate::texts::error as text;
use domain::{Error, Lang, Rule};
use leptos::prelude::*;
use ui::{Empty, Level, LinkButton};

/// The sentence for an error.
pub fn error_text(lang: Lang, error: &Error) -> String {
    match error {
        Error::Unauthenticated => text::unauthenticated(lang).to_owned(),
        Error::Forbidden => text::forbidden(lang).to_owned(),
        Error::NotFound => text::not_found(lang).to_owned(),
        Error::Gone => text::gone(lang).to_owned(),
        Error::Invalid { .. } => text::invalid(lang).to_owned(),
        Error::Rule { rule } => match rule {
            Rule::RoomListed => text::room_listed(lang),
            Rule::StateChange => text::state_change(lang),
            Rule::VerifyCodeMissing => text::verify_code_missing(lang),
            Rule::PriceUnchanged => text::price_unchanged(lang),
            Rule::ConfirmFirst => text::confirm_first(lang),
            Rule::SecondNeeded => text::second_needed(lang),
            Rule::PasskeyRefused => text::passkey_refused(lang),
            Rule::InFlight => text::in_flight(lang),
            Rule::LinkSpent => text::link_spent(lang),
            Rule::RevealQuota => text::reveal_quota(lang),
            Rule::CallQuota => text::call_quota(lang),
            Rule::CallFailed => text::call_failed(lang),
            Rule::NoCalls => text::no_calls(lang),
            Rule::OwnNumber => text::own_number(lang),
            Rule::NoOwnNumber => text::no_own_number(lang),
            Rule::LastAdmin => text::last_admin(lang),
            Rule::PersonLeft => text::person_left(lang),
            Rule::StoreInUse => text::store_in_use(lang),
            Rule::SuccessorNeeded => text::successor_needed(lang),
            Rule::PersonErased => text::person_erased(lang),
            Rule::TrailBroken => text::trail_broken(lang),
            Rule::NoMessages => text::no_messages(lang),
            Rule::CodeSpent => text::code_spent(lang),
            Rule::CodeQuota => text::code_quota(lang),
            Rule::NumberInUse => text::number_in_use(lang),
        }
        .to_owned(),
        Error::Stale => text::stale(lang).to_owned(),
        Error::TooMany => text::too_many(lang).to_owned(),
        Error::Wait { seconds } => text::wait(lang, seconds),
        Error::NotKnown => text::not_known(lang).to_owned(),
        Error::KeyUsed => text::key_used(lang).to_owned(),
        Error::Busy => text::busy(lang).to_owned(),
        Error::Internal { id } => text::internal(lang, id),
        Error::Transport => text::transport(lang).to_owned(),
    }
}

/// A page that could not be shown, with its status.
#[component]
pub fn FailurePage(error: Error) -> impl IntoView {
    let Visit { lang, .. } = Visit::current();
    if let Some(response) = use_context::<leptos_axum::ResponseOptions>()
        && let Ok(status) = http::StatusCode::from_u16(error.status())
    {
        response.set_status(status);
    }
    let title = match error {
        Error::NotFound => text::page_title_not_found(lang),
        Error::Gone => text::page_title_gone(lang),
        _ => text::page_title_internal(lang),
    };
    let head = Head { title: title.to_owned(), robots: false, ..Head::default() };
    let actions = view! {
        <LinkButton href="/" kind=ui::ButtonKind::Primary>{text::home(lang)}</LinkButton>
    };
    view! {
        <Frame head>
            <main id="main" class="wrap">
                <Empty title=title level=Level::One code=error.status().to_string() actions=actions.into_any()>
                    {error_text(lang, &error)}
                </Empty>
            </main>
        </Frame>
    }
}

/// The page for an error.
pub(crate) fn failure(error: Error) -> AnyView {
    view! { <FailurePage error/> }.into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_error_has_a_text_in_every_language() {
        let mut errors = vec![
            Error::Unauthenticated,
            Error::Forbidden,
            Error::NotFound,
            Error::Gone,
            Error::Invalid { fields: vec![] },
            Error::Stale,
            Error::TooMany,
            Error::Wait { seconds: 30 },
            Error::NotKnown,
            Error::KeyUsed,
            Error::Busy,
            Error::Internal { id: "7f".into() },
            Error::Transport,
        ];
        errors.extend(Rule::ALL.iter().map(|rule| Error::Rule { rule: *rule }));
        for error in errors {
            let [zh, en] = [Lang::Zh, Lang::En].map(|lang| error_text(lang, &error));
            assert!(zh.chars().any(|c| c > '\u{4e00}') && en.is_ascii() | en.contains('’'), "{error}: {zh} {en}");
        }
    }
}

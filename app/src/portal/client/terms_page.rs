//! `/terms/{purpose}`: what data is used for, as it is consented to, with the version of the text.

use crate::shell::{Frame, Head, Visit, failure};
use crate::texts::{client, consent as text};
use domain::consent::Purpose;
use domain::{Error, Lang};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

/// The page.
#[component]
pub fn TermsPage() -> impl IntoView {
    let lang = Visit::current().lang;
    let purpose = use_params_map().with_untracked(|params| params.get("purpose")).unwrap_or_default();
    let Some(purpose) = Purpose::from_code(&purpose) else { return failure(Error::NotFound) };
    let (title, body) = words(lang, purpose);
    let head =
        Head { title: title.to_owned(), canonical: format!("/terms/{purpose}"), robots: true, ..Head::default() };
    let body = body.lines().map(|line| view! { <p>{line.to_owned()}</p> }).collect_view();
    let others = Purpose::ALL
        .iter()
        .filter(|other| **other != purpose)
        .map(|other| view! { <li><a class="link" href=format!("/terms/{other}")>{words(lang, *other).0}</a></li> })
        .collect_view();
    view! {
        <Frame head>
            <main id="main" class="wrap lst plain-page me-task">
                <header class="lst-title">
                    <h1>{title}</h1>
                    <p class="mute sm num">{text::version(lang, purpose.version())}</p>
                </header>
                <div class="stack stack--3 me-terms">{body}</div>
                <p class="soft">{text::law(lang)} " " <a class="link" href="/me#consent">{client::title(lang)}</a></p>
                <ul class="row row--3">{others}</ul>
            </main>
        </Frame>
    }
    .into_any()
}

/// Title and text of a consent.
pub(super) const fn words(lang: Lang, purpose: Purpose) -> (&'static str, &'static str) {
    match purpose {
        Purpose::Service => (text::service_title(lang), text::service(lang)),
        Purpose::Marketing => (text::marketing_title(lang), text::marketing(lang)),
        Purpose::Share => (text::share_title(lang), text::share(lang)),
    }
}

//! What the pages of clients share: the guard, the frame, the field of a code.

use crate::shell::rpc::{Call, Caller};
use crate::shell::{FormState, Frame, Head, Visit};
use crate::texts::client as text;
use domain::{Error, Lang};
use leptos::prelude::*;
use leptos_axum::ResponseOptions;
use services::client::SignedClient;
use ui::{Banner, Glyph, Icon, Input};

/// Which client is signed in; sends everybody else to the door, from which they come back here.
pub(super) fn guarded(page: impl FnOnce(SignedClient) -> AnyView) -> AnyView {
    match use_context::<Caller>().unwrap_or_default().client {
        Some(client) => page(client),
        None => elsewhere("/me/sign-in"),
    }
}

/// The same where a code must have been given lately.
pub(super) fn proven(page: impl FnOnce(SignedClient) -> AnyView) -> AnyView {
    guarded(|client| if client.is_proven(Call::current().at) { page(client) } else { elsewhere("/me/confirm") })
}

/// Sends to another page, which leads back here.
fn elsewhere(path: &str) -> AnyView {
    let next: String = form_urlencoded::byte_serialize(Visit::current().href.as_bytes()).collect();
    let to = http::HeaderValue::from_str(&format!("{path}?next={next}"));
    if let (Some(response), Ok(to)) = (use_context::<ResponseOptions>(), to) {
        response.set_status(http::StatusCode::SEE_OTHER);
        response.insert_header(http::header::LOCATION, to);
    }
    ().into_any()
}

/// A narrow page of the site with one task.
#[component]
pub(super) fn Task(#[prop(into)] title: String, children: Children) -> impl IntoView {
    let lang = Visit::current().lang;
    let head = Head { title: title.clone(), robots: false, ..Head::default() };
    view! {
        <Frame head>
            <main id="main" class="wrap lst plain-page me-task">
                <header class="lst-title">
                    <a class="link sm" href="/me"><Icon glyph=Glyph::Left small=true/>{text::title(lang)}</a>
                    <h1>{title}</h1>
                </header>
                {children()}
            </main>
        </Frame>
    }
}

/// Where a code is typed.
#[component]
pub(super) fn CodeField(lang: Lang, form: FormState) -> impl IntoView {
    view! {
        <Input
            name="code" label=text::code(lang) hint=text::code_hint(lang) autocomplete="one-time-code"
            kind=ui::InputKind::Number maxlength=12 required=true error=form.fault("code")
        />
    }
}

/// On a demo nothing is sent: says where codes are found.
pub(super) fn demo_hint(lang: Lang) -> Option<AnyView> {
    Call::current().services.ways.open_outbox().then(|| {
        view! {
            <Banner><p>{text::demo(lang)} " " <a class="link" href="/messages">{text::demo_go(lang)}</a></p></Banner>
        }
        .into_any()
    })
}

/// Whether a code is on its way: one was sent just now, or less than a minute ago.
pub(super) fn is_sent(form: &FormState) -> bool {
    form.answer::<bool>().is_some() || matches!(form.error(), Some(Error::Wait { .. }))
}

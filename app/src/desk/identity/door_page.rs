//! The ways in: signing in, the second factor, the first set-up, a one-time link.

use super::passkeys::PasskeyDoor;
use crate::shell::rpc::{Call, Caller};
use crate::shell::{Bare, FormState, Returned, Visit, failure};
use crate::texts::identity as text;
use domain::{Error, Lang};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use services::identity::{link, set_up};
use ui::{Banner, Button, ButtonKind, ButtonSize, Check, Input, InputKind, LinkButton, Tone};

/// `/sign-in`
#[component]
pub fn SignInPage() -> impl IntoView {
    let visit = Visit::current();
    let lang = visit.lang;
    let call = Call::current();
    Suspend::new(async move {
        let firm = set_up::firm(&call.services, &services::Scope::public()).await.unwrap_or_default();
        let form = FormState::of(lang, "identity/sign_in", vec![]);
        let signed_out = (visit.query("done") == "signed_out" && !form.sent())
            .then(|| view! { <Banner tone=Tone::Ok><p>{text::signed_out(lang)}</p></Banner> });
        let already = use_context::<Caller>().and_then(|caller| caller.signed).map(|signed| {
            view! { <Banner><p>{text::already(lang, signed.name)}" "<a class="link" href="/home">{text::go_home(lang)}</a></p></Banner> }
        });
        let passkey = FormState::of(lang, "identity/passkey_enter", vec![]);
        let next = match (form.sent(), passkey.sent()) {
            (true, _) => form.value("next"),
            (_, true) => passkey.value("next"),
            _ => visit.query("next"),
        };
        let named = use_context::<Caller>().is_some_and(|caller| caller.site.is_some());
        // Where there are passkeys, the browser offers them in the field of the login.
        let complete = if named { "username webauthn" } else { "username" };
        if let Some(kept) = use_context::<Returned>().filter(|r| r.error == Some(Error::Unauthenticated)) {
            return view! { <Kept lang kept/> }.into_any();
        }
        view! {
            <Bare title=text::sign_in(lang) below=firm>
                {signed_out}
                {already}
                {form.banner()}
                {passkey.banner()}
                <form class="stack stack--4" method="post" action="/api/identity/sign_in">
                    <input type="hidden" name="back" value=visit.href.clone()/>
                    <input type="hidden" name="next" value=next.clone()/>
                    <Input name="login" label=text::login(lang) value=form.value("login") autocomplete=complete maxlength=64 required=true/>
                    <Input name="password" label=text::password(lang) kind=InputKind::Password autocomplete="current-password" maxlength=200 required=true/>
                    <Check name="keep" value="1" checked=form.ticked("keep", "1")>{text::keep(lang)}</Check>
                    <Button kind=ButtonKind::Primary size=ButtonSize::Large block=true>{text::sign_in(lang)}</Button>
                </form>
                {named.then(|| view! { <PasskeyDoor lang next back=visit.href.clone()/> })}
                <p class="sm mute">{text::forgotten(lang)}</p>
                <p class="sm mute">{text::visitors(lang)} <a class="link" href="/">{text::visitors_go(lang)}</a></p>
            </Bare>
        }
        .into_any()
    })
}

/// A form that was sent after the session had ended: what was typed is kept, to be sent again after signing in.
#[component]
fn Kept(lang: Lang, kept: Returned) -> impl IntoView {
    let secret = |name: &str| name.contains("password") || name == "code" && kept.function.contains("second");
    let fields = kept.fields.pairs().iter().filter(|(name, _)| !secret(name)).map(|(name, value)| {
        let name = if name == "roles" { "roles[]".to_owned() } else { name.clone() };
        view! { <input type="hidden" name=name value=value.clone()/> }
    });
    let (fields, action) = (fields.collect_view(), format!("/api/{}", kept.function));
    view! {
        <Bare title=text::session_over(lang)>
            <p class="soft">{text::session_over_why(lang)}</p>
            <a class="btn btn--primary btn--lg btn--block" href="/sign-in" target="_blank" rel="noopener">{text::sign_in_elsewhere(lang)}</a>
            <form method="post" action=action>
                {fields}
                <Button size=ButtonSize::Large block=true>{text::send_again(lang)}</Button>
            </form>
        </Bare>
    }
}

/// `/sign-in/code`
#[component]
pub fn CodePage() -> impl IntoView {
    let visit = Visit::current();
    let lang = visit.lang;
    let form = FormState::of(lang, "identity/second_factor", vec![]);
    let (next, keep) = match form.sent() {
        true => (form.value("next"), form.value("keep")),
        false => (visit.query("next"), visit.query("keep")),
    };
    view! {
        <Bare title=text::second_title(lang) below=text::second_below(lang)>
            {form.banner()}
            <form class="stack stack--4" method="post" action="/api/identity/second_factor">
                <input type="hidden" name="back" value=visit.href.clone()/>
                <input type="hidden" name="next" value=next/>
                <input type="hidden" name="keep" value=keep/>
                <Input
                    name="code" label=text::code(lang) autocomplete="one-time-code" maxlength=40 required=true
                    hint=text::code_hint(lang) error=form.fault("code")
                />
                <Button kind=ButtonKind::Primary size=ButtonSize::Large block=true>{text::code_go(lang)}</Button>
            </form>
            <p class="sm mute"><a class="link" href="/sign-in">{text::other_account(lang)}</a></p>
        </Bare>
    }
}

/// `/setup/{token}`: the first start.
#[component]
pub fn SetUpPage() -> impl IntoView {
    let token = use_params_map().with_untracked(|params| params.get("token")).unwrap_or_default();
    let (Visit { lang, href, .. }, call) = (Visit::current(), Call::current());
    Suspend::new(async move {
        if let Err(error) = set_up::look(&call.services, call.at, &token).await {
            return failure(error);
        }
        let form = FormState::of(lang, "identity/set_up", vec![]);
        let field = |name: &'static str, label: &'static str, complete: &'static str| {
            let (value, error) = (form.value(name), form.fault(name));
            view! { <Input name=name label=label value=value autocomplete=complete required=true maxlength=80 error=error/> }
                .into_any()
        };
        let fields = vec![
            field("firm", text::firm(lang), "organization"),
            field("store", text::first_store(lang), "off"),
            field("name", text::your_name(lang), "name"),
            field("login", text::login(lang), "username"),
        ];
        view! {
            <Bare title=text::setup_title(lang) below=text::setup_below(lang)>
                {form.banner()}
                <form class="stack stack--4" method="post" action="/api/identity/set_up">
                    <input type="hidden" name="back" value=href/>
                    <input type="hidden" name="token" value=token/>
                    {fields}
                    <NewPassword lang form=form.clone()/>
                    <Button kind=ButtonKind::Primary size=ButtonSize::Large block=true>{text::setup_go(lang)}</Button>
                </form>
            </Bare>
        }
        .into_any()
    })
}

/// `/link/{token}`: an invitation, or a new password.
#[component]
pub fn LinkPage() -> impl IntoView {
    let token = use_params_map().with_untracked(|params| params.get("token")).unwrap_or_default();
    let (Visit { lang, href, .. }, call) = (Visit::current(), Call::current());
    Suspend::new(async move {
        let invited = match link::look(&call.services, call.at, &token).await {
            Ok(invited) => invited,
            Err(error) => return failure(error),
        };
        let form = FormState::of(lang, "identity/accept_link", vec![]);
        let title =
            if invited.first { text::welcome(lang, &invited.name) } else { text::reset_title(lang).to_owned() };
        view! {
            <Bare title below=text::your_login(lang, &invited.login)>
                {form.banner()}
                <form class="stack stack--4" method="post" action="/api/identity/accept_link">
                    <input type="hidden" name="back" value=href/>
                    <input type="hidden" name="token" value=token/>
                    <input class="vh" type="text" autocomplete="username" value=invited.login readonly tabindex="-1" aria-hidden="true"/>
                    <NewPassword lang form=form.clone()/>
                    <Button kind=ButtonKind::Primary size=ButtonSize::Large block=true>{text::set_password(lang)}</Button>
                </form>
                <LinkButton href="/sign-in" kind=ButtonKind::Ghost>{text::to_sign_in(lang)}</LinkButton>
            </Bare>
        }
        .into_any()
    })
}

/// The field of a password that is being chosen.
#[component]
pub(super) fn NewPassword(lang: Lang, form: FormState) -> impl IntoView {
    view! {
        <Input
            name="password" label=text::new_password(lang) kind=InputKind::Password autocomplete="new-password"
            maxlength=200 required=true hint=text::new_password_hint(lang) error=form.fault("password")
        />
    }
}

//! Coming in: the number, then the code. And the code once more before sensitive things.

use super::parts::{CodeField, Task, demo_hint, guarded, is_sent};
use crate::shell::{Bare, FormState, Visit};
use crate::texts::client as text;
use domain::Lang;
use domain::identity::Phone;
use leptos::prelude::*;
use ui::{Banner, Button, ButtonKind, ButtonSize, Check, Input, InputKind, Tone};

/// `/me/sign-in`
#[component]
pub fn ClientDoorPage() -> impl IntoView {
    let visit = Visit::current();
    let lang = visit.lang;
    let (asked, tried) =
        (FormState::of(lang, "client/send_code", vec![]), FormState::of(lang, "client/sign_in", vec![]));
    let form = if tried.sent() { tried.clone() } else { asked.clone() };
    let next = if form.sent() { form.value("next") } else { visit.query("next") };
    let second = is_sent(&asked) || tried.sent() && tried.fault("phone").is_none();
    let body = if second {
        Code(lang, &form, &asked, next).into_any()
    } else {
        Number(lang, &visit, &asked, next).into_any()
    };
    view! {
        <Bare title=text::sign_in(lang) below=text::sign_in_why(lang)>
            {body}
            <p class="sm mute">{text::staff(lang)} <a class="link" href="/sign-in">{text::staff_go(lang)}</a></p>
        </Bare>
    }
}

/// The first step.
#[expect(non_snake_case, reason = "a part of a page, named as one")]
fn Number(lang: Lang, visit: &Visit, form: &FormState, next: String) -> impl IntoView + use<> {
    let done = match visit.query("done").as_str() {
        _ if form.sent() => None,
        "signed_out" => Some(text::done_signed_out(lang)),
        "deleted" => Some(text::done_deleted(lang)),
        _ => None,
    };
    let agree = form.fault("agree").map(|text| view! { <p class="error" role="alert">{text}</p> });
    view! {
        {done.map(|text| view! { <Banner tone=Tone::Ok><p>{text}</p></Banner> })}
        {form.banner()}
        <form class="stack stack--4" method="post" action="/api/client/send_code">
            <input type="hidden" name="back" value="/me/sign-in"/>
            <input type="hidden" name="next" value=next/>
            <Input
                name="phone" label=text::phone(lang) kind=InputKind::Phone value=form.value("phone") autocomplete="tel"
                maxlength=24 required=true error=form.fault("phone")
            />
            <div>
                <Check name="agree" value="1" required=true checked=form.ticked("agree", "1")>
                    {text::agree(lang)} " " <a class="link" href="/terms/service">{text::agree_terms(lang)}</a>
                </Check>
                {agree}
            </div>
            <Button kind=ButtonKind::Primary size=ButtonSize::Large block=true>{text::send(lang)}</Button>
        </form>
        <p class="sm mute">{text::no_account(lang)}</p>
    }
}

/// The second step.
#[expect(non_snake_case, reason = "a part of a page, named as one")]
fn Code(lang: Lang, form: &FormState, asked: &FormState, next: String) -> impl IntoView + use<> {
    let phone = form.value("phone");
    let masked = Phone::parse(&phone).map(|phone| phone.masked()).unwrap_or_default();
    let hidden = move || {
        view! {
            <input type="hidden" name="back" value="/me/sign-in"/>
            <input type="hidden" name="phone" value=phone.clone()/>
            <input type="hidden" name="agree" value="1"/>
            <input type="hidden" name="next" value=next.clone()/>
        }
    };
    let optional = ["marketing", "share"].map(|name| {
        let (word, ticked) = match name {
            "marketing" => (text::allow_marketing(lang), form.ticked(name, "1")),
            _ => (text::allow_share(lang), form.ticked(name, "1")),
        };
        view! {
            <Check name=name value="1" checked=ticked>
                {word} " " <a class="link" href=format!("/terms/{name}")>{text::read_terms(lang)}</a>
            </Check>
        }
    });
    let sent = asked.answer::<bool>().is_some();
    view! {
        {sent.then(|| view! { <Banner tone=Tone::Ok live=true><p>{text::sent(lang, &masked)}</p></Banner> })}
        {demo_hint(lang)}
        {form.banner()}
        <form class="stack stack--4" method="post" action="/api/client/sign_in">
            {hidden()}
            <CodeField lang form=form.clone()/>
            <fieldset class="field">
                <legend>{text::optional(lang)}</legend>
                {optional.into_iter().collect_view()}
                <p class="hint">{text::optional_hint(lang)}</p>
            </fieldset>
            <Button kind=ButtonKind::Primary size=ButtonSize::Large block=true>{text::enter(lang)}</Button>
        </form>
        <form method="post" action="/api/client/send_code">
            {hidden()}
            <Button kind=ButtonKind::Ghost>{text::send_again(lang)}</Button>
        </form>
        <p class="sm"><a class="link" href="/me/sign-in">{text::other_number(lang)}</a></p>
    }
}

/// `/me/confirm`
#[component]
pub fn ClientProofPage() -> impl IntoView {
    let visit = Visit::current();
    let lang = visit.lang;
    guarded(move |client| {
        let (asked, tried) =
            (FormState::of(lang, "client/send_proof", vec![]), FormState::of(lang, "client/prove", vec![]));
        let form = if tried.sent() { tried.clone() } else { asked.clone() };
        let next = if form.sent() { form.value("next") } else { visit.query("next") };
        let masked = client.phone.masked();
        let second = is_sent(&asked) || tried.sent();
        let send_word = if second { text::send_again(lang) } else { text::send(lang) };
        let back = visit.href.clone();
        let hidden = move || {
            view! {
                <input type="hidden" name="back" value=back.clone()/>
                <input type="hidden" name="next" value=next.clone()/>
            }
        };
        view! {
            <Task title=text::confirm_title(lang)>
                <p class="soft">{text::confirm_why(lang, &masked)}</p>
                {demo_hint(lang).filter(|_| second)}
                {form.banner()}
                {second.then(|| view! {
                    <form class="stack stack--4" method="post" action="/api/client/prove">
                        {hidden()}
                        <CodeField lang form=tried.clone()/>
                        <div><Button kind=ButtonKind::Primary>{text::confirm_go(lang)}</Button></div>
                    </form>
                })}
                <form method="post" action="/api/client/send_proof">
                    {hidden()}
                    <Button kind=if second { ButtonKind::Ghost } else { ButtonKind::Primary }>{send_word}</Button>
                </form>
            </Task>
        }
        .into_any()
    })
}

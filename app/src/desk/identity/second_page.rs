//! `/account/second-factor`: turning it on with an app, recovery codes, turning it off.

use super::passkeys::{PasskeyConfirm, Passkeys};
use crate::shell::rpc::Call;
use crate::shell::{Desk, FormState, Place, Visit, failure, guarded, own_path};
use crate::texts::identity as text;
use domain::{Error, Lang, Rule};
use leptos::prelude::*;
use services::identity::Owes;
use services::identity::second::{self, Offer};
use ui::{Banner, Button, ButtonKind, Card, Input, InputKind, LinkButton, Tone};

/// The page.
#[component]
pub fn SecondPage() -> impl IntoView {
    let (visit, call) = (Visit::current(), Call::current());
    let lang = visit.lang;
    guarded(move |signed| {
        Suspend::new(async move {
            let form = FormState::of(lang, "identity/second_factor_on", vec![]);
            let title = text::second_card(lang);
            let owes = signed.owes.map(|owes| match owes {
                Owes::SetUp => text::second_must_set_up(lang),
                Owes::Passkey => text::second_must_prove(lang),
            });
            // Done with this very request, nothing is owed any more.
            let must = owes.filter(|_| form.answer::<Vec<String>>().is_none()).map(|why| view! { <Banner tone=Tone::Warn><p>{why}</p></Banner> });
            let next = own_path(&visit.query("next")).unwrap_or("/home").to_owned();
            let body = if let Some(codes) = form.answer::<Vec<String>>() {
                view! { <Codes lang codes/> }.into_any()
            } else if signed.owes == Some(Owes::Passkey) {
                view! { <Card title=text::passkeys(lang)><PasskeyConfirm lang next back=visit.href.clone()/><NoDevice lang/></Card> }
                    .into_any()
            } else if signed.second_factor {
                view! { <TurnOff lang back=visit.href.clone()/> }.into_any()
            } else {
                match second::offer(&call.services, &signed, call.at).await {
                    Ok(offer) => {
                        let keys = signed.owes.map(|_| view! { <Passkeys lang signed=signed.clone() keys=Vec::new()/> });
                        view! { <TurnOn lang offer form back=visit.href.clone()/>{keys} }.into_any()
                    }
                    Err(Error::Rule { rule: Rule::ConfirmFirst }) => view! { <First lang/> }.into_any(),
                    Err(error) => return failure(error),
                }
            };
            view! {
                <Desk signed place=Place::Account title up=("/account", text::account_title(lang))>
                    <div class="dk-narrow stack stack--4">{must}{body}</div>
                </Desk>
            }
            .into_any()
        })
        .into_any()
    })
}

/// What helps where the device with the passkey is lost.
#[component]
fn NoDevice(lang: Lang) -> impl IntoView {
    view! { <p class="sm mute mt-4">{text::second_no_device(lang)}</p> }
}

/// The field for a code of somebody whose second factor is on.
#[component]
pub(super) fn SecondCode(lang: Lang, form: FormState) -> impl IntoView {
    view! {
        <Input
            name="code" label=text::code(lang) autocomplete="one-time-code" maxlength=40 required=true
            hint=text::code_hint(lang) error=form.fault("code")
        />
    }
}

/// The password has to be given first.
#[component]
fn First(lang: Lang) -> impl IntoView {
    view! {
        <Card>
            <p class="soft">{text::confirm_why(lang)}</p>
            <div class="mt-4">
                <LinkButton href="/confirm?next=/account/second-factor" kind=ButtonKind::Primary>{text::confirm_go(lang)}</LinkButton>
            </div>
        </Card>
    }
}

#[component]
fn TurnOn(lang: Lang, offer: Offer, form: FormState, back: String) -> impl IntoView {
    let Offer { secret, address, picture } = offer;
    let picture = picture.split_once("<svg").map(|(_, rest)| format!("<svg{rest}")).unwrap_or_default();
    view! {
        <Card title=text::second_step_scan(lang)>
            <div class="dk-qr" role="img" aria-label=text::second_qr(lang) inner_html=picture></div>
            <p class="sm mute mt-4">{text::second_by_hand(lang)}</p>
            <p class="num med dk-secret">{secret}</p>
            <p class="sm mt-2"><a class="link" href=address>{text::second_open_app(lang)}</a></p>
        </Card>
        <Card title=text::second_step_code(lang)>
            {form.banner()}
            <form class="stack stack--4" method="post" action="/api/identity/second_factor_on">
                <input type="hidden" name="back" value=back/>
                <Input
                    name="code" label=text::code(lang) kind=InputKind::Number autocomplete="one-time-code" maxlength=10
                    required=true error=form.fault("code")
                />
                <div><Button kind=ButtonKind::Primary>{text::second_turn_on(lang)}</Button></div>
            </form>
        </Card>
    }
}

/// Shown once.
#[component]
fn Codes(lang: Lang, codes: Vec<String>) -> impl IntoView {
    let codes = codes.into_iter().map(|code| view! { <li class="num">{code}</li> }).collect_view();
    view! {
        <Banner tone=Tone::Ok live=true><p>{text::second_now_on(lang)}</p></Banner>
        <Card title=text::recovery_title(lang)>
            <p class="soft">{text::recovery_why(lang)}</p>
            <ol class="dk-codes mt-4">{codes}</ol>
            <div class="row row--2 mt-4">
                <button class="btn only-script" type="button" data-print>{text::recovery_print(lang)}</button>
                <LinkButton href="/account" kind=ButtonKind::Primary>{text::recovery_kept(lang)}</LinkButton>
            </div>
        </Card>
    }
}

#[component]
fn TurnOff(lang: Lang, back: String) -> impl IntoView {
    let form = FormState::of(lang, "identity/second_factor_off", vec![]);
    view! {
        <Card title=text::second_off_title(lang)>
            {form.banner()}
            <form class="stack stack--4" method="post" action="/api/identity/second_factor_off">
                <input type="hidden" name="back" value=back/>
                <p class="soft">{text::second_off_why(lang)}</p>
                <Input
                    name="password" label=text::password(lang) kind=InputKind::Password autocomplete="current-password"
                    maxlength=200 required=true error=form.fault("password")
                />
                <SecondCode lang form=form.clone()/>
                <div><Button kind=ButtonKind::Danger>{text::second_turn_off(lang)}</Button></div>
            </form>
        </Card>
    }
}

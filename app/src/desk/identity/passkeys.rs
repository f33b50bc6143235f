//! Passkeys on pages: adding and removing one's own, the door, the step-up. A form with `data-passkey` is shown by
//! `/passkey.js` where the browser has passkeys; it lets the device answer before the form is sent.

use crate::desk::words;
use crate::shell::rpc::{Call, Caller};
use crate::shell::{FormState, Visit};
use crate::texts::identity as text;
use domain::Lang;
use domain::identity::Passkey;
use leptos::prelude::*;
use services::identity::Signed;
use ui::{Button, ButtonKind, ButtonSize, Card, Input, LinkButton};

const SCRIPT: &str = "/passkey.js";
const FIRST: &str = "/confirm?next=/account%23passkeys";

/// The card of one's own passkeys.
#[component]
pub(super) fn Passkeys(lang: Lang, signed: Signed, keys: Vec<Passkey>) -> impl IntoView {
    let call = Call::current();
    let back = Visit::current().path().to_owned();
    let proven = signed.proven(call.at).is_ok();
    let gone = FormState::of(lang, "identity/passkey_remove", vec![]);
    let list = (!keys.is_empty()).then(|| {
        let rows = keys.into_iter().map(|key| row(lang, key, back.clone())).collect_view();
        view! { <ul class="list mt-4">{rows}</ul> }
    });
    let add = match (&call.caller.site, proven) {
        (None, _) => view! {
            <div class="mt-4"><p class="med">{text::passkey_here(lang)}</p><p class="sm mute">{text::passkey_here_why(lang)}</p></div>
        }
        .into_any(),
        (Some(_), false) => view! {
            <div class="mt-4"><LinkButton href=FIRST kind=ButtonKind::Soft>{text::passkey_confirm_first(lang)}</LinkButton></div>
        }
        .into_any(),
        (Some(_), true) => view! { <Add lang back/> }.into_any(),
    };
    view! {
        <section id="passkeys">
            <Card title=text::passkeys(lang)>
                <p class="soft">{text::passkeys_why(lang)}</p>
                {gone.banner()}
                {list}
                {add}
            </Card>
        </section>
    }
}

#[component]
fn Add(lang: Lang, back: String) -> impl IntoView {
    let form = FormState::of(lang, "identity/passkey_add", vec![]);
    view! {
        {form.banner()}
        <form
            class="stack stack--4 mt-4" method="post" action="/api/identity/passkey_add" hidden
            data-passkey="identity/passkey_options" data-purpose="add" data-script=SCRIPT
            data-failed=text::passkey_add_failed(lang) data-first=FIRST
        >
            <input type="hidden" name="back" value=back/>
            <input type="hidden" name="credential" value=""/>
            <Input
                name="name" label=text::passkey_name(lang) hint=text::passkey_name_hint(lang) value=form.value("name")
                maxlength=40 required=true error=form.fault("name")
            />
            <p class="sm" role="status" data-said></p>
            <div><Button kind=ButtonKind::Soft>{text::passkey_add(lang)}</Button></div>
        </form>
        <p class="sm mute mt-4" data-no-passkey>{text::passkey_none(lang)}</p>
    }
}

fn row(lang: Lang, key: Passkey, back: String) -> AnyView {
    let Passkey { id, name, site, made_ms, used_ms } = key;
    let used = match used_ms {
        Some(at) => text::passkey_used(lang, words::moment(at)),
        None => text::passkey_unused(lang).to_owned(),
    };
    view! {
        <li class="lrow dk-lrow">
            <div class="lrow-main">
                <span class="lrow-title">{name}</span>
                <span class="lrow-sub num">{text::passkey_sub(lang, words::moment(made_ms), site, used)}</span>
            </div>
            <form method="post" action="/api/identity/passkey_remove">
                <input type="hidden" name="back" value=back/>
                <input type="hidden" name="id" value=id.to_string()/>
                <Button size=ButtonSize::Small>{text::passkey_remove(lang)}</Button>
            </form>
        </li>
    }
    .into_any()
}

/// Below the form of the door.
#[component]
pub(super) fn PasskeyDoor(lang: Lang, next: String, back: String) -> impl IntoView {
    view! {
        <form
            method="post" action="/api/identity/passkey_enter" hidden class="stack stack--2"
            data-passkey="identity/passkey_door" data-purpose="enter" data-script=SCRIPT data-failed=text::passkey_failed(lang)
        >
            <input type="hidden" name="back" value=back/>
            <input type="hidden" name="next" value=next/>
            <input type="hidden" name="keep" value=""/>
            <input type="hidden" name="credential" value=""/>
            <Button size=ButtonSize::Large block=true>{text::passkey_enter(lang)}</Button>
            <p class="sm" role="status" data-said></p>
        </form>
    }
}

/// Below the password of the step-up.
#[component]
pub(super) fn PasskeyConfirm(lang: Lang, next: String, back: String) -> impl IntoView {
    let named = use_context::<Caller>().is_some_and(|caller| caller.site.is_some());
    named.then(|| {
        view! {
            <form
                method="post" action="/api/identity/passkey_confirm" hidden class="stack stack--2 mt-4"
                data-passkey="identity/passkey_options" data-purpose="confirm" data-script=SCRIPT
                data-failed=text::passkey_failed(lang)
            >
                <input type="hidden" name="back" value=back/>
                <input type="hidden" name="next" value=next/>
                <input type="hidden" name="credential" value=""/>
                <div><Button>{text::passkey_confirm(lang)}</Button></div>
                <p class="sm" role="status" data-said></p>
            </form>
        }
    })
}

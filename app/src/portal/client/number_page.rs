//! Another number, and the end of the account: both only where a code was given lately.

use super::parts::{CodeField, Task, demo_hint, is_sent, proven};
use crate::shell::{FormState, Visit};
use crate::texts::client as text;
use domain::identity::Phone;
use leptos::prelude::*;
use ui::{Banner, Button, ButtonKind, Check, Input, InputKind, Tone};

/// `/me/number`
#[component]
pub fn ClientNumberPage() -> impl IntoView {
    let lang = Visit::current().lang;
    proven(move |client| {
        let (asked, tried) =
            (FormState::of(lang, "client/send_new", vec![]), FormState::of(lang, "client/change_number", vec![]));
        let form = if tried.sent() { tried.clone() } else { asked.clone() };
        let phone = form.value("phone");
        let second = is_sent(&asked) || tried.sent() && tried.fault("phone").is_none();
        let masked = Phone::parse(&phone).map(|phone| phone.masked()).unwrap_or_default();
        let body = if second {
            view! {
                <p class="soft">{text::sent(lang, masked)}</p>
                {demo_hint(lang)}
                {form.banner()}
                <form class="stack stack--4" method="post" action="/api/client/change_number">
                    <input type="hidden" name="back" value="/me/number"/>
                    <input type="hidden" name="phone" value=phone/>
                    <CodeField lang form=tried/>
                    <div><Button kind=ButtonKind::Primary>{text::number_go(lang)}</Button></div>
                </form>
            }
            .into_any()
        } else {
            view! {
                {form.banner()}
                <form class="stack stack--4" method="post" action="/api/client/send_new">
                    <input type="hidden" name="back" value="/me/number"/>
                    <Input
                        name="phone" label=text::new_phone(lang) kind=InputKind::Phone value=phone autocomplete="tel"
                        maxlength=24 required=true error=form.fault("phone")
                    />
                    <div><Button kind=ButtonKind::Primary>{text::send(lang)}</Button></div>
                </form>
            }
            .into_any()
        };
        view! {
            <Task title=text::number_title(lang)>
                <p class="soft">{text::number_why(lang, client.phone.masked())}</p>
                {body}
            </Task>
        }
        .into_any()
    })
}

/// `/me/delete`
#[component]
pub fn ClientDeletePage() -> impl IntoView {
    let lang = Visit::current().lang;
    proven(move |_client| {
        let form = FormState::of(lang, "client/delete", vec![]);
        let sure = form.fault("sure").map(|text| view! { <p class="error" role="alert">{text}</p> });
        let points =
            text::delete_points(lang).lines().map(|line| view! { <li>{line.to_owned()}</li> }).collect_view();
        view! {
            <Task title=text::delete_title(lang)>
                <Banner tone=Tone::Warn><p>{text::delete_why(lang)}</p></Banner>
                <ul class="me-points">{points}</ul>
                {form.banner()}
                <form class="stack stack--4" method="post" action="/api/client/delete">
                    <input type="hidden" name="back" value="/me/delete"/>
                    <div><Check name="sure" value="1" required=true>{text::delete_sure(lang)}</Check>{sure}</div>
                    <div><Button kind=ButtonKind::Danger>{text::delete_go(lang)}</Button></div>
                </form>
            </Task>
        }
        .into_any()
    })
}

//! `/reveals`: who saw this number, and what did this person see.

use crate::desk::words;
use crate::shell::rpc::Call;
use crate::shell::{Desk, Place, Visit, failure, guarded, hue};
use crate::texts::audit as text;
use domain::Lang;
use domain::identity::{Look, RevealRow, RevealedField};
use leptos::prelude::*;
use services::staff::reveal;
use ui::{AppliedChip, Avatar, Card, Empty};

/// The page.
#[component]
pub fn RevealsPage() -> impl IntoView {
    let (visit, call) = (Visit::current(), Call::current());
    let lang = visit.lang;
    guarded(move |signed| {
        Suspend::new(async move {
            let (by, of) = (visit.query("by"), visit.query("of"));
            let asked = |code: &str| (!code.is_empty()).then(|| code.to_owned());
            let (by, of) = (asked(&by), asked(&of));
            let rows = match reveal::list(&call.services, &signed, by.as_deref(), of.as_deref()).await {
                Ok(rows) => rows,
                Err(error) => return failure(error),
            };
            let quota = match reveal::quota(&call.services, &signed.scope()).await {
                Ok(quota) => quota,
                Err(error) => return failure(error),
            };
            let chips = [by.map(|code| text::by(lang, code)), of.map(|code| text::of(lang, code))]
                .into_iter()
                .flatten()
                .map(|name| view! { <AppliedChip href="/reveals" remove_label=text::remove(lang, &name)>{name}</AppliedChip> })
                .collect_view();
            let body = if rows.is_empty() {
                view! { <Empty title=text::no_looks(lang)><p>{text::no_looks_why(lang)}</p></Empty> }.into_any()
            } else {
                let rows = rows.into_iter().map(|row| line(lang, row)).collect_view();
                view! { <Card><ul class="list">{rows}</ul></Card> }.into_any()
            };
            view! {
                <Desk signed place=Place::Reveals title=text::looks(lang)>
                    <div class="stack stack--4">
                        <p class="soft sm">{text::looks_note(lang, quota.day, quota.hour)}</p>
                        <div class="row row--2">{chips}</div>
                        {body}
                    </div>
                </Desk>
            }
            .into_any()
        })
        .into_any()
    })
}

fn line(lang: Lang, row: RevealRow) -> AnyView {
    let RevealRow { at_ms, by, of, look, reason } = row;
    let saw = |field| (text::look(lang, &by.1, words::number(lang, field), &of.1), text::look_reason(lang, &reason));
    let (what, why) = match look {
        Look::Phone => saw(RevealedField::Phone),
        Look::IdNumber => saw(RevealedField::IdNumber),
        Look::Call => (text::look_call(lang, &by.1, &of.1), text::look_call_why(lang).to_owned()),
    };
    view! {
        <li class="lrow">
            <Avatar name=by.1.clone() hue=hue(&by.0)/>
            <div class="lrow-main">
                <span class="lrow-title">{what}</span>
                <span class="lrow-sub">{why}</span>
            </div>
            <span class="sm mute num">{words::moment(at_ms)}</span>
        </li>
    }
    .into_any()
}

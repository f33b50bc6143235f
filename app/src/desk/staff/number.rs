//! A masked number, and the way to see it in full: a reason, then the number for a minute, with a watermark.

use super::rpc::{CallNumber, ShownNumber};
use crate::desk::words;
use crate::shell::FormState;
use crate::shell::rpc::Call;
use crate::texts::staff as text;
use domain::Lang;
use domain::identity::RevealedField;
use leptos::prelude::*;
use services::staff::reveal::SHOWN_S;
use ui::{Button, ButtonKind, ButtonSize, Glyph, Icon, Input};

/// The number of a person.
#[component]
pub(super) fn MaskedNumber(
    lang: Lang,
    code: String,
    back: String,
    field: RevealedField,
    masked: Option<String>,
    /// Whether it may be asked for.
    open: bool,
    /// Whether its owner may be called without it.
    call: bool,
) -> impl IntoView {
    let Some(masked) = masked else { return view! { <span class="mute">{text::not_kept(lang)}</span> }.into_any() };
    let form = FormState::of(lang, "staff/reveal", vec![]).only("field", field.code());
    if let Some(shown) = form.answer::<ShownNumber>() {
        let ShownNumber { number, left, watermark } = shown;
        return view! {
            <span class="dk-shown" data-vanish=SHOWN_S.to_string()>
                <b class="num lg">{number}</b>
                <span class="dk-mark" aria-hidden="true">{watermark}</span>
            </span>
            <span class="xs mute" role="status">{text::shown_note(lang, left, SHOWN_S)}</span>
        }
        .into_any();
    }
    let sent = form.sent();
    let calling = call.then(|| view! { <Calling lang code=code.clone() back=back.clone()/> });
    let id = format!("reason-{}", field.code());
    view! {
        <span class="num lg">{masked}</span>
        {calling}
        {open.then(|| view! {
            <details class="dk-reveal" open=sent>
                <summary class="btn btn--sm"><Icon glyph=Glyph::Eye/>{text::reveal(lang)}</summary>
                <div class="dk-panel">
                    {form.banner()}
                    <form class="stack stack--3" method="post" action="/api/staff/reveal">
                        {form.once()}
                        <input type="hidden" name="back" value=back/>
                        <input type="hidden" name="code" value=code/>
                        <input type="hidden" name="field" value=field.code()/>
                        <Input
                            id=id name="reason" label=text::reason(lang, words::number(lang, field)) value=form.value("reason")
                            maxlength=200 required=true hint=text::reason_hint(lang) error=form.fault("reason")
                        />
                        <div><Button kind=ButtonKind::Primary>{text::reveal_go(lang)}</Button></div>
                    </form>
                </div>
            </details>
        })}
    }
    .into_any()
}

/// The way that needs no number: a virtual one, to be dialled from one's own telephone.
#[component]
fn Calling(lang: Lang, code: String, back: String) -> impl IntoView {
    let form = FormState::of(lang, "staff/call", vec![]);
    if let Some(CallNumber { number, until_ms }) = form.answer() {
        let left_s = ((until_ms - Call::current().at.0) / 1000).max(0);
        let until = words::hour(until_ms);
        return view! {
            <div class="dk-call" role="status" data-vanish=left_s.to_string()>
                <a class="btn btn--primary num" href=format!("tel:{number}")><Icon glyph=Glyph::Phone/>{number.clone()}</a>
                <p class="xs mute">{text::call_note(lang, (left_s + 59) / 60, until)}</p>
            </div>
        }
        .into_any();
    }
    view! {
        {form.banner()}
        <form class="dk-call" method="post" action="/api/staff/call">
            {form.once()}
            <input type="hidden" name="back" value=back/>
            <input type="hidden" name="code" value=code/>
            <Button kind=ButtonKind::Primary size=ButtonSize::Small><Icon glyph=Glyph::Phone/>{text::call(lang)}</Button>
        </form>
    }
    .into_any()
}

//! A masked number, and the way to see it in full: a reason, then the number for a minute, with a watermark.

use super::rpc::ShownNumber;
use crate::desk::words;
use crate::shell::FormState;
use crate::texts::staff as text;
use domain::Lang;
use domain::identity::RevealedField;
use leptos::prelude::*;
use services::staff::reveal::SHOWN_S;
use ui::{Button, ButtonKind, Glyph, Icon, Input};

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
    let id = format!("reason-{}", field.code());
    view! {
        <span class="num lg">{masked}</span>
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

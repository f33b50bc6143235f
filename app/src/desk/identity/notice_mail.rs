//! Notices by mail: the form that any page of settings may hold, and the page of the link that confirms an address.

use crate::shell::rpc::Call;
use crate::shell::{Bare, FormState, Visit, notice_title};
use crate::texts::notice_mail as text;
use domain::access::{Action, allow};
use domain::identity::NoticeKind;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use services::identity::{Signed, notice_mail};
use ui::{
    Banner, Button, ButtonKind, ButtonSize, Card, Check, FieldGroup, Input, InputKind, LinkButton, Tag, TagKind, Tone,
};

/// Which notices come by mail too. Stands by itself: it reads what was chosen and comes back to the page it is on.
#[component]
pub(crate) fn NoticeSettings(signed: Signed) -> impl IntoView {
    let (visit, call) = (Visit::current(), Call::current());
    let lang = visit.lang;
    Suspend::new(async move {
        let chosen = notice_mail::chosen(&call.services, &signed).await.unwrap_or_default();
        let mut start = vec![("mail", chosen.mail.clone().unwrap_or_default())];
        start.extend(chosen.kinds.iter().map(|kind| ("kinds", kind.code().to_owned())));
        let form = FormState::of(lang, "identity/notice_mail", start);
        let done = match visit.query("done").as_str() {
            "mail_sent" => Some(text::sent(lang)),
            "mail" => Some(text::saved(lang)),
            _ => None,
        };
        let standing = chosen.mail.is_some().then(|| match chosen.confirmed {
            true => view! { <Tag kind=TagKind::Ok>{text::confirmed(lang)}</Tag> },
            false => view! { <Tag kind=TagKind::Warn>{text::waiting(lang)}</Tag> },
        });
        let closed = (!call.services.ways.reach_mail())
            .then(|| view! { <Banner tone=Tone::Warn><p>{text::closed(lang)}</p></Banner> });
        // What a person is never told need not be offered.
        let offered = |kind: NoticeKind| match kind {
            NoticeKind::UnusualReveals => allow(&signed.actor, Action::ReadAudit),
            NoticeKind::MessagesDead => allow(&signed.actor, Action::ManageMessages),
            NoticeKind::NewDevice
            | NoticeKind::PasswordChanged
            | NoticeKind::RolesChanged
            | NoticeKind::SecondFactorOff
            | NoticeKind::NewPasskey
            | NoticeKind::PasskeyRemoved
            | NoticeKind::LicenceEnds
            | NoticeKind::HandedOver => true,
        };
        let boxes = NoticeKind::ALL
            .iter()
            .filter(|kind| offered(**kind))
            .map(|kind| {
                let ticked = form.ticked("kinds", kind.code());
                view! { <Check name="kinds[]" value=kind.code() checked=ticked>{notice_title(lang, *kind)}</Check> }
            })
            .collect_view();
        let confirm = format!("/confirm?next={}", visit.path());
        view! {
            <div id="notice-mail">
                <Card title=text::title(lang)>
                    <div class="stack stack--4">
                        {done.map(|text| view! { <Banner tone=Tone::Ok live=true><p>{text}</p></Banner> })}
                        {closed}
                        {form.banner()}
                        <p class="soft sm">{text::why(lang)}</p>
                        <form class="stack stack--4" method="post" action="/api/identity/notice_mail">
                            <input type="hidden" name="back" value=visit.path().to_owned()/>
                            <Input
                                name="mail" label=text::mail(lang) kind=InputKind::Email value=form.value("mail") hint=text::mail_hint(lang)
                                autocomplete="email" maxlength=254 error=form.fault("mail")
                            />
                            {standing}
                            <FieldGroup id="kinds" legend=text::kinds(lang) error=form.fault("kinds")>{boxes}</FieldGroup>
                            <p class="sm"><a class="link" href=confirm>{text::confirm_first(lang)}</a></p>
                            <div><Button kind=ButtonKind::Primary>{text::save(lang)}</Button></div>
                        </form>
                    </div>
                </Card>
            </div>
        }
    })
}

/// `/mail/{token}`: a press of a person, for programs that look at mail open every link in it.
#[component]
pub fn MailPage() -> impl IntoView {
    let token = use_params_map().with_untracked(|params| params.get("token")).unwrap_or_default();
    let Visit { lang, href, .. } = Visit::current();
    let form = FormState::of(lang, "identity/confirm_mail", vec![]);
    let body = if token == "done" {
        view! {
            <Banner tone=Tone::Ok><p>{text::is_confirmed(lang)}</p></Banner>
            <LinkButton href="/account" kind=ButtonKind::Primary>{text::to_account(lang)}</LinkButton>
        }
        .into_any()
    } else {
        view! {
            {form.banner()}
            <form method="post" action="/api/identity/confirm_mail">
                <input type="hidden" name="back" value=href/>
                <input type="hidden" name="token" value=token/>
                <Button kind=ButtonKind::Primary size=ButtonSize::Large block=true>{text::confirm(lang)}</Button>
            </form>
        }
        .into_any()
    };
    view! { <Bare title=text::confirm_title(lang)>{body}</Bare> }
}

//! One's own account: who one is, where one is signed in, the password; and the step-up.

use super::door_page::NewPassword;
use super::notice_mail::NoticeSettings;
use super::passkeys::{PasskeyConfirm, Passkeys};
use super::second_page::SecondCode;
use crate::desk::words;
use crate::shell::rpc::Call;
use crate::shell::{Desk, FormState, Place, Visit, failure, guarded};
use crate::texts::{desk, identity as text};
use domain::Lang;
use domain::identity::{Device, Passkey, Profile};
use leptos::prelude::*;
use services::identity::{Signed, device, passkey, second};
use services::staff;
use ui::{
    Avatar, AvatarSize, Banner, Button, ButtonKind, ButtonSize, Card, DescriptionList, Fact, FactsKind, Input,
    InputKind, LinkButton, Tag, TagKind, Tone,
};

/// `/account`
#[component]
pub fn AccountPage() -> impl IntoView {
    let (visit, call) = (Visit::current(), Call::current());
    guarded(move |signed| {
        Suspend::new(async move {
            let loaded = async {
                let devices = device::list(&call.services, &signed, call.at).await?;
                let keys = passkey::list(&call.services, &signed).await?;
                let codes = second::codes_left(&call.services, &signed).await?;
                Ok((staff::profile(&call.services, &signed, &signed.code).await?, devices, codes, keys))
            };
            match loaded.await {
                Ok((profile, devices, codes, keys)) => {
                    view! { <Account visit signed profile devices codes keys/> }.into_any()
                }
                Err(error) => failure(error),
            }
        })
        .into_any()
    })
}

#[component]
fn Account(
    visit: Visit,
    signed: Signed,
    profile: Profile,
    devices: Vec<Device>,
    codes: i64,
    keys: Vec<Passkey>,
) -> impl IntoView {
    let (lang, back) = (visit.lang, visit.href.clone());
    let done = match visit.query("done").as_str() {
        "password" => Some(text::done_password(lang)),
        "device" => Some(text::done_device(lang)),
        "passkey" => Some(text::done_passkey(lang)),
        "passkey_gone" => Some(text::done_passkey_gone(lang)),
        "second_off" => Some(text::done_second_off(lang)),
        _ => None,
    };
    let form = FormState::of(lang, "identity/change_password", vec![]);
    let tags = words::role_tags(lang, &profile.colleague.roles, TagKind::Accent);
    let facts = vec![
        Fact::new(text::login(lang), signed.login.clone()),
        Fact::new(text::number(lang), signed.code.clone()),
        Fact::new(text::store(lang), profile.colleague.store.1.clone()),
        Fact::new(text::position(lang), profile.colleague.position.clone()),
    ];
    let hue = crate::shell::hue(&signed.code);
    let second = if signed.second_factor {
        view! {
            <p class="row row--2"><Tag kind=TagKind::Ok>{text::second_on(lang)}</Tag> <span class="sm mute">{text::codes_left(lang, codes)}</span></p>
            <LinkButton href="/account/second-factor">{text::second_manage(lang)}</LinkButton>
        }
        .into_any()
    } else {
        view! {
            <p class="soft">{text::second_why(lang)}</p>
            <LinkButton href="/account/second-factor" kind=ButtonKind::Soft>{text::second_start(lang)}</LinkButton>
        }
        .into_any()
    };
    let settings = view! { <NoticeSettings signed=signed.clone()/> }.into_any();
    let (name, store) = (signed.name.clone(), back.clone());
    let passkeys = view! { <Passkeys lang signed=signed.clone() keys/> };
    view! {
        <Desk signed=signed.clone() place=Place::Account title=text::account_title(lang)>
            {done.map(|text| view! { <Banner tone=Tone::Ok live=true><p>{text}</p></Banner> })}
            <div class="dk-two">
                <div class="stack stack--4">
                    <Card>
                        <div class="row row--3">
                            <Avatar name=name.clone() hue size=AvatarSize::XLarge/>
                            <div><h2>{name}</h2><p class="row row--2 mt-2">{tags}</p></div>
                        </div>
                        <div class="mt-4"><DescriptionList facts kind=FactsKind::Pairs/></div>
                        <div class="row row--2 mt-4">
                            <LinkButton href=format!("/staff/{}", signed.code)>{text::my_record(lang)}</LinkButton>
                            <LinkButton href="/settings">{desk::go_settings(lang)}</LinkButton>
                            <LinkButton href="/permissions">{text::my_rights(lang)}</LinkButton>
                        </div>
                    </Card>
                    {passkeys}
                    <Card title=text::second_card(lang)><div class="stack stack--3">{second}</div></Card>
                    {settings}
                    <Card title=text::my_data(lang)>
                        <p class="soft">{text::my_data_why(lang)}</p>
                        <a class="btn mt-4" href="/account/copy.zip" download>{text::my_data_get(lang)}</a>
                    </Card>
                </div>
                <div class="stack stack--4">
                    <Devices lang devices back=store/>
                    <Card title=text::change_password(lang)>
                        {form.banner()}
                        <form class="stack stack--4" method="post" action="/api/identity/change_password">
                            <input type="hidden" name="back" value=back/>
                            <input class="vh" type="text" autocomplete="username" value=signed.login readonly tabindex="-1" aria-hidden="true"/>
                            <Input
                                name="old_password" label=text::old_password(lang) kind=InputKind::Password
                                autocomplete="current-password" maxlength=200 required=true error=form.fault("old_password")
                            />
                            {signed.second_factor.then(|| view! { <SecondCode lang form=form.clone()/> })}
                            <NewPassword lang form=form.clone()/>
                            <p class="sm mute">{text::change_password_note(lang)}</p>
                            <div><Button kind=ButtonKind::Primary>{text::change_password(lang)}</Button></div>
                        </form>
                    </Card>
                    <form method="post" action="/api/identity/sign_out">
                        <Button kind=ButtonKind::Danger block=true>{text::sign_out_here(lang)}</Button>
                    </form>
                </div>
            </div>
        </Desk>
    }
}

#[component]
fn Devices(lang: Lang, devices: Vec<Device>, back: String) -> impl IntoView {
    let many = devices.len() > 1;
    let others = back.clone();
    let forms = ["identity/revoke_device", "identity/revoke_others"];
    let refused = forms.into_iter().find_map(|function| FormState::of(lang, function, vec![]).banner());
    let rows = devices
        .into_iter()
        .map(|device| {
            let end = if device.here {
                view! { <Tag kind=TagKind::Ok>{text::this_device(lang)}</Tag> }.into_any()
            } else {
                view! {
                    <form method="post" action="/api/identity/revoke_device">
                        <input type="hidden" name="back" value=back.clone()/>
                        <input type="hidden" name="id" value=device.id.to_string()/>
                        <Button size=ButtonSize::Small>{text::revoke(lang)}</Button>
                    </form>
                }
                .into_any()
            };
            let name = if device.name.is_empty() { text::unknown_device(lang).to_owned() } else { device.name };
            let sub = text::device_sub(lang, device.address, words::moment(device.seen_ms), words::moment(device.since_ms));
            view! {
                <li class="lrow dk-lrow">
                    <div class="lrow-main"><span class="lrow-title">{name}</span><span class="lrow-sub num">{sub}</span></div>
                    {end}
                </li>
            }
        })
        .collect_view();
    view! {
        <Card title=text::devices(lang)>
            {refused.map(|banner| view! {
                {banner}
                <p class="sm mt-2"><a class="link" href="/confirm?next=/account">{text::passkey_confirm_first(lang)}</a></p>
            })}
            <ul class="list">{rows}</ul>
            {many.then(|| view! {
                <form method="post" action="/api/identity/revoke_others" class="mt-4">
                    <input type="hidden" name="back" value=others/>
                    <Button>{text::revoke_others(lang)}</Button>
                </form>
            })}
        </Card>
    }
}

/// `/confirm`: the password once more.
#[component]
pub fn ConfirmPage() -> impl IntoView {
    let visit = Visit::current();
    let lang = visit.lang;
    guarded(move |signed| {
        let form = FormState::of(lang, "identity/confirm", vec![]);
        let passkey = FormState::of(lang, "identity/passkey_confirm", vec![]);
        let next = match (form.sent(), passkey.sent()) {
            (true, _) => form.value("next"),
            (_, true) => passkey.value("next"),
            _ => visit.query("next"),
        };
        view! {
            <Desk signed=signed.clone() place=Place::Account title=text::confirm_title(lang)>
                <div class="dk-narrow">
                    <Card>
                        {form.banner()}
                        {passkey.banner()}
                        <form class="stack stack--4" method="post" action="/api/identity/confirm">
                            <input type="hidden" name="back" value=visit.href.clone()/>
                            <input type="hidden" name="next" value=next.clone()/>
                            <p class="soft">{text::confirm_why(lang)}</p>
                            <input class="vh" type="text" autocomplete="username" value=signed.login readonly tabindex="-1" aria-hidden="true"/>
                            <Input
                                name="password" label=text::password(lang) kind=InputKind::Password
                                autocomplete="current-password" maxlength=200 required=true error=form.fault("password")
                            />
                            {signed.second_factor.then(|| view! { <SecondCode lang form=form.clone()/> })}
                            <div><Button kind=ButtonKind::Primary>{text::confirm_go(lang)}</Button></div>
                        </form>
                        <PasskeyConfirm lang next back=visit.href.clone()/>
                    </Card>
                </div>
            </Desk>
        }
        .into_any()
    })
}

//! A person's account, as an administrator keeps it.

use crate::desk::words;
use crate::shell::{FormState, Visit};
use crate::texts::staff as text;
use domain::Lang;
use domain::access::Role;
use domain::identity::AccountState;
use leptos::prelude::*;
use ui::{
    Banner, Button, ButtonKind, ButtonSize, Card, Check, DescriptionList, Fact, FactsKind, FieldGroup, Input, Tag,
    TagKind, Tone,
};

/// Opening an account; its roles, a link for a new password, closing it.
#[component]
pub(super) fn AccountCard(
    lang: Lang,
    code: String,
    back: String,
    state: Option<AccountState>,
    login: Option<String>,
    roles: Vec<Role>,
    second_factor: bool,
    /// Whether the person works here.
    here: bool,
) -> impl IntoView {
    let opened = FormState::of(lang, "identity/open_account", vec![("roles", "agent".to_owned())]);
    let linked = FormState::of(lang, "identity/make_link", vec![]);
    let link = opened.answer::<String>().or_else(|| linked.answer());
    let confirm = format!("/confirm?next={back}");
    let body = match state {
        None if here => view! { <Open lang code=code.clone() back=back.clone() form=opened.clone()/> }.into_any(),
        None => view! { <p class="mute">{text::account_none(lang)}</p> }.into_any(),
        Some(state) => {
            view! { <Kept lang code=code.clone() back=back.clone() state login roles second_factor here/> }.into_any()
        }
    };
    view! {
        <Card title=text::account(lang)>
            {link.map(|path| view! { <Link lang path/> })}
            {linked.banner()}
            <p class="sm mute">{text::account_note(lang)} " " <a class="link" href=confirm>{text::confirm_first(lang)}</a></p>
            <div class="stack stack--4 mt-4">{body}</div>
        </Card>
    }
}

/// A link that is shown once.
#[component]
fn Link(lang: Lang, path: String) -> impl IntoView {
    let href = format!("{}{path}", Visit::current().origin);
    view! {
        <Banner tone=Tone::Ok live=true>
            <p>{text::link_made(lang)}</p>
            <p class="num dk-secret"><a class="link" href=href.clone() rel="external">{href.clone()}</a></p>
        </Banner>
    }
}

#[component]
fn Open(lang: Lang, code: String, back: String, form: FormState) -> impl IntoView {
    view! {
        {form.banner()}
        <form class="stack stack--4" method="post" action="/api/identity/open_account">
            {form.once()}
            <input type="hidden" name="back" value=back/>
            <input type="hidden" name="code" value=code/>
            <Input name="login" label=text::login(lang) value=form.value("login") hint=text::login_hint(lang) maxlength=64 required=true error=form.fault("login") autocomplete="off"/>
            <Roles lang form=form.clone()/>
            <div><Button kind=ButtonKind::Primary>{text::account_open(lang)}</Button></div>
        </form>
    }
}

#[component]
fn Kept(
    lang: Lang,
    code: String,
    back: String,
    state: AccountState,
    login: Option<String>,
    roles: Vec<Role>,
    second_factor: bool,
    here: bool,
) -> impl IntoView {
    let tag = match state {
        AccountState::Invited => TagKind::Warn,
        AccountState::Active => TagKind::Ok,
        AccountState::Disabled => TagKind::Bad,
    };
    let mut facts = vec![Fact::new(text::state(lang), view! { <Tag kind=tag>{words::account(lang, state)}</Tag> })];
    facts.extend(login.map(|login| Fact::new(text::login(lang), login)));
    let second = if second_factor { text::second_on(lang) } else { text::second_off(lang) };
    facts.push(Fact::new(text::second(lang), second));
    let start = roles.iter().map(|role| ("roles", role.code().to_owned())).collect();
    let form = FormState::of(lang, "identity/set_roles", start);
    let closed = state == AccountState::Disabled;
    let shut = FormState::of(lang, "identity/set_closed", vec![]);
    let (value, kind, word) = match closed {
        true => ("0", ButtonKind::Plain, text::account_reopen(lang)),
        false => ("1", ButtonKind::Danger, text::account_close(lang)),
    };
    let hidden = move |back: &str, code: &str| {
        view! {
            <input type="hidden" name="back" value=back.to_owned()/>
            <input type="hidden" name="code" value=code.to_owned()/>
        }
    };
    view! {
        <DescriptionList facts kind=FactsKind::Pairs/>
        {form.banner()}
        <form class="stack stack--3" method="post" action="/api/identity/set_roles">
            {hidden(&back, &code)}
            <Roles lang form=form.clone()/>
            <div><Button size=ButtonSize::Small>{text::roles_save(lang)}</Button></div>
        </form>
        {shut.banner()}
        <div class="row row--2">
            {(!closed).then(|| view! {
                <form method="post" action="/api/identity/make_link">
                    {hidden(&back, &code)}
                    <Button size=ButtonSize::Small>{text::link_make(lang)}</Button>
                </form>
            })}
            {second_factor.then(|| view! {
                <form method="post" action="/api/identity/drop_second">
                    {hidden(&back, &code)}
                    <Button size=ButtonSize::Small>{text::second_drop(lang)}</Button>
                </form>
            })}
            {(here || !closed).then(|| view! {
                <form method="post" action="/api/identity/set_closed">
                    {hidden(&back, &code)}
                    <input type="hidden" name="closed" value=value/>
                    <Button size=ButtonSize::Small kind=kind>{word}</Button>
                </form>
            })}
        </div>
    }
}

#[component]
fn Roles(lang: Lang, form: FormState) -> impl IntoView {
    let boxes = Role::ALL
        .iter()
        .map(|role| {
            view! { <Check name="roles[]" value=role.code() checked=form.ticked("roles", role.code())>{words::role(lang, *role)}</Check> }
        })
        .collect_view();
    view! {
        <FieldGroup id="roles" legend=text::roles(lang) hint=text::roles_hint(lang) error=form.fault("roles")>
            <div class="dk-checks">{boxes}</div>
        </FieldGroup>
    }
}

//! `/keys`: keys of the programming interface.

use crate::desk::words;
use crate::shell::rpc::Call;
use crate::shell::{Desk, FormState, Place, Visit, failure, guarded};
use crate::texts::{key as text, staff};
use domain::Lang;
use domain::access::KeyRight;
use domain::identity::ApiKey;
use leptos::prelude::*;
use services::identity::api_key;
use ui::{
    Banner, Button, ButtonKind, ButtonSize, Card, Check, Empty, FieldGroup, Input, InputKind, LinkButton, Tag,
    TagKind, Tone,
};

/// The page.
#[component]
pub fn KeysPage() -> impl IntoView {
    let (visit, call) = (Visit::current(), Call::current());
    let lang = visit.lang;
    guarded(move |signed| {
        Suspend::new(async move {
            let keys = match api_key::list(&call.services, &signed).await {
                Ok(keys) => keys,
                Err(error) => return failure(error),
            };
            let form = FormState::of(lang, "identity/make_key", vec![("days", "90".to_owned())]);
            let made = form.answer::<String>();
            let form = if made.is_some() { FormState::of(lang, "", vec![("days", "90".to_owned())]) } else { form };
            let revoked = visit.query("done") == "revoked";
            let list = if keys.is_empty() {
                view! { <Empty title=text::none(lang)><p>{text::none_why(lang)}</p></Empty> }.into_any()
            } else {
                let rows = keys.into_iter().map(|key| row(lang, key, call.at.0)).collect_view();
                view! { <Card><ul class="list">{rows}</ul></Card> }.into_any()
            };
            let boxes = KeyRight::ALL
                .iter()
                .map(|right| {
                    let ticked = form.ticked("rights", right.code());
                    view! { <Check name="rights[]" value=right.code() checked=ticked>{word(lang, *right)}</Check> }
                })
                .collect_view();
            let actions = view! { <LinkButton href="/api/docs">{text::docs(lang)}</LinkButton> };
            let fault = form.fault("rights");
            view! {
                <Desk signed place=Place::Rights title=text::title(lang) actions=actions.into_any()>
                    {revoked.then(|| view! { <Banner tone=Tone::Ok live=true><p>{text::done_revoked(lang)}</p></Banner> })}
                    {made.map(|key| view! {
                        <Banner tone=Tone::Ok live=true><p>{text::made(lang)}</p><p class="num dk-secret"><code>{key}</code></p></Banner>
                    })}
                    <p class="soft sm">{text::note(lang)}</p>
                    <div class="dk-two mt-4">
                        {list}
                        <Card title=text::new(lang)>
                            {form.banner()}
                            <form class="stack stack--4" method="post" action="/api/identity/make_key">
                                {form.once()}
                                <input type="hidden" name="back" value="/keys"/>
                                <Input name="name" label=text::name(lang) hint=text::name_hint(lang) value=form.value("name") maxlength=100 required=true error=form.fault("name")/>
                                <Input name="days" label=text::days(lang) hint=text::days_hint(lang) kind=InputKind::Number value=form.value("days") maxlength=4 required=true error=form.fault("days")/>
                                <FieldGroup id="rights" legend=text::rights(lang) error=fault>{boxes}</FieldGroup>
                                <p class="sm"><a class="link" href="/confirm?next=/keys">{staff::confirm_first(lang)}</a></p>
                                <div><Button kind=ButtonKind::Primary>{text::make(lang)}</Button></div>
                            </form>
                        </Card>
                    </div>
                </Desk>
            }
            .into_any()
        })
        .into_any()
    })
}

const fn word(lang: Lang, right: KeyRight) -> &'static str {
    match right {
        KeyRight::ReadListings => text::right_listings(lang),
        KeyRight::ReadStaff => text::right_staff(lang),
        KeyRight::WriteSales => text::right_sales(lang),
    }
}

fn row(lang: Lang, key: ApiKey, now_ms: i64) -> AnyView {
    let ApiKey { id, name, rights, created_ms, expires_ms, revoked } = key;
    let codes: Vec<&str> = rights.iter().map(|right| right.code()).collect();
    let end = if revoked {
        view! { <Tag kind=TagKind::Bad>{text::revoked(lang)}</Tag> }.into_any()
    } else if expires_ms <= now_ms {
        view! { <Tag kind=TagKind::Warn>{text::expired(lang)}</Tag> }.into_any()
    } else {
        view! {
            <form method="post" action="/api/identity/revoke_key">
                <input type="hidden" name="back" value="/keys"/>
                <input type="hidden" name="id" value=id.to_string()/>
                <Button size=ButtonSize::Small kind=ButtonKind::Danger>{text::revoke(lang)}</Button>
            </form>
        }
        .into_any()
    };
    view! {
        <li class="lrow dk-lrow">
            <div class="lrow-main">
                <span class="lrow-title">{name} " " <span class="sm mute num">{codes.join(" ")}</span></span>
                <span class="lrow-sub num">{text::until(lang, words::moment(created_ms), words::moment(expires_ms))}</span>
            </div>
            {end}
        </li>
    }
    .into_any()
}

//! `/me`: what is a client's own.

use super::parts::guarded;
use super::terms_page::words;
use crate::portal::words::sqm;
use crate::shell::rpc::Call;
use crate::shell::{FormState, Frame, Head, Visit, failure};
use crate::texts::{client as text, identity};
use domain::client::{ClientCard, OwnRequest, RequestState};
use domain::consent::{Purpose, may};
use domain::identity::Device;
use domain::saved::Shelf;
use domain::{Error, Lang};
use leptos::prelude::*;
use services::client::{SignedClient, card, device, requests};
use services::{Moment, clock};
use ui::{Banner, Button, ButtonKind, ButtonSize, Card, Input, LinkButton, Select, SelectOption, Tag, TagKind, Tone};

struct Loaded {
    card: ClientCard,
    requests: Vec<OwnRequest>,
    devices: Vec<Device>,
}

/// The page.
#[component]
pub fn MePage() -> impl IntoView {
    let (visit, call) = (Visit::current(), Call::current());
    guarded(move |client| {
        Suspend::new(async move {
            match load(&call, &client).await {
                Ok(loaded) => view! { <Me visit client loaded/> }.into_any(),
                Err(error) => failure(error),
            }
        })
        .into_any()
    })
}

async fn load(call: &Call, client: &SignedClient) -> Result<Loaded, Error> {
    Ok(Loaded {
        card: card(&call.services, client).await?,
        requests: requests(&call.services, client).await?,
        devices: device::list(&call.services, client, call.at).await?,
    })
}

#[component]
fn Me(visit: Visit, client: SignedClient, loaded: Loaded) -> impl IntoView {
    let lang = visit.lang;
    let Loaded { card, requests, devices } = loaded;
    let head = Head { title: text::title(lang).to_owned(), robots: false, ..Head::default() };
    let done = match visit.query("done").as_str() {
        "changed" => Some(text::done_changed(lang)),
        "number" => Some(text::done_number(lang)),
        "consent" => Some(text::done_consent(lang)),
        "device" => Some(text::done_device(lang)),
        _ => None,
    };
    let greeting = if card.name.is_empty() { text::title(lang).to_owned() } else { text::hello(lang, &card.name) };
    let kept = text::kept_n(lang, client.saved.on(Shelf::Favourites).len());
    view! {
        <Frame head>
            <main id="main" class="wrap lst plain-page me-page">
                <header class="lst-title">
                    <h1>{greeting}</h1>
                    <p class="soft num">{text::since(lang, clock(Moment(card.since_ms)), &card.phone)}</p>
                </header>
                {done.map(|text| view! { <Banner tone=Tone::Ok live=true><p>{text}</p></Banner> })}
                <div class="me-grid">
                    <div class="stack stack--4">
                        <Card title=text::kept(lang)>
                            <p class="soft">{kept}</p>
                            <div class="row row--2 mt-4">
                                <LinkButton href="/saved" kind=ButtonKind::Soft>{text::kept_go(lang)}</LinkButton>
                                <LinkButton href="/compare">{text::compare_go(lang)}</LinkButton>
                            </div>
                        </Card>
                        {own_requests(lang, requests)}
                        {consents(lang, &card)}
                    </div>
                    <div class="stack stack--4">
                        {details(lang, &client)}
                        {own_devices(lang, devices)}
                        <Card title=text::data(lang)>
                            <p class="soft">{text::data_why(lang)}</p>
                            <div class="row row--2 mt-4">
                                <a class="btn" href="/me/copy.zip" download>{text::data_get(lang)}</a>
                                <LinkButton href="/me/delete">{text::delete_title(lang)}</LinkButton>
                            </div>
                        </Card>
                        <form method="post" action="/api/client/sign_out">
                            <Button kind=ButtonKind::Danger block=true>{text::sign_out(lang)}</Button>
                        </form>
                    </div>
                </div>
            </main>
        </Frame>
    }
}

fn own_requests(lang: Lang, requests: Vec<OwnRequest>) -> AnyView {
    let rows = requests
        .into_iter()
        .map(|OwnRequest { community, area, at_ms, state }| {
            let (kind, word) = match state {
                RequestState::New => (TagKind::Accent, text::request_new(lang)),
                RequestState::Taken => (TagKind::Ok, text::request_taken(lang)),
                RequestState::Closed => (TagKind::Warn, text::request_closed(lang)),
            };
            view! {
                <li class="lrow dk-lrow">
                    <div class="lrow-main">
                        <span class="lrow-title">{community} " " <span class="num mute">{sqm(lang, area)}</span></span>
                        <span class="lrow-sub num">{clock(Moment(at_ms))}</span>
                    </div>
                    <Tag kind>{word}</Tag>
                </li>
            }
        })
        .collect::<Vec<_>>();
    let body = if rows.is_empty() {
        view! { <p class="soft">{text::no_requests(lang)}</p> }.into_any()
    } else {
        view! { <ul class="list">{rows}</ul> }.into_any()
    };
    view! {
        <Card title=text::requests(lang)>
            {body}
            <div class="mt-4"><LinkButton href="/sell">{text::request_go(lang)}</LinkButton></div>
        </Card>
    }
    .into_any()
}

fn consents(lang: Lang, card: &ClientCard) -> AnyView {
    let rows = Purpose::ALL
        .iter()
        .map(|purpose| {
            let given = may(*purpose, &card.said);
            let last = card.said.iter().find(|said| said.purpose == *purpose);
            let since = last.map(|said| match said.given {
                true => text::said_yes(lang, clock(Moment(said.at_ms)), said.version),
                false => text::said_no(lang, clock(Moment(said.at_ms))),
            });
            let since = since.unwrap_or_else(|| text::said_nothing(lang).to_owned());
            let (title, code) = (words(lang, *purpose).0, purpose.code());
            let change = if purpose.can_be_withdrawn() {
                let (value, word) = if given { ("0", text::withdraw(lang)) } else { ("1", text::give(lang)) };
                let label = format!("{word}: {title}");
                view! {
                    <form method="post" action="/api/client/consent">
                        <input type="hidden" name="back" value="/me#consent"/>
                        <input type="hidden" name="purpose" value=code/>
                        <input type="hidden" name="given" value=value/>
                        <button class="btn btn--sm" aria-label=label>{word}</button>
                    </form>
                }
                .into_any()
            } else {
                view! { <Tag kind=TagKind::Ok>{text::needed(lang)}</Tag> }.into_any()
            };
            view! {
                <li class="lrow dk-lrow">
                    <div class="lrow-main">
                        <a class="lrow-title" href=format!("/terms/{code}")>{title}</a>
                        <span class="lrow-sub num">{since}</span>
                    </div>
                    {change}
                </li>
            }
        })
        .collect_view();
    view! {
        <div id="consent">
            <Card title=text::consents(lang)>
                <p class="soft sm">{text::consents_why(lang)}</p>
                <ul class="list mt-4">{rows}</ul>
            </Card>
        </div>
    }
    .into_any()
}

fn details(lang: Lang, client: &SignedClient) -> AnyView {
    let start = vec![("name", client.name.clone()), ("lang", client.lang.code().to_owned())];
    let form = FormState::of(lang, "client/change", start);
    let options = vec![SelectOption::new("zh-CN", "中文"), SelectOption::new("en", "English")];
    view! {
        <Card title=text::details(lang)>
            {form.banner()}
            <form class="stack stack--4" method="post" action="/api/client/change">
                <input type="hidden" name="back" value="/me"/>
                <Input name="name" label=text::name(lang) value=form.value("name") hint=text::name_hint(lang) autocomplete="name" maxlength=60 error=form.fault("name")/>
                <Select name="lang" label=text::lang(lang) options selected=form.value("lang")/>
                <div class="row row--2">
                    <Button kind=ButtonKind::Primary>{text::save(lang)}</Button>
                    <LinkButton href="/me/number">{text::number_title(lang)}</LinkButton>
                </div>
            </form>
        </Card>
    }
    .into_any()
}

fn own_devices(lang: Lang, devices: Vec<Device>) -> AnyView {
    let many = devices.len() > 1;
    let forms = ["client/revoke_device", "client/revoke_others"];
    let refused = forms.into_iter().find_map(|function| FormState::of(lang, function, vec![]).banner());
    let rows = devices
        .into_iter()
        .map(|device| {
            let end = if device.here {
                view! { <Tag kind=TagKind::Ok>{identity::this_device(lang)}</Tag> }.into_any()
            } else {
                view! {
                    <form method="post" action="/api/client/revoke_device">
                        <input type="hidden" name="back" value="/me"/>
                        <input type="hidden" name="id" value=device.id.to_string()/>
                        <Button size=ButtonSize::Small>{identity::revoke(lang)}</Button>
                    </form>
                }
                .into_any()
            };
            let name = if device.name.is_empty() { identity::unknown_device(lang).to_owned() } else { device.name };
            let (seen, since) = (clock(Moment(device.seen_ms)), clock(Moment(device.since_ms)));
            view! {
                <li class="lrow dk-lrow">
                    <div class="lrow-main">
                        <span class="lrow-title">{name}</span>
                        <span class="lrow-sub num">{identity::device_sub(lang, device.address, seen, since)}</span>
                    </div>
                    {end}
                </li>
            }
        })
        .collect_view();
    view! {
        <Card title=identity::devices(lang)>
            {refused.map(|banner| view! {
                {banner}
                <p class="sm mt-2"><a class="link" href="/me/confirm?next=/me">{text::confirm_title(lang)}</a></p>
            })}
            <ul class="list">{rows}</ul>
            {many.then(|| view! {
                <form method="post" action="/api/client/revoke_others" class="mt-4">
                    <input type="hidden" name="back" value="/me"/>
                    <Button>{identity::revoke_others(lang)}</Button>
                </form>
            })}
        </Card>
    }
    .into_any()
}

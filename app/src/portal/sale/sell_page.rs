//! For somebody who wants to sell: first homes like theirs and a range, then a request to be called.

use crate::portal::listing::HomeItem;
use crate::portal::words;
use crate::shell::{Frame, Head, Section, Visit, failure};
use crate::texts::{fact, sale as text};
use domain::place::City;
use domain::sale::parse_area;
use domain::{Error, Lang, Slug};
use leptos::prelude::*;
use services::sale::{Comparison, compare};
use services::search::cities;
use services::{Moment, Scope, Services};
use ui::{Banner, Check, Input, InputKind, Select, SelectOption, Tone};

/// The page.
#[component]
pub fn SellPage() -> impl IntoView {
    let (services, visit) = (expect_context::<Services>(), Visit::current());
    Suspend::new(async move {
        match load(&services, &visit.href).await {
            Ok(loaded) => view! { <Sell loaded/> }.into_any(),
            Err(error) => failure(error),
        }
    })
}

struct Loaded {
    cities: Vec<City>,
    asked: Asked,
    found: Option<Comparison>,
}

/// What the address says.
#[derive(Clone, Debug, Default)]
struct Asked {
    city: String,
    community: String,
    area: String,
    rooms: String,
    wrong: Vec<String>,
    done: bool,
}

async fn load(services: &Services, href: &str) -> Result<Loaded, Error> {
    let pairs = services::loan::pairs(href.split_once('?').map_or("", |(_, query)| query));
    let field = |name: &str| {
        let found = pairs.iter().find(|(field, _)| field == name).map(|(_, value)| value.trim().to_owned());
        found.unwrap_or_default()
    };
    let cities = cities(services, &Scope::public()).await?;
    let mut asked = Asked {
        city: field("city"),
        community: field("community").chars().take(40).collect(),
        area: field("area").chars().take(10).collect(),
        rooms: field("rooms").chars().take(3).collect(),
        wrong: field("wrong").split(',').filter(|f| !f.is_empty()).map(str::to_owned).collect(),
        done: field("done") == "1",
    };
    if asked.city.is_empty() {
        asked.city = cities.first().map(|c| c.slug.to_string()).unwrap_or_default();
    }
    let found = match (Slug::parse(&asked.city), parse_area(&asked.area), asked.community.is_empty()) {
        (Some(city), Some(area), false) => {
            let rooms = asked.rooms.parse().ok();
            Some(compare(services, &city, &asked.community, area, rooms, Moment::now()).await?)
        }
        _ => None,
    };
    Ok(Loaded { cities, asked, found })
}

#[component]
fn Sell(loaded: Loaded) -> impl IntoView {
    let lang = Visit::current().lang;
    let Loaded { cities, asked, found } = loaded;
    let head = Head {
        title: text::title(lang).to_owned(),
        description: text::lead(lang).to_owned(),
        canonical: "/sell".to_owned(),
        robots: true,
        ..Head::default()
    };
    let done = asked.done.then(|| view! { <div id="request"><Banner tone=Tone::Ok><b>{text::done(lang)}</b> " " {text::done_hint(lang)}</Banner></div> });
    let result = found.map(|found| result(lang, found, &asked));
    view! {
        <Frame head section=Section::Sell>
            <main id="main" class="wrap lst plain-page sell-page">
                <header class="lst-title"><h1>{text::title(lang)}</h1><p class="soft">{text::lead(lang)}</p></header>
                {done}
                {first(lang, &cities, &asked)}
                {result}
            </main>
        </Frame>
    }
}

fn wrong(asked: &Asked, field: &str, text: &'static str) -> MaybeProp<String> {
    asked.wrong.iter().any(|f| f == field).then(|| text.to_owned()).into()
}

/// What the home is.
fn first(lang: Lang, cities: &[City], asked: &Asked) -> impl IntoView + use<> {
    let options = cities.iter().map(|c| SelectOption::new(c.slug.to_string(), words::city(lang, c))).collect();
    let rooms = std::iter::once(SelectOption::new("", text::rooms_any(lang)))
        .chain((1..=5_u8).map(|n| SelectOption::new(n.to_string(), fact::rooms(lang, n))))
        .collect();
    let Asked { city, community, area, rooms: chosen, .. } = asked.clone();
    view! {
        <form class="sell-form card" method="get" action="/sell">
            <Select name="city" label=text::city(lang) options selected=city/>
            <Input name="community" label=text::community(lang) value=community maxlength=40 required=true error=wrong(asked, "community", text::wrong_community(lang))/>
            <Input name="area" label=text::area(lang) kind=InputKind::Decimal unit="㎡" value=area required=true error=wrong(asked, "area", text::wrong_area(lang))/>
            <Select name="rooms" label=text::rooms(lang) options=rooms selected=chosen/>
            <button class="btn btn--primary">{text::compare(lang)}</button>
        </form>
    }
}

fn result(lang: Lang, found: Comparison, asked: &Asked) -> AnyView {
    let Some(community) = found.community.clone() else {
        let guesses = (!found.guesses.is_empty())
            .then(|| text::perhaps(lang, found.guesses.join(if lang == Lang::Zh { "、" } else { ", " })));
        let (unknown, form) = (text::unknown(lang, &asked.community), request(lang, asked).into_any());
        return view! { <Banner tone=Tone::Warn>{unknown} {guesses}</Banner> {form} }.into_any();
    };
    let range = match found.estimate {
        Some(range) => {
            let (low, high) = (words::price(lang, range.low), words::price(lang, range.high));
            view! {
                <div class="pay num sell-range">
                    <span>{text::range(lang)}</span>
                    <b>{format!("{low} – {high}")}</b>
                    <span class="mute sm">{text::range_note(lang, words::price(lang, range.middle), range.n)}</span>
                </div>
            }
            .into_any()
        }
        None => {
            let few = text::too_few(lang, found.homes.len());
            view! { <Banner tone=Tone::Neutral>{few}</Banner> }.into_any()
        }
    };
    let place = if found.wider { text::wider(lang, &community.name) } else { text::here(lang, &community.name) };
    let cards: Vec<_> = found.homes.into_iter().take(8).map(|card| view! { <HomeItem lang card/> }).collect();
    let any = !cards.is_empty();
    let form = request(lang, asked).into_any();
    view! {
        <section class="sec" id="range">
            <div class="sec-h"><h2>{text::result(lang)}</h2><p class="mute sm">{text::no_promise(lang)}</p></div>
            {range}
        </section>
        {form}
        {any.then(|| view! { <section class="sec"><div class="sec-h"><h2>{text::homes(lang)}</h2><p class="mute sm">{place}</p></div><ul class="homes">{cards}</ul></section> })}
    }
    .into_any()
}

/// How to reach the seller. A POST, so that none of it stands in an address.
fn request(lang: Lang, asked: &Asked) -> impl IntoView + use<> {
    let Asked { city, community, area, rooms, .. } = asked.clone();
    let once = services::once::draw().unwrap_or_default();
    let agree = asked
        .wrong
        .iter()
        .any(|f| f == "agree")
        .then(|| view! { <p class="error" role="alert">{text::wrong_agree(lang)}</p> });
    let again = asked
        .wrong
        .iter()
        .any(|f| f == "again")
        .then(|| view! { <Banner tone=Tone::Bad live=true><p>{text::wrong_again(lang)}</p></Banner> });
    view! {
        <section class="sec" id="request">
            <h2>{text::request(lang)}</h2>
            {again}
            <form class="sell-form card" method="post" action="/sell">
                <input type="hidden" name="once" value=once/>
                <input type="hidden" name="city" value=city/>
                <input type="hidden" name="community" value=community/>
                <input type="hidden" name="area" value=area/>
                <input type="hidden" name="rooms" value=rooms/>
                <Input name="name" label=text::name(lang) maxlength=20 required=true autocomplete="name" error=wrong(asked, "name", text::wrong_name(lang))/>
                <Input name="phone" label=text::phone(lang) kind=InputKind::Phone required=true autocomplete="tel" error=wrong(asked, "phone", text::wrong_phone(lang))/>
                <div class="sell-wide"><Check name="agree" value="yes" required=true>{text::agree(lang)} " " <a class="link" href="/terms/service">{text::agree_terms(lang)}</a></Check>{agree}</div>
                <button class="btn btn--primary">{text::send(lang)}</button>
            </form>
        </section>
    }
}

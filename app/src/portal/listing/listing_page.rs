//! The page of a home: pictures, facts, honest history, similar homes.

use super::card::price_parts;
use super::drawn::HomeItem;
use super::films_and_plan::FilmsAndPlan;
use super::history::History;
use super::json_ld::{json_ld, share_href};
use super::pictures::Pictures;
use crate::portal::community::community_href;
use crate::portal::loan::{BillSection, Glance};
use crate::portal::saved::KeepButtons;
use crate::portal::words;
use crate::shell::watch::Watch;
use crate::shell::{Frame, Head, Section, Visit, failure};
use crate::texts::{fact, gallery, listing as text};
use domain::listing::{Card, Detail, Filter, ListingState};
use domain::live::topic;
use domain::loan::{Rules, Terms};
use domain::{Error, Lang, ListingCode};
use leptos::nonce::use_nonce;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use services::listing::{Page, page as load_page};
use services::{Moment, Scope, Services};
use ui::{Banner, Breadcrumb, Crumb, DescriptionList, Fact, FactsKind, Glyph, Icon, Tag, TagKind, Tone};

/// The page.
#[component]
pub fn ListingPage() -> impl IntoView {
    let (city, code) =
        use_params_map().with_untracked(|params| (params.get("city"), params.get("code").unwrap_or_default()));
    let services = expect_context::<Services>();
    Suspend::new(async move {
        match load(&services, city.as_deref(), &code).await {
            Ok(page) => view! { <Listing page/> }.into_any(),
            Err(error) => failure(error),
        }
    })
}

pub(crate) async fn load(services: &Services, city: Option<&str>, code: &str) -> Result<Page, Error> {
    let code = ListingCode::parse(code).ok_or(Error::NotFound)?;
    let page = load_page(services, &Scope::public(), &code, Moment::now()).await?;
    if city != Some(page.detail.card.city.slug.as_str()) {
        return Err(Error::NotFound);
    }
    Ok(page)
}

#[component]
fn Listing(page: Page) -> impl IntoView {
    let Page { detail, similar, rooms } = page;
    let Visit { lang, origin, href, .. } = Visit::current();
    let card = detail.card.clone();
    let home = words::home(lang, &card);
    let title = title(lang, &card);
    let canonical = super::card::home_href(&card);
    let area = words::sqm(lang, card.area_built);
    let (price, unit) = (words::price(lang, card.price), words::unit_price(lang, card.unit_price));
    let head = Head {
        title: title.clone(),
        description: text::description(lang, &area, &home, &price, &unit),
        canonical: canonical.clone(),
        robots: true,
        picture: Some(share_href(&card)),
        ..Head::default()
    };
    let in_city = Filter { city: Some(card.city.slug.clone()), ..Filter::default() };
    let place = words::city(lang, &detail.city);
    let sold = card.state == ListingState::Sold;
    let structured = json_ld(&detail, &origin, &crumbs(lang, &card, &place));
    let today = Moment::now().day();
    let rules = Rules::on(today);
    let (terms, _) = services::loan::read_terms(href.split_once('?').map_or("", |(_, query)| query), rules);
    let cards: Vec<_> = similar.into_iter().map(|card| view! { <HomeItem lang card/> }).collect();
    let any = !cards.is_empty();
    view! {
        <Frame head place=(in_city.href(), place.clone()) section=Section::Sale>
            <main id="main" class="wrap lst">
                <Crumbs lang card=card.clone() city=place.clone()/>
                <div data-region="listing">
                    {sold.then(|| view! {
                        <Banner tone=Tone::Neutral><b>{text::sold_title(lang)}</b> " " {text::sold_text(lang)}</Banner>
                    })}
                    <Pictures lang card=card.clone() around={!detail.around.is_empty()}/>
                    <FilmsAndPlan lang detail=detail.clone() rooms/>
                    <div class="lst-grid">
                        <div class="lst-main">
                            <Top lang detail=detail.clone() title/>
                            <Facts lang detail=detail.clone()/>
                            <History lang detail=detail.clone() today/>
                            {(!sold).then(|| view! { <BillSection lang card=card.clone() terms rules/> })}
                            <Around lang detail=detail.clone()/>
                        </div>
                        <aside class="lst-side"><Side lang detail=detail.clone() terms rules/></aside>
                    </div>
                </div>
                {any.then(|| view! {
                    <section class="sec no-print">
                        <div class="sec-h"><h2>{text::similar(lang)}</h2><p class="mute sm">{text::similar_note(lang)}</p></div>
                        <ul class="homes">{cards}</ul>
                    </section>
                })}
                <p class="lst-foot only-print">
                    {format!("{origin}{canonical}")} " · " {text::as_of(lang, words::day(today))}
                </p>
                <Watch topics=vec![topic::listing(card.code.as_str())]/>
                <script type="application/ld+json" nonce=use_nonce() inner_html=structured></script>
            </main>
        </Frame>
    }
}

fn title(lang: Lang, card: &Card) -> String {
    let parts =
        [Some(words::home(lang, card)), Some(words::sqm(lang, card.area_built)), words::facing(lang, card.facing)];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// Names and addresses of the places above a home.
fn crumbs(lang: Lang, card: &Card, city: &str) -> Vec<(String, String)> {
    let mut filter = Filter { city: Some(card.city.slug.clone()), ..Filter::default() };
    let mut crumbs = vec![(text::homes_in(lang, city), filter.href())];
    filter.district = vec![card.district.slug.clone()];
    crumbs.push((card.district.name.clone(), filter.href()));
    filter.circle = vec![card.circle.slug.clone()];
    crumbs.push((card.circle.name.clone(), filter.href()));
    crumbs.push((card.community.name.clone(), community_href(&card.city.slug, &card.community)));
    crumbs
}

#[component]
fn Crumbs(lang: Lang, card: Card, city: String) -> impl IntoView {
    let mut all: Vec<_> = crumbs(lang, &card, &city).into_iter().map(|(name, href)| Crumb::to(href, name)).collect();
    all.push(Crumb::here(card.code.to_string()));
    view! { <Breadcrumb label=text::crumbs(lang) crumbs=all/> }
}

fn community_filter(card: &Card) -> Filter {
    Filter { city: Some(card.city.slug.clone()), community: vec![card.community.slug.clone()], ..Filter::default() }
}

#[component]
fn Top(lang: Lang, detail: Detail, title: String) -> impl IntoView {
    let card = detail.card.clone();
    let cut = card.first_price.minus(card.price);
    let (number, unit) = price_parts(lang, &card);
    let unknown = || fact::unknown(lang).to_owned();
    let inner = card.area_inner.map(|inner| {
        let ratio = i64::from(inner.0) * 1000 / i64::from(card.area_built.0.max(1));
        let percent = format!("{}.{}", ratio / 10, ratio % 10);
        format!("{} {} · {}", fact::inner(lang), words::sqm(lang, inner), text::ratio(lang, percent))
    });
    let area = Fact::new(text::area(lang), format!("{} {}", fact::built(lang), words::sqm(lang, card.area_built)));
    let mut layout = Fact::new(text::layout(lang), card.layout.map_or_else(unknown, |l| words::layout(lang, l)));
    if let Some(facing) = words::facing(lang, card.facing) {
        layout = layout.note(facing);
    }
    let mut floor = Fact::new(text::floor(lang), words::floor(lang, &card).unwrap_or_else(unknown));
    if let Some(building) = detail.building_type {
        floor = floor.note(words::building(lang, building));
    }
    let key = vec![
        layout,
        match inner {
            Some(inner) => area.note(inner),
            None => area,
        },
        floor,
        Fact::new(text::built(lang), card.built_year.map_or_else(unknown, |y| fact::year(lang, y))),
    ];
    let holding = card.holding.map(|h| words::holding_band(lang, h.band));
    // A line may end between the parts of the title, never inside one.
    let broken: Vec<_> =
        title.split(' ').map(|part| view! { <span class="nb">{part.to_owned()}</span> " " }).collect();
    view! {
        <header class="lst-title">
            <div class="row row--1">
                {(cut.0 > 0).then(|| view! { <Tag kind=TagKind::Cut icon=Glyph::ArrowDown>{gallery::cut_by(lang, words::price(lang, cut))}</Tag> })}
                {(card.state == ListingState::UnderOffer).then(|| view! { <Tag kind=TagKind::Warn>{fact::state_under_offer(lang)}</Tag> })}
                {holding.map(|word| view! { <Tag kind=TagKind::Accent>{word}</Tag> })}
                {(card.only_home == Some(true)).then(|| view! { <Tag kind=TagKind::Accent>{fact::only_home(lang)}</Tag> })}
                {card.unverified.then(|| view! { <Tag kind=TagKind::Doubt>{gallery::unverified(lang)}</Tag> })}
                {(card.elevator == Some(true)).then(|| view! { <Tag>{fact::elevator_yes(lang)}</Tag> })}
                {card.any_time.then(|| view! { <Tag>{fact::tag_any_time(lang)}</Tag> })}
            </div>
            <p class="lst-pp only-phone num">
                <b>{number}<small>{unit}</small></b>
                <span class="mute">{words::unit_price(lang, card.unit_price)}</span>
            </p>
            <h1 class="num">{broken}</h1>
            <p class="soft">{format!("{} · {} · {}", card.district.name, card.circle.name, card.community.name)}</p>
        </header>
        {card.unverified.then(|| {
            let source = detail.source.clone().unwrap_or_default();
            view! { <Banner tone=Tone::Warn><b>{text::unverified_title(lang)}</b> " " {text::unverified_text(lang, source)}</Banner> }
        })}
        <DescriptionList facts=key kind=FactsKind::Key/>
        {detail.headline.clone().map(|headline| view! {
            <section class="sec"><h2>{text::headline(lang)}</h2><p>{headline}</p></section>
        })}
    }
}

/// The facts that are known, then a block of those that are not.
#[component]
fn Facts(lang: Lang, detail: Detail) -> impl IntoView {
    let card = detail.card.clone();
    let word = |text: Option<&'static str>| text.map(str::to_owned);
    let yes_no = |value: Option<bool>| value.map(|v| if v { fact::yes(lang) } else { fact::no(lang) }.to_owned());
    let all: Vec<(&'static str, Option<String>, Option<String>)> = vec![
        (text::layout(lang), card.layout.map(|l| words::layout_full(lang, l)), None),
        (text::floor(lang), words::floor(lang, &card), None),
        (fact::area_built(lang), Some(words::sqm(lang, card.area_built)), None),
        (fact::area_inner(lang), card.area_inner.map(|a| words::sqm(lang, a)), None),
        (text::facing(lang), words::facing(lang, card.facing), None),
        (text::kind(lang), word(detail.layout_kind.map(|v| words::kind(lang, v))), None),
        (text::lift_ratio(lang), detail.lift_ratio.map(|r| fact::lift_ratio(lang, r.homes, r.lifts)), None),
        (text::building(lang), word(detail.building_type.map(|v| words::building(lang, v))), None),
        (text::structure(lang), word(detail.structure.map(|v| words::structure(lang, v))), None),
        (text::decoration(lang), word(card.decoration.map(|v| words::decoration(lang, v))), None),
        (text::elevator(lang), yes_no(card.elevator), None),
        (text::heating(lang), word(detail.heating.map(|v| words::heating(lang, v))), None),
        (
            text::listed_on(lang),
            Some(format!("{} · {}", words::day(card.listed_on), text::days_listed(lang, card.days))),
            None,
        ),
        (text::ownership(lang), word(detail.ownership.map(|v| words::ownership(lang, v))), None),
        (text::last_sale(lang), detail.last_sale.map(words::day), None),
        (text::usage(lang), word(detail.usage.map(|v| words::usage(lang, v))), None),
        (
            text::holding(lang),
            word(card.holding.map(|h| words::holding_band(lang, h.band))),
            card.holding.map(|h| words::holding_basis(lang, &h)),
        ),
        (
            text::only_home(lang),
            card.only_home.map(|v| if v { fact::is(lang) } else { fact::is_not(lang) }.to_owned()),
            card.only_home.map(|_| fact::basis_stated(lang).to_owned()),
        ),
        (text::coownership(lang), word(detail.co_ownership.map(|v| words::coownership(lang, v))), None),
        (text::mortgage(lang), word(detail.mortgage.map(|v| words::mortgage(lang, v))), None),
        (
            text::title_copy(lang),
            detail
                .title_copy
                .map(|v| if v { text::title_copy_yes(lang) } else { text::title_copy_no(lang) }.to_owned()),
            None,
        ),
        (text::code(lang), Some(card.code.to_string()), None),
    ];
    let unknown: Vec<&'static str> =
        all.iter().filter(|(_, value, _)| value.is_none()).map(|(name, ..)| *name).collect();
    let facts = all
        .into_iter()
        .filter_map(|(name, value, note)| {
            let fact = Fact::new(name, value?);
            Some(match note {
                Some(note) => fact.note(note),
                None => fact,
            })
        })
        .collect();
    let count = unknown.len();
    let items: Vec<_> = unknown.into_iter().map(|name| view! { <li>{name}</li> }).collect();
    view! {
        <section class="sec" id="facts">
            <div class="sec-h"><h2>{text::facts(lang)}</h2><p class="mute sm">{text::estimate(lang)}</p></div>
            <DescriptionList facts/>
            <div class="verify">
                <div class="qr" aria-hidden="true"><Icon glyph=Glyph::QrCode/></div>
                <div>
                    <p class="med">{text::verify_code(lang)} " " <span class="num">{detail.verify_code.clone().unwrap_or_else(|| text::verify_none(lang).to_owned())}</span></p>
                    {detail.source.clone().map(|source| view! { <p class="sm mute">{text::source(lang)} " " {source}</p> })}
                </div>
            </div>
            {(count > 0).then(|| view! {
                <details class="unknown">
                    <summary><Icon glyph=Glyph::Info/><b>{text::unknown_title(lang, count)}</b><Icon glyph=Glyph::Down small=true/></summary>
                    <ul class="sm soft">{items}</ul>
                </details>
            })}
        </section>
    }
}

#[component]
fn Around(lang: Lang, detail: Detail) -> impl IntoView {
    let card = detail.card.clone();
    let near: Vec<_> = [(Glyph::Metro, card.metro.clone()), (Glyph::School, detail.school.clone())]
        .into_iter()
        .filter_map(|(glyph, near)| {
            let near = near?;
            Some(view! {
                <li class="lrow">
                    <Icon glyph/>
                    <span class="lrow-main"><span>{near.name}</span></span>
                    <span class="num mute sm end">{fact::metres(lang, near.metres)}</span>
                </li>
            })
        })
        .collect();
    let any = !near.is_empty();
    let mut facts = vec![Fact::new(text::on_sale(lang), text::on_sale_n(lang, detail.community_on_sale))];
    if let Some(median) = detail.community_median {
        facts.push(Fact::new(text::median(lang), words::unit_price(lang, median)));
    }
    view! {
        <section class=if any { "sec two" } else { "sec" } id="near">
            {any.then(|| view! { <div><h2>{text::near(lang)}</h2><ul class="list">{near}</ul></div> })}
            <div>
                <div class="sec-h"><h2><a class="link" href=community_href(&card.city.slug, &card.community)>{card.community.name.clone()}</a></h2><a class="link sm no-print" href=community_filter(&card).href()>{text::see_community(lang)}</a></div>
                <DescriptionList facts kind=FactsKind::Pairs/>
            </div>
        </section>
    }
}

#[component]
fn Side(lang: Lang, detail: Detail, terms: Terms, rules: &'static Rules) -> impl IntoView {
    let card = detail.card;
    let glance = (card.state != ListingState::Sold).then(|| view! { <Glance lang card=card.clone() terms rules/> });
    let (number, unit) = price_parts(lang, &card);
    let was = (card.first_price > card.price).then(|| words::price(lang, card.first_price));
    view! {
        <div class="card side-card">
            <p class="row row--3 row--base">
                <data class="hero-price num" value=(card.price.0 / 100).to_string()>{number}<small>{unit}</small></data>
                <span class="mute num">{words::unit_price(lang, card.unit_price)}</span>
                {was.map(|price| view! { <s class="mute sm num"><span class="vh">{gallery::was(lang, price.clone())}</span><span aria-hidden="true">{price}</span></s> })}
            </p>
            {glance}
            <p class="sm soft num">{words::state(lang, card.state)} " · " {text::days_listed(lang, card.days)}</p>
            <div class="row side-acts no-print">
                <KeepButtons lang card=card.clone()/>
                <button type="button" class="btn btn--ghost btn--sm" data-share=text::share_done(lang)><Icon glyph=Glyph::Share/>{text::share(lang)}</button>
                <button type="button" class="btn btn--ghost btn--sm" data-print><Icon glyph=Glyph::Print/>{text::print(lang)}</button>
            </div>
        </div>
    }
}

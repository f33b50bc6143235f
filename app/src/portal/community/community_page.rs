//! The page of a community: its market, its facts, what is near, its homes.

use super::{SoldTable, community_href};
use crate::portal::listing::{HomeItem, breadcrumbs, script};
use crate::portal::words;
use crate::shell::{Frame, Head, Section, Visit, failure};
use crate::texts::{community as text, fact, listing};
use chrono::Datelike;
use domain::community::{CommunityPage as Page, Nearby, PlaceKind, TrendPoint};
use domain::listing::Filter;
use domain::{Error, Lang, Slug};
use leptos::nonce::use_nonce;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use services::{Moment, Services, community};
use ui::{
    Breadcrumb, ChartPoint, ChartTick, Crumb, DescriptionList, Fact, FactsKind, Glyph, Icon, StepChart, TableWrap,
};

/// The page.
#[component]
pub fn CommunityPage() -> impl IntoView {
    let (city, slug) = use_params_map().with_untracked(|params| (params.get("city"), params.get("slug")));
    let services = expect_context::<Services>();
    Suspend::new(async move {
        match load(&services, city.as_deref(), slug.as_deref()).await {
            Ok(page) => view! { <Community page/> }.into_any(),
            Err(error) => failure(error),
        }
    })
}

async fn load(services: &Services, city: Option<&str>, slug: Option<&str>) -> Result<Page, Error> {
    let parse = |text: Option<&str>| text.and_then(Slug::parse).ok_or(Error::NotFound);
    community::page(services, &parse(city)?, &parse(slug)?, Moment::now()).await
}

#[component]
fn Community(page: Page) -> impl IntoView {
    let Visit { lang, origin, .. } = Visit::current();
    let [district, circle, own] = page.place.clone();
    let place = words::city(lang, &page.city);
    let in_city = Filter { city: Some(page.city.slug.clone()), ..Filter::default() };
    let in_district = Filter { district: vec![district.slug.clone()], ..in_city.clone() };
    let in_circle = Filter { circle: vec![circle.slug.clone()], ..in_district.clone() };
    let homes_here = Filter { community: vec![own.slug.clone()], ..in_city.clone() }.href();
    let canonical = community_href(&page.city.slug, &own);
    let price = page.average.map_or_else(|| text::none(lang).to_owned(), |unit| words::unit_price(lang, unit));
    let head = Head {
        title: text::title(lang, &own.name),
        description: text::description(lang, &price, page.on_sale, &own.name),
        canonical: canonical.clone(),
        robots: true,
        ..Head::default()
    };
    let trail = vec![
        (listing::homes_in(lang, &place), in_city.href()),
        (district.name.clone(), in_district.href()),
        (circle.name.clone(), in_circle.href()),
        (own.name.clone(), canonical),
    ];
    let structured =
        serde_json::json!({ "@context": "https://schema.org", "@graph": [breadcrumbs(&origin, &trail)] });
    let mut crumbs: Vec<_> = trail.into_iter().take(3).map(|(name, href)| Crumb::to(href, name)).collect();
    crumbs.push(Crumb::here(own.name.clone()));
    let cards: Vec<_> = page.homes.iter().cloned().map(|card| view! { <HomeItem lang card/> }).collect();
    let (any, more) = (!cards.is_empty(), page.on_sale as usize > cards.len());
    let sold = page.sold_homes.clone();
    view! {
        <Frame head place=(in_city.href(), place) section=Section::Sale>
            <main id="main" class="wrap lst plain-page">
                <Breadcrumb label=listing::crumbs(lang) crumbs/>
                <header class="lst-title">
                    <h1>{own.name.clone()}</h1>
                    <p class="soft">{[Some(district.name), Some(circle.name), page.address.clone()].into_iter().flatten().collect::<Vec<_>>().join(" · ")}</p>
                </header>
                <DescriptionList facts=figures(lang, &page) kind=FactsKind::Key/>
                <Trend lang trend=page.trend.clone()/>
                <section class="sec two">
                    <Mix lang page=page.clone() here=homes_here.clone()/>
                    <Near lang nearby=page.nearby.clone()/>
                </section>
                {(!sold.is_empty()).then(|| view! {
                    <section class="sec" id="sold">
                        <div class="sec-h"><h2>{text::sold(lang)}</h2><p class="mute sm">{text::sold_note(lang)}</p></div>
                        <SoldTable lang homes=sold/>
                    </section>
                })}
                {any.then(|| view! {
                    <section class="sec" id="homes">
                        <div class="sec-h">
                            <h2>{text::on_sale_here(lang)}</h2>
                            {more.then(|| view! { <a class="link" href=homes_here>{text::all_homes(lang, page.on_sale)}</a> })}
                        </div>
                        <ul class="homes">{cards}</ul>
                    </section>
                })}
                <script type="application/ld+json" nonce=use_nonce() inner_html=script(structured)></script>
            </main>
        </Frame>
    }
}

fn figures(lang: Lang, page: &Page) -> Vec<Fact> {
    let none = || text::none(lang).to_owned();
    let mut facts = vec![
        Fact::new(text::average(lang), page.average.map_or_else(none, |unit| words::unit_price(lang, unit)))
            .note(text::n_of(lang, page.on_sale)),
    ];
    let median =
        Fact::new(text::median(lang), page.median.map_or_else(none, |(unit, _)| words::unit_price(lang, unit)));
    facts.push(match page.median {
        Some((_, price)) => median.note(text::median_price(lang, words::price(lang, price))),
        None => median,
    });
    facts.push(Fact::new(text::on_sale(lang), text::homes_n(lang, page.on_sale)).note(text::sold_n(lang, page.sold)));
    let built = page.built_year.map_or_else(none, |year| fact::year(lang, year));
    let built = Fact::new(text::built(lang), built);
    facts.push(if page.aliases.is_empty() {
        built
    } else {
        built.note(text::also(lang, page.aliases.join(if lang == Lang::Zh { "、" } else { ", " })))
    });
    facts
}

/// The median asked, month by month, each with the number of homes it was taken from.
#[component]
fn Trend(lang: Lang, trend: Vec<TrendPoint>) -> impl IntoView {
    let known: Vec<_> = trend.iter().filter_map(|p| Some((*p, p.median?))).collect();
    let (Some((first, from)), Some((last, to))) = (known.first().copied(), known.last().copied()) else {
        return ().into_any();
    };
    let at = |p: &TrendPoint| f64::from(p.on.num_days_from_ce());
    let month = |p: &TrendPoint| p.on.format("%y-%m").to_string();
    #[expect(clippy::cast_precision_loss, reason = "a place in a drawing, not an amount")]
    let steps: Vec<_> = known
        .iter()
        .enumerate()
        .map(|(nth, (point, unit))| {
            let ends = nth == 0 || nth + 1 == known.len();
            let label = if ends { words::unit_price(lang, *unit) } else { String::new() };
            ChartPoint { at: at(point), value: unit.yuan() as f64, text: label }
        })
        .collect();
    let ticks = trend.iter().step_by(2).map(|p| ChartTick { at: at(p), text: month(p) }).collect();
    let label = text::trend_label(
        lang,
        month(&first),
        words::unit_price(lang, from),
        first.n,
        month(&last),
        words::unit_price(lang, to),
        last.n,
    );
    let rows: Vec<_> = trend
        .iter()
        .rev()
        .map(|p| {
            let median = p.median.map_or_else(|| text::none(lang).to_owned(), |unit| words::unit_price(lang, unit));
            view! { <tr class="num"><th scope="row">{words::day(p.on)}</th><td class="n">{median}</td><td class="n">{p.n}</td></tr> }
        })
        .collect();
    view! {
        <section class="sec" id="trend">
            <div class="sec-h"><h2>{text::trend(lang)}</h2><p class="mute sm">{text::trend_note(lang)}</p></div>
            <StepChart label steps ticks steps_name=text::median(lang)/>
            <details class="chart-rows">
                <summary>{text::trend_rows(lang)}</summary>
                <TableWrap caption=text::trend(lang)>
                    <thead><tr><th scope="col">{text::col_on(lang)}</th><th scope="col" class="n">{text::median(lang)}</th><th scope="col" class="n">{text::col_n(lang)}</th></tr></thead>
                    <tbody>{rows}</tbody>
                </TableWrap>
            </details>
        </section>
    }
    .into_any()
}

/// Homes on sale by rooms, each a way to them.
#[component]
fn Mix(lang: Lang, page: Page, here: String) -> impl IntoView {
    let rows: Vec<_> = page
        .mix
        .iter()
        .map(|(rooms, count)| {
            let name = crate::portal::listing::rooms(lang, *rooms);
            view! {
                <li class="lrow">
                    <a class="lrow-main link" href=format!("{here}&rooms={rooms}")>{name}</a>
                    <meter class="mix" min="0" max=page.on_sale value=*count aria-hidden="true"></meter>
                    <span class="num mute sm end">{text::homes_n(lang, *count)}</span>
                </li>
            }
        })
        .collect();
    let any = !rows.is_empty();
    view! {
        <div>
            <h2>{text::mix(lang)}</h2>
            {if any { view! { <ul class="list">{rows}</ul> }.into_any() } else { view! { <p class="mute">{text::mix_none(lang)}</p> }.into_any() }}
        </div>
    }
}

/// What is near, by kind; noise by itself.
#[component]
pub(super) fn Near(lang: Lang, nearby: Vec<Nearby>) -> impl IntoView {
    let row = move |near: &Nearby| {
        let glyph = match near.kind {
            PlaceKind::Metro => Glyph::Metro,
            PlaceKind::School => Glyph::School,
            PlaceKind::Hospital => Glyph::Plus,
            PlaceKind::Market => Glyph::Wallet,
            PlaceKind::Park => Glyph::Pin,
            PlaceKind::Noise => Glyph::Warn,
        };
        let class = if near.kind == PlaceKind::Noise { "lrow noise" } else { "lrow" };
        view! {
            <li class=class>
                <Icon glyph/>
                <span class="lrow-main"><span>{near.name.clone()}</span></span>
                <span class="num mute sm end">{fact::metres(lang, near.metres)}</span>
            </li>
        }
    };
    let good: Vec<_> = nearby.iter().filter(|n| n.kind != PlaceKind::Noise).map(row).collect();
    let loud: Vec<_> = nearby.iter().filter(|n| n.kind == PlaceKind::Noise).map(row).collect();
    let (none, noisy) = (good.is_empty(), !loud.is_empty());
    view! {
        <div id="near">
            <h2>{text::near(lang)}</h2>
            {none.then(|| view! { <p class="mute">{text::near_none(lang)}</p> })}
            <ul class="list">{good}</ul>
            {noisy.then(|| view! { <h3 class="sm mute">{text::noise(lang)}</h3><ul class="list">{loud}</ul> })}
            <p class="xs mute">{text::near_note(lang)}</p>
        </div>
    }
}

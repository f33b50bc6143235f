//! The gallery: `/` and `/{city}/listings`.

use super::card::Purse;
use super::choices::Choices;
use super::conditions::{conditions, place_name};
use super::drawn::HomeItem;
use super::map_view::MapView;
use super::none::NoneFound;
use crate::portal::words;
use crate::shell::watch::Watch;
use crate::shell::{Frame, Head, Section, Visit, failure};
use crate::texts::{gallery as text, map as map_text};
use domain::listing::{Filter, SearchPage, Sort};
use domain::live::topic;
use domain::place::{City, Level};
use domain::{Error, FieldError, Lang, Slug};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use services::map::MapPage;
use services::search::{PAGE, cities, read_query, search};
use services::{Moment, Scope, Services};
use std::sync::Arc;
use ui::{AppliedChip, Banner, Glyph, Icon, Pager, Select, SelectOption, Tone};

/// Cards whose pictures load at once: the first row.
const FIRST: usize = 4;

/// The page.
#[component]
pub fn GalleryPage() -> impl IntoView {
    let city = use_params_map().with_untracked(|params| params.get("city"));
    let (visit, services) = (Visit::current(), expect_context::<Services>());
    Suspend::new(async move {
        match load(&services, city, &visit).await {
            Ok(loaded) => view! { <Gallery loaded/> }.into_any(),
            Err(error) => failure(error),
        }
    })
}

struct Loaded {
    page: SearchPage,
    map: Option<MapPage>,
    ignored: Vec<FieldError>,
    cities: Vec<City>,
}

async fn load(services: &Services, city: Option<String>, visit: &Visit) -> Result<Loaded, Error> {
    let query = visit.href.split_once('?').map_or("", |(_, query)| query);
    let mut parsed = read_query(query);
    if let Some(city) = city {
        parsed.filter.city = Some(Slug::parse(&city).ok_or(Error::NotFound)?);
    }
    // Addresses of campaigns carry fields of their own; those are nobody's mistake.
    parsed.problems.retain(|p| !p.field.starts_with("utm_"));
    let page = search(services, &Scope::public(), &parsed.filter, PAGE, Moment::now()).await?;
    let map = match page.filter.map && page.filter.city.is_some() {
        true => Some(services::map::page(services, &page, Moment::now()).await?),
        false => None,
    };
    let cities = cities(services, &Scope::public()).await?;
    Ok(Loaded { page, map, ignored: parsed.problems, cities })
}

#[component]
fn Gallery(loaded: Loaded) -> impl IntoView {
    let Loaded { page, map, ignored, cities } = loaded;
    let page = Arc::new(page);
    let lang = Visit::current().lang;
    let place = heading_place(lang, &page, &cities);
    let title = if place.is_empty() { text::title_all(lang).to_owned() } else { text::title_in(lang, &place) };
    let price = page.summary.median_price.map(|fen| words::price(lang, fen)).unwrap_or_default();
    let head = Head {
        title: title.clone(),
        description: text::description(lang, page.total, &place, price),
        canonical: Filter { sort: None, map: false, ..page.filter.first_page() }.href(),
        robots: page.total > 0 && !page.filter.map,
        feed: feed_href(&page.filter),
        ..Head::default()
    };
    let topics = match &page.filter.city {
        Some(city) => vec![topic::gallery(city.as_str())],
        None => cities.iter().map(|c| topic::gallery(c.slug.as_str())).take(domain::live::MAX_TOPICS).collect(),
    };
    let home = Filter { city: page.filter.city.clone(), ..Filter::default() }.href();
    let none = page.total == 0;
    let results = if let Some(map) = map.filter(|_| !none) {
        view! {
            <div class="gal-map">
                <div class="map-left"><MapView lang page=page.clone() map/></div>
                <div class="map-list"><Results lang page=page.clone()/></div>
            </div>
        }
        .into_any()
    } else if none {
        view! { <NoneFound lang page=page.clone()/> }.into_any()
    } else {
        view! { <Results lang page=page.clone()/> }.into_any()
    };
    view! {
        <Frame head place=(home, place) section=Section::Sale>
            <main id="main" class="gal">
                <Choices lang page=page.clone()/>
                <div class="wrap gal-main" data-region="results">
                    <div data-soft>
                        <Notes lang page=page.clone() ignored/>
                        <div class="gal-head">
                            <div>
                                <h1>{title} " " <span class="num" data-count>{text::count(lang, page.total)}</span></h1>
                                <p class="mute sm num">{medians(lang, &page)}</p>
                            </div>
                            <Order lang filter=page.filter.clone()/>
                            <Views lang filter=page.filter.clone()/>
                        </div>
                        <Applied lang page=page.clone()/>
                        {results}
                    </div>
                </div>
                <Watch topics/>
            </main>
        </Frame>
    }
}

/// The search as a feed; a city's only.
fn feed_href(filter: &Filter) -> Option<String> {
    let city = filter.city.as_ref()?;
    let query = Filter { sort: None, map: false, ..filter.first_page() }.query();
    Some(format!("/{city}/listings/feed.xml{}{query}", if query.is_empty() { "" } else { "?" }))
}

/// List or map; a map is of one city.
#[component]
fn Views(lang: Lang, filter: Filter) -> impl IntoView {
    filter.city.is_some().then(|| {
        let href = |map: bool| Filter { map, ..filter.first_page() }.href();
        view! {
            <nav class="seg no-print" aria-label=map_text::views(lang)>
                <a href=href(false) aria-current=(!filter.map).then_some("true")><Icon glyph=Glyph::Grid/>{map_text::list(lang)}</a>
                <a href=href(true) aria-current=filter.map.then_some("true")><Icon glyph=Glyph::Map/>{map_text::map(lang)}</a>
            </nav>
        }
    })
}

/// What was not understood, and said so.
#[component]
fn Notes(lang: Lang, page: Arc<SearchPage>, ignored: Vec<FieldError>) -> impl IntoView {
    let unknown = (!page.unknown_words.is_empty()).then(|| {
        let words = page.unknown_words.join(" ");
        view! { <Banner tone=Tone::Warn>{text::unknown_words(lang, words)}</Banner> }
    });
    let ignored = (!ignored.is_empty()).then(|| {
        let list: Vec<_> = ignored.iter().map(|p| format!("{}={}", p.field, p.value)).collect();
        view! { <Banner tone=Tone::Warn>{text::ignored(lang, list.join(", "), list.len())}</Banner> }
    });
    view! { {unknown} {ignored} }
}

#[component]
fn Order(lang: Lang, filter: Filter) -> impl IntoView {
    let options = Sort::ALL.iter().map(|sort| SelectOption::new(sort.code(), sort_word(lang, *sort))).collect();
    let action = Filter { city: filter.city.clone(), ..Filter::default() }.href();
    let hidden: Vec<_> = filter
        .first_page()
        .pairs()
        .into_iter()
        .filter(|(field, _)| !matches!(*field, "sort" | "city"))
        .map(|(field, value)| view! { <input type="hidden" name=field value=value/> })
        .collect();
    view! {
        <form class="row push nowrap no-print" method="get" action=action data-live>
            {hidden}
            <Select
                name="sort" label=text::sort(lang) hide_label=true quiet=true class="sortsel" options
                selected=filter.order().code().to_owned()
            />
            <noscript><button class="btn btn--sm">{text::sort_go(lang)}</button></noscript>
        </form>
    }
}

#[component]
fn Applied(lang: Lang, page: Arc<SearchPage>) -> impl IntoView {
    let conditions = conditions(lang, &page);
    (!conditions.is_empty()).then(|| {
        let chips: Vec<_> = conditions
            .into_iter()
            .map(|c| {
                let remove_label = text::remove(lang, &c.words);
                view! { <li><AppliedChip href=c.without.href() remove_label>{c.words}</AppliedChip></li> }
            })
            .collect();
        let all = page.filter.cleared().href();
        view! {
            <ul class="gal-on" aria-label=text::applied(lang)>
                {chips}
                <li><a class="link sm" href=all>{text::clear_all(lang)}</a></li>
            </ul>
        }
    })
}

#[component]
fn Results(lang: Lang, page: Arc<SearchPage>) -> impl IntoView {
    let purse = Purse { budget: page.filter.budget, terms: page.filter.terms };
    let from = page.offset + 1;
    let to = page.offset + u32::try_from(page.items.len()).unwrap_or(0);
    let cards: Vec<_> = page
        .items
        .iter()
        .enumerate()
        .map(|(at, card)| view! { <HomeItem lang card=card.clone() first=at < FIRST purse/> })
        .collect();
    view! {
        <section aria-label=text::list(lang)>
            <h2 class="vh">{text::list(lang)}</h2>
            <ul class="homes">{cards}</ul>
            <Pager
                label=text::pages(lang) previous_label=text::previous(lang) next_label=text::next(lang)
                previous=page.previous.as_ref().map(Filter::href) next=page.next.as_ref().map(Filter::href)
                at=text::page_at(lang, from, to, page.total)
            />
        </section>
    }
}

fn medians(lang: Lang, page: &SearchPage) -> Option<String> {
    let (price, unit) = page.summary.median_price.zip(page.summary.median_unit)?;
    Some(text::medians(lang, page.total, words::price(lang, price), words::unit_price(lang, unit)))
}

/// The place in the heading: the narrowest one chosen alone, else the city.
fn heading_place(lang: Lang, page: &SearchPage, cities: &[City]) -> String {
    let filter = &page.filter;
    for (level, slugs) in
        [(Level::Community, &filter.community), (Level::Circle, &filter.circle), (Level::District, &filter.district)]
    {
        if let [one] = slugs.as_slice() {
            return place_name(page, level, one);
        }
    }
    let city = cities.iter().find(|c| Some(&c.slug) == filter.city.as_ref());
    city.map(|c| if lang == Lang::Zh { c.name.clone() } else { c.name_en.clone() }).unwrap_or_default()
}

fn sort_word(lang: Lang, sort: Sort) -> &'static str {
    match sort {
        Sort::Newest => text::sort_newest(lang),
        Sort::PriceUp => text::sort_price(lang),
        Sort::PriceDown => text::sort_price_down(lang),
        Sort::UnitUp => text::sort_unit(lang),
        Sort::UnitDown => text::sort_unit_down(lang),
        Sort::AreaDown => text::sort_area_down(lang),
        Sort::AreaUp => text::sort_area(lang),
        Sort::Cut => text::sort_cut(lang),
        Sort::Value => text::sort_value(lang),
    }
}

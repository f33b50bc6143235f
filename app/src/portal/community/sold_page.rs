//! 成交: homes the firm has sold in a city.

use super::SoldTable;
use crate::portal::words;
use crate::shell::{Frame, Head, Section, Visit, failure};
use crate::texts::{community as text, gallery};
use domain::listing::Filter;
use domain::place::City;
use domain::{Error, Lang, Slug};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use services::community::{DAYS, PAGE, SoldPage as Page, sold_page};
use services::search::{cities, search};
use services::{Moment, Scope, Services};
use ui::{DescriptionList, Empty, Fact, FactsKind, Pager};

/// The page.
#[component]
pub fn SoldPage() -> impl IntoView {
    let city = use_params_map().with_untracked(|params| params.get("city"));
    let (services, visit) = (expect_context::<Services>(), Visit::current());
    Suspend::new(async move {
        match load(&services, city.as_deref(), &visit).await {
            Ok(loaded) => view! { <Sold loaded/> }.into_any(),
            Err(error) => failure(error),
        }
    })
}

struct Loaded {
    page: Page,
    city: City,
    district: Option<Slug>,
    /// Slug and name.
    districts: Vec<(Slug, String)>,
}

async fn load(services: &Services, city: Option<&str>, visit: &Visit) -> Result<Loaded, Error> {
    let slug = city.and_then(Slug::parse).ok_or(Error::NotFound)?;
    let query = visit.href.split_once('?').map_or("", |(_, query)| query);
    let field =
        |name: &str| query.split('&').filter_map(|p| p.split_once('=')).find(|(f, _)| *f == name).map(|p| p.1);
    let district = field("district").and_then(Slug::parse);
    let number = field("page").and_then(|n| n.parse().ok()).unwrap_or(1);
    let page = sold_page(services, &slug, district.as_ref(), number, Moment::now()).await?;
    let all = cities(services, &Scope::public()).await?;
    let city = all.into_iter().find(|c| c.slug == slug).ok_or(Error::NotFound)?;
    let filter = Filter { city: Some(slug), ..Filter::default() };
    let found = search(services, &Scope::public(), &filter, 1, Moment::now()).await?;
    let districts = found.facets.values("district").iter();
    let districts = districts.filter_map(|v| Some((Slug::parse(&v.value)?, v.name.clone()?))).collect();
    Ok(Loaded { page, city, district, districts })
}

#[component]
fn Sold(loaded: Loaded) -> impl IntoView {
    let lang = Visit::current().lang;
    let Loaded { page, city, district, districts } = loaded;
    let place = words::city(lang, &city);
    let base = format!("/{}/sold", city.slug);
    let href = |district: Option<&Slug>, number: u32| {
        let district = district.map(|slug| format!("district={slug}"));
        let number = (number > 1).then(|| format!("page={number}"));
        let query = [district, number].into_iter().flatten().collect::<Vec<_>>().join("&");
        if query.is_empty() { base.clone() } else { format!("{base}?{query}") }
    };
    let named =
        district.as_ref().and_then(|slug| districts.iter().find(|(s, _)| s == slug)).map(|(_, name)| name.clone());
    let title = text::sold_title(lang, named.unwrap_or_else(|| place.clone()));
    let head = Head {
        title: title.clone(),
        description: text::sold_description(lang, page.total, &title),
        canonical: href(district.as_ref(), 1),
        robots: page.total > 0,
        ..Head::default()
    };
    let average = page.lately.1.map_or_else(|| text::none(lang).to_owned(), |unit| words::unit_price(lang, unit));
    let facts = vec![
        Fact::new(text::sold_lately(lang, DAYS), text::homes_n(lang, page.lately.0)),
        Fact::new(text::sold_average(lang), average).note(text::n_of(lang, page.lately.0)),
        Fact::new(text::sold_all(lang), text::homes_n(lang, page.total)),
    ];
    let chips = chips(lang, district.as_ref(), &districts, &href);
    let pages = page.total.div_ceil(PAGE).max(1);
    let (number, total) = (page.number, page.total);
    let first = (number - 1) * PAGE + 1;
    let last = first + u32::try_from(page.homes.len()).unwrap_or(0).saturating_sub(1);
    let list = if page.homes.is_empty() {
        view! { <Empty title=text::sold_none(lang)><p class="soft">{text::sold_none_hint(lang)}</p></Empty> }
            .into_any()
    } else {
        view! {
            <SoldTable lang homes=page.homes places=true/>
            <Pager
                label=gallery::pages(lang) previous_label=gallery::previous(lang) next_label=gallery::next(lang)
                previous=(number > 1).then(|| href(district.as_ref(), number - 1))
                next=(number < pages).then(|| href(district.as_ref(), number + 1))
                at=gallery::page_at(lang, first, last, total)
            />
        }
        .into_any()
    };
    let home = Filter { city: Some(city.slug.clone()), ..Filter::default() }.href();
    view! {
        <Frame head place=(home, place) section=Section::Sold>
            <main id="main" class="wrap lst plain-page">
                <div class="sec-h"><h1>{title}</h1><p class="mute sm">{text::sold_note(lang)}</p></div>
                <DescriptionList facts kind=FactsKind::Small/>
                <nav class="row row--2 sold-places" aria-label=gallery::district(lang)>{chips}</nav>
                {list}
            </main>
        </Frame>
    }
}

fn chips(
    lang: Lang,
    chosen: Option<&Slug>,
    districts: &[(Slug, String)],
    href: &impl Fn(Option<&Slug>, u32) -> String,
) -> Vec<AnyView> {
    let mut all = vec![(None, text::all_districts(lang).to_owned())];
    all.extend(districts.iter().map(|(slug, name)| (Some(slug), name.clone())));
    all.into_iter()
        .map(|(slug, name)| {
            let current = chosen == slug;
            view! { <a class="chip" href=href(slug, 1) aria-current=current.then_some("true")>{name}</a> }.into_any()
        })
        .collect()
}

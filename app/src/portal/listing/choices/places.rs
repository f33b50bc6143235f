//! Where: areas, metro lines, distances.

use super::{range, titled};
use crate::portal::listing::conditions::{RangeField, conditions, line, range_text};
use crate::texts::gallery as text;
use domain::listing::{DISTANCE_BANDS, FacetValue, Filter, SearchPage};
use domain::{Lang, Slug, metro};
use leptos::prelude::*;
use ui::{Chips, FilterMenu};

/// District, circle and community; the city where none is chosen yet.
pub(super) fn area(lang: Lang, page: &SearchPage) -> AnyView {
    let filter = &page.filter;
    let mut cities = Chips::default();
    for v in page.facets.values("city") {
        let Some(city) = Slug::parse(&v.value) else { continue };
        let href = Filter { city: Some(city), ..filter.first_page() }.href();
        let english = (lang == Lang::En).then(|| services::city::by_slug(&v.value)).flatten().map(|c| c.name_en);
        let name = english.or_else(|| v.name.clone()).unwrap_or_else(|| v.value.clone());
        cities.link(&href, false, v.count, &name);
    }
    let value = joined(conditions(lang, page).into_iter().take(placed(filter)).map(|c| c.words));
    let placed = filter.city.is_some();
    let cities =
        (!placed && !cities.is_empty()).then(|| view! { <div class="row row--2" inner_html=cities.html()></div> });
    let district = placed.then(|| group(page, "district", text::district(lang), &filter.district, str::to_owned));
    let circle = placed.then(|| group(page, "circle", text::circle(lang), &filter.circle, str::to_owned));
    let community = placed.then(|| group(page, "community", text::community(lang), &filter.community, str::to_owned));
    view! {
        <FilterMenu label=text::area(lang) value group="filter" wide=true>
            <div class="stack stack--3">
                <p class="sm mute">{text::counts_hint(lang)}</p>
                {cities}
                {district}
                {circle}
                {community}
            </div>
        </FilterMenu>
    }
    .into_any()
}

/// Metro lines and distances, where the dictionary knows any.
pub(super) fn metro(lang: Lang, page: &SearchPage) -> Option<AnyView> {
    let part = |field: RangeField| {
        let now = *field.of(&page.filter);
        let known = page.facets.values(field.code()).iter().any(|v| v.count > 0) || !now.is_open();
        known.then(|| {
            let body = range(lang, page, field, &DISTANCE_BANDS);
            view! { <fieldset class="stack stack--2"><legend class="sm mute">{field.name(lang)}</legend>{body}</fieldset> }.into_any()
        })
    };
    let lines = group(page, "line", &text::lines(lang, metro::REACH), &page.filter.line, |name| line(lang, name));
    let (metro, school) = (part(RangeField::Metro), part(RangeField::School));
    if lines.is_none() && metro.is_none() && school.is_none() {
        return None;
    }
    let of_lines = conditions(lang, page).into_iter().skip(placed(&page.filter)).take(page.filter.line.len());
    let now = page.filter.metro;
    let range = (!now.is_open()).then(|| range_text(lang, RangeField::Metro, now));
    let value = joined(of_lines.map(|c| c.words).chain(range));
    Some(
        view! {
            <FilterMenu label=text::rail(lang) value group="filter" wide=true>
                <div class="stack stack--4">{lines}{metro}{school}</div>
            </FilterMenu>
        }
        .into_any(),
    )
}

/// The chips of places, by their names. A dictionary holds many without a home on sale; those are left out until they
/// are chosen.
fn group(
    page: &SearchPage,
    field: &'static str,
    title: &str,
    chosen: &[Slug],
    word: impl Fn(&str) -> String,
) -> Option<AnyView> {
    let is_chosen = |v: &FacetValue| chosen.iter().any(|slug| slug.as_str() == v.value);
    let mut chips = Chips::default();
    for v in page.facets.values(field).iter().filter(|v| v.count > 0 || is_chosen(v)) {
        chips.choice(field, &v.value, is_chosen(v), v.count, &word(v.name.as_ref().unwrap_or(&v.value)));
    }
    (!chips.is_empty()).then(|| titled(title.to_owned(), chips))
}

/// How many of the conditions are areas: they come first.
fn placed(filter: &Filter) -> usize {
    filter.district.len() + filter.circle.len() + filter.community.len()
}

/// The first of some words, and how many more there are.
fn joined(words: impl Iterator<Item = String>) -> Option<String> {
    let words: Vec<_> = words.collect();
    match words.as_slice() {
        [] => None,
        [one] => Some(one.clone()),
        [first, rest @ ..] => Some(format!("{first} +{}", rest.len())),
    }
}

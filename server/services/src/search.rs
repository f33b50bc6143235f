//! Searching the public homes: phrases become conditions, the catalogue answers, the cards are read.

use crate::{Services, fault, map, picture};
use catalog::Catalog;
use chrono::NaiveDate;
use domain::listing::{Card, Facets, Filter, Parsed, Range, SearchPage, read_phrase};
use domain::loan::{Budget, Rules, Terms};
use domain::place::{City, Level, PlaceName};
use domain::{Error, ListingCode, Slug};
use store::listing::CardRow;
use store::{Moment, Scope};

/// Homes on one page of the gallery.
pub const PAGE: usize = 24;
/// The most homes one request may ask for.
pub const MOST: usize = 100;

/// Reads a query string, percent-encoded as in an address.
pub fn read_query(query: &str) -> Parsed {
    let pairs: Vec<_> = form_urlencoded::parse(query.as_bytes()).collect();
    Filter::read(pairs.iter().map(|(field, value)| (field.as_ref(), value.as_ref())))
}

/// Answers a search. At most one statement besides the catalogue.
///
/// # Errors
/// `NotFound` for a city that is not in the dictionary.
pub async fn search(
    services: &Services,
    scope: &Scope,
    filter: &Filter,
    limit: usize,
    at: Moment,
) -> Result<SearchPage, Error> {
    let today = at.day();
    let limit = limit.clamp(1, MOST);
    let ring = map::inside(services, filter).await?;
    let (filter, cap, unknown_words, answer, places, relaxations) = services.gallery.ask(|catalog| {
        if let Some(city) = &filter.city
            && !catalog.places().cities.iter().any(|c| c.slug == *city)
        {
            return Err(Error::NotFound);
        }
        let (filter, unknown) = understood(catalog, filter);
        let cap = filter.budget.cap(&filter.terms, Rules::on(today));
        let asked = within(capped(&filter, cap), ring.as_deref());
        let mut answer = catalog.search(&asked, today, limit);
        if let Some(cap) = cap {
            below(catalog, &asked, cap, today, &mut answer.facets);
        }
        if let Some(ring) = &ring {
            // Communities count without each other, but never outside the ring.
            for value in
                answer.facets.groups.iter_mut().filter(|g| g.field == "community").flat_map(|g| &mut g.values)
            {
                if !ring.iter().any(|slug| slug.as_str() == value.value) {
                    value.count = 0;
                }
            }
        }
        let mut relaxations = if answer.total == 0 { catalog.relaxations(&asked, today) } else { Vec::new() };
        for relaxation in &mut relaxations {
            if ring.is_some() && relaxation.filter.community == asked.community {
                relaxation.filter.community = filter.community.clone();
            } else if ring.is_some() {
                relaxation.filter.shape = None;
                relaxation.filter.community = filter.community.clone();
            }
            // Another price replaces the budget; any other change leaves it.
            if relaxation.filter.price == asked.price {
                relaxation.filter.price = filter.price;
            } else {
                relaxation.filter.budget = Budget::default();
                relaxation.filter.terms = Terms::default();
            }
        }
        let places = named(catalog, &filter);
        Ok((filter, cap, unknown, answer, places, relaxations))
    })?;
    let rows = cards(services, scope, &answer.ids, today).await?;
    let items = services.gallery.ask(|catalog| rows.into_iter().map(|row| dressed(catalog, row)).collect());
    let first = filter.first_page();
    Ok(SearchPage {
        cap,
        total: answer.total,
        // Bitmaps count to the end at no extra cost, whatever was asked for.
        total_is_exact: true,
        items,
        offset: answer.offset,
        next: answer.next.map(|cursor| Filter { after: Some(cursor), ..first.clone() }),
        previous: answer.previous.map(|cursor| Filter { before: Some(cursor), ..first.clone() }),
        facets: answer.facets,
        summary: answer.summary,
        relaxations,
        places,
        unknown_words,
        filter,
    })
}

/// The home of this code, if it is on sale for everybody to see.
///
/// # Errors
/// `Internal`.
pub async fn by_code(
    services: &Services,
    scope: &Scope,
    code: &ListingCode,
    at: Moment,
) -> Result<Option<Card>, Error> {
    let rows = cards(services, scope, &[code.number()], at.day()).await?;
    Ok(services.gallery.ask(|catalog| rows.into_iter().next().map(|row| dressed(catalog, row))))
}

/// The filter as the catalogue is asked: the budget as a price, the ring as communities.
pub(crate) async fn effective(services: &Services, filter: &Filter, at: Moment) -> Result<Filter, Error> {
    let ring = map::inside(services, filter).await?;
    let cap = filter.budget.cap(&filter.terms, Rules::on(at.day()));
    Ok(within(capped(filter, cap), ring.as_deref()))
}

/// The filter with only the communities inside a ring. A ring around none finds nothing.
fn within(mut filter: Filter, ring: Option<&[Slug]>) -> Filter {
    if let Some(ring) = ring {
        filter.community = ring.to_vec();
        if ring.is_empty() {
            filter.community.extend(Slug::parse("-"));
        }
    }
    filter
}

/// The filter with the price no higher than the cap.
fn capped(filter: &Filter, cap: Option<i64>) -> Filter {
    let mut filter = filter.clone();
    if let Some(cap) = cap {
        filter.price.max = Some(filter.price.max.map_or(cap, |max| max.min(cap)));
    }
    filter
}

/// Counts of prices leave the field's own condition out; the budget is none of it and stays in.
fn below(catalog: &Catalog, asked: &Filter, cap: i64, today: chrono::NaiveDate, facets: &mut Facets) {
    let between = |min: Option<i64>, max: Option<i64>| {
        let max = max.map_or(cap, |max| max.min(cap));
        if min.is_some_and(|min| min > max) {
            return 0;
        }
        catalog.count(&Filter { price: Range::new(min, Some(max)), ..asked.first_page() }, today)
    };
    for value in facets.groups.iter_mut().filter(|g| g.field == "price").flat_map(|g| &mut g.values) {
        if let Some((min, max)) = value.value.split_once('-') {
            value.count = between(min.parse().ok(), max.parse().ok());
        }
    }
    for histogram in facets.histograms.iter_mut().filter(|h| h.field == "price") {
        for (at, bin) in (0_i64..).zip(&mut histogram.bins) {
            if at * histogram.step > cap {
                *bin = 0;
            }
        }
    }
}

/// Homes like this one, still on sale: same district, price within a tenth, the same number of rooms; wider where
/// that finds too few.
///
/// # Errors
/// As [`search`].
pub async fn similar(services: &Services, scope: &Scope, card: &Card, at: Moment) -> Result<Vec<Card>, Error> {
    let wan = card.price.0 / domain::Fen::WAN;
    let mut found: Vec<Card> = Vec::new();
    for (narrow, tenths) in [(true, 1), (false, 2)] {
        let mut filter = Filter { city: Some(card.city.slug.clone()), ..Filter::default() };
        filter.price.min = Some((wan - wan * tenths / 10).max(0));
        filter.price.max = Some(wan + wan * tenths / 10 + 1);
        if narrow {
            filter.district = vec![card.district.slug.clone()];
            filter.rooms = card.layout.iter().map(|l| l.rooms.min(domain::listing::ROOMS_MAX)).collect();
        }
        let ids = services.gallery.ask(|catalog| catalog.ids(&filter, at.day(), 12));
        let rows = cards(services, scope, &ids, at.day()).await?;
        let cards = services.gallery.ask(|catalog| rows.into_iter().map(|r| dressed(catalog, r)).collect::<Vec<_>>());
        for other in cards {
            if other.code != card.code && found.len() < 4 && !found.iter().any(|f| f.code == other.code) {
                found.push(other);
            }
        }
        if found.len() >= 4 {
            break;
        }
    }
    Ok(found)
}

/// The cities with homes or a dictionary, by slug.
///
/// # Errors
/// `Internal`.
pub async fn cities(services: &Services, scope: &Scope) -> Result<Vec<City>, Error> {
    let rows = store::place::cities(&services.db, scope).await.map_err(fault)?;
    Ok(rows.into_iter().map(|row| row.city).collect())
}

/// The cards of these homes as far as the scope sees them; what everybody sees is mostly at hand.
async fn cards(services: &Services, scope: &Scope, ids: &[i64], today: NaiveDate) -> Result<Vec<CardRow>, Error> {
    let rows = match scope.is_public() {
        true => services.cards.public(services, ids, today).await,
        false => store::listing::cards(&services.db, scope, ids, today).await,
    };
    rows.map_err(fault)
}

/// A card with what the catalogue and the pictures add.
pub(crate) fn dressed(catalog: &Catalog, row: CardRow) -> Card {
    let media = picture::media(&row);
    let CardRow { mut card, id, .. } = row;
    card.versus_median = catalog.versus_median(id);
    card.media = media;
    card
}

/// The filter with the phrases of its text turned into conditions, and the words that name nothing.
fn understood(catalog: &Catalog, filter: &Filter) -> (Filter, Vec<String>) {
    if filter.q.is_empty() {
        return (filter.clone(), Vec::new());
    }
    let phrase = read_phrase(&filter.q);
    let mut conditions: Vec<(&str, String)> = phrase.conditions;
    let mut rest = Vec::new();
    let mut unknown = Vec::new();
    let mut city = filter.city.clone();
    for word in phrase.words {
        if let Some(found) = catalog.places().cities.iter().find(|c| city_is(&c.name, &word)) {
            city.get_or_insert_with(|| found.slug.clone());
            continue;
        }
        if let Some((line, of)) = catalog.exact_line(city.as_ref(), &word) {
            city = Some(of);
            conditions.push(("line", line.to_string()));
            continue;
        }
        match catalog.exact_place(city.as_ref(), &word) {
            Some((level, slug, of)) if city.is_none() || city.as_ref() == Some(&of) => {
                city = Some(of);
                conditions.push((level.code(), slug.to_string()));
            }
            _ => {
                let known = !catalog.find_places(&word, 1).is_empty();
                if known { &mut rest } else { &mut unknown }.push(word);
            }
        }
    }
    let mut pairs = filter.pairs();
    pairs.retain(|(field, _)| *field != "q" && *field != "city");
    pairs.extend(conditions);
    pairs.push(("q", rest.join(" ")));
    let parsed = Filter::read(pairs.iter().map(|(field, value)| (*field, value.as_str())));
    (Filter { city, ..parsed.filter }, unknown)
}

fn city_is(name: &str, word: &str) -> bool {
    name == word || word.strip_suffix('市') == Some(name)
}

/// The names of the places a filter mentions.
fn named(catalog: &Catalog, filter: &Filter) -> Vec<(Level, PlaceName)> {
    let levels: [(Level, &Vec<Slug>); 3] =
        [(Level::District, &filter.district), (Level::Circle, &filter.circle), (Level::Community, &filter.community)];
    let name = |level, slug| catalog.name_of(filter.city.as_ref(), level, slug).map(|name| (level, name));
    levels.into_iter().flat_map(|(level, slugs)| slugs.iter().filter_map(move |slug| name(level, slug))).collect()
}

//! Somebody wants to sell: homes like theirs, a range, and a request to be called.

use crate::{Services, fault, search};
use domain::access::{Actor, KeyRight};
use domain::listing::{Card, Filter, ROOMS_MAX, Range};
use domain::place::{Level, PlaceName};
use domain::sale::{Estimate, LEAST_COMPARABLE, SaleRequest, estimate};
use domain::{Area, Error, Slug};
use store::once::Ticket;
use store::{Moment, Scope};

/// Homes that are shown beside a range.
const SHOWN: usize = 24;
/// A community that is not found may have been one of these.
const GUESSES: usize = 6;

/// What a home is compared with.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// The community that was meant, if the dictionary has it.
    pub community: Option<PlaceName>,
    /// Communities that may have been meant.
    pub guesses: Vec<String>,
    /// The homes, all on sale now.
    pub homes: Vec<Card>,
    /// Whether they are of the whole circle, because the community has too few.
    pub wider: bool,
    /// The range, where there are enough.
    pub estimate: Option<Estimate>,
}

/// Compares a home with those on sale: same community, rooms and about the same area; then without the rooms; then in
/// the whole circle.
///
/// # Errors
/// `NotFound` for a city that is not in the dictionary.
pub async fn compare(
    services: &Services,
    city: &Slug,
    community: &str,
    area: Area,
    rooms: Option<u8>,
    at: Moment,
) -> Result<Comparison, Error> {
    let (found, guesses) = services.gallery.ask(|catalog| {
        let word = community.trim();
        let found = match catalog.exact_place(Some(city), word) {
            Some((Level::Community, slug, _)) => catalog.community_index(city, &slug).map(|index| (slug, index)),
            _ => None,
        };
        let guesses = catalog.find_places(word, 40).into_iter().filter(|(level, _)| *level == Level::Community);
        let places = catalog.places();
        let guesses: Vec<String> = guesses
            .filter_map(|(_, index)| places.communities.get(index as usize).map(|c| c.place.name.clone()))
            .take(GUESSES)
            .collect();
        let found = found.and_then(|(slug, index)| {
            let community = places.communities.get(index as usize)?;
            let (circle, district) = places.circles.get(community.circle as usize)?;
            let district = places.districts.get(*district as usize)?;
            let name = PlaceName { slug, name: community.place.name.clone() };
            Some((name, circle.slug.clone(), district.0.slug.clone()))
        });
        (found, guesses)
    });
    let Some((name, circle, district)) = found else {
        return Ok(Comparison { community: None, guesses, homes: Vec::new(), wider: false, estimate: None });
    };
    let sqm = i64::from(area.0) / 100;
    let near = Filter {
        city: Some(city.clone()),
        area: Range::new(Some(sqm * 3 / 4), Some(sqm * 5 / 4 + 1)),
        ..Filter::default()
    };
    let rooms: Vec<u8> = rooms.map(|n| n.min(ROOMS_MAX)).into_iter().collect();
    let here = Filter { community: vec![name.slug.clone()], ..near.clone() };
    let around = Filter { district: vec![district], circle: vec![circle], ..near };
    let tries = [
        (Filter { rooms: rooms.clone(), ..here.clone() }, false),
        (here, false),
        (Filter { rooms, ..around.clone() }, true),
        (around, true),
    ];
    let mut best = (Vec::new(), false);
    for (filter, wider) in tries {
        let homes = search::search(services, &Scope::public(), &filter, SHOWN, at).await?.items;
        let enough = homes.len() >= LEAST_COMPARABLE;
        if homes.len() > best.0.len() || enough {
            best = (homes, wider);
        }
        if enough {
            break;
        }
    }
    let (homes, wider) = best;
    let units: Vec<_> = homes.iter().map(|card| card.unit_price).collect();
    Ok(Comparison { community: Some(name), guesses: Vec::new(), estimate: estimate(&units, area), homes, wider })
}

/// Keeps a request, once under its ticket. Anybody may ask, a program with a key that says so; what was shown is kept
/// beside it. Returns its number.
///
/// # Errors
/// `Forbidden` for a key without the right; `NotFound` for a city that is not in the dictionary; `KeyUsed`;
/// `Rule(InFlight)`.
pub async fn ask(
    services: &Services,
    actor: &Actor,
    city: &Slug,
    request: SaleRequest,
    ticket: Option<&Ticket>,
    at: Moment,
) -> Result<i64, Error> {
    if matches!(actor, Actor::Key(holder) if !holder.rights.contains(&KeyRight::WriteSales)) {
        return Err(Error::Forbidden);
    }
    let compared = compare(services, city, &request.community, request.area, request.rooms, at).await?;
    let city = city.clone();
    services
        .db
        .write_once(at, ticket, async move |tx| {
            let community = compared.community.as_ref().map(|place| &place.slug);
            store::sale::put(&tx, at, actor, &city, community, &request, compared.estimate.as_ref()).await
        })
        .await
        .map_err(fault)
}

//! The map of a search: areas with their homes, never more than a screen can hold.

use crate::{Services, fault};
use domain::geo::Position;
use domain::listing::{Filter, SearchPage};
use domain::place::{Level, PlaceName};
use domain::{Error, Slug, UnitPrice};
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError};
use store::place::Pin;
use store::{Moment, Scope};

/// The most markers of a map.
pub const MOST: usize = 300;

/// Where the communities of each city are, as of a state of the gallery.
#[derive(Debug, Default)]
pub struct Pins(Mutex<HashMap<Slug, Known>>);

/// A state of the gallery, and where its communities were.
type Known = (i64, Arc<Vec<Pin>>);

/// An area on the map or in the table beside it.
#[derive(Clone, Debug, PartialEq)]
pub struct Area {
    /// The search narrowed to it.
    pub filter: Filter,
    /// Its name.
    pub name: String,
    /// Homes that fit.
    pub count: u32,
    /// Their median unit price.
    pub median: Option<UnitPrice>,
    /// Its middle; none where no community of it has coordinates.
    pub at: Option<Position>,
    /// Whether the search names it already.
    pub chosen: bool,
}

/// What the map shows besides the list.
#[derive(Clone, Debug, PartialEq)]
pub struct MapPage {
    /// What a marker stands for.
    pub level: Level,
    /// Areas with homes, most homes first.
    pub areas: Vec<Area>,
    /// Areas that are left out.
    pub hidden: u32,
    /// Stations and parks, for the ground of the map.
    pub ground: Vec<store::community::Poi>,
}

/// The areas of a search that was answered. One statement, and one more the first time.
///
/// # Errors
/// `NotFound` without a city.
pub async fn page(services: &Services, search: &SearchPage, at: Moment) -> Result<MapPage, Error> {
    let city = search.filter.city.clone().ok_or(Error::NotFound)?;
    let pins = pins(services, &city).await?;
    let filter = search.filter.first_page();
    let level = if filter.shape.is_some() || !filter.circle.is_empty() || !filter.community.is_empty() {
        Level::Community
    } else if filter.district.is_empty() {
        Level::District
    } else {
        Level::Circle
    };
    let mut middles: BTreeMap<&Slug, (&PlaceName, Vec<Position>)> = BTreeMap::new();
    for pin in pins.iter().filter(|pin| fits(&filter, pin)) {
        let place = match level {
            Level::District => &pin.district,
            Level::Circle => &pin.circle,
            Level::Community => &pin.community,
        };
        middles.entry(&place.slug).or_insert((place, Vec::new())).1.extend(pin.at);
    }
    let asked = crate::search::effective(services, &filter, at).await?;
    // One question for all areas, however many there are.
    let found = services.gallery.ask(|catalog| catalog.areas(&asked, level, at.day()));
    let mut areas: Vec<Area> = found
        .into_iter()
        .filter_map(|(place, count, median)| {
            let (_, points) = middles.get(&place.slug)?;
            let mut shown = filter.clone();
            narrow(&mut shown, level, &place.slug);
            // A ring stays only while it says more than the area.
            shown.shape = if level == Level::Community { None } else { shown.shape };
            let chosen = filter.community.contains(&place.slug);
            Some(Area { filter: shown, name: place.name, count, median, at: middle(points), chosen })
        })
        .collect();
    areas.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.name.cmp(&b.name)));
    let hidden = u32::try_from(areas.len().saturating_sub(MOST)).unwrap_or(u32::MAX);
    areas.truncate(MOST);
    let ground = store::community::ground(&services.db, &Scope::public(), &city).await.map_err(fault)?;
    Ok(MapPage { level, areas, hidden, ground })
}

/// The communities of a city inside a ring.
pub(crate) async fn inside(services: &Services, filter: &Filter) -> Result<Option<Vec<Slug>>, Error> {
    let (Some(shape), Some(city)) = (&filter.shape, &filter.city) else { return Ok(None) };
    let pins = pins(services, city).await?;
    let held =
        pins.iter().filter(|pin| pin.at.is_some_and(|at| shape.holds(at))).map(|pin| pin.community.slug.clone());
    Ok(Some(held.filter(|slug| filter.community.is_empty() || filter.community.contains(slug)).collect()))
}

fn fits(filter: &Filter, pin: &Pin) -> bool {
    let named = |slugs: &[Slug], place: &PlaceName| slugs.is_empty() || slugs.contains(&place.slug);
    named(&filter.district, &pin.district)
        && named(&filter.circle, &pin.circle)
        && filter.shape.as_ref().is_none_or(|shape| pin.at.is_some_and(|at| shape.holds(at)))
}

fn narrow(filter: &mut Filter, level: Level, slug: &Slug) {
    match level {
        Level::District => filter.district = vec![slug.clone()],
        Level::Circle => filter.circle = vec![slug.clone()],
        Level::Community => filter.community = vec![slug.clone()],
    }
}

fn middle(points: &[Position]) -> Option<Position> {
    let n = i64::try_from(points.len()).ok().filter(|n| *n > 0)?;
    let mean = |part: fn(&Position) -> i32| {
        i32::try_from(points.iter().map(|point| i64::from(part(point))).sum::<i64>() / n).ok()
    };
    Some(Position { lat_e6: mean(|p| p.lat_e6)?, lon_e6: mean(|p| p.lon_e6)? })
}

/// Where the communities of a city are; read again when the gallery has changed.
async fn pins(services: &Services, city: &Slug) -> Result<Arc<Vec<Pin>>, Error> {
    let seq = services.gallery.seq();
    let known = services.pins.0.lock().unwrap_or_else(PoisonError::into_inner).get(city).cloned();
    if let Some((_, pins)) = known.filter(|(at, _)| *at == seq) {
        return Ok(pins);
    }
    let pins = Arc::new(store::place::pins(&services.db, &Scope::public(), city).await.map_err(fault)?);
    let mut kept = services.pins.0.lock().unwrap_or_else(PoisonError::into_inner);
    // Only cities of the dictionary have any, so the map is bounded by it.
    if !pins.is_empty() {
        kept.insert(city.clone(), (seq, pins.clone()));
    }
    Ok(pins)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_middle_is_the_mean_and_nothing_is_nowhere() {
        let at = |lat_e6, lon_e6| Position { lat_e6, lon_e6 };
        assert_eq!(middle(&[at(10, 30), at(20, 50)]), Some(at(15, 40)));
        assert_eq!(middle(&[]), None);
    }
}

//! What search engines are told of: every public home, by district.

use crate::{Services, fault};
use chrono::NaiveDate;
use domain::listing::Filter;
use domain::{Error, ListingCode, Slug};
use store::{Moment, Scope};

/// Homes in one file; the protocol allows 50,000 addresses.
pub const PART: u32 = 20_000;

/// One file of the index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// City and district.
    pub place: (Slug, Slug),
    /// From 1.
    pub number: u32,
}

/// The files there are. No statement: the catalogue knows.
pub fn parts(services: &Services, at: Moment) -> Vec<Part> {
    services.gallery.ask(|catalog| {
        let mut parts = Vec::new();
        for city in &catalog.places().cities {
            let filter = Filter { city: Some(city.slug.clone()), ..Filter::default() };
            for district in catalog.search(&filter, at.day(), 1).facets.values("district") {
                let Some(slug) = Slug::parse(&district.value) else { continue };
                for number in 1..=district.count.div_ceil(PART) {
                    parts.push(Part { place: (city.slug.clone(), slug.clone()), number });
                }
            }
        }
        parts
    })
}

/// The homes of one file and the day each last changed. One statement.
///
/// # Errors
/// `NotFound` for a number that is no file.
pub async fn part(services: &Services, part: &Part) -> Result<Vec<(ListingCode, NaiveDate)>, Error> {
    let skip = part.number.checked_sub(1).ok_or(Error::NotFound)?.saturating_mul(PART);
    let (city, district) = &part.place;
    let scope = Scope::public();
    let homes = store::listing::addresses(&services.db, &scope, city, district, PART, skip).await.map_err(fault)?;
    if homes.is_empty() { Err(Error::NotFound) } else { Ok(homes) }
}

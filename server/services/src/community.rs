//! The page of a community, and homes sold.

use crate::{Services, fault, search};
use chrono::Days;
use domain::community::{CommunityPage, Nearby, PlaceKind, SoldHome, average, trend};
use domain::listing::Filter;
use domain::{Area, Error, Fen, Slug, UnitPrice};
use store::community::{Sold, find, nearby, offers, sold, sold_figures};
use store::{Moment, Scope};

/// Months of the trend.
const MONTHS: u32 = 12;
/// Metres within which something is near.
const NEAR: i32 = 2_000;
/// Places of one kind on a page.
const OF_A_KIND: usize = 4;
/// Homes on sale, and sold, on a community's page.
const HOMES: usize = 8;
/// Homes sold on one page.
pub const PAGE: u32 = 24;
/// Days of the figures beside them.
pub const DAYS: u64 = 90;

/// Reads the page of a community.
///
/// # Errors
/// `NotFound`.
pub async fn page(services: &Services, city: &Slug, slug: &Slug, at: Moment) -> Result<CommunityPage, Error> {
    let (db, scope, today) = (&services.db, Scope::public(), at.day());
    let row = find(db, &scope, city, slug).await.map_err(fault)?.ok_or(Error::NotFound)?;
    let offers = offers(db, &scope, row.id).await.map_err(fault)?;
    let filter = Filter { city: Some(city.clone()), community: vec![slug.clone()], ..Filter::default() };
    let found = search::search(services, &scope, &filter, HOMES, at).await?;
    let which = Sold { community: Some(row.id), ..Sold::default() };
    let (total_sold, _) = sold_figures(db, &scope, &which, today).await.map_err(fault)?;
    let sold_homes = sold(db, &scope, &which, today, 6, 0).await.map_err(fault)?;
    let near = match row.position {
        Some(position) => nearby(db, &scope, row.city_id, position, NEAR).await.map_err(fault)?,
        None => Vec::new(),
    };
    let mix = found.facets.values("rooms").iter().filter_map(|v| Some((v.value.parse().ok()?, v.count)));
    Ok(CommunityPage {
        city: row.city,
        place: row.place,
        aliases: row.aliases,
        address: row.address,
        built_year: row.built_year,
        on_sale: found.total,
        average: average(&offers, today),
        median: found.summary.median_unit.zip(found.summary.median_price),
        mix: mix.filter(|(_, count)| *count > 0).collect(),
        trend: trend(&offers, today, MONTHS),
        sold: total_sold,
        sold_homes: dressed(services, sold_homes),
        nearby: few_of_each(row.told, near),
        homes: found.items,
    })
}

/// A page of homes sold.
#[derive(Clone, Debug)]
pub struct SoldPage {
    /// All of them.
    pub total: u32,
    /// Sold in the last [`DAYS`] days, and their average unit price asked.
    pub lately: (u32, Option<UnitPrice>),
    /// The homes of this page.
    pub homes: Vec<SoldHome>,
    /// The page, from 1.
    pub number: u32,
}

/// Reads a page of homes sold in a city, or a district of it.
///
/// # Errors
/// `NotFound` for a city that is not in the dictionary, and for a page that is not there.
pub async fn sold_page(
    services: &Services,
    city: &Slug,
    district: Option<&Slug>,
    number: u32,
    at: Moment,
) -> Result<SoldPage, Error> {
    let (db, scope, today) = (&services.db, Scope::public(), at.day());
    let known = services.gallery.ask(|catalog| catalog.places().cities.iter().any(|c| c.slug == *city));
    if !known || number == 0 {
        return Err(Error::NotFound);
    }
    let which = Sold { city: Some(city.clone()), district: district.cloned(), community: None };
    let since = today.checked_sub_days(Days::new(DAYS)).unwrap_or(today);
    let (total, figures) = sold_figures(db, &scope, &which, since).await.map_err(fault)?;
    let skip = (number - 1).saturating_mul(PAGE);
    if number > 1 && skip >= total {
        return Err(Error::NotFound);
    }
    let homes = sold(db, &scope, &which, today, PAGE, skip).await.map_err(fault)?;
    let price = figures.iter().map(|(price, _)| price.0).sum();
    let area = figures.iter().map(|(_, area)| i64::from(area.0)).sum::<i64>();
    let area = Area(i32::try_from(area).unwrap_or(i32::MAX));
    Ok(SoldPage {
        total,
        lately: (u32::try_from(figures.len()).unwrap_or(u32::MAX), UnitPrice::of(Fen(price), area)),
        homes: dressed(services, homes),
        number,
    })
}

fn dressed(services: &Services, rows: Vec<(store::listing::CardRow, chrono::NaiveDate)>) -> Vec<SoldHome> {
    services.gallery.ask(|catalog| {
        rows.into_iter().map(|(row, on)| SoldHome { card: search::dressed(catalog, row), on }).collect()
    })
}

/// The nearest few of every kind. What the dictionary tells stands where the table has none of the kind.
fn few_of_each(told: Vec<Nearby>, found: Vec<Nearby>) -> Vec<Nearby> {
    let mut out = Vec::new();
    for kind in PlaceKind::ALL {
        let of_kind = |near: &&Nearby| near.kind == *kind;
        let before = out.len();
        out.extend(found.iter().filter(of_kind).take(OF_A_KIND).cloned());
        if out.len() == before {
            out.extend(told.iter().filter(of_kind).cloned());
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_outranks_the_dictionary_and_no_kind_takes_all_the_room() {
        let near = |kind, name: &str, metres| Nearby { kind, name: name.into(), metres };
        let told = vec![near(PlaceKind::Metro, "told", 300), near(PlaceKind::School, "told", 200)];
        let found: Vec<_> = (0..9).map(|n| near(PlaceKind::Metro, &n.to_string(), 100 * n)).collect();
        let kept = few_of_each(told, found);
        assert_eq!(kept.iter().filter(|n| n.kind == PlaceKind::Metro).count(), OF_A_KIND);
        assert!(kept.iter().any(|n| n.kind == PlaceKind::School && n.name == "told"));
        assert!(!kept.iter().any(|n| n.kind == PlaceKind::Metro && n.name == "told"));
    }
}

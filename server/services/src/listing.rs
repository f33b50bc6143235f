//! One listing, as the public sees it, and changes to it.

use crate::{Services, fault, search};
use domain::access::{Action, Actor, allow};
use domain::listing::{Card, Detail, ListingState};
use domain::{Error, Fen, ListingCode};
use store::listing::{Found, change_price as write_price, change_state as write_state};
use store::{Moment, Scope};

/// The page of a listing.
#[derive(Clone, Debug)]
pub struct Page {
    /// The listing.
    pub detail: Detail,
    /// Homes like it.
    pub similar: Vec<Card>,
}

/// Reads the page of a listing. Four statements: the row, its prices, its spells, similar homes.
///
/// # Errors
/// `NotFound` for a code that is not public and never was; `Gone` for one that was withdrawn.
pub async fn page(services: &Services, scope: &Scope, code: &ListingCode, at: Moment) -> Result<Page, Error> {
    let found = store::listing::find(&services.db, code, at.day()).await.map_err(fault)?;
    let (mut detail, row) = match found.ok_or(Error::NotFound)? {
        Found::Gone => return Err(Error::Gone),
        Found::Shown(detail, row) => (detail, row),
    };
    services.gallery.ask(|catalog| {
        let card = &row.card;
        if let Some(community) = catalog.community_index(&card.city.slug, &card.community.slug) {
            detail.community_on_sale = catalog.community_on_sale(community);
            detail.community_median = catalog.community_median(community).map(|(median, _)| median);
        }
        detail.card = search::dressed(catalog, row.clone());
    });
    let similar = search::similar(services, scope, &detail.card, at).await?;
    Ok(Page { detail, similar })
}

/// Sets a new asking price. Returns the new version.
///
/// # Errors
/// `Forbidden`, `NotFound`, `Stale`, `Rule(PriceUnchanged)`, `Invalid` for a price outside 1 fen to 100 亿元.
pub async fn change_price(
    services: &Services,
    actor: &Actor,
    at: Moment,
    code: &ListingCode,
    seen: i64,
    price: Fen,
    evidence: Option<&str>,
) -> Result<i64, Error> {
    if !allow(actor, Action::ChangePrice) {
        return Err(Error::Forbidden);
    }
    if price.0 < 1 || price > Fen::MAX_PRICE {
        let problem = domain::error::Problem::OutOfRange;
        return Err(Error::Invalid { fields: vec![domain::FieldError::new("price", problem, &price.0.to_string())] });
    }
    let (scope, actor, code) = (Scope::of(actor), actor.clone(), code.clone());
    let evidence = evidence.map(str::to_owned);
    services
        .db
        .write(async move |tx| write_price(&tx, &scope, at, &actor, &code, seen, price, evidence.as_deref()).await)
        .await
        .map_err(fault)
}

/// Moves a listing to another state. Returns the new version.
///
/// # Errors
/// `Forbidden`, `NotFound`, `Stale`, `Rule(StateChange)`, `Rule(RoomListed)`.
pub async fn change_state(
    services: &Services,
    actor: &Actor,
    at: Moment,
    code: &ListingCode,
    seen: i64,
    to: ListingState,
    reason: Option<&str>,
) -> Result<i64, Error> {
    if !allow(actor, Action::ChangeListingState) {
        return Err(Error::Forbidden);
    }
    let (scope, actor, code) = (Scope::of(actor), actor.clone(), code.clone());
    let reason = reason.map(str::to_owned);
    services
        .db
        .write(async move |tx| write_state(&tx, &scope, at, &actor, &code, seen, to, reason.as_deref()).await)
        .await
        .map_err(fault)
}

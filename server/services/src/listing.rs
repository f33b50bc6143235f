//! One listing, as the public sees it, and changes to it.

use crate::tour::{Room, placed};
use crate::{Services, fault, search};
use domain::access::{Action, Actor, allow};
use domain::listing::{Card, Detail, ListingState, Media};
use domain::{Error, Fen, ListingCode};
use store::listing::{Change, Edit, Found, Offer};
use store::{Db, Moment, Scope};

/// The page of a listing.
#[derive(Clone, Debug)]
pub struct Page {
    /// The listing.
    pub detail: Detail,
    /// Homes like it.
    pub similar: Vec<Card>,
    /// Where the rooms with a picture lie in the sketch of the plan; none without a sketch.
    pub rooms: Vec<Room>,
}

/// Reads the page of a listing. Five statements: the row, its prices, its spells, its photos, similar homes.
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
    let sketched = detail.card.media.iter().any(Media::is_sketch);
    let rooms = if sketched { placed(&row, &detail.card.media) } else { Vec::new() };
    Ok(Page { detail, similar, rooms })
}

/// The offer with this code as it stands, for whoever wants to change it.
///
/// # Errors
/// `NotFound` for one that is absent or not the actor's to see.
pub async fn offer(db: &Db, actor: &Actor, code: &ListingCode) -> Result<Offer, Error> {
    store::listing::offer(db, &Scope::of(actor), code).await.map_err(fault)?.ok_or(Error::NotFound)
}

/// Sets a new asking price. Returns the new version.
///
/// # Errors
/// `Forbidden`, `NotFound`, `Stale`, `Rule(PriceUnchanged)`, `Invalid` for a price outside 1 fen to 100 亿元.
pub async fn change_price(
    db: &Db,
    actor: &Actor,
    at: Moment,
    code: &ListingCode,
    seen: i64,
    to: Fen,
    evidence: Option<&str>,
) -> Result<i64, Error> {
    if !allow(actor, Action::ChangePrice) {
        return Err(Error::Forbidden);
    }
    if to.0 < 1 || to > Fen::MAX_PRICE {
        let problem = domain::error::Problem::OutOfRange;
        return Err(Error::Invalid { fields: vec![domain::FieldError::new("price", problem, &to.0.to_string())] });
    }
    change(db, Edit { scope: &Scope::of(actor), at, actor, code, seen }, Change::Price { to, evidence }).await
}

/// Moves a listing to another state. Returns the new version.
///
/// # Errors
/// `Forbidden`, `NotFound`, `Stale`, `Rule(StateChange)`, `Rule(RoomListed)`.
pub async fn change_state(
    db: &Db,
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
    change(db, Edit { scope: &Scope::of(actor), at, actor, code, seen }, Change::State { to, reason }).await
}

async fn change(db: &Db, edit: Edit<'_>, change: Change<'_>) -> Result<i64, Error> {
    db.write(async |tx| store::listing::change(&tx, &edit, change).await).await.map_err(fault)
}

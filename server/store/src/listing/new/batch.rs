//! The rows of new homes, gathered and written together.

use super::{BuildingFacts, NewListing, NewRoom, room_key};
use crate::row::{building, listing, listing_event, price_event, room, unit};
use crate::{Moment, StoreError, StoreResult, Tx};
use domain::listing::{
    BuildingType, CoOwnership, Decoration, FloorBand, Heating, HoldingBand, LayoutKind, LiftRatio, Mortgage,
    Ownership, Structure, Usage,
};
use domain::{ListingCode, Rule};
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};

/// The row numbers of one home.
pub(super) struct Ids {
    pub(super) room: i64,
    pub(super) listing: i64,
    pub(super) city: i64,
}

/// Rows that wait to be written.
#[derive(Default)]
pub(super) struct Batch {
    pub(super) buildings: Vec<building::Model>,
    pub(super) units: Vec<unit::Model>,
    rooms: Vec<room::Model>,
    listings: Vec<listing::Model>,
    prices: Vec<price_event::Model>,
    states: Vec<listing_event::Model>,
}

impl Batch {
    #[expect(clippy::too_many_arguments, reason = "one private call that fills one row")]
    pub(super) fn add_room(
        &mut self,
        tx: &Tx,
        id: i64,
        community: i64,
        building_id: i64,
        unit_id: Option<i64>,
        building: &BuildingFacts,
        new: NewRoom,
    ) -> StoreResult<()> {
        self.rooms.push(room_row(tx, id, community, building_id, unit_id, building, new)?);
        Ok(())
    }

    #[expect(clippy::too_many_arguments, reason = "one private call that fills three rows")]
    pub(super) fn add_listing(
        &mut self,
        tx: &Tx,
        next: &mut impl FnMut() -> i64,
        ids: Ids,
        code: ListingCode,
        days_before: i32,
        by: &str,
        at: Moment,
        new: NewListing,
    ) -> StoreResult<()> {
        let NewListing {
            state,
            prices,
            decoration,
            holding,
            only_home,
            co_ownership,
            mortgage,
            mortgage_note,
            title_copy,
            verify_code,
            any_time,
            headline,
            unverified,
            source,
            source_id,
            fingerprint,
            look_alike,
            import_id,
            extra,
            listed_on,
        } = new;
        let (Some((_, first_price)), Some((_, price))) = (prices.first(), prices.last()) else {
            return Err(StoreError::corrupt("a listing without a price"));
        };
        let note = mortgage_note.map(|note| tx.keys().seal("listing.mortgage_note", &note)).transpose()?;
        let extra = match extra.as_slice() {
            [] => None,
            pairs => Some(serde_json::to_string(pairs).map_err(StoreError::corrupt)?),
        };
        self.listings.push(listing::Model {
            id: ids.listing,
            code: code.to_string(),
            city_id: ids.city,
            room_id: ids.room,
            kind: "sale".to_owned(),
            state: state.code().to_owned(),
            price: price.0,
            first_price: first_price.0,
            decoration: word(decoration.map(Decoration::code)),
            holding_stated: word(holding.map(HoldingBand::code)),
            only_home,
            co_ownership: word(co_ownership.map(CoOwnership::code)),
            mortgage: word(mortgage.map(Mortgage::code)),
            mortgage_note_cipher: note,
            floor_price_cipher: None,
            title_copy,
            verify_code,
            any_time,
            headline,
            unverified,
            source,
            source_id,
            fingerprint,
            look_alike,
            import_id,
            extra,
            listed_on,
            ended_on: None,
            days_before,
            mandate_ms: at.0,
            maintained_ms: at.0,
            version: 1,
            created_ms: at.0,
            created_by: by.to_owned(),
            updated_ms: at.0,
        });
        let mut old = None;
        for (on, price) in prices {
            self.prices.push(price_event::Model {
                id: next(),
                room_id: ids.room,
                listing_id: ids.listing,
                old_price: old,
                new_price: price.0,
                effective_on: on,
                at_ms: at.0,
                by_actor: by.to_owned(),
                evidence: None,
            });
            old = Some(price.0);
        }
        self.states.push(listing_event::Model {
            id: next(),
            room_id: ids.room,
            listing_id: ids.listing,
            old_state: None,
            new_state: state.code().to_owned(),
            effective_on: listed_on,
            at_ms: at.0,
            by_actor: by.to_owned(),
            reason: None,
        });
        Ok(())
    }

    /// Writes every row after those it refers to.
    pub(super) async fn write(self, tx: &Tx) -> StoreResult<()> {
        put_all::<building::Entity>(tx, self.buildings).await?;
        put_all::<unit::Entity>(tx, self.units).await?;
        put_all::<room::Entity>(tx, self.rooms).await?;
        put_all::<listing::Entity>(tx, self.listings).await.map_err(room_taken)?;
        put_all::<price_event::Entity>(tx, self.prices).await?;
        put_all::<listing_event::Entity>(tx, self.states).await
    }
}

/// Only the index on open listings speaks of the room; other unique indexes keep their own words.
fn room_taken(error: StoreError) -> StoreError {
    match &error {
        StoreError::Taken(what) if what.contains("room") => error.on_unique(Rule::RoomListed),
        _ => error,
    }
}

/// Inserts rows in statements that stay below the engines' limits on parameters.
async fn put_all<E>(tx: &Tx, rows: Vec<E::Model>) -> StoreResult<()>
where
    E: EntityTrait,
    E::Model: IntoActiveModel<E::ActiveModel>,
    E::ActiveModel: ActiveModelTrait<Entity = E> + Send,
{
    const PARAMETERS: usize = 16_000;
    let columns = <E::Column as sea_orm::Iterable>::iter().count().max(1);
    let mut rows = rows.into_iter().map(|row| {
        let mut row = row.into_active_model();
        // Every column is written, or rows of one statement would differ in shape.
        for column in <E::Column as sea_orm::Iterable>::iter() {
            row.reset(column);
        }
        row
    });
    loop {
        let chunk: Vec<_> = rows.by_ref().take(PARAMETERS / columns).collect();
        if chunk.is_empty() {
            return Ok(());
        }
        E::insert_many(chunk).exec_without_returning(&**tx).await?;
    }
}

pub(super) fn building_row(id: i64, community: i64, facts: &BuildingFacts) -> building::Model {
    let BuildingFacts { name, kind, structure, storeys, lift_ratio, elevator, heating, built_year } = facts;
    let ratio = |part: fn(&LiftRatio) -> u16| lift_ratio.as_ref().and_then(|r| i16::try_from(part(r)).ok());
    building::Model {
        id,
        community_id: community,
        name: name.clone(),
        building_type: word(kind.map(BuildingType::code)),
        structure: word(structure.map(Structure::code)),
        storeys: *storeys,
        lifts: ratio(|r| r.lifts),
        homes_per_floor: ratio(|r| r.homes),
        elevator: *elevator,
        heating: word(heating.map(Heating::code)),
        built_year: *built_year,
    }
}

fn room_row(
    tx: &Tx,
    id: i64,
    community: i64,
    building_id: i64,
    unit_id: Option<i64>,
    building: &BuildingFacts,
    new: NewRoom,
) -> StoreResult<room::Model> {
    let NewRoom {
        number,
        floor,
        floor_band,
        layout,
        layout_kind,
        area_built,
        area_inner,
        facing,
        ownership,
        usage,
        last_sale,
        certificate_on,
        deed_tax_on,
        scene,
    } = new;
    Ok(room::Model {
        id,
        community_id: community,
        building_id,
        unit_id,
        number_cipher: number.as_ref().map(|n| tx.keys().seal("room.number", &n.room)).transpose()?,
        room_key: number.as_ref().map(|n| room_key(tx.keys(), community, building.name.as_deref().unwrap_or(""), n)),
        provisional: number.is_none(),
        floor,
        floor_band: word(floor_band.map(FloorBand::code)),
        rooms: layout.map(|l| i16::from(l.rooms)),
        halls: layout.and_then(|l| l.halls).map(i16::from),
        kitchens: layout.and_then(|l| l.kitchens).map(i16::from),
        baths: layout.and_then(|l| l.baths).map(i16::from),
        layout_kind: word(layout_kind.map(LayoutKind::code)),
        area_built: area_built.0,
        area_inner: area_inner.map(|a| a.0),
        facing: i16::from(facing.bits()),
        ownership: word(ownership.map(Ownership::code)),
        usage: word(usage.map(Usage::code)),
        last_sale,
        certificate_on,
        deed_tax_on,
        scene,
    })
}

fn word(code: Option<&'static str>) -> Option<String> {
    code.map(str::to_owned)
}

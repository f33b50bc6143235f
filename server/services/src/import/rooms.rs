//! Rows that tell building and room number: which room each is, and whether it is on sale already.

use super::homes::place_of;
use crate::Scope;
use domain::listing::plain_number;
use intake::{Home, Mark};
use std::collections::HashMap;
use store::import::{self, KnownCommunity};
use store::listing::{RoomNumber, room_key};
use store::place::bare;
use store::{Db, StoreResult};

/// What is known of the room of a row.
pub(super) struct Room {
    /// The same for all rows of one room, whatever way they write its numbers.
    pub(super) mark: Mark,
    /// The code of its open listing, if the database has one.
    pub(super) of: Option<String>,
}

/// The number of a home's room, if the row tells it: building and room do, a unit not every estate has.
pub(super) fn number(home: &Home) -> Option<RoomNumber> {
    let (_, room) = (home.building.as_ref()?, home.room.as_ref()?);
    let unit = home.unit.as_ref().map_or_else(String::new, |unit| unit.expose().to_owned());
    Some(RoomNumber { unit, room: room.expose().to_owned() })
}

/// Looks the rooms of a chunk up, by line. Without a city nothing is in the database yet.
pub(super) async fn find<'a>(
    db: &Db,
    scope: &Scope,
    city: Option<i64>,
    run: i64,
    homes: impl Iterator<Item = (u64, &'a Home)>,
) -> StoreResult<HashMap<u64, Room>> {
    let told: Vec<_> = homes.filter_map(|(line, home)| Some((line, home, number(home)?))).collect();
    let mut names: Vec<&str> = told.iter().map(|(_, home, _)| home.community.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    let known = match city {
        Some(city) => import::communities(db, scope, city, &names).await?,
        None => Vec::new(),
    };
    let rooms: Vec<_> = told
        .iter()
        .map(|(line, home, number)| {
            let (mark, community) = place(home, &known);
            let building = home.building.as_deref().unwrap_or_default();
            let parts = [building, &number.unit, &number.room];
            let mark = parts.into_iter().fold(mark, |mark, part| mark.with(&plain_number(part)));
            (*line, mark, community.map(|id| room_key(db.keys(), id, building, number)))
        })
        .collect();
    let keys: Vec<Vec<u8>> = rooms.iter().filter_map(|(.., key)| key.clone()).collect();
    let open = import::open_rooms(db, scope, run, &keys).await?;
    let room = |key: Option<Vec<u8>>, mark| Room { mark, of: key.and_then(|key| open.get(&key).cloned()) };
    Ok(rooms.into_iter().map(|(line, mark, key)| (line, room(key, mark))).collect())
}

/// The place of a home as it will be written: a mark of it, and its community if that is known.
fn place(home: &Home, known: &[KnownCommunity]) -> (Mark, Option<i64>) {
    let named: Vec<&KnownCommunity> = known.iter().filter(|c| c.name == home.community).collect();
    let only = match named[..] {
        [only] => Some((only.district.clone(), only.circle.clone())),
        _ => None,
    };
    let (district, circle) = place_of(home.district.as_deref(), home.circle.as_deref(), only.as_ref());
    let here = named.iter().find(|c| bare(&c.district) == bare(district) && c.circle == circle);
    let mark = Mark::EMPTY.with("room").with(bare(district)).with(circle).with(&home.community);
    (mark, here.map(|community| community.id))
}

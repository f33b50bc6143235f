//! Which building, unit and room a new home is: found where it is known, whatever way its numbers are written.

use super::batch::{Batch, building_row};
use super::{BuildingFacts, NewHome, NewRoom, RoomNumber};
use crate::row::unit;
use crate::{Keys, StoreResult, Tx};
use chrono::NaiveDate;
use domain::listing::plain_number;
use sea_orm::Value;
use std::collections::HashMap;

/// Keys looked up at once.
const KEYS: usize = 500;

/// What a room is known by: a keyed hash over community, building, unit and number.
pub fn room_key(keys: &Keys, community: i64, building: &str, number: &RoomNumber) -> Vec<u8> {
    let [building, unit, room] = [building, &number.unit, &number.room].map(plain_number);
    keys.blind_index("room", &format!("{community}\n{building}\n{unit}\n{room}"))
}

/// What is known of the places of a batch of homes.
pub(super) struct Identity {
    /// Buildings with a name by community and plain name.
    named: HashMap<(i64, String), i64>,
    /// Buildings without one by their facts.
    nameless: HashMap<(i64, BuildingFacts), i64>,
    units: HashMap<(i64, Vec<u8>), i64>,
    /// Rooms by key: their numbers, and the days they were on the market before.
    rooms: HashMap<Vec<u8>, (i64, i32)>,
}

impl Identity {
    pub(super) async fn load(tx: &Tx, homes: &[NewHome]) -> StoreResult<Self> {
        let mut identity =
            Self { named: HashMap::new(), nameless: HashMap::new(), units: HashMap::new(), rooms: HashMap::new() };
        let mut communities: Vec<i64> =
            homes.iter().filter(|home| home.building.name.is_some()).map(|home| home.community).collect();
        communities.sort_unstable();
        communities.dedup();
        for some in communities.chunks(KEYS) {
            let sql = format!(
                "SELECT id, community_id, name FROM building WHERE name IS NOT NULL AND community_id IN ({}) ORDER BY id",
                places(some.len())
            );
            for row in tx.rows(sql, some.iter().map(|id| Value::from(*id))).await? {
                let name: String = row.try_get("", "name")?;
                let key = (row.try_get("", "community_id")?, plain_number(&name));
                // Of two that are written differently the older one counts.
                identity.named.entry(key).or_insert(row.try_get("", "id")?);
            }
        }
        let keys: Vec<Vec<u8>> =
            homes.iter().filter_map(|home| key(tx, home.community, &home.building, &home.room)).collect();
        for some in keys.chunks(KEYS) {
            let sql = format!(
                "SELECT r.id, r.room_key, l.listed_on, l.ended_on FROM room r LEFT JOIN listing l ON l.room_id = r.id \
                 WHERE r.room_key IN ({})",
                places(some.len())
            );
            for row in tx.rows(sql, some.iter().cloned().map(Value::from)).await? {
                let (id, key): (i64, Vec<u8>) = (row.try_get("", "id")?, row.try_get("", "room_key")?);
                let (from, to): (Option<NaiveDate>, Option<NaiveDate>) =
                    (row.try_get("", "listed_on")?, row.try_get("", "ended_on")?);
                let days = from.zip(to).map_or(0, |(from, to)| (to - from).num_days().max(0));
                let known = identity.rooms.entry(key).or_insert((id, 0));
                known.1 = known.1.saturating_add(i32::try_from(days).unwrap_or(0));
            }
        }
        Ok(identity)
    }

    /// The room, if it was ever on the market, and for how many days.
    pub(super) fn room(
        &self,
        tx: &Tx,
        community: i64,
        building: &BuildingFacts,
        room: &NewRoom,
    ) -> Option<(i64, i32)> {
        self.rooms.get(&key(tx, community, building, room)?).copied()
    }

    /// A room of this batch is known to the homes after it.
    pub(super) fn remember(&mut self, tx: &Tx, id: i64, community: i64, building: &BuildingFacts, room: &NewRoom) {
        self.rooms.extend(key(tx, community, building, room).map(|key| (key, (id, 0))));
    }

    /// The building. A name says which one it is, whatever else the rows tell of it: the first one counts. Without a
    /// name, homes of equal facts share one.
    pub(super) fn building(
        &mut self,
        batch: &mut Batch,
        next: &mut impl FnMut() -> i64,
        community: i64,
        facts: &BuildingFacts,
    ) -> i64 {
        let mut make = || {
            let id = next();
            batch.buildings.push(building_row(id, community, facts));
            id
        };
        match &facts.name {
            Some(name) => *self.named.entry((community, plain_number(name))).or_insert_with(make),
            None => *self.nameless.entry((community, facts.clone())).or_insert_with(&mut make),
        }
    }

    /// The unit of a room that has one.
    pub(super) async fn unit(
        &mut self,
        tx: &Tx,
        batch: &mut Batch,
        next: &mut impl FnMut() -> i64,
        building: i64,
        room: &NewRoom,
    ) -> StoreResult<Option<i64>> {
        let Some(name) = room.number.as_ref().map(|number| &number.unit).filter(|name| !name.is_empty()) else {
            return Ok(None);
        };
        let key = (building, tx.keys().blind_index("unit", &plain_number(name)));
        if let Some(id) = self.units.get(&key) {
            return Ok(Some(*id));
        }
        let sql = "SELECT id FROM unit WHERE building_id = $1 AND name_index = $2";
        let found = tx.rows(sql, [building.into(), key.1.clone().into()]).await?;
        let id = match found.first() {
            Some(row) => row.try_get("", "id")?,
            None => {
                let id = next();
                let name_cipher = tx.keys().seal("unit.name", name)?;
                batch.units.push(unit::Model { id, building_id: building, name_cipher, name_index: key.1.clone() });
                id
            }
        };
        self.units.insert(key, id);
        Ok(Some(id))
    }
}

fn key(tx: &Tx, community: i64, building: &BuildingFacts, room: &NewRoom) -> Option<Vec<u8>> {
    let number = room.number.as_ref()?;
    Some(room_key(tx.keys(), community, building.name.as_deref().unwrap_or(""), number))
}

fn places(count: usize) -> String {
    (1..=count).map(|n| format!("${n}")).collect::<Vec<_>>().join(",")
}

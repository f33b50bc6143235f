//! On which metro lines communities lie: by the stations near them, and by the station their source names.

use crate::{Db, StoreError, StoreResult};
use catalog::{CommunityPlace, Place};
use domain::geo::Position;
use domain::{Slug, metro};
use sea_orm::QueryResult;
use std::collections::{BTreeMap, HashMap};

/// Stations of one city that name a line, by latitude.
type City = Vec<(Position, Vec<u32>)>;

/// The stations of all cities, and the lines that were met so far.
pub(super) struct Stations {
    cities: HashMap<u32, City>,
    /// City and name of a line, with its number in order of meeting.
    lines: BTreeMap<(u32, String), u32>,
}

impl Stations {
    /// Reads the stations of the table; `cities` are the positions of cities by their row numbers.
    pub(super) async fn read(db: &Db, cities: &HashMap<i64, u32>) -> StoreResult<Self> {
        let mut stations = Self { cities: HashMap::new(), lines: BTreeMap::new() };
        let sql = "SELECT city_id, name, lat_e6, lon_e6 FROM poi WHERE kind = 'metro' ORDER BY lat_e6, id";
        for row in db.rows(sql, []).await? {
            let (city, name): (i64, String) = (row.try_get("", "city_id")?, row.try_get("", "name")?);
            let Some(city) = cities.get(&city).copied() else { continue };
            let at = Position { lat_e6: row.try_get("", "lat_e6")?, lon_e6: row.try_get("", "lon_e6")? };
            let lines = stations.named(city, &name);
            if !lines.is_empty() {
                stations.cities.entry(city).or_default().push((at, lines));
            }
        }
        Ok(stations)
    }

    /// The lines within reach of a community, in order of meeting.
    pub(super) fn lines_of(&mut self, city: u32, row: &QueryResult) -> StoreResult<Vec<u32>> {
        let mut lines = Vec::new();
        let lat: Option<i32> = row.try_get("", "lat_e6")?;
        if let Some((lat_e6, lon_e6)) = lat.zip(row.try_get("", "lon_e6")?)
            && let Some(stations) = self.cities.get(&city)
        {
            let here = Position { lat_e6, lon_e6 };
            // A metre is nine millionths of a degree of latitude.
            let (south, north) = (lat_e6 - metro::REACH * 10, lat_e6 + metro::REACH * 10);
            let first = stations.partition_point(|(at, _)| at.lat_e6 < south);
            let near = stations[first..].iter().take_while(|(at, _)| at.lat_e6 <= north);
            let near = near.filter(|(at, _)| here.metres_to(*at) <= metro::REACH);
            lines.extend(near.flat_map(|(_, lines)| lines));
        }
        let (told, metres): (Option<String>, Option<i32>) =
            (row.try_get("", "metro_name")?, row.try_get("", "metro_m")?);
        if let Some(told) = told.filter(|_| metres.is_none_or(|metres| metres <= metro::REACH)) {
            lines.extend(self.named(city, &told));
        }
        Ok(lines)
    }

    /// The lines as pages list them: by city, number and name. The communities' numbers follow.
    pub(super) fn listed(self, communities: &mut [CommunityPlace]) -> StoreResult<Vec<(Place, u32)>> {
        let mut lines: Vec<_> = self.lines.into_iter().collect();
        lines.sort_by_key(|((city, name), _)| (*city, metro::number(name).unwrap_or(u32::MAX), name.clone()));
        let mut places = vec![0; lines.len()];
        for (place, (_, met)) in (0..).zip(&lines) {
            places[*met as usize] = place;
        }
        for community in communities {
            community.lines.iter_mut().for_each(|line| *line = places[*line as usize]);
            community.lines.sort_unstable();
            community.lines.dedup();
        }
        lines.into_iter().map(|((city, name), _)| Ok((Place { slug: slug(&name)?, name }, city))).collect()
    }

    fn named(&mut self, city: u32, station: &str) -> Vec<u32> {
        let number = |line| {
            let next = self.lines.len() as u32;
            *self.lines.entry((city, line)).or_insert(next)
        };
        metro::lines(station).into_iter().map(number).collect()
    }
}

/// The word for a line in addresses. Lines of one city that are spelt alike share it.
fn slug(name: &str) -> StoreResult<Slug> {
    let (spelt, _) = crate::place::spell(name);
    Slug::parse(&spelt).ok_or_else(|| StoreError::corrupt(format!("metro line `{name}`")))
}

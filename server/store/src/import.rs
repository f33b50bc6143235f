//! Runs of an import: where they stand, what is there already, and how columns were mapped before.

use crate::{Db, Moment, Scope, Sequence, StoreResult, Tx};
use domain::Error;
use domain::listing::ListingState;
use sea_orm::Value;
use std::collections::HashMap;

/// What a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Homes for sale.
    Listings,
    /// Communities for the dictionary.
    Communities,
}

impl Kind {
    /// The word for it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Listings => "listings",
            Self::Communities => "communities",
        }
    }
}

/// One run of an import.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Run {
    /// Row number.
    pub id: i64,
    /// The last line of the file that is done; 0 at the beginning.
    pub done_line: i64,
    /// Rows taken so far.
    pub taken: i64,
    /// Rows that were there already.
    pub duplicate: i64,
    /// Rows refused.
    pub refused: i64,
}

/// Takes up the unfinished run of this file in this city, or begins one. Call inside a write transaction.
pub async fn begin(
    tx: &Tx,
    at: Moment,
    kind: Kind,
    city: i64,
    file_name: &str,
    file_hash: &[u8],
    mapping: &str,
) -> StoreResult<Run> {
    let sql = "SELECT id, done_line, taken, duplicate, refused FROM import_batch \
               WHERE file_hash = $1 AND city_id = $2 AND kind = $3 AND mapping = $4 AND state = 'running' \
               ORDER BY id DESC LIMIT 1";
    let values = [Value::from(file_hash), city.into(), kind.code().into(), mapping.into()];
    if let Some(row) = tx.rows(sql, values).await?.first() {
        return Ok(Run {
            id: row.try_get("", "id")?,
            done_line: row.try_get("", "done_line")?,
            taken: row.try_get("", "taken")?,
            duplicate: row.try_get("", "duplicate")?,
            refused: row.try_get("", "refused")?,
        });
    }
    let id = tx.numbers(&Sequence::Row, 1).await?;
    tx.run(
        "INSERT INTO import_batch (id, kind, city_id, file_name, file_hash, mapping, state, done_line, taken, \
         duplicate, refused, started_ms) VALUES ($1, $2, $3, $4, $5, $6, 'running', 0, 0, 0, 0, $7)",
        [
            id.into(),
            kind.code().into(),
            city.into(),
            file_name.into(),
            Value::from(file_hash),
            mapping.into(),
            at.0.into(),
        ],
    )
    .await?;
    Ok(Run { id, done_line: 0, taken: 0, duplicate: 0, refused: 0 })
}

/// Writes where a run stands, in the transaction of the rows it took. `seen` is the line it stood at before. Done
/// first in a transaction, so that of two that work on one run the second waits, and is refused.
///
/// # Errors
/// `Stale` when somebody else has gone on with this run.
pub async fn progress(tx: &Tx, run: &Run, seen: i64, finished: Option<Moment>) -> StoreResult<()> {
    let Run { id, done_line, taken, duplicate, refused } = *run;
    let sql = "UPDATE import_batch SET done_line = $3, taken = $4, duplicate = $5, refused = $6, state = $7, \
               finished_ms = $8 WHERE id = $1 AND done_line = $2 AND state = 'running'";
    let state = if finished.is_some() { "finished" } else { "running" };
    let values: [Value; 8] = [
        id.into(),
        seen.into(),
        done_line.into(),
        taken.into(),
        duplicate.into(),
        refused.into(),
        state.into(),
        finished.map(|m| m.0).into(),
    ];
    if tx.run(sql, values).await?.rows_affected() == 0 {
        return Err(Error::Stale.into());
    }
    Ok(())
}

/// What identifies the rows of a chunk.
#[derive(Clone, Debug, Default)]
pub struct Marks {
    /// Hashes of whole rows.
    pub fingerprints: Vec<Vec<u8>>,
    /// Numbers at the source.
    pub source_ids: Vec<String>,
    /// 核验码
    pub verify_codes: Vec<String>,
    /// Look-alike keys.
    pub looks: Vec<Vec<u8>>,
}

/// The marks that are in the database already, each with the code of a listing that has it.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// Hashes of whole rows.
    pub fingerprints: HashMap<Vec<u8>, String>,
    /// Numbers at the source.
    pub source_ids: HashMap<String, String>,
    /// 核验码
    pub verify_codes: HashMap<String, String>,
    /// Look-alike keys.
    pub looks: HashMap<Vec<u8>, String>,
}

/// Looks the marks of a chunk up. Reads only what earlier transactions wrote, and leaves out what `run` itself has
/// taken in.
pub async fn known(db: &Db, _scope: &Scope, city: i64, run: i64, marks: &Marks) -> StoreResult<Known> {
    let Marks { fingerprints, source_ids, verify_codes, looks } = marks;
    Ok(Known {
        fingerprints: present(db, city, run, "fingerprint", fingerprints).await?,
        source_ids: present(db, city, run, "source_id", source_ids).await?,
        verify_codes: present(db, city, run, "verify_code", verify_codes).await?,
        looks: present(db, city, run, "look_alike", looks).await?,
    })
}

async fn present<T>(db: &Db, city: i64, run: i64, column: &str, marks: &[T]) -> StoreResult<HashMap<T, String>>
where
    T: Clone + Eq + std::hash::Hash + Into<Value> + sea_orm::TryGetable,
{
    // Every statement has as many places, so that each engine plans it once.
    const PLACES: usize = 500;
    let places: Vec<String> = (3..PLACES + 3).map(|n| format!("${n}")).collect();
    let sql = format!(
        "SELECT {column} AS mark, MIN(code) AS code FROM listing WHERE city_id = $1 AND {column} IN ({}) \
         AND (import_id IS NULL OR import_id <> $2) GROUP BY {column}",
        places.join(",")
    );
    let mut found = HashMap::new();
    for chunk in marks.chunks(PLACES) {
        let marks = chunk.iter().chain(std::iter::repeat(&chunk[0])).take(PLACES);
        let values = [city.into(), run.into()].into_iter().chain(marks.cloned().map(Into::into));
        for row in db.rows(sql.as_str(), values).await? {
            found.insert(row.try_get("", "mark")?, row.try_get("", "code")?);
        }
    }
    Ok(found)
}

/// Where the communities with these names are, as far as the city has one of that name: district and circle. Call
/// inside a write transaction.
pub async fn places(tx: &Tx, city: i64, names: &[&str]) -> StoreResult<HashMap<String, (String, String)>> {
    let mut found = HashMap::new();
    for chunk in names.chunks(500) {
        let places: Vec<String> = (2..chunk.len() + 2).map(|n| format!("${n}")).collect();
        let sql = format!(
            "SELECT m.name, MIN(d.name) AS district, MIN(k.name) AS circle FROM community m \
             JOIN circle k ON k.id = m.circle_id JOIN district d ON d.id = k.district_id \
             WHERE m.city_id = $1 AND m.name IN ({}) GROUP BY m.name HAVING COUNT(*) = 1",
            places.join(",")
        );
        let values = std::iter::once(Value::from(city)).chain(chunk.iter().map(|name| Value::from(*name)));
        for row in tx.rows(sql, values).await? {
            found.insert(row.try_get("", "name")?, (row.try_get("", "district")?, row.try_get("", "circle")?));
        }
    }
    Ok(found)
}

/// A community of the dictionary by its names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownCommunity {
    /// Row number.
    pub id: i64,
    /// 小区
    pub name: String,
    /// 区
    pub district: String,
    /// 商圈
    pub circle: String,
}

/// The communities with these names in a city.
pub async fn communities(db: &Db, _scope: &Scope, city: i64, names: &[&str]) -> StoreResult<Vec<KnownCommunity>> {
    let mut found = Vec::new();
    for chunk in names.chunks(500) {
        let places: Vec<String> = (2..chunk.len() + 2).map(|n| format!("${n}")).collect();
        let sql = format!(
            "SELECT m.id, m.name, d.name AS district, k.name AS circle FROM community m \
             JOIN circle k ON k.id = m.circle_id JOIN district d ON d.id = k.district_id \
             WHERE m.city_id = $1 AND m.name IN ({})",
            places.join(",")
        );
        let values = std::iter::once(Value::from(city)).chain(chunk.iter().map(|name| Value::from(*name)));
        for row in db.rows(sql, values).await? {
            found.push(KnownCommunity {
                id: row.try_get("", "id")?,
                name: row.try_get("", "name")?,
                district: row.try_get("", "district")?,
                circle: row.try_get("", "circle")?,
            });
        }
    }
    Ok(found)
}

/// The rooms of these keys that have an open listing, each with its code; but for those that `run` itself took in.
pub async fn open_rooms(
    db: &Db,
    _scope: &Scope,
    run: i64,
    keys: &[Vec<u8>],
) -> StoreResult<HashMap<Vec<u8>, String>> {
    let open: Vec<String> =
        ListingState::ALL.iter().filter(|s| s.is_open()).map(|s| format!("'{}'", s.code())).collect();
    let mut found = HashMap::new();
    for chunk in keys.chunks(500) {
        let places: Vec<String> = (2..chunk.len() + 2).map(|n| format!("${n}")).collect();
        let sql = format!(
            "SELECT r.room_key, l.code FROM room r JOIN listing l ON l.room_id = r.id WHERE r.room_key IN ({}) \
             AND l.state IN ({}) AND (l.import_id IS NULL OR l.import_id <> $1)",
            places.join(","),
            open.join(",")
        );
        let values = std::iter::once(Value::from(run)).chain(chunk.iter().cloned().map(Value::from));
        for row in db.rows(sql, values).await? {
            found.insert(row.try_get("", "room_key")?, row.try_get("", "code")?);
        }
    }
    Ok(found)
}

/// The mapping a person gave for files with these headers.
pub async fn recall_mapping(db: &Db, _scope: &Scope, headers: &str) -> StoreResult<Option<String>> {
    let rows = db.rows("SELECT mapping FROM import_mapping WHERE headers = $1", [headers.into()]).await?;
    rows.first().map(|row| row.try_get("", "mapping").map_err(Into::into)).transpose()
}

/// Remembers the mapping a person gave.
pub async fn remember_mapping(tx: &Tx, at: Moment, headers: &str, mapping: &str) -> StoreResult<()> {
    tx.run(
        "INSERT INTO import_mapping (headers, mapping, at_ms) VALUES ($1, $2, $3) \
         ON CONFLICT (headers) DO UPDATE SET mapping = $2, at_ms = $3",
        [headers.into(), mapping.into(), at.0.into()],
    )
    .await?;
    Ok(())
}

//! A bare bulk insert: the rows that an import wrote, put into an empty database of the same schema, with the same
//! indexes, triggers and durability, by prepared statements in one transaction. Nothing is read, judged or looked up.

use crate::Outcome;
use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};
use std::time::Instant;

/// Where homes are: copied before the clock runs.
const PLACES: [&str; 4] = ["city", "district", "circle", "community"];
/// What an import writes of every home, each after what it refers to.
const ROWS: [&str; 6] = ["import_batch", "building", "room", "listing", "price_event", "listing_event"];

/// Inserts and prints `{"rows", "homes", "seconds"}`.
pub fn insert(from: &str, to: &str) -> Outcome {
    let source = Connection::open(from)?;
    let mut target = Connection::open(to)?;
    target.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA cache_size = -16000",
    )?;
    let read = |table: &str| -> rusqlite::Result<Vec<Vec<Value>>> {
        let mut select = source.prepare(&format!("SELECT * FROM {table} ORDER BY id"))?;
        let columns = select.column_count();
        let rows = select.query_map([], |row| (0..columns).map(|at| row.get(at)).collect())?;
        rows.collect()
    };
    for table in PLACES {
        put(&mut target, &[(table, read(table)?)])?;
    }
    let tables = ROWS.map(|table| read(table).map(|rows| (table, rows)));
    let tables = tables.into_iter().collect::<rusqlite::Result<Vec<_>>>()?;
    let rows: usize = tables.iter().map(|(_, rows)| rows.len()).sum();
    let homes = tables.iter().find(|(table, _)| *table == "listing").map_or(0, |(_, rows)| rows.len());
    let start = Instant::now();
    put(&mut target, &tables)?;
    let seconds = start.elapsed().as_secs_f64();
    println!("{}", serde_json::json!({ "rows": rows, "homes": homes, "seconds": seconds }));
    Ok(())
}

fn put(target: &mut Connection, tables: &[(&str, Vec<Vec<Value>>)]) -> rusqlite::Result<()> {
    let transaction = target.transaction()?;
    for (table, rows) in tables {
        let Some(first) = rows.first() else { continue };
        let places = vec!["?"; first.len()].join(",");
        let mut insert = transaction.prepare(&format!("INSERT INTO {table} VALUES ({places})"))?;
        for row in rows {
            insert.execute(params_from_iter(row))?;
        }
    }
    transaction.commit()
}

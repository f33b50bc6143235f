//! What Menpai is measured against, with as little between the data and the answer as possible.
//!
//! `flat DB OUT` lays the homes on sale of a Menpai database out in one table with indexes; `serve OUT PORT` answers
//! from it; `csv OUT FILE` writes it as a table for the import; `pocketbase OUT DB` puts its rows into a PocketBase
//! collection; `bulk DB NEW` inserts the rows of a Menpai database into another one of the same schema and says how
//! long that took.

mod bulk;
mod flat;
mod page;

use std::env;
use std::error::Error;

type Outcome = Result<(), Box<dyn Error>>;

fn main() -> Outcome {
    let words: Vec<String> = env::args().skip(1).collect();
    match words.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["flat", from, to] => flat::lay_out(from, to),
        ["csv", from, to] => flat::write_csv(from, to),
        ["pocketbase", from, to] => flat::into_pocketbase(from, to),
        ["bulk", from, to] => bulk::insert(from, to),
        ["serve", from, port] => page::serve(from, port.parse()?),
        _ => Err("flat|csv|pocketbase|bulk|serve FROM TO".into()),
    }
}

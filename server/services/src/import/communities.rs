//! Communities: a dictionary is small, so that all of it is taken in by one transaction, or nothing.

use super::homes::place_of;
use super::source::{self, Source};
use super::{ImportError, Job, Progress, Row, stopped};
use crate::Moment;
use domain::Error;
use intake::{Community, Duplicate, RawRow, Reader};
use std::cmp::Reverse;
use std::collections::HashMap;
use store::audit::{self, Entry};
use store::import::{self, Run};
use store::outbox::{self, Kind};
use store::place::{self, CityRow, CommunityFacts, PlaceBook, Put};
use store::{StoreError, StoreResult, Tx};

/// Rows between two words about how far it is.
const TOLD_EVERY: usize = 500;

/// Takes all rows in and says how many were read.
pub(super) async fn take_in(
    job: &mut Job<'_>,
    source: Source,
    reader: Reader,
    progress: &mut (impl FnMut(Progress) + Send),
) -> Result<u64, ImportError> {
    let (name, hash, reading, lines) = (source.name.clone(), source.hash.clone(), source.reading(), source.lines);
    let city = job.request.city.clone();
    let understand = move |row: &RawRow| Row::of(reader.community(row), &city, |community| community.city.as_deref());
    let mut chunks = source::chunks(source.table, understand);
    let mut rows = Vec::new();
    while let Some(chunk) = chunks.recv().await {
        match chunk {
            Ok(chunk) => rows.extend(chunk),
            Err(error) => job.report.stopped = Some(stopped(&error)),
        }
    }
    // The newest row on a community counts, of equal ones the first: the order of the file must not decide anew
    // each time it is taken in.
    let mut order: Vec<usize> = (0..rows.len()).collect();
    order.sort_by_key(|at| Reverse(rows[*at].taken.as_ref().and_then(|community| community.date)));
    let mut puts = vec![None; rows.len()];
    let mut now = Progress { lines, ..Progress::default() };
    let begun: &Job = job;
    let Job { db, at, request, .. } = begun;
    let written = db.write(async |tx| {
        let city = place::ensure_city(&tx, &request.city).await?;
        let run = import::begin(&tx, *at, import::Kind::Communities, city.id, &name, &hash, &reading).await?;
        let mut book = PlaceBook::load(&tx, city.id).await?;
        let mut told = HashMap::new();
        for (n, at) in order.into_iter().enumerate() {
            if let Some(community) = &rows[at].taken {
                let facts = unsaid(told.entry(community.look_alike).or_default(), facts(community));
                puts[at] = Some(put(&tx, &mut book, city.id, community, &facts).await?);
            }
            count(&mut now, puts[at]);
            now.line = rows[n].line;
            if n % TOLD_EVERY == 0 {
                progress(now);
            }
        }
        if request.dry_run {
            // What would be put is known by now; an error is how a transaction is undone.
            return Err(Error::Stale.into());
        }
        finish(&tx, begun, &city, run, &now).await
    });
    match written.await {
        Err(StoreError::Refused(Error::Stale)) if request.dry_run => {}
        written => written?,
    }
    let read = rows.len() as u64;
    for (row, put) in rows.into_iter().zip(puts) {
        job.report.add(match (put, row.taken) {
            (Some(Put::Unchanged), Some(community)) => {
                row.report.duplicate(Duplicate::NothingNew, community.summary())
            }
            _ => row.report,
        });
    }
    progress(now);
    Ok(read)
}

async fn finish(tx: &Tx, job: &Job<'_>, city: &CityRow, run: Run, now: &Progress) -> StoreResult<()> {
    let whole = |n: u64| i64::try_from(n).map_err(StoreError::corrupt);
    let (taken, duplicate, refused) = (whole(now.taken)?, whole(now.duplicate)?, whole(now.refused)?);
    let seen = run.done_line;
    let run = Run { done_line: whole(now.line)?, taken, duplicate, refused, ..run };
    import::progress(tx, &run, seen, Some(Moment::now())).await?;
    if taken > 0 {
        let detail = serde_json::json!({ "taken": taken, "duplicate": duplicate, "refused": refused });
        let entry = Entry { actor: job.actor, action: "community.imported", subject: "import", id: run.id, detail };
        audit::write(tx, job.at, entry).await?;
        outbox::put(tx, job.at, Kind::Import, city.city.slug.as_str(), &run.id.to_string(), run.done_line).await?;
    }
    Ok(())
}

fn count(now: &mut Progress, put: Option<Put>) {
    match put {
        Some(Put::Added | Put::Updated) => now.taken += 1,
        Some(Put::Unchanged) => now.duplicate += 1,
        None => now.refused += 1,
    }
}

async fn put(
    tx: &Tx,
    book: &mut PlaceBook,
    city: i64,
    community: &Community,
    facts: &CommunityFacts,
) -> StoreResult<Put> {
    let Community { district, circle, name, .. } = community;
    let found = match (district, circle) {
        (Some(_), Some(_)) => None,
        _ => import::places(tx, city, &[name]).await?.remove(name),
    };
    let (district, circle) = place_of(district.as_deref(), circle.as_deref(), found.as_ref());
    book.put(tx, district, circle, name, facts).await.map(|(_, put)| put)
}

fn facts(community: &Community) -> CommunityFacts {
    CommunityFacts {
        aliases: community.aliases.clone(),
        address: community.address.clone(),
        built_year: community.built_year,
        position: community.position.map(|p| (p.lat, p.lon)),
        metro: None,
        school: None,
        source_unit_price: community.average_unit_price.map(|price| price.0),
        // The source says 0 for none and for unknown alike.
        source_on_sale: i32::try_from(community.on_sale).ok().filter(|n| *n > 0),
        source_date: community.date,
    }
}

/// Those of the facts that no row has told before.
fn unsaid(told: &mut CommunityFacts, facts: CommunityFacts) -> CommunityFacts {
    fn first<T: Clone>(told: &mut Option<T>, fact: Option<T>) -> Option<T> {
        if told.is_some() {
            return None;
        }
        told.clone_from(&fact);
        fact
    }
    CommunityFacts {
        aliases: facts.aliases,
        address: first(&mut told.address, facts.address),
        built_year: first(&mut told.built_year, facts.built_year),
        position: first(&mut told.position, facts.position),
        metro: first(&mut told.metro, facts.metro),
        school: first(&mut told.school, facts.school),
        source_unit_price: first(&mut told.source_unit_price, facts.source_unit_price),
        source_on_sale: first(&mut told.source_on_sale, facts.source_on_sale),
        source_date: first(&mut told.source_date, facts.source_date),
    }
}

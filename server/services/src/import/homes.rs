//! Homes: each chunk is judged, then written in one transaction together with where the import stands.

use super::rooms::{self, Room};
use super::source::{self, Source};
use super::told::{self, Told, Verdict};
use super::{ImportError, Job, Progress, Row, stopped};
use crate::{Moment, Scope};
use domain::listing::ListingState;
use domain::place::City;
use domain::{Error, Rule};
use intake::{Home, Mark, Note, NoteCode, RawRow, ReadError, Reader};
use std::collections::HashMap;
use store::audit::{self, Entry};
use store::import::{self, Known, Run};
use store::listing::{self, BuildingFacts, NewHome, NewListing, NewRoom};
use store::outbox::{self, Kind};
use store::place::{self, CommunityFacts, PlaceBook};
use store::{Db, StoreError, StoreResult, Tx};

/// How often a chunk is tried when somebody else has written the same in the meantime.
const ATTEMPTS: usize = 4;
/// District or circle of homes that do not tell theirs.
const ELSEWHERE: &str = "其他";

/// Takes all rows in and says how many were read.
pub(super) async fn take_in(
    job: &mut Job<'_>,
    source: Source,
    reader: Reader,
    progress: &mut (impl FnMut(Progress) + Send),
) -> Result<u64, ImportError> {
    let mut import = Import::begin(job, &source).await?;
    let (lines, city) = (source.lines, job.request.city.clone());
    let understand = move |row: &RawRow| Row::of(reader.home(row), &city, |home| home.city.as_deref());
    let mut chunks = source::chunks(source.table, understand);
    let look = import.look(job);
    let (mut read, mut next) = (0, look.ahead(chunks.recv().await).await?);
    while let Some(chunk) = next {
        let (rows, known) = match chunk {
            Ok(chunk) => chunk,
            Err(error) => {
                job.report.stopped = Some(stopped(&error));
                return Ok(read);
            }
        };
        read += rows.len() as u64;
        let line = rows.last().map_or(0, |row| row.line);
        // What this run takes in is not looked up, so that the next chunk need not wait for this one.
        let following = async { look.ahead(chunks.recv().await).await };
        let (settled, following) = tokio::join!(import.settle(job, &look, rows, known), following);
        settled?;
        progress(Progress::of(line, lines, &job.report));
        next = following?;
    }
    if let Some(run) = &import.run {
        job.db.write(async |tx| import::progress(&tx, run, run.done_line, Some(Moment::now())).await).await?;
    }
    Ok(read)
}

/// What the chunks of one file share.
struct Import {
    city: City,
    /// Absent while the city is not in the database, which only a dry run leaves so.
    city_id: Option<i64>,
    /// Absent in a dry run.
    run: Option<Run>,
    file: String,
    told: Told,
    places: Option<Places>,
}

impl Import {
    async fn begin(job: &mut Job<'_>, source: &Source) -> StoreResult<Self> {
        let city = job.request.city.clone();
        let (city_id, run) = if job.request.dry_run {
            let cities = place::cities(job.db, &job.scope).await?;
            (cities.into_iter().find(|row| row.city.slug == city.slug).map(|row| row.id), None)
        } else {
            let (file, hash, reading) = (&source.name, &source.hash, source.reading());
            let at = job.at;
            let begin = job.db.write(async |tx| {
                let city = place::ensure_city(&tx, &city).await?;
                let run = import::begin(&tx, at, import::Kind::Listings, city.id, file, hash, &reading).await?;
                Ok((Some(city.id), Some(run)))
            });
            begin.await?
        };
        let done = run.and_then(|run| u64::try_from(run.done_line).ok());
        job.report.resumed_from = done.filter(|line| *line > 0);
        Ok(Self { city, city_id, run, file: source.name.clone(), told: Told::default(), places: None })
    }

    fn look(&self, job: &Job<'_>) -> Look {
        let run = self.run.map_or(0, |run| run.id);
        Look { db: job.db.clone(), scope: job.scope.clone(), city: self.city_id, run }
    }

    /// Judges a chunk, writes what is new of it, and reports each row.
    async fn settle(
        &mut self,
        job: &mut Job<'_>,
        look: &Look,
        rows: Vec<Row<Home>>,
        known: Found,
    ) -> Result<(), ImportError> {
        let (mut attempt, mut found) = (1, known);
        let verdicts = loop {
            let (known, rooms) = &found;
            let verdicts: Vec<Option<Verdict>> = rows
                .iter()
                .map(|row| {
                    Some(self.told.judge(&self.file, row.line, row.taken.as_deref()?, known, rooms.get(&row.line)))
                })
                .collect();
            match self.write(job, &rows, &verdicts).await {
                Ok(()) => break verdicts,
                // Somebody else has taken a mark, or put the room on sale, in the meantime.
                Err(StoreError::Taken(_) | StoreError::Refused(Error::Rule { rule: Rule::RoomListed }))
                    if attempt < ATTEMPTS =>
                {
                    attempt += 1;
                }
                Err(error) => return Err(error.into()),
            }
            self.told.forget(rows.first().map_or(0, |row| row.line));
            self.places = None;
            found = look.up(&rows).await?;
        };
        for (mut row, verdict) in rows.into_iter().zip(verdicts) {
            match verdict {
                Some(Verdict::Known(why, of)) => row.report = row.report.duplicate(why, of),
                Some(Verdict::Take(Some(of))) => row.report.notes.push(Note::row(NoteCode::LookAlike, of)),
                Some(Verdict::Take(None)) | None => {}
            }
            job.report.add(row.report);
        }
        Ok(())
    }

    /// Writes the new homes of a chunk, unless this was done before the import was stopped.
    async fn write(&mut self, job: &Job<'_>, rows: &[Row<Home>], verdicts: &[Option<Verdict>]) -> StoreResult<()> {
        let (Some(run), Some(city)) = (&mut self.run, self.city_id) else { return Ok(()) };
        let (mut now, mut homes) = (*run, Vec::with_capacity(rows.len()));
        for (row, verdict) in rows.iter().zip(verdicts) {
            let line = i64::try_from(row.line).map_err(StoreError::corrupt)?;
            if line <= run.done_line {
                continue;
            }
            now.done_line = line;
            match (verdict, row.taken.as_deref()) {
                (Some(Verdict::Take(_)), Some(home)) => {
                    now.taken += 1;
                    homes.push(home);
                }
                (Some(Verdict::Known(..)), _) => now.duplicate += 1,
                _ => now.refused += 1,
            }
        }
        if now == *run {
            return Ok(());
        }
        let places = self.places.take();
        let (file, slug, seen) = (&self.file, self.city.slug.as_str(), run.done_line);
        let Job { actor, at, .. } = job;
        let written = job.db.write(async |tx| {
            import::progress(&tx, &now, seen, None).await?;
            if homes.is_empty() {
                return Ok(places);
            }
            let mut places = match places {
                Some(places) => places,
                None => Places::load(&tx, city).await?,
            };
            let new = places.settle(&tx, &homes, *at, file, now.id).await?;
            listing::insert(&tx, *at, actor, city, new).await?;
            let detail = serde_json::json!({ "after_line": seen, "to_line": now.done_line, "taken": homes.len() });
            let entry = Entry { actor, action: "listing.imported", subject: "import", id: now.id, detail };
            audit::write(&tx, *at, entry).await?;
            outbox::put(&tx, *at, Kind::Import, slug, &now.id.to_string(), now.done_line).await?;
            Ok(Some(places))
        });
        self.places = written.await?;
        *run = now;
        Ok(())
    }
}

/// What the database knows of the marks of some rows, and of their rooms by line.
type Found = (Known, HashMap<u64, Room>);

/// Looks up what others have written of the homes of an import.
struct Look {
    db: Db,
    scope: Scope,
    city: Option<i64>,
    run: i64,
}

impl Look {
    /// A chunk as it was read, with what is known of its rows.
    async fn ahead(
        &self,
        chunk: Option<Result<Vec<Row<Home>>, ReadError>>,
    ) -> StoreResult<Option<Result<(Vec<Row<Home>>, Found), ReadError>>> {
        Ok(match chunk {
            Some(Ok(rows)) => {
                let known = self.up(&rows).await?;
                Some(Ok((rows, known)))
            }
            Some(Err(error)) => Some(Err(error)),
            None => None,
        })
    }

    async fn up(&self, rows: &[Row<Home>]) -> StoreResult<Found> {
        let homes = rows.iter().filter_map(|row| Some((row.line, row.taken.as_deref()?)));
        let rooms = rooms::find(&self.db, &self.scope, self.city, self.run, homes).await?;
        let Some(city) = self.city else { return Ok((Known::default(), rooms)) };
        let marks = told::marks(rows.iter().filter_map(|row| row.taken.as_deref()));
        Ok((import::known(&self.db, &self.scope, city, self.run, &marks).await?, rooms))
    }
}

/// The communities of the city as this import knows them.
struct Places {
    city: i64,
    book: PlaceBook,
    known: HashMap<Mark, i64>,
}

impl Places {
    async fn load(tx: &Tx, city: i64) -> StoreResult<Self> {
        Ok(Self { city, book: PlaceBook::load(tx, city).await?, known: HashMap::new() })
    }

    /// Finds the place of each home.
    async fn settle(
        &mut self,
        tx: &Tx,
        homes: &[&Home],
        at: Moment,
        file: &str,
        run: i64,
    ) -> StoreResult<Vec<NewHome>> {
        let vague = homes.iter().filter(|home| home.district.is_none() || home.circle.is_none());
        let vague: Vec<&str> = vague.map(|home| home.community.as_str()).collect();
        let found = import::places(tx, self.city, &vague).await?;
        let mut new = Vec::with_capacity(homes.len());
        for home in homes {
            let known = found.get(&home.community);
            let (district, circle) = place_of(home.district.as_deref(), home.circle.as_deref(), known);
            let mark = Mark::EMPTY.with(district).with(circle).with(&home.community);
            let community = match self.known.get(&mark) {
                Some(id) => *id,
                None => {
                    // What a row says of one home is no fact of the whole community.
                    let facts = CommunityFacts::default();
                    let (id, _) = self.book.put(tx, district, circle, &home.community, &facts).await?;
                    self.known.insert(mark, id);
                    id
                }
            };
            new.push(NewHome {
                community,
                building: building(home),
                room: room(home),
                listing: offer(home, at, file, run),
            });
        }
        Ok(new)
    }
}

/// District and circle: as told, or as the dictionary knows the only community of this name, or [`ELSEWHERE`].
pub(super) fn place_of<'a>(
    district: Option<&'a str>,
    circle: Option<&'a str>,
    known: Option<&'a (String, String)>,
) -> (&'a str, &'a str) {
    match (district, circle, known) {
        (None, None, Some((district, circle))) => (district, circle),
        (Some(told), None, Some((district, circle))) if told == district => (district, circle),
        (None, Some(told), Some((district, circle))) if told == circle => (district, circle),
        _ => (district.unwrap_or(ELSEWHERE), circle.unwrap_or(ELSEWHERE)),
    }
}

fn building(home: &Home) -> BuildingFacts {
    BuildingFacts {
        name: home.building.clone(),
        kind: home.building_type,
        structure: home.structure,
        storeys: home.storeys,
        lift_ratio: home.lift_ratio,
        elevator: home.elevator,
        heating: home.heating,
        built_year: home.built_year,
    }
}

/// A room whose number the row does not tell stays provisional until somebody of the firm has seen it.
fn room(home: &Home) -> NewRoom {
    NewRoom {
        number: rooms::number(home),
        floor: home.floor,
        floor_band: home.floor_band,
        layout: home.layout,
        layout_kind: home.layout_kind,
        area_built: home.area_built,
        area_inner: home.area_inner,
        facing: home.facing,
        ownership: home.ownership,
        usage: home.usage,
        last_sale: home.last_sale,
        certificate_on: None,
        deed_tax_on: None,
        scene: None,
    }
}

fn offer(home: &Home, at: Moment, file: &str, run: i64) -> NewListing {
    let listed_on = home.listed_on.unwrap_or_else(|| at.day());
    let mut extra = home.extra.clone();
    extra.extend(home.address.clone().map(|address| ("地址".to_owned(), address)));
    extra.extend(home.position.map(|p| ("经纬度".to_owned(), format!("{},{}", p.lon, p.lat))));
    NewListing {
        state: ListingState::Active,
        prices: vec![(listed_on, home.price)],
        decoration: home.decoration,
        holding: home.holding,
        only_home: home.only_home,
        co_ownership: home.co_ownership,
        mortgage: home.mortgage,
        mortgage_note: home.mortgage_note.as_ref().map(|note| note.expose().to_owned()),
        title_copy: home.title_copy,
        verify_code: home.verify_code.clone(),
        any_time: false,
        headline: home.headline.clone(),
        unverified: true,
        source: Some(file.to_owned()),
        source_id: home.source_id.clone(),
        fingerprint: Some(home.fingerprint.bytes().to_vec()),
        look_alike: Some(home.look_alike.bytes().to_vec()),
        import_id: Some(run),
        extra,
        listed_on,
    }
}

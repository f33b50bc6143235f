//! Photos of many homes at once: a folder or a ZIP file with a folder for each home, named by its code or by its
//! number at the source.

use super::{Prepared, film, put, raster};
use crate::{Scope, fault};
use bytes::Bytes;
use domain::access::{Action, Actor, allow};
use domain::listing::{Media, RoomPicture};
use domain::media::{FILM_BYTES, Refusal, TakenIn};
use domain::place::City;
use domain::{Error, ListingCode};
use serde::Serialize;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use store::media::Edit;
use store::{Db, Moment};

/// Files of one import.
const MOST: usize = 100_000;

/// What came of it: `read = taken + known + refused`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    /// Files there were.
    pub read: u64,
    /// Files that are photos and films of homes now.
    pub taken: u64,
    /// Files that were there before.
    pub known: u64,
    /// Files that were not taken in.
    pub refused: u64,
    /// Each refused file with the reason.
    pub files: Vec<(String, Why)>,
}

/// Why a file of an import was not taken in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// It does not lie in a folder of a home.
    NoFolder,
    /// No home of the city has this code or number.
    NoHome,
    /// It could not be read.
    Unreadable,
    /// It cannot be shown.
    File(Refusal),
}

/// One file, found but not read.
struct Entry {
    home: String,
    name: String,
    at: usize,
}

enum Source {
    Folder(Vec<PathBuf>),
    Zip(Box<zip::ZipArchive<File>>),
}

/// Takes photos in and tells how it goes. Begun again it goes on: what is there is known.
///
/// # Errors
/// What the system says of the folder or archive; `Forbidden` and faults of the database.
pub async fn run(
    db: &Db,
    actor: &Actor,
    city: &City,
    path: &Path,
    mut progress: impl FnMut(u64, u64),
) -> Result<io::Result<Report>, Error> {
    if !allow(actor, Action::Import) || !allow(actor, Action::EditPhotos) {
        return Err(Error::Forbidden);
    }
    let path = path.to_owned();
    let opened = tokio::task::spawn_blocking(move || open(&path)).await.map_err(crate::service::lost)?;
    let (mut source, entries) = match opened {
        Ok(opened) => opened,
        Err(error) => return Ok(Err(error)),
    };
    let scope = Scope::of(actor);
    let names: Vec<String> = entries.iter().map(|entry| entry.home.clone()).collect();
    let homes = store::media::by_names(db, &scope, &city.slug, &names).await.map_err(fault)?;
    let (mut report, all) = (Report::default(), entries.len() as u64);
    let mut counts: BTreeMap<ListingCode, u64> = BTreeMap::new();
    for Entry { home, name, at } in entries {
        report.read += 1;
        let shown = if home.is_empty() { name.clone() } else { format!("{home}/{name}") };
        let told = match homes.get(&home) {
            _ if home.is_empty() => Err(Why::NoFolder),
            None => Err(Why::NoHome),
            Some(code) => {
                let reading = tokio::task::spawn_blocking(move || {
                    let bytes = read(&mut source, at);
                    (source, bytes)
                });
                let bytes;
                (source, bytes) = reading.await.map_err(crate::service::lost)?;
                match bytes {
                    Err(_) => Err(Why::Unreadable),
                    Ok(bytes) => {
                        let edit = Edit { scope: &scope, at: Moment::now(), actor, code };
                        take(db, &edit, room(&name), bytes).await?.inspect(|done| {
                            *counts.entry(code.clone()).or_default() += u64::from(*done == TakenIn::Taken);
                        })
                    }
                }
            }
        };
        match told {
            Ok(TakenIn::Taken) => report.taken += 1,
            Ok(TakenIn::Known) => report.known += 1,
            Ok(TakenIn::Refused { why }) | Err(Why::File(why)) => {
                report.refused += 1;
                report.files.push((shown, Why::File(why)));
            }
            Err(why) => {
                report.refused += 1;
                report.files.push((shown, why));
            }
        }
        progress(report.read, all);
    }
    Ok(Ok(report))
}

async fn take(
    db: &Db,
    edit: &Edit<'_>,
    room: (RoomPicture, u8),
    bytes: Bytes,
) -> Result<Result<TakenIn, Why>, Error> {
    let prepared = match film::is_film(&bytes) {
        Some(kind) => film::take(bytes, kind).map(Prepared::Film),
        None => raster::copies(bytes).await.ok_or(Error::Busy)?.map(Prepared::Photo),
    };
    match prepared {
        Ok(prepared) => put(db, edit, room, prepared).await.map(Ok),
        Err(why) => Ok(Err(Why::File(why))),
    }
}

/// What a file shows, as its name says in Chinese or English: `02-客厅.jpg`, `bedroom-1.png`.
fn room(name: &str) -> (RoomPicture, u8) {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_lowercase();
    let stem = stem.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '-' | '_' | ' ' | '.'));
    if let Some((room, nth)) = Media::parse_key(stem).filter(|(_, nth)| *nth < 10) {
        return (room, nth);
    }
    let words = [
        ("户型", RoomPicture::Plan),
        ("plan", RoomPicture::Plan),
        ("外", RoomPicture::Facade),
        ("小区", RoomPicture::Facade),
        ("facade", RoomPicture::Facade),
        ("客", RoomPicture::Living),
        ("厅", RoomPicture::Living),
        ("living", RoomPicture::Living),
        ("卧", RoomPicture::Bedroom),
        ("bed", RoomPicture::Bedroom),
        ("厨", RoomPicture::Kitchen),
        ("kitchen", RoomPicture::Kitchen),
        ("卫", RoomPicture::Bath),
        ("bath", RoomPicture::Bath),
        ("阳台", RoomPicture::Balcony),
        ("balcony", RoomPicture::Balcony),
    ];
    let found = words.into_iter().find(|(word, _)| stem.contains(word)).map(|(_, room)| room);
    let nth = match found {
        // 主卧, then 次卧 or 卧室2, 卧室3.
        Some(RoomPicture::Bedroom) if stem.contains('次') => 1,
        Some(RoomPicture::Bedroom) => stem
            .chars()
            .last()
            .and_then(|c| c.to_digit(10))
            .map_or(0, |n| u8::try_from(n.saturating_sub(1)).unwrap_or(0)),
        _ => 0,
    };
    (found.unwrap_or(RoomPicture::Other), nth)
}

fn open(path: &Path) -> io::Result<(Source, Vec<Entry>)> {
    let (source, mut entries) = if path.is_dir() { folder(path)? } else { archive(path)? };
    entries.sort_by(|a, b| (&a.home, &a.name).cmp(&(&b.home, &b.name)));
    Ok((source, entries))
}

fn folder(path: &Path) -> io::Result<(Source, Vec<Entry>)> {
    let (mut paths, mut entries) = (Vec::new(), Vec::new());
    let mut found = |home: String, path: PathBuf| {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        if !name.starts_with('.') && entries.len() < MOST {
            entries.push(Entry { home, name, at: paths.len() });
            paths.push(path);
        }
    };
    for entry in std::fs::read_dir(path)? {
        let entry = entry?;
        // What a link leads to is not looked at: it may lie anywhere.
        let kind = entry.file_type()?;
        if kind.is_file() {
            found(String::new(), entry.path());
        } else if kind.is_dir() {
            let home = entry.file_name().to_string_lossy().into_owned();
            for file in std::fs::read_dir(entry.path())? {
                let file = file?;
                if file.file_type()?.is_file() {
                    found(home.clone(), file.path());
                }
            }
        }
    }
    Ok((Source::Folder(paths), entries))
}

fn archive(path: &Path) -> io::Result<(Source, Vec<Entry>)> {
    let zip = zip::ZipArchive::new(File::open(path)?).map_err(io::Error::from)?;
    let entries = (0..zip.len().min(MOST)).filter_map(|at| {
        // A name is compared with codes and shown, never used as a path.
        let name = zip.name_for_index(at)?.ok()?;
        if name.ends_with('/') || name.contains("__MACOSX") {
            return None;
        }
        let mut parts = name.rsplit('/');
        let (name, home) = (parts.next()?.to_owned(), parts.next().unwrap_or_default().to_owned());
        (!name.starts_with('.')).then_some(Entry { home, name, at })
    });
    let entries = entries.collect();
    Ok((Source::Zip(Box::new(zip)), entries))
}

/// Reads one file; what is longer than anything we take is cut and refused by its length.
fn read(source: &mut Source, at: usize) -> io::Result<Bytes> {
    let mut bytes = Vec::new();
    let most = FILM_BYTES as u64 + 1;
    match source {
        Source::Folder(paths) => File::open(&paths[at])?.take(most).read_to_end(&mut bytes)?,
        Source::Zip(zip) => zip.by_index(at).map_err(io::Error::from)?.take(most).read_to_end(&mut bytes)?,
    };
    Ok(bytes.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_a_file_says_what_it_shows() {
        for (name, shown) in [
            ("02-客厅.jpg", (RoomPicture::Living, 0)),
            ("主卧.JPG", (RoomPicture::Bedroom, 0)),
            ("次卧.jpg", (RoomPicture::Bedroom, 1)),
            ("卧室3.jpg", (RoomPicture::Bedroom, 2)),
            ("bedroom-2.png", (RoomPicture::Bedroom, 2)),
            ("户型图.png", (RoomPicture::Plan, 0)),
            ("Kitchen 1.webp", (RoomPicture::Kitchen, 0)),
            ("IMG_2031.jpg", (RoomPicture::Other, 0)),
        ] {
            assert_eq!(room(name), shown, "{name}");
        }
    }
}

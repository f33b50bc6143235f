//! What a home has, for the public and for those who keep it; and who may have a file.

use crate::file::{self, Digest};
use crate::{Db, Scope, StoreError, StoreResult, Tx};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use domain::access::{Action, reach};
use domain::listing::{ListingState, Media, RoomPicture};
use domain::media::{FileKind, Film, Kept, Photo, Shown};
use domain::{Error, ListingCode, Slug};
use sea_orm::{QueryResult, Value};
use std::collections::HashMap;

impl Scope {
    /// The condition on `listing l` for keeping its photos. Listings belong to no store yet: the right reaches all.
    fn homes(&self) -> &'static str {
        if reach(self.actor(), Action::EditPhotos).is_some() { "1 = 1" } else { "1 = 0" }
    }
}

/// A home whose photos are kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// Row number.
    pub id: i64,
    /// Public code.
    pub code: ListingCode,
    /// City, by slug.
    pub city: String,
    /// Community.
    pub community: String,
    /// State of the offer.
    pub state: ListingState,
}

const TARGET: &str = "SELECT l.id, l.code, l.state, c.slug, m.name FROM listing l JOIN city c ON c.id = l.city_id \
    JOIN room r ON r.id = l.room_id JOIN community m ON m.id = r.community_id";

/// The home with this code, for keeping its photos.
///
/// # Errors
/// `NotFound` for one that is absent or out of scope.
pub async fn target(db: &Db, scope: &Scope, code: &ListingCode) -> StoreResult<Target> {
    let sql = format!("{TARGET} WHERE l.code = $1 AND {}", scope.homes());
    read_target(&db.rows(sql, [code.as_str().into()]).await?)
}

pub(super) async fn locked(tx: &Tx, scope: &Scope, code: &ListingCode) -> StoreResult<Target> {
    let sql = format!("{TARGET} WHERE l.code = $1 AND {}", scope.homes());
    let found = read_target(&tx.rows(sql, [code.as_str().into()]).await?)?;
    // Two who add at once take their turn: the order has no gaps and the cover is one.
    tx.run("UPDATE listing SET version = version WHERE id = $1", [found.id.into()]).await?;
    Ok(found)
}

fn read_target(rows: &[QueryResult]) -> StoreResult<Target> {
    let row = rows.first().ok_or(Error::NotFound)?;
    Ok(Target {
        id: row.try_get("", "id")?,
        code: crate::listing::code(row)?,
        city: row.try_get("", "slug")?,
        community: row.try_get("", "name")?,
        state: crate::listing::coded(row, "state", ListingState::from_code)?,
    })
}

/// A home in the list of those that want photos.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Home {
    /// Which.
    pub target: Target,
    /// Its photos.
    pub photos: i64,
    /// Its films.
    pub films: i64,
}

/// Which homes are asked for.
#[derive(Clone, Debug, Default)]
pub struct Sought {
    /// The code, the number at its source, or the beginning of the community's name; empty asks for nothing.
    pub text: String,
    /// Whether only those without photos are asked for.
    pub without: bool,
}

/// Homes on the market, the newest first, at most 50.
pub async fn homes(db: &Db, scope: &Scope, sought: &Sought) -> StoreResult<Vec<Home>> {
    let Sought { text, without } = sought;
    let mut conditions = vec![scope.homes(), "l.state NOT IN ('sold', 'invalid', 'sold_by_other', 'withdrawn')"];
    let mut values = Vec::new();
    if !text.is_empty() {
        values.push(text.as_str().into());
        conditions.push("(l.code = $1 OR l.source_id = $1 OR substr(m.name, 1, length($1)) = $1)");
    }
    if *without {
        conditions.push("NOT EXISTS (SELECT 1 FROM media x WHERE x.listing_id = l.id AND x.kind = 'photo')");
    }
    let count =
        |kind: &str| format!("(SELECT COUNT(*) FROM media x WHERE x.listing_id = l.id AND x.kind = '{kind}')");
    let sql =
        TARGET.replacen(" FROM ", &format!(", {} AS photos, {} AS films FROM ", count("photo"), count("video")), 1);
    let sql = format!("{sql} WHERE {} ORDER BY l.id DESC LIMIT 50", conditions.join(" AND "));
    let rows = db.rows(sql, values).await?;
    rows.iter()
        .map(|row| {
            let target = read_target(std::slice::from_ref(row))?;
            Ok(Home { target, photos: row.try_get("", "photos")?, films: row.try_get("", "films")? })
        })
        .collect()
}

/// The homes of a city with these codes or numbers at their source, each by its name. 500 names a
/// statement.
pub async fn by_names(
    db: &Db,
    scope: &Scope,
    city: &Slug,
    names: &[String],
) -> StoreResult<HashMap<String, ListingCode>> {
    let mut names: Vec<&str> = names.iter().map(String::as_str).filter(|name| !name.is_empty()).collect();
    names.sort_unstable();
    names.dedup();
    let mut found = HashMap::new();
    for names in names.chunks(500) {
        let places: Vec<String> = (2..=names.len() + 1).map(|n| format!("${n}")).collect();
        let places = places.join(",");
        let sql = format!(
            "SELECT l.code, l.source_id FROM listing l JOIN city c ON c.id = l.city_id \
             WHERE c.slug = $1 AND (l.code IN ({places}) OR l.source_id IN ({places})) AND {}",
            scope.homes()
        );
        let values = std::iter::once(city.as_str()).chain(names.iter().copied()).map(Value::from);
        for row in &db.rows(sql, values).await? {
            let code = crate::listing::code(row)?;
            let source: Option<String> = row.try_get("", "source_id")?;
            for name in names.iter().filter(|name| **name == code.as_str() || Some(**name) == source.as_deref()) {
                found.insert((*name).to_owned(), code.clone());
            }
        }
    }
    Ok(found)
}

const ROW: &str = "m.id, m.kind AS media_kind, m.room, m.nth, m.file, m.medium, m.small, m.poster, m.width, m.height, m.caption, \
    m.miniature, m.version, f.kind AS file_kind";

/// Photos and films of a home, in their order, for those who keep them.
pub async fn kept(db: &Db, scope: &Scope, code: &ListingCode) -> StoreResult<Vec<Kept>> {
    let sql = format!(
        "SELECT {ROW} FROM media m JOIN file f ON f.digest = m.file JOIN listing l ON l.id = m.listing_id \
         WHERE l.code = $1 AND {} ORDER BY m.kind, m.position",
        scope.homes()
    );
    let rows = db.rows(sql, [code.as_str().into()]).await?;
    rows.iter()
        .map(|row| {
            let shown = match picture(row)? {
                Some(Media { photo: Some(photo), .. }) if is_around(row)? => Shown::Panorama(photo),
                Some(Media { photo: Some(photo), .. }) => Shown::Photo(photo),
                _ => Shown::Film(film(row, None)?),
            };
            Ok(Kept { id: row.try_get("", "id")?, room: room(row)?, version: row.try_get("", "version")?, shown })
        })
        .collect()
}

/// What the public sees of a listing: its photos, cover first, its panoramas, and its films.
pub(crate) async fn shown(db: &Db, code: &ListingCode) -> StoreResult<(Vec<Media>, Vec<Media>, Vec<Film>)> {
    let sql = format!(
        "SELECT {ROW} FROM media m JOIN file f ON f.digest = m.file JOIN listing l ON l.id = m.listing_id \
         WHERE l.code = $1 ORDER BY m.kind, m.position"
    );
    let rows = db.rows(sql, [code.as_str().into()]).await?;
    let (mut photos, mut around, mut films) = (Vec::new(), Vec::new(), Vec::new());
    for row in &rows {
        match picture(row)? {
            Some(panorama) if is_around(row)? => around.push(panorama),
            Some(photo) => photos.push(photo),
            None => films.push(row),
        }
    }
    let cover = photos.first().and_then(|media| media.photo.as_ref()).map(|photo| photo.medium.clone());
    let films = films.into_iter().map(|row| film(row, cover.clone())).collect::<StoreResult<_>>()?;
    Ok((photos, around, films))
}

/// The photo in a row with the columns of `media`; `None` where there is none, or a film.
pub(crate) fn picture(row: &QueryResult) -> StoreResult<Option<Media>> {
    let address =
        |column: &str| Ok::<_, StoreError>(file::digest(row, column)?.map(|digest| address(&digest, FileKind::Jpeg)));
    let (Some(small), Some(medium), Some(large)) = (address("small")?, address("medium")?, address("file")?) else {
        return Ok(None);
    };
    let miniature: Vec<u8> = row.try_get("", "miniature")?;
    let (picture, nth) = room(row)?;
    let photo = Photo {
        small,
        medium,
        large,
        width: pixels(row, "width")?,
        height: pixels(row, "height")?,
        caption: row.try_get("", "caption")?,
        miniature: format!("data:image/png;base64,{}", BASE64_STANDARD.encode(miniature)),
    };
    Ok(Some(Media { picture, nth, tone: 0, photo: Some(photo) }))
}

fn is_around(row: &QueryResult) -> StoreResult<bool> {
    Ok(row.try_get::<String>("", "media_kind")? == "panorama")
}

fn film(row: &QueryResult, cover: Option<String>) -> StoreResult<Film> {
    let digest = file::digest(row, "file")?.ok_or_else(|| StoreError::corrupt("a film without a file"))?;
    let word: String = row.try_get("", "file_kind")?;
    let kind = FileKind::from_code(&word).ok_or_else(|| StoreError::corrupt(format!("file kind {word}")))?;
    let poster = file::digest(row, "poster")?.map(|digest| address(&digest, FileKind::Jpeg));
    Ok(Film {
        file: address(&digest, kind),
        kind,
        poster: poster.or(cover),
        width: pixels(row, "width")?,
        height: pixels(row, "height")?,
        caption: row.try_get("", "caption")?,
    })
}

fn room(row: &QueryResult) -> StoreResult<(RoomPicture, u8)> {
    let nth: i16 = row.try_get("", "nth")?;
    Ok((crate::listing::coded(row, "room", RoomPicture::from_code)?, u8::try_from(nth).unwrap_or(0)))
}

fn pixels(row: &QueryResult, column: &str) -> StoreResult<u32> {
    let value: i32 = row.try_get("", column)?;
    u32::try_from(value).map_err(StoreError::corrupt)
}

fn address(digest: &Digest, kind: FileKind) -> String {
    format!("/files/{digest}.{kind}")
}

/// A file that somebody asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Served {
    /// Bytes.
    pub size: u64,
    /// What it is.
    pub kind: FileKind,
    /// Whether everybody may have it.
    pub public: bool,
}

/// The file with this digest, as far as the scope may have it: everybody what hangs on a public home, those who keep
/// photos what hangs on any.
///
/// # Errors
/// `Gone` for what hangs on withdrawn homes only; `NotFound` for anything else.
pub async fn served(db: &Db, scope: &Scope, digest: &Digest) -> StoreResult<Served> {
    let count = |states: &str| format!("SUM(CASE WHEN l.state IN ({states}) THEN 1 ELSE 0 END)");
    let sql = format!(
        "SELECT f.size, f.kind, {} AS shown, {} AS ended FROM file f \
         JOIN media m ON m.file = $1 OR m.medium = $1 OR m.small = $1 OR m.poster = $1 \
         JOIN listing l ON l.id = m.listing_id WHERE f.digest = $1 GROUP BY f.size, f.kind",
        count("'active', 'under_offer', 'sold'"),
        count("'withdrawn', 'invalid', 'sold_by_other'"),
    );
    let rows = db.rows(sql, [file::value(digest)]).await?;
    let row = rows.first().ok_or(Error::NotFound)?;
    let (shown, ended): (i64, i64) = (row.try_get("", "shown")?, row.try_get("", "ended")?);
    if shown == 0 && scope.homes() != "1 = 1" {
        return Err(if ended > 0 { Error::Gone } else { Error::NotFound }.into());
    }
    let size: i64 = row.try_get("", "size")?;
    Ok(Served { size: size.cast_unsigned(), kind: file::kind(row)?, public: shown > 0 })
}

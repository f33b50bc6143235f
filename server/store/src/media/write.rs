//! Adding, describing, ordering and removing photos and films. Each change is one of the listing: its version rises,
//! and whoever shows the home hears of it.

use super::read::{Target, locked};
use crate::audit::{self, Entry};
use crate::file::{self, Stored, digest, value};
use crate::outbox::{self, Kind};
use crate::{Moment, Scope, Sequence, StoreError, StoreResult, Tx};
use domain::access::Actor;
use domain::listing::RoomPicture;
use domain::media::{FILMS, PANORAMAS, PHOTOS, Refusal, TakenIn};
use domain::{Error, ListingCode};
use sea_orm::{QueryResult, Value};
use serde_json::json;

/// Who changes the photos of which home, and when.
#[derive(Clone, Copy, Debug)]
pub struct Edit<'a> {
    /// The homes the actor may keep: another one is not found.
    pub scope: &'a Scope,
    /// The moment of the change.
    pub at: Moment,
    /// Who changes them.
    pub actor: &'a Actor,
    /// Code of the home.
    pub code: &'a ListingCode,
}

/// What is in the file store already.
#[derive(Clone, Debug)]
pub enum Copies {
    /// A photo at its three widths, the widest first, and a few pixels of it.
    Photo {
        /// Large, medium, small; the same content for widths the photo does not have.
        copies: [Stored; 3],
        /// PNG.
        miniature: Vec<u8>,
        /// Whether it is a panorama.
        around: bool,
    },
    /// A film.
    Film {
        /// Its content.
        film: Stored,
    },
}

/// A new photo or film.
#[derive(Clone, Debug)]
pub struct New {
    /// Its contents.
    pub copies: Copies,
    /// Pixels of the widest copy.
    pub width: u32,
    /// Pixels of the widest copy.
    pub height: u32,
    /// What it shows, and the how-manieth of its kind.
    pub room: (RoomPicture, u8),
    /// What stands below it.
    pub caption: String,
}

/// What is to become of a photo or film.
#[derive(Clone, Debug)]
pub enum Change {
    /// Says what it shows.
    Describe {
        /// What, and the how-manieth of its kind.
        room: (RoomPicture, u8),
        /// What stands below it.
        caption: String,
        /// The photo that a film shows before it plays, by row number; none means the cover.
        poster: Option<i64>,
    },
    /// One place forward.
    Up,
    /// One place back.
    Down,
    /// To the front: a photo becomes the cover.
    First,
}

impl Change {
    const fn word(&self) -> &'static str {
        match self {
            Self::Describe { .. } => "describe",
            Self::Up => "up",
            Self::Down => "down",
            Self::First => "first",
        }
    }
}

/// Nothing stands there: the place of what is being moved.
const ASIDE: i32 = 1_000_000;

/// Adds a photo or film at the end. The same one again is nothing.
///
/// # Errors
/// `NotFound` for a home out of scope.
pub async fn add(tx: &Tx, edit: &Edit<'_>, new: &New) -> StoreResult<TakenIn> {
    let home = locked(tx, edit.scope, edit.code).await?;
    let New { copies, width, height, room: (room, nth), caption } = new;
    let (kind, most, stored, miniature) = match copies {
        Copies::Photo { copies, miniature, around } => {
            let (kind, most) = if *around { ("panorama", PANORAMAS) } else { ("photo", PHOTOS) };
            (kind, most, copies.as_slice(), Some(miniature.clone()))
        }
        Copies::Film { film } => ("video", FILMS, std::slice::from_ref(film), None),
    };
    let [file, rest @ ..] = stored else { return Err(StoreError::corrupt("a photo without copies")) };
    let known = "SELECT 1 AS known FROM media WHERE listing_id = $1 AND file = $2";
    if !tx.rows(known, [home.id.into(), value(&file.digest)]).await?.is_empty() {
        return Ok(TakenIn::Known);
    }
    let count = "SELECT COUNT(*) AS n FROM media WHERE listing_id = $1 AND kind = $2";
    let rows = tx.rows(count, [home.id.into(), kind.into()]).await?;
    let count: i64 = rows.first().map_or(Ok(0), |row| row.try_get("", "n"))?;
    if count >= most as i64 {
        return Ok(TakenIn::Refused { why: Refusal::Full });
    }
    let version = bump(tx, edit, &home).await?;
    file::keep(tx, edit.at, edit.actor, stored).await?;
    let copy = |at: usize| rest.get(at).map(|copy| copy.digest.bytes().to_vec());
    let id = tx.numbers(&Sequence::Row, 1).await?;
    let pixels = |n: u32| i32::try_from(n).map_err(StoreError::corrupt);
    let values: Vec<Value> = vec![
        id.into(),
        home.id.into(),
        kind.into(),
        room.code().into(),
        i16::from(*nth).into(),
        i32::try_from(count).map_err(StoreError::corrupt)?.into(),
        caption.as_str().into(),
        value(&file.digest),
        copy(0).into(),
        copy(1).into(),
        pixels(*width)?.into(),
        pixels(*height)?.into(),
        miniature.into(),
        edit.at.0.into(),
        edit.actor.audit_name().into(),
    ];
    tx.run(
        "INSERT INTO media (id, listing_id, kind, room, nth, position, caption, file, medium, small, width, height, \
         miniature, version, created_ms, created_by) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,1,$14,$15)",
        values,
    )
    .await?;
    let detail = json!({ "code": home.code, "kind": kind, "file": file.digest.to_string(), "room": room });
    tell(tx, edit, &home, version, "media.added", detail).await?;
    Ok(TakenIn::Taken)
}

/// Changes a photo or film that was seen at version `seen`. Moving what stands at the end already is nothing.
///
/// # Errors
/// `NotFound`; `Stale`.
pub async fn change(tx: &Tx, edit: &Edit<'_>, id: i64, seen: i64, change: &Change) -> StoreResult<()> {
    let home = locked(tx, edit.scope, edit.code).await?;
    let row = find(tx, &home, id).await?;
    if row.try_get::<i64>("", "version")? != seen {
        return Err(Error::Stale.into());
    }
    let kind: String = row.try_get("", "kind")?;
    let position: i32 = row.try_get("", "position")?;
    match change {
        Change::Describe { room: (room, nth), caption, poster } => {
            let before = digest(&row, "poster")?;
            let poster = match poster {
                Some(photo) if kind == "video" => digest(&find(tx, &home, *photo).await?, "medium")?,
                _ => None,
            };
            tx.run(
                "UPDATE media SET room = $2, nth = $3, caption = $4, poster = $5, version = version + 1 WHERE id = $1",
                [
                    id.into(),
                    room.code().into(),
                    i16::from(*nth).into(),
                    caption.as_str().into(),
                    poster.map(|poster| poster.bytes().to_vec()).into(),
                ],
            )
            .await?;
            file::forget(tx, &Vec::from_iter(before)).await?;
        }
        Change::Up | Change::Down => {
            let to = if matches!(change, Change::Up) { position - 1 } else { position + 1 };
            let neighbour = "SELECT id FROM media WHERE listing_id = $1 AND kind = $2 AND position = $3";
            let rows = tx.rows(neighbour, [home.id.into(), kind.as_str().into(), to.into()]).await?;
            let Some(other) = rows.first() else { return Ok(()) };
            let other: i64 = other.try_get("", "id")?;
            for (row, at) in [(id, ASIDE), (other, position), (id, to)] {
                place(tx, row, at).await?;
            }
        }
        Change::First if position == 0 => return Ok(()),
        Change::First => {
            place(tx, id, ASIDE).await?;
            let shift =
                "UPDATE media SET position = position + 1 WHERE listing_id = $1 AND kind = $2 AND position < $3";
            tx.run(shift, [home.id.into(), kind.as_str().into(), position.into()]).await?;
            place(tx, id, 0).await?;
        }
    }
    let version = bump(tx, edit, &home).await?;
    let detail = json!({ "code": home.code, "kind": kind, "media": id, "change": change.word() });
    tell(tx, edit, &home, version, "media.changed", detail).await
}

/// Removes a photo or film; the next one takes its place.
///
/// # Errors
/// `NotFound`.
pub async fn remove(tx: &Tx, edit: &Edit<'_>, id: i64) -> StoreResult<()> {
    let home = locked(tx, edit.scope, edit.code).await?;
    let row = find(tx, &home, id).await?;
    let kind: String = row.try_get("", "kind")?;
    let position: i32 = row.try_get("", "position")?;
    let contents = ["file", "medium", "small", "poster"].map(|column| digest(&row, column));
    let contents: Vec<_> = contents.into_iter().collect::<StoreResult<Vec<_>>>()?.into_iter().flatten().collect();
    tx.run("DELETE FROM media WHERE id = $1", [id.into()]).await?;
    let close = "UPDATE media SET position = position - 1 WHERE listing_id = $1 AND kind = $2 AND position > $3";
    tx.run(close, [home.id.into(), kind.as_str().into(), position.into()]).await?;
    file::forget(tx, &contents).await?;
    let version = bump(tx, edit, &home).await?;
    let detail = json!({ "code": home.code, "kind": kind, "media": id });
    tell(tx, edit, &home, version, "media.removed", detail).await
}

async fn find(tx: &Tx, home: &Target, id: i64) -> StoreResult<QueryResult> {
    let sql =
        "SELECT kind, position, version, file, medium, small, poster FROM media WHERE listing_id = $1 AND id = $2";
    tx.rows(sql, [home.id.into(), id.into()]).await?.into_iter().next().ok_or_else(|| Error::NotFound.into())
}

async fn place(tx: &Tx, id: i64, at: i32) -> StoreResult<()> {
    let sql = "UPDATE media SET position = $2, version = version + 1 WHERE id = $1";
    tx.run(sql, [id.into(), at.into()]).await.map(|_| ())
}

async fn bump(tx: &Tx, edit: &Edit<'_>, home: &Target) -> StoreResult<i64> {
    let sql = "UPDATE listing SET version = version + 1, updated_ms = $2 WHERE id = $1 RETURNING version";
    let rows = tx.rows(sql, [home.id.into(), edit.at.0.into()]).await?;
    let row = rows.first().ok_or(Error::NotFound)?;
    Ok(row.try_get("", "version")?)
}

async fn tell(
    tx: &Tx,
    edit: &Edit<'_>,
    home: &Target,
    version: i64,
    action: &str,
    detail: serde_json::Value,
) -> StoreResult<()> {
    let Edit { at, actor, code, .. } = *edit;
    audit::write(tx, at, Entry { actor, action, subject: "listing", id: home.id, detail }).await?;
    outbox::put(tx, at, Kind::Listing, &home.city, code.as_str(), version).await
}

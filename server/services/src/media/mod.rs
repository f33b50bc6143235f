//! Photos and films of a home: taken in, described, put in order, handed out.

pub mod batch;
mod film;
mod raster;

pub(crate) use raster::{clean, of_pixels, picture};

use crate::{Scope, fault};
use bytes::Bytes;
use domain::access::{Action, Actor, allow};
use domain::error::Problem;
use domain::identity::{Fields, plain_text};
use domain::listing::{Media, RoomPicture};
use domain::media::{CAPTION, FileKind, Kept, Refusal, TakenIn};
use domain::{Error, FieldError, ListingCode};
use store::file::{Digest, Stored};
use store::media::{self as rows, Change, Copies, Edit, New};
use store::{Db, Moment};

pub use store::media::{Home, Served, Sought, Target};

/// Homes whose photos can be kept, the newest first.
///
/// # Errors
/// `Forbidden`.
pub async fn homes(db: &Db, actor: &Actor, sought: &Sought) -> Result<Vec<Home>, Error> {
    permit(actor)?;
    rows::homes(db, &Scope::of(actor), sought).await.map_err(fault)
}

/// A home with what it has.
///
/// # Errors
/// `Forbidden`; `NotFound`.
pub async fn of_home(db: &Db, actor: &Actor, code: &str) -> Result<(Target, Vec<Kept>), Error> {
    permit(actor)?;
    let code = ListingCode::parse(code).ok_or(Error::NotFound)?;
    let scope = Scope::of(actor);
    let target = rows::target(db, &scope, &code).await.map_err(fault)?;
    Ok((target, rows::kept(db, &scope, &code).await.map_err(fault)?))
}

/// What a photo shows, from the word of its room; an empty word says nothing.
///
/// # Errors
/// `Invalid` for a word that is no room.
pub fn read_room(word: &str) -> Result<(RoomPicture, u8), Error> {
    match word {
        "" => Ok((RoomPicture::Other, 0)),
        word => Media::parse_key(word).filter(|(_, nth)| *nth < 10).ok_or_else(|| wrong("room", word)),
    }
}

fn wrong(field: &str, value: &str) -> Error {
    Error::Invalid { fields: vec![FieldError::new(field, Problem::UnknownValue, value)] }
}

/// Adds a photo or film to a home, whatever its name says it is. The same one twice is one.
///
/// # Errors
/// `Forbidden`; `NotFound`; `Busy` where too many photos wait. A file that cannot be shown is no error but
/// [`TakenIn::Refused`].
pub async fn add(
    db: &Db,
    actor: &Actor,
    at: Moment,
    code: &ListingCode,
    room: (RoomPicture, u8),
    bytes: Bytes,
) -> Result<TakenIn, Error> {
    permit(actor)?;
    let scope = Scope::of(actor);
    rows::target(db, &scope, code).await.map_err(fault)?;
    let prepared = match film::is_film(&bytes) {
        Some(kind) => match film::take(bytes, kind) {
            Ok(film) => Prepared::Film(film),
            Err(why) => return Ok(TakenIn::Refused { why }),
        },
        None => match raster::copies(bytes).await.ok_or(Error::Busy)? {
            Ok(copies) => Prepared::Photo(copies),
            Err(why) => return Ok(TakenIn::Refused { why }),
        },
    };
    put(db, &Edit { scope: &scope, at, actor, code }, room, prepared).await
}

pub(crate) enum Prepared {
    Photo(raster::Copies),
    Film(film::Film),
}

/// The film of these bytes, or why it is refused.
pub(crate) fn film_of(bytes: Bytes) -> Result<Prepared, Refusal> {
    let kind = film::is_film(&bytes).ok_or(Refusal::Format)?;
    film::take(bytes, kind).map(Prepared::Film)
}

/// The contents go to the file store first, then the rows are written; then it is made sure that nobody swept the
/// contents away in between.
pub(crate) async fn put(
    db: &Db,
    edit: &Edit<'_>,
    room: (RoomPicture, u8),
    prepared: Prepared,
) -> Result<TakenIn, Error> {
    let (contents, new) = match prepared {
        Prepared::Photo(raster::Copies { jpeg, miniature, width, height, around }) => {
            let copies = jpeg.each_ref().map(|bytes| stored(bytes, FileKind::Jpeg));
            let copies = Copies::Photo { copies, miniature, around };
            (jpeg.to_vec(), New { copies, width, height, room, caption: String::new() })
        }
        Prepared::Film(film::Film { bytes, kind, size: (width, height) }) => {
            let copies = Copies::Film { film: stored(&bytes, kind) };
            (vec![bytes], New { copies, width, height, room, caption: String::new() })
        }
    };
    for bytes in &contents {
        db.files().put(bytes.clone()).await.map_err(fault)?;
    }
    let done = db.write(async |tx| rows::add(&tx, edit, &new).await).await.map_err(fault)?;
    if done == TakenIn::Taken {
        for bytes in contents {
            if db.files().look(&Digest::of(&bytes)).await.map_err(fault)?.is_none() {
                db.files().put(bytes).await.map_err(fault)?;
            }
        }
    }
    Ok(done)
}

fn stored(bytes: &Bytes, kind: FileKind) -> Stored {
    Stored { digest: Digest::of(bytes), size: bytes.len() as u64, kind }
}

/// Does what a form of the page asks for: `id`, seen at version `seen`; `do` is `save`, `up`, `down`, `first` or
/// `remove`; to save are `room`, `caption` and, for a film, `poster`.
///
/// # Errors
/// `Forbidden`; `NotFound`; `Stale`; `Invalid`.
pub async fn edit(db: &Db, actor: &Actor, at: Moment, fields: &Fields) -> Result<(), Error> {
    permit(actor)?;
    let code = ListingCode::parse(fields.get("code")).ok_or(Error::NotFound)?;
    let number = |name: &str| fields.get(name).parse::<i64>().map_err(|_| Error::NotFound);
    let (id, scope) = (number("id")?, Scope::of(actor));
    let edit = Edit { scope: &scope, at, actor, code: &code };
    let change = match fields.get("do") {
        "remove" => {
            return db.write(async |tx| rows::remove(&tx, &edit, id).await).await.map_err(fault);
        }
        "up" => Change::Up,
        "down" => Change::Down,
        "first" => Change::First,
        "save" => {
            let caption = match fields.get("caption").trim() {
                "" => String::new(),
                text => plain_text(text, CAPTION)
                    .map_err(|problem| Error::Invalid { fields: vec![FieldError::new("caption", problem, text)] })?,
            };
            let poster = Some(fields.get("poster")).filter(|text| !text.is_empty());
            let poster = poster.map(|text| text.parse().map_err(|_| Error::NotFound)).transpose()?;
            Change::Describe { room: read_room(fields.get("room"))?, caption, poster }
        }
        other => return Err(wrong("do", other)),
    };
    let seen = number("seen")?;
    db.write(async |tx| rows::change(&tx, &edit, id, seen, &change).await).await.map_err(fault)
}

/// The file with this name under `/files`, as far as the actor may have it.
///
/// # Errors
/// `Gone` for what hung on a home that was withdrawn; `NotFound`.
pub async fn served(db: &Db, actor: &Actor, name: &str) -> Result<(Digest, Served), Error> {
    let (stem, ending) = name.split_once('.').ok_or(Error::NotFound)?;
    let digest = Digest::parse(stem).ok_or(Error::NotFound)?;
    let served = rows::served(db, &Scope::of(actor), &digest).await.map_err(fault)?;
    if served.kind.code() != ending || served.kind == FileKind::Sealed {
        return Err(Error::NotFound);
    }
    Ok((digest, served))
}

fn permit(actor: &Actor) -> Result<(), Error> {
    if allow(actor, Action::EditPhotos) { Ok(()) } else { Err(Error::Forbidden) }
}

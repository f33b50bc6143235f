//! A walk through a home: its rooms all around, and where they lie in the plan.

use crate::picture::{self, drawn, look};
use crate::{Services, fault};
use domain::listing::{Card, Detail, Media, RoomPicture};
use domain::media::Photo;
use domain::{Error, Lang, ListingCode};
use scenes::{View, png_panorama, room_hotspots};
use std::sync::Arc;
use store::Moment;
use store::listing::{CardRow, Found};

/// A room that can be looked around in.
#[derive(Clone, Debug, PartialEq)]
pub struct Room {
    /// What its picture shows.
    pub picture: RoomPicture,
    /// The n-th of its kind.
    pub nth: u8,
    /// Where it lies in the sketched plan, in its 640 × 480: left, top, width, height; none where the plan has no such
    /// room.
    pub place: Option<[f64; 4]>,
    /// The photo of everything around; none where it is drawn.
    pub photo: Option<Photo>,
}

/// The rooms of a home that can be looked around in: those of its panoramas, or else the drawn ones, in their order.
/// The statements of its page.
///
/// # Errors
/// `NotFound` for a home that is not public or has no rooms to look around in; `Gone`.
pub async fn rooms(services: &Services, code: &ListingCode, at: Moment) -> Result<(Card, Vec<Room>), Error> {
    let (detail, row) = found(services, code, at).await?;
    let rooms = if detail.around.is_empty() { rooms_of(&row) } else { photographed(&row, detail.around) };
    if rooms.is_empty() {
        return Err(Error::NotFound);
    }
    let media = drawn(&row);
    Ok((Card { media, ..row.card }, rooms))
}

/// The panorama of a room, as PNG. Drawn one at a time with the share pictures, and kept with them.
///
/// # Errors
/// `NotFound`, `Gone`, `Busy`.
pub async fn panorama(
    services: &Services,
    code: &ListingCode,
    picture: RoomPicture,
    nth: u8,
    at: Moment,
) -> Result<Arc<[u8]>, Error> {
    let key = format!("{code}/{picture}-{nth}/360");
    if let Some(kept) = services.shares.kept.get(&key) {
        return Ok(kept);
    }
    let (_, row) = found(services, code, at).await?;
    if !rooms_of(&row).iter().any(|room| room.picture == picture && room.nth == nth) {
        return Err(Error::NotFound);
    }
    let _pen = services.shares.pen.acquire().await.map_err(|_| Error::Busy)?;
    if let Some(kept) = services.shares.kept.get(&key) {
        return Ok(kept);
    }
    let svg = picture::svg(services, code, picture, nth, Lang::Zh, at).await?;
    let drawn = tokio::task::spawn_blocking(move || png_panorama(&svg))
        .await
        .map_err(|_| Error::Busy)?
        .map_err(|error| fault(store::StoreError::corrupt(error)))?;
    let drawn: Arc<[u8]> = drawn.into();
    services.shares.kept.keep(key, drawn.clone());
    Ok(drawn)
}

async fn found(services: &Services, code: &ListingCode, at: Moment) -> Result<(Detail, CardRow), Error> {
    match store::listing::find(&services.db, code, at.day()).await.map_err(fault)?.ok_or(Error::NotFound)? {
        Found::Gone => Err(Error::Gone),
        Found::Shown(detail, row) => Ok((detail, row)),
    }
}

fn rooms_of(row: &CardRow) -> Vec<Room> {
    placed(row, &drawn(row))
}

/// A room for each panorama. Where it lies is known if the plan was sketched from the home's layout.
fn photographed(row: &CardRow, around: Vec<Media>) -> Vec<Room> {
    let sketched = placed(row, &around);
    let room = |Media { picture, nth, photo, .. }: Media| {
        let here = sketched.iter().find(|room| (room.picture, room.nth) == (picture, nth));
        Room { picture, nth, place: here.and_then(|room| room.place), photo }
    };
    around.into_iter().map(room).collect()
}

/// The rooms of the sketched plan that have a picture among these, in the order of the pictures; each once.
pub(crate) fn placed(row: &CardRow, pictures: &[Media]) -> Vec<Room> {
    let spots = room_hotspots(&look(row));
    let mut rooms: Vec<Room> = Vec::new();
    for entry in pictures {
        let spot = spots.iter().find(|(view, _)| named(*view) == Some((entry.picture, entry.nth)));
        let known = rooms.iter().any(|room| (room.picture, room.nth) == (entry.picture, entry.nth));
        if let Some((_, place)) = spot.filter(|_| !known) {
            let place = Some([place.x, place.y, place.width, place.height]);
            rooms.push(Room { picture: entry.picture, nth: entry.nth, place, photo: None });
        }
    }
    rooms
}

fn named(view: View) -> Option<(RoomPicture, u8)> {
    Some(match view {
        View::Living => (RoomPicture::Living, 0),
        View::Bedroom(nth) => (RoomPicture::Bedroom, nth),
        View::Kitchen => (RoomPicture::Kitchen, 0),
        View::Bath => (RoomPicture::Bath, 0),
        View::Balcony => (RoomPicture::Balcony, 0),
        View::Facade | View::Plan => return None,
    })
}

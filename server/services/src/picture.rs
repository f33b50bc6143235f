//! Pictures of homes without photographs: drawn on first request, kept in a bounded cache.

use crate::{Services, fault};
use domain::listing::{BuildingType, Card, Decoration, Facing, Media, RoomPicture};
use domain::{Error, Lang, ListingCode};
use scenes::{HomeLook, View};
use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};
use store::Moment;
use store::listing::{CardRow, Found};

/// Bytes the cache may hold.
const CACHE_BYTES: usize = 24 << 20;

/// Pictures already drawn; the oldest leave first.
#[derive(Debug)]
pub struct Cache<T: ?Sized>(Mutex<Kept<T>>);

#[derive(Debug)]
struct Kept<T: ?Sized> {
    pictures: HashMap<String, Arc<T>>,
    order: VecDeque<String>,
    bytes: usize,
}

impl<T: ?Sized> Default for Cache<T> {
    fn default() -> Self {
        Self(Mutex::new(Kept { pictures: HashMap::new(), order: VecDeque::new(), bytes: 0 }))
    }
}

impl<T: ?Sized> Cache<T> {
    pub(crate) fn get(&self, key: &str) -> Option<Arc<T>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).pictures.get(key).cloned()
    }

    pub(crate) fn keep(&self, key: String, picture: Arc<T>) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.pictures.insert(key.clone(), picture.clone()).is_none() {
            kept.bytes += size_of_val(&*picture);
            kept.order.push_back(key);
        }
        while kept.bytes > CACHE_BYTES {
            let Some(oldest) = kept.order.pop_front() else { break };
            if let Some(gone) = kept.pictures.remove(&oldest) {
                kept.bytes -= size_of_val(&*gone);
            }
        }
    }
}

/// The pictures of a home, cover first: its photos, room by room, and a sketch of the plan where none of them is one;
/// without photos what is drawn.
pub fn media(row: &CardRow) -> Vec<Media> {
    let Some((cover, rest)) = row.photos.split_first() else { return drawn(row) };
    let mut rest = rest.to_vec();
    let order = |media: &Media| RoomPicture::ALL.iter().position(|room| *room == media.picture);
    // The pictures of one room stand together, in the order they were put in.
    rest.sort_by_key(|media| (order(media), media.nth));
    let plan = drawn(row).into_iter().find(Media::is_sketch);
    let has_plan = row.photos.iter().any(|photo| photo.picture == RoomPicture::Plan);
    let sketch = plan.filter(|_| !has_plan);
    std::iter::once(cover.clone()).chain(rest).chain(sketch).collect()
}

/// The pictures that are drawn: scenes where the home has a scene, and the plan drawn from its layout.
pub(crate) fn drawn(row: &CardRow) -> Vec<Media> {
    let look = look(row);
    let tone = u8::try_from(look.seed % 12).unwrap_or(0);
    let mut media: Vec<Media> = Vec::new();
    if row.scene.is_some() {
        let cover = scenes::cover(&look);
        media.extend(scenes::views(&look).into_iter().filter(|v| *v != View::Plan).map(|view| entry(view, tone)));
        if let Some(at) = media.iter().position(|m| *m == entry(cover, tone)) {
            media[..=at].rotate_right(1);
        }
    }
    if row.card.layout.is_some() {
        media.push(entry(View::Plan, tone));
    }
    media
}

/// The first drawn picture of a home.
///
/// # Errors
/// As [`svg`].
pub async fn cover(services: &Services, code: &ListingCode, lang: Lang, at: Moment) -> Result<Arc<str>, Error> {
    let found = store::listing::find(&services.db, code, at.day()).await.map_err(fault)?;
    let Some(Found::Shown(_, row)) = found else { return Err(Error::NotFound) };
    let first = drawn(&row).into_iter().next().ok_or(Error::NotFound)?;
    svg(services, code, first.picture, first.nth, lang, at).await
}

/// A picture as SVG.
///
/// # Errors
/// `NotFound` where the listing is not public or has no such picture.
pub async fn svg(
    services: &Services,
    code: &ListingCode,
    picture: RoomPicture,
    nth: u8,
    lang: Lang,
    at: Moment,
) -> Result<Arc<str>, Error> {
    let key = format!("{code}/{picture}-{nth}/{lang}");
    if let Some(picture) = services.pictures.get(&key) {
        return Ok(picture);
    }
    let found = store::listing::find(&services.db, code, at.day()).await.map_err(fault)?;
    let Some(Found::Shown(_, row)) = found else { return Err(Error::NotFound) };
    if !drawn(&row).iter().any(|m| m.picture == picture && m.nth == nth) {
        return Err(Error::NotFound);
    }
    let look = look(&row);
    let words = if lang == Lang::Zh { scenes::Words::Zh } else { scenes::Words::En };
    let drawn: Arc<str> = match picture {
        RoomPicture::Plan => scenes::svg_plan(&look, words),
        RoomPicture::Facade => scenes::svg(&look, View::Facade),
        RoomPicture::Living => scenes::svg(&look, View::Living),
        RoomPicture::Bedroom => scenes::svg(&look, View::Bedroom(nth)),
        RoomPicture::Kitchen => scenes::svg(&look, View::Kitchen),
        RoomPicture::Bath => scenes::svg(&look, View::Bath),
        RoomPicture::Balcony => scenes::svg(&look, View::Balcony),
        // Nothing that is drawn is called so.
        RoomPicture::Other => return Err(Error::NotFound),
    }
    .into();
    services.pictures.keep(key, drawn.clone());
    Ok(drawn)
}

fn entry(view: View, tone: u8) -> Media {
    let (picture, nth) = match view {
        View::Facade => (RoomPicture::Facade, 0),
        View::Living => (RoomPicture::Living, 0),
        View::Bedroom(nth) => (RoomPicture::Bedroom, nth),
        View::Kitchen => (RoomPicture::Kitchen, 0),
        View::Bath => (RoomPicture::Bath, 0),
        View::Balcony => (RoomPicture::Balcony, 0),
        View::Plan => (RoomPicture::Plan, 0),
    };
    Media::drawn(picture, nth, tone)
}

/// What the drawing needs to know of a home.
pub(crate) fn look(row: &CardRow) -> HomeLook {
    let Card { layout, storeys, floor, built_year, facing, decoration, area_built, .. } = &row.card;
    let storeys = storeys.unwrap_or(6).clamp(1, 99);
    let middle = (storeys + 1) / 2;
    HomeLook {
        seed: row.scene.unwrap_or(row.id).cast_unsigned(),
        storeys: u8::try_from(storeys).unwrap_or(6),
        floor: u8::try_from(floor.unwrap_or(middle).clamp(1, 99)).unwrap_or(1),
        built_year: u16::try_from(built_year.unwrap_or(2005)).unwrap_or(2005),
        facing: direction(*facing),
        decoration: match decoration {
            Some(Decoration::Rough) => scenes::Decoration::Rough,
            Some(Decoration::Fine) => scenes::Decoration::Fine,
            Some(Decoration::Luxury) => scenes::Decoration::Luxury,
            Some(Decoration::Simple | Decoration::Other) | None => scenes::Decoration::Simple,
        },
        layout: scenes::Layout {
            rooms: layout.map_or(2, |l| l.rooms),
            halls: layout.and_then(|l| l.halls).unwrap_or(1),
            kitchens: layout.and_then(|l| l.kitchens).unwrap_or(1),
            baths: layout.and_then(|l| l.baths).unwrap_or(1),
        },
        area_centi_sqm: area_built.0,
        building: match row.building {
            Some(BuildingType::Tower) => scenes::Building::Tower,
            Some(BuildingType::SlabTower) => scenes::Building::Mixed,
            Some(BuildingType::Bungalow) => scenes::Building::Bungalow,
            Some(
                BuildingType::DetachedVilla
                | BuildingType::SemiDetachedVilla
                | BuildingType::TerracedVilla
                | BuildingType::StackedVilla,
            ) => scenes::Building::Villa,
            Some(BuildingType::Slab) | None => scenes::Building::Slab,
        },
    }
}

/// The sunniest of the directions a home faces.
fn direction(facing: Facing) -> scenes::Facing {
    use scenes::Facing as F;
    let order = [
        ("s", F::South),
        ("se", F::SouthEast),
        ("sw", F::SouthWest),
        ("e", F::East),
        ("w", F::West),
        ("ne", F::NorthEast),
        ("nw", F::NorthWest),
        ("n", F::North),
    ];
    let has = |code: &str| facing.codes().any(|c| c == code);
    order.into_iter().find(|(code, _)| has(code)).map_or(F::South, |(_, direction)| direction)
}

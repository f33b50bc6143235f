//! Pictures for links to homes, drawn one at a time and kept in a bounded cache.

use crate::picture::{self, Cache};
use crate::{Services, fault};
use domain::listing::{Card, Media, RoomPicture};
use domain::{Error, Lang, ListingCode};
use scenes::png_share;
use std::sync::Arc;
use store::Moment;
use store::listing::Found;
use tokio::sync::Semaphore;

pub use scenes::ShareWords as Words;

/// Drawn pictures, and the one pen: drawing takes a tenth of a second of a processor, which visitors need more.
#[derive(Debug)]
pub struct Shares {
    pub(crate) kept: Cache<[u8]>,
    pub(crate) pen: Semaphore,
}

impl Default for Shares {
    fn default() -> Self {
        Self { kept: Cache::default(), pen: Semaphore::new(1) }
    }
}

enum Cover {
    None,
    Drawn(Arc<str>),
    Photo(bytes::Bytes),
}

/// The bytes of a photo of ours, by its address.
async fn read(services: &Services, address: &str) -> Result<bytes::Bytes, Error> {
    let name = address.strip_prefix("/files/").and_then(|name| name.split('.').next()).unwrap_or_default();
    let digest = store::file::Digest::parse(name).ok_or(Error::NotFound)?;
    let missing = || fault(store::StoreError::corrupt(format!("the photo {digest} is missing")));
    services.db.files().read(&digest).await.map_err(fault)?.ok_or_else(missing)
}

/// The share picture of a home as PNG; `words` says what stands in it.
///
/// # Errors
/// `NotFound` where the home is not public, `Gone` where it was withdrawn, `Busy` where too many wait.
pub async fn png(
    services: &Services,
    code: &ListingCode,
    lang: Lang,
    at: Moment,
    words: impl FnOnce(&Card) -> Words,
) -> Result<Arc<[u8]>, Error> {
    let found = store::listing::find(&services.db, code, at.day()).await.map_err(fault)?;
    let card = match found.ok_or(Error::NotFound)? {
        Found::Gone => return Err(Error::Gone),
        Found::Shown(_, row) => {
            let media = picture::media(&row);
            Card { media, ..row.card }
        }
    };
    let key = format!("{code}/{}/{lang}", card.version);
    if let Some(kept) = services.shares.kept.get(&key) {
        return Ok(kept);
    }
    let _pen = services.shares.pen.acquire().await.map_err(|_| Error::Busy)?;
    if let Some(kept) = services.shares.kept.get(&key) {
        return Ok(kept);
    }
    let cover = match card.media.iter().find(|m| m.picture != RoomPicture::Plan).or(card.media.first()) {
        Some(Media { photo: Some(photo), .. }) => Cover::Photo(read(services, &photo.medium).await?),
        Some(media) => Cover::Drawn(picture::svg(services, code, media.picture, media.nth, lang, at).await?),
        None => Cover::None,
    };
    let words = words(&card);
    let drawn = tokio::task::spawn_blocking(move || {
        let cover = match &cover {
            Cover::Drawn(svg) => scenes::Cover::Svg(svg),
            Cover::Photo(jpeg) => scenes::Cover::Jpeg(jpeg),
            Cover::None => scenes::Cover::None,
        };
        png_share(cover, &words)
    })
    .await
    .map_err(|_| Error::Busy)?
    .map_err(|error| fault(store::StoreError::corrupt(error)))?;
    let drawn: Arc<[u8]> = drawn.into();
    services.shares.kept.keep(key, drawn.clone());
    Ok(drawn)
}

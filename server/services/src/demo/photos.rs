//! Photos and a film for a few demo homes: our own scenes as pixels, taken in the way real photos are.

use crate::media::{Prepared, film_of, of_pixels, put};
use crate::picture::look;
use bytes::Bytes;
use domain::access::Actor;
use domain::listing::RoomPicture;
use image::{DynamicImage, RgbaImage};
use scenes::{HomeLook, View};
use store::media::{Edit, Sought, homes};
use store::{Db, Moment, Scope, StoreError, StoreResult, setting};

/// Homes that get photos.
const HOMES: usize = 3;
/// The newest ones keep their drawn pictures, which the tour shows.
const PASSED: usize = 30;
/// Pixels across: a telephone's picture would be wider, and take the demo longer.
const WIDTH: u32 = 1200;
/// The setting that says that it was done.
const SETTING: &str = "demo_photos";
/// Made by `scripts/demo-film.sh`.
const FILM: &[u8] = include_bytes!("../../data/demo-film.mp4");

/// Gives some demo homes photos, the first time.
pub(super) async fn give(db: &Db, actor: &Actor, at: Moment) -> StoreResult<()> {
    let scope = Scope::of(actor);
    if setting::read(db, &scope, SETTING).await?.is_some() {
        return Ok(());
    }
    let found = homes(db, &scope, &Sought { text: String::new(), without: true }).await?;
    let codes: Vec<_> = found
        .into_iter()
        .filter(|home| home.target.state == domain::listing::ListingState::Active)
        .map(|home| home.target.code)
        .skip(PASSED)
        .collect();
    let rows = store::listing::by_codes(db, &Scope::public(), &codes, at.day()).await?;
    let chosen = rows.into_iter().filter(|row| row.scene.is_some() && row.card.layout.is_some_and(|l| l.rooms >= 2));
    for row in chosen.take(HOMES) {
        let edit = Edit { scope: &scope, at, actor, code: &row.card.code };
        let look = look(&row);
        let drawing = [
            (View::Living, (RoomPicture::Living, 0)),
            (View::Bedroom(0), (RoomPicture::Bedroom, 0)),
            (View::Bedroom(1), (RoomPicture::Bedroom, 1)),
            (View::Kitchen, (RoomPicture::Kitchen, 0)),
        ]
        .map(|(view, room)| (tokio::task::spawn_blocking(move || draw(&look, view)), room));
        for (drawn, room) in drawing {
            let prepared = drawn.await.map_err(StoreError::corrupt)??;
            put(db, &edit, room, prepared).await?;
        }
        let film = film_of(Bytes::from_static(FILM)).map_err(|why| StoreError::corrupt(why.code()))?;
        put(db, &edit, (RoomPicture::Other, 0), film).await?;
    }
    db.write(async |tx| setting::write(&tx, SETTING, "1").await).await
}

fn draw(look: &HomeLook, view: View) -> StoreResult<Prepared> {
    let pixels = scenes::raster(&scenes::svg(look, view), WIDTH).map_err(StoreError::corrupt)?;
    let image = RgbaImage::from_raw(pixels.width, pixels.height, pixels.rgba)
        .ok_or_else(|| StoreError::corrupt("a drawing has another size"))?;
    of_pixels(DynamicImage::from(image).into_rgb8())
        .map(Prepared::Photo)
        .map_err(|why| StoreError::corrupt(why.code()))
}

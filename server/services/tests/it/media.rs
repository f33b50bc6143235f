//! Photos and films of homes: taken in, put in order, handed out to whom they are for.

use crate::firm::{Firm, on_each_engine, scope, system};
use crate::people::{House, NOW, fields};
use bytes::Bytes;
use domain::access::Actor;
use domain::listing::{ListingState, RoomPicture};
use domain::media::{FILMS, Refusal, Shown, TakenIn};
use domain::{Error, ListingCode};
use image::{ImageFormat, Rgb, RgbImage};
use services::backup::{back_up, restore};
use services::import::{self, Kind, Request};
use services::media::{self, Sought, batch};
use services::{Moment, Scope, Services, city, listing, share, tour, verify};
use std::io::Cursor;
use store::{Db, Location};

const LIVING: (RoomPicture, u8) = (RoomPicture::Living, 0);

/// A photo of one colour.
pub fn photo(red: u8) -> Bytes {
    encoded(&RgbImage::from_pixel(640, 480, Rgb([red, 90, 160])))
}

/// As a 360° camera writes it.
fn panorama(red: u8) -> Bytes {
    encoded(&RgbImage::from_pixel(2400, 1200, Rgb([red, 90, 160])))
}

fn encoded(image: &RgbImage) -> Bytes {
    let mut bytes = Vec::new();
    image.write_to(&mut Cursor::new(&mut bytes), ImageFormat::Jpeg).expect("encodes");
    bytes.into()
}

fn film(id: u8) -> Bytes {
    let boxed = |name: &[u8; 4], body: &[u8]| {
        let length = u32::try_from(body.len() + 8).expect("is short").to_be_bytes();
        [&length[..], name, body].concat()
    };
    [boxed(b"ftyp", b"isom\0\0\0\0mp42"), boxed(b"moov", &[]), boxed(b"mdat", &[id; 64])].concat().into()
}

/// Homes taken in from a file, the first with the number `A1` at its source.
async fn homes(firm: &Firm, db: &Db) -> Vec<ListingCode> {
    let text = "小区,区域,商圈,建筑面积,总价,户型,房源编号\n香悦花苑,鄞州,姜山,80㎡,200万,2室1厅,A1\n\
                香悦花苑,鄞州,姜山,90㎡,230万,3室1厅,A2\n";
    let (file, city) = (firm.file("a.csv", text), city::by_slug("ningbo").expect("a city"));
    let request = Request { kind: Kind::Listings, file, city, map: String::new(), dry_run: false };
    import::run(db, &system(), &request, |_| ()).await.expect("imports");
    let found = media::homes(db, &system(), &Sought::default()).await.expect("finds");
    let mut codes: Vec<_> = found.into_iter().map(|home| home.target.code).collect();
    codes.sort_by_key(|code| code.number());
    codes
}

async fn add(db: &Db, actor: &Actor, code: &ListingCode, bytes: Bytes) -> Result<TakenIn, Error> {
    media::add(db, actor, NOW, code, LIVING, bytes).await
}

async fn ids(db: &Db, code: &ListingCode) -> Vec<(i64, i64, String)> {
    let (_, kept) = media::of_home(db, &system(), code.as_str()).await.expect("reads");
    let file = |shown| match shown {
        Shown::Photo(photo) | Shown::Panorama(photo) => photo.large,
        Shown::Film(film) => film.file,
    };
    kept.into_iter().map(|kept| (kept.id, kept.version, file(kept.shown))).collect()
}

async fn shown(db: &Db, code: &ListingCode) -> domain::listing::Detail {
    let services = Services::open(db.clone(), NOW).await.expect("opens");
    listing::page(&services, &Scope::public(), code, Moment::now()).await.expect("is shown").detail
}

#[tokio::test]
async fn a_photo_is_taken_in_once_and_comes_first_on_the_page_and_in_lists() {
    on_each_engine(async |firm: Firm| {
        let db = firm.open().await;
        let codes = homes(&firm, &db).await;
        let before = listing::offer(&db, &system(), &codes[0]).await.expect("reads").version;
        assert_eq!(add(&db, &system(), &codes[0], photo(10)).await, Ok(TakenIn::Taken));
        assert_eq!(add(&db, &system(), &codes[0], photo(10)).await, Ok(TakenIn::Known));
        assert_eq!(add(&db, &system(), &codes[0], photo(200)).await, Ok(TakenIn::Taken));
        assert_eq!(
            add(&db, &system(), &codes[1], photo(10)).await,
            Ok(TakenIn::Taken),
            "another home may show it too"
        );
        assert_eq!(listing::offer(&db, &system(), &codes[0]).await.expect("reads").version, before + 2);
        let detail = shown(&db, &codes[0]).await;
        let photos: Vec<_> = detail.card.media.iter().filter_map(|media| media.photo.as_ref()).collect();
        assert_eq!((photos.len(), photos[0].width), (2, 640));
        assert!(photos[0].miniature.starts_with("data:image/png;base64,"));
        assert!(detail.card.media.last().expect("has").is_sketch(), "the plan is sketched as before");
        let cards = store::listing::by_codes(&db, &Scope::public(), &codes, NOW.day()).await.expect("reads");
        assert_eq!(cards[0].photos.len(), 1, "a list knows the cover alone");
        assert_eq!(cards[0].photos[0].photo.as_ref(), Some(photos[0]));
        let log = firm.number("SELECT COUNT(*) FROM audit WHERE action = 'media.added'").await;
        let told = firm.number("SELECT COUNT(*) FROM outbox WHERE kind = 'listing'").await;
        assert_eq!((log, told), (3, 3), "each change is written down and told to open pages");
        assert!(verify::run(&db, &system()).await.expect("looks").ok);
    })
    .await;
}

#[tokio::test]
async fn a_panorama_is_no_photo_but_a_room_to_look_around_in() {
    on_each_engine(async |firm: Firm| {
        let db = firm.open().await;
        let codes = homes(&firm, &db).await;
        let tour = async || {
            let services = Services::open(db.clone(), NOW).await.expect("opens");
            tour::rooms(&services, &codes[0], Moment::now()).await.map(|(_, rooms)| rooms)
        };
        assert_eq!(tour().await, Err(Error::NotFound), "an imported home has no pictures of its rooms");
        for (room, red) in
            [((RoomPicture::Living, 0), 10), ((RoomPicture::Bedroom, 0), 60), ((RoomPicture::Other, 0), 90)]
        {
            let taken = media::add(&db, &system(), NOW, &codes[0], room, panorama(red)).await;
            assert_eq!(taken, Ok(TakenIn::Taken));
        }
        let rooms = tour().await.expect("is there");
        let shown_rooms: Vec<_> = rooms.iter().map(|room| (room.picture, room.nth)).collect();
        assert_eq!(shown_rooms, [(RoomPicture::Living, 0), (RoomPicture::Bedroom, 0), (RoomPicture::Other, 0)]);
        assert!(rooms[0].place.is_some() && rooms[1].place.is_some() && rooms[2].place.is_none(), "{rooms:?}");
        assert!(rooms.iter().all(|room| room.photo.as_ref().is_some_and(|photo| photo.width == 2400)));
        let detail = shown(&db, &codes[0]).await;
        assert_eq!(detail.around.len(), 3);
        assert!(detail.card.media.iter().all(|media| media.photo.is_none()), "no cover is made of it");
        // Order and removal are those of its kind.
        assert_eq!(add(&db, &system(), &codes[0], photo(10)).await, Ok(TakenIn::Taken));
        let (_, kept) = media::of_home(&db, &system(), codes[0].as_str()).await.expect("reads");
        let last = kept.iter().rfind(|kept| matches!(kept.shown, Shown::Panorama(_))).expect("is there");
        let form = fields(&[
            ("code", codes[0].as_str()),
            ("id", &last.id.to_string()),
            ("seen", &last.version.to_string()),
            ("do", "first"),
        ]);
        media::edit(&db, &system(), NOW, &form).await.expect("moves");
        assert_eq!(tour().await.expect("is there")[0].picture, RoomPicture::Other);
        assert_eq!(shown(&db, &codes[0]).await.card.media[0].photo.as_ref().map(|photo| photo.width), Some(640));
        assert!(verify::run(&db, &system()).await.expect("looks").ok);
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_shown_is_refused_and_leaves_nothing() {
    on_each_engine(async |firm: Firm| {
        let db = firm.open().await;
        let code = homes(&firm, &db).await.remove(0);
        for (bytes, why) in [
            (&b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>"[..], Refusal::Format),
            (b"", Refusal::Empty),
            (b"\0\0\0\x18ftypheic\0\0\0\0", Refusal::Heic),
            (&photo(1)[..200], Refusal::Broken),
            (&film(1)[..20], Refusal::Broken),
        ] {
            let done = add(&db, &system(), &code, Bytes::copy_from_slice(bytes)).await;
            assert_eq!(done, Ok(TakenIn::Refused { why }));
        }
        for at in 0..=FILMS {
            let done = add(&db, &system(), &code, film(u8::try_from(at).expect("few"))).await.expect("answers");
            let full = TakenIn::Refused { why: Refusal::Full };
            assert_eq!(done, if at < FILMS { TakenIn::Taken } else { full });
        }
        assert_eq!(firm.number("SELECT COUNT(*) FROM file").await, FILMS as i64);
        let absent = ListingCode::parse("FY-209912-9999").expect("a code");
        assert_eq!(add(&db, &system(), &absent, photo(1)).await, Err(Error::NotFound));
    })
    .await;
}

#[tokio::test]
async fn photos_are_described_put_in_order_and_removed() {
    on_each_engine(async |firm: Firm| {
        let db = firm.open().await;
        let code = homes(&firm, &db).await.remove(0);
        for red in [10, 60, 110, 160] {
            add(&db, &system(), &code, photo(red)).await.expect("adds");
        }
        add(&db, &system(), &code, film(1)).await.expect("adds");
        let all = ids(&db, &code).await;
        let (photos, film) = (&all[..4], &all[4]);
        let act = async |id: i64, what: &str, more: &[(&str, &str)]| {
            let seen = ids(&db, &code).await.iter().find(|one| one.0 == id).map_or(0, |one| one.1);
            let (id, seen) = (id.to_string(), seen.to_string());
            let mut pairs = vec![("code", code.as_str()), ("id", &id), ("seen", &seen), ("do", what)];
            pairs.extend(more);
            media::edit(&db, &system(), NOW, &fields(&pairs)).await
        };
        let order = async || ids(&db, &code).await.iter().map(|one| one.0).collect::<Vec<_>>();
        let [a, b, c, d, f] = [photos[0].0, photos[1].0, photos[2].0, photos[3].0, film.0];
        act(d, "first", &[]).await.expect("becomes the cover");
        assert_eq!(order().await, [d, a, b, c, f]);
        act(b, "down", &[]).await.expect("moves");
        act(a, "up", &[]).await.expect("moves");
        assert_eq!(order().await, [a, d, c, b, f]);
        act(b, "down", &[]).await.expect("is at the end already");
        act(a, "first", &[]).await.expect("is the cover already");
        assert_eq!(order().await, [a, d, c, b, f]);
        act(c, "save", &[("room", "bedroom-1"), ("caption", "次卧 朝南"), ("poster", "")]).await.expect("saves");
        let detail = shown(&db, &code).await;
        let bedroom = detail.card.media.iter().find(|m| m.picture == RoomPicture::Bedroom).expect("is there");
        assert_eq!((bedroom.nth, bedroom.photo.as_ref().map(|p| p.caption.as_str())), (1, Some("次卧 朝南")));
        let cover = detail.card.media[0].photo.clone().expect("a photo");
        assert_eq!(detail.films[0].poster, Some(cover.medium), "a film shows the cover until it plays");
        let poster = c.to_string();
        act(f, "save", &[("room", ""), ("caption", ""), ("poster", &poster)]).await.expect("saves");
        let given = detail.card.media.iter().find(|m| m.nth == 1).and_then(|m| m.photo.clone()).expect("is there");
        assert_eq!(shown(&db, &code).await.films[0].poster, Some(given.medium));
        act(c, "remove", &[]).await.expect("removes");
        act(a, "remove", &[]).await.expect("removes");
        assert_eq!(order().await, [d, b, f]);
        assert_eq!(act(c, "remove", &[]).await, Err(Error::NotFound));
        assert_eq!(act(d, "explode", &[]).await.expect_err("no").status(), 422);
        assert_eq!(act(d, "save", &[("room", "cellar")]).await.expect_err("no").status(), 422);
        let long = "长".repeat(61);
        assert_eq!(act(d, "save", &[("room", ""), ("caption", &long)]).await.expect_err("no").status(), 422);
        let (id, code_text) = (d.to_string(), code.to_string());
        let stale = fields(&[("code", &code_text), ("id", &id), ("seen", "1"), ("do", "up")]);
        assert_eq!(media::edit(&db, &system(), NOW, &stale).await, Err(Error::Stale));
        let found = verify::run(&db, &system()).await.expect("looks");
        assert!(found.ok, "{found:?}");
    })
    .await;
}

#[tokio::test]
async fn many_who_add_at_once_leave_one_cover_and_no_gap() {
    on_each_engine(async |firm: Firm| {
        let db = firm.open().await;
        let code = homes(&firm, &db).await.remove(0);
        let adding = (0..6_u8).map(|at| {
            let (db, code) = (db.clone(), code.clone());
            // Three photos, each sent twice.
            tokio::spawn(async move { add(&db, &system(), &code, photo(at / 2 * 80)).await.expect("answers") })
        });
        let mut taken = 0;
        for one in adding.collect::<Vec<_>>() {
            taken += usize::from(one.await.expect("ends") == TakenIn::Taken);
        }
        assert_eq!((taken, ids(&db, &code).await.len()), (3, 3));
        assert!(verify::run(&db, &system()).await.expect("looks").ok);
    })
    .await;
}

#[tokio::test]
async fn a_file_is_for_everybody_while_its_home_is_public_and_gone_when_it_is_withdrawn() {
    on_each_engine(async |firm: Firm| {
        let house = House::open(&firm).await;
        let db = &house.services.db;
        let codes = homes(&firm, db).await;
        let (lin, he) = (house.signed("lin").await, house.signed("he").await);
        assert_eq!(add(db, &lin.actor, &codes[0], photo(10)).await, Ok(TakenIn::Taken), "an agent may");
        assert_eq!(add(db, &he.actor, &codes[0], photo(20)).await, Err(Error::Forbidden), "HR may not");
        assert_eq!(add(db, &Actor::Visitor, &codes[0], photo(20)).await, Err(Error::Forbidden));
        let name = ids(db, &codes[0]).await[0].2.trim_start_matches("/files/").to_owned();
        let ask = async |actor: &Actor| media::served(db, actor, &name).await.map(|(_, served)| served.public);
        assert_eq!(ask(&Actor::Visitor).await, Ok(true));
        let to = async |state| {
            let seen = listing::offer(db, &system(), &codes[0]).await.expect("reads").version;
            listing::change_state(db, &system(), NOW, &codes[0], seen, state, None).await.expect("moves");
        };
        to(ListingState::Paused).await;
        assert_eq!(ask(&Actor::Visitor).await, Err(Error::NotFound));
        assert_eq!(ask(&lin.actor).await, Ok(false), "who keeps it sees it");
        assert_eq!(ask(&he.actor).await, Err(Error::NotFound));
        to(ListingState::Withdrawn).await;
        assert_eq!(ask(&Actor::Visitor).await, Err(Error::Gone));
        let (stem, _) = name.split_once('.').expect("an ending");
        for wrong in [stem.to_owned(), format!("{stem}.mp4"), format!("../{name}"), format!("{}.jpg", "0".repeat(64))]
        {
            assert_eq!(media::served(db, &system(), &wrong).await.map(|_| ()), Err(Error::NotFound), "{wrong}");
        }
    })
    .await;
}

#[tokio::test]
async fn the_share_picture_shows_the_cover() {
    let folder = tempfile::tempdir().expect("a folder");
    let firm = Firm { at: Location { folder: folder.path().join("data"), url: None }, folder };
    let db = firm.open().await;
    let code = homes(&firm, &db).await.remove(0);
    let services = Services::open(db.clone(), NOW).await.expect("opens");
    let draw = async || {
        let words = |_: &domain::listing::Card| share::Words {
            brand: "M".into(),
            price: ("1".into(), "w".into()),
            unit_price: "1".into(),
            name: "x".into(),
            facts: vec![],
            code: "c".into(),
        };
        let png = share::png(&services, &code, domain::Lang::Zh, Moment::now(), words).await.expect("draws");
        image::load_from_memory(&png).expect("decodes").into_rgb8().get_pixel(300, 300).0
    };
    let before = draw().await;
    add(&db, &system(), &code, photo(240)).await.expect("adds");
    let after = draw().await;
    assert!(after[0] > 220 && after[1] < 120 && before != after, "{before:?} {after:?}");
}

#[tokio::test]
async fn a_folder_of_photos_is_taken_in_by_code_or_number_and_once() {
    on_each_engine(async |firm: Firm| {
        let db = firm.open().await;
        let codes = homes(&firm, &db).await;
        let folder = firm.folder.path().join("photos");
        let put = |path: &str, bytes: &[u8]| {
            let path = folder.join(path);
            std::fs::create_dir_all(path.parent().expect("has")).expect("makes");
            std::fs::write(path, bytes).expect("writes");
        };
        put(&format!("{}/01-客厅.jpg", codes[0]), &photo(10));
        put(&format!("{}/02-次卧.jpg", codes[0]), &photo(60));
        put("A2/film.mp4", &film(9));
        put("A2/notes.txt", b"call the owner");
        put("NOBODY/1.jpg", &photo(1));
        put("loose.jpg", &photo(2));
        let city = city::by_slug("ningbo").expect("a city");
        let mut last = (0, 0);
        let run = batch::run(&db, &system(), &city, &folder, |done, all| last = (done, all)).await;
        let report = run.expect("runs").expect("reads");
        assert_eq!((report.read, report.taken, report.known, report.refused), (6, 3, 0, 3));
        assert_eq!(last, (6, 6));
        let whys: Vec<_> = report.files.iter().map(|(name, why)| (name.as_str(), *why)).collect();
        assert_eq!(whys[0], ("loose.jpg", batch::Why::NoFolder));
        assert!(whys.contains(&("A2/notes.txt", batch::Why::File(Refusal::Format))));
        assert!(whys.contains(&("NOBODY/1.jpg", batch::Why::NoHome)));
        let rooms: Vec<_> = shown(&db, &codes[0]).await.card.media.iter().map(|m| (m.picture, m.nth)).collect();
        assert_eq!(rooms[..2], [(RoomPicture::Living, 0), (RoomPicture::Bedroom, 1)]);
        let again = batch::run(&db, &system(), &city, &folder, |_, _| ()).await.expect("runs").expect("reads");
        assert_eq!((again.taken, again.known), (0, 3), "twice adds nothing");
        let elsewhere = city::by_slug("beijing").expect("a city");
        let other = batch::run(&db, &system(), &elsewhere, &folder, |_, _| ()).await.expect("runs").expect("reads");
        assert_eq!((other.taken, other.refused), (0, 6), "a home of another city is not meant");
        let absent = batch::run(&db, &system(), &city, &folder.join("absent"), |_, _| ()).await.expect("runs");
        assert!(absent.is_err());
    })
    .await;
}

#[tokio::test]
async fn a_backup_brings_photos_back() {
    on_each_engine(async |firm: Firm| {
        let db = firm.open().await;
        let code = homes(&firm, &db).await.remove(0);
        add(&db, &system(), &code, photo(10)).await.expect("adds");
        add(&db, &system(), &code, film(3)).await.expect("adds");
        let file = firm.folder.path().join("b.tar");
        let made = back_up(&db, &system(), Moment::now(), &file).await.expect("backs up");
        assert_eq!(made.files, 3, "two widths of a small photo, and the film");
        let server = std::env::var_os("MENPAI_TEST_POSTGRES").and_then(|server| server.into_string().ok());
        let url = match (&firm.at.url, &server) {
            (Some(_), Some(server)) => Some(crate::firm::new_database(server).await),
            _ => None,
        };
        let at = Location { folder: firm.folder.path().join("restored"), url: url.clone() };
        let files = store::file::Files::folder(at.folder.join("files"));
        restore(&at, &files, &file).await.expect("restores");
        let restored = Db::open(&at).await.expect("opens");
        let found = verify::run(&restored, &system()).await.expect("looks");
        assert!(found.ok, "{found:?}");
        assert_eq!(store::file::digests(&restored, &scope()).await.expect("reads").len(), 3);
        restored.close().await.expect("closes");
        // A flipped bit in a photo is found before anything is written.
        let mut bytes = std::fs::read(&file).expect("reads");
        let at = bytes.windows(4).position(|four| four == [0xFF, 0xD8, 0xFF, 0xE0]).expect("holds a photo");
        bytes[at + 40] ^= 1;
        std::fs::write(&file, bytes).expect("writes");
        let at = Location { folder: firm.folder.path().join("broken"), url: None };
        let files = store::file::Files::folder(at.folder.join("files"));
        assert!(restore(&at, &files, &file).await.is_err() && !at.folder.exists());
        if let (Some(url), Some(server)) = (url, server) {
            crate::firm::drop_database(&server, &url).await;
        }
    })
    .await;
}

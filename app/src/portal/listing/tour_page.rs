//! A walk through a home: all around where scripts run, its photos in a row where they do not, and the plan whose
//! rooms lead to them.

use super::card::{home_href, picture_href};
use crate::portal::words;
use crate::shell::{Frame, Head, Section, Visit, failure};
use crate::texts::{gallery, listing, tour as text};
use domain::listing::{Card, Filter, Media, RoomPicture};
use domain::{Error, Lang, ListingCode};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use serde_json::{Value, json};
use services::tour::{Room, rooms};
use services::{Moment, Services};
use ui::{Breadcrumb, Crumb};

/// The page.
#[component]
pub fn TourPage() -> impl IntoView {
    let (city, code) =
        use_params_map().with_untracked(|params| (params.get("city"), params.get("code").unwrap_or_default()));
    let services = expect_context::<Services>();
    Suspend::new(async move {
        match load(&services, city.as_deref(), &code).await {
            Ok((card, rooms)) => view! { <Tour card rooms/> }.into_any(),
            Err(error) => failure(error),
        }
    })
}

async fn load(services: &Services, city: Option<&str>, code: &str) -> Result<(Card, Vec<Room>), Error> {
    let code = ListingCode::parse(code).ok_or(Error::NotFound)?;
    let (card, rooms) = rooms(services, &code, Moment::now()).await?;
    if city != Some(card.city.slug.as_str()) {
        return Err(Error::NotFound);
    }
    Ok((card, rooms))
}

#[component]
fn Tour(card: Card, rooms: Vec<Room>) -> impl IntoView {
    let lang = Visit::current().lang;
    let (home, href) = (words::home(lang, &card), home_href(&card));
    let title = text::title(lang, &home);
    let head = Head { title: title.clone(), canonical: href.clone(), ..Head::default() };
    let in_city = Filter { city: Some(card.city.slug.clone()), ..Filter::default() }.href();
    let crumbs = vec![
        Crumb::to(in_city.clone(), listing::homes_in(lang, &card.city.name)),
        Crumb::to(href, home.clone()),
        Crumb::here(text::around(lang)),
    ];
    let photos: Vec<_> = rooms
        .iter()
        .enumerate()
        .map(|(at, room)| {
            let (id, name) = (id(&rooms, at), name(lang, &rooms, at));
            let (src, href) = match &room.photo {
                Some(photo) => (photo.small.clone(), photo.large.clone()),
                None => {
                    let drawn = picture_href(&card, &Media::drawn(room.picture, room.nth, 0));
                    (drawn.clone(), drawn)
                }
            };
            let alt = gallery::picture_alt(lang, &home, &name);
            view! {
                <li id=id.clone()>
                    <a href=href target="_blank" data-room=id.clone()><img src=src alt=alt width="640" height="480" loading="lazy"/><span>{name}</span></a>
                </li>
            }
        })
        .collect();
    let note = if rooms.iter().any(|room| room.photo.is_none()) { text::drawn(lang) } else { text::taken(lang) };
    let plan = plan(lang, &card, &rooms);
    view! {
        <Frame head place=(in_city, card.city.name.clone()) section=Section::Sale>
            <main id="main" class="wrap lst tour-page">
                <Breadcrumb label=listing::crumbs(lang) crumbs/>
                <div class="sec-h"><h1>{title}</h1><p class="mute sm">{note}</p></div>
                <div class="pano">
                    <div
                        data-pano=config(lang, &card, &rooms).to_string() data-script="/pano.js"
                        data-failed=text::failed(lang) data-loading=text::loading(lang) role="region" aria-label=text::around(lang)
                    ></div>
                </div>
                <p class="sm mute pano-help">{text::keys(lang)}</p>
                <ul class="pano-strip" aria-label=text::strip(lang)>{photos}</ul>
                {plan}
            </main>
        </Frame>
    }
}

/// The plan; each room leads to its photo, or turns the view to it.
fn plan(lang: Lang, card: &Card, rooms: &[Room]) -> Option<AnyView> {
    let media = card.media.iter().find(|m| m.picture == RoomPicture::Plan)?;
    let src = picture_href(card, media);
    let links: Vec<_> = rooms
        .iter()
        .enumerate()
        .filter_map(|(at, room)| {
            let [x, y, width, height] = room.place?.map(|value| format!("{value:.1}"));
            let (id, name) = (id(rooms, at), name(lang, rooms, at));
            Some(view! {
                <a href=format!("#{id}") data-room=id.clone() aria-label=text::go_to(lang, name)><rect x=x y=y width=width height=height rx="4"></rect></a>
            })
        })
        .collect();
    (!links.is_empty()).then(|| {
        view! {
            <section class="sec" id="plan">
                <div class="sec-h"><h2>{text::plan(lang)}</h2><p class="mute sm">{text::plan_hint(lang)}</p></div>
                <svg class="tour-plan" viewBox="0 0 640 480" role="group" aria-label=text::plan(lang)>
                    <image href=src width="640" height="480"></image>
                    {links}
                </svg>
            </section>
        }
        .into_any()
    })
}

/// What the viewer is made of: rooms, and in each the ways to the others.
fn config(lang: Lang, card: &Card, rooms: &[Room]) -> Value {
    let scenes = rooms.iter().enumerate().map(|(at, room)| {
        let spots: Vec<_> = ways(rooms, at)
            .into_iter()
            .map(|(yaw, to)| {
                json!({ "pitch": -6, "yaw": yaw, "type": "scene", "text": name(lang, rooms, to), "sceneId": id(rooms, to) })
            })
            .collect();
        let (large, small) = match &room.photo {
            Some(photo) => (photo.large.clone(), photo.medium.clone()),
            None => {
                let key = Media::drawn(room.picture, room.nth, 0).key();
                let drawn = format!("/pictures/{}/{key}-360.png", card.code);
                (drawn.clone(), drawn)
            }
        };
        let scene =
            json!({ "title": name(lang, rooms, at), "panorama": large, "narrow": small, "hotSpots": spots });
        (id(rooms, at), scene)
    });
    json!({ "first": id(rooms, 0), "scenes": scenes.collect::<serde_json::Map<_, _>>() })
}

/// The ways out of a room: the angle in degrees from ahead, and the room there. Where a room lies in the plan is where
/// its way leads, the plan's upper edge ahead; the others share what is left of the circle.
fn ways(rooms: &[Room], from: usize) -> Vec<(f64, usize)> {
    let middle = |at: usize| rooms[at].place.map(|[x, y, width, height]| (x + width / 2.0, y + height / 2.0));
    let turn = 360.0 / rooms.len().max(1) as f64;
    let mut ways: Vec<(f64, usize)> = (0..rooms.len())
        .filter(|to| *to != from)
        .map(|to| match (middle(from), middle(to)) {
            (Some((x, y)), Some((left, top))) => ((left - x).atan2(y - top).to_degrees(), to),
            _ => ((to as f64 - from as f64) * turn, to),
        })
        .map(|(yaw, to)| {
            (
                if yaw > 180.0 {
                    yaw - 360.0
                } else if yaw < -180.0 {
                    yaw + 360.0
                } else {
                    yaw
                },
                to,
            )
        })
        .collect();
    ways.sort_by(|a, b| a.0.total_cmp(&b.0));
    // Signs do not lie over each other.
    for at in 1..ways.len() {
        if ways[at].0 - ways[at - 1].0 < 14.0 {
            ways[at].0 = ways[at - 1].0 + 14.0;
        }
    }
    ways
}

/// A room of its own in the address, also where two are said to be the same one.
fn id(rooms: &[Room], at: usize) -> String {
    let key = |room: &Room| Media::drawn(room.picture, room.nth, 0).key();
    let own = key(&rooms[at]);
    let before = rooms[..at].iter().filter(|room| key(room) == own).count();
    if before == 0 { format!("room-{own}") } else { format!("room-{own}-again-{before}") }
}

/// The word for a room, with a number where there are several.
fn name(lang: Lang, rooms: &[Room], at: usize) -> String {
    let word = words::picture(lang, rooms[at].picture);
    let same = |room: &&Room| room.picture == rooms[at].picture;
    if rooms.iter().filter(same).count() == 1 {
        return word.to_owned();
    }
    format!("{word} {}", rooms[..at].iter().filter(same).count() + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn room(picture: RoomPicture, nth: u8, place: Option<[f64; 4]>) -> Room {
        Room { picture, nth, place, photo: None }
    }

    #[test]
    fn ways_point_where_rooms_lie_and_share_the_circle_where_nobody_knows() {
        let at = |x: f64, y: f64| Some([x, y, 10.0, 10.0]);
        let known = [
            room(RoomPicture::Living, 0, at(100.0, 100.0)),
            room(RoomPicture::Kitchen, 0, at(100.0, 0.0)),
            room(RoomPicture::Bath, 0, at(200.0, 100.0)),
        ];
        assert_eq!(ways(&known, 0), [(0.0, 1), (90.0, 2)]);
        let unknown: Vec<_> = (0..4).map(|nth| room(RoomPicture::Bedroom, nth, None)).collect();
        assert_eq!(ways(&unknown, 3), [(-180.0, 1), (-90.0, 2), (90.0, 0)]);
        let close = [known[0].clone(), known[1].clone(), room(RoomPicture::Balcony, 0, at(101.0, 0.0))];
        let ways = ways(&close, 0);
        assert!(ways[1].0 - ways[0].0 >= 14.0, "{ways:?}");
    }

    #[test]
    fn rooms_of_one_name_have_addresses_and_numbers_of_their_own() {
        let rooms = [RoomPicture::Other, RoomPicture::Living, RoomPicture::Other].map(|of| room(of, 0, None));
        assert_eq!(
            [id(&rooms, 0), id(&rooms, 1), id(&rooms, 2)],
            ["room-other", "room-living", "room-other-again-1"]
        );
        assert!(name(Lang::Zh, &rooms, 2).ends_with(" 2") && !name(Lang::Zh, &rooms, 1).ends_with('1'));
    }
}

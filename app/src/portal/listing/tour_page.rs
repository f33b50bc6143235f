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
        .map(|room| {
            let (id, name) = (id(room), name(lang, &rooms, room));
            let media = Media::drawn(room.picture, room.nth, 0);
            let src = picture_href(&card, &media);
            let alt = gallery::picture_alt(lang, &home, &name);
            view! {
                <li id=id.clone()>
                    <a href=src.clone() target="_blank" data-room=id.clone()><img src=src.clone() alt=alt width="640" height="480" loading="lazy"/><span>{name}</span></a>
                </li>
            }
        })
        .collect();
    let plan = plan(lang, &card, &rooms);
    view! {
        <Frame head place=(in_city, card.city.name.clone()) section=Section::Sale>
            <main id="main" class="wrap lst tour-page">
                <Breadcrumb label=listing::crumbs(lang) crumbs/>
                <div class="sec-h"><h1>{title}</h1><p class="mute sm">{text::drawn(lang)}</p></div>
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
        .map(|room| {
            let [x, y, width, height] = room.place.map(|value| format!("{value:.1}"));
            let (id, name) = (id(room), name(lang, rooms, room));
            view! {
                <a href=format!("#{id}") data-room=id.clone() aria-label=text::go_to(lang, name)><rect x=x y=y width=width height=height rx="4"></rect></a>
            }
        })
        .collect();
    Some(
        view! {
            <section class="sec" id="plan">
                <div class="sec-h"><h2>{text::plan(lang)}</h2><p class="mute sm">{text::plan_hint(lang)}</p></div>
                <svg class="tour-plan" viewBox="0 0 640 480" role="group" aria-label=text::plan(lang)>
                    <image href=src width="640" height="480"></image>
                    {links}
                </svg>
            </section>
        }
        .into_any(),
    )
}

/// What the viewer is made of: rooms, and in each the ways to the others.
fn config(lang: Lang, card: &Card, rooms: &[Room]) -> Value {
    let middle = |room: &Room| (room.place[0] + room.place[2] / 2.0, room.place[1] + room.place[3] / 2.0);
    let scenes = rooms.iter().map(|room| {
        let (x, y) = middle(room);
        let mut ways: Vec<(f64, &Room)> = rooms
            .iter()
            .filter(|other| other != &room)
            .map(|other| {
                let (left, top) = middle(other);
                // The plan's upper edge is ahead.
                ((left - x).atan2(y - top).to_degrees(), other)
            })
            .collect();
        ways.sort_by(|a, b| a.0.total_cmp(&b.0));
        // Signs do not lie over each other.
        for at in 1..ways.len() {
            if ways[at].0 - ways[at - 1].0 < 14.0 {
                ways[at].0 = ways[at - 1].0 + 14.0;
            }
        }
        let spots: Vec<_> = ways
            .into_iter()
            .map(|(yaw, other)| {
                json!({ "pitch": -6, "yaw": yaw, "type": "scene", "text": name(lang, rooms, other), "sceneId": id(other) })
            })
            .collect();
        let scene = json!({
            "title": name(lang, rooms, room),
            "panorama": format!("/pictures/{}/{}-360.png", card.code, Media::drawn(room.picture, room.nth, 0).key()),
            "hotSpots": spots,
        });
        (id(room), scene)
    });
    json!({ "first": rooms.first().map(id), "scenes": scenes.collect::<serde_json::Map<_, _>>() })
}

fn id(room: &Room) -> String {
    format!("room-{}", Media::drawn(room.picture, room.nth, 0).key())
}

/// The word for a room, with a number where there are several.
fn name(lang: Lang, rooms: &[Room], room: &Room) -> String {
    let word = words::picture(lang, room.picture);
    let several = rooms.iter().filter(|other| other.picture == room.picture).count() > 1;
    if several { format!("{word} {}", room.nth + 1) } else { word.to_owned() }
}

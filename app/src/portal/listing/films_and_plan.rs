//! Films of a home, and the sketch of its plan, whose rooms lead to their pictures.

use super::card::picture_href;
use crate::portal::words;
use crate::texts::{listing as text, tour};
use domain::Lang;
use domain::listing::{Card, Detail, Media};
use domain::media::Film;
use leptos::prelude::*;
use services::tour::Room;

/// Both, where they are there.
#[component]
pub(super) fn FilmsAndPlan(lang: Lang, detail: Detail, rooms: Vec<Room>) -> impl IntoView {
    let films: Vec<_> = detail.films.iter().cloned().map(|film| figure(lang, film)).collect();
    let any = !films.is_empty();
    view! {
        {any.then(|| view! {
            <section class="sec no-print" id="films">
                <h2>{text::films(lang)}</h2>
                <div class="films">{films}</div>
            </section>
        })}
        {plan(lang, &detail.card, &rooms)}
    }
}

/// Nothing of it is loaded before somebody plays it; its place is kept.
fn figure(lang: Lang, film: Film) -> AnyView {
    let Film { file, kind, poster, width, height, caption } = film;
    let name = if caption.is_empty() { text::film(lang).to_owned() } else { caption.clone() };
    view! {
        <figure>
            <video controls preload="none" playsinline poster=poster width=width.to_string() height=height.to_string() aria-label=name>
                <source src=file.clone() type=kind.mime()/>
                <a class="link" href=file>{text::film_open(lang)}</a>
            </video>
            {(!caption.is_empty()).then(|| view! { <figcaption class="sm soft">{caption}</figcaption> })}
        </figure>
    }
    .into_any()
}

/// The sketch. A room is a link to its first picture in the row above; with scripts the picture opens large.
fn plan(lang: Lang, card: &Card, rooms: &[Room]) -> Option<AnyView> {
    let sketch = card.media.iter().find(|media| media.is_sketch()).filter(|_| !rooms.is_empty())?;
    let src = picture_href(card, sketch);
    let links: Vec<_> = rooms
        .iter()
        .filter_map(|room| {
            let nth = card.media.iter().position(|m| (m.picture, m.nth) == (room.picture, room.nth))?;
            let [x, y, width, height] = room.place?.map(|value| format!("{value:.1}"));
            let label = tour::go_to(lang, name(lang, rooms, room));
            let href = format!("#pic-{}", Media::drawn(room.picture, room.nth, 0).key());
            Some(view! {
                <a href=href data-shot=nth.to_string() aria-label=label><rect x=x y=y width=width height=height rx="4"></rect></a>
            })
        })
        .collect();
    Some(
        view! {
            <section class="sec no-print" id="plan">
                <div class="sec-h"><h2>{tour::plan(lang)}</h2><p class="mute sm">{text::plan_hint(lang)}</p></div>
                <svg class="tour-plan" viewBox="0 0 640 480" role="group" aria-label=tour::plan(lang)>
                    <image href=src width="640" height="480"></image>
                    {links}
                </svg>
            </section>
        }
        .into_any(),
    )
}

/// The word for a room, with a number where there are several.
fn name(lang: Lang, rooms: &[Room], room: &Room) -> String {
    let word = words::picture(lang, room.picture);
    let several = rooms.iter().filter(|other| other.picture == room.picture).count() > 1;
    if several { format!("{word} {}", room.nth + 1) } else { word.to_owned() }
}

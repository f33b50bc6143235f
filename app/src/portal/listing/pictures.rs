//! The pictures of a home in a row, the rest behind the lightbox.

use super::card::{HomePicture, home_href, picture_href};
use super::lightbox_island::{Lightbox, LightboxWords, Shot};
use crate::portal::words;
use crate::texts::{fact, gallery, listing as text, tour};
use domain::Lang;
use domain::listing::{Card, Media, RoomPicture};
use leptos::prelude::*;
use std::collections::HashSet;
use ui::{Glyph, Icon};

/// How wide the first picture is, and those beside it.
const MAIN: &str = "(min-width: 600px) 50vw, 100vw";
const ASIDE: &str = "(min-width: 600px) 25vw, 100vw";

/// What the plan leads to: the first picture of each room has an id.
fn strip_ids(media: &[Media]) -> Vec<Option<String>> {
    let mut seen = HashSet::new();
    media.iter().map(|m| seen.insert((m.picture, m.nth)).then(|| format!("pic-{}", m.key()))).collect()
}

/// The pictures in a row, the rest behind the lightbox. Each is a link to itself.
#[component]
pub(super) fn Pictures(
    lang: Lang,
    card: Card,
    /// Whether rooms were photographed all around.
    around: bool,
) -> impl IntoView {
    let media = card.media.clone();
    let count = media.len();
    let shots: Vec<Shot> = media
        .iter()
        .enumerate()
        .map(|(at, m)| {
            let href = picture_href(&card, m);
            let room = words::shown(lang, m);
            let begins = at == 0 || words::shown(lang, &media[at - 1]) != room;
            let photo = m.photo.as_ref();
            Shot {
                small: photo.map_or_else(|| href.clone(), |photo| photo.small.clone()),
                href,
                alt: gallery::picture_alt(lang, words::home(lang, &card), &room),
                room: begins.then_some(room),
                caption: photo.map(|photo| photo.caption.clone()).unwrap_or_default(),
            }
        })
        .collect();
    let drawn = |m: &Media| m.photo.is_none() && !matches!(m.picture, RoomPicture::Plan | RoomPicture::Facade);
    let tour = (around || media.iter().any(drawn)).then(|| format!("{}/tour", home_href(&card)));
    let note = match media.first() {
        Some(first) if first.photo.is_some() => None,
        Some(first) if first.is_sketch() => Some(text::sketch_note(lang)),
        _ => Some(text::drawn_note(lang)),
    };
    let ids = strip_ids(&media);
    let links: Vec<_> = media
        .into_iter()
        .enumerate()
        .map(|(nth, m)| {
            let href = picture_href(&card, &m);
            let more = nth == 4 && count > 5;
            let sizes = if nth == 0 { MAIN } else { ASIDE };
            view! {
                <a class=if nth == 0 { "pic pic--main" } else { "pic" } id=ids[nth].clone() href=href target="_blank" data-shot=nth.to_string()>
                    <HomePicture lang card=card.clone() media=Some(m) first={nth < 3} sizes/>
                    {more.then(|| view! { <span class="pic-more num">{text::all_photos(lang, count)}</span> })}
                </a>
            }
        })
        .collect();
    let words = LightboxWords {
        open: text::photos(lang).to_owned(),
        close: text::close(lang).to_owned(),
        previous: text::previous(lang).to_owned(),
        next: text::next(lang).to_owned(),
    };
    (count > 0).then(|| {
        view! {
            <section class=if count == 1 { "pics pics--one" } else { "pics" } aria-label=text::photos(lang)>
                <div class="pics-run">{links}</div>
                {tour.map(|href| view! {
                    <nav class="seg pics-tabs no-print" aria-label=tour::around(lang)>
                        <a href=href.clone()><Icon glyph=Glyph::Panorama/>"360°"</a>
                        <a href=format!("{href}#plan")><Icon glyph=Glyph::FloorPlan/>{fact::picture_plan(lang)}</a>
                    </nav>
                })}
                {note.map(|note| view! { <p class="xs mute pics-note">{note}</p> })}
                <Lightbox shots words/>
            </section>
        }
    })
}

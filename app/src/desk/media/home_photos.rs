//! `/photos/{code}`: the photos and films of a home: adding, describing, putting in order, removing.

use super::kept_item::Item;
use super::told;
use crate::portal::words;
use crate::shell::rpc::Call;
use crate::shell::watch::Watch;
use crate::shell::{Desk, FormState, Place, Visit, failure, guarded};
use crate::texts::media as text;
use domain::Lang;
use domain::listing::{Media, RoomPicture};
use domain::live::topic;
use domain::media::Shown;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use services::media::of_home;
use ui::{Banner, Button, ButtonKind, Card, Empty, Glyph, Icon, LinkButton, Select, SelectOption, Tone};

/// The page.
#[component]
pub fn HomePhotosPage() -> impl IntoView {
    let code = use_params_map().with_untracked(|params| params.get("code")).unwrap_or_default();
    let (visit, call) = (Visit::current(), Call::current());
    let lang = visit.lang;
    guarded(move |signed| {
        Suspend::new(async move {
            let (home, kept) = match of_home(&call.services.db, &signed.actor, &code).await {
                Ok(found) => found,
                Err(error) => return failure(error),
            };
            let path = format!("/photos/{}", home.code);
            let form = FormState::of(lang, "media/edit", vec![]);
            let topics = vec![topic::listing(home.code.as_str())];
            let (films, pictures): (Vec<_>, Vec<_>) =
                kept.into_iter().partition(|kept| matches!(kept.shown, Shown::Film(_)));
            let (around, photos): (Vec<_>, Vec<_>) =
                pictures.into_iter().partition(|kept| matches!(kept.shown, Shown::Panorama(_)));
            let posters: Vec<SelectOption> = std::iter::once(SelectOption::new("", text::poster_cover(lang)))
                .chain(photos.iter().enumerate().map(|(at, photo)| {
                    let name = format!("{} · {}", at + 1, room_name(lang, photo.room));
                    SelectOption::new(photo.id.to_string(), name)
                }))
                .collect();
            let item = |count: usize| {
                let (code, path, form, posters) = (home.code.clone(), path.clone(), form.clone(), posters.clone());
                move |(at, kept): (usize, domain::media::Kept)| {
                    view! {
                        <Item lang code=code.clone() back=path.clone() at count kept form=form.clone() posters=posters.clone()/>
                    }
                }
            };
            let (n, r, m) = (photos.len(), around.len(), films.len());
            let photos = photos.into_iter().enumerate().map(item(n)).collect_view();
            let around = around.into_iter().enumerate().map(item(r)).collect_view();
            let films = films.into_iter().enumerate().map(item(m)).collect_view();
            let page = format!("/{}/listings/{}", home.city, home.code);
            let actions = view! {
                <LinkButton href=page icon=Glyph::External>{text::public_page(lang)}</LinkButton>
            };
            let title = text::of_home(lang, home.code.as_str());
            let state = words::state(lang, home.state);
            view! {
                <Desk signed place=Place::Photos title up=("/photos", text::title(lang)) actions=actions.into_any()>
                    <div class="stack stack--4">
                        {told(lang, &visit)}
                        {(visit.query("done") == "changed").then(|| view! { <Banner tone=Tone::Ok live=true><p>{text::changed(lang)}</p></Banner> })}
                        <p class="soft">{home.community} " · " {state}</p>
                        <Add lang action=path.clone()/>
                        <div class="stack stack--4" data-region="media">
                            {if n == 0 {
                                view! { <Empty title=text::empty(lang)><p>{text::empty_why(lang)}</p></Empty> }.into_any()
                            } else {
                                view! { <Card title=text::photos_n(lang, n)><ol class="md-grid">{photos}</ol></Card> }.into_any()
                            }}
                            {(r > 0).then(|| view! { <Card title=text::panoramas_n(lang, r)><ol class="md-grid">{around}</ol></Card> })}
                            {(m > 0).then(|| view! { <Card title=text::films_n(lang, m)><ol class="md-grid">{films}</ol></Card> })}
                        </div>
                    </div>
                    <Watch topics/>
                </Desk>
            }
            .into_any()
        })
        .into_any()
    })
}

/// The rooms a photo can show: bedrooms are counted.
pub(super) fn rooms(lang: Lang) -> Vec<SelectOption> {
    let mut rooms = Vec::new();
    for room in RoomPicture::ALL {
        let several = if *room == RoomPicture::Bedroom { 4 } else { 1 };
        rooms.extend(
            (0..several)
                .map(|nth| SelectOption::new(Media::drawn(*room, nth, 0).key(), room_name(lang, (*room, nth)))),
        );
    }
    rooms
}

pub(super) fn room_name(lang: Lang, (room, nth): (RoomPicture, u8)) -> String {
    match room {
        RoomPicture::Bedroom => text::bedroom_n(lang, nth + 1),
        RoomPicture::Plan => text::floor_plan(lang).to_owned(),
        room => words::picture(lang, room).to_owned(),
    }
}

/// Sends files: dropped, chosen, or taken with the camera. Works as a plain form; the script sends them one by one and
/// shows how far each is.
#[component]
fn Add(lang: Lang, action: String) -> impl IntoView {
    let mut options = rooms(lang);
    options.insert(0, SelectOption::new("", text::room_later(lang)));
    view! {
        <Card title=text::add(lang)>
            <form
                class="stack stack--4" method="post" action=action enctype="multipart/form-data"
                data-upload="media" data-script="/upload.js" data-queued=text::waiting(lang) data-failed=text::not_sent(lang)
            >
                <Select name="room" label=text::room(lang) options hint=text::room_hint(lang)/>
                <label class="md-drop">
                    <Icon glyph=Glyph::Camera/>
                    <span>{text::drop(lang)}</span>
                    <span class="xs mute">{text::drop_hint(lang)}</span>
                    <input type="file" name="file" multiple required accept="image/jpeg,image/png,image/webp,video/mp4,video/webm"/>
                </label>
                <div class="row row--2">
                    <label class="btn only-phone md-camera">
                        <Icon glyph=Glyph::Camera/>{text::camera(lang)}
                        <input class="vh" type="file" accept="image/*" capture="environment" data-camera/>
                    </label>
                    <Button kind=ButtonKind::Primary>{text::send(lang)}</Button>
                </div>
                <ul class="md-sent" aria-live="polite"></ul>
            </form>
        </Card>
    }
}

//! One photo or film among those of a home, with what can be done to it.

use super::home_photos::{room_name, rooms};
use crate::shell::FormState;
use crate::texts::media as text;
use domain::listing::Media;
use domain::media::{CAPTION, Film, Kept, Shown};
use domain::{Lang, ListingCode};
use leptos::prelude::*;
use ui::{Button, ButtonKind, ButtonSize, Glyph, Input, Select, SelectOption, Tag, TagKind};

/// A photo or film with its form. Buttons are in the order of their use; removing asks once more.
#[component]
pub(super) fn Item(
    lang: Lang,
    code: ListingCode,
    /// The page the form comes back to.
    back: String,
    /// Its place, from 0.
    at: usize,
    /// How many there are of its kind.
    count: usize,
    kept: Kept,
    form: FormState,
    /// What a film may show before it plays.
    posters: Vec<SelectOption>,
) -> impl IntoView {
    let Kept { id, room, version, shown } = kept;
    let form = form.only("id", &id.to_string());
    let name = room_name(lang, room);
    let is_photo = matches!(shown, Shown::Photo(_));
    let (picture, caption, film) = match shown {
        Shown::Photo(photo) => {
            let alt = text::photo_alt(lang, at + 1, &name);
            let picture = view! {
                <a href=photo.large.clone() target="_blank">
                    <img src=photo.small.clone() srcset=photo.srcset() sizes="(min-width: 600px) 14rem, 100vw" alt=alt width="320" height="240" loading="lazy"/>
                </a>
            };
            (picture.into_any(), photo.caption, None)
        }
        Shown::Panorama(photo) => {
            let alt = text::photo_alt(lang, at + 1, &name);
            let picture = view! {
                <a href=photo.large.clone() target="_blank">
                    <img src=photo.small.clone() alt=alt width="320" height="160" loading="lazy"/>
                </a>
            };
            (picture.into_any(), photo.caption, None)
        }
        Shown::Film(film) => {
            let Film { file, poster, width, height, caption, .. } = film;
            let picture = view! {
                <video src=file controls preload="none" poster=poster.clone() width=width.to_string() height=height.to_string() aria-label=name.clone()></video>
            };
            (picture.into_any(), caption, Some(posters))
        }
    };
    let sent = form.sent();
    let value = |field: &str, now: String| if sent { form.value(field) } else { now };
    let key = Media::drawn(room.0, room.1, 0).key();
    let (room, caption) = (value("room", key), value("caption", caption));
    let fault = form.fault("caption");
    let banner = form.banner();
    let field = |part: &str| format!("m{id}-{part}");
    view! {
        <li class="md-item" id=format!("m{id}")>
            <div class="md-pic">
                {picture}
                {(is_photo && at == 0).then(|| view! { <Tag kind=TagKind::Accent>{text::cover(lang)}</Tag> })}
            </div>
            <form class="stack stack--2" method="post" action="/api/media/edit">
                {banner}
                <input type="hidden" name="back" value=back/>
                <input type="hidden" name="code" value=code.to_string()/>
                <input type="hidden" name="id" value=id.to_string()/>
                <input type="hidden" name="seen" value=version.to_string()/>
                // The first button is what Enter presses.
                <button class="vh" name="do" value="save" tabindex="-1" aria-hidden="true"></button>
                <Select name="room" id=field("room") label=text::room(lang) options=rooms(lang) selected=room/>
                <Input name="caption" id=field("caption") label=text::caption(lang) value=caption maxlength={CAPTION as u16} error=fault/>
                {film.map(|options| view! { <Select name="poster" id=field("poster") label=text::poster(lang) options/> })}
                <div class="row row--2 md-acts">
                    <Button size=ButtonSize::Small name="do" value="save">{text::save(lang)}</Button>
                    {(at > 0).then(|| view! {
                        <Button size=ButtonSize::Small kind=ButtonKind::Ghost icon=Glyph::ArrowUp name="do" value="up">{text::up(lang)}</Button>
                    })}
                    {(at + 1 < count).then(|| view! {
                        <Button size=ButtonSize::Small kind=ButtonKind::Ghost icon=Glyph::ArrowDown name="do" value="down">{text::down(lang)}</Button>
                    })}
                    {(is_photo && at > 0).then(|| view! {
                        <Button size=ButtonSize::Small kind=ButtonKind::Ghost name="do" value="first">{text::make_cover(lang)}</Button>
                    })}
                    <details class="md-remove">
                        <summary class="btn btn--ghost btn--sm">{text::remove(lang)}</summary>
                        <Button size=ButtonSize::Small kind=ButtonKind::Danger name="do" value="remove">{text::remove_yes(lang)}</Button>
                    </details>
                </div>
            </form>
        </li>
    }
}

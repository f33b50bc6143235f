//! Pictures, large: a dialog over the page. Without scripts each picture is a link to itself.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// One picture.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shot {
    pub href: String,
    /// For the strip.
    pub small: String,
    pub alt: String,
    /// The room, where it begins another one than the picture before.
    pub room: Option<String>,
    /// What stands below it.
    pub caption: String,
}

/// The words of the dialog.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LightboxWords {
    pub open: String,
    pub close: String,
    pub previous: String,
    pub next: String,
}

/// A finger must travel this far to turn the page, in CSS pixels.
#[cfg(feature = "hydrate")]
const SWIPE: i32 = 40;

/// Opens on a press of any link marked `data-shot` and turns by buttons, arrow keys and swipes.
#[island(lazy)]
pub fn Lightbox(shots: Vec<Shot>, words: LightboxWords) -> impl IntoView {
    let at = RwSignal::new(0_usize);
    let dialog = NodeRef::<leptos::html::Dialog>::new();
    let count = shots.len();
    let shots = StoredValue::new(shots);
    let turn =
        move |by: isize| at.update(|at| *at = (at.saturating_add(count).saturating_add_signed(by)) % count.max(1));
    let shown = move || shots.with_value(|shots| shots.get(at.get()).cloned());
    #[cfg(feature = "hydrate")]
    browser::open_on_press(dialog, at);
    let start = RwSignal::new(None::<i32>);
    let strip = shots.with_value(|shots| {
        shots
            .iter()
            .enumerate()
            .map(|(nth, shot)| {
                let (src, alt) = (shot.small.clone(), shot.alt.clone());
                let room = shot.room.clone().map(|room| view! { <span class="lb-room">{room}</span> });
                view! {
                    <li>
                        {room}
                        <button type="button" aria-current=move || (at.get() == nth).then_some("true") aria-label=alt
                            on:click=move |_| at.set(nth)>
                            <img src=src alt="" width="72" height="54" loading="lazy"/>
                        </button>
                    </li>
                }
            })
            .collect_view()
    });
    view! {
        <dialog
            class="lb" node_ref=dialog aria-label=words.open
            on:keydown=move |event| match event.key().as_str() {
                "ArrowLeft" => turn(-1),
                "ArrowRight" => turn(1),
                _ => {}
            }
        >
            <div class="lb-head">
                <span class="lb-count" aria-live="polite">{move || format!("{} / {count}", at.get() + 1)}</span>
                <span>{move || shown().map(|s| if s.caption.is_empty() { s.alt } else { s.caption })}</span>
                <form method="dialog"><button class="iconbtn" aria-label=words.close><ui::Icon glyph=ui::Glyph::Close/></button></form>
            </div>
            <div
                class="lb-stage"
                on:pointerdown=move |event| start.set(Some(event.client_x()))
                on:pointerup=move |event| {
                    let moved = start.get_untracked().map_or(0, |x| event.client_x() - x);
                    start.set(None);
                    #[cfg(feature = "hydrate")]
                    if moved.abs() >= SWIPE {
                        turn(if moved > 0 { -1 } else { 1 });
                    }
                    #[cfg(not(feature = "hydrate"))]
                    let _ = moved;
                }
            >
                <img
                    src=move || shown().map(|s| s.href).unwrap_or_default()
                    alt=move || shown().map(|s| s.alt).unwrap_or_default()
                    width="1600" height="1200" draggable="false"
                />
                <button type="button" class="iconbtn lb-nav lb-nav--prev" aria-label=words.previous on:click=move |_| turn(-1)>
                    <ui::Icon glyph=ui::Glyph::Left/>
                </button>
                <button type="button" class="iconbtn lb-nav lb-nav--next" aria-label=words.next on:click=move |_| turn(1)>
                    <ui::Icon glyph=ui::Glyph::Right/>
                </button>
            </div>
            <ol class="lb-strip">{strip}</ol>
        </dialog>
    }
}

#[cfg(feature = "hydrate")]
mod browser {
    use leptos::html;
    use leptos::prelude::*;
    use wasm_bindgen::JsCast;

    /// Listens on the document once; a press on the n-th picture opens the dialog there.
    pub(super) fn open_on_press(dialog: NodeRef<html::Dialog>, at: RwSignal<usize>) {
        let listener = window_event_listener(leptos::ev::click, move |event| {
            let link = event
                .target()
                .and_then(|t| t.dyn_into::<web_sys::Element>().ok())
                .and_then(|e| e.closest("[data-shot]").ok().flatten());
            let nth = link.and_then(|l| l.get_attribute("data-shot")).and_then(|n| n.parse().ok());
            let (Some(nth), Some(dialog)) = (nth, dialog.get_untracked()) else { return };
            if event.ctrl_key() || event.meta_key() || event.shift_key() || !dialog.is_connected() {
                return;
            }
            event.prevent_default();
            at.set(nth);
            let _ = dialog.show_modal();
        });
        on_cleanup(move || listener.remove());
    }
}

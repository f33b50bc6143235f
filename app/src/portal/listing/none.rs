//! Nothing fits: what to relax, with the gain of each change.

use super::conditions::{RangeField, conditions, range_text};
use crate::texts::gallery as text;
use domain::Lang;
use domain::listing::{Filter, Relaxation, SearchPage};
use leptos::prelude::*;
use ui::{Glyph, Icon, PlateArt};

/// The place of the results when there are none.
#[component]
pub(super) fn NoneFound(lang: Lang, page: std::sync::Arc<SearchPage>) -> impl IntoView {
    let count = conditions(lang, &page).len();
    let rows: Vec<_> = page
        .relaxations
        .iter()
        .map(|relaxation| {
            let words = words(lang, &page, relaxation);
            view! {
                <li>
                    <a href=relaxation.filter.href() data-soft>
                        <b>{words}</b>
                        <span></span>
                        <span class="num acc">{text::none_gain(lang, relaxation.gain)}</span>
                        <Icon glyph=Glyph::Right/>
                    </a>
                </li>
            }
        })
        .collect();
    let title = if count == 0 { text::none_title_bare(lang).to_owned() } else { text::none_title(lang, count) };
    let hint = match (count, rows.is_empty()) {
        (0, _) => text::none_import(lang),
        (_, true) => text::none_nothing(lang),
        (_, false) => text::none_hint(lang),
    };
    let any = !rows.is_empty();
    let (label, clear) = (title.clone(), page.filter.cleared().href());
    view! {
        <section class="none empty" aria-label=label>
            <PlateArt/>
            <h2>{title}</h2>
            <p class="soft">{hint}</p>
            {any.then(|| view! { <ul class="relax">{rows}</ul> })}
            {(count > 0).then(|| view! { <a class="btn" href=clear data-soft>{text::clear_all(lang)}</a> })}
        </section>
    }
}

/// What a relaxation changes, in words: the range it moves to, or the condition it drops.
fn words(lang: Lang, page: &SearchPage, relaxation: &Relaxation) -> String {
    if let Some(field) = RangeField::ALL.into_iter().find(|f| f.code() == relaxation.field) {
        let to = *field.of(&relaxation.filter);
        if !to.is_open() {
            return text::relax_change(lang, field.name(lang), range_text(lang, field, to));
        }
    }
    let before = conditions(lang, page);
    let after = conditions(lang, &SearchPage { filter: relaxation.filter.clone(), ..shell(page) });
    let gone: Vec<_> =
        before.iter().filter(|b| !after.iter().any(|a| a.words == b.words)).map(|b| b.words.clone()).collect();
    if gone.is_empty() {
        let added: Vec<_> =
            after.iter().filter(|a| !before.iter().any(|b| b.words == a.words)).map(|a| a.words.clone()).collect();
        return text::relax_add(lang, added.join(" + "));
    }
    text::relax_drop(lang, gone.join(" + "))
}

/// The names a page knows, without its rows.
fn shell(page: &SearchPage) -> SearchPage {
    SearchPage {
        items: Vec::new(),
        facets: Default::default(),
        relaxations: Vec::new(),
        filter: Filter::default(),
        ..page.clone()
    }
}

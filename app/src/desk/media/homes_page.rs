//! `/photos`: homes on the market, to choose the one whose photos are kept.

use crate::shell::rpc::Call;
use crate::shell::{Desk, Place, Visit, failure, guarded};
use crate::texts::media as text;
use crate::texts::staff;
use domain::Lang;
use leptos::prelude::*;
use services::media::{Home, Sought, homes};
use ui::{Button, Card, Check, Empty, Glyph, Icon, Input, InputKind, Tag, TagKind};

/// The page.
#[component]
pub fn HomesPage() -> impl IntoView {
    let (visit, call) = (Visit::current(), Call::current());
    let lang = visit.lang;
    guarded(move |signed| {
        Suspend::new(async move {
            let typed: String = visit.query("q").chars().take(64).collect();
            let sought = Sought { text: typed.trim().to_owned(), without: visit.query("without") == "1" };
            let found = match homes(&call.services.db, &signed.actor, &sought).await {
                Ok(found) => found,
                Err(error) => return failure(error),
            };
            let list = if found.is_empty() {
                view! { <Empty title=text::none(lang)><p>{text::none_why(lang)}</p></Empty> }.into_any()
            } else {
                let rows = found.into_iter().map(|home| row(lang, home)).collect_view();
                view! { <Card><ul class="list">{rows}</ul></Card> }.into_any()
            };
            view! {
                <Desk signed place=Place::Photos title=text::title(lang)>
                    <div class="stack stack--4">
                        <form method="get" action="/photos" role="search" class="dk-filter">
                            <Input name="q" label=text::search(lang) kind=InputKind::Search icon=Glyph::Search value=sought.text hide_label=true placeholder=text::search(lang) maxlength=64/>
                            <Check name="without" value="1" checked=sought.without>{text::without(lang)}</Check>
                            <Button icon=Glyph::Search>{staff::search_go(lang)}</Button>
                        </form>
                        {list}
                    </div>
                </Desk>
            }
            .into_any()
        })
        .into_any()
    })
}

fn row(lang: Lang, home: Home) -> AnyView {
    let Home { target, photos, films } = home;
    let href = format!("/photos/{}", target.code);
    let state = crate::portal::words::state(lang, target.state);
    let count = match (photos, films) {
        (0, 0) => view! { <Tag kind=TagKind::Doubt>{text::no_photos(lang)}</Tag> }.into_any(),
        (photos, 0) => view! { <Tag>{text::photos_n(lang, photos)}</Tag> }.into_any(),
        (photos, films) => view! { <Tag>{text::photos_and_films(lang, films, photos)}</Tag> }.into_any(),
    };
    view! {
        <li class="lrow">
            <span class="dk-glyph"><Icon glyph=Glyph::Camera/></span>
            <div class="lrow-main">
                <a class="lrow-title num" href=href>{target.code.to_string()}</a>
                <span class="lrow-sub">{target.community} " · " {state}</span>
            </div>
            {count}
        </li>
    }
    .into_any()
}

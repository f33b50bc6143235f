//! `/home`: what waits for one, and the ways on.

use super::identity::notice_row;
use super::ways::Ways;
use crate::shell::rpc::Call;
use crate::shell::{Desk, Place, Visit, failure, guarded};
use crate::texts::desk as text;
use domain::access::{Action, allow};
use leptos::prelude::*;
use services::Moment;
use services::identity::notice;
use services::staff;
use ui::{Banner, Card, Glyph, LinkButton, Tag, TagKind, Tone};

/// Notices shown here.
const NEWEST: usize = 5;

/// The page.
#[component]
pub fn HomePage() -> impl IntoView {
    let (visit, call) = (Visit::current(), Call::current());
    let lang = visit.lang;
    guarded(move |signed| {
        Suspend::new(async move {
            let loaded = async {
                let notices = notice::list(&call.services, &signed, None).await?;
                Ok((notices, staff::licences_ending(&call.services, &signed, call.at).await?))
            };
            let (notices, licences) = match loaded.await {
                Ok(loaded) => loaded,
                Err(error) => return failure(error),
            };
            let today = call.at.day();
            let may = |action| allow(&signed.actor, action);
            let mut ways = vec![("/", Glyph::Building, text::go_site(lang), text::way_site(lang))];
            if may(Action::EditPhotos) {
                ways.push(("/photos", Glyph::Camera, text::nav_photos(lang), text::way_photos(lang)));
            }
            ways.push(("/staff", Glyph::Users, text::nav_staff(lang), text::way_staff(lang)));
            if may(Action::WriteRecord) {
                ways.push(("/staff/new", Glyph::Plus, text::go_new_staff(lang), text::way_new_staff(lang)));
            }
            if may(Action::ReadAudit) {
                ways.push(("/audit", Glyph::Shield, text::nav_audit(lang), text::way_audit(lang)));
            }
            if may(Action::ManageKeys) {
                ways.push(("/keys", Glyph::Lock, text::go_keys(lang), text::way_keys(lang)));
            }
            if may(Action::ManageMessages) {
                ways.push(("/messages", Glyph::Chat, text::go_messages(lang), text::way_messages(lang)));
            }
            if may(Action::ReadConsents) {
                ways.push(("/consents", Glyph::Check, text::go_consents(lang), text::way_consents(lang)));
            }
            ways.push(("/reveals", Glyph::Eye, text::nav_reveals(lang), text::way_reveals(lang)));
            ways.push(("/permissions", Glyph::Key, text::nav_rights(lang), text::way_rights(lang)));
            let ends = licences
                .into_iter()
                .map(|(code, name, until)| {
                    let days = (until - today).num_days();
                    let (kind, due) = match days {
                        ..0 => (TagKind::Bad, text::overdue(lang, -days)),
                        _ => (TagKind::Warn, text::due(lang, days)),
                    };
                    view! {
                        <li class="lrow dk-lrow">
                            <div class="lrow-main"><a class="lrow-title" href=format!("/staff/{code}")>{name}</a><span class="lrow-sub num">{text::licence_until(lang, until)}</span></div>
                            <Tag kind=kind>{due}</Tag>
                        </li>
                    }
                })
                .collect::<Vec<_>>();
            let told = notices.into_iter().take(NEWEST).map(|notice| notice_row(lang, notice)).collect::<Vec<_>>();
            let by = signed.due_ms.map(|due| Moment(due).day());
            let protect = (!signed.second_factor).then(|| {
                let actions = view! { <LinkButton href="/account/second-factor">{text::protect_go(lang)}</LinkButton> };
                view! { <Banner tone=Tone::Warn actions=actions.into_any()><p>{by.map_or_else(|| text::protect(lang).to_owned(), |day| text::protect_by(lang, day))}</p></Banner> }
            });
            let nothing = |text: &'static str| view! { <p class="mute">{text}</p> }.into_any();
            let ends = if ends.is_empty() { nothing(text::no_licences(lang)) } else { view! { <ul class="list">{ends}</ul> }.into_any() };
            let told = if told.is_empty() { nothing(text::notices_none(lang)) } else { view! { <ul class="list">{told}</ul> }.into_any() };
            let title = text::greeting(lang, &signed.name);
            let more = view! { <a class="link sm" href="/notices">{text::all(lang)}</a> };
            view! {
                <Desk signed place=Place::Home title=title>
                    {protect}
                    <div class="dk-two">
                        <div class="stack stack--4">
                            <Card title=text::nav_notices(lang) aside=more.into_any()>{told}</Card>
                            <Card title=text::licences(lang)>{ends}</Card>
                        </div>
                        <Card title=text::ways(lang)><Ways to=ways/></Card>
                    </div>
                </Desk>
            }
            .into_any()
        })
        .into_any()
    })
}

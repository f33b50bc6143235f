//! `/notices`: what one is told.

use crate::desk::words;
use crate::shell::rpc::Call;
use crate::shell::{Desk, Place, Visit, failure, guarded};
use crate::texts::desk as text;
use domain::identity::Notice;
use leptos::prelude::*;
use services::identity::notice;
use ui::{Button, Card, Empty, Pager, Tag, TagKind};

/// The page.
#[component]
pub fn NoticesPage() -> impl IntoView {
    let (visit, call) = (Visit::current(), Call::current());
    let lang = visit.lang;
    guarded(move |signed| {
        Suspend::new(async move {
            let before = visit.query("before").parse().ok();
            let notices = match notice::list(&call.services, &signed, before).await {
                Ok(notices) => notices,
                Err(error) => return failure(error),
            };
            let newest = notices.first().map(|n| n.id);
            let unread = notices.iter().any(|n| !n.read);
            let next = (notices.len() == notice::PAGE as usize).then(|| notices.last().map(|n| format!("/notices?before={}", n.id))).flatten();
            let actions = newest.filter(|_| unread).map(|id| {
                view! {
                    <form method="post" action="/api/identity/read_notices">
                        <input type="hidden" name="back" value="/notices"/>
                        <input type="hidden" name="id" value=id.to_string()/>
                        <Button>{text::notices_read(lang)}</Button>
                    </form>
                }
                .into_any()
            });
            let body = if notices.is_empty() {
                view! { <Empty title=text::notices_none(lang)><p>{text::notices_none_why(lang)}</p></Empty> }.into_any()
            } else {
                let rows = notices.into_iter().map(|n| notice_row(lang, n)).collect_view();
                view! {
                    <Card><ul class="list">{rows}</ul></Card>
                    <Pager label=text::pages(lang) previous_label="" next_label=text::older(lang) previous=None next=next/>
                }
                .into_any()
            };
            view! {
                <Desk signed place=Place::Notices title=text::nav_notices(lang) actions=actions.into_any()>
                    <div class="dk-narrow stack stack--4">{body}</div>
                </Desk>
            }
            .into_any()
        })
        .into_any()
    })
}

/// A notice as a line of a list.
pub(crate) fn notice_row(lang: domain::Lang, notice: Notice) -> AnyView {
    let Notice { kind, about, href, at_ms, read, .. } = notice;
    view! {
        <li class="lrow dk-lrow">
            <div class="lrow-main">
                <a class="lrow-title" href=href>{words::notice(lang, kind, &about)}</a>
                <span class="lrow-sub num">{words::moment(at_ms)}</span>
            </div>
            {(!read).then(|| view! { <Tag kind=TagKind::Accent>{text::notice_new(lang)}</Tag> })}
        </li>
    }
    .into_any()
}

//! `/messages`: the queue of outgoing messages; on a demo without gateways, also what they say.

use crate::desk::words;
use crate::shell::rpc::Call;
use crate::shell::{Desk, Place, Visit, failure, guarded, write_letter};
use crate::texts::{desk, message as text};
use domain::Lang;
use domain::message::{Channel, MessageRow, MessageState, QueueFigures};
use leptos::prelude::*;
use services::message::{PAGE, Queue, Ways, queue};
use ui::{
    Banner, Button, ButtonSize, Card, ChipLink, DescriptionList, Empty, Fact, FactsKind, Pager, TableWrap, Tag,
    TagKind, Tone,
};

/// The page.
#[component]
pub fn MessagesPage() -> impl IntoView {
    let (visit, call) = (Visit::current(), Call::current());
    let lang = visit.lang;
    guarded(move |signed| {
        Suspend::new(async move {
            let (before, dead) = (visit.query("before").parse().ok(), visit.query("state") == "dead");
            let Queue { figures, rows, ways } = match queue(&call.services, &signed, call.at, before, dead).await {
                Ok(queue) => queue,
                Err(error) => return failure(error),
            };
            let again = visit.query("done") == "again";
            let state = if dead { "&state=dead" } else { "" };
            let next = (rows.len() == PAGE as usize)
                .then(|| rows.last().map(|row| format!("/messages?before={}{state}", row.id)))
                .flatten();
            let origin = visit.origin.clone();
            let list = if rows.is_empty() {
                view! { <Empty title=text::none(lang)><p>{text::none_why(lang)}</p></Empty> }.into_any()
            } else {
                let lines = rows.into_iter().map(|row| line(lang, row, &origin)).collect_view();
                view! {
                    <TableWrap caption=text::title(lang)>
                        <thead><tr>
                            <th scope="col">{text::at(lang)}</th><th scope="col">{text::to(lang)}</th>
                            <th scope="col">{text::what(lang)}</th><th scope="col">{text::state(lang)}</th>
                        </tr></thead>
                        <tbody>{lines}</tbody>
                    </TableWrap>
                }
                .into_any()
            };
            view! {
                <Desk signed place=Place::Home title=text::title(lang)>
                    <div class="stack stack--4">
                        {again.then(|| view! { <Banner tone=Tone::Ok live=true><p>{text::done_again(lang)}</p></Banner> })}
                        {hint(lang, ways)}
                        <p class="soft sm">{text::note(lang)}</p>
                        {standing(lang, figures, ways)}
                        <p class="row row--2">
                            <ChipLink href="/messages" current=!dead>{text::all(lang)}</ChipLink>
                            <ChipLink href="/messages?state=dead" current=dead>{text::only_dead(lang)}</ChipLink>
                        </p>
                        {list}
                        <Pager label=desk::pages(lang) previous_label="" next_label=desk::older(lang) previous=None next=next/>
                    </div>
                </Desk>
            }
            .into_any()
        })
        .into_any()
    })
}

fn hint(lang: Lang, ways: Ways) -> Option<AnyView> {
    if ways.open_outbox() {
        return Some(view! { <Banner><p>{text::outbox(lang)}</p></Banner> }.into_any());
    }
    (!ways.reach_phones()).then(|| view! { <Banner tone=Tone::Warn><p>{text::closed(lang)}</p></Banner> }.into_any())
}

fn standing(lang: Lang, figures: QueueFigures, ways: Ways) -> AnyView {
    let QueueFigures { waiting, dead, sent, late_ms } = figures;
    let minutes = late_ms / 60_000;
    let late = if minutes == 0 { text::late_none(lang).to_owned() } else { text::late_minutes(lang, minutes) };
    let way = |on| if on { text::way_on(lang) } else { text::way_off(lang) };
    let facts = vec![
        Fact::new(text::waiting(lang), waiting.to_string()),
        Fact::new(text::late(lang), late),
        Fact::new(text::sent(lang), sent.to_string()),
        Fact::new(text::dead(lang), dead.to_string()),
        Fact::new(text::way_sms(lang), way(ways.sms)),
        Fact::new(text::way_mail(lang), way(ways.mail)),
    ];
    view! { <Card><DescriptionList facts kind=FactsKind::Pairs/></Card> }.into_any()
}

fn line(lang: Lang, row: MessageRow, origin: &str) -> AnyView {
    let MessageRow { id, channel, to, template, state, tries, made_ms, next_ms, why, letter } = row;
    let way = match channel {
        Channel::Sms => text::way_sms(lang),
        Channel::Mail => text::way_mail(lang),
    };
    let said = letter.map(|letter| {
        let written = write_letter(lang, &letter, origin);
        view! { <p class="dk-letter">{written.text}</p> }
    });
    let next = (state == MessageState::Failed).then(|| text::next_at(lang, words::moment(next_ms)));
    let more = [(tries > 1).then(|| text::tries(lang, tries)), (!why.is_empty()).then_some(why), next];
    let more = more.into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let again = (state == MessageState::Dead && template != "code").then(|| {
        view! {
            <form method="post" action="/api/message/again">
                <input type="hidden" name="back" value="/messages?state=dead"/>
                <input type="hidden" name="id" value=id.to_string()/>
                <Button size=ButtonSize::Small>{text::again(lang)}</Button>
            </form>
        }
    });
    let (kind, word) = standing_word(lang, state);
    view! {
        <tr>
            <th scope="row" class="num nowrap">{words::moment(made_ms)}</th>
            <td class="num nowrap">{to}<br/><span class="xs mute">{way}</span></td>
            <td>{template_word(lang, &template)}{said}</td>
            <td><Tag kind>{word}</Tag> <span class="xs mute num">{more}</span>{again}</td>
        </tr>
    }
    .into_any()
}

const fn standing_word(lang: Lang, state: MessageState) -> (TagKind, &'static str) {
    match state {
        MessageState::Queued => (TagKind::Accent, text::state_queued(lang)),
        MessageState::Sending => (TagKind::Accent, text::state_sending(lang)),
        MessageState::Failed => (TagKind::Warn, text::state_failed(lang)),
        MessageState::Sent => (TagKind::Ok, text::state_sent(lang)),
        MessageState::Dead => (TagKind::Bad, text::state_dead(lang)),
        MessageState::Cancelled => (TagKind::Warn, text::state_cancelled(lang)),
    }
}

fn template_word(lang: Lang, template: &str) -> String {
    match template {
        "code" => text::template_code(lang),
        "number_changed" => text::template_number_changed(lang),
        "notice" => text::template_notice(lang),
        "confirm_mail" => text::template_confirm_mail(lang),
        "test" => text::template_test(lang),
        other => return other.to_owned(),
    }
    .to_owned()
}

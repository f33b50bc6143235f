//! `/retention`: how long what is kept, why, and what the last run deleted.

use crate::desk::words;
use crate::shell::rpc::Call;
use crate::shell::{Desk, Place, Visit, failure, guarded};
use crate::texts::retention as text;
use domain::Lang;
use domain::retention::Kept;
use leptos::prelude::*;
use services::retention::last;
use ui::{Card, TableWrap};

/// The page.
#[component]
pub fn RetentionPage() -> impl IntoView {
    let (lang, call) = (Visit::current().lang, Call::current());
    guarded(move |signed| {
        Suspend::new(async move {
            let last = match last(&call.services, &signed).await {
                Ok(last) => last,
                Err(error) => return failure(error),
            };
            let run = last
                .as_ref()
                .map_or_else(|| text::never(lang).to_owned(), |s| text::last(lang, words::moment(s.at_ms)));
            let swept = last.map(|s| s.rows).unwrap_or_default();
            let rows = Kept::ALL
                .iter()
                .map(|rule| {
                    let (name, why) = named(lang, *rule);
                    let deleted = swept
                        .iter()
                        .find(|(of, _)| of == rule)
                        .map_or_else(|| "—".to_owned(), |(_, n)| n.to_string());
                    view! {
                        <tr>
                            <th scope="row">{name}</th>
                            <td class="num nowrap">{text::days(lang, rule.days())}</td>
                            <td>{why}</td>
                            <td class="num">{deleted}</td>
                        </tr>
                    }
                })
                .collect_view();
            let forever =
                text::forever_list(lang).lines().map(|line| view! { <li>{line.to_owned()}</li> }).collect_view();
            view! {
                <Desk signed place=Place::Audit title=text::title(lang)>
                    <div class="stack stack--4">
                        <p class="soft sm">{text::note(lang)} " " {run}</p>
                        <TableWrap caption=text::title(lang)>
                            <thead><tr>
                                <th scope="col">{text::what(lang)}</th><th scope="col">{text::how_long(lang)}</th>
                                <th scope="col">{text::why(lang)}</th><th scope="col">{text::deleted(lang)}</th>
                            </tr></thead>
                            <tbody>{rows}</tbody>
                        </TableWrap>
                        <Card title=text::forever(lang)><ul class="me-points">{forever}</ul></Card>
                    </div>
                </Desk>
            }
            .into_any()
        })
        .into_any()
    })
}

const fn named(lang: Lang, rule: Kept) -> (&'static str, &'static str) {
    match rule {
        Kept::Sessions => (text::sessions(lang), text::sessions_why(lang)),
        Kept::ClientSessions => (text::client_sessions(lang), text::sessions_why(lang)),
        Kept::Attempts => (text::attempts(lang), text::attempts_why(lang)),
        Kept::Links => (text::links(lang), text::links_why(lang)),
        Kept::Codes => (text::codes(lang), text::codes_why(lang)),
        Kept::Messages => (text::messages(lang), text::messages_why(lang)),
        Kept::Notices => (text::notices(lang), text::notices_why(lang)),
        Kept::SaleRequests => (text::sale_requests(lang), text::sale_requests_why(lang)),
        Kept::ClientAccounts => (text::client_accounts(lang), text::client_accounts_why(lang)),
    }
}

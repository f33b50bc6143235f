//! `/consents`: which clients agreed to which use of their data, and what they withdrew.

use crate::desk::words;
use crate::shell::rpc::Call;
use crate::shell::{Desk, Place, Visit, failure, guarded};
use crate::texts::{consents as text, desk};
use domain::Lang;
use domain::consent::{ConsentRow, Purpose, Source};
use leptos::prelude::*;
use services::consent::{PAGE, list};
use ui::{ChipLink, Empty, Pager, TableWrap, Tag, TagKind};

/// The page.
#[component]
pub fn ConsentsPage() -> impl IntoView {
    let (visit, call) = (Visit::current(), Call::current());
    let lang = visit.lang;
    guarded(move |signed| {
        Suspend::new(async move {
            let (purpose, before) = (Purpose::from_code(&visit.query("purpose")), visit.query("before").parse().ok());
            let rows = match list(&call.services, &signed, purpose, before).await {
                Ok(rows) => rows,
                Err(error) => return failure(error),
            };
            let address = |purpose: Option<Purpose>, before: Option<i64>| {
                let purpose = purpose.map(|purpose| format!("purpose={}", purpose.code()));
                let before = before.map(|id| format!("before={id}"));
                let query: Vec<String> = [purpose, before].into_iter().flatten().collect();
                if query.is_empty() { "/consents".to_owned() } else { format!("/consents?{}", query.join("&")) }
            };
            let whole = rows.len() == PAGE as usize;
            let next = rows.last().filter(|_| whole).map(|row| address(purpose, Some(row.id)));
            let first = before.map(|_| address(purpose, None));
            let chips = std::iter::once(None)
                .chain(Purpose::ALL.iter().copied().map(Some))
                .map(|of| {
                    let name = of.map_or_else(|| text::all(lang), |of| named(lang, of));
                    view! { <ChipLink href=address(of, None) current={of == purpose}>{name}</ChipLink> }
                })
                .collect_view();
            let body = if rows.is_empty() {
                view! { <Empty title=text::none(lang)><p>{text::none_why(lang)}</p></Empty> }.into_any()
            } else {
                let lines = rows.into_iter().map(|row| line(lang, row)).collect_view();
                view! {
                    <TableWrap caption=text::title(lang)>
                        <thead><tr>
                            <th scope="col">{text::who(lang)}</th><th scope="col">{text::purpose(lang)}</th>
                            <th scope="col">{text::version(lang)}</th><th scope="col">{text::at(lang)}</th>
                            <th scope="col">{text::source(lang)}</th><th scope="col">{text::withdrawn(lang)}</th>
                        </tr></thead>
                        <tbody>{lines}</tbody>
                    </TableWrap>
                }
                .into_any()
            };
            view! {
                <Desk signed place=Place::Audit title=text::title(lang)>
                    <div class="stack stack--4">
                        <p class="soft sm">{text::note(lang)}</p>
                        <p class="row row--2">{chips}</p>
                        {body}
                        <Pager label=desk::pages(lang) previous_label=desk::first_page(lang) next_label=desk::older(lang) previous=first next=next/>
                    </div>
                </Desk>
            }
            .into_any()
        })
        .into_any()
    })
}

fn line(lang: Lang, row: ConsentRow) -> AnyView {
    let ConsentRow { id: _, number, purpose, version, at_ms, source, withdrawn_ms } = row;
    let who = number.unwrap_or_else(|| text::deleted(lang).to_owned());
    let standing = match withdrawn_ms {
        Some(at) => view! { <span class="num nowrap">{words::moment(at)}</span> }.into_any(),
        None => view! { <Tag kind=TagKind::Ok>{text::holds(lang)}</Tag> }.into_any(),
    };
    let place = match source {
        Source::SignIn => text::by_sign_in(lang),
        Source::Account => text::by_account(lang),
        Source::Sell => text::by_sell(lang),
    };
    view! {
        <tr>
            <th scope="row" class="num nowrap">{who}</th>
            <td>{named(lang, purpose)}</td>
            <td class="num">{version}</td>
            <td class="num nowrap">{words::moment(at_ms)}</td>
            <td>{place}</td>
            <td>{standing}</td>
        </tr>
    }
    .into_any()
}

const fn named(lang: Lang, purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::Service => text::service(lang),
        Purpose::Marketing => text::marketing(lang),
        Purpose::Share => text::share(lang),
    }
}

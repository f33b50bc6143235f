//! The schedule by years and by months, and what an early payment changes.

use crate::portal::words;
use crate::texts::loan as text;
use domain::loan::{Bill, Early, Relief, Schedule, Terms};
use domain::{Fen, Lang};
use leptos::prelude::*;
use ui::{Banner, DescriptionList, Fact, FactsKind, TableWrap, Tone};

/// The whole schedule: a line a year, the months behind a fold.
#[component]
pub(super) fn Plan(lang: Lang, schedule: Schedule) -> impl IntoView {
    let years: Vec<_> = schedule
        .0
        .chunks(12)
        .enumerate()
        .map(|(at, months)| {
            let sum = |part: fn(&domain::loan::Instalment) -> Fen| Fen(months.iter().map(|m| part(m).0).sum());
            let left = months.last().map_or(Fen(0), |m| m.balance);
            row((at + 1).to_string(), [sum(|m| m.payment()), sum(|m| m.principal), sum(|m| m.interest), left])
        })
        .collect();
    let months: Vec<_> = schedule
        .0
        .iter()
        .enumerate()
        .map(|(at, m)| row((at + 1).to_string(), [m.payment(), m.principal, m.interest, m.balance]))
        .collect();
    view! {
        <TableWrap caption=text::plan_years(lang)>
            {head(lang, text::col_year(lang))}
            <tbody>{years}</tbody>
        </TableWrap>
        <details class="plan-months">
            <summary class="link sm">{text::plan_months(lang, schedule.0.len())}</summary>
            <TableWrap caption=text::plan_months(lang, schedule.0.len())>
                {head(lang, text::col_month(lang))}
                <tbody>{months}</tbody>
            </TableWrap>
        </details>
    }
}

fn head(lang: Lang, first: &'static str) -> impl IntoView {
    let figures =
        [text::col_payment(lang), text::col_principal(lang), text::col_interest(lang), text::col_balance(lang)];
    let figures: Vec<_> = figures.into_iter().map(|name| view! { <th scope="col" class="n">{name}</th> }).collect();
    view! { <thead><tr><th scope="col">{first}</th>{figures}</tr></thead> }
}

fn row(name: String, figures: [Fen; 4]) -> impl IntoView {
    let cells: Vec<_> =
        figures.into_iter().map(|fen| view! { <td class="n">{words::yuan_cents(fen)}</td> }).collect();
    view! { <tr class="num"><th scope="row">{name}</th>{cells}</tr> }
}

/// What an early payment would change, where one was asked about.
#[component]
pub(super) fn WhatIf(lang: Lang, bill: Bill, terms: Terms) -> impl IntoView {
    let Some((wan, years)) = terms.early.zip(terms.early_after) else {
        return view! { <p class="mute">{text::early_ask(lang)}</p> }.into_any();
    };
    let amount = Fen::from_wan(i64::from(wan));
    let after = u16::from(years) * 12;
    if after >= terms.months() {
        return view! { <Banner tone=Tone::Warn>{text::early_late(lang, terms.years)}</Banner> }.into_any();
    }
    let chosen = terms.relief.unwrap_or(Relief::Shorter);
    let columns: Vec<_> = [chosen, if chosen == Relief::Shorter { Relief::Lower } else { Relief::Shorter }]
        .into_iter()
        .filter_map(|relief| Some(column(lang, relief, &bill.early(after, amount, relief)?)))
        .collect();
    if columns.is_empty() {
        return view! { <p class="mute">{text::no_loan(lang)}</p> }.into_any();
    }
    view! { <div class="two">{columns}</div> }.into_any()
}

fn column(lang: Lang, relief: Relief, early: &Early) -> impl IntoView + use<> {
    let title = match relief {
        Relief::Shorter => text::relief_shorter(lang),
        Relief::Lower => text::relief_lower(lang),
    };
    let facts = vec![
        Fact::new(text::early_paid(lang), words::price(lang, early.paid)),
        Fact::new(text::early_next(lang), words::yuan(lang, early.next)),
        Fact::new(text::early_months(lang), text::months_n(lang, early.months_saved)),
        Fact::new(text::early_saved(lang), words::yuan(lang, early.saved)),
    ];
    view! { <div><h3>{title}</h3><DescriptionList facts kind=FactsKind::Pairs/></div> }
}

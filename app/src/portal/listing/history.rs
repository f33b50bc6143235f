//! The prices of a room over time, as a drawing and as rows.

use crate::portal::words;
use crate::texts::listing as text;
use chrono::{Datelike, Months, NaiveDate};
use domain::listing::{Detail, PricePoint};
use domain::{Fen, Lang};
use leptos::prelude::*;
use ui::{ChartPoint, ChartTick, DescriptionList, Fact, FactsKind, StepChart};

/// Chart, figures and every change.
#[component]
pub(super) fn History(lang: Lang, detail: Detail, today: NaiveDate) -> impl IntoView {
    let prices = ordered(&detail.prices);
    let (Some(first), Some(last)) = (prices.first().copied(), prices.last().copied()) else {
        return ().into_any();
    };
    let changes = prices.iter().filter(|p| !p.first).count();
    let label = text::chart_label(
        lang,
        words::price(lang, first.price),
        words::day(first.on),
        words::price(lang, last.price),
        changes,
        words::day(last.on),
    );
    let end = if detail.card.state.is_public() { today } else { last.on };
    let steps = points(lang, &prices, end);
    let sum = prices.windows(2).filter(|w| !w[1].first).map(|w| w[1].price.0 - w[0].price.0).sum();
    let changed = if changes == 0 {
        text::no_changes(lang).to_owned()
    } else {
        text::changes_text(lang, changes, words::price(lang, Fen(sum)))
    };
    let figures = vec![
        Fact::new(text::total_days(lang), text::days(lang, detail.card.days)),
        Fact::new(text::changes(lang), changed),
        Fact::new(text::spells(lang), detail.spells.len().to_string()),
        Fact::new(text::versus(lang), versus(lang, detail.card.versus_median)),
    ];
    view! {
        <section class="sec" id="history">
            <div class="sec-h"><h2>{text::history(lang)}</h2><p class="mute sm">{text::history_note(lang)}</p></div>
            <StepChart label steps ticks=ticks(first.on, end) steps_name=text::asked(lang)/>
            <DescriptionList facts=figures kind=FactsKind::Small/>
            <details class="chart-rows">
                <summary>{text::rows_title(lang)}</summary>
                {rows(lang, &prices)}
            </details>
        </section>
    }
    .into_any()
}

fn rows(lang: Lang, prices: &[PricePoint]) -> impl IntoView + use<> {
    let mut before: Option<Fen> = None;
    let rows: Vec<_> = prices
        .iter()
        .map(|point| {
            let change = match before {
                Some(before) if !point.first => words::price(lang, point.price.minus(before)),
                _ => text::began(lang).to_owned(),
            };
            before = Some(point.price);
            view! {
                <tr>
                    <th scope="row">{words::day(point.on)}</th>
                    <td class="n">{words::price(lang, point.price)}</td>
                    <td class="n">{change}</td>
                </tr>
            }
        })
        .collect();
    view! {
        <div class="table-wrap">
            <table class="table num">
                <thead>
                    <tr>
                        <th scope="col">{text::day(lang)}</th>
                        <th scope="col" class="n">{text::price(lang)}</th>
                        <th scope="col" class="n">{text::change(lang)}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}

/// By day; entries of one day in the order they were written.
fn ordered(prices: &[PricePoint]) -> Vec<PricePoint> {
    let mut prices = prices.to_vec();
    prices.sort_by_key(|p| p.on);
    prices
}

fn points(lang: Lang, prices: &[PricePoint], end: NaiveDate) -> Vec<ChartPoint> {
    let last = prices.len().saturating_sub(1);
    let mut out: Vec<ChartPoint> = prices
        .iter()
        .enumerate()
        .map(|(i, p)| {
            let price = words::price(lang, p.price);
            let label = match (i, p.first) {
                (0, _) => text::first_listed(lang, price),
                (_, true) => text::relisted(lang, price),
                (i, _) if i == last => text::now(lang, price),
                _ => price,
            };
            ChartPoint { at: at(p.on), value: wan(p.price), text: label }
        })
        .collect();
    if let Some(p) = prices.last().filter(|p| p.on < end) {
        out.push(ChartPoint { at: at(end), value: wan(p.price), text: String::new() });
    }
    out
}

/// Four to eight months to read the time by.
fn ticks(from: NaiveDate, to: NaiveDate) -> Vec<ChartTick> {
    let months = (to.year() - from.year()) * 12 + to.month().cast_signed() - from.month().cast_signed();
    let every = u32::try_from(months / 6 + 1).unwrap_or(1);
    let first = from.with_day(1).unwrap_or(from);
    (1..40)
        .filter_map(|n| first.checked_add_months(Months::new(n * every)))
        .take_while(|day| *day <= to)
        .map(|day| ChartTick { at: at(day), text: day.format("%y-%m").to_string() })
        .collect()
}

fn at(day: NaiveDate) -> f64 {
    f64::from(day.num_days_from_ce())
}

#[expect(clippy::cast_precision_loss, reason = "a place in a drawing, not an amount")]
fn wan(price: Fen) -> f64 {
    price.0 as f64 / Fen::WAN as f64
}

fn versus(lang: Lang, per_mille: Option<i32>) -> String {
    match per_mille {
        None => text::versus_unknown(lang).to_owned(),
        Some(-4..=4) => text::versus_same(lang).to_owned(),
        Some(v) if v > 0 => text::versus_higher(lang, super::card::tenths(v)),
        Some(v) => text::versus_lower(lang, super::card::tenths(v)),
    }
}

//! The lines of a bill.

use crate::portal::words;
use crate::texts::loan as text;
use domain::loan::{Bill, Terms};
use domain::{Fen, Lang};
use leptos::prelude::*;
use ui::TableWrap;

/// One line: what, why, how much. What is not known yet has no amount.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line {
    pub what: String,
    pub why: String,
    pub amount: Option<Fen>,
}

/// The lines, then their sums.
pub(super) fn lines(lang: Lang, bill: &Bill, terms: &Terms) -> (Vec<Line>, Vec<Line>) {
    let line = |what: &str, why: String, amount| Line { what: what.to_owned(), why, amount };
    let share = bill.down_share();
    let percent = if share % 10 == 0 { (share / 10).to_string() } else { format!("{}.{}", share / 10, share % 10) };
    let usual =
        if terms.fee.is_some() { text::fee_own(lang, bill.fee_rate) } else { text::fee_usual(lang, bill.fee_rate) };
    let lines = vec![
        line(text::price(lang), text::price_why(lang).to_owned(), Some(bill.price)),
        line(text::tax(lang), text::tax_why(lang).to_owned(), None),
        line(text::fee(lang), usual, Some(bill.fee)),
    ];
    let sums = vec![
        line(text::total(lang), text::total_why(lang).to_owned(), Some(bill.total())),
        line(text::borrowed(lang), text::borrowed_why(lang, terms.years), Some(bill.borrowed())),
        line(text::down_line(lang), text::down_why(lang, percent), Some(bill.down)),
        line(text::cash(lang), text::cash_why(lang).to_owned(), Some(bill.cash())),
    ];
    (lines, sums)
}

/// The bill as a table.
#[component]
pub(super) fn BillTable(lang: Lang, bill: Bill, terms: Terms) -> impl IntoView {
    let (lines, sums) = lines(lang, &bill, &terms);
    let row = move |line: Line| {
        let amount = line.amount.map_or_else(|| text::later(lang).to_owned(), |fen| words::amount(lang, fen));
        let why = line.why.clone();
        view! {
            <tr>
                <th scope="row">{line.what}<small class="bill-why only-phone">{why}</small></th>
                <td class="mute only-wide">{line.why}</td>
                <td class="n num">{amount}</td>
            </tr>
        }
    };
    let lines: Vec<_> = lines.into_iter().map(row).collect();
    let sums: Vec<_> = sums.into_iter().map(row).collect();
    view! {
        <TableWrap caption=text::title(lang)>
            <thead>
                <tr><th scope="col">{text::col_what(lang)}</th><th scope="col" class="only-wide">{text::col_why(lang)}</th><th scope="col" class="n">{text::col_amount(lang)}</th></tr>
            </thead>
            <tbody>{lines}</tbody>
            <tfoot>{sums}</tfoot>
        </TableWrap>
    }
}

//! The bill and its schedule as a table for a spreadsheet.

use super::bill_table::lines;
use crate::portal::words;
use crate::texts::loan as text;
use domain::listing::Card;
use domain::loan::{Bill, Rules, Terms};
use domain::{Fen, Lang};

/// UTF-8 with a byte order mark, which Excel needs to read Chinese; lines end as RFC 4180 says. Amounts are in yuan.
pub fn bill_csv(lang: Lang, card: &Card, terms: &Terms, rules: &Rules) -> String {
    let bill = Bill::of(card.price, terms, rules);
    let mut out = String::from('\u{feff}');
    let mut row = |cells: &[&str]| {
        let cells: Vec<_> = cells.iter().map(|cell| quoted(cell)).collect();
        out.push_str(&cells.join(","));
        out.push_str("\r\n");
    };
    row(&[
        &text::page_title(lang, words::home(lang, card)),
        card.code.as_str(),
        &text::note(lang, words::day(rules.from)),
    ]);
    row(&[text::col_what(lang), text::col_why(lang), text::col_yuan(lang)]);
    let (lines, sums) = lines(lang, &bill, terms);
    for line in lines.into_iter().chain(sums) {
        row(&[&line.what, &line.why, &line.amount.map(plain).unwrap_or_default()]);
    }
    row(&[]);
    row(&[
        text::col_month(lang),
        text::col_payment(lang),
        text::col_principal(lang),
        text::col_interest(lang),
        text::col_balance(lang),
    ]);
    for (at, month) in bill.schedule().0.iter().enumerate() {
        let [payment, principal, interest, balance] =
            [month.payment(), month.principal, month.interest, month.balance].map(plain);
        row(&[&(at + 1).to_string(), &payment, &principal, &interest, &balance]);
    }
    out
}

/// Yuan with two decimals and no separators.
fn plain(Fen(fen): Fen) -> String {
    format!("{}.{:02}", fen / 100, fen % 100)
}

/// A cell. A spreadsheet would run a text that begins like a formula; an apostrophe keeps it a text.
fn quoted(cell: &str) -> String {
    let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let cell = if formula { format!("'{cell}") } else { cell.to_owned() };
    if cell.contains([',', '"', '\n', '\r']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_becomes_a_formula_or_breaks_its_row() {
        assert_eq!(quoted("=HYPERLINK(\"x\")"), "\"'=HYPERLINK(\"\"x\"\")\"");
        assert_eq!(quoted("+1"), "'+1");
        assert_eq!(quoted("a,b"), "\"a,b\"");
        assert_eq!(quoted("a\r\nb"), "\"a\r\nb\"");
        assert_eq!(quoted("滨江"), "滨江");
        assert_eq!(plain(Fen(449_005)), "4490.05");
    }
}

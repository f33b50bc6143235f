//! The bill on the page of a home.

use super::bill_form::BillForm;
use super::bill_table::BillTable;
use crate::portal::listing::home_href;
use crate::portal::words;
use crate::texts::loan as text;
use domain::Lang;
use domain::listing::Card;
use domain::loan::{Bill, Rules, Terms};
use leptos::prelude::*;

/// The choices of the buyer and what follows from them. Changes are fetched into this part alone.
#[component]
pub(crate) fn BillSection(lang: Lang, card: Card, terms: Terms, rules: &'static Rules) -> impl IntoView {
    let bill = Bill::of(card.price, &terms, rules);
    let href = home_href(&card);
    let whole = format!("{href}/bill{}", question(&terms));
    view! {
        <section class="sec" id="bill" data-region="bill">
            <div class="sec-h"><h2>{text::title(lang)}</h2><p class="mute sm">{text::note(lang, words::day(rules.from))}</p></div>
            <div class="bill">
                <BillForm lang terms rules bill=bill.clone() action=format!("{href}#bill")/>
                <div class="stack stack--3">
                    <BillTable lang bill terms/>
                    <a class="link sm no-print" href=whole>{text::whole(lang)}</a>
                </div>
            </div>
        </section>
    }
}

/// Down payment and month in one line, beside the price.
#[component]
pub(crate) fn Glance(lang: Lang, card: Card, terms: Terms, rules: &'static Rules) -> impl IntoView {
    let bill = Bill::of(card.price, &terms, rules);
    view! {
        <p class="sm soft num" data-region="bill-glance">
            {text::glance(lang, words::price(lang, bill.down), words::yuan(lang, bill.first()))} " · "
            <a class="link no-print" href="#bill">{text::change(lang)}</a>
        </p>
    }
}

/// The terms as the end of an address.
pub(super) fn question(terms: &Terms) -> String {
    match terms.query() {
        query if query.is_empty() => query,
        query => format!("?{query}"),
    }
}

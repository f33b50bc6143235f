//! The whole bill of a home, with its schedule: to read, to print, to take along.

use super::bill_form::BillForm;
use super::bill_section::question;
use super::bill_table::BillTable;
use super::plan::{Plan, WhatIf};
use crate::portal::listing::{home_href, load};
use crate::portal::words;
use crate::shell::{Frame, Head, Section, Visit, failure};
use crate::texts::{listing, loan as text};
use domain::listing::Filter;
use domain::loan::{Bill, Rules};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use services::{Moment, Services, loan};
use ui::{Breadcrumb, Crumb, Glyph, Icon};

/// The page.
#[component]
pub fn BillPage() -> impl IntoView {
    let (city, code) =
        use_params_map().with_untracked(|params| (params.get("city"), params.get("code").unwrap_or_default()));
    let services = expect_context::<Services>();
    Suspend::new(async move {
        match load(&services, city.as_deref(), &code).await {
            Ok(page) => view! { <WholeBill page/> }.into_any(),
            Err(error) => failure(error),
        }
    })
}

#[component]
fn WholeBill(page: services::listing::Page) -> impl IntoView {
    let Visit { lang, href, origin, .. } = Visit::current();
    let card = page.detail.card;
    let rules = Rules::on(Moment::now().day());
    let (terms, _) = loan::read_terms(href.split_once('?').map_or("", |(_, query)| query), rules);
    let bill = Bill::of(card.price, &terms, rules);
    let schedule = bill.schedule();
    let (home, of_home) = (words::home(lang, &card), home_href(&card));
    let own = format!("{of_home}/bill");
    let title = text::page_title(lang, &home);
    let head = Head { title: title.clone(), canonical: of_home.clone(), ..Head::default() };
    let in_city = Filter { city: Some(card.city.slug.clone()), ..Filter::default() }.href();
    let place = words::city(lang, &page.detail.city);
    let crumbs = vec![
        Crumb::to(in_city.clone(), listing::homes_in(lang, &place)),
        Crumb::to(of_home, home),
        Crumb::here(text::title(lang)),
    ];
    view! {
        <Frame head place=(in_city, place) section=Section::Sale>
            <main id="main" class="wrap lst bill-page">
                <Breadcrumb label=listing::crumbs(lang) crumbs/>
                <div class="sec-h">
                    <h1>{title}</h1>
                    <p class="mute sm">{text::note(lang, words::day(rules.from))}</p>
                </div>
                <div data-region="bill" class="stack stack--6">
                    <div class="bill">
                        <BillForm lang terms rules bill=bill.clone() action=own.clone() early=true/>
                        <div class="stack stack--4">
                            <BillTable lang bill=bill.clone() terms/>
                            <section id="early"><h2>{text::early(lang)}</h2><WhatIf lang bill terms/></section>
                        </div>
                    </div>
                    <section class="sec" id="plan">
                        <div class="sec-h">
                            <h2>{text::plan(lang)}</h2>
                            <p class="row row--2 no-print">
                                <a class="btn btn--sm" href=format!("{own}.csv{}", question(&terms)) download>{text::csv(lang)}</a>
                                <button type="button" class="btn btn--sm" data-print><Icon glyph=Glyph::Print/>{listing::print(lang)}</button>
                            </p>
                        </div>
                        {if schedule.0.is_empty() {
                            view! { <p class="mute">{text::no_loan(lang)}</p> }.into_any()
                        } else {
                            view! { <Plan lang schedule/> }.into_any()
                        }}
                    </section>
                </div>
                <p class="lst-foot only-print">{format!("{origin}{own}{}", question(&terms))}</p>
                <span data-region="bill-glance" hidden></span>
            </main>
        </Frame>
    }
}

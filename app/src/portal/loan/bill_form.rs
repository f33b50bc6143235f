//! What a buyer may choose: a GET form, whose every field stands in the address.

use crate::portal::words;
use crate::texts::loan as text;
use domain::Lang;
use domain::loan::{Bill, LoanKind, Method, Owned, Relief, Rules, Terms};
use leptos::prelude::*;
use ui::{FieldGroup, Input, InputKind, Segment, SegmentedRadios, Select, SelectOption};

/// Terms that are offered, in years; others can be typed into the address.
const YEARS: [u8; 6] = [30, 25, 20, 15, 10, 5];

/// The form. A value that is the default is sent as nothing, so that it does not stand in the address.
#[component]
pub(super) fn BillForm(
    lang: Lang,
    terms: Terms,
    rules: &'static Rules,
    bill: Bill,
    action: String,
    /// With the fields of an early payment.
    #[prop(optional)]
    early: bool,
) -> impl IntoView {
    let down = terms.down.unwrap_or(rules.least_down);
    let least = Bill::of(bill.price, &Terms { down: None, ..terms }, rules).down;
    let early = early.then(|| early_fields(lang, terms));
    let fund = (terms.kind != LoanKind::Bank).then(|| {
        let (cap, value) = (rules.fund_cap.wan().to_string(), terms.fund.map(|n| n.to_string()).unwrap_or_default());
        view! {
            <Input
                name="fund" label=text::fund_amount(lang) kind=InputKind::Number value unit=text::wan(lang)
                hint=text::fund_hint(lang, cap.clone()) placeholder=cap
            />
        }
    });
    let lpr = rules.lpr.to_string();
    let rate = terms.rate.map(|rate| rate.to_string()).unwrap_or_default();
    let (usual, fee) = (rules.usual_fee.to_string(), terms.fee.map(|fee| fee.to_string()).unwrap_or_default());
    let open = terms.rate.is_some() || terms.fee.is_some();
    view! {
        <form class="stack stack--4 bill-form" method="get" action=action data-live="bill bill-glance">
            <FieldGroup id="owned" legend=text::owned(lang)>
                <SegmentedRadios label=text::owned(lang) name="owned" small=true selected=code(Owned::First, terms.owned) segments=vec![
                    Segment::new("", text::owned_first(lang)), Segment::new(Owned::Second.code(), text::owned_second(lang)),
                ]/>
            </FieldGroup>
            <div class="field">
                <label for="down" class="row">
                    {text::down(lang)}
                    <b class="push num"><output for="down">{format!("{down}%")}</output>{format!(" · {}", words::price(lang, bill.down))}</b>
                </label>
                <input id="down" name="down" class="slider" type="range" min=rules.least_down max="100" step="1" value=down/>
                <span class="hint num">{text::down_hint(lang, words::price(lang, least), rules.least_down)}</span>
            </div>
            <FieldGroup id="loan" legend=text::loan(lang)>
                <SegmentedRadios label=text::loan(lang) name="loan" small=true selected=code(LoanKind::Bank, terms.kind) segments=vec![
                    Segment::new("", text::kind_bank(lang)),
                    Segment::new(LoanKind::Both.code(), text::kind_both(lang)),
                    Segment::new(LoanKind::Fund.code(), text::kind_fund(lang)),
                ]/>
            </FieldGroup>
            {fund}
            <div class="bill-pair">
                <Select name="years" label=text::years(lang) options=years(lang, terms.years) selected=year_value(terms.years)/>
                <Select name="method" label=text::method(lang) selected=code(Method::Level, terms.method) options=vec![
                    SelectOption::new("", text::method_level(lang)),
                    SelectOption::new(Method::Principal.code(), text::method_principal(lang)),
                ]/>
            </div>
            <details class="bill-rates" open=open>
                <summary class="link sm">{text::rates(lang)}</summary>
                <div class="bill-pair">
                    <Input name="rate" label=text::bank_rate(lang) kind=InputKind::Decimal value=rate unit="%" hint=text::rate_hint(lang, &lpr) placeholder=lpr.clone()/>
                    <Input name="fee" label=text::fee_rate(lang) kind=InputKind::Decimal value=fee unit="%" hint=text::fee_hint(lang) placeholder=usual/>
                </div>
            </details>
            {early}
            <noscript><button class="btn btn--primary">{text::again(lang)}</button></noscript>
            <output class="pay num">{pay(lang, &bill)}</output>
        </form>
    }
}

fn early_fields(lang: Lang, terms: Terms) -> impl IntoView {
    let early = terms.early.map(|n| n.to_string()).unwrap_or_default();
    let after = terms.early_after.map(|n| n.to_string()).unwrap_or_default();
    view! {
        <FieldGroup id="early-fields" legend=text::early(lang)>
            <div class="stack stack--3">
                <div class="bill-pair">
                    <Input name="early" label=text::early_amount(lang) kind=InputKind::Number value=early unit=text::wan(lang)/>
                    <Input name="early_after" label=text::early_after(lang) kind=InputKind::Number value=after unit=text::year_unit(lang)/>
                </div>
                <SegmentedRadios label=text::relief(lang) name="relief" small=true selected=code(Relief::Shorter, terms.relief.unwrap_or(Relief::Shorter)) segments=vec![
                    Segment::new("", text::relief_shorter(lang)),
                    Segment::new(Relief::Lower.code(), text::relief_lower(lang)),
                ]/>
            </div>
        </FieldGroup>
    }
}

/// The month, and of what it is made.
fn pay(lang: Lang, bill: &Bill) -> impl IntoView + use<> {
    let schedule = bill.schedule();
    let parts: Vec<String> = [(text::kind_fund(lang), bill.fund), (text::kind_bank(lang), bill.bank)]
        .into_iter()
        .filter_map(|(name, loan)| {
            let loan = loan?;
            Some(format!("{name} {} {}%", words::price(lang, loan.principal), loan.rate))
        })
        .collect();
    let falling = schedule.first() > schedule.last()
        && [bill.bank, bill.fund].iter().flatten().any(|l| l.method == Method::Principal);
    let cap = bill.note.map(|domain::loan::Note::FundCap(cap)| text::fund_cap(lang, words::price(lang, cap)));
    let note = if parts.is_empty() {
        text::no_loan(lang).to_owned()
    } else {
        format!("{}{}", parts.join(" + "), text::interest_sum(lang, words::price(lang, schedule.interest())))
    };
    view! {
        <span>{if falling { text::month_first(lang) } else { text::month(lang) }}</span>
        <b>{words::yuan_number(lang, bill.first())}<small>{text::yuan_unit(lang)}</small></b>
        {falling.then(|| view! { <span class="mute sm">{text::month_last(lang, words::yuan(lang, schedule.last()))}</span> })}
        <span class="mute sm">{note}</span>
        {cap.map(|cap| view! { <span class="sm warn">{cap}</span> })}
    }
}

fn years(lang: Lang, chosen: u8) -> Vec<SelectOption> {
    let mut years = YEARS.to_vec();
    if !years.contains(&chosen) {
        years.push(chosen);
        years.sort_unstable_by(|a, b| b.cmp(a));
    }
    years.into_iter().map(|n| SelectOption::new(year_value(n), text::years_n(lang, n))).collect()
}

fn year_value(years: u8) -> String {
    if years == Terms::MOST_YEARS { String::new() } else { years.to_string() }
}

/// The code of a value; the default is nothing.
fn code<T: PartialEq + ToString>(default: T, value: T) -> String {
    if value == default { String::new() } else { value.to_string() }
}

//! The form of the gallery: every condition a GET field, every choice with the number it would lead to.

mod places;

use crate::portal::listing::conditions::{RangeField, elevator, range_text, rooms};
use crate::portal::words;
use crate::texts::{fact, gallery as text, loan};
use domain::listing::{
    AGE_BANDS, AREA_BANDS, AreaBasis, BuildingType, CUT_BANDS, DAYS_BANDS, Decoration, FacingChoice, Filter,
    FloorBand, Heating, HoldingBand, LayoutKind, Ownership, PRICE_BANDS, ROOMS_MAX, Range, SearchPage, Structure,
    Tag, UNIT_BANDS, Usage, YesNo,
};
use domain::loan::{LoanKind, Terms};
use domain::{Fen, Lang};
use leptos::prelude::*;
use std::sync::Arc;
use ui::{
    Chips, FilterMenu, Glyph, Icon, Input, InputKind, Range as RangeFields, RangeEnd, Scale, Segment,
    SegmentedRadios, Select, SelectOption,
};

/// Chips that stand outside the panels.
const QUICK: [Tag; 7] =
    [Tag::OverFiveOnly, Tag::OverTwo, Tag::Cut, Tag::New, Tag::AnyTime, Tag::BelowMedian, Tag::Verified];

/// The whole form.
#[component]
pub(super) fn Choices(lang: Lang, page: Arc<SearchPage>) -> impl IntoView {
    let filter = page.filter.clone();
    let action = Filter { city: filter.city.clone(), ..Filter::default() }.href();
    let applied = crate::portal::listing::conditions::conditions(lang, &page).len();
    let hidden_view = filter.map.then(|| view! { <input type="hidden" name="view" value="map"/> });
    let hidden_shape =
        filter.shape.as_ref().map(|s| view! { <input type="hidden" name="shape" value=s.to_string()/> });
    let mut quick = Chips::default();
    chips(&mut quick, &page, "tag", &filter.tag, QUICK.iter().map(|t| (*t, t.code(), words::tag(lang, *t))));
    let lift = [(YesNo::Yes, "yes", fact::elevator_yes(lang))];
    chips(&mut quick, &page, "elevator", &filter.elevator, lift);
    let mut by_rooms = Chips::default();
    let numbers = (0..=ROOMS_MAX).map(|n| (n, n.to_string(), rooms(lang, n)));
    chips(&mut by_rooms, &page, "rooms", &filter.rooms, numbers);
    let hidden_sort = filter.sort.map(|s| view! { <input type="hidden" name="sort" value=s.code()/> });
    view! {
        <form class="gal-find no-print" method="get" action=action role="search" data-live data-region="choices">
            <div class="wrap stack stack--3">
                <div class="gal-top">
                    <Input
                        name="q" label=text::search_label(lang) hide_label=true kind=InputKind::Search icon=Glyph::Search
                        value=filter.q.clone() placeholder=text::search_placeholder(lang) maxlength=64 class="gal-q"
                    />
                    <button class="btn btn--primary only-wide">{text::find(lang)}</button>
                    <input type="checkbox" id="all-filters" class="vh sheet-toggle" aria-label=text::filters(lang)/>
                    <label class="btn only-phone" for="all-filters">
                        <Icon glyph=Glyph::Filter/>
                        {text::filters(lang)}
                        {(applied > 0).then(|| view! { <b class="num">{applied}</b> })}
                    </label>
                    {hidden_sort}
                    {hidden_view}
                    {hidden_shape}
                    <div class="gal-filters">
                        {places::area(lang, &page)}
                        {range_menu(lang, &page, RangeField::Price, &PRICE_BANDS)}
                        {purse(lang, &page)}
                        {menu(text::rooms(lang), chosen(&filter.rooms, |n| rooms(lang, n)), by_rooms)}
                        {size(lang, &page)}
                        {places::metro(lang, &page)}
                        {more(lang, &page)}
                        <div class="gal-filters-foot only-phone">
                            <a class="btn" href=filter.cleared().href() data-soft>{text::clear_all(lang)}</a>
                            <button class="btn btn--primary num">{text::show(lang, page.total)}</button>
                        </div>
                    </div>
                </div>
                <div
                    class="gal-quick" role="group" aria-label=text::quick(lang) tabindex=(page.total == 0).then_some("0")
                    inner_html=quick.html()
                ></div>
            </div>
        </form>
    }
}

fn menu(label: &'static str, value: Option<String>, fields: Chips) -> AnyView {
    view! {
        <FilterMenu label value group="filter">
            <div class="stack stack--3"><div class="row row--2" inner_html=fields.html()></div></div>
        </FilterMenu>
    }
    .into_any()
}

/// Adds the values of a field as chips; one that would lead nowhere cannot be chosen.
fn chips<T: PartialEq>(
    to: &mut Chips,
    page: &SearchPage,
    field: &'static str,
    chosen: &[T],
    values: impl IntoIterator<Item = (T, impl AsRef<str>, impl AsRef<str>)>,
) {
    for (value, code, word) in values {
        let count = page.facets.count(field, code.as_ref());
        to.choice(field, code.as_ref(), chosen.contains(&value), count, word.as_ref());
    }
}

/// Chips under a title.
fn titled(title: impl Into<String>, chips: Chips) -> AnyView {
    view! {
        <fieldset class="stack stack--2">
            <legend class="sm mute">{title.into()}</legend>
            <div class="row row--2" inner_html=chips.html()></div>
        </fieldset>
    }
    .into_any()
}

fn chosen<T: Copy>(values: &[T], word: impl Fn(T) -> String) -> Option<String> {
    match values {
        [] => None,
        [one] => Some(word(*one)),
        [first, rest @ ..] => Some(format!("{} +{}", word(*first), rest.len())),
    }
}

/// Typed numbers, the slider over their histogram, and the usual bands as links.
fn range(lang: Lang, page: &SearchPage, field: RangeField, bands: &[Range]) -> AnyView {
    let now = *field.of(&page.filter);
    let histogram = page.facets.histogram(field.code()).cloned();
    let mut links = Chips::default();
    for band in bands {
        let mut filter = page.filter.first_page();
        let current = now == *band;
        *field.of_mut(&mut filter) = if current { Range::default() } else { *band };
        let end = |n: Option<i64>| n.map(|n| n.to_string()).unwrap_or_default();
        let count = page.facets.count(field.code(), &format!("{}-{}", end(band.min), end(band.max)));
        links.link(&filter.href(), current, count, &range_text(lang, field, *band));
    }
    let (step, counts) = histogram.map_or((1, Vec::new()), |h| (h.step, h.bins));
    let typed = |end: Option<i64>| end.map(|n| n.to_string()).unwrap_or_default();
    let low = RangeEnd::new(format!("{}_min", field.code()), text::least(lang, field.name(lang)), typed(now.min));
    let high = RangeEnd::new(format!("{}_max", field.code()), text::most(lang, field.name(lang)), typed(now.max));
    #[expect(clippy::cast_precision_loss, reason = "bins and steps are small numbers")]
    let scale =
        Scale { min: 0.0, max: counts.len().max(20) as f64 * step as f64, step: (step as f64 / 2.0).max(1.0) };
    view! {
        <div class="stack stack--3" data-soft>
            <RangeFields low high scale counts unit=field.unit(lang) between=text::to(lang)/>
            <div class="row row--2" inner_html=links.html()></div>
        </div>
    }
    .into_any()
}

fn range_menu(lang: Lang, page: &SearchPage, field: RangeField, bands: &[Range]) -> AnyView {
    let now = *field.of(&page.filter);
    let value = (!now.is_open()).then(|| range_text(lang, field, now));
    let (body, show) = (range(lang, page, field, bands), text::show(lang, page.total));
    view! {
        <FilterMenu label=field.name(lang) value group="filter" wide=true>
            {body}
            <div class="row mt-2"><button class="btn btn--primary btn--sm push num">{show}</button></div>
        </FilterMenu>
    }
    .into_any()
}

/// From cash and month to a price.
fn purse(lang: Lang, page: &SearchPage) -> AnyView {
    let (budget, terms) = (page.filter.budget, page.filter.terms);
    let typed = |n: Option<i64>| n.map(|n| n.to_string()).unwrap_or_default();
    let value = page.cap.map(|cap| range_text(lang, RangeField::Price, Range::new(None, Some(cap))));
    let code = |kind: LoanKind| if kind == LoanKind::Bank { "" } else { kind.code() };
    let kinds = [
        (LoanKind::Bank, loan::kind_bank(lang)),
        (LoanKind::Both, loan::kind_both(lang)),
        (LoanKind::Fund, loan::kind_fund(lang)),
    ]
    .map(|(kind, word)| Segment::new(code(kind), word));
    let years = [30_u8, 25, 20, 15, 10]
        .map(|n| SelectOption::new(if n == 30 { String::new() } else { n.to_string() }, loan::years_n(lang, n)));
    let year = if terms.years == Terms::MOST_YEARS { String::new() } else { terms.years.to_string() };
    let show = text::show(lang, page.total);
    let said = page.cap.map(|cap| {
        let price = words::price(lang, Fen::from_wan(cap));
        view! { <p class="pay num"><span>{text::budget_cap(lang)}</span><b>{price}</b><span class="mute sm">{text::budget_note(lang)}</span></p> }
    });
    view! {
        <FilterMenu label=text::budget(lang) value group="filter" wide=true>
            <div class="stack stack--3">
                <p class="sm mute">{text::budget_hint(lang)}</p>
                <div class="bill-pair">
                    <Input name="cash" label=text::budget_cash(lang) kind=InputKind::Number value=typed(budget.cash) unit=loan::wan(lang)/>
                    <Input name="monthly" label=text::budget_monthly(lang) kind=InputKind::Number value=typed(budget.monthly) unit=text::budget_yuan(lang)/>
                </div>
                <SegmentedRadios label=loan::loan(lang) name="loan" small=true segments=kinds.to_vec() selected=code(terms.kind).to_owned()/>
                <Select name="years" label=loan::years(lang) options=years.to_vec() selected=year/>
                {said}
                <div class="row"><button class="btn btn--primary btn--sm push num">{show}</button></div>
            </div>
        </FilterMenu>
    }
    .into_any()
}

fn size(lang: Lang, page: &SearchPage) -> AnyView {
    let basis = page.filter.area_basis();
    let now = page.filter.area;
    let value = (!now.is_open()).then(|| {
        let word = if basis == AreaBasis::Inner { fact::inner(lang) } else { fact::built(lang) };
        format!("{word} {}", range_text(lang, RangeField::Area, now))
    });
    let radio = move |value: AreaBasis, word: &'static str| {
        // The default is an empty value: what is not chosen does not stand in the address.
        let code = if value == AreaBasis::Built { "" } else { value.code() };
        view! { <label><input type="radio" name="basis" value=code checked=basis == value/>{word}</label> }
    };
    let body = range(lang, page, RangeField::Area, &AREA_BANDS);
    let show = text::show(lang, page.total);
    view! {
        <FilterMenu label=text::size(lang) value group="filter" wide=true>
            <div class="stack stack--3">
                <div class="seg seg--sm" role="radiogroup" aria-label=text::basis(lang)>
                    {radio(AreaBasis::Built, fact::area_built(lang))}
                    {radio(AreaBasis::Inner, fact::area_inner(lang))}
                </div>
                {body}
                <div class="row"><button class="btn btn--primary btn--sm push num">{show}</button></div>
            </div>
        </FilterMenu>
    }
    .into_any()
}

fn more(lang: Lang, page: &SearchPage) -> AnyView {
    let f = &page.filter;
    /// The chips of an enumeration, without the values nobody has and nobody chose.
    macro_rules! all {
        ($title:expr, $field:ident, $kind:ty, $word:expr) => {{
            let offered = <$kind>::ALL
                .iter()
                .filter(|v| f.$field.contains(v) || page.facets.count(stringify!($field), v.code()) > 0)
                .map(|v| (*v, v.code(), $word(lang, *v)));
            let mut row = Chips::default();
            chips(&mut row, page, stringify!($field), &f.$field, offered);
            (!row.is_empty()).then(|| titled($title, row))
        }};
    }
    let ranges: Vec<_> = [
        (RangeField::Unit, &UNIT_BANDS[..]),
        (RangeField::Age, &AGE_BANDS[..]),
        (RangeField::Days, &DAYS_BANDS[..]),
        (RangeField::Cut, &CUT_BANDS[..]),
    ]
    .into_iter()
    .map(|(field, bands)| {
        let body = range(lang, page, field, bands);
        view! { <fieldset class="stack stack--2"><legend class="sm mute">{field.name(lang)}</legend>{body}</fieldset> }.into_any()
    })
    .collect();
    let inside = [
        f.facing.len(),
        f.floor.len(),
        f.decoration.len(),
        f.elevator.len(),
        f.heating.len(),
        f.building.len(),
        f.structure.len(),
        f.kind.len(),
        f.ownership.len(),
        f.usage.len(),
        f.holding.len(),
        f.tag.iter().filter(|t| !QUICK.contains(t)).count(),
    ]
    .into_iter()
    .sum::<usize>()
        + [f.unit, f.age, f.days, f.cut].iter().filter(|r| !r.is_open()).count();
    let value = (inside > 0).then(|| inside.to_string());
    let (mut tags, mut lift) = (Chips::default(), Chips::default());
    let others = Tag::ALL.iter().filter(|t| !QUICK.contains(t));
    chips(&mut tags, page, "tag", &f.tag, others.map(|t| (*t, t.code(), words::tag(lang, *t))));
    chips(&mut lift, page, "elevator", &f.elevator, [(YesNo::No, "no", elevator(lang, YesNo::No))]);
    let show = text::show(lang, page.total);
    let groups = (
        (
            all!(text::facing(lang), facing, FacingChoice, words::facing_choice),
            all!(text::floor(lang), floor, FloorBand, words::floor_band),
            all!(text::decoration(lang), decoration, Decoration, words::decoration),
            titled(text::elevator(lang), lift),
            all!(text::ownership(lang), ownership, Ownership, words::ownership),
            all!(text::holding(lang), holding, HoldingBand, words::holding_band),
            titled(text::tag(lang), tags),
        ),
        ranges,
        (
            all!(text::usage(lang), usage, Usage, words::usage),
            all!(text::kind(lang), kind, LayoutKind, words::kind),
            all!(text::building(lang), building, BuildingType, words::building),
            all!(text::structure(lang), structure, Structure, words::structure),
            all!(text::heating(lang), heating, Heating, words::heating),
        ),
    );
    view! {
        <FilterMenu label=text::more(lang) value group="filter" wide=true>
            <div class="stack stack--4">
                {groups}
                <div class="row"><button class="btn btn--primary btn--sm push num">{show}</button></div>
            </div>
        </FilterMenu>
    }
    .into_any()
}

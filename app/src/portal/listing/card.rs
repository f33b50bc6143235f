//! A home in a list.

use crate::portal::saved::Keep;
use crate::portal::words;
use crate::texts::{fact, gallery as text};
use domain::Lang;
use domain::listing::{Card, HoldingBand, ListingState, Media, RoomPicture};
use domain::loan::{Bill, Budget, Rules, Terms};
use domain::media::Photo;
use leptos::prelude::*;
use ui::{Glyph, Icon, Tag, TagKind};

/// Address of a picture at its largest.
pub(super) fn picture_href(card: &Card, media: &Media) -> String {
    match &media.photo {
        Some(photo) => photo.large.clone(),
        None => format!("/pictures/{}/{}.svg", card.code, media.key()),
    }
}

/// How wide a picture is in a list, for the browser to choose among the widths of a photo.
const IN_A_LIST: &str = "(min-width: 1180px) 24rem, (min-width: 600px) 50vw, 100vw";

/// Address of a home.
pub(crate) fn home_href(card: &Card) -> String {
    format!("/{}/listings/{}", card.city.slug, card.code)
}

/// A picture of a home in its place.
#[component]
pub(crate) fn HomePicture(
    lang: Lang,
    card: Card,
    media: Option<Media>,
    #[prop(optional)] first: bool,
    /// How wide it is on the page; in a list, if not told.
    #[prop(default = IN_A_LIST)]
    sizes: &'static str,
) -> impl IntoView {
    let what = media.as_ref().map_or_else(String::new, |m| words::shown(lang, m));
    let alt = text::picture_alt(lang, words::home(lang, &card), what);
    let plan = media.as_ref().is_some_and(|m| m.picture == RoomPicture::Plan);
    if let Some(photo) = media.as_ref().and_then(|m| m.photo.clone()) {
        let srcset = photo.srcset();
        let Photo { medium, miniature, .. } = photo;
        return view! {
            <ui::Photo src=Some(medium) alt width=640 height=480 srcset sizes miniature first whole=plan/>
        }
        .into_any();
    }
    let src = media.as_ref().map(|m| picture_href(&card, m));
    let tone = media.map_or_else(|| "tone-0".to_owned(), |m| format!("tone-{}", m.tone));
    view! { <span class=tone><ui::Photo src alt width=640 height=480 first whole=plan/></span> }.into_any()
}

/// The card of a home. The first ones of a page load their pictures at once.
#[component]
pub(crate) fn HomeCard(
    lang: Lang,
    card: Card,
    #[prop(optional)] first: bool,
    /// With what purse the home is looked at.
    #[prop(optional)]
    purse: Purse,
) -> impl IntoView {
    let href = home_href(&card);
    let cover = card.media.first().cloned();
    let plan = card.media.iter().any(|m| m.picture == RoomPicture::Plan);
    let sketch = cover.as_ref().is_some_and(Media::is_sketch);
    let cut = card.first_price.minus(card.price);
    let spec = spec(lang, &card);
    let layout = card.layout.map(|l| words::layout(lang, l));
    let was = (cut.0 > 0).then(|| words::price(lang, card.first_price));
    let (number, unit) = price_parts(lang, &card);
    view! {
        <article class="home" id=card.code.to_string() data-code=card.code.to_string()>
            <div class="home-photo">
                <HomePicture lang card=card.clone() media=cover first/>
                <div class="home-marks">
                    {(cut.0 > 0).then(|| view! {
                        <Tag kind=TagKind::Cut icon=Glyph::ArrowDown>{text::cut_by(lang, words::price(lang, cut))}</Tag>
                    })}
                    {(card.state == ListingState::Sold).then(|| view! { <Tag kind=TagKind::New>{fact::state_sold(lang)}</Tag> })}
                    {(card.days <= 7 && cut.0 <= 0 && card.state != ListingState::Sold).then(|| view! {
                        <Tag kind=TagKind::New>{fact::tag_new(lang)}</Tag>
                    })}
                </div>
                <div class="home-media">
                    {plan.then(|| view! {
                        <span>
                            <Icon glyph=Glyph::FloorPlan small=true/>
                            {if sketch { text::sketch(lang) } else { fact::picture_plan(lang) }}
                        </span>
                    })}
                </div>
            </div>
            <Keep lang card=card.clone()/>
            <div class="home-body">
                <p class="home-price">
                    <data class="price" value=(card.price.0 / 100).to_string()>{number}<small>{unit}</small></data>
                    <span class="unit num">{words::unit_price(lang, card.unit_price)}</span>
                    {was.map(|price| view! { <s class="was num"><span class="vh">{text::was(lang, price.clone())}</span><span aria-hidden="true">{price}</span></s> })}
                </p>
                <h3 class="home-title">
                    <a href=href>{card.community.name.clone()} " " <span class="num">{layout}</span></a>
                </h3>
                <p class="home-spec num">{spec}</p>
                <p class="home-tags">{tags(lang, &card)}</p>
                <p class="home-meta num">
                    {purse.words(lang, &card)}
                    <span class="home-life">{format!("{} · {} · {}", card.district.name, card.circle.name, life(lang, &card))}</span>
                </p>
            </div>
        </article>
    }
}

/// With what purse homes are looked at; without one, with the least down payment.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Purse {
    /// What can be spent.
    pub budget: Budget,
    /// With which loan.
    pub terms: Terms,
}

impl Purse {
    /// Down payment and month.
    fn words(&self, lang: Lang, card: &Card) -> String {
        let rules = Rules::newest();
        match self.budget.bill(card.price, &self.terms, rules).filter(|_| !self.budget.is_open()) {
            Some(bill) => text::card_bill(lang, words::price(lang, bill.down), words::yuan(lang, bill.first())),
            None => {
                let bill = Bill::of(card.price, &self.terms, rules);
                text::card_bill_least(lang, words::price(lang, bill.down), words::yuan(lang, bill.first()))
            }
        }
    }
}

/// Number and unit of the price, for the large type.
pub(super) fn price_parts(lang: Lang, card: &Card) -> (String, &'static str) {
    match lang {
        Lang::Zh => (card.price.wan().to_string(), "万"),
        Lang::En => (words::price(lang, card.price), ""),
    }
}

fn spec(lang: Lang, card: &Card) -> String {
    let area = format!("{} {}", fact::built(lang), words::sqm(lang, card.area_built));
    let year = card.built_year.map(|year| fact::year(lang, year));
    [Some(area), words::facing(lang, card.facing), words::floor(lang, card), year]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" · ")
}

/// At most three tags: what decides taxes first, then what is doubtful, then what is near.
fn tags(lang: Lang, card: &Card) -> Vec<AnyView> {
    let holding = card.holding.map(|h| h.band);
    let tax = match (holding, card.only_home) {
        (Some(HoldingBand::OverFive), Some(true)) => Some(fact::holding_over_five_only(lang)),
        (Some(HoldingBand::OverFive), _) => Some(fact::holding_over_five(lang)),
        (Some(HoldingBand::OverTwo), _) => Some(fact::holding_over_two(lang)),
        _ => None,
    };
    let mut tags = Vec::new();
    if card.state == ListingState::UnderOffer {
        tags.push(view! { <Tag kind=TagKind::Warn>{fact::state_under_offer(lang)}</Tag> }.into_any());
    }
    tags.extend(tax.map(|word| view! { <Tag kind=TagKind::Accent>{word}</Tag> }.into_any()));
    if card.unverified {
        tags.push(view! { <Tag kind=TagKind::Doubt>{text::unverified(lang)}</Tag> }.into_any());
    }
    if let Some(metro) = &card.metro {
        let near = text::near_metro(lang, metro.metres, metro.name.clone());
        tags.push(view! { <Tag>{near}</Tag> }.into_any());
    }
    if let Some(decoration) = card.decoration {
        tags.push(view! { <Tag>{words::decoration(lang, decoration)}</Tag> }.into_any());
    }
    if card.elevator == Some(true) {
        tags.push(view! { <Tag>{fact::elevator_yes(lang)}</Tag> }.into_any());
    }
    tags.truncate(3);
    tags
}

fn life(lang: Lang, card: &Card) -> String {
    let days =
        if card.days <= 0 { text::listed_today(lang).to_owned() } else { text::days_on_market(lang, card.days) };
    match card.versus_median {
        Some(below) if below <= -10 => format!("{days} · {}", text::versus_below(lang, tenths(below))),
        _ => days,
    }
}

/// Per mille as percent with one decimal.
pub(super) fn tenths(per_mille: i32) -> String {
    let value = per_mille.unsigned_abs();
    if value.is_multiple_of(10) { format!("{}", value / 10) } else { format!("{}.{}", value / 10, value % 10) }
}

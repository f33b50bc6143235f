//! Cards as they were drawn: most pages of a gallery show homes that another page has shown.

use super::card::{HomeCard, Purse};
use crate::portal::saved::saved;
use domain::Lang;
use domain::listing::Card;
use domain::saved::Shelf;
use leptos::prelude::*;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// Cards that are kept, about three kilobytes each; at most so many.
const MOST: usize = 2_000;

/// The cards that were drawn lately. A card is drawn again when anything on it has changed, so that nobody has to tell.
#[derive(Clone, Debug, Default)]
pub struct Drawn(Arc<Mutex<Kept>>);

/// Cards and their HTML.
type Kept = HashMap<Key, (Card, Arc<str>)>;

/// Number of the home, language, whether its picture loads at once.
type Key = (i64, Lang, bool);

impl Drawn {
    fn card(&self, key: Key, card: Card, draw: impl FnOnce(Card) -> Arc<str>) -> Arc<str> {
        let kept = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, html)) = kept().get(&key).filter(|(of, _)| *of == card) {
            return html.clone();
        }
        let html = draw(card.clone());
        let mut kept = kept();
        if kept.len() >= MOST {
            kept.clear();
        }
        kept.insert(key, (card, html.clone()));
        html
    }
}

/// A home in a list, as an item of it. The first ones of a page load their pictures at once.
#[component]
pub(crate) fn HomeItem(
    lang: Lang,
    card: Card,
    #[prop(optional)] first: bool,
    /// With what purse the home is looked at.
    #[prop(optional)]
    purse: Purse,
) -> impl IntoView {
    // Markers between texts are for hydration, which cards do without.
    let draw = |card| view! { <HomeCard lang card first purse/> }.to_html().replace("<!>", "").into();
    let saved = saved();
    let marked = Shelf::ALL.iter().any(|shelf| saved.on(*shelf).contains(&card.code));
    let html: Arc<str> = match use_context::<Drawn>().filter(|_| !marked && purse == Purse::default()) {
        Some(drawn) => drawn.card((card.code.number(), lang, first), card, draw),
        None => draw(card),
    };
    view! { <li inner_html=html></li> }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::listing::ListingState;
    use domain::place::PlaceName;
    use domain::{Area, Fen, ListingCode, Slug, UnitPrice};

    fn card() -> Card {
        let place = PlaceName { slug: Slug::parse("gulou").unwrap(), name: "鼓楼".into() };
        let (price, area_built) = (Fen::from_wan(239), Area(8_960));
        Card {
            code: ListingCode::new(2026, 11, 1),
            version: 1,
            city: place.clone(),
            district: place.clone(),
            circle: place.clone(),
            community: place,
            state: ListingState::Active,
            price,
            first_price: price,
            unit_price: UnitPrice::of(price, area_built).unwrap(),
            layout: None,
            area_built,
            area_inner: None,
            facing: domain::listing::Facing::default(),
            floor_band: None,
            floor: None,
            storeys: None,
            built_year: None,
            decoration: None,
            elevator: None,
            holding: None,
            only_home: None,
            any_time: false,
            metro: None,
            listed_on: chrono::NaiveDate::default(),
            days: 1,
            unverified: false,
            has_verify_code: false,
            versus_median: None,
            media: Vec::new(),
        }
    }

    #[test]
    fn a_card_is_drawn_once_until_it_changes_and_no_more_are_kept_than_there_is_room() {
        let (drawn, mut times) = (Drawn::default(), 0);
        let card = card();
        let mut ask = |card: &Card, lang| {
            let before = times;
            drawn.card((card.code.number(), lang, false), card.clone(), |_| {
                times += 1;
                "x".into()
            });
            times > before
        };
        assert!(ask(&card, Lang::Zh) && !ask(&card, Lang::Zh) && ask(&card, Lang::En));
        let cheaper = Card { price: domain::Fen(card.price.0 - 1), ..card.clone() };
        assert!(ask(&cheaper, Lang::Zh) && !ask(&cheaper, Lang::Zh));
        for number in 0..2 * MOST as i64 {
            drawn.card((number, Lang::Zh, false), card.clone(), |_| "x".into());
        }
        assert!(drawn.0.lock().unwrap().len() <= MOST);
    }
}

//! The small stock as it was lived: offers, price changes and moves one by one on their days, through the same
//! doors as an agent's.

use super::Filling;
use super::price;
use chrono::{Days, NaiveDate, NaiveTime};
use domain::listing::ListingState;
use domain::{Fen, ListingCode};
use std::collections::HashMap;
use store::listing::{Change, Edit, NewHome, change, insert};
use store::{Moment, Scope, StoreError, StoreResult, Tx};

/// Homes on sale that were on the market before.
const RELISTED: usize = 5;
/// Homes on sale with an offer accepted.
const UNDER_OFFER: usize = 4;

struct Step {
    on: NaiveDate,
    home: usize,
    act: Act,
}

enum Act {
    List(Box<NewHome>),
    Change(Change<'static>),
}

/// Writes the whole small stock. Call inside a write transaction.
pub(super) async fn live(filling: &Filling<'_>, tx: &Tx) -> StoreResult<()> {
    let mut steps = script(filling);
    // Stable: what happens to a home on one day stays in order, and so do the homes of one day.
    steps.sort_by_key(|step| step.on);
    let scope = Scope::of(filling.actor);
    let mut open: HashMap<usize, (ListingCode, i64)> = HashMap::new();
    for Step { on, home, act } in steps {
        let at = noon(on).min(filling.at);
        match act {
            Act::List(new) => {
                let codes = insert(tx, at, filling.actor, filling.city_id, vec![*new]).await?;
                open.extend(codes.into_iter().map(|code| (home, (code, 1))));
            }
            Act::Change(to) => {
                let (code, version) = listed(&mut open, home)?;
                let edit = Edit { scope: &scope, at, actor: filling.actor, code, seen: *version };
                *version = change(tx, &edit, to).await?;
            }
        }
    }
    Ok(())
}

/// The newest offer of a home and its version.
fn listed(open: &mut HashMap<usize, (ListingCode, i64)>, home: usize) -> StoreResult<&mut (ListingCode, i64)> {
    open.get_mut(&home).ok_or_else(|| StoreError::corrupt("a home of the demo changed before it was listed"))
}

fn script(filling: &Filling<'_>) -> Vec<Step> {
    let world = filling.world;
    let homes: Vec<NewHome> = (0..world.homes()).map(|index| filling.new_home(index)).collect();
    // By lot, so that neither stands at regular places of the list.
    let mut lots: Vec<usize> = (0..world.public).collect();
    lots.sort_by_key(|index| world.dice(*index, "lot").next());
    let (under_offer, rest) = lots.split_at(UNDER_OFFER);
    let relisted: Vec<usize> = rest.iter().copied().filter(|i| long_held(&homes[*i])).take(RELISTED).collect();
    let mut steps = Vec::new();
    for (index, new) in homes.into_iter().enumerate() {
        if relisted.contains(&index) {
            steps.extend(earlier_spell(filling, index, new.clone()));
        }
        let outcome = world.off_market(index).or(under_offer.contains(&index).then_some(ListingState::UnderOffer));
        let start = match outcome {
            Some(state @ (ListingState::Draft | ListingState::PendingVerify)) => state,
            _ => ListingState::Active,
        };
        let path = outcome.map_or(&[][..], path_to);
        let mut from = new.listing.prices.last().map_or(new.listing.listed_on, |p| p.0);
        if outcome == Some(ListingState::UnderOffer) {
            // Nobody waits longer than a month or two for the contract.
            let days = world.dice(index, "offer").within(4..=40);
            from = from.max(world.today - Days::new(days as u64));
        }
        steps.extend(spell(index, new, start));
        // The moves at equal distances between the last change of price and today.
        let gap = (world.today - from).num_days() as u64;
        steps.extend(path.iter().zip(1..).map(|((state, reason), n)| Step {
            on: from + Days::new(gap * n / (path.len() as u64 + 1)),
            home: index,
            act: Act::Change(Change::State { to: *state, reason: Some(reason) }),
        }));
    }
    steps
}

/// Whether its owner had it long enough to have offered it before.
fn long_held(home: &NewHome) -> bool {
    let papers = [home.room.last_sale, home.room.certificate_on, home.room.deed_tax_on];
    papers.into_iter().flatten().all(|day| day + Days::new(700) < home.listing.listed_on)
}

/// The offer at its first price, then every change on its day.
fn spell(home: usize, mut new: NewHome, start: ListingState) -> Vec<Step> {
    let prices = std::mem::take(&mut new.listing.prices);
    new.listing.prices.extend(prices.first());
    new.listing.state = start;
    let listed = Step { on: new.listing.listed_on, home, act: Act::List(Box::new(new)) };
    let cut = |to| Act::Change(Change::Price { to, evidence: None });
    let changes = prices.into_iter().skip(1).map(move |(on, price)| Step { on, home, act: cut(price) });
    std::iter::once(listed).chain(changes).collect()
}

/// The same room on the market half a year or more ago, dearer, and withdrawn.
fn earlier_spell(filling: &Filling<'_>, index: usize, mut new: NewHome) -> Vec<Step> {
    let mut dice = filling.world.dice(index, "earlier");
    let ended = new.listing.listed_on - Days::new(dice.within(25..=150) as u64);
    let listed = ended - Days::new(dice.within(60..=240) as u64);
    let first = new.listing.prices.first().map_or(Fen(0), |p| p.1);
    let asked = price::before(&mut dice, first).max(first);
    new.listing.prices = price::history(&mut dice, listed, ended - Days::new(10), asked);
    new.listing.listed_on = listed;
    // Codes are of one year; this one is the later offer's.
    new.listing.verify_code = None;
    let withdrawn = Act::Change(Change::State { to: ListingState::Withdrawn, reason: Some("业主暂不出售") });
    let mut steps = spell(index, new, ListingState::Active);
    steps.push(Step { on: ended, home: index, act: withdrawn });
    steps
}

/// How a listing comes to a state.
fn path_to(state: ListingState) -> &'static [(ListingState, &'static str)] {
    use ListingState::{Paused, PlatformPool, Sold, SoldByOther, StorePool, UnderOffer, Withdrawn};
    match state {
        UnderOffer => &[(UnderOffer, "已收定金")],
        Paused => &[(Paused, "业主出差，暂缓带看")],
        Sold => &[(UnderOffer, "已收定金"), (Sold, "已过户")],
        Withdrawn => &[(Withdrawn, "业主改为自住")],
        SoldByOther => &[(SoldByOther, "他司成交")],
        StorePool => &[(StorePool, "超期未维护")],
        PlatformPool => &[(StorePool, "超期未维护"), (PlatformPool, "超期未认领")],
        _ => &[],
    }
}

fn noon(on: NaiveDate) -> Moment {
    // Noon in the firm's zone, which is eight hours ahead.
    let noon = NaiveTime::from_hms_opt(4, 0, 0).unwrap_or_default();
    Moment(on.and_time(noon).and_utc().timestamp_millis())
}

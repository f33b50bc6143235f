//! A page of results: the rows next to a place in the order, found without sorting all of them.

use crate::facts::{Axis, Facts};
use crate::plan::Plan;
use crate::search::Hits;
use domain::listing::{Cursor, Filter, Sort};

/// Looking at the key of a row costs about as much as this many steps along an order.
const KEY_STEPS: usize = 4;
/// Steps along an order for each row that fits, before all of those are looked at instead.
const WALK_STEPS: usize = 4;

/// The most rows of a page; more are never asked for.
const MOST: usize = 1_000_000;

/// The ids of a page and its neighbours.
pub(crate) struct Page {
    pub(crate) ids: Vec<i64>,
    pub(crate) offset: u32,
    pub(crate) next: Option<Cursor>,
    pub(crate) previous: Option<Cursor>,
}

/// A place in an order: the key and id of a row, turned round where the order descends, so that it always rises.
type Spot = (i64, i64);

#[derive(Clone, Copy)]
struct Order {
    axis: Axis,
    down: bool,
}

impl Order {
    const fn of(sort: Sort) -> Self {
        let (axis, down) = match sort {
            Sort::Newest => (Axis::Listed, true),
            Sort::PriceUp => (Axis::Price, false),
            Sort::PriceDown => (Axis::Price, true),
            Sort::UnitUp => (Axis::Unit, false),
            Sort::UnitDown => (Axis::Unit, true),
            Sort::AreaUp => (Axis::Area, false),
            Sort::AreaDown => (Axis::Area, true),
            Sort::Cut => (Axis::Cut, true),
            Sort::Value => (Axis::Value, false),
        };
        Self { axis, down }
    }

    const fn turned(self) -> Self {
        Self { axis: self.axis, down: !self.down }
    }

    /// A row's spot from its key and id, and back again.
    const fn spot(self, (key, id): (i64, i64)) -> Spot {
        if self.down { turn((key, id)) } else { (key, id) }
    }
}

/// Reverses the order of spots; unlike negation it never overflows.
const fn turn((key, id): Spot) -> Spot {
    (!key, !id)
}

pub(crate) fn page(plan: &Plan, hits: &Hits, filter: &Filter, total: u32, limit: usize) -> Page {
    let limit = limit.min(MOST);
    let order = Order::of(filter.order());
    let after = filter.after.map(|cursor| order.spot((cursor.key, cursor.row)));
    let before = filter.before.filter(|_| after.is_none()).map(|cursor| order.spot((cursor.key, cursor.row)));
    let walk = |from: Option<Spot>, len: usize| next_spots(plan, hits, order, from, len);
    let back = |from: Spot, len: usize| {
        let spots = next_spots(plan, hits, order.turned(), Some(turn(from)), len);
        spots.into_iter().map(turn).collect::<Vec<_>>()
    };
    let (spots, earlier, later) = if let Some(before) = before {
        let mut spots = back(before, limit + 1);
        let earlier = spots.len() > limit;
        spots.truncate(limit);
        spots.reverse();
        let last = spots.last().copied().unwrap_or((before.0, before.1.saturating_sub(1)));
        (spots, earlier, !walk(Some(last), 1).is_empty())
    } else {
        let mut spots = walk(after, limit + 1);
        let later = spots.len() > limit;
        spots.truncate(limit);
        let earlier = after.is_some_and(|after| {
            let first = spots.first().copied().unwrap_or((after.0, after.1.saturating_add(1)));
            !back(first, 1).is_empty()
        });
        (spots, earlier, later)
    };
    let told = filter.after.or(filter.before).map_or(0, |cursor| cursor.at);
    let offset = if earlier { told.min(total.saturating_sub(spots.len() as u32)) } else { 0 };
    let cursor = |spot: Spot, at: u32| {
        let (key, row) = order.spot(spot);
        Cursor { key, row, at }
    };
    // Beside an empty page its neighbours begin where the page itself was asked for.
    let first = spots.first().copied().or(after.map(|(key, id)| (key, id.saturating_add(1)))).filter(|_| earlier);
    let last = spots.last().copied().or(before.map(|(key, id)| (key, id.saturating_sub(1)))).filter(|_| later);
    Page {
        ids: spots.iter().map(|spot| order.spot(*spot).1).collect(),
        offset,
        next: last.map(|spot| cursor(spot, offset + spots.len() as u32)),
        previous: first.map(|spot| cursor(spot, offset.saturating_sub(limit as u32))),
    }
}

/// The first `len` spots after one, in their order.
fn next_spots(plan: &Plan, hits: &Hits, order: Order, from: Option<Spot>, len: usize) -> Vec<Spot> {
    let base = plan.base();
    let after = |spot: &Spot| from.is_none_or(|from| *spot > from);
    let mut spots = match walked(plan, hits, order, from, len) {
        Some(spots) => spots,
        None => {
            let mut spots = Vec::with_capacity(hits.count);
            hits.each(plan, |row| spots.push(order.spot((base.key(order.axis, row), base.rows.id(row)))));
            spots.retain(after);
            spots
        }
    };
    let fresh = plan.fresh.iter().filter(|(fails, _)| *fails == 0);
    let keyed = fresh.map(|(_, row)| order.spot((row.key(order.axis, base.median(row.slot)), row.id)));
    spots.extend(keyed.filter(after));
    if spots.len() > len {
        spots.select_nth_unstable(len);
        spots.truncate(len);
    }
    spots.sort_unstable();
    spots
}

/// The same of the base alone by walking along the order, where that is short.
fn walked(plan: &Plan, hits: &Hits, order: Order, from: Option<Spot>, len: usize) -> Option<Vec<Spot>> {
    let base = plan.base();
    let rows = base.order(order.axis);
    // So many steps are to be expected, or so many keys to be looked at instead.
    if len.saturating_mul(rows.len()) > hits.count * hits.count * KEY_STEPS {
        return None;
    }
    let pair = |row: &u32| (base.key(order.axis, *row as usize), base.rows.id(*row as usize));
    let rank = |from: Spot| rows.partition_point(|row| pair(row) < from);
    let rest = match from {
        None => rows,
        Some(from) if order.down => &rows[..rank(turn(from))],
        Some((key, id)) => &rows[id.checked_add(1).map_or(rows.len(), |id| rank((key, id)))..],
    };
    let (shift, most) = (hits.window.start * 64, hits.count * WALK_STEPS + len);
    let (mut spots, mut steps) = (Vec::new(), 0);
    for at in 0..rest.len() {
        let row = &rest[if order.down { rest.len() - 1 - at } else { at }];
        if spots.len() == len {
            break;
        }
        steps += 1;
        if steps > most {
            plan.worked(steps);
            return None;
        }
        let inside = (*row as usize).checked_sub(shift).is_some_and(|at| crate::bits::has(&hits.words, at));
        if inside {
            spots.push(order.spot(pair(row)));
        }
    }
    plan.worked(steps);
    Some(spots)
}

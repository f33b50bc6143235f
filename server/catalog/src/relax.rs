//! When nothing fits: the smallest changes to the conditions that bring results.

use crate::Catalog;
use crate::bits;
use crate::facts::Facts;
use crate::field::Field;
use crate::plan::Plan;
use crate::row::{NO_METRES, Packed};
use crate::search::Hits;
use chrono::NaiveDate;
use domain::listing::{Filter, Range, Relaxation, Tag};
use domain::place::Level;

/// The most changes that are proposed.
const MOST: usize = 6;
/// Metres are widened to a multiple of this.
const METRES: i64 = 100;
/// The sizes of changes that are no figures, beside the per mille that a range is widened by.
const NEIGHBOURS: i64 = 200;
const MARK: i64 = 300;
const FIELD: i64 = 500;
const PLACE: i64 = 700;

/// A condition that can be dropped: a field, or one mark.
#[derive(Clone, Copy)]
struct Condition {
    field: Field,
    tag: Option<Tag>,
}

impl Condition {
    const fn size(self) -> i64 {
        match self.field {
            Field::Tag => MARK,
            Field::District | Field::Circle | Field::Community | Field::Line | Field::Text => PLACE,
            _ => FIELD,
        }
    }

    fn drop(self, filter: &mut Filter) {
        match self.field {
            Field::City => filter.city = None,
            Field::District => filter.district.clear(),
            Field::Circle => filter.circle.clear(),
            Field::Community => filter.community.clear(),
            Field::Line => filter.line.clear(),
            Field::Rooms => filter.rooms.clear(),
            Field::Facing => filter.facing.clear(),
            Field::Floor => filter.floor.clear(),
            Field::Decoration => filter.decoration.clear(),
            Field::Elevator => filter.elevator.clear(),
            Field::Heating => filter.heating.clear(),
            Field::Building => filter.building.clear(),
            Field::Structure => filter.structure.clear(),
            Field::Kind => filter.kind.clear(),
            Field::Ownership => filter.ownership.clear(),
            Field::Usage => filter.usage.clear(),
            Field::Holding => filter.holding.clear(),
            Field::Tag => filter.tag.retain(|tag| Some(*tag) != self.tag),
            Field::Text => filter.q.clear(),
            ranges => {
                if let Some(range) = range_of(filter, ranges) {
                    *range = Range::default();
                }
            }
        }
    }
}

/// A change with its size.
type Change = (i64, Relaxation);

pub(crate) fn relaxations(catalog: &Catalog, filter: &Filter, today: NaiveDate) -> Vec<Relaxation> {
    let filter = filter.first_page();
    let plan = Plan::new(catalog, &filter, today);
    let conditions = Conditions::of(&plan);
    let mut changes = Vec::new();
    for (at, hits) in conditions.without_each(&plan) {
        changes.extend(conditions.change(catalog, &plan, &filter, at, &hits, today));
    }
    changes.extend(neighbours(catalog, &filter, today));
    if changes.is_empty() {
        changes = conditions.pairs(&plan, &filter);
    }
    changes.sort_by(|(size, a), (other, b)| (size, b.gain).cmp(&(other, a.gain)));
    changes.into_iter().map(|(_, change)| change).take(MOST).collect()
}

/// All conditions of a plan as sets of rows, and which of them every fresh listing fails.
struct Conditions {
    all: Vec<(Condition, Vec<u64>)>,
    fresh: Vec<(u64, Packed)>,
}

impl Conditions {
    fn of(plan: &Plan) -> Self {
        let places = plan.places.iter().map(|(field, slots)| (*field, None, plan.rows_of(slots)));
        let homes = plan.homes.iter().map(|(field, tag, rows)| (*field, *tag, rows.clone()));
        let all: Vec<_> = places.chain(homes).map(|(field, tag, rows)| (Condition { field, tag }, rows)).collect();
        let fails = |(fails, row): &(u32, &Packed)| {
            let marks = row.values(Field::Tag, &plan.daily.day, plan.base().median(row.slot));
            let failing = all.iter().enumerate().filter(|(_, (condition, _))| match condition.tag {
                Some(tag) => marks >> tag.ordinal() & 1 == 0,
                None => fails & condition.field.bit() != 0,
            });
            (failing.fold(0, |set, (at, _)| set | 1 << at), **row)
        };
        let fresh = plan.fresh.iter().map(fails).collect();
        Self { all, fresh }
    }

    /// For every condition the rows that meet all others.
    fn without_each(&self, plan: &Plan) -> Vec<(usize, Hits)> {
        let sets: Vec<&[u64]> = self.all.iter().map(|(_, rows)| &rows[..]).collect();
        let others = bits::without_each(plan.live(), &sets);
        others.into_iter().map(|words| Hits::new(plan, words, 0)).enumerate().collect()
    }

    /// The change to one condition: a range becomes just wide enough, anything else is dropped.
    fn change(
        &self,
        catalog: &Catalog,
        plan: &Plan,
        filter: &Filter,
        at: usize,
        hits: &Hits,
        today: NaiveDate,
    ) -> Vec<Change> {
        let condition = self.all[at].0;
        let fresh = self.fresh.iter().filter(|(fails, _)| fails & !(1 << at) == 0).map(|(_, row)| *row);
        let gain = hits.count as u32 + fresh.clone().count() as u32;
        if gain == 0 {
            return Vec::new();
        }
        let widened = widened(plan, filter, condition.field, hits, fresh);
        if widened.is_empty() {
            let mut filter = filter.clone();
            condition.drop(&mut filter);
            return vec![(condition.size(), relaxation(&[condition], filter, gain))];
        }
        let counted = widened.into_iter().map(|(size, filter)| {
            let gain = catalog.count(&filter, today);
            (size, relaxation(&[condition], filter, gain))
        });
        counted.collect()
    }

    /// Two conditions dropped at once.
    fn pairs(&self, plan: &Plan, filter: &Filter) -> Vec<Change> {
        let mut changes = Vec::new();
        for first in 0..self.all.len() {
            let mut before = plan.live().to_vec();
            self.all[..first].iter().for_each(|(_, rows)| bits::and(&mut before, rows));
            let later: Vec<&[u64]> = self.all[first + 1..].iter().map(|(_, rows)| &rows[..]).collect();
            for (second, others) in (first + 1..).zip(bits::without_each(&before, &later)) {
                let fits = bits::count(&others);
                let pair = 1_u64 << first | 1 << second;
                let gain = fits + self.fresh.iter().filter(|(fails, _)| fails & !pair == 0).count() as u32;
                if gain > 0 {
                    let both = [self.all[first].0, self.all[second].0];
                    let mut filter = filter.clone();
                    both.iter().for_each(|condition| condition.drop(&mut filter));
                    let size = both.iter().map(|condition| condition.size()).sum();
                    changes.push((size, relaxation(&both, filter, gain)));
                }
            }
        }
        changes
    }
}

/// The filters whose range reaches just far enough down or up to the nearest of some rows.
fn widened(
    plan: &Plan,
    filter: &Filter,
    field: Field,
    hits: &Hits,
    fresh: impl Iterator<Item = Packed>,
) -> Vec<(i64, Filter)> {
    let range = field.range(filter);
    if range.is_open() {
        return Vec::new();
    }
    let scaled = field.scaled(range);
    let (mut below, mut above): (Option<i64>, Option<i64>) = (None, None);
    let mut add = |value: Option<i64>| {
        let Some(value) = value else { return };
        if scaled.min.is_some_and(|min| value < min) {
            below = Some(below.map_or(value, |best| best.max(value)));
        } else if scaled.max.is_some_and(|max| value > max) {
            above = Some(above.map_or(value, |best| best.min(value)));
        }
    };
    let rows = &plan.base().rows;
    hits.each(plan, |row| add(value(plan, field, &rows.at(row), rows.at(row).slot())));
    fresh.for_each(|row| add(value(plan, field, &row, row.slot)));
    let step = if matches!(field, Field::Metro | Field::School) { METRES } else { 1 };
    let unit = field.scale() * step;
    let lower = below.zip(range.min).map(|(value, old)| {
        let min = value.div_euclid(unit) * step;
        (old - min, old, Range { min: Some(min).filter(|min| *min > 0), max: range.max })
    });
    let upper = above.zip(range.max).map(|(value, old)| {
        let max = (value + unit - 1).div_euclid(unit) * step;
        (max - old, old, Range { min: range.min, max: Some(max) })
    });
    let apply = |(change, old, range): (i64, i64, Range)| {
        let mut filter = filter.clone();
        if let Some(old) = range_of(&mut filter, field) {
            *old = range;
        }
        (change.saturating_mul(1000) / old.max(1), filter)
    };
    lower.into_iter().chain(upper).map(apply).collect()
}

/// What a range of the field is compared with, for homes and for their communities.
fn value(plan: &Plan, field: Field, row: &impl Facts, slot: u32) -> Option<i64> {
    let atlas = &plan.base().atlas;
    let metres = |metres: i32| (metres != NO_METRES).then_some(i64::from(metres));
    match field {
        Field::Metro => metres(atlas.metro[slot as usize]),
        Field::School => metres(atlas.school[slot as usize]),
        _ => row.value(field, &plan.daily.day),
    }
}

/// The chosen circles together with all others of their districts.
fn neighbours(catalog: &Catalog, filter: &Filter, today: NaiveDate) -> Option<Change> {
    let atlas = &catalog.base.atlas;
    let places = &atlas.places;
    let city = filter.city.as_ref().map(|slug| atlas.city(slug).ok_or(())).transpose().ok()?;
    let chosen = filter.circle.iter().flat_map(|slug| atlas.find(city, Level::Circle, slug));
    let districts: Vec<u32> = chosen.map(|at| places.circles[at as usize].1).collect();
    let around = places.circles.iter().filter(|(_, district)| districts.contains(district));
    let mut wider = filter.clone();
    wider.circle = around.map(|(place, _)| place.slug.clone()).collect();
    wider.circle.sort();
    wider.circle.dedup();
    // A proposal must fit into an address.
    let pairs = wider.pairs();
    let whole = Filter::read(pairs.iter().map(|(field, value)| (*field, value.as_str()))).problems.is_empty();
    let gain = if whole && wider.circle.len() > filter.circle.len() { catalog.count(&wider, today) } else { 0 };
    let circle = Condition { field: Field::Circle, tag: None };
    (gain > 0).then(|| (NEIGHBOURS, relaxation(&[circle], wider, gain)))
}

fn relaxation(conditions: &[Condition], filter: Filter, gain: u32) -> Relaxation {
    let names: Vec<_> = conditions.iter().map(|condition| condition.field.name()).collect();
    Relaxation { field: names.join(","), filter, gain }
}

fn range_of(filter: &mut Filter, field: Field) -> Option<&mut Range> {
    Some(match field {
        Field::Price => &mut filter.price,
        Field::Unit => &mut filter.unit,
        Field::Area | Field::Inner => &mut filter.area,
        Field::Age => &mut filter.age,
        Field::Days => &mut filter.days,
        Field::Cut => &mut filter.cut,
        Field::Metro => &mut filter.metro,
        Field::School => &mut filter.school,
        _ => return None,
    })
}

//! The count of every choice of every field, and the histograms behind the sliders.
//!
//! The count of a value is what fits with it while all other fields stay as they are: every field is counted
//! over the rows that meet the conditions of the others. Marks narrow, so theirs are counted over what fits.

use crate::base::{BINS, SPREADS, bin};
use crate::bits;
use crate::columns::weigh;
use crate::facts::Facts;
use crate::field::{Field, HOME_FIELDS};
use crate::plan::Plan;
use crate::search::Hits;
use domain::Slug;
use domain::listing::{FacetGroup, FacetValue, Facets, Filter, Histogram};
use domain::place::Level;
use std::borrow::Cow;
use std::cmp::Reverse;

/// The most districts and circles, and the most communities that are offered besides the chosen ones.
const MOST_AREAS: usize = 60;
const MOST_COMMUNITIES: usize = 40;

/// Counts all choices. `homes` meets the conditions on homes, `hits` meets all.
pub(crate) fn facets(plan: &Plan, filter: &Filter, homes: Vec<u64>, hits: Hits) -> Facets {
    let mut groups = place_groups(plan, filter, homes);
    let near = groups.split_off(groups.len() - 3);
    let others = without_each(plan);
    let over = |field: Field| others.iter().find(|(one, _)| *one == field).map_or(&hits, |(_, hits)| hits);
    let offered = |field: &Field| !matches!(field, Field::Area | Field::Inner) || *field == plan.area;
    for field in HOME_FIELDS.into_iter().filter(offered) {
        groups.push(group(field, &tally(plan, field, over(field))));
    }
    groups.extend(near);
    let steps = plan.base().steps(plan.city);
    let histogram = |(at, step): (usize, i64)| {
        let field = if SPREADS[at].0 == Field::Area { plan.area } else { SPREADS[at].0 };
        let bins = bins(plan, at, field, step, over(field));
        Histogram { field: field.name().to_owned(), step, bins: bins.to_vec() }
    };
    let histograms = steps.into_iter().enumerate().map(histogram).collect();
    Facets { groups, histograms }
}

/// For every field of homes with a condition, but marks: the rows that meet all other conditions.
fn without_each(plan: &Plan) -> Vec<(Field, Hits)> {
    if plan.homes.iter().all(|(field, ..)| *field == Field::Tag) {
        return Vec::new();
    }
    let mut before = plan.live().to_vec();
    if !plan.places.is_empty() {
        bits::and(&mut before, &plan.rows_of(&plan.slots_without(None)));
    }
    let mut others = Vec::new();
    for ((field, _, rows), rest) in plan.homes.iter().zip(rests(plan.homes.iter().map(|(.., rows)| &rows[..]))) {
        if *field != Field::Tag {
            let mut words = before.clone();
            if let Some(rest) = rest {
                bits::and(&mut words, &rest);
            }
            others.push((*field, Hits::new(plan, words)));
        }
        bits::and(&mut before, rows);
        plan.worked(rows.len() * 3);
    }
    others
}

/// For every set what all sets after it share; `None` after the last.
pub(crate) fn rests<'a>(sets: impl DoubleEndedIterator<Item = &'a [u64]>) -> Vec<Option<Vec<u64>>> {
    let mut rests = Vec::new();
    let mut rest: Option<Vec<u64>> = None;
    for set in sets.rev() {
        rests.push(rest.clone());
        let mut both = set.to_vec();
        if let Some(rest) = rest {
            bits::and(&mut both, &rest);
        }
        rest = Some(both);
    }
    rests.reverse();
    rests
}

/// How many rows have each value of a field.
fn tally(plan: &Plan, field: Field, hits: &Hits) -> Vec<u32> {
    let (base, day) = (plan.base(), &plan.daily.day);
    let mut counts = vec![0; field.width()];
    let add = |counts: &mut [u32], mut values: u32| {
        while values != 0 {
            counts[values.trailing_zeros() as usize] += 1;
            values &= values - 1;
        }
    };
    if hits.is_few(field.width()) {
        hits.each(plan, |row| add(&mut counts, base.values(field, day, row)));
    } else {
        for (count, set) in counts.iter_mut().zip(base.sets(&plan.daily, field)) {
            *count = set.count_in(&hits.words, &plan.window);
        }
        plan.worked(counts.len() * plan.window.len());
    }
    for row in fresh(plan, field) {
        add(&mut counts, row.values(field, day, base.median(row.slot)));
    }
    counts
}

/// How many rows fall into each bin.
fn bins(plan: &Plan, at: usize, field: Field, step: i64, hits: &Hits) -> [u32; BINS] {
    let base = plan.base();
    let dense = !hits.is_few(BINS);
    let mut counts = if dense {
        plan.worked(BINS * plan.window.len());
        let at = if field == Field::Inner { SPREADS.len() } else { at };
        base.histogram(at, plan.city.is_some(), &hits.words, &plan.window)
    } else {
        [0; BINS]
    };
    let mut add = |value: Option<i64>| {
        if let Some(value) = value {
            counts[bin(value, field, step)] += 1;
        }
    };
    if !dense {
        hits.each(plan, |row| add(base.rows.at(row).measure(field)));
    }
    fresh(plan, field).for_each(|row| add(row.measure(field)));
    counts
}

/// Fresh listings that count for a field.
fn fresh<'a>(plan: &'a Plan, field: Field) -> impl Iterator<Item = &'a crate::row::Packed> + 'a {
    let own = if field == Field::Tag { 0 } else { field.bit() };
    plan.fresh.iter().filter(move |(fails, _)| fails & !own == 0).map(|(_, row)| *row)
}

fn group(field: Field, counts: &[u32]) -> FacetGroup {
    let value = |(value, count): (String, &u32)| FacetValue { value, name: None, count: *count };
    FacetGroup { field: field.name().to_owned(), values: field.values().into_iter().zip(counts).map(value).collect() }
}

/// The groups of cities (where none is chosen), districts, circles and communities, then of metro lines (of one
/// city) and distances.
fn place_groups(plan: &Plan, filter: &Filter, homes: Vec<u64>) -> Vec<FacetGroup> {
    let atlas = &*plan.base().atlas;
    let places = &atlas.places;
    let homes = slot_counts(plan, homes);
    let fitting = weights(plan, &homes, None);
    let over = |field: Field| match plan.places.iter().any(|(one, _)| *one == field) {
        true => Cow::Owned(weights(plan, &homes, Some(field))),
        false => Cow::Borrowed(&fitting[..]),
    };
    let sum = |weights: &[u32], run: &std::ops::Range<usize>| weights[run.clone()].iter().sum::<u32>();
    let mut groups = Vec::new();
    if filter.city.is_none() {
        let value = |(place, run): (&crate::Place, _)| FacetValue {
            value: place.slug.to_string(),
            name: Some(place.name.clone()),
            count: sum(&fitting, run),
        };
        let values = places.cities.iter().zip(&atlas.cities).map(value).collect();
        groups.push(FacetGroup { field: Field::City.name().to_owned(), values });
    }
    let known = filter.city.is_none() || plan.city.is_some();
    let here = |level: Level, at: u32| known && plan.city.is_none_or(|city| places.city_of(level, at) == city);

    let find = |level: Level, slugs: &[Slug]| -> Vec<u32> {
        slugs.iter().flat_map(|slug| atlas.find(plan.city, level, slug)).collect()
    };
    let chosen = find(Level::District, &filter.district);
    let weights = over(Field::District);
    let districts = (0..).zip(&atlas.districts).filter(|(at, _)| here(Level::District, *at));
    let counted = districts.map(|(at, run)| (at, sum(&weights, run))).collect();
    groups.push(offered(plan, Level::District, &chosen, counted, MOST_AREAS));

    let inside = |at: u32| filter.district.is_empty() || chosen.contains(&places.circles[at as usize].1);
    let picked = find(Level::Circle, &filter.circle);
    let weights = over(Field::Circle);
    let circles =
        (0..).zip(&atlas.circles).filter(|(at, _)| here(Level::Circle, *at) && (inside(*at) || picked.contains(at)));
    let counted = circles.map(|(at, run)| (at, sum(&weights, run))).collect();
    groups.push(offered(plan, Level::Circle, &picked, counted, MOST_AREAS));

    let weights = over(Field::Community);
    let picked = find(Level::Community, &filter.community);
    let slots = plan.slots.clone().map(|slot| (atlas.order[slot], weights[slot]));
    let counted = slots.filter(|(at, count)| *count > 0 || picked.contains(at)).collect();
    groups.push(offered(plan, Level::Community, &picked, counted, MOST_COMMUNITIES));

    let weights = over(Field::Line);
    let on = |set: &[u64]| bits::members(set).map(|slot| weights[slot]).sum();
    let lines = plan.city.map(|city| atlas.lines_of(Some(city))).into_iter().flatten();
    let value = |(line, place): (usize, &crate::Place)| FacetValue {
        value: place.slug.to_string(),
        name: Some(place.name.clone()),
        count: on(&atlas.lines[line]),
    };
    groups.push(FacetGroup { field: Field::Line.name().to_owned(), values: lines.map(value).collect() });
    for field in [Field::Metro, Field::School] {
        let weights = over(field);
        let metres = if field == Field::Metro { &atlas.metro } else { &atlas.school };
        let counts = field.bands().iter().map(|band| weigh(metres, (band.min, band.max), &weights));
        groups.push(group(field, &counts.collect::<Vec<_>>()));
    }
    plan.worked(plan.slots.len() * 6);
    groups
}

/// How many rows of a set each slot has.
fn slot_counts(plan: &Plan, rows: Vec<u64>) -> Vec<u32> {
    let base = plan.base();
    let mut counts = vec![0; base.atlas.order.len()];
    let hits = Hits::new(plan, rows);
    if hits.is_few(1) {
        hits.each(plan, |row| counts[base.rows.at(row).slot() as usize] += 1);
    } else {
        let counted = base.count_slots(plan.slots.clone(), &hits.words, &plan.window);
        counts[plan.slots.clone()].copy_from_slice(&counted);
        plan.worked(hits.words.len() + plan.slots.len());
    }
    counts
}

/// Listings by slot that meet all conditions, or all but those of one field of places.
fn weights(plan: &Plan, homes: &[u32], without: Option<Field>) -> Vec<u32> {
    let slots = plan.slots_without(without);
    let mut weights = vec![0; homes.len()];
    for slot in bits::members(&slots) {
        weights[slot] = homes[slot];
    }
    let own = without.map_or(0, Field::bit);
    for (_, row) in plan.fresh.iter().filter(|(fails, _)| fails & !own == 0) {
        weights[row.slot as usize] += 1;
    }
    plan.worked(slots.len());
    weights
}

/// The group of a level: the places with most homes, and the chosen ones wherever they stand. Districts keep the
/// order of places, others come by count. Without a city, places with the same slug are one.
fn offered(plan: &Plan, level: Level, chosen: &[u32], mut counted: Vec<(u32, u32)>, most: usize) -> FacetGroup {
    let atlas = &*plan.base().atlas;
    let mut chosen = chosen.to_vec();
    if plan.city.is_none() {
        chosen.iter_mut().for_each(|at| *at = atlas.namesake(level, *at));
        let mut sums = vec![None; crate::places::count(&atlas.places, level) as usize];
        for (at, count) in counted {
            *sums[atlas.namesake(level, at) as usize].get_or_insert(0) += count;
        }
        counted = (0..).zip(sums).filter_map(|(at, sum)| Some((at, sum?))).collect();
    }
    let rank = |(at, count): &(u32, u32)| (Reverse(*count), *at);
    if counted.len() > most {
        let (.., rest) = counted.select_nth_unstable_by_key(most - 1, rank);
        let kept: Vec<_> = rest.iter().copied().filter(|(at, _)| chosen.contains(at)).collect();
        counted.truncate(most);
        counted.extend(kept);
    }
    if level == Level::District {
        counted.sort_unstable();
    } else {
        counted.sort_unstable_by_key(rank);
    }
    let value = |(at, count): (u32, u32)| {
        let place = atlas.places.place(level, at);
        FacetValue { value: place.slug.to_string(), name: Some(place.name.clone()), count }
    };
    FacetGroup { field: level.code().to_owned(), values: counted.into_iter().map(value).collect() }
}

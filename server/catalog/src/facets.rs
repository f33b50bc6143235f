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
/// Finding the slot of a row costs about as much as counting the rows of this many slots.
const ROW_STEPS: usize = 2;

/// Counts all choices. `homes` meets the conditions on homes, `hits` meets all.
pub(crate) fn facets(plan: &Plan, filter: &Filter, homes: &[u64], hits: &Hits) -> Facets {
    let mut groups = place_groups(plan, filter, homes);
    let near = groups.split_off(groups.len() - 3);
    let others = without_each(plan);
    let over = |field: Field| others.iter().find(|(one, _)| *one == field).map_or(hits, |(_, hits)| hits);
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
    let (marks, fields): (Vec<_>, Vec<_>) = plan.homes.iter().partition(|(field, ..)| *field == Field::Tag);
    if fields.is_empty() {
        return Vec::new();
    }
    let mut whole = plan.live().to_vec();
    if !plan.places.is_empty() {
        bits::and(&mut whole, &plan.rows_of(&plan.slots_without(None)));
    }
    marks.iter().for_each(|(.., rows)| bits::and(&mut whole, rows));
    let sets: Vec<&[u64]> = fields.iter().map(|(.., rows)| &rows[..]).collect();
    plan.worked(whole.len() * (marks.len() + sets.len() * 3));
    let hits = |((field, ..), words): (&&(Field, _, _), Vec<u64>)| {
        let histogram = *field == Field::Inner || SPREADS.iter().any(|(spread, ..)| spread == field);
        let sets = field.width() + if histogram { BINS } else { 0 };
        (*field, Hits::new(plan, words, sets))
    };
    fields.iter().zip(bits::without_each(&whole, &sets)).map(hits).collect()
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
    if let Some(census) = &hits.census {
        counts.copy_from_slice(census.values(field));
    } else {
        for (count, set) in counts.iter_mut().zip(base.sets(&plan.daily, field)) {
            *count = set.count_in(&hits.words, &hits.window);
        }
        plan.worked(counts.len() * hits.words.len());
    }
    for row in fresh(plan, field) {
        add(&mut counts, row.values(field, day, base.median(row.slot)));
    }
    counts
}

/// How many rows fall into each bin.
fn bins(plan: &Plan, at: usize, field: Field, step: i64, hits: &Hits) -> [u32; BINS] {
    let base = plan.base();
    let mut counts = if let Some(census) = &hits.census {
        census.bins(at)
    } else {
        plan.worked(BINS * hits.words.len());
        let at = if field == Field::Inner { SPREADS.len() } else { at };
        base.histogram(at, plan.city.is_some(), &hits.words, &hits.window)
    };
    for value in fresh(plan, field).filter_map(|row| row.measure(field)) {
        counts[bin(value, field, step)] += 1;
    }
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
fn place_groups(plan: &Plan, filter: &Filter, homes: &[u64]) -> Vec<FacetGroup> {
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
        let mut found: Vec<u32> = slugs.iter().flat_map(|slug| atlas.find(plan.city, level, slug)).collect();
        found.sort_unstable();
        found.dedup();
        found
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
    // Without a city those with the same slug are added up first.
    let here = &weights[plan.slots.clone()];
    let least = if plan.city.is_some() { least_of(here, MOST_COMMUNITIES) } else { 1 };
    let mut counted = Vec::new();
    for (at, count) in atlas.order[plan.slots.clone()].iter().zip(here) {
        if *count >= least {
            counted.push((*at, *count));
        }
    }
    let slots = picked.iter().map(|at| (*at, atlas.slots[*at as usize] as usize));
    let inside = slots.filter(|(_, slot)| plan.slots.contains(slot));
    counted.extend(inside.map(|(at, slot)| (at, weights[slot])).filter(|(_, count)| *count < least));
    groups.push(offered(plan, Level::Community, &picked, counted, MOST_COMMUNITIES));

    let weights = over(Field::Line);
    let lines = plan.city.map(|city| atlas.lines_of(Some(city))).into_iter().flatten();
    let value = |(line, place): (usize, &crate::Place)| FacetValue {
        value: place.slug.to_string(),
        name: Some(place.name.clone()),
        count: bits::weigh(&atlas.lines[line], &weights),
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

/// The least of so many greatest weights, and 1 where fewer are greater than nothing.
fn least_of(weights: &[u32], most: usize) -> u32 {
    let (mut least, mut greatest) = (1, Vec::with_capacity(2 * most));
    for weight in weights {
        if *weight >= least {
            greatest.push(*weight);
            if greatest.len() == 2 * most {
                // Another one like the least would make no difference.
                least = *greatest.select_nth_unstable_by_key(most - 1, |weight| Reverse(*weight)).1 + 1;
                greatest.truncate(most);
            }
        }
    }
    if greatest.len() < most {
        1
    } else {
        *greatest.select_nth_unstable_by_key(most - 1, |weight| Reverse(*weight)).1
    }
}

/// How many rows of a set each slot has.
fn slot_counts(plan: &Plan, rows: &[u64]) -> Vec<u32> {
    let base = plan.base();
    let mut counts = vec![0; base.atlas.order.len()];
    let found = bits::count(rows) as usize;
    if found * ROW_STEPS < plan.slots.len() {
        let shift = plan.window.start * bits::WORD;
        bits::members(rows).for_each(|at| counts[base.rows.at(at + shift).slot() as usize] += 1);
        plan.worked(rows.len() + found);
    } else {
        let counted = base.count_slots(plan.slots.clone(), rows, &plan.window);
        counts[plan.slots.clone()].copy_from_slice(&counted);
        plan.worked(rows.len() * 2 + plan.slots.len());
    }
    counts
}

/// Listings by slot that meet all conditions, or all but those of one field of places.
fn weights(plan: &Plan, homes: &[u32], without: Option<Field>) -> Vec<u32> {
    let slots = plan.slots_without(without);
    let mut weights = homes.to_vec();
    if !plan.places.is_empty() {
        bits::keep(&slots, &mut weights);
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

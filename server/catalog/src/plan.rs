//! A filter taken apart for one catalogue: sets of communities, sets of rows, and a test for fresh listings.

use crate::Catalog;
use crate::base::{Base, Daily, SPREADS};
use crate::bits;
use crate::columns::between;
use crate::field::{Field, HOME_FIELDS};
use crate::fresh::Test;
use crate::records::bin_at;
use crate::row::Packed;
use domain::listing::{Filter, Tag};
use domain::place::Level;
use std::cell::Cell;
use std::ops::Range;
use std::sync::Arc;

pub(crate) struct Plan<'a> {
    pub(crate) catalog: &'a Catalog,
    pub(crate) daily: Arc<Daily>,
    /// The city and the field of area that the filter speaks of.
    pub(crate) city: Option<u32>,
    pub(crate) area: Field,
    /// The slots of the city.
    pub(crate) slots: Range<usize>,
    /// The words of row sets that hold the rows of the city; all row sets of the plan are cut to them.
    pub(crate) window: Range<usize>,
    /// The rows of the city that are still on sale.
    live: Vec<u64>,
    /// Conditions on places, as sets of slots.
    pub(crate) places: Vec<(Field, Vec<u64>)>,
    /// Conditions on homes, as sets of rows; one a field, and one a mark.
    pub(crate) homes: Vec<(Field, Option<Tag>, Vec<u64>)>,
    /// Fresh listings of the city with the fields that they fail.
    pub(crate) fresh: Vec<(u32, &'a Packed)>,
    /// Words and rows looked at so far.
    work: Cell<u64>,
}

impl<'a> Plan<'a> {
    pub(crate) fn new(catalog: &'a Catalog, filter: &Filter, today: chrono::NaiveDate) -> Self {
        let base = &*catalog.base;
        let atlas = &*base.atlas;
        let city = filter.city.as_ref().map(|slug| atlas.city(slug));
        let slots = match city {
            None => 0..atlas.order.len(),
            Some(city) => city.map_or(0..0, |city| atlas.cities[city as usize].clone()),
        };
        let rows = base.run(slots.clone());
        let window = rows.start / bits::WORD..if rows.is_empty() {
            rows.start / bits::WORD
        } else {
            rows.end.div_ceil(bits::WORD)
        };
        let mut live = vec![0; window.len()];
        bits::fill(&mut live, rows.start - window.start * bits::WORD..rows.end - window.start * bits::WORD);
        bits::and_not(&mut live, &catalog.dead[window.clone()]);
        let mut plan = Self {
            catalog,
            daily: base.daily(today),
            city: city.flatten(),
            area: Field::area_of(filter),
            slots,
            window,
            live,
            places: Vec::new(),
            homes: Vec::new(),
            fresh: Vec::new(),
            work: Cell::new(0),
        };
        plan.add_places(filter);
        let test = Test::new(filter);
        for field in HOME_FIELDS.into_iter().filter(|field| test.asks(*field)) {
            plan.add_home(filter, field);
        }
        plan.add_fresh(&test);
        plan
    }

    pub(crate) fn base(&self) -> &'a Base {
        &self.catalog.base
    }

    pub(crate) fn worked(&self, steps: usize) {
        self.work.set(self.work.get() + steps as u64);
    }

    pub(crate) fn work(&self) -> u64 {
        self.work.get()
    }

    /// The slots that meet the conditions on places, but for one field.
    pub(crate) fn slots_without(&self, without: Option<Field>) -> Vec<u64> {
        let mut slots = bits::none(self.base().atlas.order.len());
        bits::fill(&mut slots, self.slots.clone());
        for (_, set) in self.places.iter().filter(|(field, _)| Some(*field) != without) {
            bits::and(&mut slots, set);
        }
        slots
    }

    /// The rows of a set of slots.
    pub(crate) fn rows_of(&self, slots: &[u64]) -> Vec<u64> {
        let mut rows = vec![0; self.window.len()];
        let shift = self.window.start * bits::WORD;
        let mut put = |run: Range<usize>| {
            let run = self.base().run(run);
            bits::fill(&mut rows, run.start.max(shift) - shift..run.end.max(shift) - shift);
        };
        let mut run = self.slots.start..self.slots.start;
        for slot in bits::members(slots) {
            if slot != run.end {
                put(run.clone());
                run.start = slot;
            }
            run.end = slot + 1;
        }
        put(run);
        self.worked(self.window.len() + slots.len());
        rows
    }

    /// The rows on sale that meet the conditions on homes.
    pub(crate) fn homes_only(&self) -> Vec<u64> {
        let mut rows = self.live.clone();
        for (.., set) in &self.homes {
            bits::and(&mut rows, set);
        }
        self.worked(rows.len() * (self.homes.len() + 1));
        rows
    }

    /// Where the bins of its histograms stand in the records.
    pub(crate) fn bins(&self) -> [usize; 3] {
        let area = if self.area == Field::Inner { 3 } else { 2 };
        [0, 1, area].map(|at| bin_at(at, self.city.is_some()))
    }

    /// The rows on sale.
    pub(crate) fn live(&self) -> &[u64] {
        &self.live
    }

    fn add_places(&mut self, filter: &Filter) {
        let atlas = &*self.base().atlas;
        let levels = [
            (Field::District, Level::District, &filter.district),
            (Field::Circle, Level::Circle, &filter.circle),
            (Field::Community, Level::Community, &filter.community),
        ];
        for (field, level, slugs) in levels.into_iter().filter(|(.., slugs)| !slugs.is_empty()) {
            self.places.push((field, atlas.chosen(self.city, level, slugs)));
        }
        if !filter.line.is_empty() {
            self.places.push((Field::Line, atlas.on_lines(self.city, &filter.line)));
        }
        let distances = [(Field::Metro, &atlas.metro, filter.metro), (Field::School, &atlas.school, filter.school)];
        for (field, metres, range) in distances.into_iter().filter(|(.., range)| !range.is_open()) {
            let mut near = bits::none(metres.len());
            between(metres, (range.min, range.max), &mut near);
            self.places.push((field, near));
        }
        if !filter.q.trim().is_empty() {
            self.places.push((Field::Text, atlas.lexicon.search(atlas, &filter.q)));
        }
        let mut inside = bits::none(atlas.order.len());
        bits::fill(&mut inside, self.slots.clone());
        self.places.iter_mut().for_each(|(_, set)| bits::and(set, &inside));
        self.worked(self.places.len() * atlas.order.len());
    }

    fn add_home(&mut self, filter: &Filter, field: Field) {
        let (base, daily) = (self.base(), self.daily.clone());
        let sets = base.sets(&daily, field);
        let union = |values: u32| {
            let mut rows = vec![0; self.window.len()];
            for set in sets.iter().zip(0..).filter(|(_, at)| values >> at & 1 == 1).map(|(set, _)| set) {
                set.add_to(&mut rows, &self.window);
                self.worked(rows.len());
            }
            rows
        };
        if field == Field::Tag {
            let marks: Vec<_> = filter.tag.iter().map(|tag| (field, Some(*tag), union(1 << tag.ordinal()))).collect();
            self.homes.extend(marks);
            return;
        }
        let range = field.range(filter);
        let band = field.bands().iter().position(|band| *band == range);
        let spread = SPREADS.iter().position(|(spread, ..)| *spread == field);
        let rows = match (field.chosen(filter), band, spread) {
            (0, Some(band), _) => union(1 << band),
            (0, None, Some(spread)) => {
                let mut rows = self.live.clone();
                self.worked(base.narrow(spread, field.scaled(range), &mut rows, &self.window));
                rows
            }
            (0, None, None) => {
                self.worked(self.window.len() * bits::WORD);
                base.rows.scan(field, field.scaled(range), &daily.day, &self.window)
            }
            (values, ..) => union(values),
        };
        self.homes.push((field, None, rows));
    }

    fn add_fresh(&mut self, test: &Test) {
        let base = self.base();
        self.worked(self.catalog.fresh.len());
        for row in self.catalog.fresh.iter().filter(|row| self.slots.contains(&(row.slot as usize))) {
            let places = self.places.iter().filter(|(_, set)| !bits::has(set, row.slot as usize));
            let fails = places.fold(0, |set, (field, _)| set | field.bit());
            self.fresh.push((fails | test.fails(row, &self.daily.day, base.median(row.slot)), row));
        }
    }
}

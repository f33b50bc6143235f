//! The public gallery's read model: every published listing in memory, compact and without I/O.
//!
//! It answers any [`Filter`] with the exact total, a page of ids, the count of every choice, histograms and
//! medians, the same on every database. Most of it is a base that never changes; what changed since lies beside
//! it as a set of rows that are gone and a few fresh ones, until [`Catalog::merged`] makes a new base.
//!
//! Meaning of a filter: values of a field widen, fields narrow, marks are all needed. Both ends of ranges are
//! part of them: prices in 万元, unit prices in whole 元/㎡ of built area, areas in ㎡, the age in calendar years,
//! days from [`Row::market_on`], the cut in percent of the first price. What is unknown never meets a condition.
//! Slugs are unique within a city only; without a city they mean all places of that name. An unknown slug
//! matches nothing. A count of a choice leaves its own field's condition out; those of marks leave nothing out.
//! Orders break ties by id, ascending or descending as they do themselves. A median of an even number is the mean
//! of the two in the middle.

mod base;
mod bits;
mod columns;
mod facets;
mod facts;
mod field;
mod fresh;
mod image;
mod page;
mod places;
mod plan;
mod planes;
mod records;
mod relax;
mod row;
mod search;
mod text;

pub use places::{CommunityPlace, Place, Places};
pub use row::Row;
pub use search::Answer;

use base::Base;
use chrono::NaiveDate;
use columns::Rows;
use domain::listing::{Filter, Relaxation};
use domain::place::{Level, PlaceName};
use domain::{Slug, UnitPrice};
use facts::Facts;
use image::{Layer, Lifter, unfit};
use places::Atlas;
use plan::Plan;
use row::Packed;
use std::collections::{HashMap, HashSet};
use std::io::{self, Read, Write};
use std::sync::Arc;

/// So many fresh and gone listings together ask for a new base: every search looks at each fresh one.
const MERGE_FROM: usize = 2_000;

/// One change of the catalogue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// A listing is published, or has changed.
    Upsert(Row),
    /// The listing with this number is gone.
    Remove(i64),
}

/// Every published listing. Cheap to clone.
#[derive(Clone)]
pub struct Catalog {
    base: Arc<Base>,
    /// Rows of the base that are gone or replaced.
    dead: Arc<Vec<u64>>,
    gone: usize,
    /// Listings that are new or changed since.
    fresh: Arc<Vec<Packed>>,
}

impl Catalog {
    /// Builds the catalogue. Of rows with the same id the last counts; rows whose community is not among the
    /// places are left out.
    ///
    /// # Panics
    /// If a place names a parent that is not among the places.
    pub fn build(places: Places, mut rows: Vec<Row>, today: NaiveDate) -> Self {
        let atlas = Atlas::new(places);
        rows.reverse();
        rows.sort_by_key(|row| row.id);
        rows.dedup_by_key(|row| row.id);
        let packed = rows.iter().filter_map(|row| packed(&atlas, row)).collect();
        drop(rows);
        Self::of(Base::new(Arc::new(atlas), packed, today))
    }

    /// The catalogue after some changes, in their order. Costs in proportion to the changes since the last
    /// merge, and a bit for every listing. Medians of communities stay as they are until the next merge.
    #[must_use]
    pub fn apply(&self, changes: Vec<Change>) -> Self {
        let (mut dead, mut gone) = (self.dead.to_vec(), self.gone);
        let mut last = HashSet::new();
        // Backwards: of several changes to one listing only the last counts.
        let mut added = Vec::new();
        for change in changes.iter().rev() {
            let (id, row) = match change {
                Change::Upsert(row) => (row.id, packed(&self.base.atlas, row)),
                Change::Remove(id) => (*id, None),
            };
            if !last.insert(id) {
                continue;
            }
            if let Some(at) = self.base.find(id).filter(|at| !bits::has(&dead, *at)) {
                bits::put(&mut dead, at);
                gone += 1;
            }
            added.extend(row);
        }
        let mut fresh: Vec<Packed> = self.fresh.iter().filter(|row| !last.contains(&row.id)).copied().collect();
        fresh.extend(added);
        Self { base: self.base.clone(), dead: Arc::new(dead), gone, fresh: Arc::new(fresh) }
    }

    /// Whether so much has changed that [`Catalog::merged`] should run, somewhere where it may take seconds.
    pub fn needs_merge(&self) -> bool {
        self.gone + self.fresh.len() > MERGE_FROM
    }

    /// The same listings with everything in a new base, and medians as of now.
    #[must_use]
    pub fn merged(&self, today: NaiveDate) -> Self {
        let kept = (0..self.base.rows.len()).filter(|at| !bits::has(&self.dead, *at));
        let rows = kept.map(|at| self.base.rows.get(at)).chain(self.fresh.iter().copied()).collect();
        Self::of(Base::new(self.base.atlas.clone(), rows, today))
    }

    /// The same listings after some changes, with other places: those there were before keep their positions, more
    /// may follow. Costs as much as [`Catalog::merged`].
    #[must_use]
    pub fn moved(&self, places: Places, changes: Vec<Change>, today: NaiveDate) -> Self {
        let (old, atlas) = (&self.base.atlas, Atlas::new(places));
        let mut last: HashMap<i64, Option<Packed>> = HashMap::with_capacity(changes.len());
        for change in &changes {
            match change {
                Change::Upsert(row) => last.insert(row.id, packed(&atlas, row)),
                Change::Remove(id) => last.insert(*id, None),
            };
        }
        let kept =
            (0..self.base.rows.len()).filter(|at| !bits::has(&self.dead, *at)).map(|at| self.base.rows.get(at));
        let kept = kept.chain(self.fresh.iter().copied()).filter(|row| !last.contains_key(&row.id));
        let moved = |row: Packed| Packed { slot: atlas.slots[old.order[row.slot as usize] as usize], ..row };
        let rows = kept.map(moved).chain(last.values().copied().flatten()).collect();
        Self::of(Base::new(Arc::new(atlas), rows, today))
    }

    /// Writes everything down, for [`Catalog::read`].
    ///
    /// # Errors
    /// What `to` reports.
    pub fn write(&self, to: &mut impl Write) -> io::Result<()> {
        let mut to = Layer(to);
        self.base.lay(&mut to)?;
        to.numbers(&self.dead)?;
        to.number(self.gone as i64)?;
        Rows::new(&self.fresh).lay(&mut to)
    }

    /// The catalogue that was written, of at most `len` bytes. Answers as it did then; the day it goes by is that of
    /// each question.
    ///
    /// # Errors
    /// What `from` reports, and `InvalidData` for anything that [`Catalog::write`] has not written like this.
    pub fn read(from: &mut impl Read, len: u64) -> io::Result<Self> {
        let mut from = Lifter::new(from, len);
        let base = Base::lift(&mut from)?;
        let dead: Vec<u64> = from.numbers()?;
        let gone = usize::try_from(from.number()?).map_err(|_| unfit("a count"))?;
        let fresh = Rows::lift(&mut from)?;
        if dead.len() != base.rows.len().div_ceil(bits::WORD) || gone != bits::count(&dead) as usize {
            return Err(unfit("rows that are gone"));
        }
        let fresh = (0..fresh.len()).map(|at| fresh.get(at)).collect();
        Ok(Self { base: Arc::new(base), dead: Arc::new(dead), gone, fresh: Arc::new(fresh) })
    }

    /// How many listings there are.
    pub fn len(&self) -> usize {
        self.base.rows.len() - self.gone + self.fresh.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The places it was built with.
    pub fn places(&self) -> &Places {
        &self.base.atlas.places
    }

    /// Answers a filter as of a day with a page of at most `limit` ids and everything beside it.
    pub fn search(&self, filter: &Filter, today: NaiveDate, limit: usize) -> Answer {
        search::search(&Plan::new(self, filter, today), filter, limit)
    }

    /// The page alone: at most `limit` ids in order.
    pub fn ids(&self, filter: &Filter, today: NaiveDate, limit: usize) -> Vec<i64> {
        search::ids(&Plan::new(self, filter, today), filter, limit)
    }

    /// How many listings fit.
    pub fn count(&self, filter: &Filter, today: NaiveDate) -> u32 {
        search::count(&Plan::new(self, filter, today))
    }

    /// For every place of a level with homes that fit: its name, how many there are, and their median unit price.
    /// Conditions on places of this level are left out.
    pub fn areas(&self, filter: &Filter, level: Level, today: NaiveDate) -> Vec<(PlaceName, u32, Option<UnitPrice>)> {
        let mut wide = filter.first_page();
        match level {
            Level::District => wide.district.clear(),
            Level::Circle => wide.circle.clear(),
            Level::Community => wide.community.clear(),
        }
        let found = search::areas(&Plan::new(self, &wide, today), level);
        let name = |at| {
            let Place { slug, name } = self.base.atlas.places.place(level, at).clone();
            PlaceName { slug, name }
        };
        found.into_iter().map(|(at, count, median)| (name(at), count, median)).collect()
    }

    /// For a filter that nothing fits: up to six changes that bring results, the smallest first.
    pub fn relaxations(&self, filter: &Filter, today: NaiveDate) -> Vec<Relaxation> {
        relax::relaxations(self, filter, today)
    }

    /// The median unit price of a community and the number of homes it was taken from, as of the last merge;
    /// `None` under three homes.
    pub fn community_median(&self, community: u32) -> Option<(UnitPrice, u32)> {
        let slot = *self.base.atlas.slots.get(community as usize)?;
        Some((UnitPrice(self.base.median(slot)?), self.base.homes(slot)))
    }

    /// Per mille by which a listing's unit price differs from its community's median; negative is below.
    pub fn versus_median(&self, id: i64) -> Option<i32> {
        let row = self.row(id)?;
        row.versus(self.base.median(row.slot)).and_then(|per_mille| i32::try_from(per_mille).ok())
    }

    /// Homes on sale in a community now.
    pub fn community_on_sale(&self, community: u32) -> u32 {
        let Some(slot) = self.base.atlas.slots.get(community as usize).copied() else { return 0 };
        let run = self.base.run(slot as usize..slot as usize + 1);
        let fresh = self.fresh.iter().filter(|row| row.slot == slot).count();
        run.len() as u32 - self.base.count_slots(slot as usize..slot as usize + 1, &self.dead, &(0..0))[0]
            + fresh as u32
    }

    /// The position of a community in the places.
    pub fn community_index(&self, city: &Slug, slug: &Slug) -> Option<u32> {
        let atlas = &self.base.atlas;
        atlas.find(Some(atlas.city(city)?), Level::Community, slug).next()
    }

    /// The one place that a word names for certain, and its city: by its name, a district also without 区 or
    /// 新区, a community also by an alias or, where nothing else in the city is spelt so, by its pinyin or the
    /// initials. A wider place goes before a narrower of the same name.
    pub fn exact_place(&self, city: Option<&Slug>, word: &str) -> Option<(Level, Slug, Slug)> {
        let atlas = &self.base.atlas;
        let city = city.map(|slug| atlas.city(slug).ok_or(())).transpose().ok()?;
        atlas.lexicon.exact(atlas, city, word)
    }

    /// The metro line that a word names, as `12号线` or `12 号线`, and its city; none where two cities have one.
    pub fn exact_line(&self, city: Option<&Slug>, word: &str) -> Option<(Slug, Slug)> {
        let atlas = &self.base.atlas;
        let city = city.map(|slug| atlas.city(slug).ok_or(())).transpose().ok()?;
        let bare = |name: &str| name.replace(' ', "");
        let mut found = atlas.lines_of(city).filter(|(_, place)| bare(&place.name) == bare(word));
        let (line, place) = found.next()?;
        let city = &atlas.places.cities[atlas.places.lines[line].1 as usize];
        found.next().is_none().then(|| (place.slug.clone(), city.slug.clone()))
    }

    /// Places to suggest for a text, the likeliest first, each with its position in the places.
    pub fn find_places(&self, text: &str, limit: usize) -> Vec<(Level, u32)> {
        let atlas = &self.base.atlas;
        atlas.lexicon.suggest(atlas, text, limit, |community| self.base.homes(atlas.slots[community as usize]))
    }

    /// The name of a place.
    pub fn name_of(&self, city: Option<&Slug>, level: Level, slug: &Slug) -> Option<PlaceName> {
        self.base.atlas.name_of(city, level, slug)
    }

    fn of(base: Base) -> Self {
        let dead = Arc::new(bits::none(base.rows.len()));
        Self { base: Arc::new(base), dead, gone: 0, fresh: Arc::default() }
    }

    fn row(&self, id: i64) -> Option<Packed> {
        let fresh = self.fresh.iter().find(|row| row.id == id).copied();
        fresh.or_else(|| self.base.find(id).filter(|at| !bits::has(&self.dead, *at)).map(|at| self.base.rows.get(at)))
    }
}

fn packed(atlas: &Atlas, row: &Row) -> Option<Packed> {
    Some(Packed::new(row, *atlas.slots.get(row.community as usize)?))
}

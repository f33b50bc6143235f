//! The bulk as bytes: everything that took long to make. What finds places is made anew from them, meanwhile.

use super::{Base, DAILY_TAGS, Daily, Index, SPREADS};
use crate::bits::Set;
use crate::columns::Rows;
use crate::facts::Day;
use crate::field::{FIELDS, Field, HOME_FIELDS};
use crate::image::{Layer, Lifter, unfit};
use crate::places::{Atlas, Places};
use crate::planes::Planes;
use chrono::{Datelike, NaiveDate};
use domain::listing::Tag;
use std::io::{self, Read, Write};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

impl Base {
    pub(crate) fn lay(&self, to: &mut Layer<'_, impl Write>) -> io::Result<()> {
        self.atlas.places.lay(to)?;
        self.rows.lay(to)?;
        to.numbers(&self.offsets)?;
        to.numbers(&self.medians.iter().map(|(homes, _)| *homes).collect::<Vec<_>>())?;
        to.numbers(&self.medians.iter().map(|(_, median)| *median).collect::<Vec<_>>())?;
        lay_index(&self.index, to)?;
        to.number(self.orders.len() as i64)?;
        self.orders.iter().try_for_each(|order| to.numbers(order))?;
        to.numbers(&self.by_id)?;
        to.number(self.buckets.len() as i64)?;
        self.buckets.iter().try_for_each(|planes| planes.lay(to))?;
        to.number(self.bins.len() as i64)?;
        self.bins.iter().flatten().try_for_each(|planes| planes.lay(to))?;
        to.numbers(&self.steps)?;
        to.numbers(&self.city_steps)?;
        let daily = self.daily.lock().unwrap_or_else(PoisonError::into_inner).clone();
        to.number(daily.day.date.num_days_from_ce().into())?;
        lay_index(&daily.index, to)
    }

    pub(crate) fn lift(from: &mut Lifter<'_, impl Read>) -> io::Result<Self> {
        let places = Places::lift(from)?;
        thread::scope(|scope| {
            let atlas = scope.spawn(|| Atlas::new(places));
            let rows = Rows::lift(from)?;
            let offsets: Vec<u32> = from.numbers()?;
            let (homes, medians) = (from.numbers::<u32>()?, from.numbers::<i64>()?);
            let index = lift_index(from)?;
            let orders: Vec<Vec<u32>> = (0..from.count()?).map(|_| from.numbers()).collect::<io::Result<_>>()?;
            let by_id: Vec<u32> = from.numbers()?;
            let buckets: Vec<Planes> = (0..from.count()?).map(|_| Planes::lift(from)).collect::<io::Result<_>>()?;
            let pair = |from: &mut Lifter<'_, _>| Ok([Planes::lift(from)?, Planes::lift(from)?]);
            let bins: Vec<[Planes; 2]> = (0..from.count()?).map(|_| pair(from)).collect::<io::Result<_>>()?;
            let steps = from.numbers::<i64>()?.try_into().map_err(|_| unfit("steps"))?;
            let city_steps = from.numbers()?;
            let day = i32::try_from(from.number()?).ok().and_then(NaiveDate::from_num_days_from_ce_opt);
            let day = Day::new(day.ok_or_else(|| unfit("a day"))?);
            let mut daily = lift_index(from)?;
            share(&index, &mut daily);
            let atlas = Arc::new(atlas.join().map_err(|_| unfit("places"))?);
            let slots = atlas.order.len();
            let whole = orders.iter().chain([&by_id]).all(|order| order.len() == rows.len())
                && (offsets.len(), homes.len(), medians.len()) == (slots + 1, slots, slots)
                && (buckets.len(), city_steps.len()) == (SPREADS.len(), atlas.cities.len());
            if !whole {
                return Err(unfit("parts of different sizes"));
            }
            let medians = homes.into_iter().zip(medians).collect();
            let daily = Mutex::new(Arc::new(Daily::new(day, daily)));
            Ok(Self { atlas, rows, offsets, medians, index, orders, buckets, bins, steps, city_steps, by_id, daily })
        })
    }
}

fn lay_index(index: &Index, to: &mut Layer<'_, impl Write>) -> io::Result<()> {
    for field in HOME_FIELDS {
        let sets = &index[field as usize];
        to.number(sets.len() as i64)?;
        sets.iter().try_for_each(|set| set.lay(to))?;
    }
    Ok(())
}

fn lift_index(from: &mut Lifter<'_, impl Read>) -> io::Result<Index> {
    let mut index: Index = (0..FIELDS).map(|_| Vec::new()).collect();
    for field in HOME_FIELDS {
        index[field as usize] =
            (0..from.count()?).map(|_| Set::lift(from).map(Arc::new)).collect::<io::Result<_>>()?;
    }
    Ok(index)
}

/// Marks that stay as they are from day to day are one set again.
fn share(index: &Index, daily: &mut Index) {
    let tags = Tag::ALL.iter().zip(&index[Field::Tag as usize]).zip(&mut daily[Field::Tag as usize]);
    tags.filter(|((tag, _), _)| !DAILY_TAGS.contains(tag)).for_each(|((_, kept), set)| *set = kept.clone());
}

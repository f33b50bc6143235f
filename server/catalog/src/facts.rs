//! What is read of a listing, whether it lies in the columns of the bulk or is a fresh one.

use crate::field::Field;
use crate::row::{ANY_TIME, CODES, MARKS, NO_AREA, NO_DAY, NO_YEAR, ONLY, PHOTOS, STATED, VERIFIED};
use chrono::{Datelike, NaiveDate};
use domain::listing::{Facing, FacingChoice, Holding, HoldingBand, Tag};
use domain::{Area, Fen, UnitPrice};
use std::sync::LazyLock;

/// A listing counts as new for this many days after the day it went up.
const NEW_DAYS: i32 = 7;

/// The day that a search asks about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Day {
    pub(crate) date: NaiveDate,
    pub(crate) year: i64,
    /// Days from the common era.
    pub(crate) number: i32,
    /// Homes held since this day or before are held two years.
    two: i32,
    /// And five years.
    five: i32,
}

impl Day {
    pub(crate) fn new(date: NaiveDate) -> Self {
        let number = date.num_days_from_ce();
        let latest = |band: HoldingBand| {
            let held = |since: i32| {
                let since = NaiveDate::from_num_days_from_ce_opt(since);
                Holding::on(date, since, None, None, None).is_some_and(|holding| holding.band >= band)
            };
            // Six years are more than five, leap days included.
            let (mut yes, mut no) = (number - 6 * 366, number + 1);
            while no - yes > 1 {
                let middle = yes + (no - yes) / 2;
                *(if held(middle) { &mut yes } else { &mut no }) = middle;
            }
            yes
        };
        let year = i64::from(date.year());
        Self { date, year, number, two: latest(HoldingBand::OverTwo), five: latest(HoldingBand::OverFive) }
    }
}

/// What listings are ordered by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Axis {
    Listed,
    Price,
    Unit,
    Area,
    Cut,
    Value,
}

impl Axis {
    pub(crate) const ALL: [Self; 6] = [Self::Listed, Self::Price, Self::Unit, Self::Area, Self::Cut, Self::Value];
}

/// A listing's packed facts; see [`crate::row::Packed`].
pub(crate) trait Facts {
    fn price(&self) -> i64;
    fn area(&self) -> i32;
    fn inner(&self) -> i32;
    fn cut(&self) -> i16;
    fn year(&self) -> i16;
    fn listed(&self) -> i32;
    fn market(&self) -> i32;
    fn since(&self) -> i32;
    fn codes(&self) -> &[u8; CODES];

    /// Price ÷ built area in fen.
    fn unit(&self) -> i64 {
        UnitPrice::of(Fen(self.price()), Area(self.area())).map_or(0, |unit| unit.0)
    }

    /// What a range of the field is compared with on every day, in the unit of [`Field::scaled`].
    fn measure(&self, field: Field) -> Option<i64> {
        match field {
            Field::Price => Some(self.price()),
            Field::Unit => Some(UnitPrice(self.unit()).yuan()),
            Field::Area => Some(i64::from(self.area())),
            Field::Inner => (self.inner() != NO_AREA).then_some(i64::from(self.inner())),
            Field::Cut => Some(i64::from(self.cut())),
            _ => None,
        }
    }

    /// What a range of the field is compared with on a day.
    fn value(&self, field: Field, day: &Day) -> Option<i64> {
        match field {
            Field::Age => (self.year() != NO_YEAR).then_some(day.year - i64::from(self.year())),
            Field::Days => Some(i64::from(day.number) - i64::from(self.market())),
            always => self.measure(always),
        }
    }

    /// Which of the field's offered values the listing has, as bits. `median` is the unit price of its
    /// community, where there is one.
    fn values(&self, field: Field, day: &Day, median: Option<i64>) -> u32 {
        match field {
            Field::Facing => FACINGS[usize::from(self.codes()[1])],
            Field::Holding => self.holding(day).map_or(0, |band| 1 << band.ordinal()),
            Field::Tag => self.tags(day, median),
            field if (field as usize) < Field::Holding as usize => {
                1_u32.checked_shl(u32::from(self.codes()[field as usize - Field::Rooms as usize])).unwrap_or(0)
            }
            field => self.value(field, day).map_or(0, |value| {
                let bands = field.band_ends().iter().enumerate();
                bands.fold(0, |set, (at, (min, max))| set | u32::from(*min <= value && value <= *max) << at)
            }),
        }
    }

    /// The key of its place in an order; ascending.
    fn key(&self, axis: Axis, median: Option<i64>) -> i64 {
        match axis {
            Axis::Listed => i64::from(self.listed()),
            Axis::Price => self.price(),
            Axis::Unit => self.unit(),
            Axis::Area => i64::from(self.area()),
            Axis::Cut => i64::from(self.cut().div_euclid(2)),
            Axis::Value => self.versus(median).unwrap_or(i64::MAX),
        }
    }

    /// Per mille by which its unit price differs from the median; negative is below.
    fn versus(&self, median: Option<i64>) -> Option<i64> {
        let median = median?;
        let (gap, half) = ((self.unit() - median).saturating_mul(1000), median / 2);
        Some((if gap >= 0 { gap.saturating_add(half) } else { gap.saturating_sub(half) }) / median)
    }

    fn holding(&self, day: &Day) -> Option<HoldingBand> {
        if self.since() != NO_DAY {
            return Some(match self.since() {
                since if since <= day.five => HoldingBand::OverFive,
                since if since <= day.two => HoldingBand::OverTwo,
                _ => HoldingBand::UnderTwo,
            });
        }
        usize::from(self.codes()[MARKS] & STATED).checked_sub(1).and_then(|n| HoldingBand::ALL.get(n)).copied()
    }

    fn tags(&self, day: &Day, median: Option<i64>) -> u32 {
        let held = self.holding(day);
        let marks = self.codes()[MARKS];
        let has = |tag: Tag| match tag {
            Tag::OverFiveOnly => held == Some(HoldingBand::OverFive) && marks & ONLY != 0,
            Tag::OverFive => held == Some(HoldingBand::OverFive),
            Tag::OverTwo => held >= Some(HoldingBand::OverTwo),
            Tag::OnlyHome => marks & ONLY != 0,
            Tag::New => day.number - self.listed() <= NEW_DAYS,
            Tag::Cut => self.cut() > 0,
            Tag::BelowMedian => median.is_some_and(|median| self.unit() < median),
            Tag::Verified => marks & VERIFIED != 0,
            Tag::AnyTime => marks & ANY_TIME != 0,
            Tag::Photos => marks & PHOTOS != 0,
        };
        Tag::ALL.iter().filter(|tag| has(**tag)).fold(0, |set, tag| set | 1 << tag.ordinal())
    }
}

/// The choices of direction that every set of directions fits.
static FACINGS: LazyLock<[u32; 256]> = LazyLock::new(|| {
    let mut fits = [0; 256];
    for choice in FacingChoice::ALL {
        let needs = choice.needs();
        for bits in 0..=u8::MAX {
            if Facing::from_bits(bits).contains(needs) {
                fits[usize::from(bits)] |= 1 << choice.ordinal();
            }
        }
    }
    fits
});

//! Conditions on a single listing: what changed since the bulk was built is few and is looked at one by one.

use crate::facts::{Day, Facts};
use crate::field::{FIELDS, Field, HOME_FIELDS};
use crate::row::Packed;
use domain::listing::{Filter, Range};

/// A filter in a form that tests single listings, without the conditions on places.
pub(crate) struct Test {
    chosen: [u32; FIELDS],
    ranges: [Range; FIELDS],
    /// The fields with a condition, as bits.
    pub(crate) fields: u32,
}

impl Test {
    pub(crate) fn new(filter: &Filter) -> Self {
        let mut test = Self { chosen: [0; FIELDS], ranges: [Range::default(); FIELDS], fields: 0 };
        for field in HOME_FIELDS {
            let at = field as usize;
            test.chosen[at] = field.chosen(filter);
            test.ranges[at] = field.scaled(field.range(filter));
            if test.chosen[at] != 0 || !test.ranges[at].is_open() {
                test.fields |= field.bit();
            }
        }
        test
    }

    /// Whether the field has a condition.
    pub(crate) const fn asks(&self, field: Field) -> bool {
        self.fields & field.bit() != 0
    }

    /// The fields whose condition the listing does not meet, as bits.
    pub(crate) fn fails(&self, row: &Packed, day: &Day, median: Option<i64>) -> u32 {
        let failing =
            HOME_FIELDS.into_iter().filter(|field| self.asks(*field) && !self.fits(row, *field, day, median));
        failing.fold(0, |set, field| set | field.bit())
    }

    fn fits(&self, row: &Packed, field: Field, day: &Day, median: Option<i64>) -> bool {
        let (chosen, range) = (self.chosen[field as usize], self.ranges[field as usize]);
        if chosen == 0 {
            return row.value(field, day).is_some_and(|value| range.holds(value));
        }
        let shared = row.values(field, day, median) & chosen;
        // Marks are all needed; of other values one is enough.
        if field == Field::Tag { shared == chosen } else { shared != 0 }
    }
}

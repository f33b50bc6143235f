//! Days of a record that have to fit together: birth, hiring, leaving, and the licence (经纪人登记证).

use crate::error::Problem;
use chrono::{Days, Months, NaiveDate};

/// Nobody younger is employed (Labour Law of the PRC, article 15; as of 2026-11-24).
const YOUNGEST_MONTHS: Months = Months::new(16 * 12);
/// Hiring is entered at most this many days ahead.
const HIRED_AHEAD: Days = Days::new(366);
/// Leaving ends all access at once, so it is entered near the day.
const LEFT_AHEAD: Days = Days::new(90);
/// A licence is given for some years, never for ten.
const LICENCE_MONTHS: Months = Months::new(10 * 12);

/// What is known of somebody's days.
#[derive(Clone, Copy, Debug, Default)]
pub struct RecordDays {
    /// Birth, from the identity number.
    pub born: Option<NaiveDate>,
    /// First day at the firm.
    pub hired: Option<NaiveDate>,
    /// Last day at the firm.
    pub left: Option<NaiveDate>,
    /// Last day of the licence.
    pub licence_until: Option<NaiveDate>,
}

impl RecordDays {
    /// The days that do not fit, by the field of the form in which each is typed: hired at 16 or later and within a year
    /// from `today`; left on the day of hiring or later and within 90 days; a licence that ends within ten years.
    pub fn faults(&self, today: NaiveDate) -> Vec<(&'static str, Problem)> {
        let Self { born, hired, left, licence_until } = *self;
        let mut faults = Vec::new();
        let mut need = |fits: bool, field| {
            if !fits {
                faults.push((field, Problem::OutOfRange));
            }
        };
        if let Some(hired) = hired {
            let grown = born.and_then(|born| born.checked_add_months(YOUNGEST_MONTHS));
            let latest = today.checked_add_days(HIRED_AHEAD).unwrap_or(today);
            need(grown.is_none_or(|grown| grown <= hired) && hired <= latest, "hired_on");
        }
        if let Some(left) = left {
            let latest = today.checked_add_days(LEFT_AHEAD).unwrap_or(today);
            need(hired.is_none_or(|hired| hired <= left) && left <= latest, "left_on");
        }
        if let Some(until) = licence_until {
            let latest = today.checked_add_months(LICENCE_MONTHS).unwrap_or(today);
            need(until <= latest && born.is_none_or(|born| born < until), "licence_until");
        }
        faults
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Option<NaiveDate> {
        Some(text.parse().unwrap())
    }

    #[test]
    fn days_that_cannot_be_are_named_by_their_field() {
        let today = "2026-11-24".parse().unwrap();
        let fits = |days: RecordDays| days.faults(today).into_iter().map(|(field, _)| field).collect::<Vec<_>>();
        let none = RecordDays::default();
        let good = RecordDays {
            born: day("1998-02-11"),
            hired: day("2021-03-01"),
            left: day("2021-03-01"),
            licence_until: day("2029-11-24"),
        };
        assert!(fits(none).is_empty() && fits(good).is_empty());
        let born = day("2010-03-02");
        assert_eq!(fits(RecordDays { born, hired: day("2026-03-01"), ..none }), ["hired_on"]);
        assert!(fits(RecordDays { born, hired: day("2026-03-02"), ..none }).is_empty(), "sixteen on the day");
        assert_eq!(fits(RecordDays { hired: day("2027-11-26"), ..none }), ["hired_on"]);
        assert_eq!(fits(RecordDays { left: day("2021-02-28"), ..good }), ["left_on"], "before the hiring");
        assert_eq!(fits(RecordDays { left: day("2027-02-23"), ..none }), ["left_on"], "years ahead");
        assert!(fits(RecordDays { left: day("2027-02-22"), ..none }).is_empty());
        assert_eq!(fits(RecordDays { licence_until: day("2036-11-25"), ..none }), ["licence_until"]);
    }
}

//! Moments as the database keeps them, passed in by whoever knows the time.

use chrono::{DateTime, FixedOffset, NaiveDate, Utc};

/// A UTC instant in milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment(pub i64);

impl Moment {
    /// This instant. Called where a request or command begins, and passed on from there.
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the clock")]
    pub fn now() -> Self {
        Self(Utc::now().timestamp_millis())
    }

    /// The day in the firm's zone, Asia/Shanghai: UTC+8 without daylight saving since 1991.
    pub fn day(self) -> NaiveDate {
        let zone = FixedOffset::east_opt(8 * 3600).expect("eight hours are a valid offset");
        DateTime::<Utc>::from_timestamp_millis(self.0).unwrap_or_default().with_timezone(&zone).date_naive()
    }
}

#[cfg(test)]
mod tests {
    use super::Moment;

    #[test]
    fn the_day_begins_at_midnight_in_shanghai() {
        assert_eq!(Moment(1_764_000_000_000).day().to_string(), "2025-11-25");
        assert_eq!(Moment(0).day().to_string(), "1970-01-01");
    }
}

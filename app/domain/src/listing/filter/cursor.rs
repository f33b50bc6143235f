//! Places between two pages of results.

/// Where a page of results begins or ends: the sort key and number of the row beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Cursor {
    /// The sort key of the row.
    pub key: i64,
    /// The number of its public code ([`crate::ListingCode::number`]), which breaks ties.
    pub row: i64,
    /// How many rows stand before this page; for display only.
    pub at: u32,
}

impl Cursor {
    pub(super) fn parse(text: &str) -> Option<Self> {
        let mut parts = text.splitn(3, '_');
        let key = parts.next()?.parse().ok()?;
        let row = parts.next()?.parse().ok()?;
        let at = parts.next()?.parse().ok()?;
        Some(Self { key, row, at })
    }
}

impl std::fmt::Display for Cursor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}_{}_{}", self.key, self.row, self.at)
    }
}

//! Gallery pages as they were rendered for guests, so that the same question is not worked out twice.
//!
//! A page is kept as the pieces between its nonces: everybody gets a nonce of their own. It is good until the catalogue
//! or the day changes, which the stamp says. A browser that has the page already is told so with 304.

use chrono::NaiveDate;
use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

/// All kept pages together, about.
const MOST_BYTES: usize = 12 << 20;

/// Other files belong to the pages of another start: no tag of an older one may match.
static START: LazyLock<u64> = LazyLock::new(|| {
    let mut bytes = [0_u8; 8];
    // Without random numbers the clock is as good: two starts are never at the same instant.
    match getrandom::fill(&mut bytes) {
        Ok(()) => u64::from_le_bytes(bytes),
        Err(_) => services::Moment::now().0.unsigned_abs(),
    }
});

/// What all pages of a moment were made from: the position of the catalogue, and the day.
pub(super) type Stamp = (i64, NaiveDate);

/// A page without its nonces.
#[derive(Debug)]
pub(super) struct Page {
    pieces: Vec<Box<str>>,
}

impl Page {
    /// A page as it was rendered with a nonce.
    pub(super) fn new(html: &str, nonce: &str) -> Self {
        Self { pieces: html.split(nonce).map(Into::into).collect() }
    }

    /// The page with another nonce.
    pub(super) fn with(&self, nonce: &str) -> String {
        self.pieces.join(nonce)
    }

    fn bytes(&self) -> usize {
        self.pieces.iter().map(|piece| piece.len()).sum()
    }
}

/// The kept pages of one stamp.
#[derive(Debug, Default)]
pub struct Pages(Mutex<Kept>);

#[derive(Debug, Default)]
struct Kept {
    stamp: Option<Stamp>,
    pages: HashMap<String, Arc<Page>>,
    bytes: usize,
}

impl Pages {
    /// The page of this key, if it is kept and still good.
    pub(super) fn get(&self, stamp: Stamp, key: &str) -> Option<Arc<Page>> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.pages.get(key).filter(|_| kept.stamp == Some(stamp)).cloned()
    }

    /// Keeps a page made from this stamp. A newer stamp, or too many pages, makes room by forgetting all.
    pub(super) fn keep(&self, stamp: Stamp, key: String, page: Page) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.stamp.is_some_and(|known| known > stamp) {
            return;
        }
        if kept.stamp != Some(stamp) || kept.bytes + page.bytes() > MOST_BYTES {
            *kept = Kept { stamp: Some(stamp), ..Kept::default() };
        }
        kept.bytes += page.bytes();
        // Two guests may have asked for it at once.
        if let Some(twin) = kept.pages.insert(key, Arc::new(page)) {
            kept.bytes -= twin.bytes();
        }
    }
}

/// The tag of a page, the same for all who would see the same.
pub(super) fn tag((seq, day): Stamp, key: &str) -> String {
    use std::hash::{DefaultHasher, Hash, Hasher};
    let mut hasher = DefaultHasher::new();
    (*START, seq, day, key).hash(&mut hasher);
    format!("W/\"{:016x}\"", hasher.finish())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stamp(seq: i64) -> Stamp {
        (seq, NaiveDate::default())
    }

    #[test]
    fn everybody_gets_a_nonce_of_their_own() {
        let page = Page::new("<script nonce=\"abc\"></script><p>abd</p><i nonce=\"abc\">", "abc");
        assert_eq!(page.with("xyz"), "<script nonce=\"xyz\"></script><p>abd</p><i nonce=\"xyz\">");
    }

    #[test]
    fn a_page_is_good_until_the_catalogue_changes() {
        let pages = Pages::default();
        pages.keep(stamp(1), "a".into(), Page::new("one", "n"));
        assert!(pages.get(stamp(1), "a").is_some() && pages.get(stamp(1), "b").is_none());
        assert!(pages.get(stamp(2), "a").is_none());
        pages.keep(stamp(2), "b".into(), Page::new("two", "n"));
        pages.keep(stamp(1), "c".into(), Page::new("late", "n"));
        assert!(pages.get(stamp(2), "b").is_some() && pages.get(stamp(2), "c").is_none());
        assert_ne!(tag(stamp(1), "a"), tag(stamp(2), "a"));
        assert_ne!(tag(stamp(1), "a"), tag(stamp(1), "b"));
    }

    #[test]
    fn no_more_is_kept_than_there_is_room() {
        let pages = Pages::default();
        for n in 0..40 {
            pages.keep(stamp(1), n.to_string(), Page::new(&"x".repeat(1 << 20), "n"));
        }
        assert!(pages.0.lock().unwrap().bytes <= MOST_BYTES);
    }
}

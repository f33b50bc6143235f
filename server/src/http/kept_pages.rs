//! Public pages as they were rendered for guests, so that the same question is not worked out twice.
//!
//! A page is good until something is told of its city, or the day changes, which its stamp says. A browser that has
//! the page already is told so with 304.

use super::kept_page::Page;
use chrono::NaiveDate;
use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

/// All kept pages together, about.
const MOST_BYTES: usize = 8 << 20;

/// Other files belong to the pages of another start: no tag of an older one may match.
static START: LazyLock<u64> = LazyLock::new(|| {
    let mut bytes = [0_u8; 8];
    // Without random numbers the clock is as good: two starts are never at the same instant.
    match getrandom::fill(&mut bytes) {
        Ok(()) => u64::from_le_bytes(bytes),
        Err(_) => services::Moment::now().0.unsigned_abs(),
    }
});

/// What a page was made from: the position of what is told of its city, and the day.
pub(super) type Stamp = (i64, NaiveDate);

/// The kept pages. Those nobody asked for while half of the room was filled anew are forgotten.
#[derive(Debug, Default)]
pub struct Pages(Mutex<[Half; 2]>);

#[derive(Debug, Default)]
struct Half {
    pages: HashMap<String, (Stamp, Arc<Page>)>,
    bytes: usize,
}

impl Pages {
    /// The page of this key, if it is kept and still good.
    pub(super) fn get(&self, stamp: Stamp, key: &str) -> Option<Arc<Page>> {
        let mut halves = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let good = |half: &Half| half.pages.get(key).filter(|(of, _)| *of == stamp).map(|(_, page)| page.clone());
        if let Some(page) = good(&halves[0]) {
            return Some(page);
        }
        let page = good(&halves[1])?;
        put(&mut halves, stamp, key.to_owned(), page.clone());
        Some(page)
    }

    /// Keeps a page made from this stamp, unless a newer one is kept.
    pub(super) fn keep(&self, stamp: Stamp, key: String, page: Arc<Page>) {
        let mut halves = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if halves[0].pages.get(&key).is_none_or(|(of, _)| *of <= stamp) {
            put(&mut halves, stamp, key, page);
        }
    }
}

fn put(halves: &mut [Half; 2], stamp: Stamp, key: String, page: Arc<Page>) {
    let bytes = page.bytes();
    if halves[0].bytes + bytes > MOST_BYTES / 2 {
        halves[1] = std::mem::take(&mut halves[0]);
    }
    let [fresh, _] = halves;
    fresh.bytes += bytes;
    // It may have been kept of an older stamp, or twice at once.
    if let Some((_, twin)) = fresh.pages.insert(key, (stamp, page)) {
        fresh.bytes -= twin.bytes();
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

    fn page(html: &str) -> Arc<Page> {
        Arc::new(Page::new(html, "nonce").unwrap())
    }

    #[test]
    fn a_page_is_good_until_its_stamp_changes() {
        let pages = Pages::default();
        pages.keep(stamp(1), "a".into(), page("one"));
        assert!(pages.get(stamp(1), "a").is_some() && pages.get(stamp(1), "b").is_none());
        assert!(pages.get(stamp(2), "a").is_none());
        pages.keep(stamp(2), "a".into(), page("two"));
        pages.keep(stamp(1), "a".into(), page("late"));
        assert!(pages.get(stamp(2), "a").is_some() && pages.get(stamp(1), "a").is_none());
        assert_ne!(tag(stamp(1), "a"), tag(stamp(2), "a"));
        assert_ne!(tag(stamp(1), "a"), tag(stamp(1), "b"));
    }

    #[test]
    fn no_more_is_kept_than_there_is_room_and_what_is_asked_for_stays() {
        let pages = Pages::default();
        pages.keep(stamp(1), "asked for".into(), page("x"));
        // Nothing that could be compressed.
        let mut state = 1_u64;
        let noise: String = (0..1 << 17)
            .map(|_| {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                char::from(33 + ((state >> 33) % 90) as u8)
            })
            .collect();
        for n in 0..200 {
            pages.keep(stamp(1), n.to_string(), page(&noise));
            assert!(pages.get(stamp(1), "asked for").is_some());
        }
        let halves = pages.0.lock().unwrap();
        assert!(halves[0].bytes + halves[1].bytes <= MOST_BYTES);
        assert!(halves[0].pages.len() + halves[1].pages.len() < 150);
    }
}

//! What a guest keeps without an account: favourites, homes seen, homes to compare (收藏, 浏览过, 对比).

use crate::ListingCode;

coded_enum! {
    /// A list that a person fills by hand.
    Shelf { Favourites = "favourite", Compare = "compare" }
}

/// The lists of one browser, newest first. Bounded, so that they fit into a cookie.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Saved {
    favourites: Vec<ListingCode>,
    compare: Vec<ListingCode>,
    seen: Vec<ListingCode>,
}

impl Saved {
    /// Favourites one browser may hold; the oldest leave.
    pub const MOST_FAVOURITES: usize = 100;
    /// Homes that fit beside each other.
    pub const MOST_COMPARED: usize = 4;
    /// Homes seen that are remembered.
    pub const MOST_SEEN: usize = 24;
    /// No honest text is longer.
    pub const MOST_BYTES: usize = 3_400;

    /// A list.
    pub fn on(&self, shelf: Shelf) -> &[ListingCode] {
        match shelf {
            Shelf::Favourites => &self.favourites,
            Shelf::Compare => &self.compare,
        }
    }

    /// Homes seen, the last first.
    pub fn seen(&self) -> &[ListingCode] {
        &self.seen
    }

    /// Whether nothing is kept.
    pub fn is_empty(&self) -> bool {
        self.favourites.is_empty() && self.compare.is_empty() && self.seen.is_empty()
    }

    /// Puts a home on a list or takes it off; false where the list is full, which only a comparison can be.
    pub fn put(&mut self, shelf: Shelf, code: &ListingCode, on: bool) -> bool {
        let list = match shelf {
            Shelf::Favourites => &mut self.favourites,
            Shelf::Compare => &mut self.compare,
        };
        let known = list.contains(code);
        match (on, known) {
            (true, true) | (false, false) => true,
            (false, true) => {
                list.retain(|c| c != code);
                true
            }
            (true, false) if shelf == Shelf::Compare => {
                // In the order they were chosen: columns do not jump.
                let room = list.len() < Self::MOST_COMPARED;
                if room {
                    list.push(code.clone());
                }
                room
            }
            (true, false) => {
                list.insert(0, code.clone());
                list.truncate(Self::MOST_FAVOURITES);
                true
            }
        }
    }

    /// Remembers a home as the last one seen; false where it was already.
    pub fn see(&mut self, code: &ListingCode) -> bool {
        if self.seen.first() == Some(code) {
            return false;
        }
        self.seen.retain(|c| c != code);
        self.seen.insert(0, code.clone());
        self.seen.truncate(Self::MOST_SEEN);
        true
    }

    /// Takes in another browser's lists, which are the newer ones: a union, newest first, within the same limits.
    pub fn merge(&mut self, newer: &Self) {
        let join = |newer: &[ListingCode], older: &[ListingCode], most: usize| {
            let older = older.iter().filter(|code| !newer.contains(code));
            newer.iter().chain(older).take(most).cloned().collect()
        };
        self.favourites = join(&newer.favourites, &self.favourites, Self::MOST_FAVOURITES);
        self.compare = join(&newer.compare, &self.compare, Self::MOST_COMPARED);
        self.seen = join(&newer.seen, &self.seen, Self::MOST_SEEN);
    }

    /// As text of letters, digits, `-`, `.` and `_`: what a cookie may hold.
    pub fn write(&self) -> String {
        let list = |codes: &[ListingCode]| codes.iter().map(|c| &c.as_str()[3..]).collect::<Vec<_>>().join(".");
        [&self.favourites, &self.compare, &self.seen].map(|codes| list(codes)).join("_")
    }

    /// Reads what [`Self::write`] wrote; nothing of any other text.
    pub fn read(text: &str) -> Option<Self> {
        if text.len() > Self::MOST_BYTES {
            return None;
        }
        let mut lists = text.split('_').map(|list| {
            list.split('.')
                .filter(|c| !c.is_empty())
                .map(|c| ListingCode::parse(&format!("FY-{c}")))
                .collect::<Option<Vec<_>>>()
        });
        let saved = Self { favourites: lists.next()??, compare: lists.next()??, seen: lists.next()?? };
        let fits = saved.favourites.len() <= Self::MOST_FAVOURITES
            && saved.compare.len() <= Self::MOST_COMPARED
            && saved.seen.len() <= Self::MOST_SEEN;
        (lists.next().is_none() && fits).then_some(saved)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn code(n: i64) -> ListingCode {
        ListingCode::new(2026, 11, n)
    }

    #[test]
    fn lists_are_bounded_and_a_full_comparison_says_so() {
        let mut saved = Saved::default();
        assert!((1..=200).all(|n| saved.put(Shelf::Favourites, &code(n), true)));
        assert_eq!((saved.on(Shelf::Favourites).len(), &saved.on(Shelf::Favourites)[0]), (100, &code(200)));
        assert!((1..=4).all(|n| saved.put(Shelf::Compare, &code(n), true)));
        assert!(!saved.put(Shelf::Compare, &code(5), true) && saved.put(Shelf::Compare, &code(4), true));
        assert!(saved.put(Shelf::Compare, &code(1), false));
        assert!(saved.put(Shelf::Compare, &code(5), true));
        assert_eq!(saved.on(Shelf::Compare), [2, 3, 4, 5].map(code));
        (1..=50).for_each(|n| assert!(saved.see(&code(n))));
        assert!(!saved.see(&code(50)) && saved.see(&code(49)));
        assert_eq!((saved.seen().len(), &saved.seen()[..2]), (24, &[code(49), code(50)][..]));
    }

    #[test]
    fn lists_of_two_browsers_become_one_without_twins_and_within_limits() {
        let (mut kept, mut guest) = (Saved::default(), Saved::default());
        for n in 1..=90 {
            kept.put(Shelf::Favourites, &code(n), true);
        }
        for n in [5, 200, 201] {
            guest.put(Shelf::Favourites, &code(n), true);
            guest.put(Shelf::Compare, &code(n), true);
            guest.see(&code(n));
        }
        (1..=3).for_each(|n| assert!(kept.put(Shelf::Compare, &code(n), true)));
        let before = guest.clone();
        kept.merge(&guest);
        assert_eq!(kept.on(Shelf::Favourites).len(), 92);
        assert_eq!(kept.on(Shelf::Favourites)[..4], [201, 200, 5, 90].map(code));
        assert_eq!(kept.on(Shelf::Compare), [5, 200, 201, 1].map(code));
        let once = kept.clone();
        kept.merge(&before);
        assert_eq!(kept, once, "merging the same lists again changes nothing");
    }

    #[test]
    fn the_fullest_lists_fit_into_a_cookie() {
        let mut saved = Saved::default();
        for n in 0..200 {
            let long = code(999_999_000_000 + n);
            saved.put(Shelf::Favourites, &long, true);
            saved.put(Shelf::Compare, &long, true);
            saved.see(&long);
        }
        let text = saved.write();
        assert!(text.len() <= Saved::MOST_BYTES, "{}", text.len());
        assert!(text.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._".contains(&b)));
        assert_eq!(Saved::read(&text), Some(saved));
    }

    #[test]
    fn other_texts_are_nothing() {
        for bad in ["", "_", "___", "202611-1__", "x__", "202611-0001;__", &"1".repeat(5_000)] {
            assert_eq!(Saved::read(bad), None, "{bad}");
        }
        assert_eq!(Saved::read("__"), Some(Saved::default()));
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_panic(text in "\\PC{0,200}|[0-9_.-]{0,200}") {
            if let Some(saved) = Saved::read(&text) {
                prop_assert_eq!(Saved::read(&saved.write()), Some(saved));
            }
        }
    }
}

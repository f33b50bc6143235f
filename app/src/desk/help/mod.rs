//! The handbook: one page a task, in both languages, opened from every page at the right place.

mod help_page;

use domain::Lang;
use domain::access::Role;

pub use help_page::{HandbookPage, TaskPage};

/// One task.
#[derive(Debug)]
pub(crate) struct Page {
    lang: Lang,
    /// The word in the address.
    pub(crate) slug: &'static str,
    /// Pages of the product it belongs to: the beginnings of their paths, joined by commas.
    path: &'static str,
    /// Roles it is for, joined by commas; empty for everybody.
    roles: &'static str,
    /// Words it is found by, besides its own.
    keys: &'static str,
    pub(crate) title: &'static str,
    pub(crate) summary: &'static str,
    /// The rest, made from Markdown when the product was built.
    pub(crate) html: &'static str,
    /// Whether there is a picture of it; what is done in a terminal has none.
    pictured: bool,
}

static PAGES: &[Page] = &include!(concat!(env!("OUT_DIR"), "/handbook.rs"));

/// The pages of a language.
pub(crate) fn pages(lang: Lang) -> impl Iterator<Item = &'static Page> {
    PAGES.iter().filter(move |page| page.lang == lang)
}

/// The page that belongs to a path of the product: the one with the longest beginning of it.
pub(crate) fn page_for(lang: Lang, path: &str) -> Option<&'static Page> {
    let fits = |page: &Page| {
        let own = page.path.split(',').map(str::trim).filter(|own| !own.is_empty() && begins(path, own));
        own.map(str::len).max()
    };
    pages(lang)
        .filter_map(|page| fits(page).map(|length| (length, page)))
        .max_by_key(|(n, _)| *n)
        .map(|(_, page)| page)
}

/// Whether a path begins with another, in which `*` is any one part.
fn begins(path: &str, own: &str) -> bool {
    match own.split_once('*') {
        None => path.starts_with(own),
        Some((head, tail)) => path.strip_prefix(head).is_some_and(|rest| {
            let part = rest.split('/').next().unwrap_or_default();
            !part.is_empty() && rest[part.len()..].starts_with(tail)
        }),
    }
}

impl Page {
    /// Whether it is for somebody with these roles.
    pub(crate) fn is_for(&self, roles: &[Role]) -> bool {
        let mut words = self.roles.split(',').map(str::trim).filter(|word| !word.is_empty()).peekable();
        words.peek().is_none() || words.any(|word| Role::from_code(word).is_some_and(|role| roles.contains(&role)))
    }

    /// Address of its picture.
    pub(crate) fn picture(&self) -> Option<String> {
        self.pictured.then(|| format!("/handbook/{}/{}.webp", self.lang.code(), self.slug))
    }

    /// Whether every word typed stands in it.
    pub(crate) fn holds(&self, text: &str) -> bool {
        let own = [self.title, self.summary, self.keys, self.html].join(" ").to_lowercase();
        text.to_lowercase().split_whitespace().all(|word| own.contains(word))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_of_the_product_has_its_help() {
        for path in
            ["/home", "/staff", "/staff/new", "/staff/YG-0001/leave", "/stores", "/audit", "/reveals", "/account"]
        {
            for lang in [Lang::Zh, Lang::En] {
                assert!(page_for(lang, path).is_some(), "{path}");
            }
        }
        let slug = |path| page_for(Lang::En, path).map(|page| page.slug);
        assert_eq!(slug("/staff/YG-0001/leave"), Some("leave-and-handover"));
        assert_eq!(slug("/staff/YG-0001/edit"), Some("change-record"));
        assert_ne!(page_for(Lang::Zh, "/staff/new").map(|p| p.slug), page_for(Lang::Zh, "/staff").map(|p| p.slug));
    }

    #[test]
    fn every_task_of_a_page_has_a_picture() {
        for page in PAGES.iter().filter(|page| !page.path.is_empty()) {
            assert!(page.picture().is_some(), "take it with scripts/handbook.sh {}", page.slug);
        }
    }

    #[test]
    fn every_role_is_shown_around() {
        for role in Role::ALL {
            let tours = pages(Lang::En).filter(|p| p.slug.starts_with("tour-") && p.is_for(&[*role])).count();
            assert_eq!(tours, 1, "{role}");
        }
        for page in PAGES.iter().flat_map(|page| page.roles.split(',')).map(str::trim).filter(|word| !word.is_empty())
        {
            assert!(Role::from_code(page).is_some(), "{page} is no role");
        }
    }

    #[test]
    fn a_page_is_found_by_its_words() {
        assert!(pages(Lang::Zh).any(|page| page.holds("离职")));
        assert!(!pages(Lang::En).any(|page| page.holds("zebra crossing")));
    }
}

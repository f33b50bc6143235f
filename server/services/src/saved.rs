//! What a guest keeps: a cookie that only this firm's key can write, and the homes it names.

use crate::{Services, fault, search};
use domain::listing::{Card, Detail};
use domain::saved::Saved;
use domain::{Error, ListingCode};
use store::listing::Found;
use store::{Keys, Moment, Scope};

const PURPOSE: &str = "cookie.saved";

/// The lists a cookie holds; none where it was not written with this key.
pub fn read(keys: &Keys, cookie: &str) -> Saved {
    let read = || {
        let (text, mark) = cookie.split_once('~')?;
        let mark = hex::decode(mark).ok()?;
        if text.len() > Saved::MOST_BYTES || !same(&mark, &keys.blind_index(PURPOSE, text)) {
            return None;
        }
        Saved::read(text)
    };
    read().unwrap_or_default()
}

/// The value of the cookie.
pub fn write(keys: &Keys, saved: &Saved) -> String {
    let text = saved.write();
    let mark = hex::encode(keys.blind_index(PURPOSE, &text));
    format!("{text}~{mark}")
}

/// Looks at every byte, so that the time tells nothing of how many were right.
fn same(a: &[u8], b: &[u8]) -> bool {
    a.len() == b.len() && a.iter().zip(b).fold(0, |differs, (a, b)| differs | (a ^ b)) == 0
}

/// The cards of these homes, on sale or sold, in this order; those withdrawn are left out. One statement.
///
/// # Errors
/// `Internal`.
pub async fn cards(
    services: &Services,
    scope: &Scope,
    codes: &[ListingCode],
    at: Moment,
) -> Result<Vec<Card>, Error> {
    let rows = store::listing::by_codes(&services.db, scope, codes, at.day()).await.map_err(fault)?;
    Ok(services.gallery.ask(|catalog| rows.into_iter().map(|row| search::dressed(catalog, row)).collect()))
}

/// All the public may know of at most four homes, for a comparison; those that are not public are left out.
///
/// # Errors
/// `Internal`.
pub async fn compared(services: &Services, codes: &[ListingCode], at: Moment) -> Result<Vec<Detail>, Error> {
    let mut homes = Vec::new();
    for code in codes.iter().take(Saved::MOST_COMPARED) {
        if let Some(Found::Shown(mut detail, row)) =
            store::listing::find(&services.db, code, at.day()).await.map_err(fault)?
        {
            detail.card = services.gallery.ask(|catalog| search::dressed(catalog, row));
            homes.push(detail);
        }
    }
    Ok(homes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::saved::Shelf;

    #[test]
    fn only_what_this_key_wrote_is_read_and_anything_else_is_empty() {
        let keys = Keys::from_hex(&"7f".repeat(64)).expect("a key");
        let mut saved = Saved::default();
        saved.put(Shelf::Favourites, &ListingCode::new(2026, 11, 1), true);
        let cookie = write(&keys, &saved);
        assert_eq!(read(&keys, &cookie), saved);
        let other = Keys::from_hex(&"80".repeat(64)).expect("a key");
        let tampered = cookie.replace("0001", "0002");
        let cut = &cookie[..cookie.len() - 2];
        for bad in ["", "~", "__~", tampered.as_str(), cut, &"1".repeat(9_000)] {
            assert_eq!(read(&keys, bad), Saved::default(), "{bad}");
        }
        assert_eq!(read(&other, &cookie), Saved::default());
    }
}

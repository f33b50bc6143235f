//! What became of files that were sent.

use crate::shell::Visit;
use crate::texts::media as text;
use domain::Lang;
use domain::media::Refusal;
use leptos::prelude::*;
use ui::{Banner, Tone};

/// Why a file was not taken in, what became of the rest, and what to do.
pub const fn refusal(lang: Lang, why: Refusal) -> &'static str {
    match why {
        Refusal::Format => text::refused_format(lang),
        Refusal::Heic => text::refused_heic(lang),
        Refusal::Empty => text::refused_empty(lang),
        Refusal::TooLarge => text::refused_too_large(lang),
        Refusal::TooManyPixels => text::refused_too_many_pixels(lang),
        Refusal::TooSmall => text::refused_too_small(lang),
        Refusal::Broken => text::refused_broken(lang),
        Refusal::Full => text::refused_full(lang),
    }
}

/// A file was taken in.
pub const fn taken(lang: Lang) -> &'static str {
    text::taken_one(lang)
}

/// A file was there before.
pub const fn known(lang: Lang) -> &'static str {
    text::known_one(lang)
}

/// The banners above a form that files were sent by, from the address it came back to.
pub(crate) fn told(lang: Lang, visit: &Visit) -> AnyView {
    let count = |name| visit.query(name).parse::<u32>().unwrap_or(0);
    let (taken, known) = (count("taken"), count("known"));
    let query = visit.href.split_once('?').map_or("", |(_, query)| query);
    let pairs: Vec<(String, String)> = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
    let whys = pairs.iter().filter(|(name, _)| name == "refused").filter_map(|(_, word)| Refusal::from_code(word));
    let names = pairs.iter().filter(|(name, _)| name == "file").map(|(_, value)| value.as_str());
    let lines: Vec<_> = whys
        .zip(names.chain(std::iter::repeat("")))
        .map(|(why, name)| {
            let name = (!name.is_empty()).then(|| view! { <b>{name.to_owned()}</b> " " });
            view! { <li>{name}{refusal(lang, why)}</li> }
        })
        .collect();
    let any = !lines.is_empty();
    view! {
        {(taken > 0).then(|| view! { <Banner tone=Tone::Ok live=true><p>{text::taken(lang, taken)}</p></Banner> })}
        {(known > 0).then(|| view! { <Banner tone=Tone::Neutral live=true><p>{text::known(lang, known)}</p></Banner> })}
        {any.then(|| view! {
            <Banner tone=Tone::Bad live=true><p>{text::refused(lang)}</p><ul>{lines}</ul></Banner>
        })}
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_refusal_says_what_to_do_in_every_language() {
        for why in Refusal::ALL {
            let [zh, en] = [Lang::Zh, Lang::En].map(|lang| refusal(lang, *why));
            assert!(zh.contains('。') && zh.chars().any(|c| c > '\u{4e00}'), "{zh}");
            assert!(en.matches('.').count() >= 2 && !en.chars().any(|c| c > '\u{4e00}'), "{en}");
        }
    }
}

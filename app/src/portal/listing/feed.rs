//! A search as an Atom feed (RFC 4287).

use super::card::home_href;
use crate::portal::words;
use crate::texts::gallery as text;
use chrono::NaiveDate;
use domain::Lang;
use domain::listing::{Filter, SearchPage};
use std::fmt::Write as _;

/// The homes of a page, newest first; each is as new as the day it was listed.
pub fn feed(lang: Lang, page: &SearchPage, origin: &str, today: NaiveDate) -> String {
    let query = page.filter.query();
    let city = page.filter.city.as_ref().map(ToString::to_string).unwrap_or_default();
    let own = format!("{origin}/{city}/listings/feed.xml{}{query}", if query.is_empty() { "" } else { "?" });
    let shown = format!("{origin}{}", Filter::href(&page.filter));
    let newest = page.items.iter().map(|card| card.listed_on).max().unwrap_or(today);
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{lang}\">\n\
         <title>{}</title>\n<id>{}</id>\n<link rel=\"self\" href=\"{}\"/>\n<link href=\"{}\"/>\n<updated>{}</updated>\n",
        escaped(text::title_all(lang)),
        escaped(&own),
        escaped(&own),
        escaped(&shown),
        at(newest),
    );
    for card in &page.items {
        let href = format!("{origin}{}", home_href(card));
        let title = format!("{} {}", words::home(lang, card), words::price(lang, card.price));
        let summary = [
            Some(words::sqm(lang, card.area_built)),
            words::facing(lang, card.facing),
            words::floor(lang, card),
            Some(words::unit_price(lang, card.unit_price)),
            Some(format!("{} {}", card.district.name, card.circle.name)),
        ];
        let summary = summary.into_iter().flatten().collect::<Vec<_>>().join(" · ");
        let _ = writeln!(
            out,
            "<entry><title>{}</title><id>{href}</id><link href=\"{href}\"/><updated>{}</updated>\
             <author><name>{}</name></author><summary>{}</summary></entry>",
            escaped(&title),
            at(card.listed_on),
            escaped(crate::texts::shell::brand(lang)),
            escaped(&summary),
        );
    }
    out.push_str("</feed>\n");
    out
}

/// The start of a day of the firm.
fn at(day: NaiveDate) -> String {
    format!("{day}T00:00:00+08:00")
}

fn escaped(text: &str) -> String {
    let kept: String = text.chars().filter(|c| !c.is_control()).collect();
    kept.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn texts_cannot_leave_their_place() {
        assert_eq!(escaped("<a href=\"x\">&\u{8}"), "&lt;a href=&quot;x&quot;&gt;&amp;");
    }
}

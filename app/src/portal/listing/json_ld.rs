//! What search engines read, in the words of schema.org.

use super::card::home_href;
use crate::portal::words;
use domain::Lang;
use domain::listing::{Card, Detail};
use serde_json::{Value, json};

/// The offer, the home, and where it stands: text for a script element.
pub(super) fn json_ld(detail: &Detail, origin: &str, crumbs: &[(String, String)]) -> String {
    let card = &detail.card;
    let sqm = f64::from(card.area_built.0) / 100.0;
    let url = format!("{origin}{}", home_href(card));
    let listing = json!({
        "@type": "RealEstateListing",
        "@id": url,
        "url": url,
        "datePosted": card.listed_on.to_string(),
        "name": words::home(Lang::Zh, card),
        "image": format!("{origin}{}", share_href(card)),
        "offers": {
            "@type": "Offer", "price": card.price.0 / 100, "priceCurrency": "CNY",
            "availability": if card.state.is_public() { "https://schema.org/InStock" } else { "https://schema.org/SoldOut" },
        },
        "about": {
            "@type": "Apartment",
            "name": words::home(Lang::Zh, card),
            "floorSize": { "@type": "QuantitativeValue", "value": sqm, "unitCode": "MTK" },
            "numberOfRooms": card.layout.map(|l| l.rooms),
            "numberOfBathroomsTotal": card.layout.and_then(|l| l.baths),
            "yearBuilt": card.built_year,
            "address": {
                "@type": "PostalAddress", "addressCountry": "CN", "addressLocality": card.city.name,
                "streetAddress": card.community.name,
            },
        },
    });
    script(json!({ "@context": "https://schema.org", "@graph": [listing, breadcrumbs(origin, crumbs)] }))
}

/// A list of names and paths.
pub(crate) fn breadcrumbs(origin: &str, crumbs: &[(String, String)]) -> Value {
    let items: Vec<_> = (1..)
        .zip(crumbs)
        .map(|(position, (name, href))| {
            json!({ "@type": "ListItem", "position": position, "name": name, "item": format!("{origin}{href}") })
        })
        .collect();
    json!({ "@type": "BreadcrumbList", "itemListElement": items })
}

/// `</script>` inside a name would end the element.
pub(crate) fn script(value: Value) -> String {
    value.to_string().replace('<', "\\u003c")
}

/// Where the picture for links to a home is; a new version of the home has a new picture.
pub(super) fn share_href(card: &Card) -> String {
    format!("/share/{}.png?v={}", card.code, card.version)
}

/// What stands in that picture.
pub fn share_words(lang: Lang, card: &Card) -> services::share::Words {
    let (number, unit) = super::card::price_parts(lang, card);
    services::share::Words {
        brand: crate::texts::shell::brand(lang).to_owned(),
        price: (number, unit.to_owned()),
        unit_price: words::unit_price(lang, card.unit_price),
        name: card.community.name.clone(),
        facts: [card.layout.map(|l| words::layout(lang, l)), Some(words::sqm(lang, card.area_built))]
            .into_iter()
            .flatten()
            .collect(),
        code: card.code.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_with_markup_stays_inside_the_script() {
        let evil = "</script><script>alert(1)</script><!--\"\u{2028}".to_owned();
        let said = script(breadcrumbs("https://menpai.cn", &[(evil.clone(), "/x".to_owned())]));
        assert!(!said.contains('<'), "{said}");
        let read: Value = serde_json::from_str(&said).unwrap();
        assert_eq!(read["itemListElement"][0]["name"], evil.as_str(), "and reads as it was");
    }
}

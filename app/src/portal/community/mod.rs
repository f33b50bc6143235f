//! Communities, and homes sold.

mod community_page;
mod sold_page;

pub use community_page::CommunityPage;
pub use sold_page::SoldPage;

use crate::portal::listing::home_href;
use crate::portal::words;
use crate::texts::community as text;
use domain::Lang;
use domain::community::SoldHome;
use domain::place::PlaceName;
use domain::{Fen, Slug};
use leptos::prelude::*;
use ui::TableWrap;

/// Address of a community's page.
pub(crate) fn community_href(city: &Slug, community: &PlaceName) -> String {
    format!("/{city}/communities/{}", community.slug)
}

/// Homes sold, a line each.
#[component]
fn SoldTable(
    lang: Lang,
    homes: Vec<SoldHome>,
    /// With the community of each.
    #[prop(optional)]
    places: bool,
) -> impl IntoView {
    let rows: Vec<_> = homes
        .into_iter()
        .map(|home| {
            let card = home.card;
            let name = if places {
                words::home(lang, &card)
            } else {
                card.layout.map_or_else(|| card.code.to_string(), |l| words::layout(lang, l))
            };
            let cut = card.first_price.minus(card.price);
            let place = places.then(|| view! { <td class="mute only-wide">{format!("{} · {}", card.district.name, card.circle.name)}</td> });
            view! {
                <tr class="num">
                    <th scope="row"><a class="link" href=home_href(&card)>{name}</a></th>
                    {place}
                    <td class="n">{words::sqm(lang, card.area_built)}</td>
                    <td class="n">{words::price(lang, card.price)}</td>
                    <td class="n only-wide">{words::unit_price(lang, card.unit_price)}</td>
                    <td class="n only-wide">{if cut > Fen(0) { words::price(lang, cut) } else { text::no_cut(lang).to_owned() }}</td>
                    <td class="n only-wide">{text::days_n(lang, card.days)}</td>
                    <td class="n">{words::day(home.on)}</td>
                </tr>
            }
        })
        .collect();
    let place = places.then(|| view! { <th scope="col" class="only-wide">{text::col_place(lang)}</th> });
    view! {
        <TableWrap caption=text::sold(lang)>
            <thead>
                <tr>
                    <th scope="col">{text::col_home(lang)}</th>
                    {place}
                    <th scope="col" class="n">{text::col_area(lang)}</th>
                    <th scope="col" class="n">{text::col_price(lang)}</th>
                    <th scope="col" class="n only-wide">{text::col_unit(lang)}</th>
                    <th scope="col" class="n only-wide">{text::col_cut(lang)}</th>
                    <th scope="col" class="n only-wide">{text::col_days(lang)}</th>
                    <th scope="col" class="n">{text::col_on(lang)}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </TableWrap>
    }
}

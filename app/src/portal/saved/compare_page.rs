//! Up to four homes side by side. The homes stand in the address, so the page can be shared.

use super::compare_rows::{Row, rows};
use super::saved;
use crate::portal::listing::{HomePicture, home_href};
use crate::portal::words;
use crate::shell::{Frame, Head, Visit, failure};
use crate::texts::{listing, saved as text};
use domain::listing::Detail;
use domain::loan::Rules;
use domain::saved::{Saved, Shelf};
use domain::{Lang, ListingCode};
use leptos::prelude::*;
use services::{Moment, Services};
use ui::{Banner, Empty, Glyph, Icon, TableWrap, Tag, TagKind, Tone};

/// The page.
#[component]
pub fn ComparePage() -> impl IntoView {
    let (services, kept) = (expect_context::<Services>(), saved());
    let asked = Asked::read(&Visit::current().href, &kept);
    Suspend::new(async move {
        match services::saved::compared(&services, &asked.codes, Moment::now()).await {
            Ok(homes) => view! { <Compare homes asked/> }.into_any(),
            Err(error) => failure(error),
        }
    })
}

/// What the address asks for.
#[derive(Clone, Debug)]
struct Asked {
    codes: Vec<ListingCode>,
    /// Named by the address, not taken from the browser's own list.
    named: bool,
    /// Only rows in which the homes differ.
    differences: bool,
    /// A fifth home was refused.
    full: bool,
}

impl Asked {
    fn read(href: &str, kept: &Saved) -> Self {
        let pairs =
            || href.split_once('?').map_or("", |(_, query)| query).split('&').filter_map(|p| p.split_once('='));
        let field = |name: &str| pairs().find(|(field, _)| *field == name).map(|(_, value)| value);
        let mut codes: Vec<_> = field("homes").unwrap_or("").split(',').filter_map(ListingCode::parse).collect();
        codes.dedup();
        codes.truncate(Saved::MOST_COMPARED);
        let named = !codes.is_empty();
        if !named {
            codes = kept.on(Shelf::Compare).to_vec();
        }
        Self { codes, named, differences: field("only") == Some("differences"), full: field("full") == Some("1") }
    }

    fn href(&self, differences: bool) -> String {
        match (self.named, differences) {
            (true, _) => self.shared(differences),
            (false, true) => "/compare?only=differences".to_owned(),
            (false, false) => "/compare".to_owned(),
        }
    }

    /// The address that shows the same homes to anybody.
    fn shared(&self, differences: bool) -> String {
        let codes: Vec<_> = self.codes.iter().map(ListingCode::as_str).collect();
        format!("/compare?homes={}{}", codes.join(","), if differences { "&only=differences" } else { "" })
    }
}

#[component]
fn Compare(homes: Vec<Detail>, asked: Asked) -> impl IntoView {
    let Visit { lang, origin, .. } = Visit::current();
    let head = Head { title: text::compare_title(lang).to_owned(), ..Head::default() };
    let full =
        asked.full.then(|| view! { <Banner tone=Tone::Warn>{text::full(lang, Saved::MOST_COMPARED)}</Banner> });
    let shared = format!("{origin}{}", asked.shared(asked.differences));
    let printed = shared.clone();
    let body = if homes.is_empty() {
        view! { <Empty title=text::compare_none(lang)><p class="soft">{text::compare_hint(lang, Saved::MOST_COMPARED)}</p></Empty> }
            .into_any()
    } else {
        table(lang, homes, &asked)
    };
    let switch = view! {
        <nav class="seg no-print" aria-label=text::rows(lang) data-soft>
            <a href=asked.href(false) aria-current=(!asked.differences).then_some("true")>{text::all_rows(lang)}</a>
            <a href=asked.href(true) aria-current=asked.differences.then_some("true")>{text::differences(lang)}</a>
        </nav>
    };
    view! {
        <Frame head>
            <main id="main" class="wrap lst compare-page">
                {full}
                <div data-region="compare">
                    <div class="sec-h">
                        <h1>{text::compare_title(lang)}</h1>
                        <div class="row row--2 no-print push">
                            {switch}
                            <button type="button" class="btn btn--ghost" data-share=listing::share_done(lang) data-url=shared><Icon glyph=Glyph::Share/>{listing::share(lang)}</button>
                            <button type="button" class="btn btn--ghost" data-print><Icon glyph=Glyph::Print/>{listing::print(lang)}</button>
                        </div>
                    </div>
                    {body}
                </div>
                <p class="lst-foot only-print">{printed}</p>
            </main>
        </Frame>
    }
}

fn table(lang: Lang, homes: Vec<Detail>, asked: &Asked) -> AnyView {
    let all = rows(lang, &homes, Rules::on(Moment::now().day()));
    let (own, alone) = (!asked.named, homes.len() < 2);
    let hide = asked.differences && !alone;
    let shown: Vec<_> = all.into_iter().filter(|row| !hide || row.differs()).map(|row| line(lang, row)).collect();
    let heads: Vec<_> = homes
        .into_iter()
        .map(|home| {
            let card = home.card;
            let (href, code) = (home_href(&card), card.code.to_string());
            let name = words::home(lang, &card);
            view! {
                <th scope="col">
                    <a class="cmp-pic" href=href.clone() tabindex="-1" aria-hidden="true"><HomePicture lang card=card.clone() media=card.media.first().cloned()/></a>
                    <a class="link" href=href>{name}</a>
                    {own.then(|| view! {
                        <form method="post" action="/saved" class="no-print" data-keep>
                            <input type="hidden" name="code" value=code.clone()/>
                            <button class="btn btn--ghost btn--sm" name="compare" value="off">{text::take_off(lang)} " " <span class="vh">{code}</span></button>
                        </form>
                    })}
                </th>
            }
        })
        .collect();
    view! {
        <TableWrap caption=text::compare_title(lang)>
            <thead><tr><td class="mute sm">{text::best_note(lang)}</td>{heads}</tr></thead>
            <tbody>{shown}</tbody>
        </TableWrap>
    }
    .into_any()
}

fn line(lang: Lang, row: Row) -> impl IntoView {
    let differs = row.differs();
    let cells: Vec<_> = row
        .cells
        .into_iter()
        .enumerate()
        .map(|(at, cell)| {
            let best = row.best.contains(&at);
            let unknown = cell.is_none();
            let cell = cell.unwrap_or_else(|| text::unknown(lang).to_owned());
            view! {
                <td class=if unknown { "mute" } else { "" }>
                    {cell}
                    {best.then(|| view! { " " <Tag kind=TagKind::Ok>{text::best(lang)}</Tag> })}
                </td>
            }
        })
        .collect();
    view! { <tr class=if differs { "num differs" } else { "num" }><th scope="row">{row.name}</th>{cells}</tr> }
}

//! The map beside the list: drawn on the server, so that it is there at once and works without scripts.

use super::map_frame::{Frame, Spot};
use crate::portal::words;
use crate::texts::{gallery, map as text};
use domain::Lang;
use domain::community::PlaceKind;
use domain::geo::{Datum, Position};
use domain::listing::SearchPage;
use domain::place::Level;
use leptos::prelude::*;
use services::map::{Area, MapPage};
use ui::{Glyph, Icon, TableWrap};

/// Where the pictures of a map come from, if a provider is configured.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tiles {
    /// Address with `{z}`, `{x}` and `{y}`; none for the map of our own.
    pub template: Option<String>,
    /// In which coordinates they are cut.
    pub gcj02: bool,
    /// Whom to name.
    pub credit: Option<String>,
}

impl Tiles {
    fn datum(&self) -> Datum {
        if self.gcj02 { Datum::Gcj02 } else { Datum::Wgs84 }
    }
}

/// Pixels of the drawing on wide and narrow screens.
const WIDE: (f64, f64) = (900.0, 540.0);
const NARROW: (f64, f64) = (380.0, 440.0);

/// Map, its drawing tool and the table of areas with the same numbers.
#[component]
pub(super) fn MapView(lang: Lang, page: std::sync::Arc<SearchPage>, map: MapPage) -> impl IntoView {
    let tiles = use_context::<Tiles>().unwrap_or_default();
    let placed: u32 = map.areas.iter().filter(|a| a.at.is_some()).map(|a| a.count).sum();
    let n = map.areas.iter().filter(|a| a.at.is_some()).count();
    let erase = page.filter.shape.is_some().then(|| {
        let mut filter = page.filter.first_page();
        filter.shape = None;
        view! { <a class="btn btn--sm" href=filter.href()>{text::erase(lang)}</a> }
    });
    let wider = wider(lang, &page);
    let scale = match map.level {
        Level::District => text::scale_district(lang, n, placed),
        Level::Circle => text::scale_circle(lang, n, placed),
        Level::Community => text::scale_community(lang, n, placed),
    };
    let (wide, narrow) = (
        drawing(lang, &page, &map, &tiles, WIDE, "mapart only-wide"),
        drawing(lang, &page, &map, &tiles, NARROW, "mapart only-phone"),
    );
    let hidden = (map.hidden > 0).then(|| text::hidden(lang, map.hidden));
    view! {
        <div class="map" data-map data-script="/map.js" data-hint=text::draw_hint(lang) data-few=text::draw_few(lang)>
            {wide}
            {narrow}
            <div class="map-tools row row--2">
                {wider}
                {erase}
                <button type="button" class="btn btn--sm map-draw" data-draw aria-pressed="false"><Icon glyph=Glyph::Edit/>{text::draw(lang)}</button>
            </div>
            <p class="map-scale xs num" data-map-note>{scale}{hidden}</p>
            {tiles.credit.map(|credit| view! { <p class="map-credit xs">{credit}</p> })}
        </div>
        <details class="map-areas">
            <summary class="link">{text::areas(lang)}</summary>
            {areas(lang, &map)}
        </details>
    }
}

/// One level up, where there is one.
fn wider(lang: Lang, page: &SearchPage) -> Option<AnyView> {
    let mut filter = page.filter.first_page();
    if !filter.community.is_empty() {
        filter.community.clear();
    } else if !filter.circle.is_empty() {
        filter.circle.clear();
    } else if !filter.district.is_empty() {
        filter.district.clear();
    } else {
        return None;
    }
    Some(view! { <a class="btn btn--sm" href=filter.href() data-soft><Icon glyph=Glyph::Left/>{text::wider(lang)}</a> }.into_any())
}

/// The same numbers as a table; areas that nobody has located stand there only.
fn areas(lang: Lang, map: &MapPage) -> impl IntoView + use<> {
    let rows: Vec<_> = map
        .areas
        .iter()
        .map(|area| {
            let median = area.median.map_or_else(|| "–".to_owned(), |unit| words::unit_price(lang, unit));
            view! {
                <tr class="num">
                    <th scope="row"><a class="link" href=area.filter.href() data-soft>{area.name.clone()}</a></th>
                    <td class="n">{gallery::count(lang, area.count)}</td>
                    <td class="n">{median}</td>
                    <td class="mute">{area.at.is_none().then(|| text::no_place(lang))}</td>
                </tr>
            }
        })
        .collect();
    view! {
        <TableWrap caption=text::areas(lang)>
            <thead>
                <tr>
                    <th scope="col">{text::col_area(lang)}</th>
                    <th scope="col" class="n">{text::col_homes(lang)}</th>
                    <th scope="col" class="n">{text::col_median(lang)}</th>
                    <th scope="col"><span class="vh">{text::col_note(lang)}</span></th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </TableWrap>
    }
}

fn drawing(
    lang: Lang,
    page: &SearchPage,
    map: &MapPage,
    tiles: &Tiles,
    size: (f64, f64),
    class: &'static str,
) -> AnyView {
    let datum = tiles.datum();
    let ring = page.filter.shape.as_ref().map(|shape| shape.points().to_vec()).unwrap_or_default();
    let points: Vec<Position> = map.areas.iter().filter_map(|area| area.at).chain(ring.iter().copied()).collect();
    let Some(frame) = Frame::around(&points, size, datum) else {
        return view! { <p class=format!("map-nowhere {}", class.trim_start_matches("mapart"))>{text::nowhere(lang)}</p> }.into_any();
    };
    let ground = if tiles.template.is_some() { tiled(&frame, tiles) } else { schematic(&frame, map) };
    let ring = (!ring.is_empty()).then(|| {
        let points: Vec<_> = ring.iter().map(|p| frame.at(*p)).map(|(x, y)| format!("{x:.1},{y:.1}")).collect();
        view! { <polygon class="map-ring" points=points.join(" ")></polygon> }
    });
    let labels: Vec<(String, String)> = map.areas.iter().map(|area| words_of(lang, area)).collect();
    let spots =
        frame.spots(map.areas.iter().zip(&labels).map(|(area, label)| (area.at, label.0.as_str(), label.1.as_str())));
    // The last drawn lies on top: most homes first in the list, so backwards.
    let markers: Vec<_> = map
        .areas
        .iter()
        .zip(labels)
        .zip(spots)
        .rev()
        .filter_map(|((area, label), spot)| Some(marker(lang, area, label, spot?)))
        .collect();
    let (scale, north, west) = frame.for_scripts();
    let label = text::label(lang, map.areas.len(), page.total);
    view! {
        <svg class=class viewBox=format!("0 0 {} {}", size.0, size.1) role="group" aria-label=label data-scale=scale data-x=west data-y=north data-shift=frame.shift()>
            <g aria-hidden="true">{ground}</g>
            {ring}
            {markers}
            <polyline class="map-ring map-hand"></polyline>
        </svg>
    }
    .into_any()
}

fn words_of(lang: Lang, area: &Area) -> (String, String) {
    let count = gallery::count(lang, area.count);
    let line = match area.median {
        Some(unit) => format!("{count} · {}", text::median_short(lang, thousands(lang, unit.yuan()))),
        None => count,
    };
    (area.name.clone(), line)
}

/// `6.4` 万, or `64k`.
fn thousands(lang: Lang, yuan: i64) -> String {
    match lang {
        Lang::Zh => format!("{}.{}", (yuan + 500) / 10_000, (yuan + 500) % 10_000 / 1000),
        Lang::En => format!("¥{}k", (yuan + 500) / 1000),
    }
}

fn marker(lang: Lang, area: &Area, (name, line): (String, String), spot: Spot) -> impl IntoView + use<> {
    let class = if area.chosen { "bub bub--on" } else { "bub" };
    let label = text::marker(lang, &line, &name);
    let href = area.filter.href();
    let body = match spot {
        Spot::Label { x, y, width } => view! {
            <rect x=num(x - width / 2.0) y=num(y - 22.0) width=num(width) height="44" rx="8"></rect>
            <text class="bub-name" x=num(x) y=num(y - 3.0) text-anchor="middle">{name}</text>
            <text class="bub-line" x=num(x) y=num(y + 14.0) text-anchor="middle">{line}</text>
        }
        .into_any(),
        Spot::Dot { x, y } => view! {
            <circle cx=num(x) cy=num(y) r="15"></circle>
            <text class="bub-line" x=num(x) y=num(y + 4.0) text-anchor="middle">{area.count}</text>
        }
        .into_any(),
    };
    view! { <a class=class href=href aria-label=label data-soft>{body}</a> }
}

fn num(value: f64) -> String {
    format!("{value:.1}")
}

fn tiled(frame: &Frame, tiles: &Tiles) -> AnyView {
    let template = tiles.template.clone().unwrap_or_default();
    let tiles: Vec<_> = frame
        .tiles()
        .into_iter()
        .map(|tile| {
            let href = template
                .replace("{z}", &tile.z.to_string())
                .replace("{x}", &tile.x.to_string())
                .replace("{y}", &tile.y.to_string());
            let size = num(tile.size + 0.5);
            view! { <image href=href x=num(tile.left) y=num(tile.top) width=size.clone() height=size></image> }
        })
        .collect();
    view! { {tiles} }.into_any()
}

/// Our own ground: parks and stations we know of, and lines to feel the scale by.
fn schematic(frame: &Frame, map: &MapPage) -> AnyView {
    let seen = |kind: PlaceKind, radius: &'static str| {
        let of_kind = map.ground.iter().filter(move |place| place.kind == kind);
        let places = of_kind.map(|place| frame.at(place.at)).filter(|at| frame.sees(*at));
        places.map(|(x, y)| view! { <circle cx=num(x) cy=num(y) r=radius></circle> }).collect::<Vec<_>>()
    };
    let grid: String = frame
        .grid()
        .into_iter()
        .map(|(x, y)| match x {
            Some(x) => format!("M{x:.1} 0V{:.0}", frame.height()),
            None => format!("M0 {:.1}H{:.0}", y.unwrap_or(0.0), frame.width()),
        })
        .collect();
    view! {
        <path class="mp-road" d=grid></path>
        <g class="mp-park">{seen(PlaceKind::Park, "16")}</g>
        <g class="mp-metro">{seen(PlaceKind::Metro, "4")}</g>
    }
    .into_any()
}

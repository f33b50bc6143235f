//! The facts of a home against each other.

use super::Defaults;
use super::community::check_name;
use super::draft::{Cell, Draft};
use crate::field::Field;
use crate::note::{Note, NoteCode};
use crate::text::clean;
use crate::values::money::{self, Amount, Unit};
use crate::values::{Reading, area};
use domain::listing::{FloorBand, Holding, Layout};
use domain::{Area, Fen, UnitPrice};

/// The cheapest price of a home; a parking space costs more.
const CHEAPEST: Fen = Fen::from_wan(1);
/// Yuan per ㎡ between which price and area can go together, from empty mining towns to the dearest courtyards.
const YUAN_PER_SQM: std::ops::RangeInclusive<i64> = 100..=1_000_000;
/// Typing errors between 元 and 万元.
const SLIP: i64 = 10_000;
/// Homes with more rooms are doubted.
const MANY_ROOMS: u8 = 20;

/// Checks everything that was read, and decides what counts.
pub(super) fn check(draft: &mut Draft<'_>, defaults: &Defaults) {
    price_and_area(draft);
    let community = std::mem::take(&mut draft.home.community);
    check_name(&community, draft);
    draft.home.community = community;
    inner_area(draft);
    layout(draft);
    floors(draft);
    holding(draft, defaults);
    let tells = |field| draft.has(field) || draft.has(Field::Region);
    if draft.home.district.is_none() && tells(Field::District) {
        draft.notes.push(Note::row(NoteCode::DistrictMissing, ""));
    } else if draft.home.circle.is_none() && tells(Field::Circle) {
        draft.notes.push(Note::row(NoteCode::CircleMissing, ""));
    }
    draft.home.position = draft.position();
}

/// Price, area and stated unit price, each of which may be mistyped; two prove the third.
fn price_and_area(draft: &mut Draft<'_>) {
    let (price_cell, area_cell) = (draft.cell_of(Field::Price), draft.cell_of(Field::AreaBuilt));
    let mut price = read_price(price_cell.text, price_cell.unit);
    let mut area = area::area(&clean(area_cell.text));
    let swapped = (read_price(area_cell.text, price_cell.unit), area::area(&clean(price_cell.text)));
    if let (Reading::Unreadable, Reading::Unreadable, Reading::Known(p), Reading::Known(a)) =
        (&price, &area, &swapped.0, &swapped.1)
    {
        // 98㎡ in the price and 239万 in the area: the units say which is which.
        draft.note(price_cell, NoteCode::SwappedPriceArea, shown(p.fen, a.area));
        (price, area) = swapped.clone();
    }
    let price = match price {
        Reading::Known(price) if price.fen.0 > 0 => Some(price),
        Reading::Known(_) | Reading::Unknown => refuse(draft, price_cell, NoteCode::PriceMissing),
        Reading::Unreadable => refuse(draft, price_cell, NoteCode::PriceUnreadable),
    };
    let area = match area {
        Reading::Known(read) => match draft.built_area(area_cell, read) {
            Some(built) => Some((built, read.stated)),
            None => refuse(draft, area_cell, NoteCode::AreaMissing),
        },
        Reading::Unknown => refuse(draft, area_cell, NoteCode::AreaMissing),
        Reading::Unreadable => refuse(draft, area_cell, NoteCode::AreaUnreadable),
    };
    let unit_cell = draft.cell_of(Field::UnitPrice);
    let stated = draft.known(unit_cell, money::unit_price(&clean(unit_cell.text), unit_cell.unit));
    let stated = stated.map(|(unit, _)| unit).filter(|unit| unit.0 > 0);
    draft.home.stated_unit_price = stated;
    let (Some(price), Some((built, area_stated))) = (price, area) else { return };

    // Another reading of the same two cells, where neither names its unit.
    let turned = match swapped {
        (Reading::Known(p), Reading::Known(a)) if !price.stated && !area_stated => Some((p.fen, a.area)),
        _ => None,
    };
    let fen = price.fen;
    if plausible(fen, built) {
        (draft.home.price, draft.home.area_built) = (fen, built);
        if let Some(unit) = stated.filter(|unit| !agrees(fen, built, *unit)) {
            compare_unit_price(draft, unit, turned, (price_cell, unit_cell));
        }
        return;
    }
    let slips = [(fen.0.checked_mul(SLIP), NoteCode::PriceSlip), (Some(fen.0 / SLIP), NoteCode::PriceSlip)];
    let slips = slips.into_iter().filter_map(|(p, code)| Some((Fen(p?), built, code)));
    let turned_slip = turned.map(|(p, a)| (p, a, NoteCode::SwappedPriceArea));
    let proven = slips
        .chain(turned_slip)
        .find(|(p, a, _)| plausible(*p, *a) && stated.is_some_and(|unit| agrees(*p, *a, unit)));
    if let Some((fen, built, code)) = proven {
        (draft.home.price, draft.home.area_built) = (fen, built);
        draft.note(price_cell, code, shown(fen, built));
    } else if turned.is_some_and(|(p, a)| plausible(p, a)) {
        draft.note(price_cell, NoteCode::PriceAreaSwapped, "");
    } else if !built.plausible() {
        draft.note(area_cell, NoteCode::AreaImplausible, "");
    } else if !(CHEAPEST..=Fen::MAX_PRICE).contains(&fen) {
        draft.note(price_cell, NoteCode::PriceImplausible, format!("{} 万", fen.wan()));
    } else {
        let unit = UnitPrice::of(fen, built).map(|u| format!("{u} 元")).unwrap_or_default();
        draft.note(price_cell, NoteCode::PriceAreaMismatch, unit);
    }
}

/// A stated unit price that disagrees with a plausible price and area.
fn compare_unit_price(
    draft: &mut Draft<'_>,
    unit: UnitPrice,
    turned: Option<(Fen, Area)>,
    (price_cell, unit_cell): (Cell<'_>, Cell<'_>),
) {
    let (fen, built) = (draft.home.price, draft.home.area_built);
    let in_wan = UnitPrice(unit.0.saturating_mul(SLIP));
    if agrees(fen, built, in_wan) {
        draft.home.stated_unit_price = Some(in_wan);
        draft.note(unit_cell, NoteCode::UnitPriceInWan, "");
    } else if let Some((p, a)) = turned.filter(|(p, a)| plausible(*p, *a) && agrees(*p, *a, unit)) {
        (draft.home.price, draft.home.area_built) = (p, a);
        draft.note(price_cell, NoteCode::SwappedPriceArea, shown(p, a));
    } else {
        let computed = UnitPrice::of(fen, built).map(|u| format!("{u} 元/㎡")).unwrap_or_default();
        draft.note(unit_cell, NoteCode::UnitPriceDisagrees, computed);
    }
}

fn read_price(text: &str, unit: Unit) -> Reading<Amount> {
    money::price(&clean(text), unit)
}

fn refuse<T>(draft: &mut Draft<'_>, cell: Cell<'_>, code: NoteCode) -> Option<T> {
    draft.note(cell, code, "");
    None
}

fn shown(fen: Fen, area: Area) -> String {
    format!("{} 万, {area} ㎡", fen.wan())
}

fn plausible(fen: Fen, area: Area) -> bool {
    (CHEAPEST..=Fen::MAX_PRICE).contains(&fen)
        && area.plausible()
        && UnitPrice::of(fen, area).is_some_and(|unit| YUAN_PER_SQM.contains(&unit.yuan()))
}

/// Whether a unit price is price ÷ area to within 2 %.
fn agrees(fen: Fen, area: Area, unit: UnitPrice) -> bool {
    UnitPrice::of(fen, area)
        .is_some_and(|computed| computed.0.abs_diff(unit.0).saturating_mul(50) <= unit.0.unsigned_abs())
}

fn inner_area(draft: &mut Draft<'_>) {
    let Some((cell, inner)) = draft.inner.take() else { return };
    let built = draft.home.area_built;
    if !inner.plausible() {
        draft.note(cell, NoteCode::InnerAreaImplausible, "");
    } else if inner > built {
        draft.note(cell, NoteCode::InnerAreaExceeds, format!("{built} ㎡"));
    } else if inner.0 < built.0 / 10 * 3 {
        draft.note(cell, NoteCode::InnerAreaSmall, format!("{built} ㎡"));
    } else {
        draft.home.area_inner = Some(inner);
    }
}

fn layout(draft: &mut Draft<'_>) {
    let [rooms, halls, kitchens, baths] = draft.counts;
    let joined = draft.home.layout;
    draft.home.layout = joined.map(|l| l.rooms).or(rooms).map(|rooms| Layout {
        rooms,
        halls: joined.and_then(|l| l.halls).or(halls),
        kitchens: joined.and_then(|l| l.kitchens).or(kitchens),
        baths: joined.and_then(|l| l.baths).or(baths),
    });
    if draft.home.layout.is_some_and(|l| l.rooms > MANY_ROOMS) {
        let cell = draft.cell_of(if joined.is_some() { Field::Layout } else { Field::Rooms });
        draft.note(cell, NoteCode::RoomsMany, "");
    }
}

fn floors(draft: &mut Draft<'_>) {
    let (Some(floor), Some(storeys)) = (draft.home.floor, draft.home.storeys) else { return };
    if floor > storeys {
        let cell = draft.cell_of(Field::Floor);
        draft.note(cell, NoteCode::FloorAboveStoreys, storeys.to_string());
        draft.home.floor = None;
    } else {
        draft.home.floor_band.get_or_insert(FloorBand::of(floor, storeys));
    }
}

/// A stated holding was true on some day between listing and today, and it only grows: below what the last sale
/// gives on the first day, or above what it gives on the last, it contradicts.
fn holding(draft: &mut Draft<'_>, defaults: &Defaults) {
    let (Some(stated), Some(sale)) = (draft.home.holding, draft.home.last_sale) else { return };
    let on = |day| Holding::on(day, None, None, None, Some(sale)).map(|h| h.band);
    let too_long = on(defaults.today).is_some_and(|band| stated > band);
    let too_short = draft.home.listed_on.filter(|day| *day >= sale).and_then(on).is_some_and(|band| stated < band);
    if too_long || too_short {
        let cell = draft.cell_of(Field::Holding);
        draft.note(cell, NoteCode::HoldingContradicts, sale.to_string());
    }
}

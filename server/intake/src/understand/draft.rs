//! A row while it is being understood: cells are put where they belong, one by one.

use super::Defaults;
use super::home::{Home, Position, Private};
use crate::field::Field;
use crate::note::{Note, NoteCode, Severity};
use crate::text::{clean, holds_mobile, is_unknown, tidy};
use crate::values::code::{self, CodeRead};
use crate::values::money::{self, Unit};
use crate::values::{Reading, area, date, facing, facts, floor, layout, lift, number, place, words};
use chrono::{Datelike, Days, NaiveDate};
use domain::listing::AreaBasis;
use domain::{Area, UnitPrice};

/// A cell and the column it stands in.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cell<'a> {
    pub(super) field: Field,
    pub(super) column: &'a str,
    pub(super) text: &'a str,
    /// What a price without a unit is counted in.
    pub(super) unit: Unit,
}

impl Cell<'_> {
    /// A note on this cell.
    pub(super) fn note(&self, code: NoteCode, made: impl Into<String>) -> Note {
        Note::cell(code, self.field, self.column, self.text, made)
    }
}

/// What is known of a row so far.
pub(super) struct Draft<'a> {
    pub(super) home: Home,
    pub(super) notes: Vec<Note>,
    /// Counts of rooms, halls, kitchens and baths from columns of their own.
    pub(super) counts: [Option<u8>; 4],
    pub(super) inner: Option<(Cell<'a>, Area)>,
    pub(super) average: Option<(Cell<'a>, UnitPrice)>,
    pub(super) on_sale: u32,
    pub(super) aliases: Vec<String>,
    pub(super) date: Option<NaiveDate>,
    cells: Vec<Cell<'a>>,
    lat: Option<i32>,
    lon: Option<i32>,
    today: NaiveDate,
}

impl<'a> Draft<'a> {
    pub(super) fn new(defaults: &Defaults) -> Self {
        Self {
            home: Home::blank(defaults.city.clone()),
            notes: Vec::new(),
            counts: [None; 4],
            inner: None,
            average: None,
            on_sale: 0,
            aliases: Vec::new(),
            date: None,
            cells: Vec::with_capacity(32),
            lat: None,
            lon: None,
            today: defaults.today,
        }
    }

    /// Whether a reason to refuse the row was found.
    pub(super) fn is_refused(&self) -> bool {
        self.notes.iter().any(|n| n.code.severity() == Severity::Refused)
    }

    /// The cell a field was read from; an empty one where the table has no such column.
    pub(super) fn cell_of(&self, field: Field) -> Cell<'a> {
        let empty = Cell { field, column: "", text: "", unit: Unit::Yuan };
        self.cells.iter().find(|c| c.field == field).copied().unwrap_or(empty)
    }

    /// Whether the table has a column for a field.
    pub(super) fn has(&self, field: Field) -> bool {
        self.cells.iter().any(|c| c.field == field)
    }

    /// Says something about a cell.
    pub(super) fn note(&mut self, cell: Cell<'_>, code: NoteCode, made: impl Into<String>) {
        self.notes.push(cell.note(code, made));
    }

    /// Puts a cell where it belongs. Price, area and unit price wait until they can be checked together; joined
    /// facts until every column of its own is read.
    pub(super) fn take(&mut self, cell: Cell<'a>) {
        self.cells.push(cell);
        let text = clean(cell.text);
        let text: &str = &text;
        match cell.field {
            Field::Price | Field::UnitPrice | Field::AreaBuilt | Field::Facts => {}
            Field::Personal | Field::Ignored => {}
            Field::AreaInner => {
                let read = self.known(cell, area::area(text));
                self.inner = read.map(|r| (cell, r.area));
            }
            Field::City => self.home.city = self.name(cell).or(self.home.city.take()),
            Field::District => self.home.district = self.name(cell).or(self.home.district.take()),
            Field::Circle => self.home.circle = self.name(cell).or(self.home.circle.take()),
            Field::Region => self.region(cell, text),
            Field::Community => self.community(cell),
            Field::Address => self.home.address = self.open_text(cell),
            Field::Building => self.home.building = self.name(cell),
            Field::Unit => self.home.unit = self.name(cell).map(Private::new),
            Field::Room => self.home.room = self.name(cell).map(Private::new),
            Field::Layout => self.home.layout = self.known(cell, layout::layout(text)),
            Field::Rooms => self.counts[0] = self.count(cell, text),
            Field::Halls => self.counts[1] = self.count(cell, text),
            Field::Kitchens => self.counts[2] = self.count(cell, text),
            Field::Baths => self.counts[3] = self.count(cell, text),
            Field::Floor => self.floor(cell, text),
            Field::Storeys => self.home.storeys = self.known(cell, floor::storeys(text)).or(self.home.storeys),
            Field::Facing => self.facing(cell, text),
            Field::LayoutKind => self.home.layout_kind = self.known(cell, words::layout_kind(text)),
            Field::BuildingType => {
                let read = self.known(cell, words::building_type(text));
                self.home.building_type = self.home.building_type.or(read);
            }
            // The type of a villa says more than that of its building.
            Field::VillaType => {
                let read = self.known(cell, words::building_type(text));
                self.home.building_type = read.or(self.home.building_type);
            }
            Field::Structure => self.home.structure = self.known(cell, words::structure(text)),
            Field::Decoration => self.home.decoration = self.known(cell, words::decoration(text)),
            Field::LiftRatio => {
                self.home.lift_ratio = self.known(cell, lift::lift_ratio(text));
                if self.home.lift_ratio.is_some_and(|r| r.lifts > r.homes && r.lifts > 4) {
                    self.note(cell, NoteCode::LiftRatioOdd, "");
                }
            }
            Field::Elevator => self.home.elevator = self.known(cell, lift::yes_no(text)),
            Field::Heating => self.home.heating = self.known(cell, words::heating(text)),
            Field::BuiltYear => {
                let year = self.known(cell, date::year(text));
                let newest = self.today.year() + 3;
                self.home.built_year = year.filter(|y| (1900..=newest).contains(&i32::from(*y)));
                if year != self.home.built_year {
                    self.note(cell, NoteCode::BuiltYearDropped, "");
                }
            }
            Field::ListedOn => self.home.listed_on = self.day(cell, text, 1990),
            Field::LastSale => self.home.last_sale = self.day(cell, text, 1949),
            Field::Date => self.date = self.day(cell, text, 1990),
            Field::Ownership => self.home.ownership = self.known(cell, words::ownership(text)),
            Field::Usage => self.home.usage = self.known(cell, words::usage(text)),
            Field::Holding => {
                let read = self.known(cell, words::holding(text));
                self.home.holding = read.map(|(band, _)| band);
                self.home.only_home = read.and_then(|(_, only)| only).or(self.home.only_home);
            }
            Field::OnlyHome => self.home.only_home = self.known(cell, lift::yes_no(text)).or(self.home.only_home),
            Field::CoOwnership => self.home.co_ownership = self.known(cell, words::co_ownership(text)),
            Field::Mortgage => {
                let reading = words::mortgage(text);
                let rest = match reading {
                    Reading::Known((_, rest)) => rest,
                    Reading::Unknown => None,
                    Reading::Unreadable => Some(text),
                };
                self.home.mortgage_note = rest.map(Private::new);
                self.home.mortgage = self.known(cell, reading).map(|(state, _)| state);
            }
            Field::TitleCopy => self.home.title_copy = self.known(cell, words::title_copy(text)),
            Field::VerifyCode => self.verify_code(cell, text),
            Field::SourceId => self.source_id(cell, text),
            Field::Headline => self.home.headline = self.open_text(cell),
            Field::Lat => self.lat = self.known(cell, number::degrees(text)).filter(|d| *d != 0),
            Field::Lon => self.lon = self.known(cell, number::degrees(text)).filter(|d| *d != 0),
            Field::AveragePrice => {
                let read = self.known(cell, money::unit_price(text, cell.unit));
                self.average = read.map(|(price, _)| (cell, price));
            }
            Field::OnSale => self.on_sale = self.known(cell, number::count(text, 100_000)).unwrap_or(0),
            Field::Aliases => {
                if let Some(names) = self.name(cell) {
                    let parts = names.split([',', '，', '、', ';', '；', '/', '|']).map(str::trim);
                    self.aliases = parts.filter(|p| !p.is_empty()).map(str::to_owned).collect();
                }
            }
            Field::Extra => {
                if let Some(text) = self.open_text(cell) {
                    self.home.extra.push((cell.column.to_owned(), text));
                }
            }
        }
    }

    /// Takes cells with several facts apart. Facts from columns of their own count before them.
    pub(super) fn take_joined(&mut self) {
        let joined: Vec<Cell<'a>> = self.cells.iter().filter(|c| c.field == Field::Facts).copied().collect();
        for piece in joined.into_iter().flat_map(|c| facts::pieces(c.text).map(move |text| Cell { text, ..c })) {
            let text = clean(piece.text);
            match facts::recognise(&text).filter(|field| *field != Field::Personal) {
                Some(field) if self.cells.iter().all(|c| c.field != field || is_unknown(&clean(c.text))) => {
                    self.cells.retain(|c| c.field != field);
                    self.take(Cell { field, unit: Unit::Wan, ..piece });
                }
                Some(field) if clean(self.cell_of(field).text) == text => {}
                _ => self.take(Cell { field: Field::Extra, ..piece }),
            }
        }
    }

    /// The value, if one was read. What was not understood is kept beside the facts and noted.
    pub(super) fn known<T>(&mut self, cell: Cell<'_>, reading: Reading<T>) -> Option<T> {
        if matches!(reading, Reading::Unreadable) {
            self.not_understood(cell);
        }
        reading.known()
    }

    fn not_understood(&mut self, cell: Cell<'_>) {
        self.note(cell, NoteCode::NotUnderstood, "");
        if !cell.field.is_private()
            && let Some(text) = self.open_text(cell)
        {
            self.home.extra.push((cell.column.to_owned(), text));
        }
    }

    /// A name as it stands, if there is one.
    fn name(&self, cell: Cell<'_>) -> Option<String> {
        let known = !is_unknown(&clean(cell.text));
        known.then(|| tidy(cell.text).into_owned())
    }

    /// A text that people write freely: not kept where it holds a mobile number.
    fn open_text(&mut self, cell: Cell<'_>) -> Option<String> {
        let text = self.name(cell)?;
        if holds_mobile(&text) {
            self.note(cell, NoteCode::NumberWithheld, "");
            return None;
        }
        Some(text)
    }

    fn count(&mut self, cell: Cell<'_>, text: &str) -> Option<u8> {
        self.known(cell, number::count(text, 99)).and_then(|n| u8::try_from(n).ok())
    }

    fn day(&mut self, cell: Cell<'_>, text: &str, from: i32) -> Option<NaiveDate> {
        let day = self.known(cell, date::date(text))?;
        // A day of grace: the clock of the source may be ahead.
        let latest = self.today.checked_add_days(Days::new(1)).unwrap_or(self.today);
        if day.year() < from || day > latest {
            self.note(cell, NoteCode::DateImplausible, "");
            return None;
        }
        Some(day)
    }

    fn region(&mut self, cell: Cell<'_>, text: &str) {
        let city = self.home.city.take();
        if let Some(read) = self.known(cell, place::region(text, city.as_deref())) {
            self.home.district.get_or_insert_with(|| read.district.to_owned());
            if let Some(circle) = read.circle {
                self.home.circle.get_or_insert_with(|| circle.to_owned());
            }
            if let Some(rest) = read.rest {
                self.home.extra.push((cell.column.to_owned(), rest.to_owned()));
            }
        }
        self.home.city = city;
    }

    fn community(&mut self, cell: Cell<'_>) {
        let Some(name) = self.name(cell) else { return };
        if name.chars().nth(60).is_some() {
            self.not_understood(cell);
            return;
        }
        let tidied = name.trim_matches([',', '，', '。', ';', '；', '.', '、', ' ', '"']);
        if tidied != name && !tidied.is_empty() {
            self.note(cell, NoteCode::NameTidied, tidied);
        }
        self.home.community = tidied.to_owned();
    }

    fn floor(&mut self, cell: Cell<'_>, text: &str) {
        let Some(read) = self.known(cell, floor::floor(text)) else { return };
        if read.was_date {
            let made = format!("{}/{}", read.floor.unwrap_or(0), read.storeys.unwrap_or(0));
            self.note(cell, NoteCode::FloorFromDate, made);
        }
        if read.floor == Some(0) {
            self.note(cell, NoteCode::StoreysImplausible, "");
        }
        self.home.floor = read.floor.filter(|f| *f != 0);
        self.home.floor_band = read.band;
        self.home.storeys = self.home.storeys.or(read.storeys);
    }

    fn facing(&mut self, cell: Cell<'_>, text: &str) {
        let Some(read) = self.known(cell, facing::facing(text)) else { return };
        self.home.facing = read.facing;
        if read.ambiguous {
            self.note(cell, NoteCode::FacingAmbiguous, facing::shown(read.facing));
        }
    }

    fn verify_code(&mut self, cell: Cell<'_>, text: &str) {
        let (code, note) = match code::code(text) {
            CodeRead::Code(code) => (Some(code), None),
            CodeRead::Labelled(code) => (Some(code), Some(NoteCode::VerifyCodeLabelRemoved)),
            CodeRead::LabelOnly => (None, Some(NoteCode::VerifyCodeLabelOnly)),
            CodeRead::DigitsLost => (None, Some(NoteCode::CodeDigitsLost)),
            CodeRead::Missing => (None, Some(NoteCode::VerifyCodeMissing)),
            CodeRead::Unreadable => return self.not_understood(cell),
        };
        if let Some(note) = note {
            self.note(cell, note, code.clone().unwrap_or_default());
        }
        if code.as_ref().is_some_and(|c| !code::looks_verified(c)) {
            self.note(cell, NoteCode::VerifyCodeOdd, "");
        }
        self.home.verify_code = code;
    }

    fn source_id(&mut self, cell: Cell<'_>, text: &str) {
        match code::code(text) {
            CodeRead::Code(code) | CodeRead::Labelled(code) => self.home.source_id = Some(code),
            CodeRead::DigitsLost => self.note(cell, NoteCode::CodeDigitsLost, ""),
            CodeRead::LabelOnly | CodeRead::Unreadable => self.not_understood(cell),
            CodeRead::Missing => {}
        }
    }

    /// The place on the map, with latitude and longitude the right way round.
    pub(super) fn position(&mut self) -> Option<Position> {
        let (lat, lon) = (self.lat?, self.lon?);
        let inside =
            |lat: i32, lon: i32| (3_000_000..=54_000_000).contains(&lat) && (73_000_000..=136_000_000).contains(&lon);
        let cell = self.cell_of(Field::Lat);
        if inside(lat, lon) {
            Some(Position { lat, lon })
        } else if inside(lon, lat) {
            self.note(cell, NoteCode::CoordinatesSwapped, "");
            Some(Position { lat: lon, lon: lat })
        } else {
            self.note(cell, NoteCode::CoordinatesOutside, "");
            None
        }
    }

    /// Which area a built-area cell means: it may say that it is the inner one.
    pub(super) fn built_area(&mut self, cell: Cell<'a>, read: area::AreaRead) -> Option<Area> {
        if read.basis == Some(AreaBasis::Inner) {
            self.inner.get_or_insert((cell, read.area));
            return None;
        }
        Some(read.area)
    }
}

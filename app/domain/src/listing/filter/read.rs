//! An address read: every field into its place, and what could not be read.

use super::{Cursor, FacingChoice, Filter, MAX_TEXT, MAX_VALUES, RANGE_FIELDS, ROOMS_MAX, Range, Sort, Tag, YesNo};
use crate::Slug;
use crate::error::{FieldError, Problem};
use crate::listing::facts::{BuildingType, Decoration, FloorBand, Heating, LayoutKind, Ownership, Structure, Usage};
use crate::listing::{AreaBasis, HoldingBand};
use crate::loan::{Rules, Terms};
use crate::shape::Shape;

/// A filter read from an address, and what could not be read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parsed {
    /// What was understood.
    pub filter: Filter,
    /// What was not.
    pub problems: Vec<FieldError>,
}

impl Filter {
    /// Reads the decoded pairs of a query string. Values may be repeated or joined by commas; empty ones are
    /// skipped, as forms send them. Unknown fields and values become problems and change nothing.
    pub fn read<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Parsed {
        let mut parsed = Parsed::default();
        let mut count = 0_usize;
        'fields: for (field, value) in pairs {
            let value = value.trim();
            if value.is_empty() {
                continue;
            }
            let pieces: Vec<&str> = if field == "q" { vec![value] } else { value.split(',').collect() };
            for piece in pieces.into_iter().map(str::trim).filter(|p| !p.is_empty()) {
                count += 1;
                let outcome =
                    if count > MAX_VALUES { Err(Problem::TooMany) } else { parsed.filter.accept(field, piece) };
                if let Err(problem) = outcome {
                    parsed.problems.push(FieldError::new(field.chars().take(64).collect::<String>(), problem, piece));
                    if parsed.problems.len() >= MAX_VALUES {
                        break 'fields;
                    }
                }
            }
        }
        parsed.filter.tidy();
        parsed
    }

    /// Whether a field takes several values, joined by commas or told again.
    pub fn is_list(field: &str) -> bool {
        const LISTS: [&str; 17] = [
            "district",
            "circle",
            "community",
            "line",
            "rooms",
            "facing",
            "floor",
            "decoration",
            "elevator",
            "heating",
            "building",
            "structure",
            "kind",
            "ownership",
            "usage",
            "holding",
            "tag",
        ];
        LISTS.contains(&field)
    }

    fn accept(&mut self, field: &str, value: &str) -> Result<(), Problem> {
        if let Some(range) = self.range_end(field) {
            let digits = value.bytes().all(|b| b.is_ascii_digit());
            let number = value.parse::<i64>().ok().filter(|_| digits).ok_or(Problem::Malformed)?;
            if number > 100_000_000 {
                return Err(Problem::OutOfRange);
            }
            *range = Some(number);
            return Ok(());
        }
        match field {
            "city" => self.city = Some(Slug::parse(value).ok_or(Problem::Malformed)?),
            "district" => add(&mut self.district, Slug::parse(value).ok_or(Problem::Malformed)?),
            "circle" => add(&mut self.circle, Slug::parse(value).ok_or(Problem::Malformed)?),
            "community" => add(&mut self.community, Slug::parse(value).ok_or(Problem::Malformed)?),
            "line" => add(&mut self.line, Slug::parse(value).ok_or(Problem::Malformed)?),
            "rooms" => {
                let rooms = value.parse::<u8>().map_err(|_| Problem::Malformed)?;
                add(&mut self.rooms, rooms.min(ROOMS_MAX));
            }
            "basis" => self.basis = Some(AreaBasis::from_code(value).ok_or(Problem::UnknownValue)?),
            "facing" => add(&mut self.facing, FacingChoice::from_code(value).ok_or(Problem::UnknownValue)?),
            "floor" => add(&mut self.floor, FloorBand::from_code(value).ok_or(Problem::UnknownValue)?),
            "decoration" => add(&mut self.decoration, Decoration::from_code(value).ok_or(Problem::UnknownValue)?),
            "elevator" => add(&mut self.elevator, YesNo::from_code(value).ok_or(Problem::UnknownValue)?),
            "heating" => add(&mut self.heating, Heating::from_code(value).ok_or(Problem::UnknownValue)?),
            "building" => add(&mut self.building, BuildingType::from_code(value).ok_or(Problem::UnknownValue)?),
            "structure" => add(&mut self.structure, Structure::from_code(value).ok_or(Problem::UnknownValue)?),
            "kind" => add(&mut self.kind, LayoutKind::from_code(value).ok_or(Problem::UnknownValue)?),
            "ownership" => add(&mut self.ownership, Ownership::from_code(value).ok_or(Problem::UnknownValue)?),
            "usage" => add(&mut self.usage, Usage::from_code(value).ok_or(Problem::UnknownValue)?),
            "holding" => add(&mut self.holding, HoldingBand::from_code(value).ok_or(Problem::UnknownValue)?),
            "tag" => add(&mut self.tag, Tag::from_code(value).ok_or(Problem::UnknownValue)?),
            "cash" => self.budget.cash = Some(amount(value)?),
            "monthly" => self.budget.monthly = Some(amount(value)?),
            // The same fields as on a bill; what only a bill needs is nobody's condition.
            "owned" | "loan" | "years" => self.terms.accept(field, value, Rules::newest())?,
            "shape" => self.shape = Some(Shape::parse(value).ok_or(Problem::Malformed)?),
            "view" if value == "list" => self.map = false,
            "view" if value == "map" => self.map = true,
            "view" => return Err(Problem::UnknownValue),
            "q" => {
                self.q = value.chars().take(MAX_TEXT).collect::<String>().trim_end().to_owned();
                if value.chars().nth(MAX_TEXT).is_some() {
                    return Err(Problem::TooLong);
                }
            }
            "sort" => self.sort = Some(Sort::from_code(value).ok_or(Problem::UnknownValue)?),
            "after" => self.after = Some(Cursor::parse(value).ok_or(Problem::Malformed)?),
            "before" => self.before = Some(Cursor::parse(value).ok_or(Problem::Malformed)?),
            "exact" => self.exact = value == "1",
            _ => return Err(Problem::UnknownField),
        }
        Ok(())
    }

    fn range_end(&mut self, field: &str) -> Option<&mut Option<i64>> {
        RANGE_FIELDS.into_iter().zip(self.ranges()).find_map(|((min, max), range)| match field {
            f if f == min => Some(&mut range.min),
            f if f == max => Some(&mut range.max),
            _ => None,
        })
    }

    /// Puts swapped ends of ranges right and sets into canonical order.
    fn tidy(&mut self) {
        for range in self.ranges() {
            if let (Some(min), Some(max)) = (range.min, range.max)
                && min > max
            {
                *range = Range { min: Some(max), max: Some(min) };
            }
            range.min = range.min.filter(|min| *min > 0);
        }
        self.district.sort();
        self.circle.sort();
        self.community.sort();
        self.line.sort();
        self.rooms.sort_unstable();
        self.facing.sort_unstable();
        self.floor.sort_unstable();
        self.decoration.sort_unstable();
        self.elevator.sort_unstable();
        self.tag.sort_unstable();
        self.sort = self.sort.filter(|s| *s != Sort::Newest);
        self.basis = self.basis.filter(|b| *b != AreaBasis::Built);
        if self.budget.is_open() {
            self.terms = Terms::default();
        }
        if self.after.is_some() {
            self.before = None;
        }
    }

    /// All ranges, in the order of [`RANGE_FIELDS`].
    fn ranges(&mut self) -> [&mut Range; 8] {
        [
            &mut self.price,
            &mut self.unit,
            &mut self.area,
            &mut self.age,
            &mut self.days,
            &mut self.cut,
            &mut self.metro,
            &mut self.school,
        ]
    }
}

/// An amount of a budget.
fn amount(text: &str) -> Result<i64, Problem> {
    let digits = text.bytes().all(|b| b.is_ascii_digit());
    let number = text.parse::<i64>().ok().filter(|_| digits).ok_or(Problem::Malformed)?;
    if number > 1_000_000 { Err(Problem::OutOfRange) } else { Ok(number) }
}

fn add<T: PartialEq>(values: &mut Vec<T>, value: T) {
    if !values.contains(&value) {
        values.push(value);
    }
}

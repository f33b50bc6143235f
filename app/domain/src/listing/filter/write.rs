//! A filter written as an address: one order of fields, one spelling.

use super::encoded::Encoded;
use super::{Filter, RANGE_FIELDS, Sort};
use std::fmt::Write as _;

impl Filter {
    /// The fields with their values in canonical order, as [`Self::read`] takes them.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        // Destructured whole: a new field stops the build until it is written here.
        let Self {
            city,
            district,
            circle,
            community,
            line,
            price,
            unit,
            rooms,
            basis,
            area,
            facing,
            floor,
            age,
            decoration,
            elevator,
            heating,
            building,
            structure,
            kind,
            ownership,
            usage,
            holding,
            tag,
            days,
            cut,
            metro,
            school,
            budget,
            terms,
            shape,
            map,
            q,
            sort,
            after,
            before,
            exact,
        } = self;
        let mut out = Vec::new();
        let mut put = |field, value: String| {
            if !value.is_empty() {
                out.push((field, value));
            }
        };
        put("city", city.as_ref().map(ToString::to_string).unwrap_or_default());
        put("district", joined(district));
        put("circle", joined(circle));
        put("community", joined(community));
        put("line", joined(line));
        put("rooms", joined(rooms));
        put("basis", basis.map(|b| b.code().to_owned()).unwrap_or_default());
        put("facing", joined(facing));
        put("floor", joined(floor));
        put("decoration", joined(decoration));
        put("elevator", joined(elevator));
        put("heating", joined(heating));
        put("building", joined(building));
        put("structure", joined(structure));
        put("kind", joined(kind));
        put("ownership", joined(ownership));
        put("usage", joined(usage));
        put("holding", joined(holding));
        put("tag", joined(tag));
        for ((min, max), range) in RANGE_FIELDS.into_iter().zip([price, unit, area, age, days, cut, metro, school]) {
            put(min, range.min.map(|v| v.to_string()).unwrap_or_default());
            put(max, range.max.map(|v| v.to_string()).unwrap_or_default());
        }
        put("cash", budget.cash.map(|n| n.to_string()).unwrap_or_default());
        put("monthly", budget.monthly.map(|n| n.to_string()).unwrap_or_default());
        for (field, value) in terms.pairs() {
            put(field, value);
        }
        put("shape", shape.as_ref().map(ToString::to_string).unwrap_or_default());
        put("view", if *map { "map".to_owned() } else { String::new() });
        put("q", q.clone());
        put("sort", sort.filter(|s| *s != Sort::Newest).map(|s| s.code().to_owned()).unwrap_or_default());
        put("after", after.map(|c| c.to_string()).unwrap_or_default());
        put("before", before.map(|c| c.to_string()).unwrap_or_default());
        put("exact", if *exact { "1".to_owned() } else { String::new() });
        out
    }

    /// The canonical query string, percent-encoded, without the city (which stands in the path). Empty for
    /// everything.
    pub fn query(&self) -> String {
        let mut out = String::new();
        for (field, value) in self.pairs() {
            if field == "city" {
                continue;
            }
            let _ = write!(out, "{}{field}={}", if out.is_empty() { "" } else { "&" }, Encoded(&value));
        }
        out
    }

    /// The address of the gallery page that shows this.
    pub fn href(&self) -> String {
        let path = self.city.as_ref().map_or_else(|| "/".to_owned(), |city| format!("/{city}/listings"));
        match self.query() {
            query if query.is_empty() => path,
            query => format!("{path}?{query}"),
        }
    }
}

fn joined<T: ToString>(values: &[T]) -> String {
    values.iter().map(ToString::to_string).collect::<Vec<_>>().join(",")
}

//! Forms as they arrive: named texts, read field by field, with every fault kept.

use crate::error::Problem;
use crate::{Error, FieldError};
use chrono::NaiveDate;
use serde::de::{MapAccess, Visitor};
use serde::ser::SerializeMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;

/// The fields of a form, by name. What was typed stays as it is.
#[derive(Clone, Debug, Default)]
pub struct Fields(Vec<(String, String)>);

impl Fields {
    /// These fields.
    pub fn new(fields: Vec<(String, String)>) -> Self {
        Self(fields)
    }

    /// The first text of this name; empty where there is none.
    pub fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(n, _)| n == name).map_or("", |(_, value)| value)
    }

    /// Every text of this name.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(n, _)| n == name).map(|(_, value)| value.as_str())
    }

    /// Names and texts, in their order.
    pub fn pairs(&self) -> &[(String, String)] {
        &self.0
    }
}

/// As a map, in which several texts of one name are a list.
impl Serialize for Fields {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut map = to.serialize_map(None)?;
        for (n, (name, _)) in self.0.iter().enumerate() {
            if self.0[..n].iter().any(|(earlier, _)| earlier == name) {
                continue;
            }
            match self.all(name).collect::<Vec<_>>().as_slice() {
                [one] => map.serialize_entry(name, one)?,
                many => map.serialize_entry(name, many)?,
            }
        }
        map.end()
    }
}

impl<'de> Deserialize<'de> for Fields {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Read;

        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Texts {
            One(String),
            Many(Vec<String>),
        }

        impl<'de> Visitor<'de> for Read {
            type Value = Fields;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the fields of a form")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Fields, A::Error> {
                let mut fields = Vec::new();
                while let Some((name, texts)) = map.next_entry::<String, Texts>()? {
                    match texts {
                        Texts::One(text) => fields.push((name, text)),
                        Texts::Many(texts) => fields.extend(texts.into_iter().map(|text| (name.clone(), text))),
                    }
                }
                Ok(Fields(fields))
            }
        }

        from.deserialize_map(Read)
    }
}

/// Reads the fields of a form and collects what does not fit.
#[derive(Debug)]
pub struct Checked<'a> {
    fields: &'a Fields,
    faults: Vec<FieldError>,
}

impl<'a> Checked<'a> {
    /// Begins with no fault.
    pub fn new(fields: &'a Fields) -> Self {
        Self { fields, faults: Vec::new() }
    }

    /// A field that must be there.
    pub fn need<T>(&mut self, name: &str, read: impl FnOnce(&str) -> Result<T, Problem>) -> Option<T> {
        let text = self.fields.get(name);
        let read = if text.trim().is_empty() { Err(Problem::Missing) } else { read(text) };
        read.map_err(|problem| self.fault(name, problem)).ok()
    }

    /// A field that may be left empty.
    pub fn may<T>(&mut self, name: &str, read: impl FnOnce(&str) -> Result<T, Problem>) -> Option<T> {
        let text = self.fields.get(name);
        if text.trim().is_empty() { None } else { self.need(name, read) }
    }

    /// A day, `YYYY-MM-DD`, between 1950 and 2100.
    pub fn day(&mut self, name: &str) -> Option<NaiveDate> {
        self.may(name, |text| {
            let day = NaiveDate::parse_from_str(text.trim(), "%Y-%m-%d").map_err(|_| Problem::Malformed)?;
            let year = chrono::Datelike::year(&day);
            if (1950..=2100).contains(&year) { Ok(day) } else { Err(Problem::OutOfRange) }
        })
    }

    /// Notes a fault. What was typed into a field of a secret is not repeated.
    pub fn fault(&mut self, name: &str, problem: Problem) {
        let secret = ["password", "code", "phone", "id_number"].iter().any(|word| name.contains(word));
        let shown = if secret { "" } else { self.fields.get(name) };
        self.faults.push(FieldError::new(name, problem, shown));
    }

    /// What was read, if nothing is at fault.
    ///
    /// # Errors
    /// `Invalid` with every fault.
    pub fn done<T>(self, read: Option<T>) -> Result<T, Error> {
        match read {
            Some(read) if self.faults.is_empty() => Ok(read),
            _ => Err(Error::Invalid { fields: self.faults }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_travel_as_a_map() {
        let pair = |name: &str, text: &str| (name.to_owned(), text.to_owned());
        let fields = Fields::new(vec![pair("roles", "agent"), pair("login", "lin"), pair("roles", "hr")]);
        let json = serde_json::to_string(&fields).unwrap();
        assert_eq!(json, r#"{"roles":["agent","hr"],"login":"lin"}"#);
        let back: Fields = serde_json::from_str(&json).unwrap();
        assert_eq!(back.all("roles").collect::<Vec<_>>(), ["agent", "hr"]);
        assert!(serde_json::from_str::<Fields>(r#"{"login":{"x":1}}"#).is_err());
    }

    #[test]
    fn a_fault_of_a_secret_does_not_repeat_it() {
        let fields = Fields::new(vec![("phone".into(), "12345".into()), ("name".into(), "x".into())]);
        let mut form = Checked::new(&fields);
        form.need("phone", |_| Err::<(), _>(Problem::Malformed));
        form.need("name", |_| Err::<(), _>(Problem::Malformed));
        let Err(Error::Invalid { fields }) = form.done(None::<()>) else { panic!() };
        assert_eq!((fields[0].value.as_str(), fields[1].value.as_str()), ("", "x"));
    }
}

//! The answer to a search: a page of homes, the counts of every choice, and what to relax when nothing fits.

use super::{Card, Filter};
use crate::place::{Level, PlaceName};
use crate::{Fen, UnitPrice};
use serde::{Deserialize, Serialize};

/// One page of results.
#[derive(Clone, Debug, PartialEq)]
pub struct SearchPage {
    /// The conditions as understood: phrases in the free text have become conditions of their own.
    pub filter: Filter,
    /// The dearest price the budget allows, in whole 万元, where there is a budget.
    pub cap: Option<i64>,
    /// Homes that fit.
    pub total: u32,
    /// Whether `total` was counted to the end.
    pub total_is_exact: bool,
    /// The homes of this page.
    pub items: Vec<Card>,
    /// How many stand before the first of them.
    pub offset: u32,
    /// The filter of the next page.
    pub next: Option<Filter>,
    /// The filter of the page before.
    pub previous: Option<Filter>,
    /// Counts of every choice.
    pub facets: Facets,
    /// Figures over all homes that fit.
    pub summary: Summary,
    /// When nothing fits: the smallest changes that help, smallest first.
    pub relaxations: Vec<Relaxation>,
    /// Names of the places that the filter mentions.
    pub places: Vec<(Level, PlaceName)>,
    /// Words of the free text that name nothing we know.
    pub unknown_words: Vec<String>,
}

/// Medians over all homes that fit; absent when none does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// Median total price.
    pub median_price: Option<Fen>,
    /// Median unit price.
    pub median_unit: Option<UnitPrice>,
}

/// Counts of the choices of every field. A count is what results when this value joins or leaves its field's
/// choice while all other fields stay as they are.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facets {
    /// One group a field.
    pub groups: Vec<FacetGroup>,
    /// Distributions for the fields with a slider.
    pub histograms: Vec<Histogram>,
}

/// The choices of one field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FacetGroup {
    /// The field as in the address; ranges without `_min` and `_max`.
    pub field: String,
    /// Its values in the order pages list them.
    pub values: Vec<FacetValue>,
}

/// One choice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FacetValue {
    /// The value as in the address; a range as `min-max`, an open end left out.
    pub value: String,
    /// The name, for places.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Homes that fit with it.
    pub count: u32,
}

/// How the homes that fit all other conditions spread over a range.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Histogram {
    /// `price`, `unit` or `area`.
    pub field: String,
    /// Width of a bin in the field's unit; the first begins at 0, the last holds everything above.
    pub step: i64,
    /// Homes a bin.
    pub bins: Vec<u32>,
}

/// A change to the conditions that would bring results.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relaxation {
    /// Which field it touches, as in [`FacetGroup::field`].
    pub field: String,
    /// The conditions after the change.
    pub filter: Filter,
    /// Homes that fit then.
    pub gain: u32,
}

impl Facets {
    /// The group of a field.
    pub fn group(&self, field: &str) -> Option<&FacetGroup> {
        self.groups.iter().find(|g| g.field == field)
    }

    /// The values of a field; none if it has no group.
    pub fn values(&self, field: &str) -> &[FacetValue] {
        self.group(field).map_or(&[], |g| &g.values)
    }

    /// The count of a value; 0 if it is not offered.
    pub fn count(&self, field: &str, value: &str) -> u32 {
        self.values(field).iter().find(|v| v.value == value).map_or(0, |v| v.count)
    }

    /// The distribution of a field.
    pub fn histogram(&self, field: &str) -> Option<&Histogram> {
        self.histograms.iter().find(|h| h.field == field)
    }
}

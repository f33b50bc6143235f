//! Listings (房源): what a home is, the states of its offer, and how it is searched and shown.

mod card;
mod facet;
mod facts;
mod filter;
mod holding;
mod number;
mod phrase;
mod state;

pub use card::{Card, Detail, Media, Near, PricePoint, RoomPicture, Spell, SpellEnd};
pub use facet::{FacetGroup, FacetValue, Facets, Histogram, Relaxation, SearchPage, Summary};
pub use facts::{
    AreaBasis, BuildingType, CoOwnership, Decoration, Facing, FloorBand, Heating, Layout, LayoutKind, LiftRatio,
    Mortgage, Ownership, Structure, Usage,
};
pub use filter::{
    AGE_BANDS, AREA_BANDS, Band, CUT_BANDS, Cursor, DAYS_BANDS, DISTANCE_BANDS, FacingChoice, Filter, MAX_TEXT,
    MAX_VALUES, PRICE_BANDS, Parsed, ROOMS_MAX, Range, Sort, Tag, UNIT_BANDS, YesNo,
};
pub use holding::{Holding, HoldingBand, HoldingBasis};
pub use number::plain_number;
pub use phrase::{Phrase, read_phrase};
pub use state::ListingState;

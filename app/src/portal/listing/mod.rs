//! The gallery of homes and the page of one.

pub mod lightbox_island;

#[cfg(feature = "ssr")]
mod card;
#[cfg(feature = "ssr")]
mod choices;
#[cfg(feature = "ssr")]
mod conditions;
#[cfg(feature = "ssr")]
mod drawn;
#[cfg(feature = "ssr")]
mod feed;
#[cfg(feature = "ssr")]
mod films_and_plan;
#[cfg(feature = "ssr")]
mod gallery_page;
#[cfg(feature = "ssr")]
mod history;
#[cfg(feature = "ssr")]
mod json_ld;
#[cfg(feature = "ssr")]
mod listing_page;
#[cfg(feature = "ssr")]
mod map_frame;
#[cfg(feature = "ssr")]
mod map_view;
#[cfg(feature = "ssr")]
mod none;
#[cfg(feature = "ssr")]
mod pictures;
#[cfg(feature = "ssr")]
mod tour_page;

#[cfg(feature = "ssr")]
pub(crate) use card::{HomePicture, home_href};
#[cfg(feature = "ssr")]
pub(crate) use conditions::rooms;
#[cfg(feature = "ssr")]
pub use drawn::Drawn;
#[cfg(feature = "ssr")]
pub(crate) use drawn::HomeItem;
#[cfg(feature = "ssr")]
pub use feed::feed;
#[cfg(feature = "ssr")]
pub use gallery_page::GalleryPage;
#[cfg(feature = "ssr")]
pub use json_ld::share_words;
#[cfg(feature = "ssr")]
pub(crate) use json_ld::{breadcrumbs, script};
#[cfg(feature = "ssr")]
pub use listing_page::ListingPage;
#[cfg(feature = "ssr")]
pub(crate) use listing_page::load;
#[cfg(feature = "ssr")]
pub use map_view::Tiles;
#[cfg(feature = "ssr")]
pub use tour_page::TourPage;

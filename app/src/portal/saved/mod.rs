//! What a guest keeps: favourites, homes seen, homes side by side.

mod compare_page;
mod compare_rows;
mod keep;
mod saved_page;
mod tray;

pub use compare_page::ComparePage;
pub(crate) use keep::{Keep, KeepButtons};
pub use saved_page::SavedPage;
pub(crate) use tray::{SavedLink, Tray};

use domain::saved::Saved;
use leptos::prelude::*;

/// The lists of whoever asks.
pub(crate) fn saved() -> Saved {
    use_context().unwrap_or_default()
}

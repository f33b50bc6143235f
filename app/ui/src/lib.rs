//! Design-system components on native elements.
//!
//! Every component is plain server HTML: it renders the same on both sides and needs no hydration
//! unless it stands inside an island. All words are props, no component knows the business, and no
//! component writes a style attribute, because the page's policy forbids them: lengths that come from
//! numbers are SVG attributes. Classes are those of `style/ui`.
//!
//! `on:` and `attr:` on a component reach its root element; further classes go through `class=`.

mod button;
mod card;
mod catalogue;
mod chart;
mod chips;
mod choice;
mod classes;
mod dialog;
mod empty;
mod escape;
mod field;
mod icon;
mod menu;
mod meter;
mod nav;
mod notice;
mod photo;
mod plate;
mod range;
mod steps;
mod table;
mod tag;
#[cfg(test)]
mod testing;
mod tone;
mod waiting;

pub use button::*;
pub use card::*;
pub use catalogue::*;
pub use chart::*;
pub use chips::*;
pub use choice::*;
pub use dialog::*;
pub use empty::*;
pub use field::*;
pub use icon::*;
pub use menu::*;
pub use meter::*;
pub use nav::*;
pub use notice::*;
pub use photo::*;
pub use plate::*;
pub use range::*;
pub use steps::*;
pub use table::*;
pub use tag::*;
pub use tone::*;
pub use waiting::*;

//! The application, compiled twice: into the server, which renders every page as HTML, and for the browser,
//! where only the islands run.
#![recursion_limit = "512"]

pub mod desk;
pub mod portal;
pub mod shell;

#[cfg(feature = "ssr")]
mod texts {
    include!(concat!(env!("OUT_DIR"), "/texts.rs"));
}

#[cfg(feature = "ssr")]
pub use shell::{App, document};

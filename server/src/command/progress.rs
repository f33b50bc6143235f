//! How far a job is, for whoever waits.

use indicatif::{ProgressBar, ProgressStyle};
use std::io::IsTerminal;

/// Hears how far a job is.
pub(super) trait Progress: Send {
    /// `done` of `all`, where that can be known.
    fn at(&mut self, done: u64, all: Option<u64>);
}

/// A bar on the terminal; silent where there is none.
pub(super) struct Bar(ProgressBar);

impl Bar {
    pub(super) fn new() -> Self {
        if !std::io::stderr().is_terminal() {
            return Self(ProgressBar::hidden());
        }
        let style = ProgressStyle::with_template("{spinner} {bar:32} {pos}/{len} {per_sec} {eta}");
        Self(ProgressBar::no_length().with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar())))
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}

impl Progress for Bar {
    fn at(&mut self, done: u64, all: Option<u64>) {
        if let Some(all) = all {
            self.0.set_length(all);
        }
        self.0.set_position(done);
    }
}

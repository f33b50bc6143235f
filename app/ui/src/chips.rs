//! Rows of chips, written as text: a gallery has two hundred chips on every page.

use crate::choice::grouped;
use crate::escape::{Escaped, write};

/// The HTML of some chips, to be set as the inside of their row. The same as [`Chip`](crate::Chip) and
/// [`ChipLink`](crate::ChipLink) draw.
#[derive(Clone, Debug, Default)]
pub struct Chips(String);

impl Chips {
    /// Adds a chip that is a checkbox; see [`Chip`](crate::Chip).
    pub fn choice(&mut self, name: &str, value: &str, checked: bool, count: u32, word: &str) {
        let [name, value, word] = [name, value, word].map(Escaped);
        let state = match (checked, count) {
            (true, _) => " checked",
            (false, 0) => " disabled",
            (false, _) => "",
        };
        let count = grouped(count);
        write(
            &mut self.0,
            format_args!(
                r#"<label class="chip"><input type="checkbox" name="{name}" value="{value}"{state}>{word}<span class="count">{count}</span></label>"#
            ),
        );
    }

    /// Adds a chip that is a link; see [`ChipLink`](crate::ChipLink).
    pub fn link(&mut self, href: &str, current: bool, count: u32, word: &str) {
        let [href, word] = [href, word].map(Escaped);
        let current = if current { r#" aria-current="true""# } else { "" };
        let count = grouped(count);
        write(
            &mut self.0,
            format_args!(r#"<a href="{href}"{current} class="chip">{word}<span class="count">{count}</span></a>"#),
        );
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The HTML.
    pub fn html(self) -> String {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::html;
    use crate::{Chip, ChipLink};
    use leptos::prelude::*;

    #[test]
    fn a_row_is_what_the_components_draw() {
        for (checked, count) in [(false, 3), (true, 0), (false, 0), (true, 1_234)] {
            let mut row = Chips::default();
            row.choice("area", "9&", checked, count, "Harbour <1>");
            let one = html(move || view! { <Chip name="area" value="9&" count checked>"Harbour <1>"</Chip> });
            assert_eq!(row.html(), one);
        }
        for current in [false, true] {
            let mut row = Chips::default();
            row.link("/?a=1&b=\"2\"", current, 7, "A & B");
            let one = html(move || view! { <ChipLink href="/?a=1&b=\"2\"" current count=7>"A & B"</ChipLink> });
            assert_eq!(row.html(), one);
        }
    }
}

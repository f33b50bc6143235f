//! Text written straight into HTML, for what a page has hundreds of: a view of each would take twenty times as long.

use std::fmt::{Arguments, Display, Formatter, Result, Write};

/// A text that means itself, between tags and in quoted attributes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Escaped<'a>(pub(crate) &'a str);

impl Display for Escaped<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        let mut rest = self.0;
        while let Some(at) = rest.find(['&', '<', '>', '"', '\'']) {
            f.write_str(&rest[..at])?;
            f.write_str(match rest.as_bytes()[at] {
                b'&' => "&amp;",
                b'<' => "&lt;",
                b'>' => "&gt;",
                b'"' => "&quot;",
                _ => "&#39;",
            })?;
            rest = &rest[at + 1..];
        }
        f.write_str(rest)
    }
}

/// Appends to a text.
pub(crate) fn write(out: &mut String, text: Arguments<'_>) {
    // Memory takes everything.
    let _never_fails = out.write_fmt(text);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_text_is_taken_for_html() {
        assert_eq!(Escaped("a<b> & \"c\" 'd' 浦东").to_string(), "a&lt;b&gt; &amp; &quot;c&quot; &#39;d&#39; 浦东");
        assert_eq!(Escaped("").to_string(), "");
    }
}

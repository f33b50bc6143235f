//! The log: standard error alone, as text or as JSON, one line an event, times in UTC.

use crate::config::Config;
use std::io::{Result, Write};

/// Begins to log as the settings say.
pub(super) fn begin(config: &Config) {
    let filter = tracing_subscriber::EnvFilter::try_new(config.log_level()).unwrap_or_else(|_| "info".into());
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_ansi(false);
    let builder = builder.with_writer(|| OneLine(std::io::stderr()));
    if config.log.as_deref() == Some("json") { builder.json().init() } else { builder.compact().init() }
}

/// Writes an event as one line, whatever is quoted in it: a line break or an escape sequence out of a database's error or
/// a request is written down, not done. Events come whole, each ended by a line break.
struct OneLine<W>(W);

impl<W: Write> Write for OneLine<W> {
    fn write(&mut self, bytes: &[u8]) -> Result<usize> {
        let text = String::from_utf8_lossy(bytes);
        let (event, end) = text.strip_suffix('\n').map_or((&*text, ""), |event| (event, "\n"));
        let mut line = String::with_capacity(text.len());
        for sign in event.chars() {
            // Marks of direction can make a line read as another one.
            let moves = matches!(sign, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}');
            if sign.is_control() || moves { line.extend(sign.escape_default()) } else { line.push(sign) }
        }
        line.push_str(end);
        self.0.write_all(line.as_bytes())?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> Result<()> {
        self.0.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::{Arc, Mutex};

    #[derive(Clone, Default)]
    struct Kept(Arc<Mutex<Vec<u8>>>);

    impl Write for Kept {
        fn write(&mut self, bytes: &[u8]) -> Result<usize> {
            self.0.lock().unwrap().write(bytes)
        }

        fn flush(&mut self) -> Result<()> {
            Ok(())
        }
    }

    #[test]
    fn nobody_writes_a_line_of_their_own_into_the_log() {
        let kept = Kept::default();
        let writer = kept.clone();
        let log = tracing_subscriber::fmt().compact().with_ansi(false);
        let log = log.with_writer(move || OneLine(writer.clone())).finish();
        let evil = "x\n2026-11-24T00:00:00Z  INFO forged\r\u{1b}[2K\u{202e}\u{2028}\u{85}林";
        tracing::subscriber::with_default(log, || {
            tracing::error!(error = %evil, "a use case failed {evil}");
        });
        let text = String::from_utf8(kept.0.lock().unwrap().clone()).unwrap();
        assert_eq!(text.lines().count(), 1, "{text}");
        assert!(text.ends_with('\n') && text.contains("\\n2026-11-24T00:00:00Z  INFO forged"), "{text}");
        let quiet = text.trim_end_matches('\n');
        assert!(!quiet.chars().any(|c| c.is_control() || ('\u{2028}'..='\u{202e}').contains(&c)), "{text}");
        assert!(text.contains('林'));
    }
}

//! Which rows say what another row or the database says already.

use super::rooms::Room;
use intake::{Duplicate, Home, Mark, values::code::looks_verified};
use std::collections::HashMap;
use store::import::{Known, Marks};

/// What becomes of an understood row.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It is new. Another one may be the same home: the words for that one.
    Take(Option<String>),
    /// It is there already: why, and the words for what it is the same as.
    Known(Duplicate, String),
}

/// What the rows that were taken so far have told: the line of each mark.
#[derive(Default)]
pub(super) struct Told {
    lines: HashMap<Mark, u64>,
}

impl Told {
    /// Judges a row by the rows before it and by the database, and remembers it if it is new.
    pub(super) fn judge(
        &mut self,
        file: &str,
        line: u64,
        home: &Home,
        known: &Known,
        room: Option<&Room>,
    ) -> Verdict {
        let source_id = home.source_id.as_deref().map(|id| Mark::EMPTY.with("source").with(id));
        let code = verify_code(home).map(|code| Mark::EMPTY.with("code").with(code));
        // Apart from the mark of a row, though both are made of cells.
        let look = home.look_alike.with("look");
        let before = |mark: Mark| self.lines.get(&mark).map(|line| format!("{file}:{line}"));
        let same = [
            (
                Duplicate::IdenticalRow,
                before(home.fingerprint).or_else(|| known.fingerprints.get(&home.fingerprint.bytes()[..]).cloned()),
            ),
            (
                Duplicate::SameSourceId,
                source_id.and_then(before).or_else(|| known.source_ids.get(home.source_id.as_deref()?).cloned()),
            ),
            (
                Duplicate::SameVerifyCode,
                code.and_then(before).or_else(|| known.verify_codes.get(verify_code(home)?).cloned()),
            ),
            (Duplicate::SameRoom, room.and_then(|room| before(room.mark).or_else(|| room.of.clone()))),
        ];
        for (why, of) in same {
            if let Some(of) = of {
                return Verdict::Known(why, of);
            }
        }
        let alike = before(look).or_else(|| known.looks.get(&home.look_alike.bytes()[..]).cloned());
        let marks = [Some(home.fingerprint), source_id, code, Some(look), room.map(|room| room.mark)];
        self.lines.extend(marks.into_iter().flatten().map(|mark| (mark, line)));
        Verdict::Take(alike)
    }

    /// Forgets the rows from a line on, because they were not written.
    pub(super) fn forget(&mut self, from: u64) {
        self.lines.retain(|_, line| *line < from);
    }
}

/// What to look up in the database for these homes.
pub(super) fn marks<'a>(homes: impl Iterator<Item = &'a Home>) -> Marks {
    let mut marks = Marks::default();
    for home in homes {
        marks.fingerprints.push(home.fingerprint.bytes().to_vec());
        marks.looks.push(home.look_alike.bytes().to_vec());
        marks.source_ids.extend(home.source_id.clone());
        marks.verify_codes.extend(verify_code(home).map(str::to_owned));
    }
    marks
}

/// A code that tells homes apart; one that does not look like a code tells nothing.
fn verify_code(home: &Home) -> Option<&str> {
    home.verify_code.as_deref().filter(|code| looks_verified(code))
}

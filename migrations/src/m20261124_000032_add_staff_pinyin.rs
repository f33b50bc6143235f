//! The names of people in pinyin; the program spells those who are there already.

/// This step.
pub const STEP: crate::dialect::Step = crate::dialect::Step {
    name: "m20261124_000032_add_staff_pinyin",
    up: "ALTER TABLE staff ADD COLUMN pinyin TEXT;; CREATE INDEX staff_unspelt ON staff (id) WHERE pinyin IS NULL",
    down: "DROP INDEX staff_unspelt;; ALTER TABLE staff DROP COLUMN pinyin",
};

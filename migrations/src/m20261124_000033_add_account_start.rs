//! The page somebody begins with, kept with the account.

/// This step.
pub const STEP: crate::dialect::Step = crate::dialect::Step {
    name: "m20261124_000033_add_account_start",
    up: "ALTER TABLE account ADD COLUMN start_page TEXT NOT NULL DEFAULT 'home' \
         CHECK (start_page IN ('home', 'staff', 'gallery'))",
    down: "ALTER TABLE account DROP COLUMN start_page",
};

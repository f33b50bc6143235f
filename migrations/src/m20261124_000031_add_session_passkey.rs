//! Whether a session was proven by a passkey, which counts as a second factor.

/// This step.
pub const STEP: crate::dialect::Step = crate::dialect::Step {
    name: "m20261124_000031_add_session_passkey",
    up: "ALTER TABLE session ADD COLUMN by_passkey BOOLEAN NOT NULL DEFAULT FALSE",
    down: "ALTER TABLE session DROP COLUMN by_passkey",
};

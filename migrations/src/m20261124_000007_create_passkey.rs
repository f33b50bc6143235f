//! Passkeys and their challenges; what was answered to whoever sent a thing twice; reminders of licences that end.

/// This step.
pub const STEP: crate::dialect::Step = crate::dialect::Step {
    name: "m20261124_000007_create_passkey",
    up: "
    -- The public half of a passkey, as COSE has it; the private one never leaves its device. It is good for one name
    -- of the site, which is the one it was made under.
    CREATE TABLE passkey (
        id {id},
        account_id BIGINT NOT NULL REFERENCES account (id),
        site TEXT NOT NULL,
        credential {blob} NOT NULL UNIQUE,
        public_key {blob} NOT NULL,
        counter BIGINT NOT NULL CHECK (counter >= 0),
        name TEXT NOT NULL,
        made_ms BIGINT NOT NULL,
        used_ms BIGINT
    );;
    CREATE INDEX passkey_of_account ON passkey (account_id, id);;
    -- Asked and not answered yet. The hash is over the challenge, the holder's over the cookie it was asked under.
    CREATE TABLE challenge (
        hash {blob} PRIMARY KEY,
        holder {blob} NOT NULL,
        purpose TEXT NOT NULL CHECK (purpose IN ('add', 'enter', 'confirm')),
        expires_ms BIGINT NOT NULL
    );;
    CREATE INDEX challenge_age ON challenge (expires_ms);;
    -- Nothing was written to it before: the answer is sealed, since some are shown once only.
    DROP TABLE idempotency;;
    CREATE TABLE idempotency (
        id {id},
        -- Over who sent it, to what, and the key that came with it.
        key_hash {blob} NOT NULL UNIQUE,
        body_hash {blob} NOT NULL,
        answer_cipher {blob} NOT NULL,
        at_ms BIGINT NOT NULL
    );;
    CREATE INDEX idempotency_age ON idempotency (at_ms);;
    -- So many days before the end of this licence its holder and their manager were told.
    CREATE TABLE licence_reminder (
        staff_id BIGINT NOT NULL REFERENCES staff (id),
        until {date} NOT NULL,
        days BIGINT NOT NULL,
        at_ms BIGINT NOT NULL,
        PRIMARY KEY (staff_id, until, days)
    )
    ",
    down: "
    DROP TABLE licence_reminder;; DROP TABLE idempotency;;
    CREATE TABLE idempotency (
        idem_key TEXT PRIMARY KEY,
        body_hash {blob} NOT NULL,
        answer TEXT NOT NULL,
        at_ms BIGINT NOT NULL
    );;
    DROP TABLE challenge;; DROP TABLE passkey
    ",
};

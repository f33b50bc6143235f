//! What every slice stands on: numbers, audit, outbox, idempotency, settings, imports.

/// This step.
pub const STEP: crate::dialect::Step = crate::dialect::Step {
    name: "m20261124_000001_create_platform",
    up: "
    -- The next number of every sequence. One row a sequence: taking numbers locks it until the commit, so the
    -- outbox has no gap and no late number on either engine.
    CREATE TABLE counter (
        name TEXT PRIMARY KEY,
        next BIGINT NOT NULL CHECK (next > 0)
    );;
    -- Who did what to which row, in business words. `detail` is JSON without personal data.
    CREATE TABLE audit (
        id {id},
        at_ms BIGINT NOT NULL,
        actor TEXT NOT NULL,
        action TEXT NOT NULL,
        subject TEXT NOT NULL,
        subject_id BIGINT NOT NULL,
        detail TEXT NOT NULL
    );;
    CREATE INDEX audit_of_subject ON audit (subject, subject_id, id);;
    {append_only audit};;
    -- What happened, for those who must hear of it after the commit.
    CREATE TABLE outbox (
        seq {id},
        at_ms BIGINT NOT NULL,
        kind TEXT NOT NULL,
        city TEXT NOT NULL,
        code TEXT NOT NULL,
        version BIGINT NOT NULL
    );;
    CREATE TABLE idempotency (
        idem_key TEXT PRIMARY KEY,
        body_hash {blob} NOT NULL,
        answer TEXT NOT NULL,
        at_ms BIGINT NOT NULL
    );;
    CREATE TABLE setting (
        name TEXT PRIMARY KEY,
        value TEXT NOT NULL
    );;
    -- One run of an import; `done_line` is where it resumes.
    CREATE TABLE import_batch (
        id {id},
        kind TEXT NOT NULL CHECK (kind IN ('listings', 'communities')),
        city_id BIGINT NOT NULL,
        file_name TEXT NOT NULL,
        file_hash {blob} NOT NULL,
        mapping TEXT NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('running', 'finished')),
        done_line BIGINT NOT NULL,
        taken BIGINT NOT NULL,
        duplicate BIGINT NOT NULL,
        refused BIGINT NOT NULL,
        started_ms BIGINT NOT NULL,
        finished_ms BIGINT
    );;
    CREATE INDEX import_batch_of_file ON import_batch (file_hash, city_id);;
    -- How the columns of a file with these headers were mapped, as corrected by a person.
    CREATE TABLE import_mapping (
        headers TEXT PRIMARY KEY,
        mapping TEXT NOT NULL,
        at_ms BIGINT NOT NULL
    )
    ",
    down: "
    DROP TABLE import_mapping;; DROP TABLE import_batch;; DROP TABLE setting;; DROP TABLE idempotency;;
    DROP TABLE outbox;; DROP TABLE audit;; DROP TABLE counter;; {forget append_only}
    ",
};

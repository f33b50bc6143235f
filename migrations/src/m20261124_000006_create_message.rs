//! Messages that leave the house: queued in the transaction of what they tell, sent by a job.

/// This step.
pub const STEP: crate::dialect::Step = crate::dialect::Step {
    name: "m20261124_000006_create_message",
    up: "
    -- Address and contents are sealed; the template is the word for what it says. `person_id` and `purpose` tell whose
    -- consent is asked before it goes. A message belongs to whoever claimed it last, until `lease_ms`.
    CREATE TABLE message (
        id {id},
        channel TEXT NOT NULL CHECK (channel IN ('sms', 'mail')),
        to_cipher {blob} NOT NULL,
        letter_cipher {blob} NOT NULL,
        template TEXT NOT NULL,
        lang TEXT NOT NULL,
        person_id BIGINT REFERENCES person (id),
        purpose TEXT NOT NULL CHECK (purpose IN ('service', 'marketing', 'share')),
        state TEXT NOT NULL CHECK (state IN ('queued', 'sending', 'failed', 'sent', 'dead', 'cancelled')),
        tries SMALLINT NOT NULL CHECK (tries >= 0),
        made_ms BIGINT NOT NULL,
        -- The next try, the end of the lease, or when it was done with.
        next_ms BIGINT NOT NULL,
        -- Not sent after this, such as a code that has run out.
        until_ms BIGINT NOT NULL,
        keep_ms BIGINT NOT NULL,
        why TEXT NOT NULL
    );;
    CREATE INDEX message_due ON message (next_ms) WHERE state IN ('queued', 'sending', 'failed');;
    CREATE INDEX message_of_person ON message (person_id) WHERE person_id IS NOT NULL;;
    CREATE INDEX message_done ON message (keep_ms);;
    -- What somebody said of the use of their data; the newest line of a purpose counts.
    CREATE TABLE consent (
        id {id},
        person_id BIGINT NOT NULL REFERENCES person (id),
        purpose TEXT NOT NULL CHECK (purpose IN ('service', 'marketing', 'share')),
        version SMALLINT NOT NULL CHECK (version > 0),
        given BOOLEAN NOT NULL,
        at_ms BIGINT NOT NULL,
        source TEXT NOT NULL CHECK (source IN ('sign_in', 'account', 'sell'))
    );;
    CREATE INDEX consent_of_person ON consent (person_id, id);;
    {append_only consent}
    ",
    down: "DROP TABLE consent;; DROP TABLE message",
};

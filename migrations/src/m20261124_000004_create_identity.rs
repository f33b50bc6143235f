//! Firm, stores, teams, people, accounts, sessions; the chain of the audit trail; looks at masked numbers.

/// This step.
pub const STEP: crate::dialect::Step = crate::dialect::Step {
    name: "m20261124_000004_create_identity",
    up: "
    -- Everybody whose personal data is kept. Their data is encrypted with a key of their own, which itself is
    -- encrypted with the key file: destroying it makes the data unreadable wherever a copy lies.
    CREATE TABLE person (
        id {id},
        key_cipher {blob},
        destroyed_ms BIGINT,
        CHECK ((key_cipher IS NULL) = (destroyed_ms IS NOT NULL))
    );;
    CREATE TABLE store (
        id {id},
        code TEXT NOT NULL UNIQUE,
        name TEXT NOT NULL UNIQUE,
        address TEXT NOT NULL,
        phone TEXT NOT NULL,
        closed_on {date},
        version BIGINT NOT NULL,
        created_ms BIGINT NOT NULL
    );;
    CREATE TABLE team (
        id {id},
        store_id BIGINT NOT NULL REFERENCES store (id),
        name TEXT NOT NULL,
        UNIQUE (store_id, name)
    );;
    CREATE TABLE staff (
        id {id},
        code TEXT NOT NULL UNIQUE,
        person_id BIGINT NOT NULL UNIQUE REFERENCES person (id),
        name TEXT NOT NULL,
        initials TEXT NOT NULL,
        store_id BIGINT NOT NULL REFERENCES store (id),
        team_id BIGINT REFERENCES team (id),
        manager_id BIGINT REFERENCES staff (id) CHECK (manager_id <> id),
        position TEXT NOT NULL,
        phone_cipher {blob},
        phone_key {blob},
        id_cipher {blob},
        id_key {blob},
        licence_no TEXT,
        licence_until {date},
        hired_on {date},
        education TEXT CHECK (education IN ('school', 'college', 'bachelor', 'master')),
        history TEXT NOT NULL,
        skills TEXT NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('active', 'left')),
        left_on {date},
        version BIGINT NOT NULL,
        created_ms BIGINT NOT NULL,
        created_by TEXT NOT NULL,
        updated_ms BIGINT NOT NULL,
        CHECK ((state = 'left') = (left_on IS NOT NULL))
    );;
    CREATE UNIQUE INDEX staff_phone ON staff (phone_key) WHERE state = 'active';;
    CREATE UNIQUE INDEX staff_id_number ON staff (id_key) WHERE state = 'active';;
    CREATE INDEX staff_of_store ON staff (store_id, name);;
    -- `roles` are words joined by commas, in the order of the product's list.
    CREATE TABLE account (
        id {id},
        staff_id BIGINT NOT NULL UNIQUE REFERENCES staff (id),
        login TEXT NOT NULL UNIQUE,
        roles TEXT NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('invited', 'active', 'disabled')),
        password_hash TEXT,
        password_ms BIGINT,
        totp_cipher {blob},
        totp_on BOOLEAN NOT NULL,
        -- The last 30-second step a code was taken for: no code is good twice.
        totp_step BIGINT NOT NULL,
        version BIGINT NOT NULL,
        created_ms BIGINT NOT NULL,
        CHECK (state <> 'active' OR password_hash IS NOT NULL),
        CHECK (NOT totp_on OR totp_cipher IS NOT NULL)
    );;
    CREATE TABLE recovery_code (
        account_id BIGINT NOT NULL REFERENCES account (id),
        code_hash {blob} NOT NULL,
        used_ms BIGINT,
        PRIMARY KEY (account_id, code_hash)
    );;
    -- The token itself is only in the browser. `whole` is false until the second factor was given.
    CREATE TABLE session (
        id {id},
        account_id BIGINT NOT NULL REFERENCES account (id),
        token_hash {blob} NOT NULL UNIQUE,
        whole BOOLEAN NOT NULL,
        device TEXT NOT NULL,
        address TEXT NOT NULL,
        created_ms BIGINT NOT NULL,
        seen_ms BIGINT NOT NULL,
        expires_ms BIGINT NOT NULL,
        idle_ms BIGINT NOT NULL,
        -- When the password was last given in this session: step-up.
        proven_ms BIGINT NOT NULL,
        ended_ms BIGINT,
        ended_why TEXT
    );;
    CREATE INDEX session_open ON session (account_id) WHERE ended_ms IS NULL;;
    CREATE INDEX session_ended ON session (ended_ms) WHERE ended_ms IS NOT NULL;;
    -- One-time links: the first set-up, an invitation, a new password.
    CREATE TABLE pass (
        id {id},
        kind TEXT NOT NULL CHECK (kind IN ('setup', 'invite', 'reset')),
        account_id BIGINT REFERENCES account (id),
        token_hash {blob} NOT NULL UNIQUE,
        made_ms BIGINT NOT NULL,
        made_by TEXT NOT NULL,
        expires_ms BIGINT NOT NULL,
        used_ms BIGINT,
        CHECK ((kind = 'setup') = (account_id IS NULL))
    );;
    CREATE INDEX pass_of_account ON pass (account_id) WHERE used_ms IS NULL;;
    -- Failed sign-ins, by a keyed hash of who tried and from where.
    CREATE TABLE attempt (
        who {blob} NOT NULL,
        at_ms BIGINT NOT NULL
    );;
    CREATE INDEX attempt_of_whom ON attempt (who, at_ms);;
    CREATE INDEX attempt_age ON attempt (at_ms);;
    -- Who saw which number, and why.
    CREATE TABLE reveal (
        id {id},
        at_ms BIGINT NOT NULL,
        by_staff BIGINT NOT NULL REFERENCES staff (id),
        of_staff BIGINT NOT NULL REFERENCES staff (id),
        field TEXT NOT NULL CHECK (field IN ('phone', 'id_number')),
        reason TEXT NOT NULL
    );;
    CREATE INDEX reveal_by ON reveal (by_staff, at_ms);;
    CREATE INDEX reveal_of ON reveal (of_staff, at_ms);;
    {append_only reveal};;
    CREATE TABLE notice (
        id {id},
        account_id BIGINT NOT NULL REFERENCES account (id),
        kind TEXT NOT NULL,
        about TEXT NOT NULL,
        href TEXT NOT NULL,
        at_ms BIGINT NOT NULL,
        read_ms BIGINT
    );;
    CREATE INDEX notice_of_account ON notice (account_id, id);;
    CREATE INDEX notice_unread ON notice (account_id) WHERE read_ms IS NULL;;
    -- Keys of the programming interface; the key itself is only with its holder.
    CREATE TABLE api_key (
        id {id},
        name TEXT NOT NULL,
        rights TEXT NOT NULL,
        key_hash {blob} NOT NULL UNIQUE,
        created_ms BIGINT NOT NULL,
        created_by TEXT NOT NULL,
        expires_ms BIGINT NOT NULL,
        revoked_ms BIGINT
    );;
    -- Each line carries a keyed hash over itself and the line before it; lines from before the chain have none.
    ALTER TABLE audit ADD COLUMN from_address TEXT NOT NULL DEFAULT '';;
    ALTER TABLE audit ADD COLUMN mac {blob};;
    CREATE INDEX audit_of_actor ON audit (actor, id)
    ",
    down: "
    DROP INDEX audit_of_actor;; ALTER TABLE audit DROP COLUMN mac;; ALTER TABLE audit DROP COLUMN from_address;;
    DROP TABLE api_key;; DROP TABLE notice;; DROP TABLE reveal;; DROP TABLE attempt;; DROP TABLE pass;; DROP TABLE session;;
    DROP TABLE recovery_code;; DROP TABLE account;; DROP TABLE staff;; DROP TABLE team;; DROP TABLE store;;
    DROP TABLE person
    ",
};

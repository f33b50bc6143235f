//! Accounts of buyers and sellers, their codes and sessions.

/// This step.
pub const STEP: crate::dialect::Step = crate::dialect::Step {
    name: "m20261124_000016_create_client",
    up: "
    -- Everything of the person is sealed with the person's own key. Without a number the account was deleted.
    CREATE TABLE client_account (
        id {id},
        person_id BIGINT NOT NULL UNIQUE REFERENCES person (id),
        phone_cipher {blob},
        phone_key {blob} UNIQUE,
        name_cipher {blob},
        -- Favourites, homes seen and compared, as the guest's cookie writes them.
        saved_cipher {blob},
        lang TEXT NOT NULL,
        version BIGINT NOT NULL,
        created_ms BIGINT NOT NULL,
        seen_ms BIGINT NOT NULL,
        CHECK ((phone_cipher IS NULL) = (phone_key IS NULL))
    );;
    CREATE INDEX client_account_seen ON client_account (seen_ms) WHERE phone_key IS NOT NULL;;
    CREATE TABLE client_session (
        id {id},
        account_id BIGINT NOT NULL REFERENCES client_account (id),
        token_hash {blob} NOT NULL UNIQUE,
        device TEXT NOT NULL,
        address TEXT NOT NULL,
        created_ms BIGINT NOT NULL,
        seen_ms BIGINT NOT NULL,
        expires_ms BIGINT NOT NULL,
        idle_ms BIGINT NOT NULL,
        -- When a code was last given in this session: step-up.
        proven_ms BIGINT NOT NULL,
        ended_ms BIGINT,
        ended_why TEXT
    );;
    CREATE INDEX client_session_open ON client_session (account_id) WHERE ended_ms IS NULL;;
    CREATE INDEX client_session_ended ON client_session (ended_ms) WHERE ended_ms IS NOT NULL;;
    -- One-time codes, by keyed hashes of number, network address and code.
    CREATE TABLE client_code (
        id {id},
        purpose TEXT NOT NULL CHECK (purpose IN ('sign_in', 'prove', 'new_number')),
        phone_key {blob} NOT NULL,
        address_key {blob} NOT NULL,
        code_hash {blob} NOT NULL,
        made_ms BIGINT NOT NULL,
        expires_ms BIGINT NOT NULL,
        tries SMALLINT NOT NULL CHECK (tries >= 0),
        ended_ms BIGINT
    );;
    CREATE INDEX client_code_of_number ON client_code (phone_key, made_ms);;
    CREATE INDEX client_code_of_address ON client_code (address_key, made_ms);;
    CREATE INDEX client_code_age ON client_code (made_ms);;
    -- Which notices an account is also told by mail, and where. The address is sealed with the key of the person; it
    -- counts once its link was opened. `kinds` are words joined by commas.
    CREATE TABLE notice_mail (
        id {id},
        account_id BIGINT NOT NULL UNIQUE REFERENCES account (id),
        person_id BIGINT NOT NULL REFERENCES person (id),
        mail_cipher {blob},
        kinds TEXT NOT NULL,
        lang TEXT NOT NULL,
        token_hash {blob} UNIQUE,
        token_until_ms BIGINT,
        confirmed_ms BIGINT,
        CHECK (confirmed_ms IS NULL OR mail_cipher IS NOT NULL)
    );;
    -- Whose a request is: the consent given with it hangs on the person.
    ALTER TABLE sale_request ADD COLUMN person_id BIGINT
    ",
    down: "
    ALTER TABLE sale_request DROP COLUMN person_id;; DROP TABLE notice_mail;; DROP TABLE client_code;; DROP TABLE client_session;;
    DROP TABLE client_account
    ",
};

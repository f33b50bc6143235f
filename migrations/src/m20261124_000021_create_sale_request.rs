//! People who want to sell and asked to be called.

/// This step.
pub const STEP: crate::dialect::Step = crate::dialect::Step {
    name: "m20261124_000021_create_sale_request",
    up: "
    CREATE TABLE sale_request (
        id {id},
        city_id BIGINT NOT NULL REFERENCES city (id),
        -- In the seller's words; the community of the dictionary where it was understood.
        community TEXT NOT NULL,
        community_id BIGINT REFERENCES community (id),
        -- 0.01 square metres.
        area_built INTEGER NOT NULL CHECK (area_built > 0),
        rooms SMALLINT CHECK (rooms BETWEEN 0 AND 20),
        name_cipher {blob} NOT NULL,
        phone_cipher {blob} NOT NULL,
        phone_index {blob} NOT NULL,
        -- The range that was shown, in fen, and from how many homes.
        low BIGINT,
        high BIGINT,
        homes INTEGER,
        state TEXT NOT NULL CHECK (state IN ('new', 'taken', 'closed')),
        version BIGINT NOT NULL CHECK (version > 0),
        created_ms BIGINT NOT NULL
    );;
    CREATE INDEX sale_request_by_phone ON sale_request (phone_index, id);;
    CREATE INDEX sale_request_open ON sale_request (id) WHERE state = 'new'
    ",
    down: "DROP TABLE sale_request",
};

//! Offers, and the history that hangs on the room so that relisting cannot reset it.

/// This step.
pub const STEP: crate::dialect::Step = crate::dialect::Step {
    name: "m20261124_000003_create_listing",
    up: "
    CREATE TABLE listing (
        id {id},
        code TEXT NOT NULL UNIQUE,
        city_id BIGINT NOT NULL REFERENCES city (id),
        room_id BIGINT NOT NULL REFERENCES room (id),
        kind TEXT NOT NULL CHECK (kind IN ('sale')),
        state TEXT NOT NULL CHECK (state IN ('draft', 'pending_verify', 'active', 'paused', 'under_offer', 'sold',
            'store_pool', 'platform_pool', 'invalid', 'sold_by_other', 'withdrawn')),
        -- 1 to 1,000,000,000,000 fen.
        price BIGINT NOT NULL CHECK (price BETWEEN 1 AND 1000000000000),
        -- First price of the room's present spell on the market.
        first_price BIGINT NOT NULL CHECK (first_price BETWEEN 1 AND 1000000000000),
        decoration TEXT,
        holding_stated TEXT,
        only_home BOOLEAN,
        co_ownership TEXT,
        mortgage TEXT,
        -- What the source said of bank and balance: private.
        mortgage_note_cipher {blob},
        floor_price_cipher {blob},
        title_copy BOOLEAN,
        verify_code TEXT,
        any_time BOOLEAN NOT NULL DEFAULT FALSE,
        headline TEXT,
        -- Taken in from a file and not verified by the firm.
        unverified BOOLEAN NOT NULL,
        source TEXT,
        source_id TEXT,
        -- Hash of the row it was taken in from.
        fingerprint {blob},
        look_alike {blob},
        import_id BIGINT REFERENCES import_batch (id),
        -- What a file said and no column holds, as JSON pairs.
        extra TEXT,
        listed_on {date} NOT NULL,
        ended_on {date},
        -- Days the room was on the market before this listing: relisting does not start the clock anew.
        days_before INTEGER NOT NULL DEFAULT 0 CHECK (days_before >= 0),
        -- Mandate and decay clocks; for an import, the moment of the import.
        mandate_ms BIGINT NOT NULL,
        maintained_ms BIGINT NOT NULL,
        version BIGINT NOT NULL CHECK (version > 0),
        created_ms BIGINT NOT NULL,
        created_by TEXT NOT NULL,
        updated_ms BIGINT NOT NULL
    );;
    CREATE UNIQUE INDEX listing_open_once_a_room ON listing (room_id)
        WHERE kind = 'sale' AND state IN
            ('pending_verify', 'active', 'paused', 'under_offer', 'store_pool', 'platform_pool');;
    CREATE INDEX listing_of_room ON listing (room_id, id);;
    CREATE UNIQUE INDEX listing_source_once ON listing (city_id, source_id) WHERE source_id IS NOT NULL;;
    CREATE INDEX listing_by_verify_code ON listing (city_id, verify_code) WHERE verify_code IS NOT NULL;;
    CREATE UNIQUE INDEX listing_row_once ON listing (city_id, fingerprint) WHERE fingerprint IS NOT NULL;;
    CREATE INDEX listing_by_look ON listing (city_id, look_alike) WHERE look_alike IS NOT NULL;;
    CREATE INDEX listing_public ON listing (id) WHERE state IN ('active', 'under_offer');;
    CREATE TABLE price_event (
        id {id},
        room_id BIGINT NOT NULL REFERENCES room (id),
        listing_id BIGINT NOT NULL REFERENCES listing (id),
        old_price BIGINT,
        new_price BIGINT NOT NULL CHECK (new_price > 0),
        effective_on {date} NOT NULL,
        at_ms BIGINT NOT NULL,
        by_actor TEXT NOT NULL,
        evidence TEXT
    );;
    CREATE INDEX price_event_of_room ON price_event (room_id, id);;
    {append_only price_event};;
    CREATE TABLE listing_event (
        id {id},
        room_id BIGINT NOT NULL REFERENCES room (id),
        listing_id BIGINT NOT NULL REFERENCES listing (id),
        old_state TEXT,
        new_state TEXT NOT NULL,
        effective_on {date} NOT NULL,
        at_ms BIGINT NOT NULL,
        by_actor TEXT NOT NULL,
        reason TEXT
    );;
    CREATE INDEX listing_event_of_room ON listing_event (room_id, id);;
    {append_only listing_event}
    ",
    down: "DROP TABLE listing_event;; DROP TABLE price_event;; DROP TABLE listing",
};

//! Calls through a virtual number.

/// This step.
pub const STEP: crate::dialect::Step = crate::dialect::Step {
    name: "m20261124_000030_create_dial",
    up: "
    -- Who could reach whom by which number, and until when. Neither telephone is kept here.
    CREATE TABLE dial (
        id {id},
        at_ms BIGINT NOT NULL,
        by_staff BIGINT NOT NULL REFERENCES staff (id),
        of_staff BIGINT NOT NULL REFERENCES staff (id),
        -- The number between the two, and the provider's name of the binding.
        number_cipher {blob} NOT NULL,
        binding_cipher {blob} NOT NULL,
        until_ms BIGINT NOT NULL CHECK (until_ms > at_ms),
        -- Ended before its time, and told to the provider.
        ended_ms BIGINT,
        parted_ms BIGINT CHECK (parted_ms IS NULL OR ended_ms IS NOT NULL)
    );;
    CREATE INDEX dial_by ON dial (by_staff, at_ms);;
    CREATE INDEX dial_of ON dial (of_staff, at_ms);;
    CREATE INDEX dial_to_part ON dial (until_ms) WHERE ended_ms IS NOT NULL AND parted_ms IS NULL
    ",
    down: "DROP TABLE dial",
};

//! Files by what they hold; the photos and films of homes; papers that belong to a person.

/// This step.
pub const STEP: crate::dialect::Step = crate::dialect::Step {
    name: "m20261124_000005_create_file",
    up: "
    -- One row for each content, however many things use it. The bytes lie in the file store under their SHA-256.
    CREATE TABLE file (
        digest {blob} PRIMARY KEY,
        -- Bytes.
        size BIGINT NOT NULL CHECK (size > 0),
        kind TEXT NOT NULL CHECK (kind IN ('jpg', 'mp4', 'webm', 'sealed')),
        made_ms BIGINT NOT NULL,
        made_by TEXT NOT NULL
    );;
    CREATE TABLE media (
        id {id},
        listing_id BIGINT NOT NULL REFERENCES listing (id),
        kind TEXT NOT NULL CHECK (kind IN ('photo', 'panorama', 'video')),
        -- What it shows, and the how-manieth of its kind, from 0.
        room TEXT NOT NULL,
        nth SMALLINT NOT NULL CHECK (nth BETWEEN 0 AND 9),
        -- The order within the kind, from 0 without gaps; photo 0 is the cover.
        position INTEGER NOT NULL CHECK (position >= 0),
        caption TEXT NOT NULL,
        -- The film, or the photo at its three widths.
        file {blob} NOT NULL REFERENCES file (digest),
        medium {blob} REFERENCES file (digest),
        small {blob} REFERENCES file (digest),
        -- Pixels of `file`.
        width INTEGER NOT NULL CHECK (width > 0),
        height INTEGER NOT NULL CHECK (height > 0),
        -- A PNG of a few pixels, shown until the photo is there.
        miniature {blob},
        -- What a film shows before it plays; without one, the cover.
        poster {blob} REFERENCES file (digest),
        version BIGINT NOT NULL CHECK (version > 0),
        created_ms BIGINT NOT NULL,
        created_by TEXT NOT NULL,
        UNIQUE (listing_id, file),
        CHECK ((kind = 'video') = (medium IS NULL)),
        CHECK ((kind = 'video') = (small IS NULL)),
        CHECK ((kind = 'video') = (miniature IS NULL))
    );;
    CREATE INDEX media_of_listing ON media (listing_id, kind, position);;
    CREATE UNIQUE INDEX media_cover ON media (listing_id) WHERE kind = 'photo' AND position = 0;;
    CREATE INDEX media_by_file ON media (file);;
    CREATE INDEX media_by_medium ON media (medium);;
    CREATE INDEX media_by_small ON media (small);;
    CREATE INDEX media_by_poster ON media (poster) WHERE poster IS NOT NULL;;
    -- Papers of a person: name and contents are sealed with the person's key.
    CREATE TABLE attachment (
        id {id},
        person_id BIGINT NOT NULL REFERENCES person (id),
        kind TEXT NOT NULL CHECK (kind IN ('identity', 'contract', 'certificate', 'other')),
        name_cipher {blob} NOT NULL,
        format TEXT NOT NULL CHECK (format IN ('pdf', 'jpg', 'png')),
        -- Bytes before sealing.
        size BIGINT NOT NULL CHECK (size > 0),
        -- A keyed hash of the contents: the same paper twice is one.
        mark {blob} NOT NULL,
        file {blob} NOT NULL REFERENCES file (digest),
        created_ms BIGINT NOT NULL,
        created_by TEXT NOT NULL,
        UNIQUE (person_id, mark)
    );;
    CREATE INDEX attachment_by_file ON attachment (file)
    ",
    down: "DROP TABLE attachment;; DROP TABLE media;; DROP TABLE file",
};

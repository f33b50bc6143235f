//! Places near homes: metro, schools, hospitals, markets, parks, sources of noise; and an index for homes sold.

/// This step.
pub const STEP: crate::dialect::Step = crate::dialect::Step {
    name: "m20261124_000020_create_poi",
    up: "
    CREATE TABLE poi (
        id {id},
        city_id BIGINT NOT NULL REFERENCES city (id),
        kind TEXT NOT NULL CHECK (kind IN ('metro', 'school', 'hospital', 'market', 'park', 'noise')),
        name TEXT NOT NULL,
        -- WGS-84 in 1e-6 degrees.
        lat_e6 INTEGER NOT NULL CHECK (lat_e6 BETWEEN -90000000 AND 90000000),
        lon_e6 INTEGER NOT NULL CHECK (lon_e6 BETWEEN -180000000 AND 180000000),
        UNIQUE (city_id, kind, name, lat_e6, lon_e6)
    );;
    CREATE INDEX poi_near ON poi (city_id, lat_e6);;
    CREATE INDEX listing_sold ON listing (city_id, ended_on, id) WHERE state = 'sold'
    ",
    down: "DROP INDEX listing_sold;; DROP TABLE poi",
};

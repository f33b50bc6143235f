//! Where homes are: city, district, business circle, community, building, unit, room.

/// This step.
pub const STEP: crate::dialect::Step = crate::dialect::Step {
    name: "m20261124_000002_create_place",
    up: "
    CREATE TABLE city (
        id {id},
        slug TEXT NOT NULL UNIQUE,
        name TEXT NOT NULL,
        name_en TEXT NOT NULL,
        -- 未取得房源核验码的房源不得发布, where the city says so; off until somebody turns it on.
        verify_code_required BOOLEAN NOT NULL DEFAULT FALSE
    );;
    CREATE TABLE district (
        id {id},
        city_id BIGINT NOT NULL REFERENCES city (id),
        slug TEXT NOT NULL,
        name TEXT NOT NULL,
        UNIQUE (city_id, slug),
        UNIQUE (city_id, name)
    );;
    CREATE TABLE circle (
        id {id},
        city_id BIGINT NOT NULL REFERENCES city (id),
        district_id BIGINT NOT NULL REFERENCES district (id),
        slug TEXT NOT NULL,
        name TEXT NOT NULL,
        UNIQUE (city_id, slug),
        UNIQUE (district_id, name)
    );;
    CREATE TABLE community (
        id {id},
        city_id BIGINT NOT NULL REFERENCES city (id),
        circle_id BIGINT NOT NULL REFERENCES circle (id),
        slug TEXT NOT NULL,
        name TEXT NOT NULL,
        -- JSON array of other names.
        aliases TEXT NOT NULL DEFAULT '[]',
        pinyin TEXT NOT NULL,
        initials TEXT NOT NULL,
        address TEXT,
        built_year SMALLINT CHECK (built_year BETWEEN 1800 AND 2100),
        -- WGS-84 in 1e-6 degrees.
        lat_e6 INTEGER CHECK (lat_e6 BETWEEN -90000000 AND 90000000),
        lon_e6 INTEGER CHECK (lon_e6 BETWEEN -180000000 AND 180000000),
        metro_name TEXT,
        metro_m INTEGER CHECK (metro_m >= 0),
        school_name TEXT,
        school_m INTEGER CHECK (school_m >= 0),
        -- What the source of the dictionary said of prices: fen per square metre, homes on sale, its day.
        source_unit_price BIGINT,
        source_on_sale INTEGER,
        source_date {date},
        UNIQUE (city_id, slug),
        UNIQUE (circle_id, name)
    );;
    CREATE TABLE building (
        id {id},
        community_id BIGINT NOT NULL REFERENCES community (id),
        -- Absent while only its facts are known, not which one it is.
        name TEXT,
        building_type TEXT,
        structure TEXT,
        storeys SMALLINT CHECK (storeys BETWEEN 1 AND 200),
        lifts SMALLINT CHECK (lifts >= 0),
        homes_per_floor SMALLINT CHECK (homes_per_floor >= 0),
        elevator BOOLEAN,
        heating TEXT,
        built_year SMALLINT CHECK (built_year BETWEEN 1800 AND 2100)
    );;
    CREATE INDEX building_of_community ON building (community_id);;
    CREATE UNIQUE INDEX building_named_once ON building (community_id, name) WHERE name IS NOT NULL;;
    CREATE TABLE unit (
        id {id},
        building_id BIGINT NOT NULL REFERENCES building (id),
        -- Unit and room numbers are personal data: encrypted, found by their keyed blind index.
        name_cipher {blob} NOT NULL,
        name_index {blob} NOT NULL,
        UNIQUE (building_id, name_index)
    );;
    CREATE TABLE room (
        id {id},
        community_id BIGINT NOT NULL REFERENCES community (id),
        building_id BIGINT NOT NULL REFERENCES building (id),
        unit_id BIGINT REFERENCES unit (id),
        number_cipher {blob},
        -- Keyed blind index over community, building, unit and number; absent for a provisional room.
        room_key {blob} UNIQUE,
        provisional BOOLEAN NOT NULL,
        floor SMALLINT CHECK (floor BETWEEN -9 AND 200),
        floor_band TEXT,
        rooms SMALLINT CHECK (rooms BETWEEN 0 AND 99),
        halls SMALLINT CHECK (halls BETWEEN 0 AND 99),
        kitchens SMALLINT CHECK (kitchens BETWEEN 0 AND 99),
        baths SMALLINT CHECK (baths BETWEEN 0 AND 99),
        layout_kind TEXT,
        -- 0.01 square metres.
        area_built INTEGER NOT NULL CHECK (area_built > 0),
        area_inner INTEGER CHECK (area_inner > 0 AND area_inner <= area_built),
        -- One bit a direction.
        facing SMALLINT NOT NULL CHECK (facing BETWEEN 0 AND 255),
        ownership TEXT,
        usage TEXT,
        last_sale {date},
        certificate_on {date},
        deed_tax_on {date},
        -- What its demo pictures are drawn from.
        scene BIGINT,
        CHECK (provisional = (room_key IS NULL))
    );;
    CREATE INDEX room_of_community ON room (community_id);;
    CREATE INDEX room_of_building ON room (building_id)
    ",
    down: "
    DROP TABLE room;; DROP TABLE unit;; DROP TABLE building;; DROP TABLE community;; DROP TABLE circle;;
    DROP TABLE district;; DROP TABLE city
    ",
};

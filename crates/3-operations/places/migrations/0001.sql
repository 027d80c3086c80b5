-- The places in use. Those of the gazetteer keep the same id on every node; those of members have one of their own.
CREATE TABLE places (
    id          UUID   PRIMARY KEY,
    kind        TEXT   NOT NULL CHECK (kind IN ('street', 'neighbourhood', 'town', 'district', 'country')),
    parent_id   UUID   REFERENCES places (id),
    name        TEXT   NOT NULL,
    norm_name   TEXT   NOT NULL,
    source      TEXT   NOT NULL CHECK (source IN ('geonames', 'members')),
    made_at     BIGINT,                          -- unknown for those of the gazetteer
    status      TEXT   NOT NULL CHECK (status IN ('used', 'merged')),
    merged_into UUID   REFERENCES places (id),
    CHECK ((status = 'merged') = (merged_into IS NOT NULL))
);
-- Members cannot make the same street twice. The gazetteer may: there is a Washington County in thirty states.
CREATE UNIQUE INDEX places_made_once ON places (parent_id, kind, norm_name)
    WHERE source = 'members' AND status = 'used';
CREATE INDEX places_merged ON places (merged_into) WHERE merged_into IS NOT NULL;

-- Each place with everything that it lies in, itself included: one row a level.
CREATE TABLE place_ancestors (
    place_id    UUID NOT NULL REFERENCES places (id),
    kind        TEXT NOT NULL,
    ancestor_id UUID NOT NULL REFERENCES places (id),
    PRIMARY KEY (place_id, kind)
);
CREATE INDEX place_ancestors_within ON place_ancestors (ancestor_id, place_id);

-- Where an agent lives. Former homes are not kept, only when somebody moved.
CREATE TABLE homes (
    agent_id    UUID   PRIMARY KEY,
    place_id    UUID   REFERENCES places (id),   -- the finest place declared; none if withdrawn
    shared_kind TEXT   NOT NULL,                 -- the finest level that others may see
    finest_kind TEXT   NOT NULL,                 -- the finest level declared since the last move
    changed_at  BIGINT NOT NULL,
    moves       JSONB  NOT NULL                  -- moments of the moves that count towards the limit
);
CREATE INDEX homes_by_place ON homes (place_id);

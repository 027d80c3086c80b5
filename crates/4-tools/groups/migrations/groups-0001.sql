-- What a group says of itself, beyond its name, mode and openness in `agents`.
CREATE TABLE group_profiles (
    group_id UUID   PRIMARY KEY REFERENCES agents (id),
    purpose  TEXT   NOT NULL,
    founder  UUID   NOT NULL REFERENCES agents (id),
    changed  BIGINT NOT NULL
);

-- Who can act: members and groups. Names and handles are joined by every room.
CREATE TABLE agents (
    id            UUID    PRIMARY KEY,
    kind          TEXT    NOT NULL,
    handle        TEXT    NOT NULL UNIQUE,
    name          TEXT    NOT NULL,
    standing      TEXT    NOT NULL,
    since         BIGINT  NOT NULL,
    founder_until BIGINT,
    mode          TEXT,
    open          BOOLEAN NOT NULL,
    CHECK (kind IN ('member', 'group')),
    CHECK (standing IN ('active', 'suspended', 'left'))
);

CREATE INDEX agents_by_name ON agents (kind, name);

CREATE TABLE memberships (
    group_id UUID   NOT NULL REFERENCES agents (id),
    agent_id UUID   NOT NULL REFERENCES agents (id),
    role     TEXT   NOT NULL,
    since    BIGINT NOT NULL,
    PRIMARY KEY (group_id, agent_id)
);

CREATE INDEX memberships_by_agent ON memberships (agent_id, group_id);

CREATE TABLE circles (
    id       UUID   PRIMARY KEY,
    owner_id UUID   NOT NULL REFERENCES agents (id),
    name     TEXT   NOT NULL,
    UNIQUE (owner_id, name)
);

CREATE TABLE circle_members (
    circle_id UUID NOT NULL REFERENCES circles (id),
    agent_id  UUID NOT NULL REFERENCES agents (id),
    PRIMARY KEY (circle_id, agent_id)
);

CREATE INDEX circle_members_by_agent ON circle_members (agent_id, circle_id);

-- The rules in force: one row is open, the others are history.
CREATE TABLE rules (
    version  BIGINT PRIMARY KEY,
    bundle   JSONB  NOT NULL,
    adopted  BIGINT NOT NULL,
    retired  BIGINT
);

-- The first outcome of every attempt.
CREATE TABLE outcomes (
    actor_id UUID    NOT NULL,
    key      UUID    NOT NULL,
    hash     BYTEA   NOT NULL,
    done     BOOLEAN NOT NULL,
    answer   TEXT    NOT NULL,
    PRIMARY KEY (key, actor_id)
);

-- What happened. `body` has one line of JSON for each entry; `commitment` stays when a line is erased.
CREATE TABLE events ( -- rowid
    id         UUID   PRIMARY KEY,
    at         BIGINT NOT NULL,
    act        TEXT   NOT NULL,
    body       TEXT   NOT NULL,
    salt       BYTEA  NOT NULL,
    commitment BYTEA  NOT NULL,
    position   BIGINT
);

CREATE INDEX events_unsealed ON events (at, id) WHERE position IS NULL;
CREATE UNIQUE INDEX events_by_position ON events (position);

-- Acts that leave only numbers.
CREATE TABLE counts (
    day BIGINT NOT NULL,
    act TEXT   NOT NULL,
    n   BIGINT NOT NULL,
    PRIMARY KEY (day, act)
);

-- The Merkle log: its head, the hashes of full subtrees of 256, 65,536 … leaves, and the signed checkpoints.
CREATE TABLE log_head (
    id       BIGINT PRIMARY KEY,
    size     BIGINT NOT NULL,
    frontier BYTEA  NOT NULL
);

CREATE TABLE log_nodes (
    level BIGINT NOT NULL,
    place BIGINT NOT NULL,
    hash  BYTEA  NOT NULL,
    PRIMARY KEY (level, place)
);

CREATE TABLE checkpoints (
    size BIGINT PRIMARY KEY,
    at   BIGINT NOT NULL,
    note TEXT   NOT NULL
);

-- How far each reaction has come.
CREATE TABLE cursors (
    name     TEXT   PRIMARY KEY,
    position BIGINT NOT NULL
);

-- Acts that the house will perform when they are due.
CREATE TABLE jobs (
    id   UUID    PRIMARY KEY,
    due  BIGINT  NOT NULL,
    act  TEXT    NOT NULL,
    args JSONB   NOT NULL,
    done BOOLEAN NOT NULL
);

CREATE INDEX jobs_due ON jobs (due) WHERE done = FALSE;

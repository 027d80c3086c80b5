-- Questions put to members, each with the act that it performs when it passes.
CREATE TABLE proposals ( -- rowid
    id        UUID   PRIMARY KEY,
    group_id  UUID   NOT NULL REFERENCES agents (id),
    opener_id UUID   NOT NULL REFERENCES agents (id),
    title     TEXT   NOT NULL,
    reason    TEXT   NOT NULL,
    act       TEXT   NOT NULL,
    args      JSONB  NOT NULL,
    procedure JSONB  NOT NULL,
    voters    BIGINT NOT NULL,
    opened    BIGINT NOT NULL,
    closes    BIGINT NOT NULL,
    state     TEXT   NOT NULL,
    outcome   TEXT   NOT NULL,
    ended     BIGINT,
    CHECK (state IN ('open', 'passed', 'done', 'not_performed', 'failed', 'withdrawn'))
);

CREATE INDEX proposals_by_group ON proposals (group_id, opened);

-- Who may vote: those who were there when it opened.
CREATE TABLE electorate (
    proposal_id UUID NOT NULL REFERENCES proposals (id),
    agent_id    UUID NOT NULL REFERENCES agents (id),
    PRIMARY KEY (proposal_id, agent_id)
);

CREATE INDEX electorate_by_agent ON electorate (agent_id, proposal_id);

CREATE TABLE ballots (
    proposal_id UUID   NOT NULL REFERENCES proposals (id),
    agent_id    UUID   NOT NULL REFERENCES agents (id),
    choice      TEXT   NOT NULL,
    reason      TEXT   NOT NULL,
    at          BIGINT NOT NULL,
    PRIMARY KEY (proposal_id, agent_id)
);

-- The register of assumptions. The seeds have no author.
CREATE TABLE assumptions (
    id        UUID   PRIMARY KEY,
    section   TEXT   NOT NULL,
    statement TEXT   NOT NULL UNIQUE,
    author_id UUID   REFERENCES agents (id),
    at        BIGINT NOT NULL,
    CHECK (section IN ('people', 'world'))
);

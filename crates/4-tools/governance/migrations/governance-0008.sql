-- Who stands behind an assumption. Those that every club starts with have no row of their own, only an id.
CREATE TABLE assumption_support (
    assumption_id UUID NOT NULL,
    agent_id      UUID NOT NULL REFERENCES agents (id),
    PRIMARY KEY (assumption_id, agent_id)
);

-- What was decided about an assumption: it is retired, or another says it now.
CREATE TABLE assumption_fates (
    assumption_id UUID   PRIMARY KEY,
    heir_id       UUID,
    mandate       UUID   NOT NULL,
    at            BIGINT NOT NULL
);

-- Which rules and words serve an assumption, and who said so.
CREATE TABLE assumption_links (
    assumption_id UUID   NOT NULL,
    kind          TEXT   NOT NULL,
    target        TEXT   NOT NULL,
    PRIMARY KEY (assumption_id, kind, target),
    CHECK (kind IN ('rule', 'word'))
);

-- What was done with an assumption since it was added.
CREATE TABLE assumption_steps (
    id            UUID   PRIMARY KEY,
    assumption_id UUID   NOT NULL,
    step          TEXT   NOT NULL,
    about         TEXT   NOT NULL,
    agent_id      UUID   REFERENCES agents (id),
    mandate       UUID,
    at            BIGINT NOT NULL
);

CREATE INDEX assumption_steps_by_assumption ON assumption_steps (assumption_id, at);

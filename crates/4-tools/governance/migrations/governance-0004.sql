-- What members say about a proposal; a comment may answer another one.
CREATE TABLE remarks ( -- rowid
    id          UUID   PRIMARY KEY,
    proposal_id UUID   NOT NULL REFERENCES proposals (id),
    answers     UUID   REFERENCES remarks (id),
    agent_id    UUID   NOT NULL REFERENCES agents (id),
    kind        TEXT   NOT NULL,
    text        TEXT   NOT NULL,
    at          BIGINT NOT NULL,
    CHECK (kind IN ('remark', 'pro', 'con', 'query'))
);

CREATE INDEX remarks_by_proposal ON remarks (proposal_id, id);

-- What follows from a decision: how it is to be understood, and when it is looked at again.
CREATE TABLE statements (
    proposal_id UUID   PRIMARY KEY REFERENCES proposals (id),
    agent_id    UUID   NOT NULL REFERENCES agents (id),
    text        TEXT   NOT NULL,
    review      BIGINT,
    at          BIGINT NOT NULL
);

-- What somebody has taken on after a decision.
CREATE TABLE follow_ups ( -- rowid
    id          UUID   PRIMARY KEY,
    proposal_id UUID   NOT NULL REFERENCES proposals (id),
    owner_id    UUID   NOT NULL REFERENCES agents (id),
    text        TEXT   NOT NULL,
    due         BIGINT NOT NULL,
    done        BIGINT
);

CREATE INDEX follow_ups_by_proposal ON follow_ups (proposal_id, id);
CREATE INDEX follow_ups_by_owner ON follow_ups (owner_id, due);

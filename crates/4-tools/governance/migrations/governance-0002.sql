-- Questions: proposals with options to choose between. How a question is counted is frozen when it opens.
CREATE TABLE questions (
    proposal_id UUID    PRIMARY KEY REFERENCES proposals (id),
    kind        TEXT    NOT NULL,
    method      JSONB   NOT NULL,
    seats       BIGINT  NOT NULL,
    role        TEXT,
    term_ends   BIGINT,
    begins      BIGINT  NOT NULL,
    begun       BOOLEAN NOT NULL,
    result      JSONB,
    CHECK (kind IN ('question', 'check', 'election'))
);

-- What there is to choose from; in an election those who accepted to stand.
CREATE TABLE options (
    proposal_id UUID   NOT NULL REFERENCES proposals (id),
    place       BIGINT NOT NULL,
    title       TEXT   NOT NULL,
    about       TEXT   NOT NULL,
    cost        BIGINT NOT NULL,
    act         TEXT,
    args        JSONB,
    agent_id    UUID   REFERENCES agents (id),
    PRIMARY KEY (proposal_id, place),
    UNIQUE (proposal_id, agent_id)
);

-- What a ballot says of options: pairs of an option's place and a value. None where a ballot says yes or no.
ALTER TABLE ballots ADD COLUMN marks JSONB;

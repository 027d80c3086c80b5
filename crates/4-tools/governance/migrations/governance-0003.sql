-- Secret votes. A question says whether its ballots are open or secret; a secret one has a key by which tokens are given.
ALTER TABLE questions ADD COLUMN ballot TEXT NOT NULL DEFAULT 'open';

CREATE TABLE ballot_keys (
    proposal_id UUID  PRIMARY KEY REFERENCES proposals (id),
    secret      BYTEA NOT NULL
);

-- Who asked for a token, signed by a key of theirs. What was asked is blinded: it leads to no ballot.
CREATE TABLE token_requests (
    proposal_id UUID  NOT NULL REFERENCES proposals (id),
    agent_id    UUID  NOT NULL REFERENCES agents (id),
    blinded     BYTEA NOT NULL,
    signer      BYTEA NOT NULL,
    signature   BYTEA NOT NULL,
    PRIMARY KEY (proposal_id, agent_id)
);

-- Ballots with the token that makes them valid: no person, no time.
CREATE TABLE secret_ballots (
    proposal_id UUID  NOT NULL REFERENCES proposals (id),
    id          BYTEA NOT NULL,
    token       BYTEA NOT NULL,
    marks       JSONB NOT NULL,
    PRIMARY KEY (proposal_id, id)
);

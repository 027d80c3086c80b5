-- Whom a proposal is about, and what they say to it; no words, as long as they have said nothing.
CREATE TABLE hearings (
    proposal_id UUID   PRIMARY KEY REFERENCES proposals (id),
    agent_id    UUID   NOT NULL REFERENCES agents (id),
    text        TEXT   NOT NULL,
    at          BIGINT NOT NULL
);

CREATE INDEX hearings_by_agent ON hearings (agent_id);

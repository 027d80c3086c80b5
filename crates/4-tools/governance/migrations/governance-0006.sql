-- Who votes for whom, by group and by what it is about; an empty topic is everything. The latest word of each replaces the one before.
CREATE TABLE delegations (
    group_id    UUID   NOT NULL REFERENCES agents (id),
    agent_id    UUID   NOT NULL REFERENCES agents (id),
    topic       TEXT   NOT NULL,
    delegate_id UUID   NOT NULL REFERENCES agents (id),
    since       BIGINT NOT NULL,
    PRIMARY KEY (group_id, agent_id, topic),
    CHECK (agent_id <> delegate_id)
);

CREATE INDEX delegations_by_delegate ON delegations (delegate_id, group_id);

-- Who cast this ballot for somebody who did not vote themself. None: it was cast in person.
ALTER TABLE ballots ADD COLUMN via UUID REFERENCES agents (id);

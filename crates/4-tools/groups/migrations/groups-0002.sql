-- Who holds a role for a term, by which election or decision.
CREATE TABLE terms (
    group_id UUID   NOT NULL REFERENCES agents (id),
    agent_id UUID   NOT NULL REFERENCES agents (id),
    role     TEXT   NOT NULL,
    since    BIGINT NOT NULL,
    term_ends BIGINT NOT NULL,
    mandate  UUID   NOT NULL,
    PRIMARY KEY (group_id, agent_id)
);

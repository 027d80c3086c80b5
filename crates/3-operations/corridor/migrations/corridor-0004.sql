-- Who was once suspended, left a group, or took another role there. Whoever counts the votes of a large group looks at these one by
-- one; all others still are what they were when they voted.
CREATE TABLE lapses (
    group_id UUID NOT NULL REFERENCES agents (id),
    agent_id UUID NOT NULL REFERENCES agents (id),
    PRIMARY KEY (group_id, agent_id)
);

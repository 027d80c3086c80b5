-- What members and groups show of themselves: each detail has its own audience.
CREATE TABLE details (
    id          UUID   PRIMARY KEY,
    agent_id    UUID   NOT NULL REFERENCES agents (id),
    kind        TEXT   NOT NULL,
    label       TEXT   NOT NULL,
    value       TEXT   NOT NULL,
    audience_id UUID   NOT NULL,
    position    BIGINT NOT NULL,
    changed     BIGINT NOT NULL
);

CREATE INDEX details_by_agent ON details (agent_id, position);

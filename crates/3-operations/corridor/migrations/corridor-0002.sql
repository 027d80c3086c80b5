-- Which entries of the log hold somebody's words about a thing, so that they can be erased with it. `line` is the number of
-- the entry in its event; owner and key are those of the outcome.
CREATE TABLE words (
    subject_id UUID   NOT NULL,
    event_id   UUID   NOT NULL REFERENCES events (id),
    line       BIGINT NOT NULL,
    actor_id   UUID   NOT NULL,
    key        UUID   NOT NULL,
    PRIMARY KEY (subject_id, event_id, line)
);

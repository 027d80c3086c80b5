-- Groups that are part of a larger one, each with a delegate who has a mandate in words. One group is part of one at most.
-- Until the larger one has agreed, it is a wish.
CREATE TABLE group_links (
    child_id    UUID    PRIMARY KEY REFERENCES agents (id),
    parent_id   UUID    NOT NULL REFERENCES agents (id),
    delegate_id UUID    NOT NULL REFERENCES agents (id),
    mandate     TEXT    NOT NULL,
    agreed      BOOLEAN NOT NULL,
    since       BIGINT  NOT NULL
);
CREATE INDEX group_links_by_parent ON group_links (parent_id, agreed);
